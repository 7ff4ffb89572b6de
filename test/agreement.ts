// Whether the engine's numbers are the reference's, on small integers: they make equality exact in any order of summation.
// Only Winograd's transforms leave them, and stay within their stated bound. Imports nothing of Node: browsers ask as well.

import { type RunOptions, run } from '../src/engine/engine.ts';
import { type Gradients, gradients } from '../src/engine/gradient.ts';
import type { Gradient } from '../src/engine/gradient-operands.ts';
import { plan } from '../src/engine/planned.ts';
import { type Geometry, inputShape, outputShape } from '../src/geometry/index.ts';
import type { Numbers } from '../src/kernels/operands.ts';
import { dataStrides } from '../src/tensor/layout.ts';
import { integers } from './numeric.ts';

/** Winograd's error, relative to the largest output. */
export const WINOGRAD_BOUND = 1e-5;

/** How large sums of so many products of the integers -5 to 5 mostly are; some cancel out, and their errors do not. */
function usualSum(terms: number): number {
  return 10 * Math.sqrt(terms);
}

/** Whether any part of it is computed by Winograd's algorithm. */
export function usesWinograd(of: Geometry, options: RunOptions = {}): boolean {
  const { layout = 'first', precision } = options;
  const { kernels } = plan(of, { layout, ...(precision === undefined ? {} : { precision }) });
  return kernels.some((name) => name.includes('winograd'));
}

/** Two answers to compare. */
export interface Both {
  readonly computed: Float32Array;
  readonly expected: Float32Array;
  /** The most they may be apart. */
  readonly bound: number;
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
  const single = { data: Float32Array.from(input), offset: 0, strides };
  const computed = run(
    of,
    { input: single, weight: weight && Float32Array.from(weight), bias },
    { layout, ...options },
  );
  const double = run(of, { input: { data: input, offset: 0, strides }, weight, bias }, { layout });
  const expected = Float32Array.from(double);
  const taps = kernel.reduce((all, n) => all * n, 1);
  const usual = usualSum((of.channels / of.groups) * taps);
  const most = expected.reduce((largest, n) => Math.max(largest, Math.abs(n)), usual);
  const bound = usesWinograd(of, { layout, ...options }) ? WINOGRAD_BOUND * most : 0;
  return { computed, expected, bound };
}

/** The first place where the engine differs from the reference; null where it does not. */
export function difference({ computed, expected, bound }: Both): string | null {
  if (computed.length !== expected.length) return `${computed.length} numbers for ${expected.length}`;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [computed[i] as number, expected[i] as number];
    const same = Object.is(a, b) || a === b || Math.abs(a - b) <= bound;
    if (!same) return `number ${i} is ${a}, the reference says ${b}`;
  }
  return null;
}

/** The first gradient in which the engine differs from the reference by more than Winograd's error; null for none. */
export function gradientDifference(
  of: Geometry,
  layout: 'first' | 'last',
  options: RunOptions = {},
): string | null {
  const kernel = of.axes.map((one) => one.kernel);
  const double = {
    input: integers(inputShape(of), 0),
    weight: integers([of.filters, of.channels / of.groups, ...kernel], 1),
    outputGradient: integers(outputShape(of), 4),
  };
  const single = {
    input: Float32Array.from(double.input),
    weight: Float32Array.from(double.weight),
    outputGradient: Float32Array.from(double.outputGradient),
  };
  const expected: Gradients = gradients(of, double, { layout });
  const computed: Gradients = gradients(of, single, { layout, ...options });
  for (const what of Object.keys(expected) as Gradient[]) {
    const two = {
      computed: computed[what] as Float32Array,
      expected: Float32Array.from(expected[what] as Numbers),
      bound: boundOf(of, what, expected[what] as Numbers),
    };
    const found = difference(two);
    if (found !== null) return `gradient of the ${what}: ${found}`;
  }
  return null;
}

/** The most a gradient may be off where Winograd's algorithm, or an average's division, computes it. */
export function boundOf(of: Geometry, what: Gradient, expected: Numbers): number {
  const taps = of.axes.reduce((all, one) => all * one.kernel, 1);
  const [batch = 0, , ...outs] = outputShape(of);
  const terms = {
    input: (of.filters / of.groups) * taps,
    weight: outs.reduce((all, n) => all * n, batch),
    bias: 0,
  };
  let most = usualSum(terms[what]);
  for (const value of expected) most = Math.max(most, Math.abs(value));
  return WINOGRAD_BOUND * most;
}
