// The counts behind a heat map: a line of numbers for each axis, whose products are the counts of the elements; neighbours of
// one count joined to bands, so that large maps and slices need few marks.
//
//   counts   1 2 3 3 3 2 1     bands   0: 1   1: 2   2..4: 3   5: 2   6: 1

import { type Geometry, utilisation } from '../../geometry/index.ts';
import { reaching } from '../../geometry/receptive.ts';
import type { Text } from '../../words/index.ts';
import { direction, rankOf } from '../direction.ts';
import { ends } from '../shown.ts';

/** One map among several. */
export interface HeatMap {
  /** What stands over it. */
  readonly name?: Text;
  /** One layer's step, or the steps of a stack in turn. */
  readonly steps: readonly Geometry[];
}

/** A map whose counts are known; null where they are too many to count. */
export interface Counted {
  readonly name: Text | undefined;
  readonly steps: readonly Geometry[];
  readonly counts: readonly (readonly number[])[] | null;
}

/**
 * How often the elements are used, per axis; the count of one element is the product of its indices' counts.
 * @throws GeometryError for more than 2^24 reads along an axis
 */
export function heatCounts(steps: readonly Geometry[]): number[][] {
  return Array.from({ length: rankOf(steps) }, (_, index) => {
    const axes = direction(steps, index);
    const [only] = axes;
    return steps.length === 1 && only !== undefined ? utilisation(only) : reaching(axes);
  });
}

/** The greatest product of counts; 0 where an axis is empty. */
export function greatest(counts: readonly (readonly number[])[]): number {
  const each = counts.map((line) => line.reduce((most, count) => Math.max(most, count), 0));
  return each.reduce((product, most) => product * most, counts.length === 0 ? 0 : 1);
}

/** Elements that are drawn as one: `from` to `to`, both included, each with this count. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Neighbours of one count joined, where asked; undefined where some are left out. */
export function bands(
  counts: readonly number[],
  joined: boolean,
  limit: number,
): readonly (Band | undefined)[] {
  const found: (Band | undefined)[] = [];
  for (const index of ends(0, counts.length, limit)) {
    const last = found.at(-1);
    const count = index === undefined ? 0 : (counts[index] as number);
    if (index === undefined) found.push(undefined);
    else if (joined && last?.count === count) found[found.length - 1] = { ...last, to: index };
    else found.push({ from: index, to: index, count });
  }
  return found;
}

/** The slices of the first of three axes, equal neighbours as one; one of count 1 where there are fewer axes. */
export function slices(counts: readonly (readonly number[])[]): readonly (Band | undefined)[] {
  const [depth] = counts;
  if (counts.length < 3 || depth === undefined) return [{ from: 0, to: 0, count: 1 }];
  const all = bands(depth, true, Number.MAX_SAFE_INTEGER);
  return ends(0, all.length, 9).map((index) => (index === undefined ? undefined : all[index]));
}

/** The counts that occur; of axes with many different ones the least and the greatest. */
export function distinct(counts: readonly (readonly number[])[]): ReadonlySet<number> {
  if (counts.length === 0 || counts.some((line) => line.length === 0)) return new Set();
  return counts.reduce<ReadonlySet<number>>(
    (products, line) => {
      const each = new Set(line);
      const found = new Set<number>();
      for (const one of products) {
        for (const other of each) {
          found.add(one * other);
          if (found.size > 4096) return found;
        }
      }
      return found;
    },
    new Set([1]),
  );
}
