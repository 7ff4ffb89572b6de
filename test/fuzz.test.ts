// The fast engine against the reference on random geometries: PADWISE_FUZZ=100000 npx vitest run test/fuzz.test.ts runs as
// many as one likes, PADWISE_FUZZ_SEED another sequence of them.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure } from '../src/engine/configure.ts';
import { print } from '../src/geometry/index.ts';
import { both, difference, layouts, problems } from './problems.ts';

const numRuns = Number(process.env.PADWISE_FUZZ ?? 2000);
const seed = Number(process.env.PADWISE_FUZZ_SEED ?? 7);

beforeAll(() => configure({ compileFrom: 0 }));
afterAll(() => configure({ compileFrom: 4096 }));

describe('the engine', () => {
  it(`computes ${numRuns} random geometries as the reference does`, { timeout: numRuns * 100 }, () => {
    fc.assert(
      fc.property(problems, layouts, (of, layout) => {
        expect(difference(both(of, layout)), `${print(of)}, channels ${layout}`).toBe(null);
      }),
      { numRuns, seed },
    );
  });
});
