import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../tensor/tensor.ts';
import { nn } from './mxnet.ts';

describe('mxnet', () => {
  it('runs a block as pasted, initialize included', () => {
    const conv = nn.Conv2D(6, { kernel_size: 4, strides: 2, padding: 1 });
    expect(conv.initialize()).toBeUndefined();
    expect(conv(zeros([1, 3, 64, 64])).shape).toEqual([1, 6, 32, 32]);
    expect(conv.weight.shape).toEqual([6, 3, 4, 4]);
    expect(Math.max(...conv.weight.data.map(Math.abs))).toBeLessThan(0.07);
  });

  it('moves the weight with the layout', () => {
    const conv = nn.Conv2D(6, 3, { layout: 'NHWC', in_channels: 2 });
    expect(conv.weight.shape).toEqual([6, 3, 3, 2]);
    expect(conv(zeros([1, 8, 8, 2])).shape).toEqual([1, 6, 6, 6]);
  });

  it('transposes and pools', () => {
    const up = nn.Conv1DTranspose(1, 3, { strides: 2, padding: 1, output_padding: 1, use_bias: false });
    up.weight = tensor([1, 10, 100], [1, 1, 3]);
    expect([...up(tensor([1, 2, 3], [1, 1, 3])).data]).toEqual([10, 102, 20, 203, 30, 300]);
    expect([...nn.MaxPool1D(2)(tensor([1, 2, 3], [1, 1, 3])).data]).toEqual([2]);
  });
});
