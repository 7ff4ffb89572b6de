// The gradient of a step's input. A conv's is the adjoint's run, filters and channels exchanged by the weight's steps:
//
//   conv      run(adjoint)                        average   run of an average on the adjoint axes; where windows count
//   pad       run of a pad on the adjoint axes              differently, of gradients divided beforehand
//   max       scattered to what won               copies    of the padded input, then added up where they were copied from
//
// Only the last two leave the engine's kernels, and a fill that copies makes a padded array: the one copy there is.

import {
  adjoint,
  adjointAxis,
  type Geometry,
  geometry,
  inputShape,
  LARGEST,
  outputShape,
} from '../geometry/index.ts';
import { scatter, share } from '../kernels/gradient.ts';
import type { DataOperand, Numbers, WeightOperand } from '../kernels/operands.ts';
import { type RunOptions, run } from './engine.ts';
import { count, dataOperand, type GradientSources, zerosLike } from './gradient-operands.ts';
import { apart, copies, zeroFilled } from './gradient-padding.ts';

/**
 * The gradient of the input, contiguous in the wanted layout; the sources checked, the output not empty.
 * @throws EngineError as `run` does
 */
export function inputGradient<Data extends Numbers>(
  of: Geometry,
  sources: GradientSources<Data>,
  options: RunOptions,
): Data {
  const { weight, outputGradient } = sources;
  if (of.operation === 'max') return scattered(of, sources, options);
  if (of.operation === 'average') {
    const divisor = sameDivisor(of);
    const shared = divisor === null ? sharedOut(of, outputGradient, options) : outputGradient;
    return linear({ ...of, divisor: divisor ?? 1 }, undefined, shared, options);
  }
  return linear(of, weight, outputGradient, options);
}

/** The gradient of the input of a step that adds up elements: a conv, an average with one divisor, a pad. */
function linear<Data extends Numbers>(
  of: Geometry,
  weight: WeightOperand | undefined,
  outputGradient: DataOperand<Data>,
  options: RunOptions,
): Data {
  if (of.operation === 'pad' && (copies(of) || of.axes.some((one) => one.kernel > 1)))
    return scattered(of, { outputGradient }, options);
  if (copies(of)) {
    const [pad, step] = apart(of);
    const padded = linear(step, weight, outputGradient, options);
    const there = dataOperand(padded, outputShape(pad), options.layout);
    return scattered(pad, { outputGradient: there }, options);
  }
  if (of.operation !== 'conv') {
    const axes = of.axes.map(adjointAxis);
    const { operation, batch, channels, divisor } = of;
    return run(geometry({ operation, batch, channels, divisor, axes }), { input: outputGradient }, options);
  }
  const { data, offset, strides } = weight as WeightOperand;
  const swapped = { data, offset, strides: { ...strides, o: strides.i, i: strides.o } };
  return run(adjoint(zeroFilled(of)), { input: outputGradient, weight: swapped }, options);
}

/** The divisor of every window of an average if they have one: a number, or the taps where no window holds anything else. */
export function sameDivisor({ divisor, axes }: Geometry): number | null {
  if (typeof divisor === 'number') return divisor;
  const whole = axes.every(
    ({ before, after, overhang, inputDilation }) =>
      overhang === 0 && (divisor === 'window' || (before <= 0 && after <= 0 && inputDilation === 1)),
  );
  const taps = count(axes.map((one) => one.kernel));
  return whole && taps <= LARGEST ? taps : null;
}

function sharedOut<Data extends Numbers>(
  of: Geometry,
  outputGradient: DataOperand<Data>,
  { layout }: RunOptions,
): DataOperand<Data> {
  const shape = outputShape(of);
  const shared = dataOperand(zerosLike(outputGradient.data, count(shape), of), shape, layout);
  share(of, outputGradient, shared);
  return shared;
}

function scattered<Data extends Numbers>(
  of: Geometry,
  {
    input,
    outputGradient,
  }: Pick<GradientSources<Data>, 'outputGradient'> & { input?: DataOperand | undefined },
  { layout }: RunOptions,
): Data {
  const shape = inputShape(of);
  const data = zerosLike(outputGradient.data, count(shape), of);
  const inputGradient = dataOperand(data, shape, layout);
  scatter(of, { ...(input === undefined ? {} : { input }), outputGradient, inputGradient });
  return data;
}
