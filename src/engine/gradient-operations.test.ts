import { describe, expect, it } from 'vitest';
import { permuted, type Tensor, tensor, toArray, zeros } from '../tensor/tensor.ts';
import {
  avgPoolGradient,
  convGradients,
  convTransposeGradients,
  maxPoolGradient,
  padGradient,
} from './gradient-operations.ts';
import { avgPool, conv, convTranspose, maxPool, pad } from './operations.ts';

const line = (...numbers: number[]) => tensor(Float64Array.from(numbers), [1, 1, numbers.length]);
const flat = (of: Tensor) => [...of.data];
const filled = (shape: readonly number[], seed: number) =>
  tensor(
    Float64Array.from(
      { length: shape.reduce((a, b) => a * b, 1) },
      (_, i) => ((i * i * 7 + i * 3 + seed * 5) % 11) - 5,
    ),
    shape,
  );
const dot = (a: Tensor, b: Tensor) =>
  Float64Array.from(a.data).reduce((sum, value, i) => sum + value * (b.data[i] as number), 0);

describe('convGradients', () => {
  it('gives each what it belongs to', () => {
    const found = convGradients(line(1, 2, 3, 4, 5), line(1, 10, 100), line(1, 2, 3));
    expect(toArray(found.input)).toEqual([[[1, 12, 123, 230, 300]]]);
    expect(toArray(found.weight)).toEqual([[[14, 20, 26]]]);
    expect(toArray(found.bias)).toEqual([6]);
  });

  it.each([
    ['as it is', {}],
    [
      'strided and padded',
      {
        stride: [2, 1],
        padding: [
          [0, 1],
          [2, 1],
        ],
      },
    ],
    ['same', { padding: 'same', dilation: 2 }],
    ['copied', { padding: 2, fill: 'reflect' }],
    ['mirrored', { flip: true, padding: 1 }],
  ] as const)('of groups, %s', (_, given) => {
    const options = { ...given, groups: 2 } as Parameters<typeof conv>[2];
    const [x, weight] = [filled([2, 4, 5, 6], 0), filled([6, 2, 2, 3], 1)];
    const y = conv(x, weight, options);
    const dy = filled(y.shape, 2);
    const found = convGradients(x, weight, dy, options);
    expect([found.input.shape, found.weight.shape, found.bias.shape]).toEqual([x.shape, weight.shape, [6]]);
    expect([dot(found.input, x), dot(found.weight, weight)]).toEqual([dot(y, dy), dot(y, dy)]);
  });

  it('reads views as they lie, and computes only what is wanted', () => {
    const [x, weight] = [filled([2, 4, 5, 6], 0), filled([6, 4, 2, 3], 1)];
    const dy = filled([2, 6, 4, 4], 2);
    const turn = (of: Tensor) => permuted(of, [0, 1, 3, 2]);
    const found = convGradients(turn(x), turn(weight), turn(dy), { wanted: ['input', 'weight'] });
    const straight = convGradients(x, weight, dy);
    expect(Object.keys(found)).toEqual(['input', 'weight']);
    expect(toArray(found.input)).toEqual(toArray(turn(straight.input)));
    expect(toArray(found.weight)).toEqual(toArray(turn(straight.weight)));
  });

  it('has the type of x', () => {
    const x = tensor(Float32Array.of(1, 2, 3), [1, 1, 3]);
    const found = convGradients(x, line(1, 2), line(1, 1));
    expect(found.input.data).toEqual(Float32Array.of(1, 3, 2));
    expect(found.bias.data).toEqual(Float32Array.of(2));
  });

  it.each([
    [
      'an output gradient of another shape',
      () => convGradients(line(1, 2, 3), line(1, 2), line(1, 2, 3)),
      'convGradients: outputGradient: expected 1x1x2, received 1x1x3',
    ],
    [
      'wrong channels, as conv does',
      () => convGradients(zeros([1, 3, 8, 8]), zeros([6, 4, 3, 3]), zeros([1, 6, 6, 6])),
      'conv: input: expected 4 channels, received 3 (1x3x8x8)',
    ],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

it.each([
  ['as it is', {}],
  ['cut and longer', { stride: 2, padding: 1, outputPadding: 1 }],
  ['same', { stride: 3, padding: 'same' }],
  ['dilated', { stride: [1, 2], dilation: 2 }],
] as const)('convTransposeGradients of groups, %s', (_, given) => {
  const options = { ...given, groups: 2 };
  const [x, weight] = [filled([2, 4, 3, 4], 0), filled([4, 3, 2, 3], 1)];
  const y = convTranspose(x, weight, options);
  const dy = filled(y.shape, 2);
  const found = convTransposeGradients(x, weight, dy, options);
  expect([found.input.shape, found.weight.shape, found.bias.shape]).toEqual([x.shape, weight.shape, [6]]);
  expect([dot(found.input, x), dot(found.weight, weight)]).toEqual([dot(y, dy), dot(y, dy)]);
});

describe('pools and pad', () => {
  it('gives a maximum to the first of the largest', () => {
    expect(flat(maxPoolGradient(line(3, 3, 1, 2, 5), 2, line(1, 10)))).toEqual([1, 0, 0, 10, 0]);
    expect(flat(maxPoolGradient(line(3, 3, 1, 2, 5), 2, line(1, 10, 100), { ceil: true }))).toEqual([
      1, 0, 0, 10, 100,
    ]);
    expect(flat(maxPoolGradient(line(-3, -2), 3, line(1, 10), { padding: 1, stride: 1 }))).toEqual([0, 11]);
    expect(maxPool(line(3, 3, 1, 2, 5), 2, { ceil: true }).shape).toEqual([1, 1, 3]);
  });

  it('spreads an average as it was divided', () => {
    const found = (divisor: 'window' | 'real' | number) =>
      flat(avgPoolGradient(line(6, 6), 2, line(6, 12), { padding: 1, divisor }));
    expect([found('window'), found('real'), found(3)]).toEqual([
      [3, 6],
      [6, 12],
      [2, 4],
    ]);
    expect(avgPool(line(6, 6), 2, { padding: 1 }).shape).toEqual([1, 1, 2]);
  });

  it('brings pads back and leaves 0 where it was cropped', () => {
    expect(flat(padGradient(line(1, 2, 3), [[1, 2]], line(1, 2, 3, 4, 5, 6)))).toEqual([2, 3, 4]);
    expect(flat(padGradient(line(1, 2, 3, 4), [[-1, -1]], line(7, 8)))).toEqual([0, 7, 8, 0]);
    const dy = line(1, 10, 100, 1000, 10000);
    expect(flat(padGradient(line(1, 2, 3), 1, dy, { fill: 'reflect' }))).toEqual([10, 10101, 1000]);
    expect(flat(padGradient(line(1, 2, 3), 1, dy, { fill: 'wrap' }))).toEqual([10010, 100, 1001]);
    expect(pad(line(1, 2, 3), 1).shape).toEqual(dy.shape);
  });
});
