// The language a command answers in: English, or Chinese where --lang or the locale says so. Chinese words are loaded only
// then; what has no Chinese stays English.
//
//   --lang zh|en   >   LC_ALL   >   LC_MESSAGES   >   LANG          zh_CN.UTF-8 is Chinese, everything else English

import { english, type Words } from '../src/explain/index.ts';
import { type Catalogue, say, type Text, translate } from '../src/words/index.ts';
import { Failure, INVALID } from './failure.ts';

/** How things are said. */
export interface Language {
  /** The language's tag: en, zh. */
  readonly tag: string;
  /** Its sentences by the English ones, for what translates by itself. */
  readonly catalogue: Catalogue;
  /** The sentences of an explanation. */
  readonly words: Words;
  /** A text in this language. */
  translate(text: Text): string;
  /** A sentence in this language, written in English: say`wrote ${path}`. */
  say(...sentence: Parameters<typeof say>): string;
}

/** The language padwise is written in. */
export const ENGLISH: Language = spoken('en', english, {});

/** The option every command has. */
export const languageOption = {
  lang: {
    type: 'string',
    description: "language of the answers: en, zh (the terminal's)",
    valueHint: 'NAME',
  },
} as const;

/** The words of a command line without --lang, and what it asks for. */
export interface Asked {
  readonly argv: readonly string[];
  /** undefined without --lang, null where its value is missing. */
  readonly name: string | null | undefined;
}

/** Takes --lang NAME or --lang=NAME out of a command line, wherever it stands before --; the last one counts. */
export function takeLanguage(argv: readonly string[]): Asked {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const rest: string[] = [];
  let name: string | null | undefined;
  for (let i = 0; i < end; i++) {
    const word = argv[i] as string;
    if (word === '--lang') name = ++i < end ? (argv[i] as string) : null;
    else if (word.startsWith('--lang=')) name = word.slice('--lang='.length);
    else rest.push(word);
  }
  return { argv: [...rest, ...argv.slice(end)], name };
}

/** The language of a locale such as zh_CN.UTF-8. */
export async function languageOf(locale: string): Promise<Language> {
  if (!/^zh(?![a-z])/i.test(locale)) return ENGLISH;
  const { catalogue, words } = await import('./chinese/index.ts');
  return spoken('zh', words, catalogue);
}

/** Refuses what --lang does not know. @throws Failure 2 */
export function checkLanguage(name: string | null | undefined): void {
  const hint = say`Known: ${'en, zh'}.`;
  if (name === null || name === '') throw new Failure(INVALID, say`${'--lang'} needs a value`, hint);
  if (name !== undefined && !/^(?:en|zh)(?![a-z])/i.test(name))
    throw new Failure(INVALID, say`padwise does not speak ${name.slice(0, 40)}`, hint);
}

function spoken(tag: string, words: Words, catalogue: Catalogue): Language {
  const said = (text: Text) => translate(text, catalogue);
  return { tag, catalogue, words, translate: said, say: (...sentence) => said(say(...sentence)) };
}
