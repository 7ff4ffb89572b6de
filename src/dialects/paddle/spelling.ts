// PaddlePaddle's words for a geometry. Its layers take pads before and after each axis, so most are one line; copies and
// what a layer cannot crop are F.pad's:
//
//   paddle.nn.Conv2D(3, 64, 7, stride=2, padding=[2, 3, 2, 3])
//   x = paddle.nn.Conv2DTranspose(8, 4, 3, stride=2, padding=[0, 1, 0, 1])(x)

import { type Fill, type Geometry, isTransposed, type Pads, transposedWords } from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { compose, type Phrases, type TransposedWords } from '../composer.ts';
import type { Spelling, Value } from '../dialect.ts';
import { paddle } from '../paddle.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';
import { asList } from '../signature.ts';
import { padFills } from '../spelling.ts';
import { halfPads, isUsual, usualCrops } from '../usual.ts';

const MODES: ReadonlyMap<Fill, string> = new Map<Fill, string>([
  ['reflect', 'reflect'],
  ['replicate', 'replicate'],
  ['wrap', 'circular'],
]);

const phrases: Phrases = {
  dialect: paddle,
  conv: (of, bias) => {
    const copied = [...padFills(of.axes)].find((fill) => typeof fill === 'string');
    return [
      convPhrase(of, bias, padding(windowPads(of)), copied === undefined ? undefined : MODES.get(copied)),
    ];
  },
  transposed: (of, words, bias) => [
    transposedPhrase(of, words, bias, ({ crop: [low, high] }) => [low, low, low - high]),
    transposedPhrase(of, words, bias, ({ crop: [low, high] }) => [
      low,
      Math.max(0, high),
      Math.max(0, -high),
    ]),
  ],
  pool: (of) =>
    [false, true].flatMap((ceil) =>
      (of.operation === 'max' ? [true] : [true, false]).map((exclusive) =>
        poolPhrase(of, padding(windowPads(of)), ceil, exclusive),
      ),
    ),
  negative: true,
  pad: (pads, fill) => (fill === 'symmetric' ? [] : [padPhrase(pads, fill)]),
  why,
};

/** PaddlePaddle code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return compose(phrases, of, bias);
}

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (!isUsual(of)) return null;
  if (!isTransposed(of)) {
    const half = same(halfPads(of));
    return pythonCall(
      of.operation === 'conv' ? convPhrase(of, true, half) : poolPhrase(of, half, false, true),
    );
  }
  const crops = usualCrops(of);
  if (crops === null) return null;
  return pythonCall(
    transposedPhrase(of, of.axes.map(transposedWords), true, (_, i) => {
      const { padding = 0, extra = 0 } = crops[i] ?? {};
      return [padding, padding, extra];
    }),
  );
}

function why(of: Geometry): Text | null {
  const fills = padFills(of.axes);
  if (fills.has('symmetric')) return 'PaddlePaddle has no symmetric padding';
  if (of.operation === 'average' && of.axes.some((one) => one.dilation > 1))
    return 'PaddlePaddle has no dilation in a pooling';
  if (isTransposed(of) && [...fills].some((fill) => fill !== 0))
    return 'PaddlePaddle pads a transposed convolution with zeros only';
  return null;
}

function windowPads(of: Geometry): Pads[] {
  return of.axes.map((one): Pads => [Math.max(0, one.before), Math.max(0, one.after)]);
}

/** One number where all sides agree, one per axis where both sides of each do, else before and after of each. */
function padding(pads: readonly Pads[]): Value {
  return pads.every(([before, after]) => before === after)
    ? same(pads.map(([before]) => before))
    : asList(pads.flat());
}

function convPhrase(of: Geometry, bias: boolean, pads: Value, mode?: string): Phrase {
  return phrase(
    `paddle.nn.Conv${of.axes.length}D`,
    [of.channels, of.filters, same(of.axes.map((one) => one.kernel))],
    {
      stride: unless(same(of.axes.map((one) => one.stride)), 1),
      padding: unless(pads, 0),
      dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
      groups: unless(of.groups, 1),
      padding_mode: mode,
      bias_attr: bias ? undefined : false,
    },
  );
}

function transposedPhrase(
  of: Geometry,
  words: readonly TransposedWords[],
  bias: boolean,
  cut: (one: TransposedWords, index: number) => readonly [low: number, high: number, extra: number],
): Phrase {
  const cuts = words.map(cut);
  const kernel = same(of.axes.map((one) => one.kernel));
  return phrase(`paddle.nn.Conv${of.axes.length}DTranspose`, [of.channels, of.filters, kernel], {
    stride: unless(same(words.map(({ stride }) => stride)), 1),
    padding: unless(padding(cuts.map(([low, high]): Pads => [low, high])), 0),
    output_padding: unless(same(cuts.map(([, , extra]) => extra)), 0),
    dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
    groups: unless(of.groups, 1),
    bias_attr: bias ? undefined : false,
  });
}

function poolPhrase(of: Geometry, pads: Value, ceil: boolean, exclusive: boolean): Phrase {
  const kernel = same(of.axes.map((one) => one.kernel));
  return phrase(`paddle.nn.${of.operation === 'max' ? 'Max' : 'Avg'}Pool${of.axes.length}D`, [kernel], {
    stride: unless(same(of.axes.map((one) => one.stride)), kernel),
    padding: unless(pads, 0),
    exclusive: unless(exclusive, true),
    ceil_mode: unless(ceil, false),
    divisor_override: typeof of.divisor === 'number' ? of.divisor : undefined,
  });
}

/** F.pad: pairs from the last axis backwards; negative numbers crop. */
function padPhrase(pads: readonly Pads[], fill: Fill): Phrase {
  return phrase('paddle.nn.functional.pad', [{ tensor: 'x' }, asList([...pads].reverse().flat())], {
    mode: MODES.get(fill),
    value: typeof fill === 'number' ? unless(fill, 0) : undefined,
  });
}
