// Numbers from anywhere into the engine's memory. Contiguous numbers are copied as they lie, channels first or last; any
// other view is gathered, channels last.

import { type Geometry, inputShape } from '../geometry/index.ts';
import type { DataOperand } from '../kernels/operands.ts';
import { dataStrides } from '../tensor/layout.ts';
import type { Layout } from './prepared.ts';

/** The layout in which an input is staged. */
export function layoutOf(of: Geometry, input: DataOperand): Layout {
  return lies(of, input, 'first') && !lies(of, input, 'last') ? 'first' : 'last';
}

/** Copies the input of a geometry to `to`, an index into floats. */
export function stage(of: Geometry, input: DataOperand, floats: Float32Array, to: number): void {
  const [batch = 0, channels = 0, ...sizes] = inputShape(of);
  const count = sizes.reduce((product, size) => product * size, batch * channels);
  if (lies(of, input, 'first') || lies(of, input, 'last')) {
    floats.set(input.data.subarray(input.offset, input.offset + count), to);
    return;
  }
  const { n, c, sizes: steps } = input.strides;
  const [zStep = 0, yStep = 0, xStep = 0] = [0, 0, ...steps].slice(-3);
  const [depth = 1, height = 1, width = 1] = [1, 1, ...sizes].slice(-3);
  let at = to;
  for (let item = 0; item < batch; item++)
    for (let z = 0; z < depth; z++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const from = input.offset + item * n + z * zStep + y * yStep + x * xStep;
          for (let channel = 0; channel < channels; channel++)
            floats[at++] = input.data[from + channel * c] as number;
        }
}

/** Whether an input lies contiguous in a layout; steps along sizes of one do not matter. */
function lies(of: Geometry, { strides }: DataOperand, layout: Layout): boolean {
  const [batch = 0, channels = 0, ...sizes] = inputShape(of);
  const usual = dataStrides(layout, { channels, sizes });
  const same = (size: number, a: number, b: number | undefined) => size <= 1 || a === b;
  return (
    same(batch, strides.n, usual.n) &&
    same(channels, strides.c, usual.c) &&
    sizes.every((size, i) => same(size, strides.sizes[i] as number, usual.sizes[i]))
  );
}
