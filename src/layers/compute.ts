// A layer that was read, its parameters and an input: the numbers it gives. Layout and weight order become strides here,
// so that nothing below knows them.
//
//   Layer.resolve(shape) -> steps -> engine.run each -> activation -> the output in the layer's own layout

import type { Layer, Parameter } from '../dialects/dialect.ts';
import { DialectError } from '../dialects/error.ts';
import { type Geometry, outputShape } from '../geometry/index.ts';
import { weightStrides } from '../tensor/layout.ts';
import { contiguous, isTensor, shapeText, type Tensor, tensor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';
import { activate, fusedActivation } from './activation.ts';
import { type Preparations, preparations } from './preparations.ts';

/** A parameter and its numbers. */
export interface Filled {
  readonly parameter: Parameter;
  readonly tensor: Tensor;
}

/** How errors name a layer: 'torch nn.Conv2d'. */
export function speakerOf(layer: Layer): string {
  return `${layer.framework} ${layer.name}`;
}

/**
 * The layer's output for x, in the type of x.
 * @throws DialectError where the framework refuses the shape or x is no tensor; EngineError when it would not fit
 */
export function compute(layer: Layer, x: Tensor, parameters: readonly Filled[]): Tensor {
  const once = preparations();
  try {
    return computeWith(once, layer, x, parameters);
  } finally {
    once.dispose();
  }
}

/** As {@link compute}, with what an earlier call has prepared. */
export function computeWith(
  prepared: Preparations,
  layer: Layer,
  x: Tensor,
  parameters: readonly Filled[],
): Tensor {
  const { steps, output } = layer.resolve(input(speakerOf(layer), x).shape);
  if (steps.length === 0) return tensor(contiguous(x).data, output);
  const fused = fusedActivation(layer.activation);
  const result = steps.reduce((data, step, index) => {
    const own = parameters.filter(({ parameter }) => parameter.step === index);
    const last = index === steps.length - 1;
    const ready = prepared.get(`${index}`, step, weights(step, own), {
      layout: layer.layout,
      activation: last ? fused : null,
    });
    return ready.run(data, last ? output : [outputShape(step).reduce((product, n) => product * n, 1)]);
  }, x);
  if (layer.activation !== null && fused === null)
    activate(speakerOf(layer), layer.activation, result, layer.layout, layer.rank);
  return result;
}

/**
 * Passes a tensor on.
 * @throws DialectError 'input' for anything else
 */
export function input(who: string, x: unknown): Tensor {
  if (isTensor(x)) return x;
  const received = x === null ? 'null' : Array.isArray(x) ? 'an array' : typeof x;
  throw new DialectError(
    'input',
    say`${who}: expected a tensor as its input, made by tensor(data, shape), received ${received}`,
  );
}

function weights(step: Geometry, own: readonly Filled[]) {
  const kernel = own.find(({ parameter }) => parameter.role === 'kernel');
  const bias = own.find(({ parameter }) => parameter.role === 'bias');
  return {
    weight: kernel && {
      data: kernel.tensor.data,
      offset: kernel.tensor.offset,
      strides: weightStrides(kernel.tensor, kernel.parameter.order, step.axes.length, step.groups),
    },
    bias: bias && {
      data: bias.tensor.data,
      offset: bias.tensor.offset,
      stride: bias.tensor.strides[0] as number,
    },
  };
}

/**
 * Passes a parameter's tensor on.
 * @throws DialectError 'argument' unless it is a tensor of exactly the parameter's shape
 */
export function fitting(layer: Layer, parameter: Parameter, given: unknown): Tensor {
  const who = speakerOf(layer);
  const refused = (received: string) =>
    new DialectError(
      'argument',
      say`${who}: ${parameter.name}: expected a tensor of ${shapeText(parameter.shape)} (${parameter.order}), received ${received}`,
    );
  if (!isTensor(given)) throw refused(typeof given);
  const fits =
    given.shape.length === parameter.shape.length &&
    given.shape.every((size, i) => size === parameter.shape[i]);
  if (fits) return given;
  throw refused(shapeText(given.shape));
}
