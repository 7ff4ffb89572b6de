// The looks and words of a transposed convolution's figure, shared by the drawing of one axis and that of two.
//
//   kept: an output     cropped: hatched     beyond the natural output: a dashed zero

import { type Axis, type Geometry, out, transposedWords } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { settings, tuple } from '../caption.ts';
import type { Entry } from '../legend.ts';
import { digits, type Look } from '../looks.ts';
import { type Numbers, written } from '../numbers.ts';
import type { Shown } from '../shown.ts';
import { isNatural, keptAs, sumOf, sumWords, type Term, termsAt, weightOf } from './scattering.ts';

/** The positions drawn, an entry an axis. */
export interface ScatterView {
  readonly inputs: readonly Shown[];
  readonly kernels: readonly Shown[];
  readonly naturals: readonly Shown[];
}

/** Where most is added up of what an element writes, and what. */
export interface Overlap {
  readonly position: readonly number[];
  readonly terms: readonly Term[];
}

/** A cell of the natural output. */
export function naturalLook(of: Geometry, numbers: Numbers, position: readonly number[]): Look {
  const kept = of.axes.every((axis, i) => keptAs(axis, position[i] as number) !== undefined);
  const natural = of.axes.every((axis, i) => isNatural(axis, position[i] as number));
  const terms = natural ? termsAt(of, numbers, position) : [];
  const text = terms === null ? {} : digits(written(sumOf(terms)));
  if (!kept) return { paint: 'unread', hatched: true, ...text };
  return natural ? { paint: 'output', ...text } : { paint: 'pad', dashed: true, ...text };
}

/** An element of the input. */
export function elementLook(numbers: Numbers, element: readonly number[]): Look {
  return { paint: 'input', ...digits(written(numbers.input(element))) };
}

/** A tap of the kernel as it is added: mirrored only where the window is not. */
export function tapLook(of: Geometry, numbers: Numbers, tap: readonly number[]): Look {
  return { paint: 'kernel', ...digits(written(weightOf(of, numbers, tap))) };
}

/** The size of something, axis by axis. */
export function sizes(of: Geometry, one: (axis: Axis) => number): string {
  return of.axes.map(one).join('\u00d7');
}

/** What stands under the kernel: the transposed layer's own stride, and its dilation. */
export function scatterSettings(of: Geometry): Text[] {
  const own = of.axes.map(({ inputDilation, dilation }) => ({
    ...(of.axes[0] as Axis),
    stride: inputDilation,
    dilation,
  }));
  return settings({ ...of, axes: own, flip: false });
}

/** What the signs mean that are drawn. */
export function scatterSigns(of: Geometry): Entry[] {
  const crops = of.axes.flatMap((axis) => transposedWords(axis).crop);
  return [
    ...(of.axes.every((axis) => out(axis) > 0)
      ? [
          {
            box: { paint: 'output', line: 'ink', weight: 2 } as const,
            text: say`kept: output ${sizes(of, out)}`,
          },
        ]
      : []),
    ...(crops.some((crop) => crop > 0) || of.axes.some(({ stride }) => stride > 1)
      ? [{ box: { paint: 'unread', hatched: true } as const, text: say`cropped` }]
      : []),
    ...(crops.some((crop) => crop < 0)
      ? [{ box: { paint: 'pad', dashed: true } as const, text: say`beyond the natural output: 0` }]
      : []),
  ];
}

/** From the first to after the last natural position that is kept, an entry an axis; undefined where none is. */
export function keptReach(of: Geometry): readonly (readonly [number, number])[] | undefined {
  if (of.axes.some((axis) => out(axis) === 0)) return undefined;
  return of.axes.map((axis) => {
    const [first] = transposedWords(axis).crop;
    return [first, first + (out(axis) - 1) * axis.stride + 1] as const;
  });
}

/** The sum at the position where most meets. */
export function overlapWords({ position, terms }: Overlap): Text {
  return say`At position ${tuple(position)}: ${sumWords(terms)}`;
}

/** What stands over the natural output. */
export function naturalCaption(of: Geometry): Text {
  return say`natural output ${sizes(of, (axis) => transposedWords(axis).natural)}`;
}
