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
export { type Source, source } from './fill.ts';
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
export { parse, print } from './notation.ts';
export {
  causalPads,
  ceilMode,
  fullPads,
  naturalSize,
  type Odd,
  type Pads,
  sameCrop,
  samePads,
  split,
  tight,
  transposedAxis,
  validSize,
  windowPads,
} from './padding.ts';
export { centre, sameGeometry, sameReads, unread, utilisation } from './reach.ts';
