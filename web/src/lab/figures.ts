// Which figure shows a layer. Every view is a figure of padwise/draw; a large layer is shown around one output at a time, its
// map beside it (overview.tsx).

import { channelsFigure, type Figure, scatterFigure, stripFigure, windowFigure } from 'padwise/draw';
import { type Geometry, isTransposed, out } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';

/** How a layer is shown: all windows of an axis, one window after the other, as its elements write, or its channels. */
export type View = 'all' | 'window' | 'writes' | 'channels';

const VIEWS: readonly View[] = ['all', 'window', 'writes', 'channels'];

/** The names of the views. */
export const VIEW_NAMES: Readonly<Record<View, Text>> = {
  all: say`All windows at once`,
  window: say`Window by window`,
  writes: say`As it writes`,
  channels: say`Channels`,
};

/** A layer's figure. */
export interface LayerFigure {
  /** Null where the layer has none of this kind. */
  readonly figure: Figure | null;
  /** Whether it shows a part at a time, one frame for every output. */
  readonly lens: boolean;
}

/** The address's parts, and the view they end with. */
export function viewOf(parts: readonly string[]): {
  readonly parts: readonly string[];
  readonly view: View | null;
} {
  const last = VIEWS.find((view) => view === parts.at(-1));
  return last === undefined || parts.length < 2
    ? { parts, view: null }
    : { parts: parts.slice(0, -1), view: last };
}

/** The views a layer has, and the one it is first shown in: a large one all at once, a small one window by window. */
export function viewsOf(
  of: Geometry,
  limit: number,
): { readonly views: readonly View[]; readonly first: View } {
  const views = VIEWS.filter(
    (view) =>
      (view !== 'writes' || canScatter(of)) && (view !== 'channels' || of.channels > 1 || of.filters > 1),
  );
  return { views, first: isLarge(of, limit) ? 'all' : 'window' };
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

function isLarge(of: Geometry, limit: number): boolean {
  return of.axes.some((one) => Math.max(one.size + one.before + one.after, out(one)) > limit + 2);
}

function canScatter(of: Geometry): boolean {
  const zeros = of.axes.every(({ fillBefore, fillAfter }) => fillBefore === 0 && fillAfter === 0);
  return isTransposed(of) && of.axes.length <= 2 && zeros && of.axes.every(({ stride }) => stride === 1);
}

/** The output of a frame, an index an axis. */
export function unravelled(frame: number, shape: readonly number[]): number[] {
  let rest = frame;
  return [...shape]
    .reverse()
    .map((size) => {
      const at = rest % size;
      rest = Math.floor(rest / size);
      return at;
    })
    .reverse();
}

/** The frame of an output. */
export function ravelled(output: readonly number[], shape: readonly number[]): number {
  return output.reduce((sum, at, i) => sum * (shape[i] ?? 1) + at, 0);
}
