// The figure of a layer's windows, by its axes: a strip, a grid, or slices.

import type { Geometry } from '../geometry/index.ts';
import { windowLine } from './line.ts';
import type { Figure } from './picture.ts';
import { windowSlices } from './slices.ts';
import { drawnFrames, endsOf, type WindowOptions } from './view.ts';
import { windowGrid } from './window.ts';

/** A layer of one, two or three axes, window by window; one output alone, far from the ends, is seen through a lens. */
export function windowFigure(of: Geometry, given: WindowOptions = {}): Figure {
  const [only, ...more] = given.together ?? [];
  const isFar =
    only !== undefined &&
    more.length === 0 &&
    drawnFrames(of, endsOf(of, given.limit)).of(only) === undefined;
  const options = isFar ? { ...given, lens: true } : given;
  if (of.axes.length === 1) return windowLine(of, options);
  return of.axes.length === 2 ? windowGrid(of, options) : windowSlices(of, options);
}
