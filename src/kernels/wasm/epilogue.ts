// What happens to a finished sum before it is stored: the activation, on four numbers at a time.
//
//   exp(x) = 2^n * exp(r)      n = round(x / ln 2), r = x - n ln 2 in two steps, |r| <= 0.35, exp(r) by a polynomial
//   sigmoid(x) = 1 / (1 + exp(-x))          silu(x) = x / (1 + exp(-x))
//   tanh(x) = x + x^3 P(x^2)  where |x| < 0.625, else 1 - 2 / (1 + exp(2 |x|)) with the sign of x
//
// Within 3 units in the last place of the formulas in kernels/activation.ts; what is smaller than 1e-28 within 1e-35. Source of the polynomials: Cephes 2.8, expf.c
// and tanhf.c.

import type { Activation } from '../activation.ts';
import type { Frame } from './assembler.ts';
import {
  absolute,
  bitwiseAnd,
  bitwiseOr,
  type Code,
  choose,
  divided,
  f32x4,
  get,
  greater,
  type Local,
  largest,
  less,
  minus,
  nearest,
  negative,
  plus,
  plusIntegers,
  set,
  shiftLeftLanes,
  smallest,
  times,
  toIntegers,
} from './code.ts';

const EXP = [1.9875691e-4, 1.3981999e-3, 8.3334519e-3, 4.1665796e-2, 1.6666665e-1, 0.5];
const TANH = [-5.7049887e-3, 2.0639088e-2, -5.3739715e-2, 1.3331442e-1, -3.3333282e-1];
/** ln 2 in two parts, the first of few digits, so that n times it is exact. */
const LN2 = [0.693359375, -2.1219444e-4] as const;
/** Beyond these, exp leaves the numbers a float holds with all its digits. */
const EXP_RANGE = [-87.3, 88.3] as const;

/** The activation of the vector in a local, as an expression; the local's value itself for none. */
export function activated(frame: Frame, of: Activation | null, x: Local): Code {
  if (of === null) return get(x);
  switch (of.name) {
    case 'relu':
      return largest(get(x), f32x4(0));
    case 'clip':
      return smallest(largest(get(x), f32x4(of.low)), f32x4(of.high));
    case 'leaky_relu':
      return choose(greater(get(x), f32x4(0)), get(x), times(get(x), f32x4(of.slope)));
    case 'hard_swish':
      return times(
        get(x),
        times(smallest(largest(plus(get(x), f32x4(3)), f32x4(0)), f32x4(6)), f32x4(1 / 6)),
      );
    case 'sigmoid':
      return divided(f32x4(1), plus(f32x4(1), exp(frame, negative(get(x)))));
    case 'silu':
      return divided(get(x), plus(f32x4(1), exp(frame, negative(get(x)))));
    case 'tanh':
      return tanh(frame, x);
  }
}

/** Variables of a function that all its activations share. */
const shared = new WeakMap<Frame, readonly Local[]>();

function variables(frame: Frame): [Local, Local, Local] {
  const found = shared.get(frame) ?? [frame.local('v128'), frame.local('v128'), frame.local('v128')];
  shared.set(frame, found);
  return found as [Local, Local, Local];
}

function exp(frame: Frame, x: Code): Code {
  const [r, n] = variables(frame);
  return [
    set(r, smallest(largest(x, f32x4(EXP_RANGE[0])), f32x4(EXP_RANGE[1]))),
    set(n, nearest(times(get(r), f32x4(Math.LOG2E)))),
    set(r, minus(minus(get(r), times(get(n), f32x4(LN2[0]))), times(get(n), f32x4(LN2[1])))),
    times(
      plus(plus(times(times(polynomial(EXP, get(r)), get(r)), get(r)), get(r)), f32x4(1)),
      // 2^n is n in the exponent's place: added to the bits of 1.
      plusIntegers(shiftLeftLanes(toIntegers(get(n)), 23), f32x4(1)),
    ),
  ];
}

function tanh(frame: Frame, x: Local): Code {
  const [, , small] = variables(frame);
  const square = times(get(x), get(x));
  return [
    set(small, plus(get(x), times(times(get(x), square), polynomial(TANH, square)))),
    choose(
      less(absolute(get(x)), f32x4(0.625)),
      get(small),
      bitwiseOr(
        minus(f32x4(1), divided(f32x4(2), plus(f32x4(1), exp(frame, times(f32x4(2), absolute(get(x))))))),
        bitwiseAnd(get(x), f32x4(-0)),
      ),
    ),
  ];
}

/** Highest power first. */
function polynomial([first = 0, ...rest]: readonly number[], x: Code): Code {
  return rest.reduce<Code>((sum, coefficient) => plus(times(sum, x), f32x4(coefficient)), f32x4(first));
}
