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

/** The verdict, and what the shift is; one or two sentences. */
export function verdictOf(
  [one, other]: readonly [Axis, Axis],
  names: readonly [Text, Text],
): readonly Text[] {
  const [a, b] = [out(one), out(other)];
  if (one.size !== other.size)
    return [say`Different inputs: ${one.size} elements for ${names[0]}, ${other.size} for ${names[1]}.`];
  if (a === 0 && b === 0) return [say`No window fits, so there is no output.`];
  if (a !== b) {
    const shapes = say`Different shapes: ${a} outputs from ${names[0]}, ${b} from ${names[1]}.`;
    return a === 0 || b === 0 ? [shapes] : [shapes, shiftWords(centreAt(other, 0) - centreAt(one, 0), names)];
  }
  if (sameReads(one, other))
    return [say`The same shape and the same pixels: every window reads what the other reads.`];
  const [begin, end] = [centreAt(other, 0) - centreAt(one, 0), centreAt(other, a - 1) - centreAt(one, a - 1)];
  if (begin !== end)
    return [
      say`Same shape, but the windows drift apart.`,
      say`The shift is ${written(begin)} at output 0 and ${written(end)} at output ${a - 1}.`,
    ];
  if (begin === 0) return [say`Same shape and same centres, but what the windows read differs.`];
  return [distance(begin), shiftWords(begin, names)];
}

function distance(shift: number): Text {
  const by = Math.abs(shift);
  return by === 1 ? say`Same shape, shifted by 1 pixel.` : say`Same shape, shifted by ${written(by)} pixels.`;
}

/** Which way the second lies from the first. */
function shiftWords(shift: number, names: readonly [Text, Text]): Text {
  const by = written(Math.abs(shift));
  if (shift === 0) return say`Output 0 is centred at the same place in both.`;
  if (shift > 0)
    return Math.abs(shift) === 1
      ? say`${names[1]} looks 1 pixel further to the right than ${names[0]}.`
      : say`${names[1]} looks ${by} pixels further to the right than ${names[0]}.`;
  return Math.abs(shift) === 1
    ? say`${names[1]} looks 1 pixel further to the left than ${names[0]}.`
    : say`${names[1]} looks ${by} pixels further to the left than ${names[0]}.`;
}
