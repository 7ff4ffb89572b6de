// The Layer lab's main paths: paste a layer, set its numbers, share what is seen, read it in another framework's words, run it
// on a picture, also where WebAssembly is refused.

import { encode } from 'fast-png';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { fragment, playground } from './visit.ts';

const becomes = (page: Page, words: string | RegExp) =>
  page.getByRole('heading', { level: 1 }).filter({ hasText: words }).waitFor();
const code = (page: Page) => page.getByRole('textbox', { name: /any framework/ });
/** The figure drawn, by the problem that its name ends with. */
const figure = (page: Page, problem = / -> /) =>
  page.getByRole('figure').getByRole('group', { name: problem }).first();
const elsewhere = (page: Page) => page.getByRole('heading', { name: 'The same layer elsewhere' });
const onPicture = (page: Page) => page.getByRole('region', { name: 'On a picture' });

playground('the Layer lab', (visit) => {
  it('reads a pasted PyTorch layer: its shape, its figure, its address', () =>
    visit({}, async (page) => {
      await code(page).fill('nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3)');
      await page.getByRole('heading', { name: 'Why 32 and not 29?' }).waitFor();
      expect(fragment(page)).toContain('=nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3)');
      await figure(page, /k7 s2 p3 -> 64/).waitFor();
      expect(await page.getByRole('textbox', { name: 'Kernel' }).inputValue()).toBe('7');
      expect(await page.getByRole('textbox', { name: 'before' }).inputValue()).toBe('3');
    }));

  it('reads layers of other frameworks, one or several', () =>
    visit({}, async (page) => {
      const pasted: readonly (readonly [string, string])[] = [
        ['keras.layers.Conv2D(6, 4, strides=2, padding="valid")', '64 becomes 31'],
        ['mx.gluon.nn.Conv2D(6, 3, strides=2, padding=1)', '64 becomes 32'],
        ['flax.linen.Conv(6, (5, 5), padding="SAME")', '64 becomes 64'],
        ['torch.nn.MaxPool2d(3, 2, ceil_mode=True)', '64 becomes 32'],
        ['nn.ConvTranspose2d(3, 6, 4, stride=2, padding=1)', '64 becomes 128'],
        ['x = F.pad(x, (0, 1, 0, 1))\nnn.Conv2d(3, 6, 3, stride=2)', '64 becomes 32'],
      ];
      for (const [pastes, says] of pasted) {
        await code(page).fill(pastes);
        await becomes(page, says);
      }
    }));

  it('changes figure, sentence, code and address with each field', () =>
    visit({}, async (page) => {
      await page.getByRole('button', { name: 'Size: one less' }).click();
      await becomes(page, '63 becomes 32');
      await page.getByRole('textbox', { name: 'Kernel' }).fill('5');
      await page.getByRole('combobox', { name: 'Padding' }).selectOption('valid');
      await becomes(page, '63 becomes 30');
      await page.getByRole('textbox', { name: 'Dilation' }).press('ArrowUp');
      await becomes(page, '63 becomes 28');
      await figure(page, /k5 s2 d2/).waitFor();
      expect(fragment(page)).toBe('#v1/lab/63x63 c3 f6 k5 s2 d2/valid');
      await page.waitForFunction(() =>
        /Conv2d\(3, 6, 5, stride=2, dilation=2\)/.test(document.querySelector('textarea')?.value ?? ''),
      );
      await page.getByRole('button', { name: 'before: one more' }).click();
      await page
        .getByRole('heading', { name: /Padding|Why/ })
        .first()
        .waitFor();
      expect(fragment(page)).toContain(' p1,0');
      await page.getByRole('combobox', { name: 'Layer' }).selectOption('max');
      await page.waitForFunction(() => location.hash.includes('max'));
    }));

  it('sets the axes apart, and has one, two or three of them', () =>
    visit({ at: '#v1/lab/8x8 k3x5 p0,0x1,1 s3x4' }, async (page) => {
      await becomes(page, '8 × 8 becomes 2 × 2');
      await page.getByRole('button', { name: 'width: 8 → 2' }).click();
      await page.getByRole('button', { name: 'Kernel, width: one more' }).click();
      await page.waitForFunction(() => location.hash.includes('k3x6'));
      for (const [rank, says] of [
        ['1', '8 becomes 2'],
        ['3', '8 becomes 2'],
      ] as const) {
        const axes = page.getByRole('combobox', { name: 'Axes' });
        if (!(await axes.isVisible())) await page.getByText('More', { exact: true }).click();
        await axes.selectOption(rank);
        await becomes(page, says);
      }
    }));

  it('opens again what was shared, with its step', () =>
    visit({}, async (page, context) => {
      await code(page).fill('nn.Conv2d(1, 1, 3, stride=2, padding=1)');
      await becomes(page, '64 becomes 32');
      await figure(page).focus();
      for (const key of ['.', '.', '.']) await page.keyboard.press(key);
      await page.waitForFunction(() => location.hash.endsWith('/@3'));
      await page.getByText('Copy or save').click();
      await page.getByRole('button', { name: 'Copy the link' }).click();
      await page.getByText('Copied.').waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      const other = await context.newPage();
      await other.goto(link);
      await becomes(other, '64 becomes 32');
      expect(await other.getByRole('slider', { name: 'Step' }).inputValue()).toBe('3');
      expect(await code(other).inputValue()).toBe('nn.Conv2d(1, 1, 3, stride=2, padding=1)');
      expect(await figure(other).getAttribute('aria-label')).toBe(
        await figure(page).getAttribute('aria-label'),
      );
    }));

  it('says the layer in the words of other frameworks, or why it cannot be said', () =>
    visit({}, async (page) => {
      await elsewhere(page).scrollIntoViewIfNeeded();
      const framework = (name: string) => page.getByRole('button', { name, exact: true });
      await framework('PyTorch').click();
      await page.getByText('nn.Conv2d(3, 6, 4, stride=2, padding=1)').last().waitFor();
      await framework('ONNX').click();
      await page
        .getByText(/auto_pad|pads/)
        .last()
        .waitFor();
      await page.getByRole('button', { name: 'Copy: ONNX' }).click();
      await page.getByText('Copied.').waitFor();
      await framework('Caffe').click();
      await page.getByText('Copy: ').first().waitFor({ state: 'detached' });
      await page
        .getByText(/kernel_size=4/)
        .first()
        .waitFor();
    }));

  it('shows the arithmetic line by line', () =>
    visit({}, async (page) => {
      const lines = page.locator('pre').filter({ hasText: '64' }).first();
      await page.getByRole('heading', { name: 'The arithmetic, line by line' }).waitFor();
      expect(await lines.textContent()).toMatch(/64 .* 4.*= 32/s);
    }));
});

playground('a picture in the lab', (visit) => {
  const square = encode({ width: 40, height: 30, channels: 3, data: new Uint8Array(40 * 30 * 3).fill(120) });
  const choose = async (page: Page) => {
    await onPicture(page).scrollIntoViewIfNeeded();
    await onPicture(page)
      .locator('input[type=file]')
      .setInputFiles({ name: 'square.png', mimeType: 'image/png', buffer: Buffer.from(square) });
  };

  it('goes through the layer: the output, its size, its time, the algorithm', () =>
    visit({}, async (page) => {
      await elsewhere(page).scrollIntoViewIfNeeded();
      await choose(page);
      await page.getByText('40 × 30').waitFor();
      await page.getByText(/^20 × 15 · [\d.]+ ms, by \w+/).waitFor();
      const out = page.getByRole('img', { name: 'what the layer makes of it' });
      const painted = await out.evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const colours = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(10, 7, 1, 1).data;
        return { width, height, middle: [...(colours ?? [])] };
      });
      // A blur of one colour is that colour.
      expect(painted).toEqual({ width: 20, height: 15, middle: [120, 120, 120, 255] });
      await page.getByRole('combobox', { name: 'Its weights' }).selectOption('sharpen');
      await page.getByRole('button', { name: 'Kernel: one more' }).click();
      await page.getByText(/^20 × 15 · [\d.]+ ms/).waitFor();
      await page.getByRole('combobox', { name: 'Padding' }).selectOption('valid');
      await page.getByText(/^18 × 13 · [\d.]+ ms/).waitFor();
    }));

  it('is dropped, and what is no picture gets a sentence', () =>
    visit({}, async (page) => {
      await elsewhere(page).scrollIntoViewIfNeeded();
      await onPicture(page).scrollIntoViewIfNeeded();
      const drop = async (text: string, type: string) => {
        const files = await page.evaluateHandle(
          ([content, kind]) => {
            const data = new DataTransfer();
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            data.items.add(new File([bytes], 'dropped', { type: kind }));
            return data;
          },
          [text, type] as const,
        );
        await onPicture(page).dispatchEvent('drop', { dataTransfer: files });
      };
      await drop(btoa('this is no picture'), 'image/png');
      await page.getByText(/could not read this file/).waitFor();
      await drop(Buffer.from(square).toString('base64'), 'image/png');
      await page.getByText(/^20 × 15 · /).waitFor();
      expect(await page.getByText(/could not read this file/).count()).toBe(0);
    }));

  it('is computed by the reference where WebAssembly is refused, and the page says so', () =>
    visit({ strict: true, forgiven: /wasm|WebAssembly/i }, async (page) => {
      await becomes(page, '64 becomes 32');
      await elsewhere(page).scrollIntoViewIfNeeded();
      await choose(page);
      await page.getByText(/WebAssembly is refused here/).waitFor();
      await page.getByText(/^20 × 15 · [\d.]+ ms, by reference/).waitFor();
    }));
});
