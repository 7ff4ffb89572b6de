// Input that few pass, and the right answer for it: shared and double numbers, views of every kind, nothing at all.

import { afterAll, describe, expect, it } from 'vitest';
import { configure } from '../src/engine/configure.ts';
import { run } from '../src/engine/engine.ts';
import { gradients } from '../src/engine/gradient.ts';
import { resident } from '../src/engine/held.ts';
import { conv, maxPool } from '../src/engine/operations.ts';
import { prepare } from '../src/engine/prepare.ts';
import { settings } from '../src/engine/settings.ts';
import { parse } from '../src/geometry/index.ts';
import { contiguous, type Numbers, permuted, tensor, zeros } from '../src/tensor/tensor.ts';
import {
  any,
  back,
  computed,
  conv2d,
  everywhere,
  input,
  layer,
  of,
  outputGradient,
  stepped,
  w,
  weight,
  x,
} from './bad-input.ts';

const usual = settings();
afterAll(() => configure(usual));

describe('the right answer for', () => {
  const right = [...run(of, { input: Float64Array.from(input), weight: Float64Array.from(weight) })];

  it('numbers that several threads share', () => {
    const shared = (numbers: Float32Array) => {
      const copy = new Float32Array(new SharedArrayBuffer(numbers.byteLength));
      copy.set(numbers);
      return copy;
    };
    const both = { input: shared(input), weight: shared(weight) };
    expect(computed(() => run(of, { ...both, bias: shared(new Float32Array(2)) }))).toEqual(right);
    expect(computed(() => prepare(of, both)(tensor(both.input, [1, 2, 5, 5])))).toEqual(right);
    expect(computed(() => resident(tensor(both.input, [50])))).toEqual([...input]);
    const back = () => gradients(of, { ...both, outputGradient: shared(outputGradient) }).weight;
    const usual = gradients(of, { input, weight, outputGradient }).weight;
    expect(computed(() => back() as Numbers)).toEqual([...(usual as Numbers)]);
  });

  it('numbers of two widths', () => {
    const double = Float64Array.from(input);
    expect(computed(() => run(of, { input, weight: Float64Array.from(weight) }))).toEqual(right);
    expect(computed(() => prepare(of, { weight: Float64Array.from(weight) })(x))).toEqual(right);
    expect(layer()(tensor(double, x.shape)).data).toEqual(Float64Array.from(right));
    expect(computed(() => layer()(resident(tensor(double, x.shape))))).toEqual(right);
  });

  it('views of every kind', () => {
    const offset = new Float32Array(70).fill(Number.NaN);
    offset.set(input, 11);
    const flipped = Float32Array.from(input).reverse();
    const spread = new Float32Array(150).fill(Number.NaN);
    for (const [i, value] of input.entries()) spread[i * 3] = value;
    expect(computed(() => run(of, stepped({}, 11, offset)))).toEqual(right);
    expect(computed(() => run(of, stepped({ n: 150, c: 75, sizes: [15, 3] }, 0, spread)))).toEqual(right);
    expect(computed(() => run(of, { input: offset.subarray(11, 61), weight }))).toEqual(right);
    expect(computed(() => layer()({ ...x, data: offset, offset: 11 }))).toEqual(right);
    expect(computed(() => layer()({ ...x, data: flipped, offset: 49, strides: [-50, -25, -5, -1] }))).toEqual(
      right,
    );
    expect(
      computed(() => resident({ ...x, data: flipped, offset: 49, strides: [-50, -25, -5, -1] })),
    ).toEqual([...input]);
    expect(
      computed(() => conv({ ...x, data: spread, strides: [150, 75, 15, 3] }, w, { padding: 1 })),
    ).toEqual(right);
    const turned = permuted(tensor(input, [1, 2, 5, 5]), [0, 1, 3, 2]);
    expect(computed(() => resident(turned))).toEqual([...contiguous(turned).data]);
    expect(computed(() => any(maxPool(turned, 5)))).toEqual([3, 3]);
  });

  it('steps that read the same again', () => {
    const ones = { ...everywhere.input, data: Float32Array.of(1) };
    expect(
      computed(() => run(of, { input: ones, weight: new Float32Array(36).fill(1) })).slice(0, 3),
    ).toEqual([8, 12, 12]);
    const overlapping = { data: input, offset: 0, strides: { n: 0, c: 1, sizes: [1, 1] } };
    const copied = Float32Array.from(
      { length: 50 },
      (_, i) => input[Math.floor(i / 25) + Math.floor((i % 25) / 5) + (i % 5)] as number,
    );
    expect(computed(() => run(of, { input: overlapping, weight }))).toEqual(
      computed(() => run(of, { input: copied, weight })),
    );
  });

  it('nothing', () => {
    const none = new Float32Array();
    const bias = Float32Array.of(1, -2);
    const empty = (text: string) => parse(text);
    expect(computed(() => run(empty('0x2x5x5 k3 p1 -> 2'), { input: none, weight }))).toEqual([]);
    expect(computed(() => run(empty('1x2x2x2 k3 -> 2'), { input: new Float32Array(8), weight }))).toEqual([]);
    expect(computed(() => run(empty('1x0x4 k3 -> 2'), { input: none, weight: none, bias }))).toEqual([
      1, 1, -2, -2,
    ]);
    expect(computed(() => run(empty('1x2x4 k3 -> 0'), { input: new Float32Array(8), weight: none }))).toEqual(
      [],
    );
    expect(
      computed(() => run(empty('1x2x0 k3 p2 -> 2'), { input: none, weight: new Float32Array(12), bias })),
    ).toEqual([1, 1, -2, -2]);
    expect(computed(() => run(empty('1x0x4 max k2'), { input: none }))).toEqual([]);
    expect(computed(() => prepare(empty('0x2x5x5 k3 p1 -> 2'), { weight })(zeros([0, 2, 5, 5])))).toEqual([]);
    expect(computed(() => prepare(empty('1x0x4 k3 -> 2'), { weight: none, bias })(zeros([1, 0, 4])))).toEqual(
      [1, 1, -2, -2],
    );
    expect(computed(() => resident(zeros([0, 3])))).toEqual([]);
    expect(conv2d(zeros([0, 2, 5, 5])).shape).toEqual([0, 2, 3, 3]);
    const gradient = (text: string, of: Partial<Parameters<typeof gradients>[1]>) =>
      gradients(empty(text), { input: none, weight: none, outputGradient: none, ...of });
    expect(gradient('0x1x5 k3 -> 1', { weight: new Float32Array(3) })).toEqual({
      input: none,
      weight: new Float32Array(3),
      bias: new Float32Array(1),
    });
    expect(gradient('1x0x4 k3 -> 1', { outputGradient: Float32Array.of(1, 2) })).toEqual({
      input: none,
      weight: none,
      bias: Float32Array.of(3),
    });
    expect(gradient('1x1x4 k3 -> 0', { input: new Float32Array(4) })).toEqual({
      input: new Float32Array(4),
      weight: none,
      bias: none,
    });
  });

  it('what was prepared and given up, and for results that are read twice', () => {
    const ready = layer();
    ready[Symbol.dispose]();
    ready[Symbol.dispose]();
    expect(computed(() => ready(x))).toEqual(right);
    const result = layer()(resident(x));
    expect([...result.data]).toEqual(right);
    result[Symbol.dispose]();
    expect([...result.data]).toEqual(right);
    const gradient = back();
    gradient[Symbol.dispose]();
    gradient[Symbol.dispose]();
  });
});
