// The room that a figure's arithmetic needs: as many lines as the longest of its frames, so that what stands under it stays.
//
//   0*0 + 0*1 + 0*2 + 1*3 = 3          one line here,          12*0 + 13*1 + 14*2      three there
//                                                            + 19*3 + 20*4 + 21*5
//                                                            + 26*6 + 27*7 + 28*8 = 804

import type { Geometry } from '../geometry/index.ts';
import { arithmeticOf } from './caption.ts';
import { LARGEST_WINDOW, type Numbers, readings, TERMS } from './numbers.ts';
import type { Frames } from './view.ts';

/** Frames looked at one by one: those of a figure that shows ends. */
const FRAMES = 400;

/** The most lines of arithmetic that a frame shows. */
export function arithmeticRoom(of: Geometry, numbers: Numbers, frames: Frames): number {
  const taps = of.axes.reduce((product, { kernel }) => product * kernel, 1);
  if (of.operation === 'pad' || taps > LARGEST_WINDOW) return 0;
  const count = frames.shape.reduce((product, size) => product * size, 1);
  const lines = (frame: number) =>
    frames
      .outputs(frame)
      .reduce((sum, output) => sum + arithmeticOf(of, readings(of, numbers, output)).length, 0);
  // A window of many taps is shortened to one line, always.
  const first = count === 0 ? 0 : lines(0);
  if (first === 0 || taps > TERMS) return first;
  if (count <= FRAMES) return Math.max(...Array.from({ length: count }, (_, frame) => lines(frame)));
  return Math.max(first, taps / (of.axes.at(-1)?.kernel ?? 1));
}
