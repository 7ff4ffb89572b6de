import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAxis, everyAxis, type Read, THIN, windows } from '../../test/axes.ts';
import { type Axis, axis, out } from './axis.ts';
import { crop, keep } from './crop.ts';

/** What a tile reads, counted in the whole input. */
function placed(tile: Axis, from: number): Read[][] {
  return windows(tile).map((taps) => taps.map((read) => (typeof read === 'number' ? read + from : read)));
}

/** The first range whose tile or kept axis does not read what the whole reads there; undefined when all do. */
function difference(whole: Axis): string | undefined {
  const all = windows(whole);
  for (let from = 0; from < all.length; from++) {
    for (let to = from + 1; to <= all.length; to++) {
      const wanted = all.slice(from, to).join(';');
      const tile = crop(whole, from, to);
      const kept = keep(whole, from, to);
      const box = tile.to - tile.from === tile.axis.size && tile.from >= 0 && tile.to <= whole.size;
      if (!box || placed(tile.axis, tile.from).join(';') !== wanted)
        return `crop ${from} ${to} ${JSON.stringify(whole)}`;
      if (kept.size !== whole.size || windows(kept).join(';') !== wanted)
        return `keep ${from} ${to} ${JSON.stringify(whole)}`;
    }
  }
  return undefined;
}

describe('crop and keep', () => {
  it('read what the whole reads there', () => {
    const wrong: string[] = [];
    for (const whole of everyAxis(THIN)) {
      const found = difference(whole);
      if (found !== undefined) wrong.push(found);
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('do so with every fill and an overhang', () => {
    fc.assert(
      fc.property(anyAxis, (whole) => {
        expect(difference(whole)).toBeUndefined();
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('reads no more than the windows need', () => {
    const whole = axis({ size: 100, kernel: 3, stride: 2, before: 1, after: 1 });
    expect(crop(whole, 10, 12)).toEqual({ axis: axis({ size: 5, kernel: 3, stride: 2 }), from: 19, to: 24 });
    expect(crop(whole, 0, out(whole))).toMatchObject({ from: 0, to: 100, axis: { before: 1 } });
  });

  it.each([
    [0, 0],
    [2, 1],
    [-1, 1],
    [0, 5],
    [0.5, 1],
  ])('refuses [%d, %d) of four windows', (from, to) => {
    const whole = axis({ size: 4, kernel: 1 });
    const message = `crop: expected a range within [0, 4), received [${from}, ${to})`;
    expect(() => crop(whole, from, to)).toThrowError(message);
    expect(() => keep(whole, from, to)).toThrowError(message);
  });
});
