// Several layers of one paste, in turn, as one: the output of each is the input of the next. Padding joins the layer it
// pads for, cropping the layer it crops, so that a port that takes two lines is the one geometry it says:
//
//   F.pad(x, (0, 1, 0, 1)) then conv k3 s2        =   k3 s2 p0,1                 TensorFlow's SAME
//   transposed conv, then F.pad(x, (0, -1))       =   the same with one cut off after
//
// Layers that slide no window, an activation or a flattening, have no step; nothing is joined across them.

import type { Layer, Parameter, Shape } from '../dialects/dialect.ts';
import { DialectError } from '../dialects/error.ts';
import type { Geometry } from '../geometry/index.ts';
import { fuse } from '../geometry/sizes.ts';
import { say } from '../words/index.ts';

/** They give as many channels as they get. */
const RESHAPES: ReadonlySet<string> = new Set(['pad', 'max', 'average', 'pointwise', 'input']);
/** From these on there are no channels and sizes. */
const ENDS: ReadonlySet<string> = new Set(['flatten', 'dense']);

/** One layer that does what the layers do in turn. @throws DialectError where their ranks or layouts differ, or none slides a window */
export function chain(layers: readonly Layer[]): Layer {
  const [first] = layers as [Layer];
  if (layers.length === 1 && slides(first)) return first;
  const windows = layers.filter(slides);
  // How many axes a padding has depends on how it is written: (0, 1) pads the last of two as well.
  const main = windows.find(({ kind }) => kind !== 'pad') ?? windows[0];
  if (main === undefined)
    throw new DialectError('code', say`${shortList(layers)} slides no window`, {
      hint: 'A convolution, a pooling or a padding does, such as nn.Conv2d(3, 6, 4).',
    });
  for (const { name, rank, layout, kind } of windows)
    if ((kind !== 'pad' && rank !== main.rank) || rank > main.rank || layout !== main.layout)
      throw new DialectError('code', say`${main.name} and ${name} cannot follow each other`, {
        hint: 'Layers of one paste are applied in turn: give them the same rank and layout.',
      });
  const stated = layers.find(({ statedInput }) => statedInput !== null);
  const [only, more] = layers.filter(({ kind }) => kind !== 'input');
  if (only !== undefined && more === undefined)
    return { ...only, statedInput: only.statedInput ?? stated?.statedInput ?? null };
  const firstWith = layers.findIndex(({ kind }) => !RESHAPES.has(kind));
  // x.view(-1, 400) flattens in more than one framework.
  const telling = layers.filter(({ kind }) => kind !== 'flatten');
  const frameworks = new Set(telling.map(({ framework }) => framework));
  const stills = layers.filter((layer) => !slides(layer) && layer.kind !== 'input').map(({ name }) => name);
  return {
    framework: [...frameworks].join(' and '),
    name: shortList(layers),
    kind: main.kind,
    rank: main.rank,
    layout: main.layout,
    channels:
      layers.slice(0, firstWith < 0 ? undefined : firstWith + 1).find((layer) => layer.channels != null)
        ?.channels ?? null,
    activation: layers.at(-1)?.activation ?? null,
    statedInput: first.statedInput,
    ...(stills.length === 0 ? {} : { stills: [...new Set(stills)] }),
    notes: [...new Set(layers.flatMap(({ notes }) => notes))],
    parameters: (channels) => parameters(layers, main, channels),
    resolve: (input) => {
      const { steps, output } = through(layers, input);
      return { steps: fused(layers, steps), output };
    },
  };
}

/** The layers as a port says them: those that slide no window pass everything on and hold nothing. */
export function windowed(layers: readonly Layer[]): readonly Layer[] {
  if (!layers.some(slides)) return layers;
  const passes = { parameters: () => [], resolve: (input: Shape) => ({ steps: [], output: input }) };
  return layers.map((layer) => (slides(layer) ? layer : { ...layer, ...passes }));
}

function slides({ rank }: Layer): boolean {
  return rank > 0;
}

/** Names in turn; of many, the first and the last. */
function shortList(layers: readonly Layer[]): string {
  const names = layers.map(({ name }) => name);
  return names.length <= 6 ? names.join(', ') : `${names[0]}, ${names[1]}, ..., ${names.at(-1)}`;
}

/** Each layer's steps with pads and crops joined, but not across a layer without a window. */
function fused(layers: readonly Layer[], steps: readonly (readonly Geometry[])[]): readonly Geometry[] {
  const runs: Geometry[][] = [[]];
  for (const [index, own] of steps.entries()) {
    if (slides(layers[index] as Layer)) runs.at(-1)?.push(...own);
    else runs.push([]);
  }
  return runs.flatMap((run) => fuse(run));
}

/** The steps of each layer, and the output of the last. */
function through(layers: readonly Layer[], input: Shape): { steps: (readonly Geometry[])[]; output: Shape } {
  let output = input;
  const steps = layers.map((layer) => {
    const resolved = layer.resolve(output);
    output = resolved.output;
    return resolved.steps;
  });
  return { steps, output };
}

/** Parameters do not depend on sizes: they are read off the first of these sizes that every layer takes. */
function parameters(layers: readonly Layer[], main: Layer, channels: number): Parameter[] {
  const end = layers.findIndex(({ kind }) => ENDS.has(kind));
  // A pooling that refuses a size passes the channels on all the same.
  const counted = (end < 0 ? layers : layers.slice(0, end)).map((layer) =>
    RESHAPES.has(layer.kind) && layer.kind !== 'pad' ? lenient(layer) : layer,
  );
  for (const size of [2 ** 6, 2 ** 12, 2 ** 20]) {
    const sizes = Array.from({ length: main.rank }, () => size);
    const input = main.layout === 'first' ? [1, channels, ...sizes] : [1, ...sizes, channels];
    try {
      const { steps } = through(counted, input);
      // The nth conv of the layers is the nth conv of the fused steps.
      const places = fused(counted, steps).flatMap((step, i) => (step.operation === 'conv' ? [i] : []));
      let convs = 0;
      let seen = channels;
      return counted.flatMap((layer, i) => {
        const own = steps[i] as readonly Geometry[];
        const before = convs;
        convs += own.filter((step) => step.operation === 'conv').length;
        const arrays = layer
          .parameters(own[0]?.channels ?? seen)
          .map((one) => ({ ...one, step: one.step < 0 ? -1 : (places[before + one.step] ?? one.step) }));
        seen = own.at(-1)?.filters ?? seen;
        return arrays;
      });
    } catch (error) {
      if (size === 2 ** 20) throw error;
    }
  }
  return [];
}

function lenient(layer: Layer): Layer {
  return {
    ...layer,
    resolve: (input) => {
      try {
        return layer.resolve(input);
      } catch {
        return { steps: [], output: input };
      }
    },
  };
}
