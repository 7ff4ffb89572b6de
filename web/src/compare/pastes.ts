// The lines of a comparison, read: each its layer, or what is wrong with it. Lines are read once and kept; the layer last
// read from a field stays while what is typed there cannot be read.

import type { Layer } from 'padwise/dialects';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CodeProblem } from '../controls/code-field.tsx';
import { type Pasted, readPaste } from '../layer.ts';

/** One line as it was read. */
export interface Line {
  /** The layer, or the last one that could be read; null where there is none. */
  readonly layer: Layer | null;
  readonly problem: CodeProblem | null;
  /** Whether it is still being read. */
  readonly waiting: boolean;
}

const KEPT = 64;

/** The lines, read. */
export function useLines(codes: readonly string[]): readonly Line[] {
  const [read, setRead] = useState<ReadonlyMap<string, Pasted>>(new Map());
  const last = useRef<(Layer | null)[]>([]);
  const asked = codes.join('\u0000');
  useEffect(() => {
    let current = true;
    const unknown = [...new Set(codes)].filter((code) => code.trim() !== '' && !read.has(code));
    if (unknown.length > 0)
      Promise.all(unknown.map(async (code) => [code, await readPaste(code)] as const)).then((found) => {
        if (current) setRead((known) => new Map([...known, ...found].slice(-KEPT)));
      });
    return () => {
      current = false;
    };
  }, [asked]);
  // A line that was added or removed moves the others: what was last read belongs to no field any more.
  if (last.current.length !== codes.length) last.current = codes.map(() => null);
  return codes.map((code, i) => {
    const found = read.get(code);
    const empty = code.trim() === '';
    if (found?.layer != null || empty) last.current[i] = found?.layer ?? null;
    return {
      layer: last.current[i] ?? null,
      problem: found?.problem ?? null,
      waiting: found === undefined && !empty,
    };
  });
}
