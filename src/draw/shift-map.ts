// Two layers' windows over one grid, at one output: what the first reads and what the second reads, outlined in their colours,
// and an arrow from the one's centre to the other's.
//
//   +-----+ . .
//   | 1 +-|---+       a frame shows one output; of a large input the part around the two windows is drawn
//   +---|-+   |
//   . . +-----+
//
// Of three axes the last two are drawn.

import { type Axis, extent, type Geometry, out, span, start } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { axisWord, indexWords, nothing, rangeWords } from './direction.ts';
import { printDrawing } from './drawing.ts';
import { type Entry, legend, wordsWidth } from './legend.ts';
import { written } from './numbers.ts';
import { type Figure, label, type Mark, type Picture, type Role, still, type Table } from './picture.ts';
import { framesOf } from './reach.ts';
import { centreAt, unitOf } from './shift/words.ts';
import type { ShiftOptions } from './shift.ts';
import { range, reachOf } from './shown.ts';

/** How two layers are overlaid on a grid. */
export interface ShiftMapOptions extends Pick<ShiftOptions, 'names' | 'source'> {
  /** Of many outputs the frames are those around this one, counted in reading order. */
  readonly around?: number;
}

const SIDE = 26;
/** Up to so many positions a side are drawn. */
const SHOWN = 18;
const SCALED = 440;
const TOP = 24;
const ROLES = ['first', 'second'] as const;

/** One direction: both layers' axes, and what of it is drawn. */
interface Direction {
  readonly pair: readonly [Axis, Axis];
  readonly low: number;
  readonly high: number;
  /** Positions drawn at a time. */
  readonly count: number;
}

/** Both layers' windows on the last two axes; a frame shows one output. */
export function shiftMapFigure(first: Geometry, second: Geometry, options: ShiftMapOptions): Figure {
  const { names } = options;
  const opens =
    options.source ?? printDrawing({ view: 'shift', stacks: [[first], [second]], names: names.map(String) });
  const rank = Math.min(first.axes.length, second.axes.length, 2);
  const directions = range(0, rank).map((i) =>
    directionOf(first.axes.at(i - rank) as Axis, second.axes.at(i - rank) as Axis),
  );
  const outs = directions.map(({ pair }) => Math.min(...pair.map(out)));
  const title = say`What ${names[0]} and ${names[1]} read for the same output`;
  const sound = directions.every(({ pair }) => pair[0].inputDilation === pair[1].inputDilation);
  if (outs.includes(0) || !sound) {
    const text = sound
      ? nothing(directions.flatMap(({ pair }) => pair))
      : say`The inputs are dilated differently; there is no grid for both.`;
    const marks = [label(0, 10, text, { anchor: 'start' })];
    return still(
      {
        width: Math.ceil(wordsWidth(text, 13)),
        height: 20,
        marks,
        moving: [],
        title,
        description: text,
        tables: [],
      },
      opens,
    );
  }
  const outputs = framesOf(
    outs.reduce((all, one) => all * one, 1),
    options.around,
  );
  const longest = Math.max(...directions.map(({ count }) => count));
  const unit = longest <= SHOWN ? SIDE : SCALED / longest;
  const rows = directions.length === 1 ? 1 : (directions[0] as Direction).count;
  const columns = (directions.at(-1) as Direction).count;
  const furthest = Math.max(...directions.map(({ high }) => String(high).length));
  const [x, wide, high] = [14 + 6 * furthest, Math.ceil(columns * unit), Math.ceil(rows * unit)];
  const panned = unit === SIDE && directions.some(({ low, high: end, count }) => count < end - low);
  const indexOf = (frame: number): readonly number[] => {
    const at = outputs[frame] as number;
    const across = outs.at(-1) as number;
    return outs.length === 1 ? [at] : [Math.floor(at / across), at % across];
  };
  const lowsAt = (index: readonly number[]) => directions.map((one, i) => lowAt(one, index[i] as number));
  const key = legend(signsOf(names), 0, TOP + high + 14, Infinity);
  const fixed = [...key.marks, ...(panned ? [] : gridMarks(directions, lowsAt(indexOf(0)), x, unit))];
  const told = (frame: number) => wordsOf(directions, indexOf(frame), names);
  const samples = [0, outputs.length >> 1, outputs.length - 1].map(
    (frame) => wordsWidth(told(frame), 13) + 16,
  );
  return {
    frames: outputs.length,
    frame: (frame): Picture => {
      const index = indexOf(frame);
      const lows = lowsAt(index);
      const text = told(frame);
      return {
        width: Math.ceil(Math.max(x + wide + 14, signsWidth(names), ...samples)),
        height: TOP + high + 38 + key.height,
        marks: fixed,
        moving: [
          ...(panned ? gridMarks(directions, lows, x, unit) : []),
          ...ROLES.flatMap((role, which) =>
            windowMarks(directions, index, lows, x, unit, which as 0 | 1, role),
          ),
          ...arrowMarks(directions, index, lows, x, unit),
          label(0, TOP + high + 28 + key.height, text, { anchor: 'start' }),
        ],
        title,
        description: text,
        tables: [tableOf(directions, index, names)],
      };
    },
    source: opens,
  };
}

function directionOf(one: Axis, other: Axis): Direction {
  const reaches = [reachOf(one), reachOf(other)] as const;
  const [low, high] = [Math.min(reaches[0][0], reaches[1][0]), Math.max(reaches[0][1], reaches[1][1])];
  const windows = Math.min(out(one), out(other));
  const hulls = [0, Math.max(0, windows - 1)]
    .map((o) => hullOf([one, other], o))
    .map(([from, to]) => to - from);
  const fits = Math.max(...hulls) <= SHOWN - 2;
  return { pair: [one, other], low, high, count: fits ? Math.min(high - low, SHOWN) : high - low };
}

/** From where to where both windows of an output go, the end excluded. */
function hullOf(pair: readonly [Axis, Axis], o: number): readonly [number, number] {
  const starts = pair.map((axis) => start(axis, o));
  return [Math.min(...starts), Math.max(...pair.map((axis, i) => (starts[i] as number) + extent(axis)))];
}

/** The first position drawn while an output is shown. */
function lowAt({ pair, low, high, count }: Direction, o: number): number {
  const [from, to] = hullOf(pair, o);
  return Math.max(low, Math.min(high - count, Math.round((from + to - count) / 2)));
}

function signsOf(names: readonly [Text, Text]): Entry[] {
  return names.map((text, i) => ({
    box: { paint: null, line: ROLES[i] as Role, weight: 2.5, dashed: i === 1 },
    text,
  }));
}

function signsWidth(names: readonly [Text, Text]): number {
  return names.reduce((sum, name) => sum + wordsWidth(name, 12) + 44, 0);
}

/** Rows and columns; of one direction a single row. */
function both(directions: readonly Direction[], lows: readonly number[]) {
  const column = { of: directions.at(-1) as Direction, low: lows.at(-1) as number };
  return {
    row: directions.length === 1 ? undefined : { of: directions[0] as Direction, low: lows[0] as number },
    column,
  };
}

function gridMarks(
  directions: readonly Direction[],
  lows: readonly number[],
  x: number,
  unit: number,
): Mark[] {
  const { row, column } = both(directions, lows);
  if (unit !== SIDE) {
    const covered = ({ pair }: Direction) => Math.max(span(pair[0]), span(pair[1]), 1);
    const width = covered(column.of) * unit;
    const height = row === undefined ? unit : covered(row.of) * unit;
    const y = TOP - (row === undefined ? 0 : row.low * unit);
    return [{ kind: 'box', x: x - column.low * unit, y, width, height, paint: 'input' }];
  }
  const marks: Mark[] = [];
  for (const r of row === undefined ? [0] : range(row.low, row.low + row.of.count)) {
    for (const c of range(column.low, column.low + column.of.count)) {
      const place = {
        x: x + (c - column.low) * unit,
        y: TOP + (r - (row?.low ?? 0)) * unit,
        width: unit,
        height: unit,
      };
      const kinds = [kindOf(column.of, c), row === undefined ? 'input' : kindOf(row.of, r)];
      const kind = kinds.includes('pad') ? 'pad' : kinds.includes('hole') ? 'hole' : 'input';
      marks.push({ kind: 'box', ...place, paint: kind, ...(kind === 'input' ? {} : { dashed: true }) });
    }
  }
  return [...marks, ...edges(directions, lows, x, unit)];
}

function kindOf({ pair }: Direction, position: number): 'input' | 'pad' | 'hole' {
  if (position < 0 || position >= Math.max(span(pair[0]), span(pair[1]))) return 'pad';
  return position % pair[0].inputDilation === 0 ? 'input' : 'hole';
}

/** The indices of rows and columns, and dots where the input goes on. */
function edges(directions: readonly Direction[], lows: readonly number[], x: number, unit: number): Mark[] {
  const { row, column } = both(directions, lows);
  const tall = (row?.of.count ?? 1) * unit;
  const wide = column.of.count * unit;
  const dots = (left: number, top: number, text: string) => label(left, top, text, { ink: 'soft', size: 16 });
  // More than four digits are wider than a cell.
  const every = String(Math.max(...directions.map(({ high }) => high))).length > 4 ? 4 : 1;
  const names = (of: Direction, low: number) =>
    range(low, low + of.count).flatMap((position) => {
      const named = kindOf(of, position) === 'input' && (position - low) % every === 0;
      return named
        ? [[(position - low + 0.5) * unit, `${position / of.pair[0].inputDilation}`] as const]
        : [];
    });
  const small = { ink: 'soft', size: 10, mono: true } as const;
  return [
    ...names(column.of, column.low).map(([at, text]) => label(x + at, TOP - 8, text, small)),
    ...(row === undefined ? [] : names(row.of, row.low)).map(([at, text]) =>
      label(x - 6, TOP + at, text, { ...small, anchor: 'end' }),
    ),
    ...(column.low + column.of.count < column.of.high ? [dots(x + wide + 8, TOP + tall / 2, '\u22ef')] : []),
    ...(row !== undefined && row.low + row.of.count < row.of.high
      ? [dots(x + wide / 2, TOP + tall + 8, '\u22ee')]
      : []),
  ];
}

function windowMarks(
  directions: readonly Direction[],
  index: readonly number[],
  lows: readonly number[],
  x: number,
  unit: number,
  which: 0 | 1,
  role: Role,
): Mark[] {
  const [top, height] = directions.length === 1 ? [0, 1] : placed(0);
  const [left, width] = placed(directions.length - 1);
  const inset = unit === SIDE ? 2 : 0;
  return [
    {
      kind: 'box',
      x: x + left * unit + inset,
      y: TOP + top * unit + inset,
      width: Math.max(2, width * unit - 2 * inset),
      height: Math.max(2, height * unit - 2 * inset),
      paint: null,
      line: role,
      weight: 3,
      dashed: which === 1,
      round: 3,
    },
  ];

  function placed(i: number): readonly [number, number] {
    const axis = (directions[i] as Direction).pair[which];
    return [start(axis, index[i] as number) - (lows[i] as number), extent(axis)];
  }
}

function arrowMarks(
  directions: readonly Direction[],
  index: readonly number[],
  lows: readonly number[],
  x: number,
  unit: number,
): Mark[] {
  const at = (which: 0 | 1): readonly [number, number] => {
    const along = directions.map(({ pair }, i) => {
      const axis = pair[which];
      return (start(axis, index[i] as number) + (extent(axis) - 1) / 2 - (lows[i] as number) + 0.5) * unit;
    });
    return [x + (along.at(-1) as number), TOP + (along.length === 1 ? unit / 2 : (along[0] as number))];
  };
  const [from, to] = [at(0), at(1)];
  const dot = ([left, top]: readonly [number, number], role: Role): Mark => ({
    kind: 'box',
    x: left - 4,
    y: top - 4,
    width: 8,
    height: 8,
    round: 4,
    paint: role,
    line: role,
    weight: 2,
  });
  const long = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (long < 14) return [dot(from, 'first'), dot(to, 'second')];
  const cut = 5 / long;
  const points = [
    [from[0] + (to[0] - from[0]) * cut, from[1] + (to[1] - from[1]) * cut],
    [to[0] - (to[0] - from[0]) * cut, to[1] - (to[1] - from[1]) * cut],
  ] as const;
  return [
    { kind: 'line', points, ink: 'ink', weight: 2, arrow: true },
    dot(from, 'first'),
    dot(to, 'second'),
  ];
}

function wordsOf(
  directions: readonly Direction[],
  index: readonly number[],
  names: readonly [Text, Text],
): Text {
  const centres = ([0, 1] as const).map((which) =>
    directions.map(({ pair }, i) => centreAt(pair[which], index[i] as number)),
  ) as [number[], number[]];
  const unit = unitOf(directions.map(({ pair }) => pair));
  const shift = centres[1].map((at, i) =>
    written(unit.of(at - (centres[0][i] as number), (directions[i] as Direction).pair[0])),
  );
  const [one, other] = centres.map((centre) => tuple(centre.map(written)));
  if (shift.every((by) => by === '0')) return say`Output ${indexWords(index)}: both are centred at ${one}.`;
  return say`Output ${indexWords(index)}: ${names[0]} is centred at ${one}, ${names[1]} at ${other}; shift ${tuple(shift)} ${unit.name}.`;
}

/** Both windows of one output, direction by direction. */
function tableOf(
  directions: readonly Direction[],
  index: readonly number[],
  names: readonly [Text, Text],
): Table {
  const unit = unitOf(directions.map(({ pair }) => pair));
  const covers = (axis: Axis, o: number) => {
    const [from, to] = [start(axis, o), start(axis, o) + extent(axis) - 1];
    return rangeWords(...([from, to].map((at) => written(at / axis.inputDilation)) as [string, string]));
  };
  return {
    caption: say`Windows and centres of output ${indexWords(index)}, in input px`,
    head: [
      say`axis`,
      say`window of ${names[0]}`,
      say`window of ${names[1]}`,
      say`centre of ${names[0]}`,
      say`centre of ${names[1]}`,
      say`shift, in ${unit.name}`,
    ],
    rows: directions.map(({ pair }, i) => {
      const o = index[i] as number;
      const [one, other] = pair.map((axis) => centreAt(axis, o)) as [number, number];
      return [
        axisWord(directions.length, i),
        ...pair.map((axis) => covers(axis, o)),
        written(one),
        written(other),
        written(unit.of(other - one, pair[0])),
      ];
    }),
  };
}

function tuple(values: readonly string[]): string {
  return values.length === 1 ? `${values[0]}` : `(${values.join(', ')})`;
}
