// What goes wrong when a plan is about to run: too much memory, operands that do not suit the geometry.

/** memory: the result or the workspace would not fit   operand: numbers are missing or too few */
export type EngineErrorCode = 'memory' | 'operand';

/** A run refused before anything was allocated, with its problem string. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
