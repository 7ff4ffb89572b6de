// A picture as plain data: marks that say what they are, not how they look. A theme gives every role its colours and a writer
// (svg.ts, tikz.ts, text.ts, a page) its form, so that one picture serves paper, a dark page and a terminal.
//
//   Figure   frames of one size; frame(i) is what step i shows
//   Picture  marks, the same on every frame  +  moving, this frame's own marks, painted over them
//
// Lengths are in units of a pixel; x grows to the right and y down. A cell of a grid is 32 wide (CELL).

import type { Text } from '../words/index.ts';

/** What a box stands for; a theme says how that looks. */
export type Role =
  | 'input' // an element of the input
  | 'pad' // a position that padding added
  | 'hole' // a zero between the elements of a dilated input
  | 'unread' // what no window reads, or what is cut off
  | 'kernel' // a tap of the kernel
  | 'window' // what the window shown reads
  | 'gap' // what it covers and, dilated, does not read
  | 'output' // an element of the output
  | 'shown' // the output shown, or what it wrote
  | 'first' // one of several layers or groups that are told apart
  | 'second'
  | 'third'
  | 'fourth'
  | 'fifth'
  | 'sixth';

/** The roles that tell several layers or groups apart, in order. */
export const SERIES: readonly Role[] = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** A role, or a part of the greatest count: 0 to 1, from pale to deep. */
export type Paint = Role | { readonly heat: number };

/** What a line or a word is drawn with: a role's own line colour, or plain, soft or faint ink. */
export type Ink = Role | 'ink' | 'soft' | 'faint';

/** What a mark stands for in the figure, so that a page can answer to it. */
export interface Place {
  /** The grid it is a cell of: 'input', 'kernel', 'output', ... */
  readonly grid: string;
  /** Its indices there; of the input they may lie outside, in the padding. */
  readonly index: readonly number[];
  /** The frame that shows it, where choosing this mark leads to one. */
  readonly frame?: number;
}

/** A rectangle; with `text` a cell with a number or word in its middle. */
export interface Box {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What it is filled as; null: an outline only. */
  readonly paint: Paint | null;
  /** Its outline; a thin one of the paint's role unless said, none for null. */
  readonly line?: Ink | null;
  /** The outline's width, 1 unless said. */
  readonly weight?: number;
  readonly dashed?: boolean;
  /** Diagonal lines over it, besides its colour. */
  readonly hatched?: boolean;
  /** Radius of its corners. */
  readonly round?: number;
  readonly text?: Text;
  /** Size of its text, 13 unless said. */
  readonly size?: number;
  readonly bold?: boolean;
  readonly place?: Place;
}

/** A word or a line of words; `y` is its middle. */
export interface Label {
  readonly kind: 'label';
  readonly x: number;
  readonly y: number;
  readonly text: Text;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly ink: Ink;
  /** 13 unless said. */
  readonly size?: number;
  readonly bold?: boolean;
  /** Figures and code: letters of one width. */
  readonly mono?: boolean;
}

/** A line through points. */
export interface Line {
  readonly kind: 'line';
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly ink: Ink;
  /** 1 unless said. */
  readonly weight?: number;
  readonly dashed?: boolean;
  /** A head at its end. */
  readonly arrow?: boolean;
}

/** Whatever a picture is made of. */
export type Mark = Box | Label | Line;

/** A figure's twin for those who do not see it, and for copying: one table of a picture. */
export interface Table {
  readonly caption: Text;
  /** Column heads; the first stands over the rows' own heads. */
  readonly head: readonly Text[];
  readonly rows: readonly (readonly (Text | number)[])[];
}

/** One frame. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The same marks on every frame of a figure. */
  readonly marks: readonly Mark[];
  /** This frame's own, painted over them. */
  readonly moving: readonly Mark[];
  readonly title: Text;
  /** What is to be seen, in sentences: the alternative text. */
  readonly description: Text;
  readonly tables: readonly Table[];
}

/** A picture that moves: steps of one size. */
export interface Figure {
  /** At least 1. */
  readonly frames: number;
  /** Frames along each direction, the last the fastest; their product is `frames`. One direction where unsaid. */
  readonly shape?: readonly number[];
  /** The frame `index`, 0 to frames - 1. */
  frame(index: number): Picture;
  /** What opens it again: the words after `padwise draw`, see open.ts. */
  readonly source: string;
}

/** Width and height of a grid's cell. */
export const CELL = 32;

/** A figure of one picture. */
export function still(picture: Picture, source: string): Figure {
  return { frames: 1, frame: () => picture, source };
}

/** A box of a grid: 32 wide, at x, y. */
export function cell(x: number, y: number, paint: Paint | null, more: Partial<Box> = {}): Box {
  return { kind: 'box', x, y, width: CELL, height: CELL, paint, ...more };
}

/** A label in the middle of x, y. */
export function label(x: number, y: number, text: Text, more: Partial<Label> = {}): Label {
  return { kind: 'label', x, y, text, anchor: 'middle', ink: 'ink', ...more };
}

/** A mark somewhere else. */
export function moved(mark: Mark, x: number, y: number): Mark {
  if (mark.kind !== 'line') return { ...mark, x: mark.x + x, y: mark.y + y };
  return { ...mark, points: mark.points.map(([left, top]) => [left + x, top + y] as const) };
}
