// TensorFlow.js' words for a geometry. A layer where 'same' or 'valid' is what it wants; else pads around a plane, if there is
// no bias; else padding and slicing in statements:
//
//   tf.layers.conv2d({filters: 64, kernelSize: 7, strides: 2, padding: 'same'})
//   tf.conv2d(x, filter, 2, [[0, 0], [3, 3], [3, 3], [0, 0]])
//   x = tf.pad(x, [[0, 0], [3, 3], [3, 3], [0, 0]])
//   x = tf.layers.conv2d({filters: 64, kernelSize: 7, strides: 2}).apply(x)

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
import { compose, type Phrases, type TransposedWords } from '../composer.ts';
import type { Shape, Spelling, Value } from '../dialect.ts';
import { weightShape } from '../parameter.ts';
import { javascriptCall, type Phrase, phrase, same, unless } from '../printer.ts';
import { padFills } from '../spelling.ts';
import { eased, slidesApart } from '../tensorflow/steps.ts';
import { tfjs } from '../tfjs.ts';

const X = { tensor: 'x' };
const WORDS = ['valid', 'same'] as const;

const phrases: Phrases = {
  dialect: tfjs,
  conv: (of, bias) => [...WORDS.map((word) => layer(of, bias, word)), ...functions(of, bias)],
  transposed: (of, words, bias) =>
    WORDS.map((word) => transposedLayer(of, words, bias, word)).concat(natural(of, bias)),
  pool: (of) => [...WORDS.map((word) => pool(of, word)), ...poolFunctions(of)],
  pad: (pads, fill) => padding(pads, fill),
  crop: (cuts, sizes) => [slice(cuts, sizes)],
  why,
  print: javascriptCall,
  apply: (code) => (/\(x[,)]/.test(code) ? `x = ${code}` : `x = ${code}.apply(x)`),
};

/** TensorFlow.js code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return compose(phrases, of, bias);
}

/** The word people write by hand: 'same' where it keeps ceil(size / stride), else 'valid'. */
export function usual(of: Geometry): string | null {
  const { axes } = of;
  if (of.operation === 'pad' || axes.some((one) => out(one) === 0) || why(of) !== null) return null;
  if (isTransposed(of)) {
    const kept = axes.every((one) => out(one) === one.size * one.inputDilation);
    const words = axes.map((one): TransposedWords => ({ stride: one.inputDilation, crop: [0, 0] }));
    return javascriptCall(transposedLayer(of, words, true, kept ? 'same' : 'valid'));
  }
  const padded = axes.some((one) => one.before > 0 || one.after > 0);
  const kept = axes.every((one) => out(one) === Math.ceil(one.size / one.stride));
  const word = padded && kept ? 'same' : 'valid';
  return javascriptCall(of.operation === 'conv' ? layer(of, true, word) : pool(of, word));
}

function why(of: Geometry): Text | null {
  const axes = eased(of.axes);
  const depthwise = isDepthwise(of) && axes.length === 2 && !isTransposed(of);
  if (of.groups > 1 && !depthwise)
    return 'TensorFlow.js has no groups but those of a depthwise convolution in two dimensions';
  if (slidesApart(axes)) return 'TensorFlow.js refuses strides and dilations that both exceed 1';
  if (depthwise && axes.some((one) => one.dilation > 1))
    return 'the depthwise layer of TensorFlow.js leaves its dilation out, and its function has no bias';
  if (isTransposed(of) && axes.length === 1)
    return 'TensorFlow.js has no transposed convolution in one dimension';
  if (isTransposed(of) && axes.some((one) => one.dilation > 1))
    return 'TensorFlow.js has no dilation in a transposed convolution';
  const fills = padFills(of.axes);
  if (fills.has('wrap')) return 'TensorFlow.js has no circular padding';
  return fills.has('replicate') ? 'TensorFlow.js has no padding that repeats the border' : null;
}

function isDepthwise(of: Geometry): boolean {
  return of.operation === 'conv' && of.groups > 1 && of.groups === of.channels;
}

function numbers(axes: readonly Axis[], name: 'kernel' | 'stride' | 'dilation' | 'inputDilation'): Value {
  return same(axes.map((one) => one[name]));
}

function layer(of: Geometry, bias: boolean, word: string): Phrase {
  const axes = eased(of.axes);
  const depthwise = isDepthwise(of);
  const name = depthwise ? 'depthwiseConv2d' : `conv${axes.length}d`;
  return phrase(`tf.layers.${name}`, [], {
    filters: depthwise ? undefined : of.filters,
    kernelSize: numbers(axes, 'kernel'),
    strides: unless(numbers(axes, 'stride'), 1),
    padding: unless(word, 'valid'),
    depthMultiplier: depthwise ? unless(of.filters / of.channels, 1) : undefined,
    dilationRate: unless(numbers(axes, 'dilation'), 1),
    useBias: bias ? undefined : false,
  });
}

/** A function takes pads around a plane, and a depthwise one its dilations; neither takes a bias. */
function functions(of: Geometry, bias: boolean): readonly Phrase[] {
  const axes = eased(of.axes);
  if (bias || axes.length !== 2) return [];
  const depthwise = isDepthwise(of);
  const shape = weightShape(depthwise ? 'k g o' : 'k i go', { ...of, kernel: axes.map((one) => one.kernel) });
  const dilations = unless(numbers(axes, 'dilation'), 1);
  const format = dilations === undefined ? undefined : 'NHWC';
  return [...WORDS, sides(axes.map((one): Pads => [one.before, one.after]))].map((pad) => {
    const args = [X, { tensor: 'filter', shape }, numbers(axes, 'stride'), pad, format, dilations];
    return phrase(`tf.${depthwise ? 'depthwiseConv2d' : 'conv2d'}`, args);
  });
}

/** A pair for each dimension, batch and channels included. */
function sides(pads: readonly Pads[]): Value {
  return [[0, 0], ...pads, [0, 0]];
}

function transposedLayer(
  of: Geometry,
  words: readonly TransposedWords[],
  bias: boolean,
  word: string,
): Phrase {
  const { axes } = of;
  return phrase(`tf.layers.conv${axes.length}dTranspose`, [], {
    filters: of.filters,
    kernelSize: numbers(axes, 'kernel'),
    strides: unless(same(words.map(({ stride }) => stride)), 1),
    padding: unless(word, 'valid'),
    useBias: bias ? undefined : false,
  });
}

/** The functions, whose outputShape may be of any size that the input could come from. */
function natural(of: Geometry, bias: boolean): readonly Phrase[] {
  const { axes } = of;
  if (bias || axes.length === 1) return [];
  const shape = weightShape('k o i', { ...of, kernel: axes.map((one) => one.kernel) });
  const outputs = [of.batch, ...axes.map(out), of.filters];
  const forward = axes.map(adjointAxis).map((one): Pads => [one.before, one.after]);
  return [...WORDS, ...(axes.length === 2 ? [sides(forward)] : [])].map((pad) =>
    phrase(`tf.conv${axes.length}dTranspose`, [
      X,
      { tensor: 'filter', shape },
      outputs,
      numbers(axes, 'inputDilation'),
      pad,
    ]),
  );
}

function pool(of: Geometry, word: string): Phrase {
  const axes = eased(of.axes);
  const kind = of.operation === 'max' ? 'max' : 'average';
  const size = numbers(axes, 'kernel');
  const stride = numbers(axes, 'stride');
  return phrase(`tf.layers.${kind}Pooling${axes.length}d`, [], {
    poolSize: size,
    strides: unless(stride, size),
    padding: unless(word, 'valid'),
  });
}

function poolFunctions(of: Geometry): readonly Phrase[] {
  const axes = eased(of.axes);
  const kind = of.operation === 'max' ? 'max' : 'avg';
  const [size, stride, dilation] = [
    numbers(axes, 'kernel'),
    numbers(axes, 'stride'),
    numbers(axes, 'dilation'),
  ];
  if (axes.length !== 2) return [];
  const pads = sides(axes.map((one): Pads => [one.before, one.after + one.overhang]));
  return [
    phrase(`tf.${kind}Pool`, [X, size, stride, pads]),
    phrase('tf.pool', [X, size, kind, 'valid', dilation]),
    phrase('tf.pool', [X, size, kind, 'same', dilation]),
  ];
}

function padding(pads: readonly Pads[], fill: Fill): readonly Phrase[] {
  const pairs = sides(pads);
  if (typeof fill === 'string') return [phrase('tf.mirrorPad', [X, pairs, fill])];
  return [phrase('tf.pad', [X, pairs, unless(fill, 0)])];
}

function slice(cuts: readonly Pads[], sizes: Shape): Phrase {
  const begin = cuts.map(([low]) => low);
  const size = cuts.map(([low, high], i) => (sizes[i] as number) - low - high);
  return phrase('tf.slice', [X, [0, ...begin, 0], [-1, ...size, -1]]);
}
