// What stands where a part of the page did not arrive: a sentence, and a button that loads the page anew. The address keeps
// what is shown, so nothing is lost by it; within one page some browsers never ask again for what once failed.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useSpeech } from './language.tsx';

/** The sentence and its button. */
export function Missing({ text }: { readonly text: Text }): JSX.Element {
  const { t } = useSpeech();
  return (
    <div class="notice" role="alert">
      {t(text)}{' '}
      <button type="button" onClick={() => location.reload()}>
        {t(say`Reload the page`)}
      </button>
    </div>
  );
}
