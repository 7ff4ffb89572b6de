// Maxima and averages over windows, in either layout: where columns lie side by side it is pool-first.ts, and where channels
// do it is a walk (walk.ts) over blocks of outputs (pool-block.ts). Either folds the columns of a window first and then these
// from the first to the last, so an average is the same number in both.
//
// A block is as many outputs as have at most 10 columns between them, the registers beside a loaded value and the sums that
// look for NaN. Wider windows are folded output by output in a loop, four vectors of channels at a time.

import { type Axis, out } from '../../geometry/index.ts';
import { type Assembly, assemble } from './assembler.ts';
import { multiply } from './code.ts';
import { chunks, type Lanes, lanesOf } from './lanes.ts';
import { definePoolBlock, WATCHED } from './pool-block.ts';
import { poolFirst, suitsPoolFirst } from './pool-first.ts';
import type { Program, Task } from './program.ts';
import { blocks, inRows, lastThree, type Window, windowOf } from './sliding.ts';
import { borderRuns, defineWalk, rowGroups, type WalkRun } from './walk.ts';

/** Columns of a block, and loads that may be written out. */
const [COLUMNS, WRITTEN] = [10, 400];
const WIDEST = 8;

/** Whether there is a program for a task whose geometry is a pool of its own fill; if not, why. */
export function suitsPool(task: Task): true | string {
  if (inRows(task)) return suitsPoolFirst(task) || 'its rows do not fit into the workspace';
  const last = task.input.c === 1 && task.output.c === 1;
  return last || 'neither channels nor columns lie side by side';
}

/** The program of a task that {@link suitsPool}; where columns lie side by side, up to 28 bytes after the input are read. */
export function pool(task: Task): Program {
  return inRows(task) ? poolFirst(task) : poolLast(task);
}

function poolLast(task: Task): Program {
  const { geometry, machine } = task;
  const [z, y, x] = lastThree(geometry.axes);
  const module = assemble(machine);
  const counted = (one: Window) => (geometry.divisor === 'real' ? one.taps : one.counted);
  const along = written(module, task, x) ?? looped(module, task, x, counted);
  const walk = defineWalk(module, task, {
    planes: Array.from({ length: out(z) }, (_, o) => windowOf(z, o)),
    rows: rowGroups(y, 1),
    runs: along.runs,
    chunks: chunks(along.lanes, geometry.channels),
    multiplier: 1,
    group: 0,
    planeExtra: counted,
    rowExtra: counted,
    extra: (plane, row, run) => multiply(multiply(plane, row), run),
    functions: [along.functions],
    work: geometry.axes.reduce((product, one) => product * one.kernel, geometry.channels),
  });
  module.expose('run', walk.run);
  const kernel = geometry.axes.map((one) => one.kernel).join('x');
  return {
    name: `${geometry.operation}_f32_k${kernel}_${along.name}`,
    bytes: module.bytes(),
    jobs: walk.jobs,
    workspace: WATCHED,
    tables: walk.tables,
    packed: 0,
    pack: () => undefined,
  };
}

/** Functions of a row and what they are called for. */
interface Along {
  readonly name: string;
  readonly lanes: Lanes;
  readonly functions: readonly number[];
  readonly runs: readonly WalkRun[];
}

/** A function for every way in which the border cuts a block; null if that would be too much code. */
function written(module: Assembly, task: Task, x: Axis): Along | null {
  const width = widthOf(x);
  // One output has nobody to share with, and its pixels may fall into few sets of the cache.
  if (width === 0 || out(x) === 1) return null;
  const lanes = lanesOf(task.geometry.channels, task.machine.wide ? 2 : 1);
  const { variants, runs } = blocks(x, width);
  if (variants.length * COLUMNS * lanes.parts > WRITTEN) return null;
  return {
    name: `1x${width}x${lanes.step}`,
    lanes,
    functions: variants.map((block) => definePoolBlock(module, task, lanes, block)),
    runs: runs.map((one) => ({ ...one, taps: 0, extra: 1 })),
  };
}

/** The most outputs that have at most COLUMNS columns; 0 if not even one has. */
function widthOf(x: Axis): number {
  const columns = (outs: number) => {
    const met = Array.from({ length: outs }, (_, o) =>
      Array.from({ length: Math.min(x.kernel, COLUMNS + 1) }, (_, tap) => o * x.stride + tap * x.dilation),
    );
    return new Set(met.flat()).size;
  };
  let width = 0;
  while (width < WIDEST && columns(width + 1) <= COLUMNS) width += 1;
  return width;
}

/** One function for one output of any number of taps. */
function looped(module: Assembly, task: Task, x: Axis, counted: (of: Window) => number): Along {
  const lanes = lanesOf(task.geometry.channels, 4);
  const one = definePoolBlock(module, task, lanes, null);
  const runs = borderRuns(x, 1, counted).map((run) => ({ ...run, variant: 0 }));
  return { name: `anyx${lanes.step}`, lanes, functions: [one], runs };
}
