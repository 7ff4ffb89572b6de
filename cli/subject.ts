// What a command is about: a layer from code, a file or standard input, and the shape of its input.

import { readFileSync, statSync } from 'node:fs';
import { type Dialect, DialectError, dialects, type Layer, type Shape } from '../src/dialects/index.ts';
import { pointAt, readLayers } from '../src/dialects/python.ts';
import { chain } from '../src/explain/stacks.ts';
import { LARGEST } from '../src/geometry/index.ts';
import { either, say, type Text } from '../src/words/index.ts';
import type { Arguments } from './command.ts';
import { Failure, INVALID, UNREADABLE } from './failure.ts';
import type { Io } from './io.ts';

const LARGEST_FILE = 1_000_000;

/** Options that name a layer, shared by the commands. */
export const subjectOptions: Arguments = {
  framework: {
    type: 'string',
    description: say`whose code it is: ${dialects.map((dialect) => dialect.id).join(', ')} (guessed from the code)`,
    valueHint: 'NAME',
  },
  tensor: {
    type: 'string',
    description: 'shape of a tensor the code names: weight=6x3x4x4,bias=6',
    valueHint: 'NAME=SHAPE',
  },
};

/** The layer and its input, as most commands take them. */
export const layerOptions: Arguments = {
  code: {
    type: 'positional',
    description: 'the layer: code, a .py file, or - for standard input',
    required: true,
  },
  input: {
    type: 'string',
    description: 'its input: 1x64x64x3 in its own layout, or just 64',
    valueHint: 'SHAPE',
  },
};

/** The code of a positional argument: itself, a .py file's text, or standard input for -. */
export function codeText(argument: string, io: Io): string {
  if (argument === '-') return io.stdin();
  const file = codeFile(argument);
  return file === null ? argument : readText(file);
}

/** The file that an argument names; null where it is code itself. */
export function codeFile(argument: string): string | null {
  return /^[^\s('"]+\.py$/.test(argument) ? argument : null;
}

/** A file's bytes. @throws Failure 3 */
export function readBytes(path: string, largest: number = LARGEST_FILE): Uint8Array {
  try {
    const { size } = statSync(path);
    if (size > largest)
      throw new Failure(UNREADABLE, say`${path} is too large: ${size} bytes, at most ${largest} are read`);
    return readFileSync(path);
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(path, error);
  }
}

/** Why the system does not read a file. */
export function unreadable(path: string, error: unknown): Failure {
  const why = { ENOENT: 'there is no such file', EACCES: 'it may not be read', EISDIR: 'it is a folder' };
  const code = (error as { code?: string }).code ?? '';
  return new Failure(UNREADABLE, say`cannot read ${path}: ${why[code as keyof typeof why] ?? code}`);
}

function readText(path: string): string {
  return new TextDecoder().decode(readBytes(path));
}

/** The dialects to read with: one if named, else all. @throws Failure 2 for an unknown name */
export function chosen(framework: string | undefined): readonly Dialect[] {
  if (framework === undefined) return dialects;
  const wanted = framework.toLowerCase();
  const found = dialects.filter((dialect) => dialect.id === wanted || dialect.title.toLowerCase() === wanted);
  if (found.length > 0) return found;
  throw new Failure(
    INVALID,
    say`no framework ${framework.slice(0, 40)}`,
    say`Known: ${dialects.map(({ id }) => id).join(', ')}.`,
  );
}

interface Named {
  readonly framework?: string | undefined;
  readonly tensor?: string | undefined;
}

/** The layer of some code; several in turn are one. @throws Failure 2 that points at what is wrong */
export function layerOf(code: string, named: Named): Layer {
  return chain(pastedLayers(code, named));
}

/** The layers of some code, in turn. @throws Failure 2 that points at what is wrong */
export function pastedLayers(code: string, named: Named): readonly Layer[] {
  const options = { dialects: chosen(named.framework), tensors: tensorShapes(named.tensor) };
  if (code.trim() === '') {
    const hint = "Give it in quotes, e.g. 'nn.Conv2d(3, 6, 4)', as a .py file, or - for standard input.";
    throw new Failure(INVALID, 'expected the code of a layer, received nothing', hint);
  }
  try {
    return readLayers(code, options);
  } catch (error) {
    if (!(error instanceof DialectError) || error.offset === undefined) throw error;
    throw new Failure(INVALID, say`${error.sentence}\n${pointAt(code, error.offset)}`, error.hint);
  }
}

/** Every layer of some code in a known dialect. */
export function layersOf(
  code: string,
  dialect: Dialect,
  tensors: Readonly<Record<string, Shape>>,
): readonly Layer[] {
  return readLayers(code, { dialects: [dialect], tensors });
}

function tensorShapes(text: string | undefined): Record<string, Shape> {
  if (text === undefined || text === '') return {};
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [, name, shape] = /^\s*([A-Za-z_][\w.]*)\s*=\s*(\d+(?:\s*x\s*\d+)*)\s*$/.exec(part) ?? [];
      if (name === undefined || shape === undefined) {
        throw new Failure(
          INVALID,
          say`--tensor: expected NAME=SHAPE such as weight=6x3x4x4, received ${part.slice(0, 60)}`,
        );
      }
      return [name, sizes(shape, '--tensor')];
    }),
  );
}

/** 1x64x64x3, 224 or 1,64,64,3 as numbers. @throws Failure 2 */
export function numbers(
  text: string,
  option: string,
  example: Text = either(['1x3x64x64', '224']),
): number[] {
  const plain = text.trim().replace(/^[([]|[)\]]$/g, '');
  const parts = plain.split(/[x,]/).map((part) => part.trim());
  if (parts.length <= 8 && parts.every((part) => /^-?\d{1,15}$/.test(part))) return parts.map(Number);
  throw new Failure(
    INVALID,
    say`${option}: expected numbers such as ${example}, received ${text.slice(0, 60)}`,
  );
}

/** Sizes of 0 to 2^31 - 1. @throws Failure 2 */
function sizes(text: string, option: string): number[] {
  const found = numbers(text, option);
  const wrong = found.find((size) => size < 0 || size > LARGEST);
  if (wrong === undefined) return found;
  throw new Failure(INVALID, say`${option}: expected sizes of 0 to ${LARGEST}, received ${wrong}`);
}

/**
 * A layer's input from --input: its full shape, the shape without the batch, its sizes, or one size for all axes. What
 * is left out is a batch of 1 and the channels the layer expects or its code states, or 3 for pictures and 1 otherwise.
 */
export function inputOf(layer: Layer, text: string | undefined, channels?: number): number[] {
  if (text === undefined) {
    if (layer.statedInput !== null) return [1, ...layer.statedInput];
    const example = layer.layout === 'first' ? '1x3x64x64' : '1x64x64x3';
    throw new Failure(
      INVALID,
      'the size of the input is missing',
      say`Add --input, e.g. --input ${example} or --input 64.`,
    );
  }
  const given = sizes(text, '--input');
  const { rank, layout } = layer;
  if (given.length === 1 && rank > 1)
    given.push(...Array.from({ length: rank - 1 }, () => given[0] as number));
  if (given.length !== rank) return given.length === rank + 1 ? [1, ...given] : given;
  const stated = layout === 'first' ? layer.statedInput?.[0] : layer.statedInput?.at(-1);
  const count = layer.channels ?? stated ?? channels ?? (rank === 2 ? 3 : 1);
  return layout === 'first' ? [1, count, ...given] : [1, ...given, count];
}
