// What two overlaid layers say: whether they read the same, and if only their shapes agree, how far one looks from the other.

import { type Axis, centre, type Geometry, out, sameReads } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { written } from '../numbers.ts';

/** The axis that is drawn: the one asked for, else the first on which two layers differ, else the last. */
export function axisOf(first: Geometry, second: Geometry, asked?: number): number {
  const last = Math.min(first.axes.length, second.axes.length) - 1;
  if (asked !== undefined) return Math.max(0, Math.min(last, asked));
  const differing = first.axes.findIndex((axis, i) => i <= last && !sameReads(axis, second.axes[i] as Axis));
  return differing < 0 ? last : differing;
}

/** Where output `o` is centred, in input elements; may be a fraction. */
export function centreAt(axis: Axis, o: number): number {
  return centre(axis, o) / axis.inputDilation;
}

/**
 * What a shift is counted in. Transposed layers have more outputs than inputs, and their windows lie between two elements:
 * there it is pixels of the output, as a comparison counts them (src/explain/compare.ts).
 */
export interface Unit {
  readonly name: Text;
  /** A distance in input elements, along one axis. */
  readonly of: (distance: number, axis: Axis) => number;
  readonly isOutput: boolean;
}

/** The unit of two layers: pixels of the output where both only spread the input, of the input everywhere else. */
export function unitOf(pairs: readonly (readonly [Axis, Axis])[]): Unit {
  const isOutput =
    pairs.some(([one]) => one.inputDilation > 1) &&
    pairs.every(
      ([one, other]) => one.stride === 1 && other.stride === 1 && one.inputDilation === other.inputDilation,
    );
  return isOutput
    ? { name: say`output px`, of: (distance, axis) => distance * axis.inputDilation, isOutput }
    : { name: say`input px`, of: (distance) => distance, isOutput };
}

/** The verdict, and what the shift is; one or two sentences. */
export function verdictOf(
  [one, other]: readonly [Axis, Axis],
  names: readonly [Text, Text],
): readonly Text[] {
  const [a, b] = [out(one), out(other)];
  if (one.size !== other.size)
    return [say`Different inputs: ${one.size} elements for ${names[0]}, ${other.size} for ${names[1]}.`];
  if (a === 0 && b === 0) return [say`No window fits, so there is no output.`];
  const unit = unitOf([[one, other]]);
  const far = (distance: number) => amount(unit.of(distance, one), unit.isOutput);
  if (a !== b) {
    const shapes = say`Different shapes: ${a} outputs from ${names[0]}, ${b} from ${names[1]}.`;
    return a === 0 || b === 0
      ? [shapes]
      : [shapes, shiftWords(centreAt(other, 0) - centreAt(one, 0), far, names)];
  }
  if (sameReads(one, other))
    return [say`The same shape and the same pixels: every window reads what the other reads.`];
  const [begin, end] = [centreAt(other, 0) - centreAt(one, 0), centreAt(other, a - 1) - centreAt(one, a - 1)];
  if (begin !== end)
    return [
      say`Same shape, but the windows drift apart.`,
      say`The shift is ${far(begin)} at output 0 and ${far(end)} at output ${a - 1}.`,
    ];
  if (begin === 0) return [say`Same shape and same centres, but what the windows read differs.`];
  const by = unit.isOutput
    ? say`${far(Math.abs(begin))} (${amount(Math.abs(begin), false)})`
    : far(Math.abs(begin));
  return [say`Same shape, shifted by ${by}.`, shiftWords(begin, far, names)];
}

function amount(distance: number, isOutput: boolean): Text {
  return isOutput ? say`${written(distance)} output px` : say`${written(distance)} input px`;
}

/** Which way the second lies from the first. */
function shiftWords(shift: number, far: (distance: number) => Text, names: readonly [Text, Text]): Text {
  if (shift === 0) return say`Output 0 is centred at the same place in both.`;
  return shift > 0
    ? say`${names[1]} looks ${far(shift)} further to the right than ${names[0]}.`
    : say`${names[1]} looks ${far(-shift)} further to the left than ${names[0]}.`;
}
