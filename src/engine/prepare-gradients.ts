// The gradients of a convolution's input and weight, ready to run on tensors: the adjoint and the product over windows
// compiled, the weight packed once.
//
//   const back = prepareGradients(parse('1x64x56x56 k3 p1 -> 64'), { weight }, { layout: 'last' });
//   const { input, weight } = back(x, outputGradient);

import { adjoint, type Geometry, inputShape, outputShape, print } from '../geometry/index.ts';
import type { DataOperand } from '../kernels/operands.ts';
import { choose } from '../plan/choose.ts';
import { type HeldTensor, settled } from '../tensor/deferred.ts';
import { dataStrides } from '../tensor/layout.ts';
import { contiguous, rowMajor, type Tensor, tensor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';
import { EngineError } from './error.ts';
import { gradients } from './gradient.ts';
import { fills, zeroFilled } from './gradient-padding.ts';
import { held } from './held.ts';
import { conditionsFor, isEmpty } from './planned.ts';
import {
  type Parameters,
  type PrepareOptions,
  prepareFor,
  refuseShape,
  shaped,
  weightOf,
  withInput,
} from './prepare.ts';
import { execute, type Prepared, unprepare } from './prepared.ts';
import { prepareWeightGradient } from './prepared-weight.ts';
import { refuseOptions } from './refusals.ts';

/** The gradients of a run: of the input, in the layout, and of the weight [filters, channels / groups, taps]. */
export interface TensorGradients {
  readonly input: HeldTensor;
  readonly weight: HeldTensor;
}

/** Gradients that are ready to run. */
export interface ReadyGradients {
  /**
   * @param x the input of the forward pass, and the output's gradient in the output's shape, float32, both in the layout
   * @throws EngineError 'operand' for other shapes, 'memory' when the results do not fit
   */
  (x: Tensor, outputGradient: Tensor): TensorGradients;
  [Symbol.dispose](): void;
}

const collected = new FinalizationRegistry<Prepared>(unprepare);

/**
 * Plans, compiles and packs; the weight is that of now.
 * @throws EngineError 'operand' when there is no weight or it does not suit, GeometryError for what is no conv
 */
export function prepareGradients(
  of: Geometry,
  parameters: Pick<Parameters, 'weight'>,
  options: Omit<PrepareOptions, 'activation'> = {},
): ReadyGradients {
  refuseOptions(of, options);
  const layout = options.layout ?? 'first';
  const weight = weightOf(of, parameters.weight);
  const shapes = { input: shaped(inputShape(of), layout), output: shaped(outputShape(of), layout) };
  const taps = of.axes.map((one) => one.kernel);
  const weightShape = [of.filters, of.channels / of.groups, ...taps];
  const conditions = conditionsFor(4, options.precision);
  const fast = !fills(of) && !isEmpty(of) && compiles(of, conditions);
  if (weight === undefined) throw new EngineError('operand', say`the conv has no weight. [${print(of)}]`);
  if (!fast) {
    const operand = (x: Tensor, [, channels = 0, ...sizes]: readonly number[]): DataOperand => ({
      data: contiguous(x).data,
      offset: 0,
      strides: dataStrides(layout, { channels, sizes }),
    });
    const slow = (x: Tensor, outputGradient: Tensor) => {
      refuseShape(of, 'input', x, shapes.input);
      refuseShape(of, 'outputGradient', outputGradient, shapes.output);
      const inputs = {
        input: operand(x, inputShape(of)),
        weight,
        outputGradient: operand(outputGradient, outputShape(of)),
      };
      const found = gradients(of, inputs, { ...options, wanted: ['input', 'weight'] });
      return {
        input: settled(tensor(found.input as Float32Array, shapes.input)),
        weight: settled(tensor(found.weight as Float32Array, weightShape)),
      };
    };
    return Object.assign(slow, { [Symbol.dispose]: () => undefined });
  }
  const zero = zeroFilled(of);
  const { o, i } = weight.strides;
  const swapped = { ...weight, strides: { ...weight.strides, o: i, i: o } };
  const back = prepareFor(adjoint(zero), { weight: swapped }, { ...options, layout });
  // A mirrored kernel is the adjoint of one that is not: input and gradient change places, and the holes are gone.
  const forWeight = of.flip ? adjoint(zero) : zero;
  const product = prepareWeightGradient(forWeight, layout, conditions.strict, stepsOf(of, weightShape));
  const elements = weightShape.reduce((all, n) => all * n, 1);

  const run = (x: Tensor, outputGradient: Tensor): TensorGradients => {
    refuseShape(of, 'input', x, shapes.input);
    refuseShape(of, 'outputGradient', outputGradient, shapes.output);
    return withInput(contiguous(outputGradient), (second) =>
      withInput(contiguous(x), (input) => {
        const addresses = of.flip ? { input: second, second: input } : { input, second };
        return {
          input: back.run(outputGradient, shapes.input),
          weight: held(weightShape, execute(product, 0, addresses), elements),
        };
      }),
    );
  };
  collected.register(run, product, run);
  const dispose = () => {
    back.dispose();
    if (collected.unregister(run)) unprepare(product);
  };
  return Object.assign(run, { [Symbol.dispose]: dispose });
}

function compiles(of: Geometry, conditions: ReturnType<typeof conditionsFor>): boolean {
  const holes = (one: Geometry) => one.axes.some((axis) => axis.inputDilation > 1);
  return choose(of, conditions).algorithm !== 'reference' && !holes(of.flip ? adjoint(zeroFilled(of)) : of);
}

/** Steps through a canonical weight; those of an adjoint have filters and channels exchanged. */
function stepsOf(of: Geometry, shape: readonly number[]) {
  const [o = 0, i = 0, ...k] = rowMajor(shape);
  const g = o * (of.filters / of.groups);
  return of.flip ? { g, o: i, i: o, k } : { g, o, i, k };
}
