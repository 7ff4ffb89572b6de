import { describe, expect, it } from 'vitest';
import { fuse } from '../geometry/fuse.ts';
import { type Geometry, out, parse, print, sameGeometry } from '../geometry/index.ts';
import type { Dialect, Layer, Shape } from './dialect.ts';
import { dialects } from './index.ts';
import { nodesInTurn } from './onnx/names.ts';
import * as spec from './onnx/spelling.ts';
import { onnx } from './onnx.ts';
import * as runtime from './onnxruntime/spelling.ts';
import { onnxruntime } from './onnxruntime.ts';
import { readLayer, readLayers } from './python.ts';

type Tensors = Readonly<Record<string, Shape>>;

const node = (operator: string, attributes: string, inputs: string = "['x', 'W']") =>
  `helper.make_node('${operator}', ${inputs}, ['y'], ${attributes})`;
const read = (code: string, tensors: Tensors = {}, dialect: Dialect = onnx): Layer =>
  readLayer(code, { dialects: [dialect], tensors });
const problem = (code: string, input: Shape, tensors: Tensors = {}, dialect: Dialect = onnx) => {
  try {
    return read(code, tensors, dialect).resolve(input).steps.map(print).join(' then ');
  } catch (error) {
    return (error as Error).message;
  }
};
const W: Tensors = { W: [6, 3, 4, 4] };
const plane: Shape = [1, 3, 9, 9];

describe('reading', () => {
  it.each([
    ['pads: begins, then ends', node('Conv', 'pads=[0, 1, 2, 3]'), plane, '1x3x9x9 k4 p0,2x1,3 -> 6'],
    ['SAME_UPPER', node('Conv', 'strides=[2, 2], auto_pad="SAME_UPPER"'), plane, '1x3x9x9 k4 s2 p1,2 -> 6'],
    ['SAME_LOWER', node('Conv', 'strides=[2, 2], auto_pad="SAME_LOWER"'), plane, '1x3x9x9 k4 s2 p2,1 -> 6'],
    [
      'a dilation within SAME',
      node('Conv', 'dilations=[3, 1], auto_pad="SAME_UPPER"'),
      plane,
      '1x3x9x9 k4 d3x1 p4,5x1,2 -> 6',
    ],
    [
      'a pool',
      node('MaxPool', 'kernel_shape=[2, 2], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1', "['x']"),
      [1, 1, 5, 5],
      '1x1x5x5 max k2 s2 p1',
    ],
    [
      'a global pool',
      node('GlobalAveragePool', 'name="top"', "['x']"),
      [1, 2, 4, 3],
      '1x2x4x3 avg k4x3 /real',
    ],
  ] as const)('%s', (_, code, input, expected) => {
    expect(problem(code, input, W)).toBe(expected);
  });

  it('crops SAME of a transposed convolution at the end, of SAME_LOWER and output_shape at the beginning', () => {
    const of = (attributes: string) =>
      read(node('ConvTranspose', `strides=[2], ${attributes}`), { W: [1, 1, 3] }).resolve([1, 1, 16]).steps[0]
        ?.axes[0];
    expect(of('auto_pad="SAME_UPPER"')).toMatchObject({ before: 2, after: 1 });
    expect(of('auto_pad="SAME_LOWER"')).toMatchObject({ before: 1, after: 2 });
    expect(of('output_shape=[32]')).toMatchObject({ before: 1, after: 2 });
    expect(of('pads=[1, 1], output_padding=[1]')).toMatchObject({ before: 1, after: 2 });
  });

  it('names the node, in the answer and in every refusal', () => {
    expect(read(node('Conv', 'name="conv1"'), W).name).toBe('Conv conv1');
    expect(problem(node('Conv', 'name="conv1", strides=[0, 1]'), plane, W)).toBe(
      'onnx Conv conv1: strides: expected an integer >= 1 or 2 of them, received [0, 1]',
    );
  });

  it('takes the code for what stands in it: constants, declared shapes, initializers', () => {
    const code = `
      x = helper.make_tensor_value_info('x', TensorProto.FLOAT, ['N', 3, 224, 224])
      w = numpy_helper.from_array(np.zeros((64, 3, 7, 7)), 'W')
      pads = helper.make_node('Constant', [], ['pads'], value_ints=[0, 0, 2, 2, 0, 0, 3, 3])
      pad = helper.make_node('Pad', ['x', 'pads'], ['padded'])
      conv = onnx.helper.make_node(op_type='Conv', inputs=['padded', 'W'], outputs=['y'], strides=[2, 2])`;
    const [pad, conv] = readLayers(code, { dialects }) as [Layer, Layer];
    expect(pad.statedInput).toEqual([3, 224, 224]);
    const padded = pad.resolve([1, 3, 224, 224]);
    expect(fuse([...padded.steps, ...conv.resolve(padded.output).steps]).map(print)).toEqual([
      '1x3x224x224 k7 s2 p2,3 -> 64',
    ]);
    const values = "helper.make_tensor('pads', TensorProto.INT64, [6], [0, 0, 1, 0, 0, 2])\n";
    expect(problem(`${values}helper.make_node('Pad', ['x', 'pads'], ['y'], mode='edge')`, [1, 1, 4])).toBe(
      '1x1x4 pad p1,2 fill=replicate',
    );
  });

  it('takes the kernel from kernel_shape where W is unknown, and says so', () => {
    const layer = read(node('Conv', 'kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_LOWER"'));
    expect(layer.resolve([1, 3, 6, 6]).steps.map(print)).toEqual(['1x3x6x6 k3 s2 p1,0 -> 1']);
    expect(layer.notes.map(String)).toEqual([
      'The shape of W is not in the code, so the number of filters is taken as 1; padwise --tensor W=64x3x7x7 says it.',
    ]);
    expect(problem(node('Conv', 'strides=[2, 2]'), plane)).toBe(
      'onnx Conv: the shape of W is not in the code',
    );
  });

  it('knows the weights by the names that the node gives them', () => {
    const shapes = { conv1_w: [6, 2, 3, 3], conv1_b: [6] };
    const layer = read("helper.make_node('Conv', ['x', 'conv1_w', 'conv1_b'], ['y'], group=3)", shapes);
    expect(layer.parameters(6).map(({ name, shape, order }) => ({ name, shape, order }))).toEqual([
      { name: 'conv1_w', shape: [6, 2, 3, 3], order: 'go i k' },
      { name: 'conv1_b', shape: [6], order: 'go' },
    ]);
  });

  it('reads Slice as a crop, and nodes between the others', () => {
    const cut = "helper.make_node('Slice', ['x'], ['y'], starts=[1, 0], ends=[-1, 3], axes=[2, 3])";
    expect(problem(cut, [1, 2, 5, 5])).toBe('1x2x5x5 pad p-1x0,-2');
    expect(read(node('Relu', 'name="r"', "['x']")).resolve([1, 2, 5]).output).toEqual([1, 2, 5]);
    expect(read(node('Flatten', 'axis=1', "['x']")).resolve([2, 3, 4, 4]).output).toEqual([2, 48]);
    expect(read(node('Gemm', 'transB=1', "['x', 'W']"), { W: [10, 48] }).resolve([2, 48]).output).toEqual([
      2, 10,
    ]);
  });
});

describe('refusing', () => {
  it.each([
    [
      node('Conv', 'pads=[1, 1, 1, 1], auto_pad="VALID"'),
      "onnx Conv: pads and auto_pad='VALID' cannot be given together.",
    ],
    [
      node('Conv', 'pads=[-1, 0, 0, 0]'),
      'onnx Conv: pads: expected an integer >= 0 or 4 of them, received [-1, 0, 0, 0]',
    ],
    [node('Conv', 'strides=2'), 'onnx Conv: strides: expected a list of 2 integers >= 1, received 2'],
    [node('Conv', 'kernel_shape=[3, 3]'), 'onnx Conv: kernel_shape is 3x3, but W has the shape 6x3x4x4.'],
    [node('Conv', 'padding=[1, 1]'), 'onnx Conv: has no argument padding'],
    [node('Conv', 'group=2'), 'onnx Conv: expected 6 input channels, received 3 in 1x3x9x9.'],
    [
      node('MaxPool', 'strides=[2, 2]', "['x']"),
      'onnx MaxPool: kernel_shape: expected a list of one to three integers, received None',
    ],
    [node('LpPool', 'kernel_shape=[2, 2]', "['x']"), 'onnx LpPool: padwise does not read this operator'],
    [
      node('Pad', 'mode="edge"', "['x', 'pads']"),
      'onnx Pad: the numbers of pads, its pads, are not in the code',
    ],
    [
      node('Pad', 'pads=[0, 1, 0, 0, 0, 0, 0, 0]', "['x']"),
      'onnx Pad: padwise reads padding and cropping of spatial axes, not of dimension 1.',
    ],
  ])('%s', (code, expected) => {
    expect(problem(code, plane, W)).toBe(expected);
  });
});

describe('ONNX Runtime', () => {
  const at = (code: string, input: Shape, tensors: Tensors = {}) =>
    problem(code, input, tensors, onnxruntime);

  it.each([
    [
      'refuses SAME with a dilation',
      node('Conv', 'dilations=[2], auto_pad="SAME_UPPER"'),
      [1, 1, 5],
      'onnxruntime Conv: auto_pad takes SAME_UPPER and SAME_LOWER without dilations only, received 2.',
    ],
    ['crops by negative pads', node('Conv', 'pads=[-1, 0]'), [1, 1, 5], '1x1x5 k3 p-1,0 -> 1'],
    [
      'keeps SAME of ConvTranspose to the natural output',
      node('ConvTranspose', 'strides=[4], auto_pad="SAME_UPPER"'),
      [1, 1, 3],
      '1x1x3 k3 i4 p2 flip -> 1',
    ],
    [
      'forgets the dilation of pools',
      node('MaxPool', 'kernel_shape=[2], dilations=[3], auto_pad="SAME_UPPER"', "['x']"),
      [1, 1, 5],
      '1x1x5 max k2 d3 p0,1',
    ],
    [
      'wants pads below the kernel',
      node('MaxPool', 'kernel_shape=[2], pads=[2, 0]', "['x']"),
      [1, 1, 5],
      'onnxruntime MaxPool: pads must be smaller than kernel_shape 2, received 2 and 0.',
    ],
    [
      'crops where a pool has a kernel below the stride',
      node('AveragePool', 'kernel_shape=[1], strides=[3], auto_pad="SAME_UPPER"', "['x']"),
      [1, 1, 6],
      '1x1x6 avg k1 s3 p-1 /real',
    ],
    [
      'counts a window a little too wide',
      node('AveragePool', 'kernel_shape=[3], strides=[2]', "['x']"),
      [1, 1, 2],
      '1x1x2 avg k3 s2 o1 /real',
    ],
  ] as const)('%s', (_, code, input, expected) => {
    expect(at(code, input, { W: [1, 1, 3] })).toBe(expected);
  });

  it('is asked by name: bare nodes are of ONNX', () => {
    expect(readLayer(node('Conv', 'pads=[1, 1]'), { dialects, tensors: { W: [1, 1, 3] } }).framework).toBe(
      'onnx',
    );
  });
});

describe('writing', () => {
  const lines = (problem: string, write = spec.write) => {
    const said = write(parse(problem), true);
    return 'lines' in said ? said.lines : said.impossible;
  };

  it('says SAME where the pads differ by one, else numbers', () => {
    expect(lines('1x3x64x64 k3 s2 p0,1 -> 6')).toEqual([
      "helper.make_node('Conv', ['x', 'W', 'B'], ['y'], kernel_shape=[3, 3], strides=[2, 2], auto_pad='SAME_UPPER')",
    ]);
    expect(lines('1x3x64x64 k3 s2 p1 -> 6')).toEqual([
      "helper.make_node('Conv', ['x', 'W', 'B'], ['y'], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])",
    ]);
  });

  it('writes several nodes with their constants', () => {
    expect(lines('1x3x8x8 k3 p2 fill=reflect -> 6')).toEqual([
      "helper.make_node('Constant', [], ['pads'], value_ints=[0, 0, 2, 2, 0, 0, 2, 2])",
      "helper.make_node('Pad', ['x', 'pads'], ['x1'], mode='reflect')",
      "helper.make_node('Conv', ['x1', 'W', 'B'], ['y'], kernel_shape=[3, 3])",
    ]);
    expect(lines('1x1x6 pad p-1,-2')).toEqual([
      "helper.make_node('Constant', [], ['starts'], value_ints=[0, 0, 1])",
      "helper.make_node('Constant', [], ['ends'], value_ints=[2147483647, 2147483647, -2])",
      "helper.make_node('Slice', ['x', 'starts', 'ends'], ['y'])",
    ]);
  });

  it('gives the tensors of steps in turn names of their own', () => {
    const [line = ''] = lines('1x3x64x64 k3 s2 p0,1 -> 6') as readonly string[];
    expect(nodesInTurn([line], 0, 2)[0]).toContain("['x', 'W', 'B'], ['h1'], kernel_shape=[3, 3]");
    expect(nodesInTurn([line], 1, 2)[0]).toContain("['h1', 'W_1', 'B_1'], ['y'], kernel_shape=[3, 3]");
  });

  it('says why not', () => {
    expect(String(lines('1x1x6 pad p1 fill=symmetric'))).toBe('ONNX has no symmetric padding');
    expect(String(lines('1x1x4 k5 -> 1', runtime.write))).toBe('ONNX Runtime refuses an empty output');
  });

  it.each([
    ['ONNX', onnx, spec.write],
    ['ONNX Runtime', onnxruntime, runtime.write],
  ] as const)('%s reads what is written, over a sweep', (_, dialect, write) => {
    let count = 0;
    for (const size of [1, 4, 7])
      for (const kernel of [
        'k1',
        'k2',
        'k3',
        'k4 d2',
        'k3 i2 flip',
        'k2 i3 flip',
        'max k2',
        'max k3 d2',
        'avg k3',
        'avg k3 /real',
      ])
        for (const stride of kernel.includes('i') ? [''] : ['', ' s2', ' s3'])
          for (const pads of [
            '',
            ' p1',
            ' p0,1',
            ' p1,0',
            ' p2',
            ' p-1,1',
            ' p1,-1',
            ' p0,3',
            ' p1 fill=reflect',
            ' p0,1 fill=replicate',
          ]) {
            const [, of = '', end = ''] = /^(.*?)( flip| \/real|)$/.exec(kernel) ?? [];
            const filters = /max|avg/.test(kernel) ? '' : ' -> 3';
            const text = `1x2x${size} ${of}${stride}${pads}${end}${filters}`;
            const wanted = parse(text);
            const said = write(wanted, true);
            if ('impossible' in said) continue;
            expect(same(readBack(said, wanted, dialect), wanted), `${text}\n${said.lines.join('\n')}`).toBe(
              true,
            );
            count += 1;
          }
    expect(count).toBeGreaterThan(400);
  });
});

function readBack(
  said: { readonly lines: readonly string[]; readonly tensors?: Tensors },
  wanted: Geometry,
  dialect: Dialect,
): readonly Geometry[] {
  let shape: Shape = [wanted.batch, wanted.channels, ...wanted.axes.map(({ size }) => size)];
  const layers = readLayers(said.lines.join('\n'), { dialects: [dialect], tensors: said.tensors ?? {} });
  const steps = layers.flatMap((layer) => {
    const resolved = layer.resolve(shape);
    shape = resolved.output;
    return resolved.steps;
  });
  return fuse(steps, true);
}

function same([only, more]: readonly Geometry[], wanted: Geometry): boolean {
  return (
    only !== undefined &&
    more === undefined &&
    sameGeometry(only, wanted) &&
    only.axes.map(out).join() === wanted.axes.map(out).join()
  );
}
