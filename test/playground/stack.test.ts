// Stack: what a list of layers gives, sees and drops.

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { playground } from './visit.ts';

const heading = (page: Page, words: string | RegExp) =>
  page.getByRole('heading', { level: 1 }).filter({ hasText: words }).waitFor();

playground('Stack', (visit) => {
  const paste = (page: Page) => page.getByRole('textbox', { name: /^Layers of any framework/ });

  it('lists shapes, fields and costs of each layer', () =>
    visit({ at: '#v1/stack' }, async (page) => {
      await heading(page, 'Each output sees 35 × 35 of 224 × 224');
      const row = page.getByRole('row', { name: /^2 nn.MaxPool2d/ });
      const cells = await row.getByRole('cell').allTextContents();
      expect(cells.map((cell) => cell.replace(/\s/g, ' '))).toEqual([
        '64 × 56 × 56',
        '1, 1',
        '11',
        '4',
        '0',
        '–',
        '–',
      ]);
    }));

  it('reads what is pasted, and opens it again', () =>
    visit({ at: '#v1/stack' }, async (page, context) => {
      await paste(page).fill(
        'keras.Sequential([\n  keras.layers.Conv2D(8, 3, strides=2, padding="same"),\n  keras.layers.MaxPooling2D(2),\n])',
      );
      await heading(page, 'Each output sees 5 × 5 of 224 × 224');
      const size = page.getByRole('textbox', { name: 'Size of the input' });
      await size.fill('97');
      await heading(page, 'of 97 × 97');
      const other = await context.newPage();
      await other.goto(page.url());
      await heading(other, 'Each output sees 5 × 5 of 97 × 97');
      expect(await paste(other).inputValue()).toBe(await paste(page).inputValue());
    }));

  it('shows what an output reads as it is moved', () =>
    visit({ at: '#v1/stack' }, async (page) => {
      await page
        .getByText(/^Output \(14, 14\) reads 1225 pixels: 95\.\.129 x 95\.\.129/)
        .first()
        .waitFor({ state: 'attached' });
      await page.getByRole('button', { name: 'column: one more' }).click();
      await page
        .getByText(/^Output \(14, 15\) reads .*103\.\.137/)
        .first()
        .waitFor({ state: 'attached' });
    }));

  it('names the sizes that work where one does not, and what is dropped', () =>
    visit({ at: '#v1/stack' }, async (page) => {
      await paste(page).fill('nn.Sequential(nn.Conv2d(3, 8, 3, stride=2), nn.MaxPool2d(4, 4))');
      await heading(page, 'Each output sees 9 × 9');
      await page.getByText('drops the last 3 elements: no window fits there').waitFor();
      await page.getByRole('textbox', { name: 'Size of the input' }).fill('5');
      await page.getByText(/^5 does not work/).waitFor();
      await page.getByRole('button', { name: /^↑/ }).first().click();
      await page.getByText(/^9 works/).waitFor();
    }));

  it('compares two stacks for drift', () =>
    visit({ at: '#v1/stack' }, async (page) => {
      await page
        .getByRole('combobox', { name: 'Begin with' })
        .selectOption({ label: 'Five strided layers, PyTorch against Keras' });
      await page
        .getByText(/\b31 (?:px|pixels)/)
        .first()
        .waitFor();
    }));

  it('says beside the fields what is wrong', () =>
    visit({ at: '#v1/stack' }, async (page) => {
      for (const wrong of ['nn.Sequential(nn.Conv2d(3,', 'nonsense', '<img src=x onerror=alert(1)>']) {
        await paste(page).fill(wrong);
        await page.locator('textarea[aria-invalid=true]').waitFor();
        await heading(page, /./);
      }
      for (const wrong of ['', 'x', '-1', '1e99', '0']) {
        await page.getByRole('textbox', { name: 'Size of the input' }).fill(wrong);
        await page.locator('input[aria-invalid=true]').waitFor();
      }
    }));
});
