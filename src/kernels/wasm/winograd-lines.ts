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

/** A line's points. */
export interface Line {
  /** Outputs m and inputs n of a tile along this line. */
  readonly outputs: number;
  readonly inputs: number;
  /** The points beside 0 and infinity, each standing for itself and its negative. */
  readonly pairs: readonly number[];
}

/** F(4, 3). */
export const FOUR: Line = { outputs: 4, inputs: 6, pairs: [Math.SQRT1_2, Math.SQRT2] };
/** F(2, 3). */
export const TWO: Line = { outputs: 2, inputs: 4, pairs: [1] };
/** A kernel of one tap, which needs no transform. */
export const ONE: Line = { outputs: 1, inputs: 1, pairs: [] };

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

/** Sets locals and gives them. */
export interface Computed {
  readonly code: Code;
  readonly values: readonly Local[];
}

/** G g: the kernel's values at the points from its three taps, in pairs of doubles. */
export function kernelLine(line: Line, taps: readonly Local[], frame: Frame): Computed {
  if (line.inputs === 1) return { code: [], values: taps };
  const [g0, g1, g2] = taps as [Local, Local, Local];
  const { code, put } = values(frame);
  const [even, odd] = [frame.local('v128'), frame.local('v128')];
  put(get(g0));
  for (const p of line.pairs) {
    code.push(set(even, plusDoubles(get(g0), timesDoubles(get(g2), f64x2(p * p)))));
    code.push(set(odd, timesDoubles(get(g1), f64x2(p))));
    put(plusDoubles(get(even), get(odd)));
    put(minusDoubles(get(even), get(odd)));
  }
  return { code, values: [...put(get(g2))] };
}

/** B' d: what the n inputs become. */
export function inputLine(line: Line, inputs: readonly Local[], lane: Lane): Computed {
  if (line.inputs === 1) return { code: [], values: inputs };
  const { code, put } = values(lane.frame);
  const combine = (factors: readonly number[], from: number) =>
    combination(
      factors.map((factor, k) => [factor, inputs[from + 2 * k] as Local]),
      lane,
    );
  const all = fromRoots(line.pairs);
  put(combine(all, 0));
  line.pairs.forEach((p, i) => {
    const others = fromRoots(line.pairs.filter((_, k) => k !== i));
    const [even, odd] = [lane.frame.local('v128'), lane.frame.local('v128')];
    code.push(set(even, combine(others, 2)), set(odd, combine(others, 1)));
    put(lane.multiplyAdd(get(odd), lane.constants.of(p), get(even)));
    put(lane.multiplyAdd(get(odd), lane.constants.of(-p), get(even)));
  });
  return { code, values: [...put(combine(all, 1))] };
}

/** A' m: the m outputs, from n products; `start` is added to each if given. */
export function outputLine(line: Line, products: readonly Local[], lane: Lane, start?: Local): Computed {
  const { code, put } = values(lane.frame);
  const first = products[0] as Local;
  if (line.inputs === 1) {
    return { code, values: start === undefined ? products : [...put(plus(get(first), get(start)))] };
  }
  const sums = line.pairs.map((p, i) => {
    const [one, other] = [products[1 + 2 * i] as Local, products[2 + 2 * i] as Local];
    const [even, odd] = [lane.frame.local('v128'), lane.frame.local('v128')];
    code.push(set(even, plus(get(one), get(other))), set(odd, minus(get(one), get(other))));
    return { p, even, odd, share: 1 / product(line, p) };
  });
  for (let k = 0; k < line.outputs; k++) {
    const terms: [number, Local][] = sums.map(({ p, even, odd, share }) => [
      share * p ** k,
      k % 2 === 0 ? even : odd,
    ]);
    if (k === 0) terms.unshift([1 / product(line, 0), first]);
    if (k === line.outputs - 1) terms.push([1, products[line.inputs - 1] as Local]);
    if (start !== undefined) terms.push([1, start]);
    put(combination(terms, lane));
  }
  return { code, values: put() };
}

/** Values set in turn to new locals, code that may come between. */
function values(frame: Frame) {
  const code: Code[] = [];
  const found: Local[] = [];
  const put = (value?: Code): readonly Local[] => {
    if (value === undefined) return found;
    const local = frame.local('v128');
    found.push(local);
    code.push(set(local, value));
    return found;
  };
  return { code, put };
}

/** The sum of factor * vector; terms whose factor is 1 come first. */
function combination(terms: readonly (readonly [number, Local])[], lane: Lane): Code {
  const rounded = terms.map(([factor, vector]) => [Math.fround(factor), vector] as const);
  const ordered = rounded.sort(([a], [b]) => Number(b === 1) - Number(a === 1));
  const [[factor, local], ...rest] = ordered as [[number, Local], ...[number, Local][]];
  const begin = factor === 1 ? get(local) : times(get(local), lane.constants.of(factor));
  return rest.reduce<Code>(
    (sum, [by, vector]) =>
      by === 1 ? plus(get(vector), sum) : lane.multiplyAdd(get(vector), lane.constants.of(by), sum),
    begin,
  );
}

/** The finite points in the order of the products. */
function points(line: Line): number[] {
  return [0, ...line.pairs.flatMap((p) => [p, -p])];
}

/** Product over the other finite points z of (x - z); even in x. */
function product(line: Line, x: number): number {
  const others = points(line).filter((z) => z !== x);
  return others.reduce((all, z) => all * (x - z), 1);
}

/** Coefficients, in powers of t^2, of the product of (t^2 - p^2). */
function fromRoots(pairs: readonly number[]): number[] {
  let poly = [1];
  for (const p of pairs) poly = [0, ...poly].map((above, k) => above - p * p * (poly[k] ?? 0));
  return poly;
}
