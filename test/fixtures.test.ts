// Every recorded row of every real framework against padwise: equal numbers, and a refusal where it refused. A row that
// differs stands in oracle/DISAGREEMENTS.md; the count of rows that agree is printed per framework.

import { afterAll, describe, expect, it } from 'vitest';
import { DialectError } from '../src/dialects/error.ts';
import { dialects } from '../src/dialects/index.ts';
import { readLayer } from '../src/dialects/python.ts';
import { GeometryError } from '../src/geometry/index.ts';
import { disagreement } from './disagreements.ts';
import {
  answered,
  expected,
  fixtures,
  frameworks,
  type GeometryFixture,
  type NumericFixture,
  row,
} from './fixtures.ts';
import { numbers } from './numeric.ts';

/** Dialect that judges a folder, where it is not its own name. */
const FOLDERS: Readonly<Record<string, string>> = { lax: 'jax' };

const counts = new Map<string, { agree: number; known: number }>();

afterAll(() => {
  for (const [framework, { agree, known }] of counts) {
    console.log(
      `${framework}: ${agree} rows agree${known === 0 ? '' : `, ${known} stand in DISAGREEMENTS.md`}`,
    );
  }
});

describe.each(frameworks())('%s', (framework) => {
  const chosen = dialects.filter((dialect) => dialect.id === (FOLDERS[framework] ?? framework));
  const tally = { agree: 0, known: 0 };
  counts.set(framework, tally);

  it.each([...fixtures(framework)])('%s', (stem, fixture) => {
    const wrong: string[] = [];
    const judge: Judge = (values, agrees, detail) => {
      const reason = disagreement(framework, stem, values);
      if (agrees && reason === undefined) tally.agree += 1;
      else if (!agrees && reason !== undefined) tally.known += 1;
      else
        wrong.push(agrees ? `agrees, but stands in DISAGREEMENTS.md: ${JSON.stringify(values)}` : detail());
    };
    if (fixture.kind === 'geometry') geometryRows(fixture, judge);
    else numericCases(fixture, judge);
    expect(`${wrong.length} rows differ\n${wrong.slice(0, 12).join('\n')}`).toBe('0 rows differ\n');
  });

  type Judge = (values: Readonly<Record<string, string>>, agrees: boolean, detail: () => string) => void;

  function geometryRows(fixture: GeometryFixture, judge: Judge): void {
    for (const text of fixture.rows) {
      const asked = row(fixture, text);
      const real = expected(asked);
      const ours = answered(chosen, asked, fixture.probe);
      const agrees =
        ours instanceof Error ? real === 'refused' && isOurs(ours) : real !== 'refused' && equal(ours, real);
      judge(
        { ...Object.fromEntries(asked.values), answer: asked.answer },
        agrees,
        () => `${asked.code} on ${asked.input.join('x')}: ${shown(real)}, padwise: ${shown(ours)}`,
      );
    }
  }

  function numericCases(fixture: NumericFixture, judge: Judge): void {
    for (const one of fixture.cases) {
      let ours: { shape: readonly number[]; values: readonly number[] } | Error;
      try {
        const layer = readLayer(one.code, { dialects: chosen, tensors: { x: one.input, ...one.tensors } });
        ours = numbers(layer, one);
      } catch (error) {
        ours = error as Error;
      }
      const agrees =
        ours instanceof Error
          ? one.refused !== undefined && isOurs(ours)
          : one.output !== undefined && equal(ours.shape, one.output) && equal(ours.values, one.values ?? []);
      const real =
        one.refused === undefined
          ? `${one.output?.join('x')}: ${shown(one.values ?? [])}`
          : `refused, ${one.refused}`;
      judge({ code: one.code }, agrees, () => {
        const padwise =
          ours instanceof Error ? shown(ours) : `${ours.shape.join('x')}: ${shown(ours.values)}`;
        return `${one.code} on ${one.input.join('x')}: ${real}, padwise: ${padwise}`;
      });
    }
  }
});

function equal(a: readonly number[], b: readonly number[]): boolean {
  return (
    a.length === b.length &&
    a.every((value, i) => value === b[i] || Math.abs(value - (b[i] as number)) < 1e-6)
  );
}

function isOurs(error: Error): boolean {
  return error instanceof DialectError || error instanceof GeometryError;
}

function shown(answer: readonly number[] | Error | 'refused'): string {
  if (answer instanceof Error) return `${answer.name}: ${answer.message}`;
  return answer === 'refused'
    ? answer
    : `[${answer.slice(0, 12).join(' ')}${answer.length > 12 ? ' ...' : ''}]`;
}
