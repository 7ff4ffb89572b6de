// Flax, linen and nnx: sizes before channels, any number of batch dimensions, kernels (k..., in / groups, out).
//
//   Conv            strides and padding of lax (lax.ts), 'SAME' unless given, and Flax's own words (flax-padding.ts)
//   ConvTranspose   does not mirror the kernel unless transpose_kernel=True, then it is (k..., out, in)
//   pools           strides are 1 unless given; padding 'VALID'; avg_pool counts pads, by default, even under 'SAME'
//
// Sources: flax/linen/{linear,pooling}.py, flax/nnx/nn/linear.py, Flax 0.12.8; jax/_src/nn/initializers.py.

import { geometry, type Pads } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import {
  type Dialect,
  type Initialiser,
  inWordsOf,
  type Layer,
  type Parameter,
  type Reader,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  takeApart,
} from './dialect.ts';
import { circularTransposedAxis, flaxAxis, flaxPadding, numberPadding } from './flax/padding.ts';
import { jnpPad, laxPad } from './jax/array-pad.ts';
import {
  convolution,
  laxWord,
  paddedAxis,
  padPairs,
  pairsWanted,
  refuseHoles,
  transposedAxisOf,
  transposedPadding,
} from './jax/lax.ts';
import { bias, weight, weightShape } from './parameter.ts';
import { type Arguments, isList, isTensor } from './signature.ts';

/** Flax flattens all batch dimensions into one, and adds one where there is none. */
const LEADS = [0, 1, 2, 3, 4, 5, 6, 7, 8];

const ORDINARY = 'mask=None, dtype=None, param_dtype=None, precision=None, kernel_init=None, bias_init=None';
const MODULE = '*, parent=None, name=None';
const METADATA = 'preferred_element_type=None, rngs, kernel_metadata=None, bias_metadata=None';
const WINDOW = 'input_dilation=1, kernel_dilation=1, feature_group_count=1, use_bias=True';

const SIGNATURES = {
  'linen.Conv': `features, kernel_size, strides=1, padding="SAME", ${WINDOW}, ${ORDINARY}, promote_dtype=None, conv_general_dilated=None, conv_general_dilated_cls=None, ${MODULE}`,
  'nnx.Conv': `in_features, out_features, kernel_size, strides=1, *, padding="SAME", ${WINDOW}, ${ORDINARY}, conv_general_dilated=None, promote_dtype=None, ${METADATA}`,
  'linen.ConvTranspose': `features, kernel_size, strides=None, padding="SAME", kernel_dilation=None, use_bias=True, ${ORDINARY}, transpose_kernel=False, promote_dtype=None, preferred_element_type=None, ${MODULE}`,
  'nnx.ConvTranspose': `in_features, out_features, kernel_size, strides=None, *, padding="SAME", kernel_dilation=None, use_bias=True, ${ORDINARY}, transpose_kernel=False, promote_dtype=None, ${METADATA}`,
} as const;

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  for (const api of ['linen', 'nnx'] as const) {
    const pools = 'inputs, window_shape, strides=None, padding="VALID"';
    all[`flax.${api}.Conv`] = { signature: SIGNATURES[`${api}.Conv`], read: conv };
    all[`flax.${api}.ConvTranspose`] = { signature: SIGNATURES[`${api}.ConvTranspose`], read: convTranspose };
    all[`flax.${api}.max_pool`] = { signature: pools, read: (args) => pool(args, 'max') };
    all[`flax.${api}.avg_pool`] = {
      signature: `${pools}, count_include_pad=True`,
      read: (args) => pool(args, 'average'),
    };
  }
  return { ...all, 'jax.numpy.pad': jnpPad('last'), 'jax.lax.pad': laxPad('last') };
}

function conv(args: Arguments): Layer {
  const kernel = kernelSize(args);
  const rank = kernel.length;
  const [strides, holes, dilation] = ['strides', 'input_dilation', 'kernel_dilation'].map((name) =>
    broadcast(args, name, rank),
  ) as [number[], number[], number[]];
  const groups = args.integer('feature_group_count', 1);
  const { channels, filters, name } = features(args);
  if (filters % groups !== 0) args.refuse(name, say`a multiple of feature_group_count=${groups}`);
  if (channels !== null && channels % groups !== 0)
    args.refuse('in_features', say`a multiple of feature_group_count=${groups}`);
  const padding = flaxPadding(args, rank);
  refuseHoles(args, 'input_dilation', holes);
  const copies = padding === 'CIRCULAR' || padding === 'REFLECT';
  const notes = [
    ...(copies && strides.some((step) => step > 1)
      ? [say`padding='${padding}' pads kernel_size - 1 in all whatever the stride; 'SAME' pads less.`]
      : []),
    ...ordinaryNotes(args),
  ];
  const order = 'k i go';
  return convolution(args.who, {
    layer: { framework: 'flax', name: shortOf(args), kind: 'conv', notes },
    layout: 'last',
    leads: LEADS,
    channels,
    filters,
    groups,
    flip: false,
    kernel,
    axisOf: (size, i) => {
      const one = flaxAxis(
        {
          size,
          kernel: kernel[i] as number,
          stride: strides[i] as number,
          dilation: dilation[i] as number,
          inputDilation: holes[i] as number,
        },
        typeof padding === 'string' ? padding : (padding[i] as Pads),
      );
      if (copies && size === 0 && one.after > 0)
        throw refusal(args.who, say`padding='${padding}' copies from the input, which is empty on axis ${i}`);
      return one;
    },
    parameters: (inputs) =>
      parameters(args, order, weightShape(order, { groups, filters, kernel, channels: inputs }), filters),
  });
}

function convTranspose(args: Arguments): Layer {
  const kernel = kernelSize(args);
  const rank = kernel.length;
  const strides = broadcast(args, 'strides', rank);
  const dilation = broadcast(args, 'kernel_dilation', rank);
  const flip = args.flag('transpose_kernel');
  const { channels, filters } = features(args);
  const circular = args.value('padding') === 'CIRCULAR';
  const padding = circular ? { word: 'VALID' as const } : transposedPadding(args, strides, numberPadding);
  const order = flip ? 'k o i' : 'k i o';
  const notes = [
    ...(flip || kernel.every((taps) => taps === 1)
      ? []
      : ['Flax mirrors the kernel only with transpose_kernel=True; PyTorch and Keras always do.']),
    ...('word' in padding
      ? []
      : ["padding pads the dilated input: PyTorch's padding=p is dilation * (kernel_size - 1) - p here."]),
    ...ordinaryNotes(args),
  ];
  return convolution(args.who, {
    layer: { framework: 'flax', name: shortOf(args), kind: 'transposed', notes },
    layout: 'last',
    leads: LEADS,
    channels,
    filters,
    groups: 1,
    flip,
    kernel,
    axisOf: (size, i) => {
      const window = {
        size,
        kernel: kernel[i] as number,
        stride: strides[i] as number,
        dilation: dilation[i] as number,
      };
      if (!circular) return transposedAxisOf(window, padding, i);
      if (size > 0) return circularTransposedAxis(window, flip);
      throw refusal(args.who, say`padding='CIRCULAR' wraps around the input, which is empty on axis ${i}`);
    },
    parameters: (inputs) =>
      parameters(args, order, weightShape(order, { groups: 1, filters, kernel, channels: inputs }), filters),
  });
}

/** A number is one axis, also where the input has more. */
function kernelSize(args: Arguments): Shape {
  const value = args.value('kernel_size');
  const rank = Array.isArray(value) ? value.length : 1;
  if (rank < 1 || rank > 3) args.refuse('kernel_size', 'an integer or 1 to 3 of them');
  return args.integers('kernel_size', rank, 1);
}

/** A number for all axes, or one for each; None is 1. */
function broadcast(args: Arguments, name: string, rank: number): number[] {
  return args.value(name) === null ? Array.from({ length: rank }, () => 1) : args.integers(name, rank, 1);
}

function features(args: Arguments): { channels: number | null; filters: number; name: string } {
  if (!args.given('in_features'))
    return { channels: null, filters: args.integer('features', 1), name: 'features' };
  return {
    channels: args.integer('in_features', 1),
    filters: args.integer('out_features', 1),
    name: 'out_features',
  };
}

function shortOf(args: Arguments): string {
  return args.who.slice('flax '.length);
}

function ordinaryNotes(args: Arguments): Text[] {
  const unread = ['kernel_init', 'bias_init'].filter(
    (name) => args.value(name) !== null && initialiser(args, name, [1, 1, 1]) === null,
  );
  return [
    ...(args.value('mask') === null ? [] : ['mask multiplies the kernel; padwise leaves that to you.']),
    ...unread.map((name) => say`padwise does not know this ${name} and starts from the default.`),
  ];
}

function parameters(args: Arguments, order: string, shape: Shape, filters: number): Parameter[] {
  const lecun: Initialiser = { kind: 'truncatedNormal', deviation: Math.sqrt(1 / fanIn(shape)) };
  const zeros: Initialiser = { kind: 'zeros' };
  return [
    weight('kernel', order, shape, initialiser(args, 'kernel_init', shape) ?? lecun),
    ...(args.flag('use_bias')
      ? [bias('bias', filters, initialiser(args, 'bias_init', [filters]) ?? zeros)]
      : []),
  ];
}

/** jax.nn.initializers counts the last but one dimension as inputs, whatever it holds. */
function fanIn(shape: Shape): number {
  return Math.max(
    1,
    shape.slice(0, -1).reduce((product, n) => product * n, 1),
  );
}

const SCALES: Readonly<Record<string, (fanIn: number, fanOut: number) => number>> = {
  lecun: (inputs) => 1 / inputs,
  he: (inputs) => 2 / inputs,
  kaiming: (inputs) => 2 / inputs,
  glorot: (inputs, outputs) => 2 / (inputs + outputs),
  xavier: (inputs, outputs) => 2 / (inputs + outputs),
};

/** The named initialiser of an argument, nn.initializers.he_normal(); null for none and for one padwise does not know. */
function initialiser(args: Arguments, name: string, shape: Shape): Initialiser | null {
  const value = args.value(name);
  const [, called = ''] = isTensor(value) ? (/(\w+)(?:\(\))?$/.exec(value.tensor) ?? []) : [];
  if (/^(zeros|ones)(_init)?$/.test(called)) return { kind: called.startsWith('zeros') ? 'zeros' : 'ones' };
  const [, scale = '', spread] = /^([a-z]+)_(normal|uniform)$/.exec(called) ?? [];
  if (!Object.hasOwn(SCALES, scale) || shape.length < 2) return null;
  const taps = shape.slice(0, -2).reduce((product, n) => product * n, 1);
  const variance = SCALES[scale]?.(fanIn(shape), taps * (shape.at(-1) as number)) ?? 1;
  return spread === 'normal'
    ? { kind: 'truncatedNormal', deviation: Math.sqrt(variance) }
    : { kind: 'uniform', limit: Math.sqrt(3 * variance) };
}

function pool(args: Arguments, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const kernel = windowShape(args);
  const rank = kernel.length;
  const strides = poolStrides(args, rank);
  const value = args.value('padding');
  const padding =
    typeof value === 'string'
      ? laxWord(args)
      : (padPairs(value, rank) ?? args.refuse('padding', say`a word or ${pairsWanted(rank)}`));
  const counts = operation === 'average' && args.flag('count_include_pad');
  const fill = operation === 'max' ? -Infinity : 0;
  const alone = [...kernel, ...strides].every((n) => n === 1);
  const crops = typeof padding !== 'string' && padding.some((pads) => Math.min(...pads) < 0);
  const notes = [
    ...(alone && crops
      ? ['JAX 0.10.2 aborts the process on a pool of windows and strides 1 with negative padding.']
      : []),
    ...(args.given('strides') || kernel.every((taps) => taps === 1)
      ? []
      : ['strides default to 1, not to window_shape as in PyTorch and Keras.']),
    ...(counts && padding !== 'VALID'
      ? ['avg_pool counts pads unless count_include_pad=False; Keras never does.']
      : []),
  ];
  return {
    framework: 'flax',
    name: shortOf(args),
    kind: operation,
    rank,
    layout: 'last',
    activation: null,
    statedInput: null,
    notes,
    parameters: () => [],
    resolve: (input): Resolved => {
      // Pairs are written for one batch dimension.
      const parts = takeApart(who, input, rank, 'last', typeof padding === 'string' ? LEADS : [0, 1]);
      const { batch, channels } = parts;
      const problem = inWordsOf(who, () => {
        const axes = parts.sizes.map((size, i) => {
          const window = { size, kernel: kernel[i] as number, stride: strides[i] as number, dilation: 1 };
          const one = paddedAxis(window, typeof padding === 'string' ? padding : (padding[i] as Pads));
          return { ...one, fillBefore: fill, fillAfter: fill };
        });
        return geometry({ operation, batch, channels, axes, divisor: counts ? 'window' : 'real' });
      });
      return resolved([problem], parts, 'last');
    },
  };
}

/** A tuple: Flax adds it to others, which a number or list cannot be. */
function windowShape(args: Arguments): Shape {
  const value = args.value('window_shape');
  const rank = Array.isArray(value) && !isList(value) ? value.length : 0;
  if (rank < 1 || rank > 3) args.refuse('window_shape', 'a tuple of 1 to 3 integers >= 1');
  return args.integers('window_shape', rank, 1);
}

function poolStrides(args: Arguments, rank: number): number[] {
  const value = args.value('strides');
  const nothing = value === null || value === 0 || (Array.isArray(value) && value.length === 0);
  if (nothing) return Array.from({ length: rank }, () => 1);
  if (!Array.isArray(value) || isList(value))
    args.refuse('strides', rank === 1 ? 'a tuple of an integer >= 1' : say`a tuple of ${rank} integers >= 1`);
  return args.integers('strides', rank, 1);
}

/** Flax. */
export const flax: Dialect = {
  id: 'flax',
  title: 'Flax',
  aliases: { nn: 'flax.linen', nnx: 'flax.nnx', jnp: 'jax.numpy', lax: 'jax.lax' },
  readers: readers(),
};
