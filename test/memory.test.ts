// 20,000 convolutions of changing shapes leave the engine's memory as they found it; `npm run memory` (memory.ts) computes
// 200,000 and shows what the process holds.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configure } from '../src/engine/configure.ts';
import { host } from '../src/engine/host.ts';
import { settings } from '../src/engine/settings.ts';
import { enter } from './engine-modes.ts';
import { chosen, dropped, givenUp, gradient, once, shapes, turn } from './memory.ts';

const usual = settings();
beforeAll(() => enter('default'));
afterAll(() => configure(usual));

const all = shapes();

/** What is in use once the same programs are the ones that were kept last. */
function held() {
  for (const one of all) once(one);
  const { used, blocks } = host().memory.statistics();
  return { used, blocks };
}

it('20,000 convolutions of 300 shapes come back to the same memory', async () => {
  const before = held();
  for (let i = 0; i < 20_000; i++) (i % 4 === 0 ? givenUp : once)(chosen(all, i));
  for (let i = 0; i < 300; i++) gradient(chosen(all, i));
  await turn();
  expect(held()).toEqual(before);
  expect(host().memory.statistics().reserved).toBeLessThan(2 ** 25);
});

it('what nobody gives up comes back when it is collected', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const before = held();
  for (let i = 0; i < 300; i++) dropped(chosen(all, i));
  expect(held()).not.toEqual(before);
  await expect
    .poll(
      async () => {
        collect();
        await turn();
        return held();
      },
      { timeout: 30_000, interval: 10 },
    )
    .toEqual(before);
});
