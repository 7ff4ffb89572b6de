// Classic kernels: what they do to a flat picture.

import { expect, it } from 'vitest';
import { CLASSICS, classic, isDifference } from './classic.ts';

it.each(CLASSICS.map(([name]) => name))('%s keeps what is flat, or finds nothing in it', (name) => {
  for (const [height, width] of [
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 3],
    [7, 7],
    [1, 31],
    [64, 64],
  ] as const) {
    const sum = classic(name, height, width).reduce((total, tap) => total + tap, 0);
    expect(sum).toBeCloseTo(isDifference(name) ? 0 : 1, 3);
  }
});

it('blurs by rows of the triangle', () => {
  expect([...classic('blur', 3, 3)].map((tap) => tap * 16)).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1]);
});
