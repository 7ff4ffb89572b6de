// padwise/engine: convolutions made ready, and what they run on.

export type { HeldTensor } from '../tensor/deferred.ts';
export { code, type GeneratedCode } from './code.ts';
export { configure } from './configure.ts';
export { type Description, describe } from './describe.ts';
export { type Inputs, MEMORY_LIMIT, type RunOptions, run } from './engine.ts';
export { EngineError, type EngineErrorCode } from './error.ts';
export { type GradientOptions, type Gradients, gradients } from './gradient.ts';
export type { Gradient, GradientInputs } from './gradient-operands.ts';
export {
  avgPoolGradient,
  convGradients,
  convTransposeGradients,
  maxPoolGradient,
  padGradient,
} from './gradient-operations.ts';
export { resident } from './held.ts';
export { type Peak, peak } from './peak.ts';
export { type PlanOptions, plan } from './planned.ts';
export {
  type Activation,
  type Parameters,
  type PrepareOptions,
  prepare,
  type Ready,
} from './prepare.ts';
export { prepareGradients, type ReadyGradients, type TensorGradients } from './prepare-gradients.ts';
export type { Layout } from './prepared.ts';
export type { Precision, Settings } from './settings.ts';
export type { WideWish } from './wide.ts';
