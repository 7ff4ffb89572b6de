// One question: a field, its verdict at once, a hint behind a disclosure.

import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { useSpeech, Words } from '../language.tsx';
import { judge } from './answers.ts';
import type { Question } from './questions.ts';

/** What an {@link Ask} takes. */
export interface AskProps {
  readonly question: Question;
  readonly answer: string;
  readonly onAnswer: (answer: string) => void;
}

/** A question with its field. */
export function Ask({ question, answer, onAnswer }: AskProps): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  const { state, words } = judge(answer, question.expected());
  return (
    <div class="ask" data-state={state}>
      <label for={id}>
        <Words text={question.ask} />
      </label>
      <div class="ask-row">
        <input
          id={id}
          type="text"
          autoComplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={200}
          value={answer}
          aria-invalid={state === 'wrong'}
          aria-describedby={`${id}-verdict`}
          onInput={(event) => onAnswer(event.currentTarget.value)}
        />
        <span class="verdict" id={`${id}-verdict`} role="status">
          {state === 'right' && (
            <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
              <path d="M4 13l5 5L20 6" fill="none" stroke="currentColor" stroke-width="3" />
            </svg>
          )}
          {t(words)}
        </span>
      </div>
      <details class="hint">
        <summary>{t(say`A hint`)}</summary>
        <p>
          <Words text={question.hint} />
        </p>
      </details>
    </div>
  );
}
