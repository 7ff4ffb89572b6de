// ONNX: nodes as they are made in Python, N C sizes. A node is helper.make_node of an operator, its inputs' and outputs'
// names, and the operator's attributes; onnx/graph.ts puts back what the names stand for.
//
//   helper.make_node('Conv', ['x', 'W', 'B'], ['y'], name='conv1', strides=[2, 2], auto_pad='SAME_UPPER')
//
//   pads        begins of all axes, then ends; auto_pad instead of them, never beside them
//   ceil_mode   drops a last window that would start beyond the input and the begin pad
//   SAME        of a transposed convolution: size * stride outputs
//
// The specification is meant: the operators' texts of opset 22 and their shape inference. Where onnx.reference computes
// something else, oracle/DISAGREEMENTS.md has it; where ONNX Runtime does, onnxruntime.ts.
// Sources: github.com/onnx/onnx, docs/Operators.md, onnx/defs/nn/defs.cc (1.23).

import { say } from '../words/index.ts';
import type { Dialect, Layer, Reader } from './dialect.ts';
import { DialectError } from './error.ts';
import { conv, convTranspose } from './onnx/conv.ts';
import { MAKE_NODE, type Node, nodeOf, whoOf } from './onnx/node.ts';
import { pad, slice } from './onnx/pad.ts';
import { globalPool, pool } from './onnx/pool.ts';
import { type Rules, SPECIFICATION } from './onnx/rules.ts';
import { batchNormalization, flatten, gemm, POINTWISE, pointwise } from './onnx/still.ts';
import type { Arguments } from './signature.ts';

interface Operator {
  /** Its attributes, as a signature. */
  readonly attributes: string;
  /** How many inputs it takes. */
  readonly inputs: readonly [least: number, most: number];
  read(node: Node, rules: Rules): Layer;
}

const WINDOW = 'auto_pad="NOTSET", dilations=None, kernel_shape=None, pads=None, strides=None';

const OPERATORS: Readonly<Record<string, Operator>> = {
  Conv: { attributes: `${WINDOW}, group=1`, inputs: [2, 3], read: conv },
  ConvTranspose: {
    attributes: `${WINDOW}, group=1, output_padding=None, output_shape=None`,
    inputs: [2, 3],
    read: convTranspose,
  },
  MaxPool: {
    attributes: `${WINDOW}, ceil_mode=0, storage_order=0`,
    inputs: [1, 1],
    read: (node, rules) => pool(node, 'max', rules),
  },
  AveragePool: {
    attributes: `${WINDOW}, ceil_mode=0, count_include_pad=0`,
    inputs: [1, 1],
    read: (node, rules) => pool(node, 'average', rules),
  },
  GlobalMaxPool: { attributes: '', inputs: [1, 1], read: (node) => globalPool(node, 'max') },
  GlobalAveragePool: { attributes: '', inputs: [1, 1], read: (node) => globalPool(node, 'average') },
  Pad: { attributes: 'mode="constant", pads=None, value=0.0', inputs: [1, 4], read: pad },
  Slice: { attributes: 'axes=None, ends=None, starts=None', inputs: [1, 5], read: slice },
  BatchNormalization: { attributes: '**attributes', inputs: [1, 5], read: batchNormalization },
  Flatten: { attributes: 'axis=1', inputs: [1, 1], read: flatten },
  Gemm: { attributes: 'alpha=1.0, beta=1.0, transA=0, transB=0', inputs: [2, 3], read: gemm },
};

/** The readers of ONNX's nodes for an implementation's rules. */
export function readers(rules: Rules): Readonly<Record<string, Reader>> {
  return { 'onnx.helper.make_node': { signature: MAKE_NODE, read: (args) => read(args, rules) } };
}

function read(call: Arguments, rules: Rules): Layer {
  const type = call.value('op_type');
  if (typeof type !== 'string') call.refuse('op_type', 'the name of an operator');
  const operator = operatorOf(type as string);
  if (operator === undefined) throw unread(call, type as string);
  return operator.read(nodeOf(call, operator.attributes, operator.inputs), rules);
}

function operatorOf(type: string): Operator | undefined {
  if (POINTWISE.has(type)) return { attributes: '**attributes', inputs: [1, 9], read: pointwise };
  return Object.hasOwn(OPERATORS, type) ? OPERATORS[type] : undefined;
}

function unread(call: Arguments, type: string): DialectError {
  const known = [...Object.keys(OPERATORS), 'and activations'].join(', ');
  const similar = { LpPool: 'AveragePool', GlobalLpPool: 'GlobalAveragePool' }[type];
  return new DialectError('unknown', say`${whoOf(call)}: padwise does not read this operator`, {
    hint:
      similar === undefined
        ? say`It reads ${known}.`
        : say`Its windows are those of ${similar} with the same attributes.`,
  });
}

/** What nodes are usually made with. */
export const ALIASES: Readonly<Record<string, string>> = { helper: 'onnx.helper' };

/** ONNX, the specification. */
export const onnx: Dialect = { id: 'onnx', title: 'ONNX', aliases: ALIASES, readers: readers(SPECIFICATION) };
