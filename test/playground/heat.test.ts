// Heat: how often pixels are used, by one layer or through a stack, for small inputs and whole photos.

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { playground } from './visit.ts';

const heading = (page: Page, words: string | RegExp) =>
  page.getByRole('heading', { level: 1 }).filter({ hasText: words }).waitFor();

playground('Heat', (visit) => {
  it('shows how often 1x1, 2x2 and 3x3 kernels use each pixel', () =>
    visit({ at: '#v1/heat' }, async (page) => {
      await heading(page, 'Not all pixels are used equally often');
      await page.getByText(/a corner pixel is read once, the most used one 9 times/).waitFor();
      await page.getByText('Show as table').click();
      const last = page.getByRole('table').last();
      await last.waitFor();
      expect((await last.textContent())?.replace(/\D/g, '')).toContain('12333321');
    }));

  it('counts for other layers, and shows that padding does not make pixels equal but full padding does', () =>
    visit({ at: '#v1/heat' }, async (page) => {
      const third = page.getByRole('group', { name: /^Map 3/ });
      await third.getByRole('button', { name: 'same', exact: true }).click();
      await page.getByText(/the most used one 9 times/).waitFor();
      await third.getByRole('button', { name: 'full', exact: true }).click();
      await page
        .getByText(/full padding, so every tap meets every pixel: each is read 9 times/)
        .first()
        .waitFor({ state: 'attached' });
    }));

  it('paints a photo’s size, and opens again what was shared', () =>
    visit({ at: '#v1/heat' }, async (page, context) => {
      await page.getByRole('button', { name: 'A whole photo' }).click();
      await page.locator('main canvas').first().waitFor();
      const other = await context.newPage();
      await other.goto(page.url());
      await other.locator('main canvas').first().waitFor();
      expect(await other.getByRole('textbox', { name: 'Input size' }).inputValue()).toBe(
        await page.getByRole('textbox', { name: 'Input size' }).inputValue(),
      );
    }));

  it('says beside a field what is wrong', () =>
    visit({ at: '#v1/heat' }, async (page) => {
      const fields = page.locator('main').getByRole('textbox');
      const count = await fields.count();
      for (let i = 0; i < count; i++)
        for (const wrong of ['', 'x', '-1', '1e99', '99999999']) {
          await fields.nth(i).fill(wrong);
          await page.locator('input[aria-invalid=true]').waitFor();
          await fields.nth(i).blur();
        }
      const first = page.getByRole('group', { name: /^Map 1/ });
      await first.getByRole('button', { name: 'Paste code' }).click();
      await first.getByRole('textbox').first().fill('nn.Conv2d(3,');
      await page.locator('textarea[aria-invalid=true]').waitFor();
      await first.getByRole('textbox').first().fill('nn.Conv2d(1, 1, 5)');
      await page.locator('textarea[aria-invalid=true]').waitFor({ state: 'detached' });
    }));

  it('counts through a stack of layers, and says which pixels reach how many outputs', () =>
    visit({ at: '#v1/heat' }, async (page) => {
      await page.getByRole('button', { name: 'A stack of layers' }).click();
      await page
        .getByRole('textbox', { name: /^One layer or a stack/ })
        .first()
        .waitFor();
      await page
        .getByRole('img', { name: /reaches/ })
        .first()
        .waitFor();
      const stack = page.getByRole('group', { name: /^Map 1/ });
      await stack
        .getByRole('textbox')
        .first()
        .fill('nn.Sequential(nn.Conv2d(1, 1, 3, stride=2), nn.MaxPool2d(2))');
      await page.waitForFunction(() => location.hash.includes('MaxPool2d'));
      await page.getByRole('textbox', { name: 'Input size' }).fill('11');
      await page.getByText('Show as table').click();
      // Two outputs a side read 0 to 4 and 4 to 8: pixel 4 reaches both of them, the last two reach none.
      const row = page.getByRole('table').first().getByRole('row').nth(5).getByRole('cell');
      await row.filter({ hasText: '4' }).waitFor();
      expect(await row.allTextContents()).toEqual(['2', '2', '2', '2', '4', '2', '2', '2', '2', '0', '0']);
    }));

  it('has maps of its own: added, pasted, both axes apart, removed', () =>
    visit({ at: '#v1/heat' }, async (page) => {
      const maps = page.getByRole('group', { name: /^Map \d/ });
      await page.getByRole('button', { name: 'Add a map' }).click();
      expect(await maps.count()).toBe(4);
      await maps.last().getByRole('button', { name: 'Paste code' }).click();
      await maps.last().getByRole('textbox').fill('nn.Conv2d(1, 1, (1, 4), stride=(1, 4))');
      await page.getByRole('img', { name: /Each pixel is read once\.\s*$/ }).waitFor();
      await page.getByRole('button', { name: 'Remove map 4' }).click();
      for (const left of [2, 1]) {
        await page.getByRole('button', { name: 'Remove map 1', exact: true }).click();
        await page.waitForFunction(
          (count) => document.querySelectorAll('main fieldset').length === count,
          left,
        );
      }
      expect(await page.getByRole('button', { name: /^Remove map/ }).count()).toBe(0);
      await maps.getByRole('button', { name: 'Rows and columns apart' }).click();
      await maps.getByRole('textbox', { name: 'Stride' }).last().fill('2');
      await page.waitForFunction(() => decodeURIComponent(location.hash).includes('k3x4 s1x2'));
      await page.getByRole('button', { name: 'Sides apart' }).click();
      await page.getByRole('textbox', { name: 'Input width' }).fill('12');
      await page.waitForFunction(() => location.hash.includes('8x12'));
      await page.goBack();
      await page.getByRole('button', { name: 'Rows and columns alike' }).waitFor();
    }));

  it('says the counts of a whole photo under the keys and the finger, and in a table', () =>
    visit({ at: '#v1/heat', touch: true }, async (page) => {
      await page.getByRole('button', { name: 'A whole photo' }).click();
      const map = page
        .getByRole('figure')
        .filter({ has: page.locator('canvas') })
        .first();
      const box = map.getByRole('group').first();
      await box.focus();
      const told = map.locator('[aria-live=polite]');
      await page.keyboard.press('Home');
      await told.filter({ hasText: /^Row 0, column 0: / }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await told.filter({ hasText: /^Row 1, column 1: / }).waitFor();
      await page.keyboard.press('End');
      await told.filter({ hasText: /^Row [1-9]\d+, column [1-9]\d+: / }).waitFor();
      await map.locator('canvas').tap({ position: { x: 5, y: 5 } });
      await told.filter({ hasText: /^Row \d, column \d: / }).waitFor();
      await page.getByText('Show as table').click();
      await page.getByRole('table').first().waitFor();
    }));
});
