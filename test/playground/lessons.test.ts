// The lessons, live, and the custom element for other people's pages.

import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { folder } from './site.ts';
import { playground, shown } from './visit.ts';

const LESSONS = [
  ['exercises', 'Exercises'],
  ['why-32', 'Why 32 and not 31?'],
  ['stable-diffusion', 'Why does Stable Diffusion pad (0, 1, 0, 1)?'],
  ['torch-same-stride', "Why does PyTorch refuse 'same' with a stride?"],
  ['same-upper-lower', 'SAME_UPPER or SAME_LOWER?'],
  ['ceil-mode', 'The hidden rule of ceil_mode'],
  ['output-padding', 'What is output_padding?'],
] as const;

playground('Lessons', (visit, site) => {
  it('each have an address, a question and a figure that moves', () =>
    visit({ at: '#v1/lessons' }, async (page) => {
      for (const [name, title] of LESSONS) {
        await page.getByRole('navigation', { name: 'Lessons' }).getByRole('link', { name: title }).click();
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
        expect(new URL(page.url()).hash).toBe(`#v1/lessons/${name}`);
        if (name !== 'exercises') {
          await page.getByRole('article').getByRole('figure').first().waitFor();
          expect(await page.getByRole('link', { name: /Layer|Compare|lab/i }).count()).toBeGreaterThan(0);
        }
      }
    }));

  it('show that padding does not make all pixels count the same, and full padding does', () =>
    visit({ at: '#v1/lessons' }, async (page) => {
      const section = page.getByRole('region', { name: 'Does padding make all pixels count the same?' });
      await section.getByRole('radio', { name: /^same/ }).check();
      await section
        .getByText(/read so far 2, 3, 3, 3, 3, 3, 3, 2/)
        .first()
        .waitFor({ state: 'attached' });
      await section.getByRole('radio', { name: /^full/ }).check();
      await section
        .getByText(/read so far 3, 3, 3, 3, 3, 3, 3, 3/)
        .first()
        .waitFor({ state: 'attached' });
    }));

  it('open again as they were left', () =>
    visit({ at: '#v1/lessons' }, async (page, context) => {
      const stride = (one: Page) => one.getByRole('textbox', { name: 'Stride across' });
      await page.getByRole('button', { name: 'Stride across: one less' }).click();
      await page.waitForFunction(() => location.hash.includes('stride'));
      const other = await context.newPage();
      await other.goto(page.url());
      await shown(other);
      expect(await stride(other).inputValue()).toBe('1');
    }));

  it('check an answer by computing it, and remember it', () =>
    visit({ at: '#v1/lessons/exercises' }, async (page) => {
      const shape = page.getByRole('textbox', { name: 'Height and width of the output?' });
      await shape.fill('3 x 2');
      await page.getByText('0 of 13 answered').waitFor();
      await shape.fill('2 x 2');
      await page.getByText('1 of 13 answered').waitFor();
      for (const wrong of ['', 'two', '-1', '1e99', '<b>2</b>', '9'.repeat(500)]) {
        await shape.fill(wrong);
        await page.getByText('0 of 13 answered').waitFor();
      }
      await shape.fill('2, 2');
      await page.getByText('1 of 13 answered').waitFor();
      await page.reload();
      await page.getByText('1 of 13 answered').waitFor();
      expect(await shape.inputValue()).toBe('2, 2');
    }));

  it.skipIf(!existsSync(`${folder}/element.html`))('lend their figures to other pages as an element', () =>
    visit({}, async (_page, context) => {
      const page = await context.newPage();
      await page.goto(new URL('element.html', site().page()).href);
      const figure = page.locator('padwise-figure').first();
      await figure.getByRole('img').first().waitFor();
      const said = async () => figure.getByRole('img').first().getAttribute('aria-label');
      const first = await said();
      await figure.getByRole('group').first().focus();
      await page.keyboard.press('.');
      await figure.locator(`[role=img]:not([aria-label="${first}"])`).first().waitFor();
      await figure.evaluate((one) => one.setAttribute('figure', '<img src=x onerror=alert(1)>'));
      await figure.getByText(/./).first().waitFor();
      expect(await figure.locator('img').count()).toBe(0);
      await figure.evaluate((one) => one.setAttribute('figure', 'window 1x1x8x8 k3 s2 p1 -> 1'));
      await figure.getByRole('img').first().waitFor();
    }),
  );
});
