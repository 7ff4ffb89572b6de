// One axis of a sliding window. Everything padwise says about a size is read off these integers (XLA's terms):
//
//   extent = (kernel - 1) * dilation + 1              what one window covers
//   span   = (size - 1) * inputDilation + 1           what the input covers, holes included (0 when size = 0)
//   out    = floor((span + before + after + overhang - extent) / stride) + 1     0 when the window does not fit
//   window o reads positions  o * stride - before + tap * dilation,   tap = 0 .. kernel - 1
//
//   position   -2 -1 | 0  1  2  3  4 | 5        size 5, before 2, after 1; kernel 3, stride 2 -> out 3
//   window 0  [ .  .   . ]
//   window 1         [ .  .  . ]
//   window 2               [ .   .     . ]
//
// Position 0 is the first input element; a negative pad only means that the first or last positions are not read.
// Source: XLA operation semantics, ConvWithGeneralPadding; Dumoulin and Visin, "A guide to convolution arithmetic".

import { say } from '../words/index.ts';
import { GeometryError } from './error.ts';

/** What a position outside the input holds: a constant (0, -Infinity, ...), or a value of the input. */
export type Fill = number | 'reflect' | 'symmetric' | 'replicate' | 'wrap';

/** One axis: integers, in elements. Make one with {@link axis}, which checks it. */
export interface Axis {
  /** Elements of the input, >= 0. */
  readonly size: number;
  /** Taps of the window, >= 1. */
  readonly kernel: number;
  /** Positions between two windows, >= 1. */
  readonly stride: number;
  /** Positions between two taps, >= 1. */
  readonly dilation: number;
  /** Positions between two input elements, >= 1; the holes between them hold zeros. */
  readonly inputDilation: number;
  /** Positions added before the input; negative: positions not read. */
  readonly before: number;
  /** Positions added after the input; negative: positions not read. */
  readonly after: number;
  /** Positions a ceil-mode pooling reads beyond the last pad, >= 0; never counted by an average. */
  readonly overhang: number;
  readonly fillBefore: Fill;
  readonly fillAfter: Fill;
}

/** The largest number an axis accepts: 2^31 - 1. */
export const LARGEST: number = 2 ** 31 - 1;

/**
 * An axis from what differs from the defaults (stride and dilations 1, pads 0, fills zero).
 * @throws GeometryError for a number that is no integer or out of range
 */
export function axis(given: Partial<Axis> & Pick<Axis, 'size' | 'kernel'>): Axis {
  const whole: Axis = {
    size: given.size,
    kernel: given.kernel,
    stride: given.stride ?? 1,
    dilation: given.dilation ?? 1,
    inputDilation: given.inputDilation ?? 1,
    before: given.before ?? 0,
    after: given.after ?? 0,
    overhang: given.overhang ?? 0,
    fillBefore: given.fillBefore ?? 0,
    fillAfter: given.fillAfter ?? 0,
  };
  for (const [name, least] of LEAST) checkInteger(name, whole[name], least);
  for (const fill of [whole.fillBefore, whole.fillAfter]) {
    if (typeof fill === 'number' || RULES.includes(fill)) continue;
    throw new GeometryError('range', {
      what: 'fill',
      expected: 'a fill: a number, reflect, symmetric, replicate or wrap',
      received: String(fill),
    });
  }
  const widest = Math.max(extent(whole), span(whole), reach(whole));
  if (!Number.isSafeInteger(widest)) {
    throw new GeometryError('range', { what: 'axis', expected: 'at most 2^53 positions', received: widest });
  }
  return whole;
}

const RULES: readonly Fill[] = ['reflect', 'symmetric', 'replicate', 'wrap'];

const LEAST = [
  ['size', 0],
  ['kernel', 1],
  ['stride', 1],
  ['dilation', 1],
  ['inputDilation', 1],
  ['before', -LARGEST],
  ['after', -LARGEST],
  ['overhang', 0],
] as const;

/** Passes an integer of [least, 2^31 - 1] on. @throws GeometryError naming `what` otherwise */
export function checkInteger(what: string, value: number, least: number, index?: number): number {
  const place = index === undefined ? {} : { axis: index };
  if (!Number.isInteger(value)) {
    throw new GeometryError('integer', { what, expected: 'an integer', received: value, ...place });
  }
  if (value < least || value > LARGEST) {
    throw new GeometryError('range', {
      what,
      expected: say`${least} to ${LARGEST}`,
      received: value,
      ...place,
    });
  }
  return value;
}

/** Positions one window covers, its holes included. */
export function extent(axis: Pick<Axis, 'kernel' | 'dilation'>): number {
  return (axis.kernel - 1) * axis.dilation + 1;
}

/** Positions the input covers, its holes included; 0 for an empty input. */
export function span(axis: Pick<Axis, 'size' | 'inputDilation'>): number {
  return axis.size === 0 ? 0 : (axis.size - 1) * axis.inputDilation + 1;
}

/** Positions the windows may use: the span and everything padded to it. */
function reach(axis: Axis): number {
  return span(axis) + axis.before + axis.after + axis.overhang;
}

/** Windows that fit: the output size. 0 when not even one does. */
export function out(axis: Axis): number {
  const room = reach(axis) - extent(axis);
  return room < 0 ? 0 : Math.floor(room / axis.stride) + 1;
}

/** The first position window `o` reads; it ends `extent` later. */
export function start(axis: Axis, o: number): number {
  return o * axis.stride - axis.before;
}

/** Positions at the end, padding included, that no window reaches because the next one would not fit. */
export function remainder(axis: Axis): number {
  const windows = out(axis);
  return windows === 0 ? Math.max(0, reach(axis)) : reach(axis) - (windows - 1) * axis.stride - extent(axis);
}
