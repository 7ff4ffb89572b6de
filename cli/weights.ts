// A trained array of one framework as the array of another: a .npy file in, the same numbers in another order out.
//
//   --weights kernel.npy -o weight.npy              the layer's kernel, when it has one
//   --weights bias=bias.npy -o out.npy              another of its arrays, by the name that port prints

import type { WeightMove } from '../src/dialects/index.ts';
import { NpyError, npyArray, rearrangeNpy } from '../src/index.ts';
import { either, say, type Text } from '../src/words/index.ts';
import { keyOf } from './check/script.ts';
import { Failure, INVALID, UNREADABLE } from './failure.ts';
import { checkWritable, isArray, writeWhole } from './picture.ts';
import { readBytes } from './subject.ts';
import { shape } from './text.ts';

/** Largest file moved: 1 GiB. */
const LARGEST = 2 ** 30;

/** What was moved where. */
export interface Moved {
  readonly name: string;
  readonly file: string;
  readonly shape: readonly number[];
}

/**
 * Moves the array of `--weights` to the file of `-o`.
 * @throws Failure 2 for a name, shape or output that does not suit, 3 for a file that cannot be read or written
 */
export function moveWeights(
  given: string,
  output: string | undefined,
  moves: readonly WeightMove[],
  layer: string,
): Moved {
  if (output === undefined)
    throw new Failure(INVALID, '--weights needs -o, the .npy file to write', 'Add -o, e.g. -o weight.npy.');
  if (!isArray(output))
    throw new Failure(INVALID, say`cannot write ${output}: expected a name that ends in .npy`);
  const [, named, path = given] = /^([A-Za-z_0-9][\w.]*)=(.+)$/s.exec(given) ?? [];
  const move = chosenMove(named, moves, layer);
  checkWritable(output);
  const bytes = readBytes(path, LARGEST);
  const held = arrayOf(path, bytes);
  const name = keyOf(move, moves);
  if (held.join() !== move.from.join())
    throw new Failure(
      INVALID,
      say`${path}: ${name} of ${layer} is ${shape(move.from)}, the file holds ${shape(held)}`,
      move.to.join() === held.join() ? 'It has the shape of the target already.' : undefined,
    );
  writeWhole(output, rearrangeNpy(bytes, move));
  return { name, file: output, shape: move.to };
}

/** The array of that name; without one, the only kernel, or the only array. */
function chosenMove(named: string | undefined, moves: readonly WeightMove[], layer: string): WeightMove {
  const names = moves.map((move) => keyOf(move, moves));
  if (moves.length === 0) throw new Failure(INVALID, say`${layer} has no weights`);
  if (named !== undefined) {
    const found = moves[names.indexOf(named)];
    if (found !== undefined) return found;
    throw new Failure(INVALID, say`--weights: ${layer} has ${either(names)}, received ${named.slice(0, 40)}`);
  }
  const kernels = moves.filter(({ role }) => role === 'kernel');
  const [only] = kernels.length > 0 ? kernels : moves;
  if (only !== undefined && kernels.length <= 1) return only;
  throw new Failure(
    INVALID,
    say`--weights: ${layer} has several arrays; name one of ${either(names)}`,
    say`E.g. --weights ${names[0] ?? ''}=${'in.npy'}.`,
  );
}

function arrayOf(path: string, bytes: Uint8Array): readonly number[] {
  try {
    return npyArray(bytes).shape;
  } catch (error) {
    if (!(error instanceof NpyError)) throw error;
    const why: Text = error.message.replace(/^npy: /, '');
    throw new Failure(UNREADABLE, say`cannot read ${path}: ${why}`);
  }
}
