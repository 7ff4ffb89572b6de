// A block of outputs of a depthwise convolution, channels side by side, all sums in registers:
//
//   for each group of channels
//     sums = bias                                            one for each output and filter of a channel
//     for each tap plane and row inside the input
//       for each column the block reads                      x = load
//         for each output and tap that meet there            sum[output] += x * weight[tap]
//     store the activated sums
//
// A loaded pixel serves every output it meets, and the weights of `held` taps stay in registers, so that 4 outputs of 3 taps
// take 9 loads for 12 multiply-adds. Several rows of outputs share the input rows between them as well. A sum runs over tap
// planes, rows and columns in this order in every kind of block, so it does not depend on where it is computed.
//
//   3 taps, stride 1     column       0    1      2        3        4      5
//                        out.tap      0.0  0.1    0.2      1.2      2.2    3.2
//                                          1.0    1.1      2.1      3.1
//                                                 2.0      3.0
//
// A block of any number of taps goes tap by tap instead, each weight meeting all outputs. Where a filter sees several channels
// (grouped.ts), each is a term, and a row's taps are gone through for each term.

import type { Assembly, Frame } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  equal,
  get,
  i32,
  type Local,
  load,
  loadFirst,
  multiply,
  repeat,
  select,
  set,
  store,
  storeFirst,
  when,
} from './code.ts';
import { type WeightSizes, weightAt } from './depthwise-weights.ts';
import { activated } from './epilogue.ts';
import type { Lanes } from './lanes.ts';
import { defineInterleave } from './multiplied.ts';
import type { Task } from './program.ts';
import { type Block, lastThree, type Read, stepsOf } from './sliding.ts';
import { type Arguments, argumentsOf, PARAMETERS } from './walk.ts';

/** What is multiplied with the weights of a group of channels. */
export interface Terms {
  readonly count: number;
  /** All vectors of a group are multiplied with the same. */
  readonly shared: boolean;
  /** Channels of the input between two groups. */
  readonly step: number;
  /** Sets a vector to a term of a pixel. */
  read(term: number, address: Local, offset: number, part: number, into: Local): Code;
}

/** The term of a depthwise convolution: the channels themselves. */
function ownChannels({ lanes, step }: Lanes): Terms {
  return {
    count: 1,
    shared: false,
    step,
    read: (_, address, offset, part, into) => set(into, loadFirst(lanes, get(address), offset + part * 16)),
  };
}

/** The shape of a block. */
export interface DepthwiseShape {
  /** What it reads along a row; a number of outputs inside means that the taps come from the table. */
  readonly block: Block | number;
  /** Rows of outputs: 1 with any of its tap rows, or more that lie inside. */
  readonly rows: number;
  /** Taps of a row whose weights are in registers at a time. */
  readonly held: number;
}

/** Everything about one function. */
interface Emission {
  readonly task: Task;
  readonly lanes: Lanes;
  readonly sizes: WeightSizes;
  readonly shape: DepthwiseShape;
  readonly terms: Terms;
  readonly frame: Frame;
  /** [output][filter of a channel][part] */
  readonly sums: readonly (readonly (readonly Local[])[])[];
  /** Addresses of the tap row that is being read, and of its weights. */
  readonly pixels: Local;
  readonly taps: Local;
}

/** One row of outputs that meets an input row, and where the weights of the tap row it applies lie. */
interface User {
  readonly row: number;
  readonly weights: number;
}

/** Defines the function of a block, called by the walk. */
export function defineDepthwiseBlock(
  module: Assembly,
  task: Task,
  lanes: Lanes,
  sizes: WeightSizes,
  shape: DepthwiseShape,
  terms: Terms = ownChannels(lanes),
): number {
  const outs = outsOf(shape);
  const offsets = Array.from({ length: shape.rows * outs }, (_, i) => {
    const [, row, column] = stepsOf(task.output);
    return Math.floor(i / outs) * row + (i % outs) * column;
  });
  const interleave =
    sizes.multiplier === 1 ? null : defineInterleave(module, lanes, sizes.multiplier, offsets);

  return module.define(
    PARAMETERS.map(() => 'i32'),
    (frame) => {
      const from = argumentsOf(frame);
      const i32s = () => frame.local('i32');
      const [input, output, weights, group] = [i32s(), i32s(), i32s(), i32s()];
      const sums = offsets.map(() =>
        Array.from({ length: sizes.multiplier }, () => vectors(frame, lanes.parts)),
      );
      const of: Emission = { task, lanes, sizes, shape, terms, frame, sums, pixels: i32s(), taps: i32s() };
      const [, , column] = stepsOf(task.input);
      const [, , outColumn] = stepsOf(task.output);
      const all = sums.flatMap((filters) => filters.flat());
      const each = (step: number, count: number): Code =>
        lanes.channels % lanes.step === 0
          ? i32(step * count * 4)
          : multiply(select(equal(get(group), i32(2)), get(from.last), i32(step)), i32(count * 4));

      return repeat(from.blocks, get(from.blocks), [
        set(input, get(from.input)),
        set(output, get(from.output)),
        set(weights, get(from.weights)),
        repeat(group, get(from.groups), [
          sums.map((filters) =>
            filters.map((parts, m) =>
              parts.map((sum, part) => set(sum, load(get(weights), weightAt(sizes, lanes, 0, m, part)))),
            ),
          ),
          set(of.pixels, get(input)),
          set(of.taps, add(add(get(weights), get(from.extra)), i32(sizes.tap * 4))),
          planes(of, from),
          all.map((sum) => set(sum, activated(frame, task.activation, sum))),
          interleave === null
            ? sums.map(([parts = []], i) =>
                parts.map((sum, part) =>
                  storeFirst(lanes.lanes, get(output), (offsets[i] as number) + part * 16, get(sum)),
                ),
              )
            : [
                all.map((sum, i) => store(get(from.workspace), i * 16, get(sum))),
                call(interleave, get(from.workspace), get(output)),
              ],
          advance(input, each(terms.step, 1)),
          advance(output, each(lanes.step, sizes.multiplier)),
          advance(weights, sizes.group * 4),
        ]),
        advance(from.input, outs * lastThree(task.geometry.axes)[2].stride * column),
        advance(from.output, outs * outColumn),
      ]);
    },
  );
}

/** The tap planes inside the input. */
function planes(of: Emission, from: Arguments): Code {
  if (of.task.geometry.axes.length < 3) return rows(of, from);
  const [z, y, x] = lastThree(of.task.geometry.axes);
  const [plane] = stepsOf(of.task.input);
  const [pixels, taps] = [of.frame.local('i32'), of.frame.local('i32')];
  return [
    set(pixels, get(of.pixels)),
    set(taps, get(of.taps)),
    whileSome(of, from.planes, [
      set(of.pixels, get(pixels)),
      set(of.taps, get(taps)),
      rows(of, from),
      advance(pixels, z.dilation * plane),
      advance(taps, y.kernel * x.kernel * tapBytes(of)),
    ]),
  ];
}

/** The tap rows inside the input: those of the table, or all that several rows of outputs meet. */
function rows(of: Emission, from: Arguments): Code {
  const { block } = of.shape;
  const [, y, x] = lastThree(of.task.geometry.axes);
  const [, row] = stepsOf(of.task.input);
  const tapRow = x.kernel * tapBytes(of);
  if (of.shape.rows === 1 || typeof block === 'number') {
    const one = typeof block === 'number' ? anyTaps(of, from, block) : columns(of, block.reads, 0, [FIRST]);
    const next = [advance(of.pixels, y.dilation * row), advance(of.taps, tapRow)];
    return of.task.geometry.axes.length < 2 ? one : whileSome(of, from.rows, [one, next]);
  }
  const met = (of.shape.rows - 1) * y.stride + (y.kernel - 1) * y.dilation + 1;
  return Array.from({ length: met }, (_, j) => {
    const users = Array.from({ length: of.shape.rows }, (_, r) => ({ row: r, from: j - r * y.stride }))
      .filter((one) => one.from >= 0 && one.from % y.dilation === 0 && one.from / y.dilation < y.kernel)
      .map((one) => ({ row: one.row, weights: (one.from / y.dilation) * tapRow }));
    return users.length === 0 ? [] : columns(of, block.reads, j * row, users);
  });
}

const FIRST: User = { row: 0, weights: 0 };

/** One input row under all its columns, term by term and so many taps at a time. */
function columns(of: Emission, reads: readonly Read[], offset: number, users: readonly User[]): Code {
  const { lanes, sizes, frame, shape, terms } = of;
  const column = stepsOf(of.task.input)[2];
  const turn = (read: Read) => Math.floor(read.tap / shape.held);
  const sorted = [...reads].sort((one, other) => turn(one) - turn(other));
  const values = vectors(frame, terms.shared ? 1 : lanes.parts);
  const pool = new Map<string, Local[]>();

  const oneTerm = (term: number): Code => {
    const held = new Map<string, Local[]>();
    /** The weights of a tap, loaded when they are first needed. */
    const weightsOf = (user: number, tap: number, m: number) => {
      const name = `${user} ${tap} ${m}`;
      const known = held.get(name);
      if (known !== undefined) return { code: [], in: known };
      const place = `${user} ${tap % shape.held} ${m}`;
      const found = pool.get(place) ?? vectors(frame, lanes.parts);
      pool.set(place, found);
      held.set(name, found);
      const at = (users[user] as User).weights;
      const index = tap * terms.count + term;
      return {
        code: found.map((one, part) =>
          set(one, load(get(of.taps), at + weightAt(sizes, lanes, index, m, part))),
        ),
        in: found,
      };
    };

    return sorted.map((read, i) => {
      const before = sorted[i - 1];
      const fresh = before === undefined || turn(before) !== turn(read) || before.column !== read.column;
      return [
        fresh
          ? values.map((x, part) => terms.read(term, of.pixels, offset + read.column * column, part, x))
          : [],
        users.map(({ row }, u) =>
          Array.from({ length: sizes.multiplier }, (_, m) => {
            const weights = weightsOf(u, read.tap, m);
            const sums = of.sums[row * outsOf(shape) + read.out]?.[m] as Local[];
            return [
              weights.code,
              sums.map((sum, part) =>
                accumulate(of, sum, values[terms.shared ? 0 : part] as Local, weights.in[part] as Local),
              ),
            ];
          }),
        ),
      ];
    });
  };
  return Array.from({ length: terms.count }, (_, term) => oneTerm(term));
}

/** As many taps as the table says, each under all outputs. */
function anyTaps(of: Emission, from: Arguments, outs: number): Code {
  const { lanes, sizes, frame, terms } = of;
  const x = lastThree(of.task.geometry.axes)[2];
  const column = stepsOf(of.task.input)[2];
  const [pixels, taps] = [frame.local('i32'), frame.local('i32')];
  const [value, weight] = [frame.local('v128'), frame.local('v128')];
  return [
    set(pixels, get(of.pixels)),
    set(taps, get(of.taps)),
    whileSome(of, from.taps, [
      Array.from({ length: terms.count * sizes.multiplier * lanes.parts }, (_, i) => {
        const part = i % lanes.parts;
        const m = Math.floor(i / lanes.parts) % sizes.multiplier;
        const term = Math.floor(i / lanes.parts / sizes.multiplier);
        return [
          set(weight, load(get(taps), weightAt(sizes, lanes, term, m, part))),
          Array.from({ length: outs }, (_, t) => [
            terms.read(term, pixels, t * x.stride * column, part, value),
            accumulate(of, of.sums[t]?.[m]?.[part] as Local, value, weight),
          ]),
        ];
      }),
      advance(pixels, x.dilation * column),
      advance(taps, tapBytes(of)),
    ]),
  ];
}

/** Bytes of the weights of a tap. */
function tapBytes({ sizes, terms }: Emission): number {
  return sizes.tap * terms.count * 4;
}

function accumulate(of: Emission, sum: Local, value: Local, weight: Local): Code {
  return set(sum, of.task.machine.multiplyAdd(get(value), get(weight), get(sum)));
}

function whileSome(of: Emission, count: Local, body: Code): Code {
  return when(get(count), repeat(of.frame.local('i32'), get(count), body));
}

function vectors(frame: Frame, count: number): Local[] {
  return Array.from({ length: count }, () => frame.local('v128'));
}

/** Outputs of a block in a row. */
function outsOf({ block }: DepthwiseShape): number {
  return typeof block === 'number' ? block : block.outs;
}
