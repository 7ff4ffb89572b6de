// What the figures of a lesson show, as parts of the address: the lesson, then one part for every figure that was changed.
//
//   #v1/lessons/padding-and-stride/equal,k5,full/stride,@2
//
// A part is a figure's name, its values and its step, joined by commas: n8 is the number n, full a word. What was touched
// last stands last and is scrolled to. parsePlaces(printPlaces(p)) = p.

import { say, type Text } from 'padwise/words';

/** What one figure shows. */
export interface Place {
  readonly name: string;
  /** As the figure reads them: letters and a number, or a word. */
  readonly values: readonly string[];
  /** null where the figure chooses. */
  readonly step: number | null;
}

/** The least and the most a number may be, and what it is unless said. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** What a figure can be asked: numbers within bounds, and choices, the first of which is the usual one. */
export type Fields = Readonly<Record<string, Bounds | readonly string[]>>;

/** The answers, by the fields' names. */
export type Values<F extends Fields> = {
  readonly [name in keyof F]: F[name] extends readonly (infer Word)[] ? Word : number;
};

const MOST = 12;
const PART = /^[a-z][a-z0-9-]{0,30}(,[a-z]{1,12}\d{0,6})*(,@\d{1,6})?$/;

/** The places of a lesson's parts, and what of them was not understood. */
export function parsePlaces(parts: readonly string[]): {
  readonly places: readonly Place[];
  readonly wrong: Text | null;
} {
  const places: Place[] = [];
  for (const part of parts) {
    if (!PART.test(part) || places.length === MOST)
      return { places, wrong: say`${part.slice(0, 40)} in this link was not understood.` };
    const [name = '', ...values] = part.split(',');
    const step = values.at(-1)?.startsWith('@') ? Number(values.pop()?.slice(1)) : null;
    places.push({ name, values, step });
  }
  return { places, wrong: null };
}

/** The parts of places. */
export function printPlaces(places: readonly Place[]): string[] {
  return places.map(({ name, values, step }) =>
    [name, ...values, ...(step === null ? [] : [`@${step}`])].join(),
  );
}

/** The places with this one changed; it stands last. Of too many the first is forgotten. */
export function changed(places: readonly Place[], place: Place): readonly Place[] {
  return [...places.filter(({ name }) => name !== place.name), place].slice(-MOST);
}

/** The answers that a place's values give; a sentence about those that are none. */
export function readValues<F extends Fields>(
  values: readonly string[],
  fields: F,
): { readonly values: Values<F>; readonly wrong: Text | null } {
  const found: Record<string, number | string> = {};
  for (const [name, field] of Object.entries(fields))
    found[name] = isChoice(field) ? (field[0] as string) : field.usual;
  let wrong: Text | null = null;
  for (const value of values) {
    const choice = Object.entries(fields).find(([, field]) => isChoice(field) && field.includes(value));
    const [, name = '', digits = ''] = /^([a-z]+)(\d+)$/.exec(value) ?? [];
    const bounds = Object.hasOwn(fields, name) ? (fields[name] as Bounds | readonly string[]) : [];
    const number = Number(digits);
    if (choice !== undefined) found[choice[0]] = value;
    else if (!isChoice(bounds) && number >= bounds.least && number <= bounds.most) found[name] = number;
    else wrong ??= say`${value} in this link was not understood.`;
  }
  return { values: found as Values<F>, wrong };
}

/** The values of answers; what is usual is left out. */
export function printValues<F extends Fields>(values: Values<F>, fields: F): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = values[name as keyof F] as number | string;
    if (isChoice(field)) return value === field[0] ? [] : [String(value)];
    return value === field.usual ? [] : [`${name}${value}`];
  });
}

function isChoice(field: Bounds | readonly string[]): field is readonly string[] {
  return Array.isArray(field);
}
