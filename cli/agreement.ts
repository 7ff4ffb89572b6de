// Whether the engine's numbers are right. The reference kernel computes them again in float64: all of them where that is quick,
// else those of some windows, each cropped out of the geometry with the input it reads. Gradients are held against the output:
//
//   <A x, y>  =  <x, A' y>  =  <weight, weight's gradient>          y is the output's gradient
//
// All data is small whole numbers, so that sums are exact in whatever order, and only Winograd's are off at all.

import type { Layout } from '../src/engine/index.ts';
import {
  crop,
  type Geometry,
  geometry,
  inputShape,
  multiplyAdds,
  out,
  outputShape,
} from '../src/geometry/index.ts';
import { run } from '../src/index.ts';

/** How far off the numbers are. */
export interface Agreement {
  /** The largest difference, as a part of the largest number. */
  readonly error: number;
  /** How many numbers were computed again, and how many there are. */
  readonly checked: number;
  readonly outputs: number;
}

/** The error that the engine states for itself. */
export const BOUND = 1e-5;

/** Multiply-adds that the reference may take: a tenth of a second. */
const MOST = 2e7;

/** Windows that are computed again where there are too many: corners, the middle and what a fixed shuffle picks. */
const WINDOWS = 16;

type Range = readonly [from: number, to: number];

/** Small whole numbers, -3 to 3. */
export function wholeNumbers(count: number, seed: number): Float32Array {
  const next = shuffle(seed);
  return Float32Array.from({ length: count }, () => next(7) - 3);
}

function shuffle(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % below;
  };
}

/** An output against the reference; input and output in the layout, the weight canonical. */
export function agreement(
  of: Geometry,
  layout: Layout,
  given: { readonly input: Float32Array; readonly weight: Float32Array | undefined },
  output: Float32Array,
): Agreement {
  const weight = given.weight === undefined ? undefined : Float64Array.from(given.weight);
  const data = Float64Array.from(given.input);
  const [from, to] = [stepsOf(inputShape(of), layout), stepsOf(outputShape(of), layout)];
  let [difference, largest, checked] = [0, 0, 0];
  for (const window of windows(of)) {
    const tiles = of.axes.map((one, i) => crop(one, ...(window[i] as Range)));
    const part = geometry({ ...of, axes: tiles.map((tile) => tile.axis) });
    const offset = tiles.reduce((sum, tile, i) => sum + tile.from * (from.sizes[i] as number), 0);
    const wanted = run(part, { input: { data, offset, strides: from }, weight });
    const start = window.reduce((sum, [first], i) => sum + first * (to.sizes[i] as number), 0);
    const own = flat(stepsOf(outputShape(part), 'first'));
    const theirs = flat(to);
    for (const [index, value] of wanted.entries()) {
      let [rest, at] = [index, start];
      for (const [i, step] of own.entries()) {
        at += Math.floor(rest / step) * (theirs[i] as number);
        rest %= step;
      }
      difference = Math.max(difference, apart(output[at] as number, value));
      if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
      checked++;
    }
  }
  return { error: difference === 0 ? 0 : difference / (largest || 1), checked, outputs: output.length };
}

/** Numbers of each pair multiplied and summed: all sums must be one. Gives how far they are apart, as a part of what was summed. */
export function sumsAgree(pairs: readonly (readonly [Float32Array, Float32Array])[]): number {
  const sums = pairs.map(([a, b]) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0));
  const [a, b] = pairs[0] as [Float32Array, Float32Array];
  const whole = a.reduce((sum, value, i) => sum + Math.abs(value * (b[i] as number)), 0);
  const difference = Math.max(...sums) - Math.min(...sums);
  return difference === 0 ? 0 : difference / (whole || 1);
}

function apart(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  return Number.isFinite(a - b) ? Math.abs(a - b) : Infinity;
}

/** Steps through contiguous numbers of a layout. */
function stepsOf([, channels = 0, ...sizes]: readonly number[], layout: Layout) {
  const along = sizes.map((_, i) => sizes.slice(i + 1).reduce((product, size) => product * size, 1));
  const area = sizes.reduce((product, size) => product * size, 1);
  const n = channels * area;
  return layout === 'first'
    ? { n, c: area, sizes: along }
    : { n, c: 1, sizes: along.map((step) => step * channels) };
}

function flat({ n, c, sizes }: ReturnType<typeof stepsOf>): number[] {
  return [n, c, ...sizes];
}

/** Ranges of outputs along each axis that are computed again. */
function windows(of: Geometry): (readonly Range[])[] {
  const outs = of.axes.map(out);
  if (outputShape(of).includes(0)) return [];
  if (multiplyAdds(of) <= MOST) return [outs.map((count): Range => [0, count])];
  const next = shuffle(1);
  const place = (i: number, axis: number, count: number) => {
    if (i < 4) return ((i >> (axis % 2)) & 1) * (count - 1);
    return i === 4 ? count >> 1 : next(count);
  };
  const picked = Array.from({ length: WINDOWS }, (_, i) =>
    outs.map((count, axis): Range => {
      const at = place(i, axis, count);
      return [at, at + 1];
    }),
  );
  return [...new Map(picked.map((window) => [window.join(), window])).values()];
}
