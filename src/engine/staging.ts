// Numbers from anywhere into the engine's memory. Contiguous numbers are copied as they lie, channels first or last; any
// other view is gathered, channels last.

import type { DataOperand } from '../kernels/operands.ts';
import { dataStrides } from '../tensor/layout.ts';
import type { Layout } from './prepared.ts';

/** The layout in which data of this shape, N C sizes, is best staged. */
export function layoutOf(shape: readonly number[], of: DataOperand): Layout {
  return lies(shape, of, 'first') && !lies(shape, of, 'last') ? 'first' : 'last';
}

/** Copies data of this shape, N C sizes, to `to`, an index into floats; in this layout. */
export function stage(
  shape: readonly number[],
  of: DataOperand,
  floats: Float32Array,
  to: number,
  layout: Layout = layoutOf(shape, of),
): void {
  const [batch = 0, channels = 0, ...sizes] = shape;
  const count = sizes.reduce((product, size) => product * size, batch * channels);
  if (lies(shape, of, layout)) {
    floats.set(of.data.subarray(of.offset, of.offset + count), to);
    return;
  }
  const { n, c, sizes: steps } = of.strides;
  const [zStep = 0, yStep = 0, xStep = 0] = [0, 0, ...steps].slice(-3);
  const [depth = 1, height = 1, width = 1] = [1, 1, ...sizes].slice(-3);
  let at = to;
  for (let item = 0; item < batch; item++)
    for (let z = 0; z < depth; z++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const from = of.offset + item * n + z * zStep + y * yStep + x * xStep;
          for (let channel = 0; channel < channels; channel++)
            floats[at++] = of.data[from + channel * c] as number;
        }
}

/** Whether data lies contiguous in a layout; steps along sizes of one do not matter. */
function lies(shape: readonly number[], { strides }: DataOperand, layout: Layout): boolean {
  const [batch = 0, channels = 0, ...sizes] = shape;
  const usual = dataStrides(layout, { channels, sizes });
  const same = (size: number, a: number, b: number | undefined) => size <= 1 || a === b;
  return (
    same(batch, strides.n, usual.n) &&
    same(channels, strides.c, usual.c) &&
    sizes.every((size, i) => same(size, strides.sizes[i] as number, usual.sizes[i]))
  );
}
