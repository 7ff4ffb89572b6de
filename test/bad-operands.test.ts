// Numbers that are not where they should be: steps that lead nowhere, buffers that are gone, more than fits. One clear
// sentence each, and the engine works on.

import { afterAll, describe, expect, it } from 'vitest';
import { configure } from '../src/engine/configure.ts';
import { run } from '../src/engine/engine.ts';
import { EngineError } from '../src/engine/error.ts';
import { gradients } from '../src/engine/gradient.ts';
import { resident } from '../src/engine/held.ts';
import { host } from '../src/engine/host.ts';
import { conv, pad } from '../src/engine/operations.ts';
import { prepare } from '../src/engine/prepare.ts';
import { settings } from '../src/engine/settings.ts';
import { parse } from '../src/geometry/index.ts';
import { zeros } from '../src/tensor/tensor.ts';
import {
  any,
  back,
  conv2d,
  everywhere,
  givenUp,
  gone,
  goneTensor,
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
  it('steps that lead nowhere', () => {
    expect(
      said({
        'an offset of NaN': () => run(of, stepped({}, Number.NaN)),
        'an offset before the start': () => run(of, stepped({}, -1)),
        'half an offset': () => run(of, stepped({}, 0.5)),
        'an offset that is too far': () => run(of, stepped({}, 1)),
        'a step of NaN': () => run(of, stepped({ c: Number.NaN })),
        'half a step': () => run(of, stepped({ c: 0.5 })),
        'a step without end': () => run(of, stepped({ c: Infinity })),
        'a step backwards': () => run(of, stepped({ c: -25 }, 25)),
        'a step that is missing': () => run(of, stepped({ sizes: [5] })),
        'no steps': () => run(of, { input: any({ data: input, offset: 0 }), weight }),
        'a weight without steps': () => run(of, { input, weight: any({ data: weight, offset: 0 }) }),
        'a bias without a step': () => run(of, { input, weight, bias: any({ data: input, offset: 0 }) }),
        'a tensor beyond its numbers': () => layer()({ ...x, offset: 1 }),
        'a tensor of too few': () => layer()({ ...x, data: new Float32Array(3) }),
        'a tensor with a step of NaN': () => layer()({ ...x, strides: [50, 25, 5, Number.NaN] }),
        'a tensor that goes before its start': () => resident({ ...x, strides: [50, 25, 5, -1] }),
        'a layer': () => conv2d({ ...x, offset: 7 }),
      }),
    ).toMatchInlineSnapshot(`
      "an offset of NaN
          EngineError: input: expected an offset and 4 steps >= 0, received NaN and 50, 25, 5, 1. [1x2x5x5 k3 p1 -> 2]
      an offset before the start
          EngineError: input: expected an offset and 4 steps >= 0, received -1 and 50, 25, 5, 1. [1x2x5x5 k3 p1 -> 2]
      half an offset
          EngineError: input: expected an offset and 4 steps >= 0, received 0.5 and 50, 25, 5, 1. [1x2x5x5 k3 p1 -> 2]
      an offset that is too far
          EngineError: input: expected 50 numbers, received 49. [1x2x5x5 k3 p1 -> 2]
      a step of NaN
          EngineError: input: expected an offset and 4 steps >= 0, received 0 and 50, NaN, 5, 1. [1x2x5x5 k3 p1 -> 2]
      half a step
          EngineError: input: expected an offset and 4 steps >= 0, received 0 and 50, 0.5, 5, 1. [1x2x5x5 k3 p1 -> 2]
      a step without end
          EngineError: input: expected an offset and 4 steps >= 0, received 0 and 50, Infinity, 5, 1. [1x2x5x5 k3 p1 -> 2]
      a step backwards
          EngineError: input: expected an offset and 4 steps >= 0, received 25 and 50, -25, 5, 1. [1x2x5x5 k3 p1 -> 2]
      a step that is missing
          EngineError: input: expected an offset and 4 steps >= 0, received 0 and 50, 25, 5. [1x2x5x5 k3 p1 -> 2]
      no steps
          EngineError: input: expected an offset and 4 steps >= 0, received 0 and undefined, undefined. [1x2x5x5 k3 p1 -> 2]
      a weight without steps
          EngineError: weight: expected an offset and 5 steps >= 0, received 0 and undefined, undefined, undefined. [1x2x5x5 k3 p1 -> 2]
      a bias without a step
          EngineError: bias: expected an offset and 1 steps >= 0, received 0 and undefined. [1x2x5x5 k3 p1 -> 2]
      a tensor beyond its numbers
          TensorError: tensor: shape 1x2x5x5 with steps 50, 25, 5, 1 from 1 leads outside of its 50 numbers
      a tensor of too few
          TensorError: tensor: shape 1x2x5x5 with steps 50, 25, 5, 1 from 0 leads outside of its 3 numbers
      a tensor with a step of NaN
          TensorError: tensor: shape 1x2x5x5 with steps 50, 25, 5, NaN from 0 leads outside of its 50 numbers
      a tensor that goes before its start
          TensorError: tensor: shape 1x2x5x5 with steps 50, 25, 5, -1 from 0 leads outside of its 50 numbers
      a layer
          TensorError: tensor: shape 1x2x5x5 with steps 50, 25, 5, 1 from 7 leads outside of its 50 numbers"
    `);
  });

  it('numbers that are gone', () => {
    expect(
      said({
        'an input': () => run(of, { input: gone(50), weight }),
        'a weight': () => run(of, { input, weight: gone(36) }),
        'a bias': () => run(of, { input, weight, bias: gone(2) }),
        'an input with steps': () => run(of, stepped({}, 0, gone(50))),
        'weights to prepare': () => prepare(of, { weight: gone(36) }),
        'a tensor': () => layer()(goneTensor()),
        resident: () => resident(goneTensor()),
        'a gradient': () => gradients(of, { input, weight, outputGradient: gone(50) }),
        conv: () => conv(goneTensor(), w),
        'a layer': () => conv2d(goneTensor()),
        'given up': () => givenUp().data,
        'given up, to a prepared one': () => layer()(givenUp()),
        'given up, to gradients': () => back()(givenUp(), x),
        'given up, to conv': () => conv(givenUp(), w),
        'given up, to a layer': () => conv2d(givenUp()),
        'given up, to resident': () => resident(givenUp()),
        'a result that was given up': () => {
          const result = layer()(resident(x));
          result[Symbol.dispose]();
          return layer()(result);
        },
      }),
    ).toMatchInlineSnapshot(`
      "an input
          EngineError: input: expected 50 numbers, received 0. [1x2x5x5 k3 p1 -> 2]
      a weight
          EngineError: weight: expected 36 numbers, received 0. [1x2x5x5 k3 p1 -> 2]
      a bias
          EngineError: bias: expected 2 numbers, received 0. [1x2x5x5 k3 p1 -> 2]
      an input with steps
          EngineError: input: expected 50 numbers, received 0. [1x2x5x5 k3 p1 -> 2]
      weights to prepare
          EngineError: weight: expected 36 numbers, received 0. [1x2x5x5 k3 p1 -> 2]
      a tensor
          TensorError: tensor: shape 1x2x5x5 with steps 50, 25, 5, 1 from 0 leads outside of its 0 numbers
      resident
          TensorError: tensor: shape 1x2x5x5 with steps 50, 25, 5, 1 from 0 leads outside of its 0 numbers
      a gradient
          EngineError: outputGradient: expected 50 numbers, received 0. [1x2x5x5 k3 p1 -> 2]
      conv
          TensorError: tensor: shape 1x2x5x5 with steps 50, 25, 5, 1 from 0 leads outside of its 0 numbers
      a layer
          TensorError: tensor: shape 1x2x5x5 with steps 50, 25, 5, 1 from 0 leads outside of its 0 numbers
      given up
          TensorError: this tensor was given up: its numbers are gone
      given up, to a prepared one
          TensorError: this tensor was given up: its numbers are gone
      given up, to gradients
          TensorError: this tensor was given up: its numbers are gone
      given up, to conv
          TensorError: this tensor was given up: its numbers are gone
      given up, to a layer
          TensorError: this tensor was given up: its numbers are gone
      given up, to resident
          TensorError: this tensor was given up: its numbers are gone
      a result that was given up
          TensorError: this tensor was given up: its numbers are gone"
    `);
  });

  it('what does not fit', () => {
    const { input, weight } = everywhere;
    const one = {
      input: { ...input, strides: { ...input.strides, sizes: [0] } },
      weight: { ...weight, strides: { ...weight.strides, k: [0] } },
    };
    const huge = parse('1x1x2147483647 k1 -> 1');
    expect(
      said({
        '2^31 - 1 numbers': () => run(huge, one),
        '2^32 numbers': () => run(parse('1x65536x65536 k1 -> 65536'), one),
        '2^32 numbers in': () =>
          run(parse('1x65536x65536 k65536 -> 1'), {
            input: new Float32Array(1),
            weight: new Float32Array(1),
          }),
        'as many to prepare': () => prepare(huge, { weight: new Float32Array(1) }),
        'a small limit': () => run(of, { input: new Float32Array(50), weight: w.data }, { memoryLimit: 100 }),
        'a limit of NaN': () =>
          run(of, { input: new Float32Array(50), weight: w.data }, { memoryLimit: Number.NaN }),
        'a small limit to prepare': () => prepare(of, { weight: w.data }, { memoryLimit: 100 }),
        'a small limit of gradients': () =>
          gradients(of, { input: x.data, weight: w.data, outputGradient }, { memoryLimit: 100 }),
        'gradients of 2^32 numbers': () =>
          gradients(
            parse('1x65536x65536 k1 -> 1'),
            { ...one, outputGradient: one.input },
            { wanted: ['input'] },
          ),
        pad: () => pad(x, 2 ** 30),
        'a tensor': () => zeros([65536, 65536]),
      }),
    ).toMatchInlineSnapshot(`
      "2^31 - 1 numbers
          EngineError: the output 1x1x2147483647 needs 17179869176 bytes for 2147483647 numbers and the workspace, at most 8589934592 bytes and 2147483647 numbers are allowed. [1x1x2147483647 k1 -> 1]
      2^32 numbers
          EngineError: the output 1x65536x65536 needs 17180131328 bytes for 4294967296 numbers and the workspace, at most 8589934592 bytes and 2147483647 numbers are allowed. [1x65536x65536 k1 -> 65536]
      2^32 numbers in
          EngineError: input: expected 4294967296 numbers, received 1. [1x65536x65536 k65536 -> 1]
      as many to prepare
          EngineError: the output 1x1x2147483647 needs 17179869176 bytes for 2147483647 numbers and the workspace, at most 8589934592 bytes and 2147483647 numbers are allowed. [1x1x2147483647 k1 -> 1]
      a small limit
          EngineError: the output 1x2x5x5 needs 320 bytes for 50 numbers and the workspace, at most 100 bytes and 2147483647 numbers are allowed. [1x2x5x5 k3 p1 -> 2]
      a limit of NaN
          EngineError: the output 1x2x5x5 needs 320 bytes for 50 numbers and the workspace, at most NaN bytes and 2147483647 numbers are allowed. [1x2x5x5 k3 p1 -> 2]
      a small limit to prepare
          EngineError: the output 1x2x5x5 needs 320 bytes for 50 numbers and the workspace, at most 100 bytes and 2147483647 numbers are allowed. [1x2x5x5 k3 p1 -> 2]
      a small limit of gradients
          EngineError: the gradients 1x2x5x5, 2x2x3x3, 2 need 496 bytes for 88 numbers and the workspace, at most 100 bytes and 2147483647 numbers each are allowed. [1x2x5x5 k3 p1 -> 2]
      gradients of 2^32 numbers
          EngineError: the gradients 1x65536x65536 need 17179869184 bytes for 4294967296 numbers and the workspace, at most 8589934592 bytes and 2147483647 numbers each are allowed. [1x65536x65536 k1 -> 1]
      pad
          EngineError: the output 1x2x2147483653x2147483653 needs 36893488336397664000 bytes for 9223372079804449000 numbers and the workspace, at most 8589934592 bytes and 2147483647 numbers are allowed. [1x2x5x5 pad p1073741824]
      a tensor
          TensorError: tensor: shape 65536x65536 holds 4294967296 numbers, at most 2147483647 fit"
    `);
  });
});

describe('after a refusal for want of memory', () => {
  /** A weight of 16 GiB, all of it one number. */
  const wide = parse('1x65536x1 k1 -> 65536');
  const wideWeight = { ...everywhere.weight, strides: { ...everywhere.weight.strides, k: [0] } };

  it('nothing has changed, and the engine works on', () => {
    configure({ compileFrom: 0, threads: 1 });
    const refused = [
      () => run(wide, { input: new Float32Array(65536), weight: wideWeight }),
      () => prepare(wide, { weight: wideWeight }),
      () => run(of, { input, weight }, { memoryLimit: 100 }),
      () => resident({ ...x, shape: [2 ** 30], strides: [0] }),
    ];
    for (const act of refused) expect(act).toThrow(EngineError);
    const { used, blocks } = host().memory.statistics();
    for (const act of refused) expect(act).toThrow(/bytes/);
    expect(host().memory.statistics()).toMatchObject({ used, blocks });
    expect([...run(of, { input, weight })]).toEqual([
      ...run(of, { input: Float64Array.from(input), weight }),
    ]);
  });
});
