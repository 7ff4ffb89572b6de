import { describe, expect, it } from 'vitest';
import { rewritten } from '../../test/sweep.ts';
import { parse, print } from '../geometry/index.ts';
import { dialects } from './index.ts';
import { mlx } from './mlx.ts';
import { readLayer } from './python.ts';
import { usual, write } from './writers.ts';

const read = (code: string, tensors: Record<string, readonly number[]> = {}) =>
  readLayer(code, { dialects: [mlx], tensors });

describe('reading', () => {
  it.each([
    ['nn.Conv2d(3, 6, 4, stride=2, padding=1)', [1, 64, 64, 3], '1x3x64x64 k4 s2 p1 -> 6'],
    ['mx.conv1d(x, weight, 2, 1)', [1, 7, 2], '1x2x7 k3 s2 p1 -> 6'],
    // A crop drops elements of the input, before the holes between them.
    [
      'mx.conv_general(x, weight, padding=([-1], [2]), input_dilation=3)',
      [1, 7, 2],
      '1x2x7 k3 i3 p-3,2 -> 6',
    ],
    ['mx.conv_general(x, weight, padding=([1], [0]), flip=True)', [1, 7, 2], '1x2x7 k3 p1,0 flip -> 6'],
    ['nn.ConvTranspose1d(2, 4, 3, 2, 1, 1, 1)', [1, 4, 2], '1x2x4 k3 i2 p1,2 flip -> 4'],
    ['nn.ConvTranspose1d(2, 4, 1, 2, 1)', [1, 4, 2], '1x2x4 k1 i2 p-2 flip -> 4'],
    ['nn.MaxPool2d(3, 2, 1)', [1, 6, 7, 3], '1x3x6x7 max k3 s2 p1'],
    ['nn.AvgPool2d((2, 3))', [1, 6, 7, 3], '1x3x6x7 avg k2x3 s2x3'],
    ['mx.pad(x, ((0, 0), (1, 2), (0, 0)), "symmetric")', [1, 4, 2], '1x2x4 pad p1,2 fill=symmetric'],
  ])('%s', (code, input, expected) => {
    const layer = read(code, { weight: [6, 3, 2] });
    expect(layer.resolve(input).steps.map(print).join(' then ')).toBe(expected);
  });

  it('orders its weights channels last, transposed ones too', () => {
    const shapes = (code: string) =>
      read(code)
        .parameters(8)
        .map(({ name, shape, order }) => [name, shape, order]);
    expect(shapes('nn.Conv2d(8, 6, (3, 5), groups=2)')).toEqual([
      ['weight', [6, 3, 5, 4], 'go k i'],
      ['bias', [6], 'go'],
    ]);
    expect(shapes('nn.ConvTranspose2d(8, 4, 3, bias=False)')).toEqual([['weight', [4, 3, 3, 8], 'go k i']]);
  });

  it('leaves nn to PyTorch unless its import says otherwise', () => {
    const from = (code: string) => readLayer(code, { dialects }).framework;
    expect(from('nn.Conv2d(3, 6, 4)')).toBe('torch');
    expect(from('import mlx.nn as nn\nconv = nn.Conv2d(3, 6, 4)')).toBe('mlx');
  });
});

it.each([
  ['nn.Conv2d(3, 2, 6)', [1, 5, 5, 3], 'the window spans 6 on axis 0, but the padded input is 5 wide'],
  ['nn.Conv1d(1, 1, 3, 2)', [1, 2, 1], 'MLX runs it all the same and reads memory beyond its input'],
  ['nn.Conv1d(1, 1, 3, padding=(1,))', [1, 5, 1], 'padding: expected an integer, received (1,)'],
  ['nn.Conv3d(2, 2, 3, groups=2)', [1, 5, 5, 5, 2], 'has no argument groups'],
  ['nn.MaxPool1d(5, 1)', [1, 3, 1], 'the window lacks 2 positions on axis 0, more than the stride 1'],
  ['mx.pad(x, ((0, 0), (1, 1), (0, 0)), "wrap")', [1, 5, 1], "mode: expected 'constant' or 'edge'"],
])('refuses %s', (code, input, why) => {
  expect(() => read(code).resolve(input)).toThrow(why);
});

describe('writing', () => {
  it.each([
    ['1x3x64x64 k4 s2 p1 -> 6', ['nn.Conv2d(3, 6, 4, stride=2, padding=1)']],
    [
      '1x3x224x224 k3 s2 p0,1 -> 6',
      ['x = mx.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)))', 'x = nn.Conv2d(3, 6, 3, stride=2)(x)'],
    ],
    ['1x1x8 k3 p-1,1 -> 1', ['mx.conv_general(x, weight, padding=([-1], [1]))  # + bias']],
    [
      '1x8x16x16 k3 i2 p1,2 flip -> 4',
      ['nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)'],
    ],
    [
      '1x8x16x16 k3 i2 p2,1 -> 4',
      ['mx.conv_general(x, weight, padding=([2, 2], [1, 1]), input_dilation=2)  # + bias'],
    ],
    [
      '1x1x5 max k2 s2 p0,1',
      ["x = mx.pad(x, ((0, 0), (0, 1), (0, 0)), constant_values=float('-inf'))", 'x = nn.MaxPool1d(2)(x)'],
    ],
    [
      '1x1x6 avg k3 s2 p1 /real',
      ['MLX counts every pad in its average; pool a tensor of ones alike and divide by it'],
    ],
    ['1x1x6 pad p1 fill=wrap', ['MLX has no circular padding']],
  ])('%s', (text, lines) => {
    const written = write(mlx, parse(text), true);
    expect('lines' in written ? written.lines : [String(written.impossible)]).toEqual(lines);
  });

  it('says without a bias what conv_general can', () => {
    expect(write(mlx, parse('1x1x8 k4 p2,1 -> 1'), false)).toMatchObject({
      lines: ['mx.conv_general(x, weight, padding=([2], [1]))'],
      tensors: { weight: [1, 4, 1] },
    });
  });

  it('knows what people write by hand', () => {
    expect(usual(mlx, parse('1x3x224x224 k3 s2 p0,1 -> 6'))).toBe('nn.Conv2d(3, 6, 3, stride=2, padding=1)');
    expect(usual(mlx, parse('1x8x16x16 k3 i2 p2,1 flip -> 4'))).toBe(
      'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)',
    );
  });

  it('reads what it wrote, over a sweep', () => {
    expect(rewritten(mlx)).toEqual({ written: 779, impossible: 121 });
    expect(rewritten(mlx, false)).toEqual({ written: 779, impossible: 121 });
  });
});
