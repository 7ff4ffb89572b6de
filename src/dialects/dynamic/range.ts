// The sizes that stand for every size. What a layer does to an axis repeats with the product of its strides, once an axis is
// longer than what both of its ends read; so sizes from the smallest legal one on, through both ends and several periods,
// show everything it ever does.
//
//   k3 s2   1 2 3 | 4 5 | 6 7 | 8 9        the ends meet in 1 .. 3, then every two sizes the same again

import { type Axis, extent, type Geometry, geometry, outputShape } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import type { Layer, Shape } from '../dialect.ts';
import { DialectError } from '../error.ts';

const LONGEST_PERIOD = 64;
const LARGEST_FIRST = 2048;
const MOST_SIZES = 600;

/** One axis of a step at one size of the layer's input. */
interface Row {
  readonly size: number;
  readonly axis: Axis;
}

/** The sizes tried, and what every step of the layer is at each of them. */
export interface Range {
  readonly layer: Layer;
  /** The input in the layer's own layout for one size of all unknown axes. */
  inputAt(size: number): Shape;
  /** Behaviour repeats with this period. */
  readonly period: number;
  /** The smallest size that gives an output. */
  readonly first: number;
  readonly sizes: readonly number[];
  /** The steps at the largest size. */
  readonly steps: readonly Geometry[];
  /** By step and axis; an axis of known size has one row. */
  readonly rows: readonly (readonly (readonly Row[])[])[];
}

/** A step on one input: its geometry, and the size of the layer's input where all unknown axes have the same; else null. */
export interface Sample {
  readonly step: Geometry;
  readonly size: number | null;
}

/**
 * The range of a layer whose input is null where its size is unknown.
 * @throws DialectError where the framework refuses every size, or behaviour repeats too rarely to try
 */
export function range(layer: Layer, input: readonly (number | null)[]): Range {
  const inputAt = (size: number) => input.map((given) => given ?? size);
  const stepsAt = (size: number, answered = false) => {
    try {
      const { steps } = layer.resolve(inputAt(size));
      return steps.some((step) => outputShape(step).includes(0)) ? null : steps;
    } catch (error) {
      // The framework takes this size all the same: code for every size would have to.
      if (answered && error instanceof DialectError && error.code === 'unsayable') throw error;
      return null;
    }
  };
  let first = 1;
  while (stepsAt(first) === null && first < LARGEST_FIRST) first += 1;
  // Refused throughout: in the framework's own words.
  const steps = stepsAt(first) ?? layer.resolve(inputAt(first)).steps;
  const period = periodOf(steps);
  if (period > LONGEST_PERIOD)
    throw new DialectError(
      'unsayable',
      say`${layer.name} repeats every ${period} sizes; padwise tries up to ${LONGEST_PERIOD} for code that is exact for every size`,
    );
  const count = Math.min(MOST_SIZES, 2 * reach(steps) + 4 * period + 4);
  const found: { size: number; steps: readonly Geometry[] }[] = [];
  for (let size = first; size < first + count; size++) {
    const at = stepsAt(size, true);
    if (at !== null) found.push({ size, steps: at });
  }
  const last = found.at(-1) ?? { size: first, steps };
  const known = knownAxes(layer, input);
  const rows = last.steps.map((step, index) =>
    step.axes.map((_, i) => {
      const all = found.map(({ size, steps: at }): Row => ({ size, axis: at[index]?.axes[i] as Axis }));
      return known[i] ? all.slice(0, 1) : distinct(layer, all);
    }),
  );
  const sizes = found.map(({ size }) => size);
  return { layer, inputAt, period, first, sizes, steps: last.steps, rows };
}

function knownAxes(layer: Layer, input: readonly (number | null)[]): boolean[] {
  const spatial = layer.layout === 'first' ? input.slice(2) : input.slice(1, -1);
  return spatial.map((size) => size !== null);
}

/** One row for each size of the step's own input. @throws DialectError where that does not decide the axis */
function distinct(layer: Layer, rows: readonly Row[]): Row[] {
  const bySize = new Map<number, Row>();
  for (const row of rows) {
    const before = bySize.get(row.axis.size);
    if (before === undefined) bySize.set(row.axis.size, row);
    else if (JSON.stringify(before.axis) !== JSON.stringify(row.axis))
      throw new DialectError(
        'unsayable',
        say`${layer.name} does not decide by the size of each layer's input alone`,
      );
  }
  return [...bySize.values()];
}

/** How often sizes repeat: the product of the strides, of the axis where it is longest; all axes together. */
function periodOf(steps: readonly Geometry[]): number {
  const products = (steps[0]?.axes ?? []).map((_, i) =>
    steps.reduce((product, { axes }) => product * (axes[i]?.stride ?? 1), 1),
  );
  return products.reduce(leastCommonMultiple, 1);
}

/** What both ends of an axis read, brought to the input. */
function reach(steps: readonly Geometry[]): number {
  let [jump, sum] = [1, 0];
  for (const { axes } of steps) {
    const ends = axes.map((one) => extent(one) + Math.abs(one.before) + Math.abs(one.after) + one.overhang);
    sum += Math.max(...ends) * jump;
    jump *= Math.max(...axes.map(({ stride }) => stride));
  }
  return sum;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** A step for every size of the range: all axes alike, then each axis one or two sizes beyond the one before it. */
export function samples({ rows, steps }: Range, index: number): Sample[] {
  const step = steps[index] as Geometry;
  const own = rows[index] as readonly (readonly Row[])[];
  const count = Math.max(...own.map((list) => list.length));
  const shifts = own.filter((list) => list.length > 1).length > 1 ? [0, 1, 2] : [0];
  return shifts.flatMap((shift) =>
    Array.from({ length: count }, (_, k): Sample => {
      const chosen = own.map((list, i) => list[(k + i * shift) % list.length] as Row);
      const size = shift === 0 ? Math.max(...chosen.map((row) => row.size)) : null;
      return { step: geometry({ ...step, axes: chosen.map(({ axis }) => axis) }), size };
    }),
  );
}
