// A transposed convolution, input element by input element: the element times the kernel lands on the natural output at
// i * stride, what overlaps is added, and the output is what is kept of it.
//
//   input       kernel       2 * kernel        natural output
//   0 1    *    0 1     ->   0 2          ->   hatched: cropped; outlined: kept; dashed: zeros that output padding adds
//   [2] 3       2 3          4 6
//
// One axis is drawn from above to below, see scatter-line.ts; this is the grid of two.

import { type Axis, type Geometry, out, print, transposedWords } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { captions, channelsNote, tableOf, tuple } from './caption.ts';
import { printDrawing } from './drawing.ts';
import { drawn } from './drawn.ts';
import { around, at, cells, type Grid, type Track, track } from './grid.ts';
import { legend, wordsWidth } from './legend.ts';
import { digits, type Look } from './looks.ts';
import { counting, type Numbers, product, written } from './numbers.ts';
import { CELL, type Figure, label, type Mark, type Picture, type Table } from './picture.ts';
import { pictureOfLine, stillOfLine } from './scatter/line.ts';
import {
  elementLook,
  keptReach,
  naturalCaption,
  naturalLook,
  type Overlap,
  overlapWords,
  type ScatterView,
  scatterSettings,
  scatterSigns,
  sizes,
  tapLook,
} from './scatter/looks.ts';
import { keptAs, naturalReach, scattering, termsAt, weightOf, writesOf } from './scatter/scattering.ts';
import { ends, type Shown } from './shown.ts';
import { LIMIT } from './view.ts';

/** What is drawn of a transposed convolution. */
export interface ScatterOptions {
  /** Its data; counting numbers unless said. */
  readonly numbers?: Numbers;
  /** The most positions an axis shows; 14 unless said. */
  readonly limit?: number;
  /** What opens the figure again; made from the problem string unless said. */
  readonly source?: string;
}

const HEAD = 28;
const BETWEEN = 48;
const LINE = 21;
const KERNEL = 7;
const NARROWEST = 300;
const FRAMES = 400;

/**
 * A transposed convolution of one or two axes, a frame for each input element.
 * @throws GeometryError for a layer that is no transposed convolution, or whose padding is not zero
 */
export function scatterFigure(given: Geometry, options: ScatterOptions = {}): Figure {
  const of = scattering(given);
  const numbers = options.numbers ?? counting(of);
  const view = viewOf(of, options.limit ?? LIMIT);
  const { elements, shape } = elementsOf(of, view);
  const line = of.axes.length === 1 ? stillOfLine(of, numbers, view, elements) : null;
  const base = line === null ? still(of, numbers, view, elements) : null;
  return {
    frames: Math.max(1, elements.length),
    shape: elements.length === 0 ? [1] : shape,
    frame(index) {
      const element = elements[index];
      const chosen = element === undefined ? undefined : overlap(of, numbers, view, element);
      const words = {
        title: titled(of),
        description: described(of, element, chosen),
        tables: tables(of, numbers, view),
      };
      if (line !== null) return { ...pictureOfLine(of, numbers, line, element, chosen), ...words };
      return { ...pictured(of, numbers, base as Base, element, chosen), ...words };
    },
    source: options.source ?? printDrawing({ view: 'scatter', stacks: [[of]] }),
  };
}

function viewOf(of: Geometry, limit: number): ScatterView {
  return {
    inputs: of.axes.map(({ size }) => ends(0, size, limit)),
    kernels: of.axes.map(({ kernel }) => ends(0, kernel, KERNEL)),
    naturals: of.axes.map((axis) => ends(...naturalReach(axis), limit)),
  };
}

/** The input elements of the frames: those drawn all of whose positions are, at least one. */
function elementsOf(of: Geometry, view: ScatterView): { elements: number[][]; shape: number[] } {
  const lists = of.axes.map((axis, i) => {
    const whole = drawn(writesOf(axis), view.naturals[i] as Shown);
    const both = whole.filter((index) => (view.inputs[i] as Shown).includes(index));
    return both.length > 0 || axis.size === 0 ? both : [0];
  });
  const shape = lists.map(({ length }) => length);
  const all = product(shape).slice(0, FRAMES);
  const cut = all.length < shape.reduce((count, length) => count * length, 1);
  return {
    elements: all.map((tuple) => tuple.map((place, i) => lists[i]?.[place] ?? 0)),
    shape: cut ? [all.length] : shape,
  };
}

function overlap(
  of: Geometry,
  numbers: Numbers,
  view: ScatterView,
  element: readonly number[],
): Overlap | undefined {
  let most: Overlap | undefined;
  for (const tap of product(view.kernels.map((shown) => shown.length))) {
    const taps = tap.map((place, i) => view.kernels[i]?.[place]);
    if (taps.includes(undefined)) continue;
    const position = of.axes.map(
      (axis, i) => (element[i] as number) * axis.inputDilation + (taps[i] as number) * axis.dilation,
    );
    const terms = termsAt(of, numbers, position);
    if (terms === null) return undefined;
    if (most === undefined || terms.length > most.terms.length) most = { position, terms };
  }
  return most;
}

function titled(of: Geometry): Text {
  return say`Transposed, ${sizes(of, ({ size }) => size)} becomes ${sizes(of, out)}: ${print(of)}`;
}

function described(of: Geometry, element: readonly number[] | undefined, chosen: Overlap | undefined): Text {
  if (element === undefined) return say`The input is empty: nothing is added up.`;
  const from = tuple(of.axes.map(({ inputDilation }, i) => (element[i] as number) * inputDilation));
  const adds = say`Input element ${tuple(element)} times the kernel is added onto the natural output from position ${from} on.`;
  return chosen === undefined ? adds : say`${adds} ${overlapWords(chosen)}.`;
}

function tables(of: Geometry, numbers: Numbers, view: ScatterView): Table[] {
  const flat = of.axes.length === 1;
  const table = (caption: Text, shown: readonly Shown[], look: (index: readonly number[]) => Look): Table => {
    const [rows, columns] = (flat ? [[0], shown[0]] : shown) as [Shown, Shown];
    return tableOf(caption, rows, columns, (row, column) => look(flat ? [column] : [row, column]));
  };
  const kept = of.axes.map((axis, i) =>
    (view.naturals[i] as Shown).flatMap((position) => {
      const output = position === undefined ? undefined : keptAs(axis, position);
      return position === undefined || output !== undefined ? [output] : [];
    }),
  );
  return [
    table(say`input ${sizes(of, ({ size }) => size)}`, view.inputs, (index) => elementLook(numbers, index)),
    table(say`kernel ${sizes(of, ({ kernel }) => kernel)}`, view.kernels, (tap) => tapLook(of, numbers, tap)),
    table(naturalCaption(of), view.naturals, (position) => naturalLook(of, numbers, position)),
    table(captions(of).output, kept, (output) => naturalLook(of, numbers, naturalOf(of, output))),
  ];
}

/** Where an output lies on the natural output. */
function naturalOf(of: Geometry, output: readonly number[]): number[] {
  return of.axes.map((axis, i) => transposedWords(axis).crop[0] + (output[i] as number) * axis.stride);
}

interface Base {
  readonly input: Grid;
  readonly kernel: Grid;
  readonly product: Grid;
  readonly natural: Grid;
  readonly width: number;
  readonly height: number;
  readonly below: number;
  readonly marks: readonly Mark[];
}

function still(of: Geometry, numbers: Numbers, view: ScatterView, elements: readonly number[][]): Base {
  const tracks = (shown: readonly Shown[]) => shown.map((one) => track(one)) as [Track, Track];
  const [input, kernel, natural] = [tracks(view.inputs), tracks(view.kernels), tracks(view.naturals)];
  const words = {
    input: say`input ${sizes(of, ({ size }) => size)}`,
    kernel: say`kernel ${sizes(of, ({ kernel: taps }) => taps)}`,
    natural: naturalCaption(of),
  };
  const room = (grid: readonly [Track, Track], text: Text) =>
    Math.max(grid[1].length, Math.ceil(wordsWidth(text, 13)));
  const tall = Math.max(input[0].length, kernel[0].length, natural[0].length, CELL);
  const wide = [
    room(input, words.input),
    room(kernel, words.kernel),
    room(kernel, say`${99} \u00d7 kernel`),
    room(natural, words.natural),
  ];
  let x = 0;
  const grids = [input, kernel, kernel, natural].map((grid, i): Grid => {
    const left = x + ((wide[i] as number) - grid[1].length) / 2;
    x += (wide[i] as number) + BETWEEN;
    return { x: left, y: HEAD + (tall - grid[0].length) / 2, rows: grid[0], columns: grid[1] };
  }) as [Grid, Grid, Grid, Grid];
  const [first, second, third, last] = grids;
  const width = Math.max(x - BETWEEN, NARROWEST);
  const over = (grid: Grid, text: Text) =>
    label(grid.x + grid.columns.length / 2, grid.y - 14, text, { ink: 'soft' });
  const sign = (grid: Grid, i: number, text: string) =>
    label(grid.x - ((wide[i] as number) - grid.columns.length) / 2 - BETWEEN / 2, HEAD + tall / 2, text, {
      size: 20,
      ink: 'soft',
    });
  const frames = new Map(elements.map((element, frame) => [element.join(), frame]));
  const kept = keptReach(of);
  const outline =
    kept && around(last, [kept[0]?.[0] ?? 0, kept[1]?.[0] ?? 0], [kept[0]?.[1] ?? 0, kept[1]?.[1] ?? 0]);
  const below = Math.max(HEAD + tall, second.y + kernel[0].length + 8 + scatterSettings(of).length * 18) + 12;
  const sums = elements.length > 0 ? LINE + 12 : 0;
  const key = legend(scatterSigns(of), 0, below + sums, width);
  const notes = channelsNote(of).map((text, i) =>
    label(0, below + sums + key.height + 11 + i * LINE, text, { anchor: 'start', ink: 'soft', size: 12 }),
  );
  const marks: Mark[] = [
    over(first, words.input),
    over(second, words.kernel),
    over(last, words.natural),
    ...cells(first, (row, column) => {
      const index = [row, column];
      const frame = frames.get(index.join());
      return {
        ...elementLook(numbers, index),
        place: { grid: 'input', index, ...(frame === undefined ? {} : { frame }) },
      };
    }),
    ...cells(second, (row, column) => tapLook(of, numbers, [row, column])),
    ...cells(last, (row, column) => ({
      ...naturalLook(of, numbers, [row, column]),
      place: { grid: 'natural', index: [row, column] },
    })),
    ...(outline === undefined
      ? []
      : [{ kind: 'box', ...outline, paint: null, line: 'ink', weight: 2 } as const]),
    ...scatterSettings(of).map((text, i) =>
      label(second.x + second.columns.length / 2, second.y + second.rows.length + 14 + i * 18, text, {
        ink: 'soft',
      }),
    ),
    sign(second, 1, '\u2217'),
    sign(third, 2, '\u2192'),
    sign(last, 3, '\u2192'),
    ...key.marks,
    ...notes,
  ];
  return {
    input: first,
    kernel: second,
    product: third,
    natural: last,
    width,
    below,
    height: below + sums + key.height + notes.length * LINE,
    marks,
  };
}

function pictured(
  of: Geometry,
  numbers: Numbers,
  base: Base,
  element: readonly number[] | undefined,
  chosen: Overlap | undefined,
): Pick<Picture, 'width' | 'height' | 'marks' | 'moving'> {
  const size = { width: base.width, height: base.height, marks: base.marks };
  if (element === undefined) return { ...size, moving: [] };
  const [row, column] = element as [number, number];
  const value = numbers.input(element);
  const { product: grid, natural } = base;
  const here = at(base.input, row, column);
  const [down, across] = of.axes as [Axis, Axis];
  const [top, left] = [row * down.inputDilation, column * across.inputDilation];
  const marks: Mark[] = [];
  if (here !== undefined)
    marks.push({
      kind: 'box',
      ...here,
      ...elementLook(numbers, element),
      paint: 'window',
      line: 'window',
      weight: 2.5,
      bold: true,
    });
  marks.push(
    label(grid.x + grid.columns.length / 2, grid.y - 14, say`${written(value)} \u00d7 kernel`, {
      ink: 'soft',
    }),
    ...cells(grid, (i, j) => ({
      paint: 'shown',
      bold: true,
      ...digits(written(value * weightOf(of, numbers, [i, j]))),
    })),
  );
  for (const i of base.kernel.rows.shown) {
    for (const j of base.kernel.columns.shown) {
      if (i === undefined || j === undefined) continue;
      const position = [top + i * down.dilation, left + j * across.dilation] as const;
      const where = at(natural, ...position);
      if (where === undefined) continue;
      const look = naturalLook(of, numbers, position);
      marks.push({ kind: 'box', ...where, ...look, paint: 'shown', bold: true });
    }
  }
  const [bottom, right] = [top + writesOf(down).extent, left + writesOf(across).extent];
  const box = around(natural, [top, left], [bottom, right]);
  if (box !== undefined) marks.push({ kind: 'box', ...box, paint: null, line: 'shown', weight: 2.5 });
  if (chosen !== undefined)
    marks.push(label(base.width / 2, base.below + 10, overlapWords(chosen), { mono: true }));
  return { ...size, moving: marks };
}
