// Light or dark: as the system says, or as the reader chose. The colours are those of the figures (padwise/draw), set as
// variables of the page, so that a number in a sentence has the colour of what it counts in the figure.

import { dark, light, type Theme } from 'padwise/draw';
import { type ComponentChildren, createContext, type JSX } from 'preact';
import { useContext, useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { remember, remembered } from './remembered.ts';

/** What a reader can choose. */
export type Choice = 'system' | 'light' | 'dark';

/** The theme in use and what was chosen. */
export interface Appearance {
  readonly theme: Theme;
  readonly choice: Choice;
  /** Whether the reader asks for less motion: nothing plays by itself. */
  readonly calm: boolean;
  readonly choose: (choice: Choice) => void;
}

const Context = createContext<Appearance>({ theme: light, choice: 'system', calm: false, choose: () => {} });

/** Gives its children a theme. */
export function Appearing({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [choice, setChoice] = useState<Choice>(
    () => remembered('theme', ['light', 'dark'] as const) ?? 'system',
  );
  const darkSystem = useMedia('(prefers-color-scheme: dark)');
  const calm = useMedia('(prefers-reduced-motion: reduce)');
  const theme = choice === 'dark' || (choice === 'system' && darkSystem) ? dark : light;
  useLayoutEffect(() => choose(theme), [theme]);
  // Figures and what is said about them use these; the first view does not wait for them.
  useEffect(() => paint(theme), [theme]);
  const appearance = useMemo<Appearance>(
    () => ({
      theme,
      choice,
      calm,
      choose: (chosen) => {
        remember('theme', chosen === 'system' ? null : chosen);
        setChoice(chosen);
      },
    }),
    [theme, choice, calm],
  );
  return <Context.Provider value={appearance}>{children}</Context.Provider>;
}

/** The theme in use. */
export function useAppearance(): Appearance {
  return useContext(Context);
}

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const list = useMemo(() => matchMedia(query), [query]);
  const [holds, setHolds] = useState(list.matches);
  useEffect(() => {
    const changed = () => setHolds(list.matches);
    changed();
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [list]);
  return holds;
}

/** What base.css says of a theme counts. */
function choose({ name }: Theme): void {
  const { dataset } = document.documentElement;
  if (dataset.theme !== name) dataset.theme = name;
}

function paint(theme: Theme): void {
  const { style } = document.documentElement;
  for (const [role, colours] of Object.entries(theme.roles))
    for (const [part, colour] of Object.entries(colours)) style.setProperty(`--${role}-${part}`, colour);
}
