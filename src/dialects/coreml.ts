// Core ML: the operations of its intermediate language, as coremltools' builder calls them, keywords only. N C sizes, weights
// (out, in / groups, k...), of a transposed convolution (in, out / groups, k...).
//
//   pad_type   'valid', 'same', 'same_lower' (from iOS 16), 'custom' with pad=[before, after] for each axis in turn
//   'same'     ceil(size / stride) windows, the odd pad after; 'same_lower' puts it before
//   transposed 'same' keeps size * stride of the natural output, as TensorFlow does; 'custom' crops pad; output_shape keeps as many
//   pools      ceil_mode drops a last window that starts beyond the input only where something is padded
//
// Sources: coremltools 9.0, mil/ops/defs (iOS 15 to 18) and its TensorFlow and PyTorch converters; output shapes asked of its shape
// inference (oracle/shapes). The runtime needs a Mac.

import {
  type Axis,
  axis,
  ceilMode,
  type Fill,
  naturalSize,
  type Pads,
  sameCrop,
  samePads,
  transposedAxis,
} from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import { padded, pooled, poolFill, refuseEmpty, weighted } from './builder.ts';
import { type Dialect, type Layer, type Reader, refusal, type Shape } from './dialect.ts';
import { type Arguments, isTensor } from './signature.ts';
import { type Windows, windowOf } from './window.ts';

const PADDING = 'pad_type="valid", pad=None';
const WEIGHTED = `*, x, weight, bias=None, strides=None, ${PADDING}, dilations=None, groups=1, name=None`;
const POOL = '*, x, kernel_sizes, pad_type, strides=None, pad=None, ceil_mode=False, name=None';
const BUILDERS = ['coremltools.converters.mil.Builder', 'coremltools.converters.mil.mil.Builder'] as const;

/** Core ML, as coremltools' MIL builder writes it. */
export const coreml: Dialect = {
  id: 'coreml',
  title: 'Core ML',
  aliases: { mb: BUILDERS[0], Builder: BUILDERS[1] },
  unverified: "Core ML was read in coremltools' source and asked for output shapes; its runtime was not run.",
  readers: readers(),
};

function readers(): Record<string, Reader> {
  const operations: Record<string, Reader> = {
    conv: { signature: WEIGHTED, read: conv },
    conv_transpose: { signature: `${WEIGHTED}, output_shape=None`, read: transposed },
    max_pool: { signature: POOL, read: (args) => pool(args, 'max') },
    avg_pool: {
      signature: `${POOL}, exclude_padding_from_average=False`,
      read: (args) => pool(args, 'average'),
    },
    pad: { signature: '*, x, pad, mode="constant", constant_val=0, name=None', read: pad },
    crop: { signature: '*, x, crop_height, crop_width, name=None', read: crop },
    slice_by_size: { signature: '*, x, begin, size, name=None', read: slice },
  };
  return Object.fromEntries(
    BUILDERS.flatMap((builder) =>
      Object.entries(operations).map(([name, reader]) => [`${builder}.${name}`, reader]),
    ),
  );
}

/** The input must be a name or an array: what another operation returns is read as a statement of its own. */
function checkInput(args: Arguments): void {
  const x = args.value('x');
  if (isTensor(x) && x.shape === undefined && x.tensor.includes('('))
    throw refusal(args.who, 'x is another operation; give it a name in a line of its own first');
}

/** A list of one integer per axis; Core ML takes no single number for all of them. */
function listed(args: Arguments, name: string, rank: number, least: number, fallback: number): Shape {
  const value = args.value(name);
  if (value === null) return Array.from({ length: rank }, () => fallback);
  if (!Array.isArray(value)) return args.refuse(name, say`a list of ${rank} integers`);
  return args.integers(name, rank, least);
}

/** pad as a pair for each axis. */
function pairs(args: Arguments, rank: number): readonly Pads[] {
  const flat = listed(args, 'pad', 2 * rank, -Infinity, 0);
  const crops = flat.find((n) => n < 0);
  if (crops !== undefined)
    throw refusal(args.who, say`whether a pad of ${crops} crops is not established for Core ML`);
  return Array.from({ length: rank }, (_, i): Pads => [flat[2 * i] as number, flat[2 * i + 1] as number]);
}

const WORDS = ['valid', 'same', 'same_lower', 'custom'] as const;
type Word = (typeof WORDS)[number];

/** Facts about a padding word. */
function padNotes(args: Arguments, word: Word): Text[] {
  return [
    ...(word !== 'custom' && args.value('pad') !== null
      ? [say`pad is read with pad_type='custom' only, not with '${word}'.`]
      : []),
    ...(word === 'same_lower' ? ["pad_type='same_lower' needs iOS 16 or macOS 13."] : []),
    ...(word === 'same'
      ? [
          "The table in mb.conv's documentation splits pad_type='same' regardless of the stride; padwise follows its shape rule, which is TensorFlow's.",
        ]
      : []),
  ];
}

/** The pads of a word along one axis. */
function padsOf(word: Word, pairs: readonly Pads[], window: ReturnType<typeof windowOf>, i: number): Pads {
  if (word === 'custom') return pairs[i] as Pads;
  if (word === 'valid') return [0, 0];
  return samePads(window, word === 'same' ? 'upper' : 'lower');
}

/** The weight's shape, and the windows it makes with strides and dilations. */
function weightOf(args: Arguments): { weight: Shape; windows: Windows; rank: number } {
  checkInput(args);
  const weight = args.shape('weight');
  const rank = weight.length - 2;
  if (rank < 1 || rank > 3)
    throw refusal(args.who, say`expected a weight of 3 to 5 dimensions, received ${weight.length}`);
  const windows = {
    kernel: weight.slice(2),
    stride: listed(args, 'strides', rank, 1, 1),
    dilation: listed(args, 'dilations', rank, 1, 1),
  };
  return { weight, windows, rank };
}

/** Refuses a bias whose length, where it is known, is not that of the filters. */
function biased(args: Arguments, filters: number): boolean {
  const bias = args.value('bias');
  if (bias === null) return false;
  if (isTensor(bias) && bias.shape !== undefined && (bias.shape.length !== 1 || bias.shape[0] !== filters))
    throw refusal(args.who, say`expected a bias of ${filters}, received ${bias.shape.join('x')}`);
  return true;
}

function conv(args: Arguments): Layer {
  const { who } = args;
  const { weight, windows, rank } = weightOf(args);
  const [filters = 1, within = 1] = weight;
  const groups = args.integer('groups', 1);
  if (filters % groups !== 0)
    throw refusal(who, say`${filters} output channels do not divide by groups=${groups}`);
  const word = args.word('pad_type', WORDS);
  const custom = word === 'custom' ? pairs(args, rank) : [];
  return weighted({
    who,
    rank,
    layout: 'first',
    kind: 'conv',
    channels: within * groups,
    filters,
    groups,
    kernel: windows.kernel,
    order: 'go i k',
    bias: biased(args, filters),
    flip: false,
    notes: padNotes(args, word),
    axisOf: (size, i) => {
      const window = windowOf(windows, size, i);
      const [before, after] = padsOf(word, custom, window, i);
      return axis({ ...window, before, after });
    },
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
}

function transposed(args: Arguments): Layer {
  const { who } = args;
  const { weight, windows, rank } = weightOf(args);
  const [channels = 1, within = 1] = weight;
  const groups = args.integer('groups', 1);
  const filters = within * groups;
  if (channels % groups !== 0)
    throw refusal(who, say`${channels} input channels do not divide by groups=${groups}`);
  const word = args.word('pad_type', ['valid', 'same', 'custom']);
  const custom = word === 'custom' ? pairs(args, rank) : [];
  const shape = outputShape(args, rank, filters);
  const axisOf = (size: number, i: number): Axis => {
    const window = windowOf(windows, size, i);
    const [low, high] = word === 'custom' ? (custom[i] as Pads) : [0, 0];
    const own = word === 'same' ? size * window.stride : naturalSize(window) - low - high;
    const windowsOut = shape?.[i] ?? own;
    if (windowsOut < 1)
      throw refusal(
        who,
        say`pads ${low} and ${high} leave nothing of the natural output ${naturalSize(window)}`,
      );
    if (windowsOut !== own && word !== 'same')
      throw refusal(
        who,
        say`output_shape ${windowsOut} on axis ${i} is not the ${own} of its own; where Core ML cuts or adds then is not established`,
      );
    return transposedAxis(window, word === 'same' ? sameCrop(window, windowsOut) : low, windowsOut);
  };
  return weighted({
    who,
    rank,
    layout: 'first',
    kind: 'transposed',
    channels,
    filters,
    groups,
    kernel: windows.kernel,
    order: 'gi o k',
    bias: biased(args, filters),
    flip: true,
    notes: [
      ...(word === 'custom' ? [] : padNotes(args, 'valid')),
      ...(word === 'same'
        ? ["Where pad_type='same' cuts is what coremltools converts TensorFlow's SAME to."]
        : []),
    ],
    axisOf,
  });
}

/** The sizes that output_shape states, all its dimensions given. */
function outputShape(args: Arguments, rank: number, filters: number): Shape | null {
  if (args.value('output_shape') === null) return null;
  const shape = listed(args, 'output_shape', rank + 2, 1, 1);
  if (shape[1] !== filters)
    throw refusal(args.who, say`output_shape has ${shape[1] as number} channels, expected ${filters}`);
  return shape.slice(2);
}

function pool(args: Arguments, operation: 'max' | 'average'): Layer {
  const { who } = args;
  checkInput(args);
  const sizes = args.value('kernel_sizes');
  const rank = Array.isArray(sizes) ? sizes.length : 0;
  if (rank < 1 || rank > 3) args.refuse('kernel_sizes', 'a list of 1 to 3 integers');
  const windows = {
    kernel: listed(args, 'kernel_sizes', rank, 1, 1),
    stride: listed(args, 'strides', rank, 1, 1),
    dilation: sizes === null ? [] : Array.from({ length: rank }, () => 1),
  };
  const word = poolWord(args);
  const ceil = args.flag('ceil_mode');
  const custom = word === 'custom' ? pairs(args, rank) : [];
  if (ceil) refuseCeil(args, word, rank);
  const excludes = operation === 'average' && args.flag('exclude_padding_from_average');
  return pooled({
    who,
    rank,
    layout: 'first',
    operation,
    divisor: excludes ? 'real' : 'window',
    notes: padNotes(args, word === 'same' ? 'valid' : word),
    axisOf: (size, i) => {
      const window = windowOf(windows, size, i);
      const [before, after] = padsOf(word, custom, window, i);
      const floor = axis({ ...window, before, after, ...poolFill(operation) });
      const one = ceil ? ceilMode(floor, before > 0) : floor;
      if (one.overhang >= one.kernel)
        throw refusal(
          who,
          'the last window would hold nothing, and what Core ML computes of that is not established',
        );
      return one;
    },
    refuse: (one, index, problem) => refuseEmpty(who, one, index, problem),
  });
}

/** Pools take the word in any case. */
function poolWord(args: Arguments): Word {
  const value = args.value('pad_type');
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return (
    WORDS.find((one) => one === word) ?? args.refuse('pad_type', "'valid', 'same', 'same_lower' or 'custom'")
  );
}

function refuseCeil(args: Arguments, word: Word, rank: number): void {
  if (rank > 2) throw refusal(args.who, 'ceil_mode is for one or two axes');
  if (word === 'same' || word === 'same_lower')
    throw refusal(args.who, say`ceil_mode does not go with pad_type='${word}'`);
  if (args.value('pad') !== null && pairs(args, rank).some(([before, after]) => before !== after))
    throw refusal(args.who, 'ceil_mode needs the same pad before and after');
}

const FILLS: Readonly<Record<string, Fill>> = { constant: 0, reflect: 'reflect', replicate: 'replicate' };

/** Pads the last dimensions: as many as there are pairs. Batch and channels, where they are among them, stay. */
function pad(args: Arguments): Layer {
  const { who } = args;
  checkInput(args);
  const flat = args.value('pad');
  if (!Array.isArray(flat) || flat.length % 2 === 1 || flat.length === 0)
    return args.refuse('pad', 'pairs of integers');
  const all = pairs(args, flat.length / 2);
  const first = all.findIndex(([before, after]) => before + after > 0);
  // Leading dimensions that are not padded are no axes of the problem.
  const used = all.slice(first < 0 ? -1 : Math.max(first, all.length - 3));
  if (all.slice(0, -used.length).some(([before, after]) => before + after > 0))
    args.refuse('pad', 'pads of one to three sizes, none of batch or channels');
  const mode = args.word('mode', Object.keys(FILLS));
  const constant = args.number('constant_val');
  const fill = mode === 'constant' ? constant : (FILLS[mode] as Fill);
  return padded({
    who,
    rank: used.length,
    layout: 'first',
    leads: [1, 2, 3],
    axisOf: (size, i) => {
      const [before, after] = used[i] as Pads;
      return axis({ size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill });
    },
    refuse: (one, index) => {
      const most = Math.max(one.before, one.after);
      const least = mode === 'reflect' ? most + 1 : mode === 'replicate' ? most : 0;
      if (one.size < least)
        throw refusal(
          who,
          say`mode='${mode}' by ${most} needs ${least} elements, but axis ${index} has ${one.size}`,
        );
    },
  });
}

/** Cuts rows and columns off. */
function crop(args: Arguments): Layer {
  const { who } = args;
  checkInput(args);
  const cuts = ['crop_height', 'crop_width'].map((name) => listed(args, name, 2, 0, 0));
  return padded({
    who,
    rank: 2,
    layout: 'first',
    axisOf: (size, i) => {
      const [low = 0, high = 0] = cuts[i] as Shape;
      if (low + high >= size) throw refusal(who, say`cutting ${low} and ${high} leaves nothing of ${size}`);
      return axis({ size, kernel: 1, before: 0 - low, after: 0 - high });
    },
  });
}

/** From begin on, size elements of every dimension; a size of -1 goes to the end. */
function slice(args: Arguments): Layer {
  const { who } = args;
  checkInput(args);
  const begin = args.value('begin');
  const dims = Array.isArray(begin) ? begin.length : 0;
  if (dims < 3 || dims > 5) args.refuse('begin', 'a list of 3 to 5 integers, batch and channels first');
  const [batch = 0, channel = 0, ...from] = listed(args, 'begin', dims, 0, 0);
  const [batches = 0, channels = 0, ...sizes] = listed(args, 'size', dims, -1, 0);
  if (batch !== 0 || channel !== 0) args.refuse('begin', '0 for batch and channels');
  if (batches !== -1 || channels !== -1) args.refuse('size', '-1 for batch and channels');
  return padded({
    who,
    rank: dims - 2,
    layout: 'first',
    axisOf: (size, i) => {
      const low = from[i] as number;
      const kept = sizes[i] === -1 ? size - low : (sizes[i] as number);
      if (kept < 1 || low + kept > size)
        throw refusal(who, say`${kept} elements from ${low} on do not lie within ${size}`);
      return axis({ size, kernel: 1, before: 0 - low, after: low + kept - size });
    },
  });
}
