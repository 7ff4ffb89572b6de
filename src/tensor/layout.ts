// Layouts as strides: where the channels stand, and which dimension of a weight holds what, are only other steps
// through the same numbers. A kernel that goes by strides needs no layout.
//
//   data 'first'  N C sizes     'last'  N sizes C                     -> { n, c, sizes }
//   weight orders, outermost first: k all taps, g group, o filter and i channel of a group; letters together share a
//   dimension, the first of them changing slowest
//     PyTorch 'go i k'   its transposed 'gi o k'   Keras 'k i go'   depthwise 'k g o'   MXNet NHWC 'go k i'
//                                                                     -> { g, o, i, k }

import { say } from '../words/index.ts';
import { TensorError } from './error.ts';
import { rowMajor, type Tensor } from './tensor.ts';

/** Steps between neighbours of a batch, of channels and along each spatial axis, in elements. */
export interface DataStrides {
  readonly n: number;
  readonly c: number;
  readonly sizes: readonly number[];
}

/** Steps between groups, filters of a group, channels of a group and taps along each axis, in elements. */
export interface WeightStrides {
  readonly g: number;
  readonly o: number;
  readonly i: number;
  readonly k: readonly number[];
}

/** Strides of contiguous data of this shape, one batch dimension; `sizes` are the spatial dimensions. */
export function dataStrides(
  layout: 'first' | 'last',
  of: { readonly channels: number; readonly sizes: readonly number[] },
): DataStrides {
  const { channels, sizes } = of;
  if (layout === 'first') {
    const [n = 1, c = 1, ...spatial] = rowMajor([1, channels, ...sizes]);
    return { n, c, sizes: spatial };
  }
  const [n = 1, ...rest] = rowMajor([1, ...sizes, channels]);
  return { n, c: rest.at(-1) as number, sizes: rest.slice(0, -1) };
}

/**
 * Strides of a weight whose dimensions are in `order`.
 * @param groups how a dimension that holds 'go' or 'gi' divides
 * @throws TensorError when the order does not suit the number of dimensions or the groups
 */
export function weightStrides(
  of: Pick<Tensor, 'shape' | 'strides'>,
  order: string,
  rank: number,
  groups: number,
): WeightStrides {
  const words = order.split(' ');
  if (words.length - 1 + rank !== of.shape.length) {
    throw new TensorError(
      'shape',
      say`weight: expected ${words.length - 1 + rank} dimensions (${order}), received ${of.shape.length}`,
    );
  }
  const found = { g: 0, o: 0, i: 0, k: [] as number[] };
  let dimension = 0;
  for (const word of words) {
    const stride = of.strides[dimension] as number;
    const size = of.shape[dimension] as number;
    if (word === 'k') {
      found.k = of.strides.slice(dimension, dimension + rank);
      dimension += rank;
      continue;
    }
    if (word.length > 1) {
      if (size % groups !== 0) {
        throw new TensorError(
          'shape',
          say`weight: expected a multiple of groups ${groups}, received ${size}`,
        );
      }
      found.g = stride * (size / groups);
    }
    found[word.slice(-1) as 'g' | 'o' | 'i'] = stride;
    dimension += 1;
  }
  return found;
}
