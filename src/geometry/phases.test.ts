import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, axis, out, start } from './axis.ts';
import { source } from './fill.ts';
import { phases } from './phases.ts';

/** What tap t of window o reads: an element, or null for a hole or padding. */
function read(of: Axis, o: number, tap: number): number | null {
  const found = source(of, start(of, o) + tap * of.dilation);
  return 'index' in found ? found.index : null;
}

const axes = fc
  .record({
    size: fc.integer({ min: 1, max: 6 }),
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 4 }),
    dilation: fc.integer({ min: 1, max: 4 }),
    inputDilation: fc.integer({ min: 1, max: 5 }),
    before: fc.integer({ min: -3, max: 8 }),
    after: fc.integer({ min: -3, max: 8 }),
  })
  .map((given) => axis(given));

describe('phases', () => {
  it('read what the dilated axis reads, and together every output once', () => {
    fc.assert(
      fc.property(axes, (of) => {
        const outputs: number[] = [];
        for (const { axis: phase, first, every, tap, step } of phases(of)) {
          expect(phase.inputDilation).toBe(1);
          for (let o = 0; o < out(phase); o++) {
            const whole = first + every * o;
            outputs.push(whole);
            const wanted = Array.from({ length: of.kernel }, (_, t) => read(of, whole, t)).filter(
              (at) => at !== null,
            );
            const got = Array.from({ length: phase.kernel }, (_, t) => read(phase, o, t));
            expect(got.filter((at) => at !== null)).toEqual(wanted);
            got.forEach((at, t) => {
              if (at !== null) expect(read(of, whole, tap + step * t)).toBe(at);
            });
          }
        }
        expect(outputs.sort((a, b) => a - b)).toEqual(Array.from({ length: out(of) }, (_, o) => o));
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  it('makes a transposed convolution of stride 2 two small ones', () => {
    const of = axis({ size: 8, kernel: 4, inputDilation: 2, before: 2, after: 2 });
    expect(
      phases(of).map(({ axis: { kernel, stride, before, after }, tap }) => [
        kernel,
        stride,
        before,
        after,
        tap,
      ]),
    ).toEqual([
      [2, 1, 1, 0, 0],
      [2, 1, 0, 1, 1],
    ]);
  });
});
