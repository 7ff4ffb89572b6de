// padwise/engine: convolutions made ready, and what they run on.

export type { HeldTensor } from '../tensor/deferred.ts';
export { configure } from './configure.ts';
export { type Inputs, MEMORY_LIMIT, type RunOptions, run } from './engine.ts';
export { EngineError, type EngineErrorCode } from './error.ts';
export { resident } from './held.ts';
export { type PlanOptions, plan } from './planned.ts';
export {
  type Activation,
  type Parameters,
  type PrepareOptions,
  prepare,
  type Ready,
} from './prepare.ts';
export type { Layout } from './prepared.ts';
export type { Precision, Settings } from './settings.ts';
