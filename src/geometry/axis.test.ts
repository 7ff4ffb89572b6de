import { describe, expect, it } from 'vitest';
import { everyAxis, GRID, laidOut, windows } from '../../test/axes.ts';
import { axis, extent, LARGEST, out, remainder, span, start } from './axis.ts';
import { source } from './fill.ts';

describe('axis', () => {
  it('counts windows, places them and reads as the definition does', () => {
    const wrong: string[] = [];
    for (const one of everyAxis(GRID)) {
      const found = windows(one);
      const read = found.map((_, o) =>
        Array.from({ length: one.kernel }, (_, tap) => {
          const at = source(one, start(one, o) + tap * one.dilation);
          return 'index' in at ? at.index : `= ${at.constant}`;
        }),
      );
      if (out(one) !== found.length || read.join() !== found.join()) wrong.push(JSON.stringify(one));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('leaves what is left after the last window', () => {
    const wrong: string[] = [];
    for (const one of everyAxis({ ...GRID, inputDilation: [1, 2] })) {
      const row = laidOut(one).length;
      const used = out(one) === 0 ? 0 : (out(one) - 1) * one.stride + extent(one);
      if (remainder(one) !== row - used) wrong.push(JSON.stringify(one));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('hangs over by its overhang', () => {
    const wrong: string[] = [];
    for (const one of everyAxis({ ...GRID, dilation: [1], inputDilation: [1], overhang: [1, 3] }))
      if (out(one) !== windows(one).length) wrong.push(JSON.stringify(one));
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('covers nothing where there is nothing', () => {
    expect(span({ size: 0, inputDilation: 3 })).toBe(0);
    expect(out(axis({ size: 0, kernel: 1 }))).toBe(0);
    expect(out(axis({ size: 0, kernel: 1, before: 2 }))).toBe(2);
    expect(out(axis({ size: 3, kernel: 1, before: -2, after: -2 }))).toBe(0);
  });

  it('takes the largest numbers exactly', () => {
    expect(out(axis({ size: LARGEST, kernel: 1, before: LARGEST, after: LARGEST }))).toBe(3 * LARGEST);
    expect(out(axis({ size: LARGEST, kernel: 3, stride: 2 }))).toBe(2 ** 30 - 1);
  });

  it.each([
    [{ size: 1.5, kernel: 1 }, 'size: expected an integer, received 1.5'],
    [{ size: 5, kernel: Number.NaN }, 'kernel: expected an integer, received NaN'],
    [{ size: -1, kernel: 1 }, 'size: expected 0 to 2147483647, received -1'],
    [{ size: 5, kernel: 0 }, 'kernel: expected 1 to 2147483647, received 0'],
    [{ size: 5, kernel: 3, stride: 0 }, 'stride: expected 1 to 2147483647, received 0'],
    [{ size: 5, kernel: 3, dilation: 2 ** 31 }, 'dilation: expected 1 to 2147483647, received 2147483648'],
    [
      { size: 5, kernel: 3, before: -(2 ** 31) },
      'before: expected -2147483647 to 2147483647, received -2147483648',
    ],
    [
      { size: LARGEST, kernel: 1, inputDilation: LARGEST },
      'axis: expected at most 2^53 positions, received 461168601198493',
    ],
  ])('refuses %j', (given, message) => {
    expect(() => axis(given)).toThrowError(message);
  });
});
