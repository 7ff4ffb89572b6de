// Numbers and windows in few letters: what stands in the cells of a table of layers.

import type { Axis, Geometry } from 'padwise/geometry';

/** Values per axis: one where all are alike, else joined. */
export function perAxis(values: readonly (string | number)[], between = ' × '): string {
  const texts = values.map(String);
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : texts.join(between);
}

/** 35 × 35, which stays on one line. */
export function times(values: readonly (string | number)[]): string {
  return values.join('\u00a0×\u00a0');
}

/** 64 × 56 × 56: a shape without its batch. */
export function shapeWords(shape: readonly number[]): string {
  return times(shape.slice(1));
}

/** k3 s2 d2, what is 1 left out; k3x5 where the axes differ. */
export function windowWords(step: Geometry | undefined): string {
  if (step === undefined || step.operation === 'pad') return '';
  const number = (letter: string, of: (axis: Axis) => number, usual: number) => {
    const values = step.axes.map(of);
    return values.every((value) => value === usual) ? [] : [`${letter}${perAxis(values, 'x')}`];
  };
  return [
    ...number('k', ({ kernel }) => kernel, 0),
    ...number('s', ({ stride }) => stride, 1),
    ...number('s1/', ({ inputDilation }) => inputDilation, 1),
    ...number('d', ({ dilation }) => dilation, 1),
  ].join(' ');
}

/** What a layer pads: 1, 1 of both axes, or 0, 1 / 2, 2; empty where it pads nothing. */
export function padWords(steps: readonly Geometry[]): string {
  const [step] = steps;
  if (step === undefined) return '';
  const sides = step.axes.map(
    ({ before, after, overhang }) => `${before}, ${after}${overhang > 0 ? ` + ${overhang}` : ''}`,
  );
  return perAxis(sides, ' / ');
}

/** 0.5, or 3 digits after the point. */
export function numberWords(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(3)));
}

/** 1,234; 34.9k; 118M; 1.82G: four digits at most where it is long; ? where it was not counted. */
export function countWords(of: number | null): string {
  if (of === null) return '?';
  if (of < 100_000) return of.toLocaleString('en');
  const units = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(of) / 3));
  return `${(of / 1000 ** power).toPrecision(3)}${units[power]}`;
}
