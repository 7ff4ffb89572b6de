// Two layers on inputs whose size is not known: the outcomes of one period of sizes, and from which size on they hold.

import type { Layer, Shape } from '../dialects/dialect.ts';
import { type Outcome, outcomeAt, sweep } from './compare.ts';

/** A size that most layers take. */
const PROBE = 224;

/** The outcome for every size: for those of each remainder by the period, from the size `from` on. */
export interface EveryOutcome {
  readonly period: number;
  readonly from: number;
  readonly outcomes: readonly Outcome[];
}

/**
 * Compares two layers for every size of the unknown ones; `at` gives the input, [batch, channels, ...sizes], where these
 * are `size`. Null where the period is too long to sweep.
 * @throws DialectError where a layer refuses the first of the sizes
 */
export function compareEvery(first: Layer, second: Layer, at: (size: number) => Shape): EveryOutcome | null {
  const found = sweep(first, second, at(PROBE), at);
  if (found === null) return null;
  const { period, base, verdicts: outcomes } = found;
  const text = (of: Outcome) => JSON.stringify(of);
  let from = base;
  for (let size = base - 1; size >= 1; size--) {
    const outcome = outcomeAt(first, second, at(size));
    // What is refused because it is too small says nothing of those above it.
    if (outcome !== null && text(outcome) !== text(outcomes[size % period] as Outcome)) break;
    if (outcome !== null) from = size;
  }
  return { period, from, outcomes };
}
