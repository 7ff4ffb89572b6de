// Small axes and what they read by the definition alone: the input is laid out with its holes, padded or cropped position
// by position, and a window walks over it. Nothing here uses the arithmetic it judges.
//
//   size 3, inputDilation 2, before 1, after 2      fill 0 hole 1 hole 2 fill fill

import fc from 'fast-check';
import { type Axis, axis, type Fill } from '../src/geometry/index.ts';

/** An input element by its index, a constant, or a position of the overhang. */
export type Read = number | `= ${number}` | 'overhang';

/** Values of the fields of an axis. */
type Lists = { readonly [field in keyof Axis]?: readonly Axis[field][] };

/** Every axis whose numbers come from these lists, all others at their defaults. */
export function* everyAxis(lists: Lists): Generator<Axis> {
  const [first, ...rest] = Object.entries(lists);
  if (first === undefined) return;
  const [name, values] = first;
  for (const value of values) {
    if (rest.length === 0) yield axis({ size: 1, kernel: 1, [name]: value });
    else for (const one of everyAxis(Object.fromEntries(rest))) yield axis({ ...one, [name]: value });
  }
}

/** from, from + 1, ..., to. */
export function upTo(to: number, from = 1): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

/** The grid of the properties: sizes to 12, kernels to 5, strides to 4, dilations to 3, pads from -1 to 4. */
export const GRID: Lists = {
  size: upTo(12, 0),
  kernel: upTo(5),
  stride: upTo(4),
  dilation: upTo(3),
  inputDilation: upTo(3),
  before: upTo(4, -1),
  after: upTo(4, -1),
};

/** A thinner grid, for properties that look at many pairs of windows. */
export const THIN: Lists = {
  size: [0, 1, 2, 5, 8],
  kernel: [1, 2, 3, 5],
  stride: upTo(3),
  dilation: [1, 2],
  inputDilation: [1, 3],
  before: [-1, 0, 2, 4],
  after: [-1, 0, 1, 4],
};

const FILLS: readonly Fill[] = [0, 1, 'reflect', 'symmetric', 'replicate', 'wrap'];

/** Any small axis, with every kind of fill and an overhang at times. */
export const anyAxis: fc.Arbitrary<Axis> = fc
  .record({
    size: fc.integer({ min: 0, max: 12 }),
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 4 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    inputDilation: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: -3, max: 12 }),
    after: fc.integer({ min: -3, max: 12 }),
    overhang: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 })),
    fillBefore: fc.constantFrom(...FILLS),
    fillAfter: fc.constantFrom(...FILLS),
  })
  .map((given) => axis(given));

/** What every tap of every window reads, a list per window. */
export function windows(of: Axis): Read[][] {
  const row = laidOut(of);
  const found: Read[][] = [];
  for (let from = 0; ; from += of.stride) {
    const taps = Array.from({ length: of.kernel }, (_, tap) => row[from + tap * of.dilation]);
    if (taps.some((read) => read === undefined)) return found;
    found.push(taps as Read[]);
  }
}

/** The positions a window may stand on, first to last. */
export function laidOut(of: Axis): Read[] {
  const stuffed = holed(of);
  const last = stuffed.length + of.after + of.overhang;
  const row: Read[] = [];
  for (let position = -of.before; position < last; position++) {
    if (of.overhang > 0 && position >= stuffed.length + of.after) row.push('overhang');
    else row.push(stuffed[position] ?? filled(of, stuffed, position));
  }
  return row;
}

/** The elements with the zeros between them. */
function holed(of: Axis): Read[] {
  const between = Array.from({ length: of.inputDilation - 1 }, (): Read => '= 0');
  return Array.from({ length: of.size }, (_, i): Read[] => (i === 0 ? [i] : [...between, i])).flat();
}

/** A padded position, by walking away from the input one step at a time. */
function filled(of: Axis, stuffed: readonly Read[], position: number): Read {
  const outward = position < 0 ? -1 : 1;
  const fill = outward < 0 ? of.fillBefore : of.fillAfter;
  if (typeof fill === 'number') return `= ${fill}`;
  if (stuffed.length === 0) return '= 0';
  const holes = Array.from({ length: of.inputDilation - 1 }, (): Read => '= 0');
  const period = fill === 'wrap' ? [...stuffed, ...holes] : stuffed;
  const last = period.length - 1;
  let at = outward < 0 ? 0 : fill === 'wrap' ? stuffed.length - 1 : last;
  let step = -outward;
  const steps = outward < 0 ? -position : position - stuffed.length + 1;
  for (let taken = 0; taken < steps; taken++) {
    if (fill === 'replicate' || (fill === 'reflect' && last === 0)) continue;
    if (fill === 'wrap') at = at + outward < 0 ? last : at + outward > last ? 0 : at + outward;
    else if (fill === 'symmetric' && taken === 0) continue;
    else if (at + step >= 0 && at + step <= last) at += step;
    else {
      step = -step;
      if (fill === 'reflect') at += step;
    }
  }
  return period[at] as Read;
}
