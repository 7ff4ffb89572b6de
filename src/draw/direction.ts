// One direction through the steps of a stack. A step of fewer axes, as a pad of the width alone, has the last ones; along a
// direction it does not have nothing happens.
//
//   steps   conv (rows, columns)   pad (columns)   conv (rows, columns)
//   rows    conv ----------------------------------> conv
//   columns conv -----------------> pad -----------> conv

import { type Axis, type Geometry, GeometryError } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';

/** How many directions the steps have; 0 of none. */
export function rankOf(steps: readonly Geometry[]): number {
  return steps.reduce((rank, { axes }) => Math.max(rank, axes.length), 0);
}

/** The axes along direction `index`, step by step. */
export function direction(steps: readonly Geometry[], index: number): readonly Axis[] {
  const rank = rankOf(steps);
  return steps.flatMap(({ axes }) => axes[index - (rank - axes.length)] ?? []);
}

/** A step in few words, as the problem string has them: k3 s2 p0,1. */
export function stepWords(of: Axis): string {
  const pads = of.before === of.after ? `p${of.before}` : `p${of.before},${of.after}`;
  const more = [
    of.stride === 1 ? '' : `s${of.stride}`,
    of.dilation === 1 ? '' : `d${of.dilation}`,
    of.inputDilation === 1 ? '' : `i${of.inputDilation}`,
    of.before === 0 && of.after === 0 ? '' : pads,
    of.overhang === 0 ? '' : `o${of.overhang}`,
  ];
  return [`k${of.kernel}`, ...more].filter((word) => word !== '').join(' ');
}

/** What a direction of so many is called: rows, columns, slices, or the only one. */
export function axisWord(rank: number, index: number): Text {
  if (rank === 1) return say`length`;
  return [say`slices`, say`rows`, say`columns`][index + 3 - rank] as Text;
}

/** From one index to another: 3, or 3..8. */
export function rangeWords(from: number | string, to: number | string): string {
  return from === to ? `${from}` : `${from}..${to}`;
}

/** What `question` answers; null where there is too much to look at. */
export function bounded<Answer>(question: () => Answer): Answer | null {
  try {
    return question();
  } catch (error) {
    if (error instanceof GeometryError && error.code === 'range') return null;
    throw error;
  }
}

/** Outputs by their indices, in reading order, as (1, 2); one index stands alone. */
export function indexWords(index: readonly number[]): string {
  return index.length === 1 ? `${index[0]}` : `(${index.join(', ')})`;
}

/** What a figure says that shows nothing because no window fits or nothing is there. */
export function nothing(axes: readonly Axis[]): Text {
  return axes.some(({ size }) => size === 0)
    ? say`The input is empty: there is nothing to read.`
    : say`No window fits, so there is no output.`;
}
