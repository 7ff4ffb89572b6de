// Small words of Python that every dialect writes alike.

import type { Axis, Fill } from '../geometry/index.ts';

/** What the padded sides of these axes hold; nothing for an axis that is cropped or left alone. */
export function padFills(axes: readonly Axis[]): Set<Fill> {
  return new Set(
    axes.flatMap((one) => [
      ...(one.before > 0 ? [one.fillBefore] : []),
      ...(one.after > 0 ? [one.fillAfter] : []),
    ]),
  );
}

/** One number when all axes agree, else a tuple: 3 or (3, 5). */
export function perAxis(values: readonly number[]): string {
  return values.every((value) => value === values[0]) ? String(values[0]) : tuple(values);
}

/** A tuple: (3,), (3, 5). */
export function tuple(values: readonly (number | string)[]): string {
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`;
}

/** The arguments that are there, joined; undefined ones are left out. */
export function args(...given: readonly (string | number | undefined)[]): string {
  return given.filter((argument) => argument !== undefined).join(', ');
}

/** `name=value` unless the value is the default. */
export function keyword(
  name: string,
  value: string | number,
  fallback?: string | number,
): string | undefined {
  return String(value) === String(fallback) ? undefined : `${name}=${value}`;
}
