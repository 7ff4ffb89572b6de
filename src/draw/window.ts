// The figure of every textbook, for any layer: the padded input, the kernel, the output, and one window with its arithmetic.
//
//     input                     kernel      output
//   . 0 0 0 . .      *   0 1   =   0  3  8
//   [0 1] 2                  2 3       9 19 25        0*0 + 0*1 + 0*2 + 0*3 = 0
//
// A frame shows one output, or several at once in their own colours. This is the grid of two axes.

import type { Geometry } from '../geometry/index.ts';
import { arithmeticMarks, arithmeticRoom, LINE } from './arithmetic.ts';
import {
  arithmeticOf,
  captions,
  channelsNote,
  described,
  emptiness,
  settings,
  signs,
  tableOf,
  titled,
} from './caption.ts';
import { printDrawing } from './drawing.ts';
import { around, at, cells, type Grid, type Track, track } from './grid.ts';
import { legend, wordsWidth } from './legend.ts';
import { inputLook, kernelLook, outputLook, outputLooks, readLook, roles, windowBox } from './looks.ts';
import { counting, LARGEST_WINDOW, type Numbers, readings, written } from './numbers.ts';
import { CELL, type Figure, type Label, label, type Mark, type Picture } from './picture.ts';
import type { Shown } from './shown.ts';
import {
  allFrames,
  drawnFrames,
  endsOf,
  type Frames,
  lensOf,
  together,
  type View,
  type WindowOptions,
} from './view.ts';

const HEAD = 28;
/** Room for the positions' numbers beside a grid that leaves some out. */
const INDEX = 22;
const BETWEEN = 48;
/** The smallest width of the whole, for its words. */
const NARROWEST = 300;

/** A layer of two axes, window by window. */
export function windowGrid(of: Geometry, options: WindowOptions = {}): Figure {
  const numbers = options.numbers ?? counting(of);
  const view = options.lens ? lensOf(of, [0, 0], options.limit) : endsOf(of, options.limit);
  const frames = options.together
    ? together(of, options.together)
    : options.lens
      ? allFrames(of)
      : drawnFrames(of, view);
  const steady = options.lens ? null : still(of, numbers, view, frames);
  const count = frames.shape.reduce((all, size) => all * size, 1);
  return {
    frames: Math.max(1, count),
    shape: count === 0 ? [1] : frames.shape,
    frame(index) {
      const outputs = frames.outputs(index);
      const base = steady ?? still(of, numbers, lensOf(of, outputs[0] ?? [0, 0], options.limit), frames);
      return pictured(of, numbers, base, outputs);
    },
    source: options.source ?? printDrawing({ view: 'window', stacks: [[of]] }),
  };
}

/** What all frames share: the panels and their places. */
interface Base {
  readonly view: View;
  readonly input: Grid;
  readonly kernel: Grid;
  readonly output: Grid;
  readonly width: number;
  /** Where the arithmetic begins. */
  readonly below: number;
  readonly height: number;
  /** Whether the arithmetic has a line for each row of the kernel. */
  readonly rows: boolean;
  readonly marks: readonly Mark[];
  readonly tables: Picture['tables'];
}

function still(of: Geometry, numbers: Numbers, view: View, frames: Frames): Base {
  const tracks = (shown: readonly Shown[]) => shown.map((one) => track(one)) as [Track, Track];
  const [input, kernel, output] = [tracks(view.inputs), tracks(view.kernels), tracks(view.outputs)];
  const words = captions(of);
  const space = (grid: readonly [Track, Track], text: Label['text']) =>
    Math.max(grid[1].length, Math.ceil(wordsWidth(text, 13)));
  const [inputIndex, outputIndex] = [view.inputs, view.outputs].map((shown) =>
    shown.some((one) => one.includes(undefined)) ? INDEX : 0,
  ) as [number, number];
  const inputRoom = space(input, words.input) + inputIndex;
  const kernelRoom = of.operation === 'pad' ? 0 : space(kernel, words.kernel);
  const outputRoom = space(output, words.output) + outputIndex;
  const head = HEAD + Math.max(inputIndex, outputIndex);
  const tall = Math.max(input[0].length, kernel[0].length, output[0].length, CELL);
  const place = (grid: readonly [Track, Track], x: number, wide: number, index = 0): Grid => ({
    x: x + index + (wide - index - grid[1].length) / 2,
    y: head + (tall - grid[0].length) / 2,
    rows: grid[0],
    columns: grid[1],
  });
  const [kernelAt, sign] = [inputRoom + BETWEEN, inputRoom + BETWEEN / 2];
  const outputAt = kernelRoom === 0 ? inputRoom + BETWEEN : kernelAt + kernelRoom + BETWEEN;
  const grids = {
    input: place(input, 0, inputRoom, inputIndex),
    kernel: place(kernel, kernelAt, kernelRoom),
    output: place(output, outputAt, outputRoom, outputIndex),
  };
  const width = Math.max(outputAt + outputRoom, NARROWEST);
  const middle = head + tall / 2;
  const isConv = of.operation === 'conv';
  const answer = outputLooks(of, numbers, view.outputs);
  const over = ({ x, y, columns }: Grid, text: Label['text'], index = 0) =>
    label(x + columns.length / 2, y - 14 - index, text, { ink: 'soft' });
  const marks: Mark[] = [
    over(grids.input, words.input, inputIndex),
    over(grids.output, words.output, outputIndex),
    ...(inputIndex > 0 ? indices(grids.input) : []),
    ...(outputIndex > 0 ? indices(grids.output) : []),
    ...cells(grids.input, (row, column) => ({
      ...inputLook(of, numbers, [row, column]),
      place: { grid: 'input', index: [row, column] },
    })),
    ...cells(grids.output, (row, column) => {
      const frame = frames.of([row, column]);
      const index = [row, column];
      return {
        ...answer(index),
        place: { grid: 'output', index, ...(frame === undefined ? {} : { frame }) },
      };
    }),
  ];
  if (kernelRoom > 0) {
    marks.push(
      over(grids.kernel, words.kernel),
      ...(isConv
        ? cells(grids.kernel, (row, column) => kernelLook(of, numbers, [row, column]))
        : pooled(grids.kernel, of)),
      ...settings(of).map((text, i) =>
        label(kernelAt + kernelRoom / 2, grids.kernel.y + kernel[0].length + 14 + i * 18, text, {
          ink: 'soft',
        }),
      ),
      label(sign, middle, isConv ? '\u2217' : '\u2192', { size: 20, ink: 'soft' }),
      label(outputAt - BETWEEN / 2, middle, isConv ? '=' : '\u2192', { size: 20, ink: 'soft' }),
    );
  } else marks.push(label(sign, middle, '\u2192', { size: 20, ink: 'soft' }));
  const empty = emptiness(of);
  if (empty !== undefined) marks.push(label(outputAt, middle + 12, empty, { anchor: 'start', ink: 'ink' }));
  const underKernel = kernelRoom === 0 ? 0 : grids.kernel.y + kernel[0].length + 8 + settings(of).length * 18;
  const below = Math.max(head + tall, underKernel) + 12;
  const room = arithmeticRoom(of, numbers, frames);
  const lines = room.lines === 0 ? 0 : room.lines * LINE + 12;
  // The signs of the ends hold for every frame of a lens, so that all have one size.
  const key = legend(signs(of, endsOf(of)), 0, below + lines, width);
  const notes = channelsNote(of).map((text, i) =>
    label(0, below + lines + key.height + 11 + i * LINE, text, { anchor: 'start', ink: 'soft', size: 12 }),
  );
  return {
    view,
    ...grids,
    width: empty === undefined ? width : Math.max(width, outputAt + wordsWidth(empty, 13)),
    below,
    height: below + lines + key.height + notes.length * LINE,
    rows: room.rows,
    marks: [...marks, ...key.marks, ...notes],
    tables: tables(of, numbers, view, answer),
  };
}

/** The numbers of the rows and columns drawn. */
function indices({ x, y, rows, columns }: Grid): Mark[] {
  const numbered = (track: Track) => track.shown.filter((one): one is number => one !== undefined);
  return [
    ...numbered(columns).map((at) =>
      label(x + (columns.offset(at) as number) + CELL / 2, y - 10, String(at), {
        ink: 'soft',
        size: 10,
        mono: true,
      }),
    ),
    ...numbered(rows).map((at) =>
      label(x - 6, y + (rows.offset(at) as number) + CELL / 2, String(at), {
        ink: 'soft',
        size: 10,
        mono: true,
        anchor: 'end',
      }),
    ),
  ];
}

/** A pooling's window: one box that says what it does. */
function pooled({ x, y, rows, columns }: Grid, of: Geometry): Mark[] {
  return [
    {
      kind: 'box',
      x,
      y,
      width: columns.length,
      height: rows.length,
      paint: 'kernel',
      text: of.operation === 'max' ? 'max' : 'mean',
      size: Math.min(13, columns.length / 2.6),
    },
  ];
}

function readOf(of: Geometry, numbers: Numbers, output: readonly number[]): ReturnType<typeof readings> {
  const taps = of.axes.reduce((product, { kernel }) => product * kernel, 1);
  return taps > LARGEST_WINDOW ? [] : readings(of, numbers, output);
}

function pictured(
  of: Geometry,
  numbers: Numbers,
  base: Base,
  outputs: readonly (readonly number[])[],
): Picture {
  const read = outputs.map((output) => readOf(of, numbers, output));
  const moving: Mark[] = [];
  let line = 0;
  for (const [i, output] of outputs.entries()) {
    const [window, shown] = roles(i, outputs.length);
    const [from, to] = windowBox(of, output) as [[number, number], [number, number]];
    const gapped = of.axes.some(({ dilation }) => dilation > 1);
    const box = around(base.input, from, to);
    if (gapped && box !== undefined) moving.push(...gaps(of, numbers, base.input, from, to));
    for (const reading of read[i] ?? []) {
      const [row, column] = reading.position as [number, number];
      const place = at(base.input, row, column);
      if (place === undefined) continue;
      moving.push({
        kind: 'box',
        ...place,
        ...readLook(reading, window),
        place: { grid: 'input', index: [row, column] },
      });
      if (of.operation === 'conv' && written(reading.value).length <= 2)
        moving.push(weightMark(place.x, place.y, reading.weight));
    }
    if (box !== undefined) moving.push({ kind: 'box', ...box, paint: null, line: window, weight: 2.5 });
    const [row, column] = output as [number, number];
    const place = at(base.output, row, column);
    if (place !== undefined)
      moving.push({
        kind: 'box',
        ...place,
        ...outputLook(of, numbers, output),
        paint: shown,
        line: shown,
        weight: 2.5,
        bold: true,
      });
    const lines = arithmeticOf(of, read[i] ?? [], base.rows);
    const ink = outputs.length > 1 ? shown : 'ink';
    moving.push(...arithmeticMarks(lines, base.width / 2, base.below + 10 + LINE * line, ink));
    line += lines.length;
  }
  return {
    width: base.width,
    height: base.height,
    marks: base.marks,
    moving,
    title: titled(of),
    description: described(of, outputs, read),
    tables: base.tables,
  };
}

/** The weight a cell is multiplied by, in its corner. */
function weightMark(x: number, y: number, weight: number): Mark {
  const text = written(weight);
  return label(x + CELL - 3, y + CELL - 6, text.length > 3 ? '' : text, {
    anchor: 'end',
    ink: 'kernel',
    size: 8.5,
    mono: true,
    bold: true,
  });
}

/** What a dilated window covers and does not read. */
function gaps(
  of: Geometry,
  numbers: Numbers,
  grid: Grid,
  [top, left]: readonly [number, number],
  [bottom, right]: readonly [number, number],
): Mark[] {
  const inside = (track: Track, from: number, to: number) =>
    track.shown.filter((one): one is number => one !== undefined && one >= from && one < to);
  return inside(grid.rows, top, bottom).flatMap((row) =>
    inside(grid.columns, left, right).flatMap((column): Mark[] => {
      const place = at(grid, row, column);
      return place === undefined
        ? []
        : [{ kind: 'box', ...place, ...inputLook(of, numbers, [row, column]), paint: 'gap', hatched: false }];
    }),
  );
}

type Pair = readonly [Shown, Shown];

function tables(
  of: Geometry,
  numbers: Numbers,
  view: View,
  answer: ReturnType<typeof outputLooks>,
): Picture['tables'] {
  const words = captions(of);
  const [[rows, columns], [taps, tapsAcross], [down, across]] = [
    view.inputs,
    view.kernels,
    view.outputs,
  ] as unknown as [Pair, Pair, Pair];
  const grids = [tableOf(words.input, rows, columns, (row, column) => inputLook(of, numbers, [row, column]))];
  if (of.operation === 'conv') {
    grids.push(
      tableOf(words.kernel, taps, tapsAcross, (row, column) => kernelLook(of, numbers, [row, column])),
    );
  }
  return [...grids, tableOf(words.output, down, across, (row, column) => answer([row, column]))];
}
