// Which figures show a layer. Every view is one of padwise/draw (drawing.tsx); a large layer is shown around one output at a
// time, its map beside it (overview.tsx).

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

/** Whether a layer has more positions along an axis than are drawn at a time. */
export function isLarge(of: Geometry, limit: number): boolean {
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
