import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../tensor/tensor.ts';
import { nn, setSeed } from './torch.ts';

const F = nn.functional;

describe('torch', () => {
  it('fills a conv within 1 / sqrt(fan in), weight and bias', () => {
    setSeed(3);
    const conv = nn.Conv2d(3, 6, 4, { stride: 2, padding: 1 });
    const limit = 1 / Math.sqrt(3 * 16);
    for (const { data } of [conv.weight, conv.bias ?? conv.weight]) {
      expect(Math.max(...data.map(Math.abs))).toBeLessThan(limit);
      expect(new Set(data).size).toBe(data.length);
    }
  });

  it('takes an input without a batch', () => {
    const conv = nn.Conv2d(3, 6, 3, { padding: 'same' });
    expect(conv(zeros([3, 8, 8])).shape).toEqual([6, 8, 8]);
    expect(conv.geometry([3, 8, 8]).steps).toHaveLength(1);
  });

  it('has modules, lazy modules and functions that agree', () => {
    const x = tensor([1, 2, 3], [1, 1, 3]);
    const weight = tensor([1, 10, 100], [1, 1, 3]);
    const lazy = nn.LazyConvTranspose1d(1, 3, { stride: 2, padding: 1, output_padding: 1, bias: false });
    lazy.weight = weight;
    expect(lazy.bias).toBeNull();
    expect([...lazy(x).data]).toEqual([10, 102, 20, 203, 30, 300]);
    expect(F.conv_transpose1d(x, weight, null, 2, 1, 1)).toEqual(lazy(x));
    expect([...F.max_pool1d(x, 2, { ceil_mode: true }).data]).toEqual([2, 3]);
    expect([...nn.ReflectionPad1d(1)(x).data]).toEqual([2, 1, 2, 3, 2]);
    expect([...F.pad(x, [0, 2], { value: 7 }).data]).toEqual([1, 2, 3, 7, 7]);
  });

  it.each([
    [
      'channels',
      () => nn.Conv2d(3, 6, 3)(zeros([1, 4, 8, 8])),
      'torch nn.Conv2d: expected 3 input channels, received 4 in 1x4x8x8.',
    ],
    [
      'rank',
      () => nn.Conv2d(3, 6, 3)(zeros([8, 8])),
      'torch nn.Conv2d: expected an input of 3 or 4 dimensions, channels first, received 8x8',
    ],
    [
      'kernel',
      () => nn.Conv2d(1, 1, 9)(zeros([1, 1, 8, 8])),
      'torch nn.Conv2d: kernel_size is 9, but the padded input is 8 wide (8 + 0 + 0). [1x1x8x8 k9 -> 1]',
    ],
    [
      'keyword',
      () => nn.Conv2d(3, 6, 3, { strides: 2 } as never),
      'torch nn.Conv2d: has no argument strides',
    ],
    [
      'number',
      () => nn.Conv2d(3, 6, 3.5),
      'torch nn.Conv2d: kernel_size: expected an integer >= 1 or 2 of them, received 3.5',
    ],
    [
      'weight',
      () => Object.assign(nn.Conv2d(3, 6, 3), { weight: zeros([3, 3, 3, 6]) }),
      'torch nn.Conv2d: weight: expected a tensor of 6x3x3x3 (go i k), received 3x3x3x6',
    ],
  ])('says what is wrong with the %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});
