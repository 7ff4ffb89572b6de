// Pictures of every PNG kind, made here byte by byte, and what is refused of them; what an output looks like as a PNG.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { decode } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialects } from '../src/dialects/index.ts';
import { readLayer } from '../src/dialects/python.ts';
import { compute, readNpy, type Tensor, tensor, toArray } from '../src/index.ts';
import { padwise } from '../test/terminal.ts';
import { classicKernel, kernelNames } from './kernels.ts';
import { checkWritable, readPicture, summary, toPng, writeWhole } from './picture.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'padwise-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const plain = (text: string) => text.replaceAll(`${folder}/`, '');

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

interface Made {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colour: number;
  readonly interlaced?: boolean;
  readonly more?: readonly Buffer[];
}

const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A PNG whose samples are these numbers, row by row. */
function png(
  { width, height, depth, colour, interlaced = false, more = [] }: Made,
  rows?: Uint8Array,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const data = deflateSync(rows ?? packed(width * (SAMPLES[colour] as number), height, depth));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Rows of samples, each after the byte of a filter that does nothing. */
function packed(each: number, height: number, depth: number): Uint8Array {
  const rows = Array.from({ length: height }, (_, y) => {
    const samples = Array.from({ length: each }, (_, i) => sample(y * each + i, depth));
    const bits = samples.map((value) => value.toString(2).padStart(depth, '0')).join('');
    const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? [];
    return [0, ...bytes.map((byte) => Number.parseInt(byte, 2))];
  });
  return Uint8Array.from(rows.flat());
}

/** Any number a sample of so many bits can be. */
function sample(index: number, depth: number): number {
  return (index * 7919 + 13) % 2 ** depth;
}

function saved(name: string, bytes: Uint8Array): string {
  writeFileSync(at(name), bytes);
  return at(name);
}

const size = { width: 5, height: 3 };

describe('a PNG', () => {
  it.each([1, 2, 4, 8, 16])('of grey at %i bits', (depth) => {
    for (const width of [1, 5, 9]) {
      const { data, shape } = readPicture(
        saved('grey.png', png({ ...size, width, depth, colour: 0 })),
        1,
        'first',
      );
      expect(shape).toEqual([1, 1, 3, width]);
      data.forEach((value, i) => void expect(value).toBeCloseTo(sample(i, depth) / (2 ** depth - 1), 6));
    }
  });

  it.each([8, 16])('of RGB at %i bits, in both layouts', (depth) => {
    const path = saved('rgb.png', png({ ...size, depth, colour: 2 }));
    const last = readPicture(path, 3, 'last');
    expect(last.shape).toEqual([1, 3, 5, 3]);
    last.data.forEach((value, i) => void expect(value).toBeCloseTo(sample(i, depth) / (2 ** depth - 1), 6));
    const first = readPicture(path, 3, 'first');
    expect(first.shape).toEqual([1, 3, 3, 5]);
    expect(first.data[2 * 15 + 7]).toBe(last.data[7 * 3 + 2]);
  });

  it('of RGBA, with and without its alpha', () => {
    const path = saved('rgba.png', png({ ...size, depth: 8, colour: 6 }));
    const all = readPicture(path, 4, 'last').data;
    expect(all[3]).toBeCloseTo(sample(3, 8) / 255, 6);
    expect(readPicture(path, 3, 'last').data[3]).toBe(all[4]);
  });

  it('of RGB read as RGBA is opaque, as one channel its luma', () => {
    const path = saved('rgb.png', png({ ...size, depth: 8, colour: 2 }));
    const rgb = readPicture(path, 3, 'last').data;
    expect(readPicture(path, 4, 'last').data[3]).toBe(1);
    const luma = 0.299 * (rgb[0] as number) + 0.587 * (rgb[1] as number) + 0.114 * (rgb[2] as number);
    expect(readPicture(path, 1, 'last').data[0]).toBeCloseTo(luma, 6);
  });

  it('of grey and alpha', () => {
    const path = saved('grey-alpha.png', png({ ...size, depth: 8, colour: 4 }));
    const [grey, alpha] = [sample(0, 8) / 255, sample(1, 8) / 255].map(Math.fround);
    expect([...readPicture(path, 4, 'last').data].slice(0, 4)).toEqual([grey, grey, grey, alpha]);
  });

  it.each([1, 2, 4, 8])('of a palette at %i bits', (depth) => {
    const colours = Array.from({ length: 2 ** depth }, (_, i) => [i, 255 - i, (i * 31) % 256]);
    const more = [chunk('PLTE', Uint8Array.from(colours.flat()))];
    const { data } = readPicture(saved('palette.png', png({ ...size, depth, colour: 3, more })), 3, 'last');
    for (let i = 0; i < 15; i++) {
      const wanted = (colours[sample(i, depth)] as number[]).map((byte) => Math.fround(byte / 255));
      expect([...data.subarray(3 * i, 3 * i + 3)]).toEqual(wanted);
    }
  });

  it('whatever else the file holds', () => {
    // A profile that unpacks to 100 MB, and a text chunk, are left alone.
    const more = [
      chunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), deflateSync(new Uint8Array(1e8))])),
      chunk('tEXt', Buffer.from('no zero here')),
    ];
    expect(
      readPicture(saved('more.png', png({ ...size, depth: 8, colour: 0, more })), 1, 'last').shape,
    ).toEqual([1, 3, 5, 1]);
  });
});

describe('refuses', () => {
  const refusal = (name: string, bytes: Uint8Array) => {
    const path = saved(name, bytes);
    try {
      readPicture(path, 3, 'first');
      return 'read';
    } catch (error) {
      return plain((error as Error).message);
    }
  };
  const good = png({ ...size, depth: 8, colour: 2 });

  it('a damaged PNG', () => {
    expect(refusal('cut.png', good.subarray(0, 60))).toBe(
      'cannot read cut.png: the PNG is damaged (it is cut off)',
    );
    expect(refusal('none.png', good.subarray(0, 8))).toBe(
      'cannot read none.png: the PNG is damaged (it has no header)',
    );
    expect(refusal('header.png', good.subarray(0, 33))).toMatch(/the PNG is damaged \(.*\)$/);
    const flipped = Uint8Array.from(good);
    flipped[45] = 255 - (flipped[45] as number);
    expect(refusal('flipped.png', flipped)).toMatch(/^cannot read flipped.png: the PNG is damaged \(/);
    const short = png({ ...size, depth: 8, colour: 2 }, new Uint8Array(16));
    expect(refusal('short.png', short)).toBe(
      'cannot read short.png: the PNG is damaged (it holds 16 of 48 bytes)',
    );
    expect(refusal('empty.png', png({ width: 0, height: 4, depth: 8, colour: 2 }))).toContain(
      'its header is wrong',
    );
  });

  it('one that is too large, before it is unpacked', () => {
    expect(
      refusal('huge.png', png({ width: 60000, height: 60000, depth: 8, colour: 0 }, new Uint8Array(9))),
    ).toBe('huge.png is too large: 60000x60000 pixels, at most 64000000 are read');
    expect(
      refusal('deep.png', png({ width: 7000, height: 7000, depth: 16, colour: 6 }, new Uint8Array(9))),
    ).toBe('deep.png is too large: 392007000 bytes of pixels, at most 268435456 are read');
    const bomb = png({ width: 4, height: 4, depth: 8, colour: 2 }, new Uint8Array(2e8));
    expect(refusal('bomb.png', bomb)).toBe(
      'cannot read bomb.png: the PNG is damaged (it unpacks to more than its header says)',
    );
  });

  it('an interlaced one of few bits, which fast-png misreads', () => {
    const interlaced = png({ ...size, depth: 4, colour: 0, interlaced: true });
    expect(refusal('interlaced.png', interlaced)).toBe(
      'cannot read interlaced.png: an interlaced PNG of 4 bits a sample',
    );
  });

  it('a damaged JPEG, and one too large', () => {
    const data = new Uint8Array(8 * 8 * 4);
    const jpeg = encodeJpeg({ width: 8, height: 8, data }, 90).data;
    expect(refusal('cut.jpg', jpeg.subarray(0, 300))).toMatch(
      /^cannot read cut.jpg: the JPEG is damaged or too large/,
    );
    const huge = Uint8Array.from(jpeg);
    const frame = huge.findIndex((byte, i) => byte === 0xff && huge[i + 1] === 0xc0);
    huge.set([255, 255, 255, 255], frame + 5);
    expect(refusal('huge.jpg', huge)).toMatch(/^cannot read huge.jpg: the JPEG is damaged or too large/);
  });

  it('what is no picture, and channels no picture has', () => {
    expect(refusal('empty.png', new Uint8Array(0))).toBe(
      'cannot read empty.png: it is no PNG, JPEG or .npy file',
    );
    expect(() => readPicture(at('empty.png'), 5, 'first')).toThrow(
      'a picture has 1, 3 or 4 channels, but the layer expects 5',
    );
  });
});

describe('an output as a PNG', () => {
  const shown = (values: readonly number[], shape: readonly number[], layout: 'first' | 'last' = 'first') => {
    const { png: bytes, ...rest } = toPng(tensor(Float32Array.from(values), shape), layout);
    const { width, height, channels, data } = decode(bytes);
    return { width, height, channels, data: [...data], ...rest };
  };

  it('is grey for one channel, RGB for three, in either layout', () => {
    expect(shown([0, 0.5, 1, 0.2], [1, 1, 2, 2])).toEqual({
      width: 2,
      height: 2,
      channels: 1,
      data: [0, 128, 255, 51],
      stretched: null,
      grid: null,
    });
    expect(shown([0, 1, 0.2, 0.4, 0.6, 0.8], [1, 3, 1, 2]).data).toEqual([0, 51, 153, 255, 102, 204]);
    expect(shown([0, 1, 0.2, 0.4, 0.6, 0.8], [1, 1, 2, 3], 'last').data).toEqual([0, 255, 51, 102, 153, 204]);
  });

  it('sets other channels side by side', () => {
    expect(shown([0, 0.2, 0.4, 0.6, 0.8], [1, 5, 1, 1])).toMatchObject({
      width: 3,
      height: 2,
      data: [0, 51, 102, 153, 204, 0],
      grid: [3, 2],
    });
  });

  it('stretches what lies outside 0 to 1, and bears what is not finite', () => {
    expect(shown([-1, 0, 1, 3], [1, 1, 2, 2])).toMatchObject({ data: [0, 64, 128, 255], stretched: [-1, 3] });
    expect(shown([Number.NaN, -Infinity, Infinity, 0.2], [1, 1, 2, 2]).data).toEqual([0, 0, 255, 51]);
    expect(shown([7, 7], [1, 1, 1, 2]).data).toEqual([0, 0]);
  });

  it('needs a picture', () => {
    expect(() => shown([], [1, 1, 0, 2])).toThrow('an output of shape 1x1x0x2 is no picture');
    expect(() => shown([1, 2], [1, 1, 2])).toThrow('is no picture');
  });
});

describe('writing', () => {
  it('is whole or not at all', () => {
    writeWhole(at('whole.npy'), Uint8Array.from([1, 2, 3]));
    expect([...readFileSync(at('whole.npy'))]).toEqual([1, 2, 3]);
    expect(process.listenerCount('SIGHUP')).toBe(0);
    expect(() => writeWhole(at('none/y.npy'), new Uint8Array(1))).toThrow('there is no such folder');
    expect(() => checkWritable(at('none/y.npy'))).toThrow('there is no such folder');
    expect(() => checkWritable(at('whole.npy/y.npy'))).toThrow('there is no such folder');
    expect(() => checkWritable(folder)).toThrow('it is a folder');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('sums up what is finite', () => {
    expect(summary(tensor(Float32Array.from([1, Number.NaN, 3, Infinity]), [4]))).toEqual({
      least: 1,
      most: 3,
      mean: 2,
      notFinite: 2,
    });
  });
});

describe('a named kernel', () => {
  const taps = (name: string, code: string): unknown => {
    const layer = readLayer(code, { dialects });
    const [step] = layer.resolve([1, 1, 9, 9]).steps;
    const [weight] = layer.parameters(1);
    if (step === undefined || weight === undefined) throw new Error(code);
    return (toArray(classicKernel(name, weight, step)) as unknown[][])[0]?.[0];
  };

  it('is the classic one', () => {
    const conv = 'nn.Conv2d(1, 1, 3)';
    expect(taps('identity', conv)).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(taps('sobel-x', conv)).toEqual([
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ]);
    expect(taps('sobel-y', conv)).toEqual([
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ]);
    expect(taps('gaussian', conv)).toEqual([
      [0.0625, 0.125, 0.0625],
      [0.125, 0.25, 0.125],
      [0.0625, 0.125, 0.0625],
    ]);
    expect(taps('laplacian', conv)).toEqual([
      [0, 1, 0],
      [1, -4, 1],
      [0, 1, 0],
    ]);
    expect(taps('sharpen', conv)).toEqual([
      [0, -1, 0],
      [-1, 5, -1],
      [0, -1, 0],
    ]);
    expect(taps('box', 'nn.Conv2d(1, 1, 2)')).toEqual([
      [0.25, 0.25],
      [0.25, 0.25],
    ]);
  });

  it.each(kernelNames.filter((name) => !name.includes('sobel') && name !== 'laplacian'))(
    '%s leaves an even picture as it is',
    async (name) => {
      const path = saved(
        'even.png',
        png(
          { width: 6, height: 6, depth: 8, colour: 0 },
          new Uint8Array(42).map((_, i) => (i % 7 === 0 ? 0 : 51)),
        ),
      );
      const { out } = await padwise('run', 'nn.Conv2d(3, 3, 5)', path, '--kernel', name, '--json');
      expect(JSON.parse(out).mean).toBeCloseTo(0.2, 6);
    },
  );
});

it('run gives what compute gives, for layers in turn too', async () => {
  const path = saved('photo.png', png({ width: 9, height: 7, depth: 8, colour: 2 }));
  const code = "layers.Conv2D(4, 3, activation='relu', padding='same')\nlayers.MaxPooling2D(2)\n";
  const { exit } = await padwise('run', code, path, '--kernel', 'sobel', '-o', at('y.npy'));
  expect(exit).toBe(0);
  const conv = readLayer("layers.Conv2D(4, 3, activation='relu', padding='same')", { dialects });
  const pool = readLayer('layers.MaxPooling2D(2)', { dialects });
  const x = readPicture(path, 3, 'last');
  const [step] = conv.resolve(x.shape).steps;
  const filled = conv.parameters(3).map((parameter) => {
    if (step === undefined) throw new Error('no step');
    const zeros: Tensor = tensor(new Float32Array(4), [4]);
    return { parameter, tensor: parameter.role === 'bias' ? zeros : classicKernel('sobel', parameter, step) };
  });
  const wanted = compute(pool, compute(conv, x, filled), []);
  const written = readNpy(readFileSync(at('y.npy')));
  expect(written.shape).toEqual([1, 3, 4, 4]);
  expect(toArray(written)).toEqual(toArray(wanted));
});
