// What goes wrong with integers: a geometry that cannot exist. One class, with fields a program can read.

import { say, type Text } from '../words/index.ts';

/** The kinds of geometry errors. */
export type GeometryErrorCode = 'integer' | 'range' | 'channels' | 'rank' | 'notation' | 'unsupported';

/**
 * A geometry that cannot exist, or a question it has no answer to.
 * `axis` counts from 0 and is absent when the error concerns no single axis.
 */
export class GeometryError extends Error {
  override readonly name = 'GeometryError';
  readonly code: GeometryErrorCode;
  /** The message, its values apart for translation. */
  readonly sentence: Text;
  readonly axis: number | undefined;
  readonly expected: string;
  readonly received: string;

  constructor(
    code: GeometryErrorCode,
    fields: { what: string; expected: Text; received: unknown; axis?: number },
  ) {
    const { what, axis, expected } = fields;
    const received = String(fields.received).slice(0, 120);
    const sentence =
      axis === undefined
        ? say`${what}: expected ${expected}, received ${received}`
        : say`${what} on axis ${axis}: expected ${expected}, received ${received}`;
    super(String(sentence));
    this.sentence = sentence;
    this.code = code;
    this.axis = axis;
    this.expected = String(expected);
    this.received = received;
  }
}
