// A .npy file's array in another order, its elements moved as bytes: whatever their type, none is converted or rounded.
//
//   shape [6, 2, 3, 3]  split [2, 3, 2, 3, 3]  order (0, 3, 4, 2, 1)  reversed 1, 2  shape [2, 9, 2, 3]
//
// is NumPy's  w.reshape(split).transpose(order)[:, ::-1, ::-1].reshape(shape).  Reads both memory orders, writes row-major.

import { say } from '../words/index.ts';
import { NpyError } from './error.ts';
import { type NpyArray, npyArray, npyFile } from './npy.ts';
import { shapeText } from './tensor.ts';

/** How an array is rearranged. `split` refines `from`, one dimension into one or more. */
export interface Rearrangement {
  readonly from: readonly number[];
  readonly split: readonly number[];
  readonly permutation: readonly number[];
  /** Which of the permuted dimensions run backwards. */
  readonly reversed: readonly number[];
  readonly to: readonly number[];
}

/**
 * The file with its array rearranged.
 * @throws NpyError for bytes that are no such file, or that hold another shape than `from`
 */
export function rearrangeNpy(
  file: Uint8Array,
  { from, split, permutation, reversed, to }: Rearrangement,
): Uint8Array {
  const array = npyArray(file);
  if (array.shape.join() !== from.join())
    throw new NpyError(say`npy: expected an array of ${shapeText(from)}, received ${shapeText(array.shape)}`);
  const count = to.reduce((product, n) => product * n, 1);
  if (count === 0) return npyFile(array.descr, to, new Uint8Array(0));
  const strides = splitStrides(array, split);
  const sizes = permutation.map((d) => split[d] as number);
  const steps = permutation.map((d, i) => (reversed.includes(i) ? -1 : 1) * (strides[d] as number));
  const first = permutation.reduce(
    (sum, d, i) => sum + (reversed.includes(i) ? ((split[d] as number) - 1) * (strides[d] as number) : 0),
    0,
  );
  const { descr, itemSize, data } = array;
  const moved = new Uint8Array(count * itemSize);
  const at = sizes.map(() => 0);
  let source = first;
  for (let index = 0; index < count; index++) {
    for (let byte = 0; byte < itemSize; byte++)
      moved[index * itemSize + byte] = data[source * itemSize + byte] as number;
    for (let d = sizes.length - 1; d >= 0; d--) {
      at[d] = (at[d] as number) + 1;
      source += steps[d] as number;
      if ((at[d] as number) < (sizes[d] as number)) break;
      source -= (sizes[d] as number) * (steps[d] as number);
      at[d] = 0;
    }
  }
  return npyFile(descr, to, moved);
}

/** Elements between neighbours along each split dimension of the array in memory. */
function splitStrides({ shape, fortran }: NpyArray, split: readonly number[]): number[] {
  const outer = shape.map((_, d) =>
    (fortran ? shape.slice(0, d) : shape.slice(d + 1)).reduce((product, n) => product * n, 1),
  );
  const strides: number[] = [];
  let next = 0;
  for (const [d, size] of shape.entries()) {
    const parts: number[] = [];
    for (let held = 1; held < size; held *= parts.at(-1) as number) parts.push(split[next++] ?? size);
    let stride = outer[d] as number;
    const own: number[] = [];
    for (const part of parts.reverse()) {
      own.unshift(stride);
      stride *= part;
    }
    strides.push(...own);
    // Dimensions of one element stand anywhere; their stride does not matter.
    while (next < split.length && split[next] === 1) {
      strides.push(0);
      next += 1;
    }
  }
  return strides;
}
