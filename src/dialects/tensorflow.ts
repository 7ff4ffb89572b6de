// TensorFlow's functions: filters (k..., in / groups, out), transposed (k..., out, in), channels last unless data_format says
// otherwise. Numbers come for all axes, one per axis, or with a 1 for batch and channels around them.
//
//   'SAME', 'VALID'             see geometry/padding.ts; in capitals only
//   [[0, 0], [t, b], ..]        one pair per dimension: conv2d, depthwise_conv2d, conv2d_transpose, max_pool in 1-D and 2-D
//   transposed                  the gradient of the conv that would make the input of output_shape; refused where it would not
//   a window that does not fit  an empty output, refused only from 2 * stride missing positions on (C division)
//
// What only the CPU kernels lack is a note. Sources: tensorflow/python/ops/{nn_ops,nn_impl}.py,
// core/framework/kernel_shape_util.cc, core/kernels/conv_grad_shape_utils.cc (2.21).

import type { Fill } from '../geometry/index.ts';
import type { Dialect, Layer, Reader } from './dialect.ts';
import type { Arguments } from './signature.ts';
import { conv, convolution, depthwise, stepsOf, transposed } from './tensorflow/conv.ts';
import { arrayPad, pairsOf, slice } from './tensorflow/pad.ts';
import { anyPool, biasAdd, pool, poolRank } from './tensorflow/pool.ts';
import { FORMATS, listOf, RANKS, rankOf } from './tensorflow/words.ts';

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  const nn = (name: string, signature: string, read: (args: Arguments) => Layer) => {
    all[`tensorflow.nn.${name}`] = { signature: `${signature}, name=None`, read };
  };
  for (const rank of RANKS) {
    const stride = rank === 1 ? 'stride' : 'strides';
    const format = `data_format="${FORMATS[rank][0]}"`;
    nn(`conv${rank}d`, `input, filters, ${stride}, padding, ${format}, dilations=None`, (args) =>
      conv(args, rank, 'conv', stepsOf(args, stride, rank, rank === 3), rank === 2),
    );
    nn(
      `conv${rank}d_transpose`,
      `input, filters, output_shape, strides, padding="SAME", ${format}, dilations=None`,
      (args) => transposed(args, rank),
    );
    nn(`max_pool${rank}d`, `input, ksize, strides, padding, ${format}`, (args) => pool(args, rank, 'max'));
    nn(`avg_pool${rank}d`, `input, ksize, strides, padding, ${format}`, (args) =>
      pool(args, rank, 'average'),
    );
  }
  nn('depthwise_conv2d', 'input, filter, strides, padding, data_format=None, dilations=None', depthwise);
  nn(
    'convolution',
    'input, filters, strides=None, padding="VALID", data_format=None, dilations=None',
    convolution,
  );
  nn(
    'conv_transpose',
    'input, filters, output_shape, strides, padding="SAME", data_format=None, dilations=None',
    (args) => transposed(args, rankOf(args, listOf(args, 'output_shape').length - 2, 'output_shape')),
  );
  nn('max_pool', 'input, ksize, strides, padding, data_format=None', (args) =>
    pool(args, poolRank(args), 'max'),
  );
  nn('avg_pool', 'input, ksize, strides, padding, data_format=None', (args) =>
    pool(args, poolRank(args), 'average'),
  );
  nn(
    'pool',
    'input, window_shape, pooling_type, strides=None, padding="VALID", data_format=None, dilations=None',
    anyPool,
  );
  nn('bias_add', 'value, bias, data_format=None', biasAdd);
  all['tensorflow.pad'] = {
    signature: 'tensor, paddings, mode="CONSTANT", constant_values=0, name=None',
    read: (args) => {
      const value = args.value('mode');
      const mode = typeof value === 'string' ? value.toUpperCase() : '';
      const fill = PADS[mode] ?? args.refuse('mode', "'CONSTANT' or 'REFLECT' or 'SYMMETRIC'");
      return arrayPad(
        args,
        'tensorflow',
        pairsOf(args, 'paddings'),
        fill === 0 ? args.number('constant_values') : fill,
      );
    },
  };
  all['tensorflow.slice'] = {
    signature: 'input_, begin, size, name=None',
    read: (args) => slice(args, 'tensorflow'),
  };
  return all;
}

const PADS: Readonly<Record<string, Fill>> = { CONSTANT: 0, REFLECT: 'reflect', SYMMETRIC: 'symmetric' };

/** TensorFlow. */
export const tensorflow: Dialect = {
  id: 'tensorflow',
  title: 'TensorFlow',
  aliases: { tf: 'tensorflow' },
  readers: readers(),
};
