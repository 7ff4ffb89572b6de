// A sentence with its values apart, so that another language can say it with the same values:
//
//   say`stride ${2} needs padding`        'stride {0} needs padding' and [2]        in English: stride 2 needs padding
//
// English stands where the sentence is made; a catalogue holds the other languages by the English template.

/** What stands in a sentence: words, a number, or a sentence of its own. */
export type Text = string | Sentence;

/** English templates and the same sentence in another language, its values as {0}, {1}. */
export type Catalogue = Readonly<Record<string, string>>;

/** A template with {0}, {1} and the values they stand for. Reads as its English everywhere a string is wanted. */
export class Sentence {
  readonly template: string;
  readonly values: readonly (Text | number)[];

  constructor(template: string, values: readonly (Text | number)[]) {
    this.template = template;
    this.values = values;
  }

  /** In English. */
  toString(): string {
    return filled(this.template, this.values.map(String));
  }

  /** JSON holds the English words. */
  toJSON(): string {
    return this.toString();
  }
}

/** A sentence in English, written as it reads; an element that may be missing counts as its text, as in any template. */
export function say(
  parts: TemplateStringsArray,
  ...values: readonly (Text | number | bigint | null | undefined)[]
): Sentence {
  return new Sentence(
    parts.reduce((text, part, i) => `${text}{${i - 1}}${part}`),
    values.map((value) => (value instanceof Sentence || typeof value === 'number' ? value : String(value))),
  );
}

/** The texts as a choice: 'same' or 'valid'. */
export function either(texts: readonly Text[]): Text {
  return texts.reduce((all, one) => say`${all} or ${one}`);
}

/** The text in the language of a catalogue, in English where the catalogue does not have it. */
export function translate(text: Text, catalogue: Catalogue): string {
  if (typeof text === 'string') return entry(catalogue, text);
  const values = text.values.map((value) =>
    value instanceof Sentence || isPhrase(value) ? translate(value, catalogue) : String(value),
  );
  return fitted(entry(catalogue, text.template), values);
}

/** A single word among the values is a name, as people wrote it; what is to be translated has a space or is said. */
function isPhrase(value: string | number): value is string {
  return typeof value === 'string' && value.includes(' ');
}

/** A template filled with values; between Chinese and anything else stands one space, between Chinese none. */
function fitted(template: string, values: readonly string[]): string {
  return template
    .split(/(\{\d+\})/)
    .map((part) => filled(part, values))
    .reduce((left, right) => {
      const [last = '', first = ''] = [/\S(?= *$)/u.exec(left)?.[0], /(?<=^ *)\S/u.exec(right)?.[0]];
      if (!(WIDE.test(last) || WIDE.test(first))) return left + right;
      const apart = (HAN.test(last) && OPENS.test(first)) || (CLOSES.test(last) && HAN.test(first));
      return `${left.replace(/ +$/, '')}${apart ? ' ' : ''}${right.replace(/^ +/, '')}`;
    });
}

const HAN = /\p{Script=Han}/u;
/** Chinese characters and punctuation. */
const WIDE = /[\p{Script=Han}，。：；、？！（）“”‘’《》]/u;
/** What begins and what ends a word, a number or a piece of code. */
const OPENS = /[\w'"`([{<>=+*/$@#~.-]/;
const CLOSES = /[\w'"`)\]}<>=+*/$%.-]/;

function entry(catalogue: Catalogue, template: string): string {
  return Object.hasOwn(catalogue, template) ? (catalogue[template] as string) : template;
}

function filled(template: string, values: readonly string[]): string {
  return template.replace(/\{(\d+)\}/g, (place, index: string) => values[Number(index)] ?? place);
}
