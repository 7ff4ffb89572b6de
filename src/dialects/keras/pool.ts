// Keras' layers without weights: pooling, ZeroPadding and Cropping. A pool's strides are its pool_size unless given, and an
// average leaves out the pads of same.
//
// Sources: keras/src/layers/{pooling,reshaping}, tensorflow/core/framework/kernel_shape_util.cc.

import { geometry, type Pads } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import {
  inWordsOf,
  type Layer,
  type Layout,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  takeApart,
  type Value,
} from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { common, layoutOf, paddingWord, unclampedNotes, wordAxis } from './words.ts';

/** MaxPooling and AveragePooling. */
export function pool(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const kernel = args.integers('pool_size', rank, 1);
  const stride = args.value('strides') === null ? kernel : args.integers('strides', rank, 1);
  const padding = paddingWord(args, ['valid', 'same']);
  const of = { kernel, stride, dilation: kernel.map(() => 1), padding };
  const notes: Text[] = [];
  if (args.value('padding') !== padding)
    notes.push(say`In a functional model Keras accepts only the lower-case '${padding}' from a pool.`);
  if (operation === 'average' && padding === 'same' && Math.max(...kernel) > 1)
    notes.push(
      'Keras 3.15.1 on torch repeats the border where the padding of same is uneven, others leave it out.',
    );
  if (padding === 'same') notes.push(...unclampedNotes(of));
  return {
    ...common(args, operation, rank, notes),
    parameters: () => [],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, layoutOf(args));
      const { batch, channels } = parts;
      const fill = operation === 'max' ? -Infinity : 0;
      const axes = inWordsOf(who, () => parts.sizes.map((size, i) => wordAxis(of, size, i, fill)));
      const problem = geometry({ operation, batch, channels, axes, divisor: 'real' });
      for (const one of axes) {
        if (padding === 'same' || one.kernel - one.size < 2 * one.stride) continue;
        throw refusal(
          who,
          say`pool_size ${one.kernel} reaches ${one.kernel - one.size} beyond the input of ${one.size}, and TensorFlow refuses 2 * strides = ${2 * one.stride} or more`,
          problem,
        );
      }
      return resolved([problem], parts, layoutOf(args));
    },
  };
}

/** One [before, after] per axis: a number for all, one per axis, or a pair per axis; 1-D takes a bare pair. */
function sides(args: Arguments, name: string, rank: number): Pads[] {
  if (rank === 1) {
    const [before = 0, after = 0] = args.integers(name, 2, 0);
    return [[before, after]];
  }
  const value = args.value(name);
  const list = Array.isArray(value) ? (value as readonly Value[]) : Array.from({ length: rank }, () => value);
  const pairs = list.map((one) => (Array.isArray(one) ? (one as readonly Value[]) : [one, one]));
  const fits = pairs.every(
    (pair) => pair.length === 2 && pair.every((n) => Number.isInteger(n) && Number(n) >= 0),
  );
  if (list.length !== rank || !fits)
    args.refuse(name, say`an integer >= 0, ${rank} of them or ${rank} pairs of them`);
  return pairs.map(([before, after]): Pads => [Number(before), Number(after)]);
}

/** ZeroPadding. */
export function zeroPadding(args: Arguments, rank: number): Layer {
  const pairs = sides(args, 'padding', rank);
  return padding(args, rank, layoutOf(args), () => pairs);
}

/** Cropping; in 1-D always along the middle dimension. */
export function cropping(args: Arguments, rank: number): Layer {
  const pairs = sides(args, 'cropping', rank);
  const layout = rank === 1 ? 'last' : layoutOf(args);
  return padding(args, rank, layout, (sizes) =>
    sizes.map((size, i) => {
      const [before, after] = pairs[i] as Pads;
      if (before + after < size) return [0 - before, 0 - after];
      throw refusal(
        args.who,
        say`cropping (${before}, ${after}) leaves nothing of the ${size} elements on axis ${i}`,
      );
    }),
  );
}

function padding(
  args: Arguments,
  rank: number,
  layout: Layout,
  padsOf: (sizes: Shape) => readonly Pads[],
): Layer {
  const { who } = args;
  return {
    ...common(args, 'pad', rank, []),
    layout,
    parameters: () => [],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, layout);
      const pads = padsOf(parts.sizes);
      const axes = parts.sizes.map((size, i) => {
        const [before, after] = pads[i] as Pads;
        return { size, kernel: 1, before, after };
      });
      const { batch, channels } = parts;
      const problem = inWordsOf(who, () => geometry({ operation: 'pad', batch, channels, axes }));
      return resolved([problem], parts, layout);
    },
  };
}
