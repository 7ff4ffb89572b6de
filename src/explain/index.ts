// padwise/explain: what a layer does, with the arithmetic shown; how two layers compare; which arguments give a size.

export { strip } from '../draw/strip.ts';
export {
  type Agreement,
  agreement,
  arrange,
  type Comparison,
  canonical,
  compare,
  compareEvery,
  compareSteps,
  type EveryOutcome,
  type Outcome,
  type Verdict,
} from './compare.ts';
export {
  atSize,
  byRemainder,
  type EveryAxis,
  everySize,
  type OpenShape,
  openOutput,
  ownLaws,
  type SameRule,
  spatialIndices,
  unjoined,
} from './every-size.ts';
export {
  alike,
  arithmetic,
  type Elsewhere,
  type ExplainedAxis,
  type Explanation,
  explain,
  type Neighbour,
  ranges,
} from './explain.ts';
export { type Question, type Solution, solve } from './solve.ts';
export { type Dropping, dropping, type Near, nearest, refused, type Stacked, stack } from './stack.ts';
export { english, type Words } from './words.ts';
