// The gradients of a convolution's input and weight, ready to run on tensors: the adjoint and the product over windows
// compiled, the weight packed once.
//
//   const back = prepareGradients(parse('1x64x56x56 k3 p1 -> 64'), { weight }, { layout: 'last' });
//   const { input, weight } = back(x, outputGradient);

import { adjoint, type Geometry, inputShape, outputShape, print } from '../geometry/index.ts';
import type { DataOperand } from '../kernels/operands.ts';
import { choose } from '../plan/choose.ts';
import { dataStrides } from '../tensor/layout.ts';
import { contiguous, isTensor, rowMajor, shapeText, type Tensor, tensor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';
import { EngineError } from './error.ts';
import { gradients } from './gradient.ts';
import { fills } from './gradient-padding.ts';
import { held } from './held.ts';
import { conditionsFor, isEmpty } from './planned.ts';
import { type Parameters, type PrepareOptions, prepareFor, shaped, weightOf, withInput } from './prepare.ts';
import { execute, unprepare } from './prepared.ts';
import { prepareWeightGradient } from './prepared-weight.ts';

/** The gradients of a run: of the input, in the layout, and of the weight [filters, channels / groups, taps]. */
export interface TensorGradients {
  readonly input: Tensor;
  readonly weight: Tensor;
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

/**
 * Plans, compiles and packs; the weight is that of now.
 * @throws EngineError 'operand' when there is no weight or it does not suit, GeometryError for what is no conv
 */
export function prepareGradients(
  of: Geometry,
  parameters: Pick<Parameters, 'weight'>,
  options: Omit<PrepareOptions, 'activation'> = {},
): ReadyGradients {
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
      fitting(of, x, shapes.input);
      fitting(of, outputGradient, shapes.output);
      const inputs = {
        input: operand(x, inputShape(of)),
        weight,
        outputGradient: operand(outputGradient, outputShape(of)),
      };
      const found = gradients(of, inputs, { ...options, wanted: ['input', 'weight'] });
      return {
        input: tensor(found.input as Float32Array, shapes.input),
        weight: tensor(found.weight as Float32Array, weightShape),
      };
    };
    return Object.assign(slow, { [Symbol.dispose]: () => undefined });
  }
  const { o, i } = weight.strides;
  const swapped = { ...weight, strides: { ...weight.strides, o: i, i: o } };
  const back = prepareFor(adjoint(of), { weight: swapped }, { ...options, layout });
  // A mirrored kernel is the adjoint of one that is not: input and gradient change places, and the holes are gone.
  const forWeight = of.flip ? adjoint(of) : of;
  const product = prepareWeightGradient(forWeight, layout, conditions.strict, stepsOf(of, weightShape));
  const elements = weightShape.reduce((all, n) => all * n, 1);

  const run = (x: Tensor, outputGradient: Tensor): TensorGradients => {
    fitting(of, x, shapes.input);
    fitting(of, outputGradient, shapes.output);
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
  const dispose = () => {
    back.dispose();
    unprepare(product);
  };
  return Object.assign(run, { [Symbol.dispose]: dispose });
}

function compiles(of: Geometry, conditions: ReturnType<typeof conditionsFor>): boolean {
  const holes = (one: Geometry) => one.axes.some((axis) => axis.inputDilation > 1);
  return choose(of, conditions).algorithm !== 'reference' && !holes(of.flip ? adjoint(of) : of);
}

/** Steps through a canonical weight; those of an adjoint have filters and channels exchanged. */
function stepsOf(of: Geometry, shape: readonly number[]) {
  const [o = 0, i = 0, ...k] = rowMajor(shape);
  const g = o * (of.filters / of.groups);
  return of.flip ? { g, o: i, i: o, k } : { g, o, i, k };
}

function fitting(of: Geometry, x: Tensor, shape: readonly number[]): void {
  const fits = isTensor(x) && x.shape.length === shape.length && x.shape.every((n, i) => n === shape[i]);
  if (fits) return;
  throw new EngineError(
    'operand',
    say`expected a tensor of ${shapeText(shape)}, received ${isTensor(x) ? shapeText(x.shape) : typeof x}. [${print(of)}]`,
  );
}
