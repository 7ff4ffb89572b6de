// How a command fails: one line and a hint on standard error, and an exit code.
//
//   0 same, done   1 differs   2 invalid or impossible   3 a file it cannot read

import { DialectError } from '../src/dialects/index.ts';
import { GeometryError } from '../src/geometry/index.ts';
import { EngineError, NpyError, TensorError } from '../src/index.ts';
import { say, type Text } from '../src/words/index.ts';
import type { Language } from './language.ts';

export const SAME = 0;
export const DIFFERS = 1;
export const INVALID = 2;
export const UNREADABLE = 3;

/** An error of the command line itself. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exit: number;
  /** The message, its values apart for translation. */
  readonly sentence: Text;
  readonly hint: Text | undefined;

  constructor(exit: number, message: Text, hint?: Text) {
    super(String(message));
    this.sentence = message;
    this.exit = exit;
    this.hint = hint;
  }
}

/** What a failed command prints in a language, and the code it exits with. */
export function report(error: unknown, { translate }: Language): { text: string; exit: number } {
  const lines = (message: Text, hint?: Text) =>
    `padwise: ${translate(message)}\n${hint === undefined ? '' : `${translate(say`hint: ${capital(translate(hint))}`)}\n`}`;
  if (error instanceof Failure) return { text: lines(error.sentence, error.hint), exit: error.exit };
  if (error instanceof DialectError) return { text: lines(error.sentence, error.hint), exit: INVALID };
  if (error instanceof NpyError) return { text: lines(error.sentence), exit: UNREADABLE };
  if (error instanceof GeometryError || error instanceof TensorError || error instanceof EngineError)
    return { text: lines(error.sentence), exit: INVALID };
  const message = error instanceof Error ? error.message : String(error);
  if (process.env.PADWISE_DEBUG && error instanceof Error) return { text: `${error.stack}\n`, exit: INVALID };
  const hint = 'This is a bug in padwise. PADWISE_DEBUG=1 shows where; please report it with the command.';
  return { text: lines(say`internal error: ${message.split('\n')[0]?.slice(0, 200)}`, hint), exit: INVALID };
}

/** A hint is a sentence of its own, also where it begins with what --help says in a table. */
function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
