// The marks of a strip: its cells and braces, a bar with dots for each window, and the window that does not fit.
//
//   (o * * *) out 0        * reads the input   o reads padding   - skipped by dilation   x there is nothing to read

import { along, GAP, type Track } from '../grid.ts';
import { wordsWidth } from '../legend.ts';
import { CELL, cell, label, type Mark, type Place } from '../picture.ts';
import type { Rail } from './rail.ts';

/** The height of a bar's row. */
export const ROW = 30;
/** What stands left of the strip, so that the outline of its first bar is whole. */
export const LEFT = 8;
const BAR = 22;
const DOT = 11;

/** What the parts of the strip are, over it. */
export function braces({ sections }: Rail, columns: Track, y: number): Mark[] {
  return sections.flatMap(({ from, to, text }): Mark[] => {
    const part = to > from ? along(columns, from, to) : undefined;
    if (part === undefined) return [];
    const [left, right] = [LEFT + part[0] + 2, LEFT + part[1] - 2];
    return [
      label((left + right) / 2, y + 9, text, { ink: 'soft', size: 12 }),
      {
        kind: 'line',
        points: [
          [left, y + 25],
          [left, y + 20],
          [right, y + 20],
          [right, y + 25],
        ],
        ink: 'soft',
      },
    ];
  });
}

/** The cells of the strip, dots where some are left out. */
export function cellsOf(rail: Rail, columns: Track, y: number): Mark[] {
  const boxes = columns.shown.flatMap((position): Mark[] => {
    if (position === undefined || position < rail.low || position >= rail.high) return [];
    const look = rail.box(position);
    if (look.paint === null) return [];
    return [
      {
        ...cell(LEFT + (columns.offset(position) ?? 0), y, look.paint, look),
        place: { grid: 'input', index: [position] },
      },
    ];
  });
  return [
    ...boxes,
    ...columns.gaps.map((gap) =>
      label(LEFT + gap + GAP / 2, y + CELL / 2, '\u22ef', { ink: 'soft', size: 16 }),
    ),
  ];
}

/** The bar of one window with its dots and its name. */
export function barMarks(
  rail: Rail,
  columns: Track,
  bar: number,
  y: number,
  { lit, place }: { readonly lit: boolean; readonly place?: Place },
): Mark[] {
  const from = rail.bars.first + bar * rail.bars.step;
  const part = along(columns, from, from + rail.bars.extent);
  if (part === undefined) return [];
  const [left, right] = [LEFT + part[0] + 2, LEFT + part[1] - 2];
  const box = { x: left, y: y + (ROW - BAR) / 2, width: right - left, height: BAR, round: BAR / 2 };
  return [
    {
      kind: 'box',
      ...box,
      paint: lit ? 'window' : 'gap',
      line: lit ? 'window' : 'gap',
      weight: lit ? 2.5 : 1,
      ...(place === undefined ? {} : { place }),
    },
    ...dots(rail, columns, from, y),
    ...columns.gaps
      .filter((gap) => gap > part[0] && gap < part[1])
      .map((gap) => label(LEFT + gap + GAP / 2, y + ROW / 2, '\u22ef', { ink: 'window', size: 16 })),
    ...(lit
      ? []
      : [label(right + 8, y + ROW / 2, rail.name(bar), { anchor: 'start', size: 12, ink: 'soft' })]),
  ];
}

function dots(rail: Rail, columns: Track, from: number, y: number): Mark[] {
  return columns.shown.flatMap((position): Mark[] => {
    if (position === undefined || position < from || position >= from + rail.bars.extent) return [];
    const x = LEFT + (columns.offset(position) ?? 0) + CELL / 2;
    if ((position - from) % rail.dilation !== 0)
      return [
        {
          kind: 'line',
          points: [
            [x - 4, y + ROW / 2],
            [x + 4, y + ROW / 2],
          ],
          ink: 'window',
          weight: 1.5,
        },
      ];
    const real = rail.reads(position) === 'input';
    return [
      {
        kind: 'box',
        x: x - DOT / 2,
        y: y + (ROW - DOT) / 2,
        width: DOT,
        height: DOT,
        round: DOT / 2,
        paint: real ? { heat: 1 } : 'pad',
        line: real ? null : 'window',
        weight: 1.8,
      },
    ];
  });
}

/** The cells that a window reads, lit up. */
export function litCells(rail: Rail, columns: Track, bar: number, y: number): Mark[] {
  const from = rail.bars.first + bar * rail.bars.step;
  return tapsOf(rail, columns, from).map((position) => {
    const look = { ...rail.box(position), paint: 'window', hatched: false, bold: true, weight: 1.5 } as const;
    return cell(LEFT + (columns.offset(position) ?? 0), y, null, look);
  });
}

/** The drawn positions that taps of a bar from `from` on lie on. */
function tapsOf(rail: Rail, columns: Track, from: number): number[] {
  return columns.shown.filter(
    (position): position is number =>
      position !== undefined &&
      position >= from &&
      position < from + rail.bars.extent &&
      (position - from) % rail.dilation === 0,
  );
}

/** The window after the last: what of it lies on the strip, where it finds nothing, and that it does not fit. */
export function ghosted(rail: Rail, columns: Track, from: number, y: number): Mark[] {
  const part = along(columns, from, from + rail.bars.extent);
  if (part === undefined) return [];
  const [left, right] = [LEFT + part[0] + 2, LEFT + part[1] - 2];
  const middle = y + ROW / 2;
  const outline = { x: left, y: middle - BAR / 2, width: right - left, height: BAR, round: BAR / 2 };
  const words = { size: 12, ink: 'fifth', bold: true } as const;
  return [
    { kind: 'box', ...outline, paint: null, line: 'fifth', weight: 1.5, dashed: true },
    ...tapsOf(rail, columns, from).flatMap((position) => {
      const x = LEFT + (columns.offset(position) ?? 0) + CELL / 2;
      if (rail.box(position).paint === null) return crossed(x, middle);
      const [radius, round] = [DOT / 2, DOT / 2];
      const place = { x: x - radius, y: middle - radius, width: DOT, height: DOT, round };
      return [{ kind: 'box', ...place, paint: null, line: 'fifth', weight: 1.5 } as const];
    }),
    left > wordsWidth(rail.lost, 12) + 24
      ? label(left - 8, middle, rail.lost, { ...words, anchor: 'end' })
      : label(right + 8, middle, rail.lost, { ...words, anchor: 'start' }),
  ];
}

function crossed(x: number, y: number): Mark[] {
  const line = (rise: number): Mark => ({
    kind: 'line',
    points: [
      [x - 4, y - 4 * rise],
      [x + 4, y + 4 * rise],
    ],
    ink: 'fifth',
    weight: 2,
  });
  return [line(1), line(-1)];
}
