// What a size decides, and what steps in turn read: apart from the integers of one geometry, for those who ask about one
// layer on one size do not load it.

export { type Expression, evaluate, type Notation, printExpression } from './expression.ts';
export { type Fit, fit, type OfSize, type Repeats } from './fit.ts';
export { fuse } from './fuse.ts';
export { type AxesOfSize, type Law, type Laws, laws } from './law.ts';
export {
  dropped,
  firstCentre,
  type Interval,
  type Reached,
  type Receptive,
  reached,
  reaching,
  receptive,
} from './receptive.ts';
