// Layers of a stack that slide no window, and those whose window is the whole input: what they do to the shape, and their
// parameters. Pasted models are full of them; none has a step of its own unless it is a geometry:
//
//   pointwise   activation, normalisation, dropout     the shape stays             BatchNorm: 2C trained, 2C counted
//   flatten     (N, C, H, W) -> (N, C*H*W)
//   dense       (.., F) -> (.., units)                 F * units multiply-adds a row
//   input       states the shape of one element
//   global      one window over everything, adaptive ones where every window is equally wide
//   upsampled   nearest by a whole factor: the window of `factor` over an input with factor - 1 holes between its elements
//               holds one element

import { axis, geometry } from '../geometry/index.ts';
import { say } from '../words/index.ts';
import { pooled, poolFill } from './builder.ts';
import {
  type Layer,
  type LayerKind,
  type Layout,
  type Parameter,
  refusal,
  resolved,
  type Shape,
  shapeText,
  takeApart,
} from './dialect.ts';
import { DialectError } from './error.ts';
import type { Arguments } from './signature.ts';

/** What is known of a layer that slides no window. */
export interface Still {
  readonly kind: Extract<LayerKind, 'pointwise' | 'flatten' | 'dense' | 'input'>;
  readonly channels?: number;
  readonly activation?: string | null;
  readonly statedInput?: Shape;
  /** Names and sizes of its arrays, from the features it sees. */
  arrays?(features: number): readonly Array[];
  /** Its output for an input that fits. */
  output?(input: Shape): Shape;
  /** Multiply-adds for an input. */
  work?(input: Shape): number;
  /** Throws where the framework refuses the input. */
  refuse?(input: Shape): void;
}

/** An array a layer holds; a statistic is counted while training, not trained. */
export interface Array {
  readonly name: string;
  readonly shape: Shape;
  readonly role: Parameter['role'];
}

/** The layer that is that. */
export function still(args: Arguments, of: Still): Layer {
  const { framework, name } = spoken(args);
  return {
    framework,
    name,
    kind: of.kind,
    rank: 0,
    layout: LAST.has(framework) ? 'last' : 'first',
    channels: of.channels ?? null,
    activation: of.activation ?? null,
    statedInput: of.statedInput ?? null,
    notes: [],
    parameters: (features) =>
      (of.arrays?.(features) ?? []).map((one) => ({
        ...one,
        order: one.shape.length === 2 ? 'k' : 'go',
        step: NO_STEP,
        initialiser: { kind: one.role === 'scale' ? 'ones' : 'zeros' },
      })),
    resolve: (input) => {
      of.refuse?.(input);
      return {
        steps: [],
        output: of.output?.(input) ?? input,
        ...(of.work === undefined ? {} : { multiplyAdds: of.work(input) }),
      };
    },
  };
}

/** Frameworks whose channels stand last unless said otherwise. */
const LAST: ReadonlySet<string> = new Set(['keras', 'tensorflow', 'flax', 'tfjs', 'mlx']);

/** Arrays of a layer without a window belong to no step. */
const NO_STEP = -1;

function spoken({ who }: Arguments): { framework: string; name: string } {
  const space = who.indexOf(' ');
  return { framework: who.slice(0, space), name: who.slice(space + 1) };
}

/** One number a channel under each of these names. */
export function perChannel(names: Readonly<Record<string, Parameter['role']>>, features: number): Array[] {
  return Object.entries(names).map(([name, role]) => ({ name, role, shape: [features] }));
}

/** A normalisation that fixes its channels, which stand at index 1. */
export function fixedChannels(args: Arguments, channels: number): Pick<Still, 'channels' | 'refuse'> {
  return {
    channels,
    refuse: (input) => {
      if (input[1] !== channels)
        throw refusal(
          args.who,
          say`expected ${channels} channels, received ${input[1] ?? 0} in ${shapeText(input)}`,
        );
    },
  };
}

/** Everything from dimension `from` to `to` as one. */
export function flattened(args: Arguments, from: number = 1, to: number = -1): Layer {
  return still(args, {
    kind: 'flatten',
    output: (input) => {
      const [low, high] = [from, to].map((at) => (at < 0 ? input.length + at : at)) as [number, number];
      if (low > high || high >= input.length) return input;
      return [...input.slice(0, low), volume(input.slice(low, high + 1)), ...input.slice(high + 1)];
    },
  });
}

/** A matrix over the last dimension; with `whole`, over everything but the first. */
export function dense(
  args: Arguments,
  units: number,
  given: {
    readonly features?: number;
    readonly bias: boolean;
    readonly whole?: boolean;
    readonly activation?: string | null;
    readonly names: readonly [kernel: string, bias: string];
    /** Whether the kernel's first dimension is the output's. */
    readonly outputFirst: boolean;
  },
): Layer {
  const rows = (input: Shape) => (given.whole === true ? input.slice(0, 1) : input.slice(0, -1));
  const seen = (input: Shape) => (given.whole === true ? volume(input.slice(1)) : (input.at(-1) ?? 0));
  const [kernel, bias] = given.names;
  return still(args, {
    kind: 'dense',
    ...(given.activation === undefined ? {} : { activation: given.activation }),
    arrays: (features) => [
      { name: kernel, role: 'kernel', shape: given.outputFirst ? [units, features] : [features, units] },
      ...(given.bias ? [{ name: bias, role: 'bias' as const, shape: [units] }] : []),
    ],
    refuse: (input) => {
      if (given.features !== undefined && seen(input) !== given.features)
        throw refusal(
          args.who,
          say`expected ${given.features} features, received ${seen(input)} in ${shapeText(input)}`,
        );
    },
    output: (input) => [...rows(input), units],
    work: (input) => volume(rows(input)) * seen(input) * units,
  });
}

function volume(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A window over the whole input; without `keep`, the axes it leaves are dropped. */
export function global(
  args: Arguments,
  rank: number,
  operation: 'max' | 'average',
  { layout, keep, leads }: { layout: Layout; keep: boolean; leads?: readonly number[] },
): Layer {
  const whole = pooled({
    who: args.who,
    rank,
    layout,
    operation,
    ...(leads === undefined ? {} : { leads }),
    axisOf: (size) => axis({ size, kernel: Math.max(1, size), ...poolFill(operation) }),
  });
  if (keep) return whole;
  const shrunk = (output: Shape) =>
    layout === 'first' ? output.slice(0, -rank) : [...output.slice(0, -rank - 1), ...output.slice(-1)];
  return {
    ...whole,
    resolve: (input) => {
      const { steps, output } = whole.resolve(input);
      return { steps, output: shrunk(output) };
    },
  };
}

/** As many windows as asked, null for all; read where each is equally wide. */
export function adaptive(
  args: Arguments,
  rank: number,
  operation: 'max' | 'average',
  wanted: readonly (number | null)[],
): Layer {
  return pooled({
    who: args.who,
    rank,
    layout: 'first',
    operation,
    leads: [0, 1],
    axisOf: (size, index) => {
      const windows = wanted[index] ?? size;
      if (windows < 1 || size % windows !== 0 || size === 0) {
        const why = say`the windows of ${windows} outputs from a size of ${size} are not equally wide; padwise reads sizes that the output divides`;
        // The framework takes them.
        throw new DialectError('unsayable', refusal(args.who, why).sentence);
      }
      const kernel = size / windows;
      return axis({ size, kernel, stride: kernel, ...poolFill(operation) });
    },
  });
}

/** Every element `factor` times along each axis. */
export function upsampled(args: Arguments, factors: readonly number[], layout: Layout): Layer {
  const rank = factors.length;
  return {
    ...still(args, { kind: 'pointwise' }),
    kind: 'average',
    rank,
    layout,
    resolve: (input) => {
      const parts = takeApart(args.who, input, rank, layout);
      const axes = parts.sizes.map((size, i) => {
        const factor = factors[i] as number;
        const around = factor - 1;
        return axis({ size, kernel: factor, inputDilation: factor, before: around, after: around });
      });
      const { batch, channels } = parts;
      const step = geometry({ operation: 'average', divisor: 1, batch, channels, axes });
      return resolved([step], parts, layout);
    },
  };
}
