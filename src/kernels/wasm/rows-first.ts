// Vectors along a row, where columns lie side by side: four neighbouring outputs, and what they read under one tap.
//
//   stride 1     x[c] x[c+1] x[c+2] x[c+3]                      one load from anywhere
//   stride 2     x[c] x[c+2] x[c+4] x[c+6]                      lanes 0 and 2 of the load at c, 1 and 3 of that at c + 3
//   more         lane by lane
//   phases       every stride-th column side by side             one load (phases-first.ts)
//
// Lanes that would read padding are masked. Their loads reach beyond a row, and so up to 64 bytes before and after the input;
// that memory must be there, what it holds does not matter.

import type { Frame } from './assembler.ts';
import {
  bitwiseAnd,
  type Code,
  choose,
  f32x4,
  get,
  i32x4Of,
  type Local,
  load,
  loadLane,
  set,
  shuffle,
  store,
} from './code.ts';
import type { Block } from './sliding.ts';

/** Bytes by which addresses of a row are moved back, so that no offset from them is negative. */
export const LEAD = 64;

/** Bytes of the masks of a unit. */
const MASK = 32;
/** Bytes of masks that a reader may write to the workspace. */
export const MASKS = 4096;

/** Four neighbouring outputs of a block, from `from` on, or fewer. */
interface RowVector {
  readonly from: number;
  readonly lanes: number;
}

/** Vectors that are read alike, so that the compiler can join them: a pair, or one. */
export type RowUnit = readonly RowVector[];

/** A block's units: the last begins early enough to end with the block; a block of fewer than four outputs is one vector. */
export function rowUnits({ outs }: Block, wide: boolean): RowUnit[] {
  if (outs < 4) return [[{ from: 0, lanes: outs }]];
  const step = wide && outs >= 8 ? 8 : 4;
  return Array.from({ length: Math.ceil(outs / step) }, (_, i) => {
    const from = Math.min(i * step, outs - step);
    return Array.from({ length: step / 4 }, (_, j) => ({ from: from + 4 * j, lanes: 4 }));
  });
}

/** Reads units under taps. */
export interface RowReader {
  /** Writes the masks to the workspace; before any loop, emitted after all that is read has been. */
  setup(): Code;
  /** The vectors of a unit at a row address moved back by LEAD; null if no lane of any reads an element. */
  read(unit: RowUnit, tap: number, address: Local, offset: number): readonly Code[] | null;
}

/** How the columns of a row lie. */
export interface RowLayout {
  readonly stride: number;
  /** Bytes from the address of a row to a column, counted from the block's first. */
  place(column: number): number;
  /** Columns a stride apart lie side by side. */
  readonly dense: boolean;
}

/** Columns as they lie in memory. */
export function plainRow(stride: number): RowLayout {
  return { stride, place: (column) => column * 4, dense: stride === 1 };
}

/**
 * A reader for a block; padding reads as `fill`. The masks lie in the workspace, side by side for the vectors
 * of a unit, because pairs of loads are joined and pairs of constants are not.
 */
export function rowReader(
  frame: Frame,
  block: Block,
  { stride, place, dense }: RowLayout,
  fill: number,
  workspace: Local,
): RowReader {
  const masks = new Map<string, number>();
  const filler = frame.local('v128');
  const columns = new Map(block.reads.map((read) => [`${read.out} ${read.tap}`, read.column]));
  const columnsOf = (vector: RowVector, tap: number) =>
    Array.from({ length: vector.lanes }, (_, lane) => columns.get(`${vector.from + lane} ${tap}`));
  const maskAt = (lanes: readonly (number | undefined)[]): number => {
    const name = lanes.map((lane) => (lane === undefined ? 0 : -1)).join(' ');
    const found = masks.get(name) ?? masks.size * MASK;
    masks.set(name, found);
    return found;
  };

  return {
    setup: () => [
      set(filler, f32x4(fill)),
      [...masks].map(([name, at]) =>
        fours(name.split(' ').map(Number)).map((four, i) =>
          store(get(workspace), at + i * 16, i32x4Of(four)),
        ),
      ),
    ],
    read(unit, tap, address, offset) {
      const all = unit.flatMap((vector) => columnsOf(vector, tap));
      const known = all.findIndex((lane) => lane !== undefined);
      if (known < 0) return null;
      if ((stride > 2 && !dense) || all.length < 4)
        return unit.map((vector) =>
          byLanes(
            columnsOf(vector, tap).map((one) => (one === undefined ? one : place(one))),
            address,
            offset,
            get(filler),
          ),
        );
      const first = (all[known] as number) - known * stride;
      const mask = all.includes(undefined) ? maskAt(all) : null;
      return unit.map((_, j) => {
        const at = LEAD + offset + place(first + j * 4 * stride);
        const whole = dense
          ? load(get(address), at)
          : shuffle(load(get(address), at), load(get(address), at + 12), [0, 2, 5, 7]);
        if (mask === null) return whole;
        const held = load(get(workspace), mask + j * 16);
        return fill === 0 ? bitwiseAnd(whole, held) : choose(held, whole, get(filler));
      });
    },
  };
}

function fours(values: readonly number[]): number[][] {
  return Array.from({ length: values.length / 4 }, (_, i) => values.slice(i * 4, i * 4 + 4));
}

function byLanes(
  places: readonly (number | undefined)[],
  address: Local,
  offset: number,
  filler: Code,
): Code {
  return places.reduce<Code>(
    (vector, place, lane) =>
      place === undefined ? vector : loadLane(vector, lane, get(address), LEAD + offset + place),
    filler,
  );
}
