// Keras 3 that computes: layers with channels last, and tf.nn. What an argument means stands in dialects/keras*.ts and
// dialects/tensorflow*.ts.
//
//   const conv = layers.Conv2D(6, 4, { strides: 2, padding: 'same', activation: 'relu' })
//   const y = conv(x)                                  x: 1x64x64x3 -> 1x32x32x6; kernel 4x4x3x6, bias 6
//   nn.conv2d(x, filters, { strides: 2, padding: 'SAME' })

import { keras } from '../dialects/keras.ts';
import { tensorflow } from '../dialects/tensorflow.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Integers, PythonArguments } from './call.ts';
import { type ComputingLayer, facesOf } from './face.ts';

type Rank = 1 | 2 | 3;

/** A layer with one kernel: (taps, in / groups, filters), transposed (taps, filters, in). */
export interface Weighted extends ComputingLayer {
  kernel: Tensor;
  bias: Tensor | null;
}

/** A depthwise layer: the kernel is (taps, in, multiplier), named `kernel` by Keras 3. */
export interface Depthwise extends ComputingLayer {
  kernel: Tensor;
  bias: Tensor | null;
}

/** A separable layer. */
export interface Separable extends ComputingLayer {
  depthwise_kernel: Tensor;
  pointwise_kernel: Tensor;
  bias: Tensor | null;
}

interface Base {
  data_format?: 'channels_last' | 'channels_first' | null;
  name?: string | null;
  dtype?: string | null;
  trainable?: boolean;
  input_shape?: readonly (number | null)[];
}

interface Window extends Base {
  filters?: number;
  kernel_size?: Integers;
  strides?: Integers;
  dilation_rate?: Integers;
  activation?: string | null;
  use_bias?: boolean;
  bias_initializer?: string;
}

/** Arguments of Conv1D, Conv2D, Conv3D; causal padding in Conv1D only. */
export interface ConvOptions extends Window {
  padding?: 'valid' | 'same' | 'causal' | (string & {});
  groups?: number;
  kernel_initializer?: string;
}

/** Arguments of Conv1DTranspose, Conv2DTranspose, Conv3DTranspose. */
export interface ConvTransposeOptions extends Window {
  padding?: 'valid' | 'same' | (string & {});
  output_padding?: Integers | null;
  kernel_initializer?: string;
}

/** Arguments of DepthwiseConv1D, DepthwiseConv2D. */
export interface DepthwiseOptions extends Omit<Window, 'filters'> {
  padding?: 'valid' | 'same' | (string & {});
  depth_multiplier?: number;
  depthwise_initializer?: string;
}

/** Arguments of SeparableConv1D, SeparableConv2D. */
export interface SeparableOptions extends Window {
  padding?: 'valid' | 'same' | 'causal' | (string & {});
  depth_multiplier?: number;
  depthwise_initializer?: string;
  pointwise_initializer?: string;
}

/** Arguments of the pooling layers. */
export interface PoolOptions extends Base {
  pool_size?: Integers;
  strides?: Integers | null;
  padding?: 'valid' | 'same' | (string & {});
}

/** One number, one per axis, or [before, after] per axis. */
export type Sides = number | readonly number[] | readonly (readonly number[])[];

/** Arguments of ZeroPadding1D, 2D, 3D. */
export interface PaddingOptions extends Base {
  padding?: Sides;
}

/** Arguments of Cropping1D, 2D, 3D. */
export interface CroppingOptions extends Base {
  cropping?: Sides;
}

type Made<Options, Order extends readonly (keyof Options)[], Result = ComputingLayer> = (
  ...args: PythonArguments<Options, Order>
) => Result;
type Slide = ['filters', 'kernel_size', 'strides', 'padding'];
type Pooling = Made<PoolOptions, ['pool_size', 'strides', 'padding', 'data_format', 'name']>;

/** The layers of keras.layers. */
export type Layers = Record<
  `${'Conv' | 'Convolution'}${Rank}D`,
  Made<ConvOptions, [...Slide, 'data_format', 'dilation_rate', 'groups', 'activation', 'use_bias'], Weighted>
> &
  Record<`${'Conv' | 'Convolution'}${Rank}DTranspose`, Made<ConvTransposeOptions, Slide, Weighted>> &
  Record<
    `DepthwiseConv${1 | 2}D`,
    Made<DepthwiseOptions, ['kernel_size', 'strides', 'padding', 'depth_multiplier'], Depthwise>
  > &
  Record<`${'SeparableConv' | 'SeparableConvolution'}${1 | 2}D`, Made<SeparableOptions, Slide, Separable>> &
  Record<`${'MaxPooling' | 'MaxPool' | 'AveragePooling' | 'AvgPool'}${Rank}D`, Pooling> &
  Record<`ZeroPadding${Rank}D`, Made<PaddingOptions, ['padding']>> &
  Record<`Cropping${Rank}D`, Made<CroppingOptions, ['cropping']>>;

/** A word in capitals, or a pair for each dimension of the input. */
export type TensorflowPadding = 'SAME' | 'VALID' | readonly (readonly number[])[];

/** Arguments of tf.nn.conv1d (stride), conv2d and conv3d (strides). */
export interface TensorflowConvOptions {
  input?: Tensor;
  filters?: Tensor;
  stride?: Integers;
  strides?: Integers;
  padding?: TensorflowPadding;
  data_format?: string | null;
  dilations?: Integers | null;
}

/** Arguments of tf.nn.conv1d_transpose, conv2d_transpose, conv3d_transpose, conv_transpose. */
export interface TensorflowTransposeOptions extends Omit<TensorflowConvOptions, 'stride'> {
  output_shape?: readonly number[];
}

/** Arguments of tf.nn.depthwise_conv2d. */
export interface TensorflowDepthwiseOptions extends Omit<TensorflowConvOptions, 'filters' | 'stride'> {
  filter?: Tensor;
}

/** Arguments of tf.nn.max_pool and its kin. */
export interface TensorflowPoolOptions {
  input?: Tensor;
  ksize?: Integers;
  strides?: Integers;
  padding?: TensorflowPadding;
  data_format?: string | null;
}

type Transposing = Made<
  TensorflowTransposeOptions,
  ['input', 'filters', 'output_shape', 'strides', 'padding', 'data_format', 'dilations'],
  Tensor
>;
type Tail = ['padding', 'data_format', 'dilations'];

/** The functions of tf.nn. */
export type Functions = Record<
  'conv2d' | 'conv3d' | 'convolution',
  Made<TensorflowConvOptions, ['input', 'filters', 'strides', ...Tail], Tensor>
> &
  Record<`conv${Rank}d_transpose` | 'conv_transpose', Transposing> &
  Record<
    `${'max' | 'avg'}_pool${Rank}d` | 'max_pool' | 'avg_pool',
    Made<TensorflowPoolOptions, ['input', 'ksize', 'strides', 'padding', 'data_format'], Tensor>
  > & {
    conv1d: Made<TensorflowConvOptions, ['input', 'filters', 'stride', ...Tail], Tensor>;
    depthwise_conv2d: Made<TensorflowDepthwiseOptions, ['input', 'filter', 'strides', ...Tail], Tensor>;
    pool: Made<
      Omit<TensorflowPoolOptions, 'ksize'> & {
        window_shape?: Integers;
        pooling_type?: 'MAX' | 'AVG';
        dilations?: Integers | null;
      },
      ['input', 'window_shape', 'pooling_type', 'strides', 'padding', 'data_format', 'dilations'],
      Tensor
    >;
    bias_add: Made<
      { value?: Tensor; bias?: Tensor; data_format?: string | null },
      ['value', 'bias', 'data_format'],
      Tensor
    >;
  };

/** tf.nn. */
export const nn: Functions = facesOf<Functions>(tensorflow, 'tensorflow.nn');

/** keras.layers. */
export const layers: Layers = facesOf<Layers>(keras, 'keras.layers');

export { setSeed } from './initialise.ts';
