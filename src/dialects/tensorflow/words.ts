// What TensorFlow's functions share: numbers per axis or per dimension, the padding word or pairs, data_format.
// Sources: tensorflow/python/ops/nn_ops.py (_get_sequence, convert_padding), core/framework/kernel_shape_util.cc (2.21).

import {
  type Axis,
  axis,
  extent,
  type Fill,
  type Geometry,
  type Pads,
  samePads,
  span,
} from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { type Layer, type LayerKind, type Layout, refusal, type Value } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import type { Windows } from '../window.ts';
import { pairsOf } from './pad.ts';

/** The data formats of a rank: channels last, channels first. */
export const FORMATS = { 1: ['NWC', 'NCW'], 2: ['NHWC', 'NCHW'], 3: ['NDHWC', 'NCDHW'] } as const;

/** Spatial axes. */
export type Rank = 1 | 2 | 3;
/** Every rank. */
export const RANKS: readonly Rank[] = [1, 2, 3];

/** The rank, if it is one; `expected` says what `name` should be. */
export function rankOf(args: Arguments, rank: number, name: string, expected = '3 to 5 dimensions'): Rank {
  return RANKS.find((one) => one === rank) ?? args.refuse(name, expected);
}

/** Where data_format puts the channels. */
export function layoutOf(args: Arguments, rank: Rank): Layout {
  const value = args.value('data_format');
  return value === null || args.word('data_format', FORMATS[rank]) === FORMATS[rank][0] ? 'last' : 'first';
}

/** A list of values. */
export function listOf(args: Arguments, name: string): readonly Value[] {
  const value = args.value(name);
  return Array.isArray(value) ? (value as readonly Value[]) : args.refuse(name, 'a list of integers');
}

/** One integer >= 1 per axis; `full` demands the 1 for batch and channels as well. None stands for 1. */
export function sequence(args: Arguments, name: string, rank: Rank, full = false): number[] {
  const value = args.value(name);
  if (value === null) return Array.from({ length: rank }, () => 1);
  const list = Array.isArray(value) ? (value as readonly Value[]) : [value];
  const whole = list.length === rank + 2;
  const fits =
    (whole || (!full && (list.length === 1 || list.length === rank))) &&
    list.every((n) => typeof n === 'number' && Number.isInteger(n) && n >= 1);
  const around = layoutOf(args, rank) === 'last' ? [list[0], list[rank + 1]] : [list[0], list[1]];
  if (!fits || (whole && around.some((n) => n !== 1)) || (full && !Array.isArray(value))) {
    return args.refuse(
      name,
      full
        ? say`${rank + 2} integers >= 1, 1 for batch and channels`
        : say`an integer >= 1 or ${rank} of them, 1 for batch and channels`,
    );
  }
  if (whole) return (layoutOf(args, rank) === 'last' ? list.slice(1, -1) : list.slice(2)) as number[];
  return Array.from({ length: rank }, (_, i) => (list.length === 1 ? list[0] : list[i]) as number);
}

/** A word, or one [before, after] per axis. */
export type Padding = 'SAME' | 'VALID' | readonly Pads[];

const WORDS = ['SAME', 'VALID'] as const;

/** The padding; a list of pairs only where `explicit`. */
export function paddingOf(args: Arguments, rank: Rank, explicit: boolean): Padding {
  const value = args.value('padding');
  if (!Array.isArray(value) || !explicit) return args.word('padding', WORDS);
  const pairs = pairsOf(args, 'padding');
  const first = layoutOf(args, rank) === 'last' ? 1 : 2;
  const around = pairs.filter((_, i) => i < first || i >= first + rank);
  if (pairs.length !== rank + 2 || around.flat().some((n) => n !== 0))
    args.refuse('padding', say`${rank + 2} pairs of integers >= 0, zeros for batch and channels`);
  return pairs.slice(first, first + rank);
}

/** The axis of a padding; `fill` is what the pads hold. */
export function paddedAxis(
  window: Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>,
  padding: Padding,
  i: number,
  fill: Fill = 0,
): Axis {
  const [before, after] =
    padding === 'SAME' ? samePads(window) : padding === 'VALID' ? ([0, 0] as const) : (padding[i] as Pads);
  const { size, kernel, stride, dilation } = window;
  return axis({ size, kernel, stride, dilation, before, after, fillBefore: fill, fillAfter: fill });
}

/** Refuses a window that misses two strides or more: TensorFlow divides as C does. */
export function refuseMissing(who: string, problem: Geometry, kernel: string): void {
  for (const one of problem.axes) {
    const wide = span(one) + one.before + one.after;
    if (extent(one) - wide < 2 * one.stride) continue;
    const dilated =
      one.dilation > 1
        ? say`dilations ${one.dilation} makes a ${kernel} of ${one.kernel} span ${extent(one)}`
        : say`the ${kernel} is ${one.kernel} wide`;
    throw refusal(
      who,
      say`${dilated}, but the padded input is ${wide} wide (${one.size} + ${one.before} + ${one.after})`,
      problem,
    );
  }
}

/** The notes on layout and padding; its 3-D CPU kernels crop where SAME's total is negative. */
export function paddingNotes(rank: Rank, layout: Layout, padding: Padding, of: Windows): Text[] {
  const wider = of.stride.some((step, i) => step > (of.kernel[i] as number) + 1);
  return [
    ...(layout === 'first'
      ? [say`TensorFlow on the CPU without oneDNN takes ${FORMATS[rank][0]} only.`]
      : []),
    ...(rank === 3 && padding === 'SAME' && wider
      ? [
          'TensorFlow on the CPU crops here instead of starting at the first element: its 3-D SAME is not clamped at 0.',
        ]
      : []),
  ];
}

/** What every function of TensorFlow states alike. */
export function common(
  args: Arguments,
  kind: LayerKind,
  rank: Rank,
  layout: Layout,
  notes: readonly Text[],
): Omit<Layer, 'parameters' | 'resolve'> {
  return {
    framework: 'tensorflow',
    name: args.who.slice('tensorflow '.length),
    kind: kind,
    rank: rank,
    layout: layout,
    activation: null,
    statedInput: null,
    notes: notes,
  };
}
