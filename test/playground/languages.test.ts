// A switch of the language changes the words and nothing else: what was pasted, chosen, stepped to and opened stays, on every
// screen, there and back.

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { settled } from './settled.ts';
import { playground } from './visit.ts';

/** States that are not what a screen opens with. */
const PLACES: Readonly<Record<string, string>> = {
  lab: '#v1/lab/9x11 k3x4 s2/=nn.Conv2d(3, 6, (3, 4), stride=2)/@3',
  compare:
    '#v1/compare/97/=nn.Conv2d(3, 8, 3, stride=2, padding=1)/=keras.layers.Conv2D(8, 3, strides=2, padding="same")',
  heat: '#v1/heat/12x10/k3 s2/=nn.Conv2d(1, 1, 4)',
  stack: '#v1/stack/97/=nn.Sequential(nn.Conv2d(3, 8, 3, stride=2), nn.MaxPool2d(2))/@5',
  port: '#v1/port/65 every/keras/=nn.Conv2d(3, 8, 5, stride=2, padding=2)',
  lessons: '#v1/lessons/exercises',
};

/** What was set: every field, choice, pressed button and open part, the step shown and the place on the page. */
function state(page: Page): Promise<unknown> {
  return page.evaluate(() => ({
    hash: location.hash,
    fields: [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')]
      .filter(({ ariaLabel }) => ariaLabel !== 'Theme' && ariaLabel !== '主题')
      .map(({ type, value, checked }) => `${type} ${value} ${checked ?? ''}`),
    pressed: [...document.querySelectorAll('button')].map(({ ariaPressed, ariaSelected, disabled }) =>
      [ariaPressed, ariaSelected, disabled].join(' '),
    ),
    open: [...document.querySelectorAll('details')].map(({ open }) => open),
    figures: document.querySelectorAll('figure').length,
    wrong: document.querySelectorAll('[aria-invalid=true]').length,
  }));
}

playground('a switch of the language', (visit) => {
  for (const [screen, place] of Object.entries(PLACES))
    it(`leaves ${screen} as it is`, () =>
      visit({ at: place.replaceAll(' ', '%20') }, async (page) => {
        if (screen === 'lessons')
          await page.getByRole('textbox', { name: 'Height and width of the output?' }).fill('3 x 1');
        await settled(page, screen);
        for (const one of await page.locator('main summary').all())
          if (await one.isVisible()) await one.click();
        await settled(page, screen);
        const [before, words] = [await state(page), await page.locator('main').textContent()];
        await page.getByRole('button', { name: '中文' }).click();
        await page.locator('html[lang=zh-CN]').waitFor();
        await page.getByRole('button', { name: 'English' }).waitFor();
        await settled(page, screen);
        expect(await state(page)).toEqual(before);
        expect(await page.locator('main').textContent()).not.toBe(words);
        await page.getByRole('button', { name: 'English' }).click();
        await page.locator('html[lang=en]').waitFor();
        await settled(page, screen);
        expect(await state(page)).toEqual(before);
        expect(await page.locator('main').textContent()).toBe(words);
      }));
});
