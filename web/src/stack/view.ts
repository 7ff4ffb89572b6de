// Where a press on the map of what an output reads falls, and which of many outputs the map has frames for.
//
//   input            output
//   . . . . . .      . . .        a press on the output chooses it, one on the input the output that looks there
//   . . * . . .      . * .

import type { Mark, Role } from 'padwise/draw';

/** A rectangle. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Outputs a figure has frames for on either side of the one it is made around. */
const AROUND = 200;

/** What a figure of outputs is made around, so that it is made anew only now and then, and its frame of `output`. */
export function frameOf(
  outputs: number,
  output: number,
): { readonly around: number; readonly frame: number } {
  const around = Math.floor(output / AROUND) * AROUND + AROUND / 2;
  const first = Math.max(0, Math.min(outputs - 2 * AROUND, around - AROUND));
  return { around, frame: output - first };
}

/** The rectangle around the boxes of a role; null where there are none. */
export function bounds(marks: readonly Mark[], role: Role): Bounds | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const mark of marks) {
    if (mark.kind !== 'box' || mark.paint !== role) continue;
    left = Math.min(left, mark.x);
    top = Math.min(top, mark.y);
    right = Math.max(right, mark.x + mark.width);
    bottom = Math.max(bottom, mark.y + mark.height);
  }
  return left < right ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** How far across and down a point lies in a rectangle, 0 to 1; null where it lies outside. */
export function within({ x, y, width, height }: Bounds, px: number, py: number): [number, number] | null {
  const [across, down] = [(px - x) / width, (py - y) / height];
  return across >= 0 && across < 1 && down >= 0 && down < 1 ? [across, down] : null;
}

/** The output that looks nearest to an element. */
export function nearestOutput(element: number, centre: number, jump: number, outputs: number): number {
  return Math.min(outputs - 1, Math.max(0, Math.round((element - centre) / jump)));
}

/** The output a key leads to from row and column; null for another key. */
export function stepped(
  key: string,
  [row, column]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): [number, number] | null {
  const inside = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
  if (key === 'ArrowLeft') return [row, inside(column - 1, columns)];
  if (key === 'ArrowRight') return [row, inside(column + 1, columns)];
  if (key === 'ArrowUp') return [inside(row - 1, rows), column];
  if (key === 'ArrowDown') return [inside(row + 1, rows), column];
  if (key === 'Home') return [0, 0];
  if (key === 'End') return [rows - 1, columns - 1];
  return null;
}
