// PyTorch: nn modules and their functions, N C sizes, weights (out, in / groups, k...), transposed (in, out / groups, k...).
//
//   padding    a number or one per axis, the same on both sides; 'same' keeps the size and needs stride 1; 'valid'
//   pools      stride = kernel_size unless given; padding at most half the kernel; ceil_mode drops a last window that
//              would start beyond the input and the leading pad
//   F.pad      pairs from the last axis backwards; negative numbers crop
//
// Sources: torch/nn/modules/{conv,pooling,padding}.py, aten/src/ATen/native/{Convolution.cpp,Pool.h,PadNd.cpp} (2.13).

import {
  type Axis,
  axis,
  ceilMode,
  extent,
  type Fill,
  type Geometry,
  geometry,
  naturalSize,
  out,
  type Pads,
  span,
  transposedAxis,
  windowPads,
} from '../geometry/index.ts';
import {
  type Dialect,
  type Initialiser,
  inWordsOf,
  type Layer,
  type LayerKind,
  type Parameter,
  type Reader,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  shapeText,
  takeApart,
} from './dialect.ts';
import { bias, weight, weightShape } from './parameter.ts';
import { type Arguments, isTensor } from './signature.ts';
import { usual, write } from './torch-spelling.ts';

const RANKS = [1, 2, 3] as const;
const MODULE =
  'stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None';
const TRANSPOSED =
  'stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None';

const FILLS: Readonly<Record<string, Fill>> = {
  zeros: 0,
  reflect: 'reflect',
  replicate: 'replicate',
  circular: 'wrap',
};

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  for (const rank of RANKS) {
    const nn = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`torch.nn.${name}${rank}d`] = { signature, read };
    };
    const functional = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`torch.nn.functional.${name}${rank}d`] = { signature, read };
      all[`torch.${name}${rank}d`] = { signature, read };
    };
    nn('Conv', `in_channels, out_channels, kernel_size, ${MODULE}`, (args) =>
      conv(args, rank, moduleWeight(args, rank)),
    );
    nn('LazyConv', `out_channels, kernel_size, ${MODULE}`, (args) =>
      conv(args, rank, moduleWeight(args, rank)),
    );
    nn('ConvTranspose', `in_channels, out_channels, kernel_size, ${TRANSPOSED}`, (args) =>
      convTranspose(args, rank, moduleWeight(args, rank)),
    );
    nn('LazyConvTranspose', `out_channels, kernel_size, ${TRANSPOSED}`, (args) =>
      convTranspose(args, rank, moduleWeight(args, rank)),
    );
    const divisor = rank === 1 ? '' : ', divisor_override=None';
    const average = `kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True${divisor}`;
    const most = 'kernel_size, stride=None, padding=0, dilation=1';
    nn('MaxPool', `${most}, return_indices=False, ceil_mode=False`, (args) => pool(args, rank, 'max'));
    nn('AvgPool', average, (args) => pool(args, rank, 'average'));
    functional('max_pool', `input, ${most}, ceil_mode=False, return_indices=False`, (args) =>
      pool(args, rank, 'max'),
    );
    functional('avg_pool', `input, ${average}`, (args) => pool(args, rank, 'average'));
    functional('conv', 'input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1', (args) =>
      conv(args, rank, givenWeight(args, rank, 'go i k')),
    );
    functional(
      'conv_transpose',
      'input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1',
      (args) => convTranspose(args, rank, givenWeight(args, rank, 'gi o k')),
    );
    for (const [name, fill] of Object.entries(PAD_LAYERS)) {
      nn(name, 'padding', (args) => pad(args, padPairs(args, 'padding', rank), fill, rank));
    }
    nn('ConstantPad', 'padding, value', (args) =>
      pad(args, padPairs(args, 'padding', rank), args.number('value'), rank),
    );
  }
  all['torch.nn.functional.pad'] = {
    signature: 'input, pad, mode="constant", value=None',
    read: functionalPad,
  };
  return all;
}

/** What a conv knows of its weight before it sees an input. `channels` is null for a lazy layer. */
interface Weights {
  readonly channels: number | null;
  readonly filters: number;
  readonly kernel: Shape;
  readonly groups: number;
  readonly bias: boolean;
}

function moduleWeight(args: Arguments, rank: number): Weights {
  const groups = args.integer('groups', 1);
  const channels = args.given('in_channels') ? args.integer('in_channels', 0) : null;
  const filters = args.integer('out_channels', 0);
  if (channels !== null && channels % groups !== 0)
    args.refuse('in_channels', `a multiple of groups=${groups}`);
  if (filters % groups !== 0) args.refuse('out_channels', `a multiple of groups=${groups}`);
  return {
    channels,
    filters,
    kernel: args.integers('kernel_size', rank, 1),
    groups,
    bias: args.flag('bias'),
  };
}

function givenWeight(args: Arguments, rank: number, order: 'go i k' | 'gi o k'): Weights {
  const shape = args.shape('weight');
  const groups = args.integer('groups', 1);
  if (shape.length !== rank + 2) args.refuse('weight', `${rank + 2} dimensions`);
  const [first = 0, second = 0, ...kernel] = shape;
  const channels = order === 'go i k' ? second * groups : first;
  const filters = order === 'go i k' ? first : second * groups;
  if (first % groups !== 0) args.refuse('weight', `a first dimension that is a multiple of groups=${groups}`);
  const given = args.value('bias');
  if (given !== null && !isTensor(given)) args.refuse('bias', 'a tensor or None');
  if (isTensor(given) && given.shape !== undefined && shapeText(given.shape) !== String(filters)) {
    throw refusal(
      args.who,
      `bias has the shape ${shapeText(given.shape)}, but weight ${shapeText(shape)} makes ${filters} filters`,
    );
  }
  return { channels, filters, kernel, groups, bias: given !== null };
}

function conv(args: Arguments, rank: number, weights: Weights): Layer {
  const { who } = args;
  const stride = args.integers('stride', rank, 1, true);
  const dilation = args.integers('dilation', rank, 1, true);
  const mode = args.value('padding_mode') === null ? 'zeros' : args.word('padding_mode', PADDING_MODES);
  const words = args.value('padding');
  const padding =
    typeof words === 'string'
      ? args.word('padding', ['same', 'valid'])
      : args.integers('padding', rank, 0, true);
  if (padding === 'same' && stride.some((step) => step !== 1)) {
    throw refusal(
      who,
      `padding='same' needs stride 1, received stride=${shapeText(stride)}; its pads would depend on the input size`,
    );
  }
  const axisOf = (size: number, i: number): Axis => {
    const window = {
      size,
      kernel: weights.kernel[i] as number,
      stride: stride[i] as number,
      dilation: dilation[i] as number,
    };
    const p = typeof padding === 'string' ? 0 : (padding[i] as number);
    const [before, after]: Pads = padding === 'same' ? windowPads(window) : [p, p];
    const fill = FILLS[mode] as Fill;
    return axis({ ...window, before, after, fillBefore: fill, fillAfter: fill });
  };
  const refuse = (one: Axis, i: number, problem: Geometry) => {
    refuseFill(who, one, i, problem);
    const { size, before, after } = one;
    if (size + before + after >= extent(one)) return;
    const dilated =
      one.dilation > 1
        ? `dilation ${one.dilation} makes kernel_size ${one.kernel} span ${extent(one)}`
        : `kernel_size is ${one.kernel}`;
    throw refusal(
      who,
      `${dilated}, but the padded input is ${size + before + after} wide (${size} + ${before} + ${after})`,
      problem,
    );
  };
  const notes =
    mode === 'circular'
      ? ['PyTorch <= 1.4 split circular padding over both sides: padding=1 added one pixel in all.']
      : [];
  return weighted(args, rank, 'conv', weights, 'go i k', notes, (size, i) => axisOf(size, i), refuse, false);
}

function convTranspose(args: Arguments, rank: number, weights: Weights): Layer {
  const { who } = args;
  const stride = args.integers('stride', rank, 1, true);
  const dilation = args.integers('dilation', rank, 1, true);
  const padding = args.integers('padding', rank, 0, true);
  const extra = args.integers('output_padding', rank, 0, true);
  if (args.value('padding_mode') !== null) args.word('padding_mode', ['zeros']);
  extra.forEach((value, i) => {
    const limit = Math.max(stride[i] as number, dilation[i] as number);
    if (value < limit) return;
    throw refusal(
      who,
      `output_padding ${value} must be smaller than stride ${stride[i]} or dilation ${dilation[i]}`,
    );
  });
  const axisOf = (size: number, i: number): Axis => {
    const window = {
      size,
      kernel: weights.kernel[i] as number,
      stride: stride[i] as number,
      dilation: dilation[i] as number,
    };
    const windows = naturalSize(window) - 2 * (padding[i] as number) + (extra[i] as number);
    if (windows < 1)
      throw refusal(
        who,
        `the output would be ${windows} wide: padding ${padding[i]} cuts more than the natural output ${naturalSize(window)}`,
      );
    return transposedAxis(window, padding[i] as number, windows);
  };
  return weighted(args, rank, 'transposed', weights, 'gi o k', [], axisOf, () => undefined, true);
}

/** A layer with a weight: `axisOf` gives the axis for a size, `refuse` what PyTorch raises on it. */
function weighted(
  args: Arguments,
  rank: number,
  kind: LayerKind,
  weights: Weights,
  order: string,
  notes: readonly string[],
  axisOf: (size: number, index: number) => Axis,
  refuse: (axis: Axis, index: number, problem: Geometry) => void,
  flip: boolean,
): Layer {
  const { who } = args;
  const { filters, groups, kernel } = weights;
  return {
    ...common(args, rank, kind, notes),
    channels: weights.channels,
    parameters: (channels): Parameter[] => {
      const shape = weightShape(order, { groups, filters, kernel, channels: weights.channels ?? channels });
      const initialiser = uniform((shape[1] as number) * kernel.reduce((taps, k) => taps * k, 1));
      return [
        weight('weight', order, shape, initialiser),
        ...(weights.bias ? [bias('bias', filters, initialiser)] : []),
      ];
    },
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, 'first', [0, 1]);
      const { channels, batch } = parts;
      if (channels !== (weights.channels ?? channels)) {
        throw refusal(
          who,
          `expected ${weights.channels} input channels, received ${channels} in ${shapeText(input)}`,
        );
      }
      if (channels % groups !== 0)
        throw refusal(who, `${channels} input channels do not divide by groups=${groups}`);
      const problem = inWordsOf(who, () =>
        geometry({ batch, channels, filters, groups, flip, axes: parts.sizes.map(axisOf) }),
      );
      problem.axes.forEach((one, i) => {
        refuse(one, i, problem);
      });
      return resolved([problem], parts, 'first');
    },
  };
}

/** kaiming_uniform(a = sqrt(5)) of PyTorch: uniform within 1 / sqrt(fan in). */
function uniform(fanIn: number): Initialiser {
  return fanIn === 0 ? { kind: 'zeros' } : { kind: 'uniform', limit: 1 / Math.sqrt(fanIn) };
}

function pool(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const kernel = args.integers('kernel_size', rank, 1, true);
  const stride = args.value('stride') === null ? kernel : args.integers('stride', rank, 1, true);
  const padding = args.integers('padding', rank, 0, true);
  const dilation = operation === 'max' ? args.integers('dilation', rank, 1, true) : kernel.map(() => 1);
  const ceil = args.flag('ceil_mode');
  const fixed = args.value('divisor_override') === null ? null : args.integer('divisor_override', 1);
  const counted = operation === 'max' || args.flag('count_include_pad') ? 'window' : 'real';
  padding.forEach((p, i) => {
    if (2 * p > (kernel[i] as number))
      throw refusal(who, `padding ${p} is more than half of kernel_size ${kernel[i]}`);
  });
  const fill = operation === 'max' ? -Infinity : 0;
  const notes =
    operation === 'max' && args.value('return_indices') === true
      ? ['padwise computes the values, not the indices.']
      : [];
  return {
    ...common(args, rank, operation, notes),
    parameters: () => [],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, 'first', [0, 1]);
      const axes = inWordsOf(who, () =>
        parts.sizes.map((size, i) => {
          const p = padding[i] as number;
          const window = {
            size,
            kernel: kernel[i] as number,
            stride: stride[i] as number,
            dilation: dilation[i] as number,
          };
          const floor = axis({ ...window, before: p, after: p, fillBefore: fill, fillAfter: fill });
          return ceil ? ceilMode(floor, true) : floor;
        }),
      );
      const { batch, channels } = parts;
      const problem = geometry({ operation, batch, channels, axes, divisor: fixed ?? counted });
      problem.axes.forEach((one, i) => {
        if (operation === 'average' && rank === 3 && one.size < one.kernel) {
          throw refusal(
            who,
            `the input is ${one.size} wide on axis ${i}, smaller than kernel_size ${one.kernel}; avg_pool3d does not let padding help`,
            problem,
          );
        }
        if (out(one) < 1)
          throw refusal(
            who,
            `the output is empty on axis ${i}: the window spans ${extent(one)} of ${span(one) + one.before + one.after}`,
            problem,
          );
      });
      return resolved([problem], parts, 'first');
    },
  };
}

const PADDING_MODES = ['zeros', 'reflect', 'replicate', 'circular'] as const;
const PAD_LAYERS: Readonly<Record<string, Fill>> = {
  ZeroPad: 0,
  ReflectionPad: 'reflect',
  ReplicationPad: 'replicate',
  CircularPad: 'wrap',
};
const PAD_MODES: Readonly<Record<string, Fill>> = {
  constant: 0,
  reflect: 'reflect',
  replicate: 'replicate',
  circular: 'wrap',
};

/** The pads of a pad layer, first axis first: a number for all sides, or pairs from the last axis backwards. */
function padPairs(args: Arguments, name: string, rank: number): Pads[] {
  const value = args.value(name);
  if (Array.isArray(value) && value.length % 2 === 1) args.refuse(name, 'pairs of integers');
  const flat = args.integers(name, Array.isArray(value) ? value.length : 2 * rank);
  return flat
    .flatMap((before, i): Pads[] => (i % 2 === 0 ? [[before, flat[i + 1] as number]] : []))
    .reverse();
}

function functionalPad(args: Arguments): Layer {
  if (!Array.isArray(args.value('pad'))) args.refuse('pad', 'a tuple of integers');
  const pairs = padPairs(args, 'pad', 0);
  const mode = args.word('mode', Object.keys(PAD_MODES));
  const fill = PAD_MODES[mode] as Fill;
  if (fill !== 0 && args.value('value') !== null) args.refuse('value', `None with mode='${mode}'`);
  // Leading axes that are not padded are no axes of the problem: (0, 1, 0, 0) pads one axis.
  const first = fill === 0 ? pairs.findIndex(([before, after]) => before !== 0 || after !== 0) : 0;
  const used = pairs.slice(first < 0 ? pairs.length - 1 : first);
  if (used.length < 1 || used.length > 3) args.refuse('pad', 'pads for one to three axes');
  return pad(
    args,
    used,
    fill === 0 && args.value('value') !== null ? args.number('value') : fill,
    used.length,
  );
}

function pad(args: Arguments, pairs: readonly Pads[], fill: Fill, rank: number): Layer {
  const { who } = args;
  return {
    ...common(args, rank, 'pad', []),
    parameters: () => [],
    resolve: (input): Resolved => {
      const used = pairs.length;
      const leads = typeof fill === 'number' ? [-1, 0, 1, 2, 3, 4] : [0, 1];
      const channelled = input.length > used;
      const parts = takeApart(who, channelled ? input : [1, ...input], used, 'first', leads);
      const step = (sizes: Shape, pads: readonly Pads[]) =>
        inWordsOf(who, () =>
          geometry({
            operation: 'pad',
            batch: parts.batch,
            channels: parts.channels,
            axes: sizes.map((size, i) => {
              const [before, after] = pads[i] as Pads;
              return { size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill };
            }),
          }),
        );
      for (const [i, [low, high]] of pairs.entries()) {
        const size = parts.sizes[i] as number;
        const windows = size + low + high;
        const kept = size + Math.min(low, 0) + Math.min(high, 0);
        if (windows < (typeof fill === 'number' || fill === 'wrap' ? 0 : 1) || kept < (fill === 'replicate' ? -Infinity : 0)) {
          throw refusal(who, `pads ${low} and ${high} leave ${windows} of ${size} elements on axis ${i}`);
        }
      }
      // Circular padding wraps what a negative pad of the other side leaves, so the two are two steps.
      const mixed = fill === 'wrap' && pairs.some(([low, high]) => low < 0 || high < 0);
      const cropped = step(
        parts.sizes,
        pairs.map(([low, high]): Pads => [Math.min(low, 0), Math.min(high, 0)]),
      );
      const grow = pairs.map(([low, high]): Pads => [Math.max(low, 0), Math.max(high, 0)]);
      const steps = mixed ? [cropped, step(cropped.axes.map(out), grow)] : [step(parts.sizes, pairs)];
      const last = steps.at(-1) as Geometry;
      last.axes.forEach((one, i) => {
        refuseFill(who, one, i, last);
      });
      const whole = resolved(steps, parts, 'first');
      return channelled ? whole : { ...whole, output: whole.output.slice(1) };
    },
  };
}

/** Reflection and wrapping read the input once at most. */
function refuseFill(who: string, one: Axis, index: number, problem: Geometry): void {
  const most = Math.max(one.before, one.after);
  if (one.fillBefore === 'reflect' && most >= one.size) {
    throw refusal(
      who,
      `reflection by ${most} needs more than ${most} elements, but axis ${index} has ${one.size}`,
      problem,
    );
  }
  if (one.fillBefore === 'wrap' && most > one.size) {
    throw refusal(
      who,
      `circular padding by ${most} wraps around more than once: axis ${index} has ${one.size}`,
      problem,
    );
  }
}

function common(args: Arguments, rank: number, kind: LayerKind, notes: readonly string[]) {
  const name = args.who.slice('torch '.length);
  return {
    framework: 'torch',
    name,
    kind,
    rank,
    layout: 'first',
    activation: null,
    statedInput: null,
    notes,
  } as const;
}

/** PyTorch. */
export const torch: Dialect = {
  id: 'torch',
  title: 'PyTorch',
  aliases: { nn: 'torch.nn', F: 'torch.nn.functional' },
  readers: readers(),
  write,
  usual,
};
