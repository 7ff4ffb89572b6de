// SVGs to an animated GIF, read back by a strict decoder written here: frames, loop, delays and comment are what was asked
// for, and each frame, painted over the ones before, is the picture that was drawn.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { gifOf } from './gif.ts';
import { commentOf } from './gif-file.ts';
import { lzw } from './lzw.ts';
import { rasterOf } from './raster.ts';

const picture = (width: number, height: number, body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#ffffff"/>${body}</svg>`;

/** A window that slides over a row of four cells. */
const step = (i: number) =>
  picture(
    50,
    20,
    `${[0, 1, 2, 3].map((x) => `<rect x="${5 + 10 * x}" y="5" width="10" height="10" fill="#dce8f7" stroke="#336699"/>`).join('')}<rect x="${5 + 10 * i}" y="5" width="10" height="10" fill="#ff8000"/><text x="${7 + 10 * i}" y="13" font-size="8">${i}</text>`,
  );
const STEPS = [0, 1, 2, 3].map(step);
const OPTIONS = { scale: 2, delay: 500, comment: "padwise draw 'nn.Conv2d(1, 1, 3)' · CC0 1.0" };

interface Read {
  readonly width: number;
  readonly height: number;
  readonly loops: number | null;
  readonly delays: readonly number[];
  readonly rectangles: readonly (readonly number[])[];
  /** Each frame as it is seen: 0xrrggbb by pixel. */
  readonly frames: readonly (readonly number[])[];
}

/** Reads a GIF and refuses all that the format does not allow. */
function read(gif: Uint8Array): Read {
  let at = 0;
  const byte = () => {
    if (at >= gif.length) throw new Error('cut off');
    return gif[at++] as number;
  };
  const word = () => byte() + 256 * byte();
  const text = (length: number) => String.fromCharCode(...Array.from({ length }, byte));
  const blocks = () => {
    const all: number[] = [];
    for (let length = byte(); length > 0; length = byte()) for (let i = 0; i < length; i++) all.push(byte());
    return all;
  };
  expect(text(6)).toBe('GIF89a');
  const [width, height, flags] = [word(), word(), byte()];
  expect([flags & 0x80, byte(), byte()]).toEqual([0x80, 0, 0]);
  const palette = Array.from({ length: 2 << (flags & 7) }, () => (byte() << 16) | (byte() << 8) | byte());
  const canvas: number[] = new Array(width * height).fill(-1);
  const [delays, rectangles, frames]: [number[], number[][], number[][]] = [[], [], []];
  let [loops, kept]: [number | null, number | null] = [null, null];
  for (let kind = byte(); kind !== 0x3b; kind = byte()) {
    if (kind === 0x21) {
      const label = byte();
      if (label === 0xf9) {
        expect(byte()).toBe(4);
        const control = byte();
        expect(control & ~1).toBe(4);
        delays.push(word());
        const index = byte();
        kept = control & 1 ? index : null;
        expect(byte()).toBe(0);
      } else if (label === 0xff) {
        expect([byte(), text(11)]).toEqual([11, 'NETSCAPE2.0']);
        const [one, low, high] = blocks();
        expect(one).toBe(1);
        loops = (low as number) + 256 * (high as number);
      } else {
        expect(label).toBe(0xfe);
        blocks();
      }
      continue;
    }
    expect(kind).toBe(0x2c);
    const [left, top, wide, high, local] = [word(), word(), word(), word(), byte()];
    expect(local).toBe(0);
    const bits = byte();
    const indices = unpacked(blocks(), bits);
    expect(indices).toHaveLength(wide * high);
    for (const [i, index] of indices.entries())
      if (index !== kept)
        canvas[(top + Math.floor(i / wide)) * width + left + (i % wide)] = palette[index] as number;
    rectangles.push([left, top, wide, high]);
    frames.push([...canvas]);
  }
  expect(at).toBe(gif.length);
  return { width, height, loops, delays, rectangles, frames };
}

/** The indices of packed codes; they begin with CLEAR, end with END, and nothing follows. */
function unpacked(bytes: readonly number[] | Uint8Array, bits: number): number[] {
  const [clear, end] = [1 << bits, (1 << bits) + 1];
  let [at, width] = [0, bits + 1];
  let runs: number[][] = [];
  let before: number[] | null = null;
  const out: number[] = [];
  const code = () => {
    let value = 0;
    for (let i = 0; i < width; i++, at++) {
      if (at >> 3 >= bytes.length) throw new Error('codes are cut off');
      value |= (((bytes[at >> 3] as number) >> (at & 7)) & 1) << i;
    }
    return value;
  };
  expect(code()).toBe(clear);
  for (;;) {
    if (before === null) [runs, width] = [Array.from({ length: clear }, (_, i) => [i]), bits + 1];
    const value = code();
    if (value === clear) {
      before = null;
      continue;
    }
    if (value === end) break;
    const known: number[] | undefined = value < clear ? [value] : runs[value - (value > end ? 2 : 0)];
    if (known === undefined && before === null) throw new Error('a code before its time');
    const run: number[] = known ?? [...(before as number[]), (before as number[])[0] as number];
    if (before !== null && runs.length + 2 < 4096) {
      if (known === undefined) expect(value).toBe(runs.length + 2);
      runs.push([...before, run[0] as number]);
      if (runs.length + 2 === 1 << width && width < 12) width++;
    }
    out.push(...run);
    before = run;
  }
  expect(Math.ceil(at / 8)).toBe(bytes.length);
  return out;
}

/** What a frame should be: the colours that were drawn. */
async function drawn(svg: string): Promise<number[]> {
  const { data } = await rasterOf(svg, { scale: OPTIONS.scale, ground: '#ffffff' });
  return Array.from({ length: data.length / 4 }, (_, i) =>
    data.subarray(4 * i, 4 * i + 3).reduce((colour, part) => colour * 256 + part, 0),
  );
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: Failure) => [error.constructor, error.exit, error.message],
  );

describe('a GIF', () => {
  it('shows each frame exactly, loops, and waits', async () => {
    const seen: number[][] = [];
    const gif = await gifOf(STEPS, OPTIONS, (...progress) => seen.push(progress));
    const { frames, ...found } = read(gif);
    expect(found).toMatchObject({ width: 100, height: 40, loops: 0, delays: [50, 50, 50, 50] });
    expect(frames).toEqual(await Promise.all(STEPS.map(drawn)));
    expect(seen).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  });

  it('stores what changed', async () => {
    const { rectangles, frames } = read(await gifOf([step(0), step(0), step(1)], OPTIONS));
    expect(rectangles[0]).toEqual([0, 0, 100, 40]);
    expect(rectangles[1]).toEqual([0, 0, 1, 1]);
    expect(rectangles[2]?.slice(2).every((side) => side < 44)).toBe(true);
    expect(frames[1]).toEqual(frames[0]);
  });

  it('of one frame is a picture', async () => {
    const { frames } = read(await gifOf([step(2)], OPTIONS));
    expect(frames).toEqual([await drawn(step(2))]);
  });

  it('is white where the SVG is open', async () => {
    const open =
      '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"><rect width="1" height="1" fill="#000"/></svg>';
    expect(read(await gifOf([open], { ...OPTIONS, scale: 1 })).frames).toEqual([[0, 0xffffff]]);
  });

  it('of too many colours keeps its flat ones', async () => {
    const shades = Array.from(
      { length: 1000 },
      (_, i) =>
        `<rect x="${i % 50}" y="${Math.floor(i / 50)}" width="1" height="1" fill="rgb(${i % 250},${(7 * i) % 256},${(3 * i) % 256})"/>`,
    );
    const many = picture(50, 40, shades.join(''));
    const [seen, wanted] = [read(await gifOf([many], OPTIONS)).frames[0] as number[], await drawn(many)];
    expect(new Set(wanted).size).toBeGreaterThan(256);
    expect(new Set(seen).size).toBeLessThanOrEqual(256);
    const part = (colour: number, i: number) => (colour >> (8 * i)) & 255;
    for (const [i, colour] of seen.entries()) {
      if (wanted[i] === 0xffffff) expect(colour).toBe(0xffffff);
      for (const channel of [0, 1, 2])
        expect(Math.abs(part(colour, channel) - part(wanted[i] as number, channel))).toBeLessThan(64);
    }
  });

  it('is the same every time', async () => {
    expect(Buffer.compare(await gifOf(STEPS, OPTIONS), await gifOf(STEPS, OPTIONS))).toBe(0);
  });

  it('refuses frames that do not fit', async () => {
    expect(await failure(gifOf([], OPTIONS))).toEqual([Failure, 2, 'a GIF has 1 to 400 frames, received 0']);
    expect(await failure(gifOf(new Array(401).fill(step(0)), OPTIONS))).toEqual([
      Failure,
      2,
      'a GIF has 1 to 400 frames, received 401',
    ]);
    expect(await failure(gifOf([step(0), picture(50, 21, '')], OPTIONS))).toEqual([
      Failure,
      2,
      'the frames of a GIF have one size: frame 2 has 100x42 pixels, the first one 100x40',
    ]);
    expect(await failure(gifOf([picture(4001, 4000, '')], { ...OPTIONS, scale: 1 }))).toEqual([
      Failure,
      2,
      'the picture is too large: 4001x4000 pixels, at most 16000000 are drawn',
    ]);
    expect(await failure(gifOf([picture(70_000, 1, '')], { ...OPTIONS, scale: 1 }))).toEqual([
      Failure,
      2,
      'a side of a GIF has at most 65535 pixels, received 70000x1',
    ]);
    for (const delay of [0, 19, Number.NaN, 655_351])
      expect((await failure(gifOf(STEPS, { ...OPTIONS, delay }))).slice(0, 2)).toEqual([Failure, 2]);
    expect((await failure(gifOf([step(0), 'no svg'], OPTIONS))).slice(0, 2)).toEqual([Failure, 2]);
  });
});

describe('the comment of a GIF', () => {
  it('comes back', async () => {
    for (const comment of ['', OPTIONS.comment, '卷积 '.repeat(400)])
      expect(commentOf(await gifOf(STEPS, { ...OPTIONS, comment }))).toBe(comment);
  });

  it('is found behind frames, and null where there is none', () => {
    const head = [...Buffer.from('GIF87a'), 1, 0, 1, 0, 0, 0, 0];
    const image = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0x80, 0, 0, 0, 9, 9, 9, 2, 2, 0x44, 1, 0];
    expect(commentOf(Uint8Array.from([...head, ...image, 0x21, 0xfe, 2, 104, 105, 0, 0x3b]))).toBe('hi');
    expect(commentOf(Uint8Array.from([...head, ...image, 0x3b]))).toBeNull();
    expect(commentOf(Uint8Array.from([...head, 0x21, 0xfe, 9, 104, 105]))).toBeNull();
    expect(commentOf(Uint8Array.from([...head, 0x77, 0x21, 0xfe, 2, 104, 105, 0]))).toBeNull();
    const long = Array.from({ length: 300 }, () => [255, ...new Array(255).fill(65)]).flat();
    expect(commentOf(Uint8Array.from([...head, 0x21, 0xfe, ...long, 0, 0x3b]))).toBeNull();
  });

  it('of a damaged file is a string or null', async () => {
    const gif = await gifOf(STEPS, OPTIONS);
    for (let length = 0; length < gif.length; length++)
      expect([null, OPTIONS.comment]).toContain(commentOf(gif.subarray(0, length)));
    fc.assert(
      fc.property(fc.nat(gif.length - 1), fc.nat(255), (at, value) => {
        const damaged = Uint8Array.from(gif);
        damaged[at] = value;
        const found = commentOf(damaged);
        expect(found === null || typeof found === 'string').toBe(true);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => commentOf(bytes) === null));
  });
});

it('what is packed unpacks to the same, for every width', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 2, max: 8 })
        .chain((bits) =>
          fc.tuple(fc.constant(bits), fc.array(fc.nat(2 ** bits - 1), { minLength: 1, maxLength: 9000 })),
        ),
      ([bits, indices]) => {
        expect(unpacked(lzw(Uint8Array.from(indices), bits), bits)).toEqual(indices);
      },
    ),
    { numRuns: 60 },
  );
  for (let length = 1; length < 5000; length += 7) {
    const noise = Array.from({ length }, (_, i) => (i * 7919 + ((i * i) >> 3)) & 3);
    expect(unpacked(lzw(Uint8Array.from(noise), 2), 2)).toEqual(noise);
  }
  const long = Array.from({ length: 40_000 }, (_, i) => (i * 2654435761) >>> 24);
  expect(unpacked(lzw(Uint8Array.from(long), 8), 8)).toEqual(long);
});
