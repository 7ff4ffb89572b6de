// PaddlePaddle's convolutions, as layers and as functions.
//
//   conv         trunc((size + before + after - extent) / stride) + 1 windows, what they lack read as zeros
//   transposed   (size - 1) * stride + extent - before - after + output_padding; 'SAME' crops what it would pad
//   output_size  at least that, and less than a stride more
//
// Sources: python/paddle/nn/{layer,functional}/conv.py, paddle/phi/infermeta/{binary,backends}.cc (3.3).

import {
  type Axis,
  axis,
  type Fill,
  naturalSize,
  type Pads,
  samePads,
  transposedAxis,
} from '../../geometry/index.ts';
import { truncated, truncatedSize } from '../../geometry/padding.ts';
import { say } from '../../words/index.ts';
import { refuseEmpty, weighted } from '../builder.ts';
import { type Initialiser, type Layer, refusal, type Shape, shapeText } from '../dialect.ts';
import { type Arguments, isTensor } from '../signature.ts';
import { type Windows, windowOf } from '../window.ts';
import { refuseCopies } from './pad.ts';
import { layoutOf, readPadding } from './padding.ts';

const FILLS: Readonly<Record<string, Fill>> = {
  zeros: 0,
  reflect: 'reflect',
  replicate: 'replicate',
  circular: 'wrap',
};

/** What a convolution knows of its weight before it sees an input. */
export interface Weights {
  readonly channels: number;
  readonly filters: number;
  readonly kernel: Shape;
  readonly groups: number;
  readonly bias: boolean;
}

/** The weight a layer makes. */
export function layerWeight(args: Arguments, rank: number): Weights {
  const groups = args.integer('groups', 1);
  const channels = args.integer('in_channels', 1);
  const filters = args.integer('out_channels', 1);
  if (channels % groups !== 0) args.refuse('in_channels', say`a multiple of groups=${groups}`);
  if (filters % groups !== 0) args.refuse('out_channels', say`a multiple of groups=${groups}`);
  const bias = args.value('bias') !== false && args.value('bias_attr') !== false;
  return { channels, filters, kernel: args.integers('kernel_size', rank, 1), groups, bias };
}

/** The weight a function is given: its shape says everything. */
export function givenWeight(args: Arguments, rank: number, order: 'go i k' | 'gi o k'): Weights {
  const shape = args.shape('weight');
  const groups = args.integer('groups', 1);
  if (shape.length !== rank + 2) args.refuse('weight', say`${rank + 2} dimensions`);
  const [first = 0, second = 0, ...kernel] = shape;
  if (first % groups !== 0)
    args.refuse('weight', say`a first dimension that is a multiple of groups=${groups}`);
  const [channels, filters] = order === 'go i k' ? [second * groups, first] : [first, second * groups];
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

/** Conv1D to Conv3D, conv1d to conv3d. */
export function conv(args: Arguments, rank: number, weights: Weights): Layer {
  const { who } = args;
  const layout = layoutOf(args, rank);
  const windows = windowsOf(args, rank, weights);
  const padding = readPadding(args, rank, layout, 0);
  const mode = args.value('padding_mode') === null ? 'zeros' : args.word('padding_mode', Object.keys(FILLS));
  const fill = FILLS[mode] as Fill;
  if (fill !== 0 && typeof args.value('padding') !== 'number')
    args.refuse('padding', say`one integer with padding_mode='${mode}'`);
  const dilated = windows.dilation.some((step) => step !== 1);
  return weighted({
    ...weights,
    who,
    rank,
    layout,
    kind: 'conv',
    order: 'go i k',
    flip: false,
    notes: padding === 'same' && dilated ? [DILATION_OF_SAME] : [],
    initialiser: ([, inner = 1, ...kernel]) => {
      const taps = inner * weights.groups * kernel.reduce((product, k) => product * k, 1);
      return [{ kind: 'normal', deviation: Math.sqrt(2 / taps) }, { kind: 'zeros' }];
    },
    axisOf: (size, i) => {
      const window = padding === 'same' ? undilated(windowOf(windows, size, i)) : windowOf(windows, size, i);
      const [before, after] = padding === 'same' ? samePads(window) : (padding[i] as Pads);
      const pads = { before, after, fillBefore: fill, fillAfter: after === 0 ? 0 : fill };
      const read = truncated(axis({ ...window, ...pads }));
      if (read.overhang > 0 && typeof read.fillAfter === 'string')
        throw refusal(
          who,
          say`a window reads zeros beyond padding_mode='${mode}', which padwise does not compute`,
        );
      return axis({ ...read, after: after + read.overhang, overhang: 0 });
    },
    refuse: (one, i, problem) => {
      refuseCopies(who, one, i, problem);
      // An output of nothing is empty, one below nothing is refused.
      if (truncatedSize(one) < 0) refuseEmpty(who, one, i, problem);
    },
  });
}

const DILATION_OF_SAME = "PaddlePaddle sets the dilation to 1 where padding='SAME'.";

/** Conv1DTranspose to Conv3DTranspose, conv1d_transpose to conv3d_transpose. */
export function convTranspose(args: Arguments, rank: number, weights: Weights): Layer {
  const { who } = args;
  const layout = layoutOf(args, rank);
  const windows = windowsOf(args, rank, weights);
  const padding = readPadding(args, rank, layout, 0);
  const extra = args.integers('output_padding', rank, 0);
  const sizes = args.value('output_size') === null ? null : args.integers('output_size', rank, 1);
  if (sizes !== null && args.value('output_padding') !== 0)
    throw refusal(who, 'output_padding and output_size exclude each other');
  extra.forEach((value, i) => {
    const stride = windows.stride[i] as number;
    if (value >= stride && value > 0)
      throw refusal(who, say`output_padding ${value} must be smaller than stride ${stride}`);
  });
  const axisOf = (size: number, i: number): Axis => {
    const window = padding === 'same' ? undilated(windowOf(windows, size, i)) : windowOf(windows, size, i);
    const [before, after] = padding === 'same' ? samePads(window) : (padding[i] as Pads);
    const least = naturalSize(window) - before - after + (extra[i] as number);
    const outputs = sizes === null ? least : (sizes[i] as number);
    if (outputs < 0)
      throw refusal(
        who,
        say`the output would be ${outputs} wide: padding cuts ${before + after} of ${naturalSize(window)}`,
      );
    if (outputs < least || outputs >= least + window.stride)
      throw refusal(
        who,
        say`output_size must be ${least} to ${least + window.stride - 1}, received ${outputs}`,
      );
    return transposedAxis(window, before, outputs);
  };
  return weighted({
    ...weights,
    who,
    rank,
    layout,
    kind: 'transposed',
    order: 'gi o k',
    flip: true,
    notes: padding === 'same' ? [SAME_TRANSPOSED] : [],
    initialiser: ([first = 1, second = 1, ...kernel]) => [
      xavier((first + second) * taps(kernel)),
      { kind: 'zeros' },
    ],
    axisOf,
  });
}

const SAME_TRANSPOSED =
  "PaddlePaddle's transposed 'SAME' crops what a convolution's SAME pads, so its output is not size * stride.";

function windowsOf(args: Arguments, rank: number, { kernel }: Weights): Windows {
  return {
    kernel,
    stride: args.integers('stride', rank, 1),
    dilation: args.integers('dilation', rank, 1),
  };
}

function undilated<Window extends Pick<Axis, 'dilation'>>(window: Window): Window {
  return { ...window, dilation: 1 };
}

function taps(kernel: Shape): number {
  return kernel.reduce((product, k) => product * k, 1);
}

function xavier(fans: number): Initialiser {
  return { kind: 'uniform', limit: Math.sqrt(6 / fans) };
}
