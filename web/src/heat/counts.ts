// How often a map's elements are used: a line of counts an axis, whose products are the counts of the elements; and what is to
// be said of them: the least, the most, a corner, how many are never used.

import { heatCounts } from 'padwise/draw';
import type { Geometry } from 'padwise/geometry';

/** A map's counts. */
export interface Counts {
  readonly lines: readonly (readonly number[])[];
  readonly least: number;
  readonly most: number;
  /** Of the first element of every axis. */
  readonly corner: number;
  readonly elements: number;
  readonly never: number;
}

/** The counts of steps in turn; null where they are too many to count. */
export function countsOf(steps: readonly Geometry[]): Counts | null {
  try {
    const lines = heatCounts(steps);
    const product = (of: (line: readonly number[]) => number) =>
      lines.reduce((all, line) => all * of(line), 1);
    const elements = product((line) => line.length);
    return {
      lines,
      least: product((line) => line.reduce((low, count) => Math.min(low, count), Infinity)),
      most: product((line) => line.reduce((high, count) => Math.max(high, count), 0)),
      corner: product((line) => line[0] ?? 0),
      elements,
      never: elements - product((line) => line.filter((count) => count > 0).length),
    };
  } catch {
    return null;
  }
}
