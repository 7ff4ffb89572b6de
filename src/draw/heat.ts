// Heat maps: how often each element of the input is used, by one layer or by a stack. A window is a product of its axes and
// so are the counts, which makes a picture of three lines of numbers at most:
//
//   1 2 3 3 2 1   times   1 2 3 3 2 1      1 2 3 3 2 1
//                                          2 4 6 6 4 2   ...      3x3 without padding: 9 in the middle, 1 in a corner
//
// One layer is counted in reads, a stack in the outputs that an element reaches. Up to 24 a side every element has its cell
// and number; up to 96 small cells, equal ones joined; of more the two ends. Three axes are slices, equal ones drawn once.
// Source: Zhang et al., "Dive into Deep Learning", 7.3, where the picture of 1x1, 2x2 and 3x3 kernels comes from.

import type { Geometry } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { bounded } from './direction.ts';
import { printDrawing } from './drawing.ts';
import {
  type Band,
  type Counted,
  distinct,
  greatest,
  type HeatMap,
  heatCounts,
  slices,
} from './heat/counts.ts';
import { type Block, DRAWN, panel } from './heat/panel.ts';
import { captionOf, descriptionOf, headOf, tablesOf } from './heat/words.ts';
import { wordsWidth } from './legend.ts';
import { CELL, type Figure, label, type Mark, moved, still } from './picture.ts';

/** How heat maps are drawn. */
export interface HeatOptions {
  /** What stands over a single map. */
  readonly name?: Text;
  /** What opens the figure again; made from the problem strings unless said. */
  readonly source?: string;
}

/** Up to so many elements a side have numbers. */
const NUMBERED = 24;
/** The scale ends no lower, so that a map of ones stays pale. */
const PALE = 3;
/** What the maps of a row may take together. */
const ROOM = 1040;
const BETWEEN = 36;
const LINE = 20;

/** How often each element is used by one layer or a stack. */
export function heatFigure(steps: readonly Geometry[], options: HeatOptions = {}): Figure {
  return heatFigures([options.name === undefined ? { steps } : { name: options.name, steps }], options);
}

/** Several maps beside each other, with one scale of colours. */
export function heatFigures(maps: readonly HeatMap[], options: HeatOptions = {}): Figure {
  const counted = maps.map(
    ({ name, steps }): Counted => ({ name, steps, counts: bounded(() => heatCounts(steps)) }),
  );
  const most = Math.max(PALE, ...counted.map(({ counts }) => greatest(counts ?? [])));
  const side = Math.max(1, ...counted.map(widest));
  const beside = Math.max(1, ...counted.map(({ counts }) => slices(counts ?? []).length)) * maps.length;
  const flat = counted.every(({ counts }) => (counts?.length ?? 1) === 1);
  const cell = cellOf(side, flat ? 1 : beside);
  const blocks = counted.map((map) => block(map, cell, most, maps.length === 1));
  const body = flow(blocks, flat ? 0 : ROOM);
  const scale = scaleOf(counted, most);
  const width = Math.max(body.width, scale.width);
  const marks = [
    ...body.marks.map((mark) => moved(mark, Math.floor((width - body.width) / 2), 0)),
    ...scale.marks.map((mark) => moved(mark, Math.floor((width - scale.width) / 2), body.height + 18)),
  ];
  const picture = {
    width,
    height: body.height + (scale.height === 0 ? 0 : 18 + scale.height),
    marks,
    moving: [],
    title: headOf(counted),
    description: descriptionOf(counted),
    tables: tablesOf(counted, NUMBERED),
  };
  return still(
    picture,
    options.source ?? printDrawing({ view: 'heat', stacks: maps.map(({ steps }) => steps) }),
  );
}

/** The longest side that is drawn of a map, slices apart. */
function widest({ counts }: Counted): number {
  return Math.max(0, ...(counts ?? []).slice(-2).map((line) => Math.min(line.length, DRAWN)));
}

function cellOf(side: number, beside: number): number {
  if (side > NUMBERED) return Math.max(6, Math.floor(Math.min(640, ROOM / Math.min(beside, 3)) / side));
  const fitting = Math.floor((ROOM - (beside - 1) * BETWEEN) / (beside * side));
  return Math.min(CELL, Math.max(20, fitting));
}

/** One map: its name, its slices, and below what is to be seen. */
function block(map: Counted, cell: number, most: number, alone: boolean): Block {
  const counts = map.counts ?? [];
  const empty = counts.length === 0 || counts.some((line) => line.length === 0);
  const named = counts.length === 3;
  const panels = empty
    ? []
    : slices(counts).map((slice): Block => {
        if (slice === undefined)
          return { marks: [label(8, 60, '\u22ef', { ink: 'soft', size: 16 })], width: 16, height: 0 };
        const drawn = panel(counts.slice(-2), slice, { cell, most, indexed: alone && !named });
        return named ? under(drawn, sliceName(slice)) : drawn;
      });
  const body = flow(panels, ROOM);
  const lines = captionOf(map);
  const width = Math.max(
    body.width,
    ...lines.map((line) => Math.ceil(wordsWidth(line, 12))),
    headWidth(map.name),
  );
  const head = map.name === undefined ? 0 : 26;
  const left = Math.floor((width - body.width) / 2);
  const foot = head + body.height + (body.height === 0 ? 0 : 6);
  return {
    width,
    height: foot + lines.length * LINE,
    marks: [
      ...(map.name === undefined ? [] : [label(width / 2, 9, map.name, { size: 15, bold: true })]),
      ...body.marks.map((mark) => moved(mark, left, head)),
      ...lines.map((line, i) =>
        label(width / 2, foot + LINE * i + LINE / 2 + 2, line, { size: 12, ink: 'soft' }),
      ),
    ],
  };
}

function headWidth(name: Text | undefined): number {
  return name === undefined ? 0 : Math.ceil(wordsWidth(name, 15) * 1.06);
}

function sliceName({ from, to }: Band): Text {
  return from === to ? say`slice ${from}` : say`slices ${from} to ${to}`;
}

/** A panel with words over it. */
function under(drawn: Block, name: Text): Block {
  const width = Math.max(drawn.width, Math.ceil(wordsWidth(name, 12)));
  const left = Math.floor((width - drawn.width) / 2);
  const marks = [
    label(width / 2, 8, name, { size: 12, ink: 'soft' }),
    ...drawn.marks.map((mark) => moved(mark, left, 20)),
  ];
  return { marks, width, height: drawn.height + 26 };
}

/** Blocks in rows as wide as `room`, their tops aligned; of no room one below the other. */
function flow(blocks: readonly Block[], room: number): Block {
  const marks: Mark[] = [];
  let [x, y, line, width] = [0, 0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > room) [x, y, line] = [0, y + line + 22, 0];
    marks.push(...block.marks.map((mark) => moved(mark, x, y)));
    width = Math.max(width, x + block.width);
    line = Math.max(line, block.height);
    x += block.width + BETWEEN;
  }
  return { marks, width, height: y + line };
}

/** The most counts that have a colour of their own in the legend. */
const SWATCHES = 12;
const STEPS = 32;

/** The colours and what they stand for: each count its swatch, of many a bar from the least to the greatest. */
function scaleOf(maps: readonly Counted[], most: number): Block {
  const found = new Set<number>();
  for (const { counts } of maps) for (const count of distinct(counts ?? [])) found.add(count);
  const unread = found.delete(0);
  const sorted = [...found].sort((one, other) => one - other);
  if (sorted.length === 0) return { marks: [], width: 0, height: 0 };
  const wide = 20 + 7 * String(most).length;
  const few = sorted.length <= SWATCHES;
  const shown = few ? sorted : Array.from({ length: STEPS }, (_, i) => ((i + 1) * most) / STEPS);
  const side = few ? wide : 8;
  const boxes = shown.map(
    (count, i): Mark => ({
      kind: 'box',
      x: (unread ? wide + 8 : 0) + i * side,
      y: 0,
      width: side,
      height: 20,
      paint: { heat: count / most },
      ...(few ? { text: `${count}`, size: 12 } : { line: null }),
    }),
  );
  if (unread)
    boxes.unshift({
      kind: 'box',
      x: 0,
      y: 0,
      width: wide,
      height: 20,
      paint: 'unread',
      hatched: true,
      text: '0',
      size: 12,
    });
  const bar = (unread ? wide + 8 : 0) + shown.length * side;
  const words = maps.every(({ steps }) => steps.length === 1) ? say`times read` : say`outputs reached`;
  const low = `${sorted[0]}`;
  const before = few || unread ? 0 : low.length * 7 + 8;
  const after = few ? '' : `${most}`;
  const end = before + bar + (few ? 0 : after.length * 8 + 6);
  return {
    marks: [
      ...boxes.map((mark) => moved(mark, before, 0)),
      ...(before > 0 ? [label(0, 10, low, { anchor: 'start', size: 12, mono: true })] : []),
      ...(few ? [] : [label(before + bar + 6, 10, after, { anchor: 'start', size: 12, mono: true })]),
      label(end + 10, 10, words, { anchor: 'start', ink: 'soft', size: 12 }),
    ],
    width: end + 10 + Math.ceil(wordsWidth(words, 12)),
    height: 20,
  };
}
