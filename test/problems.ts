// Random problems: geometries of every operation and rank, small ones by the thousand and some that are worth a second thread.
//
//   counterexample(500, 7)     the first of 500 that the engine computes otherwise than the reference, made small; or null

import fc from 'fast-check';
import {
  type Axis,
  axis,
  type Fill,
  type Geometry,
  geometry,
  outputShape,
  print,
} from '../src/geometry/index.ts';
import { operations } from '../src/plan/choose.ts';
import { both, difference, gradientDifference } from './agreement.ts';
import { preparedDifference } from './prepared-agreement.ts';

/** What the reference computes in some milliseconds. */
const MOST_OPERATIONS = 2 ** 20;

const small = (least: number, most: number) => fc.integer({ min: least, max: most });
/** Mostly 1. */
const often = (one: number, ...others: number[]) => fc.constantFrom(one, one, one, ...others);

/** Numbers along one axis, but its fills. */
function numbersOf(operation: Geometry['operation'], rank: number) {
  const pools = operation === 'max' || operation === 'average';
  return fc.record({
    size: small(1, rank === 1 ? 40 : rank === 2 ? 14 : 6),
    kernel: operation === 'pad' ? fc.constant(1) : fc.oneof(fc.constant(3), small(1, 5)),
    stride: often(1, 2, 3),
    dilation: often(1, 2, 3),
    inputDilation: operation === 'conv' ? often(1, 1, 2, 3) : fc.constant(1),
    before: fc.oneof(fc.constant(1), small(-2, 4)),
    after: fc.oneof(fc.constant(1), small(-2, 4)),
    overhang: pools ? small(0, 2) : fc.constant(0),
  });
}

const fills = fc.constantFrom<Fill>(0, 0, 0, 0, 2, 'reflect', 'symmetric', 'replicate', 'wrap');

/** Three of four layers have the same fill on every side, most of them the usual one. */
function fillsOf(operation: Geometry['operation'], rank: number): fc.Arbitrary<[Fill, Fill][]> {
  if (operation === 'max' || operation === 'average') {
    const usual: Fill = operation === 'max' ? -Infinity : 0;
    return fc.constant(Array.from({ length: rank }, () => [usual, usual]));
  }
  const apart = fc.array(fc.tuple(fills, fills), { minLength: rank, maxLength: rank });
  const alike = fills.map((fill) => Array.from({ length: rank }, (): [Fill, Fill] => [fill, fill]));
  const zero = fc.constant(Array.from({ length: rank }, (): [Fill, Fill] => [0, 0]));
  return fc.oneof(apart, alike, zero, zero);
}

function axes(operation: Geometry['operation'], rank: number): fc.Arbitrary<Axis[]> {
  const one = numbersOf(operation, rank);
  const apart = fc.array(one, { minLength: rank, maxLength: rank });
  // Layers mostly have the same numbers along every axis.
  const alike = fc
    .tuple(one, fc.array(small(0, 5), { minLength: rank, maxLength: rank }))
    .map(([same, more]) => more.map((extra) => ({ ...same, size: same.size + extra })));
  return fc.tuple(fc.oneof(apart, alike), fillsOf(operation, rank)).map(([each, filled]) =>
    each.map((given, i) => {
      const [fillBefore, fillAfter] = filled[i] as [Fill, Fill];
      const after = given.overhang > 0 ? Math.max(0, given.after) : given.after;
      return axis({ ...given, after, fillBefore, fillAfter });
    }),
  );
}

/** Anything. */
const any: fc.Arbitrary<Geometry> = fc
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
  );

/** What has an algorithm of its own: so many groups, with so many channels and filters each. */
function convolutions(
  groups: fc.Arbitrary<number>,
  channels: fc.Arbitrary<number>,
  filters: fc.Arbitrary<number>,
  changed: Partial<Axis> = {},
): fc.Arbitrary<Geometry> {
  const spatial = small(1, 3).chain((rank) => axes('conv', 'kernel' in changed ? 2 : rank));
  return fc
    .record({ axes: spatial, groups, channels, filters, batch: often(1, 2), flip: fc.boolean() })
    .map(({ axes, groups, channels, filters, ...rest }) =>
      geometry({
        ...rest,
        groups,
        channels: channels * groups,
        filters: filters * groups,
        axes: axes.map((one) => axis({ ...one, ...changed, dilation: axes[0]?.dilation ?? 1 })),
      }),
    );
}

/** Geometries of every operation and rank, with outputs that are not empty. */
export const problems: fc.Arbitrary<Geometry> = fc
  .oneof(
    { weight: 6, arbitrary: any },
    { weight: 1, arbitrary: convolutions(small(2, 40), fc.constant(1), often(1, 2, 3)) },
    { weight: 1, arbitrary: convolutions(small(2, 6), fc.constantFrom(4, 8), fc.constantFrom(4, 8)) },
    {
      weight: 2,
      arbitrary: convolutions(fc.constant(1), small(14, 34), small(14, 34), {
        kernel: 3,
        stride: 1,
        inputDilation: 1,
      }),
    },
  )
  .filter((of) => outputShape(of).every((n) => n > 0) && operations(of) <= MOST_OPERATIONS);

const layouts: fc.Arbitrary<'first' | 'last'> = fc.constantFrom('first', 'last');

/** A problem with the layout of its data. */
export type Problem = readonly [of: Geometry, layout: 'first' | 'last'];

/** So many problems of a seed. */
export function sample(numRuns: number, seed: number, from: fc.Arbitrary<Geometry> = problems): Problem[] {
  return fc.sample(fc.tuple(from, layouts), { numRuns, seed });
}

/** Convolutions of some million multiply-adds, in many jobs. */
const large: fc.Arbitrary<Geometry> = fc
  .record({
    size: small(20, 40),
    kernel: fc.oneof(fc.constant(3), small(1, 4)),
    stride: often(1, 2),
    dilation: often(1, 2),
    inputDilation: often(1, 2),
    before: small(0, 2),
    after: small(0, 2),
    groups: fc.constantFrom(1, 1, 1, 2, 16),
    channels: small(8, 40),
    filters: small(8, 48),
    batch: often(1, 2),
  })
  .map(({ groups, channels, filters, batch, ...one }) =>
    geometry({
      batch,
      groups,
      channels: Math.ceil(channels / groups) * groups,
      filters: Math.ceil(filters / groups) * groups,
      axes: [axis(one), axis({ ...one, size: one.size + 3 })],
    }),
  );

/** Small problems of every kind, and some that are worth a second thread: for what must not change a bit. */
export function bitProblems(): Problem[] {
  return [...sample(120, 11), ...sample(20, 11, large)];
}

/** What is compared with the reference. */
export type Compared = 'forward' | 'gradients' | 'prepared';

export const DIFFERENCES: Readonly<Record<Compared, (...one: Problem) => string | null>> = {
  forward: (of, layout) => difference(both(of, layout)),
  gradients: gradientDifference,
  prepared: preparedDifference,
};

/** The first of so many random problems that the engine computes otherwise than the reference, made small; null for none. */
export function counterexample(numRuns: number, seed: number, what: Compared = 'forward'): string | null {
  const right = fc.property(problems, layouts, (of, layout) => {
    const found = DIFFERENCES[what](of, layout);
    if (found !== null) throw new Error(found);
  });
  const { counterexample: wrong, errorInstance } = fc.check(right, { numRuns, seed });
  if (wrong === null) return null;
  const [of, layout] = wrong;
  return `'${print(of)}' --layout ${layout}: ${(errorInstance as Error).message}`;
}
