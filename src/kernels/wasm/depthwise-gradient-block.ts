// What some windows of a row, or of a few rows, add to the gradient of some taps, all sums in registers:
//
//   sum[tap row][tap] = 0
//   for each row of windows
//     for each block of neighbouring windows           g = load, one for each window
//       for each column and tap row they read          x = load
//         for each window and tap that meet there      sum[tap row][tap] += x * g[window]
//   memory[tap row][tap] += sum[tap row][tap]
//
// The windows are cut as in the forward pass (sliding.ts), so padding is a tap that is not there. A processor finishes eight
// multiply-adds in the time of one after another: fewer taps have several sums each, taken by turns. Which windows a sum takes
// in which order depends on the geometry only.

import type { Axis } from '../../geometry/index.ts';
import type { Assembly, Frame } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  f32x4,
  get,
  i32,
  type Local,
  load,
  loadFirst,
  loadI32,
  type MultiplyAdd,
  plus,
  repeat,
  set,
  store,
  when,
} from './code.ts';
import type { Lanes } from './lanes.ts';
import type { Block, Run } from './sliding.ts';

/** What a function gets, all i32: two addresses, that of the first tap's sums, rows of windows, and a table of `anyTaps`. */
const BLOCK_PARAMETERS = ['input', 'gradient', 'sums', 'rows', 'table'] as const;

/** Sums in registers; with them, the windows' gradients and the element that is read they fill 15 registers. */
export const SUMS = 12;
const REGISTERS = 15;
const LATENCY = 8;

/** What all functions of a program have in common. */
export interface Rows {
  readonly lanes: Lanes;
  readonly multiplyAdd: MultiplyAdd;
  /** The axes of rows and columns. */
  readonly y: Axis;
  readonly x: Axis;
  /** Bytes between neighbours: [row, column]. */
  readonly input: readonly [number, number];
  readonly gradient: readonly [number, number];
}

/** Taps, and windows of a row. */
export interface Part {
  readonly tapRows: number;
  /** The first tap of a row, and how many. */
  readonly tap: number;
  readonly taps: number;
  readonly runs: readonly (Run & { readonly block: Block })[];
}

/** Windows of a block for so many taps. */
export function widthFor(taps: number): number {
  return Math.min(6, REGISTERS - 1 - taps * copiesFor(taps));
}

function copiesFor(taps: number): number {
  return Math.max(1, Math.min(Math.ceil(LATENCY / taps), Math.floor(SUMS / taps)));
}

function within(block: Block, tap: number, taps: number) {
  return block.reads.filter((one) => one.tap >= tap && one.tap < tap + taps);
}

/** Defines the function of a part. */
export function definePart(module: Assembly, rows: Rows, part: Part): number {
  return define(module, (frame, [input, gradient, sums, count]) => {
    const { lanes, x, y } = rows;
    const all = part.tapRows * part.taps;
    const sets = Array.from({ length: all }, () =>
      Array.from({ length: copiesFor(all) }, () => vectors(frame, lanes.parts)),
    );
    const [pixels, gradients] = [frame.local('i32'), frame.local('i32')];
    const values = new Map<number, Local[]>();
    const element = vectors(frame, lanes.parts);
    const block = (of: Block, from: Local, to: Local, column: number, out: number): Code => {
      const reads = within(of, part.tap, part.taps);
      const windows = [...new Set(reads.map((one) => one.out))].sort((a, b) => a - b);
      const columns = [...new Set(reads.map((one) => one.column))];
      const gradientOf = (window: number) => {
        const found = values.get(window) ?? vectors(frame, lanes.parts);
        values.set(window, found);
        return found;
      };
      return [
        windows.map((one) => loaded(rows, gradientOf(one), to, (out + one) * rows.gradient[1])),
        columns.map((at) =>
          Array.from({ length: part.tapRows }, (_, r) => [
            loaded(rows, element, from, r * y.dilation * rows.input[0] + (column + at) * rows.input[1]),
            reads
              .filter((one) => one.column === at)
              .map((one) => {
                const copies = sets[r * part.taps + one.tap - part.tap] as Local[][];
                const sum = copies[one.out % copies.length] as Local[];
                return accumulate(rows, sum, element, gradientOf(one.out));
              }),
          ]),
        ),
      ];
    };
    return [
      sets.flat(2).map((sum) => set(sum, f32x4(0))),
      repeat(count, get(count), [
        part.runs.map((run) => {
          if (run.blocks === 1) return block(run.block, input, gradient, run.element, run.out);
          return [
            set(pixels, add(get(input), i32(run.element * rows.input[1]))),
            set(gradients, add(get(gradient), i32(run.out * rows.gradient[1]))),
            repeat(frame.local('i32'), run.blocks, [
              block(run.block, pixels, gradients, 0, 0),
              advance(pixels, run.outs * x.stride * rows.input[1]),
              advance(gradients, run.outs * rows.gradient[1]),
            ]),
          ];
        }),
        advance(input, y.stride * rows.input[0]),
        advance(gradient, rows.gradient[0]),
      ]),
      addTo(
        lanes,
        sums,
        sets.map((copies, i) => ({
          copies,
          tap: Math.floor(i / part.taps) * x.kernel + part.tap + (i % part.taps),
        })),
      ),
    ];
  });
}

/** Numbers of a tap in the table of `anyTaps`: input bytes, gradient bytes, blocks of eight windows, windows. */
export const ANY = { input: 0, gradient: 4, blocks: 8, windows: 12, bytes: 16 } as const;
const ANY_WIDTH = 8;

/** Defines the function of a tap row of any number of taps, each by itself over the windows that the table gives it. */
export function defineAnyTaps(module: Assembly, rows: Rows): number {
  return define(module, (frame, [input, gradient, sums, count, table]) => {
    const { lanes, x, y } = rows;
    const copies = Array.from({ length: ANY_WIDTH }, () => vectors(frame, lanes.parts));
    const [value, element] = [vectors(frame, lanes.parts), vectors(frame, lanes.parts)];
    const local = () => frame.local('i32');
    const [tap, row, rowInput, rowGradient, pixels, gradients, rest] = [
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
    ];
    const [columnIn, columnOut] = [x.stride * rows.input[1], rows.gradient[1]];
    const windows = (n: number): Code => [
      Array.from({ length: n }, (_, o) => [
        loaded(rows, value, gradients, o * columnOut),
        loaded(rows, element, pixels, o * columnIn),
        accumulate(rows, copies[o] as Local[], element, value),
      ]),
      advance(pixels, n * columnIn),
      advance(gradients, n * columnOut),
    ];
    const some = (n: Code, body: Code): Code => [
      set(rest, n),
      when(get(rest), repeat(rest, get(rest), body)),
    ];
    return repeat(tap, x.kernel, [
      copies.flat().map((sum) => set(sum, f32x4(0))),
      set(rowInput, add(get(input), loadI32(get(table), ANY.input))),
      set(rowGradient, add(get(gradient), loadI32(get(table), ANY.gradient))),
      repeat(row, get(count), [
        set(pixels, get(rowInput)),
        set(gradients, get(rowGradient)),
        some(loadI32(get(table), ANY.blocks), windows(ANY_WIDTH)),
        some(loadI32(get(table), ANY.windows), windows(1)),
        advance(rowInput, y.stride * rows.input[0]),
        advance(rowGradient, rows.gradient[0]),
      ]),
      addTo(lanes, sums, [{ copies, tap: 0 }]),
      advance(table, ANY.bytes),
      advance(sums, lanes.parts * 16),
    ]);
  });
}

function define(
  module: Assembly,
  body: (frame: Frame, parameters: readonly [Local, Local, Local, Local, Local]) => Code,
): number {
  return module.define(
    BLOCK_PARAMETERS.map(() => 'i32'),
    (frame) => body(frame, frame.parameters as unknown as readonly [Local, Local, Local, Local, Local]),
  );
}

function loaded({ lanes }: Rows, into: readonly Local[], from: Local, offset: number): Code {
  return into.map((one, i) => set(one, loadFirst(lanes.lanes, get(from), offset + i * 16)));
}

function accumulate(
  { multiplyAdd }: Rows,
  sum: readonly Local[],
  element: readonly Local[],
  value: readonly Local[],
): Code {
  return sum.map((one, i) =>
    set(one, multiplyAdd(get(element[i] as Local), get(value[i] as Local), get(one))),
  );
}

/**
 * Adds the sum of all copies, halves by halves, to that of the tap in memory. All are stored at the end: a store between loads
 * keeps V8 from joining vectors.
 */
function addTo(
  lanes: Lanes,
  sums: Local,
  taps: readonly { readonly tap: number; readonly copies: readonly (readonly Local[])[] }[],
): Code {
  const all = taps.flatMap(({ tap, copies }) =>
    Array.from({ length: lanes.parts }, (_, part) => ({
      at: (tap * lanes.parts + part) * 16,
      copies: copies.map((one) => one[part] as Local),
    })),
  );
  const total = (of: readonly Local[]): Code =>
    of.length === 1
      ? get(of[0] as Local)
      : plus(total(of.slice(0, of.length >> 1)), total(of.slice(of.length >> 1)));
  return [
    all.map(({ at, copies }) => set(copies[0] as Local, plus(load(get(sums), at), total(copies)))),
    all.map(({ at, copies }) => store(get(sums), at, get(copies[0] as Local))),
  ];
}

function vectors(frame: Frame, count: number): Local[] {
  return Array.from({ length: count }, () => frame.local('v128'));
}
