// A picture's tables on a terminal, for a drawing that had to be cut: columns apart by two, numbers to the right.

import type { Text } from '../../words/index.ts';
import type { Table } from '../picture.ts';
import { columns, lines } from './columns.ts';

/** The most lines of a table. */
const ROWS = 30;

/** The lines of some tables; none where one of them is too long or too wide. */
export function listed(tables: readonly Table[], most: number, said: (text: Text) => string): string[] {
  const written = tables.map((table) => linesOf(table, most, said));
  const fits = tables.every(({ rows }) => rows.length <= ROWS);
  const narrow = written.every((all) => all.every((line) => columns(line) <= most));
  return fits && narrow ? written.flatMap((all, i) => (i === 0 ? all : ['', ...all])) : [];
}

function linesOf({ caption, head, rows }: Table, most: number, said: (text: Text) => string): string[] {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => (typeof cell === 'number' ? `${cell}` : said(cell))),
  );
  const wide = head.map((_, i) => Math.max(...cells.map((row) => columns(row[i] ?? ''))));
  const written = cells.map((row) =>
    row
      .map((cell, i) => {
        const free = ' '.repeat((wide[i] as number) - columns(cell));
        return i === 0 ? cell + free : free + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  return [...lines(said(caption), most), ...written];
}
