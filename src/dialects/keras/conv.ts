// Keras' convolutions: Conv, DepthwiseConv, SeparableConv (two steps) and the transposed ones. With extent K, stride s:
//
//   transposed   without output_padding   valid: max((n - 1) s + K, n s) outputs      same: n s
//                with output_padding p    valid: (n - 1) s + K + p                    same: (n - 1) s + K % 2 + p
//
// Sources: keras/src/layers/convolutional/base_*.py, backend/common/backend_utils.py (3.15.1).

import {
  type Axis,
  extent,
  type Geometry,
  geometry,
  naturalSize,
  out,
  sameCrop,
  transposedAxis,
  validSize,
} from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import {
  inWordsOf,
  type Layer,
  type Parameter,
  type Resolved,
  refusal,
  resolved,
  takeApart,
} from '../dialect.ts';
import type { DialectError } from '../error.ts';
import { bias, weight, weightShape } from '../parameter.ts';
import type { Arguments } from '../signature.ts';
import { windowOf } from '../window.ts';
import { initialising } from './initialiser.ts';
import { common, layoutOf, unclampedNotes, type Windows, windows, wordAxis } from './words.ts';

/** Conv, DepthwiseConv and SeparableConv. */
export function conv(args: Arguments, rank: number, kind: 'conv' | 'depthwise' | 'separable'): Layer {
  const { who } = args;
  const of = windows(
    args,
    rank,
    kind === 'conv' && rank === 1 ? ['valid', 'same', 'causal'] : ['valid', 'same'],
  );
  const outputs = kind === 'depthwise' ? 0 : args.integer('filters', 1);
  const multiplier = kind === 'conv' ? 1 : args.integer('depth_multiplier', 1);
  const groups = kind === 'conv' ? args.integer('groups', 1) : 1;
  if (outputs % groups !== 0) args.refuse('filters', say`a multiple of groups=${groups}`);
  if (kind === 'conv') refuseStrideWithDilation(who, of, true);
  const first = initialising(args, kind === 'conv' ? 'kernel_initializer' : 'depthwise_initializer');
  const second = kind === 'separable' ? initialising(args, 'pointwise_initializer') : null;
  const biased = initialising(args, 'bias_initializer');
  const hasBias = args.flag('use_bias');
  const notes = [...first.notes, ...(second?.notes ?? []), ...biased.notes];
  if (of.padding === 'same') notes.push(...unclampedNotes(of));
  if (kind !== 'conv' && new Set(of.stride).size > 1 && Math.max(...of.dilation) === 1)
    notes.push('TensorFlow without oneDNN refuses depthwise strides that differ between the axes.');
  if (kind !== 'conv' && Math.max(...of.stride) > 1 && Math.max(...of.dilation) > 1)
    notes.push(
      'Before Keras 3.15, TensorFlow computed strides with dilation_rate wrongly (tensorflow#57128).',
    );

  const depthwise = (channels: number) => ({ groups: channels, filters: channels * multiplier, channels });
  const pointwise = (channels: number) => ({ groups: 1, filters: outputs, channels: channels * multiplier });
  const ones = of.kernel.map(() => 1);
  const total = (channels: number) => (kind === 'depthwise' ? channels * multiplier : outputs);
  return {
    ...common(args, kind, rank, notes),
    parameters: (channels): Parameter[] => {
      const main = kind === 'conv' ? { groups, filters: outputs, channels } : depthwise(channels);
      const order = kind === 'conv' ? 'k i go' : 'k g o';
      const shape = weightShape(order, { ...main, kernel: of.kernel });
      const point = weightShape('k i go', { ...pointwise(channels), kernel: ones });
      const name = kind === 'separable' ? 'depthwise_kernel' : 'kernel';
      return [
        weight(name, order, shape, first.fill(shape)),
        ...(second === null ? [] : [weight('pointwise_kernel', 'k i go', point, second.fill(point), 1)]),
        ...(hasBias
          ? [bias('bias', total(channels), biased.fill([total(channels)]), second === null ? 0 : 1)]
          : []),
      ];
    },
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, layoutOf(args));
      const { batch, channels } = parts;
      if (channels % groups !== 0)
        throw refusal(who, say`${channels} input channels do not divide by groups=${groups}`);
      const axes = inWordsOf(who, () => parts.sizes.map((size, i) => wordAxis(of, size, i, 0)));
      const main = kind === 'conv' ? { groups, filters: outputs, channels } : depthwise(channels);
      const problem = inWordsOf(who, () => geometry({ batch, ...main, axes }));
      if (of.padding === 'valid') for (const one of axes) if (out(one) < 1) throw tooSmall(who, one, problem);
      if (kind !== 'separable') return resolved([problem], parts, layoutOf(args));
      const point = {
        batch,
        ...pointwise(channels),
        axes: axes.map((one) => ({ size: out(one), kernel: 1 })),
      };
      return resolved([problem, geometry(point)], parts, layoutOf(args));
    },
  };
}

function tooSmall(who: string, one: Axis, problem: Geometry): DialectError {
  const { size, before, after } = one;
  const dilated =
    one.dilation > 1
      ? say`dilation_rate ${one.dilation} makes kernel_size ${one.kernel} span ${extent(one)}`
      : say`kernel_size is ${one.kernel}`;
  return refusal(
    who,
    say`${dilated}, but the padded input is ${size + before + after} wide (${size} + ${before} + ${after})`,
    problem,
  );
}

/** The axis of a transposed convolution; `extra` is its output_padding, null for None. */
export function transposedWord(
  window: Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>,
  same: boolean,
  extra: number | null,
): Axis {
  const { size, stride } = window;
  const odd = extent(window) % 2;
  const scaled = same ? size * stride : validSize(window);
  const padded = naturalSize(window) + (extra ?? 0) - (same ? extent(window) - odd : 0);
  const outputs = extra === null || size === 0 ? scaled : padded;
  return transposedAxis(window, same ? sameCrop(window, outputs) : 0, outputs);
}

/** Conv1DTranspose and its kin. */
export function convTranspose(args: Arguments, rank: number): Layer {
  const { who } = args;
  const of = windows(args, rank, ['valid', 'same']);
  const filters = args.integer('filters', 1);
  const extra = args.value('output_padding') === null ? null : args.integers('output_padding', rank, 0);
  extra?.forEach((value, i) => {
    if (value < (of.stride[i] as number)) return;
    throw refusal(
      who,
      say`output_padding ${value} must be smaller than strides ${of.stride[i]} on axis ${i}`,
    );
  });
  refuseStrideWithDilation(who, of, false);
  const kernels = initialising(args, 'kernel_initializer');
  const biased = initialising(args, 'bias_initializer');
  const hasBias = args.flag('use_bias');
  const notes = [...kernels.notes, ...biased.notes];
  const same = of.padding === 'same';
  const axisOf = (size: number, i: number) =>
    transposedWord(windowOf(of, size, i), same, extra === null ? null : (extra[i] as number));
  const cut = of.kernel.map((_, i) => naturalSize(windowOf(of, 1, i)) - out(axisOf(1, i)));
  if (same && cut.some((total) => total > 0 && total % 2 === 1))
    notes.push('Before May 2026 the torch backend shifted this by one pixel (keras#22876).');
  if (Math.max(...of.dilation) > 1)
    notes.push('TensorFlow has no CPU kernel for a transposed convolution with dilation_rate.');
  if (same && extra?.some((more, i) => more === 0 && extent(windowOf(of, 1, i)) % 2 === 0))
    notes.push(
      'With an even kernel and output_padding 0, TensorFlow refuses same; JAX and PyTorch compute it.',
    );
  return {
    ...common(args, 'transposed', rank, notes),
    parameters: (channels): Parameter[] => {
      const shape = weightShape('k o i', { groups: 1, filters, channels, kernel: of.kernel });
      return [
        weight('kernel', 'k o i', shape, kernels.fill(shape)),
        ...(hasBias ? [bias('bias', filters, biased.fill([filters]))] : []),
      ];
    },
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, layoutOf(args));
      const { batch, channels } = parts;
      const problem = inWordsOf(who, () =>
        geometry({ batch, channels, filters, flip: true, axes: parts.sizes.map(axisOf) }),
      );
      return resolved([problem], parts, layoutOf(args));
    },
  };
}

function refuseStrideWithDilation(who: string, { stride, dilation }: Windows, elsewhere: boolean): void {
  if (Math.max(...stride) === 1 || Math.max(...dilation) === 1) return;
  const [steps, holes] = [each(stride), each(dilation)];
  throw refusal(
    who,
    elsewhere
      ? say`strides ${steps} and dilation_rate ${holes} cannot both exceed 1; keras.ops.conv computes that on JAX and PyTorch`
      : say`strides ${steps} and dilation_rate ${holes} cannot both exceed 1`,
  );
}

function each(values: readonly number[]): string {
  return values.every((value) => value === values[0]) ? String(values[0]) : values.join('x');
}
