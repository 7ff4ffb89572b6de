// TFLite's operators by their names and attributes in MLIR's tfl dialect, written as calls; N sizes C, two dimensions:
//
//   tfl.conv_2d(x, filter, bias, padding="SAME", stride_h=2, stride_w=2)              filter (out, h, w, in of a group)
//   tfl.depthwise_conv_2d(x, filter, bias, ..., depth_multiplier=1)                   filter (1, h, w, in * multiplier)
//   tfl.transpose_conv([1, 8, 8, 6], weights, x, padding="SAME", stride_h=2, ...)     weights (out, h, w, in)
//   tfl.max_pool_2d(x, padding="VALID", stride_h=2, stride_w=2, filter_height=2, filter_width=2)
//
// The padding is TensorFlow's. Refused here, though TFLite does not check them and reads what is not there: a transposed output
// that its input does not make, and a mirror beyond the input.
// Sources: tensorflow/lite/kernels/{conv,depthwise_conv,transpose_conv,pooling,pad,mirror_pad}.cc, padding.h (2.21).

import { adjointAxis, type Fill, out } from '../geometry/index.ts';
import { say } from '../words/index.ts';
import { pooled, poolFill, type Weighted, weighted } from './builder.ts';
import { type Dialect, type Layer, type Reader, refusal, type Shape, shapeText } from './dialect.ts';
import { type Arguments, isTensor } from './signature.ts';
import { arrayPad, pairsOf, slice } from './tensorflow/pad.ts';
import { paddedAxis, refuseMissing } from './tensorflow/words.ts';
import { type Windows, windowOf } from './window.ts';

const ACTIVATIONS: Readonly<Record<string, string | null>> = {
  NONE: null,
  RELU: 'relu',
  RELU6: 'relu6',
  RELU_N1_TO_1: 'relu_n1_to_1',
  TANH: 'tanh',
};

const SLIDE = 'padding, stride_h, stride_w';
const FUSED = 'fused_activation_function="NONE"';
const DILATED = `${SLIDE}, dilation_h_factor=1, dilation_w_factor=1, ${FUSED}`;

const READERS: Readonly<Record<string, Reader>> = {
  'tfl.conv_2d': { signature: `input, filter, bias, *, ${DILATED}`, read: conv },
  'tfl.depthwise_conv_2d': {
    signature: `input, filter, bias, *, ${DILATED}, depth_multiplier=1`,
    read: depthwise,
  },
  'tfl.transpose_conv': {
    signature: `output_shape, weights, input, bias=None, *, ${SLIDE}, ${FUSED}`,
    read: transposed,
  },
  'tfl.max_pool_2d': {
    signature: `input, *, ${SLIDE}, filter_height, filter_width, ${FUSED}`,
    read: maximum,
  },
  'tfl.average_pool_2d': {
    signature: `input, *, ${SLIDE}, filter_height, filter_width, ${FUSED}`,
    read: average,
  },
  'tfl.pad': { signature: 'input, padding', read: (args) => border(args, 'padding', 0) },
  'tfl.padv2': {
    signature: 'input, padding, constant_values',
    read: (args) => border(args, 'padding', args.number('constant_values')),
  },
  'tfl.mirror_pad': {
    signature: 'input, pad, *, mode',
    read: (args) =>
      border(
        args,
        'pad',
        args.word('mode', ['REFLECT', 'SYMMETRIC']) === 'REFLECT' ? 'reflect' : 'symmetric',
      ),
  },
  'tfl.slice': { signature: 'input, begin, size', read: (args) => slice(args, 'tflite') },
};

function border(args: Arguments, name: string, fill: Fill): Layer {
  return arrayPad(args, 'tflite', pairsOf(args, name), fill);
}

/** A tensor of four dimensions. */
function fourOf(args: Arguments, name: string): readonly [number, number, number, number] {
  const shape = args.shape(name);
  const [first, height, width, last] = shape;
  const fits = shape.length === 4 && shape.every((n) => n >= 1);
  if (fits) return [first, height, width, last] as [number, number, number, number];
  throw refusal(args.who, say`${name} has the shape ${shapeText(shape)}, not 4 dimensions of 1 or more`);
}

function windowsOf(args: Arguments, kernel: Shape, dilated: boolean): Windows {
  const both = (name: string, ends: readonly string[]) =>
    ends.map((end) => args.integer(name.replace('#', end), 1));
  const ends = ['h', 'w'];
  return {
    kernel,
    stride: both('stride_#', ends),
    dilation: dilated ? both('dilation_#_factor', ends) : [1, 1],
  };
}

const PADDINGS = ['SAME', 'VALID'] as const;

/** What every operator with a filter has. */
function made(args: Arguments, of: Windows) {
  const { who } = args;
  const padding = args.word('padding', PADDINGS);
  return {
    ...{ who, rank: 2, kernel: of.kernel, bias: hasBias(args), activation: activationOf(args) },
    layout: 'last',
    axisOf: (size, i) => paddedAxis(windowOf(of, size, i), padding, i),
    refuse: (_axis, _index, problem) => refuseMissing(who, problem, 'filter'),
  } satisfies Partial<Weighted>;
}

/** A bias that code makes of zeros is none; only a transposed convolution may do without one. */
function hasBias(args: Arguments): boolean {
  const value = args.value('bias');
  if (value === null && args.given('weights')) return false;
  return isTensor(value) ? !/^(?:\w+\.)*zeros\(/.test(value.tensor) : args.refuse('bias', 'a tensor');
}

function activationOf(args: Arguments): string | null {
  return ACTIVATIONS[args.word('fused_activation_function', Object.keys(ACTIVATIONS))] ?? null;
}

function conv(args: Arguments): Layer {
  const [filters, height, width, depth] = fourOf(args, 'filter');
  return weighted({
    ...made(args, windowsOf(args, [height, width], true)),
    kind: 'conv',
    channels: null,
    filters,
    groups: (channels) => {
      const groups = channels / depth;
      if (Number.isInteger(groups) && filters % Math.max(1, groups) === 0) return Math.max(1, groups);
      throw refusal(
        args.who,
        say`the ${channels} channels of the input and the ${filters} of filter do not make groups of ${depth}`,
      );
    },
    order: 'go k i',
    flip: false,
    names: ['filter', 'bias'],
  });
}

function depthwise(args: Arguments): Layer {
  const [one, height, width, filters] = fourOf(args, 'filter');
  if (one !== 1) throw refusal(args.who, say`the first dimension of filter must be 1, received ${one}`);
  return weighted({
    ...made(args, windowsOf(args, [height, width], true)),
    kind: 'depthwise',
    channels: null,
    filters,
    groups: (channels) => {
      if (filters % channels === 0) return channels;
      throw refusal(args.who, say`filter makes ${filters} channels, no multiple of the input's ${channels}`);
    },
    order: 'i k go',
    flip: false,
    names: ['filter', 'bias'],
  });
}

function transposed(args: Arguments): Layer {
  const { who } = args;
  const [filters, height, width, channels] = fourOf(args, 'weights');
  const of = windowsOf(args, [height, width], false);
  const padding = args.word('padding', PADDINGS);
  const value = args.value('output_shape');
  const given = (isTensor(value) ? args.shape('output_shape') : value) as Shape;
  const fits =
    Array.isArray(given) && given.length === 4 && given.every((n) => Number.isInteger(n) && n >= 0);
  if (!fits) args.refuse('output_shape', '4 integers >= 0, batch and channels among them');
  const [batch = 1, outHeight = 1, outWidth = 1, outChannels] = given;
  if (outChannels !== filters)
    throw refusal(who, say`output_shape has ${outChannels ?? 0} channels, but weights makes ${filters}`);
  return weighted({
    ...made(args, of),
    kind: 'transposed',
    channels,
    filters,
    groups: 1,
    order: 'o k i',
    flip: true,
    names: ['weights', 'bias'],
    axisOf: (size, i) => {
      const wanted = i === 0 ? outHeight : outWidth;
      const forward = paddedAxis(windowOf(of, wanted, i), padding, i);
      if (out(forward) === size) return adjointAxis(forward);
      throw refusal(
        who,
        say`output_shape ${wanted} on axis ${i} would come from ${out(forward)} elements, but the input has ${size}; TFLite does not check that`,
      );
    },
    refuse: (_axis, _index, problem) => {
      if (problem.batch !== batch)
        throw refusal(who, say`output_shape has a batch of ${batch}, the input one of ${problem.batch}`);
    },
  });
}

function maximum(args: Arguments): Layer {
  return pool(args, 'max');
}

function average(args: Arguments): Layer {
  return pool(args, 'average');
}

function pool(args: Arguments, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const kernel = [args.integer('filter_height', 1), args.integer('filter_width', 1)];
  const of = windowsOf(args, kernel, false);
  const padding = args.word('padding', PADDINGS);
  return pooled({
    ...{ who, rank: 2, operation, divisor: 'real', layout: 'last', activation: activationOf(args) },
    axisOf: (size, i) => paddedAxis(windowOf(of, size, i), padding, i, poolFill(operation).fillBefore),
    refuse: (_axis, _index, problem) => refuseMissing(who, problem, 'window'),
  });
}

/** TFLite. */
export const tflite: Dialect = {
  id: 'tflite',
  title: 'TFLite',
  aliases: { tfl: 'tfl' },
  readers: READERS,
};
