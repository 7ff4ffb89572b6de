// What the Stack screen says of layers on an input: for each layer its output, pads, field, jump, centre, cost and what it
// drops; which sizes near the input are taken, and which are used to the last element.

import type { Layer, Shape } from 'padwise/dialects';
import { canonical } from 'padwise/explain';
import { type Axis, type Geometry, out } from 'padwise/geometry';
import {
  chain,
  dropped,
  dropping,
  nearest,
  type Receptive,
  receptive,
  refused,
  type Stacked,
  stack,
} from 'padwise/stacks';
import { inputOf } from '../layer.ts';

/** A layer of the stack. */
export interface Row extends Stacked {
  /** Per axis, through all layers up to this one; nothing before the first step and once the axes are gone. */
  readonly seen: readonly Receptive[];
  /** Elements dropped at the end, per axis. */
  readonly dropped: readonly number[];
}

/** A stack on an input. */
export interface Reading {
  readonly layers: readonly Layer[];
  readonly input: Shape;
  /** Spatial sizes of the input. */
  readonly sizes: readonly number[];
  readonly rows: readonly Row[];
  readonly rank: number;
  readonly parameters: number;
  /** Null where they are too many to count. */
  readonly multiplyAdds: number | null;
}

/** Reads a stack. @throws DialectError where a layer refuses, or where the sizes do not suit */
export function readStack(layers: readonly Layer[], sizes: readonly number[]): Reading | null {
  const whole = chain(layers);
  const input = inputOf(whole, sizes);
  if (input === null) return null;
  const stacked = stack(layers, input);
  const gone = stacked.findIndex(({ layer }) => layer.kind === 'flatten' || layer.kind === 'dense');
  const rows = stacked.map((one, i): Row => {
    const steps = stacked.slice(0, i + 1).flatMap((row) => row.steps);
    const blind = steps.length === 0 || (gone >= 0 && i >= gone);
    const axes = blind ? [] : Array.from({ length: whole.rank }, (_, axis) => along(steps, axis, whole.rank));
    return { ...one, seen: axes.map(receptive), dropped: droppedBy(one.steps) };
  });
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    layers,
    input,
    sizes: canonical(whole, input).slice(2),
    rows,
    rank: whole.rank,
    parameters: sum((row) => row.parameters),
    multiplyAdds: rows.some((row) => row.multiplyAdds === null) ? null : sum((row) => row.multiplyAdds ?? 0),
  };
}

/** The axes of one direction, step by step; a step of fewer axes has the last ones. */
export function along(steps: readonly Geometry[], index: number, rank: number): readonly Axis[] {
  return steps.flatMap(({ axes }) => axes[index - (rank - axes.length)] ?? []);
}

function droppedBy(steps: readonly Geometry[]): readonly number[] {
  const counts = steps.filter(({ operation }) => operation !== 'pad').map(({ axes }) => axes.map(dropped));
  return counts.find((count) => count.some((one) => one > 0)) ?? [];
}

/** Steps of the layers up to one, and what each is called. */
export function stepsTo(rows: readonly Row[], to: number): { steps: Geometry[]; names: string[] } {
  const some = rows.slice(0, to + 1);
  return {
    steps: some.flatMap((row) => row.steps),
    names: some.flatMap(({ steps, layer }) => steps.map(() => layer.name)),
  };
}

/** The layer looked from: the wanted one, else the last that still has axes. */
export function subject(rows: readonly Row[], wanted: number | null): number | null {
  const seeing = rows.flatMap(({ seen }, i) => (seen.length > 0 ? [i] : []));
  return wanted !== null && seeing.includes(wanted) ? wanted : (seeing.at(-1) ?? null);
}

/** How many outputs a row of the stack has along each axis. */
export function outputs(rows: readonly Row[], to: number, rank: number): number[] {
  const { steps } = stepsTo(rows, to);
  return Array.from({ length: rank }, (_, i) => {
    const last = along(steps, i, rank).at(-1);
    return last === undefined ? (steps[0]?.axes[i]?.size ?? 1) : out(last);
  });
}

/** Sizes near the given one, below and above. */
export interface Near {
  readonly below: readonly number[] | null;
  readonly above: readonly number[] | null;
}

/** Near sizes that are taken at all, and those of which nothing is dropped. */
export interface NearSizes {
  readonly legal: Near;
  readonly whole: Near;
  /** Whether the given sizes are taken, and whether they are used to the last element. */
  readonly isLegal: boolean;
  readonly isWhole: boolean;
}

/** Sizes around the given ones, all axes moved together by as much. */
export function nearSizes(layers: readonly Layer[], sizes: readonly number[]): NearSizes | null {
  const whole = chain(layers);
  const all = sizes.length === 1 ? Array.from({ length: whole.rank }, () => sizes[0] as number) : sizes;
  const least = Math.min(...all);
  const moved = (size: number) => all.map((one) => one - least + size);
  const at = (size: number) => inputOf(whole, moved(size)) as Shape;
  if (inputOf(whole, all) === null) return null;
  const legal = (size: number) => refused(layers, at(size)) === null;
  const uses = (size: number) => legal(size) && dropping(stack(layers, at(size))) === null;
  const near = (passes: (size: number) => boolean): Near => {
    const { below, above } = nearest(least, layers.length, passes);
    return { below: below === null ? null : moved(below), above: above === null ? null : moved(above) };
  };
  return { legal: near(legal), whole: near(uses), isLegal: legal(least), isWhole: uses(least) };
}
