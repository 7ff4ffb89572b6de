// A layer's numbers on the integers of the numeric fixtures: integers(count, seed)[i] = (7 i i + 3 i + 5 seed) mod 11 - 5.
// The input has seed 0; the parameters, in the framework's order, 1, 2, 3. The reference kernels compute in float64.

import type { Layer, Parameter } from '../src/dialects/dialect.ts';
import { run } from '../src/engine/engine.ts';
import type { Geometry } from '../src/geometry/index.ts';
import { dataStrides, weightStrides } from '../src/tensor/layout.ts';
import { rowMajor } from '../src/tensor/tensor.ts';
import type { NumericCase } from './fixtures.ts';

/** A parameter and its numbers, row-major in its own order. */
export interface FilledParameter extends Parameter {
  readonly data: Float64Array;
}

export interface Computed {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** A numeric case: the output's shape, in the layer's layout, and its numbers. */
export function numbers(layer: Layer, one: NumericCase): Computed {
  const [first] = layer.resolve(one.input).steps;
  const input = integers(one.input, 0).map((value) => value * (one.scale ?? 1));
  const { shape, values } = computed(layer, one.input, input, filled(layer, (first as Geometry).channels));
  return { shape, values: activated(values, layer.activation) };
}

/** The layer's parameters with the integers of seeds 1, 2, 3. */
export function filled(layer: Layer, channels: number): FilledParameter[] {
  return layer
    .parameters(channels)
    .map((parameter, i) => ({ ...parameter, data: integers(parameter.shape, i + 1) }));
}

/** A layer without its activation on row-major numbers. */
export function computed(
  layer: Layer,
  input: readonly number[],
  numbers: Float64Array,
  parameters: readonly FilledParameter[],
): Computed {
  const { steps, output } = layer.resolve(input);
  let data = numbers;
  for (const [index, step] of steps.entries()) {
    const sizes = step.axes.map((axis) => axis.size);
    const own = parameters.filter((parameter) => parameter.step === index);
    const weight = own.find((parameter) => parameter.role === 'kernel');
    const bias = own.find((parameter) => parameter.role === 'bias');
    data = run(
      step,
      {
        input: { data, offset: 0, strides: dataStrides(layer.layout, { channels: step.channels, sizes }) },
        weight: weight && { data: weight.data, offset: 0, strides: strides(weight, step) },
        bias: bias && { data: bias.data, offset: 0, stride: 1 },
      },
      { layout: layer.layout },
    );
  }
  return { shape: output, values: data };
}

function activated(data: Float64Array, activation: string | null): Float64Array {
  return activation === 'relu' ? data.map((value) => Math.max(0, value)) : data;
}

function strides(parameter: Parameter, step: Geometry) {
  const { shape, order } = parameter;
  return weightStrides({ shape, strides: rowMajor(shape) }, order, step.axes.length, step.groups);
}

/** The fixtures' integers, row-major. */
export function integers(shape: readonly number[], seed: number): Float64Array {
  const count = shape.reduce((product, n) => product * n, 1);
  return Float64Array.from({ length: count }, (_, i) => ((i * i * 7 + i * 3 + seed * 5) % 11) - 5);
}
