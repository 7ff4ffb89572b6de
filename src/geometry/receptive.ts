// What an output reaches of the input through several steps, one axis at a time: backwards, step by step, from the outputs
// to the elements their windows read, every step cutting off what is no element of its input.
//
//   jump    input elements from one output to the next        product of stride / inputDilation
//   centre  where output 0 looks                              centre * stride + (extent - 1) / 2 - before, step by step
//   field   elements between the first and the last one read, where nothing is cut off
//
// Elements are kept as intervals: a dense window makes one of one, a dilated one as many as it has gaps, so the set is
// exact and not only its box. Source: Araujo, Norris, Sim, "Computing receptive fields of CNNs", Distill 2019.

import { say } from '../words/index.ts';
import { type Axis, extent, out, span, start } from './axis.ts';
import { GeometryError } from './error.ts';
import { source } from './fill.ts';
import { centre } from './reach.ts';

/** Elements from `from` to `to`, both included. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Through all steps, borders aside; in input elements. Jump and centre may be fractions. */
export interface Receptive {
  readonly field: number;
  readonly jump: number;
  readonly centre: number;
}

/** What a range of outputs reads of the input. */
export interface Reached {
  /** The exact elements, in order, none touching the next; empty where only padding is read. */
  readonly elements: readonly Interval[];
  /** The first and last position of the field, borders aside: those outside the input are padding. */
  readonly field: Interval;
}

/** The most intervals made and positions looked at one by one: 2^24. */
const COUNTABLE = 2 ** 24;
/** Outputs of a stack with transposed steps repeat what they read; looked at are this many at most. */
const LONGEST_PERIOD = 4096;

/** Field, jump and first centre of the steps of one axis, first step first. */
export function receptive(axes: readonly Axis[]): Receptive {
  const upsampled = axes.reduce((product, { inputDilation }) => product * inputDilation, 1);
  const strided = axes.reduce((product, { stride }) => product * stride, 1);
  const windows = Math.min(upsampled, LONGEST_PERIOD);
  const widths = Array.from({ length: windows }, (_, o) => {
    const { from, to } = unclipped(axes, { from: o, to: o });
    return to - from + 1;
  });
  return { field: Math.max(...widths), jump: strided / upsampled, centre: firstCentre(axes) };
}

/** Where the centre of output 0 lies on the input, in elements; may be a fraction. */
export function firstCentre(axes: readonly Axis[]): number {
  return axes.reduceRight((at, axis) => (at * axis.stride + centre(axis, 0)) / axis.inputDilation, 0);
}

/**
 * What the outputs `from` to `to`, both included, read.
 * @throws GeometryError for outputs that are none, and for more than 2^24 positions
 */
export function reached(axes: readonly Axis[], from: number, to: number = from): Reached {
  const windows = axes.length === 0 ? Infinity : out(axes.at(-1) as Axis);
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to < from || to >= windows)
    throw new GeometryError('range', {
      what: 'output',
      expected: say`${0} to ${windows - 1}`,
      received: from === to ? from : `${from}..${to}`,
    });
  const range = { from, to };
  return { elements: backwards(axes, [range], { left: COUNTABLE }), field: unclipped(axes, range) };
}

/**
 * How many outputs of the last step each input element reaches; length `size` of the first step.
 * @throws GeometryError for more than 2^24 positions
 */
export function reaching(axes: readonly Axis[]): number[] {
  const [first, last] = [axes[0], axes.at(-1)];
  if (first === undefined || last === undefined) return [];
  const budget = { left: COUNTABLE - first.size - out(last) };
  const rises = new Array<number>(spend(budget, first.size) + 1).fill(0);
  for (let o = 0; o < out(last); o++) {
    for (const { from, to } of backwards(axes, [{ from: o, to: o }], budget)) {
      rises[from] = (rises[from] as number) + 1;
      rises[to + 1] = (rises[to + 1] as number) - 1;
    }
  }
  let count = 0;
  return rises.slice(0, -1).map((rise) => {
    count += rise;
    return count;
  });
}

/**
 * Input elements at the end that a step drops because the next window would not fit; those in the regular gaps between
 * windows that are narrower than their stride do not count.
 */
export function dropped(of: Axis): number {
  const windows = out(of);
  if (windows === 0) return of.size;
  const end = start(of, windows - 1) + extent(of) + Math.max(0, of.stride - extent(of));
  return Math.max(0, Math.min(of.size, of.size - Math.ceil(end / of.inputDilation)));
}

interface Budget {
  left: number;
}

/** Takes from what may be looked at. */
function spend(budget: Budget, count: number): number {
  budget.left -= count;
  if (budget.left >= 0) return count;
  throw new GeometryError('range', {
    what: 'receptive field',
    expected: 'at most 2^24 positions',
    received: 'more',
  });
}

/** The field of a range of outputs as if every step's input went on for ever. */
function unclipped(axes: readonly Axis[], range: Interval): Interval {
  return axes.reduceRight(
    ({ from, to }, axis) => ({
      from: Math.ceil(start(axis, from) / axis.inputDilation),
      to: Math.floor((start(axis, to) + extent(axis) - 1) / axis.inputDilation),
    }),
    range,
  );
}

function backwards(axes: readonly Axis[], ranges: readonly Interval[], budget: Budget): readonly Interval[] {
  return axes.reduceRight((read, axis) => elements(axis, read, budget), ranges);
}

/** What the windows of these outputs read of one step's input. */
function elements(of: Axis, outputs: readonly Interval[], budget: Budget): readonly Interval[] {
  const found: Interval[] = [];
  for (const { from, to } of outputs) {
    const windows = to - from + 1;
    if (of.dilation === 1 && (windows === 1 || of.stride <= of.kernel)) {
      spend(budget, 1);
      add(of, found, start(of, from), start(of, to) + of.kernel - 1, budget);
    } else {
      spend(budget, windows * (of.dilation === 1 ? 1 : of.kernel));
      for (let o = from; o <= to; o++) {
        const at = start(of, o);
        if (of.dilation === 1) add(of, found, at, at + of.kernel - 1, budget);
        else
          for (let tap = 0; tap < of.kernel; tap++) {
            const position = at + tap * of.dilation;
            add(of, found, position, position, budget);
          }
      }
    }
  }
  return merged(found);
}

/** Adds the elements at the positions from `low` to `high`; positions of copied padding one by one. */
function add(of: Axis, found: Interval[], low: number, end: number, budget: Budget): void {
  const covered = span(of);
  // What hangs over the last pad reads nothing.
  const high = of.overhang > 0 ? Math.min(end, covered + of.after - 1) : end;
  const from = Math.ceil(Math.max(low, 0) / of.inputDilation);
  const to = Math.floor(Math.min(high, covered - 1) / of.inputDilation);
  if (from <= to) found.push({ from, to });
  if (low < 0 && typeof of.fillBefore !== 'number') copied(of, found, low, Math.min(high, -1), budget);
  if (high >= covered && typeof of.fillAfter !== 'number')
    copied(of, found, Math.max(low, covered), high, budget);
}

function copied(of: Axis, found: Interval[], low: number, high: number, budget: Budget): void {
  spend(budget, Math.max(0, high - low + 1));
  for (let position = low; position <= high; position++) {
    const read = source(of, position);
    if ('index' in read) found.push({ from: read.index, to: read.index });
  }
}

/** In order, those that touch joined. */
function merged(found: Interval[]): readonly Interval[] {
  if (found.length < 2) return found;
  found.sort((one, other) => one.from - other.from);
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of found) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}
