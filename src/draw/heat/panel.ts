// One panel of a heat map: a grid of cells with their counts, or, of many, small ones without, joined where they are equal.
//
//        0 1 2 3                    0         47     176       223
//      0 1 2 2 1                  0 +----------+  ..  +----------+
//      1 2 4 4 2                    |          |      |          |

import type { Text } from '../../words/index.ts';
import { GAP } from '../grid.ts';
import { type Box, CELL, label, type Mark, type Paint } from '../picture.ts';
import { type Band, bands } from './counts.ts';

/** Marks and the room they take. */
export interface Block {
  readonly marks: readonly Mark[];
  readonly width: number;
  readonly height: number;
}

/** How a panel is drawn. */
export interface PanelOptions {
  /** The width of a cell; below 20 cells have no numbers. */
  readonly cell: number;
  /** The count that is painted deepest. */
  readonly most: number;
  /** Whether the indices stand beside it. */
  readonly indexed: boolean;
}

/** Of more elements a side the two ends are drawn. */
export const DRAWN = 96;

/** The cells of one or two axes, times the count of the slice they are in. */
export function panel(counts: readonly (readonly number[])[], slice: Band, options: PanelOptions): Block {
  const { cell, most, indexed } = options;
  const [down, across = []] = counts.length === 1 ? [undefined, counts[0]] : counts;
  const joined = cell < 20;
  const rows = trackOf(down ?? [1], down === undefined ? CELL : cell, joined);
  const columns = trackOf(across, cell, joined);
  const size = Math.min(13, Math.floor((cell - 4) / (String(most).length * 0.62)));
  const numbered = !joined && size >= 8;
  const left = indexed && down !== undefined ? 8 + 7 * String(down.length - 1).length : 0;
  const top = indexed ? 18 : 0;
  const marks: Mark[] = [];
  for (const row of rows.pieces) {
    for (const column of columns.pieces) {
      const count = row.band.count * column.band.count * slice.count;
      const one = row.length === rows.cell && column.length === columns.cell && slice.from === slice.to;
      const index = [...(down === undefined ? [] : [row.band.from]), column.band.from];
      marks.push({
        kind: 'box',
        x: left + column.at,
        y: top + row.at,
        width: column.length,
        height: row.length,
        ...look(count, most, numbered ? size : null),
        ...(joined ? { line: null } : {}),
        ...(one ? { place: { grid: 'input', index } } : {}),
      });
    }
  }
  if (joined) marks.push(...outlines(rows, columns, left, top));
  marks.push(...dots(rows, columns, left, top));
  if (indexed) {
    for (const [at, text] of indices(columns, joined)) marks.push(label(left + at, 8, text, SMALL));
    if (down !== undefined)
      for (const [at, text] of indices(rows, joined))
        marks.push(label(left - 6, top + at, text, { ...SMALL, anchor: 'end' }));
  }
  return { marks, width: left + columns.length, height: top + rows.length };
}

const SMALL = { ink: 'soft', size: 10, mono: true } as const;

/** Bands along one side, and where they lie. */
interface BandTrack {
  readonly cell: number;
  readonly length: number;
  readonly pieces: readonly { readonly band: Band; readonly at: number; readonly length: number }[];
  /** What lies between the gaps: from where to where. */
  readonly segments: readonly {
    readonly at: number;
    readonly end: number;
    readonly from: number;
    readonly to: number;
  }[];
}

function trackOf(counts: readonly number[], cell: number, joined: boolean): BandTrack {
  const pieces: BandTrack['pieces'][number][] = [];
  const segments: BandTrack['segments'][number][] = [];
  let length = 0;
  for (const band of [...bands(counts, joined, DRAWN), undefined]) {
    const begun = segments.at(-1)?.end ?? -GAP;
    const first = pieces.find(({ at }) => at >= begun + GAP);
    const last = pieces.at(-1);
    if (band === undefined && first !== undefined && last !== undefined)
      segments.push({ at: first.at, end: length, from: first.band.from, to: last.band.to });
    const wide = band === undefined ? GAP : (band.to - band.from + 1) * cell;
    if (band !== undefined) pieces.push({ band, at: length, length: wide });
    length += wide;
  }
  return { cell, length: length - GAP, pieces, segments };
}

function outlines(rows: BandTrack, columns: BandTrack, left: number, top: number): Mark[] {
  return rows.segments.flatMap((row) =>
    columns.segments.map((column): Mark => {
      const [width, height] = [column.end - column.at, row.end - row.at];
      return { kind: 'box', x: left + column.at, y: top + row.at, width, height, paint: null, line: 'soft' };
    }),
  );
}

function dots(rows: BandTrack, columns: BandTrack, left: number, top: number): Mark[] {
  const dot = (x: number, y: number, text: Text) => label(left + x, top + y, text, { ink: 'soft', size: 16 });
  const middles = (of: BandTrack) => of.segments.map(({ at, end }) => (at + end) / 2);
  const gaps = (of: BandTrack) => of.segments.slice(0, -1).map(({ end }) => end + GAP / 2);
  return [
    ...gaps(columns).flatMap((x) => middles(rows).map((y) => dot(x, y, '\u22ef'))),
    ...gaps(rows).flatMap((y) => middles(columns).map((x) => dot(x, y, '\u22ee'))),
  ];
}

/** Where an index stands, and the index: of each cell, or of the ends of what is drawn. */
function indices(of: BandTrack, joined: boolean): readonly (readonly [number, string])[] {
  if (!joined) return of.pieces.map(({ at, band }) => [at + of.cell / 2, `${band.from}`]);
  return of.segments.flatMap(({ at, end, from, to }): (readonly [number, string])[] => [
    [at + of.cell / 2, `${from}`],
    ...(end - at > 80 ? [[end - of.cell / 2, `${to}`] as const] : []),
  ]);
}

/** A count's colour and number; what is never used is hatched. */
function look(count: number, most: number, size: number | null): Partial<Box> & { paint: Paint } {
  const text = size === null ? {} : { text: `${count}`, size };
  if (count === 0) return { paint: 'unread', hatched: true, ...text };
  return { paint: { heat: count / most }, ...text };
}
