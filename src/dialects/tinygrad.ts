// tinygrad: nn layers and methods of a Tensor, which the code calls x. N C sizes; as many axes as the kernel has, whatever the
// name says. Weights (out, in / groups, k...), transposed (in, out / groups, k...).
//
//   padding      a number; one per axis; or two per axis, pairs from the last axis backwards. Negative ones crop
//   'same'       extent - 1 in all, the odd one after; the pads go by the kernels from the last axis backwards and by the
//                dilations from the first forwards, so that on several axes they need one dilation; stride=1 only, as a number
//   ceil_mode    drops every window that would start beyond the input and the leading pad
//   x.pad        pairs from the last axis backwards as in PyTorch, or one pair or None for each dimension
//
// Sources: tinygrad/nn/__init__.py, tinygrad/mixin/op.py (0.14).

import {
  type Axis,
  axis,
  ceilMode,
  extent,
  type Fill,
  type Geometry,
  naturalSize,
  out,
  type Pads,
  span,
  transposedAxis,
  windowPads,
} from '../geometry/index.ts';
import { say } from '../words/index.ts';
import { padded, pooled, poolFill, type Weighted, weighted } from './builder.ts';
import { type Dialect, type Layer, type Reader, refusal, type Shape, type Value } from './dialect.ts';
import { type Arguments, isTensor } from './signature.ts';
import { type Windows, windowOf } from './window.ts';

const FILLS: Readonly<Record<string, Fill>> = {
  constant: 0,
  reflect: 'reflect',
  replicate: 'replicate',
  circular: 'wrap',
};

/** What is known of a weight before an input is. */
type Weights = Pick<Weighted, 'channels' | 'filters' | 'groups' | 'kernel' | 'order' | 'bias'>;

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  const nn = (name: string, signature: string, read: (args: Arguments) => Layer) => {
    all[`tinygrad.nn.${name}`] = {
      signature: `in_channels, out_channels, kernel_size, stride=1, ${signature}`,
      read,
    };
  };
  const method = (name: string, signature: string, read: (args: Arguments) => Layer) => {
    all[`tinygrad.x.${name}`] = { signature, read };
    all[`tinygrad.Tensor.${name}`] = { signature: `self, ${signature}`, read };
  };
  const conv = 'padding=0, dilation=1, groups=1, bias=True';
  const transposed = 'padding=0, output_padding=0, dilation=1, groups=1, bias=True';
  nn('Conv1d', conv, (args) => convolution(args, madeWeight(args, 1, 'go i k')));
  nn('Conv2d', conv, (args) => convolution(args, madeWeight(args, null, 'go i k')));
  nn('ConvTranspose1d', transposed, (args) => transposition(args, madeWeight(args, 1, 'gi o k')));
  nn('ConvTranspose2d', transposed, (args) => transposition(args, madeWeight(args, null, 'gi o k')));
  const given = 'weight, bias=None, groups=1, stride=1, dilation=1, padding=0';
  method('conv2d', `${given}, dtype=None`, (args) => convolution(args, givenWeight(args, 'go i k')));
  method('conv_transpose2d', `${given}, output_padding=0`, (args) =>
    transposition(args, givenWeight(args, 'gi o k')),
  );
  const window = 'kernel_size=(2, 2), stride=None, dilation=1, padding=0, ceil_mode=False';
  method('max_pool2d', `${window}, return_indices=False`, (args) => pool(args, 'max'));
  method('avg_pool2d', `${window}, count_include_pad=True`, (args) => pool(args, 'average'));
  method('pad', 'padding, mode="constant", value=0.0', pad);
  return all;
}

/** The weight a layer makes; `rank` null: one axis for each number of kernel_size, two for a single number. */
function madeWeight(args: Arguments, rank: number | null, order: string): Weights {
  const groups = args.integer('groups', 1);
  const channels = args.integer('in_channels', 1);
  const filters = args.integer('out_channels', 1);
  if (channels % groups !== 0) args.refuse('in_channels', say`a multiple of groups=${groups}`);
  if (filters % groups !== 0) args.refuse('out_channels', say`a multiple of groups=${groups}`);
  const kernel = rank === 1 ? [args.integer('kernel_size', 1)] : kernelOf(args);
  return { channels, filters, groups, kernel, order, bias: args.flag('bias') };
}

function kernelOf(args: Arguments): number[] {
  const value = args.value('kernel_size');
  const rank = Array.isArray(value) ? value.length : 2;
  if (rank < 1 || rank > 3) args.refuse('kernel_size', 'one to three axes');
  return args.integers('kernel_size', rank, 1);
}

/** The weight a method is given: its shape says everything. */
function givenWeight(args: Arguments, order: 'go i k' | 'gi o k'): Weights {
  const shape = args.shape('weight');
  const groups = args.integer('groups', 1);
  const [first = 0, second = 0, ...kernel] = shape;
  if (kernel.length < 1 || kernel.length > 3) args.refuse('weight', 'one to three axes after two others');
  if (shape.includes(0)) args.refuse('weight', 'at least one element on each dimension');
  if (first % groups !== 0)
    args.refuse('weight', say`a first dimension that is a multiple of groups=${groups}`);
  const filters = order === 'go i k' ? first : second * groups;
  const bias = args.value('bias');
  if (bias !== null && !isTensor(bias)) args.refuse('bias', 'a tensor or None');
  if (isTensor(bias) && bias.shape !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== filters))
    args.refuse('bias', say`one number for each of ${filters} filters`);
  const channels = order === 'go i k' ? second * groups : first;
  return { channels, filters, groups, kernel, order, bias: bias !== null };
}

function convolution(args: Arguments, weights: Weights): Layer {
  const windows = windowsOf(args, weights.kernel);
  const pads = padsOf(args, windows);
  return weighted({
    ...common(args, weights),
    kind: 'conv',
    flip: false,
    axisOf: (size, i) => padOf(windowOf(windows, size, i), pads[i] as Pads),
  });
}

function transposition(args: Arguments, weights: Weights): Layer {
  const { who } = args;
  const windows = windowsOf(args, weights.kernel);
  const pads = padsOf(args, windows);
  const extra = args.integers('output_padding', weights.kernel.length);
  return weighted({
    ...common(args, weights),
    kind: 'transposed',
    flip: true,
    axisOf: (size, i) => {
      const window = windowOf(windows, size, i);
      const [low, high] = pads[i] as Pads;
      const length = naturalSize(window) - low - high + (extra[i] as number);
      if (length < 1)
        throw refusal(
          who,
          say`the output would be ${length} wide: padding ${low} and ${high} cuts more than the natural output ${naturalSize(window)}`,
        );
      return transposedAxis(window, low, length);
    },
  });
}

function pool(args: Arguments, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const kernel = kernelOf(args);
  const rank = kernel.length;
  const stride = args.value('stride') === null ? kernel : args.integers('stride', rank, 1);
  const windows = { kernel, stride, dilation: args.integers('dilation', rank, 1) };
  const pads = padsOf(args, windows);
  const ceil = args.flag('ceil_mode');
  const counted = operation === 'max' || args.flag('count_include_pad');
  const indices = operation === 'max' && args.value('return_indices') === true;
  return pooled({
    who,
    rank,
    layout: 'first',
    leads: [0, 1, 2, 3],
    operation,
    divisor: counted ? 'window' : 'real',
    notes: indices ? ['padwise computes the values, not the indices.'] : [],
    axisOf: (size, i) => {
      const floor = axis({ ...padOf(windowOf(windows, size, i), pads[i] as Pads), ...poolFill(operation) });
      refuseCrop(who, floor, i);
      return ceil ? ceilMode(floor, 'every') : floor;
    },
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
}

/** The pads of each axis: a number, one per axis, two per axis from the last backwards, or the word 'same' of a layer. */
function padsOf(args: Arguments, windows: Windows): Pads[] {
  const rank = windows.kernel.length;
  const value = args.value('padding');
  if (typeof value === 'string' && /nn\./.test(args.who)) return sameOf(args, value, windows);
  if (!Array.isArray(value) || value.length === rank)
    return args.integers('padding', rank).map((both): Pads => [both, both]);
  if (value.length !== 2 * rank) args.refuse('padding', say`an integer, ${rank} of them or ${2 * rank}`);
  return pairs(args.integers('padding', 2 * rank));
}

function sameOf(args: Arguments, word: string, { kernel, dilation }: Windows): Pads[] {
  if (word.toLowerCase() !== 'same') args.refuse('padding', "integers or 'same'");
  if (args.value('stride') !== 1)
    throw refusal(
      args.who,
      "padding='same' needs stride=1, as a number; its pads would depend on the input size",
    );
  const last = kernel.length - 1;
  return kernel.map((taps, i) => windowPads({ kernel: taps, dilation: dilation[last - i] as number }));
}

/** x.pad: pairs from the last axis backwards, or a pair or None for each dimension. */
function pad(args: Arguments): Layer {
  const { who } = args;
  const fill = FILLS[args.word('mode', Object.keys(FILLS))] as Fill;
  const value = args.value('padding');
  if (!Array.isArray(value)) return args.refuse('padding', 'a tuple');
  const list = value as readonly Value[];
  const grouped = list.some((one) => one === null || Array.isArray(one));
  const all = grouped ? groups(args, list) : pairs(flat(args, list));
  const untouched = ([low, high]: Pads) => low === 0 && high === 0;
  if (grouped && !all.slice(0, 2).every(untouched))
    args.refuse('padding', 'batch and channels left as they are');
  const spatial = grouped
    ? all.slice(2)
    : all.slice(
        Math.max(
          0,
          all.findIndex((one) => !untouched(one)),
        ),
      );
  if (spatial.length < 1 || spatial.length > 3) args.refuse('padding', 'pads for one to three axes');
  const constant = fill === 0 ? args.number('value') : fill;
  const made = (used: readonly Pads[]): Layer =>
    padded({
      who,
      rank: used.length,
      layout: 'first',
      leads: grouped ? [1] : [0, 1, 2, 3, 4],
      axisOf: (size, i) => {
        const [before, after] = used[i] as Pads;
        return axis({ size, kernel: 1, before, after, fillBefore: constant, fillAfter: constant });
      },
      refuse: (one, index, problem) => refusePad(who, one, index, problem),
    });
  const mixed = fill === 'wrap' && spatial.some(([low, high]) => low < 0 || high < 0);
  return mixed ? inTurn(made(spatial.map(crop)), made(spatial.map(grow))) : made(spatial);
}

/** Circular padding wraps what a negative pad of the other side leaves, so the two are two steps. */
function inTurn(first: Layer, second: Layer): Layer {
  return {
    ...first,
    resolve: (input) => {
      const cropped = first.resolve(input);
      const grown = second.resolve(cropped.output);
      return { steps: [...cropped.steps, ...grown.steps], output: grown.output };
    },
  };
}

function crop([low, high]: Pads): Pads {
  return [Math.min(0, low), Math.min(0, high)];
}

function grow([low, high]: Pads): Pads {
  return [Math.max(0, low), Math.max(0, high)];
}

function flat(args: Arguments, list: readonly Value[]): number[] {
  if (list.length % 2 === 1) args.refuse('padding', 'pairs of integers');
  return args.integers('padding', list.length);
}

/** Numbers in pairs from the last axis backwards, first axis first. */
function pairs(numbers: readonly number[]): Pads[] {
  return numbers
    .flatMap((low, i): Pads[] => (i % 2 === 0 ? [[low, numbers[i + 1] as number]] : []))
    .reverse();
}

function groups(args: Arguments, list: readonly Value[]): Pads[] {
  return list.map((one): Pads => {
    if (one === null) return [0, 0];
    const pair = Array.isArray(one) ? (one as readonly Value[]) : [];
    const [low, high] = pair;
    const whole = pair.length === 2 && Number.isInteger(low) && Number.isInteger(high);
    return whole
      ? [Number(low), Number(high)]
      : args.refuse('padding', 'a pair of integers or None for each dimension');
  });
}

function refusePad(who: string, one: Axis, index: number, problem: Geometry): void {
  const { size, before, after, fillBefore: fill } = one;
  if (fill === 'reflect' && Math.max(before, after) >= size && Math.max(before, after) > 0)
    throw refusal(
      who,
      say`reflection by ${Math.max(before, after)} needs more elements than axis ${index} has: ${size}`,
      problem,
    );
  if (fill === 'wrap' && Math.max(before, after) > size)
    throw refusal(
      who,
      say`circular padding by ${Math.max(before, after)} wraps axis ${index} more than once: it has ${size}`,
      problem,
    );
  const left = typeof fill === 'string' && fill !== 'wrap' ? size + before + after : kept(one);
  if (left < 0)
    throw refusal(
      who,
      say`pads ${before} and ${after} crop more than the ${size} elements of axis ${index}`,
      problem,
    );
}

/** What negative pads leave of the input. */
function kept(one: Axis): number {
  return span(one) + Math.min(0, one.before) + Math.min(0, one.after);
}

function refuseAxis(who: string, one: Axis, index: number, problem: Geometry): void {
  refuseCrop(who, one, index, problem);
  refuseEmpty(who, one, index, problem);
}

function refuseCrop(who: string, one: Axis, index: number, problem?: Geometry): void {
  if (kept(one) >= 0) return;
  throw refusal(
    who,
    say`pads ${one.before} and ${one.after} crop more than the ${span(one)} positions of axis ${index}`,
    problem,
  );
}

function refuseEmpty(who: string, one: Axis, index: number, problem: Geometry): void {
  if (out(one) > 0) return;
  throw refusal(
    who,
    say`the window spans ${extent(one)} on axis ${index}, but the padded input is ${span(one) + one.before + one.after} wide`,
    problem,
  );
}

function windowsOf(args: Arguments, kernel: Shape): Windows {
  const rank = kernel.length;
  return { kernel, stride: args.integers('stride', rank, 1), dilation: args.integers('dilation', rank, 1) };
}

function padOf(window: Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>, [before, after]: Pads): Axis {
  return axis({ ...window, before, after });
}

type Common = Pick<Weighted, 'who' | 'rank' | 'layout' | 'notes' | 'refuse' | 'initialiser'>;

/** What every convolution of tinygrad has. */
function common(args: Arguments, weights: Weights): Weights & Common {
  const { who } = args;
  const taps = weights.kernel.reduce((product, k) => product * k, 1);
  const limit = 1 / Math.sqrt((weights.channels ?? 1) * taps);
  const spread = args.value('dilation');
  const skewed =
    typeof args.value('padding') === 'string' && Array.isArray(spread) && new Set(spread).size > 1;
  return {
    ...weights,
    who,
    rank: weights.kernel.length,
    layout: 'first',
    notes: skewed
      ? [
          "tinygrad pairs the dilations of padding='same' with the axes in reverse, so that the output size is not the input's.",
        ]
      : [],
    refuse: (one, index, problem) => refuseAxis(who, one, index, problem),
    initialiser: () => [
      { kind: 'uniform', limit },
      { kind: 'uniform', limit },
    ],
  };
}

/** tinygrad. */
export const tinygrad: Dialect = {
  id: 'tinygrad',
  title: 'tinygrad',
  aliases: { nn: 'tinygrad.nn', x: 'tinygrad.x', Tensor: 'tinygrad.Tensor' },
  readers: readers(),
};
