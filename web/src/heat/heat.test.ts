import fc from 'fast-check';
import { light } from 'padwise/draw';
import { describe, expect, test } from 'vitest';
import { resolved, windowName } from './maps.ts';
import { paint } from './paint.ts';
import { headline, mapSentence, remedy } from './sentences.ts';
import {
  FIRST,
  LARGEST_SIZE,
  layerOf,
  type MapSpec,
  MOST_MAPS,
  printState,
  readState,
  square,
  type Window,
} from './state.ts';

const number = (least: number) => fc.integer({ min: least, max: 64 });
const side = fc.record({
  kernel: number(1),
  stride: number(1),
  dilation: number(1),
  before: number(0),
  after: number(0),
});
const map: fc.Arbitrary<MapSpec> = fc.oneof(
  fc.tuple(side, side).map((axes): MapSpec => ({ kind: 'layer', of: { axes } })),
  fc.string().map((code): MapSpec => ({ kind: 'code', code })),
);

describe('the state of Heat', () => {
  test('reading is the inverse of printing', () => {
    const states = fc.record({
      sizes: fc.array(fc.integer({ min: 1, max: LARGEST_SIZE }), { minLength: 1, maxLength: 3 }),
      maps: fc.array(map, { minLength: 1, maxLength: MOST_MAPS }),
    });
    fc.assert(
      fc.property(states, (state) => {
        expect(readState(printState(state))).toEqual({ state, wrong: null });
      }),
    );
  });

  test('anything is read, what is not understood is said', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 20 }), (parts) => {
        const { maps } = readState(parts).state;
        expect(maps.length).toBeGreaterThanOrEqual(1);
        expect(maps.length).toBeLessThanOrEqual(MOST_MAPS);
      }),
    );
    expect(readState([]).state).toBe(FIRST);
    expect(readState(['8', 'k0']).wrong).not.toBeNull();
    expect(readState(['8', 'max k3']).wrong).not.toBeNull();
    expect(readState(['513']).wrong).not.toBeNull();
  });

  test('a link reads as a problem string does', () => {
    expect(printState({ sizes: [8, 9], maps: [square(3, 2, 0, 1)] })).toEqual(['8x9', 'k3 s2 p0,1']);
  });
});

describe('what the maps say', () => {
  const maps = (...specs: MapSpec[]) => specs.map((spec) => resolved(spec, null, [8]));
  const said = (...specs: MapSpec[]) => maps(...specs).map((one) => String(mapSentence(one)));

  test("the textbook's three kernels", () => {
    const all = maps(square(1), square(2), square(3));
    expect(all.map(({ counts }) => counts?.lines[0])).toEqual([
      [1, 1, 1, 1, 1, 1, 1, 1],
      [1, 2, 2, 2, 2, 2, 2, 1],
      [1, 2, 3, 3, 3, 3, 2, 1],
    ]);
    expect(String(headline(all))).toBe('Not all pixels are used equally often');
    expect(all.map((one) => String(mapSentence(one)))).toEqual([
      '**1 × 1**: each pixel is read once.',
      '**2 × 2**: a corner pixel is read once, the most used one 4 times.',
      '**3 × 3**: a corner pixel is read once, the most used one 9 times.',
    ]);
  });

  test('padding does not make pixels equal; full padding does', () => {
    const all = maps(square(3), square(3, 1, 1), square(3, 1, 2));
    expect(String(headline(all))).toBe('Padding does not make all pixels equally used');
    expect(String(mapSentence(all[2] as (typeof all)[number]))).toBe(
      '**3 × 3, padding 2**: full padding, so every tap meets every pixel: each is read 9 times.',
    );
    expect(String(remedy(all))).toMatch(/^Only full padding makes them equal/);
    expect(String(remedy(all.slice(0, 2)))).toMatch(/would make them equal\.$/);
  });

  test('pixels that are never read are counted', () => {
    expect(said(square(3, 2))).toEqual([
      '**3 × 3, stride 2**: a corner pixel is read once, the most used one 4 times. 15 of 64 pixels are never read.',
    ]);
    expect(said(square(9))).toEqual(['**9 × 9**: no window reads a pixel.']);
  });

  test('names', () => {
    const of: Window = {
      axes: [
        { kernel: 5, stride: 1, dilation: 3, before: 0, after: 1 },
        { kernel: 1, stride: 2, dilation: 1, before: 0, after: 0 },
      ],
    };
    expect(String(windowName(of))).toBe('5 × 1, stride 1 × 2, dilation 3 × 1, padding 0,1 × 0');
    expect(layerOf(of, [8]).axes.map(({ size }) => size)).toEqual([8, 8]);
  });
});

test('a painting has a square a pixel and hatches what is never read', () => {
  const { width, height, data } = paint([1, 0], [1, 2, 0], 4, 2, light);
  expect([width, height, data.length]).toEqual([12, 8, 12 * 8 * 4]);
  const at = (x: number, y: number) => [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 4)];
  expect(at(4, 0)).toEqual(at(7, 3));
  expect(at(0, 0)).not.toEqual(at(4, 0));
  expect(at(4, 0)).toEqual([0x00, 0x50, 0x8f, 255]);
  const unread = new Set(Array.from({ length: 4 }, (_, i) => at(8 + i, 7).join()));
  expect(unread.size).toBe(2);
});
