// Flax that computes: linen (nn), nnx and lax, channels last but for lax's conv_general_dilated. What an argument means
// stands in dialects/flax*.ts and dialects/lax*.ts.
//
//   const conv = nn.Conv({ features: 6, kernel_size: [4, 4], strides: 2 })      conv(x) uses conv.params
//   const variables = conv.init(0, x)                  { params: { kernel: 4x4x3x6, bias: 6 } }
//   const y = conv.apply(variables, x)                 x: 1x64x64x3 -> 1x32x32x6
//   nn.max_pool(x, [2, 2], { strides: [2, 2] })

import type { NamedTensor } from '../dialects/dialect.ts';
import { DialectError } from '../dialects/error.ts';
import { flax } from '../dialects/flax.ts';
import { jax } from '../dialects/jax.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';
import type { Integers, PythonArguments } from './call.ts';
import { compute, fitting, speakerOf } from './compute.ts';
import { type ComputingLayer, type Dress, facesOf, withParameters } from './face.ts';

/** A module's parameters: kernel (taps, in / groups, features), bias. */
export type Params = Readonly<Record<string, Tensor>>;

/** A linen module: it computes with the parameters it keeps, or with those it is given. */
export interface LinenModule extends ComputingLayer {
  /** The parameters it keeps; setting replaces those that are named. */
  params: Params;
  /** The parameters it keeps, made for this input; the key decides nothing, setSeed does. */
  init(key: unknown, x: Tensor): { params: Params };
  apply(variables: { readonly params: Params }, x: Tensor): Tensor;
}

/** An nnx module: its parameters are its properties. */
export interface NnxModule extends ComputingLayer {
  kernel: Tensor;
  bias: Tensor | null;
}

/** A word, a number for all sides, or per axis a number or [low, high]. */
export type Padding =
  | 'SAME'
  | 'VALID'
  | 'CIRCULAR'
  | 'REFLECT'
  | 'CAUSAL'
  | (string & {})
  | number
  | readonly (number | readonly number[])[];

interface Window {
  kernel_size?: Integers;
  strides?: Integers | null;
  padding?: Padding;
  kernel_dilation?: Integers | null;
  use_bias?: boolean;
  dtype?: unknown;
  param_dtype?: unknown;
  name?: string | null;
}

/** Arguments of linen's Conv. */
export interface ConvOptions extends Window {
  features?: number;
  input_dilation?: Integers | null;
  feature_group_count?: number;
}

/** Arguments of linen's ConvTranspose. */
export interface ConvTransposeOptions extends Window {
  features?: number;
  transpose_kernel?: boolean;
}

interface Features {
  in_features?: number;
  out_features?: number;
  rngs?: unknown;
}

/** Arguments of max_pool and avg_pool. */
export interface PoolOptions {
  inputs?: Tensor;
  window_shape?: readonly number[];
  strides?: readonly number[] | null;
  padding?: 'SAME' | 'VALID' | (string & {}) | readonly (readonly number[])[];
}

type Made<Options, Order extends readonly (keyof Options)[], Result> = (
  ...args: PythonArguments<Options, Order>
) => Result;
type Pooled = ['inputs', 'window_shape', 'strides', 'padding'];

/** The poolings that linen and nnx share. */
export interface Pools {
  readonly max_pool: Made<PoolOptions, Pooled, Tensor>;
  readonly avg_pool: Made<
    PoolOptions & { count_include_pad?: boolean },
    [...Pooled, 'count_include_pad'],
    Tensor
  >;
}

/** flax.linen. */
export interface Linen extends Pools {
  readonly Conv: Made<ConvOptions, ['features', 'kernel_size', 'strides', 'padding'], LinenModule>;
  readonly ConvTranspose: Made<
    ConvTransposeOptions,
    ['features', 'kernel_size', 'strides', 'padding'],
    LinenModule
  >;
}

type NnxOrder = ['in_features', 'out_features', 'kernel_size', 'strides'];

/** flax.nnx. */
export interface Nnx extends Pools {
  readonly Conv: Made<Omit<ConvOptions, 'features'> & Features, NnxOrder, NnxModule>;
  readonly ConvTranspose: Made<Omit<ConvTransposeOptions, 'features'> & Features, NnxOrder, NnxModule>;
  /** Stands where nnx wants random numbers; setSeed decides them here. */
  readonly Rngs: (seed: number) => NamedTensor;
}

type Pads = readonly (readonly number[])[];

/** Arguments of lax.conv_general_dilated. */
export interface LaxConvOptions {
  lhs?: Tensor;
  rhs?: Tensor;
  window_strides?: readonly number[];
  padding?: 'SAME' | 'SAME_LOWER' | 'VALID' | (string & {}) | Pads;
  lhs_dilation?: readonly number[] | null;
  rhs_dilation?: readonly number[] | null;
  dimension_numbers?: readonly string[] | null;
  feature_group_count?: number;
}

/** Arguments of lax.conv_transpose. */
export interface LaxConvTransposeOptions
  extends Omit<LaxConvOptions, 'window_strides' | 'lhs_dilation' | 'feature_group_count'> {
  strides?: readonly number[];
  transpose_kernel?: boolean;
  use_consistent_padding?: boolean;
}

/** Arguments of lax.reduce_window. */
export interface LaxWindowOptions {
  operand?: Tensor;
  init_value?: number;
  computation?: NamedTensor;
  window_dimensions?: readonly number[];
  window_strides?: readonly number[];
  padding?: LaxConvOptions['padding'];
  window_dilation?: readonly number[] | null;
}

type Operands = ['lhs', 'rhs'];

/** jax.lax: N C sizes unless dimension_numbers say otherwise; conv_transpose N sizes C. */
export interface Lax {
  readonly conv_general_dilated: Made<
    LaxConvOptions,
    [...Operands, 'window_strides', 'padding', 'lhs_dilation', 'rhs_dilation', 'dimension_numbers'],
    Tensor
  >;
  readonly conv: Made<LaxConvOptions, [...Operands, 'window_strides', 'padding'], Tensor>;
  readonly conv_with_general_padding: Made<
    LaxConvOptions,
    [...Operands, 'window_strides', 'padding', 'lhs_dilation', 'rhs_dilation'],
    Tensor
  >;
  readonly conv_transpose: Made<
    LaxConvTransposeOptions,
    [...Operands, 'strides', 'padding', 'rhs_dilation', 'dimension_numbers', 'transpose_kernel'],
    Tensor
  >;
  /** The maximum over windows of all dimensions: lax.reduce_window(x, -Infinity, lax.max, [1, 2, 2, 1], ...). */
  readonly reduce_window: Made<
    LaxWindowOptions,
    ['operand', 'init_value', 'computation', 'window_dimensions', 'window_strides', 'padding'],
    Tensor
  >;
  /** What reduce_window computes. */
  readonly max: NamedTensor;
  readonly pad: Made<
    { operand?: Tensor; padding_value?: number; padding_config?: Pads },
    ['operand', 'padding_value', 'padding_config'],
    Tensor
  >;
}

/** jax.lax. */
export const lax: Lax = { ...facesOf<Lax>(jax, 'jax.lax'), max: { tensor: 'lax.max' } };

/** flax.linen. */
export const nn: Linen = facesOf<Linen>(flax, 'flax.linen', withParams);

/** flax.nnx. */
export const nnx: Nnx = {
  ...facesOf<Nnx>(flax, 'flax.nnx', withParameters),
  Rngs: (seed) => ({ tensor: `nnx.Rngs(${seed})` }),
};

function withParams(...[computing, store]: Parameters<Dress>): void {
  if (store.names.length === 0) return;
  const { layer } = computing;
  const channelsOf = (x: Tensor) => layer.resolve(x.shape).steps[0]?.channels ?? 0;
  const named = (params: Params, name: string): Tensor => {
    const found = Object.hasOwn(params, name) ? params[name] : undefined;
    if (found !== undefined) return found;
    throw new DialectError('argument', say`${speakerOf(layer)}: params has no ${name}`);
  };
  Object.defineProperty(computing, 'params', {
    enumerable: true,
    get: () => Object.fromEntries(store.names.map((name) => [name, store.get(name)])),
    set: (params: Params) => {
      for (const [name, tensor] of Object.entries(params)) store.set(name, tensor);
    },
  });
  Object.assign(computing, {
    init: (_key: unknown, x: Tensor) => {
      const filled = store.filled(channelsOf(x));
      return { params: Object.fromEntries(filled.map(({ parameter, tensor }) => [parameter.name, tensor])) };
    },
    apply: (variables: { readonly params: Params }, x: Tensor) =>
      compute(
        layer,
        x,
        layer.parameters(channelsOf(x)).map((parameter) => ({
          parameter,
          tensor: fitting(layer, parameter, named(variables.params, parameter.name)),
        })),
      ),
  });
}

export { setSeed } from './initialise.ts';
