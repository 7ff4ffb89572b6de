// The table of a stack: a layer a row, and a button on each that looks at the input from there.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useSpeech } from '../language.tsx';
import type { Reading, Row } from './reading.ts';
import { countWords, numberWords, padWords, perAxis, shapeWords, windowWords } from './words.ts';

/** What a {@link LayerTable} takes. */
export interface LayerTableProps {
  readonly reading: Reading;
  /** The layer looked from. */
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
}

/** All layers with what they give, see and cost. */
export function LayerTable({ reading, chosen, onChoose }: LayerTableProps): JSX.Element {
  const { t } = useSpeech();
  const { rows, input, parameters, multiplyAdds } = reading;
  const statistics = rows.reduce((sum, row) => sum + row.statistics, 0);
  const head: readonly Text[] = [
    say`layer`,
    say`output`,
    say`pads`,
    say`receptive field`,
    say`jump`,
    say`first centre`,
    say`parameters`,
    say`multiply-adds`,
  ];
  return (
    <div class="stack-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={t(say`The layers`)}>
        <table>
          <caption class="unseen">{t(say`What each layer gives, sees and costs`)}</caption>
          <thead>
            <tr>
              {head.map((one, i) => (
                <th key={i} scope="col">
                  {t(one)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr class="stack-input">
              <th scope="row">{t(say`input`)}</th>
              <td>{shapeWords(input)}</td>
              <td colSpan={6} />
            </tr>
            {rows.map((row, i) => (
              <LayerRow key={i} row={row} index={i} isChosen={i === chosen} onChoose={() => onChoose(i)} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t(say`in all`)}</th>
              <td colSpan={5} />
              <td>{countWords(parameters)}</td>
              <td>{countWords(multiplyAdds)}</td>
            </tr>
          </tfoot>
        </table>
      </section>
      {statistics > 0 && (
        <p class="quiet">{t(say`Besides, ${countWords(statistics)} statistics are counted, not trained.`)}</p>
      )}
      <details>
        <summary>{t(say`What the columns mean`)}</summary>
        <dl class="stack-terms">
          <div>
            <dt>{t(say`receptive field`)}</dt>
            <dd>
              {t(say`how many input elements lie between the first and the last that one output reads`)}
            </dd>
          </div>
          <div>
            <dt>{t(say`jump`)}</dt>
            <dd>{t(say`how far apart two neighbouring outputs look, in input elements`)}</dd>
          </div>
          <div>
            <dt>{t(say`first centre`)}</dt>
            <dd>
              {t(
                say`where the middle of output 0 lies on the input; two ports with other centres are shifted`,
              )}
            </dd>
          </div>
          <div>
            <dt>{t(say`pads`)}</dt>
            <dd>{t(say`before and after; where the axes differ, height / width`)}</dd>
          </div>
        </dl>
      </details>
    </div>
  );
}

function LayerRow({
  row,
  index,
  isChosen,
  onChoose,
}: {
  readonly row: Row;
  readonly index: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}): JSX.Element {
  const { t } = useSpeech();
  const { layer, output, steps, seen, parameters, multiplyAdds, dropped } = row;
  const column = (values: readonly number[]) =>
    values.length === 0 ? '–' : perAxis(values.map(numberWords));
  const lost = dropped.some((count) => count > 0);
  const name = (
    <>
      <span class="stack-number">{index + 1}</span> <span class="stack-name">{layer.name}</span>{' '}
      <code>{windowWords(steps[0])}</code>
    </>
  );
  return (
    <tr class={isChosen ? 'chosen' : undefined}>
      <th scope="row">
        {seen.length === 0 ? (
          <span class="stack-still">{name}</span>
        ) : (
          <button type="button" class="plain" aria-pressed={isChosen} onClick={onChoose}>
            {name}
          </button>
        )}
        {lost && (
          <span class="stack-lost">
            {t(
              perAxis(dropped) === '1'
                ? say`drops the last element: no window fits there`
                : say`drops the last ${perAxis(dropped)} elements: no window fits there`,
            )}
          </span>
        )}
      </th>
      <td>{shapeWords(output)}</td>
      <td>{padWords(steps) || '–'}</td>
      <td class="stack-field">{column(seen.map(({ field }) => field))}</td>
      <td>{column(seen.map(({ jump }) => jump))}</td>
      <td>{column(seen.map(({ centre }) => centre))}</td>
      <td>{parameters === 0 ? '–' : countWords(parameters)}</td>
      <td>{multiplyAdds === 0 ? '–' : countWords(multiplyAdds)}</td>
    </tr>
  );
}
