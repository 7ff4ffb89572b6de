// padwise/words: how padwise says things, and in which language.

export { type Catalogue, either, Sentence, say, type Text, translate } from './sentence.ts';
