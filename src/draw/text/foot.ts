// What stands below a drawing's grids on a terminal: the arithmetic in the middle, and signs with what they mean in turn,
// wrapped where a line is full.
//
//   ( ) padding: 0   /// never read: no window fits here

import type { Box, Label, Mark } from '../picture.ts';
import { painted } from '../theme.ts';
import { type Canvas, canvas } from './canvas.ts';
import { draw, type Pen } from './cells.ts';
import { columns, lines } from './columns.ts';
import { lined } from './layout.ts';
import { dot, outlineSigns, signsOf } from './signs.ts';

/** The middle of a mark's height. */
export function middle(mark: Mark): number {
  if (mark.kind === 'box') return mark.y + mark.height / 2;
  return mark.kind === 'label' ? mark.y : Math.min(...mark.points.map(([, y]) => y));
}

/** Where a mark begins, or for a word in the middle of something, that middle. */
export function start(mark: Mark): number {
  return mark.kind === 'line' ? Math.min(...mark.points.map(([x]) => x)) : mark.x;
}

/** Lines without the empty ones before and after them. */
export function trimmed(of: readonly string[]): string[] {
  const first = of.findIndex((line) => line !== '');
  return first < 0 ? [] : of.slice(first, of.findLastIndex((line) => line !== '') + 1);
}

/** Words and signs below every grid: one after the other in lines, words in the middle of the drawing kept there. */
export function below(marks: readonly Mark[], wide: number, pen: Pen): string[] {
  const heightsOf = marks.filter(({ kind }) => kind !== 'line').map(middle);
  const row = lined(heightsOf.map((y) => ({ y, from: 0, to: 1 })));
  const rows: Mark[][] = [];
  for (const mark of marks) {
    if (mark.kind === 'line') continue;
    const at = row(middle(mark));
    rows[at] = [...(rows[at] ?? []), mark];
  }
  const before = indents(marks, wide, pen);
  const done: string[] = [];
  for (const own of Array.from(rows, (one) => one ?? [])) {
    const [only, more] = own;
    if (only?.kind === 'label' && more === undefined)
      done.push(...sentence(only, wide, before.get(only) ?? 0, pen));
    else done.push(...run(own, pen));
  }
  return trimmed(done);
}

/** The width of a letter of arithmetic, as it is laid out in arithmetic.ts. */
const LETTER = 7.8;

/** How far arithmetic of several lines is moved in: in the middle of the drawing as one block, its terms aligned. */
function indents(marks: readonly Mark[], wide: number, pen: Pen): ReadonlyMap<Mark, number> {
  const block = marks.filter(
    (mark): mark is Label =>
      mark.kind === 'label' && mark.mono === true && mark.anchor === 'start' && mark.x > 0,
  );
  const left = Math.min(...block.map(({ x }) => x));
  const places = new Map(block.map((mark): [Label, number] => [mark, Math.round((mark.x - left) / LETTER)]));
  const widest = Math.max(0, ...block.map((mark) => (places.get(mark) ?? 0) + columns(pen.said(mark.text))));
  const free = Math.max(0, Math.floor((wide - widest) / 2));
  return new Map([...places].map(([mark, place]) => [mark, free + place]));
}

function sentence(label: Label, wide: number, before: number, pen: Pen): string[] {
  const all = lines(pen.said(label.text), pen.most);
  return all.map((line) => {
    const free = label.anchor === 'middle' ? Math.floor((wide - columns(line)) / 2) : before;
    return ' '.repeat(Math.max(0, free)) + line;
  });
}

/** Signs and their words, in turn. */
function run(marks: readonly Mark[], pen: Pen): string[] {
  const inOrder = [...marks].sort((one, other) => start(one) - start(other));
  const units: Mark[][] = [];
  for (const mark of inOrder) {
    const last = units.at(-1)?.at(-1);
    const follows = mark.kind === 'label' && last?.kind === 'box';
    if (follows) units.at(-1)?.push(mark);
    else units.push([mark]);
  }
  const rows: Canvas[] = [];
  let [drawing, at]: [Canvas, number] = [canvas(), 0];
  rows.push(drawing);
  for (const unit of units) {
    const wide = unit.reduce((sum, mark) => sum + widthOf(mark, pen) + 1, -1);
    if (at > 0 && at + wide > pen.most) {
      [drawing, at] = [canvas(), 0];
      rows.push(drawing);
    }
    for (const mark of unit) {
      if (mark.kind === 'box') swatch(drawing, mark, at, pen);
      else if (mark.kind === 'label') drawing.put(0, at, pen.said(mark.text));
      at += widthOf(mark, pen) + 1;
    }
    at += 2;
  }
  return rows.flatMap((one) => one.lines(pen.color, pen.most));
}

function widthOf(mark: Mark, pen: Pen): number {
  if (mark.kind === 'line') return 0;
  const text = mark.text === undefined ? '' : columns(pen.said(mark.text));
  return mark.kind === 'label' ? Number(text) : Math.max(1, Number(text)) + 2;
}

/** Whether a legend's box stands for dots: filled, or outlined unlike others of its kind. */
function isTap({ paint, text, line, dashed, hatched }: Box): boolean {
  if (text !== undefined || dashed || hatched || paint === null) return false;
  return typeof paint !== 'string' || (line !== undefined && line !== null && line !== paint);
}

function swatch(drawing: Canvas, box: Box, at: number, pen: Pen): void {
  if (isTap(box)) {
    drawing.put(0, at + 1, dot(box));
    return;
  }
  const wide = widthOf(box, pen);
  const text = box.text === undefined ? '' : pen.said(box.text);
  draw(drawing, box, text, 0, at, at + wide - 1, pen);
  const [open, close] = box.hatched
    ? ['/', '/']
    : box.paint === null
      ? outlineSigns(box.line ?? 'ink', box.dashed)
      : ((pen.color ? undefined : signsOf(box.paint)) ?? [' ', ' ']);
  const look = box.paint === null || !pen.color ? {} : { fill: painted(pen.theme, box.paint).fill };
  drawing.put(0, at, open, look);
  drawing.put(0, at + wide - 1, close, look);
}
