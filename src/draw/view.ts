// What of a layer its figure shows: the positions of every axis that are drawn, and the outputs that are its frames. Short
// axes are whole; of long ones either their two ends, where every frame has the same cells, or what lies around one output.

import { type Axis, extent, type Geometry, out, start } from '../geometry/index.ts';
import { type Numbers, product } from './numbers.ts';
import { ends, isShown, lens, reachOf, type Shown } from './shown.ts';

/** What is drawn of a window's figure. */
export interface WindowOptions {
  /** Its data; counting numbers unless said. */
  readonly numbers?: Numbers;
  /** The most positions an axis shows; 14 unless said, or more where two windows at each end need more. */
  readonly limit?: number;
  /** Show what lies around each output, one frame for every output there is, instead of the ends of long axes. */
  readonly lens?: boolean;
  /** Outputs shown at once, in their own colours; one output a frame unless said. */
  readonly together?: readonly (readonly number[])[];
  /** What opens the figure again; made from the problem string unless said. */
  readonly source?: string;
}

/** The positions drawn, an entry an axis. */
export interface View {
  readonly inputs: readonly Shown[];
  readonly kernels: readonly Shown[];
  readonly outputs: readonly Shown[];
}

/** The outputs of a figure's frames, counted along each axis. */
export interface Frames {
  readonly shape: readonly number[];
  /** The outputs shown by a frame. */
  readonly outputs: (frame: number) => readonly (readonly number[])[];
  /** The frame that shows an output; undefined where none does. */
  readonly of: (output: readonly number[]) => number | undefined;
}

/** The most positions an axis shows unless said. */
export const LIMIT = 14;
const WIDEST = 22;
const KERNEL = 7;
/** The most frames of a figure that shows ends: what an animation still holds. */
const FRAMES = 400;

/** The ends of every axis. */
export function endsOf(of: Geometry, limit?: number): View {
  return {
    inputs: of.axes.map((axis) => ends(...reachOf(axis), limit ?? enough(axis))),
    kernels: kernels(of),
    outputs: of.axes.map((axis) => ends(0, out(axis), limit ?? LIMIT)),
  };
}

/** Positions that hold two windows at each end, where that is not too many. */
function enough(axis: Axis): number {
  return Math.max(LIMIT, Math.min(WIDEST, 2 * (extent(axis) + axis.stride) + 1));
}

/** What lies around an output. */
export function lensOf(of: Geometry, output: readonly number[], limit: number = LIMIT): View {
  const at = (axis: Axis, i: number) => start(axis, output[i] ?? 0);
  return {
    inputs: of.axes.map((axis, i) => {
      const from = at(axis, i);
      return lens(...reachOf(axis), from, from + extent(axis), limit);
    }),
    kernels: kernels(of),
    outputs: of.axes.map((axis, i) => lens(0, out(axis), output[i] ?? 0, (output[i] ?? 0) + 1, limit)),
  };
}

function kernels(of: Geometry): Shown[] {
  return of.axes.map(({ kernel }) => ends(0, kernel, KERNEL));
}

/** A frame for every output whose window and itself are wholly drawn, in reading order; at least one where there are any. */
export function drawnFrames(of: Geometry, view: View): Frames {
  const lists = of.axes.map((axis, i) => {
    const drawn = (view.outputs[i] as Shown).filter((o): o is number => o !== undefined);
    const whole = drawn.filter((o) => {
      const from = Math.max(start(axis, o), reachOf(axis)[0]);
      return isShown(view.inputs[i] as Shown, from, Math.max(from + 1, start(axis, o) + extent(axis)));
    });
    return whole.length === 0 ? drawn.slice(0, 1) : whole;
  });
  const some = product(lists.map(({ length }) => length)).slice(0, FRAMES);
  const outputs = some.map((tuple) => tuple.map((at, i) => lists[i]?.[at] ?? 0));
  const keys = new Map(outputs.map((output, frame) => [output.join(), frame]));
  return {
    shape:
      some.length < lists.reduce((all, { length }) => all * length, 1)
        ? [some.length]
        : lists.map(({ length }) => length),
    outputs: (frame) => outputs.slice(frame, frame + 1),
    of: (output) => keys.get(output.join()),
  };
}

/** A frame for every output. */
export function allFrames(of: Geometry): Frames {
  const shape = of.axes.map(out);
  return {
    shape,
    outputs: (frame) => (shape.includes(0) ? [] : [unravelled(frame, shape)]),
    of: (output) => output.reduce((sum, at, i) => sum * (shape[i] as number) + at, 0),
  };
}

/** One frame with these outputs. */
export function together(of: Geometry, outputs: readonly (readonly number[])[]): Frames {
  const real = outputs.filter((output) => of.axes.every((axis, i) => (output[i] ?? 0) < out(axis)));
  return { shape: [1], outputs: () => real, of: () => undefined };
}

function unravelled(index: number, shape: readonly number[]): number[] {
  let rest = index;
  return [...shape]
    .reverse()
    .map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    })
    .reverse();
}
