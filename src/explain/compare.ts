// Two layers on one input: do they read the same pixels? Shapes alone do not tell. The answer is read off the geometries:
//
//   same      every window reads the same elements                       exact port
//   mirrored  the same elements, the kernel's taps in reverse            mirror the weights
//   shifted   same output size, every window moved by the same positions a silent shift
//   pixels    same output size, other reads (kernel, padding, divisor)
//   shape     another output size

import type { Layer, Shape } from '../dialects/dialect.ts';
import {
  type Axis,
  centre,
  type Geometry,
  out,
  outputShape,
  sameGeometry,
  sameReads,
} from '../geometry/index.ts';

export type Verdict = 'same' | 'mirrored' | 'shifted' | 'pixels' | 'shape';

/** A comparison; `shift` is how far the second reads beyond the first, per spatial axis, in input elements. */
export interface Comparison {
  readonly verdict: Verdict;
  readonly shift: readonly number[];
  readonly first: readonly Geometry[];
  readonly second: readonly Geometry[];
}

/** Compares what two layers do to one input, given as [batch, channels, ...sizes]. */
export function compare(first: Layer, second: Layer, input: Shape): Comparison {
  return compareSteps(
    first.resolve(arrange(first, input)).steps,
    second.resolve(arrange(second, input)).steps,
  );
}

/** Compares two resolved layers, step by step. */
export function compareSteps(first: readonly Geometry[], second: readonly Geometry[]): Comparison {
  const [a, b] = [first[0] as Geometry, second[0] as Geometry];
  const shift = a.axes.map((axis, i) => moved(axis, b.axes[i] ?? axis));
  const whole = { shift, first, second };
  if (first.length === second.length && first.every((step, i) => sameGeometry(step, second[i] as Geometry))) {
    return { ...whole, verdict: 'same' };
  }
  const mirrored = first.every((step, i) => {
    const match = second[i];
    return match !== undefined && sameGeometry({ ...step, flip: match.flip }, match);
  });
  if (first.length === second.length && mirrored) return { ...whole, verdict: 'mirrored' };
  const [last, other] = [outputShape(first.at(-1) as Geometry), outputShape(second.at(-1) as Geometry)];
  if (last.slice(2).join() !== other.slice(2).join()) return { ...whole, verdict: 'shape' };
  const onlyMoved = a.axes.every((axis, i) =>
    sameReads({ ...axis, ...SIDES }, { ...(b.axes[i] as Axis), ...SIDES }),
  );
  return { ...whole, verdict: onlyMoved && shift.some((by) => by !== 0) ? 'shifted' : 'pixels' };
}

/** Sides forgotten, so that only the windows are compared. */
const SIDES = { before: 0, after: 0, overhang: 0, fillBefore: 0, fillAfter: 0 } as const;

function moved(first: Axis, second: Axis): number {
  return out(first) === 0 || out(second) === 0 ? 0 : centre(second, 0) - centre(first, 0);
}

/** An input [batch, channels, ...sizes] in a layer's own layout. */
export function arrange(layer: Layer, input: Shape): Shape {
  const [batch = 1, channels = 1, ...sizes] = input;
  return layer.layout === 'first' ? [batch, channels, ...sizes] : [batch, ...sizes, channels];
}

/** An input in a layer's own layout as [batch, channels, ...sizes]; a missing batch is 1. */
export function canonical(layer: Layer, input: Shape): Shape {
  const [batch, rest] = input.length === layer.rank + 1 ? [1, input] : [input[0] ?? 1, input.slice(1)];
  return layer.layout === 'first' ? [batch, ...rest] : [batch, rest.at(-1) ?? 1, ...rest.slice(0, -1)];
}

/** For which sizes two layers read the same pixels: sizes repeat with `period`, `equal` are the remainders that agree. */
export interface Agreement {
  readonly period: number;
  readonly equal: readonly number[];
}

/**
 * Sweeps all spatial sizes together over one period, from sizes that hold a whole window on; null when a size is refused
 * or the period is too long to sweep.
 */
export function agreement(first: Layer, second: Layer, input: Shape): Agreement | null {
  const { first: steps, second: others } = compare(first, second, input);
  const axes = [...steps, ...others].flatMap((step) => step.axes);
  const period = axes.reduce((common, axis) => leastCommonMultiple(common, axis.stride), 1);
  const [batch = 1, channels = 1, ...sizes] = input;
  const base =
    Math.ceil(Math.max(...sizes, ...axes.map((axis) => 2 * axis.kernel * axis.dilation)) / period) * period;
  if (period > 64) return null;
  const equal: number[] = [];
  try {
    for (let remainder = 0; remainder < period; remainder++) {
      const grown = [batch, channels, ...sizes.map(() => base + remainder)];
      if (compare(first, second, grown).verdict === 'same') equal.push(remainder);
    }
  } catch {
    return null;
  }
  return { period, equal };
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
