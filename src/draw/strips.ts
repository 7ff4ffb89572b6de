// All windows of one axis at once: the padded positions as a strip, under it a bar for each window with a dot where it reads.
// Why an output has the size it has is what is seen here: the last window that fits, and the next one that does not.
//
//     pad 1 |        input 64           | pad 1
//        .  | 0 1 2 3 4 ... 61 62 63    |  .        ● reads the input   ○ reads padding   - skipped by dilation
//   out 0 (○  ● ● ●)
//   out 31                  (●  ●  ●  ○)            floor((64 + 1 + 1 - 4) / 2) + 1 = 32
//
// A frame lights up one window. Of a long axis the two ends are drawn, and the windows that lie there.

import { type Axis, type Geometry, GeometryError, isTransposed, print } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { shortened } from './caption.ts';
import { rangeWords } from './direction.ts';
import { printDrawing } from './drawing.ts';
import { drawn } from './drawn.ts';
import { GAP, type Track, track } from './grid.ts';
import { type Entry, legend, wordsWidth } from './legend.ts';
import { CELL, type Figure, label, type Mark, type Picture, type Table } from './picture.ts';
import { ends } from './shown.ts';
import { barMarks, braces, cellsOf, ghosted, LEFT, litCells, ROW } from './strips/bars.ts';
import { gathered, type Rail, STRIP_LIMIT, scattered } from './strips/rail.ts';

/** What is drawn of all windows. */
export interface StripOptions {
  /** The axis, from 0; the last unless said. */
  readonly axis?: number;
  /** Draw what each input element of a transposed convolution writes, instead of what each output reads. */
  readonly transposed?: boolean;
  /** Below it the same layer without its padding, and the window that is then lost. */
  readonly compareUnpadded?: boolean;
  /** The most positions shown; 20 unless said. */
  readonly limit?: number;
  /** What opens the figure again; made from the problem string unless said. */
  readonly source?: string;
}

/** The most bars, and the most rows they take when several share one. */
const BARS = 10;
const ROWS = 8;
const BRACE = 30;
const LINE = 28;
/** What is left free where bars are left out. */
const BREAK = 18;
const HEADING = { anchor: 'start', bold: true, size: 14 } as const;

/**
 * All windows of one axis, each frame lighting one up.
 * @throws GeometryError for an axis the layer does not have
 */
export function stripFigure(of: Geometry, options: StripOptions = {}): Figure {
  const index = options.axis ?? of.axes.length - 1;
  const axis = of.axes[index];
  if (axis === undefined) {
    const expected = say`${0} to ${of.axes.length - 1}`;
    throw new GeometryError('range', { what: 'axis', expected, received: index });
  }
  const transposed = (options.transposed ?? false) && isTransposed(of) && axis.stride === 1;
  const { before, after, overhang } = axis;
  const bare: Axis = { ...axis, before: 0, after: 0, overhang: 0 };
  const compared = options.compareUnpadded === true && !transposed && before + after + overhang !== 0;
  const main = transposed ? scattered(axis) : gathered(axis, false);
  const rails = compared ? [main, gathered(bare, true)] : [main];
  const low = Math.min(...rails.map((rail) => rail.low));
  const high = Math.max(...rails.map((rail) => rail.high));
  const columns = track(ends(low, high, options.limit ?? STRIP_LIMIT));
  const base = stacked(rails, columns);
  const { bars } = placed(main, columns);
  return {
    frames: Math.max(1, bars.length),
    frame: (frame) => pictured(of, main, columns, base, bars[frame]),
    source: options.source ?? printDrawing({ view: 'strip', stacks: [[of]] }),
  };
}

/** The bars that are drawn, and where. */
interface Places {
  readonly bars: readonly number[];
  /** The top of a bar's row, from the first row on. */
  readonly top: (bar: number) => number;
  readonly height: number;
  /** The middle of the room where bars are left out. */
  readonly gap: number | undefined;
}

/** Those wholly shown, ten of them from both ends at most unless they can share rows; else the first and the last. */
function placed(rail: Rail, columns: Track): Places {
  const { count, extent, step } = rail.bars;
  const whole = drawn(rail.bars, columns.shown);
  const apart = Math.max(1, Math.ceil((extent + (nameRoom(rail) + 8) / CELL) / step));
  const shared = whole.length > ROWS && apart <= ROWS && apart < whole.length;
  const half = BARS / 2;
  const bars =
    whole.length === 0
      ? [...new Set(count === 0 ? [] : [0, count - 1])]
      : shared || whole.length <= BARS
        ? whole
        : [...whole.slice(0, half), ...whole.slice(-half)];
  const rows = shared ? apart : bars.length;
  const left = bars.findIndex((bar, i) => i > 0 && bar > (bars[i - 1] as number) + 1);
  const broken = !shared && left > 0;
  const top = (bar: number) => {
    const at = Math.max(0, bars.indexOf(bar));
    return (at % Math.max(1, rows)) * ROW + (broken && at >= left ? BREAK : 0);
  };
  return {
    bars,
    top,
    height: rows * ROW + (broken ? BREAK : 0),
    gap: broken ? left * ROW + BREAK / 2 : undefined,
  };
}

/** Room for a bar's name behind it. */
function nameRoom(rail: Rail): number {
  return Math.max(46, wordsWidth(rail.name(Math.max(0, rail.bars.count - 1)), 12) + 12);
}

/** What all frames share. */
interface Base {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** The top of the first strip, and of its bars. */
  readonly strip: number;
  readonly bars: number;
  readonly conclusion: readonly Text[];
  readonly tables: readonly Table[];
}

function stacked(rails: readonly Rail[], columns: Track): Base {
  const marks: Mark[] = [];
  const conclusion = rails.flatMap((rail) => rail.conclusion);
  const right = LEFT + columns.length;
  const width = Math.max(
    ...rails.map((rail) => right + nameRoom(rail)),
    ...rails.flatMap((rail) => (rail.ghost === undefined ? [] : [right + wordsWidth(rail.lost, 12) + 16])),
    ...conclusion.map((text) => wordsWidth(text, 15) * 1.05 + 8),
  );
  let y = 0;
  for (const [i, rail] of rails.entries()) {
    if (rails.length > 1) {
      marks.push(label(0, y + 9, i === 0 ? say`with padding` : say`without padding`, HEADING));
      y += 26;
    }
    const { bars, top, height, gap } = placed(rail, columns);
    const first = y + BRACE + CELL + 10;
    marks.push(...braces(rail, columns, y), ...cellsOf(rail, columns, y + BRACE));
    for (const [frame, bar] of bars.entries()) {
      const place = { grid: 'output', index: [bar], ...(i === 0 ? { frame } : {}) };
      marks.push(...barMarks(rail, columns, bar, first + top(bar), { lit: false, place }));
    }
    if (gap !== undefined) {
      const x = (columns.gaps[0] ?? columns.length / 2) + GAP / 2;
      marks.push(label(LEFT + x, first + gap, '\u22f1', { ink: 'soft', size: 18 }));
    }
    y = first + height;
    if (rail.ghost !== undefined) {
      marks.push(...ghosted(rail, columns, rail.ghost, y));
      y += ROW;
    }
    y += 6;
    for (const text of rail.conclusion) {
      marks.push(label(0, y + 12, text, { anchor: 'start', size: 15, bold: true }));
      y += LINE;
    }
    if (i + 1 < rails.length) y += 18;
  }
  const key = legend(signsOf(rails), 0, y + 4, width);
  return {
    width,
    height: y + 4 + key.height,
    marks: [...marks, ...key.marks],
    strip: BRACE + (rails.length > 1 ? 26 : 0),
    bars: BRACE + CELL + 10 + (rails.length > 1 ? 26 : 0),
    conclusion,
    tables: rails.map((rail, i) =>
      table(rail, columns, i === 0 ? say`Windows on one axis` : say`Windows without padding`),
    ),
  };
}

function signsOf(rails: readonly Rail[]): Entry[] {
  const seen = new Map(rails.flatMap(({ signs }) => signs).map((entry) => [String(entry.text), entry]));
  return [...seen.values()];
}

function pictured(of: Geometry, rail: Rail, columns: Track, base: Base, bar: number | undefined): Picture {
  const { top } = placed(rail, columns);
  const moving =
    bar === undefined
      ? []
      : [
          ...litCells(rail, columns, bar, base.strip),
          ...barMarks(rail, columns, bar, base.bars + top(bar), { lit: true }),
        ];
  const conclusion = concluded(base.conclusion);
  return {
    width: base.width,
    height: base.height,
    marks: base.marks,
    moving,
    title: say`All windows of one axis: ${print(of)}`,
    description: bar === undefined ? conclusion : said(rail, bar, conclusion),
    tables: base.tables,
  };
}

/** How the size is counted, and without the padding. */
function concluded([first, bare]: readonly Text[]): Text {
  if (first === undefined) return say`Nothing is read and nothing is written.`;
  return bare === undefined ? say`${first}.` : say`${first}. Without padding: ${bare}.`;
}

function said(rail: Rail, bar: number, conclusion: Text): Text {
  const from = rail.bars.first + bar * rail.bars.step;
  const last = from + rail.bars.extent - 1;
  return say`${conclusion} ${rail.told(bar, rangeWords(from, last))}`;
}

/** The windows that are drawn and, last, the one that does not fit. */
function table(rail: Rail, columns: Track, caption: Text): Table {
  const { bars, ghost } = rail;
  const drawn = placed(rail, columns).bars;
  const row = (name: Text, from: number) => [name, from, from + bars.extent - 1];
  return {
    caption: shortened(caption, drawn.length, bars.count),
    head: [say`which window`, say`first position`, say`last position`],
    rows: [
      ...drawn.map((bar) => row(rail.name(bar), bars.first + bar * bars.step)),
      ...(ghost === undefined ? [] : [row(rail.lost, ghost)]),
    ],
  };
}
