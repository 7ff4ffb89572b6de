// How the gradient of a depthwise weight is cut into jobs, and the tables its code reads.
//
//   packed  [part of the windows][group of channels][filter of a channel][tap][channel of the group]

import { multiplyAdds, out } from '../../geometry/index.ts';
import { ANY, type Rows } from './depthwise-gradient-block.ts';
import type { Tiles } from './depthwise-gradient-tiles.ts';
import { type Chunk, chunks, type Lanes, lanesOf } from './lanes.ts';
import type { Task } from './program.ts';
import { lastThree, stepsOf, windowOf } from './sliding.ts';

/** A chunk is a cache line of channels, so that rows that two tiles read stay in the first cache, or several. */
const LINE = 16;
/** Multiply-adds of a job at least, and how many jobs there should be. */
const [LEAST, JOBS] = [2 ** 17, 8];
/** Windows of a part at least. */
const PART_WINDOWS = 256;
const ANY_BLOCK = 8;

/** Who computes what. */
export interface DepthwiseCut {
  readonly lanes: Lanes;
  readonly chunks: readonly Chunk[];
  /** Filters of a channel. */
  readonly multiplier: number;
  readonly taps: number;
  /** Parts of the windows, each with sums of its own. */
  readonly parts: number;
  /** Bytes of a tap's sums for a group, of a group's sums, and of a part. */
  readonly tapBytes: number;
  readonly groupBytes: number;
  readonly partBytes: number;
}

/** The cut of a task; the parts depend on its geometry alone, so that the sums do. */
export function depthwiseCut({ geometry, machine }: Task): DepthwiseCut {
  const lanes = lanesOf(geometry.channels, machine.wide ? 2 : 1);
  const windows = geometry.axes.reduce((product, one) => product * out(one), geometry.batch);
  const all = multiplyAdds(geometry);
  const chunk = LINE * Math.ceil((LEAST * geometry.channels) / (all * LINE));
  const jobs = Math.min(JOBS, Math.floor(all / LEAST));
  const wanted = Math.ceil(jobs / Math.ceil(geometry.channels / chunk));
  const multiplier = geometry.filters / geometry.channels;
  const taps = geometry.axes.reduce((product, one) => product * one.kernel, 1);
  const tapBytes = lanes.parts * 16;
  const groupBytes = multiplier * taps * tapBytes;
  return {
    lanes,
    chunks: chunks(lanes, chunk),
    multiplier,
    taps,
    parts: Math.max(1, Math.min(wanted, Math.floor(windows / PART_WINDOWS))),
    tapBytes,
    groupBytes,
    partBytes: lanes.groups * groupBytes,
  };
}

/** Bytes of an entry of each table. */
export const ENTRY = { plane: 12, chunk: 20, part: 8, tile: 20, call: 24 } as const;

/** All tables, and where each starts. */
export interface DepthwiseTables {
  readonly words: Int32Array;
  readonly planes: number;
  readonly chunks: number;
  readonly parts: number;
  readonly tiles: number;
}

/**
 *   planes  input bytes, taps, bytes of the first tap's sums
 *   chunks  input bytes, output gradient bytes, first group, groups, channels before the last
 *   parts   first tile, end, counted through batch and planes
 *   tiles   output gradient bytes, rows, columns, first call, end
 *   calls   function, input bytes, gradient bytes, bytes of the first tap's sums, rows, table
 */
export function depthwiseTables(
  { geometry, input, output }: Task,
  cut: DepthwiseCut,
  { tiles, tables }: Tiles,
  rows: Rows,
): DepthwiseTables {
  const [z, y, x] = lastThree(geometry.axes);
  const [planeIn] = stepsOf(input);
  const [, rowOut, columnOut] = stepsOf(output);
  const planes = Array.from({ length: out(z) }, (_, o) => windowOf(z, o)).flatMap((one) => [
    one.element * planeIn,
    one.taps,
    one.tap * y.kernel * x.kernel * cut.tapBytes,
  ]);
  const chunkWords = cut.chunks.flatMap((one) => [
    one.channel * 4,
    one.channel * cut.multiplier * 4,
    one.group,
    one.groups,
    one.last,
  ]);
  const items = geometry.batch * out(z) * tiles.length;
  const parts = Array.from({ length: cut.parts }, (_, i) => [
    Math.floor((items * i) / cut.parts),
    Math.floor((items * (i + 1)) / cut.parts),
  ]).flat();
  const chunksAt = planes.length * 4;
  const partsAt = chunksAt + chunkWords.length * 4;
  const tilesAt = partsAt + parts.length * 4;
  let end = tilesAt + tiles.length * ENTRY.tile;
  const tileWords = tiles.flatMap((one) => {
    const first = end;
    end += one.calls.length * ENTRY.call;
    return [one.row * rowOut + one.column * columnOut, one.rows, one.columns, first, end];
  });
  const calls = tiles.flatMap((tile) =>
    tile.calls.flatMap((one) => [
      one.target,
      one.input[0] * rows.input[0] + one.input[1] * rows.input[1],
      one.gradient[0] * rows.gradient[0] + one.gradient[1] * rows.gradient[1],
      one.tap * cut.tapBytes,
      one.rows,
      end + one.table * x.kernel * ANY.bytes,
    ]),
  );
  const any = tables
    .flat()
    .flatMap(([column, window, windows]) => [
      column * rows.input[1],
      window * rows.gradient[1],
      Math.floor(windows / ANY_BLOCK),
      windows % ANY_BLOCK,
    ]);
  return {
    words: Int32Array.from([...planes, ...chunkWords, ...parts, ...tileWords, ...calls, ...any]),
    planes: 0,
    chunks: chunksAt,
    parts: partsAt,
    tiles: tilesAt,
  };
}
