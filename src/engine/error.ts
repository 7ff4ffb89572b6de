// What goes wrong when a plan is about to run: too much memory, operands that do not suit the geometry.

import type { Text } from '../words/index.ts';

/** memory: the result or the workspace would not fit   operand: numbers are missing or too few */
export type EngineErrorCode = 'memory' | 'operand';

/** A run refused before anything was allocated, with its problem string. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  /** The message, its values apart for translation. */
  readonly sentence: Text;

  constructor(code: EngineErrorCode, message: Text) {
    super(String(message));
    this.sentence = message;
    this.code = code;
  }
}
