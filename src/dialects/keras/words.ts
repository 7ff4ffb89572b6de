// What Keras' layers share: windows, the padding word in any case, data_format, activation and a stated input shape.
// Sources: keras/src/utils/argument_validation.py, backend/config.py, activations/__init__.py (3.15.1).

import { type Axis, axis, causalPads, type Pads, samePads } from '../../geometry/index.ts';
import { either, type Text } from '../../words/index.ts';
import type { Layer, LayerKind, Layout, Shape, Value } from '../dialect.ts';
import { type Arguments, isTensor } from '../signature.ts';
import { type Windows as Window, windowOf } from '../window.ts';

/** Windows as a layer states them, and a padding word in lower case. */
export interface Windows extends Window {
  readonly padding: string;
}

/** The windows of a convolution; `paddings` are the words it takes. */
export function windows(args: Arguments, rank: number, paddings: readonly string[]): Windows {
  return {
    kernel: args.integers('kernel_size', rank, 1),
    stride: args.integers('strides', rank, 1),
    dilation: args.integers('dilation_rate', rank, 1),
    padding: paddingWord(args, paddings),
  };
}

/** The padding word, in lower case. */
export function paddingWord(args: Arguments, words: readonly string[]): string {
  const value = args.value('padding');
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return words.includes(word) ? word : args.refuse('padding', either(words.map((one) => `'${one}'`)));
}

/** The axis of a padding word; `fill` is what the pads hold. */
export function wordAxis(of: Windows, size: number, i: number, fill: number): Axis {
  const window = windowOf(of, size, i);
  const [before, after]: Pads =
    of.padding === 'same' ? samePads(window) : of.padding === 'causal' ? causalPads(window) : [0, 0];
  return axis({ ...window, before, after, fillBefore: fill, fillAfter: fill });
}

/** TensorFlow's 3-D CPU kernels do not clamp the total of same at 0. */
export function unclampedNotes({ kernel, stride }: Windows): string[] {
  const wider = kernel.length === 3 && stride.some((step, i) => step > (kernel[i] as number) + 1);
  return wider ? ['TensorFlow on the CPU crops here instead of starting at the first element.'] : [];
}

/** Where data_format puts the channels. */
export function layoutOf(args: Arguments): Layout {
  const value = args.value('data_format');
  const word = typeof value === 'string' ? value.toLowerCase() : value;
  if (word === null || word === 'channels_last') return 'last';
  return word === 'channels_first'
    ? 'first'
    : args.refuse('data_format', "'channels_last' or 'channels_first'");
}

const ACTIVATIONS: ReadonlySet<string> = new Set(
  (
    'relu leaky_relu relu6 softmax celu elu selu softplus softsign squareplus soft_shrink sparse_plus silu swish gelu glu ' +
    'tanh tanh_shrink threshold sigmoid sparse_sigmoid exponential hard_sigmoid hard_silu hard_swish hard_tanh ' +
    'hard_shrink linear mish log_softmax log_sigmoid sparsemax'
  ).split(' '),
);

/** The activation by its Keras name; a function or a layer in its place by the last part of its own. */
function activationOf(args: Arguments): string | null {
  const value = args.value('activation');
  if (value === null || value === 'linear') return null;
  if (isTensor(value)) return value.tensor.replace(/\(.*$/s, '').split('.').at(-1) ?? null;
  if (typeof value === 'string' && ACTIVATIONS.has(value)) return value;
  return args.refuse('activation', "a Keras activation such as 'relu'");
}

/** The input shape the code states, batch excluded; null when it leaves a size open. */
function statedInput(args: Arguments): Shape | null {
  const value = args.value('input_dim') === null ? args.value('input_shape') : [args.value('input_dim')];
  if (!Array.isArray(value)) return null;
  const sizes = value as readonly Value[];
  return sizes.every((size) => typeof size === 'number' && Number.isInteger(size)) ? (sizes as Shape) : null;
}

/** What every layer of Keras states alike. */
export function common(
  args: Arguments,
  kind: LayerKind,
  rank: number,
  notes: readonly Text[],
): Omit<Layer, 'parameters' | 'resolve'> {
  return {
    framework: 'keras',
    name: args.who.slice('keras '.length),
    kind,
    rank,
    layout: layoutOf(args),
    activation: activationOf(args),
    statedInput: statedInput(args),
    notes,
  };
}
