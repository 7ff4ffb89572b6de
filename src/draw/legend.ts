// What the signs of a figure mean: a small box and a few words each, in rows under it. The figure's language is not known
// when it is laid out; room is taken for the English, which is the longer.

import type { Text } from '../words/index.ts';
import { type Box, label, type Mark } from './picture.ts';

/** One sign: how its box looks, and what that means. */
export interface Entry {
  readonly box: Partial<Box> & Pick<Box, 'paint'>;
  readonly text: Text;
}

const SIDE = 14;
const LINE = 22;
const SIZE = 12;

/** The legend's marks from x, y on within `width`, and its height; 0 without entries. */
export function legend(
  entries: readonly Entry[],
  x: number,
  y: number,
  width: number,
): { readonly marks: Mark[]; readonly height: number } {
  const marks: Mark[] = [];
  let [left, top] = [0, 0];
  for (const { box, text } of entries) {
    const needed = SIDE + 8 + wordsWidth(text, SIZE) + 20;
    if (left > 0 && left + needed - 20 > width) [left, top] = [0, top + LINE];
    const place = { x: x + left, y: y + top + (LINE - SIDE) / 2, width: SIDE, height: SIDE };
    marks.push({ kind: 'box', ...box, ...place });
    marks.push(
      label(x + left + SIDE + 8, y + top + LINE / 2, text, { anchor: 'start', ink: 'soft', size: SIZE }),
    );
    left += needed;
  }
  return { marks, height: entries.length === 0 ? 0 : top + LINE };
}

/** About how wide words are: six tenths of their size a letter, a whole one for a Chinese character. */
export function wordsWidth(text: Text, size: number): number {
  return [...String(text)].reduce((sum, letter) => sum + (letter > '\u2e7f' ? size : size * 0.56), 0);
}
