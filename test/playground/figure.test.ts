// A figure, as every screen has them: played, stepped, scrubbed, pointed at, moved by keys, read aloud, read as a table, taken
// along. Shown on a small layer: 8x8, kernel 3, stride 2, 3x3 outputs.

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { playground } from './visit.ts';

const SMALL = '#v1/lab/8x8 k3 s2';
const figure = (page: Page) => page.getByRole('figure').getByRole('group', { name: / -> / }).first();
const live = (page: Page) => page.locator('figure [aria-live=polite]').first();
const at = (page: Page, output: string) =>
  live(page)
    .filter({ hasText: `Output (${output})` })
    .waitFor({ state: 'attached' });
const slider = (page: Page) => page.getByRole('slider', { name: 'Step' });

playground('a figure', (visit) => {
  it('moves by keys: comma, full stop, arrows, Home, End', () =>
    visit({ at: SMALL }, async (page) => {
      await figure(page).focus();
      const moves = [
        ['.', '0, 1'],
        ['ArrowDown', '1, 1'],
        ['ArrowRight', '1, 2'],
        ['ArrowRight', '1, 2'],
        ['ArrowUp', '0, 2'],
        ['ArrowLeft', '0, 1'],
        [',', '0, 0'],
        [',', '0, 0'],
        ['End', '2, 2'],
        ['.', '2, 2'],
        ['Home', '0, 0'],
      ] as const;
      for (const [key, output] of moves) {
        await page.keyboard.press(key);
        await at(page, output);
      }
      await page.keyboard.press('End');
      await page.waitForFunction(() => location.hash.endsWith('/@8'));
    }));

  it('reads each step aloud, with its arithmetic', () =>
    visit({ at: SMALL }, async (page) => {
      const said = new Set<string>();
      for (let i = 0; i < 9; i++) {
        await page.waitForFunction(
          (step) =>
            document
              .querySelector('input[type=range]')
              ?.getAttribute('aria-valuetext')
              ?.startsWith(`step ${step} `),
          i + 1,
        );
        said.add((await live(page).textContent()) ?? '');
        if (i < 8) await page.getByRole('button', { name: 'a step forward' }).click();
      }
      expect(said.size).toBe(9);
      expect([...said][0]).toMatch(/^Output \(0, 0\) reads .* = \d+\.$/);
      expect(await page.getByRole('button', { name: 'a step forward' }).isDisabled()).toBe(true);
    }));

  it('plays, faster and slower, and pauses', () =>
    visit({ at: SMALL }, async (page) => {
      await page.getByRole('combobox', { name: 'Speed' }).selectOption('8');
      await page.getByRole('button', { name: 'play' }).click();
      await page.waitForFunction(
        () => Number(document.querySelector<HTMLInputElement>('input[type=range]')?.value) >= 3,
      );
      await page.getByRole('button', { name: 'pause' }).click();
      await page.getByRole('button', { name: 'play' }).waitFor();
      await figure(page).focus();
      await page.keyboard.press(' ');
      await page.getByRole('button', { name: 'pause' }).waitFor();
      await page.keyboard.press(' ');
      await page.getByRole('button', { name: 'play' }).waitFor();
      const before = await page.evaluate(() => history.length);
      await page.getByRole('button', { name: 'play' }).click();
      const started = await slider(page).inputValue();
      await page.waitForFunction(
        (value) => document.querySelector<HTMLInputElement>('input[type=range]')?.value !== value,
        started,
      );
      // Playing is no entry of the history each step; where it stops is one.
      expect(await page.evaluate(() => history.length)).toBe(before);
      await page.getByRole('button', { name: 'pause' }).click();
      const stopped = await slider(page).inputValue();
      await page.waitForFunction((value) => location.hash.endsWith(`/@${value}`), stopped);
    }));

  it('is scrubbed', () =>
    visit({ at: SMALL }, async (page) => {
      await slider(page).fill('5');
      await at(page, '1, 2');
      expect(await slider(page).getAttribute('aria-valuetext')).toBe('step 6 of 9');
      await slider(page).press('ArrowLeft');
      await at(page, '1, 1');
    }));

  it('shows the output that is pointed at, until one is kept', () =>
    visit({ at: SMALL }, async (page) => {
      const cell = (frame: number) => figure(page).locator(`[data-frame="${frame}"]`).last();
      await cell(4).hover({ force: true });
      await at(page, '1, 1');
      await page.mouse.move(2, 2);
      await at(page, '0, 0');
      await cell(7).click({ force: true });
      await page.waitForFunction(() => location.hash.endsWith('/@7'));
      await figure(page).press('Enter');
      await page.getByText('kept', { exact: true }).waitFor();
      await cell(4).hover({ force: true });
      await at(page, '2, 1');
      await figure(page).press('Enter');
      await page.getByText('kept', { exact: true }).waitFor({ state: 'detached' });
    }));

  it('has a twin of tables with the same numbers', () =>
    visit({ at: SMALL }, async (page) => {
      expect(await page.getByRole('table').count()).toBe(0);
      await page.getByText('Show as table').click();
      const tables = page.getByRole('table');
      await tables.first().waitFor();
      const texts = await tables.allTextContents();
      expect(texts.some((text) => /input/i.test(text))).toBe(true);
      expect(texts.some((text) => /output/i.test(text))).toBe(true);
      const result = /= (\d+)\.$/.exec((await live(page).textContent()) ?? '')?.[1];
      expect(texts.join(' ')).toContain(result);
    }));

  it('does not move by itself where less motion is asked for', () =>
    visit({ at: SMALL, calm: true }, async (page) => {
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      expect(await slider(page).inputValue()).toBe('0');
      await page.getByRole('button', { name: 'play' }).waitFor();
    }));

  it('is copied as link, SVG, PNG, Markdown and iframe, and saved as files', ({ expect }) =>
    visit({ at: SMALL }, async (page) => {
      const menu = page.getByText('Copy or save');
      /** The text that was copied; of a picture, its type. */
      const clipboard = () =>
        page.evaluate(async () => {
          const text = await navigator.clipboard.readText();
          return text === ''
            ? (await navigator.clipboard.read()).flatMap(({ types }) => types).join(' ')
            : text;
        });
      const take = async (entry: string) => {
        await menu.click();
        await page.getByRole('button', { name: entry }).click();
        await page.getByText(/^(?:Copied|Saved)\.$/).waitFor();
      };
      const copied = async (entry: string, shows: RegExp | string) => {
        await page.evaluate(() => navigator.clipboard.writeText('nothing'));
        await take(entry);
        await expect
          .poll(clipboard, { timeout: 10_000 })
          .toEqual(typeof shows === 'string' ? shows : expect.stringMatching(shows));
      };
      await copied('Copy the link', page.url());
      await copied('Copy as SVG', /^<svg[\s\S]*<\/svg>\s*$/);
      await copied('Copy as Markdown', /^\[.*\]\(http[^()]*#v1[^()]*\)$/);
      await copied(
        'Copy as iframe',
        /^<iframe src="http[^"]*embed\.html\?step=0&amp;lang=en#[^"]*" title="[^"]*"/,
      );
      await copied('Copy as PNG', 'image/png');
      for (const [entry, name] of [
        ['Save as SVG', /\.svg$/],
        ['Save as PNG', /\.png$/],
        ['Save as moving SVG', /\.svg$/],
        ['Save as GIF', /\.gif$/],
      ] as const) {
        const [download] = await Promise.all([page.waitForEvent('download'), take(entry)]);
        expect(download.suggestedFilename()).toMatch(name);
      }
    }));
});
