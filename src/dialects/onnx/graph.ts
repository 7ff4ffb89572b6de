// Nodes name their tensors in words, so what the code says of a tensor stands elsewhere: in the node that makes a constant,
// in the declaration of an input or an initialiser. Here each name is put back as what it stands for.
//
//   pads = helper.make_node('Constant', [], ['pads'], value_ints=[0, 0, 1, 1, 0, 0, 1, 1])
//   helper.make_tensor_value_info('x', TensorProto.FLOAT, ['N', 3, 64, 64])         a shape; a free batch counts as 1
//   helper.make_tensor('W', TensorProto.FLOAT, [6, 3, 4, 4], values)
//   numpy_helper.from_array(np.zeros((6, 3, 4, 4)), 'W')
//   helper.make_node('Pad', ['x', 'pads'], ['y'])    is read as    ('Pad', [x of 1x3x64x64, (0, 0, 1, ...)], ['y'])
//
// Source: onnx/helper.py, make_node, make_tensor and make_tensor_value_info (1.23).

import type { Call, Shape, Value } from '../dialect.ts';
import { isTensor } from '../signature.ts';

/**
 * The calls that remain when declarations and constants are taken out, the inputs of nodes put back as what they name.
 * Calls of anything but ONNX's helpers stay as they are. `tensors` are the shapes of tensors known otherwise.
 */
export function settled<One extends Call>(
  calls: readonly One[],
  tensors: ReadonlyMap<string, Shape>,
): readonly One[] {
  if (!calls.some(({ path }) => DECLARES.test(path))) return calls;
  const known = new Map<string, Value>([...tensors].map(([tensor, shape]) => [tensor, { tensor, shape }]));
  return calls.flatMap((call) => {
    const told = declared(call);
    if (told === null) return [withInputs(call, known)];
    known.set(told.name, told.known);
    return [];
  });
}

const DECLARES = /(?:^|\.)(?:make_node|make_tensor|make_tensor_value_info|from_array)$/;

/** The tensor that a call declares; null for one that computes something. */
function declared({ path, args, keywords }: Call): { name: string; known: Value } | null {
  const argument = (index: number, name: string): Value => args[index] ?? keywords[name] ?? null;
  switch (/[^.]*$/.exec(path)?.[0]) {
    case 'make_node': {
      const [name] = words(argument(2, 'outputs'));
      return argument(0, 'op_type') === 'Constant' && name !== undefined
        ? { name, known: constant(keywords) ?? { tensor: name } }
        : null;
    }
    case 'make_tensor_value_info':
      return tensor(argument(0, 'name'), argument(2, 'shape'));
    case 'make_tensor': {
      const name = argument(0, 'name');
      const values = argument(3, 'vals');
      if (typeof name === 'string' && Array.isArray(values)) return { name, known: values };
      return tensor(name, argument(2, 'dims'));
    }
    case 'from_array': {
      const array = argument(0, 'arr');
      return tensor(argument(1, 'name'), isTensor(array) ? (array.shape ?? null) : null);
    }
    default:
      return null;
  }
}

/** The numbers of a Constant, or one number. */
function constant(attributes: Readonly<Record<string, Value>>): Value {
  return (
    attributes.value_ints ?? attributes.value_floats ?? attributes.value_int ?? attributes.value_float ?? null
  );
}

function tensor(name: Value, shape: Value): { name: string; known: Value } | null {
  if (typeof name !== 'string') return null;
  const [batch, ...rest] = Array.isArray(shape) ? (shape as readonly Value[]) : [];
  const sizes = [typeof batch === 'number' ? batch : 1, ...rest];
  const whole = batch !== undefined && sizes.every((size) => Number.isInteger(size) && (size as number) >= 0);
  return { name, known: whole ? { tensor: name, shape: sizes as number[] } : { tensor: name } };
}

function withInputs<One extends Call>(call: One, known: ReadonlyMap<string, Value>): One {
  if (!/(?:^|\.)make_node$/.test(call.path)) return call;
  const named = (value: Value): Value => {
    if (!Array.isArray(value)) return value;
    return (value as readonly Value[]).map((one) =>
      typeof one === 'string' && one !== '' ? (known.get(one) ?? { tensor: one }) : one,
    );
  };
  if (call.args.length > 1)
    return { ...call, args: call.args.map((value, i) => (i === 1 ? named(value) : value)) };
  return { ...call, keywords: { ...call.keywords, inputs: named(call.keywords.inputs ?? null) } };
}

function words(value: Value): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** Whether a call only wraps nodes that stand elsewhere, or in its own list: make_graph, make_model, check_model. */
export function wraps(path: string): boolean {
  return /(?:^|\.)(?:make_graph|make_model|make_opsetid|check_model|infer_shapes)$/.test(path);
}
