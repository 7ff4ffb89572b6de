// MXNet's functions on arrays that stand around a layer: what is padded in front of it, cropped behind it. They know no
// layout; padwise reads the arrays as N C sizes and refuses a slice of N or C.
//
//   mx.nd.pad          4-D and 5-D arrays only; pad_width before, after for every dimension, the first four 0
//   mx.nd.slice        begin and end per dimension as Python slices, None for all of it
//   mx.nd.expand_dims  N C W as N C 1 W, so that a 1-D array can be padded; mx.nd.squeeze takes it back
//
// Sources: src/operator/pad.cc, src/operator/tensor/matrix_op.cc, and runs of 1.9.1.

import { type Fill, type Geometry, type GeometryInput, geometry, type Pads } from '../../geometry/index.ts';
import { either, say } from '../../words/index.ts';
import {
  inWordsOf,
  type Layer,
  type Reader,
  type Resolved,
  refusal,
  resolved,
  type Shape,
  shapeText,
  takeApart,
  type Value,
} from '../dialect.ts';
import type { Arguments } from '../signature.ts';

const MODES: Readonly<Record<string, Fill>> = { constant: 0, edge: 'replicate', reflect: 'reflect' };

/** mx.nd.pad and the slices, by full name. */
export const arrayReaders: Readonly<Record<string, Reader>> = {
  'mxnet.gluon.nn.ReflectionPad2D': {
    signature: 'padding=0, *, prefix=None, params=None',
    read: (args) => {
      const every = args.value('padding');
      const pads =
        typeof every === 'number' ? repeated(args.integer('padding')) : pairs(args, 'padding', [8]);
      return padLayer(args, pads, 'reflect');
    },
  },
  'mxnet.nd.pad': { signature: 'data, mode, pad_width, constant_value=0, *, out=None, name=None', read: pad },
  'mxnet.nd.Pad': { signature: 'data, mode, pad_width, constant_value=0, *, out=None, name=None', read: pad },
  'mxnet.nd.slice': { signature: 'data, begin, end, step=None, *, out=None, name=None', read: slice },
  'mxnet.nd.slice_axis': { signature: 'data, axis, begin, end, *, out=None, name=None', read: sliceAxis },
  'mxnet.nd.expand_dims': { signature: 'data, axis, *, out=None, name=None', read: expandDims },
  'mxnet.nd.squeeze': { signature: 'data, axis, *, out=None, name=None', read: squeeze },
};

function repeated(every: number): Pads[] {
  return [
    [every, every],
    [every, every],
  ];
}

/** The pads of the sizes from before, after of every dimension; those of N and C are 0. */
function pairs(args: Arguments, name: string, lengths: readonly number[]): Pads[] {
  const value = args.value(name);
  const length = Array.isArray(value) ? value.length : 0;
  if (!lengths.includes(length))
    args.refuse(name, say`${either(lengths.map(String))} integers, before and after of each dimension`);
  const [n0 = 0, n1 = 0, c0 = 0, c1 = 0, ...flat] = args.integers(name, length);
  if ([n0, n1, c0, c1].some((count) => count !== 0))
    args.refuse(name, 'four zeros first, for batch and channels');
  return flat.flatMap((before, i): Pads[] => (i % 2 === 0 ? [[before, flat[i + 1] as number]] : []));
}

function pad(args: Arguments): Layer {
  const fill = MODES[args.word('mode', Object.keys(MODES))] as Fill;
  return padLayer(args, pairs(args, 'pad_width', [8, 10]), fill === 0 ? args.number('constant_value') : fill);
}

function padLayer(args: Arguments, pads: readonly Pads[], fill: Fill): Layer {
  const { who } = args;
  return layer(args, pads.length, (input) => {
    const sizes = input.slice(2);
    if (sizes.length !== pads.length) {
      throw refusal(
        who,
        say`pads for ${pads.length + 2} dimensions do not fit an input of ${shapeText(input)}`,
      );
    }
    pads.forEach(([before, after], i) => {
      const size = sizes[i] as number;
      const most = Math.max(before, after);
      if (size + before + after < 0) {
        throw refusal(who, say`pads ${before} and ${after} take more than the ${size} elements of axis ${i}`);
      }
      if (fill === 'reflect' && most >= size)
        throw refusal(
          who,
          say`reflection by ${most} needs more than ${most} elements, but axis ${i} has ${size}`,
        );
    });
    const axes = pads.map(([before, after], i) => {
      return { size: sizes[i] as number, kernel: 1, before, after, fillBefore: fill, fillAfter: fill };
    });
    return { axes };
  });
}

function slice(args: Arguments): Layer {
  const [begin, end] = [bounds(args, 'begin'), bounds(args, 'end')];
  if (begin.length !== end.length) args.refuse('end', say`as many numbers as begin, ${begin.length}`);
  const step = args.value('step');
  const whole = step === null || [step].flat().every((value) => value === null || value === 1);
  if (!whole) args.refuse('step', 'None or 1, which is all padwise reads');
  return sliceLayer(args, Math.max(1, begin.length - 2), (size, dimension) => {
    const from = clamp(begin[dimension] ?? 0, size);
    return [from, Math.max(from, clamp(end[dimension] ?? size, size))];
  });
}

/** A bound as Python's slices take it: negative from the end, and never outside. */
function clamp(bound: number, size: number): number {
  return Math.min(size, Math.max(0, bound < 0 ? bound + size : bound));
}

function bounds(args: Arguments, name: string): (number | null)[] {
  const value = args.value(name);
  const list: readonly Value[] = Array.isArray(value) ? value : [value];
  if (list.length < 1 || list.length > 5) args.refuse(name, 'one to five integers or None');
  return list.map((one) => {
    if (one === null || (typeof one === 'number' && Number.isInteger(one))) return one;
    return args.refuse(name, 'integers or None');
  });
}

function sliceAxis(args: Arguments): Layer {
  const { who } = args;
  const axis = args.integer('axis');
  const begin = args.integer('begin');
  const end = args.value('end') === null ? null : args.integer('end');
  return sliceLayer(args, Math.max(1, axis < 0 ? -axis : axis - 1), (size, dimension, rank) => {
    const chosen = axis < 0 ? axis + rank : axis;
    if (chosen < 0 || chosen >= rank) throw refusal(who, say`axis ${axis} is none of ${rank} dimensions`);
    if (dimension !== chosen) return [0, size];
    const [from, to] = [begin < 0 ? begin + size : begin, end === null ? size : end < 0 ? end + size : end];
    if (from < 0 || to > size || from >= to)
      throw refusal(
        who,
        say`begin=${begin} and end=${end ?? 'None'} are no range within the ${size} elements of axis ${axis}`,
      );
    return [from, to];
  });
}

/** A slice: `range` gives [from, to) of each dimension. */
function sliceLayer(
  args: Arguments,
  rank: number,
  range: (size: number, dimension: number, rank: number) => readonly [number, number],
): Layer {
  const { who } = args;
  return layer(args, rank, (input) => {
    const ranges = input.map((size, dimension) => range(size, dimension, input.length));
    const whole = ranges.slice(0, 2).every(([from, to], i) => from === 0 && to === input[i]);
    if (!whole) throw refusal(who, 'padwise reads a slice of the sizes, not of batch or channels');
    const axes = ranges.slice(2).map(([from, to], i) => {
      const size = input[i + 2] as number;
      return { size, kernel: 1, before: -from, after: to - size };
    });
    return { axes };
  });
}

function expandDims(args: Arguments): Layer {
  const axis = args.integer('axis');
  return layer(args, 1, (input) => {
    const at = spatial(args, axis, input.length + 1);
    return { axes: input.slice(2).map(unchanged), output: [...input.slice(0, at), 1, ...input.slice(at)] };
  });
}

function squeeze(args: Arguments): Layer {
  const axis = args.integer('axis');
  return layer(args, 2, (input) => {
    const at = spatial(args, axis, input.length);
    if (input[at] !== 1)
      throw refusal(args.who, say`axis ${axis} of ${shapeText(input)} is not one element wide`);
    return { axes: input.slice(2).map(unchanged), output: input.filter((_, i) => i !== at) };
  });
}

function spatial(args: Arguments, axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (at >= rank || at < 0) throw refusal(args.who, say`axis ${axis} is none of ${rank} dimensions`);
  if (at < 2) args.refuse('axis', 'one of the sizes, 2 or more');
  return at;
}

function unchanged(size: number) {
  return { size, kernel: 1 };
}

/** A layer of array functions: `make` gives its axes for an N C sizes input, and its output shape where that differs. */
function layer(
  args: Arguments,
  rank: number,
  make: (input: Shape) => Pick<GeometryInput, 'axes'> & { readonly output?: Shape },
): Layer {
  const { who } = args;
  return {
    framework: 'mxnet',
    name: who.slice('mxnet '.length),
    kind: 'pad',
    rank: Math.min(3, rank),
    layout: 'first',
    activation: null,
    statedInput: null,
    notes: [],
    parameters: () => [],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, Math.min(3, Math.max(1, input.length - 2)), 'first');
      const { batch, channels } = parts;
      const { axes, output } = make(input);
      const problem = inWordsOf(who, (): Geometry => geometry({ operation: 'pad', batch, channels, axes }));
      const whole = resolved([problem], parts, 'first');
      return output === undefined ? whole : { ...whole, output };
    },
  };
}
