// <padwise-figure> and its frame, on other people's pages: what an attribute says is drawn or answered with a sentence; it is
// never markup; the keys and the buttons work; two on one page have nothing to do with each other.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { violations } from './inspection.ts';
import { built, folder } from './site.ts';
import { ABROAD, playground } from './visit.ts';

/** Somebody else's page: nothing but its own files, no inline style or script. */
const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; require-trusted-types-for 'script'";
const HOME = `http://${ABROAD}`;
const module = built ? readFileSync(join(folder, 'padwise-figure.js')) : '';
const drawing = (one: Locator) => one.getByRole('img').first();
const said = (one: Locator) => drawing(one).getAttribute('aria-label');
const outputs = (one: Locator, output: string) =>
  one.locator(`[role=img][aria-label*="Output (${output})"]`).waitFor();

/** Opens a page of another origin with this in its body. */
async function abroad(context: BrowserContext, body: string, policy: string = STRICT): Promise<Page> {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Elsewhere</title>
    <link rel="icon" href="data:,"><script defer src="/padwise-figure.js"></script></head>
    <body><main><h1>Elsewhere</h1>${body}</main></body></html>`;
  await context.route(`${HOME}/**`, (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ contentType: 'text/javascript', body: Buffer.from(module) })
      : route.fulfill({
          contentType: 'text/html; charset=utf-8',
          headers: { 'Content-Security-Policy': policy },
          body: html,
        }),
  );
  const page = await context.newPage();
  await page.goto(`${HOME}/`);
  return page;
}

playground('<padwise-figure>', (visit, site) => {
  /** A visit to somebody else's page with this in it. */
  const elsewhere = (body: string, does: (page: Page, all: Locator) => Promise<void>, calm = true) =>
    visit({ also: [HOME], calm, at: '#v1/port' }, async (first, context) => {
      await first.close();
      const page = await abroad(context, body);
      await does(page, page.locator('padwise-figure'));
    });
  const small = 'window 1x1x4x4 k2 s2 -> 1';

  it('draws its line under a strict policy, and serves everybody', () =>
    elsewhere(`<padwise-figure figure="${small}"></padwise-figure>`, async (page, figure) => {
      await outputs(figure, '0, 0');
      expect(await figure.getByRole('group').first().getAttribute('aria-label')).toContain(
        '1x1x4x4 k2 s2 -> 1',
      );
      expect(await violations(page)).toEqual([]);
      await figure.evaluate((one) => one.setAttribute('theme', 'dark'));
      expect(await violations(page, ['color-contrast'])).toEqual([]);
    }));

  it('says in one sentence what is wrong with a line, and draws the next good one', () =>
    elsewhere('<padwise-figure></padwise-figure>', async (_page, figure) => {
      await figure.getByText(/needs a figure/).waitFor();
      const wrong = [
        'nonsense',
        '<img src=x onerror=alert(1)>',
        '"><script>alert(1)</script>',
        'window 1x1x8x8 k3 -> 1 with input=<svg/onload=alert(1)>',
        'window 1x1x0x0 k0 -> 0',
        '__proto__ 1x1x8x8 k3 -> 1',
        'constructor',
        'window 1x1x8x8 k3 -> 1 then '.repeat(500),
        `window ${'9'.repeat(100_000)}`,
        '\u0000\u202E',
      ];
      for (const line of wrong) {
        await figure.evaluate((one, text) => one.setAttribute('figure', text), line);
        const sentence = figure.getByRole('alert');
        await sentence.waitFor();
        expect((await sentence.textContent())?.length, line.slice(0, 60)).toBeLessThan(400);
        expect(await figure.locator('script, iframe, img, [onerror], [onload]').count(), line).toBe(0);
        expect(await figure.getByRole('img').count(), line).toBe(0);
      }
      for (const [line, says] of [
        ['window 1x1x8x8 k9 -> 1', /No output: a window of 9 does not fit into 8/],
        ['window 1x1x99999999x99999999 k3 -> 1', /Output \(0, 1?\d\)/],
        [small, /Output \(0, 0\)/],
      ] as const) {
        await figure.evaluate((one, text) => one.setAttribute('figure', text), line);
        await figure.getByRole('img', { name: says }).waitFor();
        expect(await figure.getByRole('alert').count()).toBe(0);
      }
    }));

  it('shows the step that its attribute says, and a damaged one as the first or last', () =>
    elsewhere(`<padwise-figure figure="${small}" step="2"></padwise-figure>`, async (_page, figure) => {
      await outputs(figure, '1, 0');
      for (const [step, output] of [
        ['1', '0, 1'],
        ['999999999', '1, 1'],
        ['-1', '0, 0'],
        ['3', '1, 1'],
        ['<b>', '0, 0'],
        ['3', '1, 1'],
        ['1e2', '0, 0'],
      ] as const) {
        await figure.evaluate((one, value) => one.setAttribute('step', value), step);
        await outputs(figure, output);
      }
      await figure.evaluate((one) => one.setAttribute('figure', 'strip 1x1x9 k3 -> 1'));
      await figure.getByText('1 / 7').waitFor();
    }));

  it('moves by keys and buttons, tells its page of each step, and reads it aloud', () =>
    elsewhere(`<padwise-figure figure="${small}"></padwise-figure>`, async (page, figure) => {
      await outputs(figure, '0, 0');
      await page.evaluate(() => {
        addEventListener('step', (event) => {
          document.title += ` ${(event as CustomEvent<number>).detail}`;
        });
      });
      await page.keyboard.press('Tab');
      for (const [key, output] of [
        ['.', '0, 1'],
        ['ArrowDown', '1, 1'],
        ['ArrowLeft', '1, 0'],
        [',', '0, 1'],
        ['End', '1, 1'],
        ['Home', '0, 0'],
      ] as const) {
        await page.keyboard.press(key);
        await outputs(figure, output);
        expect(await figure.locator('[aria-live]').textContent()).toBe(await said(figure));
      }
      expect(await page.title()).toBe('Elsewhere 1 3 2 1 3 0');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await outputs(figure, '0, 1');
      await figure.locator('[data-frame="3"]').last().click({ force: true });
      await outputs(figure, '1, 1');
    }));

  it('plays by itself only where asked to, and not where less motion is asked for', async () => {
    const two = `<padwise-figure figure="${small}"></padwise-figure><padwise-figure figure="${small}" play></padwise-figure>`;
    await elsewhere(
      two,
      async (_page, all) => {
        await outputs(all.last(), '1, 0');
        await outputs(all.first(), '0, 0');
        await all.last().getByRole('button', { name: 'pause' }).click();
        await all.last().getByRole('button', { name: 'play' }).waitFor();
      },
      false,
    );
    await elsewhere(two, async (_page, all) => {
      await all.last().getByRole('button', { name: 'play' }).waitFor();
      await outputs(all.last(), '0, 0');
    });
  });

  it('follows theme and language, its own or those around it', ({ expect }) =>
    elsewhere(
      `<padwise-figure figure="${small}"></padwise-figure>
       <div lang="zh-CN"><padwise-figure figure="${small}"></padwise-figure></div>
       <padwise-figure figure="nonsense" lang="zh" theme="dark"></padwise-figure>`,
      async (page, all) => {
        await all.nth(0).getByRole('button', { name: 'a step forward' }).waitFor();
        await all.nth(1).getByRole('button', { name: '前进一步' }).waitFor();
        expect(await all.nth(2).getByRole('alert').textContent()).toMatch(/\p{Script=Han}/u);
        const ground = (i: number) =>
          all.nth(i).evaluate((one) => {
            const whole = one.shadowRoot?.querySelector('.whole') as Element;
            return getComputedStyle(whole).backgroundColor;
          });
        const [light, dark] = [await ground(0), await ground(2)];
        expect(dark).not.toBe(light);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expect.poll(() => ground(0)).toBe(dark);
        await all.nth(0).evaluate((one) => one.setAttribute('theme', 'light'));
        await expect.poll(() => ground(0)).toBe(light);
        await all.nth(0).evaluate((one) => one.setAttribute('lang', 'zh'));
        await all.nth(0).getByRole('button', { name: '前进一步' }).waitFor();
      },
    ));

  it('stands twice on a page, each on its own, moved and taken away', () =>
    elsewhere(
      `<padwise-figure figure="${small}"></padwise-figure><padwise-figure figure="strip 1x1x9 k3 -> 1" step="4"></padwise-figure>`,
      async (page, all) => {
        await all.last().getByText('5 / 7').waitFor();
        await all.first().getByRole('button', { name: 'a step forward' }).click();
        await outputs(all.first(), '0, 1');
        await all.last().getByText('5 / 7').waitFor();
        await page.evaluate(() => {
          const [one] = document.querySelectorAll('padwise-figure');
          document.querySelector('main')?.append(one as Element);
        });
        await all.last().getByRole('img').first().waitFor();
        await page.evaluate(() => document.querySelector('padwise-figure')?.remove());
        await page.waitForFunction(() => document.querySelectorAll('padwise-figure').length === 1);
        await outputs(all, '0, 1');
      },
    ));

  it('shows its page of instructions, which says what it does', () =>
    visit({ at: '#v1/port' }, async (first, context) => {
      await first.close();
      const page = await context.newPage();
      await page.goto(new URL('element.html', site().page()).href);
      const all = page.locator('padwise-figure');
      for (let i = 0; i < 3; i++) await drawing(all.nth(i)).waitFor();
      expect(await all.last().getByRole('alert').count()).toBe(1);
      await page.frameLocator('iframe').getByRole('img').first().waitFor();
      expect(await violations(page)).toEqual([]);
      for (const line of await page.locator('th code').allTextContents()) {
        await all.last().evaluate((one, text) => one.setAttribute('figure', text), line);
        await drawing(all.last()).waitFor();
      }
    }));
});

playground('embed.html', (visit, site) => {
  const frame = (query: string, line: string) =>
    `${new URL('embed.html', site().page()).href}${query}#${encodeURIComponent(line)}`;

  it('draws the line of its fragment with what its query says, and never markup', () =>
    visit({ at: '#v1/port', calm: true }, async (_first, context) => {
      const page = await context.newPage();
      const figure = page.locator('padwise-figure');
      await page.goto(frame('?step=3&lang=zh&theme=dark', 'window 1x1x4x4 k2 s2 -> 1'));
      await figure.getByText('4 / 4').waitFor();
      await figure.getByRole('button', { name: '后退一步' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('zh');
      expect(await violations(page)).toEqual([]);
      await page.goto(frame('?step=1', 'window 1x1x4x4 k2 s2 -> 1'));
      await outputs(figure, '0, 1');
      for (const hash of ['', '#%', '#%00', '#<img src=x onerror=alert(1)>', '#javascript:alert(1)']) {
        await page.goto(
          `${new URL('embed.html', site().page()).href}?step=<b>&theme=<script>&lang="><svg onload=alert(1)>${hash}`,
        );
        await figure.getByRole('alert').waitFor();
        expect(await page.locator('img, svg, iframe, [onerror], [onload]').count(), hash).toBe(0);
      }
      await page.goto(frame('', 'strip 1x1x9 k3 -> 1'));
      await figure.getByText('1 / 7').waitFor();
    }));

  it('is what is copied from the playground: on another page it shows the same step', () =>
    visit({ at: '#v1/lab/8x8 k3 s2/@4', also: [HOME] }, async (page, context) => {
      const shown = page.getByRole('figure').getByRole('img').first();
      const description = await shown.getAttribute('aria-label');
      await page.getByText('Copy or save').click();
      await page.getByRole('button', { name: 'Copy as iframe' }).click();
      await page.getByText('Copied.').waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const other = await abroad(
        context,
        copied,
        `default-src 'none'; script-src 'self'; img-src data:; frame-src ${new URL(page.url()).origin}`,
      );
      const figure = other.frameLocator('iframe').locator('padwise-figure');
      await outputs(figure, '1, 1');
      expect(await said(figure)).toBe(description);
      expect(await other.locator('iframe').getAttribute('title')).toBeTruthy();
    }));
});
