import { describe, expect, it } from 'vitest';
import { fuse } from '../geometry/fuse.ts';
import { type Geometry, parse, print, sameGeometry } from '../geometry/index.ts';
import type { Layer, Shape } from './dialect.ts';
import { readLayer, readLayers } from './python.ts';
import { usual, write } from './tflite/spelling.ts';
import { tflite } from './tflite.ts';

const read = (code: string, filter: Shape = []): Layer =>
  readLayer(code, { dialects: [tflite], tensors: { filter } });
const problem = (code: string, input: Shape, filter?: Shape) =>
  read(code, filter).resolve(input).steps.map(print).join(' then ');
const refused = (code: string, input: Shape, filter?: Shape) => {
  try {
    read(code, filter).resolve(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

const plane: Shape = [1, 9, 9, 4];
const TWO = 'padding="SAME", stride_h=2, stride_w=2';

describe('reading', () => {
  it.each([
    [`tfl.conv_2d(x, filter, bias, ${TWO})`, [6, 4, 4, 4], '1x4x9x9 k4 s2 p1,2 -> 6'],
    [`tfl.conv_2d(x, filter, bias, ${TWO})`, [6, 3, 3, 2], '1x4x9x9 k3 s2 p1 g2 -> 6'],
    [
      `tfl.depthwise_conv_2d(x, filter, bias, ${TWO}, depth_multiplier=2)`,
      [1, 3, 3, 8],
      '1x4x9x9 k3 s2 p1 g4 -> 8',
    ],
    [`tfl.transpose_conv([1, 18, 17, 6], filter, x, ${TWO})`, [6, 3, 3, 4], '1x4x9x9 k3 i2 p2,1x1 flip -> 6'],
    [`tfl.max_pool_2d(x, ${TWO}, filter_height=2, filter_width=3)`, [], '1x4x9x9 max k2x3 s2 p0,1x1'],
    [`tfl.average_pool_2d(x, ${TWO}, filter_height=2, filter_width=2)`, [], '1x4x9x9 avg k2 s2 p0,1 /real'],
    [
      'tfl.mirror_pad(x, [[0, 0], [1, 2], [0, 0], [0, 0]], mode="SYMMETRIC")',
      [],
      '1x4x9x9 pad p1,2x0 fill=symmetric',
    ],
    ['tfl.padv2(x, [[0, 0], [1, 2], [0, 0], [0, 0]], 7)', [], '1x4x9x9 pad p1,2x0 fill=7'],
  ] as [string, Shape, string][])('%s', (code, filter, expected) => {
    expect(problem(code, plane, filter)).toBe(expected);
  });

  it('has weights in its own orders, and no bias where it is made of zeros', () => {
    const parameters = (code: string, filter: Shape) =>
      read(code, filter)
        .parameters(4)
        .map(({ name, order, shape }) => [name, order, shape]);
    expect(parameters(`tfl.conv_2d(x, filter, bias, ${TWO})`, [6, 3, 3, 2])).toEqual([
      ['filter', 'go k i', [6, 3, 3, 2]],
      ['bias', 'go', [6]],
    ]);
    expect(parameters(`tfl.depthwise_conv_2d(x, filter, tf.zeros([8]), ${TWO})`, [1, 3, 3, 8])).toEqual([
      ['filter', 'i k go', [1, 3, 3, 8]],
    ]);
    expect(parameters(`tfl.transpose_conv([1, 18, 18, 6], filter, x, ${TWO})`, [6, 3, 3, 4])).toEqual([
      ['weights', 'o k i', [6, 3, 3, 4]],
    ]);
  });
});

describe('refusing', () => {
  it.each([
    [
      `tfl.conv_2d(x, filter, None, ${TWO})`,
      [6, 3, 3, 4],
      'tfl.conv_2d: bias: expected a tensor, received None',
    ],
    [
      'tfl.conv_2d(x, filter, bias, padding="same", stride_h=1, stride_w=1)',
      [6, 3, 3, 4],
      "tfl.conv_2d: padding: expected 'SAME' or 'VALID', received 'same'",
    ],
    [
      `tfl.conv_2d(x, filter, bias, ${TWO})`,
      [6, 3, 3, 3],
      'tfl.conv_2d: the 4 channels of the input and the 6 of filter do not make groups of 3.',
    ],
    [
      `tfl.depthwise_conv_2d(x, filter, bias, ${TWO})`,
      [2, 3, 3, 4],
      'tfl.depthwise_conv_2d: the first dimension of filter must be 1, received 2.',
    ],
    [
      `tfl.transpose_conv([1, 21, 21, 6], filter, x, ${TWO})`,
      [6, 3, 3, 4],
      'tfl.transpose_conv: output_shape 21 on axis 0 would come from 11 elements, but the input has 9; TFLite does not check that.',
    ],
  ] as [string, Shape, string][])('%s', (code, filter, message) => {
    expect(refused(code, plane, filter)).toBe(`tflite ${message}`);
  });
});

describe('writing', () => {
  const lines = (text: string, bias = true) => {
    const said = write(parse(text), bias);
    return 'lines' in said ? said.lines : String(said.impossible);
  };
  it.each([
    ['1x3x64x64 k4 s2 p1 -> 6', ["tfl.conv_2d(x, filter, bias, padding='SAME', stride_h=2, stride_w=2)"]],
    [
      '1x3x64x64 k3 s2 p1 -> 6',
      [
        'x = tfl.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]])',
        "x = tfl.conv_2d(x, filter, bias, padding='VALID', stride_h=2, stride_w=2)",
      ],
    ],
    ['1x4x9 k3 -> 6', 'padwise writes the operators of TFLite for two dimensions only'],
    ['1x4x9x9 k3 i2 d2 flip -> 6', 'TFLite has no dilation in a transposed convolution'],
  ])('%s', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it('says the usual word', () => {
    expect(usual(parse('1x3x64x64 k3 s2 p1 -> 6'))).toBe(
      "tfl.conv_2d(x, filter, bias, padding='SAME', stride_h=2, stride_w=2)",
    );
  });

  it('reads what it writes', () => {
    let written = 0;
    for (const kernel of [1, 2, 3])
      for (const rest of ['', ' s2', ' s3', ' d2', ' i2'])
        for (const pads of ['0', '1', '0,2', '2,1', '-1,1'])
          for (const kind of ['', 'max ', 'avg ']) {
            if (kind !== '' && rest === ' i2') continue;
            const end = kind === '' ? `${rest === ' i2' ? ' flip' : ''} -> 3` : '';
            const of = parse(`1x2x6x7 ${kind}k${kernel}${rest} p${pads}${end}`);
            const said = write(of, true);
            if ('impossible' in said) continue;
            const tensors = { ...said.tensors, x: [] };
            let shape: Shape = [1, 6, 7, 2];
            const steps = readLayers(said.lines.join('\n'), { dialects: [tflite], tensors }).flatMap(
              (layer) => {
                const resolved = layer.resolve(shape);
                shape = resolved.output;
                return resolved.steps;
              },
            );
            const [fused, more] = fuse(steps, true);
            expect(more, said.lines.join('; ')).toBeUndefined();
            expect(sameGeometry(fused as Geometry, of), said.lines.join('; ')).toBe(true);
            written += 1;
          }
    expect(written).toBeGreaterThan(110);
  });
});
