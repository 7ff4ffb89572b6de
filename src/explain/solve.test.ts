// Every solution gives the output, and every padding that gives it is a solution: against counting.

import { describe, expect, it } from 'vitest';
import { axis, out, samePads, split } from '../geometry/index.ts';
import { solve } from './solve.ts';

const windows = (size: number, kernel: number, stride: number, dilation: number, total: number) => {
  const [before, after] = split(total);
  return out(axis({ size, kernel, stride, dilation, before, after }));
};

describe('solve', () => {
  it('finds every total of padding and no other', () => {
    for (let size = 1; size <= 10; size++)
      for (let kernel = 1; kernel <= 4; kernel++)
        for (let stride = 1; stride <= 4; stride++)
          for (let dilation = 1; dilation <= 2; dilation++)
            for (let wanted = 1; wanted <= 8; wanted++) {
              const found = solve({ size, out: wanted, kernel, stride, dilation });
              const totals = found.flatMap(({ least, most }) =>
                Array.from({ length: most - least + 1 }, (_, i) => least + i),
              );
              const counted = Array.from({ length: 60 }, (_, total) => total).filter(
                (total) => windows(size, kernel, stride, dilation, total) === wanted,
              );
              expect(totals).toEqual(counted);
              const [before, after] = samePads({ size, kernel, stride, dilation });
              const [same] = found;
              if (same !== undefined) {
                expect(same.same).toBe(windows(size, kernel, stride, dilation, before + after) === wanted);
                expect(same.valid).toBe(windows(size, kernel, stride, dilation, 0) === wanted);
                if (same.same)
                  expect([same.least <= before + after, before + after <= same.most]).toEqual([true, true]);
              }
            }
  });

  it('takes 64 to 31 as VALID', () => {
    expect(solve({ size: 64, out: 31, kernel: 4, stride: 2 })).toEqual([
      { kernel: 4, stride: 2, dilation: 1, least: 0, most: 1, same: false, valid: true },
    ]);
  });

  it('seeks an open kernel up to 11 and an open stride up to 8, and pads no more than a kernel a side', () => {
    const found = solve({ size: 64, out: 32 });
    expect(found.length).toBeGreaterThan(10);
    for (const { kernel, stride, dilation, least, most } of found) {
      expect(kernel).toBeLessThanOrEqual(11);
      expect(stride).toBeLessThanOrEqual(8);
      expect(least).toBeLessThanOrEqual(2 * (kernel - 1));
      for (const total of [least, most]) expect(windows(64, kernel, stride, dilation, total)).toBe(32);
    }
  });

  it('keeps to a given padding', () => {
    for (const one of solve({ size: 64, out: 32, total: 2 })) {
      expect(windows(64, one.kernel, one.stride, 1, 2)).toBe(32);
    }
    expect(solve({ size: 64, out: 99, kernel: 3, stride: 2, total: 1 })).toEqual([]);
  });

  it('finds nothing where even no padding is too much', () => {
    expect(solve({ size: 64, out: 1, kernel: 3, stride: 1 })).toEqual([]);
  });

  it('answers for the largest sizes', () => {
    const most = 2 ** 31 - 1;
    expect(solve({ size: most, out: most, kernel: 3, stride: 1 })).toMatchObject([
      { least: 2, most: 2, same: true },
    ]);
  });

  it.each([
    [{ size: 0, out: 1 }, 'size: expected 1 to 2147483647, received 0'],
    [{ size: 8, out: 0 }, 'out: expected 1 to 2147483647, received 0'],
    [{ size: 8, out: 1, stride: 0 }, 'stride: expected 1 to 2147483647, received 0'],
    [{ size: 8, out: 1, kernel: 1.5 }, 'kernel: expected an integer, received 1.5'],
  ])('refuses %j', (question, message) => {
    expect(() => solve(question)).toThrow(message);
  });
});
