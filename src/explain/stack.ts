// Layers in turn on one input: what each gives the next, what it holds and costs; which sizes all of them take, and which
// layer drops elements at the end because its next window does not fit.
//
//   nn.Conv2d       3x224x224  ->  64x55x55       23,296 parameters
//   nn.ReLU        64x55x55    ->  64x55x55
//   nn.MaxPool2d   64x55x55    ->  64x27x27

import type { Layer, Layout, Shape } from '../dialects/dialect.ts';
import { DialectError } from '../dialects/error.ts';
import type { Geometry } from '../geometry/index.ts';
import { dropped } from '../geometry/sizes.ts';
import { say } from '../words/index.ts';
import { stepsWork } from './explain.ts';

/** One layer of a stack, on what the one before it gives. */
export interface Stacked {
  readonly layer: Layer;
  /** In the layer's own layout. */
  readonly input: Shape;
  readonly output: Shape;
  readonly steps: readonly Geometry[];
  /** How many numbers it trains, and how many it only counts. */
  readonly parameters: number;
  readonly statistics: number;
  /** Null where they are too many to count one by one. */
  readonly multiplyAdds: number | null;
}

/**
 * The layers in turn on an input.
 * @throws DialectError of the layer that refuses what it is given, its place before its own sentence
 */
export function stack(layers: readonly Layer[], input: Shape): readonly Stacked[] {
  const layout = layoutOf(layers);
  let given = input;
  return layers.map((layer, index) => {
    const one = placed(layers, index, () => stacked(layer, given, layout));
    given = one.output;
    return one;
  });
}

/** The layout of the layers that have one. */
function layoutOf(layers: readonly Layer[]): Layout {
  return (layers.find(({ rank }) => rank > 0) ?? layers[0])?.layout ?? 'first';
}

function stacked(layer: Layer, input: Shape, layout: Layout): Stacked {
  const { steps, output, multiplyAdds } = layer.resolve(input);
  const arrays = layer.parameters(steps[0]?.channels ?? features(layer, input, output, layout, multiplyAdds));
  const count = (statistic: boolean) =>
    arrays
      .filter(({ role }) => (role === 'statistic') === statistic)
      .reduce((sum, { shape }) => sum + volume(shape), 0);
  return {
    layer,
    input,
    output,
    steps,
    parameters: count(false),
    statistics: count(true),
    multiplyAdds: multiplyAdds ?? stepsWork(steps),
  };
}

/** What a layer without a window sees as its features; a dense one makes every output of all of them. */
function features(
  layer: Layer,
  input: Shape,
  output: Shape,
  layout: Layout,
  multiplyAdds: number | undefined,
): number {
  if (layer.kind === 'dense') return (multiplyAdds ?? 0) / Math.max(1, volume(output));
  return (layout === 'first' ? input[1] : input.at(-1)) ?? 1;
}

function volume(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

function placed<T>(layers: readonly Layer[], index: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof DialectError) || layers.length === 1) throw error;
    const sentence = say`layer ${index + 1} of ${layers.length}, ${error.sentence}`;
    throw new DialectError(error.code, sentence, error.hint === undefined ? {} : { hint: error.hint });
  }
}

/** Why a stack does not take an input: the sentence of the layer that refuses, or the layer that makes nothing; null if it does. */
export function refused(layers: readonly Layer[], input: Shape): DialectError | null {
  try {
    const empty = stack(layers, input).findIndex(({ output }) => output.includes(0));
    if (empty < 0 || input.includes(0)) return null;
    const layer = layers[empty] as Layer;
    return new DialectError(
      'refused',
      say`layer ${empty + 1} of ${layers.length}, ${layer.framework} ${layer.name}: nothing is left`,
    );
  } catch (error) {
    if (error instanceof DialectError) return error;
    throw error;
  }
}

/** The first layer of a stack that drops elements at an end, and how many along each axis; null where none does. */
export interface Dropping {
  readonly index: number;
  readonly layer: Layer;
  readonly dropped: readonly number[];
}

/** The first layer that drops elements. */
export function dropping(stacked: readonly Stacked[]): Dropping | null {
  for (const [index, { layer, steps }] of stacked.entries()) {
    for (const step of steps) {
      const counts = step.operation === 'pad' ? [] : step.axes.map(dropped);
      if (counts.some((count) => count > 0)) return { index, layer, dropped: counts };
    }
  }
  return null;
}

/** The sizes nearest to one that pass a test; null where none is found as near as is looked. */
export interface Near {
  readonly below: number | null;
  readonly above: number | null;
}

/** How far sizes are looked at on either side, in sizes times layers. */
const FARTHEST = 2 ** 15;

/** The nearest sizes on both sides that pass. */
export function nearest(size: number, layers: number, passes: (size: number) => boolean): Near {
  const far = Math.min(4096, Math.ceil(FARTHEST / Math.max(1, layers)));
  const seek = (by: number) => {
    for (let n = 1; n <= far && size + by * n >= 1; n++) if (passes(size + by * n)) return size + by * n;
    return null;
  };
  return { below: seek(-1), above: seek(1) };
}
