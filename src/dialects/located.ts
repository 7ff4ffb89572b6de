// Where in pasted code a reader's sentence points: at the argument that it names first, or else at the call.

import { say } from '../words/index.ts';
import type { Dialect, Value } from './dialect.ts';
import { DialectError } from './error.ts';
import type { PastedCall } from './python.ts';
import { bound, find } from './resolve.ts';
import { isTensor } from './signature.ts';

/** The error at the argument that its sentence names first, or else at the call. */
export function located(error: DialectError, call: PastedCall, dialects: readonly Dialect[]): DialectError {
  const named = error.code === 'unknown' ? undefined : namedArgument(error.message, call, dialects);
  const value = named?.value ?? null;
  const variable =
    error.code === 'argument' && error.hint === undefined && isTensor(value) && /^[\w.]+$/.test(value.tensor);
  const sentence = variable
    ? say`${error.sentence}; ${value.tensor} is a variable, and variables are not evaluated`
    : error.sentence;
  return new DialectError(error.code, sentence, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    offset: named?.offset ?? call.offset,
  });
}

/** The reader that took the arguments, or the first of its name. */
function readerOf(call: PastedCall, dialects: readonly Dialect[]) {
  try {
    return bound(dialects, call).found.reader;
  } catch {
    return find(dialects, call.path).reader;
  }
}

function namedArgument(message: string, call: PastedCall, dialects: readonly Dialect[]) {
  const names = readerOf(call, dialects)
    .signature.replace(/\([^)]*\)/g, '')
    .split(',')
    .map((part) => part.trim().split('=', 1)[0] as string);
  const positional = names.includes('*') ? names.slice(0, names.indexOf('*')) : names;
  const values = new Map<string, { value: Value; offset: number | undefined }>();
  // An argument too many has no name: it is the one when the sentence names none.
  for (const [index, value] of call.args.entries())
    values.set(positional[index] ?? '', { value, offset: call.offsets.get(index) });
  for (const [name, value] of Object.entries(call.keywords))
    values.set(name, { value, offset: call.offsets.get(name) });
  const words = message.slice(message.indexOf(': ') + 1).match(/\w+/g) ?? [];
  return values.get(words.find((word) => values.has(word)) ?? '');
}
