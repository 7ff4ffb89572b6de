// What stands side by side: each layer's output, pads, where its first output is centred, what its last one reads, how much
// of what it reads is padding, and how often it uses each pixel. One row for all axes where they are alike in every layer.

import { type Axis, type Geometry, out, utilisation } from 'padwise/geometry';
import { firstCentre, reached, reaching } from 'padwise/stacks';
import { say, type Text } from 'padwise/words';
import { outputOf } from './verdict.ts';

/** A row of the table: what it tells, one cell a layer, and whether the layers differ in it. */
export interface Fact {
  readonly head: Text;
  readonly cells: readonly Text[];
  readonly differs: boolean;
}

/** Longer axes are not counted element by element. */
const COUNTED = 20_000;
const NONE = '–';

/** The rows for layers given as their steps; null for a layer that refuses its input. */
export function factsOf(layers: readonly (readonly Geometry[] | null)[]): readonly Fact[] {
  const known = layers.flatMap((steps) => (steps === null ? [] : [steps]));
  const rank = known[0]?.[0]?.axes.length ?? 0;
  const alike = known.every((steps) =>
    steps.every(({ axes }) => axes.every((axis) => JSON.stringify(axis) === JSON.stringify(axes[0]))),
  );
  const axes = alike ? [0] : Array.from({ length: rank }, (_, i) => i);
  const row = (head: Text, tell: (steps: readonly Geometry[]) => Text): Fact => {
    const cells = layers.map((steps) => (steps === null ? NONE : tell(steps)));
    const told = cells.filter((_, i) => layers[i] !== null).map(String);
    return { head, cells, differs: told.some((one) => one !== told[0]) };
  };
  const perAxis = (head: (axis: number | null) => Text, tell: (axes: readonly Axis[]) => Text) =>
    axes.map((i) =>
      row(head(alike ? null : i), (steps) => tell(steps.flatMap((step) => step.axes[i] ?? []))),
    );
  const named = (what: Text) => (axis: number | null) =>
    axis === null ? what : say`${what}, ${axisName(axis, rank)}`;
  return [
    row(say`Output`, (steps) => outputOf(steps).sizes),
    ...perAxis(named(say`Pads before and after`), padsOf),
    ...perAxis(named(say`Output 0 is centred at`), centreOf),
    ...perAxis(named(say`The last output reads`), lastOf),
    row(say`Padding in all it reads`, paddingOf),
    row(say`Each pixel is used`, usedOf),
  ];
}

/** length; height, width; depth first of three. */
export function axisName(axis: number, rank: number): Text {
  if (rank === 1) return say`length`;
  return [say`depth`, say`height`, say`width`][axis + 3 - rank] as Text;
}

function padsOf(axes: readonly Axis[]): Text {
  const each = axes.map(({ before, after, overhang }) =>
    overhang > 0 ? `${before}, ${after} + ${overhang}` : `${before}, ${after}`,
  );
  return each.length <= 3 ? each.join(' → ') : `${each.slice(0, 2).join(' → ')} → … → ${each.at(-1)}`;
}

function centreOf(axes: readonly Axis[]): Text {
  return axes.some((axis) => out(axis) === 0) ? NONE : String(Number(firstCentre(axes).toFixed(3)));
}

function lastOf(axes: readonly Axis[]): Text {
  const [first, last] = [axes[0], axes.at(-1)];
  if (first === undefined || last === undefined || axes.some((axis) => out(axis) === 0))
    return say`nothing fits`;
  const { from, to } = reached(axes, out(last) - 1).field;
  const read = from === to ? String(from) : say`${from} to ${to}`;
  const after = Math.max(0, to - Math.max(first.size, from) + 1);
  const before = Math.max(0, Math.min(0, to + 1) - from);
  const beyond = before + after;
  return beyond > 0 ? say`${read}, ${beyond} of it padding` : read;
}

/** The part of all taps that meet padding; of a stack, of all its layers' taps together. */
function paddingOf(steps: readonly Geometry[]): Text {
  let [all, real] = [0, 0];
  for (const { axes } of steps) {
    if (axes.some((axis) => !countable(axis) || axis.inputDilation > 1)) return NONE;
    all += axes.reduce((product, axis) => product * out(axis) * axis.kernel, 1);
    real += axes.reduce((product, axis) => product * sum(utilisation(axis)), 1);
  }
  if (all === 0) return NONE;
  const part = (100 * (all - real)) / all;
  return part === 0 ? say`none` : `${part < 0.1 ? '< 0.1' : part.toFixed(1)} %`;
}

/** From the least used pixel to the most; a stack's counted in the outputs they reach. */
function usedOf(steps: readonly Geometry[]): Text {
  const [first] = steps;
  if (first === undefined || steps.some(({ axes }) => !axes.every(countable))) return NONE;
  const lines = first.axes.map((axis, i) =>
    steps.length === 1 ? utilisation(axis) : reaching(steps.flatMap((step) => step.axes[i] ?? [])),
  );
  const low = lines.reduce((product, line) => product * least(line), 1);
  const high = lines.reduce((product, line) => product * most(line), 1);
  const dead =
    first.axes.reduce((product, { size }) => product * size, 1) -
    lines.reduce((product, line) => product * line.filter((count) => count > 0).length, 1);
  const range = low === high ? times(low) : say`${low} to ${high} times`;
  if (dead === 0) return range;
  return say`${range}; ${dead} never`;
}

function times(count: number): Text {
  return count === 1 ? say`once` : say`${count} times`;
}

function countable(axis: Axis): boolean {
  return axis.size <= COUNTED && out(axis) * axis.kernel <= 50 * COUNTED;
}

const sum = (line: readonly number[]) => line.reduce((total, count) => total + count, 0);
const least = (line: readonly number[]) => line.reduce((low, count) => Math.min(low, count), Infinity);
const most = (line: readonly number[]) => line.reduce((high, count) => Math.max(high, count), 0);
