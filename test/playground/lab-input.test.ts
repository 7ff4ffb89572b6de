// What people type by mistake: in every field of the lab it gets a sentence beside the field, the last good answer stays, and
// the page goes on working.

import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { playground } from './visit.ts';

const WRONG = ['', ' ', 'four', '-1', '1e99', '1.5', '99999999999999999999', '<b>4</b>', '٤', '0x10', 'NaN'];
const answer = (page: Page) => page.getByRole('heading', { level: 1 });

/** The sentence a field points at as its description. */
async function beside(page: Page, field: Locator): Promise<string> {
  const id = await field.getAttribute('aria-describedby');
  return id === null ? '' : ((await page.locator(`[id="${id}"]`).textContent()) ?? '').trim();
}

playground('bad input in the lab', (visit) => {
  it('gets a sentence beside each number, and the last good answer stays', () =>
    visit({}, async (page) => {
      await page.getByText('More', { exact: true }).click();
      const fields = page.getByRole('region', { name: 'Numbers of the layer' }).getByRole('textbox');
      const names = await fields.evaluateAll((all) =>
        all.map((one) => (one as HTMLInputElement).labels?.[0]?.textContent ?? ''),
      );
      expect(names).toEqual(
        expect.arrayContaining(['Size', 'Kernel', 'Stride', 'Dilation', 'Channels', 'Filters']),
      );
      for (const [i, name] of names.entries()) {
        const field = fields.nth(i);
        const good = await field.inputValue();
        for (const wrong of WRONG) {
          await field.fill(wrong);
          expect(await beside(page, field), `${name}: ${wrong}`).toMatch(
            /^(?:A whole number|From \d+ to \d+)/,
          );
          expect(await field.getAttribute('aria-invalid')).toBe('true');
          expect(await answer(page).textContent()).toBe('64 becomes 32');
        }
        await field.blur();
        expect(await field.inputValue(), name).toBe(good);
        expect(await beside(page, field)).toBe('');
      }
    }));

  it('of a size that no window fits into is said in words', () =>
    visit({}, async (page) => {
      await page.getByRole('combobox', { name: 'Padding' }).selectOption('valid');
      await page.getByRole('textbox', { name: 'Size' }).fill('3');
      await answer(page).filter({ hasText: '3 becomes 0' }).waitFor();
      await page
        .getByText(/does not fit/)
        .first()
        .waitFor();
      await page.getByRole('textbox', { name: 'Size' }).fill('4096');
      await answer(page).filter({ hasText: '4096 becomes 2047' }).waitFor();
    }));

  const pastes: readonly (readonly [string, string])[] = [
    ['words', 'what is a convolution?'],
    ['an open bracket', 'nn.Conv2d(3, 64'],
    ['an unknown layer', 'nn.Conv9d(3, 64, 7)'],
    ['a negative kernel', 'nn.Conv2d(3, 64, -7)'],
    ['a kernel of nothing', 'nn.Conv2d(3, 64, 0)'],
    ['a number beyond numbers', 'nn.Conv2d(3, 64, 1e99)'],
    ['a huge kernel', 'nn.Conv2d(3, 64, 99999999999)'],
    ['a variable', 'nn.Conv2d(3, 64, k)'],
    ['what the framework refuses', 'nn.Conv2d(3, 64, 7, stride=2, padding="same")'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['markup in a name', 'nn.Conv2d("<img src=x onerror=alert(1)>", 64, 7)'],
    ['control characters', '\u0000\u0007\u202Enn.Conv2d(3'],
    ['a template of another language', 'Conv2D({{ 64 }}, `7`)'],
  ];
  it('that is code gets a sentence below it, and the page goes on', () =>
    visit({}, async (page) => {
      const code = page.getByRole('textbox', { name: /any framework/ });
      for (const [what, pasted] of pastes) {
        await code.fill('nn.Conv2d(3, 6, 5)');
        await answer(page).filter({ hasText: '64 becomes 60' }).waitFor();
        await code.fill(pasted);
        await page.locator('textarea[aria-invalid=true]').waitFor();
        expect((await beside(page, code)).length, what).toBeGreaterThan(10);
        expect(await answer(page).textContent(), what).toBe('64 becomes 60');
        expect(await page.locator('main img').count(), what).toBe(0);
      }
      await code.fill('');
      expect(await answer(page).textContent()).toMatch(/^64 becomes \d+$/);
      await code.fill('nn.Conv2d(3, 6, 7)');
      await answer(page).filter({ hasText: '64 becomes 58' }).waitFor();
      expect(await beside(page, code)).toBe('');
    }));

  it('of a million characters does no harm', () =>
    visit({}, async (page) => {
      const code = page.getByRole('textbox', { name: /any framework/ });
      await code.fill(`# ${'x'.repeat(1_000_000)}\nnn.Conv2d(3, 6, 5)`);
      await page.locator('textarea[aria-invalid=true]').waitFor();
      expect(await beside(page, code)).toContain('200000');
      await code.fill('nn.Conv2d(3, 6, 5)');
      await answer(page).filter({ hasText: '64 becomes 60' }).waitFor();
    }));
});
