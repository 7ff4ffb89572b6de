// cuDNN: N C sizes, filters (out, in / groups, k...). Read from the C functions that set a descriptor, with the filter's, and from
// the Python frontend: graph.conv_fprop(image=x, weight=w, pre_padding=[0, 0], post_padding=[1, 1], stride=[2, 2]).
//
//   descriptors   pads the same on both sides; u and v are the vertical and the horizontal stride
//   frontend      pads of both sides; conv_dgrad, the gradient of the input, is a transposed convolution that crops them
//   mode          CUDNN_CONVOLUTION mirrors the filter, CUDNN_CROSS_CORRELATION does not
//   sizes         1 + floor((size + pads - extent) / stride); an empty output is refused
//
// Sources: cuDNN API reference; libcudnn 9.28 asked for output sizes (oracle/shapes); cudnn-frontend 1.32, _pygraph.py.

import { type Axis, axis, extent, naturalSize, transposedAxis } from '../geometry/index.ts';
import { say } from '../words/index.ts';
import { pooled, poolFill, refuseEmpty, type Weighted, weighted } from './builder.ts';
import { type Dialect, type Layer, refusal, type Shape, type Value } from './dialect.ts';
import { DialectError } from './error.ts';
import { type Arguments, isFields, isTensor } from './signature.ts';
import { type Windows, windowOf } from './window.ts';

const FILTER = 'computeType=None, *, filter=None, filter_format=None, groups=1, input_shape=None';
const GRAPH =
  'padding=None, pre_padding=None, post_padding=None, stride=None, dilation=None, convolution_mode=None, compute_data_type=None, name="", out_dims=None';

/** cuDNN, its descriptors in C and its frontend in Python. */
export const cudnn: Dialect = {
  id: 'cudnn',
  title: 'cuDNN',
  aliases: { '': 'cudnn', graph: 'cudnn.pygraph' },
  unverified:
    'cuDNN 9.28 was asked for output sizes; which elements its windows read is as documented, not run.',
  readers: {
    'cudnn.cudnnSetConvolution2dDescriptor': {
      signature: `convDesc, pad_h, pad_w, u, v, dilation_h, dilation_w, mode, ${FILTER}`,
      read: (args) =>
        descriptor(args, {
          pads: both(args, 'pad_h', 'pad_w', 0),
          stride: both(args, 'u', 'v', 1),
          dilation: both(args, 'dilation_h', 'dilation_w', 1),
        }),
    },
    'cudnn.cudnnSetConvolutionNdDescriptor': {
      signature: `convDesc, arrayLength, padA, filterStrideA, dilationA, mode, ${FILTER}`,
      read: (args) => {
        const rank = args.integer('arrayLength', 2);
        return descriptor(args, {
          pads: listed(args, 'padA', rank, 0),
          stride: listed(args, 'filterStrideA', rank, 1),
          dilation: listed(args, 'dilationA', rank, 1),
        });
      },
    },
    'cudnn.cudnnSetPooling2dDescriptor': {
      signature:
        'poolingDesc, mode, maxpoolingNanOpt, windowHeight, windowWidth, verticalPadding, horizontalPadding, verticalStride, horizontalStride, *, input_shape=None',
      read: (args) =>
        pool(
          args,
          both(args, 'windowHeight', 'windowWidth', 1),
          both(args, 'verticalPadding', 'horizontalPadding', 0),
          both(args, 'verticalStride', 'horizontalStride', 1),
        ),
    },
    'cudnn.cudnnSetPoolingNdDescriptor': {
      signature:
        'poolingDesc, mode, maxpoolingNanOpt, nbDims, windowDimA, paddingA, strideA, *, input_shape=None',
      read: (args) => {
        const rank = args.integer('nbDims', 2);
        return pool(
          args,
          listed(args, 'windowDimA', rank, 1),
          listed(args, 'paddingA', rank, 0),
          listed(args, 'strideA', rank, 1),
        );
      },
    },
    'cudnn.pygraph.conv_fprop': { signature: `image, weight, ${GRAPH}`, read: (args) => forward(args) },
    'cudnn.pygraph.conv_dgrad': { signature: `loss, filter, ${GRAPH}`, read: (args) => backward(args) },
  },
};

function both(args: Arguments, vertical: string, horizontal: string, least: number): Shape {
  return [args.integer(vertical, least), args.integer(horizontal, least)];
}

/** An array of one number per axis; cuDNN's convolutions and pools have two axes or three. */
function listed(args: Arguments, name: string, rank: number, least: number): Shape {
  if (rank > 3) throw refusal(args.who, say`expected 2 or 3 axes, received ${rank}`);
  return Array.isArray(args.value(name))
    ? args.integers(name, rank, least)
    : args.refuse(name, 'an array of integers');
}

/** A constant of the library: its name without CUDNN_ or cudnn.convolution_mode., or its number. */
function constant<Word extends string>(value: Value, words: readonly Word[]): Word | undefined {
  if (typeof value === 'number') return words[value];
  const name = isTensor(value)
    ? (value.tensor.split('.').at(-1) as string).replace(/^CUDNN_(?:POOLING_)?/, '')
    : value;
  return words.find((word) => word === name);
}

const CONVOLUTIONS = ['CONVOLUTION', 'CROSS_CORRELATION'] as const;
const MIRRORS =
  'CUDNN_CONVOLUTION mirrors the filter, as no other framework does in a convolution that is not transposed.';
const POOLS = [
  'MAX',
  'AVERAGE_COUNT_INCLUDE_PADDING',
  'AVERAGE_COUNT_EXCLUDE_PADDING',
  'MAX_DETERMINISTIC',
] as const;

function stated(args: Arguments): Shape | null {
  const shape = args.value('input_shape');
  return Array.isArray(shape) ? (shape as number[]) : null;
}

/** A filter of two to five dimensions: out, in / groups, k... */
function filterOf(args: Arguments, name: string): Shape {
  if (args.value(name) === null) {
    throw new DialectError('argument', say`${args.who}: the shape of the filter is not in the code`, {
      hint: 'Add cudnnSetFilter4dDescriptor(w, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NCHW, 64, 3, 7, 7); padwise --tensor filter=64x3x7x7 says it too.',
    });
  }
  const shape = args.shape(name);
  if (shape.length === 4 || shape.length === 5) return shape;
  throw refusal(args.who, say`expected a filter of 4 or 5 dimensions, received ${shape.length}`);
}

function descriptor(args: Arguments, of: { pads: Shape; stride: Shape; dilation: Shape }): Layer {
  const { who } = args;
  const [filters = 1, within = 1, ...kernel] = filterOf(args, 'filter');
  const rank = of.pads.length;
  if (kernel.length !== rank)
    throw refusal(who, say`a filter with ${kernel.length} axes does not suit ${rank} of them`);
  const groups = args.integer('groups', 1);
  if (filters % groups !== 0) throw refusal(who, say`${filters} filters do not divide by ${groups} groups`);
  const mode = constant(args.value('mode'), CONVOLUTIONS);
  if (mode === undefined) return args.refuse('mode', 'CUDNN_CONVOLUTION or CUDNN_CROSS_CORRELATION');
  const windows: Windows = { ...of, kernel };
  const last = constant(args.value('filter_format'), ['TENSOR_NCHW', 'TENSOR_NHWC']) === 'TENSOR_NHWC';
  return weighted({
    ...shared(who, rank, filters, kernel),
    statedInput: stated(args),
    kind: 'conv',
    channels: within * groups,
    groups,
    order: last ? 'go k i' : 'go i k',
    flip: mode === 'CONVOLUTION',
    notes: mode === 'CONVOLUTION' ? [MIRRORS] : [],
    axisOf: (size, i) => {
      const pad = of.pads[i] as number;
      return axis({ ...windowOf(windows, size, i), before: pad, after: pad });
    },
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
}

type Shared = Pick<Weighted, 'who' | 'rank' | 'layout' | 'filters' | 'kernel' | 'bias' | 'names'>;

/** What every convolution of cuDNN shares; a bias is added by a call of its own. */
function shared(who: string, rank: number, filters: Weighted['filters'], kernel: Shape): Shared {
  return { who, rank, layout: 'first', filters, kernel, bias: false, names: ['filter', 'bias'] };
}

/** A list of one number per axis, of this many axes; null where it is not given. */
function perAxis(args: Arguments, name: string, rank: number, least: number): Shape | null {
  const value = args.value(name);
  if (value === null || (Array.isArray(value) && value.length === 0)) return null;
  return Array.isArray(value) ? args.integers(name, rank, least) : args.refuse(name, 'a list of integers');
}

/** What a node of a graph says: its pads on both sides, its windows, and whether it mirrors the filter. */
function node(args: Arguments, kernel: Shape) {
  const rank = kernel.length;
  const none = kernel.map(() => 0);
  const ones = kernel.map(() => 1);
  const alike = perAxis(args, 'padding', rank, 0);
  const mode = args.value('convolution_mode');
  const word = mode === null ? 'CROSS_CORRELATION' : constant(mode, CONVOLUTIONS);
  return {
    before: perAxis(args, 'pre_padding', rank, 0) ?? alike ?? none,
    after: perAxis(args, 'post_padding', rank, 0) ?? alike ?? none,
    mirrors: (word ?? args.refuse('convolution_mode', 'CONVOLUTION or CROSS_CORRELATION')) === 'CONVOLUTION',
    windows: {
      kernel,
      stride: perAxis(args, 'stride', rank, 1) ?? ones,
      dilation: perAxis(args, 'dilation', rank, 1) ?? ones,
    },
  };
}

function forward(args: Arguments): Layer {
  const { who } = args;
  const [filters = 1, within = 1, ...kernel] = filterOf(args, 'weight');
  const { before, after, mirrors, windows } = node(args, kernel);
  const groups = (channels: number): number => {
    const count = channels / within;
    if (Number.isInteger(count) && count > 0 && filters % count === 0) return count;
    throw refusal(
      who,
      say`${channels} input channels and ${filters} filters make no groups of ${within} channels`,
    );
  };
  return weighted({
    ...shared(who, kernel.length, filters, kernel),
    kind: 'conv',
    channels: null,
    groups,
    order: 'go i k',
    flip: mirrors,
    notes: mirrors ? [MIRRORS] : [],
    axisOf: (size, i) =>
      axis({ ...windowOf(windows, size, i), before: before[i] as number, after: after[i] as number }),
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
}

/** The sizes and channels of conv_dgrad's output where out_dims states them. */
function statedOutput(args: Arguments, rank: number): Shape | null {
  const value = args.value('out_dims');
  const { DX = null } = isFields(value) ? value.fields : { DX: value };
  const dims = DX;
  if (dims === null || dims === undefined) return null;
  const fits = Array.isArray(dims) && dims.length === rank + 2 && dims.every((n) => Number.isInteger(n));
  return fits ? (dims as number[]) : args.refuse('out_dims', say`${rank + 2} integers`);
}

function backward(args: Arguments): Layer {
  const { who } = args;
  const [channels = 1, within = 1, ...kernel] = filterOf(args, 'filter');
  const rank = kernel.length;
  const { before, after, mirrors, windows } = node(args, kernel);
  const dims = statedOutput(args, rank);
  const filters = dims?.[1] ?? within;
  if (filters % within !== 0 || channels % (filters / within) !== 0)
    throw refusal(
      who,
      say`${channels} input channels and ${filters} output channels make no groups of ${within}`,
    );
  const axisOf = (size: number, i: number): Axis => {
    const window = windowOf(windows, size, i);
    const [low, high] = [before[i] as number, after[i] as number];
    const windowsOut = dims?.[i + 2] ?? naturalSize(window) - low - high;
    const back = Math.floor((windowsOut + low + high - extent(window)) / window.stride) + 1;
    if (windowsOut >= 1 && back === size) return transposedAxis(window, low, windowsOut);
    throw refusal(
      who,
      say`an output of ${windowsOut} on axis ${i} is none that the convolution makes ${size} of`,
    );
  };
  return weighted({
    ...shared(who, rank, filters, kernel),
    kind: 'transposed',
    channels,
    groups: filters / within,
    order: 'gi o k',
    flip: !mirrors,
    notes:
      dims === null
        ? ['Without out_dims the output is the smallest that the convolution makes the input of.']
        : [],
    axisOf,
  });
}

function pool(args: Arguments, kernel: Shape, pads: Shape, stride: Shape): Layer {
  const { who } = args;
  const mode = constant(args.value('mode'), POOLS);
  if (mode === undefined) return args.refuse('mode', 'CUDNN_POOLING_MAX or one of the averages');
  const operation = mode.startsWith('MAX') ? 'max' : 'average';
  const outside = pads.findIndex((pad, i) => pad >= (kernel[i] as number));
  if (outside >= 0)
    throw refusal(
      who,
      say`padding ${pads[outside] as number} reaches a window of ${kernel[outside] as number}: a window would hold no element, and what cuDNN computes of that is not established`,
    );
  return pooled({
    who,
    rank: kernel.length,
    layout: 'first',
    operation,
    divisor: mode === 'AVERAGE_COUNT_EXCLUDE_PADDING' ? 'real' : 'window',
    statedInput: stated(args),
    axisOf: (size, i) => {
      const pad = pads[i] as number;
      const window = { size, kernel: kernel[i] as number, stride: stride[i] as number };
      return axis({ ...window, before: pad, after: pad, ...poolFill(operation) });
    },
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
}
