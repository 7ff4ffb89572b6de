// How a Winograd convolution is cut: tiles of outputs, blocks of tiles, chunks of channels, panels and parts of filters.
//
//   tile     m x m outputs of one image, from n x n positions that overlap its neighbours'
//   block    tiles that share one pass over the weights
//   unit     channels that are summed by themselves; sums of several units are added up in M in their order
//   chunk    channels transformed at a time: all of them, or a unit
//   panel    filters of one register tile: 8, or 16 in wide
//   part     panels of a job; a job is a block and a part
//   stage    panels whose products M holds at a time
//
//   V [product][tile][channel]   U [stage][chunk][product][panel][channel][filter]   M [panel][tile][product][filter]
//
// V and M are meant to stay in the second cache, while U streams through it once for each block: so blocks have up to 24
// tiles, fewer where channels and filters are many, and where not all fit, chunks and parts of 128 keep them small.
//
// Numbers do not depend on this cut but on the unit, which is for the channels and filters to decide, and on the lines: F(4, 3)
// or, where tiles are few and kernels many, F(2, 3), a rule that looks at the sizes (linesOf).

import type { Geometry } from '../../geometry/index.ts';
import { type Machine, type Task, WORKSPACE } from './program.ts';
import { tileRows } from './tile.ts';
import { FOUR, type Line, ONE, TWO } from './winograd-lines.ts';
import { axesOf, tilesOf } from './winograd-tables.ts';

/** How the work is cut; see above. */
export interface Cut {
  readonly vertical: Line;
  readonly horizontal: Line;
  /** n x n: what a tile multiplies for each channel and filter. */
  readonly products: number;
  /** Rows and columns of tiles over all phases of a dilated kernel, and tiles of the whole batch. */
  readonly rows: number;
  readonly columns: number;
  readonly tiles: number;
  /** Tiles of a block; the first blocks have so many, those after `longer` of them one less. */
  readonly block: number;
  readonly longer: number;
  readonly blocks: number;
  readonly unit: number;
  readonly units: number;
  readonly chunk: number;
  readonly chunks: number;
  readonly panel: number;
  readonly panels: number;
  readonly part: number;
  readonly parts: number;
  readonly stage: number;
  /** The most tiles of a register tile, and channels of one turn of its loop. */
  readonly height: number;
  readonly unroll: number;
  readonly at: Places;
  /** Bytes. */
  readonly workspace: number;
}

/** Byte offsets in the workspace: V and the step between its products, M, addresses, and where outputs go that are none. */
interface Places {
  readonly inputs: number;
  readonly inputStep: number;
  readonly products: number;
  readonly reads: number;
  readonly writes: number;
  readonly nowhere: number;
}

/** Numbers chosen by hand, to measure others than the usual; a chunk is a multiple of the unit. */
export interface Choice {
  readonly lines?: readonly [vertical: Line, horizontal: Line];
  readonly block?: number;
  readonly unit?: number;
  readonly chunk?: number;
  readonly part?: number;
  readonly stage?: number;
}

/** The most tiles of a block, those of a block of chunks with 36 products, and how few do not pay for reading the kernels. */
const BLOCK = { most: 24, ofChunks: 28, least: 12 } as const;
/** Channels from which a sum is one of units, and channels of a unit; and filters of a part where not all fit. */
const SUM = { most: 256, unit: 128 } as const;
const PART = 128;
/** Blocks come in fours, so that threads end together. */
const JOBS = 4;
/** What V and M may fill of the workspace. */
const ROOM: number = WORKSPACE - 2 ** 14;
/** Bytes of packed kernels that stay in the third cache. */
const CACHED = 12 * 2 ** 20;

/** The cut of a task. */
export function cutOf({ geometry: of, machine }: Task, choice: Choice = {}): Cut {
  const [vertical, horizontal] = choice.lines ?? linesOf(of, machine);
  const products = vertical.inputs * horizontal.inputs;
  const [rows, columns] = gridOf(of, [vertical, horizontal]);
  const tiles = tilesIn(of, [vertical, horizontal]);

  const panel = machine.wide ? 16 : 8;
  const panels = Math.ceil(of.filters / panel);
  const all = Math.ceil(of.channels / 8) * 8;
  const bytes = products * 4;
  const fitting = Math.floor(ROOM / (bytes * (all + Math.min(panels * panel, 2 * PART))));
  const whole = fitting >= (isCached(of) ? Math.min(tiles, BLOCK.least) : tiles);
  const most = whole ? Math.min(BLOCK.most, fitting) : blockOfChunks(products);
  const blocks =
    whole || choice.block !== undefined
      ? blocksOf(tiles, choice.block ?? most, whole ? fitting : most)
      : Math.ceil(tiles / most);
  const block = Math.ceil(tiles / blocks);

  const summed = of.channels > SUM.most || !isCached(of) ? Math.min(all, SUM.unit) : all;
  const unit = Math.min(choice.unit ?? summed, choice.chunk ?? all);
  const chunk = choice.chunk ?? (whole ? all : unit);
  const chunks = Math.ceil(all / chunk);
  const part = Math.min(panels, choice.part ?? partOf(chunks, blocks, panels, panel));
  const room = Math.floor((ROOM - products * inputStepOf(block, chunk)) / (block * bytes * panel));
  const stage = chunks > 1 ? part : Math.max(1, Math.min(part, choice.stage ?? room));
  return {
    vertical,
    horizontal,
    products,
    rows,
    columns,
    tiles,
    block,
    longer: tiles - (block - 1) * blocks,
    blocks,
    unit,
    units: Math.ceil(all / unit),
    chunk,
    chunks,
    panel,
    panels,
    part,
    parts: Math.ceil(panels / part),
    stage,
    height: tileRows(machine),
    unroll: machine.relaxed ? 4 : 1,
    ...places([vertical, horizontal], block, chunk, stage * panel),
  };
}

function places(
  [vertical, horizontal]: readonly [Line, Line],
  block: number,
  chunk: number,
  filters: number,
): { readonly at: Places; readonly workspace: number } {
  const products = vertical.inputs * horizontal.inputs;
  const inputStep = inputStepOf(block, chunk);
  let workspace = 0;
  const place = (bytes: number) => {
    const begin = workspace;
    workspace += Math.ceil(bytes / 64) * 64;
    return begin;
  };
  const at = {
    reads: place(products * 4),
    writes: place(vertical.outputs * horizontal.outputs * 4),
    nowhere: place(filters * 4),
    inputs: place(products * inputStep),
    inputStep,
    products: place(block * products * filters * 4),
  };
  return { at, workspace };
}

/** An odd number of cache lines, so that what lies so far apart falls into different sets of the first cache. */
function inputStepOf(block: number, chunk: number): number {
  const lines = Math.ceil((block * chunk) / 16);
  return (lines + 1 - (lines % 2)) * 64;
}

/** Blocks of about `most` tiles, never more than `limit`, in fours when they are several. */
function blocksOf(tiles: number, most: number, limit: number): number {
  const blocks = Math.ceil(tiles / most);
  if (blocks === 1) return 1;
  let even = Math.ceil((blocks * 0.9) / JOBS) * JOBS;
  while (Math.ceil(tiles / even) > limit) even += JOBS;
  return tiles / even < BLOCK.least / 2 ? blocks : even;
}

/** Panels of a job: 128 filters where chunks are added up in M or where blocks are too few for several threads. */
function partOf(chunks: number, blocks: number, panels: number, panel: number): number {
  const few = PART / panel;
  if (chunks > 1) return few;
  return Math.max(few, Math.ceil((panels * blocks) / JOBS));
}

/** The most tiles of a block whose channels come in chunks. */
function blockOfChunks(products: number): number {
  return Math.floor((BLOCK.ofChunks * 36) / products);
}

/** F(4, 3) along each axis, or F(2, 3) where the tiles are so few that reading the kernels costs more. */
export function linesOf(of: Geometry, machine: Machine): readonly [Line, Line] {
  const choices = axesOf(of).map((one) => (one === undefined || one.kernel === 1 ? [ONE] : [FOUR, TWO]));
  const [vertical, horizontal] = choices as [Line[], Line[]];
  const pairs = vertical.flatMap((down) => horizontal.map((across) => [down, across] as const));
  const cost = (lines: readonly [Line, Line]) => multiplications(of, machine, lines);
  return pairs.reduce((best, pair) => (cost(pair) < cost(best) ? pair : best));
}

/** Multiplications for each channel and filter, with what it costs to read the kernels in their stead. */
export function multiplications(of: Geometry, machine: Machine, lines: readonly [Line, Line]): number {
  const products = lines[0].inputs * lines[1].inputs;
  const tiles = tilesIn(of, lines);
  return products * (tiles + readCost(of, machine) * Math.ceil(tiles / blockOfChunks(products)));
}

/** What reading a kernel's number once costs, in multiplications by it; by measurement. */
export function readCost(of: Geometry, { wide }: Machine): number {
  return (isCached(of) ? 2 : 5) * (wide ? 2 : 1);
}

function isCached(of: Geometry): boolean {
  return 36 * of.channels * of.filters * 4 <= CACHED;
}

/** Tiles of the whole batch. */
export function tilesIn(of: Geometry, lines: readonly [Line, Line]): number {
  const [rows, columns] = gridOf(of, lines);
  return of.batch * rows * columns;
}

/** Rows and columns of tiles of an image. */
function gridOf(of: Geometry, lines: readonly [Line, Line]): [rows: number, columns: number] {
  const [y, x] = axesOf(of);
  return [tilesOf(y, lines[0]), tilesOf(x, lines[1])];
}
