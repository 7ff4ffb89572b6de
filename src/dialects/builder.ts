// The three kinds of layers that frameworks have, made from what a dialect decides: who speaks, the numbers, one axis for
// one size, and what is refused. What they all do alike stands here once: taking the input apart, counting channels, making
// the geometry, saying the output's shape.
//
//   weighted   conv, transposed conv, depthwise     a kernel, perhaps a bias
//   pooled     max, average                         no parameters
//   padded     explicit padding and cropping        no parameters

import {
  type Axis,
  axis,
  type Divisor,
  type Geometry,
  geometry,
  type Operation,
  out,
} from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import {
  type Initialiser,
  inWordsOf,
  type Layer,
  type Layout,
  type Parameter,
  refusal,
  resolved,
  type Shape,
  shapeText,
  takeApart,
} from './dialect.ts';
import { bias, weight, weightShape } from './parameter.ts';

/** What every kind is made from. */
export interface Made {
  /** Opens every error: 'torch nn.Conv2d'. The framework's id and the layer's name, apart by the first space. */
  readonly who: string;
  readonly rank: number;
  readonly layout: Layout;
  /** Allowed numbers of leading dimensions; one, the batch, unless given. */
  readonly leads?: readonly number[];
  readonly activation?: string | null;
  readonly statedInput?: Shape | null;
  readonly notes?: readonly Text[];
  /** The axis of `index` for an input of this size. */
  axisOf(size: number, index: number): Axis;
  /** Throws where the framework refuses this axis. */
  refuse?(axis: Axis, index: number, problem: Geometry): void;
}

/** A convolution of any kind, everything decided but its input. */
export interface Weighted extends Made {
  readonly kind: 'conv' | 'transposed' | 'depthwise';
  /** The input channels that the code fixes; null where the input decides. */
  readonly channels: number | null;
  /** Output channels, given those of the input. */
  readonly filters: number | ((channels: number) => number);
  /** Groups; a depthwise layer has as many as channels. */
  readonly groups: number | ((channels: number) => number);
  /** Taps per axis. */
  readonly kernel: Shape;
  /** What the weight's dimensions hold, see Parameter. */
  readonly order: string;
  readonly bias: boolean;
  /** Whether the kernel is mirrored. */
  readonly flip: boolean;
  /** Names of weight and bias; 'weight' and 'bias' unless given. */
  readonly names?: readonly [kernel: string, bias: string];
  /** How weight and bias start, from the weight's shape. Zeros unless given. */
  initialiser?(shape: Shape): readonly [kernel: Initialiser, bias: Initialiser];
}

/** The layer that convolves so. */
export function weighted(of: Weighted): Layer {
  const counted = (channels: number) => ({
    channels,
    filters: typeof of.filters === 'number' ? of.filters : of.filters(channels),
    groups: typeof of.groups === 'number' ? of.groups : of.groups(channels),
  });
  return {
    ...common(of, of.kind),
    channels: of.channels,
    parameters: (given): Parameter[] => {
      const numbers = counted(of.channels ?? given);
      const shape = weightShape(of.order, { ...numbers, kernel: of.kernel });
      const [kernelStart, biasStart] = of.initialiser?.(shape) ?? [{ kind: 'zeros' }, { kind: 'zeros' }];
      const [kernelName, biasName] = of.names ?? ['weight', 'bias'];
      const kernel = weight(kernelName, of.order, shape, kernelStart);
      return of.bias ? [kernel, bias(biasName, numbers.filters, biasStart)] : [kernel];
    },
    resolve: (input) => {
      const parts = takeApart(of.who, input, of.rank, of.layout, of.leads);
      const { batch, channels } = parts;
      if (of.channels !== null && channels !== of.channels)
        throw refusal(
          of.who,
          say`expected ${of.channels} input channels, received ${channels} in ${shapeText(input)}`,
        );
      const { filters, groups } = counted(channels);
      if (channels % groups !== 0)
        throw refusal(of.who, say`${channels} input channels do not divide by ${groups} groups`);
      const problem = inWordsOf(of.who, () =>
        geometry({ batch, channels, filters, groups, flip: of.flip, axes: parts.sizes.map(of.axisOf) }),
      );
      return checked(of, problem, parts);
    },
  };
}

/** A pooling, everything decided but its input. */
export interface Pooled extends Made {
  readonly operation: 'max' | 'average';
  readonly divisor?: Divisor;
}

/** The layer that pools so. A maximum's axes hold -Infinity around the input, see {@link poolFill}. */
export function pooled(of: Pooled): Layer {
  return windowed(of, of.operation, of.operation, of.divisor);
}

/** What a pooling's pads hold. */
export function poolFill(operation: 'max' | 'average'): { fillBefore: number; fillAfter: number } {
  const fill = operation === 'max' ? -Infinity : 0;
  return { fillBefore: fill, fillAfter: fill };
}

/** What a convolution's last window hangs over the pads, as padding: to a convolution both are zeros. */
export function padHangover(of: Axis): Axis {
  return of.overhang === 0 ? of : axis({ ...of, after: of.after + of.overhang, overhang: 0 });
}

/** The layer that pads and crops so. */
export function padded(of: Made): Layer {
  return windowed(of, 'pad', 'pad');
}

function windowed(of: Made, kind: Layer['kind'], operation: Operation, divisor: Divisor = 'window'): Layer {
  return {
    ...common(of, kind),
    parameters: () => [],
    resolve: (input) => {
      const parts = takeApart(of.who, input, of.rank, of.layout, of.leads);
      const { batch, channels } = parts;
      const axes = inWordsOf(of.who, () => parts.sizes.map(of.axisOf));
      return checked(of, geometry({ operation, batch, channels, axes, divisor }), parts);
    },
  };
}

/**
 * Refuses an empty output, as most frameworks do: `kernel 5 spans 5, but the padded input is 3 wide (3 + 0 + 0)`.
 * @throws DialectError 'refused'
 */
export function refuseEmpty(who: string, axis: Axis, index: number, problem: Geometry): void {
  if (out(axis) > 0) return;
  const room = axis.size + axis.before + axis.after;
  const extent = (axis.kernel - 1) * axis.dilation + 1;
  throw refusal(
    who,
    say`the window spans ${extent} on axis ${index}, but the padded input is ${room} wide (${axis.size} + ${axis.before} + ${axis.after})`,
    problem,
  );
}

function checked(of: Made, problem: Geometry, parts: ReturnType<typeof takeApart>) {
  problem.axes.forEach((axis, index) => void of.refuse?.(axis, index, problem));
  return resolved([problem], parts, of.layout);
}

function common(of: Made, kind: Layer['kind']): Omit<Layer, 'parameters' | 'resolve'> {
  const space = of.who.indexOf(' ');
  return {
    framework: of.who.slice(0, space),
    name: of.who.slice(space + 1),
    kind,
    rank: of.rank,
    layout: of.layout,
    activation: of.activation ?? null,
    statedInput: of.statedInput ?? null,
    notes: of.notes ?? [],
  };
}
