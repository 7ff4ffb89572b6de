// How a command fails: one line and a hint on standard error, and an exit code.
//
//   0 same, done   1 differs   2 invalid or impossible   3 a file it cannot read

import { DialectError } from '../src/dialects/index.ts';
import { GeometryError } from '../src/geometry/index.ts';
import { EngineError, NpyError, TensorError } from '../src/index.ts';
import type { Text } from '../src/words/index.ts';

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

/** What a failed command prints, and the code it exits with. */
export function report(error: unknown): { text: string; exit: number } {
  if (error instanceof Failure) return { text: lines(error.message, error.hint), exit: error.exit };
  if (error instanceof DialectError) return { text: lines(error.message, error.hint), exit: INVALID };
  if (error instanceof NpyError) return { text: lines(error.message), exit: UNREADABLE };
  const known = [GeometryError, TensorError, EngineError].some((kind) => error instanceof kind);
  if (known) return { text: lines((error as Error).message), exit: INVALID };
  const message = error instanceof Error ? error.message : String(error);
  if (process.env.PADWISE_DEBUG && error instanceof Error) return { text: `${error.stack}\n`, exit: INVALID };
  const hint = 'This is a bug in padwise. PADWISE_DEBUG=1 shows where; please report it with the command.';
  return { text: lines(`internal error: ${message.split('\n')[0]?.slice(0, 200)}`, hint), exit: INVALID };
}

function lines(message: Text, hint?: Text): string {
  return `padwise: ${message}\n${hint === undefined ? '' : `hint: ${hint}\n`}`;
}
