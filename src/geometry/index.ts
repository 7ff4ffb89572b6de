// padwise/geometry: the integers behind every convolution. Imports nothing.

export { adjoint, adjointAxis, weightAdjoint, weightAdjointAxis } from './adjoint.ts';
export {
  type Axis,
  axis,
  checkInteger,
  extent,
  type Fill,
  LARGEST,
  out,
  remainder,
  span,
  start,
} from './axis.ts';
export { crop, keep, type Tile } from './crop.ts';
export { GeometryError, type GeometryErrorCode } from './error.ts';
export { type Expression, evaluate, type Notation, printExpression } from './expression.ts';
export { type Source, source } from './fill.ts';
export { type Fit, fit, type OfSize, type Repeats } from './fit.ts';
export { fuse } from './fuse.ts';
export {
  type Divisor,
  type Geometry,
  type GeometryInput,
  geometry,
  inputShape,
  isTransposed,
  multiplyAdds,
  type Operation,
  outputShape,
  transposedWords,
} from './geometry.ts';
export { type AxesOfSize, type Law, type Laws, laws } from './law.ts';
export { parse, print } from './notation.ts';
export {
  causalPads,
  ceilMode,
  croppingSamePads,
  fullPads,
  naturalSize,
  type Odd,
  type Pads,
  sameCrop,
  samePads,
  split,
  tight,
  transposedAxis,
  truncated,
  truncatedSize,
  validSize,
  windowPads,
} from './padding.ts';
export { centre, sameGeometry, sameReads, unread, utilisation } from './reach.ts';
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
