// Examples to begin with, beside each other: one press fills the whole screen in, and the one that stands there is marked.

import type { Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useSpeech } from '../language.tsx';

/** What {@link Examples} takes. */
export interface ExamplesProps<State> {
  readonly examples: readonly { readonly title: Text; readonly state: State }[];
  /** What the screen shows now. */
  readonly state: State;
  /** A state as the parts of an address; equal parts are equal states. */
  readonly print: (state: State) => readonly string[];
  readonly onChoose: (state: State) => void;
}

/** A row of examples. */
export function Examples<State>({ examples, state, print, onChoose }: ExamplesProps<State>): JSX.Element {
  const { t } = useSpeech();
  const now = print(state).join();
  return (
    <div class="examples">
      {examples.map(({ title, state: example }) => (
        <button
          key={String(title)}
          type="button"
          aria-pressed={print(example).join() === now}
          onClick={() => onChoose(example)}
        >
          {t(title)}
        </button>
      ))}
    </div>
  );
}
