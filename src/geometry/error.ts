// What goes wrong with integers: a geometry that cannot exist. One class, with fields a program can read.

/** The kinds of geometry errors. */
export type GeometryErrorCode = 'integer' | 'range' | 'channels' | 'rank' | 'notation' | 'unsupported';

/**
 * A geometry that cannot exist, or a question it has no answer to.
 * `axis` counts from 0 and is absent when the error concerns no single axis.
 */
export class GeometryError extends Error {
  override readonly name = 'GeometryError';
  readonly code: GeometryErrorCode;
  readonly axis: number | undefined;
  readonly expected: string;
  readonly received: string;

  constructor(
    code: GeometryErrorCode,
    fields: { what: string; expected: string; received: unknown; axis?: number },
  ) {
    const where = fields.axis === undefined ? '' : ` on axis ${fields.axis}`;
    const received = String(fields.received).slice(0, 120);
    super(`${fields.what}${where}: expected ${fields.expected}, received ${received}`);
    this.code = code;
    this.axis = fields.axis;
    this.expected = fields.expected;
    this.received = received;
  }
}
