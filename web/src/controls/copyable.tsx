// Code to take away, with a button that copies it and says so.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useSpeech } from '../language.tsx';

/** A block of code with a button that copies it; `label` is what a screen reader calls it. */
export function Copyable({ code, label }: { readonly code: string; readonly label?: Text }): JSX.Element {
  const { t } = useSpeech();
  const [told, tell] = useTold();
  return (
    <div class="copyable">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
      <button
        type="button"
        class="plain"
        aria-label={label === undefined ? undefined : t(say`Copy: ${label}`)}
        onClick={() => tell(copyText(code), say`Copied.`)}
      >
        {t(say`Copy`)}
      </button>
      <span class="told" role="status">
        {told === null ? '' : t(told)}
      </span>
    </div>
  );
}

/** A sentence that tells what came of something, for a few seconds. */
export function useTold(): readonly [Text | null, (done: Promise<unknown>, good: Text) => void] {
  const [told, setTold] = useState<Text | null>(null);
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => setTold(null), 4000);
    return () => clearTimeout(timer);
  }, [told]);
  const tell = (done: Promise<unknown>, good: Text) => {
    done.then(
      () => setTold(good),
      () => setTold(say`The browser did not allow it.`),
    );
  };
  return [told, tell];
}

/** Text into the clipboard; the old way where the new one is not allowed. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    if (!copied) throw error;
  }
}
