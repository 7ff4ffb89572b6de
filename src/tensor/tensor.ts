// Numbers with a shape. Element [i0, i1, ...] is data[offset + i0 * strides[0] + i1 * strides[1] + ...], so that another
// order of dimensions is another view of the same numbers. A tensor owns nothing that must be released.
//
//   shape 2x3, strides 3,1     0 1 2     permuted(t, [1, 0])    shape 3x2, strides 1,3     0 3
//                              3 4 5                                                       1 4
//                                                                                          2 5

import { say } from '../words/index.ts';
import { sourceOf } from './deferred.ts';
import { TensorError } from './error.ts';

/** What numbers are kept in. */
export type Numbers = Float32Array | Float64Array;

/** A view of numbers. Make one with {@link tensor}; results of padwise are contiguous with offset 0. */
export interface Tensor {
  readonly data: Numbers;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Numbers in nested arrays, one level for each dimension. */
export type Nested = number | readonly Nested[];

/** Typed arrays whose numbers a Float32Array takes over. */
export type OtherNumbers =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** The most elements a tensor may have: 2^31 - 1. */
const MOST_ELEMENTS = 2 ** 31 - 1;
const MOST_DIMENSIONS = 32;

/**
 * A tensor of these numbers, row-major. Float32Array and Float64Array are kept, not copied; other arrays become a
 * Float32Array. Nested arrays carry their own shape; flat ones without a shape have one dimension.
 * @throws TensorError for numbers that do not fill the shape, ragged nesting, impossible sizes
 */
export function tensor(
  data: Numbers | OtherNumbers | readonly Nested[],
  shape?: number | readonly number[],
): Tensor {
  const wanted = typeof shape === 'number' ? [shape] : shape;
  if (data instanceof Float32Array || data instanceof Float64Array) return shaped(data, wanted);
  const bigints = data instanceof BigInt64Array || data instanceof BigUint64Array;
  if (ArrayBuffer.isView(data) && 'length' in data && !bigints)
    return shaped(Float32Array.from(data), wanted);
  if (!Array.isArray(data)) {
    throw new TensorError('data', say`tensor: expected an array of numbers, received ${kind(data)}`);
  }
  const found = nestedShape(data);
  const numbers = new Float32Array(count(found));
  const filled = flatten(data, found, 0, numbers, 0);
  return shaped(numbers.subarray(0, filled), wanted ?? found);
}

function shaped(data: Numbers, shape: readonly number[] = [data.length]): Tensor {
  const wanted = count(shape);
  if (wanted !== data.length) {
    throw new TensorError(
      'data',
      say`tensor: shape ${shapeText(shape)} holds ${wanted} numbers, received ${data.length}`,
    );
  }
  return { data, shape: [...shape], strides: rowMajor(shape), offset: 0 };
}

/** A tensor of zeros. */
export function zeros(shape: readonly number[], type: 'float32' | 'float64' = 'float32'): Tensor {
  const size = count(shape);
  return shaped(type === 'float64' ? new Float64Array(size) : new Float32Array(size), shape);
}

/** Whether a value is a tensor. */
export function isTensor(value: unknown): value is Tensor {
  if (typeof value !== 'object' || value === null || !('data' in value)) return false;
  if (sourceOf(value) !== undefined) return true;
  const floats = value.data instanceof Float32Array || value.data instanceof Float64Array;
  return floats && 'shape' in value && Array.isArray(value.shape) && 'strides' in value;
}

/** Strides of contiguous row-major data: the last dimension is 1 apart. */
export function rowMajor(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let i = shape.length - 2; i >= 0; i--)
    strides[i] = (strides[i + 1] as number) * Math.max(1, shape[i + 1] as number);
  return strides;
}

/**
 * Elements of a shape.
 * @throws TensorError for sizes that are no integers >= 0, more than 32 dimensions, more than 2^31 - 1 elements
 */
export function count(shape: readonly number[]): number {
  if (shape.length > MOST_DIMENSIONS) {
    throw new TensorError('shape', say`tensor: expected at most 32 dimensions, received ${shape.length}`);
  }
  for (const size of shape) {
    if (Number.isInteger(size) && size >= 0) continue;
    throw new TensorError(
      'shape',
      say`tensor: expected sizes of integers >= 0, received ${shapeText(shape)}`,
    );
  }
  const elements = shape.reduce((product, size) => product * size, 1);
  if (elements > MOST_ELEMENTS) {
    throw new TensorError(
      'shape',
      say`tensor: shape ${shapeText(shape)} holds ${elements} numbers, at most ${MOST_ELEMENTS} fit`,
    );
  }
  return elements;
}

/** A shape as people write it: 1x3x64x64. */
export function shapeText(shape: readonly number[]): string {
  const shown = shape.slice(0, MOST_DIMENSIONS).map(String).join('x');
  return shape.length === 0 ? '()' : shown.slice(0, 120);
}

/** The same numbers with the dimensions in another order: dimension i is `of`'s dimension order[i]. Copies nothing. */
export function permuted(of: Tensor, order: readonly number[]): Tensor {
  const complete =
    order.length === of.shape.length && of.shape.every((_, dimension) => order.includes(dimension));
  if (!complete) {
    throw new TensorError(
      'shape',
      say`permuted: expected each of ${of.shape.length} dimensions once, received ${order.slice(0, MOST_DIMENSIONS).join(', ')}`,
    );
  }
  const pick = (from: readonly number[]) => order.map((dimension) => from[dimension] as number);
  return { data: of.data, shape: pick(of.shape), strides: pick(of.strides), offset: of.offset };
}

/** The same tensor with its numbers row-major, from the start of its data; itself when it is so already. */
export function contiguous(of: Tensor): Tensor {
  if (sourceOf(of) !== undefined) return of;
  const size = count(of.shape);
  const usual = rowMajor(of.shape);
  const apart = of.shape.some((length, i) => length > 1 && of.strides[i] !== usual[i]);
  if (!apart && of.offset === 0 && of.data.length === size) return of;
  refuseOutside(of, size);
  const end = of.offset + size;
  if (!apart) return shaped(of.data.slice(of.offset, end), of.shape);
  const data = of.data instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);
  const index = new Array<number>(of.shape.length).fill(0);
  let from = of.offset;
  for (let to = 0; to < size; to++) {
    data[to] = of.data[from] as number;
    for (let i = index.length - 1; i >= 0; i--) {
      const next = (index[i] as number) + 1;
      from += of.strides[i] as number;
      index[i] = next;
      if (next < (of.shape[i] as number)) break;
      from -= next * (of.strides[i] as number);
      index[i] = 0;
    }
  }
  return shaped(data, of.shape);
}

/** A view whose steps lead outside of its numbers, as any does whose buffer was given away. */
function refuseOutside(of: Tensor, size: number): void {
  const ways = of.shape.map((length, i) => (length - 1) * (of.strides[i] as number));
  const sum = (far: number, way: number) => far + way;
  const first = ways.filter((way) => way < 0).reduce(sum, of.offset);
  const last = ways.filter((way) => !(way < 0)).reduce(sum, of.offset);
  const whole = [of.offset, ...of.strides].every(Number.isInteger);
  if (size === 0 || (whole && first >= 0 && last < of.data.length)) return;
  throw new TensorError(
    'data',
    say`tensor: shape ${shapeText(of.shape)} with steps ${of.strides.join(', ')} from ${of.offset} leads outside of its ${of.data.length} numbers`,
  );
}

/** The numbers as nested arrays, one level for each dimension; a bare number for none. */
export function toArray(of: Tensor): Nested {
  const nest = (depth: number, at: number): Nested => {
    if (depth === of.shape.length) return of.data[at] as number;
    const stride = of.strides[depth] as number;
    return Array.from({ length: of.shape[depth] as number }, (_, i) => nest(depth + 1, at + i * stride));
  };
  return nest(0, of.offset);
}

function nestedShape(data: readonly Nested[]): number[] {
  const shape: number[] = [];
  let level: Nested | undefined = data;
  while (Array.isArray(level)) {
    if (shape.push(level.length) > MOST_DIMENSIONS) break;
    level = (level as readonly Nested[])[0];
  }
  return shape;
}

function flatten(
  data: readonly Nested[],
  shape: readonly number[],
  depth: number,
  into: Numbers,
  at: number,
): number {
  if (data.length !== shape[depth]) {
    throw new TensorError(
      'data',
      say`tensor: expected nested arrays of the same length, ${shape[depth]} on level ${depth}, received ${data.length}`,
    );
  }
  let to = at;
  const last = depth === shape.length - 1;
  for (const value of data) {
    if (last && typeof value === 'number') into[to++] = value;
    else if (!last && Array.isArray(value)) to = flatten(value, shape, depth + 1, into, to);
    else {
      throw new TensorError(
        'data',
        say`tensor: expected ${last ? 'a number' : 'an array'} on level ${depth}, received ${kind(value)}`,
      );
    }
  }
  return to;
}

function kind(value: unknown): string {
  if (ArrayBuffer.isView(value)) return value.constructor.name;
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value;
}
