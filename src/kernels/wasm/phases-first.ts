// Rows cut into phases, so that windows a stride apart read neighbours: for stride 2, of each row first the even columns, then
// the odd ones. A plane is cut into a thread's workspace once for all the windows that read it.
//
//   0 1 2 3 4 5 6 7     ->     0 2 4 6 | 1 3 5 7
//
// Up to four phases; the last columns of a row are cut together with up to 64 bytes that follow it.

import type { Assembly } from './assembler.ts';
import {
  advance,
  type Code,
  get,
  type Local,
  load,
  loadLane,
  loadOne,
  repeat,
  set,
  shuffle,
  store,
} from './code.ts';
import type { RowLayout } from './rows-first.ts';

/** A row of so many columns in phases. */
export interface PhasedRow {
  readonly stride: number;
  readonly columns: number;
  /** Bytes of a phase, and of the row. */
  readonly phase: number;
  readonly row: number;
}

/** The most phases that are cut. */
export const MOST_PHASES = 4;

/** A row as its phases: every stride-th column together. */
export function phasedRow(columns: number, stride: number): PhasedRow {
  const phase = Math.ceil(columns / stride / 4) * 16;
  return { stride, columns, phase, row: phase * stride };
}

/** Columns counted from `first`, in a row whose address is that of first's place in its phase. */
export function phasedLayout({ stride, phase }: PhasedRow, first: number): RowLayout {
  const place = (column: number) =>
    (column - Math.floor(column / stride) * stride) * phase + Math.floor(column / stride) * 4;
  const start = Math.floor(first / stride) * 4;
  return { stride, place: (column) => place(first + column) - start, dense: true };
}

/** Defines cut(input, workspace, rows): rows this many bytes apart. */
export function definePhases(module: Assembly, of: PhasedRow, rowBytes: number): number {
  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [input, output, rows] = frame.parameters as [Local, Local, Local];
    const [from, to] = [frame.local('i32'), frame.local('i32')];
    const [a, b] = [frame.local('v128'), frame.local('v128')];
    const four = (phase: number): Code =>
      [1, 2, 3].reduce<Code>(
        (vector, lane) => loadLane(vector, lane, get(from), (phase + lane * of.stride) * 4),
        loadOne(get(from), phase * 4),
      );
    const step: Code =
      of.stride === 2
        ? [
            set(a, load(get(from))),
            set(b, load(get(from), 16)),
            store(get(to), 0, shuffle(get(a), get(b), [0, 2, 4, 6])),
            store(get(to), of.phase, shuffle(get(a), get(b), [1, 3, 5, 7])),
          ]
        : Array.from({ length: of.stride }, (_, phase) => store(get(to), phase * of.phase, four(phase)));
    return repeat(rows, get(rows), [
      set(from, get(input)),
      set(to, get(output)),
      repeat(frame.local('i32'), of.phase / 16, [step, advance(from, of.stride * 16), advance(to, 16)]),
      advance(input, rowBytes),
      advance(output, of.row),
    ]);
  });
}
