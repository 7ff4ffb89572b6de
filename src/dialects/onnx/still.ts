// Nodes that slide no window, as models have them between the others: what they do to the shape, and their parameters.
//
//   pointwise   activations, normalisations, Dropout       the shape stays; BatchNormalization holds scale, B, mean and var
//   Flatten     dimensions from `axis` on as one, those before it as one
//   Gemm        (N, F) -> (N, units), the matrix F x units, or units x F with transB
//
// Source: onnx docs/Operators.md (1.23).

import { say } from '../../words/index.ts';
import { type Layer, refusal, type Shape } from '../dialect.ts';
import { dense, still } from '../still.ts';
import { isSet, type Node, tensorOf } from './node.ts';

/** Operators that leave the shape of their first input as it is, whatever their attributes. */
export const POINTWISE: ReadonlySet<string> = new Set(
  (
    'Relu LeakyRelu PRelu Elu Selu Celu Sigmoid HardSigmoid HardSwish Swish Tanh Clip Softplus Softsign Erf Gelu Mish ' +
    'ThresholdedRelu Softmax LogSoftmax Hardmax InstanceNormalization GroupNormalization LayerNormalization LRN ' +
    'LpNormalization MeanVarianceNormalization Dropout Identity Cast Neg Abs Sqrt Exp Log Floor Ceil Round Sign Reciprocal'
  ).split(' '),
);

/** A node that leaves the shape as it is. */
export function pointwise({ args }: Node): Layer {
  return still(args, { kind: 'pointwise' });
}

/** BatchNormalization: two arrays trained and two counted, a number a channel each. */
export function batchNormalization({ args, inputs }: Node): Layer {
  const roles = ['scale', 'bias', 'statistic', 'statistic'] as const;
  const arrays = ['scale', 'B', 'mean', 'var'].map((fallback, i) => ({
    name: tensorOf(inputs[i + 1])?.tensor ?? fallback,
    role: roles[i] as (typeof roles)[number],
  }));
  return still(args, {
    kind: 'pointwise',
    arrays: (features) => arrays.map((one) => ({ ...one, shape: [features] })),
  });
}

/** Flatten: always a matrix. */
export function flatten({ args }: Node): Layer {
  const axis = args.integer('axis');
  const product = (shape: Shape) => shape.reduce((all, size) => all * size, 1);
  return still(args, {
    kind: 'flatten',
    output: (input) => {
      const at = axis < 0 ? axis + input.length : axis;
      if (at < 0 || at > input.length)
        throw refusal(args.who, say`axis ${axis} is none of ${input.length} dimensions`);
      return [product(input.slice(0, at)), product(input.slice(at))];
    },
  });
}

/** Gemm without transA: the dense layer of exported models. */
export function gemm({ args, inputs }: Node): Layer {
  const named = tensorOf(inputs[1]);
  const turned = isSet(args, 'transB');
  if (isSet(args, 'transA')) throw refusal(args.who, 'padwise reads Gemm without transA');
  const [first, second] = named?.shape ?? [];
  if (first === undefined || second === undefined)
    throw refusal(args.who, say`the shape of ${named?.tensor ?? 'B'} is not in the code`);
  return dense(args, turned ? first : second, {
    features: turned ? second : first,
    bias: (inputs[2] ?? null) !== null,
    names: [named?.tensor ?? 'B', tensorOf(inputs[2])?.tensor ?? 'C'],
    outputFirst: turned,
  });
}
