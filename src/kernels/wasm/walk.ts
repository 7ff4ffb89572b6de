// The walk of a block of outputs over data whose channels lie side by side: through batches, planes, rows and along each row.
// All that depends on a position stands in tables made once, so the code has no border to think of:
//
//   planes   for each plane of the output    input bytes, output bytes, taps, extra
//   rows     for each group of rows          input bytes, output bytes, taps, extra, kind
//   runs     for each run of blocks          input bytes, output bytes, taps, extra, function, blocks
//   chunks   for each part of the channels   input bytes, output bytes, weight bytes, groups, channels before the last
//   parts    for each part of a row          its first run and the one after its last
//
// `extra` is what an operation wants to know of the window beside its taps: where its weights begin, or what it counts.
// A group of rows is one row, or several whose windows lie in the input, which a function of their own computes together.
//
//   job -> part of the row, band of row groups, plane, chunk, batch;   for each row group, for each run: call the function

import { type Axis, type Geometry, out } from '../../geometry/index.ts';
import type { Assembly, Frame } from './assembler.ts';
import {
  add,
  type Code,
  call,
  countUp,
  divideUnsigned,
  equal,
  get,
  i32,
  type Local,
  lessSigned,
  loadI32,
  multiply,
  remainderUnsigned,
  select,
  set,
  when,
} from './code.ts';
import type { Chunk } from './lanes.ts';
import { OPERANDS, type Task } from './program.ts';
import { inside, type Run, stepsOf, type Window, windowOf } from './sliding.ts';

/** What a block function gets, in this order, all i32. */
export const PARAMETERS = [
  'input',
  'output',
  'weights',
  'extra',
  'planes',
  'rows',
  'taps',
  'blocks',
  'groups',
  'last',
  'workspace',
] as const;

/** Its parameters by name. */
export type Arguments = Readonly<Record<(typeof PARAMETERS)[number], Local>>;

/** The parameters of the block function whose frame this is. */
export function argumentsOf(frame: Frame): Arguments {
  return Object.fromEntries(PARAMETERS.map((name, i) => [name, frame.parameters[i]])) as Arguments;
}

/** Rows computed by one call: a window of the first, and the table's other columns. */
export interface RowGroup {
  readonly window: Window;
  readonly out: number;
  /** Which set of functions: 0 for any row, 1 for several rows inside. */
  readonly kind: 0 | 1;
}

/** A run with what it tells its function. */
export interface WalkRun extends Run {
  readonly taps: number;
  readonly extra: number;
}

/** What is walked. */
export interface Walk {
  readonly planes: readonly Window[];
  readonly rows: readonly RowGroup[];
  readonly runs: readonly WalkRun[];
  readonly chunks: readonly Chunk[];
  /** Filters of a channel, and floats of a group's weights. */
  readonly multiplier: number;
  readonly group: number;
  /** Extra of a plane's and a row's window; together with a run's they make the function's. */
  planeExtra(of: Window): number;
  rowExtra(of: Window): number;
  extra(plane: Code, row: Code, run: Code): Code;
  /** Functions of {@link PARAMETERS}, for each kind of row group one for each variant. */
  readonly functions: readonly (readonly number[])[];
  /** Work of one output, in multiply-adds. */
  readonly work: number;
}

const [PLANE, ROW, RUN, CHUNK, PART] = [16, 20, 24, 20, 8] as const;
/** Multiply-adds of a job: at least, at most; and how many jobs there should be. */
const [LEAST, MOST, JOBS] = [2 ** 18, 2 ** 21, 16];
/** Runs longer than this are cut when there are too few rows. */
const LONG = 8;

/** Defines run(operands, job, workspace). */
export function defineWalk(
  module: Assembly,
  task: Task,
  walk: Walk,
): { readonly run: number; readonly jobs: number; readonly tables: Int32Array } {
  const { geometry } = task;
  const cut = schedule(geometry, walk);
  const parts = partsOf(walk.runs, cut.parts, task);
  const [planeSteps, rowSteps, runSteps] = stepsOf(task.input);
  const [planeOuts, rowOuts, runOuts] = stepsOf(task.output);
  const runs = parts.flat();
  const planes = walk.planes.flatMap((one, z) => [
    one.element * planeSteps,
    z * planeOuts,
    one.taps,
    walk.planeExtra(one),
  ]);
  const rows = walk.rows.flatMap(({ window, out: y, kind }) => [
    window.element * rowSteps,
    y * rowOuts,
    window.taps,
    walk.rowExtra(window),
    kind,
  ]);
  const ends = parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, part) => sum + part.length, 0));
  const rowsAt = planes.length * 4;
  const runsAt = rowsAt + rows.length * 4;
  const chunksAt = runsAt + runs.length * RUN;
  const partsAt = chunksAt + walk.chunks.length * CHUNK;
  const tables = Int32Array.from([
    ...planes,
    ...rows,
    ...runs.flatMap((one) => [
      one.element * runSteps,
      one.out * runOuts,
      one.taps,
      one.extra,
      one.variant,
      one.blocks,
    ]),
    ...walk.chunks.flatMap((one) => [
      one.channel * 4,
      one.channel * walk.multiplier * 4,
      one.group * walk.group * 4,
      one.groups,
      one.last,
    ]),
    ...parts.flatMap((part, i) => [(ends[i] as number) - part.length, ends[i] as number]),
  ]);

  const bands = Math.ceil(walk.rows.length / cut.band);
  const run = module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [tables, input, output, weights] = [local(), local(), local(), local()];
    const [plane, row, rowEnd, one, oneEnd] = [local(), local(), local(), local(), local()];
    const [part, chunk] = [local(), local()];
    const next = (count: number, into: Local): Code => [
      set(into, remainderUnsigned(get(job), i32(count))),
      set(job, divideUnsigned(get(job), i32(count))),
    ];
    const args = PARAMETERS.map((name) => ({ name, local: name === 'workspace' ? workspace : local() }));
    const values: Readonly<Record<string, Code>> = {
      input: add(get(input), add(loadI32(get(row), 0), loadI32(get(one), 0))),
      output: add(get(output), add(loadI32(get(row), 4), loadI32(get(one), 4))),
      weights: get(weights),
      extra: walk.extra(loadI32(get(plane), 12), loadI32(get(row), 12), loadI32(get(one), 12)),
      planes: loadI32(get(plane), 8),
      rows: loadI32(get(row), 8),
      taps: loadI32(get(one), 8),
      blocks: loadI32(get(one), 20),
      groups: loadI32(get(chunk), 12),
      last: loadI32(get(chunk), 16),
    };
    /** Calls the function of the run's variant. */
    const choose = (functions: readonly number[]): Code =>
      functions.reduceRight<Code>((otherwise, index, variant) => {
        const here = call(index, ...args.map((one) => get(one.local)));
        if (variant === functions.length - 1) return here;
        return when(equal(loadI32(get(one), 16), i32(variant)), here, otherwise);
      }, []);
    const [single = [], several] = walk.functions;
    const target: Code = [
      args.map((one) => (one.name === 'workspace' ? [] : set(one.local, values[one.name] as Code))),
      several === undefined ? choose(single) : when(loadI32(get(row), 16), choose(several), choose(single)),
    ];
    return [
      set(tables, loadI32(get(operands), OPERANDS.tables)),
      next(parts.length, part),
      next(bands, row),
      next(walk.planes.length, plane),
      next(walk.chunks.length, chunk),
      set(chunk, add(get(tables), add(i32(chunksAt), multiply(get(chunk), i32(CHUNK))))),
      set(weights, add(loadI32(get(operands), OPERANDS.weights), loadI32(get(chunk), 8))),
      set(plane, add(get(tables), multiply(get(plane), i32(PLANE)))),
      set(
        input,
        add(
          add(loadI32(get(operands), OPERANDS.input), add(loadI32(get(plane), 0), loadI32(get(chunk), 0))),
          multiply(get(job), i32(task.input.n * 4)),
        ),
      ),
      set(
        output,
        add(
          add(loadI32(get(operands), OPERANDS.output), add(loadI32(get(plane), 4), loadI32(get(chunk), 4))),
          multiply(get(job), i32(task.output.n * 4)),
        ),
      ),
      set(row, multiply(get(row), i32(cut.band))),
      set(rowEnd, add(get(row), i32(cut.band))),
      set(rowEnd, select(lessSigned(get(rowEnd), i32(walk.rows.length)), get(rowEnd), i32(walk.rows.length))),
      set(rowEnd, add(get(tables), add(i32(rowsAt), multiply(get(rowEnd), i32(ROW))))),
      set(part, add(get(tables), add(i32(partsAt), multiply(get(part), i32(PART))))),
      set(oneEnd, add(get(tables), add(i32(runsAt), multiply(loadI32(get(part), 4), i32(RUN))))),
      countUp(
        row,
        add(get(tables), add(i32(rowsAt), multiply(get(row), i32(ROW)))),
        get(rowEnd),
        ROW,
        countUp(
          one,
          add(get(tables), add(i32(runsAt), multiply(loadI32(get(part), 0), i32(RUN)))),
          get(oneEnd),
          RUN,
          target,
        ),
      ),
    ];
  });
  return {
    run,
    jobs: geometry.batch * walk.chunks.length * walk.planes.length * bands * parts.length,
    tables,
  };
}

/** Row groups of a job, and parts of a row. */
function schedule(of: Geometry, walk: Walk): { readonly band: number; readonly parts: number } {
  const outs = of.axes.map(out);
  const perRow = (walk.work * (outs.at(-1) as number)) / walk.chunks.length;
  const groups = walk.rows.length;
  const all = perRow * outs.slice(0, -1).reduce((product, n) => product * n, of.batch * walk.chunks.length);
  const job = Math.min(MOST, Math.max(LEAST, all / JOBS));
  const perGroup = (perRow * (outs.at(-2) ?? 1)) / groups;
  const band = Math.max(1, Math.min(groups, Math.round(job / perGroup)));
  return { band, parts: Math.max(1, Math.round(perGroup / job)) };
}

/** The runs of a row in about so many parts. */
function partsOf(runs: readonly WalkRun[], count: number, { geometry }: Task): WalkRun[][] {
  if (count <= 1) return [[...runs]];
  const blocks = runs.reduce((sum, one) => sum + one.blocks, 0);
  const most = Math.max(LONG, Math.ceil(blocks / count));
  const axis = geometry.axes.at(-1);
  const parts: WalkRun[][] = [[]];
  let room = most;
  for (const whole of runs) {
    let rest = whole;
    while (rest.blocks > 0) {
      if (room === 0) {
        parts.push([]);
        room = most;
      }
      const taken = Math.min(room, rest.blocks);
      parts.at(-1)?.push({ ...rest, blocks: taken });
      room -= taken;
      const outs = taken * whole.outs;
      rest = {
        ...rest,
        blocks: rest.blocks - taken,
        out: rest.out + outs,
        element: rest.element + outs * (axis?.stride ?? 1),
      };
    }
  }
  return parts;
}

/** Rows one by one, and by `several` where they lie inside. */
export function rowGroups(axis: Axis, several: number): RowGroup[] {
  const [from, to] = inside(axis);
  const groups: RowGroup[] = [];
  for (let o = 0; o < out(axis); o += groups.at(-1)?.kind === 1 ? several : 1) {
    groups.push({
      window: windowOf(axis, o),
      out: o,
      kind: several > 1 && o >= from && o + several <= to ? 1 : 0,
    });
  }
  return groups;
}

/** Runs of two functions for any taps: 0 for `width` outputs inside, 1 for one output anywhere. */
export function borderRuns(axis: Axis, width: number, extra: (of: Window) => number): WalkRun[] {
  const [from, to] = inside(axis);
  const runs: WalkRun[] = [];
  const push = (o: number, outs: number, variant: number, count: number) => {
    const window = windowOf(axis, o);
    runs.push({
      variant,
      blocks: count,
      outs,
      out: o,
      element: window.element,
      taps: window.taps,
      extra: extra(window),
    });
  };
  const whole = Math.floor((to - from) / width);
  for (let o = 0; o < from; o++) push(o, 1, 1, 1);
  if (whole > 0) push(from, width, 0, whole);
  const rest = to - from - whole * width;
  if (rest > 0) push(to - rest, 1, 1, rest);
  for (let o = to; o < out(axis); o++) push(o, 1, 1, 1);
  return runs;
}
