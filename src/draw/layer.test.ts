// An output asked for by name is drawn with its window, wherever in a long axis it lies.

import { expect, it } from 'vitest';
import { figure } from './open.ts';
import { text } from './text.ts';

it.each([
  ['window 1x1x512 k3 s2 p1 -> 1 with at=128', ['[  5   6   7]', '255 256 257']],
  ['window 1x1x512x512 k3 s2 p1 -> 1 with at=128,128', ['[  3   4   5]', '254 255 256', '<180>']],
  ['window 1x1x64x64x64 k3 s2 p1 -> 1 with at=16,16,16', ['depth 31', 'depth 33', '<1668>']],
])('%s', (line, parts) => {
  const drawn = figure(line);
  expect(drawn.frames).toBe(1);
  const written = text(drawn.frame(0));
  for (const part of parts) expect(written).toContain(part);
});

it('keeps the ends where they show the output', () => {
  expect(text(figure('window 1x1x512 k3 s2 p1 -> 1 with at=0').frame(0))).toContain('511');
});
