// A second stack beside the first, and how far apart their outputs look as depth grows.

import { dialects } from 'padwise/dialects';
import { driftFigure } from 'padwise/draw';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { CodeField, type CodeProblem } from '../controls/code-field.tsx';
import { CopyMenu } from '../figure/copy-menu.tsx';
import { FigureView } from '../figure/figure-view.tsx';
import { useSpeech, Words } from '../language.tsx';
import type { How } from '../screens.tsx';
import { apart, asUsual, others } from './against.ts';
import type { Reading } from './reading.ts';
import { numberWords } from './words.ts';

/** What a {@link Drift} takes. */
export interface DriftProps {
  readonly reading: Reading;
  readonly axis: number;
  /** The second stack; null for none. */
  readonly code: string | null;
  readonly second: Reading | null;
  readonly problem: CodeProblem | null;
  readonly onCode: (code: string | null, how: How) => void;
}

/** The part of the screen that compares two stacks. */
export function Drift({ reading, axis, code, second, problem, onCode }: DriftProps): JSX.Element {
  const { t } = useSpeech();
  const offers = useMemo(
    () =>
      others(reading.layers[0]?.framework ?? '').flatMap((dialect) => {
        const text = asUsual(reading, dialect);
        return text === null ? [] : [{ title: dialect.title, text }];
      }),
    [reading],
  );
  return (
    <section class="stack-drift">
      <h2>{t(say`Do two stacks look at the same places?`)}</h2>
      <p class="quiet">
        {t(
          say`A port can give every shape right and still look elsewhere: each stride multiplies a shift. Put the other stack beside it.`,
        )}
      </p>
      {offers.length > 0 && (
        <p class="stack-offers">
          {offers.map(({ title, text }) => (
            <button key={title} type="button" onClick={() => onCode(text, 'push')}>
              {t(say`The same layers as usually written in ${title}`)}
            </button>
          ))}
        </p>
      )}
      <CodeField
        label={say`The other stack`}
        code={code ?? ''}
        onCode={(text) => onCode(text === '' ? null : text, 'merge')}
        problem={code === null ? null : problem}
        example={'keras.layers.Conv2D(8, 3, strides=2, padding="same")'}
      />
      {code !== null && second !== null && <Both first={reading} second={second} axis={axis} />}
    </section>
  );
}

function Both({
  first,
  second,
  axis,
}: {
  readonly first: Reading;
  readonly second: Reading;
  readonly axis: number;
}): JSX.Element {
  const { t, language } = useSpeech();
  const names = useMemo(() => namesOf(first, second), [first, second]);
  const figure = useMemo(
    () =>
      driftFigure(
        [first, second].map(({ rows }) => rows.flatMap(({ steps }) => steps)) as unknown as Parameters<
          typeof driftFigure
        >[0],
        { names, axis },
      ),
    [first, second, names, axis],
  );
  if (first.rank !== second.rank)
    return (
      <p class="wrong">{t(say`The two have other numbers of axes: ${first.rank} and ${second.rank}.`)}</p>
    );
  const { shift, jump, sameShape } = apart(first, second, axis);
  const by = numberWords(Math.abs(shift));
  return (
    <>
      <p class="stack-verdict" role="status">
        {shift === 0 ? (
          <Words text={say`Both look at **the same places**.`} />
        ) : Math.abs(shift) === 1 ? (
          <Words
            text={say`They look **1 pixel apart**, ${numberWords(Math.abs(shift) / jump)} of the distance between two outputs.`}
          />
        ) : (
          <Words
            text={say`They look **${by} pixels apart**; two neighbouring outputs are ${numberWords(jump)} apart.`}
          />
        )}
        {language === 'zh' ? '' : ' '}
        {shift !== 0 &&
          t(
            sameShape
              ? say`The shapes are the same, so no shape check sees it.`
              : say`The shapes differ as well.`,
          )}
      </p>
      <FigureView
        figure={figure}
        frame={0}
        onFrame={() => {}}
        tools={<CopyMenu figure={figure} frame={0} name="drift" />}
      />
    </>
  );
}

/** What the two are called: by their frameworks, or as first and second where both have the same. */
function namesOf(first: Reading, second: Reading): readonly [Text, Text] {
  const [one, other] = [first, second].map(({ layers }) => {
    const id = layers[0]?.framework;
    return dialects.find((dialect) => dialect.id === id)?.title ?? id ?? '';
  }) as [string, string];
  return one === other ? [say`the first`, say`the second`] : [one, other];
}
