// Core ML: mb operations; output shapes of the real shape inference stand in oracle/shapes.

import { describe, expect, it } from 'vitest';
import { print } from '../geometry/index.ts';
import { coreml } from './coreml.ts';
import type { Shape } from './dialect.ts';
import { readLayer } from './python.ts';

const tensors = { w: [6, 3, 4, 4], t: [3, 2, 4, 4] };
const layer = (code: string) => readLayer(code, { dialects: [coreml], tensors });
const steps = (code: string, input: Shape) => layer(code).resolve(input).steps.map(print);
const X: Shape = [1, 3, 9, 9];

describe('reading', () => {
  it.each([
    ["mb.conv(x=x, weight=w, strides=[2, 2], pad_type='same')", '1x3x9x9 k4 s2 p1,2 -> 6'],
    ["mb.conv(x=x, weight=w, strides=[2, 2], pad_type='same_lower')", '1x3x9x9 k4 s2 p2,1 -> 6'],
    ["mb.conv(x=x, weight=w, pad_type='custom', pad=[1, 2, 3, 0])", '1x3x9x9 k4 p1,2x3,0 -> 6'],
    [
      "mb.conv_transpose(x=x, weight=t, groups=1, strides=[2, 2], pad_type='custom', pad=[1, 0, 1, 0])",
      '1x3x9x9 k4 i2 p2,3 flip -> 2',
    ],
    ["mb.conv_transpose(x=x, weight=t, strides=[2, 2], pad_type='same')", '1x3x9x9 k4 i2 p2 flip -> 2'],
    [
      "mb.avg_pool(x=x, kernel_sizes=[2, 2], strides=[2, 2], pad_type='custom', pad=[1, 1, 1, 1], ceil_mode=True)",
      '1x3x9x9 avg k2 s2 p1',
    ],
    [
      "mb.avg_pool(x=x, kernel_sizes=[3, 3], pad_type='same', exclude_padding_from_average=True)",
      '1x3x9x9 avg k3 p1 /real',
    ],
    ["mb.pad(x=x, pad=[0, 0, 0, 0, 1, 2, 3, 0], mode='reflect')", '1x3x9x9 pad p1,2x3,0 fill=reflect'],
    ['mb.crop(x=x, crop_height=[1, 0], crop_width=[0, 2])', '1x3x9x9 pad p-1,0x0,-2'],
    ['mb.slice_by_size(x=x, begin=[0, 0, 1, 0], size=[-1, -1, 8, 7])', '1x3x9x9 pad p-1,0x0,-2'],
  ])('%s', (code, geometry) => {
    expect(steps(code, X)).toEqual([geometry]);
  });

  it('follows imports', () => {
    const code =
      "from coremltools.converters.mil.mil import Builder as b\nb.max_pool(x=x, kernel_sizes=[2], pad_type='valid')";
    expect(steps(code, [1, 1, 5])).toEqual(['1x1x5 max k2']);
  });

  it('tells that pad without custom is passed over', () => {
    expect(layer('mb.conv(x=x, weight=w, pad=[1, 1, 1, 1])').notes.map(String)).toContain(
      "pad is read with pad_type='custom' only, not with 'valid'.",
    );
  });
});

it.each([
  ['mb.conv(x=x, weight=w, strides=2)', 'coreml mb.conv: strides: expected a list of 2 integers, received 2'],
  [
    "mb.conv(x=x, weight=w, pad_type='SAME')",
    "coreml mb.conv: pad_type: expected 'valid' or 'same' or 'same_lower' or 'custom', received 'SAME'",
  ],
  [
    "mb.conv(x=x, weight=w, pad_type='custom', pad=[-1, 0, 0, 0])",
    'coreml mb.conv: whether a pad of -1 crops is not established for Core ML.',
  ],
  [
    'mb.conv(x=mb.pad(x=x, pad=[1, 1]), weight=w)',
    'coreml mb.conv: x is another operation; give it a name in a line of its own first.',
  ],
  [
    "mb.max_pool(x=x, kernel_sizes=[2, 2], pad_type='same', ceil_mode=True)",
    "coreml mb.max_pool: ceil_mode does not go with pad_type='same'.",
  ],
  ["mb.max_pool(x=x, kernel_sizes=[1, 1], strides=[8, 8], pad_type='valid', ceil_mode=True)", null],
  [
    "mb.max_pool(x=x, kernel_sizes=[1, 1], strides=[7, 7], pad_type='valid', ceil_mode=True)",
    'coreml mb.max_pool: the last window would hold nothing, and what Core ML computes of that is not established.',
  ],
  [
    'mb.conv_transpose(x=x, weight=t, output_shape=[1, 2, 13, 13])',
    'coreml mb.conv_transpose: output_shape 13 on axis 0 is not the 12 of its own; where Core ML cuts or adds then is not established.',
  ],
  [
    "mb.pad(x=x, pad=[9, 0], mode='reflect')",
    "coreml mb.pad: mode='reflect' by 9 needs 10 elements, but axis 0 has 9.",
  ],
])('%s', (code, sentence) => {
  const ask = () => layer(code).resolve(X);
  if (sentence === null) expect(ask().output).toEqual([1, 3, 2, 2]);
  else expect(ask).toThrow(sentence);
});
