import { describe, expect, it } from 'vitest';
import { dataStrides, weightStrides } from './layout.ts';
import { contiguous, count, isTensor, permuted, rowMajor, tensor, toArray, zeros } from './tensor.ts';

describe('tensor', () => {
  it('keeps floats and takes other numbers over as float32', () => {
    const doubles = Float64Array.of(1, 2, 3);
    expect(tensor(doubles).data).toBe(doubles);
    expect(tensor(Float32Array.of(1, 2), [2, 1]).strides).toEqual([1, 1]);
    expect(tensor(Uint8Array.of(1, 255)).data).toEqual(Float32Array.of(1, 255));
    expect(tensor([1, 2, 3, 4], [2, 2]).data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it('reads the shape off nested arrays', () => {
    const nested = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(tensor(nested).shape).toEqual([2, 3]);
    expect(toArray(tensor(nested))).toEqual(nested);
    expect(tensor(nested, [3, 2]).shape).toEqual([3, 2]);
    expect(tensor([]).shape).toEqual([0]);
    expect(tensor([[], []]).shape).toEqual([2, 0]);
  });

  it.each([
    ['too few', () => tensor([1, 2, 3], [2, 2]), 'tensor: shape 2x2 holds 4 numbers, received 3'],
    [
      'ragged',
      () => tensor([[1, 2], [3]]),
      'tensor: expected nested arrays of the same length, 2 on level 1, received 1',
    ],
    ['uneven depth', () => tensor([[1], 2]), 'tensor: expected an array on level 0, received number'],
    ['no number', () => tensor([1, 'x' as never]), 'tensor: expected a number on level 0, received string'],
    ['no array', () => tensor('123' as never), 'tensor: expected an array of numbers, received string'],
    ['negative', () => tensor([], [-1]), 'tensor: expected sizes of integers >= 0, received -1'],
    [
      'huge',
      () => zeros([2 ** 20, 2 ** 20]),
      'tensor: shape 1048576x1048576 holds 1099511627776 numbers, at most 2147483647 fit',
    ],
    [
      '33 dimensions',
      () => count(new Array(33).fill(1)),
      'tensor: expected at most 32 dimensions, received 33',
    ],
  ])('refuses %s in one sentence', (_, make, message) => {
    expect(make).toThrow(message);
  });

  it('gives bounded errors for endless nesting', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => tensor(loop as never)).toThrow('at most 32 dimensions');
  });

  it('permutes without copying and copies when asked', () => {
    const t = tensor([0, 1, 2, 3, 4, 5], [2, 3]);
    const turned = permuted(t, [1, 0]);
    expect(turned.data).toBe(t.data);
    expect(toArray(turned)).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect(contiguous(turned).data).toEqual(Float32Array.of(0, 3, 1, 4, 2, 5));
    expect(contiguous(t)).toBe(t);
    expect(() => permuted(t, [0, 0])).toThrow('permuted: expected each of 2 dimensions once, received 0, 0');
  });

  it('copies a part of larger data', () => {
    const part = { data: Float32Array.of(0, 1, 2, 3, 4, 5), shape: [2], strides: [1], offset: 3 };
    expect(contiguous(part).data).toEqual(Float32Array.of(3, 4));
    expect(contiguous({ ...part, shape: [2, 0], strides: [0, 1] }).shape).toEqual([2, 0]);
  });

  it('tells a tensor from anything else', () => {
    expect(isTensor(zeros([2]))).toBe(true);
    for (const other of [null, 1, [1], { data: [1], shape: [1], strides: [1] }, {}])
      expect(isTensor(other)).toBe(false);
  });
});

describe('layouts as strides', () => {
  it('puts channels first or last', () => {
    const of = { channels: 3, sizes: [4, 5] };
    expect(dataStrides('first', of)).toEqual({ n: 60, c: 20, sizes: [5, 1] });
    expect(dataStrides('last', of)).toEqual({ n: 60, c: 1, sizes: [15, 3] });
  });

  // 2 groups, 6 filters, 4 channels, a 5x7 kernel
  it.each([
    ['go i k', [6, 2, 5, 7], { g: 210, o: 70, i: 35, k: [7, 1] }],
    ['gi o k', [4, 3, 5, 7], { g: 210, i: 105, o: 35, k: [7, 1] }],
    ['k i go', [5, 7, 2, 6], { g: 3, o: 1, i: 6, k: [84, 12] }],
    ['go k i', [6, 5, 7, 2], { g: 210, o: 70, i: 1, k: [14, 2] }],
  ])('%s', (order, shape, strides) => {
    expect(weightStrides({ shape, strides: rowMajor(shape) }, order, 2, 2)).toEqual(strides);
  });

  it('a depthwise kernel has a group of its own', () => {
    const shape = [5, 7, 4, 2];
    expect(weightStrides({ shape, strides: rowMajor(shape) }, 'k g o', 2, 4)).toEqual({
      g: 2,
      o: 1,
      i: 0,
      k: [56, 8],
    });
  });

  it('refuses another number of dimensions', () => {
    expect(() => weightStrides(zeros([6, 3, 3]), 'go i k', 2, 1)).toThrow(
      'weight: expected 4 dimensions (go i k), received 3',
    );
  });
});
