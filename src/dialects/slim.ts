// A layer with hardly any channels on a small input, for a check that a person can read: the same windows, pads, groups or
// depthwise, and weights of the same order, on as few channels and sizes as that needs.
//
//   Conv2D(64, 3, strides=2, groups=4, padding='same') on 224x224x256   ->   8x8x4: 2 groups of 2 channels, 2 filters each

import { type Axis, extent, type Geometry, geometry } from '../geometry/index.ts';
import type { Layer, Parameter, Shape } from './dialect.ts';
import { weightShape } from './parameter.ts';

type Counts = Pick<Geometry, 'channels' | 'filters' | 'groups'>;

/**
 * The layer on few channels, without its activation, and its input with as many; itself where its channels cannot be fewer.
 * @throws DialectError where the layer's own framework refuses the input
 */
export function slimmed(layer: Layer, input: Shape): { readonly layer: Layer; readonly input: Shape } {
  const { steps } = layer.resolve(input);
  const counts = countsOf(steps);
  const bare: Layer = { ...layer, activation: null };
  if (counts === null) return { layer: bare, input };
  const channels = { mine: steps[0]?.channels ?? 1, few: counts[0]?.channels ?? 1 };
  return {
    layer: {
      ...bare,
      channels: channels.few,
      parameters: () => layer.parameters(channels.mine).map((one) => fewer(one, steps, counts)),
      resolve: (slim) => {
        const { steps: all, output } = layer.resolve(withChannels(layer, slim, channels.mine));
        const few = all.map((step, i) => geometry({ ...step, ...(counts[i] as Counts) }));
        return { steps: few, output: withChannels(layer, output, few.at(-1)?.filters ?? channels.few) };
      },
    },
    input: withChannels(layer, input, channels.few),
  };
}

/** How many smaller sizes are tried. */
const TRIES = 512;

/**
 * The smallest input on which each step's windows, pads and fills are those of this input, with room for a few windows; the
 * input itself where none is smaller.
 */
export function shrunk(layer: Layer, input: Shape): Shape {
  const { steps } = layer.resolve(input);
  const first = layer.layout === 'first' ? 2 : 1;
  const rank = steps[0]?.axes.length ?? 0;
  let found = input;
  for (let i = 0; i < rank; i++) {
    const size = input[first + i] as number;
    const least = Math.min(size, room(steps, i));
    for (let less = least; less < Math.min(size, least + TRIES); less++) {
      const candidate = found.map((other, d) => (d === first + i ? less : other));
      if (!alike(steps, layer, candidate, i)) continue;
      found = candidate;
      break;
    }
  }
  return found;
}

/** What the last window reads of the first input, and two more windows. */
function room(steps: readonly Geometry[], index: number): number {
  let [reach, jump] = [1, 1];
  for (const { axes } of steps) {
    const axis = axes[index] as Axis;
    reach += (extent(axis) - 1) * jump;
    jump *= axis.stride;
  }
  return Math.max(4, reach + 2 * jump);
}

function alike(steps: readonly Geometry[], layer: Layer, input: Shape, index: number): boolean {
  try {
    const others = layer.resolve(input).steps;
    return steps.every((step, i) => {
      const [mine, theirs] = [step.axes[index], others[i]?.axes[index]];
      return JSON.stringify({ ...mine, size: 0 }) === JSON.stringify({ ...theirs, size: 0 });
    });
  } catch {
    return false;
  }
}

function withChannels({ layout }: Layer, shape: Shape, channels: number): Shape {
  return layout === 'first'
    ? [shape[0] as number, channels, ...shape.slice(2)]
    : [...shape.slice(0, -1), channels];
}

/** Channels, filters and groups of each step; null where what one leaves does not divide by the next one's groups. */
function countsOf(steps: readonly Geometry[]): readonly Counts[] | null {
  const counts: Counts[] = [];
  for (const step of steps) {
    const known = counts.at(-1)?.filters;
    const depthwise = step.groups === step.channels && step.groups > 1;
    const groups = depthwise ? (known ?? 2) : Math.min(step.groups, 2);
    const channels = known ?? groups * Math.min(step.channels / step.groups, 2);
    const filters = step.operation === 'conv' ? groups * Math.min(step.filters / step.groups, 2) : channels;
    if (channels % groups !== 0 || (groups === channels) !== (step.groups === step.channels)) return null;
    counts.push({ channels, filters, groups });
  }
  return counts;
}

function fewer(one: Parameter, steps: readonly Geometry[], counts: readonly Counts[]): Parameter {
  const kernel = (steps[one.step] as Geometry).axes.map((axis) => axis.kernel);
  return { ...one, shape: weightShape(one.order, { ...(counts[one.step] as Counts), kernel }) };
}
