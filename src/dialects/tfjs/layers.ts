// The layers of TensorFlow.js: Keras 2 as one object of options. Channels last unless dataFormat says otherwise, kernels
// (k..., in, filters), transposed (k..., filters, in). Padding words in small letters only.
//
//   conv1d                  'causal' is a word, but not implemented
//   depthwiseConv2d         dilationRate does nothing; so does conv2dTranspose's and conv3dTranspose's
//   conv2dTranspose         'valid' (n - 1) s + max(k, s), 'same' n s
//   pools, depthwiseConv2d  'causal' is taken and means 'valid'
//
// What is null or left out has its default. Source: tfjs-layers/src/layers/{convolutional*,pooling,padding}.ts (4.22).

import { adjointAxis, axis, type Pads, validSize } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { padded, type Weighted, weighted } from '../builder.ts';
import { type Layer, type Layout, refusal, type Shape, type Value } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { windowOf } from '../window.ts';
import { padNotes, type Sliding, slide } from './axes.ts';
import { inTurn, pointwise, refuseStrideWithDilation } from './conv.ts';
import { poolOf } from './pool.ts';

const ACTIVATIONS: Readonly<Record<string, string | null>> = Object.fromEntries([
  ...'elu selu relu relu6 sigmoid softplus softsign tanh softmax gelu mish swish'
    .split(' ')
    .map((name) => [name, name]),
  ...[
    ['linear', null],
    ['hardSigmoid', 'hard_sigmoid'],
    ['logSoftmax', 'log_softmax'],
    ['gelu_new', 'gelu'],
  ],
]);

/** The activation by its Keras name. */
function activationOf(args: Arguments): string | null {
  const value = args.value('activation');
  if (value === null) return null;
  return ACTIVATIONS[args.word('activation', Object.keys(ACTIVATIONS))] ?? null;
}

/** The word, or its default where it is null. */
function word<Word extends string>(args: Arguments, name: string, words: readonly [Word, ...Word[]]): Word {
  return args.value(name) === null ? words[0] : args.word(name, words);
}

function layoutOf(args: Arguments): Layout {
  return word(args, 'dataFormat', ['channelsLast', 'channelsFirst']) === 'channelsLast' ? 'last' : 'first';
}

function numbers(args: Arguments, name: string, rank: number, fallback: Shape): Shape {
  return args.value(name) === null ? fallback : args.integers(name, rank, 1);
}

function statedInput(args: Arguments): Shape | null {
  const value = args.value('inputShape');
  if (!Array.isArray(value)) return null;
  const sizes = value as readonly Value[];
  return sizes.every((size) => typeof size === 'number' && Number.isInteger(size)) ? (sizes as Shape) : null;
}

const PADDINGS = ['valid', 'same', 'causal'] as const;

interface Read extends Sliding {
  readonly padding: (typeof PADDINGS)[number];
}

/** The windows of a layer; `size` names its kernel, `fallback` stands where that is null. */
function windows(args: Arguments, rank: number, size: string, fallback?: number): Read {
  const kernel =
    fallback === undefined
      ? args.integers(size, rank, 1)
      : numbers(
          args,
          size,
          rank,
          Array.from({ length: rank }, () => fallback),
        );
  const ones = kernel.map(() => 1);
  const padding = word(args, 'padding', PADDINGS);
  return {
    kernel,
    stride: numbers(args, 'strides', rank, size === 'poolSize' ? kernel : ones),
    dilation: size === 'poolSize' ? ones : numbers(args, 'dilationRate', rank, ones),
    pad: padding === 'same' ? 'same' : 'valid',
    rounding: 'floor',
    padding,
  };
}

function useBias(args: Arguments): boolean {
  return args.value('useBias') === null || args.flag('useBias');
}

/** What every layer with a kernel has. */
function made(args: Arguments, of: Sliding, notes: readonly Text[] = padNotes(of)) {
  const { who } = args;
  return {
    ...{ who, rank: of.kernel.length, layout: layoutOf(args), kernel: of.kernel, notes },
    ...{ activation: activationOf(args), statedInput: statedInput(args), bias: useBias(args) },
    axisOf: (size: number, i: number) => slide(who, of, size, i),
  } satisfies Partial<Weighted>;
}

/** conv1d, conv2d and conv3d. */
export function conv(args: Arguments, rank: number): Layer {
  const { who } = args;
  const of = windows(args, rank, 'kernelSize');
  if (of.padding === 'causal') throw refusal(who, "padding 'causal' is not implemented in TensorFlow.js");
  refuseStrideWithDilation(who, of);
  if (rank === 1 && layoutOf(args) === 'first')
    throw refusal(
      who,
      'dataFormat channelsFirst is read here as channels first and answered channels last, which padwise does not follow',
    );
  return weighted({
    ...made(args, of),
    kind: 'conv',
    channels: null,
    filters: args.integer('filters', 1),
    groups: 1,
    order: 'k i go',
    flip: false,
    names: ['kernel', 'bias'],
  });
}

const UNDILATED = 'TensorFlow.js leaves dilationRate out here.';

/** The same windows without dilation, and whether that changes them. */
function undilated(of: Read): [Read, Text[]] {
  const ignored = Math.max(...of.dilation) > 1;
  return [{ ...of, dilation: of.dilation.map(() => 1) }, ignored ? [UNDILATED] : []];
}

function causalNotes({ padding }: Read): Text[] {
  return padding === 'causal' ? ["TensorFlow.js takes 'causal' here and computes 'valid'."] : [];
}

/** depthwiseConv2d. */
export function depthwise(args: Arguments): Layer {
  const given = windows(args, 2, 'kernelSize');
  const [of, notes] = undilated(given);
  return depthwiseOf(args, of, [...notes, ...causalNotes(of)], useBias(args));
}

function depthwiseOf(args: Arguments, of: Sliding, notes: readonly Text[], bias: boolean): Layer {
  const multiplier = args.value('depthMultiplier') === null ? 1 : args.integer('depthMultiplier', 1);
  return weighted({
    ...made(args, of, notes),
    kind: 'depthwise',
    channels: null,
    filters: (channels) => channels * multiplier,
    groups: (channels) => channels,
    order: 'k g o',
    bias,
    flip: false,
    names: ['depthwise_kernel', 'bias'],
  });
}

/** separableConv2d. */
export function separable(args: Arguments): Layer {
  const { who } = args;
  const of = windows(args, 2, 'kernelSize');
  if (of.padding === 'causal') args.refuse('padding', "'valid' or 'same'");
  refuseStrideWithDilation(who, of);
  const bias = useBias(args);
  if (bias && layoutOf(args) === 'first')
    throw refusal(
      who,
      'with dataFormat channelsFirst, TensorFlow.js adds the bias to rows; it needs useBias: false',
    );
  const multiplier = args.value('depthMultiplier') === null ? 1 : args.integer('depthMultiplier', 1);
  const names = ['pointwise_kernel', 'bias'] as const;
  const point = pointwise(who, null, args.integer('filters', 1), bias, names, layoutOf(args));
  return inTurn(depthwiseOf(args, of, [], false), point, multiplier);
}

/** conv2dTranspose and conv3dTranspose. */
export function transposed(args: Arguments, rank: number): Layer {
  const { who } = args;
  const given = windows(args, rank, 'kernelSize');
  if (given.padding === 'causal') args.refuse('padding', "'valid' or 'same'");
  const [of, notes] = undilated(given);
  return weighted({
    ...made(args, of, [...notes, ...padNotes(of)]),
    kind: 'transposed',
    channels: null,
    filters: args.integer('filters', 1),
    groups: 1,
    order: 'k o i',
    flip: true,
    names: ['kernel', 'bias'],
    axisOf: (size, i) => {
      const window = windowOf(of, size, i);
      const outputs = of.pad === 'same' ? size * window.stride : validSize(window);
      return adjointAxis(slide(who, of, outputs, i));
    },
  });
}

/** maxPooling and averagePooling. */
export function pooling(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  const of = windows(args, rank, 'poolSize', 2);
  const layout = rank === 1 ? 'last' : layoutOf(args);
  const [leads, notes] = [[1], causalNotes(of)];
  return poolOf(args.who, of, { operation, layout, leads, notes, statedInput: statedInput(args) });
}

/** zeroPadding2d. */
export function zeroPadding(args: Arguments): Layer {
  const pads = sides(args, 'padding', 1);
  return bordered(args, (_size, i) => pads[i] as Pads);
}

/** cropping2D. */
export function cropping(args: Arguments): Layer {
  const cuts = sides(args, 'cropping', null);
  return bordered(args, (size, i) => {
    const [before, after] = cuts[i] as Pads;
    if (before + after <= size) return [0 - before, 0 - after];
    throw refusal(
      args.who,
      say`cropping ${before} and ${after} takes more than the ${size} elements on axis ${i}`,
    );
  });
}

/** One number for all sides, one per axis, or a pair per axis. */
function sides(args: Arguments, name: string, fallback: number | null): readonly Pads[] {
  const value = args.value(name) ?? fallback;
  const list = Array.isArray(value) ? (value as readonly Value[]) : [value, value];
  const pairs = list.map((one) => (Array.isArray(one) ? (one as readonly Value[]) : [one, one]));
  const fits = pairs.every(
    (pair) => pair.length === 2 && pair.every((n) => Number.isInteger(n) && Number(n) >= 0),
  );
  const alike = list.every((one) => Array.isArray(one) === Array.isArray(list[0]));
  if (list.length !== 2 || !fits || !alike)
    args.refuse(name, 'an integer >= 0, 2 of them or 2 pairs of them');
  return pairs.map(([before, after]): Pads => [Number(before), Number(after)]);
}

function bordered(args: Arguments, padsOf: (size: number, i: number) => Pads): Layer {
  return padded({
    who: args.who,
    rank: 2,
    layout: layoutOf(args),
    statedInput: statedInput(args),
    axisOf: (size, i) => {
      const [before, after] = padsOf(size, i);
      return axis({ size, kernel: 1, before, after });
    },
  });
}
