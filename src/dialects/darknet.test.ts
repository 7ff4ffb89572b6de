// Darknet: sections of a network's text; the runs of the real library stand in oracle/fixtures/darknet.

import { describe, expect, it } from 'vitest';
import { print } from '../geometry/index.ts';
import { darknet } from './darknet.ts';
import type { Shape } from './dialect.ts';
import { readLayers } from './python.ts';

const read = (code: string) => readLayers(code, { dialects: [darknet] });
const steps = (code: string, input: Shape) =>
  read(code).flatMap((layer) => layer.resolve(input).steps.map(print));
const says = (code: string) => {
  try {
    return read(code).map(({ name }) => name);
  } catch (error) {
    return (error as Error).message;
  }
};

const TINY = `[net]
# Testing
batch=1
width=416
height=416
channels=3

[convolutional]
batch_normalize=1
filters=16
size=3
stride=1
pad=1
activation=leaky

[maxpool]
size=2
stride=2

[convolutional]
filters=255
size=1
activation=linear

[yolo]
mask = 0,1,2
`;

describe('a network', () => {
  it('is read section by section', () => {
    const layers = read(TINY);
    expect(layers.map(({ name }) => name)).toEqual(['[convolutional]', '[maxpool]', '[convolutional]']);
    expect(layers[0]?.statedInput).toEqual([3, 416, 416]);
    expect(layers[0]?.notes.map(String)).toEqual([
      'activation=leaky is left out here.',
      'batch_normalize=1 normalises each filter after the convolution; padwise leaves that out.',
    ]);
    expect(layers[2]?.notes.map(String)).toEqual([
      'What follows moves no pixel and is left out here: [yolo].',
    ]);
  });

  it('pads a pool by size - 1, the odd one after, and a convolution by half its size', () => {
    expect(steps('[maxpool]\nsize=2\nstride=2', [1, 1, 7, 7])).toEqual(['1x1x7x7 max k2 s2 p0,1']);
    expect(steps('[convolutional]\nsize=4\npad=1\npadding=7', [1, 1, 7, 7])).toEqual(['1x1x7x7 k4 p2 -> 1']);
    expect(steps('[deconvolutional]\nsize=4\nstride=2\npad=1', [1, 1, 7, 7])).toEqual([
      '1x1x7x7 k4 i2 p1 flip -> 1',
    ]);
    expect(steps('[avgpool]', [1, 8, 7, 5])).toEqual(['1x8x7x5 avg k7x5']);
  });
});

it.each([
  [
    '[route]\nlayers=-4',
    'line 1, column 1: [route] is not read; padwise reads [convolutional], [deconvolutional], [maxpool] and [avgpool] in turn',
  ],
  ['[maxpool]\nsize', 'line 2, column 1: expected a line such as size=3'],
  ['[net]\nwidth=3', 'line 1, column 1: expected a section such as [convolutional] or [maxpool]'],
  [
    '[maxpool]\n[softmax]\n[maxpool]',
    'line 3, column 1: [maxpool] follows [softmax], which leaves no positions to slide over',
  ],
  ['[convolutional]\nsize=3.5', "darknet [convolutional]: size: expected an integer >= 1, received '3.5'"],
  [
    '[convolutional]\nsize=3\ndilation=2',
    "darknet [convolutional]: padwise does not read dilation, which only AlexeyAB's fork has.",
  ],
  [
    '[convolutional]\npadding=1',
    'darknet [convolutional]: with size=1 Darknet leaves out padding=1 and reads beyond the input instead.',
  ],
])('%s is refused', (code, sentence) => {
  expect(says(code)).toBe(sentence);
});

it('reads a million lines, or refuses them, in no time', () => {
  for (const text of [
    '[maxpool]\n'.repeat(90_000),
    `[maxpool]\n${'size=1\n'.repeat(100_000)}`,
    `[maxpool]${' '.repeat(900_000)}x`,
  ])
    expect(typeof says(text) === 'string' || says(text).length > 0).toBe(true);
});
