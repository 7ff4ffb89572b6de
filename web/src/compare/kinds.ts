// How the outcomes of a sweep look and what they are called. Each has a colour and a stroke of its own, so that a chart can be
// read without its colours: equal sizes are solid, shifted ones hatched, other shapes crossed, what is refused is an outline.

import { say, type Text } from 'padwise/words';
import type { Kind, Outcome } from './sweep.ts';
import { shiftWords } from './verdict.ts';

/** A kind's look: the class of its colours, and the strokes over a cell from x, y. */
export interface Look {
  readonly name: string;
  readonly strokes: (x: number, y: number, width: number, height: number) => string;
}

const none = () => '';
const rising = (x: number, y: number, w: number, h: number) => `M${x + 1} ${y + h - 1}L${x + w - 1} ${y + 1}`;
const falling = (x: number, y: number, w: number, h: number) =>
  `M${x + 1} ${y + 1}L${x + w - 1} ${y + h - 1}`;
const upright = (x: number, y: number, w: number, h: number) => `M${x + w / 2} ${y + 1}V${y + h - 1}`;
const level = (x: number, y: number, w: number, h: number) =>
  `M${x + 1} ${y + h / 3}H${x + w - 1}M${x + 1} ${y + (2 * h) / 3}H${x + w - 1}`;
const crossed: Look['strokes'] = (x, y, w, h) => rising(x, y, w, h) + falling(x, y, w, h);
const dotted = (x: number, y: number, w: number, h: number) => `M${x + w / 2 - 1} ${y + h / 2}h2`;

const SHIFTED: readonly Look[] = [
  { name: 'shifted-1', strokes: rising },
  { name: 'shifted-2', strokes: falling },
  { name: 'shifted-3', strokes: upright },
];

const LOOKS: Readonly<Record<Exclude<Outcome['kind'], 'shifted'>, Look>> = {
  same: { name: 'same', strokes: none },
  mirrored: { name: 'mirrored', strokes: upright },
  numbers: { name: 'numbers', strokes: dotted },
  pixels: { name: 'pixels', strokes: level },
  shape: { name: 'shape', strokes: crossed },
  nothing: { name: 'nothing', strokes: dotted },
  refused: { name: 'refused', strokes: none },
};

/** The look of each kind, in order. */
export function looksOf(kinds: readonly Kind[]): readonly Look[] {
  let shifts = 0;
  return kinds.map(({ kind }) =>
    kind === 'shifted' ? (SHIFTED[Math.min(shifts++, SHIFTED.length - 1)] as Look) : LOOKS[kind],
  );
}

/** What a kind is called. */
export function kindWords({ kind, shift, finer = false }: Outcome): Text {
  if (kind === 'shifted')
    return shift.length === 0 ? say`shifted otherwise` : say`shifted ${shiftWords(shift, finer)}`;
  return {
    same: say`equal`,
    mirrored: say`equal through a mirrored kernel`,
    numbers: say`same pixels, other numbers`,
    pixels: say`same shape, different pixels`,
    shape: say`another shape`,
    nothing: say`nothing comes out of either`,
    refused: say`refused by one of the two`,
  }[kind];
}
