// TensorRT: layers of a network and what is set on them.

import { describe, expect, it } from 'vitest';
import { print } from '../geometry/index.ts';
import type { Shape } from './dialect.ts';
import { readLayers } from './python.ts';
import { tensorrt } from './tensorrt.ts';

const read = (code: string) => readLayers(code, { dialects: [tensorrt] });
const steps = (code: string, input: Shape) =>
  read(code).flatMap((layer) => layer.resolve(input).steps.map(print));
const X: Shape = [1, 3, 9, 9];
const conv = (...set: string[]) =>
  [
    'c = network.add_convolution_nd(input=x, num_output_maps=6, kernel_shape=(4, 4), kernel=w)',
    ...set.map((one) => `c.${one}`),
  ].join('\n');
const pool = (type: string, ...set: string[]) =>
  [`p = network.add_pooling_nd(x, trt.PoolingType.${type}, (2, 2))`, ...set.map((one) => `p.${one}`)].join(
    '\n',
  );

describe('reading', () => {
  it.each([
    [
      conv('stride_nd = (2, 2)', 'padding_mode = trt.PaddingMode.SAME_UPPER', 'padding_nd = (5, 5)'),
      '1x3x9x9 k4 s2 p1,2 -> 6',
    ],
    [conv('stride_nd = (2, 2)', 'padding_mode = trt.PaddingMode.SAME_LOWER'), '1x3x9x9 k4 s2 p2,1 -> 6'],
    [conv('pre_padding = (1, 0)', 'post_padding = (2, 0)', 'num_groups = 3'), '1x3x9x9 k4 p1,2x0 g3 -> 6'],
    [
      conv('stride_nd = (3, 3)', 'padding_mode = trt.PaddingMode.EXPLICIT_ROUND_UP'),
      '1x3x9x9 k4 s3 p0,1 -> 6',
    ],
    [conv('dilation_nd = (2, 2)').replace('convolution', 'deconvolution'), '1x3x9x9 k4 d2 p6 flip -> 6'],
    [
      conv('stride_nd = (2, 2)', 'padding_mode = trt.PaddingMode.SAME_LOWER').replace(
        'convolution',
        'deconvolution',
      ),
      '1x3x9x9 k4 i2 p2 flip -> 6',
    ],
    [
      pool('MAX', 'stride_nd = (2, 2)', 'padding_mode = trt.PaddingMode.EXPLICIT_ROUND_UP'),
      '1x3x9x9 max k2 s2 o1',
    ],
    [pool('AVERAGE', 'padding_nd = (1, 1)'), '1x3x9x9 avg k2 p1 /real'],
    [pool('AVERAGE', 'padding_nd = (1, 1)', 'average_count_excludes_padding = False'), '1x3x9x9 avg k2 p1'],
    ['network.add_padding_nd(x, (1, -1), (0, 2))', '1x3x9x9 pad p1,0x-1,2'],
    [
      's = network.add_slice(x, start=(0, 0, -1, 2), shape=(1, 3, 11, 7), stride=(1, 1, 1, 1))\ns.mode = trt.SampleMode.CLAMP',
      '1x3x9x9 pad p1x-2,0 fill=replicate',
    ],
  ])('%s', (code, geometry) => {
    expect(steps(code, X)).toEqual([geometry]);
  });

  it('takes the outputs of layers', () => {
    const code = `${conv('padding_nd = (1, 1)')}\nx = c.get_output(0)\n${pool('MAX')}\n`;
    expect(read(code).map(({ name }) => name)).toEqual([
      'network.add_convolution_nd',
      'network.add_pooling_nd',
    ]);
  });
});

it.each([
  [
    conv('stride_nd = 2'),
    'tensorrt network.add_convolution_nd: stride_nd: expected a tuple of 2 integers, received 2',
  ],
  [
    conv('padding_mode = trt.PaddingMode.CAFFE_ROUND_UP'),
    'tensorrt network.add_convolution_nd: padding_mode: expected a trt.PaddingMode: EXPLICIT_ROUND_DOWN, EXPLICIT_ROUND_UP, SAME_UPPER or SAME_LOWER, received trt.PaddingMode.CAFFE_ROUND_UP',
  ],
  [conv('strides = (2, 2)'), 'tensorrt network.add_convolution_nd: has no argument strides'],
  [
    pool('MAX_AVERAGE_BLEND'),
    'tensorrt network.add_pooling_nd: padwise does not read a blend of maximum and average.',
  ],
  [pool('MAX', 'stride_nd = (7, 7)', 'padding_mode = trt.PaddingMode.SAME_UPPER'), null],
  [
    pool('MAX', 'stride_nd = (5, 5)', 'padding_mode = trt.PaddingMode.SAME_UPPER'),
    'tensorrt network.add_pooling_nd: SAME_UPPER comes to a total padding of -2 on axis 0, and what TensorRT does then is not established.',
  ],
  [
    conv().replace('(4, 4)', '(4,)'),
    'tensorrt network.add_convolution_nd: kernel_shape: expected a tuple of 2 or 3 integers, received (4,)',
  ],
])('%s', (code, sentence) => {
  const ask = () => steps(code, X);
  if (sentence === null) expect(ask()).toEqual(['1x3x9x9 max k2 s7']);
  else expect(ask).toThrow(sentence);
});
