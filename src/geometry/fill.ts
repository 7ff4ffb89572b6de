// What a position reads: an input element, a hole between two of them, or the fill of the padding.
//
//              reflect       symmetric     replicate     wrap
//   1 2 3 4    3 2|1 2 3 4   2 1|1 2 3 4   1 1|1 2 3 4   3 4|1 2 3 4
//
// All four are periodic (numpy.pad goes on the same way), so any number of pads is defined; what a framework refuses is
// its dialect's business. On a dilated input, wrap has the period size * inputDilation: the trailing holes belong to it.

import { type Axis, type Fill, span } from './axis.ts';

/** The input element read at a position, or the constant found there instead. */
export type Source = { readonly index: number } | { readonly constant: number };

/** What `position` (0 = the first input element, negative before it) holds on this axis. */
export function source(axis: Axis, position: number): Source {
  const covered = span(axis);
  if (position >= 0 && position < covered) return element(axis, position);
  const fill = position < 0 ? axis.fillBefore : axis.fillAfter;
  if (typeof fill === 'number') return { constant: fill };
  if (covered === 0) return { constant: 0 };
  return element(axis, fold(fill, position, covered, axis.size * axis.inputDilation));
}

function element(axis: Axis, position: number): Source {
  return position % axis.inputDilation === 0 ? { index: position / axis.inputDilation } : { constant: 0 };
}

/** A position outside brought back to [0, covered), or to [0, period) by wrap. */
function fold(fill: Exclude<Fill, number>, position: number, covered: number, period: number): number {
  if (fill === 'replicate') return position < 0 ? 0 : covered - 1;
  if (fill === 'wrap') return modulo(position, period);
  if (fill === 'symmetric') {
    const folded = modulo(position, 2 * covered);
    return folded < covered ? folded : 2 * covered - 1 - folded;
  }
  if (covered === 1) return 0;
  const folded = modulo(position, 2 * (covered - 1));
  return folded < covered ? folded : 2 * (covered - 1) - folded;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
