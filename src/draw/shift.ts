// Two layers over one axis, the windows of the first above the input and those of the second below it, and arrows from where
// the one looks to where the other does. Shapes that agree hide a shift; here it is to be seen.
//
//   first     (. 0 .)  (. 1 .)            a window, its taps as dots and its number where it is centred
//           . 0 1 2 3 4 5 6 7 .
//             -->    -->                  from the first's centre to the second's
//   second      (. 0 .)  (. 1 .)
//
// A long axis shows its two ends; where windows themselves are long everything is drawn to scale, without cells.

import { type Axis, extent, type Geometry, out, source, span, start } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { shortened } from './caption.ts';
import { nothing, stepWords } from './direction.ts';
import { printDrawing } from './drawing.ts';
import { wordsWidth } from './legend.ts';
import { written } from './numbers.ts';
import { type Box, CELL, type Figure, label, type Mark, type Role, still, type Table } from './picture.ts';
import { type Scale, scaleOf } from './shift/scale.ts';
import { axisOf, centreAt, unitOf, verdictOf } from './shift/words.ts';
import { range, reachOf } from './shown.ts';

/** How two layers are overlaid. */
export interface ShiftOptions {
  /** What the first and the second are called. */
  readonly names: readonly [Text, Text];
  /** The axis drawn; the first on which they differ unless said. */
  readonly axis?: number;
  /** What opens the figure again; made from the problem strings unless said. */
  readonly source?: string;
}

const BAR = 22;
const ROW = 26;
/** The most rows of bars a side has. */
const STAGGERED = 8;
/** The most windows drawn of each end of an axis. */
const WINDOWS = 12;
const LANE = 38;
/** The first's centres lie so far above the lane's middle, the second's below. */
const APART = 9;
const LINE = 20;
const ROLES = ['first', 'second'] as const;

/** The windows of two layers over one axis of their input. */
export function shiftFigure(first: Geometry, second: Geometry, options: ShiftOptions): Figure {
  const { names } = options;
  const index = axisOf(first, second, options.axis);
  const pair = [first.axes[index] ?? first.axes.at(-1), second.axes[index] ?? second.axes.at(-1)] as [
    Axis,
    Axis,
  ];
  const opens =
    options.source ??
    printDrawing({
      view: 'shift',
      stacks: [[first], [second]],
      names: names.map(String),
      ...(options.axis === undefined ? {} : { axis: options.axis }),
    });
  const words = pair.map(stepWords);
  const left =
    Math.ceil(
      Math.max(
        ...names.map((name) => wordsWidth(name, 13) * 1.06),
        ...words.map((word) => word.length * 7.2),
      ),
    ) + 24;
  const scale = scaleOf(pair, left);
  const shown = pair.map((axis) => windowsOf(axis, scale)) as [number[], number[]];
  const rows = pair.map((axis, i) => rowsOf(axis, shown[i] as number[])) as [number, number];
  const strip = rows[0] * ROW + 10;
  const lane = strip + (scale.cells ? CELL : 18);
  const below = lane + LANE;
  const bottom = below + rows[1] * ROW + 6;
  const verdict = verdictOf(pair, names);
  const marks = [
    ...stripMarks(pair, scale, strip),
    ...windowMarks(pair[0], scale, shown[0], (row) => strip - 10 - (row + 1) * ROW + (ROW - BAR), 'first'),
    ...windowMarks(pair[1], scale, shown[1], (row) => below + row * ROW, 'second'),
    ...arrows(pair, scale, shown, lane + LANE / 2),
    ...nameMarks(names[0], words[0] as string, (strip - 10) / 2, 'first'),
    ...nameMarks(names[1], words[1] as string, below + (rows[1] * ROW) / 2, 'second'),
    label(0, strip + (lane - strip) / 2, say`input`, { anchor: 'start', ink: 'soft' }),
    label(0, lane + LANE / 2, say`centres`, { anchor: 'start', ink: 'soft' }),
    ...verdict.map((text, i) =>
      label(0, bottom + 8 + LINE * (i + 0.5), text, { anchor: 'start', bold: i === 0 }),
    ),
  ];
  const width = Math.ceil(Math.max(scale.right, ...verdict.map((text) => wordsWidth(text, 13) * 1.08)));
  return still(
    {
      width,
      height: bottom + 8 + LINE * verdict.length,
      marks,
      moving: [],
      title: say`Where the windows of ${names[0]} and ${names[1]} lie`,
      description: verdict.reduce((all: Text, one) => say`${all} ${one}`),
      tables: [tableOf(pair, names, shown)],
    },
    opens,
  );
}

function nameMarks(name: Text, words: string, y: number, ink: Role): Mark[] {
  return [
    label(0, y - 8, name, { anchor: 'start', bold: true, ink }),
    label(0, y + 9, words, { anchor: 'start', ink: 'soft', mono: true, size: 11 }),
  ];
}

/** The windows that are drawn: those wholly in view, of many the first and the last. */
function windowsOf(axis: Axis, scale: Scale): number[] {
  const windows = out(axis);
  const ends = [
    ...range(0, Math.min(windows, WINDOWS)),
    ...range(Math.max(WINDOWS, windows - WINDOWS), windows),
  ];
  return ends.filter((o) =>
    scale.shows(
      start(axis, o) / axis.inputDilation,
      (start(axis, o) + extent(axis) - 1) / axis.inputDilation,
    ),
  );
}

/** How many rows keep the windows apart. */
function rowsOf(axis: Axis, windows: readonly number[]): number {
  const overlapping = Math.ceil(extent(axis) / axis.stride);
  return Math.max(1, Math.min(overlapping, windows.length, STAGGERED));
}

function windowMarks(
  axis: Axis,
  scale: Scale,
  windows: readonly number[],
  y: (row: number) => number,
  role: Role,
): Mark[] {
  const rows = rowsOf(axis, windows);
  if (windows.length === 0) {
    const text = out(axis) === 0 ? nothing([axis]) : say`No window of it lies wholly in view.`;
    return [label(scale.left, y(0) + BAR / 2, text, { anchor: 'start', ink: 'soft' })];
  }
  return windows.flatMap((o) => {
    const top = y(o % rows);
    const [from, to] = [start(axis, o), start(axis, o) + extent(axis) - 1];
    const [left, right] = [scale.at(from / axis.inputDilation), scale.at(to / axis.inputDilation)];
    const half = scale.cells ? scale.unit / axis.inputDilation / 2 : scale.unit / 2;
    const bar: Box = {
      kind: 'box',
      x: left - half + (scale.cells ? 2 : 0),
      y: top,
      width: Math.max(4, right - left + 2 * half - (scale.cells ? 4 : 0)),
      height: BAR,
      paint: role,
      round: Math.min(BAR / 2, Math.max(2, half)),
      place: { grid: role, index: [o] },
    };
    return [
      bar,
      ...tapMarks(axis, scale, from, top, role),
      badge(scale.at(centreAt(axis, o)), top + BAR / 2, o, role),
    ];
  });
}

/** A dot for each tap, hollow where it meets padding or a hole. */
function tapMarks(axis: Axis, scale: Scale, from: number, top: number, role: Role): Mark[] {
  if (!scale.cells || axis.kernel > 64) return [];
  return range(0, axis.kernel).map((tap): Mark => {
    const position = from + tap * axis.dilation;
    const real = position >= 0 && position < span(axis) && position % axis.inputDilation === 0;
    const x = scale.at(position / axis.inputDilation);
    const size = real ? 3 : 6;
    const look = { round: size / 2, paint: real ? role : null, line: role, weight: real ? 4 : 1.25 };
    return { kind: 'box', x: x - size / 2, y: top + (BAR - size) / 2, width: size, height: size, ...look };
  });
}

/** The window's number, where it is centred. */
function badge(x: number, y: number, o: number, role: Role): Mark {
  const width = Math.max(18, 8 + 7 * String(o).length);
  return {
    kind: 'box',
    x: x - width / 2,
    y: y - 9,
    width,
    height: 18,
    round: 9,
    paint: role,
    weight: 1.5,
    text: `${o}`,
    size: 11,
    bold: true,
  };
}

/** The input with the pads of both; where a pad copies, the index it copies. */
function stripMarks(pair: readonly [Axis, Axis], scale: Scale, y: number): Mark[] {
  const [one, other] = pair;
  const size = Math.max(one.size, other.size);
  if (!scale.cells) {
    const [left, right] = [scale.at(-0.5), scale.at(size - 0.5)];
    const bar = (x: number, to: number, more: Partial<Box>): Mark => ({
      kind: 'box',
      x,
      y: y + 2,
      width: Math.max(1, to - x),
      height: 14,
      paint: 'input',
      ...more,
    });
    const pad = { paint: 'pad', dashed: true } as const;
    const [low, high] = [scale.at(scale.low), scale.at(scale.high)];
    return [
      ...(low < left - 1 ? [bar(low, left, pad)] : []),
      ...(high > right + 1 ? [bar(right, high, pad)] : []),
      bar(left, right, { paint: 'input' }),
      label(left + 4, y + 9, '0', { anchor: 'start', size: 10, mono: true }),
      label(right - 4, y + 9, `${size - 1}`, { anchor: 'end', size: 10, mono: true }),
    ];
  }
  const same = one.inputDilation === other.inputDilation;
  const dilation = same ? one.inputDilation : 1;
  return scale.shown
    .flatMap((position): Mark[] => {
      if (position === undefined) return [];
      const width = scale.unit / dilation;
      const box = {
        kind: 'box',
        x: scale.at(position / dilation) - width / 2,
        y,
        width,
        height: CELL,
      } as const;
      const inside = position >= 0 && position <= (size - 1) * dilation;
      if (!inside) return [{ ...box, paint: 'pad', dashed: true, text: copiedText(pair, position) }];
      if (position % dilation !== 0) return [{ ...box, paint: 'hole', dashed: true }];
      const index = position / dilation;
      return [
        {
          ...box,
          paint: 'input',
          text: `${index}`,
          size: numberSize(index, width),
          place: { grid: 'input', index: [index] },
        },
      ];
    })
    .concat(scale.gaps.map((x) => label(x, y + CELL / 2, '\u22ef', { ink: 'soft', size: 16 })));
}

function numberSize(index: number, width: number): number {
  return Math.max(7, Math.min(13, Math.floor((width - 4) / (String(index).length * 0.62))));
}

/** What a pad holds where both agree. */
function copiedText(pair: readonly [Axis, Axis], position: number): string {
  const texts = pair
    .filter((axis) => position >= reachOf(axis)[0] && position < reachOf(axis)[1])
    .map((axis) => source(axis, position))
    .map((found) => ('index' in found ? `${found.index}` : written(found.constant)));
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? '') : '';
}

/** From the first's centre to the second's, for the outputs that both show. */
function arrows(
  pair: readonly [Axis, Axis],
  scale: Scale,
  shown: readonly [number[], number[]],
  y: number,
): Mark[] {
  const both = shown[0].filter((o) => shown[1].includes(o));
  return both.flatMap((o) => {
    const [from, to] = pair.map((axis) => scale.at(centreAt(axis, o))) as [number, number];
    const dot = (x: number, middle: number, role: Role): Mark => ({
      kind: 'box',
      x: x - 5,
      y: middle - 5,
      width: 10,
      height: 10,
      round: 5,
      paint: role,
      weight: 1.5,
    });
    const dots = [dot(from, y - APART, ROLES[0]), dot(to, y + APART, ROLES[1])];
    const long = Math.hypot(to - from, 2 * APART);
    const [dx, dy] = [((to - from) / long) * 6, ((2 * APART) / long) * 6];
    const points = [
      [from + dx, y - APART + dy],
      [to - dx, y + APART - dy],
    ] as const;
    const arrow = from === to ? { ink: 'soft' } : { ink: 'ink', arrow: true };
    return [{ kind: 'line', points, weight: 1.25, ...arrow } as Mark, ...dots];
  });
}

function tableOf(
  pair: readonly [Axis, Axis],
  names: readonly [Text, Text],
  shown: readonly [number[], number[]],
): Table {
  const outputs = [...new Set([...shown[0], ...shown[1]])].sort((a, b) => a - b);
  const unit = unitOf([pair]);
  const cell = (axis: Axis, o: number) => (o < out(axis) ? written(centreAt(axis, o)) : '-');
  return {
    caption: shortened(
      say`Where each output is centred, in input px`,
      outputs.length,
      Math.max(...pair.map(out)),
    ),
    head: [say`output`, names[0], names[1], say`shift, in ${unit.name}`],
    rows: outputs.map((o) => [
      `${o}`,
      cell(pair[0], o),
      cell(pair[1], o),
      pair.every((axis) => o < out(axis))
        ? written(unit.of(centreAt(pair[1], o) - centreAt(pair[0], o), pair[0]))
        : '-',
    ]),
  };
}
