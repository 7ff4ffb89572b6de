import { describe, expect, it } from 'vitest';
import { type Geometry, geometry, inputShape, parse, print, sameGeometry } from '../geometry/index.ts';
import type { Layer, Value } from './dialect.ts';
import { usual, write } from './keras/spelling.ts';
import { keras } from './keras.ts';
import { readLayer } from './python.ts';
import { find, readCall, shortName } from './resolve.ts';

const read = (code: string): Layer => readLayer(code, { dialects: [keras] });
const problem = (code: string, input: readonly number[]) =>
  read(code).resolve(input).steps.map(print).join(' then ');
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
    ['keras.layers.Conv2D(6, 4, strides=2, padding="same")', [1, 64, 64, 3], '1x3x64x64 k4 s2 p1 -> 6'],
    ['Conv2D(64, 7, 2, "SAME")', [1, 224, 224, 3], '1x3x224x224 k7 s2 p2,3 -> 64'],
    ['layers.Conv2D(1, (3, 5), strides=(3, 4))', [1, 8, 8, 1], '1x1x8x8 k3x5 s3x4 -> 1'],
    ['Conv1D(1, 3, padding="causal", dilation_rate=2)', [1, 9, 1], '1x1x9 k3 d2 p4,0 -> 1'],
    ['Conv1D(4, 3, groups=2, data_format="channels_first")', [1, 2, 9], '1x2x9 k3 g2 -> 4'],
    ['Conv2DTranspose(4, 3, 2, "same")', [1, 16, 16, 8], '1x8x16x16 k3 i2 p2,1 flip -> 4'],
    ['Conv1DTranspose(1, 2, strides=3)', [1, 3, 1], '1x1x3 k2 i3 p1,2 flip -> 1'],
    ['Conv1DTranspose(1, 3, 2, "same", output_padding=0)', [1, 3, 1], '1x1x3 k3 i2 p1 flip -> 1'],
    ['DepthwiseConv2D(3, depth_multiplier=2)', [1, 5, 5, 3], '1x3x5x5 k3 g3 -> 6'],
    ['SeparableConv1D(4, 3, 2, "same")', [1, 6, 2], '1x2x6 k3 s2 p0,1 g2 -> 2 then 1x2x3 k1 -> 4'],
    ['MaxPooling2D()', [1, 5, 5, 8], '1x8x5x5 max k2 s2'],
    ['MaxPool1D(3, 2, padding="same")', [1, 6, 1], '1x1x6 max k3 s2 p0,1'],
    ['AveragePooling1D(2, padding="same")', [1, 5, 1], '1x1x5 avg k2 s2 p0,1 /real'],
    ['ZeroPadding2D(((1, 2), 3))', [1, 4, 4, 1], '1x1x4x4 pad p1,2x3'],
    ['Cropping1D((1, 2))', [1, 8, 3], '1x3x8 pad p-1,-2'],
    ['keras.ops.pad(x, ((0, 0), (1, 2), (0, 0)), "reflect")', [1, 8, 3], '1x3x8 pad p1,2 fill=reflect'],
  ])('%s', (code, input, expected) => {
    expect(problem(code, input)).toBe(expected);
  });

  it('gives outputs in the layout of the input', () => {
    expect(read('Conv2D(6, 3)').resolve([2, 8, 9, 3]).output).toEqual([2, 6, 7, 6]);
    expect(read('MaxPooling2D(data_format="channels_first")').resolve([2, 3, 8, 8]).output).toEqual([
      2, 3, 4, 4,
    ]);
  });

  it('finds a layer under every name people import it by', () => {
    const names = ['Conv2D', 'layers.Conv2D', 'keras.layers.Conv2D', 'tf.keras.layers.Conv2D'];
    for (const name of [
      ...names,
      'tensorflow.keras.layers.Conv2D',
      'tensorflow.keras.layers.Convolution2D',
    ]) {
      const { path } = find([keras], name);
      expect(shortName(keras, path)).toMatch(/^Conv(olution)?2D$/);
    }
  });

  it('keeps activation and stated input', () => {
    expect(read('Conv2D(8, 3, activation="relu", input_shape=(28, 28, 1))')).toMatchObject({
      activation: 'relu',
      statedInput: [28, 28, 1],
    });
    expect(read('Conv2D(8, 3, activation=tf.nn.relu, input_shape=(None, None, 1))')).toMatchObject({
      activation: 'relu',
      statedInput: null,
    });
    expect(read('Conv2D(8, 3, activation="linear")').activation).toBe(null);
  });

  it('takes arrays and null from JavaScript', () => {
    const keywords: Record<string, Value> = { strides: [2, 2], data_format: null };
    expect(
      print(
        readCall([keras], { path: 'Conv2D', args: [6, [3, 5]], keywords }).resolve([1, 9, 9, 3])
          .steps[0] as Geometry,
      ),
    ).toBe('1x3x9x9 k3x5 s2 -> 6');
  });
});

describe('parameters', () => {
  const shapes = (code: string, channels: number) =>
    read(code)
      .parameters(channels)
      .map(({ name, shape, order, step }) => [name, shape.join('x'), order, step]);

  it('have the names, shapes and orders of Keras', () => {
    expect(shapes('Conv2D(6, (3, 5), groups=2)', 4)).toEqual([
      ['kernel', '3x5x2x6', 'k i go', 0],
      ['bias', '6', 'go', 0],
    ]);
    expect(shapes('Conv1DTranspose(6, 3, use_bias=False)', 4)).toEqual([['kernel', '3x6x4', 'k o i', 0]]);
    expect(shapes('DepthwiseConv1D(3, depth_multiplier=2)', 4)).toEqual([
      ['kernel', '3x4x2', 'k g o', 0],
      ['bias', '8', 'go', 0],
    ]);
    expect(shapes('SeparableConv1D(5, 3)', 4)).toEqual([
      ['depthwise_kernel', '3x4x1', 'k g o', 0],
      ['pointwise_kernel', '1x4x5', 'k i go', 1],
      ['bias', '5', 'go', 1],
    ]);
  });

  it.each([
    ['glorot_uniform', { kind: 'uniform', limit: Math.sqrt(6 / (9 * 3 + 9 * 5)) }],
    ['HeNormal', { kind: 'truncatedNormal', deviation: Math.sqrt(2 / 27) }],
    ['random_normal', { kind: 'normal', deviation: 0.05 }],
    ['zeros', { kind: 'zeros' }],
  ])('start as %s says', (name, expected) => {
    expect(read(`Conv2D(5, 3, kernel_initializer="${name}")`).parameters(3)[0]?.initialiser).toEqual(
      expected,
    );
  });

  it('say where padwise fills otherwise', () => {
    expect(read('Conv2D(5, 3, kernel_initializer="orthogonal")').notes.map(String)).toEqual([
      'padwise fills kernel_initializer as glorot_uniform does by default.',
    ]);
    expect(read('Conv2D(5, 3, kernel_initializer=keras.initializers.HeNormal())').notes).toEqual([]);
  });
});

it.each([
  [
    'Conv2DTranspose(4, 3, 2, "same")',
    'Before May 2026 the torch backend shifted this by one pixel (keras#22876).',
  ],
  ['Conv2DTranspose(4, 4, 2, "same")', undefined],
  [
    'Conv2DTranspose(4, 3, dilation_rate=2)',
    'TensorFlow has no CPU kernel for a transposed convolution with dilation_rate.',
  ],
  [
    'Conv1DTranspose(4, 4, 2, "same", output_padding=0)',
    'With an even kernel and output_padding 0, TensorFlow refuses same; JAX and PyTorch compute it.',
  ],
  [
    'DepthwiseConv2D(3, (1, 2))',
    'TensorFlow without oneDNN refuses depthwise strides that differ between the axes.',
  ],
  [
    'MaxPooling2D(2, padding="SAME")',
    "In a functional model Keras accepts only the lower-case 'same' from a pool.",
  ],
  [
    'Conv3D(4, 1, strides=3, padding="same")',
    'TensorFlow on the CPU crops here instead of starting at the first element.',
  ],
  ['Conv2D(4, 3)', undefined],
])('%s is noted', (code, note) => {
  expect(read(code).notes.map(String)).toEqual(note === undefined ? [] : [note]);
});

describe('refusing, in Keras terms', () => {
  it.each([
    ['Conv2D(16, 3, dilation_rate=3)', [1, 5, 5, 8]],
    ['Conv2D(16, 6)', [1, 5, 5, 8]],
    ['Conv2D(16, 3, strides=2, dilation_rate=2)', [1, 5, 5, 8]],
    ['Conv2D(16, 3, padding=1)', [1, 5, 5, 8]],
    ['Conv2D(16, 3, padding="causal")', [1, 5, 5, 8]],
    ['Conv2D(16, 3, groups=3)', [1, 5, 5, 8]],
    ['Conv2D(16, 3, groups=2)', [1, 5, 5, 3]],
    ['Conv2D(0, 3)', [1, 5, 5, 8]],
    ['Conv2D(16, (3,))', [1, 5, 5, 8]],
    ['Conv2D(16, 3, activation="ReLU")', [1, 5, 5, 8]],
    ['Conv2D(16, 3, data_format="NHWC")', [1, 5, 5, 8]],
    ['Conv2D(16, 3, stride=2)', [1, 5, 5, 8]],
    ['Conv2D(16, 3)', [5, 5, 8]],
    ['Conv2DTranspose(16, 3, strides=2, output_padding=2)', [1, 5, 5, 8]],
    ['Conv2DTranspose(16, 3, groups=2)', [1, 5, 5, 8]],
    ['MaxPooling1D(4, 1)', [1, 2, 8]],
    ['AveragePooling2D()', [1, 5, 5, 8]],
    ['ZeroPadding2D((1, -1))', [1, 5, 5, 8]],
    ['Cropping1D((2, 3))', [1, 5, 8]],
    ['keras.ops.pad(x, ((0, 0), (5, 0), (0, 0)), "reflect")', [1, 5, 8]],
    ['Conv5D(16, 3)', [1, 5, 5, 8]],
  ])('%s', (code, input) => {
    expect(refusal(code, input)).toMatchSnapshot();
  });

  it('says what dilation did', () => {
    expect(refusal('Conv2D(16, 3, dilation_rate=3)', [1, 5, 5, 8])).toMatchInlineSnapshot(
      `"keras Conv2D: dilation_rate 3 makes kernel_size 3 span 7, but the padded input is 5 wide (5 + 0 + 0). [1x8x5x5 k3 d3 -> 16]"`,
    );
  });
});

describe('writing', () => {
  const lines = (text: string, bias = true) => {
    const said = write(parse(text), bias);
    return 'impossible' in said ? String(said.impossible) : said.lines.join('\n');
  };

  it.each([
    '1x3x64x64 k4 s2 p1 -> 6',
    '1x3x224x224 k7 s2 p3 -> 64',
    '1x1x9 k3 d2 p4,0 -> 1',
    '1x3x5x5 k3 g3 -> 6',
    '1x4x9x9 k3 s2 d2 p2 -> 4',
    '1x3x8x8 k3 p1 fill=reflect -> 6',
    '1x3x8x8 k3 p2 fill=replicate -> 6',
    '1x3x8x8 k3 p1 fill=wrap -> 6',
    '1x8x16x16 k3 i2 p2,1 flip -> 4',
    '1x8x16x16 k3 i2 p1,2 flip -> 4',
    '1x8x16x16 k3 i2 p1 flip -> 4',
    '1x8x4x4 k3 i2 p2,6 flip -> 4',
    '1x8x4x4 k3 i2 p1 -> 4',
    '1x8x4x4 k3 i2 p1 g2 flip -> 4',
    '1x8x4x4 k3 i2 d2 p1 flip -> 4',
    '1x8x6x6 max k3 s2 p0,1',
    '1x8x6x6 max k3 s2 p1',
    '1x8x5x5 max k2 s2 o1',
    '1x8x5x5 avg k2 s2 o1',
    '1x8x6x6 avg k3 s2 p1',
    '1x8x6x6 avg k2 s2 p1 /real',
    '1x3x8x8 pad p1,2x0',
    '1x3x8x8 pad p1,-2',
    '1x3x8x8 pad p0',
    '1x3x2x2 k3 -> 6',
  ])('%s', (text) => {
    expect(lines(text)).toMatchSnapshot();
  });

  it('names the bias', () => {
    expect(lines('1x3x5x5 k3 -> 6', false)).toBe('layers.Conv2D(6, 3, use_bias=False)');
  });

  it('reads what it writes for every word it reads', () => {
    for (const code of [
      ...sweep('layers.Conv1D(2, $kernel, strides=$stride, padding=$padding)'),
      ...sweep('layers.Conv1DTranspose(2, $kernel, strides=$stride, padding=$padding)'),
      ...sweep('layers.MaxPooling1D($kernel, strides=$stride, padding=$padding)'),
      ...sweep('layers.AveragePooling1D($kernel, strides=$stride, padding=$padding)'),
    ]) {
      for (let size = 4; size < 9; size++) {
        const [of] = read(code).resolve([1, size, 2]).steps as [Geometry];
        const said = write(of, true);
        if ('impossible' in said) throw new Error(`${code}: ${said.impossible}`);
        expect(said.lines).toHaveLength(1);
        const [again] = read(said.lines.join('\n')).resolve([1, size, 2]).steps as [Geometry];
        if (!sameGeometry(of, again)) throw new Error(`${code} became ${said.lines}`);
      }
    }
  });
});

function sweep(template: string): string[] {
  return ["'valid'", "'same'"].flatMap((padding) =>
    [1, 2, 3, 4].flatMap((kernel) =>
      [1, 2, 3].map((stride) =>
        template.replace('$kernel', `${kernel}`).replace('$stride', `${stride}`).replace('$padding', padding),
      ),
    ),
  );
}

describe('what people write by hand', () => {
  it.each([
    ['1x3x64x64 k4 s2 p1 -> 6', "layers.Conv2D(6, 4, strides=2, padding='same')"],
    ['1x3x224x224 k7 s2 p3 -> 64', "layers.Conv2D(64, 7, strides=2, padding='same')"],
    ['1x3x9x9 k3 -> 64', 'layers.Conv2D(64, 3)'],
    ['1x8x16x16 k3 i2 p1,2 flip -> 4', "layers.Conv2DTranspose(4, 3, strides=2, padding='same')"],
    ['1x8x6x6 max k3 s2 p1', "layers.MaxPooling2D(3, strides=2, padding='same')"],
    ['1x8x6x6 max k3 d2', null],
    ['1x8x6x6 pad p1', null],
  ])('%s', (text, expected) => {
    expect(usual(parse(text))).toBe(expected);
  });

  it('is a word Keras reads', () => {
    const of = geometry({
      channels: 2,
      filters: 4,
      axes: [{ size: 6, kernel: 3, stride: 2, before: 1, after: 1 }],
    });
    const [batch = 1, channels = 1, ...sizes] = inputShape(of);
    expect(read(usual(of) ?? '').resolve([batch, ...sizes, channels]).output).toEqual([1, 3, 4]);
  });
});
