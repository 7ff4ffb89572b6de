// How the cells of a window's figure look: what a position of the input is, what the window makes of it, taps and outputs.

import { type Axis, extent, type Geometry, out, remainder, span, start } from '../geometry/index.ts';
import {
  LARGEST_WINDOW,
  type Numbers,
  type Reading,
  readings,
  result,
  results,
  valueAt,
  written,
} from './numbers.ts';
import { type Box, type Paint, type Role, SERIES } from './picture.ts';
import { reachOf, type Shown } from './shown.ts';

/** A cell's looks. */
export type Look = Pick<Box, 'text' | 'dashed' | 'hatched' | 'bold' | 'size'> & { readonly paint: Paint };

/** What is true of a position on one axis. */
export type Kind = 'input' | 'pad' | 'hole' | 'unread' | 'rest';

/** What a position is: read or not, of the input or not. `rest` lies behind the last window, where no other fits. */
export function kindOf(of: Axis, position: number): Kind {
  const kinds = KINDS.get(of) ?? new Map<number, Kind>();
  const kind = kinds.get(position) ?? found(of, position);
  KINDS.set(of, kinds.set(position, kind));
  return kind;
}

/** The kinds that are known: a grid asks for those of an axis once a row. */
const KINDS = new WeakMap<Axis, Map<number, Kind>>();

function found(of: Axis, position: number): Kind {
  if (position >= reachOf(of)[1] - remainder(of)) return 'rest';
  if (!isRead(of, position)) return 'unread';
  if (position < 0 || position >= span(of)) return 'pad';
  return position % of.inputDilation === 0 ? 'input' : 'hole';
}

/** Whether a tap of some window lies there, or copied padding may bring it to one. */
function isRead(of: Axis, position: number): boolean {
  if (typeof of.fillBefore !== 'number' && of.before > 0) return true;
  if (typeof of.fillAfter !== 'number' && of.after > 0) return true;
  const windows = out(of);
  const from = position + of.before;
  for (let tap = 0; tap < Math.min(of.kernel, LARGEST_WINDOW); tap++) {
    const at = from - tap * of.dilation;
    if (at < 0) return false;
    if (at % of.stride === 0 && at / of.stride < windows) return true;
  }
  return of.kernel > LARGEST_WINDOW;
}

/** A cell of the input before any window lies on it. */
export function inputLook(of: Geometry, numbers: Numbers, position: readonly number[]): Look {
  const kinds = of.axes.map((axis, i) => kindOf(axis, position[i] as number));
  const outside = of.axes.some((axis, i) => {
    const at = position[i] as number;
    return at < 0 || at >= span(axis);
  });
  const { value } = valueAt(of, numbers, position);
  const text = digits(written(value));
  if (kinds.includes('rest') || kinds.includes('unread'))
    return { paint: 'unread', hatched: true, dashed: outside, ...text };
  if (outside) return { paint: 'pad', dashed: true, ...text };
  return kinds.includes('hole') ? { paint: 'hole', dashed: true, ...text } : { paint: 'input', ...text };
}

/** The same cell under a window. */
export function readLook(reading: Reading, role: Role): Look {
  return { paint: role, dashed: reading.element === null, bold: true, ...digits(written(reading.value)) };
}

/** A tap of the kernel. */
export function kernelLook(of: Geometry, numbers: Numbers, tap: readonly number[]): Look {
  const weight = of.flip ? tap.map((one, i) => (of.axes[i]?.kernel ?? 1) - 1 - one) : tap;
  return { paint: 'kernel', ...digits(written(numbers.weight(weight))) };
}

/** An output; its value where its window is not too large to be read tap by tap. */
export function outputLook(of: Geometry, numbers: Numbers, output: readonly number[]): Look {
  const taps = of.axes.reduce((product, { kernel }) => product * kernel, 1);
  if (taps > LARGEST_WINDOW) return { paint: 'output' };
  return { paint: 'output', ...digits(written(result(of, readings(of, numbers, output)))) };
}

/** The most taps that all outputs drawn may read together to be computed. */
const COMPUTED = 120_000;

/** The looks of a drawing's outputs, each computed once; where all of them together read too much, without values. */
export function outputLooks(
  of: Geometry,
  numbers: Numbers,
  shown: readonly Shown[],
): (output: readonly number[]) => Look {
  const count = shown.reduce((product, { length }) => product * length, 1);
  const taps = of.axes.reduce((product, { kernel }) => product * kernel, 1);
  if (taps > LARGEST_WINDOW || count * taps > COMPUTED) return () => ({ paint: 'output' });
  const answer = results(of, numbers);
  const known = new Map<string, Look>();
  return (output) => {
    const key = output.join();
    const found = known.get(key) ?? { paint: 'output', ...digits(written(answer(output))) };
    known.set(key, found);
    return found;
  };
}

/** A cell's text, smaller where it is long. */
export function digits(text: string): Pick<Box, 'text' | 'size'> {
  return { text, size: text.length <= 3 ? 13 : text.length === 4 ? 11 : text.length === 5 ? 9.5 : 8 };
}

/** The roles of the window and of its output, by how many are shown at once. */
export function roles(index: number, count: number): readonly [window: Role, shown: Role] {
  const series = SERIES[index % SERIES.length] as Role;
  return count === 1 ? ['window', 'shown'] : [series, series];
}

/** The first and the end of a window's positions on every axis. */
export function windowBox(
  of: Geometry,
  output: readonly number[],
): readonly [from: readonly number[], to: readonly number[]] {
  const from = of.axes.map((axis, i) => start(axis, output[i] as number));
  return [from, of.axes.map((axis, i) => (from[i] as number) + extent(axis))];
}
