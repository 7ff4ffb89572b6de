// Code as a command was given it: its layers, and where it stands, for answers that point at it.

import type { Layer } from '../src/dialects/index.ts';
import { parseCalls } from '../src/dialects/python.ts';
import { type Place, placeOf } from './format/finding.ts';
import type { Io } from './io.ts';
import { codeFile, codeText, pastedLayers } from './subject.ts';

/** The layers of an argument, and the place of its code. */
export interface Read {
  readonly layers: readonly Layer[];
  readonly place: Place;
}

/** Reads an argument: code, a file's name, or - for standard input. @throws Failure 2 or 3 */
export function readSource(
  argument: string,
  io: Io,
  named: { readonly framework?: string | undefined; readonly tensor?: string | undefined },
): Read {
  const code = codeText(argument, io);
  const layers = pastedLayers(code, named);
  const name = layers.map((layer) => `${layer.framework} ${layer.name}`).join(', ');
  return { layers, place: placeIn(codeFile(argument), name, code) };
}

/** From the first call that makes a layer to the end of the last one. */
function placeIn(file: string | null, name: string, code: string): Place {
  const calls = callsOf(code);
  const from = Math.min(...calls.map(({ offset }) => offset));
  const to = Math.max(...calls.map(({ offset, text }) => offset + text.length));
  if (calls.length > 0) return placeOf(file, name, code, from, to - from);
  return placeOf(file, name, code, code.length - code.trimStart().length, code.trim().length);
}

function callsOf(code: string): readonly { readonly offset: number; readonly text: string }[] {
  try {
    return parseCalls(code);
  } catch {
    // Code that names tensors, or a stack: all of it.
    return [];
  }
}
