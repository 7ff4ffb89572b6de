// Compare: layers of several frameworks side by side, whether they read the same pixels, for which sizes, and what repairs them.

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { playground } from './visit.ts';

const verdict = (page: Page, words: string | RegExp) =>
  page.getByRole('heading', { level: 1 }).filter({ hasText: words }).waitFor();
const line = (page: Page, number: number) =>
  page.getByRole('textbox', { name: new RegExp(`^Line ${number}`) });

playground('Compare', (visit) => {
  it('finds the same shape with other pixels, says by how much, and repairs it', () =>
    visit({ at: '#v1/compare' }, async (page) => {
      await verdict(page, 'Same shape, different pixels: shifted 1 pixel down and right');
      await page.getByText('Equal only for odd sizes.').first().waitFor();
      await page.getByText('F.pad(x, (2, 3, 2, 3))').first().waitFor();
      const row = page.getByRole('row', { name: /Pads before and after/ });
      expect(await row.getByRole('cell').allTextContents()).toEqual(['3, 3', '2, 3']);
    }));

  it('compares what is pasted instead, adds a line and takes one away', () =>
    visit({ at: '#v1/compare' }, async (page) => {
      await line(page, 1).fill('nn.Conv2d(3, 6, 4, stride=2, padding=1)');
      await line(page, 2).fill('keras.layers.Conv2D(6, 4, strides=2, padding="same")');
      await verdict(page, /equal|same pixels/i);
      await page.getByRole('button', { name: 'Add a line' }).click();
      await line(page, 3).fill('nn.Conv2d(3, 6, 4, stride=2)');
      await page.getByRole('columnheader', { name: 'line 3' }).waitFor();
      await page
        .getByRole('button', { name: /Remove/ })
        .last()
        .click();
      await line(page, 3).waitFor({ state: 'detached' });
    }));

  it('opens again what was shared', () =>
    visit({ at: '#v1/compare' }, async (page, context) => {
      await line(page, 1).fill('nn.Conv2d(3, 6, 3, stride=2, padding=1)');
      await page.getByRole('textbox', { name: 'Input size' }).fill('33');
      await page.waitForFunction(() => location.hash.includes('33'));
      const other = await context.newPage();
      await other.goto(page.url());
      await verdict(other, (await page.getByRole('heading', { level: 1 }).textContent()) ?? '');
      expect(await line(other, 1).inputValue()).toBe('nn.Conv2d(3, 6, 3, stride=2, padding=1)');
      expect(await line(other, 2).inputValue()).toBe(await line(page, 2).inputValue());
      expect(await other.getByRole('textbox', { name: 'Input size' }).inputValue()).toBe('33');
    }));

  it('sweeps the sizes, and each can be chosen with the keys', () =>
    visit({ at: '#v1/compare' }, async (page) => {
      await page.getByText(/for 508 sizes: 9, 11, …, 1023/).waitFor();
      await page.getByRole('button', { name: /Show 225/ }).click();
      await verdict(page, /equal|same pixels/i);
      const sweep = page.getByRole('slider', { name: /Sizes 8 to 1024/ });
      await sweep.focus();
      await page.keyboard.press('ArrowRight');
      expect(await sweep.getAttribute('aria-valuetext')).toContain('226');
      await page.keyboard.press('Home');
      expect(await sweep.getAttribute('aria-valuetext')).toMatch(/\b8\b/);
    }));

  it('says beside a line what is wrong with it', () =>
    visit({ at: '#v1/compare' }, async (page) => {
      await verdict(page, /shifted/);
      for (const wrong of [
        'nn.Conv2d(3, 64',
        'nonsense',
        '<img src=x onerror=alert(1)>',
        'nn.Conv2d(3, 64, 7, 0)',
      ]) {
        await line(page, 2).fill(wrong);
        await page.locator('textarea[aria-invalid=true]').waitFor();
        const id = await page.locator('textarea[aria-invalid=true]').getAttribute('aria-describedby');
        expect((await page.locator(`[id="${id}"]`).textContent())?.length, wrong).toBeGreaterThan(10);
      }
      await line(page, 2).fill('keras.layers.Conv2D(64, 7, strides=2)');
      await page.locator('textarea[aria-invalid=true]').waitFor({ state: 'detached' });
      await verdict(page, /./);
      for (const wrong of ['', 'x', '-1', '1e99', '0']) {
        await page.getByRole('textbox', { name: 'Input size' }).fill(wrong);
        await page.locator('input[aria-invalid=true]').waitFor();
        await verdict(page, /./);
      }
    }));
});
