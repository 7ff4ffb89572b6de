// A transposed convolution as it is thought of: every input element times the kernel is added onto the natural output.
//
//   natural[i * stride + tap * dilation] += x[i] * w[tap]            output[o] = natural[crop + o], zero beyond it
//
//   x = 1 2      w = 1 10 100, stride 2      1 10 100 . .
//                                                 + 2 20 200   ->   1 10 102 20 200
//
// Source: transposedWords in geometry.ts; Dumoulin and Visin, "A guide to convolution arithmetic", chapter 4.

import {
  type Axis,
  extent,
  type Geometry,
  GeometryError,
  isTransposed,
  out,
  print,
  transposedWords,
} from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import type { Stretches } from '../drawn.ts';
import { LARGEST_WINDOW, type Numbers, written } from '../numbers.ts';

/** One product that is added. */
export interface Term {
  readonly element: readonly number[];
  readonly tap: readonly number[];
  readonly value: number;
  readonly weight: number;
}

/**
 * The geometry itself.
 * @throws GeometryError for a layer that adds nothing onto an output: no transposed convolution, copied padding, three axes
 */
export function scattering(of: Geometry): Geometry {
  const refuse = (expected: ReturnType<typeof say>) => {
    throw new GeometryError('unsupported', { what: 'scatter', expected, received: print(of) });
  };
  if (!isTransposed(of)) refuse(say`a transposed convolution`);
  if (of.axes.length > 2) refuse(say`one or two axes`);
  const zeros = of.axes.every(
    ({ before, after, fillBefore, fillAfter }) =>
      (before <= 0 || fillBefore === 0) && (after <= 0 || fillAfter === 0),
  );
  if (!zeros) refuse(say`a transposed convolution whose padding is zero`);
  return of;
}

/** What each input element of an axis writes. */
export function writesOf(of: Axis): Stretches {
  return { count: of.size, first: 0, step: of.inputDilation, extent: extent(of) };
}

/** Positions of the natural output and of what is kept, together [low, high). */
export function naturalReach(of: Axis): readonly [low: number, high: number] {
  const { natural, crop } = transposedWords(of);
  const kept = out(of) === 0 ? 0 : crop[0] + (out(of) - 1) * of.stride + 1;
  return [out(of) === 0 ? 0 : Math.min(0, crop[0]), Math.max(natural, kept)];
}

/** The output that a natural position becomes; undefined where it is cut off. */
export function keptAs(of: Axis, position: number): number | undefined {
  const from = position - transposedWords(of).crop[0];
  if (from < 0 || from % of.stride !== 0) return undefined;
  return from / of.stride < out(of) ? from / of.stride : undefined;
}

/** Whether a position lies on the natural output; beyond it output padding adds zeros. */
export function isNatural(of: Axis, position: number): boolean {
  return position >= 0 && position < transposedWords(of).natural;
}

/** Everything that is added at a natural position, element by element; null for kernels too large to look at. */
export function termsAt(of: Geometry, numbers: Numbers, position: readonly number[]): Term[] | null {
  const meetings = of.axes.map((axis, i) => meetingsOf(axis, position[i] as number));
  if (of.axes.reduce((product, { kernel }) => product * kernel, 1) > LARGEST_WINDOW) return null;
  const pairs = meetings.reduce<(readonly (readonly [number, number])[])[]>(
    (tuples, some) => tuples.flatMap((tuple) => some.map((one) => [...tuple, one])),
    [[]],
  );
  return pairs.map((tuple) => {
    const element = tuple.map(([index]) => index);
    const tap = tuple.map(([, at]) => at);
    return { element, tap, value: numbers.input(element), weight: weightOf(of, numbers, tap) };
  });
}

/** The weight by which an element is multiplied when it is added at this tap. */
export function weightOf(of: Geometry, numbers: Numbers, tap: readonly number[]): number {
  return numbers.weight(of.flip ? tap : tap.map((one, i) => (of.axes[i]?.kernel ?? 1) - 1 - one));
}

/** The sum of terms. */
export function sumOf(terms: readonly Term[]): number {
  return terms.reduce((sum, { value, weight }) => sum + value * weight, 0);
}

/** The sum written out: 1*2 + 3*0 = 2; of many terms the first and the last. */
export function sumWords(terms: readonly Term[]): string {
  const factor = (value: number) => (value < 0 ? `(${written(value)})` : written(value));
  const all = terms.map(({ value, weight }) => `${factor(value)}*${factor(weight)}`);
  const some = all.length > 6 ? [...all.slice(0, 3), '...', ...all.slice(-2)] : all;
  return `${some.join(' + ')} = ${written(sumOf(terms))}`;
}

/** Elements and taps of an axis that meet at a position, elements in order. */
function meetingsOf(
  { size, kernel, dilation, inputDilation }: Axis,
  position: number,
): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let tap = Math.min(kernel, LARGEST_WINDOW) - 1; tap >= 0; tap--) {
    const from = position - tap * dilation;
    if (from < 0 || from % inputDilation !== 0 || from / inputDilation >= size) continue;
    pairs.push([from / inputDilation, tap]);
  }
  return pairs;
}
