// A small problem for every family of kernels, computed by the engine and by the reference kernel, which runs where numbers
// are float64. The data is small whole numbers: the results are equal, only Winograd's may be off by the stated bound.

import { configure, describe, gradients, type Layout, type Precision, plan } from '../src/engine/index.ts';
import { adjoint, type Geometry, inputShape, outputShape, parse } from '../src/geometry/index.ts';
import { run } from '../src/index.ts';
import { say, type Text } from '../src/words/index.ts';
import { BOUND, wholeNumbers } from './agreement.ts';

/** What one family answered. */
export interface Tested {
  readonly what: Text;
  readonly problem: string;
  /** The generated code that ran; none for the reference. */
  readonly kernels: readonly string[];
  /** The largest difference, as a part of the largest number. */
  readonly error: number;
  readonly right: boolean;
}

interface Case {
  readonly what: Text;
  readonly problem: string;
  readonly layout?: Layout;
  readonly precision?: Precision;
  readonly gradient?: boolean;
}

const CASES: readonly Case[] = [
  { what: 'matrix products', problem: '1x36x9x9 k3 s2 p1 -> 20' },
  { what: 'few channels', problem: '2x3x12x12 k4 s2 p1 -> 6' },
  { what: 'strict sums', problem: '1x16x9x9 k3 p1 -> 20', precision: 'strict' },
  { what: 'holes in the input', problem: '1x8x6x6 k4 i2 p2 flip -> 12' },
  { what: 'copied padding', problem: '1x16x9x9 k3 p1 fill=reflect -> 8' },
  { what: 'three axes', problem: '1x4x6x7x8 k3 s1x2x1 p1 -> 8' },
  { what: 'Winograd', problem: '1x20x12x12 k3 p1 -> 20' },
  { what: 'depthwise', problem: '1x24x11x11 k3 s2 p1 g24 -> 24' },
  { what: 'depthwise, channels last', problem: '1x24x11x11 k5 p2 g24 -> 48', layout: 'last' },
  { what: 'groups', problem: '1x32x9x9 k3 p1 g8 -> 32' },
  { what: 'maxima', problem: '1x12x11x11 max k3 s2 p1' },
  { what: 'averages', problem: '1x12x11x11 avg k2 s2' },
  { what: 'gradients', problem: '1x16x9x9 k3 s2 p1 -> 12', gradient: true },
];

/** So many jobs that a worker finds some. */
const THREADS: Case = { what: 'threads', problem: '1x64x48x48 k3 s2 p1 -> 64' };

/** Workers are waited for so long. */
const START_MS = 3000;

/** All families, by the engine as it is set; on several threads once workers have begun to help, or do not. */
export async function selfTest(): Promise<Tested[]> {
  const { compileFrom, parallelFrom } = describe().settings;
  try {
    configure({ compileFrom: 0, parallelFrom: Infinity });
    const alone = CASES.map(tested);
    configure({ parallelFrom: 0 });
    return [...alone, await together()];
  } finally {
    configure({ compileFrom, parallelFrom });
  }
}

/** Again and again, until workers have done a part of it. */
async function together(): Promise<Tested> {
  const until = performance.now() + START_MS;
  for (;;) {
    const found = tested(THREADS);
    const { helped, wanted, obstacle } = describe().threads;
    const over = helped > 0 || wanted < 2 || obstacle !== null || performance.now() > until;
    if (over || !found.right) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function tested({ what, problem, layout = 'first', precision = 'default', gradient }: Case): Tested {
  const of = parse(problem);
  // Of the gradients, the input's is planned: it is another convolution.
  const { kernels } = plan(gradient === true ? adjoint(of) : of, { layout, precision });
  try {
    const error = gradient === true ? gradientError(of) : forwardError(of, layout, precision);
    return { what, problem, kernels, error, right: error <= BOUND };
  } catch (error) {
    const failed = say`${what}: ${(error as Error).message}`;
    return { what: failed, problem, kernels, error: Infinity, right: false };
  }
}

function forwardError(of: Geometry, layout: Layout, precision: Precision): number {
  const [input, weight] = [wholeNumbers(count(inputShape(of)), 1), weights(of)];
  const found = run(of, { input, weight }, { layout, precision });
  const wide = weight === undefined ? undefined : Float64Array.from(weight);
  return difference(found, run(of, { input: Float64Array.from(input), weight: wide }, { layout }));
}

function gradientError(of: Geometry): number {
  const input = wholeNumbers(count(inputShape(of)), 1);
  const outputGradient = wholeNumbers(count(outputShape(of)), 3);
  const weight = weights(of) as Float32Array;
  const wanted = ['input', 'weight'] as const;
  const found = gradients(of, { input, weight, outputGradient }, { wanted });
  const right = gradients(
    of,
    {
      input: Float64Array.from(input),
      weight: Float64Array.from(weight),
      outputGradient: Float64Array.from(outputGradient),
    },
    { wanted },
  );
  return Math.max(...wanted.map((one) => difference(found[one] ?? [], right[one] ?? [])));
}

function weights(of: Geometry): Float32Array | undefined {
  if (of.operation !== 'conv') return undefined;
  const taps = of.axes.map((one) => one.kernel);
  return wholeNumbers(count([of.filters, of.channels / of.groups, ...taps]), 2);
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

/** The largest difference as a part of the largest number. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [most, largest] = [a.length === b.length ? 0 : Infinity, 0];
  for (let i = 0; i < b.length; i++) {
    const [one, other] = [a[i] as number, b[i] as number];
    largest = Math.max(largest, Math.abs(other));
    // A NaN that is not wanted is as wrong as can be.
    if (one !== other) most = Math.max(most, Number.isFinite(one - other) ? Math.abs(one - other) : Infinity);
  }
  return most === 0 ? 0 : most / (largest || 1);
}
