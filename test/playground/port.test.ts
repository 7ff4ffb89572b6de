// Port: one layer in every framework's words, exact for a size or for every size, with its weights; or why it cannot be said.

import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { fragment, playground } from './visit.ts';

playground('Port', (visit) => {
  const code = (page: Page) => page.getByRole('textbox', { name: /any framework/ });

  it('writes the layer for another framework, moves its weights, and says how the usual spelling differs', () =>
    visit({ at: '#v1/port' }, async (page) => {
      await page.getByRole('heading', { name: 'PyTorch, exact for 224' }).waitFor();
      await page.getByText('x = F.pad(x, (0, 1, 0, 1))').first().waitFor();
      await page.getByText('weight = kernel.transpose(3, 2, 0, 1)').waitFor();
      await page.getByText(/shifted 1 px up and left/).waitFor();
      await page.getByRole('button', { name: 'Copy: PyTorch' }).click();
      await page.getByText('Copied.').first().waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
        'nn.Conv2d(3, 64, 3, stride=2)',
      );
    }));

  it('ports what is pasted, to any of the frameworks, and opens it again', () =>
    visit({ at: '#v1/port' }, async (page, context) => {
      await code(page).fill('nn.Conv2d(3, 8, 5, padding=2)');
      await page.getByText('Read as PyTorch.').waitFor();
      const to = page.getByRole('combobox', { name: 'Port it to' });
      const names = await to.locator('option').allTextContents();
      expect(new Set(names).size).toBe(22);
      await to.selectOption('keras');
      await page.getByRole('heading', { name: /^Keras/, level: 1 }).waitFor();
      await page
        .getByText(/Conv2D\(8, 5, padding=['"]same['"]\)/)
        .first()
        .waitFor();
      const other = await context.newPage();
      await other.goto(page.url());
      await other.getByRole('heading', { name: /^Keras/, level: 1 }).waitFor();
      expect(await code(other).inputValue()).toBe('nn.Conv2d(3, 8, 5, padding=2)');
    }));

  it('ports for every size, and explains what cannot be said', () =>
    visit({ at: '#v1/port' }, async (page) => {
      await page.getByRole('radio', { name: 'every size' }).check();
      await page.getByRole('heading', { name: /every size/, level: 1 }).waitFor();
      await page.getByRole('radio', { name: 'an input of' }).check();
      await code(page).fill('keras.layers.Conv2DTranspose(4, 3, strides=2, padding="same")');
      await page.getByRole('combobox', { name: 'Port it to' }).selectOption('darknet');
      await page
        .getByText(/cannot/)
        .first()
        .waitFor();
      expect(fragment(page)).toContain('darknet');
    }));

  it('says beside the fields what is wrong', () =>
    visit({ at: '#v1/port' }, async (page) => {
      for (const wrong of ['nn.Conv2d(3, 64', 'nonsense', '<svg onload=alert(1)>']) {
        await code(page).fill(wrong);
        await page.locator('textarea[aria-invalid=true]').waitFor();
      }
      await code(page).fill('nn.Conv2d(3, 8, 5)');
      await page.locator('textarea[aria-invalid=true]').waitFor({ state: 'detached' });
      for (const wrong of ['', 'x', '-1', '1e99', '0', '1x2x3x4']) {
        await page.getByRole('textbox', { name: 'Size of the input' }).fill(wrong);
        await page.locator('input[aria-invalid=true]').waitFor();
      }
      await page.getByRole('textbox', { name: 'Size of the input' }).fill('32');
      await page.locator('input[aria-invalid=true]').waitFor({ state: 'detached' });
    }));

  it('moves one layer from each of five frameworks to every other, or says why not', () =>
    visit({ at: '#v1/port' }, async (page) => {
      const same = [
        ['PyTorch', 'nn.Conv2d(3, 8, 4, stride=2, padding=1)'],
        ['Keras', 'keras.layers.Conv2D(8, 4, strides=2, padding="same")'],
        ['TensorFlow', 'tf.nn.conv2d(tf.zeros([1, 64, 64, 3]), tf.zeros([4, 4, 3, 8]), 2, "SAME")'],
        ['MXNet', 'mx.gluon.nn.Conv2D(8, 4, strides=2, padding=1)'],
        ['Flax', 'flax.linen.Conv(8, (4, 4), strides=2, padding="SAME")'],
      ] as const;
      const to = page.getByRole('combobox', { name: 'Port it to' });
      await page.getByRole('textbox', { name: 'Size of the input' }).fill('64');
      const targets = await to
        .locator('option')
        .evaluateAll((all) =>
          all.map((one) => ({ id: (one as HTMLOptionElement).value, title: one.textContent ?? '' })),
        );
      for (const [framework, line] of same) {
        await code(page).fill(line);
        await page.getByText(`Read as ${framework}.`).waitFor();
        const impossible: string[] = [];
        for (const { id, title } of targets) {
          await to.selectOption(id);
          const heading = page.getByRole('heading', { level: 1 });
          await heading.filter({ hasText: title }).waitFor();
          await page.locator('[aria-busy=false]').waitFor();
          const said = (await heading.textContent()) ?? '';
          if (said === `${title}, exact for 64`) {
            await page.getByText('Read back and exact').waitFor();
            expect((await page.locator('main pre').first().textContent())?.length, title).toBeGreaterThan(10);
          } else {
            expect(said).toBe(`${title} cannot say this`);
            await page.getByText(/^The reason: .{10,}\.$/).waitFor();
            impossible.push(title);
          }
        }
        // An even kernel of this size and its pads are in every framework's words but those without a pad of their own.
        expect(impossible.length, impossible.join()).toBeLessThan(4);
      }
    }));

  it('shows how the axes of the weights move, also as a table, and says where they stay', () =>
    visit({ at: '#v1/port' }, async (page) => {
      const weights = page.getByRole('figure').filter({
        has: page.getByRole('group', { name: 'How the axes of kernel move' }),
      });
      await weights
        .getByRole('img', {
          name: 'Keras: height 3, width 3, in 3, out 64. PyTorch: out 64, in 3, height 3, width 3.',
        })
        .waitFor();
      await weights.getByText('Show as table').click();
      expect(await weights.getByRole('row').last().getByRole('cell').allTextContents()).toEqual([
        'out 64',
        'in 3',
        'height 3',
        'width 3',
      ]);
      await code(page).fill('nn.Conv2d(3, 8, 5, padding=2)');
      await page.getByRole('combobox', { name: 'Port it to' }).selectOption('onnx');
      await page.getByText('They stay as they are: both keep the axes in the same order.').waitFor();
      expect(await weights.count()).toBe(0);
    }));
});
