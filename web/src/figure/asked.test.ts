// What a key asks for, at the ends and across rows.

import { expect, it } from 'vitest';
import { askedBy } from './asked.ts';

it.each([
  ['.', 0, { frame: 1 }],
  ['.', 11, { frame: 11 }],
  [',', 0, { frame: 0 }],
  ['Home', 7, { frame: 0 }],
  ['End', 0, { frame: 11 }],
  ['ArrowRight', 2, { frame: 3 }],
  ['ArrowRight', 3, { frame: 3 }],
  ['ArrowLeft', 4, { frame: 4 }],
  ['ArrowDown', 1, { frame: 5 }],
  ['ArrowDown', 9, { frame: 9 }],
  ['ArrowUp', 5, { frame: 1 }],
  ['ArrowUp', 2, { frame: 2 }],
  [' ', 0, 'play'],
  ['constructor', 0, null],
  ['Tab', 0, null],
] as const)('%s at %i', (key, frame, asked) => {
  expect(askedBy(key, frame, [3, 4])).toEqual(asked);
});
