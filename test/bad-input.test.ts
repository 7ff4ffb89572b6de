// Input that cannot be: numbers of other types, shapes that do not match, settings that are none. One clear sentence each.

import { afterAll, describe, expect, it } from 'vitest';
import { configure } from '../src/engine/configure.ts';
import { run } from '../src/engine/engine.ts';
import { gradients } from '../src/engine/gradient.ts';
import { convGradients, maxPoolGradient } from '../src/engine/gradient-operations.ts';
import { resident } from '../src/engine/held.ts';
import { avgPool, conv, convTranspose, maxPool, pad } from '../src/engine/operations.ts';
import { plan } from '../src/engine/planned.ts';
import { prepare } from '../src/engine/prepare.ts';
import { prepareGradients } from '../src/engine/prepare-gradients.ts';
import { settings } from '../src/engine/settings.ts';
import { axis, parse } from '../src/geometry/index.ts';
import { tensor, zeros } from '../src/tensor/tensor.ts';
import {
  any,
  back,
  conv2d,
  input,
  layer,
  of,
  outputGradient,
  said,
  stepped,
  w,
  weight,
  x,
} from './bad-input.ts';

const usual = settings();
afterAll(() => configure(usual));

describe('a clear sentence for', () => {
  it('numbers of another type', () => {
    const Float16Array = (globalThis as unknown as { Float16Array: new (length: number) => object })
      .Float16Array;
    expect(
      said({
        'whole numbers': () => run(of, { input: any(new Int32Array(50)), weight }),
        'half precision': () => run(of, { input: any(new Float16Array(50)), weight }),
        'large integers': () => run(of, { input, weight: any(new BigInt64Array(36)) }),
        'a plain array': () => run(of, { input: any([...input]), weight }),
        'a plain bias': () => run(of, { input, weight, bias: any([1, 2]) }),
        'a buffer': () => run(of, { input: any(new ArrayBuffer(200)), weight }),
        nothing: () => run(of, { input: any(null), weight }),
        words: () => run(of, { input: any('one'), weight }),
        'whole numbers with steps': () => run(of, stepped({}, 0, new Int32Array(50))),
        'weights to prepare': () => prepare(of, { weight: any([...weight]) }),
        'a bias to prepare': () => prepare(of, { weight, bias: any(new Uint8Array(2)) }),
        'an array for a tensor': () => layer()(any(input)),
        'nothing for a tensor': () => layer()(any(undefined)),
        'a tensor of whole numbers': () => layer()({ ...x, data: any(new Int32Array(50)) }),
        'a gradient': () => gradients(of, { input, weight, outputGradient: any(new Int32Array(50)) }),
        'no gradient': () => gradients(of, any({ input, weight })),
        'no gradient as tensor': () => back()(x, any(null)),
        resident: () => resident(any(input)),
        conv: () => conv(any(input), w),
        "conv's weight": () => conv(x, any(undefined)),
        "conv's bias": () => conv(x, w, { bias: any([1, 2]) }),
        maxPool: () => maxPool(any(null), 2),
        convGradients: () => convGradients(x, w, any(null)),
        tensor: () => tensor(any(new BigInt64Array(2))),
        'a layer': () => conv2d(any(input)),
      }),
    ).toMatchInlineSnapshot(`
      "whole numbers
          EngineError: input: expected numbers in a Float32Array or Float64Array, received Int32Array. [1x2x5x5 k3 p1 -> 2]
      half precision
          EngineError: input: expected numbers in a Float32Array or Float64Array, received Float16Array. [1x2x5x5 k3 p1 -> 2]
      large integers
          EngineError: weight: expected numbers in a Float32Array or Float64Array, received BigInt64Array. [1x2x5x5 k3 p1 -> 2]
      a plain array
          EngineError: input: expected numbers in a Float32Array or Float64Array, received Array. [1x2x5x5 k3 p1 -> 2]
      a plain bias
          EngineError: bias: expected numbers in a Float32Array or Float64Array, received Array. [1x2x5x5 k3 p1 -> 2]
      a buffer
          EngineError: input: expected numbers in a Float32Array or Float64Array, received ArrayBuffer. [1x2x5x5 k3 p1 -> 2]
      nothing
          EngineError: input: expected numbers in a Float32Array or Float64Array, received null. [1x2x5x5 k3 p1 -> 2]
      words
          EngineError: input: expected numbers in a Float32Array or Float64Array, received 'one'. [1x2x5x5 k3 p1 -> 2]
      whole numbers with steps
          EngineError: input: expected numbers in a Float32Array or Float64Array, received Int32Array. [1x2x5x5 k3 p1 -> 2]
      weights to prepare
          EngineError: weight: expected numbers in a Float32Array or Float64Array, received Array. [1x2x5x5 k3 p1 -> 2]
      a bias to prepare
          EngineError: bias: expected numbers in a Float32Array or Float64Array, received Uint8Array. [1x2x5x5 k3 p1 -> 2]
      an array for a tensor
          EngineError: input: expected a tensor of 1x2x5x5, received Float32Array. [1x2x5x5 k3 p1 -> 2]
      nothing for a tensor
          EngineError: input: expected a tensor of 1x2x5x5, received undefined. [1x2x5x5 k3 p1 -> 2]
      a tensor of whole numbers
          EngineError: input: expected a tensor of 1x2x5x5, received Object. [1x2x5x5 k3 p1 -> 2]
      a gradient
          EngineError: outputGradient: expected numbers in a Float32Array or Float64Array, received Int32Array. [1x2x5x5 k3 p1 -> 2]
      no gradient
          EngineError: outputGradient: expected numbers in a Float32Array or Float64Array, received undefined. [1x2x5x5 k3 p1 -> 2]
      no gradient as tensor
          EngineError: outputGradient: expected a tensor of 1x2x5x5, received null. [1x2x5x5 k3 p1 -> 2]
      resident
          TensorError: resident: expected a tensor, received Float32Array
      conv
          GeometryError: conv: input: expected a tensor, made by tensor(data, shape), received Float32Array
      conv's weight
          GeometryError: conv: weight: expected a tensor, made by tensor(data, shape), received undefined
      conv's bias
          GeometryError: conv: bias: expected a tensor, made by tensor(data, shape), received Array
      maxPool
          GeometryError: maxPool: input: expected a tensor, made by tensor(data, shape), received null
      convGradients
          GeometryError: convGradients: outputGradient: expected a tensor, made by tensor(data, shape), received null
      tensor
          TensorError: tensor: expected an array of numbers, received BigInt64Array
      a layer
          DialectError: torch nn.Conv2d: expected a tensor as its input, made by tensor(data, shape), received object"
    `);
  });

  it('shapes that do not match', () => {
    expect(
      said({
        'a short input': () => run(of, { input: input.subarray(1), weight }),
        'a long input': () => run(of, { input: new Float32Array(51), weight }),
        'a short weight': () => run(of, { input, weight: weight.subarray(1) }),
        'a long weight': () => run(of, { input, weight: new Float32Array(37) }),
        'no weight': () => run(of, { input }),
        'a short bias': () => run(of, { input, weight, bias: new Float32Array(1) }),
        'weights to prepare': () => prepare(of, { weight: zeros([2, 2, 3, 4]) }),
        'weights in another order': () => prepare(of, { weight: zeros([3, 3, 2, 2]) }),
        'a bias to prepare': () => prepare(of, { weight, bias: zeros([1, 2]) }),
        'no weights to prepare': () => prepare(of),
        'no weights for gradients': () => prepareGradients(of, {}),
        'a tensor': () => layer()(zeros([1, 2, 5, 4])),
        'tensors for gradients': () => back()(x, zeros([1, 2, 5, 4])),
        'a gradient': () => gradients(of, { input, weight, outputGradient: new Float32Array(49) }),
        'a gradient that is none': () =>
          gradients(of, { input, weight, outputGradient }, { wanted: any(['kernel']) }),
        "conv's channels": () => conv(zeros([1, 3, 5, 5]), w),
        "conv's dimensions": () => conv(zeros([1, 2, 5]), w),
        "conv's bias": () => conv(x, w, { bias: zeros([3]) }),
        convTranspose: () => convTranspose(x, zeros([3, 2, 3, 3])),
        maxPoolGradient: () => maxPoolGradient(x, 2, zeros([1, 2, 3, 3])),
        'a layer': () => conv2d(zeros([1, 3, 5, 5])),
      }),
    ).toMatchInlineSnapshot(`
      "a short input
          EngineError: input: expected 50 numbers, received 49. [1x2x5x5 k3 p1 -> 2]
      a long input
          EngineError: input: expected 50 numbers, received 51. [1x2x5x5 k3 p1 -> 2]
      a short weight
          EngineError: weight: expected 36 numbers, received 35. [1x2x5x5 k3 p1 -> 2]
      a long weight
          EngineError: weight: expected 36 numbers, received 37. [1x2x5x5 k3 p1 -> 2]
      no weight
          EngineError: the conv has no weight. [1x2x5x5 k3 p1 -> 2]
      a short bias
          EngineError: bias: expected 2 numbers, received 1. [1x2x5x5 k3 p1 -> 2]
      weights to prepare
          EngineError: weight: expected a tensor of 2x2x3x3, received 2x2x3x4. [1x2x5x5 k3 p1 -> 2]
      weights in another order
          EngineError: weight: expected a tensor of 2x2x3x3, received 3x3x2x2. [1x2x5x5 k3 p1 -> 2]
      a bias to prepare
          EngineError: bias: expected a tensor of 2, received 1x2. [1x2x5x5 k3 p1 -> 2]
      no weights to prepare
          EngineError: the conv has no weight. [1x2x5x5 k3 p1 -> 2]
      no weights for gradients
          EngineError: the conv has no weight. [1x2x5x5 k3 p1 -> 2]
      a tensor
          EngineError: input: expected a tensor of 1x2x5x5, received 1x2x5x4. [1x2x5x5 k3 p1 -> 2]
      tensors for gradients
          EngineError: outputGradient: expected a tensor of 1x2x5x5, received 1x2x5x4. [1x2x5x5 k3 p1 -> 2]
      a gradient
          EngineError: outputGradient: expected 50 numbers, received 49. [1x2x5x5 k3 p1 -> 2]
      a gradient that is none
          EngineError: a conv has no gradient of its kernel. [1x2x5x5 k3 p1 -> 2]
      conv's channels
          GeometryError: conv: input: expected 2 channels, received 3 (1x3x5x5)
      conv's dimensions
          GeometryError: conv: weight: expected 3 dimensions, as many as the input's, received 2x2x3x3
      conv's bias
          EngineError: bias: expected 2 numbers, received 3
      convTranspose
          GeometryError: convTranspose: input: expected 3 channels, received 2 (1x2x5x5)
      maxPoolGradient
          GeometryError: maxPoolGradient: outputGradient: expected 1x2x2x2, received 1x2x3x3
      a layer
          DialectError: torch nn.Conv2d: expected 2 input channels, received 3 in 1x3x5x5."
    `);
  });

  it('sizes and settings that are none', () => {
    expect(
      said({
        'a NaN in an axis': () => axis({ size: Number.NaN, kernel: 3 }),
        'half a size': () => axis({ size: 2.5, kernel: 3 }),
        'a NaN in a problem': () => parse('1x2xNaN k3 -> 2'),
        'a NaN past the checks': () =>
          run({ ...of, axes: [{ ...axis({ size: 5, kernel: 3 }), size: Number.NaN }] }, { input, weight }),
        'a stride of 0': () => conv(x, w, { stride: 0 }),
        'a stride of NaN': () => conv(x, w, { stride: Number.NaN }),
        'a stride in words': () => conv(x, w, { stride: any('2') }),
        'groups of 0': () => conv(x, w, { groups: 0 }),
        'groups of NaN': () => conv(x, w, { groups: Number.NaN }),
        'a pad of NaN': () => pad(x, Number.NaN),
        'a fill': () => conv(x, w, { padding: 1, fill: any('mirror') }),
        'a divisor': () => avgPool(x, 2, { divisor: any('all') }),
        'a divisor of 0': () => avgPool(x, 2, { divisor: 0 }),
        'a kernel of 0': () => maxPool(x, 0),
        'no kernel': () => maxPool(x, any(undefined)),
        'a kernel of other dimensions': () => maxPool(x, [2]),
        'a shape of NaN': () => tensor(input, [Number.NaN, 5]),
        'a layout': () => run(of, { input, weight }, { layout: any('middle') }),
        'a layout to prepare': () => prepare(of, { weight }, { layout: any('NHWC') }),
        'a layout of gradients': () => gradients(of, { input, weight, outputGradient }, { layout: any(1) }),
        'a precision': () => run(of, { input, weight }, { precision: any('double') }),
        'an activation': () => prepare(of, { weight }, { activation: any({ name: 'swoosh' }) }),
        'an activation without numbers': () =>
          prepare(of, { weight }, { activation: any({ name: 'clip', low: 0 }) }),
        'an activation by name': () => prepare(of, { weight }, { activation: any('relu') }),
        'a setting': () => configure(any({ speed: 'high' })),
        'a setting of NaN': () => configure({ threads: Number.NaN }),
        'a plan': () => plan('1x2x5x5 k3 -> '),
      }),
    ).toMatchInlineSnapshot(`
      "a NaN in an axis
          GeometryError: size: expected an integer, received NaN
      half a size
          GeometryError: size: expected an integer, received 2.5
      a NaN in a problem
          GeometryError: problem string: expected a shape such as 1x3x64x64, received 1x2xNaN
      a NaN past the checks
          EngineError: input: expected NaN numbers, received 50. [1x2xNaN k3 -> 2]
      a stride of 0
          GeometryError: stride: expected 1 to 2147483647, received 0
      a stride of NaN
          GeometryError: stride: expected an integer, received NaN
      a stride in words
          GeometryError: conv: stride: expected a number or 2 of them, received '2'
      groups of 0
          GeometryError: groups: expected 1 to 2147483647, received 0
      groups of NaN
          GeometryError: groups: expected an integer, received NaN
      a pad of NaN
          GeometryError: before: expected an integer, received NaN
      a fill
          GeometryError: fill: expected a fill: a number, reflect, symmetric, replicate or wrap, received mirror
      a divisor
          GeometryError: divisor: expected an integer, received all
      a divisor of 0
          GeometryError: divisor: expected 1 to 2147483647, received 0
      a kernel of 0
          GeometryError: kernel: expected 1 to 2147483647, received 0
      no kernel
          GeometryError: maxPool: kernel: expected a number or 2 of them, received undefined
      a kernel of other dimensions
          GeometryError: maxPool: kernel: expected a number or 2 of them, received 2
      a shape of NaN
          TensorError: tensor: expected sizes of integers >= 0, received NaNx5
      a layout
          EngineError: layout: expected 'first' or 'last', received 'middle'. [1x2x5x5 k3 p1 -> 2]
      a layout to prepare
          EngineError: layout: expected 'first' or 'last', received 'NHWC'. [1x2x5x5 k3 p1 -> 2]
      a layout of gradients
          EngineError: layout: expected 'first' or 'last', received 1. [1x2x5x5 k3 p1 -> 2]
      a precision
          EngineError: precision: expected 'default' or 'strict', received 'double'. [1x2x5x5 k3 p1 -> 2]
      an activation
          EngineError: activation: expected { name } with its numbers, one of relu, clip low high, leaky_relu slope, hard_swish, silu, sigmoid, tanh, received 'swoosh'. [1x2x5x5 k3 p1 -> 2]
      an activation without numbers
          EngineError: activation: expected { name } with its numbers, one of relu, clip low high, leaky_relu slope, hard_swish, silu, sigmoid, tanh, received 'clip'. [1x2x5x5 k3 p1 -> 2]
      an activation by name
          EngineError: activation: expected { name } with its numbers, one of relu, clip low high, leaky_relu slope, hard_swish, silu, sigmoid, tanh, received 'relu'. [1x2x5x5 k3 p1 -> 2]
      a setting
          EngineError: configure: expected precision 'default' or 'strict', wide 'auto', 'on' or 'off', threads, compileFrom and parallelFrom from 0, received speed high
      a setting of NaN
          EngineError: configure: expected precision 'default' or 'strict', wide 'auto', 'on' or 'off', threads, compileFrom and parallelFrom from 0, received threads NaN
      a plan
          GeometryError: problem string: expected an integer, received "
    `);
  });
});
