// The data of a row and what must come out. Inputs are integers from -3 to 3, kept as float32: products and sums of a few
// thousand of them are exact in any order, so that a direct kernel must be right to the last bit. The expected outputs are
// computed in float64, one by one, by the definition; of a large row a sample of them.

import { adjoint, type Geometry, outputShape, start, weightAdjoint } from '../src/geometry/index.ts';

/** What an engine hands back: the output, or a gradient. */
export type Result = 'output' | 'input' | 'weight';

/** A row's numbers, canonical: [N, C, sizes], [filters, channels / groups, kernel], [N, filters, outs]. */
export interface RowData {
  readonly input: Float32Array;
  readonly weight: Float32Array;
  readonly outputGradient: Float32Array;
}

/** Some elements of a result, by their index in canonical order, and their values. */
export interface Expected {
  readonly of: Result;
  /** Canonical shape: [N, C, sizes], or of a weight [filters, channels / groups, kernel]. */
  readonly shape: readonly number[];
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

/** The largest error allowed, relative to the largest expected value. */
export const TOLERANCE = 1e-5;

/** Multiply-adds spent on the expected values of one result. */
const BUDGET = 2e7;
const FEWEST = 400;

/** Integers from -3 to 3, the same for the same seed. */
function integers(length: number, seed: number): Float32Array {
  const next = random(seed);
  return Float32Array.from({ length }, () => Math.floor(next() * 7) - 3);
}

/** A row's numbers; the same on every machine. */
export function rowData(of: Geometry): RowData {
  const taps = of.axes.reduce((product, one) => product * one.kernel, 1);
  const inputs = of.axes.reduce((product, one) => product * one.size, of.batch * of.channels);
  const outputs = outputShape(of).reduce((product, size) => product * size, 1);
  return {
    input: integers(inputs, 1),
    weight: integers((of.filters * of.channels * taps) / of.groups, 2),
    outputGradient: integers(outputs, 3),
  };
}

/** What must come out of a row: its output, or the gradients of input and weight. */
export function expectedResults(of: Geometry, data: RowData, gradient: boolean): Expected[] {
  const { input, weight, outputGradient } = data;
  const [xs, ws, ys] = [inputSteps(of), weightSteps(of), outputSteps(of)];
  if (!gradient) {
    const shape = outputShape(of);
    return [sample('output', shape, canonical(shape), of, { data: input, ...xs }, { data: weight, ...ws })];
  }
  if (of.batch > 1) throw new Error('the gradients of a batch are not measured');
  const swapped = { ...ws, o: ws.i, i: ws.o };
  const inputShape = [of.batch, of.channels, ...of.axes.map((one) => one.size)];
  const weightShape = [of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)];
  // The batch of the weight's adjoint is a channel of a group, its channels are the groups, its filters the filters.
  const inside = of.channels / of.groups;
  const channelwise = { n: xs.c, c: xs.c * inside, sizes: xs.sizes };
  const perGroup = (of.filters / of.groups) * ys.c;
  const kernel = { g: perGroup, o: ys.c, i: ys.n, k: ys.sizes };
  const toCanonical = ([f = 0, c = 0, ...taps]: readonly number[]) => [c, f, ...taps];
  return [
    sample(
      'input',
      inputShape,
      canonical(inputShape),
      adjoint(of),
      { data: outputGradient, ...ys },
      { data: weight, ...swapped },
    ),
    sample(
      'weight',
      weightShape,
      (index) => toCanonical(canonical(weightShape)(index)),
      weightAdjoint(of),
      { data: input, ...channelwise },
      { data: outputGradient, ...kernel },
    ),
  ];
}

/**
 * The largest error of a result relative to the largest value expected; Infinity for one of the wrong size or with a
 * number that is none.
 * @param layout where the channels of `received` stand; a weight's are always first
 */
export function relativeError(expected: Expected, received: Float32Array, layout: 'first' | 'last'): number {
  const { of, shape, indices, values } = expected;
  const size = shape.reduce((product, length) => product * length, 1);
  if (received.length !== size || received.some((value) => !Number.isFinite(value))) return Infinity;
  const channels = shape[1] as number;
  const plane = shape.slice(2).reduce((product, length) => product * length, 1);
  let [worst, largest] = [0, 0];
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] as number;
    const [pixel, rest] = [index % plane, Math.floor(index / plane)];
    const [channel, batch] = [rest % channels, Math.floor(rest / channels)];
    const moved = layout === 'last' && of !== 'weight' ? (batch * plane + pixel) * channels + channel : index;
    worst = Math.max(worst, Math.abs((received[moved] as number) - (values[at] as number)));
    largest = Math.max(largest, Math.abs(values[at] as number));
  }
  return worst === 0 ? 0 : worst / largest;
}

interface Data {
  readonly data: Float32Array;
  readonly n: number;
  readonly c: number;
  readonly sizes: readonly number[];
}

interface Weight {
  readonly data: Float32Array;
  readonly g: number;
  readonly o: number;
  readonly i: number;
  readonly k: readonly number[];
}

/** The elements of a result that are checked: the first, the last, and others drawn. `place` gives their [n, f, ...o]. */
function sample(
  of: Result,
  shape: readonly number[],
  place: (index: number) => readonly number[],
  geometry: Geometry,
  input: Data,
  weight: Weight,
): Expected {
  const size = shape.reduce((product, length) => product * length, 1);
  const cost = geometry.axes.reduce((taps, one) => taps * one.kernel, geometry.channels / geometry.groups);
  const count = Math.min(size, Math.max(FEWEST, Math.floor(BUDGET / cost)));
  const next = random(4);
  const draw = (_: unknown, at: number) =>
    count === size ? at : at === 0 ? 0 : at === 1 ? size - 1 : Math.floor(next() * size);
  const indices = Uint32Array.from({ length: count }, draw);
  const values = Float64Array.from(indices, (index) => valueAt(geometry, input, weight, place(index)));
  return { of, shape, indices, values };
}

/** The definition: one output of a convolution with zero padding. */
function valueAt(of: Geometry, input: Data, weight: Weight, [n = 0, f = 0, ...o]: readonly number[]): number {
  const [channels, filters] = [of.channels / of.groups, of.filters / of.groups];
  const group = Math.floor(f / filters);
  const first = n * input.n + group * channels * input.c;
  const kernel = group * weight.g + (f % filters) * weight.o;
  // Steps to the elements and taps that meet, over the axes walked so far.
  let pairs: readonly (readonly [element: number, tap: number])[] = [[first, kernel]];
  for (const [i, one] of of.axes.entries()) {
    const met: [number, number][] = [];
    for (let tap = 0; tap < one.kernel; tap++) {
      const position = start(one, o[i] as number) + tap * one.dilation;
      const element = position / one.inputDilation;
      if (!Number.isInteger(element) || element < 0 || element >= one.size) continue;
      met.push([
        element * (input.sizes[i] as number),
        (of.flip ? one.kernel - 1 - tap : tap) * (weight.k[i] as number),
      ]);
    }
    pairs = pairs.flatMap(([x, w]) => met.map(([dx, dw]) => [x + dx, w + dw] as const));
  }
  let sum = 0;
  for (const [x, w] of pairs) {
    for (let c = 0; c < channels; c++) {
      sum += (input.data[x + c * input.c] as number) * (weight.data[w + c * weight.i] as number);
    }
  }
  return sum;
}

function inputSteps(of: Geometry) {
  return dataSteps(
    of.channels,
    of.axes.map((one) => one.size),
  );
}

function outputSteps(of: Geometry) {
  return dataSteps(of.filters, outputShape(of).slice(2));
}

function dataSteps(channels: number, lengths: readonly number[]) {
  const [n = 1, c = 1, ...sizes] = steps([1, channels, ...lengths]);
  return { n, c, sizes };
}

function weightSteps(of: Geometry) {
  const inside = of.channels / of.groups;
  const [o = 1, i = 1, ...k] = steps([of.filters, inside, ...of.axes.map((one) => one.kernel)]);
  return { g: (of.filters / of.groups) * o, o, i, k };
}

/** Row-major steps. */
function steps(shape: readonly number[]): number[] {
  return shape.map((_, i) => shape.slice(i + 1).reduce((product, length) => product * length, 1));
}

/** From an index to its coordinates. */
function canonical(shape: readonly number[]): (index: number) => number[] {
  const each = steps(shape);
  return (index) => each.map((step, i) => Math.floor(index / step) % (shape[i] as number));
}

/** Uniform numbers from 0 to 1. Source: Numerical Recipes' linear congruential generator, its upper bits. */
function random(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}
