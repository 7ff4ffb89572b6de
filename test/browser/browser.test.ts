// The recorded cases and random problems in headless Chromium: with shared memory and threads, without, where no WebAssembly
// may be compiled, and in a worker. Chromium is found on the PATH or as PADWISE_CHROMIUM; without it this is skipped.

import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure } from '../../src/engine/configure.ts';
import { settings } from '../../src/engine/settings.ts';
import { print } from '../../src/geometry/index.ts';
import { bits } from '../engine-bits.ts';
import { engineCases } from '../engine-cases.ts';
import { enter } from '../engine-modes.ts';
import { bitProblems, type Problem, sample } from '../problems.ts';
import { executable } from './chromium.ts';
import type { Answer, NamedProblem, Request } from './page.ts';
import { type Headers, type Server, serve } from './server.ts';

const named = ([of, layout]: Problem): NamedProblem => [print(of), layout];

describe.skipIf(executable === undefined)(
  'a browser (skipped where no Chromium is found)',
  { concurrent: true },
  () => {
    let server: Server;
    let browser: Browser;
    let here: readonly string[];
    const usual = settings();

    beforeAll(async () => {
      const lists = {
        cases: [...engineCases()],
        problems: sample(200, 50).map(named),
        bitProblems: bitProblems().map(named),
      };
      server = await serve(lists);
      browser = await chromium.launch({ executablePath: executable as string });
      enter('default');
      here = await bits(bitProblems(), 'strict');
    });
    afterAll(async () => {
      configure(usual);
      await browser?.close();
      await server?.close();
    });

    async function ask(headers: Headers, request: Request): Promise<Answer> {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      try {
        await page.goto(server.page(headers));
        await page.waitForFunction('globalThis.answer !== undefined', null, { timeout: 30_000 });
        const answer = await page.evaluate<Answer>(`answer(${JSON.stringify(request)})`);
        expect(errors).toEqual([]);
        return answer;
      } finally {
        await page.close();
      }
    }

    const right = { wrongCases: [], wrongProblems: [], obstacle: null };

    it('computes with threads where the page is isolated', async () => {
      const answer = await ask('isolated', { mode: 'threads' });
      expect(answer).toMatchObject({ ...right, isolated: true, sharing: null });
      expect(answer.threads).toMatchObject({ workers: 1, lost: 0, obstacle: null });
      expect(answer.threads?.helped).toBeGreaterThan(20);
      expect(answer.bits).toEqual(here);
    });

    it('computes on one thread where it is not, and says why', async () => {
      const answer = await ask('open', { mode: 'threads' });
      expect(answer).toMatchObject({ ...right, isolated: false });
      expect(answer.sharing).toMatch(/^the page is not cross-origin isolated; serve it with the headers/);
      expect(answer.threads).toMatchObject({ workers: 0, helped: 0, obstacle: answer.sharing });
      expect(answer.bits).toEqual(here);
    });

    it('computes strictly', async () => {
      expect(await ask('isolated', { mode: 'strict', cases: false })).toMatchObject({ ...right, bits: here });
    });

    it('computes by the reference where no WebAssembly may be compiled, and says why', async () => {
      const answer = await ask('closed', { mode: 'default' });
      expect(answer).toMatchObject({ wrongCases: [], wrongProblems: [], threads: null });
      expect(answer.obstacle).toContain("Content-Security-Policy needs 'wasm-unsafe-eval'");
      expect(answer.planned).toBe(`reference: ${answer.obstacle}`);
    });

    it('computes in a worker of a page, which has workers of its own', async () => {
      const page = await browser.newPage();
      await page.goto(server.page('isolated'));
      const answer = await page.evaluate<Answer>(`new Promise((resolve, reject) => {
      const worker = new Worker('test/browser/page.js', { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage({ mode: 'threads', cases: false });
    })`);
      expect(answer).toMatchObject({
        ...right,
        isolated: true,
        threads: { workers: 1, lost: 0, obstacle: null },
      });
      expect(answer.threads?.helped).toBeGreaterThan(20);
      expect(answer.bits).toEqual(here);
      await page.close();
    });
  },
);
