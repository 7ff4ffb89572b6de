// The address of the Port screen, as its parts:
//
//   224x224 every / torch / =code of the layer
//
// The input's size, whether the code must hold for every size, the framework it goes to, and the layer.

import { say, type Text } from 'padwise/words';
import { readSizes } from '../layer.ts';

/** What the screen shows. */
export interface State {
  readonly sizes: readonly number[];
  /** Whether the code must be exact for every size. */
  readonly every: boolean;
  /** The id of the framework it goes to. */
  readonly target: string;
  readonly code: string;
}

/** What the screen opens with: the port that is most often wrong by a pixel. */
export const FIRST: State = {
  sizes: [224],
  every: false,
  target: 'torch',
  code: 'keras.layers.Conv2D(64, 3, strides=2, padding="same")',
};

/** Frameworks most people port between stand first in the list. */
export const FAMILIAR: readonly string[] = ['torch', 'keras', 'tensorflow', 'jax', 'flax', 'onnx', 'mxnet'];

/** What an address says, and a sentence about what in it was not understood; `known` are the frameworks' ids. */
export function readState(
  parts: readonly string[],
  known: readonly string[],
): { readonly state: State; readonly wrong: Text | null } {
  if (parts.length === 0) return { state: FIRST, wrong: null };
  const code = parts.find((part) => part.startsWith('='))?.slice(1) ?? FIRST.code;
  const words = parts.filter((part) => !part.startsWith('=')).flatMap((part) => part.trim().split(/\s+/));
  let state: State = { ...FIRST, code };
  let unknown: string | undefined;
  for (const word of words) {
    const sizes = readSizes(word);
    if (word === 'every') state = { ...state, every: true };
    else if (Array.isArray(sizes)) state = { ...state, sizes };
    else if (known.includes(word)) state = { ...state, target: word };
    else if (word !== '') unknown ??= word.length > 40 ? `${word.slice(0, 40)}…` : word;
  }
  return { state, wrong: unknown === undefined ? null : say`This link was not understood: ${unknown}` };
}

/** The parts of an address; readState(printState(s)) is s. */
export function printState({ sizes, every, target, code }: State): string[] {
  return [`${sizes.join('x')}${every ? ' every' : ''}`, target, `=${code}`];
}
