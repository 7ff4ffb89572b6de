// The textbook's shapes in the words of all four frameworks, each asked of the real layer and of its geometry.
import { describe, expect, it } from 'vitest';
import { toArray, zeros } from '../tensor/tensor.ts';
import type { ComputingLayer } from './face.ts';
import { nn as linen } from './flax.ts';
import { layers } from './keras.ts';
import { nn as gluon } from './mxnet.ts';
import { nn as torch } from './torch.ts';

const first = [1, 1, 8, 8];
const last = [1, 8, 8, 1];

const cases: [string, ComputingLayer, number[], number[]][] = [
  ['PyTorch k3 p1', torch.Conv2d(1, 1, 3, { padding: 1 }), first, [1, 1, 8, 8]],
  ['PyTorch k(5,3) p(2,1)', torch.Conv2d(1, 1, [5, 3], { padding: [2, 1] }), first, [1, 1, 8, 8]],
  ['PyTorch k3 p1 s2', torch.Conv2d(1, 1, 3, { padding: 1, stride: 2 }), first, [1, 1, 4, 4]],
  [
    'PyTorch k(3,5) p(0,1) s(3,4)',
    torch.Conv2d(1, 1, [3, 5], { padding: [0, 1], stride: [3, 4] }),
    first,
    [1, 1, 2, 2],
  ],
  ['PyTorch lazy', torch.LazyConv2d(1, [3, 5], [3, 4], [0, 1]), first, [1, 1, 2, 2]],
  ['Gluon k3 p1', gluon.Conv2D(1, 3, { padding: 1 }), first, [1, 1, 8, 8]],
  ['Gluon k(5,3) p(2,1)', gluon.Conv2D(1, { kernel_size: [5, 3], padding: [2, 1] }), first, [1, 1, 8, 8]],
  ['Gluon k3 p1 s2', gluon.Conv2D(1, { kernel_size: 3, padding: 1, strides: 2 }), first, [1, 1, 4, 4]],
  ['Gluon k(3,5) p(0,1) s(3,4)', gluon.Conv2D(1, [3, 5], [3, 4], [0, 1]), first, [1, 1, 2, 2]],
  ['Keras same k3', layers.Conv2D(1, 3, { padding: 'same' }), last, [1, 8, 8, 1]],
  ['Keras same k(5,3)', layers.Conv2D(1, [5, 3], { padding: 'same' }), last, [1, 8, 8, 1]],
  ['Keras same k3 s2', layers.Conv2D(1, 3, { strides: 2, padding: 'same' }), last, [1, 4, 4, 1]],
  [
    'Keras valid k(3,5) s(3,4)',
    layers.Conv2D(1, [3, 5], { strides: [3, 4], padding: 'valid' }),
    last,
    [1, 2, 1, 1],
  ],
  ['Flax SAME k3', linen.Conv(1, { kernel_size: [3, 3] }), last, [1, 8, 8, 1]],
  [
    'Flax k(5,3) p(2,1)',
    linen.Conv({ features: 1, kernel_size: [5, 3], padding: [2, 1] }),
    last,
    [1, 8, 8, 1],
  ],
  [
    'Flax k3 p1 s2',
    linen.Conv({ features: 1, kernel_size: [3, 3], padding: 1, strides: 2 }),
    last,
    [1, 4, 4, 1],
  ],
  [
    'Flax k(3,5) p(0,1) s(3,4)',
    linen.Conv({
      features: 1,
      kernel_size: [3, 5],
      padding: [
        [0, 0],
        [1, 1],
      ],
      strides: [3, 4],
    }),
    last,
    [1, 2, 2, 1],
  ],
];

describe('an 8x8 picture', () => {
  it.each(cases)('%s', (_, layer, input, output) => {
    expect(layer.geometry(input).output).toEqual(output);
    expect(layer(zeros(input)).shape).toEqual(output);
  });

  it('is the same picture in every layout: the numbers agree, permuted', () => {
    const x = Float64Array.from({ length: 64 }, (_, i) => (i % 7) - 3);
    const weight = Float64Array.from({ length: 9 }, (_, i) => i - 4);
    const ours = torch.Conv2d(1, 1, 3, { padding: 1, bias: false });
    ours.weight = { ...zeros([1, 1, 3, 3]), data: weight };
    const theirs = layers.Conv2D(1, 3, { padding: 'same', use_bias: false });
    theirs.kernel = { ...zeros([3, 3, 1, 1]), data: weight };
    const [a, b] = [ours({ ...zeros(first), data: x }), theirs({ ...zeros(last), data: x })];
    expect(a.data).toBeInstanceOf(Float64Array);
    expect([...a.data]).toEqual([...b.data]);
    expect(toArray(b)).toHaveLength(1);
  });
});
