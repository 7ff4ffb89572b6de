// One axis for every size: output and pads as expressions over n, the input's size, read off the axes that a layer
// resolves to. Strides make them repeat (fit.ts):
//
//   period   at most the product of the strides
//   settled  twice what the windows of all steps span and pad, each brought to the input by the strides before it
//
//   SAME, kernel 3, stride 2     out ceil(n/2)     before n mod 2     after 1     every size from 1 on

import { type Axis, extent, out } from './axis.ts';
import type { Expression } from './expression.ts';
import { type Fit, fit as fitted } from './fit.ts';

/** The axes that one input size >= 1 resolves to, step by step; null where it is refused. */
export type AxesOfSize = (size: number) => readonly Axis[] | null;

/** One step for every size, over n of the whole input. */
export interface Law {
  readonly size: Expression;
  readonly out: Expression;
  readonly before: Expression;
  readonly after: Expression;
  readonly overhang: Expression;
  /** The size from which all of these hold; at least 1. */
  readonly from: number;
}

/** The steps for every size, and which sizes are legal. */
export interface Laws {
  readonly steps: readonly Law[];
  /** After how many sizes it all repeats. */
  readonly period: number;
  /** The size from which all steps hold. */
  readonly from: number;
  /** The smallest size that is not refused. */
  readonly least: number;
  /** Remainders by the period that are refused, however large the size. */
  readonly refused: readonly number[];
  /** Sizes from `least` on below which nothing repeats yet that are refused, or where a step does not hold. */
  readonly exceptions: readonly number[];
}

/** The longest period, and the most axes that are resolved to find a law. */
const LONGEST_PERIOD = 256;
const MOST_AXES = 2 ** 19;
const PROBES = [64, 60, 128, 256, 1024, 4096, 2 ** 14];
/** Laws are tried on a few sizes far beyond those they were found on. */
const FAR = 2 ** 20;

/**
 * The laws of all steps; null where no size is taken, or what they do does not repeat within 256 sizes.
 * Whatever `axes` throws is thrown.
 */
export function laws(axes: AxesOfSize): Laws | null {
  const probe = PROBES.find((size) => axes(size) !== null);
  const probed = probe === undefined ? null : axes(probe);
  if (probe === undefined || probed === null) return null;
  const next = axes(probe + 1) ?? axes(probe + 2) ?? probed;
  const longest = probed.reduce((product, { stride }) => Math.min(2 ** 31, product * stride), 1);
  if (longest > LONGEST_PERIOD) return null;
  const settled = settledOf(probed, next) + longest;
  if ((settled + 3 * longest) * probed.length > MOST_AXES) return null;
  const known = Array.from({ length: settled + 2 * longest }, (_, size) => (size === 0 ? null : axes(size)));
  const period = shortest(known, settled, longest);
  const found = probed.map((_, step) => law(known, step, { settled, period }));
  if (found.some((one) => one === null) || !holdsFar(axes, known, settled, period)) return null;
  const steps = found as Law[];
  const from = Math.max(...steps.map((one) => one.from));
  const least = known.findIndex((one) => one !== null);
  const refused = Array.from({ length: period }, (_, rest) => rest).filter(
    (rest) => known[settled + ((((rest - settled) % period) + period) % period)] === null,
  );
  const exceptions = known
    .map((one, size) => [one, size] as const)
    .filter(([, size]) => size >= least && size < settled)
    .filter(([one, size]) => (one === null ? !refused.includes(size % period) : size < from))
    .map(([, size]) => size);
  return { steps, period, from, least, refused, exceptions };
}

/** A step whose window grows with the input, a global pooling, spans nothing of its own. */
function settledOf(probed: readonly Axis[], next: readonly Axis[]): number {
  let jump = 1;
  let sum = 0;
  for (const [i, one] of probed.entries()) {
    const grows = next[i]?.kernel !== one.kernel;
    if (!grows)
      sum += (extent(one) + Math.abs(one.before) + Math.abs(one.after) + one.overhang) * Math.ceil(jump);
    jump *= one.stride / one.inputDilation;
  }
  return 2 * sum;
}

type Known = readonly (readonly Axis[] | null)[];

/** The numbers of a step that may depend on the size. */
const NUMBERS = {
  size: (one: Axis) => one.size,
  out,
  before: (one: Axis) => one.before,
  after: (one: Axis) => one.after,
  overhang: (one: Axis) => one.overhang,
} as const;

function law(known: Known, step: number, repeats: { settled: number; period: number }): Law | null {
  const entries = Object.entries(NUMBERS).map(([name, number]) => {
    const value = (size: number) => {
      const axis = known[size]?.[step];
      return axis === undefined ? null : number(axis);
    };
    return [name, fitted(value, repeats)] as const;
  });
  if (entries.some(([, found]) => found === null)) return null;
  const fits = Object.fromEntries(entries) as Record<keyof typeof NUMBERS, Fit>;
  const from = Math.max(...Object.values(fits).map((one) => one.from));
  const { size, out: windows, before, after, overhang } = fits;
  return {
    size: size.expression,
    out: windows.expression,
    before: before.expression,
    after: after.expression,
    overhang: overhang.expression,
    from,
  };
}

/** The shortest divisor of the longest period after which everything repeats. */
function shortest(known: Known, settled: number, longest: number): number {
  for (let period = 1; period < longest; period++)
    if (longest % period === 0 && repeats(known, settled, period, settled + longest)) return period;
  return longest;
}

/** Whether sizes from `settled` to `end` do what those a period later do, what rises rising evenly. */
function repeats(known: Known, settled: number, period: number, end: number): boolean {
  const rises = new Map<string, number>();
  for (let size = settled; size < end; size++) {
    const [one, other] = [known[size], known[size + period]];
    if ((one === null) !== (other === null) || one?.length !== other?.length) return false;
    for (const [step, axis] of (one ?? []).entries()) {
      for (const [name, number] of Object.entries(NUMBERS)) {
        const rise = number((other as readonly Axis[])[step] as Axis) - number(axis);
        const key = `${step} ${name}`;
        if (rises.has(key) && rises.get(key) !== rise) return false;
        rises.set(key, rise);
      }
    }
  }
  return true;
}

/** Whether a few large sizes do what the small ones promise. */
function holdsFar(axes: AxesOfSize, known: Known, settled: number, period: number): boolean {
  const periods = Math.floor((FAR - settled) / period);
  return Array.from({ length: Math.min(period, 4) }, (_, i) => settled + i).every((size) => {
    const [near, next, far] = [known[size], known[size + period], axes(size + periods * period)];
    if (!near || !next || far === null) return (near === null) === (far === null);
    return near.every((axis, step) =>
      Object.values(NUMBERS).every((number) => {
        if (next[step] === undefined || far[step] === undefined) return false;
        const rise = number(next[step] as Axis) - number(axis);
        return number(far[step] as Axis) === number(axis) + periods * rise;
      }),
    );
  });
}
