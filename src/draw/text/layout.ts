// Where a picture's marks lie on a sheet of characters. Across, cells of a grid take as many columns as their longest text and
// one more; along x that is a density, columns a pixel, and a place's column is its integral. Down, every height at which
// something stands is a level, and levels that do not meet may share a line:
//
//   x     0   32   64         112       levels   16 (input row 0), 32 (kernel row 0), 48 (input row 1)
//   cols  0    3    6          10       lines     0                 0                  1

import type { Text } from '../../words/index.ts';
import { type Box, CELL, type Label, type Mark } from '../picture.ts';
import { columns } from './columns.ts';

/** Columns a cell has at least: comfortably, or where room is short. */
export const COMFORTABLE = 3;
/** Columns of a cell where a figure is drawn tight. */
export const TIGHT = 2;

/** Boxes that touch each other: a grid, a strip, or a box of its own. */
export interface Block {
  readonly boxes: readonly Box[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Boxes joined where they touch; small ones that touch nothing are signs of a legend and left out. */
export function blocks(marks: readonly Mark[]): Block[] {
  const boxes = marks.filter(
    (mark): mark is Box => mark.kind === 'box' && mark.paint !== null && !isDot(mark),
  );
  const corners = new Map<string, number[]>();
  const key = (x: number, y: number) => `${Math.round(x)},${Math.round(y)}`;
  boxes.forEach(({ x, y }, i) => {
    corners.set(key(x, y), [...(corners.get(key(x, y)) ?? []), i]);
  });
  const group = boxes.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (group[at] !== at) at = group[at] = group[group[at] as number] as number;
    return at;
  };
  boxes.forEach(({ x, y, width, height }, i) => {
    for (const neighbour of [key(x, y), key(x + width, y), key(x, y + height)])
      for (const j of corners.get(neighbour) ?? []) group[root(j)] = root(i);
  });
  const found = new Map<number, Box[]>();
  boxes.forEach((box, i) => {
    const own = found.get(root(i));
    if (own === undefined) found.set(root(i), [box]);
    else own.push(box);
  });
  return [...found.values()]
    .filter((own) => own.length > 1 || (own[0]?.width ?? 0) >= 20)
    .map((own) => ({
      boxes: own,
      left: least(own.map(({ x }) => x)),
      right: most(own.map(({ x, width }) => x + width)),
      top: least(own.map(({ y }) => y)),
      bottom: most(own.map(({ y, height }) => y + height)),
    }));
}

/** Blocks that are laid out with one scale. */
export interface Band {
  readonly top: number;
  readonly blocks: readonly Block[];
}

/** A legend's bar is at most this high. */
const LOW = 24;

/** All blocks as one band, and what is lower than any cell, below them all, as another. */
export function bands(of: readonly Block[]): Band[] {
  const low = of.filter(
    (one) =>
      one.bottom - one.top <= LOW &&
      of.every((other) => other === one || other.bottom - other.top <= LOW || other.bottom <= one.top),
  );
  const rest = of.filter((one) => !low.includes(one));
  const top = (some: readonly Block[]) => least(some.map((one) => one.top));
  return [rest, low].filter(({ length }) => length > 0).map((blocks) => ({ top: top(blocks), blocks }));
}

/** A small box without words: a tap, a centre. */
export function isDot({ width, height, text, hatched }: Box): boolean {
  return Math.max(width, height) <= 12 && text === undefined && !hatched;
}

/** The column at which a place's own column begins. */
export type Scale = (x: number) => number;

/** How wide a picture is drawn: the column of every x, `cell` columns to 32 pixels at least. */
export function scaled(
  of: readonly Block[],
  cell: number,
  said: (text: Text) => string,
  labels: readonly Label[] = [],
): Scale {
  const usual = COMFORTABLE / CELL;
  const pieces = of.map((block) => ({
    from: block.left,
    to: block.right,
    density: Math.max(density(block, cell, said), headed(block, said, labels)),
  }));
  const stops = [...new Set(pieces.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other);
  const spans = stops.map((from, i) => {
    const to = stops[i + 1] ?? Infinity;
    const over = pieces.filter((piece) => piece.from <= from && piece.to >= to);
    return { from, density: over.length === 0 ? usual : most(over.map((piece) => piece.density)) };
  });
  return (x) => {
    let column = Math.min(x, stops[0] ?? x) * usual;
    for (const [i, span] of spans.entries()) {
      if (x <= span.from) break;
      column += (Math.min(x, spans[i + 1]?.from ?? x) - span.from) * span.density;
    }
    return Math.round(column);
  };
}

/** Columns a pixel that every text of the block needs, whole columns a cell; one more stands between two cells. */
function density({ boxes }: Block, cell: number, said: (text: Text) => string): number {
  return boxes.reduce((densest, { width, text }) => {
    if (width < 6) return densest;
    const long = text === undefined ? 0 : columns(said(text));
    const usual = width > 48 ? (width * cell) / CELL : Math.round((width * cell) / CELL);
    return Math.max(densest, Math.max(usual, long > 0 ? long + 1 : 1) / width);
  }, 0);
}

/** Columns a pixel that short words over and under neighbouring cells need beside each other. */
function headed(
  { boxes, left, right }: Block,
  said: (text: Text) => string,
  labels: readonly Label[],
): number {
  const centres = new Map(boxes.map(({ x, width }) => [Math.round(x + width / 2), width]));
  const over = labels.filter(({ anchor, x }) => anchor === 'middle' && x > left && x < right);
  const places = new Set(over.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`));
  return over.reduce((densest, { x, y, text }) => {
    const width = centres.get(Math.round(x)) ?? Infinity;
    const beside = [x - width, x + width].some((at) => places.has(`${Math.round(at)},${Math.round(y)}`));
    const long = beside && width <= 48 ? columns(said(text)) : 0;
    return long === 0 || long > 6 ? densest : Math.max(densest, (long + 1) / width);
  }, 0);
}

/** A gap between blocks, from the left end of what is right of it on; undefined where nothing left of one fits. */
export function fold(of: readonly Block[], scale: Scale, most: number): number | undefined {
  const edges = [...new Set(of.map(({ left }) => left))].sort((one, other) => other - one);
  return edges.find(
    (edge) =>
      of.every(({ left, right }) => right <= edge || left >= edge) &&
      of.some(({ right }) => right <= edge) &&
      of.every(({ left, right }) => left >= edge || scale(right) - scale(0) < most),
  );
}

/** Something at a height, from one column to another. */
export interface Standing {
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/** Lines nearer than this share one where they do not meet; between farther ones stays a line free. */
const APART = 24;
const FAR = 56;

/** The line of every height. Heights that differ by 3 at most are one. */
export function lined(of: readonly Standing[]): (y: number) => number {
  const sorted = [...of].sort((one, other) => one.y - other.y);
  const levels: { y: number; line: number; spans: Standing[] }[] = [];
  for (const one of sorted) {
    const last = levels.at(-1);
    if (last !== undefined && one.y - last.y <= 3) last.spans.push(one);
    else levels.push({ y: one.y, line: 0, spans: [one] });
  }
  levels.forEach((level, i) => {
    for (let before = i - 1; before >= 0; before--) {
      const other = levels[before] as (typeof levels)[number];
      const far = level.y - other.y;
      const meets = far >= APART || level.spans.some((one) => other.spans.some((two) => overlap(one, two)));
      const free = before === i - 1 && far > FAR ? 2 : meets ? 1 : 0;
      level.line = Math.max(level.line, other.line + free);
      if (far >= APART) break;
    }
  });
  const known = new Map<number, number>();
  const found = (y: number) => {
    const at = levels.findIndex((level) => level.y >= y - 3);
    const [next, last] = [levels[at], levels[at - 1] ?? levels.at(-1)];
    if (next === undefined) return last?.line ?? 0;
    return last === undefined || next.y - y <= y - last.y || at === 0 ? next.line : last.line;
  };
  return (y) => {
    const line = known.get(y) ?? found(y);
    known.set(y, line);
    return line;
  };
}

function overlap(one: Standing, other: Standing): boolean {
  return one.from < other.to && other.from < one.to;
}

/** The heights at which a box has a line: its middle, or several where it is tall. */
export function heights({ y, height }: Pick<Box, 'y' | 'height'>): number[] {
  if (height <= 1.5 * CELL) return [y + height / 2];
  const count = Math.min(200, Math.round(height / CELL));
  return Array.from({ length: count }, (_, i) => y + ((i + 0.5) * height) / count);
}

function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

function most(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), -Infinity);
}
