// The numbers of a figure: what a window reads, and the arithmetic of its output, term by term.
//
//   0*0 + 0*1 + 1*2 + 2*3 = 8         max(0, 1, 3, 4) = 4         (0 + 1 + 3 + 4) / 4 = 2
//
// Without data the input counts 0, 1, 2, ... in reading order, as textbooks do, and so does the kernel; a large one starts
// again after 9. One channel and one filter are drawn; the others do the same.

import { type Geometry, source, span, start } from '../geometry/index.ts';

/** The data of a figure. */
export interface Numbers {
  /** The input element at these indices. */
  readonly input: (index: readonly number[]) => number;
  /** The kernel's weight at these taps. */
  readonly weight: (tap: readonly number[]) => number;
}

/** What one tap of a window meets. */
export interface Reading {
  /** Its taps, and the kernel's taps that weigh it (mirrored by a true convolution). */
  readonly tap: readonly number[];
  readonly weighedBy: readonly number[];
  /** Its positions, and the input element found there; null for padding by a constant, a hole or the overhang. */
  readonly position: readonly number[];
  readonly element: readonly number[] | null;
  readonly value: number;
  readonly weight: number;
  /** Beyond the last pad of a ceil-mode pooling, where nothing counts. */
  readonly overhanging: boolean;
}

/** Inputs and kernels of more elements than this start again after 9. */
const COUNTED = 100;
/** The most taps of a window that are read one by one. */
export const LARGEST_WINDOW = 4096;

/** 0, 1, 2, ... in reading order. */
export function counting(of: Geometry): Numbers {
  const count = (sizes: readonly number[]) => (index: readonly number[]) => {
    const at = index.reduce((sum, value, i) => sum * (sizes[i] as number) + value, 0);
    return sizes.reduce((product, size) => product * size, 1) > COUNTED ? at % 10 : at;
  };
  return {
    input: count(of.axes.map(({ size }) => size)),
    weight: count(of.axes.map(({ kernel }) => kernel)),
  };
}

/** What a position holds: an element of the input, or a constant. */
export function valueAt(
  of: Geometry,
  numbers: Numbers,
  position: readonly number[],
): Pick<Reading, 'element' | 'value' | 'overhanging'> {
  const found = of.axes.map((axis, i) => source(axis, position[i] as number));
  const overhanging = of.axes.some(
    (axis, i) => axis.overhang > 0 && (position[i] as number) >= span(axis) + axis.after,
  );
  const constant = found.find((one) => 'constant' in one);
  if (constant !== undefined) return { element: null, value: constant.constant, overhanging };
  const element = found.map((one) => ('index' in one ? one.index : 0));
  return { element, value: numbers.input(element), overhanging };
}

/** Everything the window of an output reads, tap by tap in reading order. */
export function readings(of: Geometry, numbers: Numbers, output: readonly number[]): Reading[] {
  const taps = product(of.axes.map(({ kernel }) => kernel));
  return taps.map((tap) => {
    const position = of.axes.map(
      (axis, i) => start(axis, output[i] as number) + (tap[i] as number) * axis.dilation,
    );
    const weighedBy = of.flip ? tap.map((one, i) => (of.axes[i]?.kernel ?? 1) - 1 - one) : tap;
    return { tap, weighedBy, position, ...valueAt(of, numbers, position), weight: numbers.weight(weighedBy) };
  });
}

/** The output of a window. */
export function result(of: Geometry, read: readonly Reading[]): number {
  const values = read.map(({ value }) => value);
  if (of.operation === 'max') return Math.max(...values);
  if (of.operation === 'pad') return values[0] ?? 0;
  if (of.operation === 'conv') return read.reduce((sum, { value, weight }) => sum + value * weight, 0);
  return values.reduce((sum, value) => sum + value, 0) / divisor(of, read);
}

/** What an average divides by. */
function divisor(of: Geometry, read: readonly Reading[]): number {
  if (typeof of.divisor === 'number') return of.divisor;
  const counts = of.divisor === 'real' ? ({ element }: Reading) => element !== null : () => true;
  return read.filter((one) => !one.overhanging && counts(one)).length;
}

/** The most terms of a sum that are written out; of more the first and the last few. */
export const TERMS = 25;

/** The arithmetic of an output in lines: a line for each row of a kernel of more than one row, the last with the result. */
export function arithmeticLines(of: Geometry, read: readonly Reading[]): string[] {
  const answer = written(result(of, read));
  const wide = of.axes.at(-1)?.kernel ?? 1;
  const terms = read.map(({ value, weight }) =>
    of.operation === 'conv'
      ? `${factor(value)}*${factor(weight)}`
      : of.operation === 'max'
        ? written(value)
        : factor(value),
  );
  const [open, join, close] =
    of.operation === 'max'
      ? ['max(', ', ', ')']
      : of.operation === 'average'
        ? ['(', ' + ', `) / ${divisor(of, read)}`]
        : ['', ' + ', ''];
  if (terms.length <= 9 && wide * join.length + terms.join(join).length <= 64)
    return [`${open}${terms.join(join)}${close} = ${answer}`];
  if (terms.length > TERMS || wide > 7) {
    const some = [...terms.slice(0, 4), '...', ...terms.slice(-2)];
    return [`${open}${some.join(join)}${close} = ${answer}`];
  }
  const rows = Array.from({ length: terms.length / wide }, (_, i) =>
    terms.slice(i * wide, (i + 1) * wide).join(join),
  );
  return rows.map((row, i) => {
    const before = i === 0 ? open : join.trimStart();
    return `${before}${row}${i === rows.length - 1 ? `${close} = ${answer}` : join === ', ' ? ',' : ''}`;
  });
}

/** A number as a figure shows it: at most two digits after the point. */
export function written(value: number): string {
  if (value === Infinity) return '\u221e';
  if (value === -Infinity) return '-\u221e';
  return String(Number(value.toFixed(2)));
}

/** A number within a sum: a negative one in brackets. */
function factor(value: number): string {
  const text = written(value);
  return text.startsWith('-') ? `(${text})` : text;
}

/** All index tuples of these sizes, in reading order. */
export function product(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (tuples, size) => tuples.flatMap((tuple) => Array.from({ length: size }, (_, i) => [...tuple, i])),
    [[]],
  );
}
