// Pasted code as layers, on an input. The parser and the frameworks' dialects are loaded when code is first read.
//
//   code  ->  layers, and the one layer they are in turn  ->  steps on an input

import type { Dialect, DialectError, Layer, Shape } from 'padwise/dialects';
import { say, type Text } from 'padwise/words';
import { useEffect, useState } from 'preact/hooks';
import type { CodeProblem } from './controls/code-field.tsx';

/** What reading code needs, loaded once. */
export interface Reader {
  readonly dialects: readonly Dialect[];
  /** Layers in turn as one, pads and crops joined to the step they belong to. @throws DialectError */
  readonly chain: (layers: readonly Layer[]) => Layer;
  /** @throws DialectError */
  readonly readLayers: (code: string, dialects?: readonly Dialect[]) => readonly Layer[];
}

/** The longest code that is read, in characters. */
const LONGEST = 200_000;
let reader: Promise<Reader> | null = null;

/** The parser and all dialects; loaded by the first call. */
export function loadReader(): Promise<Reader> {
  reader ??= Promise.all([
    import('padwise/python'),
    import('padwise/dialects'),
    import('padwise/stacks'),
  ]).then(([{ readLayers }, { dialects }, { chain }]) => ({
    dialects,
    chain,
    readLayers: (code, some = dialects) => readLayers(code, { dialects: some }),
  }));
  reader.catch(() => {
    reader = null;
  });
  return reader;
}

/** What became of pasted code: its layers, or what is wrong with it, or both. All null while it is first read. */
export interface Pasted {
  readonly layers: readonly Layer[] | null;
  /** The layers in turn as one; null where they cannot follow each other as one layer. */
  readonly layer: Layer | null;
  readonly problem: CodeProblem | null;
}

/** The layers of pasted code; those last read stay while the next are read, and while it cannot be read. */
export function usePasted(code: string | null): Pasted {
  const [pasted, setPasted] = useState<Pasted>({ layers: null, layer: null, problem: null });
  useEffect(() => {
    if (code === null || code.trim() === '') {
      setPasted({ layers: null, layer: null, problem: null });
      return;
    }
    let current = true;
    readPaste(code).then((next) => {
      if (current) setPasted((last) => (next.layers === null ? { ...last, problem: next.problem } : next));
    });
    return () => {
      current = false;
    };
  }, [code]);
  return pasted;
}

/** The layers of code, or what is wrong with it. Never throws. */
export async function readPaste(code: string): Promise<Pasted> {
  let layers: readonly Layer[] | null = null;
  try {
    if (code.length > LONGEST)
      return {
        layers: null,
        layer: null,
        problem: { sentence: say`At most ${LONGEST} characters are read.` },
      };
    const { readLayers, chain } = await loadReader();
    layers = readLayers(code);
    return { layers, layer: chain(layers), problem: null };
  } catch (error) {
    return { layers, layer: null, problem: problemOf(error) };
  }
}

/** An error in words that can be shown. */
export function problemOf(error: unknown): CodeProblem {
  const { sentence, hint, offset, message } = error as Partial<DialectError>;
  if (sentence !== undefined) return { sentence, hint, offset };
  if (message?.includes('import'))
    return { sentence: say`The reader could not be loaded; check the network.` };
  return { sentence: say`This was not understood: ${message ?? String(error)}` };
}

/**
 * A layer's input from sizes alone, in its own layout: a batch of 1, the channels it expects, its code states or `channels`;
 * one size counts for every axis. Null where there are too few or too many sizes.
 */
export function inputOf(layer: Layer, sizes: readonly number[], channels: number = 3): Shape | null {
  const { rank, layout, statedInput } = layer;
  const all = sizes.length === 1 ? Array.from({ length: rank }, () => sizes[0] as number) : sizes;
  if (all.length !== rank) return null;
  const stated = layout === 'first' ? statedInput?.[0] : statedInput?.at(-1);
  const count = layer.channels ?? stated ?? channels;
  return layout === 'first' ? [1, count, ...all] : [1, ...all, count];
}

/** 64x48, 64 or 64,48 as sizes of 1 to 2^31 - 1; a sentence where it is none. */
export function readSizes(text: string): readonly number[] | Text {
  const parts = text.trim().split(/\s*[x×,]\s*/);
  const good =
    parts.length <= 3 &&
    parts.every((part) => /^\d{1,10}$/.test(part) && Number(part) >= 1 && Number(part) < 2 ** 31);
  return good ? parts.map(Number) : say`Sizes are numbers such as 64 or 64x48.`;
}
