import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../tensor/tensor.ts';
import { layers, nn } from './keras.ts';

describe('keras', () => {
  it('has its kernels in its own order, zeros for a bias, an activation at the end', () => {
    const conv = layers.Conv2D(6, 4, {
      strides: 2,
      padding: 'same',
      activation: 'relu',
      input_shape: [64, 64, 3],
    });
    expect(conv.kernel.shape).toEqual([4, 4, 3, 6]);
    expect([...(conv.bias?.data ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Math.max(...conv.kernel.data.map(Math.abs))).toBeLessThan(Math.sqrt(6 / (16 * 9)));
    conv.bias = tensor([-1, 0, 1, 2, 3, 4]);
    const y = conv(zeros([1, 64, 64, 3]));
    expect(y.shape).toEqual([1, 32, 32, 6]);
    expect([...y.data.slice(0, 6)]).toEqual([0, 0, 1, 2, 3, 4]);
  });

  it('does depthwise and separable layers', () => {
    const x = tensor([1, 10, 2, 20, 3, 30], [1, 3, 2]);
    const depthwise = layers.DepthwiseConv1D(2, { depth_multiplier: 2 });
    depthwise.kernel = tensor([1, 2, 3, 4, 1, 2, 3, 4], [2, 2, 2]);
    expect([...depthwise(x).data]).toEqual([3, 6, 90, 120, 5, 10, 150, 200]);
    const separable = layers.SeparableConv1D(1, 2, { activation: 'linear' });
    separable.depthwise_kernel = tensor([1, 1, 1, 1], [2, 2, 1]);
    separable.pointwise_kernel = tensor([1, 100], [1, 2, 1]);
    separable.bias = tensor([0.5]);
    expect([...separable(x).data]).toEqual([3003.5, 5005.5]);
  });

  it('keeps channels first where told', () => {
    const pool = layers.MaxPooling2D(2, { data_format: 'channels_first' });
    expect(pool(zeros([1, 3, 8, 6])).shape).toEqual([1, 3, 4, 3]);
    expect(
      layers.ZeroPadding2D([
        [1, 2],
        [3, 4],
      ])(zeros([1, 2, 2, 1])).shape,
    ).toEqual([1, 5, 9, 1]);
  });

  it('has the functions of tf.nn', () => {
    const x = tensor([1, 2, 3, 4, 5, 6], [1, 6, 1]);
    const filters = tensor([1, 10, 100], [3, 1, 1]);
    expect([...nn.conv1d(x, filters, { stride: 2, padding: 'SAME' }).data]).toEqual([321, 543, 65]);
    expect([...nn.conv1d({ input: x, filters, stride: 2, padding: 'VALID' }).data]).toEqual([321, 543]);
    expect([...nn.max_pool1d(x, 2, 2, 'SAME').data]).toEqual([2, 4, 6]);
    expect([...nn.bias_add(x, tensor([1])).data]).toEqual([2, 3, 4, 5, 6, 7]);
    expect(() => nn.conv1d(x, filters, 1, 'same' as never)).toThrow(
      "tensorflow tf.nn.conv1d: padding: expected 'SAME'",
    );
  });
});
