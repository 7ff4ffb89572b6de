// Porting, proved by numbers: every layer of the recorded cases, written in every framework, its weights moved, read again
// and run on the same integers. What a framework cannot say it must say so.
//
// Every recorded case of every pair runs. PADWISE_REASONS=1 prints why a framework cannot say some.

import { afterAll, describe, expect, it } from 'vitest';
import {
  type Dialect,
  dialects,
  type Layer,
  type Ported,
  port,
  type Shape,
  type Unportable,
} from '../src/dialects/index.ts';
import { readLayer, readLayers } from '../src/dialects/python.ts';
import { fixtures, frameworks, type NumericCase } from './fixtures.ts';
import { differs } from './ported.ts';

const FOLDERS: Readonly<Record<string, string>> = { lax: 'jax' };
const REASONS = process.env.PADWISE_REASONS === '1';
const counts = new Map<string, Map<string, { exact: number; impossible: Map<string, number> }>>();

afterAll(() => {
  for (const [source, targets] of counts) {
    const said = [...targets].map(([target, { exact, impossible }]) => {
      const not = [...impossible.values()].reduce((sum, count) => sum + count, 0);
      return not === 0 ? `${target} ${exact}` : `${target} ${exact} (${not} impossible)`;
    });
    console.log(`ported exactly from ${source}: ${said.join(', ')}`);
    for (const [target, { impossible }] of REASONS ? targets : [])
      for (const [why, count] of impossible) console.log(`  ${target}: ${count} ${why}`);
  }
});

const read = (code: string, dialect: Dialect, tensors: Readonly<Record<string, Shape>>) =>
  readLayers(code, { dialects: [dialect], tensors });

describe.each(frameworks())('from %s', (framework) => {
  const source = dialects.filter(({ id }) => id === (FOLDERS[framework] ?? framework));
  const cases = [...fixtures(framework).values()].flatMap((fixture) =>
    fixture.kind === 'numeric' ? fixture.cases : [],
  );

  it.each(dialects.map((dialect) => [dialect.id, dialect] as const))('to %s', (id, target) => {
    const tally = { exact: 0, impossible: new Map<string, number>() };
    counts.set(framework, (counts.get(framework) ?? new Map()).set(id, tally));
    const wrong: string[] = [];
    for (const one of cases) {
      const layer = portable(one, source);
      if (layer === null) continue;
      const ported = answer(layer, one.input, target);
      if (ported instanceof Error) {
        wrong.push(`${one.code} on ${one.input.join('x')} throws ${ported.message}`);
        continue;
      }
      if ('impossible' in ported) {
        const why = String(ported.impossible);
        tally.impossible.set(why, (tally.impossible.get(why) ?? 0) + 1);
        continue;
      }
      const difference = differs(layer, one.input, ported);
      if (difference === null) tally.exact += 1;
      else
        wrong.push(
          `${one.code} on ${one.input.join('x')} as\n    ${ported.lines.join('\n    ')}\n  ${difference}`,
        );
    }
    expect(`${wrong.length} differ\n${wrong.slice(0, 5).join('\n')}`).toBe('0 differ\n');
    expect(tally.exact).toBeGreaterThan(0);
  });
});

function answer(layer: Layer, input: Shape, target: Dialect): Ported | Unportable | Error {
  try {
    return port(layer, input, target, read);
  } catch (error) {
    return error as Error;
  }
}

/** The layer of a case, unless it was refused or its input has no or several batch dimensions. */
function portable(one: NumericCase, source: readonly Dialect[]): Layer | null {
  try {
    const layer = readLayer(one.code, { dialects: source, tensors: { x: one.input, ...one.tensors } });
    const [first] = layer.resolve(one.input).steps;
    return first !== undefined && one.input.length === first.axes.length + 2 ? layer : null;
  } catch {
    return null;
  }
}
