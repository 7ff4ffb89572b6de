// JAX: the functions of jax.lax, in which every dimension is named and every pad a number. They take their weight as `rhs`
// and have no bias.
//
//   conv_general_dilated   window_strides, padding, lhs_dilation, rhs_dilation; dimension_numbers NCHW, OIHW unless given
//   conv_transpose         strides, padding, rhs_dilation; NHWC, HWIO unless given; the kernel is mirrored, and its I and O
//                          exchanged, with transpose_kernel=True only
//   reduce_window          over lax.max: the one pooling that is a single call
//
// Tuples are tuples here: no number stands for all axes. Source: jax/_src/lax/convolution.py, JAX 0.10.2.

import { geometry, type Pads } from '../geometry/index.ts';
import { say } from '../words/index.ts';
import {
  type Dialect,
  inWordsOf,
  type Layer,
  type Layout,
  type Reader,
  type Resolved,
  resolved,
  type Shape,
  shapeText,
  takeApart,
} from './dialect.ts';
import { jnpPad, laxPad } from './jax/array-pad.ts';
import {
  convolution,
  type LaxPadding,
  laxPadding,
  laxWord,
  paddedAxis,
  padPairs,
  pairsWanted,
  refuseHoles,
  sequence,
  transposedAxisOf,
  transposedPadding,
} from './jax/lax.ts';
import { weight } from './parameter.ts';
import { type Arguments, isTensor } from './signature.ts';

const TYPES = 'precision=None, preferred_element_type=None';

const READERS: Readonly<Record<string, Reader>> = {
  'jax.lax.conv_general_dilated': {
    signature: `lhs, rhs, window_strides, padding, lhs_dilation=None, rhs_dilation=None, dimension_numbers=None, feature_group_count=1, batch_group_count=1, ${TYPES}, out_sharding=None`,
    read: conv,
  },
  'jax.lax.conv': { signature: `lhs, rhs, window_strides, padding, ${TYPES}`, read: conv },
  'jax.lax.conv_with_general_padding': {
    signature: `lhs, rhs, window_strides, padding, lhs_dilation, rhs_dilation, ${TYPES}`,
    read: conv,
  },
  'jax.lax.conv_transpose': {
    signature: `lhs, rhs, strides, padding, rhs_dilation=None, dimension_numbers=None, transpose_kernel=False, ${TYPES}, use_consistent_padding=False`,
    read: convTranspose,
  },
  'jax.lax.reduce_window': {
    signature:
      'operand, init_value, computation, window_dimensions, window_strides, padding, base_dilation=None, window_dilation=None',
    read: reduceWindow,
  },
  'jax.lax.pad': laxPad('first'),
  'jax.numpy.pad': jnpPad('first'),
};

function conv(args: Arguments): Layer {
  const groups = args.value('feature_group_count') === null ? 1 : args.integer('feature_group_count', 1);
  if (args.value('batch_group_count') !== null && args.integer('batch_group_count', 1) !== 1)
    args.refuse('batch_group_count', '1, which is all padwise computes');
  const kernel = weights(args, dimensions(args, 'first', 'go i k'), groups);
  const rank = kernel.taps.length;
  const strides = sequence(args, 'window_strides', rank);
  const holes = sequence(args, 'lhs_dilation', rank, true);
  const dilation = sequence(args, 'rhs_dilation', rank, true);
  const padding = laxPadding(args, rank);
  refuseHoles(args, 'lhs_dilation', holes);
  return convolution(args.who, {
    layer: { framework: 'jax', name: shortOf(args), kind: 'conv', notes: [] },
    ...kernel.layer,
    groups,
    flip: false,
    axisOf: (size, i) =>
      paddedAxis(
        {
          size,
          kernel: kernel.taps[i] as number,
          stride: strides[i] as number,
          dilation: dilation[i] as number,
          inputDilation: holes[i] as number,
        },
        padsOf(padding, i),
      ),
  });
}

function convTranspose(args: Arguments): Layer {
  const flip = args.flag('transpose_kernel');
  const consistent = args.flag('use_consistent_padding');
  const kernel = weights(args, dimensions(args, 'last', 'k i go', flip), 1);
  const rank = kernel.taps.length;
  const strides = sequence(args, 'strides', rank);
  const dilation = sequence(args, 'rhs_dilation', rank, true);
  const padding = transposedPadding(args, strides);
  const notes = [
    ...(flip || kernel.taps.every((taps) => taps === 1)
      ? []
      : ['JAX mirrors the kernel only with transpose_kernel=True; PyTorch and Keras always do.']),
    ...('word' in padding || consistent
      ? []
      : ["padding pads the dilated input: PyTorch's padding=p is dilation * (kernel_size - 1) - p here."]),
    ...(consistent
      ? ['use_consistent_padding came to JAX in October 2025; older versions have no such argument.']
      : []),
  ];
  return convolution(args.who, {
    layer: { framework: 'jax', name: shortOf(args), kind: 'transposed', notes },
    ...kernel.layer,
    groups: 1,
    flip,
    axisOf: (size, i) => {
      const taps = kernel.taps[i] as number;
      const window = { size, kernel: taps, stride: strides[i] as number, dilation: dilation[i] as number };
      return transposedAxisOf(window, padding, i);
    },
  });
}

function padsOf(padding: LaxPadding, index: number) {
  return typeof padding === 'string' ? padding : (padding[index] as Pads);
}

function shortOf(args: Arguments): string {
  return args.who.slice('jax '.length);
}

/** Where channels stand in the data, and what each dimension of the weight holds. */
interface Dimensions {
  readonly layout: Layout;
  readonly order: string;
}

/**
 * The argument dimension_numbers, ('NHWC', 'HWIO', 'NHWC'), or the defaults for None; `swapped` exchanges I and O.
 * padwise takes the batch first, channels second or last, and the spatial letters in one order.
 */
function dimensions(args: Arguments, layout: Layout, order: string, swapped: boolean = false): Dimensions {
  const value = args.value('dimension_numbers');
  const read = value === null ? { layout, order } : named(args);
  if (!swapped) return read;
  return {
    ...read,
    order: read.order
      .split(' ')
      .map((part) => ({ go: 'i', i: 'go' })[part] ?? part)
      .join(' '),
  };
}

function named(args: Arguments): Dimensions {
  const value = args.value('dimension_numbers');
  const specs = Array.isArray(value) ? value.filter((spec) => typeof spec === 'string') : [];
  const [lhs = '', rhs = '', out = ''] = specs;
  const dimensions = args.shape('rhs').length;
  const wellFormed =
    Array.isArray(value) &&
    value.length === 3 &&
    specs.every((spec) => spec.length === dimensions && new Set(spec).size === dimensions) &&
    lettersOf(lhs, 'NC') === lettersOf(rhs, 'OI') &&
    lettersOf(lhs, 'NC') === lettersOf(out, 'NC');
  if (!wellFormed)
    args.refuse(
      'dimension_numbers',
      say`three words of ${dimensions} letters, such as ('NHWC', 'HWIO', 'NHWC')`,
    );
  const spatial = lhs.replace(/[NC]/g, '');
  const order = rhs.replace(spatial, 'k');
  const layout = lhs === `NC${spatial}` ? 'first' : lhs === `N${spatial}C` ? 'last' : null;
  if (layout === null || out !== lhs || order.length !== 3) {
    return args.refuse(
      'dimension_numbers',
      'N first and C second or last, alike in input and output, and the spatial letters together in one order',
    );
  }
  const parts: Readonly<Record<string, string>> = { O: 'go', I: 'i', k: 'k' };
  return { layout, order: [...order].map((letter) => parts[letter]).join(' ') };
}

/** The letters of the spatial dimensions, sorted; empty when the two others are not there. */
function lettersOf(spec: string, others: string): string {
  const spatial = [...spec].filter((letter) => !others.includes(letter));
  return spatial.length === spec.length - 2 ? spatial.sort().join('') : `${spec}-${others}`;
}

/** What the weight's shape says. */
function weights(args: Arguments, { layout, order }: Dimensions, groups: number) {
  const shape = args.shape('rhs');
  const rank = shape.length - 2;
  if (rank < 1 || rank > 3) args.refuse('rhs', say`3 to 5 dimensions, not ${shapeText(shape)}`);
  const at = order.split(' ').flatMap((part) => (part === 'k' ? shape.slice(2).map(() => 'k') : [part]));
  const taps: Shape = shape.filter((_, i) => at[i] === 'k');
  const filters = shape[at.indexOf('go')] as number;
  const inputs = shape[at.indexOf('i')] as number;
  if (taps.includes(0)) args.refuse('rhs', say`at least one tap on each axis, not ${shapeText(shape)}`);
  if (filters % groups !== 0)
    args.refuse(
      'rhs',
      say`output channels that are a multiple of feature_group_count=${groups}, not ${filters}`,
    );
  return {
    taps,
    layer: {
      layout,
      leads: [1],
      channels: inputs * groups,
      filters,
      kernel: taps,
      parameters: () => [weight('rhs', order, shape, { kind: 'zeros' })],
    },
  } as const;
}

/** The maximum over windows of all dimensions; batch and channels are the two whose window is 1 and not padded. */
function reduceWindow(args: Arguments): Layer {
  const { who } = args;
  const computation = args.value('computation');
  if (!isTensor(computation) || !/\.max(imum)?$/.test(computation.tensor))
    args.refuse('computation', 'lax.max, the only reduction padwise reads');
  if (args.number('init_value') !== -Infinity) args.refuse('init_value', '-jnp.inf');
  const windows = args.value('window_dimensions');
  const count = Array.isArray(windows) ? windows.length : 0;
  const rank = count - 2;
  if (rank < 1 || rank > 3) args.refuse('window_dimensions', 'one integer for each of 3 to 5 dimensions');
  const kernel = sequence(args, 'window_dimensions', count);
  const strides = sequence(args, 'window_strides', count);
  const dilation = sequence(args, 'window_dilation', count, true);
  if (sequence(args, 'base_dilation', count, true).some((step) => step !== 1))
    args.refuse('base_dilation', 'ones, which is all padwise computes');
  const value = args.value('padding');
  const padding =
    typeof value === 'string'
      ? laxWord(args)
      : (padPairs(value, count) ?? args.refuse('padding', say`a word or ${pairsWanted(count)}`));
  const kept = kernel.map((taps, i) => {
    const pads = padsOf(padding, i);
    return taps === 1 && strides[i] === 1 && (typeof pads === 'string' || pads.every((pad) => pad === 0));
  });
  if (!(kept[0] && (kept[1] || kept.at(-1))))
    args.refuse('window_dimensions', 'windows of 1, without pads, for batch and channels');
  const layout: Layout = kept[1] ? 'first' : 'last';
  const skip = layout === 'first' ? 2 : 1;
  return {
    framework: 'jax',
    name: shortOf(args),
    kind: 'max',
    rank,
    layout,
    activation: null,
    statedInput: null,
    notes: [],
    parameters: () => [],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, layout);
      const { batch, channels } = parts;
      const problem = inWordsOf(who, () => {
        const axes = parts.sizes.map((size, axis) => {
          const i = axis + skip;
          const [taps, stride, step] = [kernel[i] as number, strides[i] as number, dilation[i] as number];
          const one = paddedAxis({ size, kernel: taps, stride, dilation: step }, padsOf(padding, i));
          return { ...one, fillBefore: -Infinity, fillAfter: -Infinity };
        });
        return geometry({ operation: 'max', batch, channels, axes });
      });
      return resolved([problem], parts, layout);
    },
  };
}

/** JAX. */
export const jax: Dialect = {
  id: 'jax',
  title: 'JAX',
  aliases: { lax: 'jax.lax', jnp: 'jax.numpy' },
  readers: READERS,
};
