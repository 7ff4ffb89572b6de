// A block of outputs of a maximum or average, channels side by side. A window is folded in two steps, so that neighbours share
// the first and sums stay short:
//
//   for each group of channels
//     for each tap row inside the input, for each column the block reads      column = fold(column, load)
//     for each output                                                         fold of its columns, divided
//
//   3 taps, stride 2, 4 outputs: 9 columns of 3 rows, and 8 folds between them, for 12 rows of windows
//
// A maximum in which NaN wins takes many instructions. So a block folds without regard to NaN and adds up all it loads: the
// sum is NaN if anything was (or if infinities met), and then a function that regards NaN does the whole call again.
// Source: max and pmax in the WebAssembly SIMD proposal.

import type { Geometry } from '../../geometry/index.ts';
import type { Assembly, Frame } from './assembler.ts';
import {
  advance,
  anyBit,
  bitwiseOr,
  type Code,
  call,
  divided,
  equal,
  f32x4,
  get,
  higher,
  i32,
  type Local,
  load,
  loadFirst,
  multiply,
  plus,
  repeat,
  select,
  set,
  splatI32,
  store,
  storeFirst,
  toFloats,
  unequal,
  when,
} from './code.ts';
import { activated } from './epilogue.ts';
import type { Lanes } from './lanes.ts';
import type { Task } from './program.ts';
import { type Block, lastThree, stepsOf } from './sliding.ts';
import { type Arguments, argumentsOf, PARAMETERS } from './walk.ts';

/** Sums that look for NaN side by side. */
const WATCHERS = 3;
/** Bytes of workspace they need. */
export const WATCHED: number = WATCHERS * 4 * 16;

/** What a block reads along a row; null for one output of as many taps as the table says. */
export type PoolShape = Block | null;

/** How values are folded, from what leaves them as they are. */
export interface Fold {
  readonly start: number;
  two(a: Code, b: Code): Code;
}

/** The fold of a maximum or average. */
export function foldOf({ operation }: Geometry): Fold {
  return operation === 'max' ? { start: -Infinity, two: highest } : { start: 0, two: plus };
}

/** A fold by a block function. */
interface BlockFold extends Fold {
  /** A function that does a call again if the watchers, in the workspace, met NaN. */
  readonly again: number | null;
}

/** Everything about one function. */
interface Emission {
  readonly task: Task;
  readonly lanes: Lanes;
  readonly frame: Frame;
  readonly from: Arguments;
  readonly fold: BlockFold;
  /** Address of the tap row that is being read. */
  readonly pixels: Local;
  /** [watcher][part] */
  readonly watchers: readonly (readonly Local[])[];
  /** [output][part] */
  readonly results: readonly (readonly Local[])[];
}

/** Defines the function of a block, called by the walk; `extra` is what an average counts in planes and rows. */
export function definePoolBlock(module: Assembly, task: Task, lanes: Lanes, shape: PoolShape): number {
  const define = (fold: BlockFold) => defineFold(module, task, lanes, shape, fold);
  const fold = foldOf(task.geometry);
  const usual = define({ ...fold, again: null });
  if (task.geometry.operation === 'average' || shape === null) return usual;
  return define({ ...fold, two: higher, again: defineAgain(module, lanes, usual) });
}

/** The higher, NaN if one is: both orders agree unless one is NaN, whose bits survive the or. */
function highest(a: Code, b: Code): Code {
  return bitwiseOr(higher(a, b), higher(b, a));
}

function defineFold(module: Assembly, task: Task, lanes: Lanes, shape: PoolShape, fold: BlockFold): number {
  const outs = shape === null ? 1 : shape.outs;
  const pixel = stepsOf(task.input)[2];
  const outPixel = stepsOf(task.output)[2];

  return module.define(
    PARAMETERS.map(() => 'i32'),
    (frame) => {
      const from = argumentsOf(frame);
      const local = () => frame.local('i32');
      const [block, blockOutput, blocks, input, output, group] = [
        local(),
        local(),
        local(),
        local(),
        local(),
        local(),
      ];
      const watching = fold.again === null ? 0 : WATCHERS;
      const watchers = Array.from({ length: watching }, () => vectors(frame, lanes.parts));
      const results = Array.from({ length: outs }, () => vectors(frame, lanes.parts));
      const of: Emission = { task, lanes, frame, from, fold, pixels: local(), watchers, results };
      const divisor = divisors(of, shape);
      const step =
        lanes.channels % lanes.step === 0
          ? i32(lanes.step * 4)
          : multiply(select(equal(get(group), i32(2)), get(from.last), i32(lanes.step)), i32(4));

      return [
        set(block, get(from.input)),
        set(blockOutput, get(from.output)),
        divisor.code,
        watchers.flat().map((one) => set(one, f32x4(0))),
        repeat(blocks, get(from.blocks), [
          set(input, get(block)),
          set(output, get(blockOutput)),
          repeat(group, get(from.groups), [
            set(of.pixels, get(input)),
            shape === null ? anyTaps(of) : columns(of, shape),
            results.map((parts, t) =>
              parts.map((result, part) => [
                set(result, divisor.apply(t, get(result))),
                set(result, activated(frame, task.activation, result)),
                storeFirst(lanes.lanes, get(output), t * outPixel + part * 16, get(result)),
              ]),
            ),
            advance(input, step),
            advance(output, step),
          ]),
          advance(block, outs * lastThree(task.geometry.axes)[2].stride * pixel),
          advance(blockOutput, outs * outPixel),
        ]),
        fold.again === null
          ? []
          : [
              watchers.flat().map((one, i) => store(get(from.workspace), i * 16, get(one))),
              call(fold.again, ...PARAMETERS.map((name) => get(from[name]))),
            ],
      ];
    },
  );
}

/** again(...): calls the function that regards NaN, with the same arguments, if there may have been one. */
function defineAgain(module: Assembly, lanes: Lanes, regarding: number): number {
  return module.define(
    PARAMETERS.map(() => 'i32'),
    (frame) => {
      const from = argumentsOf(frame);
      const [sum] = vectors(frame, 1) as [Local];
      return [
        set(sum, load(get(from.workspace))),
        Array.from({ length: WATCHERS * lanes.parts - 1 }, (_, i) =>
          set(sum, plus(get(sum), load(get(from.workspace), (i + 1) * 16))),
        ),
        when(
          anyBit(unequal(get(sum), get(sum))),
          call(regarding, ...PARAMETERS.map((name) => get(from[name]))),
        ),
      ];
    },
  );
}

/** What an average divides by: so many positions in planes and rows, times those in a row of each output. */
function divisors(
  of: Emission,
  shape: PoolShape,
): { readonly code: Code; apply(output: number, value: Code): Code } {
  const { operation, divisor } = of.task.geometry;
  if (operation !== 'average') return { code: [], apply: (_, value) => value };
  if (typeof divisor === 'number') {
    const [by] = vectors(of.frame, 1) as [Local];
    return { code: set(by, f32x4(divisor)), apply: (_, value) => divided(value, get(by)) };
  }
  const counts = shape === null ? [1] : divisor === 'real' ? shape.taps : shape.counted;
  const all = new Map([...new Set(counts)].map((count) => [count, of.frame.local('v128')]));
  return {
    code: [...all].map(([count, by]) =>
      set(by, toFloats(splatI32(multiply(get(of.from.extra), i32(count))))),
    ),
    apply: (output, value) => divided(value, get(all.get(counts[output] as number) as Local)),
  };
}

/** Folds each column the block reads, then each output's columns. */
function columns(of: Emission, shape: Block): Code {
  const { lanes, frame, fold, watchers } = of;
  const pixel = stepsOf(of.task.input)[2];
  const all = new Map(
    [...new Set(shape.reads.map((read) => read.column))].map((at) => [at, vectors(frame, lanes.parts)]),
  );
  const values = vectors(frame, lanes.parts);
  let turn = 0;
  return [
    [...all.values()].map((parts) => parts.map((column) => set(column, f32x4(fold.start)))),
    eachRow(
      of,
      [...all].map(([at, parts]) => {
        const watcher = watchers[turn++ % WATCHERS];
        return parts.map((column, part) => {
          const loaded = loadFirst(lanes.lanes, get(of.pixels), at * pixel + part * 16);
          const [value, sum] = [values[part] as Local, watcher?.[part]];
          if (sum === undefined) return set(column, fold.two(get(column), loaded));
          return [
            set(value, loaded),
            set(sum, plus(get(sum), get(value))),
            set(column, fold.two(get(column), get(value))),
          ];
        });
      }),
    ),
    of.results.map((parts, t) => {
      const read = shape.reads.filter((one) => one.out === t).map((one) => all.get(one.column) as Local[]);
      return parts.map((result, part) =>
        set(
          result,
          read.reduce<Code>(
            (folded, column, i) =>
              i === 0 ? get(column[part] as Local) : fold.two(folded, get(column[part] as Local)),
            f32x4(fold.start),
          ),
        ),
      );
    }),
  ];
}

/** One output: folds one column after the other. */
function anyTaps(of: Emission): Code {
  const { lanes, frame, fold } = of;
  const x = lastThree(of.task.geometry.axes)[2];
  const pixel = stepsOf(of.task.input)[2];
  const at = frame.local('i32');
  const column = vectors(frame, lanes.parts);
  const results = of.results[0] as readonly Local[];
  return [
    results.map((result) => set(result, f32x4(fold.start))),
    set(at, get(of.pixels)),
    when(
      get(of.from.taps),
      repeat(frame.local('i32'), get(of.from.taps), [
        column.map((one) => set(one, f32x4(fold.start))),
        set(of.pixels, get(at)),
        eachRow(
          of,
          column.map((one, part) => {
            const loaded = loadFirst(lanes.lanes, get(of.pixels), part * 16);
            return set(one, fold.two(get(one), loaded));
          }),
        ),
        results.map((result, part) => set(result, fold.two(get(result), get(column[part] as Local)))),
        advance(at, x.dilation * pixel),
      ]),
    ),
  ];
}

/** The tap planes and rows inside the input, if there are any. */
function eachRow({ task, frame, from, pixels }: Emission, body: Code): Code {
  const [z, y] = lastThree(task.geometry.axes);
  const [plane, row] = stepsOf(task.input);
  const whileSome = (count: Local, inside: Code) =>
    when(get(count), repeat(frame.local('i32'), get(count), inside));
  const rows = whileSome(from.rows, [body, advance(pixels, y.dilation * row)]);
  if (task.geometry.axes.length < 3) return task.geometry.axes.length < 2 ? body : rows;
  const start = frame.local('i32');
  return [
    set(start, get(pixels)),
    whileSome(from.planes, [set(pixels, get(start)), rows, advance(start, z.dilation * plane)]),
  ];
}

function vectors(frame: Frame, count: number): Local[] {
  return Array.from({ length: count }, () => frame.local('v128'));
}
