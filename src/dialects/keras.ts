// Keras 3 layers, channels last unless data_format says otherwise, kernels (k..., in / groups, filters), transposed
// (k..., filters, in). Padding is a word in any case; its pads depend on the input's size:
//
//   valid, same, causal      see geometry/padding.ts; causal in Conv1D only
//   transposed               n inputs, stride s, extent K give     valid: (n - 1) s + max(K, s)     same: n s
//                            with output_padding p                 valid: (n - 1) s + K + p         same: (n - 1) s + K % 2 + p
//   pools                    strides = pool_size unless given; an average leaves the pads of same out
//
// A refusal of one backend's kernels alone (TensorFlow on the CPU) is a note, not a refusal.
// Sources: keras/src/layers/{convolutional,pooling,reshaping}, backend/common/backend_utils.py (3.15.1).

import type { Fill } from '../geometry/index.ts';
import type { Dialect, Layer, Reader } from './dialect.ts';
import { conv, convTranspose } from './keras/conv.ts';
import { cropping, pool, zeroPadding } from './keras/pool.ts';
import type { Arguments } from './signature.ts';
import { arrayPad, pairsOf } from './tensorflow/pad.ts';

const LAYER = '*, trainable=True, dtype=None, autocast=True, input_shape=None, input_dim=None';
const NAMED = `name=None, ${LAYER}`;
const UNNAMED = `${LAYER}, name=None`;
const EXTRA = 'activity_regularizer=None, kernel_constraint=None, bias_constraint=None';
const KERNEL = `activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, ${EXTRA}, ${UNNAMED}`;
const SLIDE = 'filters, kernel_size, strides=1, padding="valid"';
const DEPTH = 'activation=None, use_bias=True, depthwise_initializer="glorot_uniform"';

type Read = (args: Arguments, rank: number) => Layer;

interface Family {
  readonly names: readonly string[];
  readonly ranks: readonly number[];
  readonly signature: (rank: number) => string;
  readonly read: Read;
}

const ALL = [1, 2, 3];

const FAMILIES: readonly Family[] = [
  {
    names: ['Conv#D', 'Convolution#D'],
    ranks: ALL,
    signature: () =>
      `${SLIDE}, data_format=None, dilation_rate=1, groups=1, ${KERNEL}, lora_rank=None, lora_alpha=None`,
    read: (args, rank) => conv(args, rank, 'conv'),
  },
  {
    names: ['Conv#DTranspose', 'Convolution#DTranspose'],
    ranks: ALL,
    signature: (rank) =>
      `${SLIDE}, ${rank < 3 ? 'output_padding=None, data_format=None' : 'data_format=None, output_padding=None'}, dilation_rate=1, ${KERNEL}`,
    read: (args, rank) => convTranspose(args, rank),
  },
  {
    names: ['DepthwiseConv#D'],
    ranks: [1, 2],
    signature: () =>
      `kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, ${DEPTH}, bias_initializer="zeros", depthwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, ${UNNAMED}`,
    read: (args, rank) => conv(args, rank, 'depthwise'),
  },
  {
    names: ['SeparableConv#D', 'SeparableConvolution#D'],
    ranks: [1, 2],
    signature: () =>
      `${SLIDE}, data_format=None, dilation_rate=1, depth_multiplier=1, ${DEPTH}, pointwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, ${UNNAMED}`,
    read: (args, rank) => conv(args, rank, 'separable'),
  },
  {
    names: ['MaxPooling#D', 'MaxPool#D'],
    ranks: ALL,
    signature: () => `pool_size=2, strides=None, padding="valid", data_format=None, ${NAMED}`,
    read: (args, rank) => pool(args, rank, 'max'),
  },
  {
    names: ['AveragePooling#D', 'AvgPool#D'],
    ranks: ALL,
    signature: () => `pool_size, strides=None, padding="valid", data_format=None, ${NAMED}`,
    read: (args, rank) => pool(args, rank, 'average'),
  },
  {
    names: ['ZeroPadding#D'],
    ranks: ALL,
    signature: () => `padding=1, data_format=None, ${UNNAMED}`,
    read: (args, rank) => zeroPadding(args, rank),
  },
  {
    names: ['Cropping#D'],
    ranks: ALL,
    signature: (rank) =>
      `cropping=${rank === 2 ? 0 : 1}, ${rank === 1 ? '' : 'data_format=None, '}${UNNAMED}`,
    read: (args, rank) => cropping(args, rank),
  },
];

const PADS: Readonly<Record<string, Fill>> = { constant: 0, reflect: 'reflect', symmetric: 'symmetric' };

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  for (const { names, ranks, signature, read } of FAMILIES) {
    for (const name of names) {
      for (const rank of ranks) {
        const reader = { signature: signature(rank), read: (args: Arguments) => read(args, rank) };
        for (const module of ['keras.layers', 'tensorflow.keras.layers'])
          all[`${module}.${name.replace('#', String(rank))}`] = reader;
      }
    }
  }
  all['keras.ops.pad'] = {
    signature: 'x, pad_width, mode="constant", constant_values=None',
    read: (args) => {
      const fill = PADS[args.word('mode', Object.keys(PADS))] as Fill;
      const constant = fill === 0 && args.value('constant_values') !== null;
      const notes = fill === 'symmetric' ? ['Keras on torch repeats the border instead.'] : [];
      const padding = constant ? args.number('constant_values') : fill;
      return { ...arrayPad(args, 'keras', pairsOf(args, 'pad_width'), padding), notes };
    },
  };
  return all;
}

/** Keras 3. */
export const keras: Dialect = {
  id: 'keras',
  title: 'Keras',
  aliases: { tf: 'tensorflow', keras: 'keras', layers: 'keras.layers', ops: 'keras.ops', '': 'keras.layers' },
  readers: readers(),
};
