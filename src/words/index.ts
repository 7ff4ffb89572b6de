// padwise/words: how padwise says things, and in which language.

export { type Catalogue, Sentence, say, type Text, translate } from './sentence.ts';
