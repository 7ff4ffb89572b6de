// A figure's twin: the same numbers as tables, for those who do not see it and for copying.

import type { Table } from 'padwise/draw';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useSpeech } from '../language.tsx';

/** The tables of a picture behind one disclosure; they are made when it is first opened. */
export function FigureTables({ tables }: { readonly tables: readonly Table[] }): JSX.Element | null {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  if (tables.length === 0) return null;
  return (
    <details class="twin" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(say`Show as table`)}</summary>
      {open && (
        <div class="twin-tables">
          {tables.map((table, i) => (
            <TableView key={i} table={table} />
          ))}
        </div>
      )}
    </details>
  );
}

function TableView({ table }: { readonly table: Table }): JSX.Element {
  const { t } = useSpeech();
  const said = (value: Table['rows'][number][number]) => (typeof value === 'number' ? value : t(value));
  const [first, ...heads] = table.head;
  return (
    <div class="scroll">
      <table>
        <caption>{t(table.caption)}</caption>
        <thead>
          <tr>
            {first !== undefined && (t(first) === '' ? <td /> : <th scope="col">{t(first)}</th>)}
            {heads.map((head, i) => (
              <th key={i} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([head, ...cells], i) => (
            <tr key={i}>
              {head !== undefined && <th scope="row">{said(head)}</th>}
              {cells.map((cell, j) => (
                <td key={j}>{said(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
