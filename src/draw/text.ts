// A picture on a terminal: any marks, put on a sheet of characters. What does not fit beside stands below; what does not fit
// at all is cut, and a sentence says so. Readable without colours: see text-signs.ts.
//
//   (0)(0 0 0)            0 1        0  3
//   (0)[0 1]2     *       2 3   =    9 <19>
//   (0)[3 4]5

import { type Catalogue, say, type Text, translate } from '../words/index.ts';
import type { Box, Label, Line, Mark, Picture } from './picture.ts';
import { added } from './text/added.ts';
import { type Canvas, canvas } from './text/canvas.ts';
import { type Pen, paint } from './text/cells.ts';
import { columns, lines, plain } from './text/columns.ts';
import { below, middle, start, trimmed } from './text/foot.ts';
import {
  type Block,
  bands,
  blocks,
  COMFORTABLE,
  fold,
  heights,
  isDot,
  lined,
  type Scale,
  type Standing,
  scaled,
  TIGHT,
} from './text/layout.ts';
import { dot } from './text/signs.ts';
import { listed } from './text/tables.ts';
import { light, painted, type Theme } from './theme.ts';

/** How a picture is written. */
export interface TextOptions {
  /** Whether to colour it with a terminal's escape sequences; false unless said. */
  readonly color?: boolean;
  /** The most columns of a line, 80 unless said; a Chinese character takes two. */
  readonly columns?: number;
  /** A language's sentences; English unless said. */
  readonly catalogue?: Catalogue;
  /** Colours; light unless said. */
  readonly theme?: Theme;
}

/**
 * One picture: its title, the drawing, and the sentences that describe it and do not stand there already; of one that is cut
 * also its tables, where they are small. Ends with a line end.
 */
export function text(picture: Picture, options: TextOptions = {}): string {
  const { color = false, catalogue = {}, theme = light } = options;
  const most = Math.max(20, options.columns ?? 80);
  const said = (one: Text) => plain(translate(one, catalogue));
  const pen: Pen = { color, most, theme, said };
  const title = lines(said(picture.title), most).map((line) => (color ? `\u001b[1m${line}\u001b[0m` : line));
  const marks = [...picture.marks, ...picture.moving];
  const grids = blocks(marks);
  const bottom = marks.reduce(
    (low, mark) => (mark.kind === 'box' && mark.width >= 20 ? Math.max(low, mark.y + mark.height) : low),
    grids.reduce((low, block) => Math.max(low, block.bottom), -Infinity),
  );
  const isBelow = (mark: Mark) => {
    const near = mark.kind === 'label' && columns(said(mark.text)) <= 6;
    return middle(mark) > bottom + (near ? 20 : 0);
  };
  const sheets = bands(grids).flatMap((band, i, all) => {
    const [from, to] = [i === 0 ? -Infinity : band.top, all[i + 1]?.top ?? Infinity];
    const own = marks.filter((mark) => !isBelow(mark) && middle(mark) >= from && middle(mark) < to);
    return parts(own, band.blocks, pen);
  });
  const widest = sheets.reduce((wide, sheet) => Math.max(wide, sheet.width), 0);
  const body = sheets.map((sheet) => trimmed(sheet.lines(color, most)));
  const foot = below(
    marks.filter((mark) => grids.length === 0 || isBelow(mark)),
    Math.min(widest, most),
    pen,
  );
  const note =
    widest > most ? lines(said(say`Cut at ${most} columns; the whole figure takes ${widest}.`), most) : [];
  const isCut = widest > most;
  const labels = marks.filter(
    (mark): mark is Label => mark.kind === 'label' && (!isCut || grids.length === 0 || isBelow(mark)),
  );
  const words = added(picture.description, labels, said);
  const twin = isCut ? listed(picture.tables, most, said) : [];
  return [title, ...body, foot, note, lines(words, most), twin]
    .filter((part) => part.some((line) => line !== ''))
    .map((part) => `${part.join('\n')}\n`)
    .join('\n');
}

/** The drawing as one sheet, or several where it is too wide and has a gap between its grids. */
function parts(marks: readonly Mark[], grids: readonly Block[], pen: Pen): Canvas[] {
  if (grids.length === 0) return [];
  const comfortable = sheet(marks, grids, COMFORTABLE, pen);
  if (comfortable.width <= pen.most) return [comfortable];
  const tight = sheet(marks, grids, TIGHT, pen);
  if (tight.width <= pen.most) return [tight];
  const edge = fold(grids, scaled(grids, TIGHT, pen.said), pen.most);
  if (edge === undefined) return [tight];
  const from = edge - 24;
  const [left, right] = [
    marks.filter((mark) => start(mark) < from),
    marks.filter((mark) => start(mark) >= from),
  ];
  const shifted = right.map((mark) => shift(mark, -from));
  return [...parts(left, blocks(left), pen), ...parts(shifted, blocks(shifted), pen)];
}

function shift(mark: Mark, by: number): Mark {
  if (mark.kind !== 'line') return { ...mark, x: mark.x + by };
  return { ...mark, points: mark.points.map(([x, y]) => [x + by, y] as const) };
}

/** A word on its line. */
interface Word {
  readonly label: Label;
  readonly text: string;
  readonly from: number;
}

function sheet(marks: readonly Mark[], grids: readonly Block[], cell: number, pen: Pen): Canvas {
  const labels = once(marks.filter((mark): mark is Label => mark.kind === 'label'));
  const scale = scaled(grids, cell, pen.said, labels);
  const centres = new Map(
    grids.flatMap(({ boxes }) =>
      boxes
        .filter(({ width }) => width <= 48)
        .map((box) => [Math.round(box.x + box.width / 2), box] as const),
    ),
  );
  const written = labels.filter((mark) => !isWithin(mark, grids));
  const words = apart(
    written.flatMap((label): Word[] => {
      const said = pen.said(label.text);
      return said === '' ? [] : [{ label, text: said, from: begins(label, said, scale, centres) }];
    }),
    pen.most,
  );
  const first = Math.min(0, ...words.map(({ from }) => from), ...grids.map(({ left }) => scale(left)));
  const at: Scale = (x) => scale(x) - first;
  const boxes = marks.filter((mark): mark is Box => mark.kind === 'box');
  const strokes = marks.filter((mark): mark is Line => mark.kind === 'line').flatMap(pieces);
  const line = lined([
    ...boxes
      .filter(({ paint, text, height }) => paint !== null || text !== undefined || height <= 24)
      .flatMap((box) =>
        heights(box).map((y): Standing => ({ y, from: at(box.x), to: at(box.x + box.width) + 1 })),
      ),
    ...words.map(
      ({ label, text, from }): Standing => ({
        y: label.y,
        from: from - first - 1,
        to: from - first + columns(text) + 1,
      }),
    ),
    ...strokes
      .filter(isLevel)
      .map(([[x, y], [end]]): Standing => ({ y, from: at(Math.min(x, end)), to: at(Math.max(x, end)) + 1 })),
  ]);
  const drawing = canvas();
  const column: Scale = (x) => {
    const over = centres.get(Math.round(x));
    return over === undefined ? at(x) : at(over.x + over.width) - 1;
  };
  paint(drawing, boxes, { at, column, line }, pen);
  for (const { label, text, from } of words) write(drawing, label, text, from - first, line(label.y));
  for (const box of boxes)
    if (isDot(box)) spot(drawing, box, column(box.x + box.width / 2), line(box.y + box.height / 2), pen);
  for (const [from, to, arrow] of strokes) stroke(drawing, from, to, arrow, at, line);
  return drawing;
}

/** Labels that a frame repeats over those of all frames stand there once. */
function once(labels: readonly Label[]): Label[] {
  return [...new Map(labels.map((label) => [`${label.x},${label.y},${label.text}`, label])).values()];
}

/** Whether a word stands within a cell that has words of its own: there is no room for two. */
function isWithin({ x, y }: Label, grids: readonly Block[]): boolean {
  return grids.some(
    (block) =>
      x > block.left &&
      x < block.right &&
      y > block.top &&
      y < block.bottom &&
      block.boxes.some(
        (box) =>
          box.text !== undefined &&
          box.width <= 48 &&
          x > box.x &&
          x < box.x + box.width &&
          y > box.y &&
          y < box.y + box.height,
      ),
  );
}

/** Words that would run into each other on one line, in lines as wide as there is room to the neighbours. */
function apart(words: readonly Word[], most: number): Word[] {
  return words.flatMap((word) => {
    const level = words.filter(({ label }) => Math.abs(label.y - word.label.y) <= 3 && label !== word.label);
    const wide = columns(word.text);
    const meets = level.some(
      ({ text, from }) => from <= word.from + wide && word.from <= from + columns(text),
    );
    if (!meets || wide < 12) return [word];
    const centre = ({ from, text }: Word) => from + columns(text) / 2;
    const nearest = level.reduce(
      (near, other) => Math.min(near, Math.abs(centre(other) - centre(word))),
      most,
    );
    const all = lines(word.text, Math.max(8, Math.floor(nearest) - 2));
    return all.map((text, i) => ({
      text,
      label: { ...word.label, y: word.label.y + 4 * i },
      from: word.label.anchor === 'middle' ? Math.round(centre(word) - columns(text) / 2) : word.from,
    }));
  });
}

/** The column where a word begins; over a narrow cell it ends where the cell's number does. */
function begins(label: Label, text: string, scale: Scale, centres: ReadonlyMap<number, Box>): number {
  const wide = columns(text);
  if (label.anchor === 'start') return scale(label.x);
  if (label.anchor === 'end') return scale(label.x) - wide;
  const under = centres.get(Math.round(label.x));
  if (under !== undefined) {
    const right = scale(under.x + under.width);
    if (wide < right - scale(under.x)) return right - wide;
  }
  return Math.round(scale(label.x) - wide / 2);
}

function write(drawing: Canvas, label: Label, text: string, from: number, row: number): void {
  const look = { bold: label.bold === true, dim: label.ink === 'faint' };
  drawing.put(row, freed(drawing, row, from, columns(text)), text, look);
}

/** The nearest column from which on so many are free, no word or number beside them; the wanted one where none is near. */
function freed(drawing: Canvas, row: number, from: number, wide: number): number {
  const beside = (column: number) => column >= 0 && /^[\p{L}\p{N}]?$/u.test(drawing.sign(row, column));
  const free = (at: number) =>
    at >= 0 &&
    !beside(at - 1) &&
    !beside(at + wide) &&
    Array.from({ length: wide }, (_, i) => drawing.sign(row, at + i)).every((sign) => sign === ' ');
  for (let away = 0; away <= 12; away++) {
    if (free(from + away)) return from + away;
    if (free(from - away)) return from - away;
  }
  return Math.max(0, from);
}

type Point = readonly [x: number, y: number];
type Piece = readonly [from: Point, to: Point, arrow: boolean];

function pieces({ points, arrow }: Line): Piece[] {
  return points
    .slice(1)
    .map((to, i): Piece => [points[i] as Point, to, arrow === true && i === points.length - 2]);
}

function isLevel([[x, y], [endX, endY]]: Piece): boolean {
  return Math.abs(y - endY) < 3 && Math.abs(x - endX) >= 12;
}

/** A level or upright line where nothing else stands, as far as it is between lines; slanted ones are left out. */
function stroke(
  drawing: Canvas,
  [x, y]: Point,
  [endX, endY]: Point,
  arrow: boolean,
  at: Scale,
  line: (y: number) => number,
): void {
  const blank = (row: number, column: number, sign: string) => {
    if (drawing.sign(row, column) === ' ') drawing.put(row, column, sign);
  };
  if (Math.abs(x - endX) >= 12 && line(y) === line(endY)) {
    const [from, to] = [at(Math.min(x, endX)) + 1, at(Math.max(x, endX))];
    const row = line(y);
    const [tip, sign] = endX > x ? [to - 1, '\u2192'] : [from, '\u2190'];
    if (arrow) blank(row, tip, sign);
    for (let column = from; column < to; column++) blank(row, column, '\u2500');
  } else if (Math.abs(x - endX) < 3 && Math.abs(y - endY) >= 24) {
    const [top, bottom] = [line(Math.min(y, endY)), line(Math.max(y, endY))];
    if (arrow && bottom > top) blank(endY > y ? bottom : top, at(endX), endY > y ? '\u2193' : '\u2191');
    for (let row = top + 1; row < bottom; row++) blank(row, at(x), '\u2502');
  }
}

/** A dot, unless a number stands there. */
function spot(drawing: Canvas, box: Box, column: number, row: number, pen: Pen): void {
  if (/[\p{L}\p{N}]/u.test(drawing.sign(row, column))) return;
  const { paint: own } = box;
  const look =
    own === null || !pen.color || typeof own === 'string' ? undefined : { ink: painted(pen.theme, own).fill };
  drawing.put(row, column, dot(box), look);
}
