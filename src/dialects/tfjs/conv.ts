// TensorFlow.js' convolutions as functions: filter (k..., in, out), transposed (k..., out, in), depthwise (k..., in, multiplier).
//
//   conv1d            a plane of one row, so a pad of 0 counts windows as if kernel and stride were 1
//   transposed        the gradient of the conv that would make the input of outputShape
//   separable         depthwise, then a pointwise conv
//
// Stride and dilation never go together. What TensorFlow.js leaves unchecked and answers with NaN is refused here.
// Source: tfjs-core/src/ops/{conv*,depthwise_conv2d,separable_conv2d}.ts (4.22).

import { adjointAxis, out } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { weighted } from '../builder.ts';
import { type Layer, type Layout, refusal, type Shape, shapeText, type Value } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import type { Windows } from '../window.ts';
import { padNotes, padOf, type Sliding, slide } from './axes.ts';

/** A batch, or none. */
export const LEADS: readonly number[] = [1, 0];

const FORMATS: Readonly<Record<number, readonly string[]>> = {
  1: ['NWC'],
  2: ['NHWC', 'NCHW'],
  3: ['NDHWC'],
};

/** The filter's shape, all of it 1 or more. */
function filterShape(args: Arguments, name: string, rank: number): Shape {
  const shape = args.shape(name);
  if (shape.length === rank + 2 && shape.every((n) => n >= 1)) return shape;
  throw refusal(
    args.who,
    say`${name} has the shape ${shapeText(shape)}, not ${rank + 2} dimensions of 1 or more`,
  );
}

function layoutOf(args: Arguments, rank: number): Layout {
  return args.word('dataFormat', FORMATS[rank] as readonly string[]) === 'NCHW' ? 'first' : 'last';
}

/** Refuses both at once. */
export function refuseStrideWithDilation(who: string, { stride, dilation }: Windows): void {
  if (Math.max(...stride) === 1 || Math.max(...dilation) === 1) return;
  throw refusal(who, say`either strides ${shapeText(stride)} or dilations ${shapeText(dilation)} must be 1`);
}

/** The windows of a filter; `dilations` names the argument, if there is one. */
function sliding(
  args: Arguments,
  kernel: Shape,
  layout: Layout,
  stride: string,
  dilations?: string,
): Sliding {
  const rank = kernel.length;
  const of = {
    kernel,
    stride: args.integers(stride, rank, 1),
    dilation: dilations === undefined ? kernel.map(() => 1) : args.integers(dilations, rank, 1),
    ...padOf(args, rank, layout),
  };
  refuseStrideWithDilation(args.who, of);
  return of;
}

/** conv1d, which is a conv2d of one row. */
export function conv1d(args: Arguments): Layer {
  const shape = filterShape(args, 'filter', 1);
  const of = sliding(args, shape.slice(0, 1), layoutOf(args, 1), 'stride', 'dilation');
  if (typeof of.pad !== 'number') return conv(args, of, shape, 'last');
  if (of.pad !== 0)
    throw refusal(
      args.who,
      say`pad ${of.pad} adds rows to the plane of one row that conv1d makes, so only 'same', 'valid' or pairs work`,
    );
  const row = { ...of, kernel: [1, ...of.kernel], stride: [1, ...of.stride], dilation: [1, ...of.dilation] };
  const note =
    "TensorFlow.js counts windows as if kernel and stride were 1 when conv1d's pad is 0; 'valid' has none beyond the input.";
  return conv(args, of, shape, 'last', [note], (size) => slide(args.who, row, size, 1));
}

/** conv2d and conv3d. */
export function convOf(args: Arguments, rank: number): Layer {
  const shape = filterShape(args, 'filter', rank);
  const layout = layoutOf(args, rank);
  return conv(args, sliding(args, shape.slice(0, rank), layout, 'strides', 'dilations'), shape, layout);
}

function conv(
  { who }: Arguments,
  of: Sliding,
  shape: Shape,
  layout: Layout,
  notes: readonly Text[] = padNotes(of),
  axisOf = (size: number, i: number) => slide(who, of, size, i),
): Layer {
  const rank = of.kernel.length;
  return weighted({
    ...{ who, rank, layout, leads: LEADS, notes, axisOf, kernel: of.kernel },
    ...{ kind: 'conv', channels: shape[rank] as number, filters: shape[rank + 1] as number, groups: 1 },
    ...{ order: 'k i go', names: ['filter', 'bias'], bias: false, flip: false },
  });
}

/** depthwiseConv2d. */
export function depthwise(args: Arguments): Layer {
  return depthwiseOf(args, 'filter', 'dilations');
}

function depthwiseOf(args: Arguments, name: string, dilations: string): Layer {
  const { who } = args;
  const shape = filterShape(args, name, 2);
  if (layoutOf(args, 2) === 'first')
    throw refusal(who, 'dataFormat NCHW is taken, but the channels are still read as the last dimension');
  const of = sliding(args, shape.slice(0, 2), 'last', 'strides', dilations);
  const [, , channels = 1, multiplier = 1] = shape;
  return weighted({
    ...{ who, rank: 2, layout: 'last', leads: LEADS, notes: padNotes(of), kernel: of.kernel },
    ...{ kind: 'depthwise', channels, filters: channels * multiplier, groups: channels },
    ...{ order: 'k g o', names: [name, 'bias'], bias: false, flip: false },
    axisOf: (size, i) => slide(who, of, size, i),
  });
}

/** separableConv2d: its two filters in turn. */
export function separable(args: Arguments): Layer {
  const { who } = args;
  if (args.value('dataFormat') !== 'NHWC') args.refuse('dataFormat', "'NHWC'");
  const first = depthwiseOf(args, 'depthwiseFilter', 'dilation');
  const shape = filterShape(args, 'pointwiseFilter', 2);
  const [height, width, channels = 1, filters = 1] = shape;
  const [, , depth = 1, multiplier = 1] = args.shape('depthwiseFilter');
  if (height !== 1 || width !== 1 || channels !== depth * multiplier)
    throw refusal(
      who,
      say`pointwiseFilter has the shape ${shapeText(shape)}, not 1x1x${depth * multiplier} and the filters`,
    );
  return inTurn(first, pointwise(who, channels, filters, false, ['pointwiseFilter', 'bias']), multiplier);
}

/** A conv of one tap per axis of a plane. */
export function pointwise(
  who: string,
  channels: number | null,
  filters: number,
  bias: boolean,
  names: readonly [string, string],
  layout: Layout = 'last',
): Layer {
  return weighted({
    ...{ who, rank: 2, layout, leads: LEADS, kernel: [1, 1], kind: 'conv', channels, filters, groups: 1 },
    ...{ order: 'k i go', names, bias, flip: false },
    axisOf: (size) => slide(who, PLAIN, size, 0),
  });
}

const PLAIN: Sliding = { kernel: [1, 1], stride: [1, 1], dilation: [1, 1], pad: 'valid', rounding: 'floor' };

/** A depthwise layer, which makes `multiplier` channels of each, and a pointwise one after it. */
export function inTurn(depth: Layer, point: Layer, multiplier: number): Layer {
  return {
    ...depth,
    kind: 'separable',
    activation: point.activation ?? depth.activation,
    parameters: (channels) => [
      ...depth.parameters(channels),
      ...point.parameters(channels * multiplier).map((parameter) => ({ ...parameter, step: 1 })),
    ],
    resolve: (input) => {
      const first = depth.resolve(input);
      const second = point.resolve(first.output);
      return { steps: [...first.steps, ...second.steps], output: second.output };
    },
  };
}

/** conv2dTranspose and conv3dTranspose. */
export function transposed(args: Arguments, rank: number): Layer {
  const { who } = args;
  const shape = filterShape(args, 'filter', rank);
  const of = sliding(args, shape.slice(0, rank), 'last', 'strides');
  const [filters = 1, channels = 1] = shape.slice(rank);
  const value = args.value('outputShape');
  const sizes = (Array.isArray(value) ? (value as readonly Value[]) : []) as readonly number[];
  const leads = sizes.length - rank - 1;
  if (!LEADS.includes(leads) || !sizes.every((n) => Number.isInteger(n) && n >= 0))
    args.refuse('outputShape', say`${rank + 2} integers >= 0, batch and channels among them`);
  if (sizes.at(-1) !== filters)
    throw refusal(who, say`outputShape has ${sizes.at(-1) as number} channels, but filter makes ${filters}`);
  return weighted({
    ...{ who, rank, layout: 'last', leads: [leads], notes: padNotes(of), kernel: of.kernel },
    ...{ kind: 'transposed', channels, filters, groups: 1, order: 'k o i', names: ['filter', 'bias'] },
    ...{ bias: false, flip: true },
    axisOf: (size, i) => {
      const wanted = sizes[leads + i] as number;
      const forward = slide(who, of, wanted, i);
      if (out(forward) === size) return adjointAxis(forward);
      throw refusal(
        who,
        say`outputShape ${wanted} on axis ${i} would come from ${out(forward)} elements, but the input has ${size}; TensorFlow.js does not check that and answers NaN or leaves elements out`,
      );
    },
    refuse: (_axis, _index, { batch }) => {
      if (leads === 1 && sizes[0] !== batch)
        throw refusal(who, say`outputShape has a batch of ${sizes[0] as number}, the input one of ${batch}`);
    },
  });
}
