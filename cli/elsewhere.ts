// What people usually write for a layer in other frameworks, read back so that it can be compared.

import { type Dialect, flax, jax, keras, mxnet, tensorflow, torch, usual } from '../src/dialects/index.ts';
import { readLayer } from '../src/dialects/python.ts';
import type { Elsewhere } from '../src/explain/index.ts';

/** The frameworks most people port between; an explanation shows these, a port knows them all. */
export function familiar(): readonly Dialect[] {
  return [keras, torch, flax, tensorflow, mxnet, jax];
}

/** The usual layers of these frameworks; one whose usual words are refused, or that has none, is left out. */
export function elsewhere(dialects: readonly Dialect[]): Elsewhere {
  return (of) =>
    dialects.flatMap((dialect) => {
      try {
        const code = usual(dialect, of);
        if (code === null) return [];
        return [{ framework: dialect.id, code, layer: readLayer(code, { dialects: [dialect] }) }];
      } catch {
        // Functional code names a weight whose shape the usual words do not show; a new framework may not write yet.
        return [];
      }
    });
}
