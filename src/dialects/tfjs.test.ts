import { describe, expect, it } from 'vitest';
import { fuse } from '../geometry/fuse.ts';
import { type Geometry, parse, print, sameGeometry } from '../geometry/index.ts';
import type { Layer, Shape } from './dialect.ts';
import { dialects } from './index.ts';
import { readLayer, readLayers } from './python.ts';
import { usual, write } from './tfjs/spelling.ts';
import { tfjs } from './tfjs.ts';

type Tensors = Readonly<Record<string, Shape>>;

const read = (code: string, tensors: Tensors = {}): Layer => readLayer(code, { dialects: [tfjs], tensors });
const problem = (code: string, input: Shape, weight: Shape = []) =>
  read(code, { weight }).resolve(input).steps.map(print).join(' then ');
const refused = (code: string, input: Shape, weight: Shape = []) => {
  try {
    read(code, { weight }).resolve(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('reading', () => {
  const plane: Shape = [1, 9, 9, 4];
  it.each([
    ['tf.conv2d(x, weight, 2, "same")', plane, [4, 4, 4, 6], '1x4x9x9 k4 s2 p1,2 -> 6'],
    ['tf.conv2d(x, weight, [2, 1], 1)', plane, [3, 3, 4, 6], '1x4x9x9 k3 s2x1 p1x1,-3 -> 6'],
    ['tf.conv2d(x, weight, 2, 0, "NHWC", 1, "ceil")', [1, 8, 8, 4], [3, 3, 4, 6], '1x4x8x8 k3 s2 p0,1 -> 6'],
    ['tf.conv1d(x, weight, 3, 0)', [1, 4, 1], [2, 1, 1], '1x1x4 k2 s3 p0,7 -> 1'],
    [
      'tf.conv3d(x, weight, [1, 1, 3], "same")',
      [1, 1, 1, 6, 1],
      [1, 1, 1, 1, 1],
      '1x1x1x1x6 k1 s1x1x3 p0x0x-1 -> 1',
    ],
    [
      'tf.conv2dTranspose(x, weight, [1, 6, 6, 5], 2, "same")',
      [1, 3, 3, 4],
      [3, 3, 5, 4],
      '1x4x3x3 k3 i2 p2,1 flip -> 5',
    ],
    ['tf.maxPool(x, 1, 2, 0, "ceil")', [1, 2, 2, 4], [], '1x4x2x2 max k1'],
    ['tf.pool(x, 3, "max", "same", 2)', plane, [], '1x4x9x9 max k3 d2 p2 fill=0'],
    [
      'tf.layers.conv2d({filters: 6, kernelSize: 4, strides: 2, padding: "same"})',
      plane,
      [],
      '1x4x9x9 k4 s2 p1,2 -> 6',
    ],
    [
      'tf.layers.conv2d({filters: 6, kernelSize: 4, dataFormat: "channelsFirst"}).apply(x)',
      [1, 4, 9, 9],
      [],
      '1x4x9x9 k4 -> 6',
    ],
    [
      'tf.layers.conv2dTranspose({filters: 2, kernelSize: 2, strides: 3})',
      [1, 3, 3, 4],
      [],
      '1x4x3x3 k2 i3 p1,2 flip -> 2',
    ],
    ['tf.layers.depthwiseConv2d({kernelSize: 3, dilationRate: 2})', plane, [], '1x4x9x9 k3 g4 -> 4'],
    [
      'tf.layers.separableConv2d({filters: 6, kernelSize: 3, depthMultiplier: 2})',
      plane,
      [],
      '1x4x9x9 k3 g4 -> 8 then 1x8x7x7 k1 -> 6',
    ],
    ['tf.layers.averagePooling1d({poolSize: 3, padding: "same"})', [1, 7, 4], [], '1x4x7 avg k3 s3 p1 /real'],
    ['tf.layers.cropping2D({cropping: [[1, 2], [0, 3]]})', plane, [], '1x4x9x9 pad p-1,-2x0,-3'],
    ['tf.pad(x, [[0, 0], [1, 2], [0, 0]], -Infinity)', [1, 9, 4], [], '1x4x9 pad p1,2 fill=-inf'],
    [
      'tf.mirrorPad(x, [[0, 0], [1, 2], [0, 0]], "symmetric")',
      [1, 9, 4],
      [],
      '1x4x9 pad p1,2 fill=symmetric',
    ],
  ] as [string, Shape, Shape, string][])('%s', (code, input, weight, expected) => {
    expect(problem(code, input, weight)).toBe(expected);
  });

  it('has weights in the order of Keras, under the names of Keras', () => {
    const parameters = (options: string) =>
      read(`tf.layers.${options}`)
        .parameters(4)
        .map(({ name, order, shape }) => [name, order, shape]);
    expect(parameters('conv1d({filters: 6, kernelSize: 3})')).toEqual([
      ['kernel', 'k i go', [3, 4, 6]],
      ['bias', 'go', [6]],
    ]);
    expect(parameters('conv2dTranspose({filters: 6, kernelSize: 3, useBias: false})')).toEqual([
      ['kernel', 'k o i', [3, 3, 6, 4]],
    ]);
    expect(parameters('separableConv2d({filters: 6, kernelSize: 3, depthMultiplier: 2})')).toEqual([
      ['depthwise_kernel', 'k g o', [3, 3, 4, 2]],
      ['pointwise_kernel', 'k i go', [1, 1, 8, 6]],
      ['bias', 'go', [6]],
    ]);
  });

  it('stands beside TensorFlow, whose names differ', () => {
    const framework = (code: string) => readLayer(code, { dialects, tensors: { w: [3, 3, 4, 6] } }).framework;
    expect(framework('tf.nn.conv2d(x, w, 1, "SAME")')).toBe('tensorflow');
    expect(framework('tf.conv2d(x, w, 1, "same")')).toBe('tfjs');
    expect(framework('tf.layers.conv2d({filters: 6, kernelSize: 4})')).toBe('tfjs');
    expect(framework('tf.keras.layers.Conv2D(6, 4)')).toBe('keras');
  });

  it.each([
    [
      'tf.conv2d(x, weight, [1, 2], 1)',
      [3, 3, 4, 6],
      'TensorFlow.js counts the outputs of all axes with the window and stride of the first when pad is a number, here 1.',
    ],
    [
      'tf.conv1d(x, weight, 2, 0)',
      [3, 4, 6],
      "TensorFlow.js counts windows as if kernel and stride were 1 when conv1d's pad is 0; 'valid' has none beyond the input.",
    ],
    [
      'tf.layers.conv2dTranspose({filters: 2, kernelSize: 3, dilationRate: 2})',
      [],
      'TensorFlow.js leaves dilationRate out here.',
    ],
    [
      'tf.layers.maxPooling1d({padding: "causal"})',
      [],
      "TensorFlow.js takes 'causal' here and computes 'valid'.",
    ],
  ] as [string, Shape, string][])('%s is noted', (code, weight, note) => {
    expect(read(code, { weight }).notes.map(String)).toEqual([note]);
  });
});

describe('refusing', () => {
  const plane: Shape = [1, 5, 5, 4];
  const square: Shape = [3, 3, 4, 6];
  it.each([
    ['tf.conv2d(x, weight, 1, "SAME")', "tf.conv2d: pad: expected 'same' or 'valid', received 'SAME'"],
    [
      'tf.conv2d(x, weight, 2, "same", "NHWC", 2)',
      'tf.conv2d: either strides 2x2 or dilations 2x2 must be 1.',
    ],
    [
      'tf.conv2d(x, weight, 1, "same", "NHWC", 1, "floor")',
      "tf.conv2d: pad must be a number where dimRoundingMode is 'floor', received 'same'.",
    ],
    [
      'tf.conv2d(x, weight, 1, "valid", "NHWC", 4)',
      'tf.conv2d: the window spans 9 on axis 0, but the padded input is 5 wide, which leaves -3 outputs.',
    ],
    [
      'tf.depthwiseConv2d(x, weight, 1, "same", "NCHW")',
      'tf.depthwiseConv2d: dataFormat NCHW is taken, but the channels are still read as the last dimension.',
    ],
    [
      'tf.conv2dTranspose(x, weight, [1, 11, 11, 4], 2, "same")',
      'tf.conv2dTranspose: expected 6 input channels, received 4 in 1x5x5x4.',
    ],
    [
      'tf.layers.conv1d({filters: 6, kernelSize: 3, padding: "causal"})',
      "tf.layers.conv1d: padding 'causal' is not implemented in TensorFlow.js.",
    ],
    ['tf.layers.conv2d({filters: 6, kernelSize: 3, stride: 2})', 'tf.layers.conv2d: has no argument stride'],
    [
      'tf.layers.conv2d({filters: 6, kernelSize: 3, padding: "SAME"})',
      "tf.layers.conv2d: padding: expected 'valid' or 'same' or 'causal', received 'SAME'",
    ],
  ])('%s', (code, message) => {
    expect(refused(code, plane, square)).toBe(`tfjs ${message}`);
  });

  it('outputs that the input does not make', () => {
    expect(refused('tf.conv2dTranspose(x, weight, [1, 11, 11, 4], 2, "same")', [1, 5, 5, 6], square)).toBe(
      'tfjs tf.conv2dTranspose: outputShape 11 on axis 0 would come from 6 elements, but the input has 5; TensorFlow.js does not check that and answers NaN or leaves elements out.',
    );
  });
});

describe('writing', () => {
  const lines = (text: string, bias = true) => {
    const said = write(parse(text), bias);
    return 'lines' in said ? said.lines : String(said.impossible);
  };
  it.each([
    [
      '1x3x64x64 k4 s2 p1 -> 6',
      ["tf.layers.conv2d({filters: 6, kernelSize: 4, strides: 2, padding: 'same'})"],
    ],
    [
      '1x3x224x224 k7 s2 p3 -> 64',
      [
        'x = tf.pad(x, [[0, 0], [3, 3], [3, 3], [0, 0]])',
        'x = tf.layers.conv2d({filters: 64, kernelSize: 7, strides: 2}).apply(x)',
      ],
    ],
    ['1x4x9 max k2 s2', ['tf.layers.maxPooling1d({poolSize: 2})']],
    ['1x4x9x9 max k3 s2 p1,0', ['tf.maxPool(x, 3, 2, [[0, 0], [1, 0], [1, 0], [0, 0]])']],
    [
      '1x4x9x9 k3 g4 p1 -> 8',
      ["tf.layers.depthwiseConv2d({kernelSize: 3, padding: 'same', depthMultiplier: 2})"],
    ],
    [
      '1x4x8x8 k3 g2 -> 6',
      'TensorFlow.js has no groups but those of a depthwise convolution in two dimensions',
    ],
    ['1x4x8x8 k3 s2 d2 -> 6', 'TensorFlow.js refuses strides and dilations that both exceed 1'],
    ['1x4x8 k3 i2 p2,1 flip -> 6', 'TensorFlow.js has no transposed convolution in one dimension'],
  ])('%s', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it('takes functions where there is no bias', () => {
    expect(lines('1x3x224x224 k7 s2 p3 -> 64', false)).toEqual([
      'tf.conv2d(x, filter, 2, [[0, 0], [3, 3], [3, 3], [0, 0]])',
    ]);
    expect(lines('1x4x3x3 k3 i2 p1,2 flip -> 6', false)).toEqual([
      'tf.conv2dTranspose(x, filter, [1, 6, 6, 6], 2, [[0, 0], [1, 0], [1, 0], [0, 0]])',
    ]);
  });

  it('says the usual word', () => {
    expect(usual(parse('1x3x64x64 k3 s2 p1 -> 6'))).toBe(
      "tf.layers.conv2d({filters: 6, kernelSize: 3, strides: 2, padding: 'same'})",
    );
    expect(usual(parse('1x4x3x3 k3 i2 p1,2 flip -> 6'))).toBe(
      "tf.layers.conv2dTranspose({filters: 6, kernelSize: 3, strides: 2, padding: 'same'})",
    );
    expect(usual(parse('1x4x9 pad p1'))).toBeNull();
  });

  it('reads what it writes', () => {
    let written = 0;
    for (const kernel of [1, 2, 3])
      for (const stride of [1, 2, 3])
        for (const pads of ['0', '1', '0,2', '2,1', '-1,1'])
          for (const kind of ['', 'max ', 'avg '])
            for (const size of ['7', '6x7', '5x6x7']) {
              const of = parse(
                `1x2x${size} ${kind}k${kernel} s${stride} p${pads}${kind === '' ? ' -> 3' : ''}`,
              );
              const said = write(of, true);
              if ('impossible' in said) continue;
              const tensors = { ...said.tensors, x: [] };
              const layers = readLayers(said.lines.join('\n'), { dialects: [tfjs], tensors });
              let shape: Shape = [1, ...of.axes.map((one) => one.size), 2];
              const steps = layers.flatMap((layer) => {
                const resolved = layer.resolve(shape);
                shape = resolved.output;
                return resolved.steps;
              });
              const [fused, more] = fuse(steps, true);
              expect(more, said.lines.join('; ')).toBeUndefined();
              expect(sameGeometry(fused as Geometry, of), said.lines.join('; ')).toBe(true);
              written += 1;
            }
    expect(written).toBeGreaterThan(250);
  });
});
