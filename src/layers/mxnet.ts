// MXNet Gluon that computes: gluon.nn blocks, N C sizes unless `layout` says otherwise. What an argument means stands in
// dialects/mxnet*.ts.
//
//   const conv = nn.Conv2D(6, { kernel_size: 4, strides: 2, padding: 1 })
//   conv.initialize()                                  does nothing: padwise fills a block when it is first needed
//   const y = conv(x)                                  x: 1x3x64x64 -> 1x6x32x32; weight 6x3x4x4, bias 6

import { mxnet } from '../dialects/mxnet.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Integers, PythonArguments } from './call.ts';
import { type ComputingLayer, facesOf, withParameters } from './face.ts';

type Rank = 1 | 2 | 3;

/** A block that computes. */
export interface Block extends ComputingLayer {
  /** Accepts what Gluon's accepts and does nothing: a block's parameters are filled when they are first needed. */
  initialize(...ignored: readonly unknown[]): void;
}

/** A block with parameters: weight out, in / groups, taps in NCHW; transposed in, out / groups, taps. */
export interface Weighted extends Block {
  weight: Tensor;
  bias: Tensor | null;
}

interface Window {
  channels?: number;
  kernel_size?: Integers;
  strides?: Integers;
  padding?: Integers;
  dilation?: Integers;
  groups?: number;
  layout?: string;
  activation?: string | null;
  use_bias?: boolean;
  weight_initializer?: string | null;
  bias_initializer?: string;
  in_channels?: number;
  prefix?: string | null;
}

/** Arguments of Conv1D, Conv2D, Conv3D. */
export type ConvOptions = Window;

/** Arguments of Conv1DTranspose, Conv2DTranspose, Conv3DTranspose. */
export interface ConvTransposeOptions extends Window {
  output_padding?: Integers;
}

/** Arguments of the pooling blocks; count_include_pad of an average only. */
export interface PoolOptions {
  pool_size?: Integers;
  strides?: Integers | null;
  padding?: Integers;
  layout?: string;
  ceil_mode?: boolean;
  count_include_pad?: boolean;
  prefix?: string | null;
}

type Made<Options, Order extends readonly (keyof Options)[], Result> = (
  ...args: PythonArguments<Options, Order>
) => Result;
type Slide = ['channels', 'kernel_size', 'strides', 'padding'];

/** The blocks of gluon.nn. */
export type Blocks = Record<`Conv${Rank}D`, Made<ConvOptions, [...Slide, 'dilation', 'groups'], Weighted>> &
  Record<
    `Conv${Rank}DTranspose`,
    Made<ConvTransposeOptions, [...Slide, 'output_padding', 'dilation', 'groups'], Weighted>
  > &
  Record<
    `${'MaxPool' | 'AvgPool'}${Rank}D`,
    Made<PoolOptions, ['pool_size', 'strides', 'padding'], Block>
  > & {
    ReflectionPad2D: Made<{ padding?: Integers }, ['padding'], Block>;
  };

/** gluon.nn. */
export const nn: Blocks = facesOf<Blocks>(mxnet, 'mxnet.gluon.nn', (computing, store) => {
  withParameters(computing, store);
  Object.assign(computing, { initialize: () => undefined });
});

export { setSeed } from './initialise.ts';
