// padwise/explain: what a layer does, with the arithmetic shown; how two layers compare; which arguments give a size.

export { strip } from '../draw/strip.ts';
export {
  type Agreement,
  agreement,
  arrange,
  type Comparison,
  canonical,
  compare,
  compareSteps,
  type Outcome,
  type Verdict,
} from './compare.ts';
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
export { english, type Words } from './words.ts';
