import { describe, expect, it } from 'vitest';
import { rewritten } from '../../test/sweep.ts';
import { parse, print } from '../geometry/index.ts';
import { burn } from './burn.ts';
import { dialects } from './index.ts';
import { readLayer, readLayers } from './python.ts';
import { usual, write } from './writers.ts';

const read = (code: string) => readLayer(code, { dialects: [burn] });

describe('reading', () => {
  it.each([
    [
      'let conv = Conv2dConfig::new([3, 6], [4, 4]).with_stride([2, 2]).with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1)).init(&device);',
      [1, 3, 64, 64],
      '1x3x64x64 k4 s2 p1 -> 6',
    ],
    // Top, left, bottom, right.
    [
      'Conv2dConfig::new([1, 1], [3, 3]).with_padding(PaddingConfig2d::Explicit(0, 1, 2, 3))',
      [1, 1, 8, 8],
      '1x1x8x8 k3 p0,2x1,3 -> 1',
    ],
    [
      'Conv1dConfig::new(2, 6, 3).with_padding(nn::PaddingConfig1d::Same).with_stride(2)',
      [1, 2, 8],
      '1x2x8 k3 s2 p0,1 -> 6',
    ],
    // Same counts a dilation as 1.
    [
      'Conv1dConfig::new(1, 1, 3).with_padding(PaddingConfig1d::Same).with_dilation(2)',
      [1, 1, 8],
      '1x1x8 k3 d2 p1 -> 1',
    ],
    [
      'Conv3dConfig::new([1, 1], [3, 3, 3]).with_padding(PaddingConfig3d::Explicit(0, 1, 2))',
      [1, 1, 5, 5, 5],
      '1x1x5x5x5 k3 p0x1x2 -> 1',
    ],
    [
      'ConvTranspose2dConfig::new([8, 4], [3, 3]).with_stride([2, 2]).with_padding([1, 1]).with_padding_out([1, 1])',
      [1, 8, 16, 16],
      '1x8x16x16 k3 i2 p1,2 flip -> 4',
    ],
    ['MaxPool2dConfig::new([2, 2]).with_ceil_mode(true).init()', [1, 1, 5, 5], '1x1x5x5 max k2 s2 o1'],
    [
      'AvgPool1dConfig::new(3).with_stride(2).with_padding(PaddingConfig1d::Explicit(1, 1))',
      [1, 1, 6],
      '1x1x6 avg k3 s2 p1',
    ],
    ['x.pad((1, 2, 0, 3), PadMode::Constant(0.0))', [1, 1, 4, 4], '1x1x4x4 pad p0,3x1,2'],
    ['x.pad([(1, 2)], PadMode::Edge)', [1, 1, 4], '1x1x4 pad p1,2 fill=replicate'],
  ])('%s', (code, input, expected) => {
    expect(read(code).resolve(input).steps.map(print).join(' then ')).toBe(expected);
  });

  it('takes one number per axis in Explicit as Burn did up to 0.20, and says so', () => {
    const layer = read('Conv2dConfig::new([1, 1], [3, 3]).with_padding(PaddingConfig2d::Explicit(1, 2))');
    expect(print(layer.resolve([1, 1, 8, 8]).steps[0] as never)).toBe('1x1x8x8 k3 p1x2 -> 1');
    expect(layer.notes.map(String).join(' ')).toContain('Burn up to 0.20');
  });

  it('reads what is applied by forward, and is known among all frameworks', () => {
    const code =
      'let x = Conv1dConfig::new(2, 6, 3).init(&device).forward(x);\nlet x = MaxPool1dConfig::new(2).init().forward(x);';
    expect(readLayers(code, { dialects }).map((layer) => layer.name)).toEqual([
      'Conv1dConfig.new',
      'MaxPool1dConfig.new',
    ]);
  });
});

it.each([
  [
    'Conv2dConfig::new([3, 2], [6, 6])',
    [1, 3, 5, 5],
    'the window spans 6 on axis 0, but the padded input is 5 wide',
  ],
  ['Conv2dConfig::new([3, 2], 3)', [1, 3, 5, 5], 'kernel_size: expected an array of 2 integers, received 3'],
  [
    'Conv2dConfig::new([3, 4], [3, 3]).with_groups(2)',
    [1, 3, 5, 5],
    '3 input and 4 output channels do not divide by 2 groups',
  ],
  [
    'Conv2dConfig::new([3, 2], [3, 3]).with_padding(PaddingConfig1d::Same)',
    [1, 3, 5, 5],
    'with_padding: expected PaddingConfig2d::Same, Valid or Explicit(..)',
  ],
  [
    'Conv3dConfig::new([1, 1], [2, 3, 3]).with_padding(PaddingConfig3d::Same)',
    [1, 1, 5, 5, 5],
    'Same in three dimensions needs an odd kernel on every axis',
  ],
  ['MaxPool2dConfig::new([2, 2]).with_stride([1, 1])', [1, 1, 5, 5], 'has no argument with_stride'],
  ['x.pad([(5, 0)], PadMode::Reflect)', [1, 1, 5], 'reflection by 5 needs more elements than axis 0 has: 5'],
])('refuses %s', (code, input, why) => {
  expect(() => read(code).resolve(input)).toThrow(why);
});

describe('writing', () => {
  it.each([
    [
      '1x3x64x64 k4 s2 p1 -> 6',
      [
        'Conv2dConfig::new([3, 6], [4, 4]).with_stride([2, 2]).with_padding(PaddingConfig2d::Explicit(1, 1, 1, 1)).init(&device)',
      ],
    ],
    [
      '1x1x8 k4 p2,1 -> 1',
      ['Conv1dConfig::new(1, 1, 4).with_padding(PaddingConfig1d::Explicit(2, 1)).init(&device)'],
    ],
    [
      '1x1x5x5x5 k2 p0,1 -> 1',
      [
        'x = x.pad([(0, 1), (0, 1), (0, 1)], PadMode::Constant(0.0))',
        'x = Conv3dConfig::new([1, 1], [2, 2, 2]).init(&device).forward(x)',
      ],
    ],
    [
      '1x8x16x16 k3 i2 p1,2 flip -> 4',
      [
        'ConvTranspose2dConfig::new([8, 4], [3, 3]).with_stride([2, 2]).with_padding([1, 1]).with_padding_out([1, 1]).init(&device)',
      ],
    ],
    ['1x8x16 k3 i2 p2,1 flip -> 4', ['Burn crops by slicing, x.slice([..]), which padwise does not write']],
    ['1x1x5x5 max k2 s2', ['MaxPool2dConfig::new([2, 2]).init()']],
    ['1x1x5x5x5 max k2 s2', ['Burn has no pooling in three dimensions']],
    ['1x1x5 pad p1 fill=wrap', ['Burn pads with a constant, by reflection or with the edge']],
  ])('%s', (text, lines) => {
    const written = write(burn, parse(text), true);
    expect('lines' in written ? written.lines : [String(written.impossible)]).toEqual(lines);
  });

  it('knows what people write by hand', () => {
    expect(usual(burn, parse('1x3x224 k3 s2 p0,1 -> 6'))).toBe(
      'Conv1dConfig::new(3, 6, 3).with_stride(2).with_padding(PaddingConfig1d::Explicit(1, 1)).init(&device)',
    );
  });

  it('reads what it wrote, over a sweep', () => {
    expect(rewritten(burn)).toEqual({ written: 718, impossible: 182 });
  });
});
