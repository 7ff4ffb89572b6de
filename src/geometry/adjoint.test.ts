import { describe, expect, it } from 'vitest';
import { everyAxis, GRID } from '../../test/axes.ts';
import { adjoint, adjointAxis, weightAdjoint, weightAdjointAxis } from './adjoint.ts';
import { type Axis, out, start } from './axis.ts';
import { source } from './fill.ts';
import { geometry, inputShape, outputShape } from './geometry.ts';

/** y[o] = sum over taps of x * w on one channel, the kernel mirrored or not. */
function conv(of: Axis, x: readonly number[], w: readonly number[], flip = false): number[] {
  return Array.from({ length: out(of) }, (_, o) => {
    let sum = 0;
    for (let tap = 0; tap < of.kernel; tap++) {
      const found = source(of, start(of, o) + tap * of.dilation);
      const weight = w[flip ? of.kernel - 1 - tap : tap] as number;
      if ('index' in found) sum += (x[found.index] as number) * weight;
    }
    return sum;
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}

function integers(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => ((i * i * 7 + i * 3 + seed * 5) % 11) - 5);
}

describe('adjointAxis', () => {
  it("has the input for its output, and <A x, y> = <x, A' y>", () => {
    const wrong: string[] = [];
    for (const one of everyAxis(GRID)) {
      const back = adjointAxis(one);
      const [x, y, w] = [integers(one.size, 0), integers(out(one), 1), integers(one.kernel, 2)];
      const agrees =
        back.size === out(one) &&
        out(back) === one.size &&
        dot(conv(one, x, w), y) === dot(x, conv(back, y, w, true));
      if (!agrees) wrong.push(JSON.stringify(one));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('is its own inverse, but for what no window reads', () => {
    const wrong: string[] = [];
    for (const one of everyAxis(GRID)) {
      if (out(one) === 0) continue;
      const twice = adjointAxis(adjointAxis(one));
      const same = (['size', 'kernel', 'stride', 'dilation', 'inputDilation', 'before'] as const).every(
        (field) => twice[field] === one[field],
      );
      if (!same || out(twice) !== out(one)) wrong.push(JSON.stringify(one));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

describe('weightAdjointAxis', () => {
  it("has the kernel for its output, and <A_w x, y> = <w, A''(x, y)>", () => {
    const wrong: string[] = [];
    for (const one of everyAxis(GRID)) {
      if (out(one) === 0) continue;
      const back = weightAdjointAxis(one);
      const [x, y, w] = [integers(one.size, 0), integers(out(one), 1), integers(one.kernel, 2)];
      const agrees = out(back) === one.kernel && dot(conv(one, x, w), y) === dot(w, conv(back, x, y));
      if (!agrees) wrong.push(JSON.stringify(one));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

describe('adjoint of a geometry', () => {
  const forward = geometry({
    batch: 2,
    channels: 6,
    filters: 4,
    groups: 2,
    axes: [
      { size: 9, kernel: 3, stride: 2, before: 0, after: 1 },
      { size: 8, kernel: 2, dilation: 3, before: 2, after: 1 },
    ],
  });

  it('swaps input and output', () => {
    const back = adjoint(forward);
    expect(inputShape(back)).toEqual(outputShape(forward));
    expect(outputShape(back)).toEqual(inputShape(forward));
    expect([back.flip, back.groups]).toEqual([true, 2]);
  });

  it('makes the weight out of batch and channels', () => {
    const back = weightAdjoint(forward);
    expect(inputShape(back)).toEqual([3, 4, 9, 8]);
    expect(outputShape(back)).toEqual([3, 4, 3, 2]);
  });

  it('refuses what is not linear', () => {
    expect(() =>
      adjoint(geometry({ operation: 'max', axes: [{ size: 4, kernel: 2 }] })),
    ).toThrowErrorMatchingInlineSnapshot(`[GeometryError: adjoint: expected a conv, received max]`);
    const copied = geometry({ axes: [{ size: 4, kernel: 2, before: 1, fillBefore: 'reflect' }] });
    expect(() => weightAdjoint(copied)).toThrowErrorMatchingInlineSnapshot(
      `[GeometryError: adjoint on axis 0: expected zero padding, received reflect]`,
    );
    expect(() =>
      weightAdjoint(geometry({ axes: [{ size: 1, kernel: 2 }] })),
    ).toThrowErrorMatchingInlineSnapshot(`[GeometryError: kernel: expected 1 to 2147483647, received 0]`);
  });
});
