// The page's language. Every sentence is made with say and turned into words where it is shown, so that a switch of the
// language changes the page at once. Chinese is loaded when it is first wanted; what the first view says of it comes before the rest.

import { type Catalogue, Sentence, type Text, translate } from 'padwise/words';
import { type ComponentChildren, createContext, type JSX } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { remember, remembered } from './remembered.ts';

/** The languages of the page, as their tags. */
export type Language = 'en' | 'zh';

/** The language in use, and what speaks it. */
export interface Speech {
  readonly language: Language;
  readonly catalogue: Catalogue;
  /** A sentence in this language. */
  readonly t: (text: Text) => string;
  /** Speaks another language from now on; false where it could not be loaded. */
  readonly choose: (language: Language) => Promise<boolean>;
}

const LANGUAGES: readonly Language[] = ['en', 'zh'];
const English: Speech = { language: 'en', catalogue: {}, t: String, choose: async () => false };
const Context = createContext<Speech>(English);

/** The language the reader chose before, or the browser's. */
export function firstLanguage(): Language {
  return (
    remembered('language', LANGUAGES) ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en')
  );
}

/** The sentences of the first view in a language. */
export async function openingOf(language: Language): Promise<Catalogue> {
  return language === 'en' ? {} : (await import('./chinese/opening.ts')).opening;
}

/** All sentences of the page and the library in a language. */
export async function catalogueOf(language: Language): Promise<Catalogue> {
  if (language === 'en') return {};
  const [library, page] = await Promise.all([import('padwise/words/chinese'), import('./chinese/index.ts')]);
  return { ...library.chinese, ...page.chinese };
}

/** Gives its children a language to speak; what `first` does not say yet is fetched after it has been drawn. */
export function Speaking({
  first,
  children,
}: {
  readonly first: Pick<Speech, 'language' | 'catalogue'>;
  readonly children: ComponentChildren;
}): JSX.Element {
  const [spoken, setSpoken] = useState(first);
  const speech = useMemo<Speech>(
    () => ({
      ...spoken,
      t: (text) => translate(text, spoken.catalogue),
      choose: async (language) => {
        const catalogue = await catalogueOf(language).catch(() => null);
        if (catalogue === null) return false;
        remember('language', language);
        setSpoken({ language, catalogue });
        return true;
      },
    }),
    [spoken],
  );
  useEffect(() => {
    const whole = (catalogue: Catalogue) => setSpoken((now) => (now === first ? { ...now, catalogue } : now));
    if (first.language !== 'en') catalogueOf(first.language).then(whole, () => {});
  }, [first]);
  useEffect(() => {
    document.documentElement.lang = spoken.language === 'zh' ? 'zh-CN' : 'en';
  }, [spoken]);
  return <Context.Provider value={speech}>{children}</Context.Provider>;
}

/** The language in use. */
export function useSpeech(): Speech {
  return useContext(Context);
}

/** What a value of a sentence stands for; its colour is the same in fields, formulas and figures. */
export type Tone = 'size' | 'pad' | 'kernel' | 'stride' | 'dilation' | 'output';

/**
 * A sentence with its values coloured by what they stand for, in the order of the template's values: {0}, {1}. `code`
 * between backticks is set as code, and **words** between two stars stand out; nothing else is markup.
 */
export function Words({
  text,
  tones = [],
}: {
  readonly text: Text;
  readonly tones?: readonly (Tone | null)[];
}): JSX.Element {
  const { t } = useSpeech();
  return <>{marked(t(toned(text, tones, t)))}</>;
}

/** The sentence with each toned value as {tone|value}: braces, so that Chinese keeps its spaces around it. */
function toned(text: Text, tones: readonly (Tone | null)[], t: (text: Text) => string): Text {
  if (typeof text === 'string' || tones.length === 0) return text;
  const values = text.values.map((value, i) => {
    const tone = tones[i];
    return tone == null ? value : `{${tone}|${t(typeof value === 'number' ? String(value) : value)}}`;
  });
  return new Sentence(text.template, values);
}

function marked(text: string): ComponentChildren {
  return text.split(/(\{[a-z]+\|[^{}]*\}|`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    const value = /^\{([a-z]+)\|(.*)\}$/.exec(part);
    if (value !== null) return <b class={`tone ${value[1]}`}>{value[2]}</b>;
    if (/^`.+`$/.test(part)) return <code>{part.slice(1, -1)}</code>;
    if (/^\*\*.+\*\*$/.test(part)) return <strong>{marked(part.slice(2, -2).trim())}</strong>;
    return part;
  });
}
