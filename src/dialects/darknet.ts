// Darknet: C sizes, one square kernel, one stride; weights (out, in / groups, k, k), of a deconvolution (in, out, k, k).
//
//   [convolutional]     pad=1 pads half the size, rounded down, on both sides, whatever padding= says
//   [deconvolutional]   crops as much from the natural output
//   [maxpool]           padding= is the total of both sides, size - 1 unless given; half of it, rounded down, stands before
//   [avgpool]           averages all positions
//   sizes               divided as C does, toward zero: a window that lacks less than a stride still counts
//
// Sources: src/parser.c, {convolutional,deconvolutional,maxpool,avgpool}_layer.c (pjreddie), and runs of Debian's build of 2018.

import {
  type Axis,
  axis,
  type Geometry,
  naturalSize,
  out,
  split,
  transposedAxis,
} from '../geometry/index.ts';
import { truncated } from '../geometry/padding.ts';
import { say, type Text } from '../words/index.ts';
import { type Made, padHangover, pooled, poolFill, weighted } from './builder.ts';
import { type Dialect, type Layer, refusal } from './dialect.ts';
import { overNothing, SMALLEST } from './nothing.ts';
import type { Arguments } from './signature.ts';

const AROUND = 'followed=None, input_shape=None, **options';
const CONV = `*, filters=1, size=1, stride=1, pad=0, padding=0, groups=1, dilation=1, stride_x=None, stride_y=None, activation="logistic", batch_normalize=0, ${AROUND}`;
/** Darknet's words for what padwise computes too. */
const ACTIVATIONS: Readonly<Record<string, string | null>> = {
  linear: null,
  logistic: 'sigmoid',
  relu: 'relu',
  tanh: 'tanh',
  elu: 'elu',
  selu: 'selu',
  mish: 'mish',
  swish: 'swish',
};

/** Darknet, as its configuration files say it. */
export const darknet: Dialect = {
  id: 'darknet',
  title: 'Darknet',
  aliases: { '': 'darknet' },
  readers: {
    'darknet.[convolutional]': { signature: CONV, read: (args) => convolution(args, false) },
    'darknet.[deconvolutional]': { signature: CONV, read: (args) => convolution(args, true) },
    'darknet.[maxpool]': {
      signature: `*, stride=1, size=None, padding=None, stride_x=None, stride_y=None, ${AROUND}`,
      read: maximum,
    },
    'darknet.[avgpool]': { signature: `*, ${AROUND}`, read: average },
  },
};

/** What every section shares: two axes, channels first. */
function common(args: Arguments): Pick<Made, 'who' | 'rank' | 'layout' | 'leads' | 'statedInput' | 'notes'> {
  const shape = args.value('input_shape');
  const followed = args.value('followed');
  return {
    who: args.who,
    rank: 2,
    layout: 'first',
    statedInput: Array.isArray(shape) ? (shape as number[]) : null,
    notes: Array.isArray(followed)
      ? [say`What follows moves no pixel and is left out here: ${followed.map(String).join(', ')}.`]
      : [],
  };
}

/** The strides of both axes, first the vertical one; they differ in AlexeyAB's fork only. */
function strides(args: Arguments): { stride: readonly number[]; notes: Text[] } {
  const stride = args.integer('stride', 1);
  const [y, x] = ['stride_y', 'stride_x'].map((name) =>
    args.value(name) === null ? stride : args.integer(name, 1),
  );
  const forked = args.given('stride_x') || args.given('stride_y');
  return {
    stride: [y as number, x as number],
    notes: forked ? ["stride_x and stride_y are AlexeyAB's; the original Darknet passes over them."] : [],
  };
}

function convolution(args: Arguments, transposes: boolean): Layer {
  const { who } = args;
  if (args.value('dilation') !== 1)
    throw refusal(who, "padwise does not read dilation, which only AlexeyAB's fork has");
  const kernel = args.integer('size', 1);
  const pad = args.integer('pad') !== 0 ? Math.floor(kernel / 2) : args.integer('padding', 0);
  if (kernel === 1 && pad > 0 && !transposes)
    throw refusal(who, say`with size=1 Darknet leaves out padding=${pad} and reads beyond the input instead`);
  const filters = args.integer('filters', 1);
  const groups = transposes ? 1 : args.integer('groups', 1);
  if (filters % groups !== 0) throw refusal(who, say`filters=${filters} is no multiple of groups=${groups}`);
  const { stride, notes } = strides(args);
  const shared = common(args);
  const window = (size: number, i: number) => ({ size, kernel, stride: stride[i] as number, dilation: 1 });
  const conv = (size: number, i: number): Axis =>
    padHangover(truncated(axis({ ...window(size, i), before: pad, after: pad })));
  const deconv = (size: number, i: number): Axis => {
    const natural = naturalSize(window(size, i));
    if (natural - 2 * pad >= 1) return transposedAxis(window(size, i), pad, natural - 2 * pad);
    throw refusal(who, say`padding ${pad} on both sides leaves nothing of the natural output ${natural}`);
  };
  const word = args.value('activation');
  const activation = typeof word === 'string' ? ACTIVATIONS[word] : undefined;
  return weighted({
    ...shared,
    kind: transposes ? 'transposed' : 'conv',
    channels: null,
    filters,
    groups,
    kernel: [kernel, kernel],
    order: transposes ? 'i o k' : 'go i k',
    names: ['weights', 'biases'],
    bias: true,
    flip: transposes,
    activation: activation ?? null,
    notes: [
      ...(shared.notes ?? []),
      ...notes,
      ...(activation === undefined ? [say`activation=${String(word)} is left out here.`] : []),
      ...(args.value('batch_normalize') === 0
        ? []
        : ['batch_normalize=1 normalises each filter after the convolution; padwise leaves that out.']),
    ],
    axisOf: transposes ? deconv : conv,
    refuse: (one, index, problem) => refuseNone(who, one, index, problem),
  });
}

function maximum(args: Arguments): Layer {
  const { who } = args;
  const { stride, notes } = strides(args);
  const kernel = args.value('size') === null ? (stride[0] as number) : args.integer('size', 1);
  const total = args.value('padding') === null ? kernel - 1 : args.integer('padding', 0);
  const [before, after] = split(total);
  const shared = common(args);
  const layer = pooled({
    ...shared,
    operation: 'max',
    notes: [...(shared.notes ?? []), ...notes],
    axisOf: (size, i) =>
      truncated(axis({ size, kernel, stride: stride[i] as number, before, after, ...poolFill('max') })),
    refuse: (one, index, problem) => refuseNone(who, one, index, problem),
  });
  const resolve: Layer['resolve'] = (input) => {
    const one = layer.resolve(input);
    return { ...one, steps: one.steps.flatMap((step) => overNothing(step, SMALLEST)) };
  };
  return { ...layer, resolve };
}

function average(args: Arguments): Layer {
  return pooled({
    ...common(args),
    operation: 'average',
    axisOf: (size) => axis({ size, kernel: Math.max(1, size), ...poolFill('average') }),
  });
}

function refuseNone(who: string, one: Axis, index: number, problem: Geometry): void {
  if (out(one) > 0) return;
  const room = one.size + one.before + one.after;
  throw refusal(
    who,
    say`size ${one.kernel} on axis ${index} is a stride or more beyond the padded input of ${room}`,
    problem,
  );
}
