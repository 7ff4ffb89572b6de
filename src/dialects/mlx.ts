// MLX: mlx.nn layers and the functions of mlx.core, N sizes C, weights (out, k..., in / groups), transposed ones too.
//
//   padding        a number or one per axis, the same on both sides; a negative one crops, but not in a pooling
//   conv_general   also a pair of lists, (befores, afters), and input_dilation, the holes of a transposed convolution
//   transposed     extent - 1 - padding zeros around the input with its holes, output_padding more at the end
//   a negative pad drops elements of the input itself: where padding reaches extent, whole strides of the output
//   pools          stride = kernel_size unless given; they round down, an average counts its pads
//   mx.pad         NumPy's pairs and modes, without 'wrap'
//
// Sources: mlx/nn/layers/{convolution,convolution_transpose,pooling}.py, mlx/ops.cpp (0.32).

import { type Axis, axis, extent, type Pads, span } from '../geometry/index.ts';
import { say } from '../words/index.ts';
import { pooled, poolFill, type Weighted, weighted } from './builder.ts';
import { type Dialect, type Layer, type Reader, refusal, type Shape, type Value } from './dialect.ts';
import { numpyPad } from './numpy-pad.ts';
import type { Arguments } from './signature.ts';
import { type Windows, windowOf } from './window.ts';

const ORDER = 'go k i';
const MODES = ['constant', 'edge', 'reflect', 'symmetric'] as const;

type Window = Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>;

/** What is known of a weight before an input is. */
type Weights = Pick<Weighted, 'channels' | 'filters' | 'groups' | 'kernel' | 'bias'>;

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  const made = 'in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1';
  const given = 'input, weight, stride=1, padding=0';
  for (const rank of [1, 2, 3]) {
    const nn = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`mlx.nn.${name}${rank}d`] = { signature, read };
    };
    const core = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`mlx.core.${name}${rank}d`] = { signature: `${signature}, *, stream=None`, read };
    };
    nn('Conv', `${made}, ${rank === 3 ? '' : 'groups=1, '}bias=True`, (args) =>
      conv(args, moduleWeight(args, rank)),
    );
    nn('ConvTranspose', `${made}, output_padding=0, bias=True`, (args) =>
      convTranspose(args, moduleWeight(args, rank)),
    );
    nn('MaxPool', 'kernel_size, stride=None, padding=0', (args) => pool(args, rank, 'max'));
    nn('AvgPool', 'kernel_size, stride=None, padding=0', (args) => pool(args, rank, 'average'));
    core('conv', `${given}, dilation=1, groups=1`, (args) => conv(args, givenWeight(args, rank)));
    core('conv_transpose', `${given}, dilation=1, output_padding=0, groups=1`, (args) =>
      convTranspose(args, givenWeight(args, rank)),
    );
  }
  all['mlx.core.conv_general'] = {
    signature: `${given}, kernel_dilation=1, input_dilation=1, groups=1, flip=False, *, stream=None`,
    read: convGeneral,
  };
  all['mlx.core.pad'] = {
    signature: 'a, pad_width, mode="constant", constant_values=0, *, stream=None',
    read: (args) => numpyPad(args, 'last', 'a', MODES),
  };
  return all;
}

function moduleWeight(args: Arguments, rank: number): Weights {
  const groups = args.value('groups') === null ? 1 : args.integer('groups', 1);
  const channels = args.integer('in_channels', 1);
  const filters = args.integer('out_channels', 1);
  if (channels % groups !== 0) args.refuse('in_channels', say`a multiple of groups=${groups}`);
  if (filters % groups !== 0) args.refuse('out_channels', say`a multiple of groups=${groups}`);
  return {
    channels,
    filters,
    groups,
    kernel: numbers(args, 'kernel_size', rank, 1),
    bias: args.flag('bias'),
  };
}

/** The weight a function is given: its shape says everything; `rank` null is any. */
function givenWeight(args: Arguments, rank: number | null): Weights {
  const shape = args.shape('weight');
  const kernel = shape.slice(1, -1);
  if (kernel.length !== (rank ?? kernel.length) || kernel.length < 1 || kernel.length > 3)
    args.refuse('weight', say`${(rank ?? 1) + 2} dimensions, not ${shape.length}`);
  if (shape.includes(0)) args.refuse('weight', 'at least one element on each dimension');
  const groups = args.integer('groups', 1);
  const [filters = 0] = shape;
  if (filters % groups !== 0)
    args.refuse('weight', say`a first dimension that is a multiple of groups=${groups}`);
  return { channels: (shape.at(-1) as number) * groups, filters, groups, kernel, bias: false };
}

function conv(args: Arguments, weights: Weights): Layer {
  const rank = weights.kernel.length;
  const windows = windowsOf(args, weights.kernel, 'dilation');
  const padding = numbers(args, 'padding', rank);
  return weighted({
    ...common(args, weights),
    kind: 'conv',
    flip: false,
    axisOf: (size, i) => padded(windowOf(windows, size, i), [padding[i] as number, padding[i] as number]),
  });
}

function convGeneral(args: Arguments): Layer {
  const weights = givenWeight(args, null);
  const rank = weights.kernel.length;
  const windows = windowsOf(args, weights.kernel, 'kernel_dilation', true);
  const holes = numbers(args, 'input_dilation', rank, 1, true);
  const padding = generalPads(args, rank);
  return weighted({
    ...common(args, weights),
    kind: holes.some((step) => step > 1) ? 'transposed' : 'conv',
    flip: args.flag('flip'),
    axisOf: (size, i) =>
      padded({ ...windowOf(windows, size, i), inputDilation: holes[i] as number }, padding[i] as Pads),
  });
}

/** A number, one per axis, or a pair of lists: what comes before each axis, and what after. */
function generalPads(args: Arguments, rank: number): Pads[] {
  const value = args.value('padding');
  const pair = Array.isArray(value) ? (value as readonly Value[]) : [];
  if (pair.length !== 2 || !pair.every(Array.isArray))
    return numbers(args, 'padding', rank, -Infinity, true).map((pad): Pads => [pad, pad]);
  const [low = [], high = []] = (pair as readonly (readonly Value[])[]).map((side) => {
    const all = side.length === 1 ? Array.from({ length: rank }, () => side[0]) : side;
    return all.filter((pad): pad is number => typeof pad === 'number' && Number.isInteger(pad));
  });
  if (low.length !== rank || high.length !== rank) args.refuse('padding', say`two lists of ${rank} integers`);
  return low.map((before, i): Pads => [before, high[i] as number]);
}

/** A transposed convolution as MLX makes it: conv_general over the input with holes, the kernel mirrored. */
function convTranspose(args: Arguments, weights: Weights): Layer {
  const rank = weights.kernel.length;
  const windows = windowsOf(args, weights.kernel, 'dilation');
  const padding = numbers(args, 'padding', rank);
  const extra = numbers(args, 'output_padding', rank);
  return weighted({
    ...common(args, weights),
    kind: 'transposed',
    flip: true,
    notes: windows.stride.some((step, i) => step > 1 && (padding[i] as number) >= extentOf(windows, i))
      ? [
          'Where padding reaches the extent of the kernel, MLX drops elements of the input, a stride of the output each, not single outputs.',
        ]
      : [],
    axisOf: (size, i) => {
      const { stride, ...window } = windowOf(windows, size, i);
      const low = extent(window) - 1 - (padding[i] as number);
      return padded({ ...window, stride: 1, inputDilation: stride }, [low, low + (extra[i] as number)]);
    },
  });
}

function extentOf({ kernel, dilation }: Windows, i: number): number {
  return extent({ kernel: kernel[i] as number, dilation: dilation[i] as number });
}

function pool(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const kernel = args.integers('kernel_size', rank, 1);
  const stride = args.value('stride') === null ? kernel : args.integers('stride', rank, 1);
  const padding = args.integers('padding', rank, 0);
  const windows = { kernel, stride, dilation: kernel.map(() => 1) };
  return pooled({
    who,
    rank,
    layout: 'last',
    operation,
    axisOf: (size, i) => {
      const pad = padding[i] as number;
      return axis({ ...windowOf(windows, size, i), before: pad, after: pad, ...poolFill(operation) });
    },
    refuse: (one, index, problem) => {
      const missing = extent(one) - (one.size + one.before + one.after);
      if (missing > one.stride)
        throw refusal(
          who,
          say`the window lacks ${missing} positions on axis ${index}, more than the stride ${one.stride}`,
          problem,
        );
    },
  });
}

/** One integer for all axes or one per axis; in one dimension a tuple is refused, as MLX's own functions do. */
function numbers(args: Arguments, name: string, rank: number, least = -Infinity, lists = rank > 1): number[] {
  if (!lists && Array.isArray(args.value(name))) args.refuse(name, 'an integer');
  return args.integers(name, rank, least, lists && name !== 'kernel_size');
}

function windowsOf(args: Arguments, kernel: Shape, dilation: string, lists = kernel.length > 1): Windows {
  const rank = kernel.length;
  return {
    kernel,
    stride: numbers(args, 'stride', rank, 1, lists),
    dilation: numbers(args, dilation, rank, 1, lists),
  };
}

/**
 * The padded axis. A negative pad drops whole elements of the input, before input_dilation puts holes between them; like
 * a slice of Python's, an end below zero counts from the input's end again.
 */
function padded(window: Window & { inputDilation?: number }, [low, high]: Pads): Axis {
  const { size, inputDilation: holes = 1 } = window;
  const first = Math.min(Math.max(0, -low), size);
  const end = size + Math.min(0, high);
  const dropped = size - Math.max(first, end < 0 ? end + size : end);
  return axis({
    ...window,
    before: low < 0 ? -first * holes : low,
    after: high < 0 ? -dropped * holes : high,
  });
}

type Common = Pick<Weighted, 'who' | 'rank' | 'layout' | 'order' | 'refuse' | 'initialiser'>;

/** What every convolution of MLX has. */
function common(args: Arguments, weights: Weights): Weights & Common {
  const { who } = args;
  return {
    ...weights,
    who,
    rank: weights.kernel.length,
    layout: 'last',
    order: ORDER,
    refuse: (one, index, problem) => {
      const room = span(one) + one.before + one.after;
      const missing = extent(one) - room;
      if (missing <= 0) return;
      const why = say`the window spans ${extent(one)} on axis ${index}, but the padded input is ${room} wide`;
      throw refusal(
        who,
        missing < one.stride ? say`${why}; MLX runs it all the same and reads memory beyond its input` : why,
        problem,
      );
    },
    initialiser: (shape) => {
      const fan = shape.slice(1).reduce((product, n) => product * n, 1);
      return [{ kind: 'uniform', limit: 1 / Math.sqrt(fan) }, { kind: 'zeros' }];
    },
  };
}

/** MLX. */
export const mlx: Dialect = {
  id: 'mlx',
  title: 'MLX',
  aliases: { mx: 'mlx.core', nn: 'mlx.nn' },
  readers: readers(),
};
