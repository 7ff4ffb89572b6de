// The page around the screens: name, navigation, language, theme, the list of keys, and what a link did not say well.

import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { printAddress } from './address.ts';
import { type Choice, useAppearance } from './appearance.tsx';
import { Boundary } from './boundary.tsx';
import { KeyList } from './keys.tsx';
import { useSpeech } from './language.tsx';
import { Missing } from './missing.tsx';
import { type How, type Screen, type ScreenProps, screens } from './screens.tsx';
import { useVisit } from './visit.ts';

type Component = (props: ScreenProps) => JSX.Element;

/** A screen that is already here when the page is first drawn. */
export interface Ready {
  readonly name: string;
  readonly component: Component;
}

/** The whole page; `ready` is the screen of its address. */
export function App({ ready }: { readonly ready: Ready | null }): JSX.Element {
  const { t } = useSpeech();
  const visit = useVisit();
  const { screen: name, parts, step, wrong, go: move } = visit;
  const main = useRef<HTMLElement>(null);
  const [keys, setKeys] = useState(false);
  useKey('?', () => setKeys(true));
  const shown = screens.find((one) => one.name === name) as Screen;
  const go = useCallback(
    (parts: readonly string[], how: How = 'push', step: number | null = null) =>
      move({ screen: name, parts, step }, how),
    [name, move],
  );
  useEffect(() => {
    document.title = `${t(shown.title)} · padwise`;
  }, [shown, t]);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t(say`Skip to the content`)}
      </button>
      <header class="top">
        <a class="name" href={printAddress({ screen: 'lab', parts: [], step: null })}>
          padwise
        </a>
        <nav aria-label={t(say`Screens`)}>
          {screens.map((one) => (
            <a
              key={one.name}
              href={printAddress({ screen: one.name, parts: [], step: null })}
              aria-current={one.name === name ? 'page' : undefined}
            >
              {t(one.title)}
            </a>
          ))}
        </nav>
        <div class="settings">
          <LanguageSwitch />
          <ThemeSwitch />
          <button
            type="button"
            class="icon"
            onClick={() => setKeys(true)}
            aria-label={t(say`Keys`)}
            title={t(say`Keys`)}
          >
            ?
          </button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} class={`screen ${name}`}>
        {wrong !== null && (
          <p class="notice" role="alert">
            {t(wrong)}
          </p>
        )}
        <Loaded
          key={name}
          of={shown}
          ready={ready?.name === name ? ready.component : null}
          props={{ parts, step, go }}
        />
      </main>
      <footer class="bottom">
        <p>{t(say`Figures are yours to use: CC0.`)}</p>
      </footer>
      {keys && <KeyList onClose={() => setKeys(false)} />}
    </>
  );
}

function Loaded({
  of,
  ready,
  props,
}: {
  readonly of: Screen;
  readonly ready: Component | null;
  readonly props: ScreenProps;
}): JSX.Element {
  const { t } = useSpeech();
  const [Shown, setShown] = useState<{ component: Component } | 'missing' | null>(
    ready && { component: ready },
  );
  useEffect(() => {
    if (ready === null)
      of.load().then(
        ({ screen }) => setShown({ component: screen }),
        () => setShown('missing'),
      );
  }, [of, ready]);
  if (Shown === null) return <p class="quiet">{t(say`Loading …`)}</p>;
  if (Shown === 'missing') return <Missing text={say`This screen could not be loaded.`} />;
  return (
    <Boundary
      of={props.parts}
      otherwise={
        <p class="notice" role="alert">
          {t(say`Something went wrong with what this link asks for.`)}{' '}
          <a href={printAddress({ screen: of.name, parts: [], step: null })}>{t(say`Begin anew`)}</a>
        </p>
      }
    >
      <Shown.component {...props} />
    </Boundary>
  );
}

function LanguageSwitch(): JSX.Element {
  const { t, language, choose } = useSpeech();
  const [missing, setMissing] = useState(false);
  const [other, words, tag] =
    language === 'en' ? (['zh', '中文', 'zh-CN'] as const) : (['en', 'English', 'en'] as const);
  return (
    <>
      <button
        type="button"
        lang={tag}
        class="plain"
        onClick={() => choose(other).then((found) => setMissing(!found))}
      >
        {words}
      </button>
      {missing && (
        <span class="wrong" role="alert">
          {t(say`Chinese could not be loaded.`)}
        </span>
      )}
    </>
  );
}

function ThemeSwitch(): JSX.Element {
  const { t } = useSpeech();
  const { choice, choose } = useAppearance();
  const select = useRef<HTMLSelectElement>(null);
  // The build drew the system's (still-build.ts), and what is taken over keeps its properties.
  useLayoutEffect(() => {
    (select.current as HTMLSelectElement).value = choice;
  }, [choice]);
  return (
    <select
      ref={select}
      class="plain"
      aria-label={t(say`Theme`)}
      value={choice}
      onChange={(event) => choose(event.currentTarget.value as Choice)}
    >
      <option value="system">{t(say`System`)}</option>
      <option value="light">{t(say`Light`)}</option>
      <option value="dark">{t(say`Dark`)}</option>
    </select>
  );
}

/** A key pressed anywhere but in a field. */
function useKey(key: string, pressed: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const field = (event.target as Element).closest?.('input, textarea, select, [contenteditable]');
      if (event.key === key && !field && !event.ctrlKey && !event.metaKey) pressed();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  });
}
