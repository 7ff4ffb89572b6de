// Chainer: links and functions, N C sizes, weights (out, in / groups, k...), transposed (in, out / groups, k...), depthwise
// (multiplier, in, k...).
//
//   pad         a number or one per axis, the same on both sides
//   cover_all   rounds up and never clips: out = floor((size + 2 * pad - extent + stride - 1) / stride) + 1.
//               max_pooling has it unless told otherwise, average_pooling does not have it at all
//   outsize     any size whose convolution gives the input back, with or without cover_all
//   in_channels may be left out altogether: L.Convolution2D(6, 3) has 6 filters of 3 x 3
//
// Sources: chainer/links/connection, chainer/functions/{connection,pooling,array/pad.py}, chainer/utils/conv.py (7.8.1).

import { type Axis, axis, ceilMode, naturalSize, out, transposedAxis } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { type Pooled, pooled, poolFill, refuseEmpty, type Weighted, weighted } from './builder.ts';
import { type Dialect, type Initialiser, type Layer, type Reader, refusal, type Shape } from './dialect.ts';
import { NUMPY_FILLS, numpyPad } from './numpy-pad.ts';
import { type Arguments, isTensor } from './signature.ts';
import { windowOf } from './window.ts';

/** What is known of a weight before an input is. */
type Weights = Pick<Weighted, 'channels' | 'filters' | 'groups' | 'kernel' | 'order' | 'bias'>;

const START = 'nobias=False, initialW=None, initial_bias=None';
const SPREAD = 'dilate=1, groups=1';

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  const link = (name: string, signature: string, read: (args: Arguments) => Layer) => {
    all[`chainer.links.${name}`] = { signature, read };
  };
  const call = (name: string, signature: string, read: (args: Arguments) => Layer) => {
    all[`chainer.functions.${name}`] = { signature, read };
  };
  const made = 'in_channels, out_channels, ksize=None, stride=1, pad=0';
  link('Convolution2D', `${made}, ${START}, *, ${SPREAD}`, (args) =>
    conv(args, linkWeight(args, 2, 'go i k')),
  );
  link(
    'Deconvolution2D',
    `${made}, nobias=False, outsize=None, initialW=None, initial_bias=None, *, ${SPREAD}`,
    (args) => deconv(args, linkWeight(args, 2, 'gi o k')),
  );
  link('DilatedConvolution2D', `${made}, dilate=1, ${START}`, (args) =>
    conv(args, linkWeight(args, 2, 'go i k')),
  );
  link(
    'DepthwiseConvolution2D',
    `in_channels, channel_multiplier, ksize, stride=1, pad=0, ${START}`,
    (args) => conv(args, depthwiseWeight(args)),
  );
  const many = `ndim, ${made}`;
  const spread = `cover_all=False, ${SPREAD}`;
  const sized = 'nobias=False, outsize=None, initialW=None, initial_bias=None';
  link('ConvolutionND', `${many}, ${START}, ${spread}`, (args) =>
    conv(args, linkWeight(args, dimensions(args), 'go i k')),
  );
  link('DeconvolutionND', `${many}, ${sized}, ${SPREAD}`, (args) =>
    deconv(args, linkWeight(args, dimensions(args), 'gi o k')),
  );
  const given = 'x, W, b=None, stride=1, pad=0';
  for (const rank of [1, 2, 3, null]) {
    const suffix = rank === null ? '_nd' : `_${rank}d`;
    const keyword = rank === 2 ? '*, ' : '';
    call(`convolution${suffix}`, `${given}, cover_all=False, ${keyword}${SPREAD}`, (args) =>
      conv(args, givenWeight(args, rank, 'go i k')),
    );
    call(`deconvolution${suffix}`, `${given}, outsize=None, ${keyword}${SPREAD}`, (args) =>
      deconv(args, givenWeight(args, rank, 'gi o k')),
    );
    call(
      `max_pooling${suffix}`,
      'x, ksize, stride=None, pad=0, cover_all=True, return_indices=False',
      (args) => pool(args, rank, 'max'),
    );
    const value = rank === 2 ? '' : ', pad_value=0';
    call(`average_pooling${suffix}`, `x, ksize, stride=None, pad=0${value}`, (args) =>
      pool(args, rank, 'average'),
    );
    if (rank === null || rank === 2) continue;
    const fixed = 'in_channels, out_channels, ksize, stride=1, pad=0';
    link(`Convolution${rank}D`, `${fixed}, ${START}, ${spread}`, (args) =>
      conv(args, linkWeight(args, rank, 'go i k')),
    );
    link(`Deconvolution${rank}D`, `${fixed}, ${sized}, ${SPREAD}`, (args) =>
      deconv(args, linkWeight(args, rank, 'gi o k')),
    );
  }
  call('dilated_convolution_2d', `${given}, dilate=1, cover_all=False`, (args) =>
    conv(args, givenWeight(args, 2, 'go i k')),
  );
  call('depthwise_convolution_2d', given, (args) => conv(args, givenWeight(args, 2, 'o g k')));
  call('pad', 'x, pad_width, mode, *, constant_values=0', (args) =>
    numpyPad(args, 'first', 'x', Object.keys(NUMPY_FILLS)),
  );
  return all;
}

function dimensions(args: Arguments): number {
  const rank = args.integer('ndim', 1);
  return rank <= 3 ? rank : args.refuse('ndim', '1, 2 or 3');
}

/** The weight a link makes; without ksize, the two numbers before it are the filters and the kernel. */
function linkWeight(args: Arguments, rank: number, order: string): Weights {
  const short = args.value('ksize') === null;
  const [inputs, outputs, size] = short
    ? (['', 'in_channels', 'out_channels'] as const)
    : (['in_channels', 'out_channels', 'ksize'] as const);
  const groups = groupsOf(args);
  const filters = args.integer(outputs, 1);
  const channels = inputs === '' || args.value(inputs) === null ? null : args.integer(inputs, 1);
  if (filters % groups !== 0) args.refuse(outputs, say`a multiple of groups=${groups}`);
  if (channels !== null && channels % groups !== 0) args.refuse(inputs, say`a multiple of groups=${groups}`);
  return {
    channels,
    filters,
    groups,
    kernel: args.integers(size, rank, 1),
    order,
    bias: !args.flag('nobias'),
  };
}

/** The argument groups, which the dilated link and function do not have. */
function groupsOf(args: Arguments): number {
  return args.value('groups') === null ? 1 : args.integer('groups', 1);
}

/** Every channel on its own, channel_multiplier filters each. */
function depthwiseWeight(args: Arguments): Weights {
  const multiplier = args.integer('channel_multiplier', 1);
  return {
    channels: args.value('in_channels') === null ? null : args.integer('in_channels', 1),
    filters: (channels) => channels * multiplier,
    groups: (channels) => channels,
    kernel: args.integers('ksize', 2, 1),
    order: 'o g k',
    bias: !args.flag('nobias'),
  };
}

/** The weight a function is given: its shape says everything; `rank` null is any. */
function givenWeight(args: Arguments, rank: number | null, order: 'go i k' | 'gi o k' | 'o g k'): Weights {
  const shape = args.shape('W');
  const [first = 0, second = 0, ...kernel] = shape;
  if (kernel.length !== (rank ?? kernel.length) || kernel.length < 1 || kernel.length > 3)
    args.refuse('W', say`${(rank ?? 1) + 2} dimensions, not ${shape.length}`);
  if (shape.includes(0)) args.refuse('W', 'at least one element on each dimension');
  const depthwise = order === 'o g k';
  const groups = depthwise ? second : groupsOf(args);
  if (!depthwise && first % groups !== 0)
    args.refuse('W', say`a first dimension that is a multiple of groups=${groups}`);
  const channels = order === 'go i k' ? second * groups : depthwise ? second : first;
  const filters = order === 'go i k' ? first : second * (depthwise ? first : groups);
  const bias = args.value('b');
  if (bias !== null && !isTensor(bias)) args.refuse('b', 'a tensor or None');
  if (isTensor(bias) && bias.shape !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== filters))
    args.refuse('b', say`one number for each of ${filters} filters`);
  return { channels, filters, groups, kernel, order, bias: bias !== null };
}

/** A convolution of any kind but the transposed one. */
function conv(args: Arguments, weights: Weights): Layer {
  const { who } = args;
  const windows = windowsOf(args, weights.kernel);
  const pad = args.integers('pad', weights.kernel.length, 0);
  const covers = args.value('cover_all') === true;
  return weighted({
    ...common(args, weights),
    kind: weights.order === 'o g k' ? 'depthwise' : 'conv',
    flip: false,
    axisOf: (size, i) => {
      const floor = both(windowOf(windows, size, i), pad[i] as number);
      if (!covers) return floor;
      const all = ceilMode(floor, false);
      return axis({ ...all, after: all.after + all.overhang, overhang: 0 });
    },
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
}

/** A transposed convolution. */
function deconv(args: Arguments, weights: Weights): Layer {
  const { who } = args;
  const rank = weights.kernel.length;
  const windows = windowsOf(args, weights.kernel);
  const pad = args.integers('pad', rank, 0);
  const wanted = outsizes(args, rank);
  return weighted({
    ...common(args, weights),
    kind: 'transposed',
    flip: true,
    axisOf: (size, i) => {
      const window = windowOf(windows, size, i);
      const crop = pad[i] as number;
      const length = wanted[i] ?? naturalSize(window) - 2 * crop;
      if (length < 1)
        throw refusal(
          who,
          say`the output would be ${length} wide: pad ${crop} cuts more than the natural output ${naturalSize(window)}`,
        );
      const forward = both({ ...window, size: length }, crop);
      const [least, most] = [out(forward), out(ceilMode(forward, false))];
      if (size < least || size > most)
        throw refusal(
          who,
          say`a convolution of outsize ${length} gives ${least} to ${most} elements, but the input has ${size} on axis ${i}`,
        );
      return transposedAxis(window, crop, length);
    },
  });
}

/** The argument outsize: a tuple, and in two dimensions either of its numbers may be None. */
function outsizes(args: Arguments, rank: number): (number | null)[] {
  const value = args.value('outsize');
  if (value === null) return Array.from({ length: rank }, () => null);
  if (!Array.isArray(value)) args.refuse('outsize', 'a tuple or None');
  return args.integers('outsize', rank, 1);
}

function pool(args: Arguments, fixed: number | null, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const rank = fixed ?? poolRank(args);
  const kernel = args.integers('ksize', rank, 1);
  const stride = args.value('stride') === null ? kernel : args.integers('stride', rank, 1);
  const pad = args.integers('pad', rank, 0);
  const windows = { kernel, stride, dilation: kernel.map(() => 1) };
  const covers = operation === 'max' && args.flag('cover_all');
  const excludes = args.given('pad_value') && args.value('pad_value') === null;
  if (args.given('pad_value') && !excludes && args.number('pad_value') !== 0)
    args.refuse('pad_value', '0 or None');
  const notes: Text[] = [];
  if (covers && !args.given('cover_all'))
    notes.push('cover_all=True is the default of max_pooling: a last window may reach beyond the input.');
  if (args.value('return_indices') === true) notes.push('padwise computes the values, not the indices.');
  const made: Pooled = {
    who,
    rank,
    layout: 'first',
    operation,
    divisor: excludes ? 'real' : 'window',
    notes,
    axisOf: (size, i) => {
      const floor = axis({ ...both(windowOf(windows, size, i), pad[i] as number), ...poolFill(operation) });
      return covers ? ceilMode(floor, false) : floor;
    },
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  };
  return pooled(made);
}

/** How many axes a pooling of any rank has: as many as ksize has numbers, or as x has after batch and channels. */
function poolRank(args: Arguments): number {
  const size = args.value('ksize');
  const rank = Array.isArray(size) ? size.length : args.shape('x').length - 2;
  return rank >= 1 && rank <= 3
    ? rank
    : args.refuse(Array.isArray(size) ? 'ksize' : 'x', 'one to three axes');
}

function windowsOf(args: Arguments, kernel: Shape) {
  const rank = kernel.length;
  const dilation = args.value('dilate') === null ? kernel.map(() => 1) : args.integers('dilate', rank, 1);
  return { kernel, stride: args.integers('stride', rank, 1), dilation };
}

function both(window: Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>, pad: number): Axis {
  return axis({ ...window, before: pad, after: pad });
}

type Common = Pick<Weighted, 'who' | 'rank' | 'layout' | 'names' | 'initialiser'>;

/** What every convolution of Chainer has. */
function common(args: Arguments, weights: Weights): Weights & Common {
  return {
    ...weights,
    who: args.who,
    rank: weights.kernel.length,
    layout: 'first',
    names: ['W', 'b'],
    initialiser: (shape) => [lecun(shape), { kind: 'zeros' }],
  };
}

/** LeCunNormal: a variance of 1 / fan in. */
function lecun(shape: Shape): Initialiser {
  const fan = shape.slice(1).reduce((product, n) => product * n, 1);
  return { kind: 'normal', deviation: 1 / Math.sqrt(fan) };
}

/** Chainer. */
export const chainer: Dialect = {
  id: 'chainer',
  title: 'Chainer',
  aliases: { L: 'chainer.links', F: 'chainer.functions' },
  readers: readers(),
};
