// What Flax adds to lax's padding; it pads the input itself and convolves the result as 'VALID':
//
//   'CIRCULAR', 'REFLECT'   extent - 1 in all, the odd one after, whatever the stride; jnp.pad, so any number of times
//   'CAUSAL'                extent - 1 before; one axis only
//   1, (1, 2)               a number counts for both sides
//
// A transposed 'CIRCULAR' wraps the natural output around size * stride positions. That is the convolution of the input
// repeated with that period; what it cuts before is half the surplus extent - stride, the odd one before where the kernel
// is mirrored. The words are case-sensitive. Source: flax/linen/linear.py, flax/nnx/nn/linear.py, Flax 0.12.8.

import {
  type Axis,
  axis,
  causalPads,
  type Fill,
  type Pads,
  sameCrop,
  transposedAxis,
  windowPads,
} from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import type { Value } from '../dialect.ts';
import {
  type LaxPadding,
  type LaxWord,
  laxWord,
  paddedAxis,
  padPairs,
  pairsWanted,
  type Window,
} from '../jax/lax.ts';
import { type Arguments, isList } from '../signature.ts';

/** Flax's words for padding. */
export type FlaxWord = LaxWord | 'CIRCULAR' | 'REFLECT' | 'CAUSAL';

/** A word for all axes, or the pads of each. */
export type FlaxPadding = FlaxWord | readonly Pads[];

const FILLS = { CIRCULAR: 'wrap', REFLECT: 'reflect' } as const satisfies Record<string, Fill>;

/** The argument `padding` without Flax's own words: lax's, a number for all sides, or a number or pair for each axis. */
export function numberPadding(args: Arguments, rank: number): LaxPadding {
  const value = args.value('padding');
  if (typeof value === 'string') return laxWord(args);
  const pairs = padPairs(
    Array.isArray(value) ? value : Array.from({ length: rank }, () => value),
    rank,
    true,
  );
  if (pairs !== null && !(args.who.includes(' nnx.') && holdsList(value))) return pairs;
  return args.refuse(
    'padding',
    rank === 1
      ? say`a word, an integer or ${pairsWanted(rank)}`
      : say`a word, an integer, ${rank} of them or ${pairsWanted(rank)}`,
  );
}

/** linen freezes lists to tuples, nnx does not and takes pairs that are tuples only. */
function holdsList(value: Value): boolean {
  return Array.isArray(value) && (value as readonly Value[]).some(isList);
}

/** The argument `padding` of a convolution. */
export function flaxPadding(args: Arguments, rank: number): FlaxPadding {
  const value = args.value('padding');
  if (value === 'CIRCULAR' || value === 'REFLECT') return value;
  if (value !== 'CAUSAL') return numberPadding(args, rank);
  return rank === 1
    ? value
    : args.refuse('padding', say`another word: causal padding is for one axis, not ${rank}`);
}

/** The axis of a convolution. */
export function flaxAxis(window: Window & { inputDilation?: number }, padding: FlaxWord | Pads): Axis {
  if (padding === 'CAUSAL') return paddedAxis(window, causalPads(window));
  if (padding !== 'CIRCULAR' && padding !== 'REFLECT') return paddedAxis(window, padding);
  const fill = FILLS[padding];
  return { ...paddedAxis(window, windowPads(window)), fillBefore: fill, fillAfter: fill };
}

/** The axis of a transposed convolution with padding='CIRCULAR'; `flip` is transpose_kernel. */
export function circularTransposedAxis(window: Window, flip: boolean): Axis {
  const period = window.size * window.stride;
  const crop = sameCrop(window, period, flip ? 'lower' : 'upper');
  return axis({ ...transposedAxis(window, crop, period), fillBefore: 'wrap', fillAfter: 'wrap' });
}
