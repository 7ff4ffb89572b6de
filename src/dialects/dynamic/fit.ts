import { type Expression, evaluate, fit as fitting } from '../../geometry/sizes.ts';

// A number known for some sizes as an expression of the size: a line where the number repeats or rises evenly, fitted by
// geometry/fit.ts and taken where it is right for every size known.

const LONGEST_PERIOD = 64;

/** The expression that has these values, by size; null where padwise finds none. */
export function fitted(values: ReadonlyMap<number, number>): Expression | null {
  const last = Math.max(...values.keys());
  const value = (size: number) => values.get(size) ?? null;
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    const settled = last - 2 * period + 1;
    if (settled < 0) return null;
    const found = fitting(value, { settled, period });
    if (found === null) continue;
    const { expression } = found;
    if ([...values].every(([size, wanted]) => evaluate(expression, size) === wanted)) return expression;
  }
  return null;
}
