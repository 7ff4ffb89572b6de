// How a framework says a layer. A dialect is one file: it reads a call in the framework's words into a Layer, and writes
// a Geometry back as the framework's code. Nothing outside it knows the framework's names, defaults, orders or quirks.
//
//   Call --signature--> Arguments --reader--> Layer --input shape--> Geometry --write--> code
//
// Adding a framework: a file that exports a Dialect, its line in dialects/index.ts, and its fixtures (CONTRIBUTING.md).

import { checkInteger, type Geometry, GeometryError, outputShape, print } from '../geometry/index.ts';
import { either, say, type Text } from '../words/index.ts';
import { DialectError } from './error.ts';
import type { Arguments } from './signature.ts';

/** Sizes, outermost first. */
export type Shape = readonly number[];

/** A tensor that pasted code names or makes, e.g. `x` or `torch.zeros(6, 3, 4, 4)`; its shape when known. */
export interface NamedTensor {
  readonly tensor: string;
  readonly shape?: Shape;
}

/** A Python float, such as 3.0 or float('-inf'): no integer even where it is whole. A face may pass a number instead. */
export interface Float {
  readonly float: number;
}

/** Named values in braces, such as JavaScript's { filters: 6, kernelSize: 4 }. */
export interface Fields {
  readonly fields: Readonly<Record<string, Value>>;
}

/** A literal of pasted code: None is null, tuples and lists are arrays. */
export type Value = null | boolean | number | string | Float | NamedTensor | Fields | readonly Value[];

/** A call as pasted or as made through a face: the full dotted name, positional and keyword arguments. */
export interface Call {
  readonly path: string;
  readonly args: readonly Value[];
  readonly keywords: Readonly<Record<string, Value>>;
}

/** Where the channels stand in the framework's data: N C sizes (first) or N sizes C (last). */
export type Layout = 'first' | 'last';

/** How a parameter is filled before training; `deviation` of a truncated normal is after truncation. */
export type Initialiser =
  | { readonly kind: 'zeros' | 'ones' }
  | { readonly kind: 'uniform'; readonly limit: number }
  | { readonly kind: 'normal' | 'truncatedNormal'; readonly deviation: number };

/**
 * One trainable array. `order` says what each of its dimensions holds, outermost first: k stands for all spatial
 * dimensions, o and i for output and input channels of one group, g for the group; letters together share a
 * dimension. PyTorch's conv weight is 'go i k', its transposed one 'gi o k', Keras' 'k i go', a bias 'go'.
 */
export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  readonly order: string;
  /** A scale multiplies a channel; a statistic is counted, not trained. */
  readonly role: 'kernel' | 'bias' | 'scale' | 'statistic';
  /** Which of the layer's steps it belongs to; 0 unless the layer is separable, -1 where it has none. */
  readonly step: number;
  readonly initialiser: Initialiser;
}

/** A layer on one input: the geometries it runs in order, canonical (N, C, sizes), and its output in its own layout. */
export interface Resolved {
  readonly steps: readonly Geometry[];
  readonly output: Shape;
  /** Multiply-adds of a layer that has no steps; absent for none. */
  readonly multiplyAdds?: number;
}

/** What a layer does; separable is a depthwise step and a pointwise one. The last four slide no window: they have no steps. */
export type LayerKind =
  | 'conv'
  | 'transposed'
  | 'depthwise'
  | 'separable'
  | 'max'
  | 'average'
  | 'pad'
  | 'pointwise'
  | 'flatten'
  | 'dense'
  | 'input';

/** What a dialect read: everything about the layer that its input does not decide. */
export interface Layer {
  readonly framework: string;
  /** The framework's short name for it: nn.Conv2d, Conv2D, lax.conv_transpose. */
  readonly name: string;
  readonly kind: LayerKind;
  /** Spatial axes; 0 where it takes any number of them. */
  readonly rank: number;
  readonly layout: Layout;
  /** The number of input channels the code fixes; null or absent where the input decides. */
  readonly channels?: number | null;
  /** Applied to the output, by its Keras name; null for none. */
  readonly activation: string | null;
  /** The input shape the code itself states (Keras' input_shape), batch excluded; null if none. */
  readonly statedInput: Shape | null;
  /** Layers of a chain that slide no window, by name: nn.ReLU. They are in none of its steps. Absent for none. */
  readonly stills?: readonly string[];
  /** Facts a reader should know: versions in which this behaved otherwise, known bugs. */
  readonly notes: readonly Text[];
  /** Parameters in the framework's order; none for pooling and padding. `channels` are those of the input. */
  parameters(channels: number): readonly Parameter[];
  /**
   * The geometry for an input shape in the layer's own layout.
   * @throws DialectError where the framework refuses, in its words; GeometryError for impossible integers
   */
  resolve(input: Shape): Resolved;
}

/**
 * Exact code for one geometry, each line readable again; or why the framework cannot say it, one sentence. One line is
 * the layer itself, `nn.Conv2d(3, 6, 4)`; several are statements on x, `x = F.pad(x, (0, 1))`, `x = nn.Conv2d(3, 6, 4)(x)`.
 * `tensors` are the shapes of the tensors that functional code names.
 */
export type Spelling =
  | { readonly lines: readonly string[]; readonly tensors?: Readonly<Record<string, Shape>> }
  | { readonly impossible: Text };

/** One layer or function of a framework: its Python signature, and how its arguments become a Layer. */
export interface Reader {
  /** As Python declares it: 'in_channels, out_channels, kernel_size, stride=1, *, bias=True, **kwargs'. */
  readonly signature: string;
  read(args: Arguments): Layer;
}

/** A framework's words: a table of readers, one for each layer and function. */
export interface Dialect {
  /** torch, keras, tensorflow, mxnet, flax, jax. */
  readonly id: string;
  /** As its makers write it: PyTorch. */
  readonly title: string;
  /** What `import ... as` usually calls its modules: { F: 'torch.nn.functional' }. */
  readonly aliases: Readonly<Record<string, string>>;
  /**
   * What its answers rest on where no run of the framework stands behind them, one sentence that every answer repeats.
   * Absent where the oracle runs the framework.
   */
  readonly unverified?: Text;
  /** Whether an object as the last argument holds keywords, as JavaScript has it: conv2d({ filters: 6 }). */
  readonly objects?: boolean;
  /** Readers by full dotted name: 'torch.nn.Conv2d'. */
  readonly readers: Readonly<Record<string, Reader>>;
}

/** An input shape taken apart. `lead` are the dimensions before the channels, `batch` their product. */
export interface Parts {
  readonly lead: Shape;
  readonly batch: number;
  readonly channels: number;
  readonly sizes: Shape;
}

/**
 * Takes an input shape apart; `leads` are the allowed numbers of leading (batch) dimensions.
 * @throws DialectError naming the layer when the rank does not suit
 */
export function takeApart(
  who: string,
  input: Shape,
  rank: number,
  layout: Layout,
  leads: readonly number[] = [1],
): Parts {
  for (const size of input) checkInteger('input', size, 0);
  const count = input.length - rank - 1;
  if (!leads.includes(count)) {
    const dims = either(leads.map((lead) => String(lead + rank + 1)));
    const received = shapeText(input);
    throw new DialectError(
      'input',
      layout === 'first'
        ? say`${who}: expected an input of ${dims} dimensions, channels first, received ${received}`
        : say`${who}: expected an input of ${dims} dimensions, channels last, received ${received}`,
    );
  }
  const lead = input.slice(0, count);
  const rest = input.slice(count);
  const channels = (layout === 'first' ? rest[0] : rest.at(-1)) as number;
  const sizes = layout === 'first' ? rest.slice(1) : rest.slice(0, -1);
  return { lead, batch: lead.reduce((product, n) => product * n, 1), channels, sizes };
}

/** The resolved layer of these steps, its output in the layout and with the leading dimensions of its input. */
export function resolved(steps: readonly Geometry[], parts: Parts, layout: Layout): Resolved {
  const last = steps.at(-1) as Geometry;
  const [, filters = 0, ...outs] = outputShape(last);
  return {
    steps,
    output: layout === 'first' ? [...parts.lead, filters, ...outs] : [...parts.lead, ...outs, filters],
  };
}

/** A shape as people write it: 1x3x64x64. */
export function shapeText(shape: Shape): string {
  return shape.length === 0 ? '()' : shape.join('x');
}

/**
 * Runs `make` and turns a GeometryError into the layer's own words, so that a caller sees one kind of sentence.
 * @throws DialectError 'refused'
 */
export function inWordsOf<T>(who: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof GeometryError) throw new DialectError('refused', say`${who}: ${error.sentence}`);
    throw error;
  }
}

/** The sentence of a framework that refuses this geometry: `keras Conv2D: why. [problem string]`. */
export function refusal(who: string, why: Text, geometry?: Geometry): DialectError {
  const problem = geometry === undefined ? '' : ` [${print(geometry)}]`;
  return new DialectError('refused', say`${who}: ${why}.${problem}`);
}
