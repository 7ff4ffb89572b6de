// TensorFlow's convolutions and their transposed kin. A transposed one is the gradient of the conv that would make its input
// out of output_shape, and refused where that conv would not.
//
// Sources: tensorflow/python/ops/{nn_ops,nn_impl}.py, core/kernels/conv_grad_shape_utils.cc (2.21).

import { adjointAxis, geometry, out } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import {
  inWordsOf,
  type Layer,
  type Layout,
  type Parameter,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  shapeText,
  takeApart,
} from '../dialect.ts';
import { glorotUniform } from '../keras/initialiser.ts';
import { weight } from '../parameter.ts';
import type { Arguments } from '../signature.ts';
import { windowOf } from '../window.ts';
import {
  common,
  layoutOf,
  listOf,
  paddedAxis,
  paddingNotes,
  paddingOf,
  type Rank,
  rankOf,
  refuseMissing,
  sequence,
} from './words.ts';

const LEADS = [1, 2, 3, 4];

function filterShape(args: Arguments, name: string, rank: Rank): Shape {
  const shape = args.shape(name);
  if (shape.length !== rank + 2 || shape.some((n) => n < 1))
    throw refusal(
      args.who,
      say`${name} has the shape ${shapeText(shape)}, not ${rank + 2} dimensions of 1 or more`,
    );
  return shape;
}

interface Steps {
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
}

/** Strides and dilations; `full` demands the 1 for batch and channels too. */
export function stepsOf(args: Arguments, stride: string, rank: Rank, full: boolean): Steps {
  return {
    stride: sequence(args, stride, rank, full),
    dilation: sequence(args, 'dilations', rank, full),
  };
}

/** conv1d, conv2d, conv3d, and what the others come down to; `explicit` allows a list of pads. */
export function conv(
  args: Arguments,
  rank: Rank,
  kind: 'conv' | 'depthwise',
  { stride, dilation }: Steps,
  explicit: boolean,
): Layer {
  const { who } = args;
  const name = kind === 'conv' ? 'filters' : 'filter';
  const shape = filterShape(args, name, rank);
  const kernel = shape.slice(0, rank);
  const [depth = 1, last = 1] = shape.slice(rank);
  const padding = paddingOf(args, rank, explicit);
  const layout = layoutOf(args, rank);
  const of = { kernel, stride, dilation };
  const notes = paddingNotes(rank, layout, padding, of);
  if (who.endsWith('conv3d') && Math.max(...dilation) > 1)
    notes.push('TensorFlow on the CPU takes no dilations in conv3d.');
  return {
    ...common(args, kind, rank, layout, notes),
    parameters: (): Parameter[] => [
      weight(name, kind === 'conv' ? 'k i go' : 'k g o', shape, glorotUniform(shape)),
    ],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, layout, kind === 'conv' ? LEADS : [1]);
      const { batch, channels } = parts;
      const fits = kind === 'conv' ? channels % depth === 0 : channels === depth;
      if (!fits)
        throw refusal(
          who,
          say`the input has ${channels} channels, but ${name} ${shapeText(shape)} is for ${depth}`,
        );
      const groups = kind === 'conv' ? Math.max(1, channels / depth) : channels;
      const filters = kind === 'conv' ? last : channels * last;
      if (filters % groups !== 0)
        throw refusal(
          who,
          say`${filters} outputs do not divide by the ${groups} groups of ${depth} channels`,
        );
      const problem = inWordsOf(who, () => {
        const axes = parts.sizes.map((size, i) => paddedAxis(windowOf(of, size, i), padding, i));
        return geometry({ batch, channels, filters, groups, axes });
      });
      refuseMissing(who, problem, 'filter');
      return resolved([problem], parts, layout);
    },
  };
}

/** The dilations of a depthwise conv: two numbers or None. */
function pair(args: Arguments): number[] {
  if (args.value('dilations') === null) return [1, 1];
  if (listOf(args, 'dilations').length !== 2) args.refuse('dilations', 'a list of 2 integers >= 1');
  return args.integers('dilations', 2, 1);
}

/** depthwise_conv2d. */
export function depthwise(args: Arguments): Layer {
  const stride = sequence(args, 'strides', 2, true);
  const dilation = pair(args);
  if (stride[0] !== stride[1])
    throw refusal(args.who, say`strides must be equal on both axes, received ${stride[0]} and ${stride[1]}`);
  if (Math.max(...stride) > 1 && Math.max(...dilation) > 1) {
    throw refusal(
      args.who,
      say`with dilations ${shapeText(dilation)} all strides must be 1, received ${stride[0]}; TensorFlow warns and computes something else (tensorflow#57128)`,
    );
  }
  return conv(args, 2, 'depthwise', { stride, dilation }, true);
}

/** convolution, of any rank. */
export function convolution(args: Arguments): Layer {
  const rank = rankOf(args, args.shape('filters').length - 2, 'filters');
  const stride = sequence(args, 'strides', rank);
  const dilation = sequence(args, 'dilations', rank);
  const dilated = Math.max(...dilation) > 1;
  if (dilated && Math.max(...stride) > 1) {
    throw refusal(
      args.who,
      say`strides ${shapeText(stride)} and dilations ${shapeText(dilation)} cannot both exceed 1; tf.nn.conv${rank}d computes that`,
    );
  }
  return conv(args, rank, 'conv', { stride, dilation }, rank === 2 && dilated);
}

/** conv1d_transpose and its kin. */
export function transposed(args: Arguments, rank: Rank): Layer {
  const { who } = args;
  const shape = filterShape(args, 'filters', rank);
  const [filters = 1, depth = 1] = shape.slice(rank);
  const of = { kernel: shape.slice(0, rank), ...stepsOf(args, 'strides', rank, false) };
  const padding = paddingOf(args, rank, rank === 2);
  const layout = layoutOf(args, rank);
  const sizes = outputSizes(args, rank, layout, filters);
  // The transposed kernels start where they should, unlike the 3-D ones the notes warn of.
  const notes = paddingNotes(rank, layout, 'VALID', of);
  if (Math.max(...of.dilation) > 1)
    notes.push('TensorFlow on the CPU takes no dilations in a transposed convolution.');
  return {
    ...common(args, 'transposed', rank, layout, notes),
    parameters: (): Parameter[] => [weight('filters', 'k o i', shape, glorotUniform(shape))],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, layout);
      const { batch, channels } = parts;
      if (channels !== depth)
        throw refusal(
          who,
          say`the input has ${channels} channels, but filters ${shapeText(shape)} is for ${depth}`,
        );
      if (sizes.batch !== null && sizes.batch !== batch)
        throw refusal(who, say`output_shape has a batch of ${sizes.batch}, the input one of ${batch}`);
      const axes = inWordsOf(who, () =>
        sizes.spatial.map((size, i) => {
          const forward = paddedAxis(windowOf(of, size, i), padding, i);
          if (out(forward) === parts.sizes[i]) return adjointAxis(forward);
          throw refusal(
            who,
            say`output_shape ${size} on axis ${i} would come from ${out(forward)} elements, but the input has ${parts.sizes[i]}`,
          );
        }),
      );
      return resolved([geometry({ batch, channels, filters, flip: true, axes })], parts, layout);
    },
  };
}

/** What output_shape says: all dimensions, or in 2-D the spatial ones alone. */
function outputSizes(
  args: Arguments,
  rank: Rank,
  layout: Layout,
  filters: number,
): { readonly batch: number | null; readonly spatial: Shape } {
  const list = listOf(args, 'output_shape');
  const bare = rank === 2 && list.length === 2;
  const fits = list.every((n) => typeof n === 'number' && Number.isInteger(n) && n >= 0);
  if (!fits || (list.length !== rank + 2 && !bare))
    args.refuse('output_shape', say`${rank + 2} integers >= 0, batch and channels among them`);
  const sizes = list as readonly number[];
  if (bare) return { batch: null, spatial: sizes };
  const channels = layout === 'last' ? sizes.at(-1) : sizes[1];
  if (channels !== filters)
    throw refusal(args.who, say`output_shape has ${channels} channels, but filters makes ${filters}`);
  return { batch: sizes[0] as number, spatial: layout === 'last' ? sizes.slice(1, -1) : sizes.slice(2) };
}
