// Where the positions of a tile lie. Rows and columns of tiles have a table each, of byte offsets of their n inputs and m
// outputs, so padding, cropping and dilation are only other offsets: each of the d x d phases of a kernel with dilation d is
// a convolution without dilation, whose rows and columns follow those of the phase before.
//
//   kernel 3, p1, size 6, F(4, 3)     row 0   -  0  1  2  3  4    0  1  2  3
//                                     row 1   3  4  5  -  -  -    4  5  -  -       - is none: there it reads zeros
//
//   tables   rows [row][n + m], columns [column][n + m], then a pixel of zeros

import { type Axis, type Geometry, out, source, start } from '../../geometry/index.ts';
import type { Assembly } from './assembler.ts';
import {
  add,
  advance,
  and,
  divideUnsigned,
  get,
  i32,
  type Local,
  loadI32,
  multiply,
  remainderUnsigned,
  repeat,
  select,
  set,
  storeI32,
} from './code.ts';
import type { Task } from './program.ts';
import type { Cut } from './winograd-cut.ts';
import type { Line } from './winograd-lines.ts';

/** Offsets that are none: the sum of one of these with another offset is no multiple of 4. */
const NO_ROW = 1;
const NO_COLUMN = 2;

/** The last two axes; a sequence is an image of one row, which has no axis. */
export function axesOf(of: Geometry): readonly [y: Axis | undefined, x: Axis | undefined] {
  return [of.axes.at(-2), of.axes.at(-1)];
}

/** Tiles along an axis, over its phases. */
export function tilesOf(of: Axis | undefined, line: Line): number {
  if (of === undefined) return 1;
  return phases(of).reduce((sum, outs) => sum + Math.ceil(outs / line.outputs), 0);
}

/** Outputs of each phase of a dilated axis. */
function phases(of: Axis): number[] {
  const count = Math.min(of.dilation, out(of));
  return Array.from({ length: count }, (_, phase) => Math.ceil((out(of) - phase) / of.dilation));
}

/** The tables of a task. */
export function tablesOf({ geometry: of, input, output }: Task, cut: Cut): Int32Array {
  const [y, x] = axesOf(of);
  const rows = axisTable(y, cut.vertical, [input.sizes.at(-2) ?? 0, output.sizes.at(-2) ?? 0], NO_ROW);
  const columns = axisTable(
    x,
    cut.horizontal,
    [input.sizes.at(-1) ?? 0, output.sizes.at(-1) ?? 0],
    NO_COLUMN,
  );
  const tables = new Int32Array(rows.length + columns.length + of.channels);
  tables.set(rows);
  tables.set(columns, rows.length);
  return tables;
}

function axisTable(
  of: Axis | undefined,
  line: Line,
  [read, write]: readonly [number, number],
  none: number,
): number[] {
  if (of === undefined) return [0, 0];
  const entries: number[] = [];
  for (const [phase, outs] of phases(of).entries()) {
    for (let first = 0; first < outs; first += line.outputs) {
      const used = Math.min(outs - first, line.outputs) + of.kernel - 1;
      for (let i = 0; i < line.inputs; i++) {
        const found = source(of, start(of, phase) + (first + i) * of.dilation);
        entries.push(i < used && 'index' in found ? found.index * read * 4 : none);
      }
      for (let i = 0; i < line.outputs; i++)
        entries.push(first + i < outs ? (phase + (first + i) * of.dilation) * write * 4 : none);
    }
  }
  return entries;
}

/** Byte offset of the pixel of zeros in the tables. */
export function zerosAt(cut: Cut): number {
  return cut.rows * entryBytes(cut.vertical) + cut.columns * entryBytes(cut.horizontal);
}

/** Bytes of a row or column of tiles in the tables: its inputs, then its outputs. */
export function entryBytes(line: Line): number {
  return (line.inputs + line.outputs) * 4;
}

/**
 * Defines addresses(base, tables, tile, into, elsewhere), which lists where a tile's inputs or outputs lie, column by column;
 * `elsewhere` for those that are none.
 */
export function defineAddresses(module: Assembly, task: Task, cut: Cut, side: 'inputs' | 'outputs'): number {
  const { vertical, horizontal } = cut;
  const skip = (line: Line) => (side === 'inputs' ? 0 : line.inputs * 4);
  const image = (side === 'inputs' ? task.input : task.output).n * 4;
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [base, tables, tile, into, elsewhere] = frame.parameters as [Local, Local, Local, Local, Local];
    const local = () => frame.local('i32');
    const [row, column, offset, at, counter] = [local(), local(), local(), local(), local()];
    const grid = i32(cut.rows * cut.columns);
    const columns = i32(cut.columns);
    const list = Array.from({ length: vertical[side] }, (_, i) => [
      set(at, add(get(offset), loadI32(get(row), skip(vertical) + i * 4))),
      storeI32(get(into), i * 4, select(and(get(at), i32(3)), get(elsewhere), add(get(base), get(at)))),
    ]);
    return [
      set(base, add(get(base), multiply(divideUnsigned(get(tile), grid), i32(image)))),
      set(tile, remainderUnsigned(get(tile), grid)),
      set(row, multiply(divideUnsigned(get(tile), columns), i32(entryBytes(vertical)))),
      set(row, add(get(tables), get(row))),
      set(column, multiply(remainderUnsigned(get(tile), columns), i32(entryBytes(horizontal)))),
      set(column, add(add(get(tables), i32(cut.rows * entryBytes(vertical))), get(column))),
      repeat(counter, horizontal[side], [
        set(offset, loadI32(get(column), skip(horizontal))),
        list,
        advance(column, 4),
        advance(into, vertical[side] * 4),
      ]),
    ];
  });
}
