// What the Compare screen shows, as the parts of its address:
//
//   224x224 / =nn.Conv2d(3, 64, 7, 2, 3) / =keras.layers.Conv2D(64, 7, strides=2, padding="same") / vs 2 / map
//
// The input's sizes, the lines in turn, which line is held against the first (2 unless said), and how the figure looks at
// them: along an axis, or as a map. Reading and printing are inverse; what is not understood is left out and said.

import { say, type Text } from 'padwise/words';

/** What the figure shows: the windows along one axis, or a map of two; null where the screen chooses. */
export type View = number | 'map' | null;

/** What is compared. */
export interface CompareState {
  /** One size for all axes, or one an axis; 1 to {@link LARGEST_SIZE}. */
  readonly sizes: readonly number[];
  /** 2 to 6 lines of code; an empty one is not read. */
  readonly codes: readonly string[];
  /** The line held against the first: 1 to codes.length - 1. */
  readonly against: number;
  readonly view: View;
}

/** The most lines, and the largest size a side. */
export const MOST_LINES = 6;
export const LARGEST_SIZE = 65_536;

/** A telling first view: one shape, and not one pixel the same. */
export const FIRST: CompareState = {
  sizes: [224],
  codes: ['nn.Conv2d(3, 64, 7, 2, 3)', 'keras.layers.Conv2D(64, 7, strides=2, padding="same")'],
  against: 1,
  view: null,
};

/** What the parts say, and what of them was not understood. */
export function readState(parts: readonly string[]): { state: CompareState; wrong: Text | null } {
  if (parts.length === 0) return { state: FIRST, wrong: null };
  const codes: string[] = [];
  let state = FIRST;
  let wrong: Text | null = null;
  for (const part of parts) {
    const next = part.startsWith('=') ? null : other(state, part);
    if (part.startsWith('=')) {
      if (codes.length < MOST_LINES) codes.push(part.slice(1));
      else wrong ??= say`At most ${MOST_LINES} lines are compared.`;
    } else if (next === null)
      wrong ??= say`This part of the link was not understood: ${JSON.stringify(part.slice(0, 40))}.`;
    else state = next;
  }
  const all = codes.length === 0 ? FIRST.codes : codes.length === 1 ? [...codes, ''] : codes;
  return { state: { ...state, codes: all, against: Math.min(state.against, all.length - 1) }, wrong };
}

function other(state: CompareState, part: string): CompareState | null {
  const sizes = readSides(part);
  if (sizes !== null) return { ...state, sizes };
  const against = /^vs ([2-6])$/.exec(part);
  if (against !== null) return { ...state, against: Number(against[1]) - 1 };
  const axis = /^axis ([1-3])$/.exec(part);
  if (axis !== null) return { ...state, view: Number(axis[1]) - 1 };
  return part === 'map' ? { ...state, view: 'map' } : null;
}

/** 224 or 224x180 as sizes; null where it is none or too large. */
function readSides(text: string): readonly number[] | null {
  if (!/^\d{1,5}(x\d{1,5}){0,2}$/.test(text)) return null;
  const sizes = text.split('x').map(Number);
  return sizes.every((size) => size >= 1 && size <= LARGEST_SIZE) ? sizes : null;
}

/** The parts that say it. */
export function printState({ sizes, codes, against, view }: CompareState): readonly string[] {
  return [
    sizes.join('x'),
    ...codes.map((code) => `=${code}`),
    ...(against === 1 ? [] : [`vs ${against + 1}`]),
    ...(view === null ? [] : [view === 'map' ? 'map' : `axis ${view + 1}`]),
  ];
}

/** Without one of its lines; the line held against the first stays the same one where it can. */
export function without(state: CompareState, line: number): CompareState {
  const codes = state.codes.filter((_, i) => i !== line);
  const against = state.against > line ? state.against - 1 : state.against;
  return { ...state, codes, against: Math.max(1, Math.min(against, codes.length - 1)), view: null };
}
