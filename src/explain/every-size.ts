// A layer whose sizes are not known: every unknown one is n, and what comes out of it is an expression of n, for each step.
//
//   keras Conv2D, kernel 4, strides 2, same      1xnxnx3 -> 1 x ceil(n/2) x ceil(n/2) x 6
//   pads   1 before; after n mod 2 + 1: 2 for odd n, 1 for even n

import type { Layer, Shape } from '../dialects/dialect.ts';
import { DialectError } from '../dialects/error.ts';
import { type Axis, extent, type Odd, samePads } from '../geometry/index.ts';
import { type Expression, evaluate, type Law, type Laws, laws } from '../geometry/sizes.ts';
import { stack } from './stack.ts';

/** An input with n, null, for what is not known. */
export type OpenShape = readonly (number | null)[];

/** SAME's total is max(0, (ceil(n / stride) - 1) * stride + extent - n); the odd pad goes after (upper) or before (lower). */
export interface SameRule {
  readonly odd: Odd;
  readonly stride: number;
  readonly extent: number;
}

/** One direction of a layer for every size: the laws of its steps. */
export interface EveryAxis {
  /** Axes that are alike. */
  readonly axes: readonly number[];
  readonly laws: Laws;
  /** What makes SAME's pads, per step; null where they are none of SAME's. */
  readonly same: readonly (SameRule | null)[];
}

/** The input where every unknown size is this one. */
export function atSize(input: OpenShape, size: number): Shape {
  return input.map((one) => one ?? size);
}

/**
 * The laws of every axis with an unknown size, axes that are alike together; null where a law is not found.
 * @throws DialectError where the layer refuses every size that was tried
 */
export function everySize(layer: Layer, input: OpenShape): readonly EveryAxis[] | null {
  const spatial = spatialIndices(layer, input);
  const memo = new Map<number, readonly (readonly Axis[])[] | DialectError>();
  const steps = (size: number) => {
    const known = memo.get(size) ?? resolved(layer, atSize(input, size));
    memo.set(size, known);
    return known;
  };
  const unknown = spatial.flatMap((at, axis) => (input[at] === null ? [axis] : []));
  const groups: { axes: number[]; found: Laws; key: string }[] = [];
  for (const axis of unknown) {
    const found = laws((size) => {
      const all = steps(size);
      return all instanceof DialectError
        ? null
        : all.map((axes) => axes[axis - (spatial.length - axes.length)] as Axis);
    });
    if (found === null) {
      const refused = [224, 64, 32, 1].map(steps);
      const why = refused.find((one) => one instanceof DialectError);
      if (why instanceof DialectError && refused.every((one) => one instanceof DialectError)) throw why;
      return null;
    }
    const key = JSON.stringify(found);
    const group = groups.find((one) => one.key === key);
    if (group === undefined) groups.push({ axes: [axis], found, key });
    else group.axes.push(axis);
  }
  return groups.map(({ axes, found }) => {
    const [axis = 0] = axes;
    const at = (size: number) => {
      const all = steps(size);
      return all instanceof DialectError
        ? null
        : all.map((one) => one[axis - (spatial.length - one.length)] as Axis);
    };
    return { axes, laws: found, same: found.steps.map((_, step) => sameRule(found, step, at)) };
  });
}

/** Where the spatial sizes stand in a layer's input. */
export function spatialIndices(layer: Layer, input: OpenShape): readonly number[] {
  const first = input.length - layer.rank - (layer.layout === 'first' ? 0 : 1);
  return Array.from({ length: layer.rank }, (_, i) => first + i);
}

/** The axes of each step; a size from which nothing comes out counts as refused. */
function resolved(layer: Layer, input: Shape): readonly (readonly Axis[])[] | DialectError {
  try {
    const { steps, output } = layer.resolve(input);
    if (!output.includes(0)) return steps.map(({ axes }) => axes);
    return new DialectError('refused', `${layer.framework} ${layer.name}: nothing comes out`);
  } catch (error) {
    if (error instanceof DialectError) return error;
    throw error;
  }
}

function sameRule(
  { from, period, least }: Laws,
  step: number,
  at: (size: number) => readonly Axis[] | null,
): SameRule | null {
  const sizes = Array.from({ length: from - least + 2 * period + 1 }, (_, i) => least + i);
  const axes = sizes.flatMap((size) => at(size)?.[step] ?? []);
  const [first] = axes;
  const padded =
    axes.some((one) => one.before + one.after > 0) && axes.every((one) => one.inputDilation === 1);
  if (!padded) return null;
  for (const odd of ['upper', 'lower'] as const) {
    const fits = axes.every((one) => {
      const [before, after] = samePads(one, odd);
      return one.before === before && one.after === after;
    });
    if (fits && first !== undefined) return { odd, stride: first.stride, extent: extent(first) };
  }
  return null;
}

/** The output's shape over n, from the laws of its axes; null for what a flattening makes of sizes that are not known. */
export function openOutput(
  layer: Layer,
  input: OpenShape,
  every: readonly EveryAxis[],
): readonly (Expression | null)[] {
  const least = Math.max(1, ...every.map(({ laws }) => Math.max(laws.from, laws.least)));
  const size = legal(layer, input, least);
  const [output, later] = [size, legal(layer, input, 2 * size + 1)].map(
    (one) => layer.resolve(atSize(input, one)).output,
  ) as [Shape, Shape];
  const windowed = output.length === input.length;
  const spatial = spatialIndices(layer, input);
  return output.map((value, i) => {
    const axis = spatial.indexOf(i);
    const found = every.find(({ axes }) => axes.includes(axis));
    if (windowed && axis >= 0 && found !== undefined) return found.laws.steps.at(-1)?.out ?? value;
    return later[i] === value ? value : null;
  });
}

/** The first size from one on that is taken. */
function legal(layer: Layer, input: OpenShape, from: number): number {
  for (let size = from; size < from + 256; size++) {
    const found = resolved(layer, atSize(input, size));
    if (!(found instanceof DialectError)) return size;
  }
  return from;
}

/** A value for each remainder by the period, where an expression only repeats; null where it grows. */
export function byRemainder(of: Expression, period: number, from: number): readonly number[] | null {
  const base = Math.ceil(from / period) * period;
  const values = Array.from({ length: period }, (_, rest) => evaluate(of, base + rest));
  return values.every((value, rest) => evaluate(of, base + period + rest) === value) ? values : null;
}

/** The steps of a stack one by one, pads and crops not joined; for laws of each layer. */
export function unjoined(layer: Layer, layers: readonly Layer[]): Layer {
  return {
    ...layer,
    resolve: (input) => {
      const rows = stack(layers, input);
      return { steps: rows.flatMap(({ steps }) => steps), output: rows.at(-1)?.output ?? input };
    },
  };
}

/** Pads of each step along an axis over the size that its own layer is given; null where no law is found. */
export function ownLaws(
  layer: Layer,
  layers: readonly Layer[],
  input: OpenShape,
  every: EveryAxis,
): readonly (Law | null)[] {
  const [axis = 0] = every.axes;
  const size = legal(layer, input, Math.max(every.laws.from, every.laws.least));
  return stack(layers, atSize(input, size)).flatMap((row): (Law | null)[] => {
    if (row.steps.length === 0) return [];
    const spatial = spatialIndices(row.layer, row.input);
    const own = laws((n) => {
      const given = row.input.map((one, i) => (spatial.includes(i) ? n : one));
      const all = resolved(row.layer, given);
      if (all instanceof DialectError) return null;
      return all.map((axes) => axes[axis - (layer.rank - axes.length)] as Axis);
    });
    return row.steps.map((_, step) => own?.steps[step] ?? null);
  });
}
