// The engine against the reference on 2,000 random geometries, over the modes together; `npm run fuzz` (fuzz.ts) computes as
// many as one likes.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { configure } from '../src/engine/configure.ts';
import { settings } from '../src/engine/settings.ts';
import { enter, workersReady } from './engine-modes.ts';
import { counterexample } from './problems.ts';

const FUZZ = fileURLToPath(new URL('fuzz.ts', import.meta.url));

const usual = settings();
afterAll(() => configure(usual));

/** The command; its output, whatever it exits with. */
async function fuzz(...options: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [FUZZ, ...options]);
  return (await run.catch((failed: { stdout: string }) => failed)).stdout;
}

// V8's switch is the whole process's, so wide mode has one of its own. It computes beside the others.
const wide = fuzz('--mode', 'wide', '--cases', '500', '--seed', '40');

describe('random geometries come out as the reference has them', () => {
  it.each([
    ['default', 600, 7],
    ['strict', 500, 20],
    ['threads', 400, 30],
  ] as const)('%s, %i of them', async (mode, cases, seed) => {
    enter(mode);
    if (mode === 'threads') expect(await workersReady()).toBe(true);
    expect(counterexample(cases, seed)).toBe(null);
  });

  it('wide, 500 of them', async ({ skip }) => {
    const printed = await wide;
    if (printed.startsWith('skipped')) {
      console.warn(printed);
      skip(printed);
    }
    expect(printed).toMatch(/^wide: 500 are right/);
  });
});

it('the command says which problem is wrong', async () => {
  expect(await fuzz('--problem', '2x4x6x7 k3 p1 -> 4', '--layout', 'last')).toBe('as the reference has it\n');
  expect(await fuzz('--mode', 'sideways')).toBe('');
});
