// The words of a window's figure: what its panels are, what its signs mean, what it shows, and its twin as tables.

import { type Axis, extent, type Geometry, out, print } from '../geometry/index.ts';
import { either, say, type Text } from '../words/index.ts';
import type { Entry } from './legend.ts';
import type { Look } from './looks.ts';
import { type Kind, kindOf } from './looks.ts';
import { arithmeticLines, LARGEST_WINDOW, type Reading, written } from './numbers.ts';
import type { Table } from './picture.ts';
import { reachOf, type Shown } from './shown.ts';
import type { View } from './view.ts';

/** The names over the three panels. */
export function captions(of: Geometry): {
  readonly input: Text;
  readonly kernel: Text;
  readonly output: Text;
} {
  const size = (one: (axis: Axis) => number) => of.axes.map(one).join('\u00d7');
  return {
    input: say`input ${size((axis) => axis.size)}`,
    kernel:
      of.operation === 'conv'
        ? say`kernel ${size((axis) => axis.kernel)}`
        : say`window ${size((axis) => axis.kernel)}`,
    output: say`output ${size(out)}`,
  };
}

/** What stands under the kernel: stride, dilation and what else is not 1. */
export function settings(of: Geometry): Text[] {
  const each = (one: (axis: Axis) => number) => {
    const values = of.axes.map(one);
    return values.every((value) => value === values[0]) ? String(values[0]) : values.join('\u00d7');
  };
  return [
    ...(of.axes.some(({ stride }) => stride > 1) ? [say`stride ${each(({ stride }) => stride)}`] : []),
    ...(of.axes.some(({ dilation }) => dilation > 1)
      ? [say`dilation ${each(({ dilation }) => dilation)}`]
      : []),
    ...(of.flip && of.axes.some(({ kernel }) => kernel > 1) ? [say`mirrored`] : []),
    ...(of.groups > 1 ? [say`${of.groups} groups`] : []),
  ];
}

/** How many of how many channels the figure shows, where that is not all. */
export function channelsNote(of: Geometry): Text[] {
  if (of.operation !== 'conv')
    return of.channels > 1 ? [say`one of ${of.channels} channels; the others do the same`] : [];
  const [seen, filters] = [of.channels / of.groups, of.filters];
  if (seen <= 1 && filters <= 1) return [];
  return seen <= 1
    ? [say`one of ${filters} filters`]
    : [say`one of ${filters} filters, one of the ${seen} channels it sums`];
}

/** What the signs mean that are drawn. */
export function signs(of: Geometry, view: View): Entry[] {
  const kinds = new Set<Kind>(
    of.axes.flatMap((axis, i) =>
      (view.inputs[i] as Shown).flatMap((position) =>
        position === undefined ? [] : [kindOf(axis, position)],
      ),
    ),
  );
  const entries: Entry[] = [];
  if (kinds.has('pad') || padded(of))
    entries.push({ box: { paint: 'pad', dashed: true }, text: padWords(of) });
  if (kinds.has('hole'))
    entries.push({ box: { paint: 'hole', dashed: true }, text: say`a zero between two elements` });
  if (kinds.has('unread')) entries.push({ box: { paint: 'unread', hatched: true }, text: say`never read` });
  if (kinds.has('rest'))
    entries.push({ box: { paint: 'unread', hatched: true }, text: say`never read: no window fits here` });
  return entries;
}

function padded(of: Geometry): boolean {
  return of.axes.some(({ before, after, overhang }) => before > 0 || after > 0 || overhang > 0);
}

function padWords(of: Geometry): Text {
  const fills = [
    ...new Set(
      of.axes.flatMap(({ before, after, fillBefore, fillAfter }) => [
        ...(before > 0 ? [fillBefore] : []),
        ...(after > 0 ? [fillAfter] : []),
      ]),
    ),
  ];
  const [only] = fills;
  if (fills.length === 0) return say`beyond the padding: counts for nothing`;
  if (fills.length > 1)
    return say`padding: ${either(fills.map((fill) => (typeof fill === 'number' ? written(fill) : fill)))}`;
  if (typeof only === 'number') return say`padding: ${written(only)}`;
  return say`padding: ${only}, a copy of the input`;
}

/** What a frame shows, as sentences. */
export function described(
  of: Geometry,
  shown: readonly (readonly number[])[],
  read: readonly (readonly Reading[])[],
): Text {
  const [output, first] = [shown[0], read[0]];
  if (of.axes.some((axis) => out(axis) === 0)) return emptiness(of) ?? say`no output`;
  if (output === undefined || first === undefined) return say`${print(of)}`;
  const elements = first.filter(({ element }) => element !== null).length;
  const where = of.axes.map((_, i) => span(first.map(({ position }) => position[i] as number))).join(', ');
  const reads = say`Output ${tuple(output)} reads positions ${where}: ${elements} of ${first.length} in the input.`;
  const lines = first.length === 0 ? [] : arithmeticLines(of, first);
  return lines.length === 0 ? reads : say`${reads} ${lines.join(' ')}.`;
}

/** Why there is no output; undefined where there is some. */
export function emptiness(of: Geometry): Text | undefined {
  const empty = of.axes.find((axis) => out(axis) === 0);
  if (empty === undefined) return undefined;
  const [low, high] = reachOf(empty);
  return say`No output: a window of ${extent(empty)} does not fit into ${high - low}.`;
}

function span(positions: readonly number[]): string {
  const [low, high] = [Math.min(...positions), Math.max(...positions)];
  return low === high ? String(low) : `${low}..${high}`;
}

/** The figure's title: what goes in and what comes out. */
export function titled(of: Geometry): Text {
  const sizes = (one: (axis: Axis) => number) => of.axes.map(one).join('\u00d7');
  return say`${sizes(({ size }) => size)} becomes ${sizes(out)}: ${print(of)}`;
}

/** A tuple as people write one. */
export function tuple(values: readonly number[]): string {
  return values.length === 1 ? String(values[0]) : `(${values.join(', ')})`;
}

/** The arithmetic of the outputs shown; nothing for windows too large to be read one by one. */
export function arithmeticOf(of: Geometry, read: readonly Reading[], rows: boolean = false): string[] {
  if (of.operation === 'pad' || read.length === 0 || read.length > LARGEST_WINDOW) return [];
  return arithmeticLines(of, read, rows);
}

/** A table's caption that says how many rows are left out, where some are. */
export function shortened(caption: Text, rows: number, all: number): Text {
  return rows >= all ? caption : say`${caption}: ${rows} of ${all}, ${all - rows} left out`;
}

/** A grid of looks as a table: rows and columns headed by their positions. */
export function tableOf(
  caption: Text,
  rows: Shown,
  columns: Shown,
  look: (row: number, column: number) => Look,
): Table {
  const drawn = (list: Shown) => list.map((one) => (one === undefined ? '\u2026' : String(one)));
  return {
    caption,
    head: ['', ...drawn(columns)],
    rows: rows.map((row) => [
      row === undefined ? '\u2026' : String(row),
      ...columns.map((column) =>
        row === undefined || column === undefined ? '\u2026' : (look(row, column).text ?? ''),
      ),
    ]),
  };
}
