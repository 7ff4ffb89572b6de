// The address is anyone's text. Whatever stands in a link, the page opens, works, says one sentence at most about what it did
// not understand, and takes nothing of it for markup.

import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { playground, SCREENS, shown } from './visit.ts';

/** What could hurt a page that trusts its address. */
const HOSTILE: readonly string[] = [
  '#<script>alert(1)</script>',
  '#"><img src=x onerror=alert(1)>',
  '#v1/lab/"><img src=x onerror=alert(1)>',
  '#v1/lab/64x64/=<img src=x onerror=alert(1)>',
  '#v1/lab/64x64/=</textarea><script>alert(1)</script>',
  '#v1/<svg onload=alert(1)>',
  '#javascript:alert(1)',
  '#v1/javascript:alert(1)',
  '#v1/lab/javascript:alert(1)/@0',
  '#v1/__proto__',
  '#v1/constructor/prototype',
  '#v1/lab/__proto__/constructor',
  '#v1/lab/toString valueOf hasOwnProperty',
  '#v1/lab/8x8 k3/__proto__',
  '#v1/lab/8x8 fill=__proto__ k3',
  '#v1/lab/8x8 constructor k3',
  '#v1/lab/%00',
  '#v1/lab/8x8%00 k3',
  '#v1/lab/%',
  '#v1/lab/%E0%A4%A',
  '#v1/lab/%ED%A0%80',
  '#%',
  '#v1',
  '#v1/',
  '#v1//',
  '#v2/lab/8x8 k3',
  '#v1/LAB/8x8',
  '#v1/lab/8x8 k3/@99999999999999999999',
  '#v1/lab/8x8 k3/@999999999',
  '#v1/lab/8x8 k3/@-1',
  '#v1/lab/8x8 k3/keras.same/more/parts/of/it',
  '#v1/lab/0x0 k0 s0 d0',
  '#v1/lab/1e99 k1',
  '#v1/lab/99999x99999 k512 s1 d512 p512',
  '#v1/lab/4096x4096x4096 k512 d512 p512',
  '#v1/lab/4096 up k512 s512 d512',
  '#v1/lab/4096x4096 c4096 f4096 k512 p512/=nn.Conv2d(4096, 4096, 512)',
  '#v1/lab/8x8/=nn.Conv2d(1, 1, 999999999999999999999)',
  '#v1/lab/8x8/=__import__("os").system("true")',
  `#v1/lab/8x8/=${'('.repeat(4000)}`,
  `#v1/lab/8x8/=${'nn.Conv2d(1, 1, 1);'.repeat(400)}`,
  `#v1/${'x/'.repeat(3000)}`,
  `#v1/lab/${'9'.repeat(100_000)}`,
  `#${'%00'.repeat(30_000)}`,
  '#v1/lab/\u202E8x8 k3',
  '#v1/lab/８×８ k３',
];

/** What no screen can have meant. */
const GARBAGE: readonly string[] = [
  'garbage',
  '=<b>bold</b>',
  '=',
  '__proto__',
  '<script>alert(1)</script>',
  '999999999x999999999',
  '-1',
  '=nn.Conv2d(',
];

playground('hostile links', (visit, site) => {
  it('open a page that works', () =>
    visit({}, async (page) => {
      for (const link of HOSTILE) await survives(page, link);
      await works(page);
    }));

  for (const screen of SCREENS)
    it(`open ${screen} with parts that nobody meant`, () =>
      visit({ at: `#v1/${screen}` }, async (page) => {
        for (const garbage of GARBAGE) {
          const part = encodeURIComponent(garbage);
          await survives(page, `#v1/${screen}/${part}`);
          await survives(page, `#v1/${screen}/64x64/${part}/@7`);
        }
        await works(page);
      }));

  it('open a page that works, random ones too', () =>
    visit({}, async (page) => {
      const piece = fc.oneof(
        fc.constantFrom(
          'v1',
          'v2',
          ...SCREENS,
          ...GARBAGE,
          '64x64',
          '8x8 k3 s2',
          'keras.same',
          '@3',
          '@',
          '=',
          '%',
          '%2',
        ),
        fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replace(/[\uD800-\uDFFF\s]/gu, '')),
      );
      const links = fc.sample(
        fc.oneof(
          fc.array(piece, { maxLength: 6 }).map((pieces) => `#${pieces.join('/')}`),
          fc
            .tuple(fc.constantFrom(...SCREENS), fc.array(piece, { minLength: 1, maxLength: 4 }))
            .map(([screen, pieces]) => `#v1/${screen}/${pieces.join('/')}`),
        ),
        { numRuns: 40, seed: 5 },
      );
      for (const link of links) await survives(page, link);
      await works(page);
    }));

  it('open a page that works when they are the first thing it sees', () =>
    visit({}, async (_page, context) => {
      for (const link of HOSTILE.slice(0, 6)) {
        const page = await context.newPage();
        await page.goto(site().page() + link);
        await shown(page);
        await survives(page, null);
        await works(page);
        await page.close();
      }
    }));
});

/** Opens a link as a person does who edits the address; null: what is open stays. */
async function survives(page: Page, link: string | null): Promise<void> {
  if (link !== null)
    await page.evaluate(
      (hash) =>
        new Promise<void>((done) => {
          const before = location.href;
          addEventListener('hashchange', () => requestAnimationFrame(() => setTimeout(done)), { once: true });
          location.hash = hash;
          if (location.href === before) done();
        }),
      link,
    );
  const said = link?.slice(0, 200) ?? '';
  await shown(page).catch(() => expect.fail(`nothing is shown of ${said}`));
  const found = await page.evaluate(() => ({
    foreign: document.querySelectorAll(
      'script:not([src]), iframe, object, embed, base, main img, [onerror], [onload]',
    ).length,
    bold: [...document.querySelectorAll('main b, main strong')].some(
      ({ textContent }) => textContent === 'bold',
    ),
    headings: document.querySelectorAll('main h1').length,
    sentences: [...document.querySelectorAll('main [role=alert]')].map(
      ({ textContent }) => textContent ?? '',
    ),
  }));
  expect(found, said).toMatchObject({ foreign: 0, bold: false, headings: 1 });
  expect(found.sentences.length, `${said}: ${found.sentences.join(' | ')}`).toBeLessThanOrEqual(1);
  for (const sentence of found.sentences) expect(sentence.length, sentence).toBeLessThan(300);
}

/** The keys' list opens and closes, and a link of the navigation leads to a screen. */
async function works(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Keys' }).click();
  await page.getByRole('dialog').getByRole('button').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Why 32 and not 31?' }).waitFor();
}
