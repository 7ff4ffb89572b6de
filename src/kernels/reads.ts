// What each tap of each window reads along one axis, as a table of steps into the data: out rows of kernel entries.
//
//   size 4, kernel 3, before 1, fill 0      PAD 0 1 | 0 1 2 | 1 2 3 | ...      times the stride of the data
//
// An entry below zero reads no element. A position in several paddings holds the last axis' constant, as if the axes were
// padded one after another (numpy.pad); holes of a dilated input hold zero and lie under every padding.

import { type Axis, axis, type Geometry, out, source, span, start } from '../geometry/index.ts';

/** A hole between the elements of a dilated input. */
const HOLE = -1;
/** Constant padding before and after the input. */
const BEFORE = -2;
const AFTER = -3;
/** Beyond the last pad, in the overhang of a ceil-mode average: not there at all. */
export const BEYOND = -4;

/** The table of one axis. */
export interface Reads {
  readonly outs: number;
  readonly kernel: number;
  /** Steps into the data, or one of the negative codes; entry [window * kernel + tap]. */
  readonly steps: Int32Array;
  readonly before: number;
  readonly after: number;
}

/** The tables of a geometry's axes for data of these strides, filled up to three axes by axes of one element. */
export function tables(of: Geometry, strides: readonly number[]): readonly [Reads, Reads, Reads] {
  const average = of.operation === 'average';
  const three = of.axes.map((one, i) => reads(one, strides[i] as number, average));
  while (three.length < 3) three.unshift(reads(axis({ size: 1, kernel: 1 }), 0, false));
  return three as unknown as [Reads, Reads, Reads];
}

function reads(of: Axis, stride: number, average: boolean): Reads {
  const outs = out(of);
  const entries = outs * of.kernel;
  const steps = new Int32Array(entries);
  const end = span(of) + of.after;
  for (let o = 0; o < outs; o++) {
    for (let tap = 0; tap < of.kernel; tap++) {
      const position = start(of, o) + tap * of.dilation;
      steps[o * of.kernel + tap] =
        average && of.overhang > 0 && position >= end ? BEYOND : entry(of, position, stride);
    }
  }
  const constant = (fill: Axis['fillBefore']) => (typeof fill === 'number' ? fill : 0);
  return { outs, kernel: of.kernel, steps, before: constant(of.fillBefore), after: constant(of.fillAfter) };
}

function entry(of: Axis, position: number, stride: number): number {
  const found = source(of, position);
  if ('index' in found) return found.index * stride;
  if (position < 0 && typeof of.fillBefore === 'number') return BEFORE;
  if (position >= span(of) && typeof of.fillAfter === 'number') return AFTER;
  return HOLE;
}

/** The constant at a position that is no element. */
export function constant(tables: readonly [Reads, Reads, Reads], z: number, y: number, x: number): number {
  if (isPad(x)) return padOf(tables[2], x);
  if (isPad(y)) return padOf(tables[1], y);
  return isPad(z) ? padOf(tables[0], z) : 0;
}

function isPad(entry: number): boolean {
  return entry === BEFORE || entry === AFTER;
}

function padOf(of: Reads, entry: number): number {
  return entry === BEFORE ? of.before : of.after;
}
