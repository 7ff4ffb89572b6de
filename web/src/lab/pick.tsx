// A few choices side by side, one of them pressed.

import type { Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useSpeech } from '../language.tsx';

/** Buttons of which one is pressed. */
export function Pick({
  label,
  names,
  chosen,
  onChoose,
}: {
  readonly label: Text;
  readonly names: readonly Text[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}): JSX.Element {
  const { t } = useSpeech();
  return (
    <fieldset class="pick">
      <legend class="unseen">{t(label)}</legend>
      {names.map((name, i) => (
        <button key={i} type="button" aria-pressed={i === chosen} onClick={() => onChoose(i)}>
          {t(name)}
        </button>
      ))}
    </fieldset>
  );
}
