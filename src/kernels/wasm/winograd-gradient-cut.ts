// How the weight's gradient by Winograd's algorithm is cut (winograd-gradient.ts).
//
//   row      of the n x n points: a job has the n points of one row
//   block    tiles that are summed in registers before S is touched
//   chunk    channels whose V there is at a time
//   depth    chunks of a job; more only where S of all channels would be too large
//   panel    filters of one register tile: 8, or 16 in wide; a unit is half of it
//   part     panels of a job
//
//   V [point][tile][channel]      W [point][unit][tile][filter]      S [point][panel][channel][filter]
//
// A point's slice of V is about as large as the first cache, all of a job fits in a workspace. Sums run over the tiles of a
// block, then over the blocks, which depend on the geometry only.

import { type Task, WORKSPACE } from './program.ts';
import { type Cut, cutOf } from './winograd-cut.ts';
import { FOUR, type Line } from './winograd-lines.ts';

/** How the work is cut; see above. */
export interface GradientCut {
  /** The forward pass's tiles. */
  readonly grid: Cut;
  readonly block: number;
  readonly blocks: number;
  readonly chunk: number;
  readonly chunks: number;
  readonly depth: number;
  readonly depths: number;
  readonly unit: number;
  readonly panel: number;
  readonly panels: number;
  readonly part: number;
  readonly parts: number;
  /** Byte offsets in the workspace, and bytes between the points of V, W and S. */
  readonly at: {
    readonly list: number;
    readonly inputs: number;
    readonly outputs: number;
    readonly sums: number;
  };
  readonly inputStep: number;
  readonly outputStep: number;
  readonly sumStep: number;
  readonly workspace: number;
}

/** Numbers chosen by hand, to measure others than the usual. */
export interface GradientChoice {
  readonly lines?: readonly [vertical: Line, horizontal: Line];
  readonly block?: number;
  readonly chunk?: number;
  readonly part?: number;
  readonly depth?: number;
}

/** The most tiles of a block. */
const BLOCK = 100;
/** The most channels of a chunk. */
const CHUNK = 96;
/** Bytes of S, and of V, W and S together. */
const SUMS: number = 400 * 2 ** 10;
const ROOM: number = WORKSPACE - 2 ** 13;

/** The cut of a task whose output are the steps of the output's gradient. */
export function gradientCut(task: Task, choice: GradientChoice = {}): GradientCut {
  const { channels, filters } = task.geometry;
  const grid = cutOf(task, { lines: choice.lines ?? [FOUR, FOUR] });
  const points = grid.horizontal.inputs;
  const unit = task.machine.wide ? 8 : 4;
  const panel = 2 * unit;
  const panels = Math.ceil(filters / panel);

  const chunks = Math.ceil(channels / (choice.chunk ?? CHUNK));
  const chunk = Math.ceil(channels / chunks / 8) * 8;
  const most = choice.block ?? BLOCK;
  const blocks = Math.ceil(grid.tiles / most);
  const block = Math.ceil(grid.tiles / blocks);

  const chunkBytes = points * chunk * panel * 4;
  const depths = Math.ceil(chunks / (choice.depth ?? Math.max(1, Math.floor(SUMS / chunkBytes))));
  const depth = Math.ceil(chunks / depths);
  const beside = ROOM - points * lines(block * chunk * 4);
  const panelBytes = depth * chunkBytes + points * block * panel * 4;
  const fitting = Math.floor(Math.min(SUMS / (depth * chunkBytes), beside / panelBytes));
  const parts = Math.ceil(panels / Math.max(1, choice.part ?? fitting));
  const part = Math.ceil(panels / parts);

  const inputStep = lines(block * chunk * 4);
  const outputStep = lines(part * block * panel * 4);
  const sumStep = lines(part * depth * chunk * panel * 4);
  const list = Math.ceil((grid.products * 4) / 64) * 64;
  const inputs = list;
  const outputs = inputs + points * inputStep;
  const sums = outputs + points * outputStep;
  return {
    grid,
    block,
    blocks,
    chunk,
    chunks: Math.ceil(channels / chunk),
    depth,
    depths,
    unit,
    panel,
    panels,
    part,
    parts,
    at: { list: 0, inputs, outputs, sums },
    inputStep,
    outputStep,
    sumStep,
    workspace: sums + points * sumStep,
  };
}

/** An odd number of cache lines, so that the points fall into different sets of the first cache. */
function lines(bytes: number): number {
  const count = Math.ceil(bytes / 64);
  return (count + 1 - (count % 2)) * 64;
}
