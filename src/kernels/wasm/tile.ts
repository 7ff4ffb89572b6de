// The register tile of matrix multiplication: `rows` pixels times `vectors` * 4 filters, all sums in registers.
//
//              weights, packed [k][filters]         for each run of each window, for each k in the run:
//              b0    b1    (b2    b3)                 b = load weights             `vectors` loads
//     a0  |  sum00 sum01                              a = splat of pixel r's k     one load a row
//     a1  |  sum10 sum11                              sum[r][j] += a * b[j]        rows * vectors multiply-adds
//     ...
//
// A window is a list of runs, each so many floats that lie side by side in the input; the table says where they start, so
// strides, dilation and padding cost nothing here: a padded run points at zeros.
//
//   table    for each row: address of run 0, run 1, ..., address of the output
//   weights  `vectors` * 4 biases, then for each run and k so many weights
//
// On x64 15 registers are free: 6 x 2 sums, 2 of b, 1 of a. When V8 joins pairs of vectors it is 6 x 4, and all of a pair's
// operations must sit in one function, so remainders are functions of their own (see docs/engine.md).

import type { Activation } from '../activation.ts';
import type { Assembly, Frame } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  fusedMultiplyAdd,
  get,
  type Local,
  load,
  loadI32,
  loadSplat,
  repeat,
  set,
  storeFirst,
} from './code.ts';
import { activated } from './epilogue.ts';
import type { Machine } from './program.ts';

/** What a tile of this shape is told when it is emitted. */
export interface Tile {
  readonly rows: number;
  readonly vectors: number;
  /** Filters of the last vector that exist, 1 to 4. */
  readonly lastLanes: number;
  /** The channel offset counts: the table is that of the first group. */
  readonly grouped: boolean;
  /** How many runs a window has, and how many floats each. */
  readonly runs: number;
  readonly length: number;
  readonly activation: Activation | null;
  readonly machine: Machine;
}

/** Steps of k written out in one turn of the loop. */
const UNROLL = 4;

/** Rows of a tile: where a multiply-add is two instructions, the product takes registers of its own. */
export function tileRows({ multiplyAdd }: Machine): number {
  return multiplyAdd === fusedMultiplyAdd ? 6 : 4;
}

/** Bytes of one row of the table. */
export function tableRow(runs: number): number {
  return (runs + 1) * 4;
}

/**
 * Defines tile(table, weights, column, channel): byte offsets of the first filter in the output and of the group's first
 * channel in the input.
 */
export function defineTile(module: Assembly, of: Tile): number {
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [table, weights, column, channel] = frame.parameters as [Local, Local, Local, Local];
    const { rows, vectors } = of;
    const grid = sums(frame, rows, vectors);
    const pointers = locals(frame, 'i32', rows);
    const values = locals(frame, 'v128', vectors);
    const splatted = frame.local('v128');
    const bytes = vectors * 16;

    const step = (k: number): Code => [
      values.map((b, j) => set(b, load(get(weights), k * bytes + j * 16))),
      grid.map((row, r) => [
        set(splatted, loadSplat(get(pointers[r] as Local), k * 4)),
        row.map((sum, j) =>
          set(sum, of.machine.multiplyAdd(get(splatted), get(values[j] as Local), get(sum))),
        ),
      ]),
    ];
    const steps = (count: number): Code => Array.from({ length: count }, (_, k) => step(k));

    const unroll = of.machine.relaxed ? UNROLL : 1;
    const turns = Math.floor(of.length / unroll);
    const rest = of.length - turns * unroll;
    const turn: Code = [
      steps(unroll),
      pointers.map((one) => advance(one, unroll * 4)),
      advance(weights, unroll * bytes),
    ];
    const oneRun: Code = [
      pointers.map((one, r) => {
        const start = loadI32(get(table), r * tableRow(of.runs));
        return set(one, of.grouped ? add(start, get(channel)) : start);
      }),
      turns > 1 ? repeat(frame.local('i32'), turns, turn) : turns === 1 ? turn : [],
      steps(rest),
      advance(weights, rest * bytes),
      advance(table, 4),
    ];

    const out = pointers[0] as Local;
    return [
      grid.map((row) => row.map((sum, j) => set(sum, load(get(weights), j * 16)))),
      advance(weights, bytes),
      of.runs > 1 ? repeat(frame.local('i32'), of.runs, oneRun) : oneRun,
      grid.map((row, r) => [
        set(out, add(loadI32(get(table), r * tableRow(of.runs)), get(column))),
        row.map((sum) => set(sum, activated(frame, of.activation, sum))),
        row.map((sum, j) => storeFirst(j === vectors - 1 ? of.lastLanes : 4, get(out), j * 16, get(sum))),
      ]),
    ];
  });
}

function sums(frame: Frame, rows: number, vectors: number): Local[][] {
  return Array.from({ length: rows }, () => locals(frame, 'v128', vectors));
}

function locals(frame: Frame, type: 'i32' | 'v128', count: number): Local[] {
  return Array.from({ length: count }, () => frame.local(type));
}
