import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ends, isShown, lens, type Shown } from './shown.ts';

const text = (shown: Shown) => shown.map((one) => one ?? '...').join(' ');

it('a short axis is whole, a long one shows its ends', () => {
  expect(text(ends(-1, 5, 8))).toBe('-1 0 1 2 3 4');
  expect(text(ends(0, 64, 9))).toBe('0 1 2 3 ... 60 61 62 63');
});

it('a lens keeps its size at the ends', () => {
  expect(text(lens(0, 64, 0, 3, 9))).toBe('0 1 2 3 4 5 6 7 ...');
  expect(text(lens(0, 64, 30, 33, 9))).toBe('... 28 29 30 31 32 33 34 ...');
  expect(text(lens(0, 64, 61, 64, 9))).toBe('... 56 57 58 59 60 61 62 63');
  expect(text(lens(0, 64, 10, 60, 9))).toBe('10 11 12 13 ... 56 57 58 59');
});

it('never shows more than its limit, never leaves one position out for nothing, and holds its window', () => {
  const axis = fc
    .tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 5, max: 20 }))
    .chain(([low, count, limit]) =>
      fc.tuple(
        fc.constant([low, low + count, limit] as const),
        fc.nat(count - 1),
        fc.integer({ min: 1, max: 6 }),
      ),
    );
  fc.assert(
    fc.property(axis, ([[low, high, limit], at, wide]) => {
      const [from, to] = [low + at, Math.min(high, low + at + wide)];
      const shown = lens(low, high, from, to, limit);
      expect(shown.length).toBe(Math.min(high - low, limit));
      if (to - from <= limit - 2) expect(isShown(shown, from, to)).toBe(true);
      const drawn = shown.filter((one): one is number => one !== undefined);
      expect(
        drawn.every((one, i) => one >= low && one < high && (i === 0 || one > (drawn[i - 1] as number))),
      ).toBe(true);
      expect(ends(low, high, limit).length).toBe(Math.min(high - low, limit));
    }),
  );
});
