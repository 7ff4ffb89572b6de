// What people write without computing anything, in the frameworks whose padding is a number for both sides: half the kernel, and
// for a transposed convolution the crop that makes the output stride times the input.

import { extent, type Geometry, out, transposedWords } from '../geometry/index.ts';

/** Whether anything is usual for this geometry at all. */
export function isUsual(of: Geometry): boolean {
  return of.operation !== 'pad' && of.axes.every((one) => out(one) > 0);
}

/** Half the kernel on each axis where the layer pads at all, else 0. */
export function halfPads(of: Geometry): number[] {
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  return of.axes.map((one) => (padded ? Math.floor((extent(one) - 1) / 2) : 0));
}

/** A transposed convolution's padding and output padding on one axis. */
export interface UsualCrop {
  readonly stride: number;
  readonly padding: number;
  readonly extra: number;
}

/** What the window covers beyond a stride, cut half on both sides; null unless the output is stride times the input. */
export function usualCrops(of: Geometry): UsualCrop[] | null {
  const crops = of.axes.map((one): UsualCrop => {
    const { stride } = transposedWords(one);
    const surplus = extent(one) - stride;
    const padding = Math.max(0, Math.ceil(surplus / 2));
    return { stride, padding, extra: Math.max(0, 2 * padding - surplus) };
  });
  return of.axes.every((one, i) => out(one) === one.size * (crops[i]?.stride ?? 1)) ? crops : null;
}
