// TensorFlow's words for a geometry: 'VALID' or 'SAME', a list of pads where the function takes one, else statements around it:
//
//   x = tf.pad(x, [[0, 0], [2, 3], [2, 3], [0, 0]])
//   x = tf.nn.conv2d(x, weight, strides=2, padding='VALID')
//   x = tf.nn.bias_add(x, bias)
//
//   x = tf.nn.conv1d_transpose(x, weight, [1, 9, 4], strides=2, padding='VALID')      the natural transposed output,
//   x = tf.slice(x, [0, 1, 0], [-1, 7, -1])                                           then its crop

import {
  type Axis,
  type Fill,
  type Geometry,
  isTransposed,
  out,
  type Pads,
  transposedWords,
} from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Shape, Spelling, Value } from '../dialect.ts';
import { weightShape } from '../parameter.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';
import { asList } from '../signature.ts';
import { tensorflow } from '../tensorflow.ts';
import { cropsSame, eased, mirrored, multiplier, slidesApart, whyNot } from './steps.ts';

const X = { tensor: 'x' } as const;

const phrases: Phrases = {
  dialect: tensorflow,
  conv: (of, bias) => {
    const pads = of.axes.map((one): Pads => [one.before, Math.max(0, one.after)]);
    return [...wordsOf(of), ...lists(pads)].map((padding) => biased(convPhrase(of, padding), of, bias));
  },
  transposed: (of, words, bias) => {
    if (of.groups > 1) return [];
    const pads = words.map(({ crop: [low, high] }): Pads => [Math.max(0, low), Math.max(0, high)]);
    return ['SAME', 'VALID', ...lists(pads)].map((padding) =>
      biased(transposedPhrase(of, padding), of, bias),
    );
  },
  pool: (of) => {
    const pads = of.axes.map((one): Pads => [one.before, Math.max(0, one.after + one.overhang)]);
    const explicit = of.operation === 'max' && pads.length < 3 ? [pairs(pads)] : [];
    const dilated = of.axes.some((one) => one.dilation > 1) ? [dilatedPhrase(of)] : [];
    return [...[...wordsOf(of), ...explicit].map((padding) => poolPhrase(of, padding)), ...dilated];
  },
  pad: (pads, fill, sizes) => [mirrored(pads, fill, sizes).map((one) => padPhrase(one.pads, one.fill))],
  crop: (cuts, sizes) => [slicePhrase(cuts, sizes)],
  thin: (strides) => phrase(`tf.nn.max_pool${strides.length}d`, [X, 1, same(strides), 'VALID']),
  why,
};

/** TensorFlow code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  if (of.axes.some((one) => out(one) === 0))
    return { impossible: 'TensorFlow has no words for an empty output' };
  return compose(phrases, of, bias);
}

/** The word people write by hand: SAME where it keeps ceil(size / stride), else VALID. */
export function usual(of: Geometry): string | null {
  const axes = eased(of.axes);
  if (of.operation === 'pad' || axes.some((one) => out(one) === 0)) return null;
  if (isTransposed(of)) {
    if (whyNot(of, 'TensorFlow') !== null) return null;
    const natural = axes.map(transposedWords).every(({ crop: [low, high], stride }) => {
      return low === 0 && high <= 0 && high > -stride;
    });
    return pythonCall(transposedPhrase(of, natural ? 'VALID' : 'SAME'));
  }
  const padded = axes.some((one) => one.before > 0 || one.after > 0);
  const kept = axes.every((one) => out(one) === Math.ceil(one.size / one.stride));
  const word = padded && kept ? 'SAME' : 'VALID';
  if (of.operation !== 'conv')
    return axes.some((one) => one.dilation > 1) ? null : pythonCall(poolPhrase(of, word));
  return axes.length === 3 && slidesApart(axes) ? null : pythonCall(convPhrase(of, word));
}

function why(of: Geometry): Text | null {
  if (of.operation === 'pad' && of.axes.some((one) => one.inputDilation > 1))
    return 'TensorFlow has no function that puts holes into its input';
  if (of.operation === 'average' && of.axes.every((one) => one.inputDilation === 1))
    return 'TensorFlow divides an average by what SAME leaves in the window, or by the whole window; here it is neither';
  return whyNot(of, 'TensorFlow');
}

function wordsOf(of: Geometry): readonly Value[] {
  return cropsSame(of.axes) ? ['VALID'] : ['VALID', 'SAME'];
}

/** A convolution takes the pads themselves in two dimensions. */
function lists(pads: readonly Pads[]): readonly Value[] {
  return pads.length === 2 ? [pairs(pads)] : [];
}

function pairs(pads: readonly Pads[]): Value {
  return asList([[0, 0], ...pads, [0, 0]].map(asList));
}

/** [1, 2, 2, 1]: numbers with a 1 for batch and channels. */
function full(axes: readonly Axis[]): Value {
  return asList([1, ...axes.map((one) => one.stride), 1]);
}

function per(
  axes: readonly Axis[],
  field: 'kernel' | 'stride' | 'dilation' | 'inputDilation',
): readonly number[] {
  return axes.map((one) => one[field]);
}

/** TensorFlow's convolutions have no bias of their own. */
function biased(layer: Phrase, of: Geometry, bias: boolean): readonly Phrase[] {
  const added = phrase('tf.nn.bias_add', [X, { tensor: 'bias', shape: [of.filters] }]);
  return bias ? [layer, added] : [layer];
}

/** depthwise_conv2d takes equal strides, and dilations only without them. */
function isDepthwise(of: Geometry, axes: readonly Axis[]): boolean {
  const equal = new Set(axes.map((one) => one.stride)).size === 1;
  return multiplier(of) !== null && axes.length === 2 && equal && !slidesApart(axes);
}

function weightOf(of: Geometry, order: string): Value {
  return { tensor: 'weight', shape: weightShape(order, { ...of, kernel: per(of.axes, 'kernel') }) };
}

function convPhrase(of: Geometry, padding: Value): Phrase {
  const axes = eased(of.axes);
  const dilations = axes.some((one) => one.dilation > 1) ? per(axes, 'dilation') : undefined;
  if (isDepthwise(of, axes)) {
    const apart = dilations && asList(dilations);
    return phrase('tf.nn.depthwise_conv2d', [X, weightOf(of, 'k g o')], {
      strides: full(axes),
      padding,
      dilations: apart,
    });
  }
  const args = [X, weightOf(of, 'k i go')];
  const stride = same(per(axes, 'stride'));
  if (axes.length === 3) {
    return dilations === undefined
      ? phrase('tf.nn.conv3d', args, { strides: full(axes), padding })
      : phrase('tf.nn.convolution', args, { padding, dilations: same(dilations) });
  }
  const strides = axes.length === 1 ? { stride } : { strides: stride };
  return phrase(`tf.nn.conv${axes.length}d`, args, {
    ...strides,
    padding,
    dilations: dilations && same(dilations),
  });
}

function transposedPhrase(of: Geometry, padding: Value): Phrase {
  const axes = eased(of.axes);
  const outputs = asList([of.batch, ...axes.map(out), of.filters]);
  return phrase(`tf.nn.conv${axes.length}d_transpose`, [X, weightOf(of, 'k o i'), outputs], {
    strides: same(per(axes, 'inputDilation')),
    padding,
    dilations: unless(same(per(axes, 'dilation')), 1),
  });
}

function poolPhrase(of: Geometry, padding: Value): Phrase {
  const axes = eased(of.axes);
  const kind = of.operation === 'max' ? 'max' : 'avg';
  return phrase(`tf.nn.${kind}_pool${axes.length}d`, [
    X,
    same(per(axes, 'kernel')),
    same(per(axes, 'stride')),
    padding,
  ]);
}

function dilatedPhrase({ axes, operation }: Geometry): Phrase {
  return phrase('tf.nn.pool', [X, asList(per(axes, 'kernel')), operation === 'max' ? 'MAX' : 'AVG'], {
    dilations: asList(per(axes, 'dilation')),
  });
}

function padPhrase(pads: readonly Pads[], fill: Fill): Phrase {
  if (typeof fill === 'string') return phrase('tf.pad', [X, pairs(pads), fill.toUpperCase()]);
  return phrase('tf.pad', [X, pairs(pads)], { constant_values: unless(fill, 0) });
}

function slicePhrase(cuts: readonly Pads[], sizes: Shape): Phrase {
  const size = cuts.map(([low, high], i) => (low + high > 0 ? (sizes[i] as number) - low - high : -1));
  return phrase('tf.slice', [X, asList([0, ...cuts.map(([low]) => low), 0]), asList([-1, ...size, -1])]);
}
