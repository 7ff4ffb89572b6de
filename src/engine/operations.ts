// The operations by themselves, for those who think in no framework: data N C sizes, weights filters, channels / groups,
// taps (transposed: channels, filters / groups, taps, as in PyTorch), one to three spatial axes as the weight or the input
// has them. The result has the type of the input.
//
//   conv(x, weight, { stride: 2, padding: 'same' })          padding per axis: 1, [1, 2] (axes), [[0, 1], [1, 1]] (sides)
//   convTranspose(x, weight, { stride: 2, padding: 1, outputPadding: 1 })
//   maxPool(x, 2)   avgPool(x, 3, { padding: 1, divisor: 'real' })   pad(x, [[0, 1], [1, 1]], { fill: 'reflect' })

import {
  type Axis,
  axis,
  causalPads,
  ceilMode,
  checkInteger,
  type Divisor,
  extent,
  type Fill,
  fullPads,
  type Geometry,
  GeometryError,
  geometry,
  naturalSize,
  type Operation,
  outputShape,
  type Pads,
  samePads,
  split,
  transposedAxis,
} from '../geometry/index.ts';
import { dataStrides, weightStrides } from '../tensor/layout.ts';
import { contiguous, isTensor, shapeText, type Tensor, tensor } from '../tensor/tensor.ts';
import { say, type Text } from '../words/index.ts';
import { run } from './engine.ts';
import { EngineError } from './error.ts';
import { kind } from './refusals.ts';

/** One number for all axes, or one per axis. */
export type PerAxis = number | readonly number[];

/** Pads: a number for all sides; per axis a number or [before, after]; or a rule (see geometry/padding.ts). */
export type Padding =
  | number
  | readonly (number | Pads)[]
  | 'valid'
  | 'same'
  | 'sameLower'
  | 'causal'
  | 'full';

/** What every window has. */
export interface WindowOptions {
  readonly stride?: PerAxis;
  readonly padding?: Padding;
  readonly dilation?: PerAxis;
}

/** Options of {@link conv}. */
export interface ConvOptions extends WindowOptions {
  readonly groups?: number;
  /** One number for each filter. */
  readonly bias?: Tensor;
  /** What the padding holds; 0 unless said. */
  readonly fill?: Fill;
  /** Mirror the kernel: true convolution. */
  readonly flip?: boolean;
}

/** Options of {@link convTranspose}. */
export interface ConvTransposeOptions {
  readonly stride?: PerAxis;
  /** Cut from the natural output, (size - 1) * stride + extent; 'same' leaves size * stride. */
  readonly padding?: number | readonly (number | Pads)[] | 'valid' | 'same';
  readonly outputPadding?: PerAxis;
  readonly dilation?: PerAxis;
  readonly groups?: number;
  readonly bias?: Tensor;
}

/** Options of {@link maxPool}. */
export interface PoolOptions extends WindowOptions {
  /** Round the output size up; a last window that would start in the trailing pad is dropped, as in PyTorch. */
  readonly ceil?: boolean;
}

/** Options of {@link avgPool}. */
export interface AvgPoolOptions extends PoolOptions {
  readonly divisor?: Divisor;
}

/** A convolution (cross-correlation, as in every framework): N C sizes -> N filters outs. */
export function conv(x: Tensor, weight: Tensor, options: ConvOptions = {}): Tensor {
  return apply(convGeometry(x, weight, options), x, weight, 'go i k', options.bias);
}

/** What {@link conv} computes. */
export function convGeometry(x: Tensor, weight: Tensor, options: ConvOptions): Geometry {
  const groups = checkInteger('groups', options.groups ?? 1, 1);
  const [filters = 0, channels = 0, ...kernel] = weightShape('conv', x, weight);
  const fill = options.fill ?? 0;
  const axes = windowAxes('conv', sizesOf('conv', x, kernel.length), kernel, options, 1, fill);
  const flip = options.flip ?? false;
  return problemOf('conv', x, channels * groups, { filters, groups, flip, axes });
}

/** A transposed convolution, the kernel mirrored as in PyTorch and Keras: N C sizes -> N filters outs. */
export function convTranspose(x: Tensor, weight: Tensor, options: ConvTransposeOptions = {}): Tensor {
  return apply(convTransposeGeometry(x, weight, options), x, weight, 'gi o k', options.bias);
}

/** What {@link convTranspose} computes. */
export function convTransposeGeometry(x: Tensor, weight: Tensor, options: ConvTransposeOptions): Geometry {
  const groups = checkInteger('groups', options.groups ?? 1, 1);
  const [channels = 0, filters = 0, ...kernel] = weightShape('convTranspose', x, weight);
  const sizes = sizesOf('convTranspose', x, kernel.length);
  const stride = spread('convTranspose', 'stride', options.stride ?? 1, sizes.length);
  const dilation = spread('convTranspose', 'dilation', options.dilation ?? 1, sizes.length);
  const extra = spread('convTranspose', 'outputPadding', options.outputPadding ?? 0, sizes.length);
  const axes = sizes.map((size, i) => {
    const window = axis({
      size,
      kernel: kernel[i] as number,
      stride: stride[i] as number,
      dilation: dilation[i] as number,
    });
    const natural = naturalSize(window);
    const [low, high] = cut(options.padding ?? 0, window, natural, i, sizes.length);
    return transposedAxis(window, low, Math.max(0, natural - low - high + (extra[i] as number)));
  });
  return problemOf('convTranspose', x, channels, { filters: filters * groups, groups, flip: true, axes });
}

/** The largest element of each window; stride is the kernel unless said. NaN wins. */
export function maxPool(x: Tensor, kernel: PerAxis, options: PoolOptions = {}): Tensor {
  return apply(maxPoolGeometry(x, kernel, options), x);
}

/** What {@link maxPool} computes. */
export function maxPoolGeometry(x: Tensor, kernel: PerAxis, options: PoolOptions): Geometry {
  return poolGeometry('max', x, kernel, options, -Infinity, 'window');
}

/** The mean of each window; divisor 'window' counts pads, 'real' only elements. Stride is the kernel unless said. */
export function avgPool(x: Tensor, kernel: PerAxis, options: AvgPoolOptions = {}): Tensor {
  return apply(avgPoolGeometry(x, kernel, options), x);
}

/** What {@link avgPool} computes. */
export function avgPoolGeometry(x: Tensor, kernel: PerAxis, options: AvgPoolOptions): Geometry {
  return poolGeometry('average', x, kernel, options, 0, options.divisor ?? 'window');
}

/** The input with pads: a number for all sides, or per axis a number or [before, after]; negative ones crop. */
export function pad(
  x: Tensor,
  pads: number | readonly (number | Pads)[],
  options: { readonly fill?: Fill } = {},
): Tensor {
  return apply(padGeometry(x, pads, options), x);
}

/** What {@link pad} computes. */
export function padGeometry(
  x: Tensor,
  pads: number | readonly (number | Pads)[],
  options: { readonly fill?: Fill },
): Geometry {
  const fill = options.fill ?? 0;
  const sizes = sizesOf('pad', x);
  const axes = sizes.map((size, i): Axis => {
    const [before, after] = sides('pad', pads, i, sizes.length);
    return axis({ size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill });
  });
  return problemOf('pad', x, x.shape[1] as number, { operation: 'pad', axes });
}

function poolGeometry(
  operation: Operation,
  x: Tensor,
  kernel: PerAxis,
  options: PoolOptions,
  fill: Fill,
  divisor: Divisor,
): Geometry {
  const name = operation === 'max' ? 'maxPool' : 'avgPool';
  const sizes = sizesOf(name, x);
  const kernels = spread(name, 'kernel', kernel, sizes.length);
  const axes = windowAxes(name, sizes, kernels, options, kernel, fill);
  const ceiled = options.ceil === true ? axes.map((one) => ceilMode(one, true)) : axes;
  return problemOf(name, x, x.shape[1] as number, { operation, divisor, axes: ceiled });
}

function windowAxes(
  who: string,
  sizes: readonly number[],
  kernel: readonly number[],
  options: WindowOptions,
  usualStride: PerAxis,
  fill: Fill,
): Axis[] {
  const stride = spread(who, 'stride', options.stride ?? usualStride, sizes.length);
  const dilation = spread(who, 'dilation', options.dilation ?? 1, sizes.length);
  return sizes.map((size, i) => {
    const window = axis({
      size,
      kernel: kernel[i] as number,
      stride: stride[i] as number,
      dilation: dilation[i] as number,
    });
    const [before, after] = padsOf(who, options.padding ?? 0, window, i, sizes.length);
    return axis({ ...window, before, after, fillBefore: fill, fillAfter: fill });
  });
}

function padsOf(who: string, padding: Padding, window: Axis, index: number, rank: number): Pads {
  if (typeof padding !== 'string') return sides(who, padding, index, rank);
  const rules: Readonly<Record<string, () => Pads>> = {
    valid: () => [0, 0],
    same: () => samePads(window, 'upper'),
    sameLower: () => samePads(window, 'lower'),
    causal: () => causalPads(window),
    full: () => fullPads(window),
  };
  const rule = Object.hasOwn(rules, padding) ? rules[padding] : undefined;
  return (
    rule?.() ??
    refuse(who, 'padding', say`a number, pads per axis or ${Object.keys(rules).join(', ')}`, padding)
  );
}

/** What a transposed convolution cuts from both ends of its natural output. */
function cut(
  padding: ConvTransposeOptions['padding'],
  window: Axis,
  natural: number,
  index: number,
  rank: number,
): Pads {
  if (padding === 'valid') return [0, 0];
  if (padding !== 'same') {
    if (typeof padding === 'string' || padding === undefined)
      return refuse('convTranspose', 'padding', "a number, pads per axis, 'valid' or 'same'", padding);
    return sides('convTranspose', padding, index, rank);
  }
  const surplus = extent(window) - window.stride;
  return surplus > 0 ? split(surplus) : [0, natural - window.size * window.stride];
}

function sides(who: string, pads: number | readonly (number | Pads)[], index: number, rank: number): Pads {
  if (typeof pads === 'number') return [pads, pads];
  const one = Array.isArray(pads) && pads.length === rank ? (pads[index] as number | Pads) : undefined;
  if (typeof one === 'number') return [one, one];
  if (Array.isArray(one) && one.length === 2) return one as unknown as Pads;
  return refuse(who, 'padding', say`a number, or ${rank} of number or [before, after]`, JSON.stringify(pads));
}

function spread(who: string, what: string, given: PerAxis, rank: number): readonly number[] {
  if (typeof given === 'number') return Array.from({ length: rank }, () => given);
  return Array.isArray(given) && given.length === rank
    ? given
    : refuse(
        who,
        what,
        say`a number or ${rank} of them`,
        Array.isArray(given) ? given.join(', ') : kind(given),
      );
}

/** Refuses what is no tensor. */
export function refuseOthers(who: string, what: string, given: unknown): void {
  if (!isTensor(given)) refuse(who, what, 'a tensor, made by tensor(data, shape)', kind(given));
}

function weightShape(who: string, x: Tensor, weight: Tensor): readonly number[] {
  refuseOthers(who, 'input', x);
  refuseOthers(who, 'weight', weight);
  if (weight.shape.length === x.shape.length) return weight.shape;
  return refuse(
    who,
    'weight',
    say`${x.shape.length} dimensions, as many as the input's`,
    shapeText(weight.shape),
  );
}

function sizesOf(who: string, x: Tensor, of?: number): readonly number[] {
  refuseOthers(who, 'input', x);
  const rank = of ?? x.shape.length - 2;
  if (rank >= 1 && rank <= 3 && x.shape.length === rank + 2) return x.shape.slice(2);
  return refuse(who, 'input', 'batch, channels and 1 to 3 sizes', shapeText(x.shape));
}

function problemOf(
  who: string,
  x: Tensor,
  channels: number,
  given: Parameters<typeof geometry>[0],
): Geometry {
  const [batch = 0, received = 0] = x.shape;
  if (received !== channels)
    refuse(who, 'input', say`${channels} channels`, `${received} (${shapeText(x.shape)})`);
  return geometry({ ...given, batch, channels, filters: given.filters ?? channels });
}

function apply(problem: Geometry, x: Tensor, weight?: Tensor, order: string = '', bias?: Tensor): Tensor {
  const rank = problem.axes.length;
  const sizes = problem.axes.map((one) => one.size);
  if (bias !== undefined) refuseOthers('conv', 'bias', bias);
  if (bias !== undefined && shapeText(bias.shape) !== String(problem.filters)) {
    throw new EngineError(
      'operand',
      say`bias: expected ${problem.filters} numbers, received ${shapeText(bias.shape)}`,
    );
  }
  const data = run(problem, {
    input: {
      data: contiguous(x).data,
      offset: 0,
      strides: dataStrides('first', { channels: problem.channels, sizes }),
    },
    weight: weight && {
      data: weight.data,
      offset: weight.offset,
      strides: weightStrides(weight, order, rank, problem.groups),
    },
    bias: bias && { data: bias.data, offset: bias.offset, stride: bias.strides[0] as number },
  });
  return tensor(data, outputShape(problem));
}

/** @throws GeometryError in the words of the operation `who` */
export function refuse(who: string, what: string, expected: Text, received: unknown): never {
  throw new GeometryError('range', { what: `${who}: ${what}`, expected, received });
}
