// TFLite's words for a geometry: SAME or VALID where one of them is what it wants, else statements around it:
//
//   x = tfl.pad(x, [[0, 0], [3, 2], [3, 2], [0, 0]])
//   x = tfl.conv_2d(x, filter, bias, padding='VALID', stride_h=2, stride_w=2)

import {
  type Axis,
  adjointAxis,
  type Fill,
  type Geometry,
  isTransposed,
  out,
  type Pads,
} from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Shape, Spelling, Value } from '../dialect.ts';
import { weightShape } from '../parameter.ts';
import { type Phrase, phrase, pythonCall } from '../printer.ts';
import { asList } from '../signature.ts';
import { padFills } from '../spelling.ts';
import { tflite } from '../tflite.ts';

const X = { tensor: 'x' };
const WORDS = ['VALID', 'SAME'] as const;

const phrases: Phrases = {
  dialect: tflite,
  conv: (of, bias) => WORDS.map((word) => conv(of, bias, word)),
  transposed: (of, _words, bias) => WORDS.map((word) => transposed(of, bias, word)),
  pool: (of) => WORDS.map((word) => pool(of, word)),
  pad: (pads, fill) => [padding(pads, fill)],
  crop: (cuts, sizes) => [slice(cuts, sizes)],
  why,
  apply: (code) => `x = ${code}`,
};

/** TFLite operators for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  const why = plane(of);
  return why === null ? compose(phrases, of, bias) : { impossible: why };
}

/** The word people write by hand: SAME where it keeps ceil(size / stride), else VALID. */
export function usual(of: Geometry): string | null {
  const { axes } = of;
  if (of.operation === 'pad' || axes.some((one) => out(one) === 0) || (why(of) ?? plane(of)) !== null)
    return null;
  if (isTransposed(of)) {
    const kept = axes.every((one) => out(one) <= one.size * one.inputDilation);
    return pythonCall(transposed(of, true, kept ? 'SAME' : 'VALID'));
  }
  const padded = axes.some((one) => one.before > 0 || one.after > 0);
  const kept = axes.every((one) => out(one) === Math.ceil(one.size / one.stride));
  const word = padded && kept ? 'SAME' : 'VALID';
  return pythonCall(of.operation === 'conv' ? conv(of, true, word) : pool(of, word));
}

function plane(of: Geometry): Text | null {
  return of.axes.length === 2 || of.operation === 'pad'
    ? null
    : 'padwise writes the operators of TFLite for two dimensions only';
}

function why(of: Geometry): Text | null {
  if (isTransposed(of) && of.groups > 1) return 'TFLite has no groups in a transposed convolution';
  if (isTransposed(of) && of.axes.some((one) => one.dilation > 1))
    return 'TFLite has no dilation in a transposed convolution';
  const fills = padFills(of.axes);
  if (fills.has('wrap')) return 'TFLite has no circular padding';
  return fills.has('replicate') ? 'TFLite has no padding that repeats the border' : null;
}

function slides(axes: readonly Axis[], step: 'stride' | 'inputDilation', word: string) {
  const [height, width] = axes.map((one) => one[step]);
  return { padding: word, stride_h: height, stride_w: width };
}

/** Without a bias it adds zeros, since the operator does not do without. */
function conv(of: Geometry, bias: boolean, word: string): Phrase {
  const { axes } = of;
  const depthwise = of.groups === of.channels && of.channels > 1;
  const shape = weightShape(depthwise ? 'i k go' : 'go k i', {
    ...of,
    kernel: axes.map((one) => one.kernel),
  });
  const added = bias ? { tensor: 'bias', shape: [of.filters] } : { tensor: `tf.zeros([${of.filters}])` };
  const [height = 1, width = 1] = axes.map((one) => one.dilation);
  const dilated = height > 1 || width > 1;
  return phrase(
    `tfl.${depthwise ? 'depthwise_conv_2d' : 'conv_2d'}`,
    [X, { tensor: 'filter', shape }, added],
    {
      ...slides(axes, 'stride', word),
      depth_multiplier: depthwise ? of.filters / of.channels : undefined,
      dilation_h_factor: dilated ? height : undefined,
      dilation_w_factor: dilated ? width : undefined,
    },
  );
}

function transposed(of: Geometry, bias: boolean, word: string): Phrase {
  const { axes } = of;
  const forward = axes.map(adjointAxis);
  const shape = weightShape('o k i', { ...of, groups: 1, kernel: forward.map((one) => one.kernel) });
  return phrase(
    'tfl.transpose_conv',
    [
      asList([of.batch, ...axes.map(out), of.filters]),
      { tensor: 'weights', shape },
      X,
      bias ? { tensor: 'bias', shape: [of.filters] } : undefined,
    ],
    slides(axes, 'inputDilation', word),
  );
}

function pool(of: Geometry, word: string): Phrase {
  const { axes } = of;
  const [height, width] = axes.map((one) => one.kernel);
  return phrase(`tfl.${of.operation === 'max' ? 'max' : 'average'}_pool_2d`, [X], {
    ...slides(axes, 'stride', word),
    filter_height: height,
    filter_width: width,
  });
}

function padding(pads: readonly Pads[], fill: Fill): Phrase {
  const pairs: Value = asList([[0, 0], ...pads, [0, 0]].map((pair) => asList(pair)));
  if (typeof fill === 'string') return phrase('tfl.mirror_pad', [X, pairs], { mode: fill.toUpperCase() });
  return fill === 0 ? phrase('tfl.pad', [X, pairs]) : phrase('tfl.padv2', [X, pairs, fill]);
}

function slice(cuts: readonly Pads[], sizes: Shape): Phrase {
  const begin = cuts.map(([low]) => low);
  const size = cuts.map(([low, high], i) => (sizes[i] as number) - low - high);
  return phrase('tfl.slice', [X, asList([0, ...begin, 0]), asList([-1, ...size, -1])]);
}
