// The room that a figure's arithmetic needs: as many lines as the longest of its frames, so that what stands under it stays,
// and where one frame needs a line for each row of the kernel, all have them.
//
//   0*0 + 0*1 + 0*2           not  0*0 + 0*1 + 0*2 + 1*3 + 2*4 + 3*5 = 26
//   + 1*3 + 2*4 + 3*5 = 26

import type { Geometry } from '../geometry/index.ts';
import { arithmeticOf } from './caption.ts';
import { LARGEST_WINDOW, type Numbers, readings, TERMS } from './numbers.ts';
import { type Ink, label, type Mark } from './picture.ts';
import type { Frames } from './view.ts';

/** Frames looked at one by one: those of a figure that shows ends. */
const FRAMES = 400;
/** The height of a line, and the width of a letter. */
export const LINE = 21;
const LETTER = 7.8;

/** How the arithmetic of a figure is laid out. */
export interface Room {
  /** The most lines of a frame. */
  readonly lines: number;
  /** Whether each row of the kernel has a line. */
  readonly rows: boolean;
}

/** The room that the arithmetic of all frames needs. */
export function arithmeticRoom(of: Geometry, numbers: Numbers, frames: Frames): Room {
  const taps = of.axes.reduce((product, { kernel }) => product * kernel, 1);
  const count = frames.shape.reduce((product, size) => product * size, 1);
  if (of.operation === 'pad' || taps > LARGEST_WINDOW || count === 0) return { lines: 0, rows: false };
  const each = (frame: number) =>
    frames.outputs(frame).map((output) => arithmeticOf(of, readings(of, numbers, output)).length);
  const shown = frames.outputs(0).length;
  // A window of many taps is shortened to one line, always.
  if (taps > TERMS) return { lines: shown, rows: false };
  const rows =
    count > FRAMES
      ? taps > 4
      : Array.from({ length: count }, (_, frame) => each(frame)).some((all) => all.some((one) => one > 1));
  const high = Math.max(...frames.outputs(0).map((output) => linesOf(of, numbers, output, rows)));
  return { lines: shown === 0 ? 0 : shown * high, rows: high > 1 };
}

function linesOf(of: Geometry, numbers: Numbers, output: readonly number[], rows: boolean): number {
  return arithmeticOf(of, readings(of, numbers, output), rows).length;
}

/** Lines of arithmetic around x from y on: one in the middle, several one under the other, their terms aligned. */
export function arithmeticMarks(lines: readonly string[], x: number, y: number, ink: Ink): Mark[] {
  const [first = ''] = lines;
  if (lines.length <= 1) return lines.map((text) => label(x, y, text, { mono: true, ink }));
  // 'max(' hangs before the lines after it, '+ ' before the terms of the first.
  const [open] = /^(?:max\(|\()?/.exec(first) as unknown as [string];
  const sign = lines[1]?.startsWith('+ ') ? 2 : 0;
  const [head, rest] = [Math.max(0, sign - open.length), Math.max(0, open.length - sign)];
  const wide = Math.max(...lines.map((text, i) => text.length + (i === 0 ? head : rest)));
  const left = x - (wide * LETTER) / 2;
  return lines.map((text, i) =>
    label(left + (i === 0 ? head : rest) * LETTER, y + i * LINE, text, { anchor: 'start', mono: true, ink }),
  );
}
