// The table of a block of windows: for each, where its runs start and where its output goes. Nothing is copied but windows at
// the border of an input whose channels are too few to be runs of their own.
//
//   whole taps     a run is one tap's channels; a padded tap points at zeros
//   merged taps    a run is a row of taps, which lie side by side (k * channels floats); in a padded row it points at zeros,
//                  and where only some taps are padded the row is put together in `patches`
//
// Windows are numbered over batch, z, y, x, the last changing fastest. A program has these tables of byte offsets (i32):
//
//   z taps [out][kernel]   y taps   x taps   x starts [out] (-1: to be put together; merged only)   zeros

import type { Assembly } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  divideUnsigned,
  equal,
  f32,
  get,
  i32,
  type Local,
  lessSigned,
  loadF32,
  loadI32,
  loop,
  multiply,
  or,
  remainderUnsigned,
  repeat,
  select,
  set,
  storeF32,
  storeI32,
  subtract,
  tee,
  when,
} from './code.ts';
import { type Positions, starts, threePositions } from './positions.ts';
import { OPERANDS, type Task } from './program.ts';
import { tableRow } from './tile.ts';

/** How the windows of a geometry are read. */
export interface Runs {
  readonly merged: boolean;
  /** Runs of a window, and floats of a run. */
  readonly runs: number;
  readonly length: number;
  readonly axes: readonly [Positions, Positions, Positions];
  /** Windows in all. */
  readonly windows: number;
  readonly tables: Int32Array;
  /** Bytes of the tables before each part of them. */
  readonly at: {
    readonly z: number;
    readonly y: number;
    readonly x: number;
    readonly starts: number;
    readonly zeros: number;
  };
}

/** Below so many channels the taps of a row are merged. */
const FEW_CHANNELS = 32;
/** The most bytes of a window that is put together. */
const LARGEST_PATCH = 2 ** 16;

/** How the task's windows are read; taps are merged only if `merges`. */
export function runsOf({ geometry, input }: Task, merges: boolean = true): Runs {
  const axes = threePositions(geometry.axes, input.sizes);
  const [z, y, x] = axes;
  const channels = geometry.channels / geometry.groups;
  const begin = starts(x, channels * 4);
  const patch = z.kernel * y.kernel * x.kernel * channels * 4;
  const merged =
    merges &&
    geometry.groups === 1 &&
    channels < FEW_CHANNELS &&
    x.kernel > 1 &&
    patch <= LARGEST_PATCH &&
    begin.some((one) => one >= 0);
  const length = merged ? x.kernel * channels : channels;
  // Zeros for every group's channels: a group adds its offset to wherever a run starts.
  const zeros = new Int32Array(Math.max(length, geometry.channels));
  const parts = [z.offsets, y.offsets, x.offsets, begin, zeros];
  const tables = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  const offsets: number[] = [];
  let at = 0;
  for (const part of parts) {
    offsets.push(at * 4);
    tables.set(part, at);
    at += part.length;
  }
  const [zAt = 0, yAt = 0, xAt = 0, startsAt = 0, zerosAt = 0] = offsets;
  return {
    merged,
    runs: z.kernel * y.kernel * (merged ? 1 : x.kernel),
    length,
    axes,
    windows: geometry.batch * z.outs * y.outs * x.outs,
    tables,
    at: { z: zAt, y: yAt, x: xAt, starts: startsAt, zeros: zerosAt },
  };
}

/** Bytes of patches a block of so many windows may need. */
export function patchBytes(of: Runs, windows: number): number {
  return of.merged ? windows * of.runs * of.length * 4 : 0;
}

/**
 * Defines gather(operands, first window, windows, channel offset, table, patches). The channel offset (bytes) tells a
 * group's first channel in the input. Windows of one row of the output are done together, run by run.
 */
export function defineGather(module: Assembly, { input, output }: Task, of: Runs): number {
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [operands, first, windows, channel, table, patch] = frame.parameters as Local[] as Parameters6;
    const [zs, ys, xs] = of.axes;
    const local = () => frame.local('i32');
    const [n, z, y, x, tables, zeros, row, from] = Array.from({ length: 8 }, local) as Locals8;
    const [count, kz, ky, kx, zAt, yAt, xAt, entry] = Array.from({ length: 8 }, local) as Locals8;
    const [column, counter, tapAt] = [local(), local(), local()];
    const entryBytes = tableRow(of.runs);
    const [zStep = 0, yStep = 0, xStep = 0] = [0, 0, ...output.sizes].slice(-3).map((step) => step * 4);

    const at = (part: keyof Runs['at'], index: Code, each: number): Code =>
      add(add(get(tables), i32(of.at[part])), multiply(index, i32(each * 4)));
    /** One entry of this column for each window of the row: the value is stored, what follows is done after it. */
    const eachWindow = (value: Code, after: Code): Code => [
      set(entry, get(column)),
      repeat(counter, get(count), [storeI32(get(entry), 0, value), advance(entry, entryBytes), after]),
    ];
    const nextColumn = advance(column, 4);
    const allZeros = eachWindow(get(zeros), []);

    const wholeTaps: Code = [
      set(tapAt, at('x', get(x), xs.kernel)),
      repeat(kx, xs.kernel, [
        when(equal(get(row), i32(-1)), allZeros, [
          set(xAt, get(tapAt)),
          eachWindow(
            select(lessSigned(loadI32(get(xAt)), i32(0)), get(zeros), add(get(row), loadI32(get(xAt)))),
            advance(xAt, xs.kernel * 4),
          ),
        ]),
        advance(tapAt, 4),
        nextColumn,
      ]),
    ];
    const channels = of.length / xs.kernel;
    const source = local();
    // So few numbers are sooner moved one by one than by memory.copy.
    const put = (value: (c: number) => Code): Code =>
      Array.from({ length: channels }, (_, c) => storeF32(get(patch), c * 4, value(c)));
    const together: Code = [
      set(tapAt, at('x', subtract(add(get(x), get(count)), get(counter)), xs.kernel)),
      repeat(kx, xs.kernel, [
        set(from, loadI32(get(tapAt))),
        when(
          lessSigned(get(from), i32(0)),
          put(() => f32(0)),
          [set(source, add(get(row), get(from))), put((c) => loadF32(get(source), c * 4))],
        ),
        advance(patch, channels * 4),
        advance(tapAt, 4),
      ]),
    ];
    const mergedTaps: Code = [
      when(equal(get(row), i32(-1)), allZeros, [
        set(xAt, at('starts', get(x), 1)),
        set(entry, get(column)),
        repeat(counter, get(count), [
          set(from, loadI32(get(xAt))),
          when(
            lessSigned(get(from), i32(0)),
            [storeI32(get(entry), 0, get(patch)), together],
            storeI32(get(entry), 0, add(get(row), get(from))),
          ),
          advance(entry, entryBytes),
          advance(xAt, 4),
        ]),
      ]),
      nextColumn,
    ];
    /** Where the item's rows begin; -1 for a padded one. */
    const findRow: Code = [
      set(from, loadI32(get(zAt))),
      set(row, loadI32(get(yAt))),
      set(
        row,
        select(
          lessSigned(or(get(from), get(row)), i32(0)),
          i32(-1),
          add(
            add(get(row), get(from)),
            add(
              add(loadI32(get(operands), OPERANDS.input), get(channel)),
              multiply(get(n), i32(input.n * 4)),
            ),
          ),
        ),
      ),
    ];
    const nextRow: Code = [
      set(x, i32(0)),
      advance(y, 1),
      when(equal(get(y), i32(ys.outs)), [
        set(y, i32(0)),
        advance(z, 1),
        when(equal(get(z), i32(zs.outs)), [set(z, i32(0)), advance(n, 1)]),
      ]),
    ];
    return [
      set(tables, loadI32(get(operands), OPERANDS.tables)),
      set(zeros, add(get(tables), i32(of.at.zeros))),
      set(x, remainderUnsigned(get(first), i32(xs.outs))),
      set(from, divideUnsigned(get(first), i32(xs.outs))),
      set(y, remainderUnsigned(get(from), i32(ys.outs))),
      set(from, divideUnsigned(get(from), i32(ys.outs))),
      set(z, remainderUnsigned(get(from), i32(zs.outs))),
      set(n, divideUnsigned(get(from), i32(zs.outs))),
      loop(
        [
          set(count, subtract(i32(xs.outs), get(x))),
          set(count, select(lessSigned(get(windows), get(count)), get(windows), get(count))),
          set(column, get(table)),
          set(zAt, at('z', get(z), zs.kernel)),
          repeat(kz, zs.kernel, [
            set(yAt, at('y', get(y), ys.kernel)),
            repeat(ky, ys.kernel, [findRow, of.merged ? mergedTaps : wholeTaps, advance(yAt, 4)]),
            advance(zAt, 4),
          ]),
          set(
            from,
            [n, z, y, x].reduce<Code>(
              (sum, index, i) =>
                add(sum, multiply(get(index), i32([output.n * 4, zStep, yStep, xStep][i] as number))),
              loadI32(get(operands), OPERANDS.output),
            ),
          ),
          eachWindow(get(from), advance(from, xStep)),
          advance(table, multiply(get(count), i32(entryBytes))),
          nextRow,
        ],
        tee(windows, subtract(get(windows), get(count))),
      ),
    ];
  });
}

type Parameters6 = [Local, Local, Local, Local, Local, Local];
type Locals8 = [Local, Local, Local, Local, Local, Local, Local, Local];
