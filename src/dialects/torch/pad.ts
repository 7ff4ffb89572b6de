// PyTorch's padding layers and F.pad: pairs from the last axis backwards, negative numbers crop. Reflection and replication
// read the whole input even where it is cropped; circular padding wraps what the crop leaves.
// Sources: torch/nn/modules/padding.py, aten/src/ATen/native/PadNd.cpp (2.13).

import { type Fill, type Geometry, geometry, out, type Pads } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import {
  inWordsOf,
  type Layer,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  takeApart,
} from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { common, refuseFill } from './words.ts';

/** What each padding layer fills with. */
export const PAD_LAYERS: Readonly<Record<string, Fill>> = {
  ZeroPad: 0,
  ReflectionPad: 'reflect',
  ReplicationPad: 'replicate',
  CircularPad: 'wrap',
};
const PAD_MODES: Readonly<Record<string, Fill>> = {
  constant: 0,
  reflect: 'reflect',
  replicate: 'replicate',
  circular: 'wrap',
};

/** The pads of a pad layer, first axis first: a number for all sides, or pairs from the last axis backwards. */
export function padPairs(args: Arguments, name: string, rank: number): Pads[] {
  const value = args.value(name);
  if (Array.isArray(value) && value.length % 2 === 1) args.refuse(name, 'pairs of integers');
  const flat = args.integers(name, Array.isArray(value) ? value.length : 2 * rank);
  return flat
    .flatMap((before, i): Pads[] => (i % 2 === 0 ? [[before, flat[i + 1] as number]] : []))
    .reverse();
}

/** F.pad: as many axes as it has pairs. */
export function functionalPad(args: Arguments): Layer {
  if (!Array.isArray(args.value('pad'))) args.refuse('pad', 'a tuple of integers');
  const pairs = padPairs(args, 'pad', 0);
  const mode = args.word('mode', Object.keys(PAD_MODES));
  const fill = PAD_MODES[mode] as Fill;
  if (fill !== 0 && args.value('value') !== null) args.refuse('value', say`None with mode='${mode}'`);
  // Leading axes that are not padded are no axes of the problem: (0, 1, 0, 0) pads one axis.
  const first = fill === 0 ? pairs.findIndex(([before, after]) => before !== 0 || after !== 0) : 0;
  const used = pairs.slice(first < 0 ? pairs.length - 1 : first);
  if (used.length < 1 || used.length > 3) args.refuse('pad', 'pads for one to three axes');
  return pad(
    args,
    used,
    fill === 0 && args.value('value') !== null ? args.number('value') : fill,
    used.length,
  );
}

/** The layer that pads by these pairs. */
export function pad(args: Arguments, pairs: readonly Pads[], fill: Fill, rank: number): Layer {
  const { who } = args;
  return {
    ...common(args, rank, 'pad', []),
    parameters: () => [],
    resolve: (input): Resolved => {
      const used = pairs.length;
      const leads = typeof fill === 'number' ? [-1, 0, 1, 2, 3, 4] : [0, 1];
      const channelled = input.length > used;
      const parts = takeApart(who, channelled ? input : [1, ...input], used, 'first', leads);
      const step = (sizes: Shape, pads: readonly Pads[]) =>
        inWordsOf(who, () =>
          geometry({
            operation: 'pad',
            batch: parts.batch,
            channels: parts.channels,
            axes: sizes.map((size, i) => {
              const [before, after] = pads[i] as Pads;
              return { size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill };
            }),
          }),
        );
      for (const [i, [low, high]] of pairs.entries()) {
        const size = parts.sizes[i] as number;
        const windows = size + low + high;
        const kept = size + Math.min(low, 0) + Math.min(high, 0);
        if (
          windows < (typeof fill === 'number' || fill === 'wrap' ? 0 : 1) ||
          kept < (fill === 'replicate' ? -Infinity : 0)
        ) {
          throw refusal(who, say`pads ${low} and ${high} leave ${windows} of ${size} elements on axis ${i}`);
        }
      }
      // Circular padding wraps what a negative pad of the other side leaves, so the two are two steps.
      const mixed = fill === 'wrap' && pairs.some(([low, high]) => low < 0 || high < 0);
      const cropped = step(
        parts.sizes,
        pairs.map(([low, high]): Pads => [Math.min(low, 0), Math.min(high, 0)]),
      );
      const grow = pairs.map(([low, high]): Pads => [Math.max(low, 0), Math.max(high, 0)]);
      const steps = mixed ? [cropped, step(cropped.axes.map(out), grow)] : [step(parts.sizes, pairs)];
      const last = steps.at(-1) as Geometry;
      last.axes.forEach((one, i) => {
        refuseFill(who, one, i, last);
      });
      const whole = resolved(steps, parts, 'first');
      return channelled ? whole : { ...whole, output: whole.output.slice(1) };
    },
  };
}
