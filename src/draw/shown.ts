// Which positions of an axis are drawn. A short axis is drawn whole; of a long one its two ends, or what lies around a window:
//
//   ends   0 1 2 3 4 ... 59 60 61 62 63          lens   ... 28 29 30 31 32 33 ...
//
// Positions are those of axis.ts: 0 is the first input element, padding lies before 0 and after the last.

import { type Axis, extent, out, span, start } from '../geometry/index.ts';

/** Positions in order; undefined stands for some that are left out. */
export type Shown = readonly (number | undefined)[];

/** Positions [low, high) that exist or are read: the input, its pads and what hangs over. */
export function reachOf(of: Axis): readonly [low: number, high: number] {
  const windows = out(of);
  const last = windows === 0 ? 0 : start(of, windows - 1) + extent(of);
  return [Math.min(0, -of.before), Math.max(span(of), span(of) + of.after + of.overhang, last)];
}

/** [low, high) whole where it has at most `limit` positions, else its two ends. */
export function ends(low: number, high: number, limit: number): Shown {
  if (high - low <= limit) return range(low, high);
  const first = Math.ceil((limit - 1) / 2);
  return [...range(low, low + first), undefined, ...range(high - (limit - 1 - first), high)];
}

/**
 * [low, high) whole where it has at most `limit` positions, else what lies around [from, to): as many as `limit` with the
 * gaps, so that a drawing keeps its size while the window moves.
 */
export function lens(low: number, high: number, from: number, to: number, limit: number): Shown {
  if (high - low <= limit) return range(low, high);
  if (to - from > limit - 2) {
    const begin = Math.min(from, high - limit);
    return ends(begin, Math.max(to, begin + limit), limit);
  }
  const first = Math.max(low, Math.min(high - limit + 1, Math.round((from + to - limit) / 2) + 1));
  if (first <= low + 1) return [...range(low, low + limit - 1), undefined];
  if (first + limit - 2 >= high - 1) return [undefined, ...range(high - limit + 1, high)];
  return [undefined, ...range(first, first + limit - 2), undefined];
}

/** Whether all of [from, to) is drawn. */
export function isShown(shown: Shown, from: number, to: number): boolean {
  const at = shown.indexOf(from);
  return at >= 0 && shown[at + to - from - 1] === to - 1;
}

/** The integers of [from, to). */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}
