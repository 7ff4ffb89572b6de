// PyTorch's convolutions, as modules and as functions. Both sides of an axis are padded alike, before stride and dilation:
//
//   conv        padding 'same' adds extent - 1 in all, the odd one after, and needs stride 1; padding_mode fills it
//   transposed  (size - 1) * stride + extent - 2 * padding + output_padding; output_padding < max(stride, dilation)
//
// Sources: torch/nn/modules/conv.py, aten/src/ATen/native/Convolution.cpp (2.13).

import {
  type Axis,
  axis,
  extent,
  type Fill,
  type Geometry,
  geometry,
  naturalSize,
  type Pads,
  transposedAxis,
  windowPads,
} from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import {
  type Initialiser,
  inWordsOf,
  type Layer,
  type LayerKind,
  type Parameter,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  shapeText,
  takeApart,
} from '../dialect.ts';
import { bias, weight, weightShape } from '../parameter.ts';
import { type Arguments, isTensor } from '../signature.ts';
import { perAxis } from '../spelling.ts';
import { common, refuseFill } from './words.ts';

const PADDING_MODES = ['zeros', 'reflect', 'replicate', 'circular'] as const;
const FILLS: Readonly<Record<string, Fill>> = {
  zeros: 0,
  reflect: 'reflect',
  replicate: 'replicate',
  circular: 'wrap',
};

/** What a conv knows of its weight before it sees an input. `channels` is null for a lazy layer. */
export interface Weights {
  readonly channels: number | null;
  readonly filters: number;
  readonly kernel: Shape;
  readonly groups: number;
  readonly bias: boolean;
}

/** The weight a module makes. */
export function moduleWeight(args: Arguments, rank: number): Weights {
  const groups = args.integer('groups', 1);
  const channels = args.given('in_channels') ? args.integer('in_channels', 0) : null;
  const filters = args.integer('out_channels', 0);
  if (channels !== null && channels % groups !== 0)
    args.refuse('in_channels', say`a multiple of groups=${groups}`);
  if (filters % groups !== 0) args.refuse('out_channels', say`a multiple of groups=${groups}`);
  return {
    channels,
    filters,
    kernel: args.integers('kernel_size', rank, 1),
    groups,
    bias: args.flag('bias'),
  };
}

/** The weight a function is given: its shape says everything. */
export function givenWeight(args: Arguments, rank: number, order: 'go i k' | 'gi o k'): Weights {
  const shape = args.shape('weight');
  const groups = args.integer('groups', 1);
  if (shape.length !== rank + 2) args.refuse('weight', say`${rank + 2} dimensions`);
  const [first = 0, second = 0, ...kernel] = shape;
  const channels = order === 'go i k' ? second * groups : first;
  const filters = order === 'go i k' ? first : second * groups;
  if (first % groups !== 0)
    args.refuse('weight', say`a first dimension that is a multiple of groups=${groups}`);
  const given = args.value('bias');
  if (given !== null && !isTensor(given)) args.refuse('bias', 'a tensor or None');
  if (isTensor(given) && given.shape !== undefined && shapeText(given.shape) !== String(filters)) {
    throw refusal(
      args.who,
      say`bias has the shape ${shapeText(given.shape)}, but weight ${shapeText(shape)} makes ${filters} filters`,
    );
  }
  return { channels, filters, kernel, groups, bias: given !== null };
}

/** nn.Conv, nn.LazyConv and F.conv. */
export function conv(args: Arguments, rank: number, weights: Weights): Layer {
  const { who } = args;
  const stride = args.integers('stride', rank, 1, true);
  const dilation = args.integers('dilation', rank, 1, true);
  const mode = args.value('padding_mode') === null ? 'zeros' : args.word('padding_mode', PADDING_MODES);
  const words = args.value('padding');
  const padding =
    typeof words === 'string'
      ? args.word('padding', ['same', 'valid'])
      : args.integers('padding', rank, 0, true);
  if (padding === 'same' && stride.some((step) => step !== 1)) {
    throw refusal(
      who,
      say`padding='same' needs stride 1, received stride=${perAxis(stride)}; its pads would depend on the input size`,
    );
  }
  const axisOf = (size: number, i: number): Axis => {
    const window = {
      size,
      kernel: weights.kernel[i] as number,
      stride: stride[i] as number,
      dilation: dilation[i] as number,
    };
    const p = typeof padding === 'string' ? 0 : (padding[i] as number);
    const [before, after]: Pads = padding === 'same' ? windowPads(window) : [p, p];
    const fill = FILLS[mode] as Fill;
    return axis({ ...window, before, after, fillBefore: fill, fillAfter: fill });
  };
  const refuse = (one: Axis, i: number, problem: Geometry) => {
    refuseFill(who, one, i, problem);
    const { size, before, after } = one;
    if (size + before + after >= extent(one)) return;
    const dilated =
      one.dilation > 1
        ? say`dilation ${one.dilation} makes kernel_size ${one.kernel} span ${extent(one)}`
        : say`kernel_size is ${one.kernel}`;
    throw refusal(
      who,
      say`${dilated}, but the padded input is ${size + before + after} wide (${size} + ${before} + ${after})`,
      problem,
    );
  };
  const notes =
    mode === 'circular'
      ? ['PyTorch <= 1.4 split circular padding over both sides: padding=1 added one pixel in all.']
      : [];
  return weighted(args, rank, 'conv', weights, 'go i k', notes, (size, i) => axisOf(size, i), refuse, false);
}

/** nn.ConvTranspose, nn.LazyConvTranspose and F.conv_transpose. */
export function convTranspose(args: Arguments, rank: number, weights: Weights): Layer {
  const { who } = args;
  const stride = args.integers('stride', rank, 1, true);
  const dilation = args.integers('dilation', rank, 1, true);
  const padding = args.integers('padding', rank, 0, true);
  const extra = args.integers('output_padding', rank, 0, true);
  if (args.value('padding_mode') !== null) args.word('padding_mode', ['zeros']);
  extra.forEach((value, i) => {
    const limit = Math.max(stride[i] as number, dilation[i] as number);
    if (value < limit) return;
    throw refusal(
      who,
      say`output_padding ${value} must be smaller than stride ${stride[i]} or dilation ${dilation[i]}`,
    );
  });
  const axisOf = (size: number, i: number): Axis => {
    const window = {
      size,
      kernel: weights.kernel[i] as number,
      stride: stride[i] as number,
      dilation: dilation[i] as number,
    };
    const windows = naturalSize(window) - 2 * (padding[i] as number) + (extra[i] as number);
    if (windows < 1)
      throw refusal(
        who,
        say`the output would be ${windows} wide: padding ${padding[i]} cuts more than the natural output ${naturalSize(window)}`,
      );
    return transposedAxis(window, padding[i] as number, windows);
  };
  return weighted(args, rank, 'transposed', weights, 'gi o k', [], axisOf, () => undefined, true);
}

/** A layer with a weight: `axisOf` gives the axis for a size, `refuse` what PyTorch raises on it. */
function weighted(
  args: Arguments,
  rank: number,
  kind: LayerKind,
  weights: Weights,
  order: string,
  notes: readonly Text[],
  axisOf: (size: number, index: number) => Axis,
  refuse: (axis: Axis, index: number, problem: Geometry) => void,
  flip: boolean,
): Layer {
  const { who } = args;
  const { filters, groups, kernel } = weights;
  return {
    ...common(args, rank, kind, notes),
    channels: weights.channels,
    parameters: (channels): Parameter[] => {
      const shape = weightShape(order, { groups, filters, kernel, channels: weights.channels ?? channels });
      const initialiser = uniform((shape[1] as number) * kernel.reduce((taps, k) => taps * k, 1));
      return [
        weight('weight', order, shape, initialiser),
        ...(weights.bias ? [bias('bias', filters, initialiser)] : []),
      ];
    },
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, 'first', [0, 1]);
      const { channels, batch } = parts;
      if (channels !== (weights.channels ?? channels)) {
        throw refusal(
          who,
          say`expected ${weights.channels} input channels, received ${channels} in ${shapeText(input)}`,
        );
      }
      if (channels % groups !== 0)
        throw refusal(who, say`${channels} input channels do not divide by groups=${groups}`);
      const problem = inWordsOf(who, () =>
        geometry({ batch, channels, filters, groups, flip, axes: parts.sizes.map(axisOf) }),
      );
      problem.axes.forEach((one, i) => {
        refuse(one, i, problem);
      });
      return resolved([problem], parts, 'first');
    },
  };
}

/** kaiming_uniform(a = sqrt(5)) of PyTorch: uniform within 1 / sqrt(fan in). */
function uniform(fanIn: number): Initialiser {
  return fanIn === 0 ? { kind: 'zeros' } : { kind: 'uniform', limit: 1 / Math.sqrt(fanIn) };
}
