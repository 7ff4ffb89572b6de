// A text drawing of the windows on one padded axis, for a terminal: positions across, one line a window.
//
//             .  0  1  2  3  4  5  6  7  .        . is padding (a copied element shows its index)
//   out 0     ○  ●  ●  ●                          ● reads the input   ○ reads padding   - skipped by dilation
//   out 1           ●  ●  ●  ●
//
// A long axis shows its two ends. A transposed axis is drawn as it is thought of: what each input element writes.

import { type Axis, extent, out, source, span, start, transposedWords } from '../geometry/index.ts';

/** Longest line, in columns. */
const WIDTH = 76;
const GAP = '  ...';

/** What the rows are called. */
export interface Rows {
  readonly out: string;
  readonly in: string;
  readonly natural: string;
}

const ENGLISH: Rows = { out: 'out', in: 'in', natural: 'natural' };

/** The drawing of an axis, one string a line, each at most 76 columns; empty when no window fits. */
export function strip(of: Axis, transposed = false, rows: Rows = ENGLISH): string[] {
  if (out(of) === 0 || of.size === 0) return [];
  return transposed ? scatter(of, rows) : gather(of, rows);
}

function gather(of: Axis, names: Rows): string[] {
  const windows = out(of);
  const low = Math.min(0, -of.before);
  const high = Math.max(span(of), start(of, windows - 1) + extent(of));
  const cells = columns(low, high, of, `${names.out} ${windows - 1}`);
  const header = line('', cells, (position) => label(of, position));
  const rows = shownRows(windows, (o) => fits(cells, start(of, o), start(of, o) + extent(of))).map((o) => {
    if (o === undefined) return '  ...';
    const first = start(of, o);
    return line(`${names.out} ${o}`, cells, (position) => {
      const offset = position - first;
      if (offset < 0 || offset >= extent(of)) return '';
      if (offset % of.dilation !== 0) return '-';
      return 'index' in source(of, position) && position >= 0 && position < span(of) ? '●' : '○';
    });
  });
  return [header, ...rows].map((text) => text.trimEnd());
}

/** What stands over a position: its index, the index it copies, or a dot for a constant or a hole. */
function label(of: Axis, position: number): string {
  const found = source(of, position);
  return 'index' in found ? String(found.index) : '.';
}

/** The natural output of a transposed axis: which positions each input element writes, and which are kept. */
function scatter(of: Axis, names: Rows): string[] {
  const { stride, natural, crop } = transposedWords(of);
  const low = Math.min(0, crop[0]);
  const high = Math.max(natural, natural - crop[1]);
  const cells = columns(low, high, of, `${names.in} ${of.size - 1}`);
  const rows = shownRows(of.size, (i) => fits(cells, i * stride, i * stride + extent(of))).map((i) => {
    if (i === undefined) return '  ...';
    return line(`${names.in} ${i}`, cells, (position) => {
      const offset = position - i * stride;
      if (offset < 0 || offset >= extent(of)) return '';
      return offset % of.dilation === 0 ? '●' : '-';
    });
  });
  const kept = line(names.out, cells, (position) => {
    const o = position - crop[0];
    return o >= 0 && o < out(of) ? String(o) : 'x';
  });
  return [
    line(names.natural, cells, (position) => (position < 0 || position >= natural ? '0' : String(position))),
    ...rows,
    kept,
  ].map((text) => text.trimEnd());
}

/** Positions to draw and their cell width; undefined is the gap in the middle of a long axis. */
interface Columns {
  /** Of the names of the rows. */
  readonly name: number;
  readonly width: number;
  readonly positions: readonly (number | undefined)[];
}

function columns(low: number, high: number, of: Axis, longest: string): Columns {
  const name = Math.max(8, wide(longest));
  const width = Math.max(2, String(Math.max(Math.abs(low), high, of.size)).length + 1);
  const room = Math.floor((WIDTH - 2 - name - GAP.length) / width);
  const count = high - low;
  if (count <= room) return { name, width, positions: range(low, high) };
  const half = Math.floor(room / 2);
  return { name, width, positions: [...range(low, low + half), undefined, ...range(high - half, high)] };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** Whether all of [from, to) is drawn. */
function fits(cells: Columns, from: number, to: number): boolean {
  const shown = new Set(cells.positions);
  return range(from, Math.min(to, from + 200)).every((position) => shown.has(position));
}

/** Up to four rows from each end, those wholly drawn; undefined where rows are left out. */
function shownRows(count: number, whole: (row: number) => boolean): (number | undefined)[] {
  const head = range(0, Math.min(count, 4)).filter((row, i) => i === 0 || whole(row));
  const tail = range(Math.max(4, count - 4), count).filter((row) => row === count - 1 || whole(row));
  const gap = tail.length > 0 && (tail[0] as number) > (head.at(-1) as number) + 1;
  return [...head, ...(gap ? [undefined] : []), ...tail];
}

function line(name: string, cells: Columns, mark: (position: number) => string): string {
  const marks = cells.positions.map((position) =>
    position === undefined ? GAP : mark(position).padStart(cells.width),
  );
  return `  ${name}${' '.repeat(cells.name - wide(name))}${marks.join('')}`;
}

/** Columns a name takes: two for a Chinese character. */
function wide(name: string): number {
  return [...name].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);
}
