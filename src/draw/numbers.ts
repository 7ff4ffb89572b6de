// The numbers of a figure: what a window reads, and the arithmetic of its output, term by term.
//
//   0*0 + 0*1 + 1*2 + 2*3 = 8         max(0, 1, 3, 4) = 4         (0 + 1 + 3 + 4) / 4 = 2
//
// Without data the input counts 0, 1, 2, ... in reading order, as textbooks do, and so does the kernel; a large one starts
// again after 9. One channel and one filter are drawn; the others do the same.

import { type Axis, type Geometry, source, span, start } from '../geometry/index.ts';

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
  const count = (sizes: readonly number[]) => {
    const again = sizes.reduce((all, size) => all * size, 1) > COUNTED;
    return (index: readonly number[]) => {
      let at = 0;
      for (const [i, size] of sizes.entries()) at = at * size + (index[i] as number);
      return again ? at % 10 : at;
    };
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
  const met = of.axes.map((axis, i) => metAt(axis, position[i] as number));
  const overhanging = met.some((one) => one.overhanging);
  const constant = met.find(({ index }) => index === null);
  if (constant !== undefined) return { element: null, value: constant.constant, overhanging };
  const element = met.map(({ index }) => index as number);
  return { element, value: numbers.input(element), overhanging };
}

/** Everything the window of an output reads, tap by tap in reading order. */
export function readings(of: Geometry, numbers: Numbers, output: readonly number[]): Reading[] {
  // A window is a product: what a tap meets is looked up once an axis, not once a tap of all axes.
  const met = of.axes.map((axis, i) => metAlong(axis, start(axis, output[i] as number)));
  return product(of.axes.map(({ kernel }) => kernel)).map((tap) => {
    const each = tap.map((one, i) => (met[i] as readonly Met[])[one] as Met);
    const constant = each.find(({ index }) => index === null);
    const element = constant === undefined ? each.map(({ index }) => index as number) : null;
    const weighedBy = of.flip ? tap.map((one, i) => (of.axes[i]?.kernel ?? 1) - 1 - one) : tap;
    return {
      tap,
      weighedBy,
      position: each.map(({ position }) => position),
      element,
      value: constant === undefined ? numbers.input(element as number[]) : constant.constant,
      weight: numbers.weight(weighedBy),
      overhanging: each.some((one) => one.overhanging),
    };
  });
}

/** The outputs of many windows, of which nothing else is asked: their taps and weights are looked up once. */
export function results(of: Geometry, numbers: Numbers): (output: readonly number[]) => number {
  const taps = product(of.axes.map(({ kernel }) => kernel));
  const weights = taps.map((tap) =>
    numbers.weight(of.flip ? tap.map((one, i) => (of.axes[i]?.kernel ?? 1) - 1 - one) : tap),
  );
  const known = of.axes.map(() => new Map<number, readonly Met[]>());
  const metBy = (i: number, o: number): readonly Met[] => {
    const axis = of.axes[i] as Axis;
    const met = known[i]?.get(o) ?? metAlong(axis, start(axis, o));
    known[i]?.set(o, met);
    return met;
  };
  return (output) => {
    const met = output.map((o, i) => metBy(i, o));
    const read = taps.map((tap, t): Part => {
      let constant: number | undefined;
      let overhanging = false;
      const element: number[] = [];
      for (let i = 0; i < tap.length; i++) {
        const one = (met[i] as readonly Met[])[tap[i] as number] as Met;
        if (one.index === null) constant ??= one.constant;
        else element.push(one.index);
        overhanging ||= one.overhanging;
      }
      const weight = weights[t] as number;
      return constant === undefined
        ? { value: numbers.input(element), weight, element, overhanging }
        : { value: constant, weight, element: null, overhanging };
    });
    return result(of, read);
  };
}

/** What lies at a position of one axis: an element's index, or null and a constant. */
interface Met {
  readonly position: number;
  readonly index: number | null;
  readonly constant: number;
  readonly overhanging: boolean;
}

function metAlong(axis: Axis, first: number): Met[] {
  return Array.from({ length: axis.kernel }, (_, tap) => metAt(axis, first + tap * axis.dilation));
}

function metAt(axis: Axis, position: number): Met {
  const found = source(axis, position);
  const overhanging = axis.overhang > 0 && position >= span(axis) + axis.after;
  return 'index' in found
    ? { position, index: found.index, constant: 0, overhanging }
    : { position, index: null, constant: found.constant, overhanging };
}

/** What an output is made of. */
type Part = Pick<Reading, 'value' | 'weight' | 'element' | 'overhanging'>;

/** The output of a window. */
export function result(of: Geometry, read: readonly Part[]): number {
  if (of.operation === 'conv') return read.reduce((sum, { value, weight }) => sum + value * weight, 0);
  const values = read.map(({ value }) => value);
  if (of.operation === 'max') return Math.max(...values);
  if (of.operation === 'pad') return values[0] ?? 0;
  return values.reduce((sum, value) => sum + value, 0) / divisor(of, read);
}

/** What an average divides by. */
function divisor(of: Geometry, read: readonly Part[]): number {
  if (typeof of.divisor === 'number') return of.divisor;
  const counts = of.divisor === 'real' ? ({ element }: Part) => element !== null : () => true;
  return read.filter((one) => !one.overhanging && counts(one)).length;
}

/** The most terms of a sum that are written out; of more the first and the last few. */
export const TERMS = 25;

/**
 * The arithmetic of an output in lines: one where it is short and `rows` is not asked for, else one for each row of the
 * kernel, the last with the result.
 */
export function arithmeticLines(of: Geometry, read: readonly Reading[], rows: boolean = false): string[] {
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
  if (
    !(rows && terms.length > wide) &&
    terms.length <= 9 &&
    wide * join.length + terms.join(join).length <= 64
  )
    return [`${open}${terms.join(join)}${close} = ${answer}`];
  if (terms.length > TERMS || wide > 7) {
    const some = [...terms.slice(0, 4), '...', ...terms.slice(-2)];
    return [`${open}${some.join(join)}${close} = ${answer}`];
  }
  const lines = Array.from({ length: terms.length / wide }, (_, i) =>
    terms.slice(i * wide, (i + 1) * wide).join(join),
  );
  return lines.map((row, i) => {
    const before = i === 0 ? open : join.trimStart();
    return `${before}${row}${i === lines.length - 1 ? `${close} = ${answer}` : join === ', ' ? ',' : ''}`;
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
