// Keras' initialisers by their two names, he_normal and HeNormal. All but the constant ones scale with the kernel's fans:
//
//   fan in = shape[-2] * taps, fan out = shape[-1] * taps      of the kernel tensor, so a transposed conv swaps them
//   uniform within sqrt(3 * scale / fan), normal with deviation sqrt(scale / fan)      a normal is truncated
//
// Source: keras/src/initializers/random_initializers.py (3.15.1).

import { say, type Text } from '../../words/index.ts';
import type { Initialiser, Shape, Value } from '../dialect.ts';
import { type Arguments, isTensor } from '../signature.ts';

/** How a parameter of this shape is filled. */
export type Filling = (shape: Shape) => Initialiser;

type Fan = 'in' | 'out' | 'average';

/** Deviation of a standard normal after it is cut at two deviations. */
const TRUNCATED = 0.87962566103423978;

const scaled =
  (spread: 'uniform' | 'truncatedNormal', scale: number, fan: Fan): Filling =>
  (shape) => {
    const variance = scale / Math.max(1, fanOf(shape, fan));
    return spread === 'uniform'
      ? { kind: spread, limit: Math.sqrt(3 * variance) }
      : { kind: spread, deviation: Math.sqrt(variance) };
  };

/** Keras' default for every kernel. */
export const glorotUniform: Filling = scaled('uniform', 1, 'average');

const NAMED: Readonly<Record<string, Filling>> = {
  zeros: () => ({ kind: 'zeros' }),
  ones: () => ({ kind: 'ones' }),
  constant: () => ({ kind: 'zeros' }),
  glorot_uniform: glorotUniform,
  glorot_normal: scaled('truncatedNormal', 1, 'average'),
  he_uniform: scaled('uniform', 2, 'in'),
  he_normal: scaled('truncatedNormal', 2, 'in'),
  lecun_uniform: scaled('uniform', 1, 'in'),
  lecun_normal: scaled('truncatedNormal', 1, 'in'),
  variance_scaling: scaled('truncatedNormal', 1, 'in'),
  random_uniform: () => ({ kind: 'uniform', limit: 0.05 }),
  random_normal: () => ({ kind: 'normal', deviation: 0.05 }),
  truncated_normal: () => ({ kind: 'truncatedNormal', deviation: 0.05 * TRUNCATED }),
  orthogonal: glorotUniform,
};

const SHORT: Readonly<Record<string, string>> = {
  zero: 'zeros',
  one: 'ones',
  uniform: 'random_uniform',
  normal: 'random_normal',
};

const NAMES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(SHORT),
  ...Object.keys(NAMED).flatMap((name): [string, string][] => [
    [name, name],
    [camel(name), name],
  ]),
]);

function camel(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What an initialiser argument fills with, and the sentence that says where padwise fills otherwise than Keras. */
export interface Initialising {
  readonly fill: Filling;
  readonly notes: readonly Text[];
}

/**
 * Reads an initialiser argument: a name, None, or an object whose own arguments are not evaluated.
 * @throws DialectError 'argument' for a word that is no initialiser
 */
export function initialising(args: Arguments, argument: string): Initialising {
  const value = args.value(argument);
  if (value === null) return { fill: glorotUniform, notes: [] };
  const name = NAMES.get(nameOf(value));
  if (name === undefined && !isTensor(value))
    args.refuse(argument, "an initialiser such as 'glorot_uniform'");
  const plain =
    name !== undefined && name !== 'orthogonal' && (!isTensor(value) || !/\([^)]/.test(value.tensor));
  const used = name === undefined || name === 'orthogonal' ? 'glorot_uniform' : name;
  const fill = NAMED[used] as Filling;
  return { fill, notes: plain ? [] : [say`padwise fills ${argument} as ${used} does by default.`] };
}

function nameOf(value: Value): string {
  if (typeof value === 'string') return value;
  return isTensor(value) ? (/(\w+)\s*(?:\(.*)?$/s.exec(value.tensor)?.[1] ?? '') : '';
}

function fanOf(shape: Shape, fan: Fan): number {
  const taps = shape.slice(0, -2).reduce((product, n) => product * n, 1);
  const output = (shape.at(-1) ?? 1) * taps;
  const input = (shape.at(-2) ?? shape.at(-1) ?? 1) * taps;
  return fan === 'in' ? input : fan === 'out' ? output : (input + output) / 2;
}
