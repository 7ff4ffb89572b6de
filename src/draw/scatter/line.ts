// A transposed convolution of one axis: an input element over the positions it writes, the kernel, their products, and the
// natural output onto which they are added.
//
//   input        0     [1]     2
//   kernel            0 1 2                    1 at i * stride
//   1 * kernel        0 1 2
//   natural      0 0 0 1 2 2 4      position 4: 1*2 + 2*0 = 2

import type { Axis, Geometry } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { captions, channelsNote } from '../caption.ts';
import { drawn, gapped } from '../drawn.ts';
import { along, GAP, type Track, track } from '../grid.ts';
import { legend, wordsWidth } from '../legend.ts';
import { digits } from '../looks.ts';
import { type Numbers, written } from '../numbers.ts';
import { CELL, cell, label, type Mark, type Picture } from '../picture.ts';
import type { Shown } from '../shown.ts';
import {
  elementLook,
  keptReach,
  naturalCaption,
  naturalLook,
  type Overlap,
  overlapWords,
  type ScatterView,
  scatterSettings,
  scatterSigns,
  tapLook,
} from './looks.ts';
import { keptAs, weightOf, writesOf } from './scattering.ts';

const INPUT = 18;
const KERNEL = INPUT + CELL + 34;
const PRODUCT = KERNEL + CELL + 10;
const NATURAL = PRODUCT + CELL + 30;
const BELOW = NATURAL + CELL + 24;
const LINE = 21;
const NARROWEST = 320;

/** What all frames share. */
export interface LineBase {
  readonly left: number;
  readonly natural: Track;
  readonly element: (index: number) => number | undefined;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** What all frames of one axis share. */
export function stillOfLine(
  of: Geometry,
  numbers: Numbers,
  view: ScatterView,
  elements: readonly (readonly number[])[],
): LineBase {
  const axis = of.axes[0] as Axis;
  const natural = track(view.naturals[0] as Shown);
  const whole = drawn(writesOf(axis), natural.shown);
  const fits = whole.length > 0 || axis.size === 0;
  const inputs = fits ? gapped(whole, axis.size) : (view.inputs[0] as Shown);
  const packed = track(inputs);
  const element = (index: number) => {
    const part = along(
      natural,
      index * axis.inputDilation,
      index * axis.inputDilation + writesOf(axis).extent,
    );
    if (!fits) return packed.offset(index);
    return part === undefined ? undefined : (part[0] + part[1] - CELL) / 2;
  };
  const kernelWords = [say`kernel ${axis.kernel}`, ...scatterSettings(of)];
  const names = [say`input ${axis.size}`, ...kernelWords, naturalCaption(of)];
  const left = Math.ceil(Math.max(...names.map((name) => wordsWidth(name, 13)))) + 20;
  const width = Math.max(left + natural.length, fits ? 0 : left + packed.length, NARROWEST);
  const sums = elements.length > 0 ? LINE + 12 : 0;
  const key = legend(scatterSigns(of), 0, BELOW + sums, width);
  const notes = channelsNote(of).map((text, i) =>
    label(0, BELOW + sums + key.height + 11 + i * LINE, text, { anchor: 'start', ink: 'soft', size: 12 }),
  );
  const head = (y: number, text: Text) => label(left - 16, y, text, { anchor: 'end', ink: 'soft' });
  const index = (x: number, y: number, text: string) =>
    label(x + CELL / 2, y, text, { ink: 'soft', size: 10 });
  const frames = new Map(elements.map(([one], frame) => [one, frame]));
  const dots = (y: number, gaps: readonly number[]) =>
    gaps.map((gap) => label(left + gap + GAP / 2, y + CELL / 2, '\u22ef', { ink: 'soft', size: 16 }));
  const kept = keptReach(of)?.[0];
  const outline = kept && along(natural, ...kept);
  const marks: Mark[] = [
    head(INPUT + CELL / 2, say`input ${axis.size}`),
    ...kernelWords.map((text, i) => head(KERNEL + CELL / 2 + (i - (kernelWords.length - 1) / 2) * 17, text)),
    head(NATURAL + CELL / 2, naturalCaption(of)),
    { ...head(NATURAL + CELL + 10, captions(of).output), size: 10 },
    ...inputs.flatMap((one): Mark[] => {
      const x = one === undefined ? undefined : element(one);
      if (one === undefined || x === undefined) return [];
      const frame = frames.get(one);
      const place = { grid: 'input', index: [one], ...(frame === undefined ? {} : { frame }) };
      return [
        cell(left + x, INPUT, null, { ...elementLook(numbers, [one]), place }),
        index(left + x, INPUT - 9, String(one)),
      ];
    }),
    ...dots(INPUT, fits ? (inputs.includes(undefined) ? natural.gaps : []) : packed.gaps),
    ...natural.shown.flatMap((position): Mark[] => {
      if (position === undefined) return [];
      const x = left + (natural.offset(position) as number);
      const output = keptAs(axis, position);
      return [
        index(x, NATURAL - 9, String(position)),
        cell(x, NATURAL, null, {
          ...naturalLook(of, numbers, [position]),
          place: { grid: 'natural', index: [position] },
        }),
        ...(output === undefined ? [] : [index(x, NATURAL + CELL + 10, String(output))]),
      ];
    }),
    ...dots(NATURAL, natural.gaps),
    ...(outline === undefined
      ? []
      : [
          {
            kind: 'box',
            x: left + outline[0],
            y: NATURAL,
            width: outline[1] - outline[0],
            height: CELL,
            paint: null,
            line: 'ink',
            weight: 2,
          } as const,
        ]),
    ...key.marks,
    ...notes,
  ];
  return { left, natural, element, width, height: BELOW + sums + key.height + notes.length * LINE, marks };
}

/** One frame: an element and what it adds. */
export function pictureOfLine(
  of: Geometry,
  numbers: Numbers,
  { left, natural, element: placeOf, width, height, marks }: LineBase,
  element: readonly number[] | undefined,
  chosen: Overlap | undefined,
): Pick<Picture, 'width' | 'height' | 'marks' | 'moving'> {
  const axis = of.axes[0] as Axis;
  const [index] = element ?? [];
  if (index === undefined) return { width, height, marks, moving: [] };
  const value = numbers.input([index]);
  const from = index * axis.inputDilation;
  const targets = natural.shown.filter(
    (position): position is number =>
      position !== undefined &&
      position >= from &&
      position < from + writesOf(axis).extent &&
      (position - from) % axis.dilation === 0,
  );
  const moving: Mark[] = [];
  const x = placeOf(index);
  if (x !== undefined) {
    for (const position of targets)
      moving.push({
        kind: 'line',
        points: [
          [left + x + CELL / 2, INPUT + CELL],
          [left + (natural.offset(position) as number) + CELL / 2, KERNEL],
        ],
        ink: 'window',
        weight: 1.2,
      });
    const look = { ...elementLook(numbers, [index]), paint: 'window', line: 'window' } as const;
    moving.push(cell(left + x, INPUT, null, { ...look, weight: 2.5, bold: true }));
  }
  moving.push(
    label(left - 16, PRODUCT + CELL / 2, say`${written(value)} \u00d7 kernel`, {
      anchor: 'end',
      ink: 'soft',
    }),
  );
  for (const position of targets) {
    const at = left + (natural.offset(position) as number);
    const tap = [(position - from) / axis.dilation];
    const product = digits(written(value * weightOf(of, numbers, tap)));
    moving.push(
      cell(at, KERNEL, null, tapLook(of, numbers, tap)),
      cell(at, PRODUCT, null, { paint: 'shown', bold: true, ...product }),
      {
        kind: 'line',
        points: [
          [at + CELL / 2, PRODUCT + CELL],
          [at + CELL / 2, NATURAL - 17],
        ],
        ink: 'shown',
        weight: 1.2,
        arrow: true,
      },
      cell(at, NATURAL, null, {
        ...naturalLook(of, numbers, [position]),
        paint: 'shown',
        line: 'shown',
        weight: 2.5,
        bold: true,
      }),
    );
  }
  if (chosen !== undefined)
    moving.push(label((left + width) / 2, BELOW + 10, overlapWords(chosen), { mono: true }));
  return { width, height, marks, moving };
}
