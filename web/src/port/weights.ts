// How the axes of a weight move from one framework to the other, as a small figure and in words:
//
//   Keras     height 3   width 3   in 3     out 64
//                  \________\___  /  \_____/
//   PyTorch   out 64    in 3     height 3   width 3

import type { Layer, WeightMove } from 'padwise/dialects';
import type { Box, Figure, Mark, Role } from 'padwise/draw';
import { say, type Text } from 'padwise/words';

/** One axis of a weight. */
export interface WeightAxis {
  /** g, o, i or k0, k1, ... as parameters have them. */
  readonly letter: string;
  readonly size: number;
}

/** The axes a weight is split into, in the order it has them before it moves. */
export function weightAxes({ split, name, step }: WeightMove, layer: Layer, channels: number): WeightAxis[] {
  const source = layer.parameters(channels).find((one) => one.name === name && one.step === step);
  const kernels = source === undefined ? 0 : layer.rank;
  const held = (source?.order ?? '')
    .split(' ')
    .flatMap((part) => (part === 'k' ? Array.from({ length: kernels }, (_, i) => `k${i}`) : [...part]));
  // A group of one is no axis of its own; what the target has besides stands last, and is 1 or the group.
  const letters = held.length > split.length ? held.filter((letter) => letter !== 'g') : [...held];
  for (const letter of ['i', 'g', 'o']) {
    if (letters.length < split.length && !letters.includes(letter)) letters.push(letter);
  }
  return split.map((size, i) => ({ letter: letters[i] ?? '?', size }));
}

const NAMES: Readonly<Record<string, Text>> = { g: say`group`, o: say`out`, i: say`in` };
const ROLES: Readonly<Record<string, Role>> = { g: 'first', o: 'output', i: 'input' };

/** What an axis of a weight is called. */
export function axisName(letter: string, rank: number): Text {
  if (!letter.startsWith('k')) return NAMES[letter] ?? letter;
  const names = [say`depth`, say`height`, say`width`];
  return rank === 1 ? say`length` : (names.slice(3 - rank)[Number(letter.slice(1))] ?? letter);
}

const [WIDE, HIGH, APART, BETWEEN, LEFT] = [92, 40, 12, 46, 118];

/** The axes of a weight before and after, and lines between them. */
export function weightFigure(
  move: WeightMove,
  axes: readonly WeightAxis[],
  rank: number,
  names: readonly [Text, Text],
): Figure {
  const bottom = HIGH + BETWEEN;
  const title = say`How the axes of ${move.name} move`;
  const place = (index: number) => LEFT + index * (WIDE + APART);
  const box = (axis: WeightAxis, index: number, y: number): Mark[] => {
    const shape: Box = {
      kind: 'box',
      x: place(index),
      y,
      width: WIDE,
      height: HIGH,
      paint: ROLES[axis.letter] ?? 'kernel',
      round: 6,
    };
    const middle = place(index) + WIDE / 2;
    const size = { anchor: 'middle', ink: 'ink', mono: true, bold: true, size: 13 } as const;
    return [
      shape,
      {
        kind: 'label',
        x: middle,
        y: y + 13,
        text: axisName(axis.letter, rank),
        anchor: 'middle',
        ink: 'ink',
        size: 11,
      },
      { kind: 'label', x: middle, y: y + 28, text: `${axis.size}`, ...size },
    ];
  };
  const moved = move.permutation.map((index) => axes[index] as WeightAxis);
  const lines = move.permutation.map((from, to): Mark => {
    const [x, end] = [place(from) + WIDE / 2, place(to) + WIDE / 2];
    const points = [
      [x, HIGH + 2],
      [end, bottom - 3],
    ] as const;
    return { kind: 'line', points, ink: from === to ? 'soft' : 'ink', weight: 1.5, arrow: true };
  });
  const label = (text: Text, y: number, more: object = {}): Mark => ({
    kind: 'label',
    x: 0,
    y,
    text,
    anchor: 'start',
    ink: 'ink',
    bold: true,
    ...more,
  });
  const shapes = { bold: false, mono: true, size: 11, ink: 'soft' };
  const mirrored = move.reversed.map(
    (index): Mark => ({
      kind: 'label',
      x: place(index) + WIDE / 2,
      y: bottom + HIGH + 11,
      text: say`mirrored`,
      anchor: 'middle',
      ink: 'kernel',
      size: 11,
    }),
  );
  const words = axes.map((axis) => say`${axisName(axis.letter, rank)} ${axis.size}`);
  const after = moved.map((axis) => say`${axisName(axis.letter, rank)} ${axis.size}`);
  return {
    frames: 1,
    source: '',
    frame: () => ({
      width: place(axes.length) - APART,
      height: bottom + HIGH + (mirrored.length > 0 ? 20 : 0),
      marks: [
        label(names[0], HIGH / 2 - 8),
        label(move.from.join(' × '), HIGH / 2 + 10, shapes),
        label(names[1], bottom + HIGH / 2 - 8),
        label(move.to.join(' × '), bottom + HIGH / 2 + 10, shapes),
        ...lines,
        ...axes.flatMap((axis, i) => box(axis, i, 0)),
        ...moved.flatMap((axis, i) => box(axis, i, bottom)),
        ...mirrored,
      ],
      moving: [],
      title,
      description: say`${names[0]}: ${listed(words)}. ${names[1]}: ${listed(after)}.`,
      tables: [
        {
          caption: title,
          head: ['', ...axes.map((_, i) => String(i + 1))],
          rows: [
            [names[0], ...words],
            [names[1], ...after],
          ],
        },
      ],
    }),
  };
}

function listed(texts: readonly Text[]): Text {
  return texts.reduce((all, one) => say`${all}, ${one}`);
}

/** What an array is called where two of one name would be confused: by its step. */
export function arrayName(
  name: string,
  step: number,
  moves: readonly WeightMove[],
  side: 'name' | 'target',
): string {
  const several = moves.filter((one) => one[side] === name).length > 1;
  return several ? `${name}_${step}` : name;
}
