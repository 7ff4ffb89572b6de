// Gradients: what a change of the output asks of input, weight and bias. A convolution's are convolutions again
// (geometry/adjoint.ts), so they run on the same engine, forward's kernels and all; only the operands' steps change:
//
//   input    run(adjoint):        the output's gradient with the weight, filters <-> channels   (gradient-input.ts)
//   weight   run(weightAdjoint):  the input, batch <-> channels, with the output's gradient     (gradient-weight.ts)
//   bias     the output's gradient summed over batch and positions
//
// Pools and pads have their input's. <A x, y> = <x, A' y>. Source: the vjp rules of XLA's convolution.

import { type Geometry, inputShape, LARGEST, outputShape, print } from '../geometry/index.ts';
import { biasSums } from '../kernels/gradient.ts';
import type { DataOperand, Numbers } from '../kernels/operands.ts';
import { say } from '../words/index.ts';
import { MEMORY_LIMIT, type RunOptions } from './engine.ts';
import { EngineError } from './error.ts';
import { inputGradient, sameDivisor } from './gradient-input.ts';
import {
  count,
  type Gradient,
  type GradientInputs,
  gradientSources,
  gradientsOf,
  weightOrder,
  zerosLike,
} from './gradient-operands.ts';
import { apart, copies, fills } from './gradient-padding.ts';
import { weightGradient } from './gradient-weight.ts';
import { refuseOptions } from './refusals.ts';

/** How gradients are computed. The layout is that of the input's gradient, channels first unless said. */
export interface GradientOptions extends RunOptions {
  /** Which ones; all the geometry has unless said. */
  readonly wanted?: readonly Gradient[];
  /** How the dimensions of the weight's gradient stand (tensor/layout.ts); 'go i k' unless said: filters, channels, taps. */
  readonly order?: string;
}

/** The wanted gradients, each contiguous, in the type of the input. */
export type Gradients<Data extends Numbers = Numbers> = { readonly [what in Gradient]?: Data };

/**
 * The gradients of any geometry: input [batch, channels, ...sizes] in the wanted layout, weight in the wanted order, bias
 * one number for each filter. Where windows overlap gradients add up; elements that no window reads have 0.
 *
 *   gradients(parse('1x3x64x64 k3 p1 -> 8'), { input, weight, outputGradient })   -> { input, weight, bias }
 *   gradients(parse('1x8x56x56 max k2 s2'), { input, outputGradient })            -> { input }
 *
 * @throws EngineError when the gradients and what they are made with exceed the memory limit or 2^31 - 1 elements, an
 * operand is missing or does not suit, or the geometry has no such gradient
 */
export function gradients<Data extends Numbers>(
  of: Geometry,
  inputs: GradientInputs<Data>,
  options: GradientOptions = {},
): Gradients<Data> {
  refuseOptions(of, options);
  const wanted = new Set(options.wanted ?? gradientsOf(of));
  const sources = gradientSources(of, inputs, wanted);
  const { input, outputGradient } = sources;
  const steps = wanted.has('weight') ? weightOrder(of, options.order ?? 'go i k') : undefined;
  refuseSize(of, wanted, outputGradient.data.BYTES_PER_ELEMENT, options.memoryLimit ?? MEMORY_LIMIT);
  const zeros = (what: Gradient) => zerosLike(outputGradient.data, count(shapeOf(of, what)), of);
  if (count(outputShape(of)) === 0)
    return Object.fromEntries([...wanted].map((what) => [what, zeros(what)])) as Gradients<Data>;
  const result: { -readonly [what in Gradient]?: Data } = {};
  if (wanted.has('input')) result.input = inputGradient(of, sources, options);
  if (steps !== undefined)
    result.weight = weightGradient(of, input as DataOperand<Data>, outputGradient, steps, options);
  if (wanted.has('bias')) {
    result.bias = zeros('bias');
    biasSums(of, outputGradient, result.bias);
  }
  return result;
}

function shapeOf(of: Geometry, what: Gradient): readonly number[] {
  if (what === 'input') return inputShape(of);
  if (what === 'bias') return [of.filters];
  return [of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)];
}

/** Counts everything before it is allocated: gradients, padded arrays, gradients divided beforehand, a weight's before its order. */
function refuseSize(of: Geometry, wanted: ReadonlySet<Gradient>, bytesEach: number, limit: number): void {
  const shapes = [...wanted].map((what) => shapeOf(of, what));
  const work: (readonly number[])[] = [];
  const [input, weight] = [wanted.has('input'), wanted.has('weight')];
  if (input && of.operation !== 'max' && of.operation !== 'pad' && copies(of))
    work.push(outputShape(apart(of)[0]));
  if (input && of.operation === 'average' && sameDivisor(of) === null) work.push(outputShape(of));
  if (weight && fills(of)) work.push(outputShape(apart(of)[0]));
  if (weight) work.push(shapeOf(of, 'weight'));
  const numbers = shapes.map(count).reduce((sum, n) => sum + n, 0);
  const bytes = (numbers + work.map(count).reduce((sum, n) => sum + n, 0)) * bytesEach;
  const most = Math.max(0, ...shapes.map(count), ...work.map(count));
  if (most <= LARGEST && bytes <= limit) return;
  const named = shapes.map((shape) => shape.join('x')).join(', ');
  throw new EngineError(
    'memory',
    say`the gradients ${named} need ${bytes} bytes for ${numbers} numbers and the workspace, at most ${limit} bytes and ${LARGEST} numbers each are allowed. [${print(of)}]`,
  );
}
