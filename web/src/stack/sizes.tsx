// The input of a stack: its size, which sizes near it are taken, and which are used to the last element, each a button.

import type { Layer } from 'padwise/dialects';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { useSpeech } from '../language.tsx';
import { readSizes } from '../layer.ts';
import type { How } from '../screens.tsx';
import { type Near, type NearSizes, nearSizes } from './reading.ts';

/** What a {@link Sizes} takes. */
export interface SizesProps {
  readonly sizes: readonly number[];
  readonly layers: readonly Layer[] | null;
  readonly onSizes: (sizes: readonly number[], how: How) => void;
  /** What is wrong with the sizes besides their spelling. */
  readonly problem: Text | null;
}

/** The field of the input's size and what stands near it. */
export function Sizes({ sizes, layers, onSizes, problem }: SizesProps): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? sizes : readSizes(typed);
  const wrong = Array.isArray(read) ? problem : (read as Text);
  const near = useNear(layers, sizes);
  const choose = (next: readonly number[]) => {
    setTyped(null);
    onSizes(next, 'push');
  };
  const row = (words: Text, of: Near | undefined) => (
    <div class="stack-near">
      <span>{t(words)}</span>
      {[of?.below, of?.above].map((one, i) => (
        <button key={i} type="button" disabled={!one} onClick={() => one && choose(one)}>
          {one ? `${i === 0 ? '↓ ' : '↑ '}${sizesText(one)}` : '–'}
        </button>
      ))}
    </div>
  );
  return (
    <div class="stack-sizes">
      <div class="stack-size">
        <label for={id}>{t(say`Size of the input`)}</label>
        <input
          id={id}
          type="text"
          autoComplete="off"
          inputMode="text"
          value={typed ?? sizesText(sizes)}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : `${id}-wrong`}
          onInput={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            const next = readSizes(text);
            if (Array.isArray(next)) onSizes(next, 'merge');
          }}
          onBlur={() => setTyped(null)}
        />
      </div>
      {wrong !== null && (
        <p class="wrong" id={`${id}-wrong`} role="status">
          {t(wrong)}
        </p>
      )}
      {row(say`The nearest sizes that work`, near?.legal)}
      {row(say`The nearest that drop nothing`, near?.whole)}
      <p class="quiet">
        {near === undefined
          ? ''
          : t(
              near.isLegal
                ? near.isWhole
                  ? say`${sizesText(sizes)} works, and no layer drops anything of it.`
                  : say`${sizesText(sizes)} works, but a layer drops some of it at the end.`
                : say`${sizesText(sizes)} does not work: a layer refuses it, or nothing is left.`,
            )}
      </p>
    </div>
  );
}

function sizesText(sizes: readonly number[]): string {
  return sizes.every((size) => size === sizes[0]) ? String(sizes[0]) : sizes.join('x');
}

/** Looked for once the page stands: it may take a while. Those last found stay until then. */
function useNear(layers: readonly Layer[] | null, sizes: readonly number[]): NearSizes | undefined {
  const [found, setFound] = useState<NearSizes | undefined>(undefined);
  const key = sizes.join();
  useEffect(() => {
    if (layers === null) return;
    const timer = setTimeout(() => {
      try {
        setFound(nearSizes(layers, key.split(',').map(Number)) ?? undefined);
      } catch {
        // Layers that refuse every size are told of beside their code.
        setFound(undefined);
      }
    }, 60);
    return () => clearTimeout(timer);
  }, [layers, key]);
  return found;
}
