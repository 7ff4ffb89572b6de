// What ported code computes: its layers are read, the source's weights are moved, and the numbers must be the same.

import type { Layer, Ported, Shape, WeightMove } from '../src/dialects/index.ts';
import { arrange, canonical } from '../src/explain/index.ts';
import type { Geometry } from '../src/geometry/index.ts';
import { computed, type FilledParameter, filled, integers } from './numeric.ts';

/** Layers in turn, as read back from ported code, and how their weights come from the source's. */
export type ReadBack = Pick<Ported, 'layers' | 'weights'>;

/** How the ported code's numbers differ from the layer's; null where they do not. */
export function differs(layer: Layer, input: Shape, ported: ReadBack): string | null {
  try {
    return difference(layer, input, ported);
  } catch (error) {
    return `throws ${(error as Error).message}`;
  }
}

function difference(layer: Layer, input: Shape, ported: ReadBack): string | null {
  const [first] = layer.resolve(input).steps as [Geometry];
  const parameters = filled(layer, first.channels);
  const real = computed(layer, input, integers(input, 0), parameters);
  const wanted = toFirst(real.values, real.shape, layer);

  let shape = canonical({ ...layer, rank: input.length - 2 }, input);
  let data = toFirst(integers(input, 0), input, layer);
  const moves = [...ported.weights];
  for (const one of ported.layers) {
    const own = one.parameters(shape[1] as number).map((parameter): FilledParameter => {
      const move = moves.find(
        ({ parameter: name, to }) => name === parameter.name && to.join() === parameter.shape.join(),
      );
      // Darknet's convolutions always have biases: its code says in a comment that they are zeros.
      if (move === undefined && parameter.role === 'bias')
        return { ...parameter, data: new Float64Array(parameter.shape[0] as number) };
      if (move === undefined) throw new Error(`no weight for ${parameter.name}`);
      moves.splice(moves.indexOf(move), 1);
      const from = parameters.find(
        ({ name, step }) => name === move.name && step === move.step,
      ) as FilledParameter;
      return { ...parameter, data: moved(from.data, move) };
    });
    const answer = computed(one, arrange(one, shape), fromFirst(data, shape, one), own);
    data = toFirst(answer.values, answer.shape, one);
    shape = canonical({ ...one, rank: answer.shape.length - 2 }, answer.shape);
  }
  const bias = parameters.find(({ role }) => role === 'bias');
  const named = ported.weights.some(({ name }) => name === bias?.name);
  // JAX's convolution has no bias: its code says in a comment to add it.
  if (bias !== undefined && !named) data = plus(data, shape, bias.data);
  const same =
    data.length === wanted.length &&
    data.every((value, i) => value === wanted[i] || Object.is(value, wanted[i]));
  return same ? null : `gives ${[...data.slice(0, 10)]}, wanted ${[...wanted.slice(0, 10)]}`;
}

function plus(data: Float64Array, [, channels = 1, ...sizes]: Shape, bias: Float64Array): Float64Array {
  const plane = sizes.reduce((product, n) => product * n, 1);
  return data.map((value, i) => value + (bias[Math.floor(i / plane) % channels] as number));
}

/** A weight moved as the port says: split, transposed, reversed. */
function moved(data: Float64Array, { split, permutation, reversed }: WeightMove): Float64Array {
  const order = permutation.map((index) => split[index] as number);
  return reverse(transpose(data, split, permutation), order, reversed);
}

function transpose(data: Float64Array, shape: Shape, permutation: readonly number[]): Float64Array {
  const strides = rowMajor(shape);
  const order = permutation.map((index) => shape[index] as number);
  const steps = permutation.map((index) => strides[index] as number);
  return Float64Array.from(data, (_, i) => data[offset(i, order, steps)] as number);
}

function offset(index: number, shape: Shape, steps: readonly number[]): number {
  let [rest, sum] = [index, 0];
  for (let d = shape.length - 1; d >= 0; d--) {
    sum += (rest % (shape[d] as number)) * (steps[d] as number);
    rest = Math.floor(rest / (shape[d] as number));
  }
  return sum;
}

function reverse(data: Float64Array, shape: Shape, axes: readonly number[]): Float64Array {
  const strides = rowMajor(shape);
  return Float64Array.from(data, (_, i) => {
    const at = shape.map((size, d) => {
      const index = Math.floor(i / (strides[d] as number)) % size;
      return axes.includes(d) ? size - 1 - index : index;
    });
    return data[at.reduce((sum, index, d) => sum + index * (strides[d] as number), 0)] as number;
  });
}

function rowMajor(shape: Shape): number[] {
  return shape.map((_, d) => shape.slice(d + 1).reduce((product, n) => product * n, 1));
}

/** Row-major numbers of a layer's layout with the channels first, and back. */
function toFirst(data: Float64Array, shape: Shape, layer: Layer): Float64Array {
  if (layer.layout === 'first') return data;
  const last = shape.length - 1;
  return transpose(data, shape, [0, last, ...Array.from({ length: last - 1 }, (_, d) => d + 1)]);
}

function fromFirst(data: Float64Array, shape: Shape, layer: Layer): Float64Array {
  if (layer.layout === 'first') return data;
  return transpose(data, shape, [0, ...Array.from({ length: shape.length - 2 }, (_, d) => d + 2), 1]);
}
