// SVG to PNG: exact pixels of flat colours, words that are drawn and only where they stand, texts that come back, and
// readers that are given anything.

import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { installed, lettered } from './fonts.ts';
import { paletteOf } from './palette.ts';
import { textOf } from './png-text.ts';
import { pngOf, rasterOf } from './raster.ts';

const SPACE = 'xmlns="http://www.w3.org/2000/svg"';
const WHITE = '<rect width="100%" height="100%" fill="#ffffff"/>';

const picture = (width: number, height: number, body: string) =>
  `<svg ${SPACE} viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>`;

const SMALL = picture(
  4,
  3,
  '<rect width="4" height="3" fill="#12345a"/><rect x="1" y="1" width="2" height="1" fill="#ff8000"/>',
);
const WORDS = picture(
  200,
  60,
  `${WHITE}<g font-family="Inter, sans-serif" font-size="13"><text x="20" y="30">Why 32, not 31? ⌊64/2⌋ → 32</text><text x="20" y="48" font-weight="700">0*0 + 0*1 + 1*2 + 2*3 = 8</text></g>`,
);
const LATIN = picture(60, 20, `${WHITE}<text x="4" y="14" font-size="13">k4 s2 p1 \u2192</text>`);

/** Colours of a PNG's pixels, row by row. */
function pixels(png: Uint8Array): { width: number; height: number; colours: string[] } {
  const { width, height, data, channels, palette } = decode(png);
  const colours = Array.from({ length: width * height }, (_, i) => {
    const parts =
      palette === undefined ? data.subarray(i * channels, (i + 1) * channels) : palette[data[i] as number];
    return [...(parts as Iterable<number>)].map((part) => part.toString(16).padStart(2, '0')).join('');
  });
  return { width, height, colours };
}

/** The least rectangle around all pixels that are not white: left, top, right, bottom, the last two outside. */
async function inked(svg: string, scale = 1): Promise<number[] | null> {
  const { width, data } = await rasterOf(svg, { scale });
  const dark = Array.from(new Uint32Array(data.buffer, data.byteOffset, data.length / 4).entries())
    .filter(([, colour]) => colour !== 0xffffffff)
    .map(([i]) => [i % width, Math.floor(i / width)] as const);
  if (dark.length === 0) return null;
  const [across, down] = [dark.map(([x]) => x), dark.map(([, y]) => y)];
  return [Math.min(...across), Math.min(...down), Math.max(...across) + 1, Math.max(...down) + 1];
}

const png = (svg: string, scale = 1, text = {}) => pngOf(svg, { scale, text });
const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: Failure) => [error.constructor, error.exit, error.message],
  );

describe('a PNG', () => {
  it('has the colours of the SVG', async () => {
    const [blue, orange] = ['12345a', 'ff8000'];
    expect(pixels(await png(SMALL))).toEqual({
      width: 4,
      height: 3,
      colours: [blue, blue, blue, blue, blue, orange, orange, blue, blue, blue, blue, blue],
    });
  });

  it.each([
    [1, 33, 21],
    [2, 66, 42],
    [0.5, 17, 11],
    [0.3, 10, 6],
  ])('of scale %d is %d x %d', async (scale, width, height) => {
    const { colours, ...size } = pixels(
      await png(picture(33, 21, '<rect width="33" height="21" fill="#fff"/>'), scale),
    );
    expect(size).toEqual({ width, height });
    expect(colours).toHaveLength(width * height);
  });

  it('keeps what is transparent, its colours not darkened', async () => {
    const half = '<rect width="1" height="1" fill="#ff8000" fill-opacity="0.5"/>';
    expect(pixels(await png(picture(2, 1, half))).colours).toEqual(['ff800080', '00000000']);
  });

  it('has more than 256 colours where the SVG has', async () => {
    const cells = Array.from(
      { length: 300 },
      (_, i) =>
        `<rect x="${i % 20}" y="${Math.floor(i / 20)}" width="1" height="1" fill="rgb(${i % 256},${i >> 8},77)"/>`,
    );
    const { colours } = pixels(await png(picture(20, 15, cells.join(''))));
    expect(new Set(colours).size).toBe(300);
    expect(colours[299]).toBe('2b014d');
  });

  it('is the same every time and everywhere', async () => {
    const [one, other] = [await png(WORDS, 2), await png(WORDS, 2)];
    expect(Buffer.compare(one, other)).toBe(0);
    const { data } = await rasterOf(LATIN, { scale: 2 });
    expect(createHash('sha256').update(data).digest('hex').slice(0, 16)).toMatchInlineSnapshot(
      `"44028ea4ad6ed9f5"`,
    );
    expect(
      createHash('sha256')
        .update(await png(LATIN, 2))
        .digest('hex')
        .slice(0, 16),
    ).toMatchInlineSnapshot(`"201d05486d0c361f"`);
  });

  it('refuses what is no SVG, in a sentence', async () => {
    expect(await failure(png('figure'))).toEqual([
      Failure,
      2,
      'the SVG cannot be drawn: SVG data parsing failed cause unknown token at 1:1',
    ]);
    expect((await failure(png(''))).slice(0, 2)).toEqual([Failure, 2]);
    expect(await failure(png(picture(0, 5, '')))).toEqual([
      Failure,
      2,
      'the SVG cannot be drawn: SVG has an invalid size',
    ]);
    expect((await failure(png(picture(5, 5, '<g>')))).slice(0, 2)).toEqual([Failure, 2]);
    expect(pixels(await png(SMALL)).width).toBe(4);
  });

  it('refuses scales and sizes beyond its bounds', async () => {
    for (const scale of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(await failure(png(SMALL, scale))).toEqual([
        Failure,
        2,
        `a scale is a number above 0, received ${scale}`,
      ]);
    expect((await failure(png(SMALL, 1e-9))).slice(0, 2)).toEqual([Failure, 2]);
    expect(await failure(png(picture(10000, 10000, '')))).toEqual([
      Failure,
      2,
      'the picture is too large: 10000x10000 pixels, at most 64000000 are drawn',
    ]);
  });
});

describe('words', () => {
  it('are drawn where they stand and nowhere else', async () => {
    const [left, top, right, bottom] = (await inked(
      picture(100, 40, `${WHITE}<text x="30" y="25" font-size="13">32</text>`),
    )) as number[];
    expect([left, top, right, bottom]).toEqual([30, 15, 45, 25]);
    expect(await inked(picture(100, 40, WHITE))).toBeNull();
  });

  it('have digits of one width', async () => {
    const width = async (digit: string, weight: number) => {
      const box = await inked(
        picture(
          300,
          40,
          `${WHITE}<text x="10" y="25" font-size="13" font-weight="${weight}">|${digit.repeat(20)}|</text>`,
        ),
      );
      return (box?.[2] ?? 0) - (box?.[0] ?? 0);
    };
    for (const weight of [400, 700])
      expect(new Set(await Promise.all([...'0123456789'].map((digit) => width(digit, weight)))).size).toBe(1);
  });

  it('are bold where they should be', async () => {
    const ink = async (weight: number) => {
      const { data } = await rasterOf(
        picture(60, 20, `${WHITE}<text x="4" y="14" font-weight="${weight}">sum</text>`),
        { scale: 4 },
      );
      return data.reduce((sum, value) => sum + 255 - value, 0);
    };
    expect((await ink(700)) / (await ink(400))).toBeGreaterThan(1.15);
  });

  it('have arrows and brackets', async () => {
    const drawn = async (sign: string) =>
      (await rasterOf(picture(20, 20, `${WHITE}<text x="4" y="14">${sign}</text>`), { scale: 1 })).data;
    const missing = await drawn('\ue000');
    const seen = await Promise.all([...'→←↑↓↔⌊⌋⌈⌉≤≥≠×−·…Σ∞●○'].map(drawn));
    for (const one of [missing, ...seen])
      expect(seen.filter((other) => Buffer.compare(one, other) === 0).length).toBe(one === missing ? 0 : 1);
  });

  it('in Chinese need a font that is there, and SVG does not', () => {
    expect(() => lettered(picture(9, 9, '<text>步幅</text>'), [])).toThrow(
      'Chinese words in pixels need a Chinese font, and none of these is installed: Noto Sans CJK, Source Han',
    );
    expect(lettered(picture(9, 9, '<title>步幅</title><text>stride</text>'), []).fonts).toHaveLength(3);
  });

  it('in Chinese are drawn', async ({ skip }) => {
    const text = picture(200, 40, `${WHITE}<text x="10" y="25" font-size="20">步幅 2，“填充” 1</text>`);
    let written: string;
    try {
      written = lettered(text).svg;
    } catch {
      skip('no Chinese font is installed');
      return;
    }
    const family = /font-family="'([^']+)'">步幅 2，“填充” 1</.exec(written)?.[1];
    expect(installed().map((font) => font.family)).toContain(family);
    const [left, , right] = (await inked(text)) as number[];
    expect(
      [left, right].map((side, i) => Math.abs((side as number) - ([10, 170][i] as number)) < 12),
    ).toEqual([true, true]);
  });
});

describe('the texts of a PNG', () => {
  const TEXTS = { Title: 'Pads: 0 · 1', Copyright: 'CC0 1.0', padwise: '1x3x64x64 k4 s2 p1 -> 6' };

  it('come back', async () => {
    const texts = { ...TEXTS, Chinese: '卷积 → “填充”', Lines: 'one\ntwo', Empty: '' };
    const file = await png(SMALL, 1, texts);
    expect(textOf(file)).toEqual(texts);
    expect(pixels(file).width).toBe(4);
    expect(textOf(await png(SMALL))).toEqual({});
  });

  it('are read where another program packed them', async () => {
    const file = await png(SMALL);
    const long = 'k3 s2 '.repeat(2000);
    const packed = chunk('zTXt', Buffer.concat([Buffer.from('padwise\0\0'), deflateSync(long)]));
    const international = chunk(
      'iTXt',
      Buffer.concat([Buffer.from('Title\0\x01\0zh\0\0'), deflateSync('步幅')]),
    );
    expect(textOf(spliced(file, packed, international))).toEqual({ padwise: long, Title: '步幅' });
  });

  it('are no more than their bounds', async () => {
    const file = await png(SMALL);
    const bomb = chunk('zTXt', Buffer.concat([Buffer.from('padwise\0\0'), deflateSync(Buffer.alloc(1e8))]));
    const large = chunk('tEXt', Buffer.concat([Buffer.from('large\0'), Buffer.alloc(70_000, 65)]));
    expect(textOf(spliced(file, bomb, large, chunk('tEXt', Buffer.from('after\0it'))))).toEqual({
      after: 'it',
    });
    const many = Array.from({ length: 1000 }, (_, i) => chunk('tEXt', Buffer.from(`k${i}\0v`)));
    expect(Object.keys(textOf(spliced(file, ...many)))).toHaveLength(64);
  });

  it('named as parts of an object are texts like any other', async () => {
    const texts = textOf(spliced(await png(SMALL), chunk('tEXt', Buffer.from('__proto__\0x'))));
    expect(Object.entries(texts)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(texts)).toBe(Object.prototype);
  });

  it('of a damaged file are those that are whole', async () => {
    const file = await png(SMALL, 1, TEXTS);
    const whole = Object.entries(textOf(file));
    for (let length = 0; length <= file.length; length++) {
      const found = Object.entries(textOf(file.subarray(0, length)));
      expect(whole.slice(0, found.length)).toEqual(found);
    }
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Uint8Array.from(file);
        damaged[at] = (damaged[at] as number) ^ flip;
        for (const entry of Object.entries(textOf(damaged))) expect(whole).toContainEqual(entry);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(textOf(bytes)).toEqual({});
      }),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('tEXt', 'iTXt', 'zTXt'),
        (bytes, type) => {
          textOf(spliced(file, chunk(type, bytes)));
        },
      ),
    );
  });

  function chunk(type: string, data: Uint8Array): Uint8Array {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  }

  function crc32(bytes: Uint8Array): number {
    let rest = 0xffffffff;
    for (const byte of bytes) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    }
    return ~rest >>> 0;
  }

  function spliced(file: Uint8Array, ...chunks: Uint8Array[]): Uint8Array {
    return Buffer.concat([file.subarray(0, 33), ...chunks, file.subarray(33)]);
  }
});

describe('a palette', () => {
  it('is exact where it can be', () => {
    expect(
      paletteOf(
        new Map([
          [5, 1],
          [7, 9],
          [3, 1],
        ]),
        3,
      ),
    ).toEqual([7, 3, 5]);
  });

  it('keeps the colours that cover most and stands near the others', () => {
    const shades = Array.from(
      { length: 4096 },
      (_, i) => [(i >> 8) * 0x110000 + ((i >> 4) & 15) * 0x1100 + (i & 15) * 0x11, 1] as const,
    );
    const palette = paletteOf(new Map([...shades, [0x123456, 900], [0xabcdef, 800]]), 255);
    expect(palette.slice(0, 2)).toEqual([0x123456, 0xabcdef]);
    expect(palette.length).toBeLessThanOrEqual(255);
    expect(palette.length).toBeGreaterThan(200);
    expect(palette.every((colour) => Number.isInteger(colour) && colour >= 0 && colour <= 0xffffff)).toBe(
      true,
    );
  });
});
