// The gradients of the operations, for those who think in no framework: the operation's own arguments, with the gradient of
// its output before the options.
//
//   const y = conv(x, weight, options);                                         dy: a tensor of y's shape
//   const { input, weight, bias } = convGradients(x, weight, dy, options);
//   convTransposeGradients(x, weight, dy, options)   maxPoolGradient(x, 2, dy)   avgPoolGradient(x, 3, dy, { padding: 1 })
//   padGradient(x, 1, dy, { fill: 'reflect' })
//
// Every gradient has the shape of what it belongs to and the type of x. Views are read as they lie.

import { type Fill, type Geometry, outputShape, type Pads } from '../geometry/index.ts';
import { weightStrides } from '../tensor/layout.ts';
import { shapeText, type Tensor, tensor } from '../tensor/tensor.ts';
import { gradients } from './gradient.ts';
import type { Gradient } from './gradient-operands.ts';
import {
  type AvgPoolOptions,
  avgPoolGeometry,
  type ConvOptions,
  type ConvTransposeOptions,
  convGeometry,
  convTransposeGeometry,
  maxPoolGeometry,
  type PerAxis,
  type PoolOptions,
  padGeometry,
  refuse,
  refuseOthers,
} from './operations.ts';

/** Which gradients are computed: all unless said. */
export interface Wanted<What extends Gradient> {
  readonly wanted?: readonly What[];
}

/**
 * The gradients of {@link conv}: input N C sizes, weight filters, channels / groups, taps, bias one number for each filter.
 * The bias itself is not needed.
 * @param outputGradient N filters outs
 * @throws GeometryError for shapes that do not suit, EngineError when the gradients would not fit
 */
export function convGradients<What extends Gradient = Gradient>(
  x: Tensor,
  weight: Tensor,
  outputGradient: Tensor,
  options: ConvOptions & Wanted<What> = {},
): { readonly [what in What]: Tensor } {
  const of = convGeometry(x, weight, options);
  return found('convGradients', of, x, weight, 'go i k', outputGradient, options.wanted);
}

/**
 * The gradients of {@link convTranspose}: input N C sizes, weight channels, filters / groups, taps, bias one number for each
 * filter.
 * @param outputGradient N filters outs
 * @throws GeometryError for shapes that do not suit, EngineError when the gradients would not fit
 */
export function convTransposeGradients<What extends Gradient = Gradient>(
  x: Tensor,
  weight: Tensor,
  outputGradient: Tensor,
  options: ConvTransposeOptions & Wanted<What> = {},
): { readonly [what in What]: Tensor } {
  const of = convTransposeGeometry(x, weight, options);
  return found('convTransposeGradients', of, x, weight, 'gi o k', outputGradient, options.wanted);
}

/**
 * The gradient of {@link maxPool}'s input: each output's goes to the first of the largest in its window, or the last NaN.
 * @throws GeometryError for shapes that do not suit, EngineError when the gradient would not fit
 */
export function maxPoolGradient(
  x: Tensor,
  kernel: PerAxis,
  outputGradient: Tensor,
  options: PoolOptions = {},
): Tensor {
  return ofInput('maxPoolGradient', maxPoolGeometry(x, kernel, options), x, outputGradient);
}

/**
 * The gradient of {@link avgPool}'s input: each output's, divided as its window was, spread over it.
 * @param x only its shape and its type are read
 * @throws GeometryError for shapes that do not suit, EngineError when the gradient would not fit
 */
export function avgPoolGradient(
  x: Tensor,
  kernel: PerAxis,
  outputGradient: Tensor,
  options: AvgPoolOptions = {},
): Tensor {
  return ofInput('avgPoolGradient', avgPoolGeometry(x, kernel, options), x, outputGradient);
}

/**
 * The gradient of {@link pad}'s input: what was cropped has 0, what was copied adds up.
 * @param x only its shape and its type are read
 * @throws GeometryError for shapes that do not suit, EngineError when the gradient would not fit
 */
export function padGradient(
  x: Tensor,
  pads: number | readonly (number | Pads)[],
  outputGradient: Tensor,
  options: { readonly fill?: Fill } = {},
): Tensor {
  return ofInput('padGradient', padGeometry(x, pads, options), x, outputGradient);
}

function ofInput(who: string, of: Geometry, x: Tensor, outputGradient: Tensor): Tensor {
  return found(who, of, x, undefined, '', outputGradient, ['input']).input;
}

function found<What extends Gradient>(
  who: string,
  of: Geometry,
  x: Tensor,
  weight: Tensor | undefined,
  order: string,
  outputGradient: Tensor,
  wanted: readonly What[] | undefined,
): { readonly [what in What]: Tensor } {
  refuseOthers(who, 'outputGradient', outputGradient);
  const outputs = outputShape(of);
  if (shapeText(outputGradient.shape) !== shapeText(outputs))
    refuse(who, 'outputGradient', shapeText(outputs), shapeText(outputGradient.shape));
  const inputs = {
    input: operand(x),
    weight: weight && {
      data: weight.data,
      offset: weight.offset,
      strides: weightStrides(weight, order, of.axes.length, of.groups),
    },
    outputGradient: operand(outputGradient),
  };
  const options = { ...(wanted === undefined ? {} : { wanted }), ...(weight === undefined ? {} : { order }) };
  const shapes = { input: x.shape, weight: weight?.shape, bias: [of.filters] };
  const arrays = Object.entries(gradients(of, inputs, options)) as [Gradient, Tensor['data']][];
  return Object.fromEntries(arrays.map(([what, data]) => [what, tensor(data, shapes[what])])) as {
    [what in What]: Tensor;
  };
}

/** A tensor N C sizes as it lies. */
function operand({ data, offset, strides: [n = 0, c = 0, ...sizes] }: Tensor) {
  return { data, offset, strides: { n, c, sizes } };
}
