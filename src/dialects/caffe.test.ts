// Caffe: networks as text and as NetSpec, the ceil and its clip, C's division, what is refused.

import { describe, expect, it } from 'vitest';
import { print } from '../geometry/index.ts';
import { caffe } from './caffe.ts';
import type { Layer, Shape } from './dialect.ts';
import { readLayer, readLayers } from './python.ts';
import { write } from './writers.ts';

const read = (code: string): readonly Layer[] => readLayers(code, { dialects: [caffe] });
const steps = (code: string, input: Shape) =>
  readLayer(code, { dialects: [caffe] })
    .resolve(input)
    .steps.map(print);
const says = (code: string) => {
  try {
    return read(code).map(({ name }) => name);
  } catch (error) {
    return (error as Error).message;
  }
};
const conv = (fields: string) => `layer { name: "c" type: "Convolution" convolution_param { ${fields} } }`;
const pool = (fields: string) => `layer { type: "Pooling" pooling_param { ${fields} } }`;

const ALEXNET = `
name: "AlexNet"   # the first layers
layer { name: "data" type: "Input" top: "data" input_param { shape: { dim: 10 dim: 3 dim: 227 dim: 227 } } }
layer {
  name: "conv1"
  type: "Convolution"
  bottom: "data"
  top: "conv1"
  param { lr_mult: 1 decay_mult: 1 }
  convolution_param { num_output: 96 kernel_size: 11 stride: 4 weight_filler { type: "gaussian" std: 0.01 } }
}
layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
layer { name: "norm1" type: "LRN" bottom: "conv1" top: "norm1" lrn_param { local_size: 5 alpha: 0.0001 beta: 0.75 } }
layer { name: "pool1" type: "Pooling" bottom: "norm1" top: "pool1" pooling_param { pool: MAX kernel_size: 3 stride: 2 } }
layer { name: "conv2" type: "Convolution" bottom: "pool1" top: "conv2" convolution_param { num_output: 256 pad: 2 kernel_size: 5 group: 2 } }
layer { name: "fc6" type: "InnerProduct" bottom: "conv2" top: "fc6" inner_product_param { num_output: 4096 } }
layer { name: "prob" type: "Softmax" bottom: "fc6" top: "prob" }
`;

describe('a network', () => {
  it('is read layer by layer, its input and what stands in between with it', () => {
    const layers = read(ALEXNET);
    expect(layers.map(({ name }) => name)).toEqual([
      'Convolution conv1',
      'Pooling pool1',
      'Convolution conv2',
    ]);
    expect(layers[0]?.statedInput).toEqual([3, 227, 227]);
    expect(layers[0]?.activation).toBe('relu');
    expect(layers[0]?.notes.map(String)).toContain(
      'What follows moves no pixel and is left out here: LRN norm1.',
    );
    let shape: Shape = [1, 3, 227, 227];
    const shapes = layers.map((layer) => {
      shape = layer.resolve(shape).output;
      return shape.join('x');
    });
    expect(shapes).toEqual(['1x96x55x55', '1x96x27x27', '1x256x27x27']);
    expect(layers[2]?.parameters(96).map((one) => one.shape)).toEqual([[256, 48, 5, 5], [256]]);
  });

  it('is the same in the old words and in NetSpec', () => {
    const old = 'layers { name: "p" type: POOLING pooling_param { pool: AVE kernel_size: 3 stride: 2 } }';
    const spec = 'n.p = L.Pooling(n.x, pool=P.Pooling.AVE, pooling_param=dict(kernel_size=3, stride=2))';
    expect(steps(old, [1, 2, 8, 8])).toEqual(['1x2x8x8 avg k3 s2 o1']);
    expect(steps(spec, [1, 2, 8, 8])).toEqual(steps(old, [1, 2, 8, 8]));
    expect(
      steps(
        'L.Deconvolution(x, convolution_param=dict(num_output=4, kernel_size=4, stride=2, pad=1))',
        [1, 2, 8, 8],
      ),
    ).toEqual(['1x2x8x8 k4 i2 p2 flip -> 4']);
  });

  it('that branches is refused where it does', () => {
    const branch = `${conv('num_output: 1 kernel_size: 1')}`.replace('type:', 'top: "c" type:');
    expect(says(`${branch} layer { name: "e" type: "Eltwise" bottom: "c" bottom: "d" }`)).toBe(
      'line 1, column 101: e joins 2 arrays; padwise reads layers in turn',
    );
    expect(says(`${branch} layer { name: "r" type: "ReLU" bottom: "data" }`)).toBe(
      'line 1, column 101: r takes data, not c of the layer before it; padwise reads layers in turn',
    );
    expect(says('layer { type: "Crop" }')).toBe(
      'line 1, column 1: Crop is no layer padwise reads in Caffe: it reads Convolution, Deconvolution and Pooling in turn',
    );
  });
});

describe('sizes', () => {
  it.each([
    // G7's numbers: rounded up, and the window that would start in the padding dropped.
    ['kernel_size: 2 stride: 2 pad: 1', 5, 3],
    ['kernel_size: 2 stride: 2', 5, 3],
    ['kernel_size: 2 stride: 2 round_mode: FLOOR', 5, 2],
    ['kernel_size: 3 stride: 2', 112, 56],
    // Without padding a last window that holds nothing stays.
    ['kernel_size: 1 stride: 2', 2, 2],
    ['global_pooling: true', 7, 1],
  ])('a pool of %s on %i has %i', (fields, size, out) => {
    expect(readLayer(pool(fields), { dialects: [caffe] }).resolve([1, 1, size, size]).output).toEqual([
      1,
      1,
      out,
      out,
    ]);
  });

  it('are divided toward zero', () => {
    expect(steps(conv('num_output: 1 kernel_size: 3 stride: 2'), [1, 1, 2, 2])).toEqual([
      '1x1x2x2 k3 s2 p0,1 -> 1',
    ]);
    expect(() => steps(conv('num_output: 1 kernel_size: 4 stride: 2'), [1, 1, 2, 2])).toThrow(
      'caffe Convolution c: kernel_size spans 4 on axis 0, a stride or more beyond the padded input of 2. [1x1x2x2 k4 s2 -> 1]',
    );
  });

  it('take one number for all axes, one for each, or _h and _w', () => {
    expect(
      steps(conv('num_output: 2 kernel_h: 3 kernel_w: 5 pad_h: 1 pad_w: 2 stride: 2'), [1, 1, 9, 9]),
    ).toEqual(['1x1x9x9 k3x5 s2 p1x2 -> 2']);
    expect(steps(conv('num_output: 2 kernel_size: [3, 3, 3] pad: 1'), [1, 1, 5, 5, 5])).toEqual([
      '1x1x5x5x5 k3 p1 -> 2',
    ]);
  });
});

it.each([
  [conv('kernel_size: 3'), 'caffe Convolution c: num_output is missing.'],
  [
    conv('num_output: 3 kernel_size: 3 group: 2'),
    'caffe Convolution c: num_output 3 is no multiple of group 2.',
  ],
  [
    conv('num_output: 3 kernel_size: 3 kernel_h: 3'),
    'caffe Convolution: kernel_size and kernel_h or kernel_w are both given.',
  ],
  [conv('num_output: 3 kernel_size: 3 padding: 1'), 'caffe Convolution: has no argument padding'],
  [pool('kernel_size: 3 pad: 3'), 'caffe Pooling: pad 3 must be smaller than kernel_size 3.'],
  [
    pool('pool: STOCHASTIC kernel_size: 3'),
    "caffe Pooling: pool: expected MAX or AVE, received 'STOCHASTIC'",
  ],
  [pool('global_pooling: true kernel_size: 3'), 'caffe Pooling: global_pooling takes no kernel_size.'],
])('%s is refused', (code, sentence) => {
  expect(says(code)).toBe(sentence);
});

it.each([
  ['layer { name: "x', 'line 1, column 15: this quote is never closed'],
  ['layer { type: "Pooling"', 'line 1, column 24: expected } before the end'],
  ['layer { type "Pooling" }', 'line 1, column 14: expected a colon and a value, or fields in braces'],
  ['layer { : }', 'line 1, column 9: expected a field such as stride: 2, received :'],
  ['name: "only"', 'line 1, column 1: expected a layer of type Convolution, Deconvolution or Pooling'],
  [`layer { ${'a { '.repeat(20)}`, 'line 1, column 72: expected braces at most 16 deep'],
])('%s is no text format', (code, sentence) => {
  expect(says(code)).toBe(sentence);
});

it('reads what is hostile in no time, or refuses it', () => {
  for (const text of [
    'layer {'.repeat(50_000),
    `layer { a: [${'1,'.repeat(200_000)}] }`,
    `layer { # ${'#'.repeat(500_000)}`,
  ])
    expect(typeof says(text)).toBe('string');
});

it('says what it cannot write', () => {
  const uneven = readLayer(conv('num_output: 2 kernel_size: 3 stride: 2 pad: 1'), {
    dialects: [caffe],
  }).resolve([1, 1, 8, 8]);
  const [geometry] = uneven.steps;
  expect(geometry && write(caffe, geometry, true)).toMatchObject({
    lines: ['L.Convolution(x, num_output=2, kernel_size=3, stride=2, pad=1)'],
  });
});
