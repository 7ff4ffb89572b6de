// The marks of a receptive field's rows: cells or bars, what an output reads of them, and the lines between.

import { type Axis, source, span, unread } from '../../geometry/index.ts';
import { bounded } from '../direction.ts';
import { written } from '../numbers.ts';
import { type Box, CELL, label, type Mark } from '../picture.ts';
import { range } from '../shown.ts';
import { cellWidth, elementAt, type Layout, type Row, type View } from './layout.ts';
import { among, type Look, taps } from './looks.ts';

const BAR = 14;
/** More reads than this are not counted to find what is never read, and more intervals not drawn one by one. */
const COUNTED = 2 ** 16;
const INTERVALS = 200;

/** A row as it is when no output is chosen. */
export function rowMarks(layout: Layout, view: View, row: Row): Mark[] {
  if (!layout.cells) return barMarks(layout, view, row);
  const { step } = row;
  const unused = new Set(step === undefined ? [] : neverRead(step));
  const last = step === undefined ? 'output' : 'input';
  return [
    ...elementsIn(view, row).map((element) =>
      cellAt(layout, view, row, element, {
        ...(unused.has(element) ? { paint: 'unread', hatched: true } : { paint: last }),
        text: `${element}`,
        ...(step === undefined
          ? { place: { grid: 'output', index: [element], frame: element } }
          : { place: { grid: row.level === 0 ? 'input' : `layer ${row.level}`, index: [element] } }),
      }),
    ),
    ...(step === undefined
      ? []
      : between(view, row, step).map((position) => padAt(layout, view, row, step, position))),
    ...(row.size === 0 ? [label(layout.left, row.y, '\u2205', { ink: 'soft', anchor: 'start' })] : []),
    ...more(layout, view, row),
  ];
}

/** What the chosen output reads of a row, over the row. */
export function readMarks(layout: Layout, view: View, row: Row, looks: readonly Look[]): Mark[] {
  const { elements, hull, covered } = looks[row.level] as Look;
  const paint = row.step === undefined ? 'shown' : 'window';
  if (!layout.cells) {
    const drawn = elements.length > INTERVALS && hull !== null ? [hull] : elements;
    return drawn.map(({ from, to }) => barOver(layout, view, row, [from, to], { paint, line: paint }));
  }
  const marks: Mark[] = [];
  for (const element of elementsIn(view, row)) {
    if (among(elements, element))
      marks.push(cellAt(layout, view, row, element, { paint, weight: 1.5, text: `${element}`, bold: true }));
    else if (hull !== null && element > hull.from && element < hull.to)
      marks.push(cellAt(layout, view, row, element, { paint: 'gap', text: `${element}` }));
  }
  const { step } = row;
  const above = looks[row.level + 1];
  if (step === undefined || above === undefined || covered === null) return marks;
  const pads = between(view, row, step).filter((at) => at >= covered.from && at <= covered.to);
  const read = pads.filter((at) => taps(step, above.elements, at));
  return [
    ...marks,
    ...read.map((at) => padAt(layout, view, row, step, at, { paint: 'gap', line: 'window', weight: 1.5 })),
  ];
}

/** The lines from what is read of a row to what its windows cover of the next one. */
export function coneMarks(layout: Layout, view: View, looks: readonly Look[]): Mark[] {
  return layout.rows.flatMap((row, i): Mark[] => {
    const below = layout.rows[i + 1];
    if (row === undefined || below?.step === undefined) return [];
    const [top, covered] = [looks[row.level]?.hull, looks[below.level]?.covered];
    if (!top || !covered) return [];
    const half = [row, below].map((one) => edge(layout, one)) as [number, number];
    const dilation = below.step.inputDilation;
    const [from, to] = [
      elementAt(layout, view, row, top.from) - half[0],
      elementAt(layout, view, row, top.to) + half[0],
    ];
    const [first, last] = [
      elementAt(layout, view, below, covered.from / dilation) - half[1],
      elementAt(layout, view, below, covered.to / dilation) + half[1],
    ];
    const tall = (layout.cells ? CELL : BAR) / 2;
    return [
      [from, first],
      [to, last],
    ].map(
      ([upper, lower]): Mark => ({
        kind: 'line',
        points: [
          [clamped(layout, upper as number), row.y + tall],
          [clamped(layout, lower as number), below.y - tall],
        ],
        ink: 'window',
        weight: 1.25,
      }),
    );
  });
}

function clamped({ left, right }: Layout, x: number): number {
  return Math.min(right, Math.max(left, x));
}

/** Half of what an element takes. */
function edge(layout: Layout, row: Row): number {
  return (layout.cells ? cellWidth(layout, row) : row.jump * layout.unit) / 2;
}

function neverRead(step: Axis): readonly number[] {
  return step.size * step.kernel > COUNTED ? [] : (bounded(() => unread(step)) ?? []);
}

/** The elements of a row that are in view. */
function elementsIn(view: View, { centre, jump, size }: Row): number[] {
  const from = Math.max(0, Math.ceil((view.low - centre) / jump));
  const to = Math.min(size - 1, Math.floor((view.high - centre) / jump));
  return range(from, to + 1);
}

/** The positions of a row in view that are no elements: pads, and holes between elements. */
function between(view: View, { centre, jump, size }: Row, step: Axis): number[] {
  const each = jump / step.inputDilation;
  const from = Math.max(-Math.max(0, step.before), Math.ceil((view.low - centre) / each));
  const end = span(step) + Math.max(0, step.after + step.overhang) - 1;
  const to = Math.min(end, Math.floor((view.high - centre) / each));
  return range(from, to + 1).filter(
    (at) => at < 0 || at >= span(step) || at % step.inputDilation !== 0 || size === 0,
  );
}

function cellAt(layout: Layout, view: View, row: Row, at: number, more: Partial<Box>): Box {
  const width = cellWidth(layout, row);
  const digits = String(more.text ?? '').length;
  const size = Math.min(13, Math.floor((width - 3) / (digits * 0.62)));
  const { text, ...rest } = more;
  return {
    kind: 'box',
    x: elementAt(layout, view, row, at) - width / 2,
    y: row.y - CELL / 2,
    width,
    height: CELL,
    paint: null,
    ...rest,
    ...(text !== undefined && size >= 7 ? { text, size } : {}),
  };
}

/** A pad or a hole: a smaller dashed cell, with what it holds. */
function padAt(
  layout: Layout,
  view: View,
  row: Row,
  step: Axis,
  position: number,
  more: Partial<Box> = {},
): Box {
  const found = source(step, position);
  const hole = position >= 0 && position < span(step);
  return cellAt(layout, view, row, position / step.inputDilation, {
    paint: hole ? 'hole' : 'pad',
    dashed: true,
    text: 'index' in found ? `${found.index}` : hole ? '' : written(found.constant),
    ...more,
  });
}

/** Dots where a row goes on beyond the view. */
function more(layout: Layout, view: View, row: Row): Mark[] {
  const shown = elementsIn(view, row);
  const [first = 0, last = row.size - 1] = [shown[0], shown.at(-1)];
  const dots = (x: number) => label(x, row.y, '\u22ef', { ink: 'soft', size: 16 });
  return [
    ...(first > 0 ? [dots(layout.left - 9)] : []),
    ...(last < row.size - 1 ? [dots(layout.right + 9)] : []),
  ];
}

function barMarks(layout: Layout, view: View, row: Row): Mark[] {
  const { step, size } = row;
  const marks: Mark[] = [];
  if (size > 0)
    marks.push(barOver(layout, view, row, [0, size - 1], { paint: step === undefined ? 'output' : 'input' }));
  if (step === undefined || size === 0) return marks;
  const past = (span(step) - 1 + Math.max(0, step.after + step.overhang)) / step.inputDilation;
  if (step.before > 0) marks.push(barOver(layout, view, row, [-step.before / step.inputDilation, -1], PAD));
  if (past > size - 1) marks.push(barOver(layout, view, row, [size, past], PAD));
  return marks;
}

const PAD: Partial<Box> = { paint: 'pad', dashed: true };

function barOver(
  layout: Layout,
  view: View,
  row: Row,
  [from, to]: readonly [number, number],
  more: Partial<Box>,
): Box {
  const half = edge(layout, row);
  const [left, right] = [elementAt(layout, view, row, from) - half, elementAt(layout, view, row, to) + half];
  const width = Math.max(2, right - left);
  return {
    kind: 'box',
    x: (left + right - width) / 2,
    y: row.y - BAR / 2,
    width,
    height: BAR,
    paint: null,
    ...more,
  };
}
