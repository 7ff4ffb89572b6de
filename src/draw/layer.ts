// The figure of a layer's windows, by its axes: a strip, a grid, or slices.

import type { Geometry } from '../geometry/index.ts';
import { windowLine } from './line.ts';
import type { Figure } from './picture.ts';
import { windowSlices } from './slices.ts';
import type { WindowOptions } from './view.ts';
import { windowGrid } from './window.ts';

/** A layer of one, two or three axes, window by window. */
export function windowFigure(of: Geometry, options: WindowOptions = {}): Figure {
  if (of.axes.length === 1) return windowLine(of, options);
  return of.axes.length === 2 ? windowGrid(of, options) : windowSlices(of, options);
}
