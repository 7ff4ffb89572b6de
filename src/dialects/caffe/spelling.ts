// Caffe's words for a geometry, in pycaffe's NetSpec, whose to_proto() makes the network's text of it:
//
//   L.Convolution(x, num_output=64, kernel_size=7, stride=2, pad=3)
//   L.Pooling(x, pool=P.Pooling.MAX, kernel_size=3, stride=2)
//
// Caffe pads both sides alike and has neither a padding nor a cropping layer of its own.

import { type Axis, extent, type Geometry, isTransposed, out } from '../../geometry/index.ts';
import { caffe } from '../caffe.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Spelling, Value } from '../dialect.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';

const phrases: Phrases = {
  dialect: caffe,
  conv: (of, bias) => [
    weightedPhrase(
      of,
      bias,
      'Convolution',
      of.axes.map((one) => Math.max(0, one.before)),
      (one) => one.stride,
    ),
  ],
  transposed: (of, words, bias) => [
    weightedPhrase(
      of,
      bias,
      'Deconvolution',
      words.map(({ crop }) => Math.max(0, crop[0])),
      (one) => one.inputDilation,
    ),
  ],
  pool: (of) =>
    [false, true].map((ceil) =>
      poolPhrase(
        of,
        of.axes.map((one) => Math.max(0, one.before)),
        ceil,
      ),
    ),
  why: (of) => {
    if (of.operation === 'pad') return 'Caffe has no layer that only pads or crops';
    if (of.axes.length === 1) return 'padwise writes Caffe layers of two or three axes';
    if (isTransposed(of) || of.axes.some((one) => out(one) === 0)) return null;
    return 'Caffe pads both sides of an axis alike and with nothing but zeros';
  },
};

/** Caffe code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return compose(phrases, of, bias);
}

/** The padding people write by hand: half the kernel. */
export function usual(of: Geometry): string | null {
  if (
    of.operation === 'pad' ||
    isTransposed(of) ||
    of.axes.length === 1 ||
    of.axes.some((one) => out(one) === 0)
  )
    return null;
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  const half = of.axes.map((one) => (padded ? Math.floor((extent(one) - 1) / 2) : 0));
  if (of.operation !== 'conv') return of.axes.length === 2 ? pythonCall(poolPhrase(of, half, true)) : null;
  return pythonCall(weightedPhrase(of, true, 'Convolution', half, (one) => one.stride));
}

/** One number for two axes alike, _h and _w for two that differ, a list for three. */
function perAxis(
  name: string,
  values: readonly number[],
  fallback?: number,
): Record<string, Value | undefined> {
  if (values.every((value) => value === fallback)) return {};
  if (values.length !== 2) return { [name]: values };
  const short = name.replace('_size', '');
  return values[0] === values[1]
    ? { [name]: same(values) }
    : { [`${short}_h`]: values[0], [`${short}_w`]: values[1] };
}

function weightedPhrase(
  of: Geometry,
  bias: boolean,
  type: string,
  pads: readonly number[],
  stride: (one: Axis) => number,
): Phrase {
  // The number of axes is read off a field with a number for each.
  const dilations = of.axes.map((one) => one.dilation);
  return phrase(`L.${type}`, [{ tensor: 'x' }], {
    num_output: of.filters,
    ...perAxis(
      'kernel_size',
      of.axes.map((one) => one.kernel),
    ),
    ...perAxis('stride', of.axes.map(stride), 1),
    ...perAxis('pad', pads, 0),
    dilation: unless(same(dilations), 1),
    group: unless(of.groups, 1),
    bias_term: unless(bias, true),
  });
}

function poolPhrase(of: Geometry, pads: readonly number[], ceil: boolean): Phrase {
  const whole = of.axes.every((one) => one.kernel === one.size && one.before === 0 && out(one) === 1);
  const window = whole
    ? { global_pooling: true }
    : {
        ...perAxis(
          'kernel_size',
          of.axes.map((one) => one.kernel),
        ),
        ...perAxis(
          'stride',
          of.axes.map((one) => one.stride),
          1,
        ),
        ...perAxis('pad', pads, 0),
        round_mode: ceil ? undefined : { tensor: 'P.Pooling.FLOOR' },
      };
  return phrase('L.Pooling', [{ tensor: 'x' }], {
    pool: { tensor: of.operation === 'max' ? 'P.Pooling.MAX' : 'P.Pooling.AVE' },
    ...window,
  });
}
