// How a role looks where there are letters only: signs around a cell, or around a run of cells of one role.
//
//   [1 2 3]  the window   (0 0)  padding   /7/  never read   <8>  the output shown   .0.  a zero between elements
//
// With colours the roles have theirs and only hatching and outlines keep their signs.

import type { Box, Ink, Paint, Role } from '../picture.ts';

/** What stands before and after a run of cells. */
export type Pair = readonly [open: string, close: string];

const SIGNS: Readonly<Partial<Record<Role, Pair>>> = {
  pad: ['(', ')'],
  hole: ['.', '.'],
  unread: ['/', '/'],
  window: ['[', ']'],
  gap: ['-', '-'],
  shown: ['<', '>'],
  first: ['[', ']'],
  second: ['<', '>'],
  third: ['{', '}'],
  fourth: ['|', '|'],
  fifth: ['=', '='],
  sixth: ['~', '~'],
};

/** Where two runs meet one sign stands: that of the later one here. */
const RANKS: readonly Role[] = [
  'hole',
  'unread',
  'pad',
  'gap',
  'window',
  'first',
  'second',
  'third',
  'shown',
];

/** The signs around a role; none for those that are plain. */
export function signsOf(paint: Paint): Pair | undefined {
  return typeof paint === 'string' ? SIGNS[paint] : undefined;
}

/** The sign between two cells of a line; undefined stands for no cell. */
export function between(left: Box | undefined, right: Box | undefined, color: boolean): string {
  const [before, after] = [left?.paint, right?.paint];
  if (before !== null && before !== undefined && before === after && left?.hatched === right?.hatched)
    return left?.hatched ? '/' : ' ';
  const close = signOf(left, color)?.[1];
  const open = signOf(right, color)?.[0];
  if (close === undefined || open === undefined) return open ?? close ?? ' ';
  return rank(before) > rank(after) ? close : open;
}

function signOf(box: Box | undefined, color: boolean): Pair | undefined {
  if (box === undefined || box.paint === null) return undefined;
  if (box.hatched) return ['/', '/'];
  return color ? undefined : signsOf(box.paint);
}

function rank(paint: Paint | null | undefined): number {
  return typeof paint === 'string' ? RANKS.indexOf(paint) : -1;
}

/** The signs of an outline. */
export function outlineSigns(ink: Ink, dashed = false): Pair {
  if (dashed) return ['\u00a6', '\u00a6'];
  const own = ink === 'ink' || ink === 'soft' || ink === 'faint' ? undefined : SIGNS[ink];
  return own ?? ['|', '|'];
}

/** What fills a cell without text: lines, shades for a heat, a dot where the role has no signs. */
export function filling({ paint, hatched }: Box, color: boolean): string {
  if (hatched) return '/';
  if (paint === null) return ' ';
  if (typeof paint !== 'string') return color ? ' ' : (SHADES[Math.ceil(paint.heat * 4)] ?? ' ');
  return color || SIGNS[paint] !== undefined ? ' ' : '\u00b7';
}

const DOTS: Readonly<Partial<Record<Role, string>>> = {
  pad: '\u25cb',
  second: '\u25c6',
  third: '\u25b2',
  fourth: '\u25a0',
  fifth: '\u25bc',
  sixth: '\u2605',
};

/** A tap or a centre: full, hollow where it is padding or an outline, of a form of its own for one of several layers. */
export function dot({ paint }: Pick<Box, 'paint'>): string {
  if (paint === null) return '\u25cb';
  return (typeof paint === 'string' ? DOTS[paint] : undefined) ?? '\u25cf';
}

const SHADES = [' ', '\u2591', '\u2592', '\u2593', '\u2588'];
