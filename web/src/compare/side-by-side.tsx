// The layers beside each other, one column a layer: what agrees is quiet, what differs stands out. The head of a column
// chooses whom the figure holds against the first.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useSpeech } from '../language.tsx';
import type { Fact } from './facts.ts';

/** A column's head and its verdict against the first. */
export interface Column {
  readonly name: Text;
  /** What the layer is called in its framework. */
  readonly layer: string;
  readonly verdict: Text;
  /** Whether it reads what the first reads; null where it cannot be told. */
  readonly same: boolean | null;
}

/** What a {@link SideBySide} takes. */
export interface SideBySideProps {
  readonly columns: readonly Column[];
  readonly facts: readonly Fact[];
  readonly against: number;
  readonly onAgainst: (line: number) => void;
}

/** The table. */
export function SideBySide({ columns, facts, against, onAgainst }: SideBySideProps): JSX.Element {
  const { t } = useSpeech();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div class="scroll" tabIndex={0}>
      <table class="side-by-side">
        <caption class="unseen">{t(say`The layers side by side`)}</caption>
        <thead>
          <tr>
            <td />
            {columns.map(({ name, layer }, i) => (
              <th key={i} scope="col" class={i === 0 ? 'first' : i === against ? 'second' : ''}>
                {(i === 0 || i === against) && <span class="swatch" aria-hidden="true" />} {t(name)}{' '}
                <code>{layer}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr class="verdicts">
            <th scope="row">{t(say`Against the first`)}</th>
            {columns.map(({ verdict, same }, i) => (
              <td key={i} data-same={same === null ? undefined : String(same)}>
                {t(verdict)}
              </td>
            ))}
          </tr>
          {facts.map(({ head, cells, differs }, row) => (
            <tr key={row}>
              <th scope="row">{t(head)}</th>
              {cells.map((cell, i) => (
                <td
                  key={i}
                  data-differs={
                    differs && (i === 0 || (t(cell) !== t(cells[0] ?? '') && cell !== '–')) ? '' : undefined
                  }
                >
                  {t(cell)}
                </td>
              ))}
            </tr>
          ))}
          {columns.length > 2 && (
            <tr>
              <th scope="row">{t(say`Shown in the figure`)}</th>
              {columns.map(({ name, same }, i) => (
                <td key={i}>
                  {i > 0 && same !== null && (
                    <button
                      type="button"
                      class="plain"
                      aria-pressed={i === against}
                      onClick={() => onAgainst(i)}
                      aria-label={t(
                        i === against
                          ? say`shown: ${name} against the first`
                          : say`show: ${name} against the first`,
                      )}
                    >
                      {i === against ? t(say`shown`) : t(say`show`)}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
