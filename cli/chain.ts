// Several layers of one paste, in turn, as one: the output of each is the input of the next. Padding joins the layer it
// pads for, cropping the layer it crops, so that a port that takes two lines is the one geometry it says:
//
//   F.pad(x, (0, 1, 0, 1)) then conv k3 s2        =   k3 s2 p0,1                 TensorFlow's SAME
//   transposed conv, then F.pad(x, (0, -1))       =   the same with one cut off after

import { DialectError, type Layer, type Parameter, type Shape } from '../src/dialects/index.ts';
import { fuse, type Geometry } from '../src/geometry/index.ts';

const RESHAPES: ReadonlySet<string> = new Set(['pad', 'max', 'average']);

/** One layer that does what the layers do in turn. @throws DialectError where their ranks or layouts differ */
export function chain(layers: readonly Layer[]): Layer {
  const [first] = layers as [Layer];
  if (layers.length === 1) return first;
  // How many axes a padding has depends on how it is written: (0, 1) pads the last of two as well.
  const main = layers.find(({ kind }) => kind !== 'pad') ?? first;
  for (const { name, rank, layout, kind } of layers)
    if ((kind !== 'pad' && rank !== main.rank) || rank > main.rank || layout !== main.layout)
      throw new DialectError('code', `${main.name} and ${name} cannot follow each other`, {
        hint: 'Layers of one paste are applied in turn: give them the same rank and layout.',
      });
  const firstWith = layers.findIndex(({ kind }) => !RESHAPES.has(kind));
  const frameworks = new Set(layers.map(({ framework }) => framework));
  return {
    framework: frameworks.size === 1 ? first.framework : [...frameworks].join(' and '),
    name: layers.map(({ name }) => name).join(', '),
    kind: main.kind,
    rank: main.rank,
    layout: main.layout,
    channels: layers.slice(0, firstWith + 1).find((layer) => layer.channels != null)?.channels ?? null,
    activation: layers.at(-1)?.activation ?? null,
    statedInput: first.statedInput,
    notes: [...new Set(layers.flatMap(({ notes }) => notes))],
    parameters: (channels) => parameters(layers, main, channels),
    resolve: (input) => {
      const { steps, output } = through(layers, input);
      return { steps: fuse(steps.flat()), output };
    },
  };
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
  for (const size of [2 ** 6, 2 ** 12, 2 ** 20]) {
    const sizes = Array.from({ length: main.rank }, () => size);
    const input = main.layout === 'first' ? [1, channels, ...sizes] : [1, ...sizes, channels];
    try {
      const { steps } = through(layers, input);
      // The nth conv of the layers is the nth conv of the fused steps.
      const places = fuse(steps.flat()).flatMap((step, i) => (step.operation === 'conv' ? [i] : []));
      let convs = 0;
      return layers.flatMap((layer, i) => {
        const own = steps[i] as readonly Geometry[];
        const before = convs;
        convs += own.filter((step) => step.operation === 'conv').length;
        return layer
          .parameters(own[0]?.channels ?? channels)
          .map((one) => ({ ...one, step: places[before + one.step] ?? one.step }));
      });
    } catch (error) {
      if (size === 2 ** 20) throw error;
    }
  }
  return [];
}
