// What draws the lab's figure. It is a file of its own: the page asks for it at once, but answer and fields do not wait for it,
// because drawing is most of what the lab brings and most of what it does.

import { channelsFigure, type Figure, scatterFigure, stripFigure, windowFigure } from 'padwise/draw';
import { type Geometry, isTransposed } from 'padwise/geometry';
import { isLarge, type View } from './figures.ts';

export { CopyMenu } from '../figure/copy-menu.tsx';
export { FigureView } from '../figure/figure-view.tsx';

/** A layer's figure. */
export interface LayerFigure {
  /** Null where the layer has none of this kind. */
  readonly figure: Figure | null;
  /** Whether it shows a part at a time, one frame for every output. */
  readonly lens: boolean;
}

/** Fewer positions than these are asked for where the page is narrow. */
const NARROW = 12;

/** The figure of a view; `most` is how many positions of an axis are drawn. */
export function figureOf(of: Geometry, view: View, axis: number, most: number): LayerFigure {
  // A strip has room for more.
  const limit = of.axes.length === 1 ? Math.ceil(most * 1.5) : most;
  const lens = isLarge(of, limit) && view === 'window';
  try {
    const figure = drawn(of, view, axis, limit, lens);
    figure.frame(0);
    return { figure, lens };
  } catch {
    return { figure: null, lens: false };
  }
}

/** @throws GeometryError for a layer that has no such figure */
function drawn(of: Geometry, view: View, axis: number, limit: number, lens: boolean): Figure {
  if (view === 'writes') return scatterFigure(of, { limit });
  if (view === 'channels') return channelsFigure(of);
  if (view === 'window') return windowFigure(of, { lens, limit: lens ? limit : limit + 2 });
  const transposed = isTransposed(of);
  return stripFigure(of, {
    axis,
    transposed,
    compareUnpadded: !transposed,
    limit: limit < NARROW ? 16 : 20,
  });
}
