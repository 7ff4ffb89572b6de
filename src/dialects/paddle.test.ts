import { describe, expect, it } from 'vitest';
import { rewritten } from '../../test/sweep.ts';
import { parse, print } from '../geometry/index.ts';
import { dialects, find } from './index.ts';
import { paddle } from './paddle.ts';
import { readLayer } from './python.ts';
import { usual, write } from './writers.ts';

const read = (code: string, tensors: Record<string, readonly number[]> = {}) =>
  readLayer(code, { dialects: [paddle], tensors });
const refusal = (code: string, input: readonly number[], tensors: Record<string, readonly number[]> = {}) => {
  try {
    read(code, tensors).resolve(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('reading', () => {
  it.each([
    ['nn.Conv2D(3, 6, 4, stride=2, padding=1)', [1, 3, 64, 64], '1x3x64x64 k4 s2 p1 -> 6'],
    ['nn.Conv2D(3, 6, 3, stride=2, padding="SAME")', [1, 3, 224, 224], '1x3x224x224 k3 s2 p0,1 -> 6'],
    // SAME sets the dilation to 1.
    ['nn.Conv1D(1, 1, 3, padding="same", dilation=2)', [1, 1, 8], '1x1x8 k3 p1 -> 1'],
    ['nn.Conv2D(1, 1, 3, padding=[0, 1, 2, 3])', [1, 1, 8, 8], '1x1x8x8 k3 p0,1x2,3 -> 1'],
    [
      'nn.Conv2D(1, 1, 3, padding=[[0, 0], [1, 2], [0, 1], [0, 0]], data_format="NHWC")',
      [1, 8, 8, 1],
      '1x1x8x8 k3 p1,2x0,1 -> 1',
    ],
    // The output is divided as C does: of a window that lacks less than a stride, one is counted.
    ['nn.Conv1D(1, 1, 5, stride=3)', [1, 1, 3], '1x1x3 k5 s3 p0,2 -> 1'],
    ['nn.Conv1DTranspose(1, 1, 2, stride=2, padding="SAME")', [1, 1, 3], '1x1x3 k2 i2 p1,0 flip -> 1'],
    ['nn.Conv2DTranspose(8, 4, 3, 2, 1, 1)', [1, 8, 16, 16], '1x8x16x16 k3 i2 p1,2 flip -> 4'],
    // The last window holds nothing, so that what is padded with shows.
    [
      'nn.MaxPool1D(2, stride=3, ceil_mode=True)',
      [1, 1, 6],
      '1x1x6 max k2 s3 p0,2 fill=-3.4028234663852886e+38',
    ],
    ['nn.AvgPool2D(3, 2, 1)', [1, 8, 6, 6], '1x8x6x6 avg k3 s2 p1 /real'],
    ['nn.AvgPool1D(3, 2, [0, 1], exclusive=False)', [1, 1, 4], '1x1x4 avg k3 s2 o1'],
    ['F.pad(x, [0, 1, 2, 3])', [1, 3, 8, 8], '1x3x8x8 pad p2,3x0,1'],
    ['F.pad(x, [1, 2])', [1, 3, 8, 8], '3x8x8 pad p1,2'],
    ['F.pad(x, [0, 0, 0, 0, 1, 2])', [1, 3, 8], '1x3x8 pad p1,2'],
    ['nn.Pad2D(1, mode="circular")', [1, 3, 8, 8], '1x3x8x8 pad p1 fill=wrap'],
  ])('%s', (code, input, expected) => {
    expect(read(code).resolve(input).steps.map(print).join(' then ')).toBe(expected);
  });

  it('says what PaddlePaddle does otherwise', () => {
    const notes = (code: string) => read(code).notes.map(String).join(' ');
    expect(notes('nn.Conv2D(3, 6, 3, padding="SAME", dilation=2)')).toContain('dilation to 1');
    expect(notes('nn.Conv2DTranspose(3, 6, 3, padding="SAME")')).toContain('not size * stride');
    expect(notes('nn.MaxPool2D(3, 2, ceil_mode=True)')).toContain('keeps a last window');
    expect(notes('nn.MaxPool2D(3, 2, "SAME", True)')).toContain("pads nothing where padding='SAME'");
  });

  it('names and orders weights as PaddlePaddle does, in every layout', () => {
    const shapes = (code: string) =>
      read(code)
        .parameters(8)
        .map(({ name, shape, order }) => [name, shape, order]);
    expect(shapes('nn.Conv2D(8, 6, (3, 5), groups=2, data_format="NHWC")')).toEqual([
      ['weight', [6, 4, 3, 5], 'go i k'],
      ['bias', [6], 'go'],
    ]);
    expect(shapes('nn.Conv2DTranspose(8, 4, 3, groups=2, bias_attr=False)')).toEqual([
      ['weight', [8, 2, 3, 3], 'gi o k'],
    ]);
  });

  it('takes names that another framework does not bind', () => {
    const frameworkOf = (code: string) =>
      readLayer(code, { dialects, tensors: { w: [6, 3, 3, 3] } }).framework;
    expect(find(dialects, 'nn.Conv2D').dialect.id).toBe('mxnet');
    expect(frameworkOf('nn.Conv2D(3, 6, 3)')).toBe('mxnet');
    expect(frameworkOf('nn.Conv2D(3, 6, 3, stride=2)')).toBe('paddle');
    expect(frameworkOf('import paddle.nn as nn\nconv = nn.Conv2D(3, 6, 3)')).toBe('paddle');
    expect(frameworkOf('F.conv2d(x, w, data_format="NHWC")')).toBe('paddle');
    expect(frameworkOf('F.conv2d(x, w)')).toBe('torch');
  });
});

it.each([
  ['nn.Conv2D(3, 2, 3, padding="full")', [1, 3, 5, 5]],
  ['nn.Conv2D(3, 2, 3, padding=(1, 1, 0))', [1, 3, 5, 5]],
  ['nn.Conv2D(3, 2, 3, padding=[[1, 0], [0, 0], [0, 0], [0, 0]])', [1, 3, 5, 5]],
  ['nn.Conv2D(3, 2, (3, 8))', [1, 3, 5, 5]],
  ['nn.Conv2D(3, 2, 3, padding="SAME", padding_mode="reflect")', [1, 3, 5, 5]],
  ['nn.Conv2D(3, 2, 3, padding=5, padding_mode="reflect")', [1, 3, 5, 5]],
  ['nn.Conv2D(3, 2, 3, strides=2)', [1, 3, 5, 5]],
  ['nn.Conv2DTranspose(2, 2, 3, stride=2, output_padding=2)', [1, 2, 3, 3]],
  ['nn.MaxPool2D(2, padding="VALID", ceil_mode=True)', [1, 2, 5, 5]],
  ['nn.MaxPool1D(7, stride=1)', [1, 2, 5]],
  ['nn.AvgPool2D(2, 2, 1, divisor_override=3)', [1, 2, 5, 5]],
  ['F.pad(x, [5, 0], mode="reflect")', [1, 2, 5]],
  ['F.pad(x, [1, 1, 1, 1, 0, 0, 0, 0])', [1, 2, 5, 5]],
])('refuses %s', (code, input) => {
  expect(refusal(code, input)).toMatchSnapshot();
});

describe('writing', () => {
  it.each([
    ['1x3x64x64 k4 s2 p1 -> 6', ['paddle.nn.Conv2D(3, 6, 4, stride=2, padding=1)']],
    ['1x3x224x224 k7 s2 p2,3 -> 64', ['paddle.nn.Conv2D(3, 64, 7, stride=2, padding=[2, 3, 2, 3])']],
    ['1x1x8 k3 p1 fill=wrap -> 1', ["paddle.nn.Conv1D(1, 1, 3, padding=1, padding_mode='circular')"]],
    ['1x1x8 k3 p1 fill=symmetric -> 1', ['PaddlePaddle has no symmetric padding']],
    [
      '1x8x16x16 k3 i2 p2,1 flip -> 4',
      ['paddle.nn.Conv2DTranspose(8, 4, 3, stride=2, padding=[0, 1, 0, 1])'],
    ],
    [
      '1x8x16x16 k3 i2 p1,2 flip -> 4',
      ['paddle.nn.Conv2DTranspose(8, 4, 3, stride=2, padding=1, output_padding=1)'],
    ],
    ['1x1x6 avg k4 p1,2 /real', ['paddle.nn.AvgPool1D(4, stride=1, padding=[1, 2])']],
    ['1x1x9 max k3 d2', ['PaddlePaddle has no dilation in a pooling']],
    ['1x3x8x8 pad p0,1x2,3', ['paddle.nn.functional.pad(x, [2, 3, 0, 1])']],
  ])('%s', (text, lines) => {
    const written = write(paddle, parse(text), true);
    expect('lines' in written ? written.lines : [String(written.impossible)]).toEqual(lines);
  });

  it('knows what people write by hand', () => {
    expect(usual(paddle, parse('1x3x224x224 k3 s2 p0,1 -> 6'))).toBe(
      'paddle.nn.Conv2D(3, 6, 3, stride=2, padding=1)',
    );
    expect(usual(paddle, parse('1x8x16x16 k3 i2 p2,1 flip -> 4'))).toBe(
      'paddle.nn.Conv2DTranspose(8, 4, 3, stride=2, padding=1, output_padding=1)',
    );
  });

  it('reads what it wrote, over a sweep', () => {
    expect(rewritten(paddle)).toEqual({ written: 895, impossible: 5 });
  });
});
