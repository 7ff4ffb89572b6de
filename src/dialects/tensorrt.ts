// TensorRT: layers of a network as its Python API adds them, two or three axes, N C sizes; what a layer is told afterwards is
// set on it. Weights (out, in / groups, k...), of a deconvolution (in, out / groups, k...).
//
//   conv = network.add_convolution_nd(x, 64, (7, 7), w)
//   conv.stride_nd = (2, 2)
//   conv.padding_mode = trt.PaddingMode.SAME_UPPER         goes before padding_nd, pre_padding and post_padding
//
//   EXPLICIT_ROUND_UP     rounds up, convolutions too; what the last window reads beyond the pads is zero
//   SAME_UPPER, _LOWER    total (ceil(size / stride) - 1) * stride + extent - size, the odd one after or before
//   deconvolution         crops; SAME keeps min(size * stride, natural)
//   averages              of the elements alone unless average_count_excludes_padding = False
//
// Sources: NvInfer.h (PaddingMode, IConvolutionLayer, IDeconvolutionLayer, IPoolingLayer, SampleMode), TensorRT operators documentation.

import {
  type Axis,
  axis,
  ceilMode,
  extent,
  type Fill,
  naturalSize,
  out,
  type Pads,
  sameCrop,
  samePads,
  transposedAxis,
} from '../geometry/index.ts';
import { say } from '../words/index.ts';
import { padded, padHangover, pooled, poolFill, refuseEmpty, weighted } from './builder.ts';
import { type Dialect, type Layer, type Reader, refusal, type Shape } from './dialect.ts';
import { type Arguments, isTensor } from './signature.ts';
import { type Windows, windowOf } from './window.ts';

const NETWORK = 'tensorrt.INetworkDefinition';
const SET =
  'stride_nd=None, padding_nd=None, pre_padding=None, post_padding=None, padding_mode=None, name=None, precision=None, metadata=None';
const FILTERS = `${SET}, dilation_nd=None, num_groups=1, kernel_size_nd=None, bias_weights=None`;
const WINDOW = `${SET}, average_count_excludes_padding=True, blend_factor=0, window_size_nd=None`;

/** TensorRT, as its Python interface builds networks. */
export const tensorrt: Dialect = {
  id: 'tensorrt',
  title: 'TensorRT',
  aliases: { network: NETWORK },
  unverified: 'TensorRT was read in its header and documentation, not run.',
  readers: readers(),
};

function readers(): Record<string, Reader> {
  const added: Record<string, Reader> = {
    add_convolution_nd: {
      signature: `input, num_output_maps, kernel_shape, kernel, bias=None, *, ${FILTERS}`,
      read: convolution,
    },
    add_deconvolution_nd: {
      signature: `input, num_output_maps, kernel_shape, kernel, bias=None, *, ${FILTERS}`,
      read: deconvolution,
    },
    add_pooling_nd: { signature: `input, type, window_size, *, ${WINDOW}`, read: pool },
    add_padding_nd: { signature: 'input, pre_padding, post_padding, *, name=None', read: pad },
    add_slice: {
      signature: 'input, start, shape, stride, *, mode=None, name=None',
      read: slice,
    },
  };
  return Object.fromEntries(Object.entries(added).map(([name, reader]) => [`${NETWORK}.${name}`, reader]));
}

/** A tuple of one integer per axis. */
function listed(args: Arguments, name: string, rank: number, least: number): Shape {
  return Array.isArray(args.value(name))
    ? args.integers(name, rank, least)
    : args.refuse(name, say`a tuple of ${rank} integers`);
}

function optional(args: Arguments, name: string, rank: number, least: number, fallback: Shape): Shape {
  return args.value(name) === null ? fallback : listed(args, name, rank, least);
}

const MODES = ['EXPLICIT_ROUND_DOWN', 'EXPLICIT_ROUND_UP', 'SAME_UPPER', 'SAME_LOWER'] as const;
type Mode = (typeof MODES)[number];

/** The last part of trt.PaddingMode.SAME_UPPER. */
function constant<Word extends string>(
  args: Arguments,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = args.value(name);
  const text = isTensor(value) ? value.tensor.split('.').at(-1) : value;
  return words.find((word) => word === text);
}

/** Windows, the pads set on the layer, and how sizes are rounded. */
interface Asked extends Windows {
  readonly rank: number;
  readonly before: Shape;
  readonly after: Shape;
  readonly mode: Mode;
}

function asked(args: Arguments, sizes: string, dilates: boolean): Asked {
  const shape = args.value(sizes);
  const rank = Array.isArray(shape) ? shape.length : 0;
  if (rank !== 2 && rank !== 3) args.refuse(sizes, 'a tuple of 2 or 3 integers');
  const ones = Array.from({ length: rank }, () => 1);
  const alike = optional(
    args,
    'padding_nd',
    rank,
    0,
    ones.map(() => 0),
  );
  const mode =
    args.value('padding_mode') === null ? 'EXPLICIT_ROUND_DOWN' : constant(args, 'padding_mode', MODES);
  return {
    rank,
    kernel: listed(args, sizes, rank, 1),
    stride: optional(args, 'stride_nd', rank, 1, ones),
    dilation: dilates ? optional(args, 'dilation_nd', rank, 1, ones) : ones,
    before: optional(args, 'pre_padding', rank, 0, alike),
    after: optional(args, 'post_padding', rank, 0, alike),
    mode:
      mode ??
      args.refuse(
        'padding_mode',
        'a trt.PaddingMode: EXPLICIT_ROUND_DOWN, EXPLICIT_ROUND_UP, SAME_UPPER or SAME_LOWER',
      ),
  };
}

/** The axis of a layer that is no deconvolution. */
function slidingAxis(who: string, of: Asked, size: number, i: number, pools?: 'max' | 'average'): Axis {
  const window = windowOf(of, size, i);
  const [before, after] = padsOf(who, of, window, i);
  const floor = axis({ ...window, before, after, ...poolFill(pools ?? 'average') });
  if (of.mode !== 'EXPLICIT_ROUND_UP' || out(floor) === 0) return floor;
  const one = ceilMode(floor, false);
  if (pools !== undefined && (out(one) - 1) * one.stride - before >= size)
    throw refusal(
      who,
      'the last window would hold no element, and what TensorRT computes of that is not established',
    );
  return one;
}

function padsOf(who: string, of: Asked, window: ReturnType<typeof windowOf>, i: number): Pads {
  if (of.mode !== 'SAME_UPPER' && of.mode !== 'SAME_LOWER')
    return [of.before[i] as number, of.after[i] as number];
  const { size, stride } = window;
  const total = Math.floor((size - 1) / stride) * stride + extent(window) - size;
  if (size > 0 && total < 0)
    throw refusal(
      who,
      say`${of.mode} comes to a total padding of ${total} on axis ${i}, and what TensorRT does then is not established`,
    );
  return samePads(window, of.mode === 'SAME_UPPER' ? 'upper' : 'lower');
}

/** Whether a bias is given: trt.Weights() stands for none. */
function biased(args: Arguments): boolean {
  return ['bias', 'bias_weights'].some((name) => {
    const value = args.value(name);
    return value !== null && !(isTensor(value) && /(?:^|\.)Weights\(\s*\)$/.test(value.tensor));
  });
}

function counted(args: Arguments): { filters: number; groups: number } {
  const filters = args.integer('num_output_maps', 1);
  const groups = args.integer('num_groups', 1);
  if (filters % groups !== 0)
    throw refusal(args.who, say`${filters} output maps do not divide by num_groups=${groups}`);
  return { filters, groups };
}

function convolution(args: Arguments): Layer {
  const { who } = args;
  const of = asked(args, 'kernel_shape', true);
  return weighted({
    who,
    rank: of.rank,
    layout: 'first',
    kind: 'conv',
    channels: null,
    ...counted(args),
    kernel: of.kernel,
    order: 'go i k',
    bias: biased(args),
    flip: false,
    names: ['kernel', 'bias'],
    axisOf: (size, i) => padHangover(slidingAxis(who, of, size, i)),
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
}

function deconvolution(args: Arguments): Layer {
  const { who } = args;
  const of = asked(args, 'kernel_shape', true);
  const same = of.mode === 'SAME_UPPER' || of.mode === 'SAME_LOWER';
  const axisOf = (size: number, i: number): Axis => {
    const window = windowOf(of, size, i);
    const natural = naturalSize(window);
    if (same) {
      const kept = Math.min(size * window.stride, natural);
      return transposedAxis(
        window,
        sameCrop(window, kept, of.mode === 'SAME_UPPER' ? 'upper' : 'lower'),
        kept,
      );
    }
    const [low, high] = [of.before[i] as number, of.after[i] as number];
    if (natural - low - high >= 1) return transposedAxis(window, low, natural - low - high);
    throw refusal(who, say`pads ${low} and ${high} leave nothing of the natural output ${natural}`);
  };
  return weighted({
    who,
    rank: of.rank,
    layout: 'first',
    kind: 'transposed',
    channels: null,
    ...counted(args),
    kernel: of.kernel,
    order: 'gi o k',
    bias: biased(args),
    flip: true,
    names: ['kernel', 'bias'],
    axisOf,
  });
}

function pool(args: Arguments): Layer {
  const { who } = args;
  const type = constant(args, 'type', ['MAX', 'AVERAGE', 'MAX_AVERAGE_BLEND']);
  if (type === undefined) return args.refuse('type', 'trt.PoolingType.MAX or trt.PoolingType.AVERAGE');
  if (type === 'MAX_AVERAGE_BLEND')
    throw refusal(who, 'padwise does not read a blend of maximum and average');
  const operation = type === 'MAX' ? 'max' : 'average';
  const of = asked(args, 'window_size', false);
  return pooled({
    who,
    rank: of.rank,
    layout: 'first',
    operation,
    divisor: args.flag('average_count_excludes_padding') ? 'real' : 'window',
    axisOf: (size, i) => slidingAxis(who, of, size, i, operation),
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
}

/** Pads the two innermost sizes with zeros; negative counts trim. */
function pad(args: Arguments): Layer {
  const { who } = args;
  const before = listed(args, 'pre_padding', 2, -Infinity);
  const after = listed(args, 'post_padding', 2, -Infinity);
  return padded({
    who,
    rank: 2,
    layout: 'first',
    notes: ['add_padding_nd is deprecated since TensorRT 8.2; add_slice pads and trims in its place.'],
    axisOf: (size, i) => {
      const [low, high] = [before[i] as number, after[i] as number];
      if (size + low + high < 1) throw refusal(who, say`pads ${low} and ${high} leave nothing of ${size}`);
      return axis({ size, kernel: 1, before: low, after: high });
    },
  });
}

const SAMPLES = ['STRICT_BOUNDS', 'FILL', 'CLAMP', 'REFLECT', 'WRAP'] as const;
const FILLS: Readonly<Record<(typeof SAMPLES)[number], Fill | null>> = {
  STRICT_BOUNDS: null,
  FILL: 0,
  CLAMP: 'replicate',
  REFLECT: 'reflect',
  WRAP: 'wrap',
};

/** From start on, shape elements of every dimension; the mode says what stands outside the input. */
function slice(args: Arguments): Layer {
  const { who } = args;
  const start = args.value('start');
  const dims = Array.isArray(start) ? start.length : 0;
  if (dims < 3 || dims > 5) args.refuse('start', 'a tuple of 3 to 5 integers, batch and channels first');
  const rank = dims - 2;
  const [batch = 0, channel = 0, ...from] = listed(args, 'start', dims, -Infinity);
  const [, , ...sizes] = listed(args, 'shape', dims, 1);
  const steps = listed(args, 'stride', dims, 1);
  if (batch !== 0 || channel !== 0) args.refuse('start', '0 for batch and channels');
  if (steps.some((step) => step !== 1)) throw refusal(who, 'padwise does not read a slice with a stride');
  const mode = args.value('mode') === null ? 'STRICT_BOUNDS' : constant(args, 'mode', SAMPLES);
  if (mode === undefined) return args.refuse('mode', 'a trt.SampleMode');
  const fill = FILLS[mode];
  return padded({
    who,
    rank,
    layout: 'first',
    axisOf: (size, i) => {
      const before = 0 - (from[i] as number);
      const after = (sizes[i] as number) - size - before;
      if (fill === null && (before > 0 || after > 0))
        throw refusal(
          who,
          say`${sizes[i] as number} elements from ${from[i] as number} on reach beyond ${size}; give a mode to fill them`,
        );
      const filled = fill ?? 0;
      return axis({ size, kernel: 1, before, after, fillBefore: filled, fillAfter: filled });
    },
  });
}
