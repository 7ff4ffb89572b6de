// padwise/stacks: layers in turn, and sizes that are not known: receptive fields, what a size decides, legal sizes.

export * from '../geometry/sizes.ts';
export { chain, windowed } from './chain.ts';
export { compareEvery, type EveryOutcome } from './compare-every.ts';
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
export { type Dropping, dropping, type Near, nearest, refused, type Stacked, stack } from './stack.ts';
