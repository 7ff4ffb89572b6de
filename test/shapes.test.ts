// Frameworks that cannot compute here were asked for their output shapes (oracle/shapes.py): padwise's are the same, and where it is
// refused there, padwise refuses.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DialectError } from '../src/dialects/error.ts';
import { dialects } from '../src/dialects/index.ts';
import { readLayer } from '../src/dialects/python.ts';
import { GeometryError } from '../src/geometry/index.ts';
import { type GeometryFixture, row } from './fixtures.ts';

const FOLDER = new URL('../oracle/shapes/', import.meta.url);

interface Shapes {
  readonly framework: string;
  readonly tables: readonly (Pick<GeometryFixture, 'code' | 'input' | 'columns' | 'rows'> & {
    stem: string;
  })[];
}

describe.each(readdirSync(FOLDER))('%s', (file) => {
  const { framework, tables } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Shapes;
  const chosen = dialects.filter(({ id }) => id === framework);

  it.each(tables.map((table) => [table.stem, table] as const))('%s', (_, table) => {
    const wrong = table.rows.flatMap((text) => {
      const fixture = {
        ...table,
        framework,
        version: {},
        kind: 'geometry',
        tensors: {},
        probe: 'conv',
        refusals: [],
      } as const;
      const { code, input, answer } = row(fixture, text);
      const ours = shape(() => readLayer(code, { dialects: chosen }).resolve(input).output);
      return ours === answer ? [] : [`${code} on ${input.join('x')}: ${answer}, padwise: ${ours}`];
    });
    expect(`${wrong.length} rows differ\n${wrong.slice(0, 8).join('\n')}`).toBe('0 rows differ\n');
  });
});

function shape(make: () => readonly number[]): string {
  try {
    return make().join('x');
  } catch (error) {
    if (error instanceof DialectError || error instanceof GeometryError) return '!';
    throw error;
  }
}
