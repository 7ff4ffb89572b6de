// Every field of every screen is given what nobody would type: random text, numbers of all sizes, code cut and glued together.
// What is wrong is said beside the field; nothing fails, nothing is taken for markup, and the screen opens again as it was.

import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { settled } from './settled.ts';
import { playground } from './visit.ts';

const SCREENS: Readonly<Record<string, string>> = {
  lab: '#v1/lab',
  compare: '#v1/compare',
  heat: '#v1/heat/8/k3/=nn.Conv2d(1, 1, 3)',
  stack: '#v1/stack',
  port: '#v1/port',
  lessons: '#v1/lessons',
  exercises: '#v1/lessons/exercises',
};
/** Texts a field; PADWISE_TYPED=200 types more of them. */
const EACH = Number(process.env.PADWISE_TYPED ?? 15);

const token = fc.constantFrom(
  ...['nn.Conv2d(', 'keras.layers.Conv2D(', 'nn.Sequential(', 'F.pad(x, ', 'MaxPool2d', 'tf.nn.conv2d'],
  ...['3', '64', ', ', ')', '(', '[', ']', '=', '"same"', 'padding=', 'stride=', 'dilation=', 'x = ', '\n'],
  ...['-1', '0', '1e99', '1/0', 'lambda x: x', '"', "'", '"""', '\\', '#', '{', '}', '%', '**', '__class__'],
  ...['<b>', '<script>', '{0}', '`', '$' + '{1}', '\u202E', '\u0000', '🙂', '卷积', '\t'],
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join('')),
  fc.integer({ min: -(2 ** 40), max: 2 ** 40 }).map(String),
  fc.nat(40).map(String),
  fc.double().map(String),
  fc.tuple(fc.nat(300), fc.constantFrom('x', '×', ',', ' x ', '*'), fc.integer()).map((all) => all.join('')),
);

playground('random text', (visit) => {
  for (const [screen, place] of Object.entries(SCREENS))
    it(`in every field of ${screen}`, () =>
      visit({ at: place.replaceAll(' ', '%20'), calm: true }, async (page) => {
        await settled(page, screen);
        for (const one of await page.locator('main details:not(.copy-menu *) > summary').all())
          if (await one.isVisible()) await one.click();
        const fields = page.locator('main :is(input[type=text], textarea)');
        const count = await fields.count();
        expect(count).toBeGreaterThan(0);
        for (let i = 0; i < count; i++) {
          const found = await typed(page, i, fc.sample(text, { numRuns: EACH, seed: 100 + i }));
          expect(found).toEqual([]);
        }
        await page.goto(`${page.url().replace(/#.*/, '')}#v1/lab/8x8 k3`);
        await page.getByRole('heading', { level: 1, name: '8 becomes 6' }).waitFor();
        await page.goto(page.url().replace(/#.*/, place));
        await settled(page, screen);
        expect(await page.locator('main h1').count()).toBe(1);
      }));

  const good = 'nn.Conv2d(3, 6, 5)';
  for (const [screen, place] of Object.entries(SCREENS).filter(([name]) =>
    /compare|heat|stack|port/.test(name),
  ))
    it(`of a million characters does no harm to ${screen}`, () =>
      visit({ at: place.replaceAll(' ', '%20') }, async (page) => {
        await settled(page, screen);
        const code = page.locator('main textarea').first();
        await code.fill(`# ${'x'.repeat(1_000_000)}\n${good}`);
        await page.getByText('At most 200000 characters are read.').waitFor();
        expect(await page.locator('main h1').count()).toBe(1);
        await code.fill(good);
        await page.locator('textarea[aria-invalid=true]').waitFor({ state: 'detached' });
        await page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), good);
      }));
});

/** Gives a field these texts one after the other, and answers with what went wrong. */
function typed(page: Page, index: number, texts: readonly string[]): Promise<string[]> {
  return page.evaluate(
    async ([at, all]) => {
      const wrong = new Set<string>();
      // A turn of the browser's loop; timers would take four milliseconds each.
      const { port1, port2 } = new MessageChannel();
      const turn = () =>
        new Promise((done) => {
          port1.onmessage = done;
          port2.postMessage(null);
        });
      const SELECTOR = 'main :is(input[type=text], textarea)';
      const first = document.querySelectorAll<HTMLInputElement>(SELECTOR)[at];
      const name = `${first?.labels?.[0]?.textContent ?? first?.ariaLabel}`;
      for (const one of all) {
        // A new answer may bring other fields; the one of this place goes on.
        const field = document.querySelectorAll<HTMLInputElement>(SELECTOR)[at];
        if (field === undefined) break;
        const { prototype } = field.tagName === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
        Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, one);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        await turn();
        await turn();
        const main = document.querySelector('main') as HTMLElement;
        const said = field.getAttribute('aria-describedby');
        const problems = [
          main.querySelectorAll('h1').length !== 1 && 'no heading',
          main.querySelector('script, iframe, img, object, embed') !== null && 'markup',
          /Something went wrong|出了问题/.test(main.textContent ?? '') && 'failed',
          /\bundefined\b|\bNaN\b|\[object/.test(main.querySelector('h1, h2')?.textContent ?? '') &&
            'no number',
          field.ariaInvalid === 'true' &&
            (document.getElementById(said ?? '')?.textContent ?? '').length < 5 &&
            'no sentence',
        ];
        for (const problem of problems) if (problem) wrong.add(`${name}: ${problem}: ${JSON.stringify(one)}`);
      }
      document.querySelectorAll<HTMLInputElement>(SELECTOR)[at]?.dispatchEvent(new Event('blur'));
      return [...wrong].slice(0, 5);
    },
    [index, texts] as const,
  );
}
