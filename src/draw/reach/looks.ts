// What one output reads of every row of a stack, and what the windows there cover of the row below, pads included.
//
//   output  3            elements 3..3
//   layer 2              elements 6..8       covered 6..8
//   input                elements 11..15     covered 11..17: two of them are padding

import { type Axis, extent, span, start } from '../../geometry/index.ts';
import { type Interval, reached } from '../../geometry/receptive.ts';
import { bounded } from '../direction.ts';

/** What is read of one row. */
export interface Look {
  /** The exact elements; of too many to look at the one interval they lie in. */
  readonly elements: readonly Interval[];
  /** From the first to the last of them; null where padding only is read. */
  readonly hull: Interval | null;
  /** The positions that the windows reading it cover; null of the output and where nothing above is read. */
  readonly covered: Interval | null;
}

/** What output `o` reads, the input first and the output itself last. */
export function looksOf(axes: readonly Axis[], o: number): readonly Look[] {
  const looks: Look[] = [];
  let above: Interval | null = { from: o, to: o };
  looks.push({ elements: [above], hull: above, covered: null });
  for (let level = axes.length - 1; level >= 0; level--) {
    const axis = axes[level] as Axis;
    const covered: Interval | null = above === null ? null : coveredBy(axis, above);
    const elements: readonly Interval[] =
      above === null ? [] : (bounded(() => reached(axes.slice(level), o).elements) ?? within(axis, covered));
    const [first, last] = [elements[0], elements.at(-1)];
    above = first === undefined || last === undefined ? null : { from: first.from, to: last.to };
    looks.push({ elements, hull: above, covered });
  }
  return looks.reverse();
}

function coveredBy(axis: Axis, { from, to }: Interval): Interval {
  return { from: start(axis, from), to: start(axis, to) + extent(axis) - 1 };
}

/** The elements among positions. */
function within({ size, inputDilation }: Axis, covered: Interval | null): readonly Interval[] {
  if (covered === null) return [];
  const from = Math.max(0, Math.ceil(covered.from / inputDilation));
  const to = Math.min(size - 1, Math.floor(covered.to / inputDilation));
  return from > to ? [] : [{ from, to }];
}

/** More taps than this are not looked at one by one. */
const TAPS = 4096;

/** Whether a tap of one of these windows meets a position. */
export function taps(axis: Axis, windows: readonly Interval[], position: number): boolean {
  if (axis.kernel > TAPS) return true;
  for (let tap = 0; tap < axis.kernel; tap++) {
    const o = (position + axis.before - tap * axis.dilation) / axis.stride;
    if (Number.isInteger(o) && windows.some(({ from, to }) => o >= from && o <= to)) return true;
  }
  return false;
}

/** Whether an element is one of these. */
export function among(elements: readonly Interval[], element: number): boolean {
  return elements.some(({ from, to }) => element >= from && element <= to);
}

/** Positions of a field that lie outside the input. */
export function outside(axis: Axis, field: Interval): number {
  const last = axis.size - 1;
  const before = Math.max(0, Math.min(field.to, -1) - field.from + 1);
  const after = Math.max(0, field.to - Math.max(field.from, last + 1) + 1);
  return span(axis) === 0 ? field.to - field.from + 1 : before + after;
}
