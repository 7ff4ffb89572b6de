// Every screen for every person: no violation of WCAG 2.2 AA that axe-core finds, in both languages and themes; nothing wider
// than a screen of 320 pixels (400 % zoom), also with forced colours; nothing too small for a finger; every control reached by
// the Tab key, with a focus to be seen; and the same structure of roles and names as was reviewed before.

import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { tabbed, tooSmall, tooWide, violations } from './inspection.ts';
import { settled } from './settled.ts';
import { LANGUAGES, playground, SCREENS } from './visit.ts';

playground('for every person', (visit) => {
  for (const screen of SCREENS) {
    for (const language of LANGUAGES)
      it(`${screen} keeps its structure, and serves everybody, ${language}`, async ({ expect }) => {
        await visit({ at: `#v1/${screen}`, language, calm: true }, async (page) => {
          await settled(page, screen);
          await expect
            .soft(await page.locator('body').ariaSnapshot())
            .toMatchFileSnapshot(`__snapshots__/${screen}.${language}.yml`);
          expect.soft(await violations(page), 'light').toEqual([]);
          await page.emulateMedia({ colorScheme: 'dark' });
          await page.locator('html[data-theme=dark]').waitFor();
          expect.soft(await violations(page, ['color-contrast', 'link-in-text-block']), 'dark').toEqual([]);
          await narrowed(page, 320);
          expect.soft(await tooWide(page), 'narrow').toEqual([]);
          await page.emulateMedia({ forcedColors: 'active' });
          expect.soft(await tooWide(page), 'narrow, forced colours').toEqual([]);
          await page.emulateMedia({ forcedColors: 'none' });
          await narrowed(page, 360);
          expect(await tooSmall(page), 'targets').toEqual([]);
        });
      });

    it(`${screen} is reached by the Tab key throughout`, async ({ expect }) => {
      await visit({ at: `#v1/${screen}` }, async (page) => {
        await settled(page, screen);
        expect(await tabbed(page)).toEqual({ missed: [], unseen: [] });
      });
    });
  }
});

async function narrowed(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 640 });
  await page.waitForFunction((wanted) => innerWidth === wanted, width);
}
