// Padding an array axis by axis, one pair for each of its dimensions, as tf.pad and keras.ops.pad do:
//
//   [[0, 0], [1, 2], [1, 2], [0, 0]]      N sizes C: the axes between two unpadded ends
//   [[0, 0], [0, 0], [1, 2], [1, 2]]      N C sizes: the axes after two unpadded ones
//   [[1, 2], [0, 3]]                      else every axis from the first padded one on, three at most
//
// Source: tensorflow/core/kernels/{pad_op,mirror_pad_op}.cc (2.21).

import { type Fill, geometry, type Pads } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import {
  inWordsOf,
  type Layer,
  type Layout,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  shapeText,
  takeApart,
  type Value,
} from '../dialect.ts';
import type { Arguments } from '../signature.ts';

/** The spatial axes among an array's dimensions: `from` the first, `to` beyond the last. */
interface Spatial {
  readonly from: number;
  readonly to: number;
  readonly layout: Layout;
}

/** Which dimensions are the axes, when `touched` says which ones change. */
function spatialOf(touched: readonly boolean[]): Spatial {
  const rank = touched.length;
  if (rank >= 3 && rank <= 5 && !touched[0]) {
    if (!touched[rank - 1]) return { from: 1, to: rank - 1, layout: 'last' };
    if (!touched[1]) return { from: 2, to: rank, layout: 'first' };
  }
  const first = touched.indexOf(true);
  return { from: Math.max(0, first, rank - 3), to: rank, layout: 'first' };
}

/** The pairs of an argument, one [before, after] per dimension. */
export function pairsOf(args: Arguments, name: string): Pads[] {
  const value = args.value(name);
  const rows = Array.isArray(value) ? (value as readonly Value[]) : [];
  const pairs = rows.map((row) => (Array.isArray(row) ? (row as readonly Value[]) : []));
  const fits = pairs.every(
    (pair) => pair.length === 2 && pair.every((n) => Number.isInteger(n) && Number(n) >= 0),
  );
  if (pairs.length === 0 || !fits)
    args.refuse(name, 'a pair of integers >= 0 for each dimension of the input');
  return pairs.map(([before, after]): Pads => [Number(before), Number(after)]);
}

/** TensorFlow mirrors an axis once at most. */
export function deepest(fill: Fill, size: number): number {
  return fill === 'reflect' ? size - 1 : fill === 'symmetric' ? size : Infinity;
}

/** The layer that pads by `pairs`, one per dimension of its input. */
export function arrayPad(args: Arguments, framework: string, pairs: readonly Pads[], fill: Fill): Layer {
  const { who } = args;
  const spatial = spatialOf(pairs.map(([before, after]) => before > 0 || after > 0));
  const used = pairs.slice(spatial.from, spatial.to);
  if (pairs.slice(0, spatial.from).some(([before, after]) => before > 0 || after > 0)) {
    throw refusal(who, 'padwise pads up to three axes');
  }
  const padsOf = (sizes: Shape): readonly Pads[] => {
    sizes.forEach((size, i) => {
      const most = Math.max(...(used[i] as Pads));
      if (most <= deepest(fill, size)) return;
      throw refusal(
        who,
        say`${fill} padding by ${most} needs more than the ${size} elements of dimension ${spatial.from + i}`,
      );
    });
    return used;
  };
  return arrayLayer(args, framework, pairs.length, spatial, fill, padsOf);
}

/** A layer that only pads or crops: `padsOf` gives the pads for the sizes of its spatial axes. */
function arrayLayer(
  args: Arguments,
  framework: string,
  dimensions: number,
  { from, to, layout }: Spatial,
  fill: Fill,
  padsOf: (sizes: Shape) => readonly Pads[],
): Layer {
  const { who } = args;
  const rank = to - from;
  return {
    framework,
    name: who.slice(who.indexOf(' ') + 1),
    kind: 'pad',
    rank,
    layout,
    activation: null,
    statedInput: null,
    notes: [],
    parameters: () => [],
    resolve: (input): Resolved => {
      if (input.length !== dimensions) {
        throw refusal(
          who,
          say`the input ${shapeText(input)} has ${input.length} dimensions, the pads are for ${dimensions}`,
        );
      }
      // Without a dimension for channels, one is put in front and taken off again.
      const bare = layout === 'first' && from === 0;
      const parts = takeApart(who, bare ? [1, ...input] : input, rank, layout, [0, 1, 2, 3, 4]);
      const pads = padsOf(parts.sizes);
      const problem = inWordsOf(who, () =>
        geometry({
          operation: 'pad',
          batch: parts.batch,
          channels: parts.channels,
          axes: parts.sizes.map((size, i) => {
            const [before, after] = pads[i] as Pads;
            return { size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill };
          }),
        }),
      );
      const whole = resolved([problem], parts, layout);
      return bare ? { ...whole, output: whole.output.slice(1) } : whole;
    },
  };
}

/** tf.slice of spatial axes; -1 keeps the rest of a dimension. */
export function slice(args: Arguments, framework: string): Layer {
  const { who } = args;
  const count = (name: string) => (Array.isArray(args.value(name)) ? (args.value(name) as Shape).length : 0);
  const dimensions = Math.max(1, count('begin'), count('size'));
  const begin = args.integers('begin', dimensions, 0);
  const size = args.integers('size', dimensions, -1);
  const spatial = spatialOf(begin.map((first, i) => first > 0 || size[i] !== -1));
  const outside = (_: number, i: number) => i < spatial.from || i >= spatial.to;
  if (begin.some((first, i) => outside(first, i) && (first > 0 || size[i] !== -1)))
    throw refusal(who, 'padwise slices up to three axes');
  return arrayLayer(args, framework, dimensions, spatial, 0, (sizes) =>
    sizes.map((whole, i) => {
      const first = begin[spatial.from + i] as number;
      const kept = size[spatial.from + i] === -1 ? whole - first : (size[spatial.from + i] as number);
      if (first + kept <= whole && kept >= 0) return [0 - first, first + kept - whole];
      throw refusal(
        who,
        say`begin ${first} and size ${kept} leave the ${whole} elements of dimension ${spatial.from + i}`,
      );
    }),
  );
}
