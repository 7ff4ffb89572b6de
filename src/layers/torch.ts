// PyTorch that computes: nn modules, nn.functional, N C sizes. What a module takes and means stands in dialects/torch.ts.
//
//   const conv = nn.Conv2d(3, 6, 4, { stride: 2, padding: 1 })      weight 6x3x4x4, bias 6, as PyTorch fills them
//   const y = conv(x)                                               x: 1x3x64x64 or 3x64x64 -> 1x6x32x32
//   const F = nn.functional
//   F.conv2d(x, weight, bias, { stride: 2 })

import { torch } from '../dialects/torch.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Integers, PythonArguments } from './call.ts';
import { type ComputingLayer, facesOf } from './face.ts';

type Rank = 1 | 2 | 3;

/** A module with parameters. */
export interface Weighted extends ComputingLayer {
  /** conv: out, in / groups, taps; transposed: in, out / groups, taps. */
  weight: Tensor;
  bias: Tensor | null;
}

interface Common {
  in_channels?: number;
  out_channels?: number;
  kernel_size?: Integers;
  stride?: Integers;
  dilation?: Integers;
  groups?: number;
  bias?: boolean;
  device?: string | null;
  dtype?: string | null;
}

/** Arguments of nn.Conv1d, nn.Conv2d, nn.Conv3d and their lazy forms. */
export interface ConvOptions extends Common {
  padding?: Integers | 'same' | 'valid';
  padding_mode?: 'zeros' | 'reflect' | 'replicate' | 'circular';
}

/** Arguments of nn.ConvTranspose1d, 2d, 3d and their lazy forms. */
export interface ConvTransposeOptions extends Common {
  padding?: Integers;
  output_padding?: Integers;
  padding_mode?: 'zeros';
}

/** Arguments of nn.MaxPool1d, 2d, 3d. */
export interface MaxPoolOptions {
  kernel_size?: Integers;
  stride?: Integers | null;
  padding?: Integers;
  dilation?: Integers;
  return_indices?: boolean;
  ceil_mode?: boolean;
}

/** Arguments of nn.AvgPool1d, 2d, 3d. */
export interface AvgPoolOptions {
  kernel_size?: Integers;
  stride?: Integers | null;
  padding?: Integers;
  ceil_mode?: boolean;
  count_include_pad?: boolean;
  divisor_override?: number | null;
}

/** Pads on all sides, or pairs from the last axis backwards. */
export interface PadOptions {
  padding?: Integers;
  value?: number;
}

type Module<Options, Order extends readonly (keyof Options)[], Made = ComputingLayer> = (
  ...args: PythonArguments<Options, Order>
) => Made;
type Kernel = ['in_channels', 'out_channels', 'kernel_size'];
type LazyKernel = ['out_channels', 'kernel_size'];
type ConvOrder = ['stride', 'padding', 'dilation', 'groups', 'bias', 'padding_mode', 'device', 'dtype'];
type TransposeOrder = ['stride', 'padding', 'output_padding', 'groups', 'bias', 'dilation', 'padding_mode'];
type MaxOrder = ['kernel_size', 'stride', 'padding', 'dilation'];
type AverageOrder = ['kernel_size', 'stride', 'padding', 'ceil_mode', 'count_include_pad'];

type PadName = `${'ZeroPad' | 'ReflectionPad' | 'ReplicationPad' | 'CircularPad'}${Rank}d`;

/** The modules of torch.nn. */
export type Modules = Record<`Conv${Rank}d`, Module<ConvOptions, [...Kernel, ...ConvOrder], Weighted>> &
  Record<`LazyConv${Rank}d`, Module<ConvOptions, [...LazyKernel, ...ConvOrder], Weighted>> &
  Record<`ConvTranspose${Rank}d`, Module<ConvTransposeOptions, [...Kernel, ...TransposeOrder], Weighted>> &
  Record<
    `LazyConvTranspose${Rank}d`,
    Module<ConvTransposeOptions, [...LazyKernel, ...TransposeOrder], Weighted>
  > &
  Record<`MaxPool${Rank}d`, Module<MaxPoolOptions, [...MaxOrder, 'return_indices', 'ceil_mode']>> &
  Record<`AvgPool${Rank}d`, Module<AvgPoolOptions, [...AverageOrder, 'divisor_override']>> &
  Record<PadName, Module<PadOptions, ['padding']>> &
  Record<`ConstantPad${Rank}d`, Module<PadOptions, ['padding', 'value']>>;

interface Tensors {
  input?: Tensor;
  weight?: Tensor;
  bias?: Tensor | null;
}

/** Arguments of F.conv1d, 2d, 3d after the tensors. */
export type FunctionalConvOptions = Tensors & Pick<ConvOptions, 'stride' | 'padding' | 'dilation' | 'groups'>;

/** Arguments of F.conv_transpose1d, 2d, 3d after the tensors. */
export type FunctionalConvTransposeOptions = Tensors &
  Pick<ConvTransposeOptions, 'stride' | 'padding' | 'output_padding' | 'groups' | 'dilation'>;

/** Arguments of F.pad: pads in pairs from the last axis backwards; negative ones crop. */
export interface FunctionalPadOptions {
  input?: Tensor;
  pad?: readonly number[];
  mode?: 'constant' | 'reflect' | 'replicate' | 'circular';
  value?: number | null;
}

type Given = ['input', 'weight', 'bias', 'stride', 'padding'];
type Pooled<Options> = Options & Pick<Tensors, 'input'>;

/** The functions of torch.nn.functional. */
export type Functions = Record<
  `conv${Rank}d`,
  Module<FunctionalConvOptions, [...Given, 'dilation', 'groups'], Tensor>
> &
  Record<
    `conv_transpose${Rank}d`,
    Module<FunctionalConvTransposeOptions, [...Given, 'output_padding', 'groups', 'dilation'], Tensor>
  > &
  Record<
    `max_pool${Rank}d`,
    Module<Pooled<MaxPoolOptions>, ['input', ...MaxOrder, 'ceil_mode', 'return_indices'], Tensor>
  > &
  Record<
    `avg_pool${Rank}d`,
    Module<Pooled<AvgPoolOptions>, ['input', ...AverageOrder, 'divisor_override'], Tensor>
  > & { pad: Module<FunctionalPadOptions, ['input', 'pad', 'mode', 'value'], Tensor> };

/** torch.nn, with torch.nn.functional in it. */
export const nn: Modules & { readonly functional: Functions } = {
  ...facesOf<Modules>(torch, 'torch.nn'),
  functional: facesOf<Functions>(torch, 'torch.nn.functional'),
};

export { setSeed } from './initialise.ts';
