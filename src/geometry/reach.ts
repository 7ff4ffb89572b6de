// Who reads whom: how often each input element is used, which never are, where a window's centre lies, and whether two
// axes read the same pixels. Two axes of one output size can differ by a shift that no shape check sees.
//
//   size 8, kernel 3, stride 2    SAME (0,1)     1 1 2 1 2 1 2 1
//                                 padding (1,1)  1 2 1 2 1 2 1 1

import { type Axis, axis, extent, out, span, start } from './axis.ts';
import { GeometryError } from './error.ts';
import { source } from './fill.ts';
import type { Divisor, Geometry } from './geometry.ts';

/** The most window-tap pairs counted one by one: 2^24. */
const COUNTABLE = 2 ** 24;
/** The most that two axes are compared by: 2^21. */
const COMPARABLE = 2 ** 21;

/**
 * How many window-tap pairs read each input element; length `size`. Padding by reflect or wrap counts as reading.
 * @throws GeometryError for more than 2^24 pairs
 */
export function utilisation(of: Axis): number[] {
  const pairs = Math.max(of.size, out(of) * of.kernel);
  if (pairs > COUNTABLE) {
    throw new GeometryError('range', {
      what: 'utilisation',
      expected: 'at most 2^24 reads',
      received: pairs,
    });
  }
  const counts = new Array<number>(of.size).fill(0);
  for (const read of reads(of)) if (typeof read === 'number') counts[read] = (counts[read] ?? 0) + 1;
  return counts;
}

/** What each tap of each window reads, windows first: an input element, a constant (`= 0`), or the overhang. */
function* reads(of: Axis): Generator<number | string> {
  const end = span(of) + of.after;
  for (let o = 0; o < out(of); o++) {
    for (let tap = 0; tap < of.kernel; tap++) {
      const position = start(of, o) + tap * of.dilation;
      const found = source(of, position);
      if (of.overhang > 0 && position >= end) yield 'overhang';
      else yield 'index' in found ? found.index : `= ${found.constant}`;
    }
  }
}

/** Input elements that no window reads. */
export function unread(of: Axis): number[] {
  return utilisation(of).flatMap((count, index) => (count === 0 ? [index] : []));
}

/** Where the middle of window `o` lies, in positions (input elements when the input is not dilated); may be a half. */
export function centre(of: Axis, o: number): number {
  return start(of, o) + (extent(of) - 1) / 2;
}

/** Whether every window of one axis reads the same elements and constants as the other's, tap by tap. */
export function sameReads(one: Axis, other: Axis): boolean {
  const [a, b] = [canonical(one), canonical(other)];
  return (Object.keys(a) as (keyof Axis)[]).every((field) => a[field] === b[field]) || alike(one, other);
}

/** The same reads in spellings that stay different, as where windows lie wholly in padding; looks at 2^21 of them at most. */
function alike(one: Axis, other: Axis): boolean {
  const pairs = out(one) * one.kernel;
  if (one.size !== other.size || one.kernel !== other.kernel || out(one) !== out(other)) return false;
  if (pairs === 0 || pairs > COMPARABLE) return false;
  const others = reads(other);
  for (const read of reads(one)) if (others.next().value !== read) return false;
  return true;
}

/** Whether two geometries compute the same numbers from the same input and weights. */
export function sameGeometry(one: Geometry, other: Geometry): boolean {
  const [a, b] = [settled(one), settled(other)];
  const fields = ['operation', 'batch', 'channels', 'filters', 'groups', 'divisor'] as const;
  const mirrored = a.flip !== b.flip && a.axes.some((axis) => axis.kernel > 1);
  return (
    fields.every((field) => a[field] === b[field]) &&
    a.axes.length === b.axes.length &&
    !mirrored &&
    a.axes.every((axis, index) => sameReads(axis, b.axes[index] as Axis))
  );
}

/**
 * The divisor in one spelling, 'real' where every counted position is real; and the overhang as pads, unless an average
 * counts pads without it.
 */
function settled(of: Geometry): Geometry {
  if (of.operation !== 'average') return folded(of, 'real');
  const axes = of.axes.map(canonical);
  const taps = axes.reduce((product, axis) => product * axis.kernel, 1);
  const whole = of.divisor === taps && axes.every((axis) => axis.overhang === 0);
  const divisor = whole ? 'window' : of.divisor;
  const padded = axes.some((axis) => axis.before > 0 || axis.after > 0);
  if (divisor === 'window' && padded) return { ...of, divisor };
  return folded(of, divisor === 'window' ? 'real' : divisor);
}

function folded(of: Geometry, divisor: Divisor): Geometry {
  const neutral = of.operation === 'max' ? -Infinity : 0;
  const axes = of.axes.map((axis) => {
    const padded = axis.fillAfter === neutral && (axis.after >= 0 || of.operation !== 'average');
    return padded ? { ...axis, after: axis.after + axis.overhang, overhang: 0 } : axis;
  });
  return { ...of, divisor, axes };
}

/** Positions read beyond the input's end; negative when the last window ends inside. */
function readsAfter(of: Axis): number {
  return out(of) === 0 ? 0 : start(of, out(of) - 1) + extent(of) - span(of);
}

/** The same reads in one spelling: nothing unread is padded, and what cannot matter has its default. */
function canonical(of: Axis): Axis {
  const windows = out(of);
  if (windows === 0) return axis({ size: of.size, kernel: of.kernel, before: -of.size });
  const beyond = readsAfter(of);
  const overhang = Math.max(0, Math.min(of.overhang, beyond - of.after));
  return {
    ...of,
    stride: windows === 1 ? 1 : of.stride,
    dilation: of.kernel === 1 ? 1 : of.dilation,
    inputDilation: of.size > 1 || of.fillBefore === 'wrap' || of.fillAfter === 'wrap' ? of.inputDilation : 1,
    after: beyond - overhang,
    overhang,
    fillBefore: of.before > 0 ? of.fillBefore : 0,
    fillAfter: beyond > 0 ? of.fillAfter : 0,
  };
}
