// Verdicts against what the layers read, and agreement over sizes against trying every size.

import { describe, expect, it } from 'vitest';
import { dialects, type Layer } from '../dialects/index.ts';
import { readLayer } from '../dialects/python.ts';
import { agreement, arrange, canonical, compare, type Verdict } from './compare.ts';

const read = (code: string): Layer => readLayer(code, { dialects });
const verdict = (first: string, second: string, ...sizes: number[]) =>
  compare(read(first), read(second), [1, 3, ...sizes]);

describe('compare', () => {
  it.each<[string, string, string, number[], Verdict, number[]]>([
    [
      'the same in other words',
      'nn.Conv2d(3, 6, 4, 2, 1)',
      'Conv2D(6, 4, 2, "same")',
      [64, 64],
      'same',
      [0, 0],
    ],
    ['a shift (G2)', 'nn.Conv2d(3, 6, 7, 2, 3)', 'Conv2D(6, 7, 2, "same")', [224, 224], 'shifted', [1, 1]],
    [
      'none at an odd size',
      'nn.Conv2d(3, 6, 7, 2, 3)',
      'Conv2D(6, 7, 2, "same")',
      [225, 225],
      'same',
      [0, 0],
    ],
    ['one along one axis', 'nn.Conv2d(3, 6, 3, 2, 1)', 'Conv2D(6, 3, 2, "same")', [8, 9], 'shifted', [1, 0]],
    [
      'a mirrored kernel',
      'ConvTranspose(6, (3, 3), (2, 2))',
      'Conv2DTranspose(6, 3, 2, "same")',
      [8, 8],
      'mirrored',
      [0, 0],
    ],
    [
      'other fills',
      'nn.Conv2d(3, 6, 3, padding=1)',
      "nn.Conv2d(3, 6, 3, padding=1, padding_mode='reflect')",
      [8, 8],
      'pixels',
      [0, 0],
    ],
    [
      'a shift and other fills',
      "nn.Conv2d(3, 6, 3, 2, 1, padding_mode='reflect')",
      'Conv2D(6, 3, 2, "same")',
      [8, 8],
      'pixels',
      [1, 1],
    ],
    [
      'other kernels',
      'nn.Conv2d(3, 6, 3, padding=1)',
      'nn.Conv2d(3, 6, 5, padding=2)',
      [8, 8],
      'pixels',
      [0, 0],
    ],
    ['another rule', 'nn.MaxPool2d(2)', 'nn.AvgPool2d(2)', [8, 8], 'numbers', [0, 0]],
    [
      'another divisor',
      'nn.AvgPool2d(3, 2, 1)',
      'nn.AvgPool2d(3, 2, 1, count_include_pad=False)',
      [9, 9],
      'numbers',
      [0, 0],
    ],
    ['other groups', 'nn.Conv2d(3, 6, 3)', 'nn.Conv2d(3, 6, 3, groups=3)', [8, 8], 'numbers', [0, 0]],
    ['another size', 'nn.Conv2d(3, 6, 3)', 'nn.Conv2d(3, 6, 2)', [8, 8], 'shape', [0, 0]],
    ['other channels', 'nn.Conv2d(3, 6, 3)', 'nn.Conv2d(3, 5, 3)', [8, 8], 'shape', [0, 0]],
  ])('%s', (_, first, second, sizes, wanted, shift) => {
    const found = verdict(first, second, ...sizes);
    expect(found.verdict).toBe(wanted);
    if (wanted !== 'shape') expect(found.shift.map((by) => by || 0)).toEqual(shift);
  });

  it('is the other way round with the layers exchanged', () => {
    const [torch, keras] = ['nn.Conv2d(3, 6, 3, 4, 1)', 'Conv2D(6, 3, 4, "same")'];
    const there = verdict(torch, keras, 16, 16);
    const back = verdict(keras, torch, 16, 16);
    expect([there.verdict, back.verdict]).toEqual(['shifted', 'shifted']);
    expect(there.shift).toEqual(back.shift.map((by) => -by));
  });

  it('throws what a layer refuses', () => {
    expect(() => verdict('nn.Conv2d(3, 6, 3)', 'nn.Conv2d(4, 6, 3)', 8, 8)).toThrow(
      'expected 4 input channels',
    );
  });
});

describe('agreement', () => {
  const pairs: [string, string][] = [1, 2, 3, 4, 5].flatMap((stride) =>
    [2, 3, 4, 5, 7].map((kernel): [string, string] => [
      `nn.Conv1d(3, 6, ${kernel}, ${stride}, ${Math.floor(kernel / 2)})`,
      `Conv1D(6, ${kernel}, ${stride}, "same")`,
    ]),
  );
  it.each([
    ...pairs,
    ['nn.Conv1d(3, 6, 3, 2)', 'nn.Conv1d(3, 6, 3, 3)'],
    ['nn.Conv1d(3, 6, 3, 2, 1)', "nn.Conv1d(3, 6, 3, 2, 1, padding_mode='reflect')"],
    ['nn.MaxPool1d(3, 2, 1)', 'MaxPooling1D(3, 2, "same")'],
    ['nn.MaxPool1d(2, 2, ceil_mode=True)', 'MaxPooling1D(2, 2, "same")'],
    ['nn.AvgPool1d(3, 4, 1)', 'AveragePooling1D(3, 4, "same")'],
    ['nn.Conv1d(3, 6, 3, dilation=4, padding="same")', 'Conv1D(6, 3, dilation_rate=4, padding="same")'],
    ['nn.ConvTranspose1d(3, 6, 3, 2, 1, output_padding=1)', 'Conv1DTranspose(6, 3, 2, "same")'],
    ['nn.ConvTranspose1d(3, 6, 4, 2, 1)', 'Conv1DTranspose(6, 4, 2, "same")'],
  ])('of %s and %s', (first, second) => {
    const [one, other] = [read(first), read(second)];
    const found = agreement(one, other, [1, 3, 40]);
    expect(found).not.toBeNull();
    for (let size = 24; size < 24 + 60; size++) {
      const same = compare(one, other, [1, 3, size]).verdict === 'same';
      expect([size, same]).toEqual([size, found?.equal.includes(size % found.period)]);
    }
  });

  it('does not depend on the size it is asked about, and is quick at the largest', () => {
    const [torch, keras] = [read('nn.Conv2d(3, 6, 3, 2, 1)'), read('Conv2D(6, 3, 2, "same")')];
    for (const size of [4, 224, 2 ** 31 - 1])
      expect(agreement(torch, keras, [1, 3, size, size])).toEqual({ period: 2, equal: [1] });
  });

  it('is null where a period is too long to sweep, or sizes are refused', () => {
    const long = [read('nn.Conv1d(3, 6, 3, 8)'), read('nn.Conv1d(3, 6, 3, 9)')] as const;
    expect(agreement(...long, [1, 3, 40])).toBeNull();
    const fixed = read('tf.nn.conv1d_transpose(x, tf.zeros((3, 6, 3)), output_shape=[1, 8, 6], strides=2)');
    expect(agreement(fixed, fixed, [1, 3, 4])).toBeNull();
  });
});

describe('layouts', () => {
  it('arrange and canonical undo each other', () => {
    const [first, last] = [read('nn.Conv2d(3, 6, 3)'), read('Conv2D(6, 3)')];
    expect(arrange(last, [2, 3, 8, 9])).toEqual([2, 8, 9, 3]);
    expect(canonical(last, [2, 8, 9, 3])).toEqual([2, 3, 8, 9]);
    expect(arrange(first, [2, 3, 8, 9])).toEqual([2, 3, 8, 9]);
    expect(canonical(first, [3, 8, 9])).toEqual([1, 3, 8, 9]);
    expect(canonical(last, [8, 9, 3])).toEqual([1, 3, 8, 9]);
  });
});
