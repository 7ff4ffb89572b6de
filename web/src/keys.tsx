// The list of keys, as a dialog.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSpeech } from './language.tsx';

const KEYS: readonly (readonly [keys: readonly Text[], does: Text])[] = [
  [[say`Space`], say`plays and pauses`],
  [[',', '.'], say`a step back, a step forward`],
  [['←', '→', '↑', '↓'], say`move the window`],
  [['Home', 'End'], say`the first step, the last step`],
  [['Enter'], say`keeps the step while you point elsewhere`],
  [['?'], say`opens this list`],
];

/** What the keys do on a figure. */
export function KeyList({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">{t(say`Keys`)}</h2>
      <p class="quiet">{t(say`Choose a figure with Tab or a click, then:`)}</p>
      <dl>
        {KEYS.map(([keys, does]) => (
          <div key={t(does)}>
            <dt>
              {keys.map((key) => (
                <kbd key={t(key)}>{t(key)}</kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">{t(say`Close`)}</button>
      </form>
    </dialog>
  );
}
