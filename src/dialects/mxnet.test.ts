import { describe, expect, it } from 'vitest';
import { run } from '../engine/engine.ts';
import {
  axis,
  type Geometry,
  type GeometryInput,
  geometry,
  inputShape,
  out,
  outputShape,
  parse,
  print,
  sameGeometry,
  transposedAxis,
} from '../geometry/index.ts';
import type { Layer, Shape, Spelling } from './dialect.ts';
import { mxnet } from './mxnet.ts';
import { readLayer, readLayers } from './python.ts';
import { usual, write as written } from './writers.ts';

const read = (code: string): Layer => readLayer(code, { dialects: [mxnet], tensors: { x: [] } });
const steps = (code: string, input: Shape) => read(code).resolve(input).steps.map(print);
const output = (code: string, input: Shape) => read(code).resolve(input).output;
const write = (problem: string, bias = true): Spelling => written(mxnet, parse(problem), bias);
const lines = (problem: string): string => {
  const said = write(problem);
  return 'lines' in said ? said.lines.join('\n') : String(said.impossible);
};
const refused = (code: string, input?: Shape): string => {
  try {
    const layer = read(code);
    return input === undefined ? 'read' : `resolved ${layer.resolve(input).output.join('x')}`;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('reading', () => {
  it('has the shapes of the textbook', () => {
    const shape = (code: string) => output(code, [1, 1, 8, 8]).join('x');
    expect(shape('nn.Conv2D(1, kernel_size=3, padding=1)')).toBe('1x1x8x8');
    expect(shape('nn.Conv2D(1, kernel_size=(5, 3), padding=(2, 1))')).toBe('1x1x8x8');
    expect(shape('nn.Conv2D(1, kernel_size=3, padding=1, strides=2)')).toBe('1x1x4x4');
    expect(shape('nn.Conv2D(1, kernel_size=(3, 5), padding=(0, 1), strides=(3, 4))')).toBe('1x1x2x2');
  });

  it('pads both sides alike', () => {
    expect(steps('nn.Conv2D(64, 7, 2, 3)', [1, 3, 224, 224])).toEqual(['1x3x224x224 k7 s2 p3 -> 64']);
    expect(steps('gluon.nn.Conv1D(4, [3], dilation=2, groups=2)', [2, 2, 9])).toEqual([
      '2x2x9 k3 d2 g2 -> 4',
    ]);
  });

  it('crops a transposed convolution and exposes taps by output_padding', () => {
    expect(steps('nn.Conv1DTranspose(1, 3, 2)', [1, 1, 3])).toEqual(['1x1x3 k3 i2 p2 flip -> 1']);
    expect(steps('nn.Conv1DTranspose(1, 3, 2, 1, 1)', [1, 1, 3])).toEqual(['1x1x3 k3 i2 p1,2 flip -> 1']);
    expect(output('nn.Conv2DTranspose(6, 2, 2, groups=3, in_channels=6)', [1, 6, 3, 3])).toEqual([
      1, 6, 6, 6,
    ]);
  });

  it('keeps channels where the layout says', () => {
    const layer = read('nn.Conv2D(4, (3, 5), layout="NHWC", in_channels=6, groups=2)');
    expect(layer.resolve([1, 8, 9, 6]).output).toEqual([1, 6, 5, 4]);
    expect(layer.parameters(6).map(({ shape, order }) => `${shape.join('x')} ${order}`)).toEqual([
      '4x3x5x3 go k i',
      '4 go',
    ]);
    expect(layer.notes).toEqual(['MXNet runs a convolution with the channels last on GPUs only.']);
    const transposed = read('nn.Conv3DTranspose(4, (3, 5, 7), layout="NDHWC", in_channels=6, groups=2)');
    expect(transposed.parameters(6)[0]?.shape).toEqual([6, 3, 5, 7, 2]);
    expect(output('nn.MaxPool2D(3, 2, layout="NHWC")', [1, 6, 6, 2])).toEqual([1, 2, 2, 2]);
  });

  it('has the parameters of a block', () => {
    const kinds = (code: string) =>
      read(code)
        .parameters(2)
        .map(({ initialiser }) => initialiser);
    expect(kinds('nn.Conv1D(4, 3)')).toEqual([{ kind: 'uniform', limit: 0.07 }, { kind: 'zeros' }]);
    expect(kinds('nn.Conv1D(4, 3, use_bias=False, weight_initializer="xavier")')).toEqual([
      { kind: 'uniform', limit: Math.sqrt(3 / 9) },
    ]);
    expect(kinds('nn.Conv1D(4, 3, weight_initializer=mx.init.Normal(), bias_initializer="ones")')).toEqual([
      { kind: 'normal', deviation: 0.01 },
      { kind: 'ones' },
    ]);
    expect(read('nn.Conv1D(4, 3, activation="softrelu")').activation).toBe('softplus');
  });

  it('never drops a window in ceil mode', () => {
    const pool = 'nn.MaxPool1D(2, strides=2, padding=1, ceil_mode=True)';
    expect(steps(pool, [1, 1, 5])).toEqual([
      '1x1x5 max k2 s2 p1,0',
      '1x1x3 pad p0,1 fill=-3.4028234663852886e+38',
    ]);
    expect(steps(pool.replace('Max', 'Avg'), [1, 1, 5])).toEqual(['1x1x5 avg k2 s2 p1 o1']);
    expect(steps('nn.AvgPool1D(1, 3, ceil_mode=True)', [1, 1, 3])).toEqual([
      '1x1x3 avg k1 s3 p0,-2',
      '1x1x1 pad p0,1',
    ]);
    expect(steps('nn.MaxPool1D(1, 9, 9, layout="NWC")', [1, 3, 1])).toEqual([
      '1x1x3 max k1 s9 p0,-2',
      '1x1x1 pad p1 fill=-3.4028234663852886e+38',
    ]);
  });

  it('reads the array functions around a layer', () => {
    expect(steps("mx.nd.pad(x, mode='edge', pad_width=(0, 0, 0, 0, 1, 2, 0, -1))", [1, 3, 4, 5])).toEqual([
      '1x3x4x5 pad p1,2x0,-1 fill=replicate',
    ]);
    expect(steps('nn.ReflectionPad2D(2)', [1, 1, 3, 3])).toEqual(['1x1x3x3 pad p2 fill=reflect']);
    expect(output('mx.nd.slice(x, begin=(None, None, 1), end=(None, None, -9))', [1, 1, 4])).toEqual([
      1, 1, 0,
    ]);
    expect(output('mx.nd.slice_axis(x, axis=-1, begin=1, end=None)', [1, 1, 4, 5])).toEqual([1, 1, 4, 4]);
    expect(output('mx.nd.expand_dims(x, axis=2)', [2, 3, 5])).toEqual([2, 3, 1, 5]);
    expect(output('mx.nd.squeeze(x, axis=2)', [2, 3, 1, 5])).toEqual([2, 3, 5]);
  });
});

describe('refusals', () => {
  it.each([
    [
      'nn.Conv1D(1, 3, padding=1, dilation=3)',
      [1, 1, 4],
      'dilation 3 makes kernel_size 3 span 7, but the padded input is 6 wide (4 + 1 + 1). [1x1x4 k3 d3 p1 -> 1]',
    ],
    ['nn.Conv1D(1, 3, padding=-1)', [1, 1, 4], 'padding: expected an integer >= 0, received -1'],
    ['nn.Conv2D(1, (3,))', undefined, 'kernel_size: expected an integer >= 1 or 2 of them, received (3,)'],
    ['nn.Conv1D(3, 3, groups=2)', undefined, 'channels: expected a multiple of groups=2, received 3'],
    ['nn.Conv1D(4, 3, groups=2)', [1, 3, 9], '3 input channels do not divide by groups=2.'],
    ['nn.Conv1D(4, 3, in_channels=2)', [1, 3, 9], 'expected in_channels=2, received 3 in 1x3x9.'],
    ['nn.Conv1D(4, 3)', [0, 3, 9], 'MXNet takes a size of 0 for one it does not know yet, received 0x3x9.'],
    ['nn.Conv1D(4, 3)', [3, 9], 'expected an input of 3 dimensions, channels first, received 3x9'],
    ['nn.Conv1D(4, 3, layout="NWC")', undefined, "layout: expected 'NCW', received 'NWC'"],
    ['nn.Conv1D(4, 3, name="a")', undefined, 'has no argument name'],
    [
      'nn.Conv1D(4, 3, activation="gelu")',
      undefined,
      "activation: expected 'relu' or 'sigmoid' or 'softrelu' or 'softsign' or 'tanh', received 'gelu'",
    ],
    [
      'nn.Conv1D(4, 3, weight_initializer="constructor")',
      undefined,
      "weight_initializer: expected None or one of zero, zeros, one, ones, uniform, normal, xavier, msraprelu, orthogonal, bilinear, lstmbias, received 'constructor'",
    ],
    ['nn.Conv1DTranspose(1, 3, 2, 1, 2)', undefined, 'output_padding 2 must be smaller than strides 2.'],
    [
      'nn.Conv1DTranspose(1, 3, 2, 4)',
      [1, 1, 3],
      'the output would be -1 wide: padding 4 on both sides cuts more than the natural output 7.',
    ],
    [
      'nn.Conv2DTranspose(4, 3, groups=2)',
      undefined,
      'groups=2 needs in_channels: until MXNet knows them it counts 4294967295, no multiple of 2.',
    ],
    [
      'nn.Conv3DTranspose(1, 3, dilation=2)',
      undefined,
      'a transposed convolution in three dimensions has no dilation, received 2x2x2.',
    ],
    [
      'nn.MaxPool1D(3, 2, 3)',
      [1, 1, 6],
      'padding 3 must be smaller than pool_size 3 and not negative. [1x1x6 max k3 s2 p3]',
    ],
    [
      'nn.MaxPool1D(3, ceil_mode=True)',
      [1, 1, 2],
      'pool_size is 3, but the padded input is 2 wide (2 + 0 + 0). [1x1x2 max k3 s3 o1]',
    ],
    [
      'nn.AvgPool1D(3, count_include_pad="x")',
      undefined,
      "count_include_pad: expected True or False, received 'x'",
    ],
    ['nn.ReflectionPad2D(3)', [1, 1, 3, 3], 'reflection by 3 needs more than 3 elements, but axis 0 has 3.'],
    [
      'nn.ReflectionPad2D((1, 1))',
      undefined,
      'padding: expected 8 integers, before and after of each dimension, received (1, 1)',
    ],
    [
      "mx.nd.pad(x, mode='symmetric', pad_width=(0, 0, 0, 0, 1, 1, 0, 0))",
      undefined,
      "mode: expected 'constant' or 'edge' or 'reflect', received 'symmetric'",
    ],
    [
      "mx.nd.pad(x, mode='edge', pad_width=(0, 0, 1, 0, 0, 0, 0, 0))",
      undefined,
      'pad_width: expected four zeros first, for batch and channels, received (0, 0, 1, 0, 0, 0, 0, 0)',
    ],
    [
      "mx.nd.pad(x, mode='edge', pad_width=(0, 0, 0, 0, 1, 1, 0, 0))",
      [1, 1, 3],
      'pads for 4 dimensions do not fit an input of 1x1x3.',
    ],
    [
      "mx.nd.pad(x, mode='edge', pad_width=(0, 0, 0, 0, -2, -2, 0, 0))",
      [1, 1, 3, 3],
      'pads -2 and -2 take more than the 3 elements of axis 0.',
    ],
    [
      'mx.nd.slice_axis(x, axis=2, begin=1, end=5)',
      [1, 1, 4],
      'begin=1 and end=5 are no range within the 4 elements of axis 2.',
    ],
    [
      'mx.nd.slice(x, begin=(1, None), end=(None, None))',
      [2, 1, 4],
      'padwise reads a slice of the sizes, not of batch or channels.',
    ],
    ['mx.nd.squeeze(x, axis=2)', [1, 1, 4, 4], 'axis 2 of 1x1x4x4 is not one element wide.'],
  ])('%s', (code, input, why) => {
    expect(refused(code, input)).toBe(`mxnet ${code.slice(0, code.indexOf('('))}: ${why}`);
  });
});

describe('writing', () => {
  it('says what one layer can', () => {
    expect(lines('1x3x64x64 k4 s2 p1 -> 6')).toBe('nn.Conv2D(6, kernel_size=4, strides=2, padding=1)');
    expect(lines('1x1x8x8 k3x5 s3x4 p0x1 g1 -> 1')).toBe(
      'nn.Conv2D(1, kernel_size=(3, 5), strides=(3, 4), padding=(0, 1))',
    );
    expect(lines('1x4x9 k3 d2 g2 -> 4')).toBe('nn.Conv1D(4, kernel_size=3, dilation=2, groups=2)');
    expect(lines('1x1x5 max k2 s2 p0,1')).toBe('nn.MaxPool1D(2, ceil_mode=True)');
    expect(lines('1x1x6x6 avg k3 s2 p1 /real')).toBe(
      'nn.AvgPool2D(3, strides=2, padding=1, count_include_pad=False)',
    );
    expect(lines('1x8x16x16 k3 i2 p1,2 flip g2 -> 4')).toBe(
      'nn.Conv2DTranspose(4, kernel_size=3, strides=2, padding=1, output_padding=1, groups=2, in_channels=8)',
    );
    expect(lines('1x1x5x5 pad p1x2 fill=reflect')).toBe('nn.ReflectionPad2D((0, 0, 0, 0, 1, 1, 2, 2))');
  });

  it('says the rest with array functions', () => {
    expect(lines('1x3x224x224 k7 s2 p2,3 -> 64')).toMatchInlineSnapshot(`
      "x = mx.nd.pad(x, mode='constant', pad_width=(0, 0, 0, 0, 2, 3, 2, 3))
      x = nn.Conv2D(64, kernel_size=7, strides=2)(x)"
    `);
    expect(lines('1x1x6 k3 s2 p0,1 -> 1')).toMatchInlineSnapshot(`
      "x = nn.Conv1D(1, kernel_size=3, strides=2, padding=2)(x)
      x = mx.nd.slice(x, begin=(None, None, 1), end=(None, None, None))"
    `);
    expect(lines('1x1x6 k3 p2,0 fill=replicate -> 1')).toMatchInlineSnapshot(`
      "x = mx.nd.expand_dims(x, axis=2)
      x = mx.nd.pad(x, mode='edge', pad_width=(0, 0, 0, 0, 0, 0, 2, 0))
      x = mx.nd.squeeze(x, axis=2)
      x = nn.Conv1D(1, kernel_size=3)(x)"
    `);
    expect(lines('1x6x16x16 k3 i2 p2,1 flip -> 3')).toMatchInlineSnapshot(`
      "x = nn.Conv2DTranspose(3, kernel_size=3, strides=2)(x)
      x = mx.nd.slice(x, begin=(None, None, None, None), end=(None, None, -1, -1))"
    `);
    expect(lines('1x1x6x6 avg k3 s2 p0,1 /real')).toMatchInlineSnapshot(
      `"nn.AvgPool2D(3, strides=2, ceil_mode=True)"`,
    );
    expect(lines('1x1x6x6 max k3 s2 p0,1')).toMatchInlineSnapshot(
      `"nn.MaxPool2D(3, strides=2, ceil_mode=True)"`,
    );
  });

  it('says why it cannot', () => {
    expect(lines('1x1x6 max k2 d2')).toBe('a Gluon pooling has no dilation');
    expect(lines('1x1x4 k3 i2 p2 -> 1')).toContain('MXNet mirrors the kernel');
    expect(lines('1x1x4 pad p1 fill=wrap')).toBe('MXNet pads with a constant, the edge or a reflection only');
    expect(lines('1x1x6 avg k2 s2 p1 /7')).toBe('MXNet divides by the window or its elements, not by 7');
    expect(lines('1x1x2 k3 -> 1')).toBe('MXNet runs no layer whose input or output is empty');
  });

  it('says what people usually write', () => {
    expect(usual(mxnet, parse('1x3x64x64 k4 s2 p1 -> 6'))).toBe(
      'nn.Conv2D(6, kernel_size=4, strides=2, padding=1)',
    );
    expect(usual(mxnet, parse('1x8x16x16 k3 i2 p2,1 flip -> 4'))).toBe(
      'nn.Conv2DTranspose(4, kernel_size=3, strides=2, padding=1, output_padding=1)',
    );
    expect(usual(mxnet, parse('1x1x4 pad p1'))).toBeNull();
  });
});

describe('read(write(geometry))', () => {
  const wrong: string[] = [];
  let said = 0;

  /** Checks that the code for a geometry, read again, computes its numbers; one line is the geometry itself. */
  function check(given: GeometryInput): void {
    const of = geometry(given);
    const spelling = written(mxnet, of, true);
    if ('impossible' in spelling) return;
    said += 1;
    const layers = readLayers(spelling.lines.join('\n'), { dialects: [mxnet], tensors: { x: [] } });
    let shape: Shape = inputShape(of);
    let data = integers(shape, 0);
    const wanted = numbers(of, data);
    const read: Geometry[] = [];
    for (const layer of layers) {
      const { steps, output } = layer.resolve(shape);
      for (const step of steps) data = numbers(step, data);
      read.push(...steps);
      shape = output;
    }
    const same = shape.join() === outputShape(of).join() && data.every((value, i) => value === wanted[i]);
    const one = spelling.lines.length > 1 || (read.length === 1 && sameGeometry(of, read[0] as Geometry));
    if (!same || !one) wrong.push(`${print(of)}: ${spelling.lines.join('; ')}`);
  }

  it('is the geometry again for convolutions and pads', () => {
    for (const one of windows()) {
      for (const fill of [0, 3, 'reflect', 'replicate'] as const) {
        const filled = { ...one, fillBefore: fill, fillAfter: fill };
        check({ axes: [filled] });
        check({
          axes: [{ size: 4, kernel: 3, before: 1, after: 1 }, filled],
          channels: 2,
          filters: 4,
          groups: 2,
        });
        if (one.kernel === 1 && one.stride === 1) check({ operation: 'pad', axes: [filled, filled] });
      }
    }
    expect(wrong).toEqual([]);
    expect(said).toBeGreaterThan(4000);
  });

  it('is the geometry again for pools', () => {
    for (const one of windows()) {
      const max = { ...one, dilation: 1, fillBefore: -Infinity, fillAfter: -Infinity };
      check({ operation: 'max', axes: [max] });
      check({ operation: 'max', axes: [max, max] });
      for (const divisor of ['window', 'real', one.kernel] as const)
        check({ operation: 'average', axes: [{ ...one, dilation: 1 }], divisor });
    }
    expect(wrong).toEqual([]);
  });

  it('is the geometry again for transposed convolutions', () => {
    for (const one of windows()) {
      for (const crop of [-2, 0, 1]) {
        const axes = [transposedAxis(one, crop, one.size + 2 * one.before + 3)];
        check({ axes, flip: true });
        check({ axes: [{ size: 1, kernel: 1 }, ...axes], channels: 2, filters: 2, groups: 2, flip: true });
      }
    }
    expect(wrong).toEqual([]);
  });

  function* windows() {
    for (const size of [1, 2, 5, 6])
      for (const kernel of [1, 2, 3])
        for (const stride of [1, 2, 3])
          for (const dilation of kernel > 1 ? [1, 2] : [1])
            for (const before of [-1, 0, 1, 3])
              for (const after of [-1, 0, 2]) {
                const one = axis({ size, kernel, stride, dilation, before, after });
                if (out(one) > 0) yield one;
              }
  }
});

function numbers(of: Geometry, input: Float64Array): Float64Array {
  if (of.operation !== 'conv') return run(of, { input });
  const weight = integers([of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)], 1);
  return run(of, { input, weight, bias: integers([of.filters], 2) });
}

function integers(shape: Shape, seed: number): Float64Array {
  const length = shape.reduce((product, n) => product * n, 1);
  return Float64Array.from({ length }, (_, i) => ((i * i * 7 + i * 3 + seed * 5) % 11) - 5);
}
