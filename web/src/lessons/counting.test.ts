// The counts of the moving figure end where the geometry's own count does.

import { axis, fullPads, out, samePads, utilisation } from 'padwise/geometry';
import { expect, it } from 'vitest';
import { countingFigure, readUntil } from './counting.ts';

const window = { size: 8, kernel: 3, stride: 1, dilation: 1 };

it.each([
  ['no', [0, 0]],
  ['same', samePads(window)],
  ['full', fullPads(window)],
] as const)('with %s padding', (_, [before, after]) => {
  const one = axis({ ...window, before, after });
  expect(readUntil(one, out(one) - 1)).toEqual(utilisation(one));
});

it('adds a window a step', () => {
  const one = axis(window);
  expect(readUntil(one, 0)).toEqual([1, 1, 1, 0, 0, 0, 0, 0]);
  expect(readUntil(one, 1)).toEqual([1, 2, 2, 1, 0, 0, 0, 0]);
  expect(countingFigure(one).frames).toBe(6);
});

it('draws an input that no window fits', () => {
  const drawn = countingFigure(axis({ size: 2, kernel: 3 }));
  expect(drawn.frames).toBe(1);
  expect(String(drawn.frame(0).description)).toBe('No window fits.');
});
