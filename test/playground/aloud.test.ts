// Every figure of every screen without eyes, without colours, without a mouse: a live region says each step, a table holds its
// numbers, forced colours leave its cells to be told apart, and a finger does what a pointer does.

import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { settled } from './settled.ts';
import { playground, SCREENS, shown } from './visit.ts';

/** Places with figures: screens, lessons, and the kinds of layers that look different. */
const PLACES: Readonly<Record<string, string>> = {
  lab: '#v1/lab',
  'a small window': '#v1/lab/8x8 k3 s2',
  transposed: '#v1/lab/4x4/=nn.ConvTranspose2d(1, 1, 3, stride=2, padding=1)',
  'a volume': '#v1/lab/4x4x4 k3 p1',
  groups: '#v1/lab/8x8/=nn.Conv2d(4, 8, 3, groups=2)/channels',
  compare: '#v1/compare',
  heat: '#v1/heat',
  'a photo': '#v1/heat/256x256/k3/k3 p1',
  stack: '#v1/stack',
  port: '#v1/port',
  lessons: '#v1/lessons',
  'why 32': '#v1/lessons/why-32',
  'Stable Diffusion': '#v1/lessons/stable-diffusion',
  'same and stride': '#v1/lessons/torch-same-stride',
  'upper and lower': '#v1/lessons/same-upper-lower',
  'ceil mode': '#v1/lessons/ceil-mode',
  'output padding': '#v1/lessons/output-padding',
};
const screenOf = (place: string) => /^#v1\/([a-z]+)/.exec(place)?.[1] ?? 'lab';
/** Figures, without pictures of a reader and maps whose numbers stand in one table below them all. */
const figures = (page: Page) =>
  page.getByRole('figure').filter({ has: page.getByRole('group').getByRole('img') });
const live = (figure: Locator) => figure.locator('[aria-live=polite]').first();

playground('every figure', (visit) => {
  for (const [name, place] of Object.entries(PLACES))
    it(`has a twin of tables and a voice: ${name}`, () =>
      visit({ at: place, calm: true }, async (page) => {
        await settled(page, screenOf(place));
        await figures(page).first().waitFor();
        const all = await figures(page).all();
        for (const figure of all) {
          const called = (await figure.getByRole('group').first().getAttribute('aria-label')) ?? '';
          expect(called.length).toBeGreaterThan(2);
          const spoken = (await live(figure).textContent()) ?? '';
          expect(spoken.length, called).toBeGreaterThan(10);
          const own = figure.getByText('Show as table');
          const twin = (await own.count()) > 0 ? own : page.getByText('Show as table');
          expect(await twin.count(), `${called} has no table`).toBeGreaterThan(0);
          if ((await own.count()) > 0) {
            await own.click();
            const table = figure.getByRole('table').first();
            await table.waitFor();
            expect(await table.getByRole('row').count(), called).toBeGreaterThan(1);
            expect((await table.locator('caption').textContent())?.length, called).toBeGreaterThan(2);
            await own.click();
          }
          const forward = figure.getByRole('button', { name: 'a step forward' });
          if ((await forward.count()) === 0 || (await forward.isDisabled())) continue;
          await forward.click();
          await live(figure).filter({ hasNotText: spoken }).waitFor({ state: 'attached' });
          expect(await live(figure).textContent(), called).toBe(
            await figure.getByRole('img').first().getAttribute('aria-label'),
          );
        }
      }));
});

playground('without colours, without a mouse', (visit) => {
  it('has cells to be told apart in forced colours: by fill, by line, by hatching, by number', () =>
    visit({ at: '#v1/lab/7x7 k3 s3 p1,0/window' }, async (page) => {
      const looks = () =>
        page.evaluate(() => {
          const svg = document.querySelector('svg[aria-label^="Output (0, 0)"]') as SVGElement;
          const all = [...svg.querySelectorAll('rect, path, text')].map((one) => {
            const { fill, stroke, strokeWidth, strokeDasharray } = getComputedStyle(one);
            return [one.tagName, fill, stroke, strokeWidth, strokeDasharray].join(' ');
          });
          return {
            kinds: [...new Set(all)].sort(),
            ground: getComputedStyle(svg).backgroundColor,
            hatched: svg.querySelectorAll('pattern').length + svg.querySelectorAll('path').length,
            numbers: [...svg.querySelectorAll('text')].filter((one) => /^-?\d+$/.test(one.textContent ?? ''))
              .length,
          };
        });
      await page.getByRole('img', { name: /^Output \(0, 0\)/ }).waitFor();
      const before = await looks();
      expect(before.kinds.length).toBeGreaterThan(5);
      expect(before.hatched).toBeGreaterThan(0);
      expect(before.numbers).toBeGreaterThan(49);
      await page.emulateMedia({ forcedColors: 'active' });
      expect(await page.evaluate(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
      expect(await looks()).toEqual(before);
    }));

  it('shows nothing for a pointer alone: what changes under one is a colour, and every title is a name', () =>
    visit({ at: '#v1/lab' }, async (page) => {
      for (const [i, screen] of SCREENS.entries()) {
        await page.getByRole('navigation', { name: 'Screens' }).getByRole('link').nth(i).click();
        await shown(page);
        const found = await page.evaluate(() => {
          const harmless =
            /^(?:color|background|border|outline|stroke|fill|text-decoration|box-shadow|filter|cursor|-webkit-text-decoration)/;
          const styles = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
          const rules = styles.flatMap((rule) => [rule, ...((rule as CSSMediaRule).cssRules ?? [])]);
          const hovering = rules.flatMap((rule) => {
            const { selectorText = '', style } = rule as CSSStyleRule;
            return /:hover/.test(selectorText)
              ? [...style].filter((name) => !harmless.test(name)).map((name) => `${selectorText}: ${name}`)
              : [];
          });
          const titles = [...document.querySelectorAll('[title]')].flatMap((one) => {
            const said = `${one.getAttribute('aria-label') ?? ''} ${one.textContent ?? ''}`;
            return said.includes(one.getAttribute('title') ?? '') ? [] : [one.outerHTML.slice(0, 120)];
          });
          return [...hovering, ...titles];
        });
        expect(found, screen).toEqual([]);
      }
    }));

  it('does with a finger what it does with a pointer', () =>
    visit({ at: '#v1/lab/8x8 k3 s2', touch: true, width: 390, height: 800 }, async (page) => {
      const figure = page.getByRole('figure').first();
      await figure.locator('[data-frame="4"]').last().tap({ force: true });
      await live(figure).filter({ hasText: 'Output (1, 1)' }).waitFor({ state: 'attached' });
      await figure.getByRole('button', { name: 'a step forward' }).tap();
      await live(figure).filter({ hasText: 'Output (1, 2)' }).waitFor({ state: 'attached' });
      await page.getByRole('button', { name: 'Kernel: one more' }).tap();
      await page.waitForFunction(() => location.hash.includes('k4'));
      await page.getByText('Copy or save').tap();
      await page.getByRole('button', { name: 'Copy the link' }).tap();
      await page.getByText('Copied.').waitFor();
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link').nth(3).tap();
      const map = page.getByRole('group', { name: 'The pixels that each output reads' }).getByRole('img');
      const before = (await map.getAttribute('aria-label')) ?? '';
      await map.tap({ position: { x: 60, y: 60 } });
      await page.locator(`svg[role=img]:not([aria-label="${before}"]).stack-map`).waitFor();
    }));
});
