// What goes wrong with words: an argument a framework does not take, a layer it refuses, code that cannot be read.

import type { Text } from '../words/index.ts';

/**
 * argument: not what the function takes   refused: the framework would raise   input: the input's shape does not suit
 * code: the text is no layer   unknown: no such layer or framework   unsayable: the framework has no words for it
 */
export type DialectErrorCode = 'argument' | 'refused' | 'input' | 'code' | 'unknown' | 'unsayable';

/** An error in the caller's words: `torch nn.Conv2d: padding='same' needs stride 1, received stride=2`. */
export class DialectError extends Error {
  override readonly name = 'DialectError';
  readonly code: DialectErrorCode;
  /** The message, its values apart for translation. */
  readonly sentence: Text;
  /** What to do instead, one sentence. */
  readonly hint: Text | undefined;
  /** For code: 0-based offset into the pasted text. */
  readonly offset: number | undefined;

  constructor(code: DialectErrorCode, message: Text, more: { hint?: Text; offset?: number } = {}) {
    super(String(message));
    this.sentence = message;
    this.code = code;
    this.hint = more.hint;
    this.offset = more.offset;
  }
}
