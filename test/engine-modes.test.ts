// Every recorded case and gradient, and gradients of random geometries, on compiled code in every mode; and the bits of
// results, which threads and wide vectors must leave alone.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { configure } from '../src/engine/configure.ts';
import { host } from '../src/engine/host.ts';
import { settings } from '../src/engine/settings.ts';
import { nn } from '../src/layers/torch.ts';
import { tensor } from '../src/tensor/tensor.ts';
import { bits } from './engine-bits.ts';
import { engineCases } from './engine-cases.ts';
import { enter, workersReady, wrongCases } from './engine-modes.ts';
import type { WideFindings } from './engine-modes-wide.ts';
import { gradientCases, wrongGradients } from './gradient-cases.ts';
import { bitProblems, counterexample } from './problems.ts';

const WIDE = fileURLToPath(new URL('engine-modes-wide.ts', import.meta.url));

const usual = settings();
afterAll(() => configure(usual));

// Computes beside the tests of this process.
const wide: Promise<WideFindings> = promisify(execFile)(process.execPath, [WIDE], {
  maxBuffer: 2 ** 26,
}).then(({ stdout }) => JSON.parse(stdout));

const cases = [...engineCases()];
const recorded = [...gradientCases()];
const single = (numbers: Float64Array) => Float32Array.from(numbers);

describe.each(['default', 'strict', 'threads'] as const)('%s', (mode) => {
  it('computes every recorded case', async () => {
    expect(enter(mode)).toBe(null);
    if (mode === 'threads') expect(await workersReady()).toBe(true);
    expect(wrongCases(cases)).toEqual([]);
  });

  it('computes every recorded gradient, random ones, and what is prepared', () => {
    enter(mode);
    expect(wrongGradients(recorded, single)).toEqual([]);
    expect(counterexample(60, 10, 'gradients')).toBe(null);
    expect(counterexample(60, 12, 'prepared')).toBe(null);
  });
});

describe('threads', () => {
  const problems = bitProblems();

  it.each(['strict', 'default'] as const)('leave every bit alone, %s', async (precision) => {
    enter('default');
    const alone = await bits(problems, precision);
    enter('threads');
    expect(await workersReady()).toBe(true);
    const { helped } = host().threads.describe();
    expect(await bits(problems, precision, true)).toEqual(alone);
    expect(host().threads.describe()).toMatchObject({ workers: 1, lost: 0, obstacle: null });
    expect(host().threads.describe().helped).toBeGreaterThan(helped + 24);
  });
});

it('a layer follows the settings', () => {
  const x = tensor(
    Float32Array.from({ length: 12 * 100 }, (_, i) => Math.sin(i)),
    [1, 12, 10, 10],
  );
  const conv2d = nn.Conv2d(12, 4, 3);
  enter('default');
  const fused = conv2d(x).data;
  enter('strict');
  const strict = conv2d(x).data;
  expect(strict).not.toEqual(fused);
  const fresh = nn.Conv2d(12, 4, 3);
  Object.assign(fresh, { weight: conv2d.weight, bias: conv2d.bias });
  expect(fresh(x).data).toEqual(strict);
  enter('default');
  expect(conv2d(x).data).toEqual(fused);
});

describe('wide', () => {
  it('computes every recorded case and gradient, random ones, and what is prepared', async ({ skip }) => {
    const { obstacle, ...found } = await wide;
    if (obstacle !== null) {
      console.warn(`wide mode is not tested: ${obstacle}`);
      skip(obstacle);
    }
    expect(found).toMatchObject({ cases: [], gradients: [], random: [null, null] });
  });

  it('leaves every bit of strict sums alone', async ({ skip }) => {
    const { obstacle, strictBits } = await wide;
    if (obstacle !== null) skip(obstacle);
    enter('default');
    expect(strictBits).toEqual(await bits(bitProblems(), 'strict'));
  });
});
