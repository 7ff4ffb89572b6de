// Ports for every size, proved size by size: the emitted Python is evaluated, read back, and run on the same integers.

import { describe, expect, it } from 'vitest';
import {
  type Dialect,
  type Dynamic,
  dialects,
  type Layer,
  portDynamic,
  type Shape,
} from '../src/dialects/index.ts';
import { readLayers } from '../src/dialects/python.ts';
import { chain } from '../src/explain/stacks.ts';
import { evaluated } from './arithmetic.ts';
import { differs } from './ported.ts';

const TARGETS = ['torch', 'keras', 'tensorflow', 'mxnet', 'flax', 'jax'];

const read = (code: string, dialect: Dialect, tensors: Readonly<Record<string, Shape>>) =>
  readLayers(code, { dialects: [dialect], tensors });

const CASES: readonly string[] = [
  'Conv2D(2, 3, strides=2, padding="same")',
  'Conv2D(2, (3, 7), strides=3, padding="same", groups=2)',
  'Conv1D(2, 11, strides=4, padding="same")',
  'Conv1D(2, 2, strides=3, padding="same")',
  'Conv1D(2, 5, strides=8, padding="same")',
  'Conv1D(2, 4, padding="same")',
  'Conv1D(2, 3, dilation_rate=3, padding="same")',
  'Conv1D(2, 3, strides=2, padding="causal")',
  'DepthwiseConv2D(3, strides=2, padding="same")',
  'SeparableConv1D(4, 3, strides=2, padding="same")',
  'Conv2DTranspose(2, 3, strides=2, padding="same")',
  'Conv1DTranspose(2, 5, strides=3, padding="same")',
  'Conv1DTranspose(2, 2, strides=3, padding="valid")',
  'MaxPooling1D(3, strides=2, padding="same")',
  'AveragePooling1D(3, strides=2, padding="same")',
  'nn.Conv2d(2, 2, 3, 2, 1)',
  'nn.Conv1d(2, 2, 3, 2, 1, padding_mode="reflect")',
  'nn.ConvTranspose1d(2, 2, 3, 2, 1, output_padding=1)',
  'nn.ConvTranspose1d(2, 2, 4, 2, 1, groups=2)',
  'nn.MaxPool1d(3, 2, 1, ceil_mode=True)',
  'nn.AvgPool1d(3, 2, 1)',
  'nn.Conv(features=2, kernel_size=(4,), strides=(3,), padding="SAME_LOWER")',
  'nn.max_pool(x, (5,), strides=(3,), padding="SAME_LOWER")',
  'nn.Conv(features=2, kernel_size=(3,), strides=(2,), padding=((3, -1),))',
  'Conv1D(2, 3, strides=2, padding="same", use_bias=False)\nMaxPooling1D(3, strides=2, padding="same")\nConv1D(2, 4, strides=3, padding="same", use_bias=False)',
  'x = F.pad(x, (0, 1))\nx = nn.Conv1d(2, 2, 3, stride=2)(x)',
];

/** Channels of every input; enough for groups. */
const CHANNELS = 2;

function layerOf(code: string): Layer {
  return chain(readLayers(code, { dialects, tensors: { x: [1, 9, 2] } }));
}

function inputOf({ layout, rank }: Layer, sizes: readonly (number | null)[]): (number | null)[] {
  const spatial = Array.from({ length: rank }, (_, i) => sizes[i % sizes.length] ?? null);
  return layout === 'first' ? [1, CHANNELS, ...spatial] : [1, ...spatial, CHANNELS];
}

/** The first size at which the port differs, and how; null where none does. */
function wrong(layer: Layer, found: Dynamic, target: Dialect): string | null {
  let proved = 0;
  for (let size = found.first; size < found.first + 4 * found.period + 20; size++) {
    const input = inputOf(layer, [size, size + 1]) as number[];
    if (!legal(layer, input)) continue;
    const difference = differs(layer, input, {
      layers: layersAt(layer, found, target, input),
      weights: found.weights,
    });
    if (difference !== null) return `${input.join('x')}: ${difference}`;
    proved += 1;
  }
  return proved > 8 ? null : `only ${proved} sizes`;
}

function legal(layer: Layer, input: Shape): boolean {
  try {
    return !layer.resolve(input).output.includes(0);
  } catch {
    return false;
  }
}

/** What the target reads for one size, each step's lines evaluated with the sizes of its own input. */
function layersAt(layer: Layer, found: Dynamic, target: Dialect, input: Shape): Layer[] {
  const { steps } = layer.resolve(input);
  return steps.flatMap((step, index) => {
    const own = found.lines.filter((line) => line.step === index);
    const sizes = step.axes.map((axis) => axis.size);
    const first = ['torch', 'mxnet', 'jax'].includes(target.id);
    const shape = first ? [1, step.channels, ...sizes] : [1, ...sizes, step.channels];
    const text = evaluated(
      own.map(({ code }) => code),
      shape,
    );
    return read(text.join('\n'), target, { ...own[0]?.tensors, ...own.at(-1)?.tensors, x: [] });
  });
}

describe.each(TARGETS)('to %s', (id) => {
  const target = dialects.find((one) => one.id === id) as Dialect;

  it.each(CASES)('%s', (code) => {
    const layer = layerOf(code);
    const found = portDynamic(layer, inputOf(layer, [null]), target, read);
    if ('impossible' in found) expect(String(found.impossible)).toMatchSnapshot();
    else expect(wrong(layer, found, target)).toBeNull();
  });
});
