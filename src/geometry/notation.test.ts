import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fill } from './axis.ts';
import { GeometryError } from './error.ts';
import { type Divisor, type Geometry, geometry } from './geometry.ts';
import { parse, print } from './notation.ts';

const integer = (min: number, max: number) => fc.integer({ min, max });
const fill: fc.Arbitrary<Fill> = fc.oneof(
  fc.constantFrom<Fill>(
    'reflect',
    'symmetric',
    'replicate',
    'wrap',
    0,
    -Infinity,
    Infinity,
    -3.4028234663852886e38,
  ),
  fc.double({ noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
);
const anyGeometry: fc.Arbitrary<Geometry> = fc
  .record({
    operation: fc.constantFrom('conv', 'max', 'average', 'pad'),
    batch: integer(0, 9),
    groups: integer(1, 4),
    inside: integer(0, 3),
    outside: integer(0, 3),
    flip: fc.boolean(),
    divisor: fc.oneof(fc.constantFrom<Divisor>('window', 'real'), integer(1, 99)),
    alike: fc.boolean(),
    axes: fc.array(
      fc.record({
        size: integer(0, 300),
        kernel: integer(1, 9),
        stride: integer(1, 4),
        dilation: integer(1, 4),
        inputDilation: integer(1, 4),
        before: integer(-9, 9),
        after: integer(-9, 9),
        overhang: integer(0, 3),
        fillBefore: fill,
        fillAfter: fill,
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ operation, batch, groups, inside, outside, flip, divisor, alike, axes }) => {
    const channels = groups * inside;
    return geometry({
      operation,
      batch,
      channels,
      filters: operation === 'conv' ? groups * outside : channels,
      groups,
      flip,
      // What an operation does not use is not printed.
      divisor: operation === 'average' ? divisor : 'window',
      axes: (alike ? axes.map(() => axes[0] as (typeof axes)[number]) : axes).map((one) =>
        operation === 'pad' ? { ...one, kernel: 1 } : one,
      ),
    });
  });

function message(text: string): string {
  try {
    return `read as ${print(parse(text))}`;
  } catch (error) {
    if (error instanceof GeometryError) return error.message;
    throw error;
  }
}

describe('notation', () => {
  it('parses what it prints', () => {
    fc.assert(
      fc.property(anyGeometry, (of) => {
        expect(parse(print(of))).toEqual(of);
      }),
      { numRuns: 3000, seed: 4 },
    );
  });

  it.each([
    '1x3x64x64 k4 s2 p1 -> 6',
    '1x1x8x8 k3x5 s3x4 p0x1 -> 1',
    '1x3x224x224 k7 s2 p2,3 -> 64',
    '1x8x16x16 k3 i2 p1,2 flip -> 4',
    '1x8x5x5 max k2 s2 p1 o1',
    '1x8x6x6 avg k3 s2 p0,1 /real',
    '1x3x8x8 pad p1,2 fill=reflect',
    '2x4x9 k3 d2 g2 -> 6',
    '1x1x4 avg k2 /7',
    '1x1x4 max k2 p1 fill=0',
    '1x1x4x4 pad p-1,2x0 fill=wrap,-infx0',
    '1x1x3 pad p1 fill=-3.4028234663852886e+38',
  ])('%s', (text) => {
    expect(print(parse(text))).toBe(text);
  });

  it('forgives spaces and what has its default', () => {
    expect(print(parse('  1x1x8   k3 s1 d1 p0,0   ->   2 '))).toBe('1x1x8 k3 -> 2');
    expect(print(parse('1x2x8x8 k3x3 p1x1 -> 2'))).toBe('1x2x8x8 k3 p1 -> 2');
  });

  it.each([
    ['', 'problem string: expected a shape such as 1x3x64x64, received '],
    ['3x64 k3 -> 1', 'problem string: expected a shape such as 1x3x64x64, received 3x64'],
    ['1x1x2x2x2x2 k3 -> 1', 'problem string: expected a shape such as 1x3x64x64, received 1x1x2x2x2x2'],
    ['1x1x8 -> 1', 'problem string: expected a kernel such as k3, received 1x1x8 -> 1'],
    ['1x1x8 k3', 'problem string: expected -> filters at the end, received 1x1x8 k3'],
    [
      '1x1x8 max k3 -> 1',
      'problem string: expected no -> for a pooling or a pad, received 1x1x8 max k3 -> 1',
    ],
    ['1x1x8 k3 -> 1 -> 2', 'problem string: expected one ->, received 1x1x8 k3 -> 1 -> 2'],
    ['1x1x8 k3 -> six', 'problem string: expected an integer, received six'],
    ['1x1x8 k3 k4 -> 1', 'problem string: expected k once, received k4'],
    ['1x1x8 k3 q4 -> 1', 'problem string: expected a word such as k3, s2 or p1, received q4'],
    ['1x1x8 k3 *2 -> 1', 'problem string: expected a word such as k3, s2 or p1, received *2'],
    ['1x1x8 k3x3 -> 1', 'problem string: expected one value or 1 joined by x, received k3x3'],
    ['1x1x8 k3 p1,2,3 -> 1', 'problem string: expected one value or 1 joined by x, received p1,2,3'],
    ['1x1x8 k3 p1.5 -> 1', 'problem string: expected an integer, received 1.5'],
    ['1x1x8 k3 p -> 1', 'problem string: expected an integer, received '],
    [
      '1x1x8 k3 fill=mirror -> 1',
      'problem string: expected a fill: a number, reflect, symmetric, replicate or wrap, received mirror',
    ],
    ['1x1x8 avg k3 /all', 'problem string: expected an integer, received all'],
    ['1x1x8 k0 -> 1', 'kernel: expected 1 to 2147483647, received 0'],
    ['1x3x8 k3 g2 -> 2', 'channels: expected a multiple of groups 2, received 3'],
    [`1x1x8 ${'k3 '.repeat(200)}`, 'problem string: expected at most 400 characters, received 606'],
  ])('refuses %s', (text, expected) => {
    expect(message(text)).toBe(expected);
  });

  it('never throws anything but a GeometryError', () => {
    const words = fc.constantFrom(
      '1x1x8',
      'k3',
      's2',
      'p1',
      'p1,2',
      'x',
      '->',
      '1',
      'max',
      'avg',
      'pad',
      'flip',
      'g2',
      '/',
      '/real',
      'fill=',
      'fill=wrap',
      'o1',
      ' ',
      '-',
      'constructor',
      '__proto__',
      'toString1',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 8 }).map((list) => list.join(' ')),
      fc.array(words).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(typeof message(given)).toBe('string');
      }),
      { numRuns: 3000, seed: 5 },
    );
  });
});
