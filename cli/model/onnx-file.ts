// The graph of an .onnx file: its nodes with their attributes, the shapes of its weights and of its inputs. The numbers of
// the weights are skipped. The file is a protocol buffer; the field numbers are those of onnx.proto (IR version 3 to 13).

import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { say } from '../../src/words/index.ts';
import { Failure, UNREADABLE } from '../failure.ts';

/** An attribute as ONNX has them, as far as they decide a shape. */
export type Attribute = number | string | readonly number[];

/** One node; `name` may be empty. */
export interface GraphNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A size that the file leaves open is null. */
export type OpenShape = readonly (number | null)[];

/** A graph, nodes in the order in which they run. */
export interface Graph {
  readonly opset: number;
  readonly nodes: readonly GraphNode[];
  /** Shapes of the weights, and of small integer constants their values. */
  readonly weights: ReadonlyMap<string, readonly number[]>;
  readonly constants: ReadonlyMap<string, readonly number[]>;
  readonly inputs: ReadonlyMap<string, OpenShape>;
}

const MOST_NODES = 100_000;
const MOST_CONSTANTS = 64;
const FLOAT = 1;
const INT64 = 7;

/** The graph of a file's bytes. @throws Failure 3 for bytes that are no ONNX model */
export function readGraph(bytes: Uint8Array, path: string): Graph {
  try {
    const graph = model(bytes);
    if (graph.nodes.length > 0) return graph;
  } catch (error) {
    if (error instanceof Failure) throw error;
  }
  throw new Failure(UNREADABLE, say`${path} is no ONNX model that padwise reads`);
}

type Fields = Readonly<Record<number, (reader: BinaryReader, type: WireType) => void>>;

/** Reads a message: the fields of interest, the others skipped. */
function message(bytes: Uint8Array, fields: Fields): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const read = fields[field];
    if (read === undefined) reader.skip(type, field);
    else read(reader, type);
  }
}

function model(bytes: Uint8Array): Graph {
  let opset = 0;
  const nodes: GraphNode[] = [];
  const weights = new Map<string, readonly number[]>();
  const constants = new Map<string, readonly number[]>();
  const inputs = new Map<string, OpenShape>();
  message(bytes, {
    7: (reader) =>
      message(reader.bytes(), {
        1: (inner) => {
          if (nodes.length >= MOST_NODES)
            throw new Failure(UNREADABLE, say`expected at most ${MOST_NODES} nodes`);
          nodes.push(node(inner.bytes(), constants));
        },
        5: (inner) => {
          const { name, shape, values } = tensor(inner.bytes());
          weights.set(name, shape);
          if (values !== null) constants.set(name, values);
        },
        11: (inner) => {
          const { name, shape } = valueInfo(inner.bytes());
          inputs.set(name, shape);
        },
      }),
    8: (reader) => {
      let [domain, version] = ['', 0];
      message(reader.bytes(), {
        1: (inner) => {
          domain = inner.string();
        },
        2: (inner) => {
          version = Number(inner.int64());
        },
      });
      if (domain === '' || domain === 'ai.onnx') opset = version;
    },
  });
  for (const name of weights.keys()) inputs.delete(name);
  return { opset, nodes, weights, constants, inputs };
}

function node(bytes: Uint8Array, constants: Map<string, readonly number[]>): GraphNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  let [name, operator] = ['', ''];
  const attributes: Record<string, Attribute> = {};
  let held: readonly number[] | null = null;
  message(bytes, {
    1: (reader) => void inputs.push(reader.string()),
    2: (reader) => void outputs.push(reader.string()),
    3: (reader) => {
      name = reader.string();
    },
    4: (reader) => {
      operator = reader.string();
    },
    5: (reader) => {
      const read = attribute(reader.bytes());
      if (read.value !== null) attributes[read.name] = read.value;
      held ??= read.tensor;
    },
  });
  if (operator === 'Constant' && held !== null) constants.set(outputs[0] ?? '', held);
  return { name, operator, inputs, outputs, attributes };
}

function attribute(bytes: Uint8Array) {
  let name = '';
  let value: Attribute | null = null;
  let held: readonly number[] | null = null;
  const list: number[] = [];
  message(bytes, {
    1: (reader) => {
      name = reader.string();
    },
    2: (reader) => {
      value = reader.float();
    },
    3: (reader) => {
      value = Number(reader.int64());
    },
    4: (reader) => {
      value = new TextDecoder().decode(reader.bytes());
    },
    5: (reader) => {
      held = tensor(reader.bytes()).values;
    },
    8: (reader, type) => repeated(reader, type, list),
  });
  return { name, value: list.length > 0 ? list : (value as Attribute | null), tensor: held };
}

/** Integers one by one or packed. */
function repeated(reader: BinaryReader, type: WireType, into: number[]): void {
  if (type !== WireType.LengthDelimited) return void into.push(Number(reader.int64()));
  const packed = new BinaryReader(reader.bytes());
  while (packed.pos < packed.len) into.push(Number(packed.int64()));
}

function tensor(bytes: Uint8Array) {
  const shape: number[] = [];
  const listed: number[] = [];
  let [name, type] = ['', FLOAT];
  let raw: Uint8Array | null = null;
  message(bytes, {
    1: (reader, wire) => repeated(reader, wire, shape),
    2: (reader) => {
      type = reader.int32();
    },
    7: (reader, wire) => repeated(reader, wire, listed),
    8: (reader) => {
      name = reader.string();
    },
    9: (reader) => {
      raw = reader.bytes();
    },
  });
  const count = shape.reduce((product, size) => product * size, 1);
  const small = type === INT64 && count <= MOST_CONSTANTS;
  return { name, shape, values: small ? (raw === null ? listed : integers(raw)) : null };
}

function integers(raw: Uint8Array): number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: Math.floor(raw.byteLength / 8) }, (_, i) =>
    Number(view.getBigInt64(8 * i, true)),
  );
}

function valueInfo(bytes: Uint8Array) {
  let name = '';
  const shape: (number | null)[] = [];
  const dimension = (reader: BinaryReader) => {
    let size: number | null = null;
    message(reader.bytes(), {
      1: (inner) => {
        size = Number(inner.int64());
      },
    });
    shape.push(size === null || size < 1 ? null : size);
  };
  message(bytes, {
    1: (reader) => {
      name = reader.string();
    },
    2: (type) =>
      message(type.bytes(), {
        1: (held) =>
          message(held.bytes(), {
            2: (sizes) => message(sizes.bytes(), { 1: (reader) => dimension(reader) }),
          }),
      }),
  });
  return { name, shape };
}
