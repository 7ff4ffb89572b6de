// Winograd's minimal filtering along one line: m outputs of a kernel of 3 from n = m + 2 inputs by n multiplications instead
// of 3 m. The outputs are coefficients of a product of polynomials, computed at points instead (Toom and Cook), transposed:
//
//   y = A' [ (G g) * (B' d) ]          points 0, +p, -p for each p of `pairs`, infinity
//
//   G   row x        1, x, x^2                          the kernel's value at the point; infinity: its last tap
//   B'  row x        coefficients of  product over the other points z of (t - z);  infinity: over all points
//   A'  column x     (1, x, ..., x^(m-1)) / product over the other points z of (x - z);  infinity: 0 ... 0 1
//
// The rows of +p and -p share their even and their odd part, e + o and e - o, so a line costs about 2 n operations. The usual
// points 0, 1, -1, 2, -2 lose three bits more than 0, +-sqrt(1/2), +-sqrt(2), with which F(4, 3) rounds but twice as badly as
// plain sums. Division by the products is part of A', where it is free.
//
// Sources: Lavin and Gray, "Fast algorithms for convolutional neural networks"; Barabasz et al., "Error analysis and improving
// the accuracy of Winograd convolution for deep neural networks".

import type { Frame } from './assembler.ts';
import {
  type Code,
  f32x4,
  f64x2,
  get,
  type Local,
  type MultiplyAdd,
  minus,
  minusDoubles,
  plus,
  plusDoubles,
  set,
  times,
  timesDoubles,
} from './code.ts';

/** A line: its points, and what follows from them. */
export interface Line {
  /** Outputs m and inputs n of a tile along this line. */
  readonly outputs: number;
  readonly inputs: number;
  /** Coefficients, in powers of t^2, of the product of (t^2 - p^2) over all pairs of points; the last is 1. */
  readonly all: readonly number[];
  readonly pairs: readonly Pair[];
  /** 1 / product over the points z beside 0 of (0 - z). */
  readonly share: number;
}

/** A point p and -p. */
interface Pair {
  readonly p: number;
  /** The coefficients without this pair's. */
  readonly others: readonly number[];
  /** 1 / product over the other points z of (p - z), which is even in p. */
  readonly share: number;
}

/** The line with points 0, +p and -p for each p, and infinity. */
function lineOf(points: readonly number[]): Line {
  const pairs = points.map((p) => {
    const others = points.filter((z) => z !== p);
    const product = others.reduce((all, z) => all * (p * p - z * z), 2 * p * p);
    return { p, others: fromRoots(others), share: 1 / product };
  });
  const product = points.reduce((all, z) => -all * z * z, 1);
  const outputs = 2 * points.length;
  return { outputs, inputs: outputs + 2, all: fromRoots(points), pairs, share: 1 / product };
}

function fromRoots(points: readonly number[]): number[] {
  let poly = [1];
  for (const p of points) poly = [0, ...poly].map((above, k) => above - p * p * (poly[k] ?? 0));
  return poly;
}

/** F(4, 3). */
export const FOUR: Line = lineOf([Math.SQRT1_2, Math.SQRT2]);
/** F(2, 3). */
export const TWO: Line = lineOf([1]);
/** A kernel of one tap, which needs no transform. */
export const ONE: Line = { outputs: 1, inputs: 1, all: [1], pairs: [], share: 1 };

/** Vectors of equal constants, set once at the start of a function. */
export interface Constants {
  /** The constant's local; declared when first asked for. */
  of(value: number): Code;
  /** Sets all that were asked for. */
  preset(): Code;
}

/** The constants of the function of this frame. */
export function constants(frame: Frame): Constants {
  const known = new Map<number, Local>();
  return {
    of(given) {
      const value = Math.fround(given);
      const local = known.get(value) ?? frame.local('v128');
      known.set(value, local);
      return get(local);
    },
    preset: () => [...known].map(([value, local]) => set(local, f32x4(value))),
  };
}

/** What an emitted line works with. */
export interface Lane {
  readonly frame: Frame;
  readonly constants: Constants;
  readonly multiplyAdd: MultiplyAdd;
}

/** Code that sets locals. */
export interface Computed {
  readonly code: Code;
  readonly values: readonly Local[];
}

/** G g: the kernel's values at the points from its three taps, in pairs of doubles. */
export function kernelLine(line: Line, taps: readonly Local[], frame: Frame): Computed {
  if (line.inputs === 1) return { code: [], values: taps };
  const [g0, g1, g2] = taps as [Local, Local, Local];
  const [even, odd] = [frame.local('v128'), frame.local('v128')];
  const code: Code[] = [];
  const values = [g0];
  for (const { p } of line.pairs) {
    const [above, below] = [frame.local('v128'), frame.local('v128')];
    code.push(
      set(even, plusDoubles(get(g0), timesDoubles(get(g2), f64x2(p * p)))),
      set(odd, timesDoubles(get(g1), f64x2(p))),
      set(above, plusDoubles(get(even), get(odd))),
      set(below, minusDoubles(get(even), get(odd))),
    );
    values.push(above, below);
  }
  values.push(g2);
  return { code, values };
}

/** B' d: what the n inputs become. */
export function inputLine(line: Line, inputs: readonly Local[], lane: Lane): Computed {
  if (line.inputs === 1) return { code: [], values: inputs };
  const { frame, constants, multiplyAdd } = lane;
  const [even, odd] = [frame.local('v128'), frame.local('v128')];
  const first = frame.local('v128');
  const code: Code[] = [set(first, polynomial(line.all, inputs, 0, lane))];
  const values = [first];
  for (const { p, others } of line.pairs) {
    const [above, below] = [frame.local('v128'), frame.local('v128')];
    code.push(
      set(even, polynomial(others, inputs, 2, lane)),
      set(odd, polynomial(others, inputs, 1, lane)),
      set(above, multiplyAdd(get(odd), constants.of(p), get(even))),
      set(below, multiplyAdd(get(odd), constants.of(-p), get(even))),
    );
    values.push(above, below);
  }
  const last = frame.local('v128');
  code.push(set(last, polynomial(line.all, inputs, 1, lane)));
  values.push(last);
  return { code, values };
}

/** The sum of coefficient k * inputs[from + 2 k], whose last coefficient is 1. */
function polynomial(of: readonly number[], inputs: readonly Local[], from: number, lane: Lane): Code {
  let sum = get(inputs[from + 2 * of.length - 2] as Local);
  for (let k = of.length - 2; k >= 0; k--)
    sum = plusTimes(sum, inputs[from + 2 * k] as Local, of[k] as number, lane);
  return sum;
}

function plusTimes(sum: Code, vector: Local, factor: number, { constants, multiplyAdd }: Lane): Code {
  return Math.fround(factor) === 1
    ? plus(sum, get(vector))
    : multiplyAdd(get(vector), constants.of(factor), sum);
}

/** A' m: the m outputs, from n products; `start` is added to each if given. */
export function outputLine(line: Line, products: readonly Local[], lane: Lane, start?: Local): Computed {
  const { frame, constants } = lane;
  const code: Code[] = [];
  const values: Local[] = [];
  const evens: Local[] = [];
  const odds: Local[] = [];
  for (let i = 1; i + 1 < line.inputs; i += 2) {
    const [above, below] = [products[i] as Local, products[i + 1] as Local];
    const [even, odd] = [frame.local('v128'), frame.local('v128')];
    code.push(set(even, plus(get(above), get(below))), set(odd, minus(get(above), get(below))));
    evens.push(even);
    odds.push(odd);
  }
  for (let k = 0; k < line.outputs; k++) {
    let sum: Code | undefined = start === undefined ? undefined : get(start);
    const addTimes = (vector: Local, factor: number) => {
      if (sum !== undefined) sum = plusTimes(sum, vector, factor, lane);
      else sum = Math.fround(factor) === 1 ? get(vector) : times(get(vector), constants.of(factor));
    };
    if (k === 0) addTimes(products[0] as Local, line.share);
    if (k > 0 && k === line.outputs - 1) addTimes(products[line.inputs - 1] as Local, 1);
    for (const [i, { p, share }] of line.pairs.entries())
      addTimes((k % 2 === 0 ? evens : odds)[i] as Local, share * p ** k);
    const output = frame.local('v128');
    code.push(set(output, sum ?? get(output)));
    values.push(output);
  }
  return { code, values };
}
