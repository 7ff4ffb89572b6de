import { describe, expect, it } from 'vitest';
import { type Geometry, parse, print, sameGeometry } from '../geometry/index.ts';
import type { Layer, Shape } from './dialect.ts';
import { readLayer } from './python.ts';
import { usual, write } from './tensorflow/spelling.ts';
import { tensorflow } from './tensorflow.ts';

type Tensors = Readonly<Record<string, Shape>>;

const read = (code: string, tensors: Tensors = {}): Layer =>
  readLayer(code, { dialects: [tensorflow], tensors });
const problem = (code: string, input: Shape, weight: Shape) =>
  read(code, { x: input, weight }).resolve(input).steps.map(print).join(' then ');
const refusal = (code: string, input: Shape, weight: Shape) => {
  try {
    read(code, { x: input, weight }).resolve(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('reading', () => {
  const plane: Shape = [1, 9, 9, 4];
  it.each([
    ['tf.nn.conv2d(x, weight, 2, "SAME")', plane, [4, 4, 4, 6], '1x4x9x9 k4 s2 p1,2 -> 6'],
    [
      'tf.nn.conv2d(x, weight, [1, 2, 2, 1], "VALID", dilations=2)',
      plane,
      [3, 3, 4, 6],
      '1x4x9x9 k3 s2 d2 -> 6',
    ],
    [
      'tf.nn.conv2d(x, weight, 1, [[0, 0], [1, 2], [3, 0], [0, 0]])',
      plane,
      [3, 3, 4, 6],
      '1x4x9x9 k3 p1,2x3,0 -> 6',
    ],
    ['tf.nn.conv2d(x, weight, 1, "SAME")', plane, [3, 3, 2, 6], '1x4x9x9 k3 p1 g2 -> 6'],
    ['tf.nn.conv2d(x, weight, 1, "SAME", "NCHW")', [1, 4, 9, 9], [3, 3, 4, 6], '1x4x9x9 k3 p1 -> 6'],
    ['tf.nn.conv1d(x, weight, 2, "SAME")', [2, 3, 6, 4], [3, 4, 5], '6x4x6 k3 s2 p0,1 -> 5'],
    ['tf.nn.convolution(x, weight, dilations=2)', [1, 9, 4], [3, 4, 5], '1x4x9 k3 d2 -> 5'],
    [
      'tf.nn.depthwise_conv2d(x, weight, [1, 2, 2, 1], "SAME")',
      plane,
      [3, 3, 4, 2],
      '1x4x9x9 k3 s2 p1 g4 -> 8',
    ],
    ['tf.nn.conv1d_transpose(x, weight, [1, 6, 5], 2)', [1, 3, 4], [3, 5, 4], '1x4x3 k3 i2 p2,1 flip -> 5'],
    [
      'tf.nn.conv1d_transpose(x, weight, [1, 8, 5], 2, "VALID")',
      [1, 3, 4],
      [3, 5, 4],
      '1x4x3 k3 i2 p2,3 flip -> 5',
    ],
    [
      'tf.nn.conv2d_transpose(x, weight, [1, 1, 5, 1], [1, 2], [[0, 0], [0, 0], [1, 1], [0, 0]])',
      [1, 1, 3, 1],
      [1, 3, 1, 1],
      '1x1x1x3 k1x3 i1x2 p0x1 flip -> 1',
    ],
    ['tf.nn.max_pool(x, 3, 2, "SAME")', plane, [], '1x4x9x9 max k3 s2 p1'],
    ['tf.nn.max_pool1d(x, 3, 2, [[0, 0], [0, 2], [0, 0]])', [1, 6, 1], [], '1x1x6 max k3 s2 p0,2'],
    ['tf.nn.avg_pool2d(x, [1, 2, 2, 1], 2, "SAME")', plane, [], '1x4x9x9 avg k2 s2 p0,1 /real'],
    ['tf.nn.pool(x, [3], "MAX", dilations=[2])', [1, 9, 4], [], '1x4x9 max k3 d2'],
    ['tf.pad(x, [[0, 0], [1, 2], [0, 0]], "symmetric")', [1, 9, 4], [], '1x4x9 pad p1,2 fill=symmetric'],
    ['tf.pad(x, [[0, 0], [0, 0], [1, 2]], constant_values=7)', [1, 4, 9], [], '1x4x9 pad p1,2 fill=7'],
    ['tf.slice(x, [0, 2, 0], [-1, 4, -1])', [1, 9, 4], [], '1x4x9 pad p-2,-3'],
    ['tf.nn.bias_add(x, bias)', plane, [], '1x4x9x9 pad'],
  ] as [string, Shape, Shape, string][])('%s', (code, input, weight, expected) => {
    expect(problem(code, input, weight)).toBe(expected);
  });

  it('keeps the leading dimensions', () => {
    const layer = read('tf.nn.conv1d(x, weight, 2, "SAME")', { weight: [3, 4, 5] });
    expect(layer.resolve([2, 3, 6, 4]).output).toEqual([2, 3, 3, 5]);
  });

  it('names the filters as their argument', () => {
    const parameters = (code: string, weight: Shape) =>
      read(code, { weight })
        .parameters(4)
        .map(({ name, order, shape }) => [name, order, shape]);
    expect(parameters('tf.nn.conv1d(x, weight, 1, "SAME")', [3, 2, 6])).toEqual([
      ['filters', 'k i go', [3, 2, 6]],
    ]);
    expect(parameters('tf.nn.depthwise_conv2d(x, weight, [1, 1, 1, 1], "SAME")', [3, 3, 4, 2])).toEqual([
      ['filter', 'k g o', [3, 3, 4, 2]],
    ]);
    expect(parameters('tf.nn.conv1d_transpose(x, weight, [1, 6, 5], 2)', [3, 5, 4])).toEqual([
      ['filters', 'k o i', [3, 5, 4]],
    ]);
  });

  it.each([
    [
      'tf.nn.conv2d(x, weight, 1, "SAME", "NCHW")',
      [3, 3, 4, 6],
      'TensorFlow on the CPU without oneDNN takes NHWC only.',
    ],
    [
      'tf.nn.conv3d(x, weight, [1, 3, 3, 3, 1], "SAME")',
      [1, 1, 1, 4, 6],
      'TensorFlow on the CPU crops here instead of starting at the first element: its 3-D SAME is not clamped at 0.',
    ],
    [
      'tf.nn.conv1d_transpose(x, weight, [1, 6, 5], 1, dilations=2)',
      [3, 5, 4],
      'TensorFlow on the CPU takes no dilations in a transposed convolution.',
    ],
  ] as [string, Shape, string][])('%s is noted', (code, weight, note) => {
    expect(read(code, { weight }).notes.map(String)).toEqual([note]);
  });
});

describe('refusing, in TensorFlow terms', () => {
  const plane: Shape = [1, 5, 5, 4];
  const square: Shape = [3, 3, 4, 6];
  it.each([
    [
      'tf.nn.conv2d(x, weight, 1, "same")',
      plane,
      square,
      "tensorflow tf.nn.conv2d: padding: expected 'SAME' or 'VALID', received 'same'",
    ],
    [
      'tf.nn.conv2d(x, weight, 1, [[0, 0], [1, 1]])',
      plane,
      square,
      'tensorflow tf.nn.conv2d: padding: expected 4 pairs of integers >= 0, zeros for batch and channels, received [[0, 0], [1, 1]]',
    ],
    [
      'tf.nn.conv2d(x, weight, [1, 1, 2], "SAME")',
      plane,
      square,
      'tensorflow tf.nn.conv2d: strides: expected an integer >= 1 or 2 of them, 1 for batch and channels, received [1, 1, 2]',
    ],
    [
      'tf.nn.conv2d(x, weight, 1, "VALID", dilations=4)',
      plane,
      square,
      'tensorflow tf.nn.conv2d: dilations 4 makes a filter of 3 span 9, but the padded input is 5 wide (5 + 0 + 0). [1x4x5x5 k3 d4 -> 6]',
    ],
    [
      'tf.nn.conv2d(x, weight, 1, "SAME")',
      [1, 5, 5, 3],
      square,
      'tensorflow tf.nn.conv2d: the input has 3 channels, but filters 3x3x4x6 is for 4.',
    ],
    [
      'tf.nn.conv3d(x, weight, 1, "SAME")',
      [1, 5, 5, 5, 4],
      [3, 3, 3, 4, 6],
      'tensorflow tf.nn.conv3d: strides: expected 5 integers >= 1, 1 for batch and channels, received 1',
    ],
    [
      'tf.nn.convolution(x, weight, 2, "SAME", dilations=2)',
      plane,
      square,
      'tensorflow tf.nn.convolution: strides 2x2 and dilations 2x2 cannot both exceed 1; tf.nn.conv2d computes that.',
    ],
    [
      'tf.nn.depthwise_conv2d(x, weight, [1, 2, 1, 1], "SAME")',
      plane,
      square,
      'tensorflow tf.nn.depthwise_conv2d: strides must be equal on both axes, received 2 and 1.',
    ],
    [
      'tf.nn.conv2d_transpose(x, weight, [1, 11, 11, 4], 2)',
      [1, 5, 5, 6],
      square,
      'tensorflow tf.nn.conv2d_transpose: output_shape 11 on axis 0 would come from 6 elements, but the input has 5.',
    ],
    [
      'tf.nn.max_pool2d(x, 2, 2, [[0, 0], [2, 0], [0, 0], [0, 0]])',
      plane,
      square,
      'tensorflow tf.nn.max_pool2d: padding 2 must be smaller than the window of 2 on axis 0.',
    ],
    [
      'tf.nn.avg_pool2d(x, 2, 2, [[0, 0], [1, 0], [0, 0], [0, 0]])',
      plane,
      square,
      "tensorflow tf.nn.avg_pool2d: padding: expected 'SAME' or 'VALID', received [[0, 0], [1, 0], [0, 0], [0, 0]]",
    ],
    [
      'tf.pad(x, [[0, 0], [5, 0], [0, 0], [0, 0]], "REFLECT")',
      plane,
      square,
      'tensorflow tf.pad: reflect padding by 5 needs more than the 5 elements of dimension 1.',
    ],
    [
      'tf.pad(x, [[0, 0], [-1, 0], [0, 0], [0, 0]])',
      plane,
      square,
      'tensorflow tf.pad: paddings: expected a pair of integers >= 0 for each dimension of the input, received [[0, 0], [-1, 0], [0, 0], [0, 0]]',
    ],
  ] as [string, Shape, Shape, string][])('%s', (code, input, weight, expected) => {
    expect(refusal(code, input, weight)).toBe(expected);
  });
});

describe('writing', () => {
  it.each([
    [
      '1x3x64x64 k4 s2 p1 -> 6',
      "x = tf.nn.conv2d(x, weight, strides=2, padding='SAME')\nx = tf.nn.bias_add(x, bias)",
    ],
    ['1x8x6x6 max k3 s2 p0,1', "tf.nn.max_pool2d(x, 3, 2, 'SAME')"],
    ['1x8x6x6 max k3 s2 p1', 'tf.nn.max_pool2d(x, 3, 2, [[0, 0], [1, 1], [1, 1], [0, 0]])'],
    ['1x8x6 avg k3 s2 p1', "x = tf.pad(x, [[0, 0], [1, 1], [0, 0]])\nx = tf.nn.avg_pool1d(x, 3, 2, 'VALID')"],
    ['1x8x6 avg k2 s2 p1 /real', /neither/],
    [
      '1x8x9 max k3 s2 d2',
      "x = tf.nn.pool(x, [3], 'MAX', dilations=[2])\nx = tf.nn.max_pool1d(x, 1, 2, 'VALID')",
    ],
    ['1x3x8x8 pad p1,2x0 fill=reflect', "tf.pad(x, [[0, 0], [1, 2], [0, 0], [0, 0]], 'REFLECT')"],
    ['1x3x8 pad p-1,-2', 'tf.slice(x, [0, 1, 0], [-1, 5, -1])'],
    ['1x3x8 pad p1 fill=wrap', /no circular padding/],
  ])('%s', (text, expected) => {
    const said = write(parse(text), true);
    expect('impossible' in said ? String(said.impossible) : said.lines.join('\n')).toMatch(expected);
  });

  it('gives the shapes of what it names', () => {
    expect(write(parse('1x4x9x9 k3 g4 -> 8'), true)).toMatchObject({
      tensors: { weight: [3, 3, 4, 2], bias: [8] },
    });
    expect(write(parse('1x4x9 k3 g2 -> 6'), false)).toMatchObject({ tensors: { weight: [3, 2, 6] } });
    expect(write(parse('1x4x9 k3 i2 flip -> 6'), false)).toMatchObject({ tensors: { weight: [3, 6, 4] } });
  });

  it('reads what it writes for every word it reads', () => {
    const weight = (kernel: number): Shape => [kernel, 2, 2];
    for (const padding of ['SAME', 'VALID']) {
      for (const [kernel, stride, size] of grid([1, 2, 3, 4], [1, 2, 3], [4, 5, 6, 7])) {
        const input: Shape = [1, size as number, 2];
        for (const code of [
          `tf.nn.conv1d(x, weight, ${stride}, '${padding}')`,
          `tf.nn.max_pool1d(x, ${kernel}, ${stride}, '${padding}')`,
          `tf.nn.avg_pool1d(x, ${kernel}, ${stride}, '${padding}')`,
        ]) {
          const tensors = { weight: weight(kernel as number) };
          const [of] = read(code, tensors).resolve(input).steps as [Geometry];
          const said = write(of, false);
          if ('impossible' in said) throw new Error(`${code}: ${said.impossible}`);
          expect(said.lines).toHaveLength(1);
          const [again] = read(said.lines.join('\n'), tensors).resolve(input).steps as [Geometry];
          if (!sameGeometry(of, again)) throw new Error(`${code} became ${said.lines}`);
        }
      }
    }
  });
});

function grid(...lists: number[][]): number[][] {
  return lists.reduce<number[][]>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  );
}

it.each([
  ['1x3x224x224 k7 s2 p3 -> 64', "tf.nn.conv2d(x, weight, strides=2, padding='SAME')"],
  ['1x8x16 k3 i2 p1,2 flip -> 4', "tf.nn.conv1d_transpose(x, weight, [1, 32, 4], strides=2, padding='SAME')"],
  ['1x8x6x6 max k3 s2 p1', "tf.nn.max_pool2d(x, 3, 2, 'SAME')"],
  ['1x8x6x6 pad p1', null],
])('people write %s by hand', (text, expected) => {
  expect(usual(parse(text))).toBe(expected);
});
