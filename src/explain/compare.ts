// Two layers on one input: do they read the same pixels? Shapes alone do not tell. The answer is read off the geometries:
//
//   same      every window reads the same elements                       exact port
//   mirrored  the same elements, the kernel's taps in reverse            mirror the weights
//   shifted   same output size, every window moved by the same positions a silent shift
//   pixels    same output size, other reads (kernel, padding)
//   numbers   the same windows, another rule (maximum or average, divisor, groups)
//   shape     another output shape

import type { Layer, Shape } from '../dialects/dialect.ts';
import { DialectError } from '../dialects/error.ts';
import {
  type Axis,
  extent,
  type Geometry,
  out,
  outputShape,
  sameGeometry,
  sameReads,
} from '../geometry/index.ts';
import { firstCentre } from '../geometry/sizes.ts';

const LONGEST_PERIOD = 64;

/** The outcome of a comparison, as the table above has it. */
export type Verdict = 'same' | 'mirrored' | 'shifted' | 'pixels' | 'numbers' | 'shape';

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
  const shift = (first[0] as Geometry).axes.map((_, i) => origin(second, i) - origin(first, i));
  return { verdict: verdict(first, second, shift), shift, first, second };
}

function verdict(first: readonly Geometry[], second: readonly Geometry[], shift: readonly number[]): Verdict {
  const every = (alike: (one: Geometry, other: Geometry) => boolean) =>
    first.length === second.length && first.every((one, i) => alike(one, second[i] as Geometry));
  if (every(sameGeometry)) return 'same';
  if (every((one, other) => sameGeometry({ ...one, flip: other.flip }, other))) return 'mirrored';
  const [last, other] = [first.at(-1) as Geometry, second.at(-1) as Geometry];
  if (outputShape(last).join() !== outputShape(other).join()) return 'shape';
  if (every((one, two) => one.axes.every((axis, i) => sameReads(axis, two.axes[i] as Axis))))
    return 'numbers';
  const moved = every((one, two) => sameGeometry(bare(one), bare(two)) && alikeFilled(one, two));
  return moved && shift.some((by) => by !== 0) ? 'shifted' : 'pixels';
}

/** Sides forgotten, so that only the windows are compared. */
function bare(of: Geometry): Geometry {
  const sides = { before: 0, after: 0, overhang: 0, fillBefore: 0, fillAfter: 0 } as const;
  return { ...of, axes: of.axes.map((axis) => ({ ...axis, ...sides })) };
}

/** Whether the padding of both holds the same, where both have some. */
function alikeFilled(one: Geometry, other: Geometry): boolean {
  const [mine, theirs] = [one, other].map(({ axes }) => {
    const used = axes.flatMap(({ before, after, fillBefore, fillAfter }) => [
      ...(before > 0 ? [fillBefore] : []),
      ...(after > 0 ? [fillAfter] : []),
    ]);
    return [...new Set(used)].sort().join();
  });
  return mine === theirs || mine === '' || theirs === '';
}

/** Where the centre of the first window of the last step lies on the input of the first, in its positions. */
function origin(steps: readonly Geometry[], index: number): number {
  const axes = steps.flatMap((step) => step.axes[index] ?? []);
  // In positions of the first input: those of a transposed step are finer than its elements.
  return axes.some((axis) => out(axis) === 0) ? 0 : firstCentre(axes) * (axes[0]?.inputDilation ?? 1);
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
 * Sweeps all spatial sizes together over one period, from sizes on whose ends do not meet; null when a size is refused or
 * the period is too long to sweep.
 */
export function agreement(first: Layer, second: Layer, input: Shape): Agreement | null {
  const found = sweep(first, second, input, (size) => [
    ...input.slice(0, 2),
    ...input.slice(2).map(() => size),
  ]);
  if (found === null || found.verdicts.some((one) => one === null)) return null;
  const { period, verdicts } = found;
  return { period, equal: verdicts.flatMap((one, rest) => (one?.verdict === 'same' ? [rest] : [])) };
}

/** What a comparison comes to; null where a layer refuses the size. */
export type Outcome = Pick<Comparison, 'verdict' | 'shift'> | null;

/** What two layers come to on one input. */
export function outcomeAt(first: Layer, second: Layer, input: Shape): Outcome {
  try {
    const { verdict: found, shift } = compare(first, second, input);
    return { verdict: found, shift: found === 'shape' ? [] : shift };
  } catch (error) {
    if (error instanceof DialectError) return null;
    throw error;
  }
}

/** The outcomes of one period of sizes, from `base` on; null where it is too long. */
export function sweep(
  first: Layer,
  second: Layer,
  input: Shape,
  at: (size: number) => Shape,
): { period: number; base: number; verdicts: readonly Outcome[] } | null {
  const compared = compare(first, second, input);
  const both = [compared.first, compared.second];
  const strides = both.flatMap((steps) =>
    input.slice(2).map((_, i) => steps.reduce((product, { axes }) => product * (axes[i]?.stride ?? 1), 1)),
  );
  const period = strides.reduce(leastCommonMultiple, 1);
  if (period > LONGEST_PERIOD) return null;
  // What both ends of an axis read, brought to the input: generous, for a size may only be too small.
  const needed = both
    .flat()
    .flatMap(({ axes }) =>
      axes.map((axis) => 2 * (extent(axis) + Math.abs(axis.before) + Math.abs(axis.after)) * period),
    );
  const base = Math.ceil(Math.max(...needed) / period) * period;
  const verdicts = Array.from({ length: period }, (_, rest) => outcomeAt(first, second, at(base + rest)));
  return { period, base, verdicts };
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
