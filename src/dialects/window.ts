// A window's numbers as a call gives them, one per axis each, and the window along one of the axes.

import type { Axis } from '../geometry/index.ts';

/** Kernel, stride and dilation, one number per axis each. */
export interface Windows {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
}

/** The window along axis `i` of an input of this size. */
export function windowOf(
  { kernel, stride, dilation }: Windows,
  size: number,
  i: number,
): Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'> {
  return { size, kernel: kernel[i] as number, stride: stride[i] as number, dilation: dilation[i] as number };
}
