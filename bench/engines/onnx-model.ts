// An ONNX model of one Conv or ConvTranspose, its weight inside, as the bytes of its protobuf message: a field is its number
// and wire type, then a varint, or a length and that many bytes. Source: onnx.proto3; ONNX operators, Conv, ConvTranspose.

import type { Task } from '../task.ts';

const FLOAT = 1;
const [INT_ATTRIBUTE, INTS_ATTRIBUTE] = [2, 7];

/** The model's bytes: input x, output y, weight [filters, channels / groups, kernel], of a transposed one swapped. */
export function onnxModel(task: Task, weightShape: readonly number[], weight: Float32Array): Uint8Array {
  const ints = (name: string, values: readonly number[]) =>
    message(5, [string(1, name), ...values.map((value) => integer(8, value)), integer(20, INTS_ATTRIBUTE)]);
  const node = message(1, [
    string(1, 'x'),
    string(1, 'w'),
    string(2, 'y'),
    string(4, task.transposed ? 'ConvTranspose' : 'Conv'),
    ints('kernel_shape', task.kernel),
    ints('strides', task.stride),
    ints('dilations', task.dilation),
    ints('pads', [...task.before, ...task.after]),
    message(5, [string(1, 'group'), integer(3, task.groups), integer(20, INT_ATTRIBUTE)]),
  ]);
  const tensor = message(5, [
    ...weightShape.map((size) => integer(1, size)),
    integer(2, FLOAT),
    string(8, 'w'),
    bytes(9, new Uint8Array(weight.buffer, weight.byteOffset, weight.byteLength)),
  ]);
  const value = (field: number, name: string, shape: readonly number[]) => {
    const dimensions = message(
      2,
      shape.map((size) => message(1, [integer(1, size)])),
    );
    return message(field, [string(1, name), message(2, [message(1, [integer(1, FLOAT), dimensions])])]);
  };
  const graph = message(7, [
    node,
    string(2, 'one convolution'),
    tensor,
    value(11, 'x', [task.batch, task.channels, ...task.sizes]),
    value(12, 'y', [task.batch, task.filters, ...task.outs]),
  ]);
  return joined([integer(1, 8), graph, message(8, [string(1, ''), integer(2, 17)])]);
}

function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  return bytes(field, joined(parts));
}

function string(field: number, text: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(text));
}

function bytes(field: number, content: Uint8Array): Uint8Array {
  return joined([Uint8Array.from([...varint(field * 8 + 2), ...varint(content.length)]), content]);
}

function integer(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
