import { describe, expect, it } from 'vitest';
import { type Geometry, geometry, print } from '../geometry/index.ts';
import type { Shape, Value } from './dialect.ts';
import { flax } from './flax.ts';
import { readLayer } from './python.ts';
import { readCall } from './resolve.ts';
import { usual, write as written } from './writers.ts';

const read = (code: string) => readLayer(code, { dialects: [flax] });
const problem = (code: string, input: Shape) => read(code).resolve(input).steps.map(print).join('; ');
const output = (code: string, input: Shape) => read(code).resolve(input).output;
const write = (of: Geometry, bias = true) => written(flax, of, bias);

describe('reading', () => {
  it('keeps lax and its own padding words apart', () => {
    const conv = (padding: string, more = '') =>
      problem(`nn.Conv(6, (4,), strides=2, padding=${padding}${more})`, [1, 6, 3]);
    expect(conv("'SAME'")).toBe('1x3x6 k4 s2 p1 -> 6');
    expect(conv("'same'")).toBe('1x3x6 k4 s2 p1 -> 6');
    expect(conv("'SAME_LOWER'")).toBe('1x3x6 k4 s2 p1 -> 6');
    expect(conv("'VALID'")).toBe('1x3x6 k4 s2 -> 6');
    expect(conv("'CIRCULAR'")).toBe('1x3x6 k4 s2 p1,2 fill=wrap -> 6');
    expect(conv("'REFLECT'")).toBe('1x3x6 k4 s2 p1,2 fill=reflect -> 6');
    expect(conv("'CAUSAL'")).toBe('1x3x6 k4 s2 p3,0 -> 6');
    expect(conv('2')).toBe('1x3x6 k4 s2 p2 -> 6');
    expect(conv('[[-1, 2]]')).toBe('1x3x6 k4 s2 p-1,2 -> 6');
    expect(conv('1', ', input_dilation=3')).toBe('1x3x6 k4 s2 i3 p1 -> 6');
  });

  it('flattens batch dimensions and reads a number as one axis', () => {
    expect(output('nn.Conv(6, (3, 3), strides=2)', [2, 7, 9, 8, 3])).toEqual([2, 7, 5, 4, 6]);
    expect(output('nn.Conv(6, (3, 3), strides=2)', [9, 8, 3])).toEqual([5, 4, 6]);
    expect(output('nn.Conv(2, 3)', [1, 5, 5, 3])).toEqual([1, 5, 5, 2]);
  });

  it('transposes without a mirror unless told', () => {
    const transposed = (more: string) => problem(`nn.ConvTranspose(6, (3,), (2,)${more})`, [1, 3, 4]);
    expect(transposed('')).toBe('1x4x3 k3 i2 p2,1 -> 6');
    expect(transposed(', transpose_kernel=True')).toBe('1x4x3 k3 i2 p2,1 flip -> 6');
    expect(transposed(", 'CIRCULAR'")).toBe('1x4x3 k3 i2 p2,1 fill=wrap -> 6');
    expect(transposed(", 'CIRCULAR', transpose_kernel=True")).toBe('1x4x3 k3 i2 p1,2 fill=wrap flip -> 6');
    expect(transposed(", 'VALID'")).toBe('1x4x3 k3 i2 p2 -> 6');
    expect(transposed(', ((1, 2),)')).toBe('1x4x3 k3 i2 p1,2 -> 6');
    expect(read('nn.ConvTranspose(6, (3,), (2,), 1)').notes).toEqual([
      'Flax mirrors the kernel only with transpose_kernel=True; PyTorch and Keras always do.',
      "padding pads the dilated input: PyTorch's padding=p is dilation * (kernel_size - 1) - p here.",
    ]);
  });

  it('pools with strides of 1 and counts pads', () => {
    expect(problem('nn.max_pool(x, (2, 2))', [1, 5, 5, 3])).toBe('1x3x5x5 max k2');
    expect(problem("nn.avg_pool(x, (3,), (2,), 'SAME')", [1, 6, 3])).toBe('1x3x6 avg k3 s2 p0,1');
    expect(problem("nn.avg_pool(x, (3,), (2,), 'SAME', False)", [1, 6, 3])).toBe(
      '1x3x6 avg k3 s2 p0,1 /real',
    );
    expect(read('nn.max_pool(x, (2, 2))').notes).toEqual([
      'strides default to 1, not to window_shape as in PyTorch and Keras.',
    ]);
    expect(read("nnx.avg_pool(x, (2,), (2,), 'SAME')").notes).toEqual([
      'avg_pool counts pads unless count_include_pad=False; Keras never does.',
    ]);
  });

  it('has the parameters of Flax', () => {
    const grouped = read('nn.Conv(6, (3, 5), feature_group_count=2)').parameters(4);
    expect(grouped).toMatchObject([
      { name: 'kernel', shape: [3, 5, 2, 6], order: 'k i go', initialiser: { kind: 'truncatedNormal' } },
      { name: 'bias', shape: [6], initialiser: { kind: 'zeros' } },
    ]);
    const mirrored = read(
      'nnx.ConvTranspose(4, 6, (3,), use_bias=False, transpose_kernel=True, rngs=nnx.Rngs(0))',
    );
    expect(mirrored.parameters(4)).toEqual([
      {
        name: 'kernel',
        shape: [3, 6, 4],
        order: 'k o i',
        role: 'kernel',
        step: 0,
        initialiser: { kind: 'truncatedNormal', deviation: Math.sqrt(1 / 18) },
      },
    ]);
    const named = read('nn.Conv(6, (3,), kernel_init=nn.initializers.glorot_uniform(), bias_init=mine)');
    expect(named.parameters(2)[0]?.initialiser).toEqual({ kind: 'uniform', limit: Math.sqrt(6 / (6 + 18)) });
    expect(named.notes.map(String)).toEqual([
      'padwise does not know this bias_init and starts from the default.',
    ]);
  });

  it('takes the arrays of a face for tuples', () => {
    const call = (path: string, args: readonly Value[], keywords: Readonly<Record<string, Value>>) =>
      readCall([flax], { path, args, keywords });
    expect(call('nn.max_pool', [{ tensor: 'x' }, [2, 2]], { strides: [2, 2] }).rank).toBe(2);
    expect(call('nn.Conv', [6], { kernel_size: [3], padding: [[1, 0]] }).rank).toBe(1);
  });
});

describe('refusing', () => {
  it.each([
    [
      "nn.Conv(6, (3,), padding='circular')",
      [1, 5, 3],
      "flax nn.Conv: padding: expected 'SAME', 'VALID' or 'SAME_LOWER', received 'circular'",
    ],
    [
      "nn.Conv(6, (3, 3), padding='CAUSAL')",
      [1, 5, 5, 3],
      "flax nn.Conv: padding: expected another word: causal padding is for one axis, not 2, received 'CAUSAL'",
    ],
    [
      'nn.Conv(6, (3, 3), padding=(1, 1, 1))',
      [1, 5, 5, 3],
      'flax nn.Conv: padding: expected a word, an integer, 2 of them or 2 pairs (low, high), received (1, 1, 1)',
    ],
    [
      "nn.Conv(6, (3,), input_dilation=2, padding='VALID')",
      [1, 5, 3],
      "flax nn.Conv: padding='VALID' needs an input without holes, received input_dilation=2; give the pads as pairs (low, high).",
    ],
    [
      'nn.Conv(6, (3,), padding=-3)',
      [1, 5, 3],
      'flax nn.Conv: padding (-3, -3) crops more than the 5 positions of axis 0. [1x3x5 k3 p-3 -> 6]',
    ],
    [
      'nn.Conv(6, (3,), feature_group_count=2)',
      [1, 5, 3],
      'flax nn.Conv: 3 input channels do not divide by feature_group_count=2.',
    ],
    [
      'nn.Conv(5, (3,), feature_group_count=2)',
      [1, 5, 4],
      'flax nn.Conv: features: expected a multiple of feature_group_count=2, received 5',
    ],
    [
      "nn.Conv(6, (3,), padding='CIRCULAR')",
      [1, 0, 3],
      "flax nn.Conv: padding='CIRCULAR' copies from the input, which is empty on axis 0.",
    ],
    [
      "nn.ConvTranspose(6, (3,), padding='CIRCULAR')",
      [1, 0, 3],
      "flax nn.ConvTranspose: padding='CIRCULAR' wraps around the input, which is empty on axis 0.",
    ],
    [
      "nn.ConvTranspose(6, (3,), (2,), padding='same')",
      [1, 5, 3],
      "flax nn.ConvTranspose: padding='same' needs an input without holes, received strides=2; give the pads as pairs (low, high).",
    ],
    [
      'nnx.Conv(4, 6, (3,), rngs=nnx.Rngs(0))',
      [1, 5, 3],
      'flax nnx.Conv: its kernel reads 4 channels, received 3 in 1x5x3.',
    ],
    [
      'nnx.Conv(3, 6, (3,), padding=[[1, 0]], rngs=nnx.Rngs(0))',
      [1, 5, 3],
      'flax nnx.Conv: padding: expected a word, an integer or one pair ((low, high),), received [[1, 0]]',
    ],
    ['nnx.Conv(3, 6, (3,))', [1, 5, 3], 'flax nnx.Conv: rngs is missing'],
    [
      'nn.max_pool(x, [2])',
      [1, 5, 3],
      'flax nn.max_pool: window_shape: expected a tuple of 1 to 3 integers >= 1, received [2]',
    ],
    [
      'nn.max_pool(x, (2,), 2)',
      [1, 5, 3],
      'flax nn.max_pool: strides: expected a tuple of an integer >= 1, received 2',
    ],
    [
      'nn.avg_pool(x, (2,), padding=1)',
      [1, 5, 3],
      'flax nn.avg_pool: padding: expected a word or one pair ((low, high),), received 1',
    ],
    [
      'nn.max_pool(x, (2,), padding=((1, 1),))',
      [1, 1, 5, 3],
      'flax nn.max_pool: expected an input of 2 or 3 dimensions, channels last, received 1x1x5x3',
    ],
  ])('%s', (code, input, message) => {
    expect(() => problem(code, input)).toThrow(message);
  });
});

describe('writing', () => {
  const conv = (axis: Partial<Geometry['axes'][number]>, more: Partial<Geometry> = {}) =>
    geometry({ channels: 3, filters: 6, ...more, axes: [{ size: 6, kernel: 3, ...axis }] });

  it('prefers words, then one number, then pairs', () => {
    expect(write(conv({}))).toEqual({ lines: ["nn.Conv(features=6, kernel_size=(3,), padding='VALID')"] });
    expect(write(conv({ stride: 2, after: 1 }), false)).toEqual({
      lines: ["nn.Conv(features=6, kernel_size=(3,), strides=(2,), padding='SAME', use_bias=False)"],
    });
    expect(write(conv({ stride: 2, before: 1, after: 1 }))).toEqual({
      lines: ['nn.Conv(features=6, kernel_size=(3,), strides=(2,), padding=1)'],
    });
    expect(write(conv({ before: 2 }))).toEqual({
      lines: ["nn.Conv(features=6, kernel_size=(3,), padding='CAUSAL')"],
    });
    expect(write(conv({ before: 2, after: 1 }))).toEqual({
      lines: ['nn.Conv(features=6, kernel_size=(3,), padding=((2, 1),))'],
    });
  });

  it('says a transposed convolution in pads of the dilated input', () => {
    const lines = [
      'nn.ConvTranspose(features=6, kernel_size=(3,), strides=(2,), padding=1, transpose_kernel=True)',
    ];
    expect(write(conv({ inputDilation: 2, before: 1, after: 1 }, { flip: true }))).toEqual({ lines });
    expect(write(conv({ inputDilation: 2, stride: 2 }, { flip: true }))).toEqual({
      impossible:
        'Flax mirrors the kernel in ConvTranspose only, which has neither groups nor a stride over its output; mirror the weights to use Conv with input_dilation',
    });
  });

  it('puts other fills in front', () => {
    expect(write(conv({ before: 2, after: 1, fillBefore: 'replicate' }))).toEqual({
      lines: [
        "x = jnp.pad(x, ((0, 0), (2, 0), (0, 0)), mode='edge')",
        'x = nn.Conv(features=6, kernel_size=(3,), padding=((0, 1),))(x)',
      ],
    });
  });

  it('pools', () => {
    const pool = geometry({
      operation: 'average',
      axes: [{ size: 5, kernel: 2, stride: 2, after: 1 }],
      divisor: 'real',
    });
    expect(write(pool)).toEqual({
      lines: ["nn.avg_pool(x, (2,), strides=(2,), padding='SAME', count_include_pad=False)"],
    });
    expect(write(geometry({ ...pool, divisor: 3 }))).toEqual({
      impossible: 'nn.avg_pool divides by its whole window or by the real elements in it, by nothing else',
    });
  });

  it('knows what is usual', () => {
    expect(usual(flax, conv({ stride: 2, before: 1, after: 1 }))).toBe(
      "nn.Conv(features=6, kernel_size=(3,), strides=(2,), padding='SAME')",
    );
    expect(usual(flax, conv({ stride: 2 }))).toBe(
      "nn.Conv(features=6, kernel_size=(3,), strides=(2,), padding='VALID')",
    );
    expect(usual(flax, conv({ inputDilation: 2, before: 1, after: 2 }, { flip: true }))).toBe(
      "nn.ConvTranspose(features=6, kernel_size=(3,), strides=(2,), padding='SAME')",
    );
  });
});
