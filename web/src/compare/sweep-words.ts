// For which sizes two layers agree, in one sentence: by the remainder where the sizes repeat, else by how many there are.

import type { Words } from 'padwise/explain';
import { say, type Text } from 'padwise/words';
import { type Kind, LARGEST, type Outcome, SMALLEST } from './sweep.ts';
import type { Sweep } from './use-sweep.ts';

/** The sentence; `words` are the library's in the page's language. */
export function sweepSentence(sweep: Sweep, kinds: readonly Kind[], words: Words): Text {
  if (!sweep.done) return say`Comparing every size from ${SMALLEST} to ${LARGEST} …`;
  const equal = kinds.find(({ kind }) => kind === 'same')?.sizes.length ?? 0;
  const all = sweep.outcomes.length;
  if (kinds.length === 1 && kinds[0]?.kind === 'refused')
    return say`No size from ${SMALLEST} to ${LARGEST} is taken by both.`;
  if (equal === all) return words.agreeing(1, [0]);
  const from = holdsFrom(sweep);
  if (sweep.period !== null && from !== null && compared(kinds)) {
    const { period, equal: remainders } = sweep.period;
    const sentence = words.agreeing(period, remainders);
    return from <= SMALLEST + period
      ? sentence
      : say`${sentence} Smaller ones than ${from} have a rule of their own.`;
  }
  if (equal === 0) return say`Equal for none of the sizes from ${SMALLEST} to ${LARGEST}.`;
  return say`Equal for ${equal} of the ${all} sizes from ${SMALLEST} to ${LARGEST}.`;
}

/** Whether equal says all: no kind is equal in another sense. */
function compared(kinds: readonly Kind[]): boolean {
  return kinds.every(({ kind }) => kind !== 'mirrored' && kind !== 'numbers');
}

/** The first size from which on the period's remainders say what the sweep found; null where they never do. */
function holdsFrom({ outcomes, period }: Sweep): number | null {
  if (period === null) return null;
  const wrong = (outcome: Outcome | undefined, i: number) =>
    (outcome?.kind === 'same') !== period.equal.includes((SMALLEST + i) % period.period);
  const last = outcomes.findLastIndex(wrong);
  return last === outcomes.length - 1 ? null : SMALLEST + last + 1;
}
