// A whole layer's arithmetic: batch, channels and one Axis per spatial dimension. Convolution, transposed convolution,
// either gradient, pooling and padding are all this, with other numbers:
//
//   conv      y[b, f, o] = sum over c, tap   x[b, c, o*stride - before + tap*dilation] * w[f, c, tap]
//   max       the largest element of the window            (its pads hold -Infinity)
//   average   the window's sum over a divisor              (see Divisor)
//   pad       kernel 1: the padded or cropped input itself
//
// A transposed convolution is a conv with inputDilation = its stride and, mostly, flip. Sizes are N, C, then spatial.

import { say } from '../words/index.ts';
import { type Axis, axis, checkInteger, extent, out, span, start } from './axis.ts';
import { GeometryError } from './error.ts';

/** What a window does with what it reads. */
export type Operation = 'conv' | 'max' | 'average' | 'pad';

/**
 * What an average divides by: 'window', the positions of the window without the overhang (PyTorch's count_include_pad);
 * 'real', only the input elements in it (TensorFlow); or a fixed number.
 */
export type Divisor = 'window' | 'real' | number;

/** Everything that decides shape and pixels, in elements. Make one with {@link geometry}, which checks it. */
export interface Geometry {
  readonly operation: Operation;
  readonly batch: number;
  /** Channels of the input. */
  readonly channels: number;
  /** Channels of the output; equal to `channels` unless the operation is conv. */
  readonly filters: number;
  /** Groups of channels that do not see each other; divides channels and filters. */
  readonly groups: number;
  /** One to three spatial axes. */
  readonly axes: readonly Axis[];
  /** Mirror the kernel: true convolution instead of cross-correlation. */
  readonly flip: boolean;
  readonly divisor: Divisor;
}

/** What {@link geometry} takes: the axes, and what differs from a batch of one and one channel. */
export type GeometryInput = Partial<Omit<Geometry, 'axes'>> & {
  readonly axes: readonly (Partial<Axis> & Pick<Axis, 'size' | 'kernel'>)[];
};

/**
 * A checked geometry.
 * @throws GeometryError for numbers that are no integers or out of range, groups that do not divide, 0 or 4 axes
 */
export function geometry(given: GeometryInput): Geometry {
  const operation = given.operation ?? 'conv';
  const channels = checkInteger('channels', given.channels ?? 1, 0);
  const filters = checkInteger('filters', given.filters ?? (operation === 'conv' ? 1 : channels), 0);
  const groups = checkInteger('groups', given.groups ?? 1, 1);
  if (given.axes.length < 1 || given.axes.length > 3) {
    throw new GeometryError('rank', { what: 'axes', expected: '1, 2 or 3', received: given.axes.length });
  }
  if (operation !== 'conv' && filters !== channels) {
    throw new GeometryError('channels', {
      what: 'filters',
      expected: say`${channels}, as many as channels`,
      received: filters,
    });
  }
  for (const [what, count] of Object.entries({ channels, filters })) {
    if (count % groups === 0) continue;
    throw new GeometryError('channels', {
      what,
      expected: say`a multiple of groups ${groups}`,
      received: count,
    });
  }
  const axes = given.axes.map((one) => axis(one));
  return {
    operation,
    batch: checkInteger('batch', given.batch ?? 1, 0),
    channels,
    filters,
    groups,
    axes,
    flip: given.flip ?? false,
    divisor: checkDivisor(given.divisor ?? 'window'),
  };
}

function checkDivisor(given: Divisor): Divisor {
  if (given === 'window' || given === 'real') return given;
  return checkInteger('divisor', given, 1);
}

/** Input shape: [batch, channels, ...sizes]. */
export function inputShape(of: Geometry): number[] {
  return [of.batch, of.channels, ...of.axes.map((one) => one.size)];
}

/** Output shape: [batch, filters, ...outs]; an axis whose window does not fit has 0. */
export function outputShape(of: Geometry): number[] {
  return [of.batch, of.filters, ...of.axes.map(out)];
}

/** Multiply-adds of a conv: outputs * taps * channels per group. Padding counts, the holes of a dilated input do not. */
export function multiplyAdds(of: Geometry): number {
  if (of.operation !== 'conv') return 0;
  const each = of.batch * of.filters * (of.channels / of.groups);
  return of.axes.reduce((product, one) => product * filledTaps(one), each);
}

/**
 * Window-tap pairs of an axis that meet no hole. For one tap they lie a fixed number of windows apart; taps inputDilation
 * apart have as many.
 */
function filledTaps(one: Axis): number {
  if (one.inputDilation === 1) return out(one) * one.kernel;
  const [divisor, inverse] = euclid(one.stride, one.inputDilation);
  const apart = one.inputDilation / divisor;
  let filled = 0;
  for (let tap = 0; tap < Math.min(one.kernel, one.inputDilation); tap++) {
    const offset = start(one, 0) + tap * one.dilation;
    if (offset % divisor !== 0) continue;
    // The first window o with offset + o * stride divisible by inputDilation.
    const first = modulo(BigInt(-offset / divisor) * BigInt(inverse), BigInt(apart));
    const taps = Math.floor((one.kernel - 1 - tap) / one.inputDilation) + 1;
    if (first < out(one)) filled += taps * (Math.floor((out(one) - 1 - first) / apart) + 1);
  }
  return filled;
}

/** The greatest common divisor of a and b, and x with a * x = divisor modulo b. */
function euclid(a: number, b: number): [divisor: number, x: number] {
  let [divisor, rest, x, next] = [a, b, 1, 0];
  while (rest !== 0) {
    const times = Math.floor(divisor / rest);
    [divisor, rest] = [rest, divisor - times * rest];
    [x, next] = [next, x - times * next];
  }
  return [divisor, x];
}

function modulo(value: bigint, by: bigint): number {
  return Number(((value % by) + by) % by);
}

/** Whether this is a transposed convolution: holes in the input, or a mirrored kernel. */
export function isTransposed(of: Geometry): boolean {
  return of.operation === 'conv' && (of.flip || of.axes.some((one) => one.inputDilation > 1));
}

/** A transposed axis in its own words: the stride it had, and what it cuts from the natural output (negative: adds zeros). */
export function transposedWords(one: Axis): {
  stride: number;
  natural: number;
  crop: readonly [number, number];
} {
  const natural = one.size === 0 ? 0 : span(one) + extent(one) - 1;
  const low = extent(one) - 1 - one.before;
  return { stride: one.inputDilation, natural, crop: [low, natural - low - out(one)] };
}
