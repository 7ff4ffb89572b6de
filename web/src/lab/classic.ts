// The classic kernels of image processing, for a window of any size: one weight for each tap, the same for every channel.
//
//   blur       rows of Pascal's triangle, 1 2 1, times columns, over their sum
//   edges      -1 0 1 across, smoothed down: bright where left and right differ
//   outline    -1 around, as much in the middle: what differs from its neighbourhood
//   sharpen    the picture and its outline
//
// A window of one tap leaves the picture as it is.

import { say, type Text } from 'padwise/words';

/** A kernel by its name. */
export type Classic = 'blur' | 'box' | 'edges-x' | 'edges-y' | 'outline' | 'sharpen' | 'identity';

/** The kernels in the order of the page's list. */
export const CLASSICS: readonly (readonly [Classic, Text])[] = [
  ['blur', say`blur`],
  ['box', say`average of the window`],
  ['sharpen', say`sharpen`],
  ['edges-x', say`edges, left to right`],
  ['edges-y', say`edges, top to bottom`],
  ['outline', say`outline`],
  ['identity', say`nothing: the middle tap`],
];

/** Kernels whose results are differences: shown by their size, black is no difference. */
export function isDifference(name: Classic): boolean {
  return name === 'edges-x' || name === 'edges-y' || name === 'outline';
}

/** The taps of a kernel, row by row. */
export function classic(name: Classic, height: number, width: number): Float32Array {
  const taps = new Float32Array(height * width);
  const [row, column] = [smooth(height), smooth(width)];
  const middle = ((height - 1) >> 1) * width + ((width - 1) >> 1);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (name === 'box') taps[at] = 1 / taps.length;
      else if (name === 'edges-x') taps[at] = (row[y] as number) * side(x, width);
      else if (name === 'edges-y') taps[at] = side(y, height) * (column[x] as number);
      else taps[at] = (row[y] as number) * (column[x] as number);
    }
  if (name === 'blur' || name === 'box' || name.startsWith('edges')) return taps;
  if (name === 'identity') taps.fill(0);
  const amount = name === 'sharpen' ? 1.5 : 1;
  if (name !== 'identity') for (let at = 0; at < taps.length; at++) taps[at] = -amount * (taps[at] as number);
  taps[middle] = (taps[middle] as number) + (name === 'outline' ? 1 : name === 'sharpen' ? 1 + amount : 1);
  return taps;
}

/** A row of Pascal's triangle over its sum; in steps, so that no number grows too large. */
function smooth(size: number): Float64Array {
  let row = Float64Array.of(1);
  for (let length = 2; length <= size; length++) {
    const next = new Float64Array(length);
    for (let i = 0; i < length; i++) next[i] = ((row[i - 1] ?? 0) + (row[i] ?? 0)) / 2;
    row = next;
  }
  return row;
}

/** -1 on one half, 1 on the other, nothing in the middle; the halves each sum to 1. */
function side(at: number, size: number): number {
  const half = size >> 1;
  if (half === 0) return 0;
  return at < half ? -1 / half : at >= size - half ? 1 / half : 0;
}
