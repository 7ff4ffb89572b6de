// Where the places of an axis lie that two layers share: in cells while they are few, of a long axis the two ends, and to
// scale where the windows themselves are too long for cells. Places are input elements and may be fractions.

import { type Axis, extent, out } from '../../geometry/index.ts';
import { GAP } from '../grid.ts';
import { CELL } from '../picture.ts';
import { ends, range, reachOf, type Shown } from '../shown.ts';

/** From places to units of the figure. */
export interface Scale {
  readonly cells: boolean;
  /** The width of an element. */
  readonly unit: number;
  readonly left: number;
  readonly right: number;
  /** The first place drawn, and the one after the last. */
  readonly low: number;
  readonly high: number;
  /** In cells: the positions drawn, of a common dilation of the input. */
  readonly shown: Shown;
  readonly gaps: readonly number[];
  /** The middle of a place; of one in a gap about where it would be. */
  at(place: number): number;
  /** Whether all from one place to another is drawn. */
  shows(from: number, to: number): boolean;
}

const LIMIT = 28;
const ROOM = 900;

/** The scale of two axes over one input. */
export function scaleOf(pair: readonly [Axis, Axis], left: number): Scale {
  const dilation = pair[0].inputDilation === pair[1].inputDilation ? pair[0].inputDilation : 1;
  const reaches = pair.map((axis) => reachOf(axis).map((at) => at / axis.inputDilation)) as [
    number[],
    number[],
  ];
  const size = Math.max(pair[0].size, pair[1].size, 1);
  const low = Math.floor(Math.min(0, reaches[0][0] as number, reaches[1][0] as number) * dilation);
  const high = Math.ceil(
    Math.max(size - 1 + 1 / dilation, reaches[0][1] as number, reaches[1][1] as number) * dilation,
  );
  const longest = Math.max(
    ...pair.map((axis) => (out(axis) === 0 ? 1 : (extent(axis) / axis.inputDilation) * dilation)),
  );
  const limit = high - low <= 2 * LIMIT ? high - low : LIMIT;
  if (high - low > limit && longest > LIMIT / 2 - 3) return toScale(low / dilation, high / dilation, left);
  const shown = ends(low, high, limit);
  const width =
    high - low > LIMIT && limit === high - low ? Math.max(16, Math.floor(ROOM / (high - low))) : CELL;
  const cut = shown.indexOf(undefined);
  const [before, after] = cut < 0 ? [high, high] : [shown[cut - 1] as number, shown[cut + 1] as number];
  const jump = cut < 0 ? 0 : GAP - (after - before - 1) * width;
  const at = (place: number) =>
    left + (place * dilation - low + 0.5) * width + (place * dilation > before + 0.5 && cut >= 0 ? jump : 0);
  return {
    cells: true,
    unit: width * dilation,
    left,
    right: left + range(0, shown.length).reduce((sum, i) => sum + (shown[i] === undefined ? GAP : width), 0),
    low: low / dilation,
    high: high / dilation,
    shown,
    gaps: cut < 0 ? [] : [left + cut * width + GAP / 2],
    at,
    shows: (from, to) => to * dilation <= before || from * dilation >= after,
  };
}

function toScale(low: number, high: number, left: number): Scale {
  const unit = ROOM / (high - low);
  const at = (place: number) => left + (place + 0.5 - low) * unit;
  const shown: Shown = [];
  return {
    cells: false,
    unit,
    left,
    right: left + ROOM,
    low: low - 0.5,
    high: high - 0.5,
    shown,
    gaps: [],
    at,
    shows: () => true,
  };
}
