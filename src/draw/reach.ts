// The receptive field through a stack, along one axis: every step's input as a row of cells, each where it looks on the input,
// and what one output reads of every row, with lines from each row's part to what its windows cover of the row below.
//
//   output              [0]   (1)   [2]                     x of element i = centre of the step's element 0
//                          /   \                                             + i * jump
//   after layer 1  [0] [1] [2] [3] [4]
//                      /         \
//   input          0 1 2 3 4 5 6 7 8 9
//
// Long rows show what lies around the field; where the field itself is long, rows are bars.
// Source: Araujo, Norris, Sim, "Computing receptive fields of CNNs", Distill 2019.

import { type Axis, type Geometry, out } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { shortened } from './caption.ts';
import { direction, nothing, rangeWords, rankOf, stepWords } from './direction.ts';
import { printDrawing } from './drawing.ts';
import { wordsWidth } from './legend.ts';
import { written } from './numbers.ts';
import { type Figure, label, type Mark, type Picture, still, type Table } from './picture.ts';
import { type Layout, layoutOf, type Row, viewAt } from './reach/layout.ts';
import { type Look, looksOf } from './reach/looks.ts';
import { coneMarks, readMarks, rowMarks } from './reach/marks.ts';
import { centreOf, told as outputWords } from './reach/words.ts';
import { range } from './shown.ts';

/** How a receptive field is drawn. */
export interface ReachOptions {
  /** The axis that is drawn, 0 to rank - 1; the last unless said. */
  readonly axis?: number;
  /** What the steps are called, first step first. */
  readonly names?: readonly Text[];
  /** Of many outputs the frames are those around this one; the first ones unless said. */
  readonly around?: number;
  /** What opens the figure again; made from the problem strings unless said. */
  readonly source?: string;
}

/** The field of each output of a stack along one axis; a frame shows one output. */
export function reachFigure(steps: readonly Geometry[], options: ReachOptions = {}): Figure {
  const rank = rankOf(steps);
  const index = Math.max(0, Math.min(rank - 1, options.axis ?? rank - 1));
  const axes = direction(steps, index);
  const opens =
    options.source ??
    printDrawing({
      view: 'reach',
      stacks: [steps],
      ...(options.axis === undefined ? {} : { axis: options.axis }),
    });
  const layout = axes.length === 0 ? null : layoutOf(axes, options.names ?? []);
  if (layout === null) return still(saying(say`These steps are too large to be drawn.`), opens);
  const outputs = framesOf(out(axes.at(-1) as Axis), options.around);
  const panned = layout.whole.high - layout.whole.low > layout.drawn;
  const first = viewAt(layout, layout.whole.low);
  const fixed = [
    ...furniture(layout, axes, options.names ?? []),
    ...(panned ? [] : rowsOf(layout).flatMap((row) => rowMarks(layout, first, row))),
  ];
  const columns = factsRight(layout, axes, outputs);
  const shared = { width: Math.ceil(columns + 4), height: layout.bottom + 14 + 2 * LINE, marks: fixed };
  const title = titleOf(axes.length);
  if (outputs.length === 0) {
    const why = nothing(axes);
    const rows = panned ? rowsOf(layout).flatMap((row) => rowMarks(layout, first, row)) : [];
    const moving = [...rows, label(0, layout.bottom + 14 + LINE / 2, why, START)];
    const width = Math.max(shared.width, Math.ceil(wordsWidth(why, 13)));
    return still(
      { ...shared, width, moving, title, description: why, tables: [tableOf(layout, null)] },
      opens,
    );
  }
  const told = (o: number) => outputWords(axes, o, looksOf(axes, o));
  const ends = [outputs[0] as number, outputs.at(-1) as number, outputs[outputs.length >> 1] as number];
  const words = Math.max(...ends.flatMap(told).map((text) => wordsWidth(text, 13)));
  const width = Math.max(shared.width, Math.ceil(words) + 16);
  return {
    frames: outputs.length,
    frame: (frame): Picture => {
      const o = outputs[frame] as number;
      const looks = looksOf(axes, o);
      const view = panned ? viewAt(layout, centreOf(axes, o)) : first;
      const lines = outputWords(axes, o, looks);
      return {
        ...shared,
        width,
        moving: [
          ...(panned ? rowsOf(layout).flatMap((row) => rowMarks(layout, view, row)) : []),
          ...coneMarks(layout, view, looks),
          ...rowsOf(layout).flatMap((row) => readMarks(layout, view, row, looks)),
          ...rowsOf(layout).map((row) =>
            label(layout.right + READS, row.y, readText(looks[row.level]), FACT),
          ),
          ...lines.map((text, i) => label(0, layout.bottom + 14 + LINE * (i + 0.5), text, START)),
        ],
        title,
        description: lines.reduce((all: Text, one) => say`${all} ${one}`),
        tables: [tableOf(layout, looks)],
      };
    },
    source: opens,
  };
}

/** The most frames of a figure. */
const FRAMES = 400;
const LINE = 20;
const [FIELD, JUMP, READS] = [116, 194, 212];
const START = { anchor: 'start' } as const;
const FACT = { anchor: 'start', mono: true, size: 12 } as const;
const HEAD = { ink: 'soft', size: 11 } as const;

function titleOf(steps: number): Text {
  return steps === 1
    ? say`What each output reads through one step`
    : say`What each output reads through ${steps} steps`;
}

/** A picture of one sentence. */
function saying(text: Text): Picture {
  const marks = [label(0, 10, text, START)];
  return {
    width: Math.ceil(wordsWidth(text, 13)),
    height: 20,
    marks,
    moving: [],
    title: text,
    description: text,
    tables: [],
  };
}

/** Which outputs have a frame: all, or those around one. */
export function framesOf(outputs: number, around: number = 0): readonly number[] {
  const first = Math.max(0, Math.min(outputs - FRAMES, Math.floor(around) - FRAMES / 2));
  return range(first, Math.min(outputs, first + FRAMES));
}

function rowsOf(layout: Layout): readonly Row[] {
  return layout.rows.filter((row) => row !== undefined);
}

/** Names, sizes and what is the same of every output. */
function furniture(layout: Layout, axes: readonly Axis[], names: readonly Text[]): Mark[] {
  const marks: Mark[] = [
    label(layout.right + FIELD, 8, say`receptive field (px)`, { ...HEAD, anchor: 'end' }),
    label(layout.right + JUMP, 8, say`jump (px)`, { ...HEAD, anchor: 'end' }),
    label(layout.right + READS, 8, say`what is read`, { ...HEAD, anchor: 'start' }),
  ];
  layout.rows.forEach((row, i) => {
    const y = row?.y ?? layout.top + 16 + i * layout.pitch;
    if (row === undefined) {
      marks.push(label(layout.left / 2, y, '\u22ee', { ink: 'soft', size: 18 }));
      return;
    }
    marks.push(
      label(0, y, levelName(layout, row.level), { anchor: 'start', bold: true }),
      label(layout.left - 26, y, `${row.size}`, { anchor: 'end', ink: 'soft', mono: true, size: 12 }),
      label(layout.right + FIELD, y, written(row.field), { ...FACT, anchor: 'end' }),
      label(layout.right + JUMP, y, written(row.jump), { ...FACT, anchor: 'end' }),
    );
    const step = axes[row.level - 1];
    if (step === undefined) return;
    const name = names[row.level - 1];
    const middle = y + layout.pitch / 2;
    if (name !== undefined) marks.push(label(0, middle, name, { anchor: 'start', ink: 'soft', size: 12 }));
    const x = name === undefined ? 0 : Math.ceil(wordsWidth(name, 12)) + 8;
    marks.push(label(x, middle, stepWords(step), { anchor: 'start', ink: 'soft', size: 11, mono: true }));
  });
  return marks;
}

function levelName({ levels }: Layout, level: number): Text {
  if (level === 0) return say`input`;
  return level === levels - 1 ? say`output` : say`after step ${level}`;
}

/** How far right the widest of the facts goes. */
function factsRight(layout: Layout, axes: readonly Axis[], outputs: readonly number[]): number {
  const texts = [outputs[0], outputs[outputs.length >> 1], outputs.at(-1)].flatMap((o) =>
    o === undefined ? [] : looksOf(axes, o).map((look) => String(readText(look)).length * 7.4),
  );
  return layout.right + READS + Math.max(wordsWidth(say`what is read`, 11), ...texts);
}

function readText(look: Look | undefined): Text {
  if (look?.hull === undefined || look.hull === null) return '-';
  return rangeWords(look.hull.from, look.hull.to);
}

function tableOf(layout: Layout, looks: readonly Look[] | null): Table {
  return {
    caption: shortened(titleOf(layout.levels - 1), rowsOf(layout).length, layout.levels),
    head: ['', say`elements`, say`receptive field (px)`, say`jump (px)`, say`what is read`],
    rows: [...rowsOf(layout)]
      .reverse()
      .map((row) => [
        levelName(layout, row.level),
        row.size,
        row.field,
        row.jump,
        looks === null ? '-' : readText(looks[row.level]),
      ]),
  };
}
