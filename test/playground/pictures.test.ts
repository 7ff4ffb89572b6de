// Whatever is chosen as a picture: tiny, huge, damaged, disguised, moving, with a script. It is computed, or a sentence says
// why not; then the next picture works.

import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { playground } from './visit.ts';

const png = (width: number, height: number): Buffer =>
  Buffer.from(encode({ width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(120) }));
const COULD_NOT = /could not read this file/;
const COMPUTED = /^\d+ × \d+ · [\d.]+ ms/;

/** A picture of one grey whose header says this size; its rows are compressed to almost nothing. */
function vast(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(12 + data.length);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc(body), 8 + data.length);
    return frame;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(side / 8)) * side));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let i = 0; i < 8; i++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

/** A GIF of one pixel a frame on a screen of the largest size a GIF can say. */
function vastGif(): Buffer {
  const frame = '2c00000000010001000002024401' + '00';
  return Buffer.from(`474946383961ffffffff800000ffffff000000${frame.repeat(2000)}3b`, 'hex');
}

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20" onload="alert(1)"><script>alert(1)</script>
  <image href="http://elsewhere.test/x.png" width="5" height="5"/><foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/></foreignObject><rect width="30" height="20" fill="#777"/></svg>`;

playground('a picture', (visit) => {
  const open = async (page: Page) => {
    await page.getByRole('heading', { name: 'On a picture' }).scrollIntoViewIfNeeded();
    await page.locator('input[type=file]').waitFor({ state: 'attached' });
  };
  const choose = (page: Page, name: string, mimeType: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
  const figures = (page: Page) => page.getByRole('region', { name: 'On a picture' }).getByRole('figure');
  const good = png(24, 16);

  it('of one pixel, of one row, of one column is computed', () =>
    visit({}, async (page) => {
      await open(page);
      for (const [width, height] of [
        [1, 1],
        [300, 1],
        [1, 300],
      ] as const) {
        await choose(page, 'tiny.png', 'image/png', png(width, height));
        await figures(page).getByText(`${width} × ${height}`, { exact: true }).waitFor();
        const [wide, high] = [Math.ceil(width / 2), Math.ceil(height / 2)];
        await page.getByText(new RegExp(`^${wide} × ${high} · [\\d.]+ ms`)).waitFor();
      }
      await page.getByRole('combobox', { name: 'Padding' }).selectOption('valid');
      await page
        .getByText(/does not fit|no output|0 × /)
        .first()
        .waitFor();
      await choose(page, 'good.png', 'image/png', good);
      await page.getByText(/^11 × 7 · /).waitFor();
    }));

  it('that is none, or damaged, or disguised gets a sentence, and the next one works', () =>
    visit({}, async (page) => {
      await open(page);
      const damaged = Buffer.from(good);
      damaged.fill(0x55, 40, 60);
      for (const [name, type, content] of [
        ['text.png', 'image/png', Buffer.from('this is text')],
        ['empty.png', 'image/png', Buffer.alloc(0)],
        ['header.png', 'image/png', good.subarray(0, 20)],
        ['damaged.png', 'image/png', damaged],
        ['page.html', 'text/html', Buffer.from('<script>alert(1)</script>')],
        ['picture.svg', 'image/svg+xml', Buffer.from(SVG)],
      ] as const) {
        await choose(page, name, type, content);
        await page.getByText(COULD_NOT).waitFor();
        await choose(page, 'good.png', 'image/png', good);
        await page.getByText(COULD_NOT).waitFor({ state: 'detached' });
        await page.getByText(/^12 × 8 · /).waitFor();
        expect(await page.locator('main script, main img, main iframe').count(), name).toBe(0);
      }
    }));

  it('that is vast is refused by its size, before it is decoded where that is too late', () =>
    visit({}, async (page) => {
      await open(page);
      await choose(page, 'vast.png', 'image/png', vast(8000));
      await page.getByText(/^This picture is 8000×8000; at most \d+ a side are computed here\.$/).waitFor();
      await choose(page, 'vast.gif', 'image/gif', vastGif());
      await page.getByText(/65535×65535|could not read this file/).waitFor();
      await choose(page, 'vaster.png', 'image/png', vast(40_000));
      await page.getByText(/40000×40000|could not read this file/).waitFor();
      await choose(page, 'good.png', 'image/png', good);
      await page.getByText(COMPUTED).waitFor();
    }));

  it('that moves is its first frame, and one after the other ends with the last', () =>
    visit({}, async (page) => {
      await open(page);
      const small = Buffer.from(
        '4749463839610a000800800000ff000000ff002c000000000a0008000002088c8fa9cbed0f63' + '2b003b',
        'hex',
      );
      await choose(page, 'moves.gif', 'image/gif', small);
      await page.getByText(/^5 × 4 · |could not read/).waitFor();
      for (let side = 10; side <= 40; side += 2)
        await choose(page, `${side}.png`, 'image/png', png(side, side));
      await page.getByText(/^20 × 20 · /).waitFor();
    }));
});
