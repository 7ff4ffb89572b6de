import { describe, expect, it } from 'vitest';
import { permuted, type Tensor, tensor, toArray, zeros } from '../tensor/tensor.ts';
import { avgPool, conv, convTranspose, maxPool, pad } from './operations.ts';

const line = (...numbers: number[]) => tensor(Float64Array.from(numbers), [1, 1, numbers.length]);
const digits = (n: number) => line(...Array.from({ length: n }, (_, i) => 10 ** i));
const ramp = (n: number) => line(...Array.from({ length: n }, (_, i) => i + 1));
const flat = (of: Tensor) => [...of.data];

// The digits of an output show which inputs its window read (oracle's golden vectors).
describe('conv', () => {
  it.each([
    ['same k4', conv(ramp(5), digits(4), { padding: 'same' }), [3210, 4321, 5432, 543, 54]],
    ['sameLower k4', conv(ramp(5), digits(4), { padding: 'sameLower' }), [2100, 3210, 4321, 5432, 543]],
    ['same k3 s2', conv(ramp(6), digits(3), { padding: 'same', stride: 2 }), [321, 543, 65]],
    ['padding 1 k3 s2', conv(ramp(6), digits(3), { padding: 1, stride: 2 }), [210, 432, 654]],
    [
      'same s2 d2 k3',
      conv(ramp(7), digits(3), { padding: 'same', stride: 2, dilation: 2 }),
      [310, 531, 753, 75],
    ],
    ['causal k3', conv(ramp(6), digits(3), { padding: 'causal' }), [100, 210, 321, 432, 543, 654]],
    ['full k2', conv(ramp(3), digits(2), { padding: 'full' }), [10, 21, 32, 3]],
    ['valid k3', conv(ramp(4), digits(3), { padding: 'valid' }), [321, 432]],
    ['sides', conv(ramp(5), digits(3), { padding: [[2, 0]] }), [100, 210, 321, 432, 543]],
    ['wrap k3 s2', conv(ramp(5), digits(3), { padding: 1, stride: 2, fill: 'wrap' }), [215, 432, 154]],
    ['fill 9', conv(ramp(2), digits(3), { padding: 1, fill: 9 }), [219, 921]],
    ['flip', conv(ramp(4), digits(3), { flip: true }), [123, 234]],
    ['bias', conv(ramp(3), digits(3), { bias: tensor([7]) }), [328]],
  ])('%s', (_, y, numbers) => {
    expect(flat(y)).toEqual(numbers);
  });

  it('does two axes, groups and views', () => {
    const x = tensor(
      Float32Array.from({ length: 36 }, (_, i) => i),
      [1, 2, 3, 6],
    );
    const weight = tensor([1, 1, 1, 1, 2, 2, 2, 2], [2, 1, 2, 2]);
    const y = conv(x, weight, {
      groups: 2,
      stride: [1, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    });
    expect(y.shape).toEqual([1, 2, 2, 3]);
    expect(y.data).toBeInstanceOf(Float32Array);
    expect(flat(y)).toEqual([14, 22, 30, 38, 46, 54, 172, 188, 204, 220, 236, 252]);
    const turned = permuted(x, [0, 1, 3, 2]);
    expect(toArray(conv(turned, permuted(weight, [0, 1, 3, 2]), { groups: 2, stride: [2, 1] }))).toEqual(
      toArray(permuted(y, [0, 1, 3, 2])),
    );
  });

  it.each([
    [
      'channels',
      () => conv(zeros([1, 3, 8, 8]), zeros([6, 4, 3, 3])),
      'conv: input: expected 4 channels, received 3 (1x3x8x8)',
    ],
    [
      'rank',
      () => conv(zeros([1, 3, 8, 8]), zeros([6, 3, 3])),
      "conv: weight: expected 4 dimensions, as many as the input's, received 6x3x3",
    ],
    [
      'stride',
      () => conv(ramp(4), digits(2), { stride: [1, 1] }),
      'conv: stride: expected a number or 1 of them, received 1, 1',
    ],
    [
      'padding',
      () => conv(ramp(4), digits(2), { padding: 'SAME' as never }),
      'conv: padding: expected a number, pads per axis or valid, same, sameLower, causal, full, received SAME',
    ],
    ['bias', () => conv(ramp(4), digits(2), { bias: zeros([2]) }), 'bias: expected 1 numbers, received 2'],
    [
      'zero stride',
      () => conv(ramp(4), digits(2), { stride: 0 }),
      'stride: expected 1 to 2147483647, received 0',
    ],
  ])('refuses wrong %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('convTranspose', () => {
  const x = ramp(3);
  it.each([
    ['natural', convTranspose(x, digits(3), { stride: 2 }), [1, 10, 102, 20, 203, 30, 300]],
    ['padding 1', convTranspose(x, digits(3), { stride: 2, padding: 1 }), [10, 102, 20, 203, 30]],
    [
      'padding 1, outputPadding 1',
      convTranspose(x, digits(3), { stride: 2, padding: 1, outputPadding: 1 }),
      [10, 102, 20, 203, 30, 300],
    ],
    ['same', convTranspose(x, digits(3), { stride: 2, padding: 'same' }), [1, 10, 102, 20, 203, 30]],
    ['same k4', convTranspose(x, digits(4), { stride: 2, padding: 'same' }), [10, 102, 1020, 203, 2030, 300]],
    [
      'same, kernel below stride',
      convTranspose(x, digits(2), { stride: 3, padding: 'same' }),
      [1, 10, 0, 2, 20, 0, 3, 30, 0],
    ],
  ])('%s', (_, y, numbers) => {
    expect(flat(y)).toEqual(numbers);
  });

  it('takes its weight as channels, filters / groups, taps', () => {
    const y = convTranspose(tensor([1, 2], [1, 2, 1]), tensor([1, 10, 100, 1000], [2, 2, 1]));
    expect(flat(y)).toEqual([201, 2010]);
    const grouped = convTranspose(tensor([1, 2], [1, 2, 1]), tensor([1, 10, 100, 1000], [2, 2, 1]), {
      groups: 2,
    });
    expect(flat(grouped)).toEqual([1, 10, 200, 2000]);
  });
});

describe('pools and pad', () => {
  it('takes the kernel as the stride unless told', () => {
    expect(flat(maxPool(ramp(5), 2))).toEqual([2, 4]);
    expect(flat(maxPool(ramp(5), 2, { ceil: true }))).toEqual([2, 4, 5]);
    expect(flat(maxPool(line(-3, -2), 3, { padding: 1, stride: 1 }))).toEqual([-2, -2]);
    expect(flat(avgPool(ramp(4), 2, { stride: 1 }))).toEqual([1.5, 2.5, 3.5]);
  });

  it('divides by the window, by what is real, or by a number', () => {
    const of = (divisor: 'window' | 'real' | number) => flat(avgPool(line(6, 6), 2, { padding: 1, divisor }));
    expect([of('window'), of('real'), of(3)]).toEqual([
      [3, 3],
      [6, 6],
      [2, 2],
    ]);
  });

  it('pads and crops', () => {
    expect(flat(pad(ramp(3), [[1, 2]]))).toEqual([0, 1, 2, 3, 0, 0]);
    expect(flat(pad(ramp(4), 2, { fill: 'reflect' }))).toEqual([3, 2, 1, 2, 3, 4, 3, 2]);
    expect(flat(pad(ramp(4), [[-1, -1]]))).toEqual([2, 3]);
    expect(() => pad(zeros([2, 2]), 1)).toThrow(
      'pad: input: expected batch, channels and 1 to 3 sizes, received 2x2',
    );
  });
});
