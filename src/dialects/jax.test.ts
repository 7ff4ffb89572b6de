import { describe, expect, it } from 'vitest';
import { type Geometry, geometry, print } from '../geometry/index.ts';
import type { Shape } from './dialect.ts';
import { jax } from './jax.ts';
import { readLayer } from './python.ts';
import { usual, write as written } from './writers.ts';

const read = (code: string, weight: Shape = [6, 3, 3]) =>
  readLayer(code, { dialects: [jax], tensors: { weight } });
const problem = (code: string, input: Shape, weight?: Shape) =>
  read(code, weight).resolve(input).steps.map(print).join('; ');

describe('reading', () => {
  it('reads a convolution off its weight', () => {
    const conv = (rest: string) => problem(`lax.conv_general_dilated(x, weight, (2,), ${rest})`, [1, 3, 6]);
    expect(conv("'SAME'")).toBe('1x3x6 k3 s2 p0,1 -> 6');
    expect(conv("'same_lower'")).toBe('1x3x6 k3 s2 p1,0 -> 6');
    expect(conv('[(-1, 2)]')).toBe('1x3x6 k3 s2 p-1,2 -> 6');
    expect(conv('((0, 0),), (2,), (3,)')).toBe('1x3x6 k3 s2 d3 i2 -> 6');
    expect(problem("jax.lax.conv(x, weight, (2,), 'VALID')", [1, 3, 6])).toBe('1x3x6 k3 s2 -> 6');
    expect(problem('lax.conv_with_general_padding(x, weight, (1,), ((1, 0),), None, (2,))', [1, 3, 6])).toBe(
      '1x3x6 k3 d2 p1,0 -> 6',
    );
  });

  it('follows dimension_numbers', () => {
    const spec = "dimension_numbers=('NHWC', 'HWIO', 'NHWC'), feature_group_count=2";
    const layer = read(`lax.conv_general_dilated(x, weight, (1, 1), 'VALID', ${spec})`, [3, 5, 2, 6]);
    expect(layer.resolve([1, 9, 8, 4]).output).toEqual([1, 7, 4, 6]);
    expect(layer.parameters(4)).toMatchObject([{ name: 'rhs', order: 'k i go', shape: [3, 5, 2, 6] }]);
    const mixed = "dimension_numbers=('NWC', 'WIO', 'NCW')";
    expect(() => read(`lax.conv_general_dilated(x, weight, (1,), 'VALID', ${mixed})`)).toThrow(
      "jax lax.conv_general_dilated: dimension_numbers: expected N first and C second or last, alike in input and output, and the spatial letters together in one order, received ('NWC', 'WIO', 'NCW')",
    );
    expect(() =>
      read("lax.conv_general_dilated(x, weight, (1,), 'VALID', dimension_numbers=('NHC', 'WIO', 'NHC'))"),
    ).toThrow("dimension_numbers: expected three words of 3 letters, such as ('NHWC', 'HWIO', 'NHWC')");
  });

  it('reads both meanings of a transposed convolution', () => {
    const transposed = (rest: string) =>
      problem(`lax.conv_transpose(x, weight, (2,), ${rest})`, [1, 3, 4], [3, 4, 4]);
    expect(transposed("'SAME'")).toBe('1x4x3 k3 i2 p2,1 -> 4');
    expect(transposed("'VALID', transpose_kernel=True")).toBe('1x4x3 k3 i2 p2 flip -> 4');
    expect(transposed('((1, 0),)')).toBe('1x4x3 k3 i2 p1,0 -> 4');
    expect(transposed('((0, 1),), use_consistent_padding=True')).toBe('1x4x3 k3 i2 p2,1 -> 4');
    const flipped = read("lax.conv_transpose(x, weight, (2,), 'SAME', transpose_kernel=True)", [3, 6, 4]);
    expect(flipped.parameters(4)[0]?.order).toBe('k go i');
    expect(flipped.resolve([1, 5, 4]).output).toEqual([1, 10, 6]);
  });

  it('reads pads of whole arrays', () => {
    expect(problem("jnp.pad(x, ((0, 0), (0, 0), (2, 1)), mode='wrap')", [1, 3, 4])).toBe(
      '1x3x4 pad p2,1 fill=wrap',
    );
    expect(problem('jnp.pad(x, ((0, 0), (1, 2), (0, 0)), constant_values=5)', [1, 4, 3])).toBe(
      '1x3x4 pad p1,2 fill=5',
    );
    expect(problem("jnp.pad(x, ((0, 0), (1, 2), (0, 0)), 'constant', (5, 6))", [1, 4, 3])).toBe(
      '1x3x4 pad p1,2 fill=5,6',
    );
    expect(problem('lax.pad(x, 0.0, ((0, 0, 0), (0, 0, 0), (-1, 2, 1)))', [1, 3, 4])).toBe(
      '1x3x4 pad i2 p-1,2',
    );
    expect(read('jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))')).toMatchObject({ layout: 'last', rank: 2 });
  });

  it('reads a maximum over windows', () => {
    expect(problem("lax.reduce_window(x, -jnp.inf, lax.max, (1, 1, 3), (1, 1, 2), 'SAME')", [1, 3, 6])).toBe(
      '1x3x6 max k3 s2 p0,1',
    );
    expect(
      problem(
        'lax.reduce_window(x, -jnp.inf, lax.max, (1, 3, 1), (1, 1, 1), ((0, 0), (1, 0), (0, 0)), None, (1, 2, 1))',
        [1, 6, 3],
      ),
    ).toBe('1x3x6 max k3 d2 p1,0');
  });
});

describe('refusing', () => {
  it.each([
    [
      "lax.conv_general_dilated(x, weight, 2, 'SAME')",
      'jax lax.conv_general_dilated: window_strides: expected a tuple of an integer >= 1, received 2',
    ],
    [
      "lax.conv_general_dilated(x, weight, (1,), 'CIRCULAR')",
      "jax lax.conv_general_dilated: padding: expected 'SAME', 'VALID' or 'SAME_LOWER', received 'CIRCULAR'",
    ],
    [
      'lax.conv_general_dilated(x, weight, (1,), (1,))',
      "jax lax.conv_general_dilated: padding: expected 'SAME', 'VALID', 'SAME_LOWER' or one pair ((low, high),), received (1,)",
    ],
    [
      "lax.conv_general_dilated(x, weight, (1,), 'SAME', lhs_dilation=(2,))",
      "jax lax.conv_general_dilated: padding='SAME' needs an input without holes, received lhs_dilation=2; give the pads as pairs (low, high).",
    ],
    [
      'lax.conv_general_dilated(x, weight, (1,), ((-4, -3),))',
      'jax lax.conv_general_dilated: padding (-4, -3) crops more than the 6 positions of axis 0. [1x3x6 k3 p-4,-3 -> 6]',
    ],
    [
      "lax.conv_general_dilated(x, weight, (1,), 'SAME', feature_group_count=2)",
      'jax lax.conv_general_dilated: its kernel reads 6 channels in 2 groups, received 3 in 1x3x6.',
    ],
    [
      "lax.conv_general_dilated(x, weight, (1,), 'SAME', feature_group_count=4)",
      'jax lax.conv_general_dilated: rhs: expected output channels that are a multiple of feature_group_count=4, not 6, received weight',
    ],
    [
      "lax.conv_general_dilated(x, weight, (1,), 'SAME', batch_group_count=2)",
      'jax lax.conv_general_dilated: batch_group_count: expected 1, which is all padwise computes, received 2',
    ],
    [
      "lax.conv_general_dilated(x, kernel, (1,), 'SAME')",
      'jax lax.conv_general_dilated: the shape of rhs is not in the code',
    ],
    [
      "lax.conv_transpose(x, weight, (2,), 'SAME_LOWER')",
      "jax lax.conv_transpose: padding='SAME_LOWER' needs an input without holes, received strides=2; give the pads as pairs (low, high).",
    ],
    [
      'lax.conv_transpose(x, weight, (2,), [[1, 1]], use_consistent_padding=True)',
      "jax lax.conv_transpose: padding: expected 'SAME', 'VALID' or a sequence of one pair ((low, high),), each a tuple, received [[1, 1]]",
    ],
    [
      'jnp.pad(x, 1)',
      'jax jnp.pad: pad_width: expected a pair (low, high) for each of 3 to 5 dimensions, received 1',
    ],
    [
      'jnp.pad(x, ((0, 0), (0, 0), (-1, 0)))',
      'jax jnp.pad: pad_width: expected numbers >= 0, received ((0, 0), (0, 0), (-1, 0))',
    ],
    [
      'jnp.pad(x, ((1, 1), (0, 0), (0, 0)))',
      'jax jnp.pad: pad_width: expected batch and channels left as they are, received ((1, 1), (0, 0), (0, 0))',
    ],
    [
      'lax.pad(x, 0.0, ((0, 0, 0), (0, 0, 0), (-4, -3, 0)))',
      'jax lax.pad: padding (-4, -3) crops more than the 6 positions of axis 0. [1x3x6 pad p-4,-3]',
    ],
    [
      "lax.reduce_window(x, 0.0, lax.add, (1, 1, 3), (1, 1, 2), 'SAME')",
      'jax lax.reduce_window: computation: expected lax.max, the only reduction padwise reads, received lax.add',
    ],
  ])('%s', (code, message) => {
    expect(() => problem(code, [1, 3, 6])).toThrow(message);
  });
});

describe('writing', () => {
  const conv = (axis: Partial<Geometry['axes'][number]>, more: Partial<Geometry> = {}) =>
    geometry({ channels: 3, filters: 6, ...more, axes: [{ size: 6, kernel: 3, ...axis }] });

  it('stays channels first', () => {
    expect(written(jax, conv({ stride: 2, after: 1 }), false)).toEqual({
      lines: ["lax.conv_general_dilated(x, weight, (2,), 'SAME')"],
      tensors: { weight: [6, 3, 3] },
    });
    expect(written(jax, conv({ inputDilation: 2, before: 1, after: 2 }, { flip: true }), true)).toEqual({
      lines: [
        "lax.conv_transpose(x, weight, (2,), ((1, 2),), dimension_numbers=('NCW', 'OIW', 'NCW'), transpose_kernel=True)  # + bias.reshape((-1, 1))",
      ],
      tensors: { weight: [3, 6, 3] },
    });
    expect(
      written(jax, geometry({ operation: 'max', axes: [{ size: 5, kernel: 2, stride: 2 }] }), false),
    ).toEqual({
      lines: ["lax.reduce_window(x, -jnp.inf, lax.max, (1, 1, 2), (1, 1, 2), 'VALID')"],
    });
  });

  it('says what it cannot', () => {
    expect(written(jax, geometry({ operation: 'average', axes: [{ size: 5, kernel: 2 }] }), false)).toEqual({
      impossible: 'jax.lax has no average pooling in one call; flax.linen.avg_pool is one',
    });
  });

  it('knows what is usual', () => {
    expect(usual(jax, conv({ stride: 2, before: 1, after: 1 }))).toBe(
      "lax.conv_general_dilated(x, weight, (2,), 'SAME')",
    );
  });
});
