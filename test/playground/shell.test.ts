// What holds for the page as a whole: its languages and themes and that they are remembered, its keys, its way around, back as
// undo, how little it fetches before it can be used, and that it opens without a network.

import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fragment, playground, SCREENS, shown } from './visit.ts';

/** What may be fetched before the page is there, gzipped, in bytes. */
const FIRST_VIEW = 80_000;

playground('the page', (visit) => {
  it('answers why 32 and not 31 before anything is touched', () =>
    visit({}, async (page) => {
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('64 becomes 32');
      const why = page.getByRole('heading', { name: 'Why 32 and not 31?' });
      expect(await why.isVisible()).toBe(true);
      expect((await why.boundingBox())?.y).toBeLessThan(500);
      expect(await page.title()).toBe('Layer · padwise');
    }));

  it('speaks the language of the browser, changes it at once and remembers it', () =>
    visit({ language: 'zh' }, async (page) => {
      const html = page.locator('html');
      expect(await html.getAttribute('lang')).toBe('zh-CN');
      await page.getByRole('heading', { name: '为什么是 32 而不是 31' }).waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Why 32 and not 31?' }).waitFor();
      expect(await html.getAttribute('lang')).toBe('en');
      await page.reload();
      await page.getByRole('heading', { name: 'Why 32 and not 31?' }).waitFor();
      await page.getByRole('button', { name: '中文' }).click();
      await page.getByRole('heading', { name: '为什么是 32 而不是 31' }).waitFor();
    }));

  it('has no English left in Chinese', () =>
    visit({ language: 'zh' }, async (page) => {
      for (const screen of SCREENS) {
        await page.getByRole('navigation').getByRole('link').nth(SCREENS.indexOf(screen)).click();
        await shown(page);
        const text = await page.locator('main').evaluate((main) => {
          const parts = [...main.querySelectorAll('h1, h2, h3, label, button, legend, summary, caption')];
          return parts.map((one) => one.textContent ?? '');
        });
        // Names of frameworks, rules and code stay as they are; three English words in a row are a sentence.
        expect(text.filter((words) => /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/.test(words))).toEqual([]);
      }
    }));

  it('is light or dark as the system is, or as chosen, and remembers it', () =>
    visit({ theme: 'dark' }, async (page) => {
      const html = page.locator('html');
      const ground = () => html.evaluate((one) => getComputedStyle(one).backgroundColor);
      expect(await html.getAttribute('data-theme')).toBe('dark');
      const dark = await ground();
      await page.getByRole('combobox', { name: 'Theme' }).selectOption('light');
      await page.locator('html[data-theme=light]').waitFor();
      expect(await ground()).not.toBe(dark);
      await page.reload();
      await page.locator('html[data-theme=light]').waitFor();
      expect(await page.getByRole('combobox', { name: 'Theme' }).inputValue()).toBe('light');
    }));

  it('lists its keys on ?, but not where ? is typed', () =>
    visit({}, async (page) => {
      await page.keyboard.press('?');
      const keys = page.getByRole('dialog', { name: 'Keys' });
      await keys.waitFor();
      expect(await keys.textContent()).toContain('move the window');
      await page.keyboard.press('Escape');
      await keys.waitFor({ state: 'detached' });
      await page.getByRole('textbox').first().press('?');
      expect(await keys.count()).toBe(0);
    }));

  it('has a link around its navigation, landmarks and one heading of the first level', () =>
    visit({}, async (page) => {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
      for (const role of ['banner', 'navigation', 'main', 'contentinfo'] as const)
        expect(await page.getByRole(role).count(), role).toBe(1);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    }));

  it('has an address, a title and a place in the navigation for every screen', () =>
    visit({}, async (page) => {
      const links = page.getByRole('navigation').getByRole('link');
      const titles = new Set<string>();
      for (const [i, screen] of SCREENS.entries()) {
        await links.nth(i).click();
        await page.waitForURL((url) => url.hash.startsWith(`#v1/${screen}`));
        await shown(page);
        expect(await links.nth(i).getAttribute('aria-current')).toBe('page');
        titles.add(await page.title());
      }
      expect(titles.size).toBe(SCREENS.length);
      await page.goBack();
      await page.waitForURL((url) => url.hash.startsWith('#v1/port'));
    }));

  it('takes back what was changed', () =>
    visit({}, async (page) => {
      const heading = page.getByRole('heading', { level: 1 });
      await page.getByRole('button', { name: 'Kernel: one more' }).click();
      await page.getByRole('button', { name: 'Stride: one more' }).click();
      await heading.filter({ hasText: '64 becomes 22' }).waitFor();
      expect(fragment(page)).toBe('#v1/lab/64x64 c3 f6 k5 s3/keras.same');
      await page.goBack();
      await heading.filter({ hasText: '64 becomes 32' }).waitFor();
      expect(await page.getByRole('textbox', { name: 'Kernel' }).inputValue()).toBe('5');
      await page.goBack();
      await page.getByRole('heading', { name: 'Why 32 and not 31?' }).waitFor();
      await page.goForward();
      await page.goForward();
      await heading.filter({ hasText: '64 becomes 22' }).waitFor();
    }));
});

playground('what is fetched', (visit, site) => {
  it(`is at most ${FIRST_VIEW / 1000} kB until the page can be used`, () =>
    visit({}, async (page, context) => {
      // What had been fetched when the page took over what its HTML shows.
      await page.addInitScript(() => {
        new MutationObserver((_changes, observer) => {
          if (document.documentElement.dataset.shown !== 'drawn') return;
          observer.disconnect();
          const fetched = performance.getEntriesByType('resource').map(({ name }) => name);
          document.documentElement.dataset.fetched = fetched.join(' ');
        }).observe(document, { subtree: true, attributeFilter: ['data-shown'] });
      });
      await page.reload();
      const fetched = await page.locator('html[data-fetched]').getAttribute('data-fetched');
      const sizes = await Promise.all(
        [site().page(), ...(fetched ?? '').split(' ')].map(async (url) => {
          const response = await context.request.get(url);
          return [url, gzipSync(await response.body()).length] as const;
        }),
      );
      const total = sizes.reduce((sum, [, size]) => sum + size, 0);
      expect(sizes.length).toBeGreaterThan(3);
      expect(total, sizes.map(([url, size]) => `${size} ${url}`).join('\n')).toBeLessThanOrEqual(FIRST_VIEW);
    }));

  it('is kept, so that the page opens again without a network', () =>
    visit({ keeps: true, forgiven: /ERR_INTERNET_DISCONNECTED/ }, async (page, context) => {
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      await context.setOffline(true);
      for (const screen of SCREENS) {
        const again = await context.newPage();
        await again.goto(`${site().page()}#v1/${screen}`);
        await shown(again);
        await again.close();
      }
      await page.reload();
      await page.getByRole('heading', { name: 'Why 32 and not 31?' }).waitFor();
      await page.getByRole('textbox', { name: /any framework/ }).fill('nn.Conv2d(3, 6, 5)');
      await page.getByRole('heading', { name: '64 becomes 60' }).waitFor();
      await page.getByRole('button', { name: '中文' }).click();
      await page.getByRole('heading', { name: /64.*60/, level: 1 }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    }));
});
