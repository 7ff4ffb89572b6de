// padwise: convolution that knows what padding and stride do. The frameworks' own words that compute are their own entries:
// padwise/torch, padwise/keras, padwise/mxnet, padwise/flax; reading and porting is padwise/dialects.

export { type Inputs, MEMORY_LIMIT, type RunOptions, run } from './engine/engine.ts';
export { EngineError, type EngineErrorCode } from './engine/error.ts';
export {
  type AvgPoolOptions,
  avgPool,
  type ConvOptions,
  type ConvTransposeOptions,
  conv,
  convTranspose,
  maxPool,
  type Padding,
  type PerAxis,
  type PoolOptions,
  pad,
  type WindowOptions,
} from './engine/operations.ts';
export { type PlanOptions, plan } from './engine/planned.ts';
export {
  type Axis,
  adjoint,
  axis,
  crop,
  type Divisor,
  type Fill,
  type Geometry,
  GeometryError,
  type GeometryErrorCode,
  type GeometryInput,
  geometry,
  inputShape,
  type Operation,
  outputShape,
  parse,
  print,
  samePads,
  sameReads,
  type Tile,
  weightAdjoint,
} from './geometry/index.ts';
export { compute, type Filled } from './layers/compute.ts';
export { initialised, nextSource, setSeed } from './layers/initialise.ts';
export type { Algorithm } from './plan/choose.ts';
export { type Plan, printPlan } from './plan/plan.ts';
export { NpyError, TensorError, type TensorErrorCode } from './tensor/error.ts';
export { type NpyArray, npyArray, readNpy, writeNpy } from './tensor/npy.ts';
export { type Rearrangement, rearrangeNpy } from './tensor/rearrange.ts';
export {
  contiguous,
  type Nested,
  type Numbers,
  type OtherNumbers,
  permuted,
  type Tensor,
  tensor,
  toArray,
  zeros,
} from './tensor/tensor.ts';
