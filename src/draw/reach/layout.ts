// Where the rows of a receptive field lie. Element i of a row stands over the place of the input where it looks:
//
//   x(i) = (centre + i * jump - low) * unit          centre, jump: of the steps below the row, in input elements
//
// so that a window's lines are even on both sides. Cells have numbers; what would take more than 44 of them is moved along
// with its output, and where even one field would, rows are bars.

import { type Axis, out, span } from '../../geometry/index.ts';
import { receptive } from '../../geometry/receptive.ts';
import type { Text } from '../../words/index.ts';
import { stepWords } from '../direction.ts';
import { wordsWidth } from '../legend.ts';
import { CELL } from '../picture.ts';
import { ends } from '../shown.ts';

/** A row: the input, or what some steps make of it. */
export interface Row {
  /** Steps below it: 0 is the input. */
  readonly level: number;
  /** Its middle. */
  readonly y: number;
  readonly size: number;
  /** Through the steps below it, in input elements. */
  readonly centre: number;
  readonly jump: number;
  readonly field: number;
  /** The step that reads it; none reads the output. */
  readonly step: Axis | undefined;
}

/** The part of the input that is drawn, in input elements. */
export interface View {
  readonly low: number;
  readonly high: number;
}

/** Everything that is the same on every frame. */
export interface Layout {
  /** The output first, as it is drawn on top; undefined where rows are left out. */
  readonly rows: readonly (Row | undefined)[];
  readonly levels: number;
  readonly cells: boolean;
  /** All there is, and how much of it is drawn. */
  readonly whole: View;
  readonly drawn: number;
  readonly unit: number;
  /** Where the rows begin and end. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Between two rows. */
  readonly pitch: number;
}

const CELLS = 44;
const WIDE = 880;
const BARS = 720;
const ROWS = 25;
const TOP = 26;

/** The rows of some steps along one axis; null where their numbers are beyond what can be drawn. */
export function layoutOf(axes: readonly Axis[], names: readonly Text[]): Layout | null {
  const levels = axes.length + 1;
  const shown = [...ends(0, levels, ROWS)].reverse();
  const pitch = levels > 10 ? 46 : 70;
  const rows = shown.map((level, i): Row | undefined =>
    level === undefined ? undefined : rowOf(axes, level, TOP + CELL / 2 + i * pitch),
  );
  const drawn = rows.filter((row) => row !== undefined);
  const fine = Math.min(...drawn.map(({ jump, step }) => jump / (step?.inputDilation ?? 1)));
  const narrow = around(drawn, () => fine);
  const all = (narrow.high - narrow.low) / fine;
  const { field } = receptive(axes);
  if (
    ![all, field / fine, fine, narrow.low].every(
      (value) => Number.isFinite(value) && Math.abs(value) < 2 ** 52,
    )
  )
    return null;
  const needed = Math.ceil(field / fine) + 6;
  const cells = Math.min(all, needed) <= CELLS;
  const whole = cells ? narrow : around(drawn, ({ jump }) => jump);
  const count = cells ? Math.min(all, Math.max(30, needed)) : (whole.high - whole.low) / fine;
  const unit = cells
    ? Math.min(CELL, Math.max(20, Math.floor(WIDE / count))) / fine
    : BARS / (whole.high - whole.low);
  const left = leftOf(axes, names, drawn);
  return {
    rows,
    levels,
    cells,
    whole,
    drawn: count * fine,
    unit,
    left,
    right: left + Math.ceil(count * fine * unit),
    top: TOP,
    bottom: TOP + CELL + (rows.length - 1) * pitch,
    pitch,
  };
}

function rowOf(axes: readonly Axis[], level: number, y: number): Row {
  const below = axes.slice(0, level);
  const step = axes[level];
  const size = step?.size ?? (axes.length === 0 ? 0 : out(axes[level - 1] as Axis));
  const { field, jump, centre } = level === 0 ? { field: 1, jump: 1, centre: 0 } : receptive(below);
  return { level, y, size, field, jump, centre, step };
}

/** What all rows take, when an element is as wide as said. */
function around(rows: readonly Row[], width: (row: Row) => number): View {
  const whole = rows.map((row) => wholeOf(row, width(row) / 2));
  return { low: Math.min(...whole.map(({ low }) => low)), high: Math.max(...whole.map(({ high }) => high)) };
}

/** What a row takes, its pads and half an element on both sides. */
function wholeOf({ size, centre, jump, step }: Row, half: number): View {
  const [before, after] =
    step === undefined ? [0, 0] : [Math.max(0, step.before), Math.max(0, step.after + step.overhang)];
  const each = jump / (step?.inputDilation ?? 1);
  const last = step === undefined ? size - 1 : span(step) - 1;
  return {
    low: centre - before * each - half,
    high: Math.max(centre, centre + (last + after) * each) + half,
  };
}

function leftOf(axes: readonly Axis[], names: readonly Text[], rows: readonly Row[]): number {
  const steps = axes.map((axis, i) => {
    const name = names[i] === undefined ? 0 : wordsWidth(names[i], 12) + 10;
    return name + stepWords(axis).length * 7;
  });
  const sizes = Math.max(...rows.map(({ size }) => String(size).length)) * 8;
  return Math.ceil(Math.max(...steps, 100 + sizes)) + 30;
}

/** The part that is drawn for a field around `middle`. */
export function viewAt({ whole, drawn }: Layout, middle: number): View {
  const low = Math.max(whole.low, Math.min(whole.high - drawn, middle - drawn / 2));
  return { low, high: low + drawn };
}

/** The middle of an element, or of a position where `position` is asked for. */
export function elementAt(layout: Layout, view: View, row: Row, element: number): number {
  return layout.left + (row.centre + element * row.jump - view.low) * layout.unit;
}

/** The width of a row's cells. */
export function cellWidth(layout: Layout, row: Row): number {
  const each = (row.jump / (row.step?.inputDilation ?? 1)) * layout.unit;
  return Math.min(CELL, each);
}
