// Burn: Rust configurations, N C sizes, weights (out, in / groups, k...), transposed (in, out / groups, k...). What is not in
// new() is set by a method, Conv2dConfig::new([3, 6], [4, 4]).with_stride([2, 2]), and numbers for all axes are an array.
//
//   Explicit   one dimension (left, right), two (top, left, bottom, right), three one number per axis, both sides alike.
//              Up to 0.20 one number per axis throughout
//   Same       ceil(size / stride) windows, the odd pad after, a dilation counted as 1. Three dimensions need an odd kernel
//              and even totals. Up to 0.20 the size was kept at every stride, and an even kernel refused
//   pools      the stride is the kernel unless given; ceil mode clips as PyTorch's does, twice where the sides differ
//   x.pad      pairs of the last axes, Constant, Reflect or Edge
//
// Sources: burn-nn src/padding.rs and src/modules/{conv,pool}, burn-backend src/backend/ops/modules/conv.rs (0.22.1).

import {
  type Axis,
  axis,
  ceilMode,
  type Fill,
  type Geometry,
  keep,
  naturalSize,
  out,
  type Pads,
  samePads,
  transposedAxis,
} from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { padded, pooled, poolFill, refuseEmpty, type Weighted, weighted } from './builder.ts';
import { type Dialect, type Layer, type Reader, refusal, type Shape, type Value } from './dialect.ts';
import { overNothing } from './nothing.ts';
import { type Arguments, isTensor } from './signature.ts';
import { type Windows, windowOf } from './window.ts';

const OPTIONS = 'with_bias=True, with_initializer=None';

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  const config = (module: string, name: string, signature: string, read: (args: Arguments) => Layer) => {
    all[`burn.nn.${name}Config.new`] = { signature, read };
    all[`burn.nn.${module}.${name}Config.new`] = { signature, read };
  };
  for (const rank of [1, 2, 3]) {
    const made = rank === 1 ? 'channels_in, channels_out, kernel_size' : 'channels, kernel_size';
    const spread = 'with_stride=None, with_dilation=None, with_groups=1';
    config('conv', `Conv${rank}d`, `${made}, *, ${spread}, with_padding=None, ${OPTIONS}`, (args) =>
      conv(args, rank),
    );
    config(
      'conv',
      `ConvTranspose${rank}d`,
      `channels, kernel_size, *, ${spread}, with_padding=None, with_padding_out=None, ${OPTIONS}`,
      (args) => convTranspose(args, rank),
    );
    if (rank === 3) continue;
    const window = `kernel_size, *, ${strideOf(rank)}=None, with_padding=None, with_ceil_mode=False`;
    config('pool', `MaxPool${rank}d`, `${window}, with_dilation=None`, (args) => pool(args, rank, 'max'));
    config('pool', `AvgPool${rank}d`, `${window}, with_count_include_pad=True`, (args) =>
      pool(args, rank, 'average'),
    );
  }
  all['burn.x.pad'] = { signature: 'padding, mode', read: pad };
  return all;
}

/** The stride of a pool is plural in two dimensions. */
function strideOf(rank: number): string {
  return rank === 1 ? 'with_stride' : 'with_strides';
}

type Weights = Pick<Weighted, 'channels' | 'filters' | 'groups' | 'kernel' | 'bias'>;

function weights(args: Arguments, rank: number, paired: boolean): Weights {
  const [channels = 0, filters = 0] = paired
    ? args.integers('channels', 2, 1)
    : [args.integer('channels_in', 1), args.integer('channels_out', 1)];
  if (paired && !Array.isArray(args.value('channels')))
    args.refuse('channels', '[channels_in, channels_out]');
  const groups = args.integer('with_groups', 1);
  if (channels % groups !== 0 || filters % groups !== 0)
    throw refusal(
      args.who,
      say`${channels} input and ${filters} output channels do not divide by ${groups} groups`,
    );
  return {
    channels,
    filters,
    groups,
    kernel: numbers(args, 'kernel_size', rank, 1),
    bias: args.flag('with_bias'),
  };
}

function conv(args: Arguments, rank: number): Layer {
  const { who } = args;
  const made = weights(args, rank, rank > 1);
  const windows = windowsOf(args, made.kernel, 'with_stride');
  const padding = paddingOf(args, rank);
  if (padding.word === 'Same' && rank === 3 && made.kernel.some((taps) => taps % 2 === 0))
    throw refusal(who, 'Same in three dimensions needs an odd kernel on every axis');
  const notes: Text[] = [...padding.notes];
  if (padding.word === 'Same' && windows.dilation.some((step) => step > 1))
    notes.push('Same counts a dilation as 1 in Burn, so that a dilated kernel shrinks the output.');
  return weighted({
    ...common(who, made, notes),
    kind: 'conv',
    order: 'go i k',
    flip: false,
    axisOf: (size, i) => paddedAxis(windowOf(windows, size, i), padding, i),
    refuse: (one, index, problem) => {
      if (rank === 3 && padding.word === 'Same' && one.before !== one.after)
        throw refusal(
          who,
          say`Same in three dimensions needs an even number of pads, but axis ${index} takes ${one.before} and ${one.after}`,
          problem,
        );
      refuseEmpty(who, one, index, problem);
    },
  });
}

function convTranspose(args: Arguments, rank: number): Layer {
  const { who } = args;
  const made = weights(args, rank, true);
  const windows = windowsOf(args, made.kernel, 'with_stride');
  const cut = optional(args, 'with_padding', rank, 0);
  const extra = optional(args, 'with_padding_out', rank, 0);
  return weighted({
    ...common(who, made, []),
    kind: 'transposed',
    order: 'gi o k',
    flip: true,
    axisOf: (size, i) => {
      const window = windowOf(windows, size, i);
      const crop = cut[i] as number;
      const length = naturalSize(window) - 2 * crop + (extra[i] as number);
      if (length < 1)
        throw refusal(
          who,
          say`the output would be ${length} wide: padding ${crop} cuts more than the natural output ${naturalSize(window)}`,
        );
      return transposedAxis(window, crop, length);
    },
  });
}

function pool(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const kernel = numbers(args, 'kernel_size', rank, 1);
  const given = args.value(strideOf(rank)) !== null;
  const stride = given ? numbers(args, strideOf(rank), rank, 1) : kernel;
  const windows = { kernel, stride, dilation: optional(args, 'with_dilation', rank, 1) };
  const padding = paddingOf(args, rank);
  const ceil = args.flag('with_ceil_mode');
  const counts = operation === 'max' || args.flag('with_count_include_pad');
  const made = pooled({
    who,
    rank,
    layout: 'first',
    operation,
    divisor: counts ? 'window' : 'real',
    notes: padding.notes,
    axisOf: (size, i) => {
      const floor = axis({ ...paddedAxis(windowOf(windows, size, i), padding, i), ...poolFill(operation) });
      return ceil ? ceiled(floor, padding) : floor;
    },
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
  if (counts || even(padding)) return made;
  // For uneven pads Burn divides by the share of elements, nothing by one: an average of no element is 0, else NaN.
  return {
    ...made,
    resolve: (input) => {
      const { steps, output } = made.resolve(input);
      return { steps: steps.flatMap((step) => overNothing(step, 0)), output };
    },
  };
}

/**
 * Ceil mode. Where a side differs from the other, Burn pads the input first, so that a last window beyond these pads is
 * dropped as well as one that starts in the trailing ones.
 */
function ceiled(floor: Axis, padding: Padding): Axis {
  const clipped = ceilMode(floor, true);
  if (even(padding)) return clipped;
  const size = floor.size + floor.before + floor.after;
  const windows = out(ceilMode(axis({ ...floor, size, before: 0, after: 0 }), true));
  const late = windows > 1 && (windows - 1) * floor.stride >= floor.size + floor.before;
  const kept = late ? windows - 1 : windows;
  return kept > 0 && kept < out(clipped) ? keep(clipped, 0, kept) : clipped;
}

/** Whether both sides of every axis are padded alike; Same leaves no window of pads alone and none to drop. */
function even({ pads }: Padding): boolean {
  return pads.every(([before, after]) => before === after);
}

/** A padding configuration: a word, or the pads of each axis. */
interface Padding {
  readonly word: 'Same' | 'Valid' | 'Explicit';
  readonly pads: readonly Pads[];
  readonly notes: readonly Text[];
}

const PADDING = /^(?:\w+(?:::|\.))*PaddingConfig(\d)d(?:::|\.)(Same|Valid|Explicit)(?:\(([\d,\s]*)\))?$/;

function paddingOf(args: Arguments, rank: number): Padding {
  const value = args.value('with_padding');
  if (value === null) return { word: 'Valid', pads: [], notes: [] };
  const [, dimensions, word, list] = (isTensor(value) ? PADDING.exec(value.tensor) : null) ?? [];
  const fits = (word === 'Explicit') === (list !== undefined) && dimensions === String(rank);
  if (!fits) return args.refuse('with_padding', say`PaddingConfig${rank}d::Same, Valid or Explicit(..)`);
  if (word === 'Same') return { word, pads: [], notes: [OLD_SAME] };
  if (word !== 'Explicit') return { word: 'Valid', pads: [], notes: [] };
  const sides = (list as string)
    .split(',')
    .filter((one) => one.trim() !== '')
    .map(Number);
  if (rank < 3 && sides.length === 2 * rank)
    return {
      word,
      pads: sides.slice(0, rank).map((low, i): Pads => [low, sides[i + rank] as number]),
      notes: [],
    };
  if (sides.length !== rank)
    args.refuse('with_padding', say`${rank < 3 ? 2 * rank : rank} numbers in Explicit(..)`);
  return { word, pads: sides.map((both): Pads => [both, both]), notes: rank < 3 ? [OLD_EXPLICIT] : [] };
}

const OLD_SAME =
  'Up to Burn 0.20 Same kept the size at every stride, padded both sides alike and refused even kernels.';
const OLD_EXPLICIT =
  'One number per axis in Explicit(..) is Burn up to 0.20; since 0.21 it takes both sides of each axis.';

function paddedAxis(window: Window, { word, pads }: Padding, i: number): Axis {
  const [before, after] = word === 'Same' ? samePads({ ...window, dilation: 1 }) : (pads[i] ?? [0, 0]);
  return axis({ ...window, before, after });
}

type Window = Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>;

const MODE = /^(?:\w+(?:::|\.))*PadMode(?:::|\.)(Constant|Reflect|Edge)(?:\((.*)\))?$/;

/** x.pad: pairs of the last axes, or (left, right, top, bottom) of the last two. */
function pad(args: Arguments): Layer {
  const { who } = args;
  const pads = pairs(args);
  const mode = args.value('mode');
  const [, name, inner] = (isTensor(mode) ? MODE.exec(mode.tensor) : null) ?? [];
  const constant = name === 'Constant' ? number(inner ?? '') : null;
  const fill: Fill | null = name === 'Reflect' ? 'reflect' : name === 'Edge' ? 'replicate' : constant;
  if (fill === null) return args.refuse('mode', 'PadMode::Constant(0.0), Reflect or Edge');
  return padded({
    who,
    rank: pads.length,
    layout: 'first',
    leads: [0, 1, 2, 3],
    axisOf: (size, i) => {
      const [before, after] = pads[i] as Pads;
      return axis({ size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill });
    },
    refuse: (one, index, problem) => refusePad(who, one, index, problem),
  });
}

function refusePad(who: string, one: Axis, index: number, problem: Geometry): void {
  const most = Math.max(one.before, one.after);
  if (one.fillBefore === 'reflect' && most > 0 && most >= one.size)
    throw refusal(
      who,
      say`reflection by ${most} needs more elements than axis ${index} has: ${one.size}`,
      problem,
    );
  if (one.fillBefore === 'replicate' && most > 0 && one.size === 0)
    throw refusal(who, say`it copies from the input, which is empty on axis ${index}`, problem);
}

function pairs(args: Arguments): Pads[] {
  const value = args.value('padding');
  const list = Array.isArray(value) ? (value as readonly Value[]) : [];
  if (list.length === 4 && list.every((one) => typeof one === 'number')) {
    const [left = 0, right = 0, top = 0, bottom = 0] = args.integers('padding', 4, 0);
    return [
      [top, bottom],
      [left, right],
    ];
  }
  const found = list.flatMap((one): Pads[] => {
    const [low, high] = Array.isArray(one) && one.length === 2 ? (one as readonly Value[]) : [];
    return Number.isInteger(low) && Number.isInteger(high) ? [[Number(low), Number(high)]] : [];
  });
  const fits = found.length === list.length && found.flat().every((count) => count >= 0);
  if (!fits || found.length < 1 || found.length > 5)
    args.refuse('padding', 'a pair (before, after) for each of the last axes');
  const first = found.findIndex(([low, high]) => low !== 0 || high !== 0);
  const used = found.slice(Math.max(0, Math.min(first, found.length - 1)));
  return used.length <= 3 ? used : args.refuse('padding', 'pads for one to three axes');
}

function number(text: string): number | null {
  if (/^f(?:32|64)(?:::|\.)NEG_INFINITY$/.test(text.trim())) return -Infinity;
  const value = Number(text.replace(/_?f(?:32|64)$/, '').replace(/\.$/, ''));
  return text.trim() === '' || Number.isNaN(value) ? null : value;
}

/** One integer in one dimension, else an array of one per axis: Rust takes nothing else. */
function numbers(args: Arguments, name: string, rank: number, least: number): number[] {
  if (rank === 1) return [args.integer(name, least)];
  if (!Array.isArray(args.value(name))) args.refuse(name, say`an array of ${rank} integers`);
  return args.integers(name, rank, least);
}

function optional(args: Arguments, name: string, rank: number, fallback: number): number[] {
  if (args.value(name) === null) return Array.from({ length: rank }, () => fallback);
  return numbers(args, name, rank, fallback);
}

function windowsOf(args: Arguments, kernel: Shape, stride: string): Windows {
  const rank = kernel.length;
  return {
    kernel,
    stride: optional(args, stride, rank, 1),
    dilation: optional(args, 'with_dilation', rank, 1),
  };
}

type Common = Pick<Weighted, 'who' | 'rank' | 'layout' | 'notes' | 'initialiser'>;

/** What every convolution of Burn has. */
function common(who: string, made: Weights, notes: readonly Text[]): Weights & Common {
  return {
    ...made,
    who,
    rank: made.kernel.length,
    layout: 'first',
    notes,
    initialiser: (shape) => {
      const fan = shape.slice(1).reduce((product, n) => product * n, 1);
      const start = { kind: 'uniform', limit: 1 / Math.sqrt(fan) } as const;
      return [start, start];
    },
  };
}

/** Burn. */
export const burn: Dialect = {
  id: 'burn',
  title: 'Burn',
  aliases: { '': 'burn.nn', x: 'burn.x' },
  readers: readers(),
};
