// Where the outputs of two stacks look as depth grows: after each layer the input once more, the outputs of the first stack
// above it and those of the second below, each over the place where it is centred. A shift of one pixel in the first layer,
// where strides double the distances, is half the image after a few more.
//
//   after 1   0   1   2   3          after 2   0       1
//           . . . . . . . .                   . . . . . . . .
//               0   1   2   3                         0       1

import { type Geometry, out } from '../geometry/index.ts';
import { firstCentre, receptive } from '../geometry/receptive.ts';
import { say, type Text } from '../words/index.ts';
import { shortened } from './caption.ts';
import { direction, rankOf } from './direction.ts';
import { printDrawing } from './drawing.ts';
import { type Entry, legend, wordsWidth } from './legend.ts';
import { written } from './numbers.ts';
import { type Figure, label, type Mark, type Role, still, type Table } from './picture.ts';
import { ends, range } from './shown.ts';

/** How two stacks are compared. */
export interface DriftOptions {
  /** What the first and the second are called. */
  readonly names: readonly [Text, Text];
  /** The axis drawn; the last unless said. */
  readonly axis?: number;
  /** What opens the figure again; made from the problem strings unless said. */
  readonly source?: string;
}

/** Where one stack's outputs look after some of its layers. */
interface Looks {
  readonly centre: number;
  readonly jump: number;
  readonly outputs: number;
}

const ROOM = 768;
const BADGE = 20;
const STRIP = 14;
const PITCH = 86;
const HEAD = 22;
/** The most depths drawn, of more the first and the last; more outputs than that are a band from the first to the last. */
const DEPTHS = 8;
const OUTPUTS = 160;

/** Where the outputs of two stacks look, layer by layer. */
export function driftFigure(
  stacks: readonly [readonly Geometry[], readonly Geometry[]],
  options: DriftOptions,
): Figure {
  const { names } = options;
  const opens =
    options.source ??
    printDrawing({
      view: 'drift',
      stacks,
      names: names.map(String),
      ...(options.axis === undefined ? {} : { axis: options.axis }),
    });
  const sides = stacks.map((steps) =>
    depthsOf(steps, Math.max(0, Math.min(rankOf(steps) - 1, options.axis ?? rankOf(steps) - 1))),
  );
  const depths = Math.min(...sides.map(({ looks }) => looks.length));
  const size = Math.max(1, ...sides.map((side) => side.size));
  const shown = ends(0, depths, DEPTHS);
  const pairs = shown.map((depth): Depth | undefined =>
    depth === undefined
      ? undefined
      : { depth, looks: sides.map(({ looks }) => looks[depth] as Looks) as [Looks, Looks] },
  );
  const drawn = pairs.filter((pair) => pair !== undefined);
  const title = say`Where the outputs of ${names[0]} and ${names[1]} look, layer by layer`;
  const sound = drawn
    .flatMap(({ looks }) => looks)
    .every(({ centre, jump }) => Number.isFinite(centre) && Number.isFinite(jump));
  if (depths === 0 || !sound) {
    const text =
      depths === 0 ? say`There is no layer to compare.` : say`These steps are too large to be drawn.`;
    const marks = [label(0, 10, text, { anchor: 'start' })];
    const shape = { width: Math.ceil(wordsWidth(text, 13)), height: 20 };
    return still({ ...shape, marks, moving: [], title, description: text, tables: [] }, opens);
  }
  const unit = Math.min(32, size > ROOM / 4 ? ROOM / size : Math.floor(ROOM / size));
  const left = 130;
  const right = left + size * unit;
  const marks: Mark[] = [
    label(right + 44, HEAD - 12, say`shift`, { anchor: 'end', ink: 'soft', size: 11 }),
    ...pairs.flatMap((pair, i) => {
      const y = HEAD + i * PITCH;
      if (pair === undefined)
        return [label(left / 2, y + PITCH / 2 - 12, '\u22ee', { ink: 'soft', size: 18 })];
      return depthMarks(pair.looks, pair.depth, { size, unit, left, right, y });
    }),
  ];
  const verdict = verdictOf((drawn.at(-1) as Depth).looks, depths, names);
  const bottom = HEAD + pairs.length * PITCH;
  const key = legend(signsOf(names), 0, bottom - 4, Infinity);
  const foot = bottom - 4 + key.height + 6;
  marks.push(...key.marks, label(0, foot + 10, verdict, { anchor: 'start', bold: true }));
  const named = names.reduce((sum, name) => sum + wordsWidth(name, 13) + 60, 0);
  return still(
    {
      width: Math.ceil(Math.max(right + 50, named, wordsWidth(verdict, 13) * 1.08)),
      height: foot + 20,
      marks,
      moving: [],
      title,
      description: verdict,
      tables: [tableOf(drawn, depths, names)],
    },
    opens,
  );
}

/** Both stacks after the same number of layers, counted from 0. */
interface Depth {
  readonly depth: number;
  readonly looks: readonly [Looks, Looks];
}

/** After each layer of one direction; a pad belongs to the layer after it. */
function depthsOf(
  steps: readonly Geometry[],
  axis: number,
): { readonly size: number; readonly looks: readonly Looks[] } {
  const axes = direction(steps, axis);
  const ends = steps.flatMap(({ operation }, i) =>
    operation === 'pad' && i < steps.length - 1 ? [] : [i + 1],
  );
  const looks = ends.map((end): Looks => {
    const below = direction(steps.slice(0, end), axis - rankOf(steps) + rankOf(steps.slice(0, end)));
    const last = below.at(-1);
    if (last === undefined) return { centre: 0, jump: 1, outputs: axes[0]?.size ?? 0 };
    return { centre: firstCentre(below), jump: receptive(below).jump, outputs: out(last) };
  });
  return { size: axes[0]?.size ?? 0, looks };
}

function signsOf(names: readonly [Text, Text]): Entry[] {
  return names.map((text, i) => ({
    box: { paint: i === 0 ? 'first' : 'second', round: 7, weight: 1.5 },
    text,
  }));
}

interface DepthPlace {
  readonly size: number;
  readonly unit: number;
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

function depthMarks([first, second]: Depth['looks'], depth: number, place: DepthPlace): Mark[] {
  const { size, unit, left, right, y } = place;
  const strip = y + BADGE + 6;
  const shift = second.centre - first.centre;
  const whole: Mark = { kind: 'box', x: left, y: strip, width: size * unit, height: STRIP, paint: 'input' };
  const lines = unit < 6 ? [] : range(1, size).map((at) => tick(left + at * unit, strip));
  const jump =
    first.jump === second.jump
      ? say`jump ${written(first.jump)}`
      : say`jumps ${written(first.jump)}, ${written(second.jump)}`;
  return [
    label(0, strip - 3, say`after layer ${depth + 1}`, { anchor: 'start', bold: true }),
    label(0, strip + 15, jump, { anchor: 'start', ink: 'soft', size: 12 }),
    whole,
    ...lines,
    ...badges(first, place, strip, y, 'first'),
    ...badges(second, place, strip, strip + STRIP + 6, 'second'),
    label(right + 44, strip + STRIP / 2, signed(shift), { anchor: 'end', mono: true, bold: shift !== 0 }),
  ];
}

function tick(x: number, y: number): Mark {
  return {
    kind: 'line',
    points: [
      [x, y],
      [x, y + STRIP],
    ],
    ink: 'input',
  };
}

/** The outputs of one stack where they look; those that look beyond the input are not drawn. */
function badges(
  { centre, jump, outputs }: Looks,
  { size, unit, left }: DepthPlace,
  strip: number,
  y: number,
  role: Role,
): Mark[] {
  const above = y < strip;
  if (outputs > OUTPUTS) {
    const ends = [centre, centre + (outputs - 1) * jump].map((at) => Math.min(size, Math.max(0, at + 0.5)));
    const [from, to] = ends as [number, number];
    const box = {
      x: left + from * unit,
      y: above ? strip - 8 : y,
      width: Math.max(1, (to - from) * unit),
      height: 8,
    };
    return [{ kind: 'box', ...box, paint: role, round: 4 }];
  }
  const named = jump * unit >= 9 + 6 * String(outputs - 1).length;
  return range(0, outputs).flatMap((o): Mark[] => {
    const at = centre + o * jump;
    if (at < -0.5 || at > size - 0.5) return [];
    const x = left + (at + 0.5) * unit;
    const width = named
      ? Math.max(BADGE, 8 + 7 * String(o).length)
      : Math.max(2, Math.min(8, jump * unit - 2));
    const high = named ? BADGE : width;
    const points = (
      above
        ? [
            [x, y + BADGE],
            [x, strip + STRIP / 2],
          ]
        : [
            [x, y],
            [x, strip + STRIP / 2],
          ]
    ) as [number, number][];
    return [
      { kind: 'line', points, ink: role, weight: 1.5 },
      {
        kind: 'box',
        x: x - width / 2,
        y: named ? y : above ? y + BADGE - high : y,
        width,
        height: high,
        round: high / 2,
        paint: role,
        weight: 1.5,
        ...(named ? { text: `${o}`, size: 11, bold: true } : {}),
        place: { grid: role, index: [o] },
      },
    ];
  });
}

function signed(shift: number): string {
  return shift > 0 ? `+${written(shift)}` : written(shift);
}

function verdictOf([first, second]: Depth['looks'], depths: number, names: readonly [Text, Text]): Text {
  const shift = second.centre - first.centre;
  const by = written(Math.abs(shift));
  if (shift === 0)
    return depths === 1
      ? say`After one layer both look at the same places.`
      : say`After ${depths} layers both look at the same places.`;
  if (depths === 1) return say`After one layer the two look ${by} input px apart.`;
  return shift > 0
    ? say`After ${depths} layers ${names[1]} looks ${by} input px further to the right than ${names[0]}.`
    : say`After ${depths} layers ${names[1]} looks ${by} input px further to the left than ${names[0]}.`;
}

function tableOf(drawn: readonly Depth[], depths: number, names: readonly [Text, Text]): Table {
  return {
    caption: shortened(say`Where output 0 is centred, in input px`, drawn.length, depths),
    head: [say`after layer`, names[0], names[1], say`shift`],
    rows: drawn.map(({ depth, looks: [first, second] }) => [
      `${depth + 1}`,
      written(first.centre),
      written(second.centre),
      signed(second.centre - first.centre),
    ]),
  };
}
