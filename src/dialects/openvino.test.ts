import { describe, expect, it } from 'vitest';
import { rewritten } from '../../test/sweep.ts';
import { type Geometry, parse, print } from '../geometry/index.ts';
import { openvino } from './openvino.ts';
import { readLayer } from './python.ts';
import { usual, write } from './writers.ts';

const TENSORS = { w: [6, 3, 4, 4], w1: [1, 1, 3], t: [8, 4, 3, 3], g: [2, 3, 4, 3, 3], b: [1, 6, 1, 1] };

const read = (code: string) => readLayer(code, { dialects: [openvino], tensors: TENSORS });
const refusal = (code: string, input: readonly number[]) => {
  try {
    read(code).resolve(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('reading', () => {
  it.each([
    [
      'ov.opset13.convolution(x, w, [2, 2], [1, 1], [1, 1], [1, 1])',
      [1, 3, 64, 64],
      '1x3x64x64 k4 s2 p1 -> 6',
    ],
    [
      'ops.convolution(x, w, [2, 2], [9, 9], [9, 9], [1, 1], auto_pad="same_upper")',
      [1, 3, 65, 65],
      '1x3x65x65 k4 s2 p1,2 -> 6',
    ],
    [
      'opset1.convolution(x, w, (2, 2), [], [], [], auto_pad="SAME_LOWER")',
      [1, 3, 65, 65],
      '1x3x65x65 k4 s2 p2,1 -> 6',
    ],
    ['ops.group_convolution(x, g, [1, 1], [0, 0], [1, 1], [1, 1])', [1, 8, 6, 6], '1x8x6x6 k3 p0,1 g2 -> 6'],
    [
      'ops.convolution_backprop_data(x, t, [2, 2], pads_begin=[1, 1], pads_end=[0, 0])',
      [1, 8, 16, 16],
      '1x8x16x16 k3 i2 p1,2 flip -> 4',
    ],
    // The odd element is cut before, where TensorFlow's SAME cuts it after.
    [
      'ops.convolution_backprop_data(x, t, [2, 2], output_shape=[32, 32], auto_pad="same_upper")',
      [1, 8, 16, 16],
      '1x8x16x16 k3 i2 p1,2 flip -> 4',
    ],
    [
      'ops.convolution_backprop_data(x, t, [2, 2], output_shape=[32, 32], auto_pad="same_lower")',
      [1, 8, 16, 16],
      '1x8x16x16 k3 i2 p2,1 flip -> 4',
    ],
    [
      'ops.convolution_backprop_data(x, t, [2, 2], auto_pad="same_upper")',
      [1, 8, 16, 16],
      '1x8x16x16 k3 i2 p2 flip -> 4',
    ],
    // The last window holds nothing, so that what is padded with shows.
    [
      'opset1.max_pool(x, [2], [1], [1], [2], "ceil")',
      [1, 1, 5],
      '1x1x5 max k2 s2 p1,2 fill=-3.4028234663852886e+38',
    ],
    ['opset14.max_pool(x, [2], [1], [1], [1], [2], "ceil_torch")', [1, 1, 5], '1x1x5 max k2 s2 p1'],
    ['ops.avg_pool(x, [2], [0], [0], [3], False, "ceil")', [1, 1, 6], '1x1x6 avg k3 s2 o1'],
    // With pads, what ceil adds is counted too.
    ['ops.avg_pool(x, [2], [1], [0], [3], False, "ceil")', [1, 1, 7], '1x1x7 avg k3 s2 p1,1'],
    ['ops.pad(x, [0, 0, 1, 0], [0, 0, 2, -1], "edge")', [1, 3, 8, 8], '1x3x8x8 pad p1,2x0,-1 fill=replicate'],
    ['ops.pad(x, [0, 0, 1], [0, 0, 2], "constant", np.float32(3))', [1, 3, 8], '1x3x8 pad p1,2 fill=3'],
  ])('%s', (code, input, expected) => {
    const problem = read(code).resolve(input).steps.map(print).join(' then ');
    expect(problem).toBe(print(parse(expected)));
  });

  it('orders weights with the groups first', () => {
    const [grouped] = read('ops.group_convolution(x, g, [1, 1], [0, 0], [1, 1], [1, 1])').parameters(8);
    expect([grouped?.shape, grouped?.order]).toEqual([[2, 3, 4, 3, 3], 'g o i k']);
    const [bias] = read('ops.add(x, b)').parameters(6);
    expect([bias?.shape, bias?.role]).toEqual([[1, 6, 1, 1], 'bias']);
  });

  it('finds the operation sets of older releases', () => {
    const code =
      'from openvino.runtime import opset10 as ops\ny = ops.convolution(x, w1, [1], [1], [1], [1])';
    expect(print(read(code).resolve([1, 1, 8]).steps[0] as Geometry)).toBe('1x1x8 k3 p1 -> 1');
  });
});

it.each([
  ['ops.convolution(x, w, [2], [1, 1], [1, 1], [1, 1])', [1, 3, 8, 8]],
  ['ops.convolution(x, w, 2, 1, 1, 1)', [1, 3, 8, 8]],
  ['ops.convolution(x, w, [2, 2], [-1, 0], [0, 0], [1, 1])', [1, 3, 8, 8]],
  ['ops.convolution(x, w, [2, 2], [0, 0], [0, 0], [1, 1], auto_pad="same")', [1, 3, 8, 8]],
  ['ops.convolution(x, w, [1, 1], [0, 0], [0, 0], [3, 3])', [1, 3, 8, 8]],
  ['ops.convolution(x, w, [1, 1], [0, 0], [0, 0], [1, 1])', [1, 4, 8, 8]],
  ['ops.convolution_backprop_data(x, t, [1, 1], pads_begin=[9, 9], pads_end=[9, 9])', [1, 8, 4, 4]],
  ['ops.max_pool(x, [2], [1], [0], [0], [2], "ceil_torch")', [1, 1, 5]],
  ['ops.avg_pool(x, [2], [3], [0], [3], True)', [1, 1, 5]],
  ['ops.pad(x, [0, 0, 5], [0, 0, 0], "reflect")', [1, 1, 5]],
  ['ops.pad(x, [0, 1, 0], [0, 0, 0], "constant")', [1, 1, 5]],
  ['ops.pad(x, [0, 0, 1], [0, 0, 0], "constant", 3)', [1, 1, 5]],
])('refuses %s', (code, input) => {
  expect(refusal(code, input)).toMatchSnapshot();
});

describe('writing', () => {
  it.each([
    ['1x3x64x64 k4 s2 p1 -> 6', ['ov.opset13.convolution(x, weight, [2, 2], [1, 1], [1, 1], [1, 1])']],
    ['1x4x9 k3 p0,2 g2 -> 4', ['ov.opset13.group_convolution(x, weight, [1], [0], [2], [1])']],
    [
      '1x8x16x16 k3 i2 p2,1 flip -> 4',
      ['ov.opset13.convolution_backprop_data(x, weight, [2, 2], None, [0, 0], [1, 1], [1, 1])'],
    ],
    ['1x1x8 max k3 s2', ['ov.opset1.max_pool(x, [2], [0], [0], [3])']],
    ['1x1x8 max k3 s2 d2', ['ov.opset14.max_pool(x, [2], [2], [0], [0], [3])']],
    ['1x1x6 avg k4 p1,2 /real', ['ov.opset14.avg_pool(x, [1], [1], [2], [4], True)']],
    ['1x1x6 avg k3 s2 p1 /3', ['ov.opset14.avg_pool(x, [2], [1], [1], [3], False)']],
    ['1x1x6 avg k3 s2 /4', ['OpenVINO divides an average by the window or its elements, not by 4']],
    ['1x1x8 k3 p1 fill=wrap -> 1', ['OpenVINO has no circular padding']],
    ['1x3x8x8 pad p0,1x2,-3', ["ov.opset13.pad(x, [0, 0, 0, 2], [0, 0, 1, -3], 'constant')"]],
  ])('%s', (text, lines) => {
    const written = write(openvino, parse(text), false);
    expect('lines' in written ? written.lines : [String(written.impossible)]).toEqual(lines);
  });

  it('adds a bias behind', () => {
    expect(write(openvino, parse('1x3x64x64 k4 s2 p1 -> 6'), true)).toEqual({
      lines: [
        'x = ov.opset13.convolution(x, weight, [2, 2], [1, 1], [1, 1], [1, 1])',
        'x = ov.opset13.add(x, bias)',
      ],
      tensors: { weight: [6, 3, 4, 4], bias: [1, 6, 1, 1] },
    });
  });

  it('knows what people write by hand', () => {
    expect(usual(openvino, parse('1x3x224x224 k3 s2 p0,1 -> 6'))).toBe(
      'ov.opset13.convolution(x, weight, [2, 2], [1, 1], [1, 1], [1, 1])',
    );
  });

  it('reads what it wrote, over a sweep', () => {
    expect(rewritten(openvino, false)).toEqual({ written: 895, impossible: 5 });
  });
});
