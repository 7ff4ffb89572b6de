import { describe, expect, it } from 'vitest';
import { type Tensor, tensor, zeros } from '../tensor/tensor.ts';
import { lax, nn, nnx } from './flax.ts';

const x = tensor([1, 2, 3, 4, 5, 6], [1, 6, 1]);
const kernel = tensor([1, 10, 100], [3, 1, 1]);
const flat = (of: Tensor) => [...of.data];

describe('flax', () => {
  it('keeps parameters, or takes them as linen does', () => {
    const conv = nn.Conv({ features: 1, kernel_size: [3], strides: 2 });
    const variables = conv.init(0, x);
    expect(Object.keys(variables.params)).toEqual(['kernel', 'bias']);
    expect(conv.apply(variables, x)).toEqual(conv(x));
    expect(flat(conv.apply({ params: { kernel, bias: tensor([0]) } }, x))).toEqual([321, 543, 65]);
    conv.params = { kernel };
    expect(flat(conv(x))).toEqual([321, 543, 65]);
    expect(conv.params.bias?.shape).toEqual([1]);
    expect(() => conv.apply({ params: { kernel } }, x)).toThrow('flax nn.Conv: params has no bias');
    expect(() => conv.apply({ params: { kernel: zeros([3]), bias: zeros([1]) } }, x)).toThrow(
      'flax nn.Conv: kernel: expected a tensor of 3x1x1 (k i go), received 3',
    );
  });

  it('takes any number of leading dimensions', () => {
    const conv = nn.Conv(4, { kernel_size: [3, 3] });
    expect(conv(zeros([2, 5, 8, 8, 3])).shape).toEqual([2, 5, 8, 8, 4]);
    expect(conv(zeros([8, 8, 3])).shape).toEqual([8, 8, 4]);
  });

  it('has nnx with its parameters as properties', () => {
    const conv = nnx.Conv(1, 1, { kernel_size: [3], padding: 'CAUSAL', rngs: nnx.Rngs(0) });
    expect(conv.kernel.shape).toEqual([3, 1, 1]);
    conv.kernel = kernel;
    expect(flat(conv(x))).toEqual([100, 210, 321, 432, 543, 654]);
    expect(conv.bias?.shape).toEqual([1]);
  });

  it('pools without parameters', () => {
    expect(flat(nn.max_pool(x, [2], { strides: [2] }))).toEqual([2, 4, 6]);
    expect(flat(nn.avg_pool(x, [3], { strides: [3], padding: 'SAME' }))).toEqual([2, 5]);
  });

  it('has the operations of lax, channels first unless told', () => {
    const first = tensor(x.data, [1, 1, 6]);
    expect(flat(lax.conv_general_dilated(first, tensor([1, 10, 100], [1, 1, 3]), [2], 'SAME'))).toEqual([
      321, 543, 65,
    ]);
    const numbers = ['NWC', 'WIO', 'NWC'];
    expect(flat(lax.conv_general_dilated(x, kernel, [1], [[2, 0]], { dimension_numbers: numbers }))).toEqual([
      100, 210, 321, 432, 543, 654,
    ]);
    expect(flat(lax.conv_transpose(tensor([1, 2, 3], [1, 3, 1]), kernel, [2], 'SAME'))).toEqual([
      100, 10, 201, 20, 302, 30,
    ]);
    expect(flat(lax.reduce_window(x, -Infinity, lax.max, [1, 2, 1], [1, 2, 1], 'VALID'))).toEqual([2, 4, 6]);
    expect(
      flat(
        lax.pad(first, 0, [
          [0, 0, 0],
          [0, 0, 0],
          [1, -2, 0],
        ]),
      ),
    ).toEqual([0, 1, 2, 3, 4]);
  });
});
