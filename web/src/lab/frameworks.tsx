// The layer in the words of every framework, exact for this size; where a framework has no words for it, why.

import { type Dialect, dialects, statement, write } from 'padwise/dialects';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { printAddress } from '../address.ts';
import { Copyable } from '../controls/copyable.tsx';
import { useSpeech } from '../language.tsx';
import { problemOf } from '../layer.ts';
import type { LaterProps } from './later.tsx';

type Said = { readonly lines: readonly string[] } | { readonly impossible: Text };

/** A choice of frameworks and the code of the chosen one. */
export function Frameworks({ steps, read, spec }: LaterProps): JSX.Element {
  const { t } = useSpeech();
  const [chosen, choose] = useState('torch');
  const bias = read === null ? spec.operation === 'conv' || spec.operation === 'transposed' : hasBias(read);
  const said = useMemo(
    () => new Map(dialects.map((dialect) => [dialect.id, sayIn(dialect, steps, bias)])),
    [steps, bias],
  );
  const dialect = dialects.find(({ id }) => id === chosen) as Dialect;
  const now = said.get(chosen) as Said;
  const source = read?.layer.framework;
  return (
    <>
      <fieldset class="pick frameworks">
        <legend class="unseen">{t(say`Framework`)}</legend>
        {dialects.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === chosen}
            class={'lines' in (said.get(id) as Said) ? undefined : 'unsaid'}
            onClick={() => choose(id)}
          >
            {title}
          </button>
        ))}
      </fieldset>
      <div aria-live="polite">
        {'lines' in now ? (
          <>
            <Copyable code={now.lines.join('\n')} label={dialect.title} />
            <p class="quiet">
              {t(say`Exactly this layer on ${spec.axes.map(({ size }) => size).join('×')}.`)}{' '}
              {dialect.unverified !== undefined && t(dialect.unverified)}
            </p>
          </>
        ) : (
          <p class="notice">{t(say`${dialect.title} cannot say it: ${now.impossible}`)}</p>
        )}
      </div>
      {source !== undefined && source !== chosen && (
        <p>
          <a href={printAddress({ screen: 'port', parts: [], step: null })}>
            {t(say`Port it with its weights, for every size`)}
          </a>
        </p>
      )}
    </>
  );
}

function sayIn(dialect: Dialect, steps: LaterProps['steps'], bias: boolean): Said {
  try {
    const lines: string[] = [];
    for (const step of steps) {
      const said = write(dialect, step, bias && step.operation === 'conv');
      if ('impossible' in said) return said;
      lines.push(...(steps.length > 1 ? said.lines.map(statement) : said.lines));
    }
    return { lines };
  } catch (error) {
    return { impossible: problemOf(error).sentence };
  }
}

function hasBias({ layer, input }: NonNullable<LaterProps['read']>): boolean {
  const channels = (layer.layout === 'first' ? input[input.length - layer.rank - 1] : input.at(-1)) ?? 1;
  return layer.parameters(channels).some(({ role }) => role === 'bias');
}
