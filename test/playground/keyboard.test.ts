// One task on every screen with nothing but the keyboard: Tab to what is wanted, then Enter, space, arrows, Escape. A control
// counts as reached when Tab alone brings the focus there.

import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { playground } from './visit.ts';

/** Presses Tab, or Shift and Tab, until this has the focus. */
async function reach(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await wanted.waitFor();
  const target = await wanted.elementHandle();
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press(key);
    if (await page.evaluate((one) => document.activeElement === one, target)) return;
  }
  expect.fail(`Tab does not reach ${wanted}`);
}

/** Types instead of what stands in the field of the focus. */
async function types(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

const heading = (page: Page, words: string | RegExp) =>
  page.getByRole('heading', { level: 1 }).filter({ hasText: words }).waitFor();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

playground('by the keyboard alone', (visit) => {
  it('Layer: another layer, its figure stepped, kept and copied', () =>
    visit({}, async (page) => {
      await reach(page, page.getByRole('textbox', { name: /any framework/ }));
      await types(page, 'nn.Conv2d(3, 6, 3, stride=2)');
      await heading(page, '64 becomes 31');
      await reach(page, page.getByRole('textbox', { name: 'Size' }));
      await types(page, '9');
      await heading(page, '9 becomes 4');
      await reach(page, page.getByRole('textbox', { name: 'Kernel' }));
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      await heading(page, '9 becomes 3');
      await reach(page, page.getByRole('combobox', { name: 'Padding' }));
      await page.keyboard.press('f');
      await heading(page, '9 becomes 7');
      await reach(page, page.getByRole('tab', { selected: true }));
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => document.activeElement?.ariaSelected === 'true');
      const figure = page.getByRole('figure').getByRole('group').first();
      await reach(page, figure);
      for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
      await page.getByText('kept', { exact: true }).waitFor();
      await page.keyboard.press(' ');
      await button(page, 'pause').waitFor();
      await page.keyboard.press(' ');
      await button(page, 'play').waitFor();
      const menu = page.locator('summary').filter({ hasText: 'Copy or save' });
      await reach(page, menu);
      await page.keyboard.press('Enter');
      await button(page, 'Copy the link').waitFor();
      await page.keyboard.press('Escape');
      await button(page, 'Copy the link').waitFor({ state: 'hidden' });
      expect(await menu.evaluate((one) => document.activeElement === one)).toBe(true);
      await page.keyboard.press(' ');
      await reach(page, button(page, 'Copy as SVG'));
      await page.keyboard.press('Enter');
      await page.getByText('Copied.').waitFor();
      expect(await copied(page)).toMatch(/^<svg/);
    }));

  it('Compare: an example, a line of one’s own, the size where they agree', () =>
    visit({ at: '#v1/compare' }, async (page) => {
      await reach(page, button(page, 'Max pooling'));
      await page.keyboard.press('Enter');
      await page.locator('[aria-pressed=true]').filter({ hasText: 'Max pooling' }).waitFor();
      await reach(page, page.getByRole('textbox', { name: /^Line 1/ }));
      await types(page, 'nn.Conv2d(3, 8, 3, stride=2, padding=1)');
      await reach(page, page.getByRole('textbox', { name: /^Line 2/ }));
      await types(page, 'keras.layers.Conv2D(8, 3, strides=2, padding="same")');
      await page.getByText('Equal only for odd sizes.').first().waitFor();
      const tab = page.getByRole('tab', { name: 'Along a row' });
      await reach(page, tab);
      await page.keyboard.press('ArrowRight');
      await page.getByRole('tab', { name: 'On the image', selected: true }).waitFor();
      const sweep = page.getByRole('slider', { name: /^Sizes 8 to 1024/ });
      await reach(page, sweep);
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      expect(await sweep.getAttribute('aria-valuetext')).toContain('1023');
    }));

  it('Heat: full padding, a pasted map, and back', () =>
    visit({ at: '#v1/heat' }, async (page) => {
      const third = page.getByRole('group', { name: /^Map 3/ });
      await reach(page, third.getByRole('button', { name: 'full', exact: true }));
      await page.keyboard.press(' ');
      await page
        .getByText(/each is read 9 times/)
        .first()
        .waitFor();
      await reach(page, third.getByRole('button', { name: 'Paste code' }));
      await page.keyboard.press('Enter');
      await reach(page, third.getByRole('textbox'), 'Shift+Tab');
      await types(page, 'nn.Conv2d(1, 1, 8)');
      await page.getByRole('img', { name: /Each pixel is read once\.\s*$/ }).waitFor();
      await page.keyboard.press('Alt+ArrowLeft');
      await page.waitForFunction(() => !location.hash.includes('1, 8'));
    }));

  it('Stack: a layer looked from, its output moved, another stack', () =>
    visit({ at: '#v1/stack' }, async (page) => {
      const second = page.getByRole('button', { name: /^2 nn.MaxPool2d/ });
      await reach(page, second);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^2 nn.MaxPool2d/, pressed: true }).waitFor();
      const map = page.getByRole('group', { name: 'The pixels that each output reads' });
      await reach(page, map);
      const told = map.getByRole('img');
      const before = (await told.getAttribute('aria-label')) ?? '';
      await page.keyboard.press('ArrowRight');
      await page.locator(`.stack-map[role=img]:not([aria-label="${before}"])`).waitFor();
      await reach(page, page.getByRole('textbox', { name: /^Layers of any framework/ }), 'Shift+Tab');
      await types(page, 'nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(8, 8, 3))');
      await heading(page, 'sees 5 × 5 of 224 × 224');
    }));

  it('Port: another framework, for every size, copied', () =>
    visit({ at: '#v1/port' }, async (page) => {
      await reach(page, page.getByRole('combobox', { name: 'Port it to' }));
      await page.keyboard.type('onnx');
      await heading(page, /^ONNX, exact for 224/);
      await reach(page, page.getByRole('radio', { name: 'an input of' }));
      await page.keyboard.press('ArrowDown');
      await heading(page, /^ONNX.*every size/);
      await reach(page, button(page, 'Copy: ONNX'));
      await page.keyboard.press('Enter');
      await page.getByText('Copied.').first().waitFor();
      expect((await copied(page)).length).toBeGreaterThan(20);
    }));

  it('Lessons: another lesson, a choice, an exercise answered', () =>
    visit({ at: '#v1/lessons' }, async (page) => {
      const full = page.getByRole('radio', { name: /^full/ }).first();
      const section = page.getByRole('region', { name: 'Does padding make all pixels count the same?' });
      await reach(page, section.getByRole('radio', { checked: true }));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.waitForFunction((one) => (one as HTMLInputElement).checked, await full.elementHandle());
      const link = page.getByRole('navigation', { name: 'Lessons' }).getByRole('link', { name: 'Exercises' });
      await reach(page, link, 'Shift+Tab');
      await page.keyboard.press('Enter');
      await heading(page, 'Exercises');
      await reach(page, page.getByRole('textbox', { name: 'Height and width of the output?' }));
      await types(page, '2 x 2');
      await page.getByText('1 of 13 answered').waitFor();
    }));

  it('the page: its screens, its language, its theme, its keys', () =>
    visit({}, async (page) => {
      await reach(page, button(page, '中文'));
      await page.keyboard.press('Enter');
      await page.locator('html[lang=zh-CN]').waitFor();
      await page.keyboard.press('Enter');
      await page.locator('html[lang=en]').waitFor();
      await reach(page, page.getByRole('combobox', { name: 'Theme' }));
      await page.keyboard.press('d');
      await page.locator('html[data-theme=dark]').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await button(page, 'Keys').evaluate((one) => document.activeElement === one)).toBe(true);
      await reach(page, page.getByRole('link', { name: 'Heat' }), 'Shift+Tab');
      await page.keyboard.press('Enter');
      await heading(page, /Not all pixels/);
    }));
});
