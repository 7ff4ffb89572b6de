// Depthwise convolution: every channel has filters of its own. In either layout: where columns lie side by side it is
// depthwise-first.ts, and where channels do it is a walk (walk.ts) over blocks of outputs (depthwise-block.ts).
//
// Which block, by what was measured on x64 (15 registers, 4 cycles of latency, so at least 8 sums):
//
//   kernels up to 3          2 rows of 4 outputs, which share their input rows; of 2 if a pair of vectors strides
//   larger kernels           8 outputs in a row, the weights of up to 5 taps held
//   m filters a channel      8 / m outputs, tap by tap
//   pixels that fall into    2 rows of 2 outputs of two vectors: half a cache line at each visit
//     the same cache sets
//   borders that would be    3 outputs of four vectors, tap by tap in a loop, and one where the border is
//     too much code

import { type Axis, extent, out } from '../../geometry/index.ts';
import type { WeightOperand } from '../operands.ts';
import { type Assembly, assemble } from './assembler.ts';
import { add } from './code.ts';
import { type DepthwiseShape, defineDepthwiseBlock } from './depthwise-block.ts';
import { depthwiseFirst, suitsDepthwiseFirst } from './depthwise-first.ts';
import { packDepthwise, type WeightSizes, weightSizes } from './depthwise-weights.ts';
import { chunks, type Lanes, lanesOf } from './lanes.ts';
import type { Program, Task } from './program.ts';
import { blocks, inRows, lastThree, stepsOf, windowOf } from './sliding.ts';
import { borderRuns, defineWalk, rowGroups, type WalkRun } from './walk.ts';

/** Multiply-adds that may be written out, in vectors: about 10 bytes of code each. */
const WRITTEN = 3400;
/** Bytes of input rows that stay in the second cache while a row is computed. */
const CACHED = 2 ** 18;

/** The tile of a program. */
interface Tile {
  readonly parts: 1 | 2 | 4;
  readonly rows: number;
  readonly width: number;
  readonly held: number;
}

/** Whether there is a program for a task whose geometry is depthwise, of zero fill and inputDilation 1; if not, why. */
export function suitsDepthwise(task: Task): true | string {
  if (inRows(task)) return suitsDepthwiseFirst(task) || 'its rows would take too much code';
  const last = task.input.c === 1 && task.output.c === 1;
  return last || 'neither channels nor columns lie side by side';
}

/**
 * The program of a task that {@link suitsDepthwise}, in either layout. Where columns lie side by side, 64 bytes before and
 * after the input are read.
 */
export function depthwise(task: Task): Program {
  return inRows(task) ? depthwiseFirst(task) : depthwiseLast(task);
}

function depthwiseLast(task: Task): Program {
  const { geometry, machine } = task;
  const [z, y, x] = lastThree(geometry.axes);
  const tile = tileOf(task, x, y);
  const lanes = lanesOf(geometry.channels, tile.parts);
  const sizes = weightSizes(geometry, lanes);
  const module = assemble(machine);
  const along = written(module, task, lanes, sizes, tile) ?? looped(module, task);
  const rows = rowGroups(y, along.functions.length > 1 ? tile.rows : 1);
  const tapRow = x.kernel * along.sizes.tap * 4;
  const bytes = y.kernel * x.size * geometry.channels * 4;
  const most = bytes > CACHED ? Math.floor((CACHED / bytes) * geometry.channels) : geometry.channels;
  const walk = defineWalk(module, task, {
    planes: Array.from({ length: out(z) }, (_, o) => windowOf(z, o)),
    rows,
    runs: along.runs,
    chunks: chunks(along.lanes, bytes > CACHED ? Math.max(16, most - (most % 16)) : most),
    multiplier: sizes.multiplier,
    group: along.sizes.group,
    planeExtra: (one) => one.tap * tapRow * y.kernel,
    rowExtra: (one) => one.tap * tapRow,
    extra: (plane, row, run) => add(add(plane, row), run),
    functions: along.functions,
    work: sizes.taps * geometry.filters,
  });
  module.expose('run', walk.run);
  const kernel = geometry.axes.map((one) => one.kernel).join('x');
  return {
    name: `depthwise_f32_k${kernel}_${along.name}`,
    bytes: module.bytes(),
    jobs: walk.jobs,
    workspace: sizes.multiplier > 1 ? along.most * sizes.multiplier * along.lanes.parts * 16 : 0,
    tables: walk.tables,
    packed: along.lanes.groups * along.sizes.group,
    pack: (into, weight, bias) => packDepthwise(geometry, along.lanes, into, weight as WeightOperand, bias),
  };
}

function tileOf(task: Task, x: Axis, y: Axis): Tile {
  const { geometry, machine } = task;
  const multiplier = geometry.filters / geometry.channels;
  const parts = machine.wide ? 2 : 1;
  if (multiplier > 1) return { parts, rows: 1, width: Math.max(1, Math.floor(8 / multiplier)), held: 1 };
  const held = Math.ceil(x.kernel / Math.ceil(x.kernel / 5));
  const low = y.kernel > 1 && y.kernel <= 3;
  const usual: Tile =
    x.kernel > 3 || !low
      ? { parts, rows: 1, width: 8, held }
      : { parts, rows: 2, width: machine.wide && x.stride > 1 ? 2 : 4, held };
  if (machine.wide || x.kernel > 5 || y.kernel > 5 || !crowded(task, usual, x, y)) return usual;
  return { parts: 2, rows: y.kernel > 1 ? 2 : 1, width: y.kernel > 1 ? 2 : 4, held: 1 };
}

/** Whether the pixels of a block fall into so few sets of the first cache (64 sets of 8 lines) that they drive each other out. */
function crowded({ input }: Task, tile: Tile, x: Axis, y: Axis): boolean {
  const [, row, column] = stepsOf(input);
  const lines = new Map<number, number>();
  for (let j = 0; j < (tile.rows - 1) * y.stride + extent(y); j += y.dilation) {
    for (let i = 0; i < (tile.width - 1) * x.stride + extent(x); i += x.dilation) {
      const set = Math.floor((j * row + i * column) / 64) % 64;
      lines.set(set, (lines.get(set) ?? 0) + 1);
    }
  }
  return Math.max(...lines.values()) > 8;
}

/** Functions of a row and what they are called for. */
interface Along {
  readonly name: string;
  readonly lanes: Lanes;
  readonly sizes: WeightSizes;
  readonly functions: readonly (readonly number[])[];
  readonly runs: readonly WalkRun[];
  /** Outputs of the largest block. */
  readonly most: number;
}

/** A function for every way in which the border cuts a block; null if that would be too much code. */
function written(module: Assembly, task: Task, lanes: Lanes, sizes: WeightSizes, tile: Tile): Along | null {
  const [, y, x] = lastThree(task.geometry.axes);
  const { variants, runs } = blocks(x, tile.width);
  const several = tile.rows > 1 && rowGroups(y, tile.rows).some((one) => one.kind === 1);
  const kinds = several ? [1, tile.rows] : [1];
  const reads = variants.reduce((sum, one) => sum + one.reads.length, 0);
  const tapRows = several ? 1 + tile.rows * y.kernel : 1;
  if (reads * tapRows * sizes.multiplier * lanes.parts > WRITTEN) return null;
  const define = (shape: DepthwiseShape) => defineDepthwiseBlock(module, task, lanes, sizes, shape);
  return {
    name: `${tile.rows}x${tile.width}x${lanes.step}`,
    lanes,
    sizes,
    functions: kinds.map((rows) => variants.map((block) => define({ block, rows, held: tile.held }))),
    runs: runs.map((one) => ({ ...one, taps: 0, extra: 0 })),
    most: tile.rows * tile.width,
  };
}

/** Two functions for any number of taps: several outputs inside, and one at the border. */
function looped(module: Assembly, task: Task): Along {
  const { geometry, machine } = task;
  const x = geometry.axes.at(-1) as Axis;
  const lanes = lanesOf(geometry.channels, 4);
  const sizes = weightSizes(geometry, lanes);
  const width = Math.max(1, Math.floor((machine.wide ? 24 : 12) / lanes.parts / sizes.multiplier));
  const define = (block: number) =>
    defineDepthwiseBlock(module, task, lanes, sizes, { block, rows: 1, held: 1 });
  return {
    name: `any${width}x${lanes.step}`,
    lanes,
    sizes,
    functions: [[define(width), define(1)]],
    runs: borderRuns(x, width, (one) => one.tap * sizes.tap * 4),
    most: width,
  };
}
