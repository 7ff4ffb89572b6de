// Small words of Python that every dialect writes alike.

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
