// Every recorded row of every real framework against padwise: equal numbers, and a refusal where it refused. A row that
// differs stands in oracle/DISAGREEMENTS.md; the count of rows that agree is printed per framework.

import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { DialectError } from '../src/dialects/error.ts';
import { dialects } from '../src/dialects/index.ts';
import { readLayer } from '../src/dialects/python.ts';
import { GeometryError } from '../src/geometry/index.ts';
import { DISAGREEMENTS, disagreement, type Values } from './disagreements.ts';
import {
  answered,
  expected,
  fixtures,
  frameworks,
  type GeometryFixture,
  type NumericFixture,
  row,
} from './fixtures.ts';
import { type Computed, numbers } from './numeric.ts';

/** Dialect that judges a folder, where it is not its own name. */
const FOLDERS: Readonly<Record<string, string>> = { lax: 'jax' };

const counts = new Map<string, { agree: number; known: number }>();
const excused = new Map<string, number>();

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
      else if (!agrees && reason !== undefined) {
        tally.known += 1;
        excused.set(reason.heading, (excused.get(reason.heading) ?? 0) + 1);
      } else
        wrong.push(agrees ? `agrees, but stands in DISAGREEMENTS.md: ${JSON.stringify(values)}` : detail());
    };
    if (fixture.kind === 'geometry') geometryRows(fixture, judge);
    else numericCases(fixture, judge);
    expect(`${wrong.length} rows differ\n${wrong.slice(0, 12).join('\n')}`).toBe('0 rows differ\n');
  });

  type Judge = (values: Values, agrees: boolean, detail: () => string) => void;

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
      let ours: Computed | Error;
      try {
        const layer = readLayer(one.code, { dialects: chosen, tensors: { x: one.input, ...one.tensors } });
        ours = numbers(layer, one);
      } catch (error) {
        ours = error as Error;
      }
      const agrees =
        ours instanceof Error
          ? one.refused !== undefined && isOurs(ours)
          : one.output !== undefined &&
            equal(ours.shape, one.output) &&
            equal([...ours.values], one.values ?? []);
      const real =
        one.refused === undefined
          ? `${one.output?.join('x')}: ${shown(one.values ?? [])}`
          : `refused, ${one.refused}`;
      judge({ code: one.code }, agrees, () => {
        const padwise =
          ours instanceof Error ? shown(ours) : `${ours.shape.join('x')}: ${shown([...ours.values])}`;
        return `${one.code} on ${one.input.join('x')}: ${real}, padwise: ${padwise}`;
      });
    }
  }
});

it('README.md counts the rows that agree', () => {
  const told = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const spaced = (count: number) => count.toLocaleString('en').replaceAll(',', ' ');
  for (const { agree } of counts.values()) expect(told).toContain(`| ${spaced(agree)} |`);
  const known = [...counts.values()].reduce((sum, one) => sum + one.known, 0);
  expect(told).toContain(`${spaced(known)} more rows stand in`);
});

it('DISAGREEMENTS.md tells every disagreement, with its count', () => {
  const told = readFileSync(new URL('../oracle/DISAGREEMENTS.md', import.meta.url), 'utf8');
  const headings = [...told.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
  const rows = new Map<string, number>();
  for (const one of DISAGREEMENTS) rows.set(one.heading, (rows.get(one.heading) ?? 0) + one.rows);
  expect([...rows.keys()].sort()).toEqual([...headings].sort());
  for (const [heading, count] of rows)
    expect(`${told.split(`## ${heading}`)[1]?.slice(0, 60)}`).toContain(`${count} `);
  expect(Object.fromEntries(excused)).toEqual(Object.fromEntries(rows));
});

function equal(a: readonly number[], b: readonly (number | string)[]): boolean {
  return (
    a.length === b.length &&
    a.every((value, i) => same(value, Number(String(b[i]).replace('inf', 'Infinity'))))
  );
}

/** Equality; what is no integer was recorded with six decimals or digits. */
function same(ours: number, real: number): boolean {
  if (Object.is(ours, real) || ours === real) return true;
  return (
    !Number.isSafeInteger(real) &&
    (Math.abs(ours - real) < 1e-6 || ours.toPrecision(6) === real.toPrecision(6))
  );
}

function isOurs(error: Error): boolean {
  return error instanceof DialectError || error instanceof GeometryError;
}

function shown(answer: readonly (number | string)[] | Error | 'refused'): string {
  if (answer instanceof Error) return `${answer.name}: ${answer.message}`;
  return answer === 'refused'
    ? answer
    : `[${answer.slice(0, 12).join(' ')}${answer.length > 12 ? ' ...' : ''}]`;
}
