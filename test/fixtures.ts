// The fixtures: what the real frameworks answered (oracle/README.md has the format), and what padwise answers to the same
// code. One code string is evaluated there and read here.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dialect, Shape } from '../src/dialects/dialect.ts';
import { readLayer } from '../src/dialects/python.ts';
import { run } from '../src/engine/engine.ts';
import type { Geometry } from '../src/geometry/index.ts';

const FOLDER = fileURLToPath(new URL('../oracle/fixtures', import.meta.url));

export interface GeometryFixture {
  readonly framework: string;
  readonly version: Readonly<Record<string, string>>;
  readonly kind: 'geometry';
  readonly code: string;
  readonly input: string;
  readonly tensors: Readonly<Record<string, string>>;
  readonly probe: 'conv' | 'max' | 'average';
  readonly columns: readonly string[];
  readonly refusals: readonly string[];
  readonly rows: readonly string[];
}

export interface NumericCase {
  readonly code: string;
  readonly input: Shape;
  readonly tensors?: Readonly<Record<string, Shape>>;
  readonly scale?: number;
  readonly output?: Shape;
  readonly values?: readonly (number | string)[];
  readonly refused?: string;
}

export interface NumericFixture {
  readonly framework: string;
  readonly version: Readonly<Record<string, string>>;
  readonly kind: 'numeric';
  readonly cases: readonly NumericCase[];
}

/** The fixture folders, one per framework. */
export function frameworks(): string[] {
  return readdirSync(FOLDER).sort();
}

/** Every fixture file of a framework, by its name without .json. */
export function fixtures(framework: string): Map<string, GeometryFixture | NumericFixture> {
  const files = readdirSync(join(FOLDER, framework)).filter((file) => file.endsWith('.json'));
  return new Map(
    files
      .sort()
      .map((file) => [
        file.slice(0, -'.json'.length),
        JSON.parse(readFileSync(join(FOLDER, framework, file), 'utf8')),
      ]),
  );
}

/** One row with its values put into the code: what was asked, and what the framework answered. */
export interface Row {
  readonly code: string;
  readonly input: Shape;
  readonly tensors: Readonly<Record<string, Shape>>;
  readonly answer: string;
  readonly values: ReadonlyMap<string, string>;
}

export function row(fixture: GeometryFixture, text: string): Row {
  const [given = '', answer = ''] = text.split('|');
  const values = new Map(given.split(' ').map((value, i) => [fixture.columns[i] as string, value]));
  const fill = (template: string) =>
    template.replace(/\$\{?(\w+)\}?/g, (_, name: string) => values.get(name) ?? `$${name}`);
  const shape = (template: string) => fill(template).split('x').map(Number);
  const tensors = Object.fromEntries(
    Object.entries(fixture.tensors).map(([name, template]) => [name, shape(template)]),
  );
  return { code: fill(fixture.code), input: shape(fixture.input), tensors, answer, values };
}

/** The numbers a row's answer stands for, or 'refused'. */
export function expected(asked: Row): number[] | 'refused' {
  if (asked.answer.startsWith('!')) return 'refused';
  const affine = /^(\d+)@(-?\d+)$/.exec(asked.answer);
  if (affine === null) return (asked.answer.split(':')[1] ?? '').split(',').filter(Boolean).map(number);
  const [outputs, before] = [Number(affine[1]), Number(affine[2])];
  const value = (name: string) => Number(asked.values.get(name) ?? 1);
  return Array.from({ length: outputs }, (_, o) => {
    let sum = 0;
    for (let tap = 0; tap < value('kernel'); tap++) {
      const index = o * value('stride') - before + tap * value('dilation');
      if (index >= 0 && index < value('size')) sum += 10 ** tap * (index + 1);
    }
    return sum;
  });
}

/** Python prints -inf. */
function number(text: string): number {
  return Number(text.replace('inf', 'Infinity'));
}

/** What padwise answers: the probe's numbers run through the geometry it read, or the error. */
export function answered(
  dialects: readonly Dialect[],
  asked: Row,
  kind: GeometryFixture['probe'],
): number[] | Error {
  try {
    const layer = readLayer(asked.code, { dialects, tensors: asked.tensors });
    let x = probed(asked, kind);
    for (const step of layer.resolve(asked.input).steps) x = run(step, { input: x, ...taps(step) });
    return [...x];
  } catch (error) {
    return error as Error;
  }
}

function probed(asked: Row, kind: GeometryFixture['probe']): Float64Array {
  const size = asked.input.reduce((product, n) => product * n, 1);
  const value = {
    conv: (i: number) => i + 1,
    max: (i: number) => i - size,
    average: (i: number) => 60 * (i + 1),
  }[kind];
  return Float64Array.from({ length: size }, (_, i) => value(i));
}

/** The one channel's weight: tap t weighs 10 ** t. */
function taps(of: Geometry): { weight?: Float64Array } {
  if (of.operation !== 'conv') return {};
  const count = of.axes.reduce((product, axis) => product * axis.kernel, 1);
  return { weight: Float64Array.from({ length: count }, (_, tap) => 10 ** tap) };
}
