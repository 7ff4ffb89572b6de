// What the element says by itself, in English and Chinese. The figure's own sentences are in the library's catalogues.

import { type Catalogue, type Text, translate } from 'padwise/words';
import { chinese } from 'padwise/words/chinese';
import { element } from './chinese/element.ts';
import { player } from './chinese/player.ts';

/** The languages of the element. */
export type Language = 'en' | 'zh';

const zh: Catalogue = { ...chinese, ...player, ...element };

/** The language of a tag: Chinese for zh and its kinds, else English. */
export function languageOf(tag: string): Language {
  return /^zh\b/i.test(tag) ? 'zh' : 'en';
}

/** What says a sentence in a language. */
export function speaker(language: Language): (text: Text) => string {
  return language === 'en' ? String : (text) => translate(text, zh);
}
