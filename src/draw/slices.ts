// A layer of three axes, window by window: the input cut into slices side by side, the kernel's slices, and the output's.
//
//   input    depth -1   depth 0   depth 1            kernel   depth 0   depth 1        output   depth 0
//            . . . .    0 1 2 .   9 0 1 .                     0 1       4 5                     12 14
//            . . . .    3 4 5 .   2 3 4 .                     2 3       6 7                     20 22
//
// A window lies on several slices at once; each shows its part of it. At most six slices of a long axis are drawn.

import type { Geometry } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
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
import { along, GAP, type Track, track } from './grid.ts';
import { legend, wordsWidth } from './legend.ts';
import {
  inputLook,
  kernelLook,
  type Look,
  outputLook,
  outputLooks,
  readLook,
  roles,
  windowBox,
} from './looks.ts';
import { counting, LARGEST_WINDOW, type Numbers, type Reading, readings } from './numbers.ts';
import {
  type Box,
  CELL,
  type Figure,
  label,
  type Mark,
  type Picture,
  type Role,
  type Table,
} from './picture.ts';
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

const SIDE = 28;
const SLICES = 6;
const LIMIT = 7;
const HEAD = 20;
const BETWEEN = 22;
const POOL = 44;
/** The narrowest slice, for what stands over it. */
const NARROW = 50;

/** A layer of three axes, window by window. */
export function windowSlices(of: Geometry, options: WindowOptions = {}): Figure {
  const numbers = options.numbers ?? counting(of);
  const limit = options.limit ?? LIMIT;
  const around = (output: readonly number[]) =>
    sliced(lensOf(of, output, limit), lensOf(of, output, Math.min(limit, SLICES)));
  const [only] = options.together ?? [];
  const view =
    options.lens && only !== undefined
      ? around(only)
      : sliced(endsOf(of, limit), endsOf(of, Math.min(limit, SLICES)));
  const frames = options.together
    ? together(of, options.together)
    : options.lens
      ? allFrames(of)
      : drawnFrames(of, view);
  const count = frames.shape.reduce((all, size) => all * size, 1);
  const moves = options.lens === true && options.together === undefined;
  const steady = moves ? null : still(of, numbers, view, frames, limit, false);
  return {
    frames: Math.max(1, count),
    shape: count === 0 ? [1] : frames.shape,
    frame(index) {
      const outputs = frames.outputs(index);
      const base = steady ?? still(of, numbers, around(outputs[0] ?? [0, 0, 0]), frames, limit, true);
      return pictured(of, numbers, base, outputs);
    },
    source: options.source ?? printDrawing({ view: 'window', stacks: [[of]] }),
  };
}

/** Rows and columns of one view, slices of the other. */
function sliced(plane: View, deep: View): View {
  const cut = (planes: readonly Shown[], deeps: readonly Shown[]) => [deeps[0] as Shown, ...planes.slice(1)];
  return {
    inputs: cut(plane.inputs, deep.inputs),
    kernels: cut(plane.kernels, deep.kernels),
    outputs: cut(plane.outputs, deep.outputs),
  };
}

/** Slices side by side. */
interface Slab {
  readonly x: number;
  readonly y: number;
  readonly slices: Track;
  readonly rows: Track;
  readonly columns: Track;
  /** The width of slices that are left out. */
  readonly gap: number;
  readonly width: number;
  readonly height: number;
}

/** With a lens what is left out is as wide as what is drawn, so that every frame has one size. */
function slab(shown: readonly Shown[], x: number, y: number, lens: boolean): Slab {
  const [deep, down, across] = shown as [Shown, Shown, Shown];
  const [rows, columns] = [track(down, SIDE, SIDE), track(across, SIDE, SIDE)];
  const pitch = Math.max(columns.length, NARROW) + 14;
  const gap = lens ? pitch : GAP;
  const slices = track(deep, pitch, gap);
  return { x, y, slices, rows, columns, gap, width: slices.length, height: HEAD + rows.length };
}

/** The place of a cell; undefined where it is not drawn. */
function place(of: Slab, index: readonly number[]): Pick<Box, 'x' | 'y' | 'width' | 'height'> | undefined {
  const [deep, row, column] = index as [number, number, number];
  const [slice, top, left] = [of.slices.offset(deep), of.rows.offset(row), of.columns.offset(column)];
  if (slice === undefined || top === undefined || left === undefined) return undefined;
  return { x: of.x + slice + left, y: of.y + HEAD + top, width: SIDE, height: SIDE };
}

/** All cells of a slab, what stands over its slices, and dots for what is left out. */
function slabCells(of: Slab, look: (index: readonly number[]) => Look & Partial<Box>): Mark[] {
  const marks: Mark[] = [];
  const dot = (x: number, y: number, text: string) => label(x, y, text, { ink: 'soft', size: 15 });
  const middles = (one: Track) =>
    one.shown.flatMap((at) => (at === undefined ? [] : [(one.offset(at) as number) + SIDE / 2]));
  for (const deep of of.slices.shown) {
    if (deep === undefined) continue;
    const [x, y] = [of.x + (of.slices.offset(deep) as number), of.y + HEAD];
    marks.push(label(x + of.columns.length / 2, of.y + 8, say`depth ${deep}`, { ink: 'soft', size: 11 }));
    for (const row of of.rows.shown) {
      for (const column of of.columns.shown) {
        if (row === undefined || column === undefined) continue;
        const where = place(of, [deep, row, column]);
        if (where !== undefined) marks.push({ kind: 'box', ...where, ...small(look([deep, row, column])) });
      }
    }
    for (const gap of of.columns.gaps)
      marks.push(...middles(of.rows).map((top) => dot(x + gap + SIDE / 2, y + top, '\u22ef')));
    for (const gap of of.rows.gaps)
      marks.push(...middles(of.columns).map((left) => dot(x + left, y + gap + SIDE / 2, '\u22ee')));
  }
  const middle = of.y + HEAD + of.rows.length / 2;
  return [...marks, ...of.slices.gaps.map((gap) => dot(of.x + gap + of.gap / 2 - 7, middle, '\u22ef'))];
}

/** Text that fits a smaller cell. */
function small<Any extends Partial<Box>>(look: Any): Any {
  return look.size === undefined ? look : { ...look, size: Math.min(12, look.size * 0.9) };
}

/** What all frames share. */
interface Base {
  readonly view: View;
  readonly input: Slab;
  readonly kernel: Slab;
  readonly output: Slab;
  readonly left: number;
  readonly width: number;
  readonly below: number;
  readonly height: number;
  /** Whether the arithmetic has a line for each row of the kernel. */
  readonly rows: boolean;
  readonly marks: readonly Mark[];
  readonly tables: readonly Table[];
}

function still(
  of: Geometry,
  numbers: Numbers,
  view: View,
  frames: Frames,
  limit: number,
  lens: boolean,
): Base {
  const words = captions(of);
  const left =
    Math.ceil(Math.max(...[words.input, words.kernel, words.output].map((text) => wordsWidth(text, 13)))) +
    20;
  const isConv = of.operation === 'conv';
  const input = slab(view.inputs, left, 0, lens);
  const kernel = slab(view.kernels, left, input.height + BETWEEN, false);
  const kernelHeight = of.operation === 'pad' ? -BETWEEN : isConv ? kernel.height : POOL;
  const output = slab(view.outputs, left, kernel.y + kernelHeight + BETWEEN, lens);
  const empty = emptiness(of);
  const width = Math.max(
    left + Math.max(input.width, isConv ? kernel.width : 0, output.width),
    320,
    empty === undefined ? 0 : left + wordsWidth(empty, 13),
  );
  const head = (y: number, height: number, texts: readonly Text[]) =>
    texts.map((text, i) =>
      label(left - 16, y + height / 2 + (i - (texts.length - 1) / 2) * 17, text, {
        anchor: 'end',
        ink: 'soft',
      }),
    );
  const answer = outputLooks(of, numbers, view.outputs);
  const marks: Mark[] = [
    ...head(HEAD + input.y, input.rows.length, [words.input]),
    ...slabCells(input, (index) => ({
      ...inputLook(of, numbers, index),
      place: { grid: 'input', index },
    })),
    ...head(HEAD + output.y, Math.max(CELL, output.rows.length), [words.output]),
    ...slabCells(output, (index) => {
      const frame = frames.of(index);
      return {
        ...answer(index),
        place: { grid: 'output', index, ...(frame === undefined ? {} : { frame }) },
      };
    }),
  ];
  if (isConv)
    marks.push(
      ...head(HEAD + kernel.y, kernel.rows.length, [words.kernel, ...settings(of)]),
      ...slabCells(kernel, (index) => kernelLook(of, numbers, index)),
    );
  else if (of.operation !== 'pad') {
    const text = of.operation === 'max' ? 'max' : 'mean';
    marks.push(...head(kernel.y, POOL, [words.kernel, ...settings(of)]), {
      kind: 'box',
      x: left,
      y: kernel.y + 6,
      width: 64,
      height: 32,
      paint: 'kernel',
      text,
    });
  }
  if (empty !== undefined)
    marks.push(label(left, HEAD + output.y + CELL / 2, empty, { anchor: 'start', ink: 'ink' }));
  const below = output.y + Math.max(HEAD + CELL, output.height) + 14;
  const room = arithmeticRoom(of, numbers, frames);
  const lines = room.lines === 0 ? 0 : room.lines * LINE + 12;
  const key = legend(signs(of, endsOf(of, limit)), 0, below + lines, width);
  const notes = channelsNote(of).map((text, i) =>
    label(0, below + lines + key.height + 11 + i * LINE, text, { anchor: 'start', ink: 'soft', size: 12 }),
  );
  return {
    view,
    input,
    kernel,
    output,
    left,
    width,
    below,
    height: below + lines + key.height + notes.length * LINE,
    rows: room.rows,
    marks: [...marks, ...key.marks, ...notes],
    tables: tables(of, numbers, view, answer),
  };
}

function taps(of: Geometry): number {
  return of.axes.reduce((product, { kernel }) => product * kernel, 1);
}

function pictured(
  of: Geometry,
  numbers: Numbers,
  base: Base,
  outputs: readonly (readonly number[])[],
): Picture {
  const read = outputs.map((output) => (taps(of) > LARGEST_WINDOW ? [] : readings(of, numbers, output)));
  const moving: Mark[] = [];
  let line = 0;
  for (const [i, output] of outputs.entries()) {
    const [window, shown] = roles(i, outputs.length);
    moving.push(...windowMarks(of, base.input, output, read[i] ?? [], window));
    const where = place(base.output, output);
    if (where !== undefined)
      moving.push({
        kind: 'box',
        ...where,
        ...small(outputLook(of, numbers, output)),
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

/** What a window reads, slice by slice, in its outline. */
function windowMarks(
  of: Geometry,
  input: Slab,
  output: readonly number[],
  read: readonly Reading[],
  role: Role,
): Mark[] {
  const [from, to] = windowBox(of, output) as [[number, number, number], [number, number, number]];
  const marks: Mark[] = [];
  for (const reading of read) {
    const where = place(input, reading.position);
    if (where === undefined) continue;
    const index = reading.position;
    marks.push({ kind: 'box', ...where, ...small(readLook(reading, role)), place: { grid: 'input', index } });
  }
  const [down, across] = [along(input.rows, from[1], to[1]), along(input.columns, from[2], to[2])];
  if (down === undefined || across === undefined) return marks;
  for (const deep of input.slices.shown) {
    if (deep === undefined || deep < from[0] || deep >= to[0]) continue;
    if ((deep - from[0]) % (of.axes[0]?.dilation ?? 1) !== 0) continue;
    marks.push({
      kind: 'box',
      x: input.x + (input.slices.offset(deep) ?? 0) + across[0],
      y: input.y + HEAD + down[0],
      // A track measures to the end of a grid's cell; these are smaller.
      width: across[1] - across[0] - CELL + SIDE,
      height: down[1] - down[0] - CELL + SIDE,
      paint: null,
      line: role,
      weight: 2.5,
    });
  }
  return marks;
}

function tables(
  of: Geometry,
  numbers: Numbers,
  view: View,
  answer: (index: readonly number[]) => Look,
): Table[] {
  const words = captions(of);
  const each = (
    caption: Text,
    shown: readonly Shown[],
    look: (index: readonly number[]) => Look,
  ): Table[] => {
    const [deep, rows, columns] = shown as [Shown, Shown, Shown];
    if (deep.length === 0) return [{ caption, head: [''], rows: [] }];
    return deep.flatMap((at) =>
      at === undefined
        ? []
        : [tableOf(say`${caption}, depth ${at}`, rows, columns, (row, column) => look([at, row, column]))],
    );
  };
  return [
    ...each(words.input, view.inputs, (index) => inputLook(of, numbers, index)),
    ...(of.operation === 'conv'
      ? each(words.kernel, view.kernels, (index) => kernelLook(of, numbers, index))
      : []),
    ...each(words.output, view.outputs, answer),
  ];
}
