// A number with a button on either side. What is typed counts as soon as it is a number within the bounds; until then the
// last good one goes on working and a sentence beside the field says what is wrong.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { type Tone, useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';

/** What a {@link Stepper} takes. */
export interface StepperProps {
  readonly label: Text;
  readonly value: number;
  readonly onChange: (value: number, how: How) => void;
  /** 0 to 2^31 - 1 unless said. */
  readonly min?: number;
  readonly max?: number;
  /** What it counts, for its colour. */
  readonly tone?: Tone;
  /** What is wrong with it besides its bounds. */
  readonly wrong?: Text | null;
  /** Whether the label is for screen readers only. */
  readonly quiet?: boolean;
  /** What is seen of the label, where the field's surroundings say the rest. */
  readonly short?: Text;
  readonly disabled?: boolean;
}

/** A whole number to type or to step. */
export function Stepper({
  label,
  value,
  onChange,
  min = 0,
  max = 2 ** 31 - 1,
  tone,
  wrong = null,
  quiet,
  short,
  disabled = false,
}: StepperProps): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const problem = (typed === null ? null : wrongNumber(typed, min, max)) ?? wrong;
  const step = (by: number) => {
    setTyped(null);
    onChange(Math.min(max, Math.max(min, value + by)), 'push');
  };
  return (
    <div class={`stepper ${tone ?? ''}`} data-wrong={problem === null ? undefined : ''}>
      <label for={id} class={quiet ? 'unseen' : undefined}>
        {short === undefined ? (
          t(label)
        ) : (
          <>
            <span aria-hidden="true">{t(short)}</span>
            <span class="unseen">{t(label)}</span>
          </>
        )}
      </label>
      <div class="stepper-box">
        <button
          type="button"
          disabled={disabled || value <= min}
          onClick={() => step(-1)}
          aria-label={t(say`${label}: one less`)}
        >
          −
        </button>
        <input
          id={id}
          type="text"
          inputMode={min < 0 ? 'text' : 'numeric'}
          autoComplete="off"
          disabled={disabled}
          value={typed ?? String(value)}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-wrong`}
          onInput={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            if (wrongNumber(text, min, max) === null) onChange(Number(text), 'merge');
          }}
          onKeyDown={(event) => {
            const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            step(by);
          }}
          onBlur={() => setTyped(null)}
        />
        <button
          type="button"
          disabled={disabled || value >= max}
          onClick={() => step(1)}
          aria-label={t(say`${label}: one more`)}
        >
          +
        </button>
      </div>
      {problem !== null && (
        <p class="wrong" id={`${id}-wrong`} role="status">
          {t(problem)}
        </p>
      )}
    </div>
  );
}

function wrongNumber(text: string, min: number, max: number): Text | null {
  const number = /^\s*[-+]?\d{1,15}\s*$/.test(text) ? Number(text) : null;
  if (number === null) return say`A whole number is needed here.`;
  return number < min || number > max ? say`From ${min} to ${max}.` : null;
}
