// The repair of a port: the first layer's framework saying exactly what the other layer does, on this input.

import type { Layer, Shape } from 'padwise/dialects';
import { arrange } from 'padwise/explain';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Copyable } from '../controls/copyable.tsx';
import { useSpeech } from '../language.tsx';
import { loadReader, problemOf } from '../layer.ts';

/** What a {@link Repair} takes. */
export interface RepairProps {
  /** The framework that is to say it. */
  readonly framework: string;
  readonly names: readonly [Text, Text];
  /** The layer to be said, and its input, [batch, channels, ...sizes]. */
  readonly layer: Layer;
  readonly input: Shape;
}

type Found = { readonly lines: readonly string[] } | { readonly impossible: Text };

/** The code, or why there is none. */
export function Repair({ framework, names, layer, input }: RepairProps): JSX.Element | null {
  const { t } = useSpeech();
  const [found, setFound] = useState<Found | null>(null);
  const sizes = input.join();
  useEffect(() => {
    let current = true;
    repaired(framework, layer, input).then((next) => {
      if (current) setFound(next);
    });
    return () => {
      current = false;
    };
  }, [framework, layer, sizes]);
  return (
    <section class="compare-repair">
      <h2>{t(say`${names[0]}, exactly as ${names[1]}`)}</h2>
      {found === null ? (
        <p class="quiet">{t(say`Loading …`)}</p>
      ) : 'lines' in found ? (
        <>
          <Copyable code={found.lines.join('\n')} label={say`${names[0]}, exactly as ${names[1]}`} />
          <p class="quiet">
            {t(
              say`Exact for the input ${input.slice(2).join(' × ')}: read back and compared, pixel by pixel.`,
            )}
          </p>
        </>
      ) : (
        <p>{t(say`${names[0]} cannot say it: ${found.impossible}`)}</p>
      )}
    </section>
  );
}

async function repaired(framework: string, layer: Layer, input: Shape): Promise<Found> {
  try {
    const [{ dialects }, { port }, { readLayers }] = await Promise.all([
      loadReader(),
      import('padwise/dialects'),
      import('padwise/python'),
    ]);
    const target = dialects.find(({ id }) => id === framework);
    if (target === undefined) return { impossible: say`it is no single framework` };
    const ported = port(layer, arrange(layer, input), target, (code, dialect, tensors) =>
      readLayers(code, { dialects: [dialect], tensors }),
    );
    return 'lines' in ported ? { lines: ported.lines } : { impossible: ported.impossible };
  } catch (error) {
    return { impossible: problemOf(error).sentence };
  }
}
