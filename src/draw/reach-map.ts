// The exact pixels that one output of a stack reads: the input as a grid, the field around them, and which output it is.
//
//   input            output
//   . . . . . .      . . .        # read: the product of what is read along the rows and along the columns
//   . # # # . .      . o .        the dashed frame is the field, which padding completes
//   . # # # . .      . . .
//
// Of three axes the last two are drawn, for the output in the middle of the first.

import { type Axis, type Geometry, out } from '../geometry/index.ts';
import type { Interval } from '../geometry/receptive.ts';
import { say, type Text } from '../words/index.ts';
import { axisWord, direction, indexWords, nothing, rangeWords, rankOf } from './direction.ts';
import { printDrawing } from './drawing.ts';
import { wordsWidth } from './legend.ts';
import { written } from './numbers.ts';
import { type Box, type Figure, label, type Mark, type Picture, still, type Table } from './picture.ts';
import { among, looksOf } from './reach/looks.ts';
import { centreOf, fieldOf, mapWords } from './reach/words.ts';
import { framesOf } from './reach.ts';
import { range } from './shown.ts';

/** How the map is drawn. */
export interface ReachMapOptions {
  /** Of many outputs the frames are those around this one, counted in reading order. */
  readonly around?: number;
  /** What opens the figure again; made from the problem strings unless said. */
  readonly source?: string;
}

/** Up to so many positions a side have their own cells. */
const CELLS = 32;
const SIDE = 26;
const SCALED = 440;
/** An output of so many a side has cells as wide as the input's. */
const LIKE = 10;
const BETWEEN = 48;
const TOP = 24;
const LINE = 20;
/** More boxes than this are drawn as the one around them. */
const BOXES = 2500;

/** What each output reads of the input's last two axes; a frame shows one output. */
export function reachMapFigure(steps: readonly Geometry[], options: ReachMapOptions = {}): Figure {
  const opens = options.source ?? printDrawing({ view: 'reach-map', stacks: [steps] });
  const all = range(0, rankOf(steps)).map((index) => direction(steps, index));
  const title = say`The pixels that each output reads`;
  const failed = (text: Text) => {
    const size = { width: Math.ceil(wordsWidth(text, 13)), height: LINE };
    const marks = [label(0, 10, text, { anchor: 'start' })];
    return still({ ...size, marks, moving: [], title, description: text, tables: [] }, opens);
  };
  if (all.length === 0) return failed(say`The input is empty: there is nothing to read.`);
  const outs = all.map((axes) => out(axes.at(-1) as Axis));
  const empty = all.find((axes, i) => outs[i] === 0 || axes.some(({ size }) => size === 0));
  if (empty !== undefined) return failed(nothing(empty));
  const drawn = all.slice(-2);
  const outputs = framesOf(product(outs.slice(-2)), options.around);
  const sides = drawn.map(sideOf);
  const longest = Math.max(...sides.map(({ from, to }) => to - from + 1));
  if (!Number.isSafeInteger(longest)) return failed(say`These steps are too large to be drawn.`);
  const [rows, columns] = drawn.length === 1 ? [{ from: 0, to: 0 }, sides[0]] : sides;
  const unit = longest <= CELLS ? SIDE : SCALED / longest;
  const y = TOP - (rows as Interval).from * unit;
  const input: Grid = { x: 0, y, unit, rows: rows as Interval, columns: columns as Interval };
  const wide = lengthOf(input.columns) * unit;
  const [down, across] = drawn.length === 1 ? [1, outs[0] as number] : (outs.slice(-2) as [number, number]);
  const small = Math.max(down, across) <= LIKE ? Math.min(unit, SIDE) : 200 / Math.max(down, across);
  const left = Math.ceil(wide) + BETWEEN;
  const output: Grid = { x: left, y, unit: small, rows: upTo(down), columns: upTo(across) };
  const high = Math.ceil(Math.max(lengthOf(input.rows) * unit, y - TOP + down * small));
  const sizes = drawn.map((axes) => (axes[0] as Axis).size);
  const names = [say`input ${sizes.join('\u00d7')}`, say`output ${outs.slice(-2).join('\u00d7')}`] as const;
  const marks = [
    label(0, 8, names[0], { anchor: 'start', ink: 'soft', size: 12 }),
    label(output.x, y - 16, names[1], { anchor: 'start', ink: 'soft', size: 12 }),
    ...inputMarks(
      input,
      sizes.length === 1 ? [1, sizes[0] as number] : (sizes as [number, number]),
      sizes.length,
    ),
    ...outputMarks(output, outputs[0] as number, outputs.length, outs.slice(-2).length),
  ];
  const told = (frame: number) => sentences(all, outs, outputs[frame] as number);
  const samples = [0, outputs.length >> 1, outputs.length - 1].flatMap((frame) => told(frame).lines);
  const width = Math.ceil(
    Math.max(
      output.x + Math.max(across * small, wordsWidth(names[1], 12)),
      ...samples.map((text) => wordsWidth(text, 13) + 16),
    ),
  );
  return {
    frames: outputs.length,
    frame: (frame): Picture => {
      const { lines, index } = told(frame);
      const [r, c] = index.length === 1 ? [0, index[0] as number] : (index.slice(-2) as [number, number]);
      const seen = drawn.map((axes, i) => readAlong(axes, index.slice(-2)[i] as number));
      return {
        width,
        height: TOP + high + 14 + LINE * 2,
        marks,
        moving: [
          ...readMarks(input, seen),
          {
            kind: 'box',
            ...boxAt(output, upTo(1, r), upTo(1, c)),
            paint: 'shown',
            line: 'shown',
            weight: 1.5,
          },
          ...lines.map((text, i) => label(0, TOP + high + 14 + LINE * (i + 0.5), text, { anchor: 'start' })),
        ],
        title,
        description: lines.reduce((before: Text, one) => say`${before} ${one}`),
        tables: [tableOf(all, index)],
      };
    },
    source: opens,
  };
}

/** The most pieces of what is read that a table lists. */
const PIECES = 6;

/** What one output reads, direction by direction: the pixels are their product. */
function tableOf(all: readonly (readonly Axis[])[], index: readonly number[]): Table {
  const rows = all.map((axes, i): readonly (Text | number)[] => {
    const o = index[i] as number;
    const [elements, field] = [looksOf(axes, o)[0]?.elements ?? [], fieldOf(axes, o)];
    const count = elements.reduce((sum, { from, to }) => sum + to - from + 1, 0);
    const listed = elements.slice(0, PIECES).map(({ from, to }) => rangeWords(from, to));
    const more = elements.length - listed.length;
    const read = more > 0 ? say`${listed.join(', ')} and ${more} more pieces` : listed.join(', ') || '-';
    return [
      axisWord(all.length, i),
      read,
      count,
      rangeWords(field.from, field.to),
      written(centreOf(axes, o)),
    ];
  });
  return {
    caption: say`What output ${indexWords(index)} reads`,
    head: [say`axis`, say`what is read`, say`elements`, say`receptive field (px)`, say`centre (px)`],
    rows,
  };
}

/** A grid from `rows.from`, `columns.from` on, `unit` wide cells. */
interface Grid {
  readonly x: number;
  /** Where its row 0 begins. */
  readonly y: number;
  readonly unit: number;
  readonly rows: Interval;
  readonly columns: Interval;
}

/** What is read along one axis. */
interface Along {
  readonly elements: readonly Interval[];
  readonly field: Interval;
  readonly centre: number;
}

function readAlong(axes: readonly Axis[], o: number): Along {
  return {
    elements: looksOf(axes, o)[0]?.elements ?? [],
    field: fieldOf(axes, o),
    centre: centreOf(axes, o),
  };
}

/** The input and every field that reaches beyond it. */
function sideOf(axes: readonly Axis[]): Interval {
  const last = out(axes.at(-1) as Axis) - 1;
  const size = (axes[0] as Axis).size;
  return { from: Math.min(0, fieldOf(axes, 0).from), to: Math.max(size - 1, fieldOf(axes, last).to) };
}

function sentences(all: readonly (readonly Axis[])[], outs: readonly number[], frame: number) {
  const lead = outs.length === 3 ? [Math.floor((outs[0] as number) / 2)] : [];
  const across = outs.at(-1) as number;
  const index = [...lead, ...(outs.length === 1 ? [frame] : [Math.floor(frame / across), frame % across])];
  const looks = all.map((axes, i) => looksOf(axes, index[i] as number)[0]);
  const counts = looks.map(
    (look) => look?.elements.reduce((sum, { from, to }) => sum + to - from + 1, 0) ?? 0,
  );
  const fields = all.map((axes, i) => fieldOf(axes, index[i] as number));
  const wide = fields.map(({ from, to }) => to - from + 1).join('\u00d7');
  const centre = all.map((axes, i) => written(centreOf(axes, index[i] as number)));
  const middle = centre.length === 1 ? `${centre[0]}` : `(${centre.join(', ')})`;
  const lines: readonly Text[] = [
    mapWords(
      indexWords(index),
      counts,
      looks.map((look) => look?.hull ?? null),
    ),
    say`Its receptive field is ${wide} and centred at ${middle}.`,
  ];
  return { index, lines };
}

function inputMarks(grid: Grid, [down, across]: readonly [number, number], rank: number): Mark[] {
  if (grid.unit !== SIDE) {
    const whole: Mark = { kind: 'box', ...boxAt(grid, upTo(down), upTo(across)), paint: 'input' };
    if (lengthOf(grid.rows) <= down && lengthOf(grid.columns) <= across) return [whole];
    return [{ kind: 'box', ...boxAt(grid, grid.rows, grid.columns), paint: 'pad', dashed: true }, whole];
  }
  const { rows, columns } = grid;
  return range(rows.from, rows.to + 1).flatMap((row) =>
    range(columns.from, columns.to + 1).map((column): Mark => {
      const box = boxAt(grid, upTo(1, row), upTo(1, column));
      if (row < 0 || row >= down || column < 0 || column >= across)
        return { kind: 'box', ...box, paint: 'pad', dashed: true };
      const place = { grid: 'input', index: rank === 1 ? [column] : [row, column] };
      return { kind: 'box', ...box, paint: 'input', place };
    }),
  );
}

/** The output's cells, those with a frame leading to it. */
function outputMarks(grid: Grid, first: number, frames: number, rank: number): Mark[] {
  const [down, across] = [lengthOf(grid.rows), lengthOf(grid.columns)];
  if (grid.unit < 4 || down * across > BOXES)
    return [{ kind: 'box', ...boxAt(grid, grid.rows, grid.columns), paint: 'output' }];
  return range(0, down * across).map((at): Mark => {
    const [row, column] = [Math.floor(at / across), at % across];
    const frame = at - first >= 0 && at - first < frames ? { frame: at - first } : {};
    const place = { grid: 'output', index: rank === 1 ? [column] : [row, column], ...frame };
    return { kind: 'box', ...boxAt(grid, upTo(1, row), upTo(1, column)), paint: 'output', place };
  });
}

/** What is read, the field around it, and its middle. */
function readMarks(grid: Grid, seen: readonly Along[]): Mark[] {
  const one: Along = { elements: [upTo(1)], field: upTo(1), centre: 0 };
  const [rows, columns] = (seen.length === 1 ? [one, seen[0]] : seen) as [Along, Along];
  const cells = grid.unit === SIDE;
  const parts = ({ elements, field }: Along): readonly Interval[] => {
    if (!cells) return elements.length ** 2 > BOXES ? [around(elements)] : elements;
    return range(field.from, field.to + 1)
      .filter((at) => among(elements, at))
      .map((at) => upTo(1, at));
  };
  const marks = parts(rows).flatMap((row) =>
    parts(columns).map((column): Mark => ({ kind: 'box', ...boxAt(grid, row, column), paint: 'window' })),
  );
  const [y, x] = [
    grid.y + (rows.centre + 0.5) * grid.unit,
    (columns.centre - grid.columns.from + 0.5) * grid.unit,
  ];
  const cross = (dx: number, dy: number): Mark => ({
    kind: 'line',
    points: [
      [x - dx, y - dy],
      [x + dx, y + dy],
    ],
    ink: 'shown',
    weight: 2,
  });
  const field = boxAt(grid, rows.field, columns.field);
  return [
    ...marks,
    { kind: 'box', ...field, paint: null, line: 'window', weight: 2, dashed: true },
    cross(6, 0),
    cross(0, 6),
  ];
}

function around(elements: readonly Interval[]): Interval {
  return { from: elements[0]?.from ?? 0, to: elements.at(-1)?.to ?? 0 };
}

function boxAt(
  { x, y, unit, columns }: Grid,
  row: Interval,
  column: Interval,
): Pick<Box, 'x' | 'y' | 'width' | 'height'> {
  return {
    x: x + (column.from - columns.from) * unit,
    y: y + row.from * unit,
    width: Math.max(1, lengthOf(column) * unit),
    height: Math.max(1, lengthOf(row) * unit),
  };
}

function upTo(count: number, from: number = 0): Interval {
  return { from, to: from + count - 1 };
}

function lengthOf({ from, to }: Interval): number {
  return to - from + 1;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}
