// The scattering gradients against a second, slower definition: a list of what each window holds, in scan order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradients } from '../engine/gradient.ts';
import {
  axis,
  type Fill,
  type Geometry,
  geometry,
  inputShape,
  outputShape,
  parse,
  source,
  start,
} from '../geometry/index.ts';

const product = (numbers: readonly number[]) => numbers.reduce((all, n) => all * n, 1);

function places(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (all, size) => all.flatMap((one) => Array.from({ length: size }, (_, i) => [...one, i])),
    [[]],
  );
}

/** What a window holds at one tap: an element's index, or a constant. The last padded axis says which. */
function cell(of: Geometry, o: readonly number[], tap: readonly number[]) {
  const found = of.axes.map((one, d) => {
    const position = start(one, o[d] as number) + (tap[d] as number) * one.dilation;
    const held = source(one, position);
    const span = one.size === 0 ? 0 : (one.size - 1) * one.inputDilation + 1;
    const padded =
      !('index' in held) && (position < 0 || position >= span) && typeof fillAt(one, position) === 'number';
    return { held, padded };
  });
  if (found.every(({ held }) => 'index' in held)) {
    const at = found.reduce(
      (sum, { held }, d) => sum * (of.axes[d]?.size as number) + ('index' in held ? held.index : 0),
      0,
    );
    return { index: at };
  }
  const last = found.findLast(({ padded }) => padded)?.held;
  return { constant: last !== undefined && 'constant' in last ? last.constant : 0 };
}

function fillAt(one: Geometry['axes'][number], position: number): Fill {
  return position < 0 ? one.fillBefore : one.fillAfter;
}

/** The winner of each window: the last NaN, else the first of the largest; -Infinity of a padding never wins. */
function naive(of: Geometry, x: Float64Array, dy: Float64Array): Float64Array {
  const plane = product(of.axes.map((one) => one.size));
  const outs = places(outputShape(of).slice(2));
  const taps = places(of.axes.map((one) => one.kernel));
  const gradient = new Float64Array(x.length);
  for (let p = 0; p < of.batch * of.channels; p++) {
    for (const [i, o] of outs.entries()) {
      const cells = taps.map((tap) => cell(of, o, tap));
      const values = cells.map((one) =>
        'index' in one ? (x[p * plane + one.index] as number) : one.constant,
      );
      const most = Math.max(...values);
      const winners = cells.filter((_, t) => Object.is(values[t], most) || values[t] === most);
      const winner = Number.isNaN(most)
        ? winners.at(-1)
        : most === -Infinity
          ? winners.find((one) => 'index' in one)
          : winners[0];
      if (winner === undefined || !('index' in winner)) continue;
      const at = p * plane + winner.index;
      gradient[at] = (gradient[at] as number) + (dy[p * outs.length + i] as number);
    }
  }
  return gradient;
}

const small = (least: number, most: number) => fc.integer({ min: least, max: most });
const fills = fc.constantFrom<Fill>(-Infinity, -Infinity, -Infinity, 0, 'reflect', 'replicate', 'wrap');
const maxima = fc
  .record({
    axes: fc.array(
      fc
        .record({
          size: small(0, 6),
          kernel: small(1, 3),
          stride: small(1, 3),
          dilation: small(1, 2),
          inputDilation: fc.constantFrom(1, 1, 1, 2),
          before: small(-2, 3),
          after: small(-2, 3),
          overhang: fc.constantFrom(0, 0, 1, 2),
          fillBefore: fills,
          fillAfter: fills,
        })
        .map((given) => axis(given)),
      { minLength: 1, maxLength: 3 },
    ),
    batch: small(0, 2),
    channels: small(0, 2),
  })
  .map((given) => geometry({ operation: 'max', ...given }));
const values = fc.constantFrom(-Infinity, -2, -1, -1, 0, 0, 1, 1, 2, 3, 4);

describe('the gradient of a maximum', () => {
  it.each([
    ['numbers with ties', values],
    ['NaN among them', fc.oneof({ weight: 9, arbitrary: values }, fc.constant(Number.NaN))],
  ])('goes to the winners of %s', (_, each) => {
    fc.assert(
      fc.property(maxima, fc.array(each, { minLength: 40, maxLength: 40 }), (of, numbers) => {
        const length = product(inputShape(of));
        const input = Float64Array.from({ length }, (_, i) => numbers[(i * 7) % 40] as number);
        const outputs = product(outputShape(of));
        const outputGradient = Float64Array.from({ length: outputs }, (_, i) => ((i * 13) % 17) - 8);
        expect(gradients(of, { input, outputGradient })).toEqual({
          input: naive(of, input, outputGradient).map((value) => value + 0),
        });
      }),
      { numRuns: 800 },
    );
  });

  it('adds up where windows overlap, and is stored once', () => {
    const of = parse('1x1x3 max k2 s1');
    const input = Float32Array.of(1, 9, 1);
    const outputGradient = Float32Array.of(2 ** 24, 1);
    expect(gradients(of, { input, outputGradient })).toEqual({ input: Float32Array.of(0, 2 ** 24, 0) });
    const three = Float32Array.of(2 ** 24, 1, 1);
    const wide = { input: Float32Array.of(0, 0, 9, 0, 0), outputGradient: three };
    expect(gradients(parse('1x1x5 max k3'), wide)).toEqual({
      input: Float32Array.of(0, 0, 2 ** 24 + 2, 0, 0),
    });
  });
});

describe('the gradient of a bias', () => {
  it('is the same sum in every layout', () => {
    const of = parse('2x1x3x2 k1 -> 2');
    const numbers = Float32Array.from({ length: 24 }, (_, i) => (i % 5) + 2 ** 20);
    const strides = { n: 12, c: 1, sizes: [4, 2] };
    const last = { data: new Float32Array(24), offset: 0, strides };
    numbers.forEach((value, i) => {
      const [n, c, p] = [Math.floor(i / 12), Math.floor(i / 6) % 2, i % 6];
      last.data[n * 12 + p * 2 + c] = value;
    });
    const wanted = ['bias'] as const;
    const found = gradients(of, { outputGradient: numbers }, { wanted });
    expect(gradients(of, { outputGradient: last }, { wanted })).toEqual(found);
    expect([...(found.bias as Float32Array)]).toEqual(
      [0, 1].map((c) => numbers.filter((_, i) => Math.floor(i / 6) % 2 === c).reduce((a, b) => a + b, 0)),
    );
  });
});

describe('the gradient of an average', () => {
  it('counts what was counted', () => {
    const of = (divisor: 'window' | 'real' | number) =>
      geometry({
        operation: 'average',
        divisor,
        axes: [{ size: 3, kernel: 2, stride: 2, before: 1, overhang: 1 }],
      });
    const outputGradient = Float64Array.of(12, 24);
    const input = (divisor: 'window' | 'real' | number) => gradients(of(divisor), { outputGradient }).input;
    expect(outputShape(of('window'))).toEqual([1, 1, 2]);
    expect(input('window')).toEqual(Float64Array.of(6, 12, 12));
    expect(input('real')).toEqual(Float64Array.of(12, 12, 12));
    expect(input(3)).toEqual(Float64Array.of(4, 8, 8));
  });
});
