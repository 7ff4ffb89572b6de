// Where the taps of a window read, as tables of byte offsets along each axis: out rows of kernel entries, -1 for a padded
// zero. A fill that copies the input (reflect, wrap, ...) is only another offset.
//
//   size 4, kernel 3, before 1, step 12 bytes     -1 0 12 | 0 12 24 | 12 24 36 | 24 36 -1

import { type Axis, axis, out, source, start } from '../../geometry/index.ts';

/** The table of one axis. */
export interface Positions {
  readonly outs: number;
  readonly kernel: number;
  /** Entry [window * kernel + tap]: bytes, or -1. */
  readonly offsets: Int32Array;
}

/** Axis `of` with elements `step` floats apart. */
function positions(of: Axis, step: number): Positions {
  const outs = out(of);
  const offsets = new Int32Array(outs * of.kernel);
  for (let o = 0; o < outs; o++) {
    for (let tap = 0; tap < of.kernel; tap++) {
      const found = source(of, start(of, o) + tap * of.dilation);
      offsets[o * of.kernel + tap] = 'index' in found ? found.index * step * 4 : -1;
    }
  }
  return { outs, kernel: of.kernel, offsets };
}

/** The tables of up to three axes, filled up in front by axes of one element. */
export function threePositions(
  axes: readonly Axis[],
  steps: readonly number[],
): [Positions, Positions, Positions] {
  const found = axes.map((one, i) => positions(one, steps[i] as number));
  while (found.length < 3) found.unshift(positions(axis({ size: 1, kernel: 1 }), 0));
  return found as [Positions, Positions, Positions];
}

/** The offset at which a window's taps lie side by side, `step` bytes apart; -1 where they do not. */
export function starts(of: Positions, step: number): Int32Array {
  return Int32Array.from({ length: of.outs }, (_, o) => {
    const first = of.offsets[o * of.kernel] as number;
    for (let tap = 0; tap < of.kernel; tap++)
      if (first < 0 || of.offsets[o * of.kernel + tap] !== first + tap * step) return -1;
    return first;
  });
}
