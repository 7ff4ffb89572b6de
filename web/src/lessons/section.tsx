// The pieces lessons are made of: a section with a heading that can be linked, a paragraph, a choice between few, a figure
// that remembers its step in the address, and links into the other screens.

import type { Figure } from 'padwise/draw';
import { say, type Text } from 'padwise/words';
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { printAddress } from '../address.ts';
import { CopyMenu } from '../figure/copy-menu.tsx';
import { FigureView } from '../figure/figure-view.tsx';
import { type Tone, useSpeech, Words } from '../language.tsx';
import type { Experiment } from './lesson.tsx';
import type { Fields } from './places.ts';

/** A section; `name` is what a link scrolls to. */
export function Section({
  name,
  title,
  children,
}: {
  readonly name: string;
  readonly title: Text;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { t } = useSpeech();
  const id = `lesson-${name}`;
  return (
    <section class="lesson-section" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} tabIndex={-1}>
        {t(title)}
      </h2>
      {children}
    </section>
  );
}

/** A paragraph; see Words for its marks and tones. */
export function Para({
  text,
  tones = [],
  kind,
}: {
  readonly text: Text;
  readonly tones?: readonly (Tone | null)[];
  /** The sentence of a lesson; an answer that a figure gives; a remark. */
  readonly kind?: 'point' | 'finding' | 'asked';
}): JSX.Element {
  return (
    <p class={kind}>
      <Words text={text} tones={tones} />
    </p>
  );
}

/** A choice of few, as buttons in a row. */
export function Choice<Word extends string>({
  label,
  options,
  chosen,
  onChoose,
}: {
  readonly label: Text;
  readonly options: readonly (readonly [word: Word, title: Text])[];
  readonly chosen: Word;
  readonly onChoose: (word: Word) => void;
}): JSX.Element {
  const { t } = useSpeech();
  const name = useId();
  return (
    <fieldset class="lesson-choice">
      <legend>{t(label)}</legend>
      <div>
        {options.map(([word, title]) => (
          <label key={word}>
            <input
              type="radio"
              name={name}
              value={word}
              checked={word === chosen}
              onChange={() => onChoose(word)}
            />
            <span>{t(title)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The fields over a figure. */
export function Controls({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <div class="lesson-controls">{children}</div>;
}

/** A figure of a lesson; `first` is the step shown where the address names none. */
export function LessonFigure<F extends Fields>({
  figure,
  of,
  first = 0,
}: {
  readonly figure: Figure;
  readonly of: Experiment<F>;
  readonly first?: number;
}): JSX.Element {
  const { t } = useSpeech();
  const frame = Math.min(of.step ?? first, figure.frames - 1);
  return (
    <>
      {of.wrong !== null && (
        <p class="notice" role="alert">
          {t(of.wrong)}
        </p>
      )}
      <FigureView
        figure={figure}
        frame={frame}
        onFrame={of.go}
        tools={<CopyMenu figure={figure} frame={frame} />}
      />
    </>
  );
}

/** Where to go on: links into the page's other screens and lessons. */
export function Further({
  links,
}: {
  readonly links: readonly (readonly [title: Text, screen: string, parts: readonly string[]])[];
}): JSX.Element {
  const { t } = useSpeech();
  return (
    <nav class="further" aria-label={t(say`Go on`)}>
      <ul>
        {links.map(([title, screen, parts]) => (
          <li key={`${screen}/${parts.join('/')}`}>
            <a href={printAddress({ screen, parts, step: null })}>{t(title)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
