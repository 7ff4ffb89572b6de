// The nodes of an ONNX graph that slide, as layers, and every tensor's shape as far as the graph lets one follow it: through
// windows, through what keeps a shape, through sums and concatenations. Where a shape can no longer be followed (a Reshape, a
// matrix product) it is left open, not guessed.

import {
  DialectError,
  type Layer,
  onnx,
  readCall,
  type Shape,
  type Value,
} from '../../src/dialects/index.ts';
import type { Geometry } from '../../src/geometry/index.ts';
import type { Graph, GraphNode } from './onnx-file.ts';

/** A sliding node: its layer or why there is none, and its shapes and steps where they can be followed. */
export interface SlidingNode {
  readonly name: string;
  readonly operator: string;
  readonly attributes: GraphNode['attributes'];
  readonly layer: Layer | null;
  readonly input: Shape | null;
  readonly output: Shape | null;
  readonly steps: readonly Geometry[];
  /** The framework's refusal, where it refuses. */
  readonly refused: DialectError | null;
}

const SLIDES: ReadonlySet<string> = new Set(
  'Conv ConvTranspose MaxPool AveragePool LpPool Pad GlobalMaxPool GlobalAveragePool'.split(' '),
);
const KEEPS: ReadonlySet<string> = new Set(
  (
    'Relu LeakyRelu PRelu Elu Selu Celu Sigmoid HardSigmoid HardSwish Tanh Clip Softplus Softsign Erf Gelu Mish Softmax ' +
    'BatchNormalization InstanceNormalization GroupNormalization LayerNormalization LRN Dropout Identity Cast Neg Abs ' +
    'Sqrt Exp Log Floor Ceil Round QuantizeLinear DequantizeLinear'
  ).split(' '),
);
const SPREADS: ReadonlySet<string> = new Set('Add Sub Mul Div Pow Max Min Sum Mean'.split(' '));

/** The sliding nodes of a graph on inputs of these shapes. */
export function slidingNodes(graph: Graph, inputs: ReadonlyMap<string, Shape>): readonly SlidingNode[] {
  const shapes = new Map<string, Shape>([...graph.weights, ...inputs]);
  return graph.nodes.flatMap((node): SlidingNode[] => {
    const [first = ''] = node.inputs;
    const [output = ''] = node.outputs;
    if (!SLIDES.has(node.operator)) {
      const shape = through(node, shapes);
      if (shape !== null) shapes.set(output, shape);
      return [];
    }
    const found = sliding(node, graph, shapes.get(first) ?? null);
    if (found.output !== null) shapes.set(output, found.output);
    return [found];
  });
}

function sliding(node: GraphNode, graph: Graph, input: Shape | null): SlidingNode {
  const base = {
    name: node.name === '' ? (node.outputs[0] ?? '') : node.name,
    operator: node.operator,
    attributes: node.attributes,
    input,
  };
  const nothing = { layer: null, output: null, steps: [], refused: null };
  try {
    const layer = readCall([onnx], callOf(node, graph, input));
    if (input === null) return { ...base, ...nothing, layer };
    const { steps, output } = layer.resolve(input);
    return { ...base, layer, output, steps, refused: null };
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
    return { ...base, ...nothing, refused: error };
  }
}

function callOf(node: GraphNode, graph: Graph, input: Shape | null) {
  const inputs = node.inputs.map((name, i): Value => {
    const shape = i === 0 ? input : graph.weights.get(name);
    const values = graph.constants.get(name);
    if (i > 0 && values !== undefined) return values;
    return shape == null ? { tensor: name } : { tensor: name, shape };
  });
  return {
    path: 'onnx.helper.make_node',
    args: [node.operator, inputs, node.outputs],
    keywords: { ...node.attributes, ...(node.name === '' ? {} : { name: node.name }) },
  };
}

/** The output shape of a node that does not slide; null where it cannot be followed. */
function through(node: GraphNode, shapes: ReadonlyMap<string, Shape>): Shape | null {
  const inputs = node.inputs.map((name) => shapes.get(name) ?? null);
  const [first = null] = inputs;
  if (KEEPS.has(node.operator)) return first;
  if (inputs.some((shape) => shape === null)) return null;
  const all = inputs as readonly Shape[];
  if (SPREADS.has(node.operator)) return spread(all);
  if (node.operator === 'Concat' && typeof node.attributes.axis === 'number') {
    const rank = first?.length ?? 0;
    const axis = node.attributes.axis < 0 ? node.attributes.axis + rank : node.attributes.axis;
    return (first ?? []).map((size, d) =>
      d === axis ? all.reduce((sum, shape) => sum + (shape[d] ?? 0), 0) : size,
    );
  }
  return null;
}

/** Shapes spread over each other from the last dimension on. */
function spread(shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, d) =>
    Math.max(...shapes.map((shape) => shape[d - rank + shape.length] ?? 1)),
  );
}
