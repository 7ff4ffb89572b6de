// What jax.lax decides, and Flax with it, since its layers only prepare lax's arguments:
//
//   'SAME', 'SAME_LOWER', 'VALID'   in any case; only for an input without holes
//   (low, high) per axis            pads of the dilated input; negative ones crop it, together at most all of it
//   conv_transpose                  'SAME' and 'VALID' are those of the forward conv, in capitals; pairs pad the dilated
//                                   input, unless use_consistent_padding makes them the forward conv's, as in PyTorch
//   no refusal                      a window that does not fit: the output is empty
//
// Sources: jax/_src/lax/convolution.py, jax/_src/lax/lax.py (padtype_to_pads), JAX 0.10.2.

import {
  type Axis,
  axis,
  type Geometry,
  geometry,
  naturalSize,
  type Pads,
  sameCrop,
  samePads,
  span,
  transposedAxis,
  validSize,
} from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import {
  inWordsOf,
  type Layer,
  type Layout,
  type Parameter,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  shapeText,
  takeApart,
  type Value,
} from '../dialect.ts';
import { type Arguments, isList } from '../signature.ts';

const WORDS = ['SAME', 'SAME_LOWER', 'VALID'] as const;

/** lax's words for padding. */
export type LaxWord = (typeof WORDS)[number];

/** A word for all axes, or the pads of each. */
export type LaxPadding = LaxWord | readonly Pads[];

/** What a window is made of before it is padded. */
export type Window = Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>;

/** The argument `padding` as lax reads it: a word in any case, or a pair for each axis. */
export function laxPadding(args: Arguments, rank: number): LaxPadding {
  const value = args.value('padding');
  if (typeof value === 'string') return laxWord(args);
  return (
    padPairs(value, rank) ??
    args.refuse('padding', say`'SAME', 'VALID', 'SAME_LOWER' or ${pairsWanted(rank)}`)
  );
}

/** The argument `padding` as one of lax's words, in any case. */
export function laxWord(args: Arguments): LaxWord {
  const value = String(args.value('padding')).toUpperCase();
  return WORDS.find((word) => word === value) ?? args.refuse('padding', "'SAME', 'VALID' or 'SAME_LOWER'");
}

/** One pair per axis, or null where the value is something else; with `numbers`, a number stands for both sides. */
export function padPairs(value: Value, rank: number, numbers: boolean = false): Pads[] | null {
  if (!Array.isArray(value) || value.length !== rank) return null;
  const pairs = (value as readonly Value[]).flatMap((one): Pads[] => {
    if (numbers && isInteger(one)) return [[one, one]];
    return Array.isArray(one) && one.length === 2 && one.every(isInteger) ? [one as unknown as Pads] : [];
  });
  return pairs.length === rank ? pairs : null;
}

/** How many pairs are wanted, in words. */
export function pairsWanted(rank: number): Text {
  return rank === 1 ? 'one pair ((low, high),)' : say`${rank} pairs (low, high)`;
}

function isInteger(value: Value): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}

/** An argument that must be a tuple or list of one integer per axis; None stands for ones where `optional`. */
export function sequence(args: Arguments, name: string, rank: number, optional: boolean = false): number[] {
  const value = args.value(name);
  if (optional && value === null) return Array.from({ length: rank }, () => 1);
  const fits = Array.isArray(value) && value.length === rank && value.every((n) => isInteger(n) && n >= 1);
  if (!fits)
    args.refuse(name, rank === 1 ? 'a tuple of an integer >= 1' : say`a tuple of ${rank} integers >= 1`);
  return args.integers(name, rank, 1);
}

/**
 * Refuses a word for an input with holes, as lax does.
 * @throws DialectError 'refused'
 */
export function refuseHoles(args: Arguments, name: string, holes: readonly number[]): void {
  const word = args.value('padding');
  if (typeof word !== 'string' || holes.every((step) => step === 1)) return;
  const given = `${name}=${holes.length === 1 ? holes[0] : `(${holes.join(', ')})`}`;
  throw refusal(
    args.who,
    say`padding='${word}' needs an input without holes, received ${given}; give the pads as pairs (low, high)`,
  );
}

/** The axis of a convolution or pooling. */
export function paddedAxis(window: Window & { inputDilation?: number }, padding: LaxWord | Pads): Axis {
  const [before, after] = typeof padding === 'string' ? wordPads(window, padding) : padding;
  return axis({ ...window, before, after });
}

function wordPads(window: Window, word: LaxWord): Pads {
  if (word === 'VALID') return [0, 0];
  return samePads(window, word === 'SAME' ? 'upper' : 'lower');
}

/** How a transposed convolution is padded: by lax's rules, or by the forward conv's pads (use_consistent_padding). */
export type TransposedPadding =
  | { readonly word: 'SAME' | 'VALID' }
  | { readonly forward: readonly Pads[] }
  | { readonly dilated: LaxPadding };

/**
 * The arguments `padding` and use_consistent_padding of a transposed convolution. A word other than SAME and VALID is
 * left to the convolution underneath, which takes it only where no stride makes holes. `read` reads what is no word of
 * the transposed convolution.
 */
export function transposedPadding(
  args: Arguments,
  strides: readonly number[],
  read: (args: Arguments, rank: number) => LaxPadding = laxPadding,
): TransposedPadding {
  const value = args.value('padding');
  if (value === 'SAME' || value === 'VALID') return { word: value };
  if (args.value('use_consistent_padding') === true) {
    const forward = padPairs(value, strides.length);
    if (forward !== null && !(value as readonly Value[]).some(isList)) return { forward };
    args.refuse(
      'padding',
      say`'SAME', 'VALID' or a sequence of ${pairsWanted(strides.length)}, each a tuple`,
    );
  }
  refuseHoles(args, 'strides', strides);
  return { dilated: read(args, strides.length) };
}

/** Axis `index` of a transposed convolution; its stride is the window's. */
export function transposedAxisOf(window: Window, padding: TransposedPadding, index: number): Axis {
  if ('word' in padding) {
    const scaled = window.size * window.stride;
    return padding.word === 'SAME'
      ? transposedAxis(window, sameCrop(window, scaled), scaled)
      : transposedAxis(window, 0, validSize(window));
  }
  if ('forward' in padding) {
    const [low, high] = padding.forward[index] as Pads;
    return transposedAxis(window, low, naturalSize(window) - low - high);
  }
  const dilated = { ...window, stride: 1, inputDilation: window.stride };
  const { dilated: pads } = padding;
  return paddedAxis(dilated, typeof pads === 'string' ? pads : (pads[index] as Pads));
}

/** A layer with a kernel, everything decided but its input. */
export interface Convolution {
  readonly layer: Pick<Layer, 'framework' | 'name' | 'kind' | 'notes'>;
  readonly layout: Layout;
  /** Numbers of leading dimensions it takes. */
  readonly leads: readonly number[];
  /** Channels the layer itself fixes; null: those of the input. */
  readonly channels: number | null;
  readonly filters: number;
  readonly groups: number;
  readonly flip: boolean;
  /** Taps per axis; their count is the rank. */
  readonly kernel: Shape;
  axisOf(size: number, index: number): Axis;
  parameters(channels: number): readonly Parameter[];
}

/** The layer that convolves so. */
export function convolution(who: string, of: Convolution): Layer {
  const rank = of.kernel.length;
  return {
    ...of.layer,
    rank,
    layout: of.layout,
    channels: of.channels,
    activation: null,
    statedInput: null,
    parameters: (channels) => of.parameters(of.channels ?? channels),
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, of.layout, of.leads);
      const { batch, channels } = parts;
      const { filters, groups, flip } = of;
      if (of.channels !== null && channels !== of.channels) {
        const given = shapeText(input);
        throw refusal(
          who,
          groups === 1
            ? say`its kernel reads ${of.channels} channels, received ${channels} in ${given}`
            : say`its kernel reads ${of.channels} channels in ${groups} groups, received ${channels} in ${given}`,
        );
      }
      if (channels % groups !== 0) {
        throw refusal(who, say`${channels} input channels do not divide by feature_group_count=${groups}`);
      }
      const problem = inWordsOf(who, () =>
        geometry({ batch, channels, filters, groups, flip, axes: parts.sizes.map(of.axisOf) }),
      );
      refuseCrop(who, problem);
      return resolved([problem], parts, of.layout);
    },
  };
}

/** Negative pads may crop the whole dilated input, not more. */
function refuseCrop(who: string, problem: Geometry): void {
  for (const [index, one] of problem.axes.entries()) {
    const left = span(one) + one.before + one.after;
    if (left >= 0) continue;
    throw refusal(
      who,
      say`padding (${one.before}, ${one.after}) crops more than the ${span(one)} positions of axis ${index}`,
      problem,
    );
  }
}
