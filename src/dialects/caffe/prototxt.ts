// The text format of protocol buffers, in which Caffe's models are written: fields of a name and a value, where a value may
// be fields in braces again. A field that stands several times is repeated.
//
//   name: "LeNet"   layer { type: "Pooling" pooling_param { pool: MAX kernel_size: 2 } }   dim: [1, 3, 224, 224]   # comment
//
// Source: Protocol Buffers, Text Format Language Specification.

import { say } from '../../words/index.ts';
import { codeError } from '../paste.ts';

/** Fields in braces, in the order of the text. */
export interface Message {
  readonly fields: readonly Field[];
}

/** A field: a quoted text or a bare word, a number, true or false, or fields in braces. */
export interface Field {
  readonly name: string;
  readonly value: string | number | boolean | Message;
  /** Where the name stands in the text, and where the value ends. */
  readonly from: number;
  readonly to: number;
}

const LONGEST = 1_000_000;
const DEEPEST = 16;
const MOST_FIELDS = 100_000;

const TOKEN =
  /(?:\s|#[^\n]*(?:\n|$))*(?:([A-Za-z_][\w.]*)|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?f?)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|([{}<>[\]:;,]))/y;

interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'sign' | 'end';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The fields of a text of at most a million characters, in braces at most 16 deep.
 * @throws DialectError 'code', with offset, where it is no text format
 */
export function parsePrototxt(code: string): Message {
  if (code.length > LONGEST)
    throw codeError(
      code,
      LONGEST,
      say`expected at most ${LONGEST} characters of code, received ${code.length}`,
    );
  const reading = { code, at: 0, count: 0 };
  const message = fields(reading, '', 0);
  return message;
}

interface Reading {
  readonly code: string;
  at: number;
  count: number;
}

/** The next token, passed over unless `peek`. */
function next(reading: Reading, peek = false): Token {
  const { code } = reading;
  TOKEN.lastIndex = reading.at;
  const found = TOKEN.exec(code);
  if (found === null) {
    const rest = /(?:\s|#[^\n]*)*/y;
    rest.lastIndex = reading.at;
    const from = reading.at + (rest.exec(code)?.[0].length ?? 0);
    if (from >= code.length) return { kind: 'end', text: '', from: code.length, to: code.length };
    const quote = /["']/.test(code[from] as string);
    throw codeError(code, from, quote ? 'this quote is never closed' : 'expected a field such as stride: 2');
  }
  const [, word, number, text, sign] = found;
  const to = TOKEN.lastIndex;
  const own = (word ?? number ?? text ?? sign) as string;
  const kind =
    word !== undefined ? 'word' : number !== undefined ? 'number' : text !== undefined ? 'text' : 'sign';
  if (!peek) reading.at = to;
  return { kind, text: own, from: to - own.length, to };
}

/** Fields up to the sign that closes them; '' stands for the end of the text. */
function fields(reading: Reading, closer: string, depth: number): Message {
  const { code } = reading;
  if (depth > DEEPEST) throw codeError(code, reading.at, say`expected braces at most ${DEEPEST} deep`);
  const list: Field[] = [];
  for (;;) {
    const token = next(reading);
    if (token.kind === 'end') {
      if (closer === '') return { fields: list };
      throw codeError(code, token.from, say`expected ${closer} before the end`);
    }
    if (token.kind === 'sign' && token.text === closer) return { fields: list };
    if (token.kind === 'sign' && /[;,]/.test(token.text) && list.length > 0) continue;
    if (token.kind !== 'word')
      throw codeError(code, token.from, say`expected a field such as stride: 2, received ${token.text}`);
    if (++reading.count > MOST_FIELDS)
      throw codeError(code, token.from, say`expected at most ${MOST_FIELDS} fields`);
    list.push(...field(reading, token, depth));
  }
}

/** A field, or several for a list in brackets. */
function field(reading: Reading, { text: name, from }: Token, depth: number): Field[] {
  const colon = next(reading, true);
  const given = colon.text === ':' && colon.kind === 'sign';
  if (given) next(reading);
  const value = next(reading);
  const one = (token: Token): Field => ({
    name,
    value: scalar(reading, token, depth, given),
    from,
    to: reading.at,
  });
  if (value.text !== '[' || value.kind !== 'sign' || !given) return [one(value)];
  const list: Field[] = [];
  for (let token = next(reading); token.text !== ']'; token = next(reading)) {
    if (token.text === ',' && token.kind === 'sign') continue;
    if (++reading.count > MOST_FIELDS)
      throw codeError(reading.code, token.from, say`expected at most ${MOST_FIELDS} fields`);
    list.push(one(token));
  }
  return list;
}

function scalar(reading: Reading, token: Token, depth: number, colon: boolean): Field['value'] {
  if (token.kind === 'sign' && token.text === '{') return fields(reading, '}', depth + 1);
  if (token.kind === 'sign' && token.text === '<') return fields(reading, '>', depth + 1);
  if (!colon) throw codeError(reading.code, token.from, 'expected a colon and a value, or fields in braces');
  if (token.kind === 'number') return Number(token.text.replace(/f$/, ''));
  if (token.kind === 'text') return token.text.slice(1, -1).replace(/\\(.)/g, '$1');
  if (token.kind !== 'word') throw codeError(reading.code, token.from, 'expected a value');
  return token.text === 'true' || (token.text === 'false' ? false : token.text);
}

/** The last field of a name, as a field that stands twice where one is meant is read; undefined where there is none. */
export function lastOf(of: Message, name: string): Field | undefined {
  return of.fields.findLast((field) => field.name === name);
}

/** The fields in braces of a name, in turn. */
export function messagesOf(
  of: Message,
  name: string,
): { readonly field: Field; readonly message: Message }[] {
  return of.fields.flatMap((field) =>
    field.name === name && typeof field.value === 'object' ? [{ field, message: field.value }] : [],
  );
}
