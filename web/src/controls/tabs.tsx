// Tabs as the ARIA practices describe them: arrows choose, Tab leaves.

import type { Text } from 'padwise/words';
import type { ComponentChildren, JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { useSpeech } from '../language.tsx';

/** One tab. */
export interface Tab {
  readonly name: string;
  readonly title: Text;
}

/** What {@link Tabs} takes. */
export interface TabsProps {
  readonly label: Text;
  readonly tabs: readonly Tab[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
  /** The panel of the chosen tab. */
  readonly children: ComponentChildren;
}

/** A row of tabs over the panel of the chosen one. */
export function Tabs({ label, tabs, chosen, onChoose, children }: TabsProps): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ name }) => name === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length] as Tab;
    onChoose(tab.name);
    row.current?.querySelector<HTMLElement>(`[data-name="${tab.name}"]`)?.focus();
  };
  return (
    <div class="tabs">
      <div role="tablist" aria-label={t(label)} ref={row} onKeyDown={move}>
        {tabs.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            data-name={name}
            aria-selected={name === chosen}
            aria-controls={`${id}-panel`}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => onChoose(name)}
          >
            {t(title)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
        {children}
      </div>
    </div>
  );
}
