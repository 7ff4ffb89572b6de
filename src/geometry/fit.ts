// The expression over n that a function of a size is. What strides, pads and ceilings make of a size repeats: from some
// size on, value(n + period) = value(n) + rise. Such a function is known for every size from one period of its values,
// and so is an expression: two that repeat alike and agree on one period agree for ever. That is the proof of every fit.
//
//   rise 0        a constant, n mod s, SAME's  max(0, s*ceil(n/s) + c - n)  or half of it
//   rise > 0      floor((a*n + c)/b), m*floor((n + c)/s) + d
//   otherwise     rise*floor(n/period) + the value that n mod period counts off

import {
  atLeast,
  divided,
  type Expression,
  evaluate,
  minus,
  plus,
  printExpression,
  times,
} from './expression.ts';

/** A function of a size: null where there is none, as where a layer refuses the size. */
export type OfSize = (size: number) => number | null;

/** Where a function repeats: from `settled` on with `period`; sizes below are looked at one by one. */
export interface Repeats {
  readonly settled: number;
  readonly period: number;
}

/** An expression that equals the function wherever that has a value, from the size `from` on. */
export interface Fit {
  readonly expression: Expression;
  readonly from: number;
}

/**
 * The shortest expression found that is the function for every size from as small a one as possible; null where the
 * function does not repeat as said.
 */
export function fit(value: OfSize, { settled, period }: Repeats): Fit | null {
  const values = Array.from({ length: settled + 2 * period }, (_, size) => value(size));
  const at = (size: number) => values[size] as number | null;
  const sizes = Array.from({ length: period }, (_, i) => settled + i).filter((size) => at(size) !== null);
  const [first] = sizes;
  if (first === undefined) return null;
  const rise = (at(first + period) ?? Number.NaN) - (at(first) as number);
  if (sizes.some((size) => at(size + period) !== (at(size) as number) + rise)) return null;
  const known = sizes.map((size) => [size, at(size) as number] as const);
  const agrees = (of: Expression) => known.every(([size, wanted]) => evaluate(of, size) === wanted);
  const fits = candidates(known, period, rise)
    .filter(agrees)
    .flatMap((one) => [one, ...[0, 1].map((least) => atLeast(least, one)).filter(agrees)])
    .map((expression) => ({ expression, from: reaches(expression, values, settled) }));
  const smallest = values.findIndex((one) => one !== null);
  const cost = (of: Fit) => weigh(of.expression) + (of.from > smallest ? 100 + of.from : 0);
  return fits.reduce((best, one) => (cost(one) < cost(best) ? one : best));
}

/** The smallest size from which the expression is right without exception. */
function reaches(expression: Expression, values: readonly (number | null)[], settled: number): number {
  let from = settled;
  while (from > 0 && (values[from - 1] === null || values[from - 1] === evaluate(expression, from - 1)))
    from--;
  const legal = values.findIndex((one, size) => size >= from && one !== null);
  return Math.max(from, legal);
}

/** How much there is to read. */
function weigh(of: Expression): number {
  return printExpression(of).match(/\w+|[-+*/[]/g)?.length ?? 0;
}

type Known = readonly (readonly [size: number, value: number])[];

/** Everything worth trying; the last is always right. */
function candidates(known: Known, period: number, rise: number): Expression[] {
  const shared = divisor(period, Math.abs(rise));
  const strides = Array.from({ length: period }, (_, i) => i + 1).filter((stride) => period % stride === 0);
  return [
    ...(rise === 0 ? strides.flatMap((stride) => [...sames(known, stride), ...rests(known, stride)]) : []),
    ...(rise === 0 ? [(known[0] as Known[0])[1]] : linear(known, rise / shared, period / shared)),
    ...(rise === 0 ? [] : strides.flatMap((stride) => stepped(known, stride, (rise * stride) / period))),
    ...strides.slice(1).map((stride) => listed(known, stride, (rise * stride) / period)),
    listed(known, period, rise),
  ];
}

/** floor((a*n + c)/b) for every c that no value forbids, the nearest to 0 and to a ceiling. */
function linear(known: Known, a: number, b: number): Expression[] {
  const least = Math.max(...known.map(([n, value]) => value * b - a * n));
  const most = Math.min(...known.map(([n, value]) => value * b + b - 1 - a * n));
  const tried = new Set([least, most, Math.min(Math.max(0, least), most)]);
  return [...tried].filter((c) => c >= least && c <= most).flatMap((c) => quotients(times(a, 'n'), c, b));
}

/** floor((x + c)/b), also as a ceiling, with whole numbers taken out. */
function quotients(x: Expression, c: number, b: number): Expression[] {
  const whole = Math.floor(c / b);
  const ceiling = c - b + 1;
  const wholeCeiling = Math.ceil(ceiling / b);
  return [
    divided('floor', plus(x, c), b),
    plus(divided('floor', plus(x, c - whole * b), b), whole),
    divided('ceil', plus(x, ceiling), b),
    plus(divided('ceil', plus(x, ceiling - wholeCeiling * b), b), wholeCeiling),
  ];
}

/** m*floor((n + c)/s) + d. */
function stepped(known: Known, stride: number, m: number): Expression[] {
  if (!Number.isInteger(m) || stride === 1) return [];
  const [[n, value]] = known as [Known[0]];
  return Array.from({ length: stride }, (_, c) => c).flatMap((c) =>
    quotients('n', c, stride).map((quotient) => plus(times(m, quotient), value - m * evaluate(quotient, n))),
  );
}

/** n mod s, -n mod s and these with a constant. */
function rests(known: Known, stride: number): Expression[] {
  if (stride === 1) return [];
  const [[n, value]] = known as [Known[0]];
  return Array.from({ length: stride }, (_, c) => c).flatMap((c) =>
    [1, -1].map((sign) => {
      const rest: Expression = { kind: 'mod', of: plus('n', c), by: stride };
      const constant = value - sign * evaluate(rest, n);
      return sign === 1 ? plus(rest, constant) : minus(constant, rest);
    }),
  );
}

/** What SAME adds in all, max(0, s*ceil(n/s) + c - n), or its smaller or its greater half; also without the max. */
function sames(known: Known, stride: number): Expression[] {
  const windows = times(stride, divided('ceil', 'n', stride));
  const top = Math.max(...known.map(([, value]) => value));
  const constants = [2 * top, 2 * top - 1, top].flatMap((most) =>
    Array.from({ length: stride }, (_, i) => most - i),
  );
  return [...new Set(constants)].flatMap((c) => {
    const total: Expression = stride === 1 ? c : minus(plus(windows, c), 'n');
    return [total, atLeast(0, total)].flatMap((all) => [
      all,
      divided('floor', all, 2),
      divided('ceil', all, 2),
    ]);
  });
}

/** rise*floor(n/period) and what n mod period adds: every function that repeats is one of these. */
function listed(known: Known, period: number, rise: number): Expression {
  const steps = times(rise, divided('floor', 'n', period));
  const values = new Array<number>(period).fill(0);
  for (const [n, value] of known) values[n % period] = value - evaluate(steps, n);
  const choice: Expression = { kind: 'choice', values };
  return rise === 0 ? choice : { kind: '+', left: steps, right: choice };
}

function divisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
