// What goes wrong with arrays: numbers that do not fill a shape, a file that is no array.

import { say, type Text } from '../words/index.ts';

/** shape: sizes that cannot be   data: numbers that do not suit the shape */
export type TensorErrorCode = 'shape' | 'data';

/** An array that cannot be made: `tensor: shape 1x3x4x4 holds 48 numbers, received 47`. */
export class TensorError extends Error {
  override readonly name = 'TensorError';
  readonly code: TensorErrorCode;
  /** The message, its values apart for translation. */
  readonly sentence: Text;

  constructor(code: TensorErrorCode, message: Text) {
    super(String(message));
    this.sentence = message;
    this.code = code;
  }
}

/** Bytes that are no .npy file: `npy: expected 48 bytes for the shape 3x4, received 40`. */
export class NpyError extends Error {
  override readonly name = 'NpyError';
  readonly expected: Text;
  /** The message, its values apart for translation. */
  readonly sentence: Text;

  constructor(expected: Text) {
    const sentence = say`npy: expected ${expected}`;
    super(String(sentence));
    this.sentence = sentence;
    this.expected = expected;
  }
}
