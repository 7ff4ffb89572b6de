// When something fails that is not the page's: storage refused, no service worker, a part of the page that does not arrive, no
// network; and a reader in a hurry: two windows, back and forward, screens changed while they load.

import type { BrowserContext, Page, Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { playground, SCREENS, shown } from './visit.ts';

const heading = (page: Page, words: string | RegExp) =>
  page.getByRole('heading', { level: 1 }).filter({ hasText: words }).waitFor();
const screens = (page: Page) => page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
const said = (page: Page, sentence: string) =>
  page.getByRole('alert').filter({ hasText: sentence }).waitFor();
const reload = (page: Page) => page.getByRole('button', { name: 'Reload the page' });
/** What a browser says of a file that did not arrive. */
const NOT_ARRIVED = /ERR_|Failed to (?:load|fetch)|error loading/i;

/** Refuses the files whose names begin so; answers with a way to let them pass again. */
function lost(name: string): { before: (context: BrowserContext) => Promise<unknown>; found: () => void } {
  let missing = true;
  return {
    before: (context) =>
      context.route(
        (url) => url.pathname.includes(`/assets/${name}-`),
        (route: Route) => (missing ? route.abort() : route.continue()),
      ),
    found: () => {
      missing = false;
    },
  };
}

playground('where something is refused', (visit) => {
  it('remembers nothing where storage is refused, and works', () =>
    visit(
      {
        before: (context) =>
          context.addInitScript(() => {
            for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
              Object.defineProperty(window, name, {
                get() {
                  throw new DOMException('denied', 'SecurityError');
                },
              });
          }),
      },
      async (page) => {
        await page.getByRole('button', { name: '中文' }).click();
        await page.getByRole('heading', { name: '为什么是 32 而不是 31' }).waitFor();
        await page.getByRole('combobox', { name: '主题' }).selectOption('dark');
        await page.locator('html[data-theme=dark]').waitFor();
        for (let i = 0; i < SCREENS.length; i++) {
          await page.getByRole('navigation').first().getByRole('link').nth(i).click();
          await shown(page);
        }
        await page.goto(`${page.url().replace(/#.*/, '')}#v1/lessons/exercises`);
        await page.getByRole('textbox').first().fill('2 x 2');
        await page.getByText(/1.*13/).first().waitFor();
      },
    ));

  it('copies and computes where the address is not secure', () =>
    visit({ plain: true }, async (page) => {
      expect(await page.evaluate(() => [isSecureContext, 'serviceWorker' in navigator])).toEqual([
        false,
        false,
      ]);
      await page.getByText('Copy or save').click();
      await page.getByRole('button', { name: 'Copy the link' }).click();
      await page.getByText('Copied.').waitFor();
      await page.getByText('Copy or save').click();
      await page.getByRole('button', { name: 'Copy as PNG' }).click();
      await page.getByText('The browser did not allow it.').waitFor();
      await page.getByRole('heading', { name: 'On a picture' }).scrollIntoViewIfNeeded();
      await page.getByRole('button', { name: 'Take the sample' }).click();
      await page.getByText(/^160 × 120 · [\d.]+ ms/).waitFor();
    }));
});

playground('what does not arrive', (visit) => {
  it('is a screen: a sentence, and a way to try again', () => {
    const chunk = lost('compare');
    return visit({ before: chunk.before, forgiven: NOT_ARRIVED }, async (page) => {
      const compare = screens(page).filter({ hasText: 'Compare' });
      await compare.click();
      await said(page, 'This screen could not be loaded.');
      await screens(page).first().click();
      await heading(page, '64 becomes 32');
      await compare.click();
      await said(page, 'This screen could not be loaded.');
      chunk.found();
      await reload(page).click();
      await heading(page, /Same shape, different pixels/);
    });
  });

  it('is everything, without a network', () =>
    visit({ forgiven: NOT_ARRIVED }, async (page, context) => {
      await page.getByRole('heading', { name: 'On a picture' }).waitFor();
      await context.setOffline(true);
      await screens(page).filter({ hasText: 'Lessons' }).click();
      await said(page, 'This screen could not be loaded.');
      await screens(page).first().click();
      await page.getByRole('button', { name: 'Kernel: one more' }).click();
      await page.waitForFunction(() => location.hash.includes('k5'));
      await screens(page).filter({ hasText: 'Lessons' }).click();
      await context.setOffline(false);
      await reload(page).click();
      await heading(page, 'Padding and stride');
    }));

  it('is the first screen', () => {
    const chunk = lost('heat');
    return visit({ before: chunk.before, forgiven: NOT_ARRIVED }, async (page, context) => {
      const other = await context.newPage();
      await other.goto(`${page.url().replace(/#.*/, '')}#v1/heat`);
      await said(other, 'This screen could not be loaded.');
      chunk.found();
      await reload(other).click();
      await heading(other, 'Not all pixels are used equally often');
    });
  });

  it('is the reader of code: a sentence below the field, and it is tried again', () => {
    const chunk = lost('python');
    return visit({ before: chunk.before, forgiven: NOT_ARRIVED }, async (page) => {
      const code = page.getByRole('textbox', { name: /any framework/ });
      await code.fill('nn.Conv2d(3, 6, 5)');
      await page.getByText('The reader could not be loaded; check the network.').waitFor();
      chunk.found();
      await code.fill('nn.Conv2d(3, 6, 7)');
      await heading(page, '64 becomes 58');
    });
  });

  it('is Chinese: the page goes on in English and says so', () => {
    const chunk = lost('chinese');
    return visit({ before: chunk.before, forgiven: NOT_ARRIVED }, async (page) => {
      const chinese = page.getByRole('button', { name: '中文' });
      await chinese.click();
      await said(page, 'Chinese could not be loaded.');
      await page.reload();
      await heading(page, '64 becomes 32');
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      chunk.found();
      await chinese.click();
      await page.getByRole('heading', { name: '为什么是 32 而不是 31' }).waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
    });
  });

  it('is Chinese, for who has it as their language', () => {
    const chunk = lost('opening');
    return visit({ language: 'zh', before: chunk.before, forgiven: NOT_ARRIVED }, async (page) => {
      await heading(page, '64 becomes 32');
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      chunk.found();
      await page.getByRole('button', { name: '中文' }).click();
      await page.getByRole('heading', { name: '为什么是 32 而不是 31' }).waitFor();
    });
  });

  it.each([
    ['the first figure', 'drawing'],
    ['the parts below it', 'below'],
  ])('is %s: a sentence in its place', (_what, name) => {
    const chunk = lost(name);
    return visit({ before: chunk.before, forgiven: NOT_ARRIVED }, async (page) => {
      await said(page, 'This part could not be loaded.');
      chunk.found();
      await reload(page).click();
      await page.getByRole('heading', { name: 'On a picture' }).waitFor();
      await page.getByRole('figure').first().waitFor();
    });
  });

  it('is what a figure is saved with', () => {
    const chunk = lost('gif');
    return visit({ before: chunk.before, forgiven: NOT_ARRIVED }, async (page) => {
      await page.getByText('Copy or save').click();
      await page.getByRole('button', { name: 'Save as GIF' }).click();
      await page.getByText(/did not allow it|could not be loaded/).waitFor();
    });
  });
});

playground('a reader in a hurry', (visit) => {
  it('changes the screen while one loads', () =>
    visit(
      {
        before: (context) =>
          context.route(/\/assets\/(?:compare|heat|stack|port)-/, async (route) => {
            await new Promise((resolve) => setTimeout(resolve, 50));
            await route.continue();
          }),
      },
      async (page) => {
        for (let round = 0; round < 4; round++)
          for (let i = 0; i < SCREENS.length; i++) await screens(page).nth(i).click({ noWaitAfter: true });
        await screens(page).nth(3).click();
        await heading(page, 'Each output sees 35 × 35');
        expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
        expect(await screens(page).nth(3).getAttribute('aria-current')).toBe('page');
        expect(await page.title()).toBe('Stack · padwise');
      },
    ));

  it('goes back and forward fifty times', () =>
    visit({}, async (page) => {
      await page.getByRole('button', { name: 'Kernel: one more' }).click();
      for (let i = 1; i < SCREENS.length; i++) {
        await screens(page).nth(i).click();
        await shown(page);
      }
      await page.evaluate(async () => {
        const moved = () =>
          new Promise<void>((done) => {
            const timer = setTimeout(done, 200);
            const arrived = () => {
              clearTimeout(timer);
              done();
            };
            addEventListener('popstate', arrived, { once: true });
          });
        for (let i = 0; i < 50; i++) {
          const there = moved();
          if (i % 10 < 5) history.back();
          else history.forward();
          await there;
        }
      });
      for (let i = 0; i < 6; i++) await page.goBack();
      await page.getByRole('heading', { name: 'Why 32 and not 31?' }).waitFor();
    }));

  it('presses a stepper a hundred times at once', () =>
    visit({}, async (page) => {
      const more = page.getByRole('button', { name: 'Size: one more' });
      await more.evaluate((one) => {
        for (let i = 0; i < 100; i++) (one as HTMLElement).click();
      });
      await heading(page, /becomes/);
      const size = Number(await page.getByRole('textbox', { name: 'Size' }).inputValue());
      const before = size;
      for (let i = 0; i < 20; i++) await more.click({ delay: 0 });
      expect(Number(await page.getByRole('textbox', { name: 'Size' }).inputValue())).toBe(before + 20);
      await heading(page, `${before + 20} becomes`);
    }));

  it('has it open twice', () =>
    visit({}, async (page, context) => {
      const other = await context.newPage();
      await other.goto(page.url());
      await heading(other, '64 becomes 32');
      await page.getByRole('button', { name: '中文' }).click();
      await page.getByRole('heading', { name: '为什么是 32 而不是 31' }).waitFor();
      await other.getByRole('button', { name: 'Kernel: one more' }).click();
      await heading(other, '64 becomes 32');
      expect(await other.getByRole('textbox', { name: 'Kernel' }).inputValue()).toBe('5');
      expect(await page.getByRole('textbox').nth(2).inputValue()).toBe('4');
      await other.reload();
      await other.locator('html[lang=zh-CN]').waitFor();
    }));
});
