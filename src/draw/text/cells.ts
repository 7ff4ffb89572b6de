// Boxes on a sheet of characters: the cells of a grid with their numbers, the signs between them, the outlines around several.
//
//   ( 0) 0  1[ 2  0]      a sign stands in the column between two cells; see text-signs.ts

import type { Text } from '../../words/index.ts';
import type { Box } from '../picture.ts';
import { painted, type Theme } from '../theme.ts';
import type { Canvas } from './canvas.ts';
import { columns, cut } from './columns.ts';
import { heights, isDot, type Scale } from './layout.ts';
import { between, filling, outlineSigns } from './signs.ts';

/** What all parts of a drawing share. */
export interface Pen {
  readonly color: boolean;
  readonly most: number;
  readonly theme: Theme;
  said(text: Text): string;
}

/** An outline as low as this is a thing of its own, whatever is in it. */
const LOW = 24;

/** Where things lie on the sheet. */
export interface Ruler {
  /** The column where a place begins, and that of what stands in a cell's middle. */
  readonly at: Scale;
  readonly column: Scale;
  readonly line: (y: number) => number;
}

/** Boxes with their texts, then the signs between them, then outlines. */
export function paint(drawing: Canvas, boxes: readonly Box[], { at, column, line }: Ruler, pen: Pen): void {
  const cells: (Box | undefined)[][] = [];
  const seams: Set<number>[] = [];
  for (const box of boxes) {
    if (isDot(box) || (box.paint === null && box.text === undefined)) continue;
    const middle = column(box.x + box.width / 2);
    const small = box.width < 20 && box.text !== undefined;
    const [from, to] = small ? [middle - 1, middle + 1] : [at(box.x), at(box.x + box.width)];
    const rows = [...new Set(heights(box).map(line))];
    const text = box.text === undefined ? '' : pen.said(box.text);
    for (const [i, row] of rows.entries()) {
      const own = i === Math.floor((rows.length - 1) / 2) ? text : '';
      draw(drawing, box, own, row, from, to, pen);
      cells[row] ??= [];
      seams[row] ??= new Set();
      if (to - from < 2) continue;
      for (let inner = from + 1; inner < to; inner++) (cells[row] as (Box | undefined)[])[inner] = box;
      seams[row]?.add(from).add(to);
    }
  }
  for (const [row, columns] of seams.entries()) {
    for (const seam of columns ?? []) {
      const [left, right] = [cells[row]?.[seam - 1], cells[row]?.[seam + 1]];
      if (cells[row]?.[seam] !== undefined) continue;
      const sign = between(left, right, pen.color);
      if (sign !== ' ' || drawing.sign(row, seam) === ' ') drawing.put(row, seam, sign);
    }
  }
  for (const box of boxes) {
    if (isDot(box) || box.paint !== null || box.line === null || box.line === undefined) continue;
    const [open, close] = outlineSigns(box.line, box.dashed);
    const [top, end] = [line(box.y + 4), line(box.y + box.height - 4)];
    for (let row = top; row <= end; row++) {
      if (box.height > LOW && (cells[row] ?? []).every((one) => one === undefined)) continue;
      for (const [column, sign] of [
        [at(box.x), open],
        [at(box.x + box.width), close],
      ] as const) {
        // A dashed outline around what has signs of its own adds nothing there.
        if (!box.dashed || !'[]<>'.includes(drawing.sign(row, column))) drawing.put(row, column, sign);
      }
    }
  }
}

/** One line of a box. */
export function draw(
  drawing: Canvas,
  box: Box,
  text: string,
  row: number,
  from: number,
  to: number,
  pen: Pen,
): void {
  const room = Math.max(1, to - from - 1);
  const look =
    box.paint === null || !pen.color
      ? {}
      : {
          fill: painted(pen.theme, box.paint).fill,
          ink: painted(pen.theme, box.paint).text,
          bold: box.bold === true,
        };
  const fill = box.text === undefined ? filling(box, pen.color) : ' ';
  const dot = fill === '\u00b7';
  const begin = to - from < 2 ? from : from + 1;
  const whole = typeof box.paint === 'string' || box.paint === null ? begin : from;
  drawing.put(row, from, ' '.repeat(Math.max(1, to - from)), look);
  if (!dot) drawing.put(row, whole, fill.repeat(Math.max(1, to - whole)), look);
  else drawing.put(row, to - 1, fill, look);
  if (text === '') return;
  const shown = cut(text, room);
  const free = room - columns(shown);
  const indent = /^[-\d.\u221e()]+$/.test(shown) ? free : Math.floor(free / 2);
  drawing.put(row, begin + indent, shown, look);
}
