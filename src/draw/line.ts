// A layer of one axis, window by window: the input as a strip, the kernel under the positions it lies on, and the output
// under the middle of its window, so that what feeds it is a short fan of lines.
//
//   -2 -1  0  1  2  3              0*0 + 0*1 + 0*2 = 0
//   [0  0  0] 1  2  3    input
//    0  1  2             kernel
//     \ | /
//       0  ...           output    causal: output t reads nothing after t

import { type Axis, extent, type Geometry, start } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import {
  arithmeticOf,
  captions,
  channelsNote,
  described,
  emptiness,
  settings,
  signs,
  titled,
} from './caption.ts';
import { printDrawing } from './drawing.ts';
import { drawn, gapped, windowsOf } from './drawn.ts';
import { along, GAP, type Track, track } from './grid.ts';
import { type Entry, legend, wordsWidth } from './legend.ts';
import { inputLook, kernelLook, type Look, outputLook, outputLooks, roles } from './looks.ts';
import { counting, LARGEST_WINDOW, type Numbers, type Reading, readings } from './numbers.ts';
import {
  CELL,
  cell,
  type Figure,
  type Label,
  label,
  type Mark,
  type Picture,
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

const INPUT = 18;
const KERNEL = INPUT + CELL + 12;
const OUTPUT = KERNEL + CELL + 46;
const BELOW = OUTPUT + CELL + 22;
const LINE = 21;
/** The smallest width of the whole, for its words. */
const NARROWEST = 300;

/** A layer of one axis, window by window. */
export function windowLine(of: Geometry, options: WindowOptions = {}): Figure {
  const numbers = options.numbers ?? counting(of);
  const view = under(
    of,
    options.lens ? lensOf(of, options.together?.[0] ?? [0], options.limit) : endsOf(of, options.limit),
  );
  const frames = options.together
    ? together(of, options.together)
    : options.lens
      ? allFrames(of)
      : drawnFrames(of, view);
  const steady = options.lens && !options.together ? null : still(of, numbers, view, frames);
  const count = frames.shape.reduce((all, size) => all * size, 1);
  return {
    frames: Math.max(1, count),
    shape: count === 0 ? [1] : frames.shape,
    frame(index) {
      const outputs = frames.outputs(index);
      const base =
        steady ?? still(of, numbers, under(of, lensOf(of, outputs[0] ?? [0], options.limit)), frames);
      return pictured(of, numbers, base, outputs);
    },
    source: options.source ?? printDrawing({ view: 'window', stacks: [[of]] }),
  };
}

/** What all frames share. */
interface Base {
  readonly view: View;
  /** Where the strips begin; the names of the rows stand before. */
  readonly left: number;
  readonly input: Track;
  /** Where an output's cell begins; undefined where it is not drawn. */
  readonly output: (o: number) => number | undefined;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly tables: readonly Table[];
}

const only = (of: Geometry): Axis => of.axes[0] as Axis;

/** A view whose outputs are those with all of their window drawn; where a window is too long for that, as it was. */
function under(of: Geometry, view: View): View {
  const windows = windowsOf(only(of));
  const whole = drawn(windows, view.inputs[0] as Shown);
  return whole.length === 0 ? view : { ...view, outputs: [gapped(whole, windows.count)] };
}

function still(of: Geometry, numbers: Numbers, view: View, frames: Frames): Base {
  const axis = only(of);
  const [inputs, outputs] = [view.inputs[0] as Shown, view.outputs[0] as Shown];
  const words = captions(of);
  const names = [words.input, ...kernelNames(of), words.output];
  const left = Math.ceil(Math.max(...names.map((name) => wordsWidth(name, 13)))) + 20;
  const input = track(inputs);
  const { length, output, dots } = placed(axis, input, outputs);
  const head = (y: number, text: Text) => label(left - 16, y, text, { anchor: 'end', ink: 'soft' });
  const index = (x: number, y: number, text: string) =>
    label(x + CELL / 2, y, text, { ink: 'soft', size: 10 });
  const drawnInputs = inputs.flatMap((position) => {
    const x = position === undefined ? undefined : input.offset(position);
    return position === undefined || x === undefined ? [] : [{ position, x: left + x }];
  });
  const drawnOutputs = outputs.flatMap((o) => {
    const x = o === undefined ? undefined : output(o);
    return o === undefined || x === undefined ? [] : [{ o, x: left + x }];
  });
  const answer = outputLooks(of, numbers, view.outputs);
  const empty = emptiness(of);
  const note = causal(of);
  const width = Math.max(
    left + Math.max(input.length, length),
    NARROWEST,
    empty === undefined ? 0 : left + wordsWidth(empty, 13),
    note === undefined ? 0 : wordsWidth(note, 13) + 8,
  );
  const arithmetic = arithmeticOf(of, readOf(of, numbers, frames.outputs(0)[0])).length > 0;
  const lines = arithmetic ? Math.max(1, frames.outputs(0).length) : 0;
  const key = legend(entries(of), 0, BELOW + lines * LINE + (lines > 0 ? 12 : 0), width);
  const below = BELOW + lines * LINE + (lines > 0 ? 12 : 0) + key.height;
  const notes = [...(note === undefined ? [] : [note]), ...channelsNote(of)].map((text, i) =>
    label(0, below + 11 + i * LINE, text, { anchor: 'start', ink: 'soft', size: 12 }),
  );
  const marks: Mark[] = [
    head(INPUT + CELL / 2, words.input),
    ...kernelNames(of).map((text, i, all) => head(KERNEL + CELL / 2 + (i - (all.length - 1) / 2) * 17, text)),
    head(OUTPUT + CELL / 2, words.output),
    ...drawnInputs.map(({ position, x }) => index(x, INPUT - 9, String(position))),
    ...drawnInputs.map(({ position, x }) =>
      cell(x, INPUT, null, {
        ...inputLook(of, numbers, [position]),
        place: { grid: 'input', index: [position] },
      }),
    ),
    ...dotted(left, INPUT, input.gaps),
    ...drawnOutputs.map(({ o, x }) => {
      const frame = frames.of([o]);
      const place = { grid: 'output', index: [o], ...(frame === undefined ? {} : { frame }) };
      return cell(x, OUTPUT, null, { ...answer([o]), place });
    }),
    ...drawnOutputs.map(({ o, x }) => index(x, OUTPUT + CELL + 9, String(o))),
    ...dotted(left, OUTPUT, dots),
    ...(empty === undefined ? [] : [label(left, OUTPUT + CELL / 2, empty, { anchor: 'start' })]),
    ...key.marks,
    ...notes,
  ];
  return {
    view,
    left,
    input,
    output,
    width,
    height: below + notes.length * LINE,
    marks,
    tables: tables(of, numbers, view, answer),
  };
}

/** Where the outputs lie: under the middle of their windows, or one beside the other where those are not wholly drawn. */
function placed(
  axis: Axis,
  input: Track,
  outputs: Shown,
): { readonly length: number; readonly output: Base['output']; readonly dots: readonly number[] } {
  const under = (o: number) => {
    const from = start(axis, o);
    const [first, last] = [input.offset(from), input.offset(from + extent(axis) - 1)];
    return first === undefined || last === undefined ? undefined : (first + last) / 2;
  };
  const numbers = outputs.filter((o): o is number => o !== undefined);
  const whole = numbers.every((o) => {
    const from = start(axis, o);
    const [first, last] = [input.offset(from), input.offset(from + extent(axis) - 1)];
    return first !== undefined && last !== undefined && last - first === (extent(axis) - 1) * CELL;
  });
  if (whole) return { length: 0, output: under, dots: outputs.includes(undefined) ? input.gaps : [] };
  const packed = track(outputs);
  return { length: packed.length, output: packed.offset, dots: packed.gaps };
}

function dotted(left: number, y: number, gaps: readonly number[]): Label[] {
  return gaps.map((gap) => label(left + gap + GAP / 2, y + CELL / 2, '\u22ef', { ink: 'soft', size: 16 }));
}

/** What stands before the kernel's row. */
function kernelNames(of: Geometry): Text[] {
  return of.operation === 'pad' ? settings(of) : [captions(of).kernel, ...settings(of)];
}

/** The signs of the ends of an axis hold for every frame, so that all have one size. */
function entries(of: Geometry): Entry[] {
  const view = endsOf(of);
  return only(of).dilation > 1 && only(of).kernel > 1
    ? [...signs(of, view), { box: { paint: 'gap' }, text: say`skipped by dilation` }]
    : signs(of, view);
}

/** That no output reads what comes after it, where that is so. */
function causal(of: Geometry): Text | undefined {
  const axis = only(of);
  const { kernel, stride, before, inputDilation, fillBefore } = axis;
  const copied = fillBefore === 'reflect' || fillBefore === 'symmetric' || fillBefore === 'wrap';
  if (kernel === 1 || inputDilation > 1 || copied || before < extent(axis) - 1) return undefined;
  return stride === 1
    ? say`Causal: output t reads nothing after t`
    : say`Causal: output t reads nothing after ${stride}t`;
}

function readOf(of: Geometry, numbers: Numbers, output: readonly number[] | undefined): readonly Reading[] {
  return output === undefined || only(of).kernel > LARGEST_WINDOW ? [] : readings(of, numbers, output);
}

function pictured(
  of: Geometry,
  numbers: Numbers,
  base: Base,
  outputs: readonly (readonly number[])[],
): Picture {
  const read = outputs.map((output) => readOf(of, numbers, output));
  const moving = outputs.flatMap((output, i) => {
    const [window, shown] = roles(i, outputs.length);
    const marks = fan(of, numbers, base, output[0] ?? 0, { window, shown, alone: outputs.length === 1 });
    const lines = arithmeticOf(of, read[i] ?? []).slice(0, 1);
    return [
      ...marks,
      ...lines.map((text) =>
        label(base.left / 2 + base.width / 2, BELOW + 10 + LINE * i, text, {
          mono: true,
          ink: outputs.length > 1 ? shown : 'ink',
        }),
      ),
    ];
  });
  const note = causal(of);
  const words = described(of, outputs, read);
  return {
    width: base.width,
    height: base.height,
    marks: base.marks,
    moving,
    title: titled(of),
    description: note === undefined ? words : say`${words} ${note}.`,
    tables: base.tables,
  };
}

/** One window: what it reads, the kernel under it, lines down to its output. */
function fan(
  of: Geometry,
  numbers: Numbers,
  { left, input, output, view }: Base,
  o: number,
  {
    window,
    shown,
    alone,
  }: { window: ReturnType<typeof roles>[0]; shown: ReturnType<typeof roles>[1]; alone: boolean },
): Mark[] {
  const axis = only(of);
  const from = start(axis, o);
  const inside = (view.inputs[0] as Shown).filter(
    (position): position is number =>
      position !== undefined && position >= from && position < from + extent(axis),
  );
  const x = (position: number) => left + (input.offset(position) ?? 0);
  const taps = inside.filter((position) => (position - from) % axis.dilation === 0);
  const box = along(input, from, from + extent(axis));
  const target = output(o);
  const withKernel = alone && of.operation !== 'pad';
  const top = withKernel ? KERNEL + CELL : INPUT + CELL;
  const marks: Mark[] = [
    ...inside.map((position) =>
      taps.includes(position)
        ? cell(x(position), INPUT, null, {
            ...tapLook(of, numbers, position, window),
            place: { grid: 'input', index: [position] },
          })
        : cell(x(position), INPUT, null, {
            ...inputLook(of, numbers, [position]),
            paint: 'gap',
            hatched: false,
          }),
    ),
  ];
  if (box !== undefined) {
    const [low, high] = box;
    const outline = {
      kind: 'box',
      x: left + low,
      width: high - low,
      height: CELL,
      paint: null,
      weight: 2.5,
    } as const;
    marks.push({ ...outline, y: INPUT, line: window });
    if (withKernel && of.operation !== 'conv') {
      const text = of.operation === 'max' ? 'max' : 'mean';
      marks.push({
        ...outline,
        y: KERNEL,
        paint: 'kernel',
        weight: 1,
        text,
        size: Math.min(13, (high - low) / 2.6),
      });
    }
    if (withKernel && of.operation === 'conv') {
      if (taps.length < axis.kernel) {
        const inside = input.gaps.filter((gap) => gap >= low && gap <= high);
        marks.push(...dotted(left, KERNEL, inside));
      }
      if (axis.dilation > 1)
        marks.push({
          kind: 'line',
          points: [
            [left + low + CELL / 2, KERNEL + CELL / 2],
            [left + high - CELL / 2, KERNEL + CELL / 2],
          ],
          ink: 'kernel',
        });
      for (const position of taps)
        marks.push(
          cell(x(position), KERNEL, null, kernelLook(of, numbers, [(position - from) / axis.dilation])),
        );
    }
  }
  if (target === undefined) return marks;
  const middle = left + target + CELL / 2;
  const ends =
    of.operation === 'conv' || box === undefined ? taps.map(x) : [left + (box[0] + box[1] - CELL) / 2];
  for (const end of ends)
    marks.push({
      kind: 'line',
      points: [
        [end + CELL / 2, top],
        [middle, OUTPUT],
      ],
      ink: alone ? (of.operation === 'pad' ? 'soft' : 'kernel') : shown,
      weight: 1.2,
    });
  marks.push(
    cell(left + target, OUTPUT, null, {
      ...outputLook(of, numbers, [o]),
      paint: shown,
      line: shown,
      weight: 2.5,
      bold: true,
    }),
  );
  return marks;
}

function tapLook(of: Geometry, numbers: Numbers, position: number, role: ReturnType<typeof roles>[0]): Look {
  const plain = inputLook(of, numbers, [position]);
  return { ...plain, paint: role, hatched: false, bold: true };
}

function tables(of: Geometry, numbers: Numbers, view: View, answer: ReturnType<typeof outputLooks>): Table[] {
  const words = captions(of);
  const table = (caption: Text, head: Text, shown: Shown, look: (at: number) => Look): Table => ({
    caption,
    head: [head, ...shown.map((one) => (one === undefined ? '\u2026' : String(one)))],
    rows: [[say`value`, ...shown.map((one) => (one === undefined ? '\u2026' : (look(one).text ?? '')))]],
  });
  const [inputs, kernels, outputs] = [view.inputs[0], view.kernels[0], view.outputs[0]] as [
    Shown,
    Shown,
    Shown,
  ];
  return [
    table(words.input, say`position`, inputs, (at) => inputLook(of, numbers, [at])),
    ...(of.operation === 'conv'
      ? [table(words.kernel, say`tap`, kernels, (at) => kernelLook(of, numbers, [at]))]
      : []),
    table(words.output, say`output index`, outputs, (at) => answer([at])),
  ];
}
