import fc from 'fast-check';
import { expect, it } from 'vitest';
import { run } from '../engine/engine.ts';
import { type Axis, axis, out } from './axis.ts';
import { fuse } from './fuse.ts';
import { type Geometry, geometry } from './geometry.ts';

const pad = (size: number, before: number, after: number, fill: Axis['fillBefore'] = 0) =>
  geometry({
    operation: 'pad',
    axes: [{ size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill }],
  });

/** x = 1..n through the steps in turn, tap t of a conv weighing 10 ** t. */
function numbers(steps: readonly Geometry[]): number[] {
  let x = Float64Array.from({ length: steps[0]?.axes[0]?.size ?? 0 }, (_, i) => i + 1);
  for (const step of steps) {
    const taps = step.axes[0]?.kernel ?? 1;
    const weight = Float64Array.from({ length: taps }, (_, tap) => 10 ** tap);
    x = Float64Array.from(run(step, { input: x, ...(step.operation === 'conv' ? { weight } : {}) }));
  }
  return [...x];
}

it('joins TensorFlow’s SAME written as F.pad and conv', () => {
  const steps = [pad(6, 0, 1), geometry({ axes: [{ size: 7, kernel: 3, stride: 2 }] })];
  expect(fuse(steps)).toEqual([geometry({ axes: [{ size: 6, kernel: 3, stride: 2, after: 1 }] })]);
});

it('changes no number, whatever pads, crops and steps follow each other', () => {
  const side = fc.integer({ min: -2, max: 3 });
  const fills = fc.constantFrom<Axis['fillBefore']>(0, 0, 7, 'reflect', 'replicate', 'wrap');
  const operations = fc.constantFrom('conv' as const, 'max' as const, 'average' as const);
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 4, max: 7 }), side, side, fills),
      fc.tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 2 }),
      ),
      fc.tuple(fc.integer({ min: 1, max: 3 }), side, side, fc.integer({ min: 0, max: 1 })),
      fc.tuple(operations, fc.constantFrom('window' as const, 'real' as const)),
      fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })),
      (
        [size, low, high, fill],
        [kernel, stride, dilation],
        [holes, before, after, overhang],
        [operation, divisor],
        cuts,
      ) => {
        const first = pad(size, low, high, fill);
        const window: Axis = axis({
          ...{ size: out(first.axes[0] as Axis), kernel, stride, dilation, before, after },
          inputDilation: operation === 'conv' ? holes : 1,
          overhang: operation === 'conv' ? 0 : Math.min(overhang, stride - 1),
          ...(operation === 'max' ? { fillBefore: -Infinity, fillAfter: -Infinity } : {}),
        });
        const second = geometry({ operation, divisor, axes: [window] });
        fc.pre(out(window) > cuts[0] + cuts[1] && out(first.axes[0] as Axis) > 0);
        const steps = [first, second, pad(out(window), -cuts[0], -cuts[1])];
        expect(numbers(fuse(steps))).toEqual(numbers(steps));
      },
    ),
    { numRuns: 3000 },
  );
});

it('leaves two constants apart where a corner would hold the other one', () => {
  const sides = (first: number, last: number, fill: number) => ({
    operation: 'pad' as const,
    axes: [
      { size: 2, kernel: 1, before: first, fillBefore: fill },
      { size: 2, kernel: 1, before: last, fillBefore: fill },
    ],
  });
  const rows = geometry(sides(1, 0, 5));
  const columns = geometry(sides(0, 1, 6));
  const then = (next: ReturnType<typeof sides>, at: number) =>
    geometry({ ...next, axes: next.axes.map((one, i) => ({ ...one, size: i === at ? 3 : 2 })) });
  expect(fuse([rows, then(sides(0, 1, 6), 0)])).toHaveLength(1);
  expect(fuse([columns, then(sides(1, 0, 5), 1)])).toHaveLength(2);
});

it('joins copies of copies on one size where one copy says them', () => {
  const fills = fc.constantFrom<Axis['fillBefore']>('reflect', 'symmetric', 'replicate', 'wrap', 0);
  const side = fc.integer({ min: -1, max: 5 });
  const once = fc.tuple(side, side, fills);
  let joined = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      once,
      once,
      (size, [low, high, fill], [before, after, other]) => {
        fc.pre(size + low + high > 0 && size + low + high + before + after > 0);
        const steps = [pad(size, low, high, fill), pad(size + low + high, before, after, other)];
        const one = fuse(steps, true);
        if (one.length === 1 && fill === other && typeof fill === 'string') joined += 1;
        expect(numbers(one)).toEqual(numbers(steps));
      },
    ),
    { numRuns: 3000 },
  );
  expect(joined).toBeGreaterThan(30);
});
