import { describe, expect, it } from 'vitest';
import { rewritten } from '../../test/sweep.ts';
import { parse, print } from '../geometry/index.ts';
import { chainer } from './chainer.ts';
import { dialects } from './index.ts';
import { readLayer } from './python.ts';
import { usual, write } from './writers.ts';

const read = (code: string, tensors: Record<string, readonly number[]> = {}) =>
  readLayer(code, { dialects: [chainer], tensors });

describe('reading', () => {
  it.each([
    ['L.Convolution2D(3, 6, 4, stride=2, pad=1)', [1, 3, 64, 64], '1x3x64x64 k4 s2 p1 -> 6'],
    // Two numbers are the filters and the kernel.
    ['L.Convolution2D(6, 4)', [1, 3, 8, 8], '1x3x8x8 k4 -> 6'],
    ['L.ConvolutionND(1, 2, 3, 3, cover_all=True, stride=2)', [1, 2, 6], '1x2x6 k3 s2 p0,1 -> 3'],
    ['L.DilatedConvolution2D(3, 2, 3, dilate=2)', [1, 3, 8, 8], '1x3x8x8 k3 d2 -> 2'],
    ['L.DepthwiseConvolution2D(3, 2, 3)', [1, 3, 8, 8], '1x3x8x8 k3 g3 -> 6'],
    ['L.Deconvolution2D(8, 4, 3, 2, 1)', [1, 8, 16, 16], '1x8x16x16 k3 i2 p1 flip -> 4'],
    ['L.Deconvolution2D(8, 4, 3, 2, 1, outsize=(32, 32))', [1, 8, 16, 16], '1x8x16x16 k3 i2 p1,2 flip -> 4'],
    // A maximum covers everything unless told not to, an average never does.
    ['F.max_pooling_2d(x, 2)', [1, 1, 5, 5], '1x1x5x5 max k2 s2 o1'],
    ['F.max_pooling_2d(x, 2, cover_all=False)', [1, 1, 5, 5], '1x1x5x5 max k2 s2'],
    ['F.average_pooling_2d(x, 3, 2, 1)', [1, 1, 6, 6], '1x1x6x6 avg k3 s2 p1'],
    ['F.average_pooling_nd(x, (3, 3), 2, 1, pad_value=None)', [1, 1, 6, 6], '1x1x6x6 avg k3 s2 p1 /real'],
    [
      'F.pad(x, ((0, 0), (0, 0), (1, 2), (0, 3)), "edge")',
      [1, 2, 4, 4],
      '1x2x4x4 pad p1,2x0,3 fill=replicate',
    ],
  ])('%s', (code, input, expected) => {
    expect(read(code).resolve(input).steps.map(print).join(' then ')).toBe(expected);
  });

  it('names and orders its weights', () => {
    const shapes = (code: string) =>
      read(code)
        .parameters(8)
        .map(({ name, shape, order }) => [name, shape, order]);
    expect(shapes('L.Convolution2D(8, 6, (3, 5), groups=2)')).toEqual([
      ['W', [6, 4, 3, 5], 'go i k'],
      ['b', [6], 'go'],
    ]);
    expect(shapes('L.Deconvolution2D(8, 4, 3, groups=2, nobias=True)')).toEqual([
      ['W', [8, 2, 3, 3], 'gi o k'],
    ]);
    expect(shapes('L.DepthwiseConvolution2D(8, 3, 5)')).toEqual([
      ['W', [3, 8, 5, 5], 'o g k'],
      ['b', [24], 'go'],
    ]);
  });

  it('is known by its own names among all frameworks', () => {
    expect(readLayer('L.Convolution2D(3, 6, 4, stride=2)', { dialects }).framework).toBe('chainer');
    expect(readLayer('F.max_pooling_2d(x, 3, 2)', { dialects }).framework).toBe('chainer');
  });
});

it.each([
  [
    'L.Convolution2D(3, 2, 6)',
    [1, 3, 5, 5],
    'the window spans 6 on axis 0, but the padded input is 5 wide (5 + 0 + 0)',
  ],
  [
    'L.Convolution2D(3, 4, 3, groups=2)',
    [1, 3, 5, 5],
    'in_channels: expected a multiple of groups=2, received 3',
  ],
  ['L.Convolution2D(3, 2, 3, dilation=2)', [1, 3, 5, 5], 'has no argument dilation'],
  [
    'L.Convolution2D(3, 2, 3, pad="same")',
    [1, 3, 5, 5],
    "pad: expected an integer >= 0 or 2 of them, received 'same'",
  ],
  [
    'L.Deconvolution1D(2, 3, 3, 2, 1, outsize=(9,))',
    [1, 2, 3],
    'a convolution of outsize 9 gives 5 to 5 elements, but the input has 3 on axis 0',
  ],
  ['F.average_pooling_2d(x, 3, cover_all=True)', [1, 1, 5, 5], 'has no argument cover_all'],
  [
    'F.pad(x, 1, "edge")',
    [1, 1, 5, 5],
    'pad_width: expected 3 to 5 dimensions, batch and channels among them, received 1',
  ],
])('refuses %s', (code, input, why) => {
  expect(() => read(code).resolve(input)).toThrow(why);
});

describe('writing', () => {
  it.each([
    ['1x3x64x64 k4 s2 p1 -> 6', ['L.Convolution2D(3, 6, 4, stride=2, pad=1)']],
    // One more at the end is what cover_all reads.
    ['1x3x224x224 k3 s2 p0,1 -> 6', ['L.ConvolutionND(2, 3, 6, 3, stride=2, cover_all=True)']],
    ['1x3x224x224 k7 s2 p2,3 -> 64', ['L.ConvolutionND(2, 3, 64, 7, stride=2, pad=2, cover_all=True)']],
    [
      '1x1x8 k4 p2,1 -> 1',
      ["x = F.pad(x, ((0, 0), (0, 0), (2, 1)), 'constant')", 'x = L.Convolution1D(1, 1, 4)(x)'],
    ],
    ['1x8x16x16 k3 i2 p1,2 flip -> 4', ['L.Deconvolution2D(8, 4, 3, stride=2, pad=1, outsize=(32, 32))']],
    ['1x1x5x5 max k2 s2', ['F.max_pooling_2d(x, 2, cover_all=False)']],
    ['1x1x6x6 avg k3 s2 p1 /real', ['F.average_pooling_nd(x, (3, 3), stride=2, pad=1, pad_value=None)']],
    ['1x1x9 max k3 d2', ['Chainer has no dilation in a pooling']],
    ['1x1x9 pad p-1,0', ['Chainer crops by slicing, x[:, :, 1:], which is no call that padwise writes']],
  ])('%s', (text, lines) => {
    const written = write(chainer, parse(text), true);
    expect('lines' in written ? written.lines : [String(written.impossible)]).toEqual(lines);
  });

  it('knows what people write by hand', () => {
    expect(usual(chainer, parse('1x3x224x224 k3 s2 p0,1 -> 6'))).toBe(
      'L.Convolution2D(3, 6, 3, stride=2, pad=1)',
    );
    expect(usual(chainer, parse('1x8x16x16 k3 i2 p2,1 flip -> 4'))).toBe(
      'L.Deconvolution2D(8, 4, 3, stride=2, pad=1, outsize=(32, 32))',
    );
  });

  it('reads what it wrote, over a sweep', () => {
    expect(rewritten(chainer)).toEqual({ written: 738, impossible: 162 });
  });
});
