// A grid of cells: two tracks of shown positions, a cell where they cross, dots where some are left out. Every figure lays its
// panels out with these, so that a position's place is computed once.
//
//   track   | 0 | 1 | 2 | . . | 62 | 63 |       offset(62) = 4 * CELL

import { type Box, CELL, type Label, label, type Mark } from './picture.ts';
import type { Shown } from './shown.ts';

/** The width of what is left out: a cell, so that grids with and without gaps have one size. */
export const GAP: number = CELL;

/** Positions along one direction, and where they lie. */
export interface Track {
  readonly shown: Shown;
  readonly length: number;
  /** Where a position's cell begins; undefined where it is not drawn. */
  offset(position: number): number | undefined;
  /** Where the gaps begin. */
  readonly gaps: readonly number[];
}

/** A grid's tracks and its place. */
export interface Grid {
  readonly x: number;
  readonly y: number;
  readonly rows: Track;
  readonly columns: Track;
}

/** The track of some positions, `width` units each, `gap` where some are left out. */
export function track(shown: Shown, width: number = CELL, gap: number = GAP): Track {
  const offsets = new Map<number, number>();
  const gaps: number[] = [];
  let length = 0;
  for (const position of shown) {
    if (position === undefined) gaps.push(length);
    else offsets.set(position, length);
    length += position === undefined ? gap : width;
  }
  return { shown, length, gaps, offset: (position) => offsets.get(position) };
}

/** The cells of a grid by what `paint` says of a position, and dots in its gaps. */
export function cells(
  { x, y, rows, columns }: Grid,
  paint: (row: number, column: number) => Omit<Box, 'kind' | 'x' | 'y' | 'width' | 'height'>,
): Mark[] {
  const marks: Mark[] = [];
  for (const row of rows.shown) {
    for (const column of columns.shown) {
      if (row === undefined || column === undefined) continue;
      const place = at({ x, y, rows, columns }, row, column);
      if (place !== undefined) marks.push({ kind: 'box', ...place, ...paint(row, column) });
    }
  }
  return [...marks, ...dots({ x, y, rows, columns })];
}

/** The box of one cell; undefined where it is not drawn. */
export function at(
  { x, y, rows, columns }: Grid,
  row: number,
  column: number,
): Pick<Box, 'x' | 'y' | 'width' | 'height'> | undefined {
  const [top, left] = [rows.offset(row), columns.offset(column)];
  return top === undefined || left === undefined
    ? undefined
    : { x: x + left, y: y + top, width: CELL, height: CELL };
}

/** The box around the shown part of the cells from [top, left] to [bottom, right), with its role's outline only. */
export function around(
  grid: Grid,
  [top, left]: readonly [number, number],
  [bottom, right]: readonly [number, number],
): Pick<Box, 'x' | 'y' | 'width' | 'height'> | undefined {
  const [vertical, horizontal] = [along(grid.rows, top, bottom), along(grid.columns, left, right)];
  if (vertical === undefined || horizontal === undefined) return undefined;
  return {
    x: grid.x + horizontal[0],
    y: grid.y + vertical[0],
    width: horizontal[1] - horizontal[0],
    height: vertical[1] - vertical[0],
  };
}

/** Where the shown positions of [from, to) begin and end on a track; undefined where none is shown. */
export function along(of: Track, from: number, to: number): readonly [number, number] | undefined {
  const inside = of.shown.filter((one): one is number => one !== undefined && one >= from && one < to);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return [of.offset(first) as number, (of.offset(last) as number) + CELL];
}

function dots({ x, y, rows, columns }: Grid): Label[] {
  const dot = (left: number, top: number, text: string) =>
    label(x + left, y + top, text, { ink: 'soft', size: 16 });
  const middles = (of: Track) =>
    of.shown.flatMap((one) => (one === undefined ? [] : [(of.offset(one) as number) + CELL / 2]));
  return [
    ...columns.gaps.flatMap((gap) => middles(rows).map((top) => dot(gap + GAP / 2, top, '\u22ef'))),
    ...rows.gaps.flatMap((gap) => middles(columns).map((left) => dot(left, gap + GAP / 2, '\u22ee'))),
    ...columns.gaps.flatMap((left) => rows.gaps.map((top) => dot(left + GAP / 2, top + GAP / 2, '\u22f1'))),
  ];
}
