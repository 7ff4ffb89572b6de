// What the element says by itself, in English and Chinese. The figure's own sentences are in the library's catalogues.

import { type Catalogue, type Text, translate } from 'padwise/words';
import { chinese } from 'padwise/words/chinese';
import { element } from './chinese-element.ts';

/** The languages of the element. */
export type Language = 'en' | 'zh';

/** As the playground's figures say it; their catalogue holds the whole page. */
const bar: Catalogue = {
  Steps: '步骤',
  play: '播放',
  pause: '暂停',
  'a step back': '后退一步',
  'a step forward': '前进一步',
  'step {0} of {1}': '第 {0} 步，共 {1} 步',
};
const zh: Catalogue = { ...chinese, ...bar, ...element };

/** The language of a tag: Chinese for zh and its kinds, else English. */
export function languageOf(tag: string): Language {
  return /^zh\b/i.test(tag) ? 'zh' : 'en';
}

/** What says a sentence in a language. */
export function speaker(language: Language): (text: Text) => string {
  return language === 'en' ? String : (text) => translate(text, zh);
}
