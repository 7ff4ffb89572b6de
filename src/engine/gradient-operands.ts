// What a gradient is computed from, checked before anything is touched: bare arrays become operands with steps, short
// ones and wrong steps are refused in the caller's words, and so is what would not fit.
//
//   input            [batch, channels, ...sizes]        for a weight's gradient and a maximum's; else it may be left out
//   weight           [filters, channels / groups, taps] for a conv's input
//   output gradient  [batch, filters, ...outs]          always

import { type Geometry, inputShape, outputShape, print } from '../geometry/index.ts';
import type { DataOperand, Numbers, WeightOperand } from '../kernels/operands.ts';
import { dataStrides, type WeightStrides, weightStrides } from '../tensor/layout.ts';
import { rowMajor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';
import { EngineError } from './error.ts';
import { isNumbers, refuse, refuseCount, refuseData, refuseOthers, refuseWeight } from './refusals.ts';

/** What has a gradient. */
export type Gradient = 'input' | 'weight' | 'bias';

/** The numbers gradients are made of; a bare array is contiguous and canonical: N C sizes, filters channels taps. */
export interface GradientInputs<Data extends Numbers = Numbers> {
  /** Needed for the weight's gradient and for a maximum's; otherwise it only says in which type to answer. */
  readonly input?: Data | DataOperand<Data> | undefined;
  /** Needed for the gradient of a conv's input. */
  readonly weight?: Numbers | WeightOperand | undefined;
  /** The gradient of the output, in the output's shape. */
  readonly outputGradient: Data | DataOperand<Data>;
}

/** The same as operands; the output's gradient in the type of the input. */
export interface GradientSources<Data extends Numbers> {
  readonly input: DataOperand<Data> | undefined;
  readonly weight: WeightOperand | undefined;
  readonly outputGradient: DataOperand<Data>;
}

/** The gradients a geometry has: those of a conv, or of a pooling's or pad's input; of a pad's bias too. */
export function gradientsOf(of: Geometry): readonly Gradient[] {
  if (of.operation === 'conv') return ['input', 'weight', 'bias'];
  return of.operation === 'pad' ? ['input', 'bias'] : ['input'];
}

/**
 * The operands that the wanted gradients need.
 * @throws EngineError when one is missing or too short, its steps do not suit, or the geometry has no such gradient
 */
export function gradientSources<Data extends Numbers>(
  of: Geometry,
  given: GradientInputs<Data>,
  wanted: ReadonlySet<Gradient>,
): GradientSources<Data> {
  const possible = gradientsOf(of);
  for (const what of wanted) {
    if (!possible.includes(what))
      refuse(say`a ${of.operation} has no gradient of its ${what}. [${print(of)}]`);
  }
  if (given.input !== undefined) refuseOthers(of, 'input', given.input, inputShape(of));
  refuseOthers(of, 'outputGradient', given.outputGradient, outputShape(of));
  const input = given.input === undefined ? undefined : dataOperand(given.input, inputShape(of));
  const weight = weightOperand(of, given.weight);
  const outputGradient = dataOperand(given.outputGradient, outputShape(of));
  const needsInput = wanted.has('weight') || (wanted.has('input') && of.operation === 'max');
  if (needsInput && input === undefined) refuse(say`the ${of.operation} has no input. [${print(of)}]`);
  if (wanted.has('input') && of.operation === 'conv' && weight === undefined)
    refuse(say`the conv has no weight. [${print(of)}]`);
  if (needsInput) refuseData(of, 'input', input as DataOperand, inputShape(of));
  if (weight !== undefined && wanted.has('input')) refuseWeight(of, weight);
  refuseData(of, 'outputGradient', outputGradient, outputShape(of));
  return {
    input,
    weight,
    outputGradient: input === undefined ? outputGradient : typed(outputGradient, input),
  };
}

/** Numbers of this shape, N C sizes, as an operand; a bare array's channels stand where `layout` says. */
export function dataOperand<Data extends Numbers>(
  given: Data | DataOperand<Data>,
  [, channels = 0, ...sizes]: readonly number[],
  layout: 'first' | 'last' = 'first',
): DataOperand<Data> {
  if (!isNumbers(given)) return given;
  return { data: given, offset: 0, strides: dataStrides(layout, { channels, sizes }) };
}

/**
 * Steps through a contiguous weight whose dimensions stand in this order (tensor/layout.ts).
 * @throws EngineError for an order that has not every dimension once
 */
export function weightOrder(of: Geometry, order: string): WeightStrides {
  const kernel = of.axes.map((one) => one.kernel);
  const sizes = new Map([
    ['g', of.groups],
    ['o', of.filters / of.groups],
    ['i', of.channels / of.groups],
  ]);
  const shape = order
    .split(' ')
    .flatMap((word) =>
      word === 'k' ? kernel : [[...word].reduce((all, letter) => all * (sizes.get(letter) ?? Number.NaN), 1)],
    );
  const elements = count([of.filters, of.channels / of.groups, ...kernel]);
  if (count(shape) !== elements) refuseCount(of, `order '${order.slice(0, 40)}'`, elements, count(shape));
  return weightStrides({ shape, strides: rowMajor(shape) }, order, kernel.length, of.groups);
}

/** Zeros in the type of others. @throws EngineError when the machine has no such memory */
export function zerosLike<Data extends Numbers>(like: Data, elements: number, problem: Geometry): Data {
  try {
    return (like instanceof Float64Array ? new Float64Array(elements) : new Float32Array(elements)) as Data;
  } catch {
    const bytes = elements * like.BYTES_PER_ELEMENT;
    throw new EngineError(
      'memory',
      say`this machine has no ${bytes} bytes for the output. [${print(problem)}]`,
    );
  }
}

/** Elements of a shape. */
export function count(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

function weightOperand(of: Geometry, given: GradientInputs['weight']): WeightOperand | undefined {
  if (given === undefined || of.operation !== 'conv') return undefined;
  const taps = of.axes.map((one) => one.kernel);
  refuseOthers(of, 'weight', given, [of.filters, of.channels / of.groups, ...taps]);
  return isNumbers(given) ? { data: given, offset: 0, strides: weightOrder(of, 'go i k') } : given;
}

function typed<Data extends Numbers>(given: DataOperand<Data>, like: DataOperand<Data>): DataOperand<Data> {
  const doubled = like.data instanceof Float64Array;
  if (given.data instanceof Float64Array === doubled) return given;
  return {
    ...given,
    data: (doubled ? Float64Array.from(given.data) : Float32Array.from(given.data)) as Data,
  };
}
