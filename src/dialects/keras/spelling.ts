// Keras' words for a geometry. What no padding word says, layers in front of it or behind it say:
//
//   x = layers.ZeroPadding2D(3)(x)                          pads other than same's
//   x = layers.Conv2D(64, 7, strides=2)(x)
//
//   x = layers.Conv2DTranspose(4, 3, strides=2)(x)          the natural transposed output,
//   x = layers.Cropping2D(1)(x)                             then its crop
//
//   x = layers.MaxPooling2D(1, strides=2)(x)                keeps every second window: strides with dilation_rate

import {
  type Axis,
  axis,
  type Fill,
  type Geometry,
  geometry,
  isTransposed,
  out,
  type Pads,
} from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Spelling, Value } from '../dialect.ts';
import { keras } from '../keras.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';
import { cropsSame, eased, mirrored, multiplier, slidesApart, whyNot } from '../tensorflow/steps.ts';
import { transposedWord } from './conv.ts';

const WORDS = ['valid', 'same'] as const;

type Word = (typeof WORDS)[number];

const phrases: Phrases = {
  dialect: keras,
  conv: (of, bias) => [...wordsOf(of), 'causal'].map((word) => convPhrase(of, bias, word)),
  transposed: (of, _, bias) => {
    if (of.groups > 1) return [];
    return WORDS.flatMap((word) =>
      [undefined, extraOf(of, word)].map((extra) => transposedPhrase(of, bias, word, extra)),
    );
  },
  covers: true,
  pool: (of) => wordsOf(of).map((word) => poolPhrase(of, word)),
  pad: (pads, fill, sizes) => [mirrored(pads, fill, sizes).map((one) => padPhrase(one.pads, one.fill))],
  crop: (cuts) => [phrase(`layers.Cropping${cuts.length}D`, [sides(cuts)])],
  thin: (strides) => phrase(`layers.MaxPooling${strides.length}D`, [1], { strides: same(strides) }),
  why,
};

/** Keras code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  if (of.axes.some((one) => out(one) === 0)) return { impossible: 'Keras refuses an empty output' };
  // Between the elements of an input of one there are no holes, and strides do not go with dilation_rate.
  const single = (one: Axis) => (one.size === 1 ? axis({ ...one, inputDilation: 1 }) : one);
  return compose(
    phrases,
    transposedApart(eased(of.axes)) ? geometry({ ...of, axes: of.axes.map(single) }) : of,
    bias,
  );
}

/** The word people write by hand: same where it keeps ceil(size / stride), else valid. */
export function usual(of: Geometry): string | null {
  const axes = eased(of.axes);
  if (of.operation === 'pad' || axes.some((one) => out(one) === 0)) return null;
  if (isTransposed(of)) {
    const scaled = axes.every((one) => out(one) === one.size * one.inputDilation);
    const said = whyNot(of, 'Keras') === null && !transposedApart(axes);
    return said ? pythonCall(transposedPhrase(of, true, scaled ? 'same' : 'valid')) : null;
  }
  const padded = axes.some((one) => one.before > 0 || one.after > 0);
  const kept = axes.every((one) => out(one) === Math.ceil(one.size / one.stride));
  const word = padded && kept ? 'same' : 'valid';
  if (of.operation !== 'conv')
    return axes.some((one) => one.dilation > 1) ? null : pythonCall(poolPhrase(of, word));
  return slidesApart(axes) && multiplier(of) === null ? null : pythonCall(convPhrase(of, true, word));
}

function why(of: Geometry): Text | null {
  if (isTransposed(of) && transposedApart(eased(of.axes)) && whyNot(of, 'Keras') === null)
    return 'Keras refuses strides with dilation_rate in a transposed convolution';
  if (of.operation === 'pad' && of.axes.some((one) => one.inputDilation > 1))
    return 'Keras has no layer that puts holes into its input';
  if (of.operation === 'max' || of.operation === 'average') {
    if (eased(of.axes).some((one) => one.dilation > 1)) return 'Keras has no dilation in a pool';
    if (of.axes.some((one) => one.inputDilation > 1)) return null;
    if (of.operation === 'average')
      return 'Keras divides an average by what same leaves in the window, or by the whole window; here it is neither';
  }
  return whyNot(of, 'Keras');
}

function transposedApart(axes: readonly Axis[]): boolean {
  return axes.some((one) => one.inputDilation > 1) && axes.some((one) => one.dilation > 1);
}

function wordsOf(of: Geometry): readonly Word[] {
  return cropsSame(of.axes) ? ['valid'] : WORDS;
}

function per(axes: readonly Axis[], field: 'kernel' | 'stride' | 'dilation' | 'inputDilation'): Value {
  return same(axes.map((one) => one[field]));
}

/** A depthwise layer says it where TensorFlow computes it: unequal strides only with a dilation. */
function isDepthwise(of: Geometry, axes: readonly Axis[]): boolean {
  const equal = new Set(axes.map((one) => one.stride)).size === 1;
  return multiplier(of) !== null && axes.length < 3 && (equal || slidesApart(axes));
}

function convPhrase(of: Geometry, bias: boolean, word: string): Phrase {
  const axes = eased(of.axes);
  const depthwise = isDepthwise(of, axes);
  const name = `layers.${depthwise ? 'Depthwise' : ''}Conv${axes.length}D`;
  return phrase(name, [depthwise ? undefined : of.filters, per(axes, 'kernel')], {
    strides: unless(per(axes, 'stride'), 1),
    padding: unless(word, 'valid'),
    depth_multiplier: depthwise ? unless(multiplier(of), 1) : undefined,
    dilation_rate: unless(per(axes, 'dilation'), 1),
    groups: depthwise ? undefined : unless(of.groups, 1),
    use_bias: unless(bias, true),
  });
}

function transposedPhrase(of: Geometry, bias: boolean, word: Word, extra?: Value): Phrase {
  const axes = eased(of.axes);
  return phrase(`layers.Conv${axes.length}DTranspose`, [of.filters, per(axes, 'kernel')], {
    strides: unless(per(axes, 'inputDilation'), 1),
    padding: unless(word, 'valid'),
    output_padding: extra,
    dilation_rate: unless(per(axes, 'dilation'), 1),
    use_bias: unless(bias, true),
  });
}

/** The output_padding that gives these sizes, as Keras takes it on every backend: with same, not 0 where the kernel is even. */
function extraOf(of: Geometry, word: Word): Value | undefined {
  const extras = of.axes.map((one) => {
    const window = { ...one, stride: one.inputDilation };
    const extra = out(one) - out(transposedWord(window, word === 'same', 0));
    const taken = word === 'valid' || Math.ceil(out(one) / one.inputDilation) === one.size;
    return taken && extra >= 0 ? extra : null;
  });
  return extras.some((extra) => extra === null) ? undefined : same(extras as number[]);
}

function poolPhrase(of: Geometry, word: Word): Phrase {
  const axes = eased(of.axes);
  const size = per(axes, 'kernel');
  return phrase(`layers.${of.operation === 'max' ? 'Max' : 'Average'}Pooling${axes.length}D`, [size], {
    strides: unless(per(axes, 'stride'), size),
    padding: unless(word, 'valid'),
  });
}

/** ZeroPadding for zeros, keras.ops.pad for all else. */
function padPhrase(pads: readonly Pads[], fill: Fill): Phrase {
  if (fill === 0) return phrase(`layers.ZeroPadding${pads.length}D`, [sides(pads)]);
  const how = typeof fill === 'string' ? { mode: fill } : { constant_values: fill };
  return phrase('keras.ops.pad', [{ tensor: 'x' }, [[0, 0], ...pads, [0, 0]]], how);
}

/** Pads as briefly as Keras reads them: 1, (1, 2) for the two axes, ((0, 1), (2, 3)); in 1-D (0, 1) is one axis'. */
function sides(pads: readonly Pads[]): Value {
  const even = pads.every(([before, after]) => before === after);
  if (even && new Set(pads.flat()).size === 1) return pads[0]?.[0] as number;
  if (pads.length === 1) return pads.flat();
  return even ? pads.map(([before]) => before) : pads;
}
