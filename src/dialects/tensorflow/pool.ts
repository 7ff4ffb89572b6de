// TensorFlow's functions without a filter: pools, whose averages leave the pads out, and bias_add.
//
// Sources: tensorflow/python/ops/nn_ops.py, core/kernels/{maxpooling_op,avgpooling_op}.cc (2.21).

import { geometry } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import {
  inWordsOf,
  type Layer,
  type Parameter,
  type Resolved,
  refusal,
  resolved,
  shapeText,
  takeApart,
} from '../dialect.ts';
import { bias } from '../parameter.ts';
import { type Arguments, isTensor } from '../signature.ts';
import { windowOf } from '../window.ts';
import {
  common,
  layoutOf,
  listOf,
  type Padding,
  paddedAxis,
  paddingNotes,
  paddingOf,
  type Rank,
  rankOf,
  refuseMissing,
  sequence,
} from './words.ts';

/** The rank of a pool that leaves it to its input, from what the code says of it. */
export function poolRank(args: Arguments): Rank {
  const input = args.value('input');
  if (isTensor(input) && input.shape !== undefined) return rankOf(args, input.shape.length - 2, 'input');
  const format = args.value('data_format');
  if (typeof format === 'string') return rankOf(args, format.length - 2, 'data_format');
  const counts = ['ksize', 'strides', 'padding'].map((name) => {
    const value = args.value(name);
    return Array.isArray(value) ? value.length : 0;
  });
  const longest = Math.max(...counts);
  return longest === 5 ? 3 : longest === 3 ? 1 : 2;
}

/** max_pool and avg_pool. */
export function pool(args: Arguments, rank: Rank, operation: 'max' | 'average'): Layer {
  const kernel = sequence(args, 'ksize', rank);
  const padding = paddingOf(args, rank, operation === 'max' && rank < 3);
  const dilation = kernel.map(() => 1);
  return pooled(args, operation, { kernel, stride: sequence(args, 'strides', rank), dilation, padding });
}

/** tf.nn.pool, which dilates: its dilated explicit padding is zeros that count, even for a maximum. */
export function anyPool(args: Arguments): Layer {
  const { who } = args;
  const rank = rankOf(args, listOf(args, 'window_shape').length, 'window_shape', 'one to three integers');
  const spread = (name: string) =>
    args.value(name) === null ? listOf(args, 'window_shape').map(() => 1) : exactly(args, name, rank);
  const [stride, dilation] = [spread('strides'), spread('dilations')];
  const dilated = Math.max(...dilation) > 1;
  const operation = args.word('pooling_type', ['MAX', 'AVG']) === 'MAX' ? 'max' : 'average';
  if (dilated && Math.max(...stride) > 1)
    throw refusal(
      who,
      say`strides ${shapeText(stride)} and dilations ${shapeText(dilation)} cannot both exceed 1`,
    );
  const padding = paddingOf(args, rank, rank === 2 && (dilated || operation === 'max'));
  if (dilated && padding === 'SAME')
    throw refusal(who, say`padding='SAME' needs dilations 1, received ${shapeText(dilation)}`);
  return pooled(args, operation, { kernel: exactly(args, 'window_shape', rank), stride, dilation, padding });
}

function exactly(args: Arguments, name: string, rank: Rank): number[] {
  if (listOf(args, name).length !== rank) args.refuse(name, say`a list of ${rank} integers >= 1`);
  return args.integers(name, rank, 1);
}

interface Pooling {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: Padding;
}

function pooled(args: Arguments, operation: 'max' | 'average', of: Pooling): Layer {
  const { who } = args;
  const { kernel, dilation, padding } = of;
  const rank = rankOf(args, kernel.length, 'ksize');
  const layout = layoutOf(args, rank);
  const zeros = typeof padding !== 'string' && Math.max(...dilation) > 1;
  if (typeof padding !== 'string' && !zeros) {
    padding.forEach((pads, i) => {
      const most = Math.max(...pads);
      if (most >= (kernel[i] as number))
        throw refusal(who, say`padding ${most} must be smaller than the window of ${kernel[i]} on axis ${i}`);
    });
  }
  return {
    ...common(args, operation, rank, layout, paddingNotes(rank, layout, padding, of)),
    parameters: () => [],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, layout);
      const { batch, channels } = parts;
      const fill = operation === 'max' && !zeros ? -Infinity : 0;
      const divisor = zeros ? 'window' : 'real';
      const problem = inWordsOf(who, () => {
        const axes = parts.sizes.map((size, i) => paddedAxis(windowOf(of, size, i), padding, i, fill));
        return geometry({ operation, batch, channels, axes, divisor });
      });
      refuseMissing(who, problem, 'window');
      return resolved([problem], parts, layout);
    },
  };
}

/** bias_add, which leaves the geometry as it is. */
export function biasAdd(args: Arguments): Layer {
  const input = args.value('value');
  const dimensions = isTensor(input) && input.shape !== undefined ? input.shape.length : 4;
  const rank = rankOf(args, dimensions - 2, 'value');
  const format = args.value('data_format');
  const layout = typeof format === 'string' && format.startsWith('NC') ? 'first' : 'last';
  return {
    ...common(args, 'pad', rank, layout, ['Adds a bias to every channel and moves nothing.']),
    parameters: (channels): Parameter[] => [bias('bias', channels, { kind: 'zeros' })],
    resolve: (shape): Resolved => {
      const parts = takeApart(args.who, shape, shape.length - 2, layout);
      const { batch, channels } = parts;
      const axes = parts.sizes.map((size) => ({ size, kernel: 1 }));
      return resolved([geometry({ operation: 'pad', batch, channels, axes })], parts, layout);
    },
  };
}
