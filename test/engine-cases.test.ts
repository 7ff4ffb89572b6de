// The case list itself: it is whole, it survives JSON, and the reference computes it.

import { expect, it } from 'vitest';
import { run } from '../src/engine/engine.ts';
import { parse, print } from '../src/geometry/index.ts';
import { difference, type EngineCase, outputOf } from './engine-case.ts';
import { engineCases, engineProblems } from './engine-cases.ts';

const cases = JSON.parse(JSON.stringify([...engineCases()])) as EngineCase[];

it.each([
  ['float64', 0],
  ['float32', 1e-5],
] as const)('every case agrees in %s within %f', (type, allowed) => {
  const wrong = cases.filter((one) => !(difference(one, outputOf(one, run, type)) <= allowed));
  expect(wrong.map((one) => one.name)).toEqual([]);
});

it('difference sees a wrong number', () => {
  const [one] = cases as [EngineCase];
  const found = outputOf(one, run);
  expect(difference(one, found)).toBe(0);
  expect(difference(one, found.subarray(1))).toBe(Infinity);
  found[0] = (found[0] as number) + 1;
  expect(difference(one, found)).toBeGreaterThan(1e-3);
  found[0] = Number.NaN;
  expect(difference(one, found)).toBe(Infinity);
});

it('the list is whole', () => {
  expect(cases.length).toBeGreaterThan(3000);
  const problems = [...engineProblems('burn')];
  expect(problems.length).toBeGreaterThan(1000);
  expect(problems.filter((text) => print(parse(text)) !== text)).toEqual([]);
});
