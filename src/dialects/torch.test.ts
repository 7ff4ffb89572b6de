import { describe, expect, it } from 'vitest';
import { type Geometry, geometry, outputShape, parse, print, sameGeometry } from '../geometry/index.ts';
import type { Value } from './dialect.ts';
import { readLayer, readLayers } from './python.ts';
import { readCall } from './resolve.ts';
import { torch } from './torch.ts';
import { write } from './writers.ts';

const read = (code: string, tensors: Record<string, readonly number[]> = {}) =>
  readLayer(code, { dialects: [torch], tensors });
const problem = (code: string, input: readonly number[]) =>
  read(code).resolve(input).steps.map(print).join(' then ');
const refusal = (code: string, input: readonly number[], tensors: Record<string, readonly number[]> = {}) => {
  try {
    read(code, tensors).resolve(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('reading', () => {
  it.each([
    ['nn.Conv2d(3, 6, 4, stride=2, padding=1)', [1, 3, 64, 64], '1x3x64x64 k4 s2 p1 -> 6'],
    ['nn.Conv2d(1, 1, 3, padding="same")', [1, 1, 8, 8], '1x1x8x8 k3 p1 -> 1'],
    ['nn.Conv1d(1, 1, 4, padding="same")', [1, 1, 8], '1x1x8 k4 p1,2 -> 1'],
    ['nn.Conv1d(1, 1, 3, padding=2, padding_mode="circular")', [1, 1, 8], '1x1x8 k3 p2 fill=wrap -> 1'],
    ['nn.ConvTranspose2d(8, 4, 3, 2, 1, 1)', [1, 8, 16, 16], '1x8x16x16 k3 i2 p1,2 flip -> 4'],
    ['nn.MaxPool2d(2, 2, 1, ceil_mode=True)', [1, 8, 5, 5], '1x8x5x5 max k2 s2 p1'],
    ['nn.MaxPool1d(3, 2, ceil_mode=True)', [1, 1, 8], '1x1x8 max k3 s2 o1'],
    ['nn.AvgPool2d(3, 2, 1, count_include_pad=False)', [1, 8, 6, 6], '1x8x6x6 avg k3 s2 p1 /real'],
    ['F.pad(x, (0, 1, 2, 3))', [1, 3, 8, 8], '1x3x8x8 pad p2,3x0,1'],
    [
      "F.pad(x, (-1, 2), mode='circular')",
      [1, 1, 5],
      '1x1x5 pad p-1,0 fill=wrap then 1x1x4 pad p0,2 fill=wrap',
    ],
  ])('%s', (code, input, expected) => {
    expect(problem(code, input)).toBe(expected);
  });

  it('takes unbatched inputs and gives unbatched outputs', () => {
    expect(read('nn.Conv2d(3, 6, 4)').resolve([3, 8, 8]).output).toEqual([6, 5, 5]);
  });

  it('names parameters as PyTorch stores them', () => {
    const shapes = (code: string, channels: number) =>
      read(code)
        .parameters(channels)
        .map(({ name, shape }) => [name, shape]);
    expect(shapes('nn.LazyConv2d(6, (3, 5))', 3)).toEqual([
      ['weight', [6, 3, 3, 5]],
      ['bias', [6]],
    ]);
    expect(shapes('nn.ConvTranspose2d(8, 4, 3, groups=2, bias=False)', 8)).toEqual([
      ['weight', [8, 2, 3, 3]],
    ]);
  });
});

describe('refusing, in PyTorch terms', () => {
  it.each([
    ['nn.Conv2d(3, 2, 3, stride=2, padding="same")', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 3, padding="SAME")', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 3, padding=(1, 1, 0, 0))', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 3, padding=-1)', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 3, stride=0)', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 3, dilation=3)', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 6)', [1, 3, 5, 5], {}],
    ['nn.Conv2d(4, 2, 3)', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 4, 3, groups=2)', [1, 3, 5, 5], {}],
    ['nn.LazyConv2d(4, 3, groups=2)', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 3, padding_mode="constant")', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 3, padding=5, padding_mode="reflect")', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 3, padding=6, padding_mode="circular")', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2)', [1, 3, 5, 5], {}],
    ['nn.Conv2d(3, 2, 3, strides=2)', [1, 3, 5, 5], {}],
    ['nn.Conv1d(3, 2, 3)', [1, 3, 5, 5], {}],
    ['nn.Conv4d(3, 2, 3)', [1, 3, 5, 5], {}],
    ['F.conv2d(x, weight, bias)', [1, 3, 5, 5], { weight: [2, 3, 3, 3], bias: [3] }],
    ['nn.ConvTranspose2d(2, 2, 3, stride=2, output_padding=2)', [1, 2, 3, 3], {}],
    ['nn.ConvTranspose2d(2, 2, 1, padding=2)', [1, 2, 3, 3], {}],
    ['nn.ConvTranspose2d(2, 2, 3, padding_mode="reflect")', [1, 2, 3, 3], {}],
    ['nn.MaxPool2d(3, padding=2)', [1, 2, 5, 5], {}],
    ['nn.MaxPool2d(6)', [1, 2, 5, 5], {}],
    ['nn.AvgPool3d(3, padding=1)', [1, 2, 2, 2, 2], {}],
    ['nn.AvgPool2d(2, divisor_override=0)', [1, 2, 5, 5], {}],
    ['F.pad(x, (1,))', [1, 2, 3], {}],
    ['F.pad(x, (-2, -2))', [1, 2, 3], {}],
    ['F.pad(x, (1, 1), mode="symmetric")', [1, 2, 3], {}],
  ])('%s', (code, input, tensors) => {
    expect(refusal(code, input, tensors as Record<string, number[]>)).toMatchSnapshot();
  });

  it('says why in a sentence with the numbers', () => {
    expect(refusal('nn.Conv2d(3, 2, 3, dilation=3)', [1, 3, 5, 5])).toBe(
      'torch nn.Conv2d: dilation 3 makes kernel_size 3 span 7, but the padded input is 5 wide (5 + 0 + 0). [1x3x5x5 k3 d3 -> 2]',
    );
    expect(refusal('nn.Conv2d(3, 2, 3, stride=2, padding="same")', [1, 3, 5, 5])).toBe(
      "torch nn.Conv2d: padding='same' needs stride 1, received stride=2; its pads would depend on the input size.",
    );
  });
});

describe('writing', () => {
  const code = (text: string) => {
    const written = write(torch, parse(text), true);
    return 'lines' in written ? written.lines : [String(written.impossible)];
  };

  it.each([
    ['1x3x64x64 k4 s2 p1 -> 6', ['nn.Conv2d(3, 6, 4, stride=2, padding=1)']],
    // A surplus pad after the last window is no difference.
    ['1x3x63x63 k7 s2 p3,3 -> 6', ['nn.Conv2d(3, 6, 7, stride=2, padding=3)']],
    ['1x3x224x224 k7 s2 p2,3 -> 64', ['x = F.pad(x, (2, 3, 2, 3))', 'x = nn.Conv2d(3, 64, 7, stride=2)(x)']],
    ['1x1x8 k4 p1,2 -> 1', ["nn.Conv1d(1, 1, 4, padding='same')"]],
    ['1x1x8 k3 p1 fill=wrap -> 1', ["nn.Conv1d(1, 1, 3, padding=1, padding_mode='circular')"]],
    ['1x1x8 k3 p1 fill=symmetric -> 1', ['PyTorch has no symmetric padding']],
    [
      '1x8x16x16 k3 i2 p2,1 flip -> 4',
      ['x = nn.ConvTranspose2d(8, 4, 3, stride=2)(x)', 'x = F.pad(x, (0, -1, 0, -1))'],
    ],
    [
      '1x1x6 avg k4 p1,2 /real',
      ['x = nn.AvgPool1d(4, stride=1, padding=2, count_include_pad=False)(x)', 'x = F.pad(x, (-1, 0))'],
    ],
    [
      '1x1x6 avg k3 s2 p2,0 /real',
      [
        'PyTorch counts pads that differ between the sides in its average; pool a tensor of ones alike and divide by it',
      ],
    ],
    // TensorFlow's SAME, found as a ceiling.
    ['1x1x6 max k3 s2 p0,1', ['nn.MaxPool1d(3, stride=2, ceil_mode=True)']],
    [
      '1x1x6 max k4 s1 p1,2',
      ["x = F.pad(x, (1, 2), value=float('-inf'))", 'x = nn.MaxPool1d(4, stride=1)(x)'],
    ],
  ])('%s', (text, lines) => {
    expect(code(text)).toEqual(lines);
  });

  it('reads what it wrote, over a sweep', () => {
    for (const of of sweep()) {
      const written = write(torch, of, true);
      if (!('lines' in written)) continue;
      const layers = readLayers(written.lines.join('\n'), { dialects: [torch], tensors: { x: [1, 1, 1] } });
      let shape: readonly number[] = [1, 1, ...of.axes.map((axis) => axis.size)];
      for (const layer of layers) shape = layer.resolve(shape).output;
      expect([print(of), ...shape]).toEqual([print(of), ...outputShape(of)]);
      if (layers.length === 1)
        expect(
          sameGeometry(
            of,
            (layers[0]?.resolve([1, 1, ...of.axes.map((axis) => axis.size)]).steps ?? [])[0] as Geometry,
          ),
        ).toBe(true);
    }
  });
});

function* sweep(): Generator<Geometry> {
  for (const operation of ['conv', 'max', 'average'] as const) {
    for (const size of [5, 6, 9]) {
      for (const kernel of [1, 2, 3, 4]) {
        for (const stride of [1, 2, 3]) {
          for (const [before, after] of [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
            [2, 1],
            [-1, 2],
          ] as const) {
            const fill = operation === 'max' ? -Infinity : 0;
            yield geometry({
              operation,
              axes: [{ size, kernel, stride, before, after, fillBefore: fill, fillAfter: fill }],
            });
            if (operation !== 'conv') continue;
            yield geometry({
              flip: true,
              axes: [
                {
                  size,
                  kernel,
                  inputDilation: stride,
                  before: kernel - 1 - before,
                  after: kernel - 1 - after,
                },
              ],
            });
          }
        }
      }
    }
  }
}

it('is callable by hand, as the faces do', () => {
  const call = (args: Value[], keywords: Record<string, Value> = {}) =>
    readCall([torch], { path: 'torch.nn.Conv2d', args, keywords });
  expect(call([3, 6, 4], { stride: [2, 1] }).resolve([1, 3, 8, 8]).output).toEqual([1, 6, 3, 5]);
});
