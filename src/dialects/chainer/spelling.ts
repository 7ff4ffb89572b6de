// Chainer's words for a geometry: links and functions whose pad is one number for both sides, F.pad for all else, outsize and
// cover_all where the output is longer at the end than pad alone makes it:
//
//   L.Convolution2D(3, 64, 7, stride=2, pad=3)
//   L.Deconvolution2D(8, 4, 3, stride=2, pad=1, outsize=(8, 8))
//   x = F.pad(x, ((0, 0), (0, 0), (0, 1), (0, 1)), 'constant')

import { type Fill, type Geometry, isTransposed, out, type Pads } from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { chainer } from '../chainer.ts';
import { compose, type Phrases, type TransposedWords } from '../composer.ts';
import type { Spelling, Value } from '../dialect.ts';
import { NUMPY_FILLS } from '../numpy-pad.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';
import { halfPads, isUsual, usualCrops } from '../usual.ts';

const phrases: Phrases = {
  dialect: chainer,
  conv: (of, bias) => [false, true].map((covers) => link(of, bias, befores(of), covers)),
  transposed: (of, words, bias) => {
    const crops = words.map(({ crop: [low] }) => low);
    return [transposedLink(of, words, bias, crops), transposedLink(of, words, bias, crops, of.axes.map(out))];
  },
  pool: (of) =>
    of.operation === 'max'
      ? [true, false].map((covers) => maximum(of, befores(of), covers))
      : [false, true].map((excludes) => average(of, befores(of), excludes)),
  pad: (pads, fill) => [padCall(pads, fill)],
  why,
};

/** Chainer code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return compose(phrases, of, bias);
}

/** Half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (!isUsual(of)) return null;
  if (!isTransposed(of)) {
    const half = halfPads(of);
    if (of.operation === 'conv') return pythonCall(link(of, true, half, false));
    return pythonCall(of.operation === 'max' ? maximum(of, half, true) : average(of, half, false));
  }
  const crops = usualCrops(of);
  if (crops === null) return null;
  const words = crops.map(({ stride }): TransposedWords => ({ stride, crop: [0, 0] }));
  const sizes = crops.some(({ extra }) => extra > 0) ? of.axes.map(out) : undefined;
  return pythonCall(
    transposedLink(
      of,
      words,
      true,
      crops.map(({ padding }) => padding),
      sizes,
    ),
  );
}

function why(of: Geometry): Text | null {
  if (typeof of.divisor === 'number') return 'Chainer divides an average by what its window counts';
  const cut = of.axes.some((one) => one.before < 0 || one.after < 0);
  const transposed = isTransposed(of);
  if (transposed ? of.flip && of.axes.every((one) => one.stride === 1) : cut)
    return 'Chainer crops by slicing, x[:, :, 1:], which is no call that padwise writes';
  return null;
}

function befores(of: Geometry): number[] {
  return of.axes.map((one) => one.before);
}

function taps(of: Geometry) {
  return of.axes.map((one) => one.kernel);
}

/** A link of 1, 2 or 3 axes; cover_all in two dimensions is ConvolutionND's alone. */
function link(of: Geometry, bias: boolean, pads: readonly number[], covers: boolean): Phrase {
  const rank = of.axes.length;
  const many = covers && rank === 2;
  return phrase(
    many ? 'L.ConvolutionND' : `L.Convolution${rank}D`,
    [many ? rank : undefined, of.channels, of.filters, same(taps(of))],
    {
      stride: unless(same(of.axes.map((one) => one.stride)), 1),
      pad: unless(same(pads), 0),
      nobias: unless(!bias, false),
      cover_all: unless(covers, false),
      dilate: unless(same(of.axes.map((one) => one.dilation)), 1),
      groups: unless(of.groups, 1),
    },
  );
}

function transposedLink(
  of: Geometry,
  words: readonly TransposedWords[],
  bias: boolean,
  pads: readonly number[],
  sizes?: readonly number[],
): Phrase {
  return phrase(`L.Deconvolution${of.axes.length}D`, [of.channels, of.filters, same(taps(of))], {
    stride: unless(same(words.map(({ stride }) => stride)), 1),
    pad: unless(same(pads), 0),
    nobias: unless(!bias, false),
    outsize: sizes,
    dilate: unless(same(of.axes.map((one) => one.dilation)), 1),
    groups: unless(of.groups, 1),
  });
}

function maximum(of: Geometry, pads: readonly number[], covers: boolean): Phrase {
  return pool(of, `F.max_pooling_${of.axes.length}d`, same(taps(of)), pads, {
    cover_all: unless(covers, true),
  });
}

/** average_pooling_2d has no pad_value; average_pooling_nd reads its rank off ksize. */
function average(of: Geometry, pads: readonly number[], excludes: boolean): Phrase {
  const rank = of.axes.length;
  const many = excludes && rank === 2;
  const kernel = many ? taps(of) : same(taps(of));
  const value = excludes ? { pad_value: null } : {};
  return pool(of, many ? 'F.average_pooling_nd' : `F.average_pooling_${rank}d`, kernel, pads, value);
}

function pool(
  of: Geometry,
  path: string,
  kernel: Value,
  pads: readonly number[],
  more: Readonly<Record<string, Value | undefined>>,
): Phrase {
  return phrase(path, [{ tensor: 'x' }, kernel], {
    stride: unless(same(of.axes.map((one) => one.stride)), same(taps(of))),
    pad: unless(same(pads), 0),
    ...more,
  });
}

function padCall(pads: readonly Pads[], fill: Fill): Phrase {
  const [mode = 'constant'] = Object.entries(NUMPY_FILLS).find(([, one]) => one === fill) ?? [];
  return phrase('F.pad', [{ tensor: 'x' }, [[0, 0], [0, 0], ...pads], mode], {
    constant_values: typeof fill === 'number' ? unless(fill, 0) : undefined,
  });
}
