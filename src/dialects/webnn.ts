// WebNN's graph builder: two dimensions, an object of options, explicit pads in pairs, the first axis first:
//
//   builder.conv2d(x, filter, {padding: [1, 2, 1, 2], strides: [2, 2], groups: 1, bias: bias})
//
//   conv2d            floor; inputLayout nchw or nhwc, filterLayout oihw, hwio, ohwi or ihwo
//   convTranspose2d   (n - 1) s + K - pads + outputPadding, below s; or outputSizes within s of that; iohw, hwoi or ohwi
//   pools             a window of the whole input unless given; floor, or a ceiling that is not clipped; an average leaves pads out
//   pad               constant, edge or reflection, counts before each dimension, then counts after
//
// Nothing is empty. Sources: WebNN specification (webmachinelearning/webnn, index.bs), its plain implementation
// webnn-baseline for the average, webnn-samples#341 for the new name of roundingType. Read, not run.

import { axis, ceilMode, type Fill, naturalSize, out, type Pads, transposedAxis } from '../geometry/index.ts';
import { say } from '../words/index.ts';
import { padded, pooled, poolFill, refuseEmpty, weighted } from './builder.ts';
import {
  type Dialect,
  type Layer,
  type Layout,
  type Reader,
  refusal,
  type Shape,
  shapeText,
} from './dialect.ts';
import { type Arguments, isTensor } from './signature.ts';
import { arrayPad } from './tensorflow/pad.ts';
import { type Windows, windowOf } from './window.ts';

const SLIDE = 'padding=None, strides=None, dilations=None';
const KERNEL = 'groups=1, inputLayout="nchw", bias=None, label=""';
const POOL = `windowDimensions=None, ${SLIDE}, layout="nchw", roundingType=None, outputShapeRounding=None, outputSizes=None, label=""`;

const READERS: Readonly<Record<string, Reader>> = {
  'webnn.conv2d': { signature: `input, filter, *, ${SLIDE}, filterLayout="oihw", ${KERNEL}`, read: conv },
  'webnn.convTranspose2d': {
    signature: `input, filter, *, ${SLIDE}, outputPadding=None, outputSizes=None, filterLayout="iohw", ${KERNEL}`,
    read: transposed,
  },
  'webnn.maxPool2d': { signature: `input, *, ${POOL}`, read: (args) => pool(args, 'max') },
  'webnn.averagePool2d': { signature: `input, *, ${POOL}`, read: (args) => pool(args, 'average') },
  'webnn.l2Pool2d': {
    signature: `input, *, ${POOL}`,
    read: (args) => {
      throw refusal(args.who, 'padwise has no pooling by the root of squares');
    },
  },
  'webnn.pad': {
    signature: 'input, beginningPadding, endingPadding, *, mode="constant", value=0, label=""',
    read: border,
  },
  'webnn.slice': { signature: 'input, starts, sizes, *, strides=None, label=""', read: slice },
};

function layoutOf(args: Arguments, name: string): Layout {
  return args.word(name, ['nchw', 'nhwc']) === 'nchw' ? 'first' : 'last';
}

/** A list of so many integers, or its default. */
function list(args: Arguments, name: string, count: number, least: number, fallback: Shape): Shape {
  const value = args.value(name);
  if (value === null) return fallback;
  if (!Array.isArray(value) || value.length !== count) args.refuse(name, say`${count} integers >= ${least}`);
  return args.integers(name, count, least);
}

function windowsOf(args: Arguments, kernel: Shape): Windows {
  return {
    kernel,
    stride: list(args, 'strides', 2, 1, [1, 1]),
    dilation: list(args, 'dilations', 2, 1, [1, 1]),
  };
}

function padsOf(args: Arguments): readonly [Pads, Pads] {
  const [top = 0, bottom = 0, left = 0, right = 0] = list(args, 'padding', 4, 0, [0, 0, 0, 0]);
  return [
    [top, bottom],
    [left, right],
  ];
}

/** A filter by the letters of its layout. */
function filterOf(args: Arguments, layouts: readonly string[]) {
  const shape = args.shape('filter');
  const layout = args.word('filterLayout', layouts);
  if (shape.length !== 4 || shape.some((n) => n < 1))
    throw refusal(args.who, say`filter has the shape ${shapeText(shape)}, not 4 dimensions of 1 or more`);
  const at = (letter: string) => shape[layout.indexOf(letter)] as number;
  return { layout, kernel: [at('h'), at('w')], inputs: at('i'), outputs: at('o') };
}

/** The order of a filter's dimensions: `o` and `i` as what they hold, h and w the taps. */
function orderOf(layout: string, outputs: string, inputs: string): string {
  const letters: Readonly<Record<string, string>> = { o: outputs, i: inputs, h: 'k' };
  return [...layout]
    .filter((letter) => letter !== 'w')
    .map((letter) => letters[letter])
    .join(' ');
}

function hasBias(args: Arguments): boolean {
  const value = args.value('bias');
  return value !== null && (isTensor(value) || args.refuse('bias', 'a tensor'));
}

function conv(args: Arguments): Layer {
  const { who } = args;
  const { layout, kernel, inputs, outputs } = filterOf(args, ['oihw', 'hwio', 'ohwi', 'ihwo']);
  const of = windowsOf(args, kernel);
  const pads = padsOf(args);
  const groups = args.integer('groups', 1);
  if (outputs % groups !== 0)
    throw refusal(who, say`the ${outputs} channels that filter makes do not divide by groups ${groups}`);
  return weighted({
    kind: 'conv',
    who,
    rank: 2,
    layout: layoutOf(args, 'inputLayout'),
    channels: inputs * groups,
    filters: outputs,
    groups,
    kernel,
    order: orderOf(layout, 'go', 'i'),
    bias: hasBias(args),
    flip: false,
    names: ['filter', 'bias'],
    axisOf: (size, i) => {
      const [before, after] = pads[i] as Pads;
      return axis({ ...windowOf(of, size, i), before, after });
    },
    refuse: (one, i, problem) => refuseEmpty(who, one, i, problem),
  });
}

function transposed(args: Arguments): Layer {
  const { who } = args;
  const { layout, kernel, inputs, outputs } = filterOf(args, ['iohw', 'hwoi', 'ohwi']);
  const of = windowsOf(args, kernel);
  const pads = padsOf(args);
  const groups = args.integer('groups', 1);
  const extra = list(args, 'outputPadding', 2, 0, [0, 0]);
  const sizes = list(args, 'outputSizes', 2, 1, []);
  return weighted({
    kind: 'transposed',
    who,
    rank: 2,
    layout: layoutOf(args, 'inputLayout'),
    channels: inputs,
    filters: outputs * groups,
    groups,
    kernel,
    order: orderOf(layout, 'o', 'gi'),
    bias: hasBias(args),
    flip: true,
    names: ['filter', 'bias'],
    axisOf: (size, i) => {
      const window = windowOf(of, size, i);
      const [before, after] = pads[i] as Pads;
      const least = naturalSize(window) - before - after;
      const wanted = sizes[i] ?? least + (extra[i] as number);
      if (wanted < least || wanted >= least + window.stride)
        throw refusal(
          who,
          sizes[i] === undefined
            ? say`outputPadding ${extra[i] as number} must be smaller than strides ${window.stride} on axis ${i}`
            : say`outputSizes ${wanted} on axis ${i} must lie from ${least} to ${least + window.stride - 1}`,
        );
      if (wanted < 1) throw refusal(who, say`${wanted} outputs are left on axis ${i}`);
      return transposedAxis(window, before, wanted);
    },
  });
}

function pool(args: Arguments, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const words = ['floor', 'ceil'] as const;
  const name = args.value('outputShapeRounding') === null ? 'roundingType' : 'outputShapeRounding';
  const ceil = args.value(name) !== null && args.word(name, words) === 'ceil';
  const window = list(args, 'windowDimensions', 2, 1, []);
  const of = windowsOf(args, [1, 1]);
  const pads = padsOf(args);
  const sizes = list(args, 'outputSizes', 2, 1, []);
  return pooled({
    ...{ who, rank: 2, operation, divisor: 'real', layout: layoutOf(args, 'layout') },
    axisOf: (size, i) => {
      const [before, after] = pads[i] as Pads;
      const kernel = window[i] ?? size;
      const floored = axis({ ...windowOf(of, size, i), kernel, before, after, ...poolFill(operation) });
      const ceiled = ceilMode(floored, false);
      if (sizes[i] === undefined) return ceil ? ceiled : floored;
      const found = [floored, ceiled].find((one) => out(one) === sizes[i]);
      if (found !== undefined) return found;
      throw refusal(
        who,
        say`outputSizes ${sizes[i] as number} on axis ${i} must be ${out(floored)} or ${out(ceiled)}`,
      );
    },
    refuse: (one, i, problem) => refuseEmpty(who, one, i, problem),
  });
}

const MODES: Readonly<Record<string, Fill>> = { constant: 0, edge: 'replicate', reflection: 'reflect' };

function border(args: Arguments): Layer {
  const fill = MODES[args.word('mode', Object.keys(MODES))] as Fill;
  const count = (args.value('beginningPadding') as Shape | null)?.length ?? 0;
  const [before, after] = ['beginningPadding', 'endingPadding'].map((name) =>
    list(args, name, count, 0, []),
  ) as [Shape, Shape];
  const pairs = before.map((low, i): Pads => [low, after[i] as number]);
  return arrayPad(args, 'webnn', pairs, fill === 0 ? args.number('value') : fill);
}

/** A slice of the spatial axes, channels first. */
function slice(args: Arguments): Layer {
  const { who } = args;
  const starts = args.value('starts');
  const rank = Array.isArray(starts) ? starts.length - 2 : 0;
  if (rank < 1 || rank > 3) args.refuse('starts', '3 to 5 integers >= 0');
  const [from, sizes] = [list(args, 'starts', rank + 2, 0, []), list(args, 'sizes', rank + 2, 1, [])];
  if (args.value('strides') !== null && args.integers('strides', rank + 2, 1).some((step) => step > 1))
    throw refusal(who, 'padwise reads a slice without strides only');
  return padded({
    ...{ who, rank, layout: 'first' },
    axisOf: (size, i) => {
      const [first, kept] = [from[i + 2] as number, sizes[i + 2] as number];
      if (first + kept > size)
        throw refusal(who, say`starts ${first} and sizes ${kept} leave the ${size} elements on axis ${i}`);
      return axis({ size, kernel: 1, before: 0 - first, after: first + kept - size });
    },
    refuse: (_axis, _index, { batch, channels }) => {
      if (from[0] === 0 && from[1] === 0 && sizes[0] === batch && sizes[1] === channels) return;
      throw refusal(who, 'padwise reads a slice of the axes after batch and channels only');
    },
  });
}

/** WebNN. */
export const webnn: Dialect = {
  id: 'webnn',
  title: 'WebNN',
  aliases: { builder: 'webnn' },
  objects: true,
  unverified: 'WebNN was read in its specification, not run.',
  readers: READERS,
};
