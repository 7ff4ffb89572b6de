// cuDNN: descriptors in C, the frontend's nodes in Python; output sizes of the real library stand in oracle/shapes.

import { describe, expect, it } from 'vitest';
import { print } from '../geometry/index.ts';
import { cudnn } from './cudnn.ts';
import type { Shape } from './dialect.ts';
import { readLayer, readLayers } from './python.ts';

const tensors = { w: [6, 3, 4, 4], filter: [8, 3, 3, 3] };
const steps = (code: string, input: Shape) =>
  readLayer(code, { dialects: [cudnn], tensors })
    .resolve(input)
    .steps.map(print);
const says = (code: string, input: Shape = [1, 3, 8, 8]) => {
  try {
    return readLayers(code, { dialects: [cudnn] }).map((layer) => layer.resolve(input).output.join('x'));
  } catch (error) {
    return (error as Error).message;
  }
};

const RESNET = `
// the first convolution
checkCUDNN(cudnnSetTensor4dDescriptor(xDesc, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 32, 3, 224, 224));
checkCUDNN(cudnnSetFilter4dDescriptor(wDesc, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NCHW,
                                      /* out, in, h, w */ 64, 3, 7, 7));
checkCUDNN(cudnnSetConvolution2dDescriptor(convDesc, 3, 3, 2, 2, 1, 1, CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT));
checkCUDNN(cudnnSetPooling2dDescriptor(poolDesc, CUDNN_POOLING_MAX, CUDNN_PROPAGATE_NAN, 3, 3, 1, 1, 2, 2));
`;

describe('descriptors', () => {
  it('are joined to layers', () => {
    const layers = readLayers(RESNET, { dialects: [cudnn] });
    expect(layers[0]?.statedInput).toEqual([3, 224, 224]);
    expect(layers[0]?.parameters(3).map(({ shape, order }) => [shape.join('x'), order])).toEqual([
      ['64x3x7x7', 'go i k'],
    ]);
    expect(says(RESNET, [1, 3, 224, 224])).toEqual(['1x64x112x112', '1x3x112x112']);
  });

  it('mirror the filter with CUDNN_CONVOLUTION, count groups and take arrays', () => {
    const code = (mode: string) =>
      `cudnnSetConvolution2dDescriptor(conv, 1, 1, 1, 1, 1, 1, ${mode}, CUDNN_DATA_FLOAT);`;
    expect(steps(code('CUDNN_CONVOLUTION'), [1, 3, 8, 8])).toEqual(['1x3x8x8 k3 p1 flip -> 8']);
    expect(
      steps(`${code('CUDNN_CROSS_CORRELATION')}\ncudnnSetConvolutionGroupCount(conv, 2);`, [1, 6, 8, 8]),
    ).toEqual(['1x6x8x8 k3 p1 g2 -> 8']);
    const nd = `int pad[3] = {1, 1, 1}; int one[3] = {1, 1, 1}; int dims[5] = {2, 3, 3, 3, 3};
      cudnnSetFilterNdDescriptor(w, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NHWC, 5, dims);
      cudnnSetConvolutionNdDescriptor(conv, 3, pad, one, one, CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT);`;
    expect(steps(nd, [1, 3, 4, 4, 4])).toEqual(['1x3x4x4x4 k3 p1 -> 2']);
    const [layer] = readLayers(nd, { dialects: [cudnn] });
    expect(layer?.parameters(3).map(({ shape, order }) => [shape.join('x'), order])).toEqual([
      ['2x3x3x3x3', 'go k i'],
    ]);
  });

  it.each([
    ['cudnnSetTensor4dDescriptorEx(x, CUDNN_DATA_FLOAT, 1, 3, 8, 9, 216, 72, 9, 1);', [3, 8, 9]],
    [
      'int d[5] = {1, 3, 4, 5, 6}; int s[5] = {360, 120, 30, 6, 1};\ncudnnSetTensorNdDescriptor(x, CUDNN_DATA_FLOAT, 5, d, s);',
      [3, 4, 5, 6],
    ],
  ])('%s states the input', (code, shape) => {
    const pool = 'cudnnSetPooling2dDescriptor(p, CUDNN_POOLING_MAX, CUDNN_PROPAGATE_NAN, 2, 2, 0, 0, 2, 2);';
    expect(readLayers(`${code}\n${pool}`, { dialects: [cudnn] })[0]?.statedInput).toEqual(shape);
  });

  it.each([
    [
      'cudnnSetConvolution2dDescriptor(c, 0, 0, 1, 1, 1, 1, CUDNN_CROSS_CORRELATION);',
      'cudnn cudnnSetConvolution2dDescriptor: the shape of the filter is not in the code',
    ],
    [
      'cudnnSetPooling2dDescriptor(p, CUDNN_POOLING_MAX, CUDNN_PROPAGATE_NAN, 2, 2, 2, 0, 1, 1);',
      'cudnn cudnnSetPooling2dDescriptor: padding 2 reaches a window of 2: a window would hold no element, and what cuDNN computes of that is not established.',
    ],
    [
      'cudnnSetPooling2dDescriptor(p, CUDNN_POOLING_MAX',
      'line 1, column 29: expected ) and a semicolon after the arguments',
    ],
    ['cudnnSetConvolutionGroupCount(c, 2);', 'line 1, column 1: c is no convolution set before'],
    [
      'cudnnSetTensor4dDescriptor(x, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 1, 3, 8, 8);',
      'line 1, column 1: expected cudnnSetConvolution2dDescriptor or cudnnSetPooling2dDescriptor',
    ],
  ])('%s is refused', (code, sentence) => {
    expect(says(code)).toBe(sentence);
  });

  it('are read in no time, however long they are', () => {
    for (const text of ['int a={', '/*', 'cudnnSetPooling2dDescriptor('].map(
      (part) => `cudnnSetPooling2dDescriptor(;${part.repeat(700)}`,
    ))
      expect(typeof says(text)).toBe('string');
  });
});

describe('the frontend', () => {
  it('pads each side on its own', () => {
    expect(
      steps(
        'graph.conv_fprop(image=x, weight=w, pre_padding=[1, 1], post_padding=[2, 2], stride=[2, 2])',
        [1, 3, 8, 8],
      ),
    ).toEqual(['1x3x8x8 k4 s2 p1,2 -> 6']);
  });

  it("has a transposed convolution in the input's gradient", () => {
    const dgrad = 'graph.conv_dgrad(loss=x, filter=w, padding=[1, 1], stride=[2, 2])';
    expect(steps(dgrad, [1, 6, 8, 8])).toEqual(['1x6x8x8 k4 i2 p2 flip -> 3']);
    expect(steps(dgrad.replace(')', ', out_dims=[1, 3, 17, 17])'), [1, 6, 8, 8])).toEqual([
      '1x6x8x8 k4 i2 p2,3 flip -> 3',
    ]);
    expect(() => steps(dgrad.replace(')', ', out_dims=[1, 3, 18, 18])'), [1, 6, 8, 8])).toThrow(
      'cudnn graph.conv_dgrad: an output of 18 on axis 0 is none that the convolution makes 8 of.',
    );
  });
});
