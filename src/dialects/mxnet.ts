// MXNet Gluon: N C sizes, weights (out, in / groups, k...), transposed (in, out / groups, k...); channels last moves i behind k.
//
//   padding    a number or one per axis, the same on both sides; no words
//   transposed crops padding on both sides of (size - 1) * stride + extent, then output_padding < stride at the end
//   pools      strides = pool_size unless given; padding < pool_size; ceil_mode never drops a window, so the last one may
//              hold nothing: its maximum is -FLT_MAX, its average 0
//
// Sources: gluon/nn/conv_layers.py, src/operator/nn/{convolution,deconvolution,pooling}.cc, and runs of 1.9.1 (CPU).

import {
  type Axis,
  axis,
  ceilMode,
  extent,
  type Geometry,
  geometry,
  naturalSize,
  out,
  transposedAxis,
} from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import {
  type Dialect,
  type Initialiser,
  inWordsOf,
  type Layer,
  type LayerKind,
  type Layout,
  type Parameter,
  type Parts,
  type Reader,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  shapeText,
  takeApart,
} from './dialect.ts';
import { arrayReaders } from './mxnet/array.ts';
import { overNothing, SMALLEST } from './nothing.ts';
import { bias, weight, weightShape } from './parameter.ts';
import { type Arguments, isTensor } from './signature.ts';

/** By rank: channels first, channels last. */
const LAYOUTS = [
  ['NCW', 'NWC'],
  ['NCHW', 'NHWC'],
  ['NCDHW', 'NDHWC'],
] as const;
const BLOCK = 'prefix=None, params=None';

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = { ...arrayReaders };
  LAYOUTS.forEach(([first], index) => {
    const rank = index + 1;
    const layer = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`mxnet.gluon.nn.${name}`] = { signature, read };
    };
    const rest = (operator: string) =>
      `dilation=1, groups=1, layout="${first}", activation=None, use_bias=True, weight_initializer=None, bias_initializer="zeros", in_channels=0, *, op_name="${operator}", ${BLOCK}`;
    const conv = 'channels, kernel_size, strides=1, padding=0';
    layer(`Conv${rank}D`, `${conv}, ${rest('Convolution')}`, (args) => convolution(args, rank));
    layer(`Conv${rank}DTranspose`, `${conv}, output_padding=0, ${rest('Deconvolution')}`, (args) =>
      transposed(args, rank),
    );
    // In three dimensions, and for averages in two, layout and ceil_mode stand the other way round.
    const pooling = (swapped: boolean) =>
      `pool_size=2, strides=None, padding=0, ${swapped ? `ceil_mode=False, layout="${first}"` : `layout="${first}", ceil_mode=False`}`;
    layer(`MaxPool${rank}D`, `${pooling(rank === 3)}, *, count_include_pad=None, ${BLOCK}`, (args) =>
      pool(args, rank, 'max'),
    );
    layer(`AvgPool${rank}D`, `${pooling(rank > 1)}, count_include_pad=True, *, ${BLOCK}`, (args) =>
      pool(args, rank, 'average'),
    );
  });
  return all;
}

/** Python's truth of a value: MXNet never asks whether a flag is a bool. */
function truth(args: Arguments, name: string): boolean {
  const value = args.value(name);
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function layoutOf(args: Arguments, rank: number, words: readonly string[]): Layout {
  return args.word('layout', words) === LAYOUTS[rank - 1]?.[0] ? 'first' : 'last';
}

/** What a conv knows before it sees an input; `channels` is null until then if in_channels is not given. */
interface Window {
  readonly channels: number | null;
  readonly filters: number;
  readonly groups: number;
  readonly kernel: Shape;
  readonly stride: Shape;
  readonly padding: Shape;
  readonly dilation: Shape;
}

function windowOf(args: Arguments, rank: number): Window {
  const groups = args.integer('groups', 1);
  const filters = args.integer('channels', 1);
  const given = args.integer('in_channels');
  if (filters % groups !== 0) args.refuse('channels', say`a multiple of groups=${groups}`);
  if (given > 0 && given % groups !== 0) args.refuse('in_channels', say`a multiple of groups=${groups}`);
  return {
    channels: given > 0 ? given : null,
    filters,
    groups,
    kernel: args.integers('kernel_size', rank, 1),
    stride: args.integers('strides', rank, 1),
    padding: args.integers('padding', rank, 0),
    dilation: args.integers('dilation', rank, 1),
  };
}

function onAxis({ kernel, stride, dilation }: Window, size: number, i: number) {
  return {
    size,
    kernel: kernel[i] as number,
    stride: stride[i] as number,
    dilation: dilation[i] as number,
  };
}

function convolution(args: Arguments, rank: number): Layer {
  const { who } = args;
  const window = windowOf(args, rank);
  const refuse = (one: Axis, problem: Geometry) => {
    if (out(one) > 0) return;
    const covers =
      one.dilation > 1
        ? say`dilation ${one.dilation} makes kernel_size ${one.kernel} span ${extent(one)}`
        : say`kernel_size is ${one.kernel}`;
    throw refusal(who, say`${covers}, but the padded input is ${padded(one)}`, problem);
  };
  const axisOf = (size: number, i: number) => {
    const padding = window.padding[i] as number;
    return axis({ ...onAxis(window, size, i), before: padding, after: padding });
  };
  return weighted(args, rank, 'conv', window, axisOf, refuse);
}

function transposed(args: Arguments, rank: number): Layer {
  const { who } = args;
  const window = windowOf(args, rank);
  const { channels, groups, stride, dilation } = window;
  const extra = args.integers('output_padding', rank, 0);
  extra.forEach((value, i) => {
    if (value >= (stride[i] as number))
      throw refusal(who, say`output_padding ${value} must be smaller than strides ${stride[i]}`);
  });
  if (rank === 3 && dilation.some((step) => step > 1))
    throw refusal(
      who,
      say`a transposed convolution in three dimensions has no dilation, received ${shapeText(dilation)}`,
    );
  if (channels === null && UNKNOWN % groups !== 0) {
    throw refusal(
      who,
      say`groups=${groups} needs in_channels: until MXNet knows them it counts ${UNKNOWN}, no multiple of ${groups}`,
    );
  }
  const axisOf = (size: number, i: number) => {
    const one = onAxis(window, size, i);
    const padding = window.padding[i] as number;
    const windows = naturalSize(one) - 2 * padding + (extra[i] as number);
    if (windows >= 0) return transposedAxis(one, padding, windows);
    throw refusal(
      who,
      say`the output would be ${windows} wide: padding ${padding} on both sides cuts more than the natural output ${naturalSize(one)}`,
    );
  };
  return weighted(args, rank, 'transposed', window, axisOf, () => undefined);
}

/** How MXNet's deconvolution reads channels it does not know: -1 as an unsigned integer. */
const UNKNOWN: number = 2 ** 32 - 1;

const ORDERS = {
  conv: { first: 'go i k', last: 'go k i' },
  transposed: { first: 'gi o k', last: 'gi k o' },
} as const;

/** A layer with a weight: `axisOf` gives the axis for a size, `refuse` raises what MXNet raises on it. */
function weighted(
  args: Arguments,
  rank: number,
  kind: 'conv' | 'transposed',
  window: Window,
  axisOf: (size: number, index: number) => Axis,
  refuse: (axis: Axis, problem: Geometry) => void,
): Layer {
  const { who } = args;
  const { filters, groups, kernel } = window;
  const layout = layoutOf(args, rank, LAYOUTS[rank - 1]?.slice(0, rank === 1 ? 1 : 2) ?? []);
  const order = ORDERS[kind][layout];
  const biased = truth(args, 'use_bias');
  const startWeight = initialiser(args, 'weight_initializer');
  const startBias = biased ? initialiser(args, 'bias_initializer') : null;
  const activation = args.value('activation') === null ? null : args.word('activation', ACTIVATIONS);
  return {
    ...common(args, rank, kind, layout),
    channels: window.channels,
    activation: activation === 'softrelu' ? 'softplus' : activation,
    notes: layout === 'last' ? ['MXNet runs a convolution with the channels last on GPUs only.'] : [],
    parameters: (channels): Parameter[] => {
      const shape = weightShape(order, { groups, filters, kernel, channels: window.channels ?? channels });
      return [
        weight('weight', order, shape, startWeight(shape)),
        ...(startBias === null ? [] : [bias('bias', filters, startBias([filters]))]),
      ];
    },
    resolve: (input): Resolved => {
      const parts = taken(who, input, rank, layout);
      const { batch, channels, sizes } = parts;
      if (channels !== (window.channels ?? channels)) {
        throw refusal(
          who,
          say`expected in_channels=${window.channels}, received ${channels} in ${shapeText(input)}`,
        );
      }
      if (channels % groups !== 0)
        throw refusal(who, say`${channels} input channels do not divide by groups=${groups}`);
      const problem = inWordsOf(who, () =>
        geometry({ batch, channels, filters, groups, flip: kind === 'transposed', axes: sizes.map(axisOf) }),
      );
      for (const one of problem.axes) refuse(one, problem);
      return resolved([problem], parts, layout);
    },
  };
}

function pool(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const layout = layoutOf(args, rank, LAYOUTS[rank - 1] ?? []);
  const kernel = args.integers('pool_size', rank, 1);
  const stride = args.value('strides') === null ? kernel : leading(args, 'strides', rank, 1);
  const padding = leading(args, 'padding', rank, -Infinity);
  const ceil = truth(args, 'ceil_mode');
  const counted = args.value('count_include_pad');
  if (counted !== null && counted !== 0 && counted !== 1) args.flag('count_include_pad');
  const divisor = counted === false || counted === 0 ? 'real' : 'window';
  const fill = operation === 'max' ? -Infinity : 0;
  return {
    ...common(args, rank, operation, layout),
    notes: [
      ...(ceil ? ['MXNet keeps a last window that starts beyond the input; PyTorch and ONNX drop it.'] : []),
      ...(ceil && operation === 'average' && rank === 3
        ? ['In three dimensions MXNet 1.9 has NaN for some windows that hold nothing, where padwise has 0.']
        : []),
    ],
    parameters: () => [],
    resolve: (input): Resolved => {
      const parts = taken(who, input, rank, layout);
      const { batch, channels, sizes } = parts;
      const problem = inWordsOf(who, () => {
        const axes = sizes.map((size, i) => {
          const [k, s, p] = [kernel[i] as number, stride[i] as number, padding[i] as number];
          const pads = { before: p, after: p, fillBefore: fill, fillAfter: fill };
          const floor = axis({ size, kernel: k, stride: s, ...pads });
          return ceil ? ceilMode(floor, false) : floor;
        });
        return geometry({ operation, batch, channels, axes, divisor });
      });
      // oneDNN, which is left aside for channels last and for an average whose last window hangs over, refuses more.
      const fast =
        layout === 'first' && (operation === 'max' || problem.axes.every((one) => one.overhang === 0));
      for (const one of problem.axes) {
        if (fast && (one.before < 0 || one.before >= one.kernel))
          throw refusal(
            who,
            say`padding ${one.before} must be smaller than pool_size ${one.kernel} and not negative`,
            problem,
          );
        if (one.size + one.before + one.after < one.kernel)
          throw refusal(
            who,
            say`pool_size is ${one.kernel}, but the padded input is ${padded(one)}`,
            problem,
          );
      }
      return resolved(overNothing(problem, operation === 'max' ? SMALLEST : 0), parts, layout);
    },
  };
}

/** One integer for all axes, or one per axis; MXNet's pools do not look at more. */
function leading(args: Arguments, name: string, rank: number, least: number): number[] {
  const value = args.value(name);
  const length = Array.isArray(value) ? Math.max(rank, value.length) : rank;
  return args.integers(name, length, least).slice(0, rank);
}

function taken(who: string, input: Shape, rank: number, layout: Layout): Parts {
  const parts = takeApart(who, input, rank, layout);
  if (input.includes(0))
    throw refusal(
      who,
      say`MXNet takes a size of 0 for one it does not know yet, received ${shapeText(input)}`,
    );
  return parts;
}

function padded(one: Axis): Text {
  const { size, before, after } = one;
  return say`${size + before + after} wide (${size} + ${before} + ${after})`;
}

const ACTIVATIONS = ['relu', 'sigmoid', 'softrelu', 'softsign', 'tanh'] as const;

type Start = (shape: Shape) => Initialiser;

const STARTS: Readonly<Record<string, Start>> = {
  zero: () => ({ kind: 'zeros' }),
  zeros: () => ({ kind: 'zeros' }),
  one: () => ({ kind: 'ones' }),
  ones: () => ({ kind: 'ones' }),
  uniform: () => ({ kind: 'uniform', limit: 0.07 }),
  normal: () => ({ kind: 'normal', deviation: 0.01 }),
  xavier: (shape) => ({ kind: 'uniform', limit: Math.sqrt(3 / fan(shape)) }),
  msraprelu: (shape) => ({ kind: 'normal', deviation: Math.sqrt(2 / (1 + 0.25 ** 2) / fan(shape)) }),
};
/** The last ones have no counterpart here: their arrays start by Uniform(0.07) instead. */
const KNOWN = [...Object.keys(STARTS), 'orthogonal', 'bilinear', 'lstmbias'];

/** Half of fan in + fan out, as MXNet takes them from any layout: the first two dimensions times the rest. */
function fan([first = 1, second = 1, ...rest]: Shape): number {
  return Math.max(1, (rest.reduce((taps, n) => taps * n, 1) * (first + second)) / 2);
}

/** None: what the block does by default, Uniform(0.07) for a weight and zeros for a bias. */
function initialiser(args: Arguments, name: string): Start {
  const value = args.value(name);
  const fallback = name === 'bias_initializer' ? 'zeros' : 'uniform';
  if (typeof value === 'string' && !KNOWN.includes(value.toLowerCase()))
    args.refuse(name, say`None or one of ${KNOWN.join(', ')}`);
  const made = isTensor(value) ? (/(\w+)\(\)$/.exec(value.tensor)?.[1] ?? '') : value;
  const word = typeof made === 'string' ? made.toLowerCase() : fallback;
  return (Object.hasOwn(STARTS, word) ? STARTS[word] : STARTS.uniform) as Start;
}

function common(args: Arguments, rank: number, kind: LayerKind, layout: Layout) {
  const name = args.who.slice('mxnet '.length);
  return { framework: 'mxnet', name, kind, rank, layout, activation: null, statedInput: null } as const;
}

/** MXNet. */
export const mxnet: Dialect = {
  id: 'mxnet',
  title: 'MXNet',
  aliases: { nn: 'mxnet.gluon.nn', gluon: 'mxnet.gluon', mx: 'mxnet', mxnet: 'mxnet' },
  readers: readers(),
};
