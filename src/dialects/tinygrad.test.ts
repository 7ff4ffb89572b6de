import { describe, expect, it } from 'vitest';
import { rewritten } from '../../test/sweep.ts';
import { parse, print } from '../geometry/index.ts';
import { dialects } from './index.ts';
import { readLayer } from './python.ts';
import { tinygrad } from './tinygrad.ts';
import { usual, write } from './writers.ts';

const read = (code: string, tensors: Record<string, readonly number[]> = {}) =>
  readLayer(code, { dialects: [tinygrad], tensors });

describe('reading', () => {
  it.each([
    ['nn.Conv2d(3, 6, 4, stride=2, padding=1)', [1, 3, 64, 64], '1x3x64x64 k4 s2 p1 -> 6'],
    // Four numbers: pairs from the last axis backwards.
    ['nn.Conv2d(3, 6, 3, padding=(0, 1, 2, 3))', [1, 3, 8, 8], '1x3x8x8 k3 p2,3x0,1 -> 6'],
    ['nn.Conv2d(2, 2, (3, 3, 3))', [1, 2, 5, 5, 5], '1x2x5x5x5 k3 -> 2'],
    // 'same' pairs the dilations with the axes in reverse.
    ['nn.Conv2d(3, 2, (3, 3), padding="same", dilation=(1, 2))', [1, 3, 8, 8], '1x3x8x8 k3 d1x2 p2x1 -> 2'],
    ['x.conv2d(weight, stride=2, padding=(-1, 1))', [1, 2, 7], '1x2x7 k3 s2 p-1,1 -> 6'],
    ['Tensor.conv2d(x, weight, groups=1)', [1, 2, 7], '1x2x7 k3 -> 6'],
    ['nn.ConvTranspose2d(8, 4, 3, 2, 1, 1)', [1, 8, 16, 16], '1x8x16x16 k3 i2 p1,2 flip -> 4'],
    ['x.max_pool2d()', [1, 1, 5, 5], '1x1x5x5 max k2 s2'],
    ['x.max_pool2d((2,), ceil_mode=True)', [1, 1, 5], '1x1x5 max k2 s2 o1'],
    // Every window that starts in the trailing pad is dropped.
    ['x.max_pool2d((1,), 1, padding=(0, 4), ceil_mode=True)', [1, 1, 2], '1x1x2 max k1'],
    [
      'x.avg_pool2d((2, 2), padding=(0, 1, 1, 0), count_include_pad=False)',
      [1, 1, 5, 5],
      '1x1x5x5 avg k2 s2 p1,0x0,1 /real',
    ],
    ['x.pad((1, 2, 0, -1))', [1, 1, 4, 4], '1x1x4x4 pad p0,-1x1,2'],
    ['x.pad((None, None, (1, 2)), mode="replicate")', [1, 1, 4], '1x1x4 pad p1,2 fill=replicate'],
    ['x.pad((-1, 2), mode="circular")', [1, 1, 4], '1x1x4 pad p-1,0 fill=wrap then 1x1x3 pad p0,2 fill=wrap'],
  ])('%s', (code, input, expected) => {
    const layer = read(code, { weight: [6, 2, 3] });
    expect(layer.resolve(input).steps.map(print).join(' then ')).toBe(expected);
  });

  it('is found by its methods among all frameworks', () => {
    expect(readLayer('x.max_pool2d((3, 3), 2)', { dialects }).framework).toBe('tinygrad');
    expect(readLayer('from tinygrad import nn\nnn.Conv2d(3, 6, 4)', { dialects }).framework).toBe('tinygrad');
  });
});

it.each([
  ['nn.Conv2d(3, 2, 6)', [1, 3, 5, 5], 'the window spans 6 on axis 0, but the padded input is 5 wide'],
  [
    'nn.Conv2d(3, 2, 3, stride=(1, 1), padding="same")',
    [1, 3, 5, 5],
    "padding='same' needs stride=1, as a number",
  ],
  [
    'nn.Conv2d(3, 2, 3, padding="valid")',
    [1, 3, 5, 5],
    "padding: expected integers or 'same', received 'valid'",
  ],
  ['nn.Conv2d(3, 2, 3, padding=(1, 1, 1))', [1, 3, 5, 5], 'padding: expected an integer, 2 of them or 4'],
  ['x.pad((5, 0), mode="reflect")', [1, 1, 5], 'reflection by 5 needs more elements than axis 0 has: 5'],
  [
    'x.pad((1, 1), mode="symmetric")',
    [1, 1, 5],
    "mode: expected 'constant' or 'reflect' or 'replicate' or 'circular'",
  ],
  ['x.max_pool2d((6,))', [1, 1, 5], 'the window spans 6 on axis 0'],
  ['x.pad((-3, -3))', [1, 1, 5], 'pads -3 and -3 crop more than the 5 elements of axis 0'],
])('refuses %s', (code, input, why) => {
  expect(() => read(code).resolve(input)).toThrow(why);
});

describe('writing', () => {
  it.each([
    ['1x3x64x64 k4 s2 p1 -> 6', ['nn.Conv2d(3, 6, 4, stride=2, padding=1)']],
    ['1x3x224x224 k3 s2 p0,1 -> 6', ['nn.Conv2d(3, 6, 3, stride=2, padding=(0, 1, 0, 1))']],
    ['1x2x5x5x5 k3 p1x1x0 -> 2', ['nn.Conv2d(2, 2, (3, 3, 3), padding=(1, 1, 0))']],
    ['1x8x16x16 k3 i2 p2,1 flip -> 4', ['nn.ConvTranspose2d(8, 4, 3, stride=2, padding=(0, 1, 0, 1))']],
    ['1x1x5 max k2 s2 p0,1', ['x.max_pool2d((2,), padding=(0, 1))']],
    ['1x1x6 avg k4 p1,2 /real', ['x.avg_pool2d((4,), stride=1, padding=(1, 2), count_include_pad=False)']],
    ['1x1x8 k3 p1 fill=reflect -> 1', ["x = x.pad((1, 1), mode='reflect')", 'x = nn.Conv1d(1, 1, 3)(x)']],
    ['1x1x8 pad p1 fill=symmetric', ['tinygrad has no symmetric padding']],
    ['1x1x8 pad p-1,2', ['x.pad((-1, 2))']],
  ])('%s', (text, lines) => {
    const written = write(tinygrad, parse(text), true);
    expect('lines' in written ? written.lines : [String(written.impossible)]).toEqual(lines);
  });

  it('knows what people write by hand', () => {
    expect(usual(tinygrad, parse('1x3x224x224 k3 s2 p0,1 -> 6'))).toBe(
      'nn.Conv2d(3, 6, 3, stride=2, padding=1)',
    );
  });

  it('reads what it wrote, over a sweep', () => {
    expect(rewritten(tinygrad)).toEqual({ written: 895, impossible: 5 });
  });
});
