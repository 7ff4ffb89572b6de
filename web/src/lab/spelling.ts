// The code of a layer that was set by its fields: what Keras would say, or PyTorch, or whoever can. The writers are loaded when
// a field has changed; the first layer's code is known.

import type { Dialect } from 'padwise/dialects';
import { useEffect, useState } from 'preact/hooks';
import { geometryOf, printSpec, type Spec } from './spec.ts';
import { FIRST } from './state.ts';

const FIRST_CODE = 'keras.layers.Conv2D(6, 4, strides=2, padding="same")';
const FIRST_SPEC = FIRST.join('/');

/** Code of the fields' layer; empty while it is made or where nobody can say it. Null: not wanted. */
export function useSpelling(spec: Spec | null): string {
  const key = spec === null ? '' : printSpec(spec).join('/');
  const [code, setCode] = useState({ key: FIRST_SPEC, text: FIRST_CODE });
  useEffect(() => {
    if (spec === null || key === FIRST_SPEC) return;
    let current = true;
    spelling(spec).then(
      (text) => {
        if (current) setCode({ key, text });
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [key]);
  return key === FIRST_SPEC ? FIRST_CODE : code.text;
}

async function spelling(spec: Spec): Promise<string> {
  const { keras, torch, tensorflow, jax, write } = await import('padwise/dialects');
  const of = geometryOf(spec);
  for (const dialect of preferred(spec, { keras, torch, tensorflow, jax })) {
    const said = write(dialect, of, true);
    if ('lines' in said && said.lines.length === 1) return said.lines[0] as string;
  }
  const said = write(torch, of, true);
  return 'lines' in said ? said.lines.join('\n') : '';
}

function preferred(
  { rule }: Spec,
  { keras, torch, tensorflow, jax }: Readonly<Record<'keras' | 'torch' | 'tensorflow' | 'jax', Dialect>>,
): readonly Dialect[] {
  return rule === 'keras.same' || rule === 'causal' || rule === 'valid'
    ? [keras, torch, tensorflow, jax]
    : [torch, keras, tensorflow, jax];
}
