// Random problems with small integers, and whether the engine's numbers are the reference's. Integers make equality exact in
// any order of summation; only Winograd's transforms leave them, and stay within their stated bound.

import fc from 'fast-check';
import { type RunOptions, run } from '../src/engine/engine.ts';
import { plan } from '../src/engine/planned.ts';
import {
  type Axis,
  axis,
  type Fill,
  type Geometry,
  geometry,
  inputShape,
  outputShape,
} from '../src/geometry/index.ts';
import type { Algorithm } from '../src/plan/choose.ts';
import { dataStrides } from '../src/tensor/layout.ts';
import { integers } from './numeric.ts';

/** Winograd's error, relative to the largest output. */
export const WINOGRAD_BOUND = 1e-5;

const small = (least: number, most: number) => fc.integer({ min: least, max: most });
/** Mostly 1. */
const often = (one: number, ...others: number[]) => fc.constantFrom(one, one, one, ...others);

function axes(operation: Geometry['operation'], rank: number): fc.Arbitrary<Axis[]> {
  const fills = fc.constantFrom<Fill>(0, 0, 0, 0, 2, 'reflect', 'symmetric', 'replicate', 'wrap');
  const pools = operation === 'max' || operation === 'average';
  const usual: Fill = operation === 'max' ? -Infinity : 0;
  const one = fc
    .record({
      size: small(1, rank === 1 ? 40 : rank === 2 ? 14 : 6),
      kernel: operation === 'pad' ? fc.constant(1) : fc.oneof(fc.constant(3), small(1, 5)),
      stride: often(1, 2, 3),
      dilation: often(1, 2, 3),
      inputDilation: operation === 'conv' ? often(1, 2, 3) : fc.constant(1),
      before: fc.oneof(fc.constant(1), small(-2, 4)),
      after: fc.oneof(fc.constant(1), small(-2, 4)),
      overhang: pools ? small(0, 2) : fc.constant(0),
      fillBefore: pools ? fc.constant(usual) : fills,
      fillAfter: pools ? fc.constant(usual) : fills,
    })
    .map((given) => axis(given.overhang > 0 ? { ...given, after: Math.max(0, given.after) } : given));
  return fc.array(one, { minLength: rank, maxLength: rank });
}

/** Geometries of every operation and rank, with outputs that are not empty. */
export const problems: fc.Arbitrary<Geometry> = fc
  .tuple(
    fc.constantFrom('conv', 'conv', 'conv', 'conv', 'max', 'average', 'pad') as fc.Arbitrary<
      Geometry['operation']
    >,
    small(1, 3),
  )
  .chain(([operation, rank]) =>
    fc.record({
      operation: fc.constant(operation),
      axes: axes(operation, rank),
      batch: often(1, 2),
      groups: fc.constantFrom(1, 1, 1, 2, 3, 8),
      channels: fc.oneof(small(1, 5), fc.constantFrom(1, 1, 4, 8, 16, 17, 33)),
      filters: fc.oneof(small(1, 9), fc.constantFrom(1, 1, 2, 4, 8, 16, 21)),
      flip: fc.boolean(),
      divisor: fc.constantFrom('window' as const, 'real' as const, 4),
    }),
  )
  .map(({ groups, channels, filters, ...rest }) =>
    geometry({
      ...rest,
      ...(rest.operation === 'conv'
        ? { groups, channels: channels * groups, filters: filters * groups }
        : { channels }),
    }),
  )
  .filter((of) => outputShape(of).every((n) => n > 0));

export const layouts: fc.Arbitrary<'first' | 'last'> = fc.constantFrom('first', 'last');

/** Two answers to compare. */
export interface Both {
  readonly computed: Float32Array;
  readonly expected: Float32Array;
  readonly algorithm: Algorithm;
}

/** What the engine and the reference give; `layout` is that of input and output. */
export function both(of: Geometry, layout: 'first' | 'last', options: RunOptions = {}): Both {
  const [, channels = 0, ...sizes] = inputShape(of);
  const strides = dataStrides(layout, { channels, sizes });
  const input = integers(inputShape(of), 0);
  const kernel = of.axes.map((one) => one.kernel);
  const conv = of.operation === 'conv';
  const weight = conv ? integers([of.filters, of.channels / of.groups, ...kernel], 1) : undefined;
  const bias = conv ? integers([of.filters], 2) : undefined;
  const computed = run(
    of,
    {
      input: { data: Float32Array.from(input), offset: 0, strides },
      weight: weight && Float32Array.from(weight),
      bias,
    },
    { layout, ...options },
  );
  const expected = run(of, { input: { data: input, offset: 0, strides }, weight, bias }, { layout });
  return {
    computed,
    expected: Float32Array.from(expected),
    algorithm: plan(of, { layout, ...options }).algorithm,
  };
}

/** The first place where the engine differs from the reference; null where it does not. */
export function difference({ computed, expected, algorithm }: Both): string | null {
  const bound =
    algorithm === 'winograd'
      ? WINOGRAD_BOUND * expected.reduce((most, n) => Math.max(most, Math.abs(n)), 0)
      : 0;
  if (computed.length !== expected.length) return `${computed.length} numbers for ${expected.length}`;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [computed[i] as number, expected[i] as number];
    const same = Object.is(a, b) || a === b || Math.abs(a - b) <= bound;
    if (!same) return `${algorithm}: number ${i} is ${a}, the reference says ${b}`;
  }
  return null;
}
