// One recorded case as plain data: what any engine needs to compute it, and what the framework answered. It survives JSON and
// this file imports nothing of Node, so that a browser runs the same list (engine-cases.ts makes it).
//
//   outputOf(one, run)                 the numbers of any `run`, step by step
//   difference(one, outputOf(one, run))  how far they are off, relative to the largest answer; 0 when all are right

import type { Inputs, RunOptions } from '../src/engine/engine.ts';
import { type Geometry, inputShape, outputShape, parse } from '../src/geometry/index.ts';
import type { Numbers } from '../src/kernels/operands.ts';
import { dataStrides, type WeightStrides } from '../src/tensor/layout.ts';

/** A step: a geometry by its problem string, its weight with the framework's own order as strides, its bias. */
export interface EngineStep {
  readonly problem: string;
  readonly weight?: { readonly data: readonly number[]; readonly strides: WeightStrides };
  readonly bias?: readonly number[];
}

/** A layer's steps, the input and the answer; data and answer contiguous in `layout`. */
export interface EngineCase {
  /** 'torch nn.Conv1d(1, 2, 3) on 1x1x9' */
  readonly name: string;
  readonly layout: 'first' | 'last';
  readonly input: readonly number[];
  readonly steps: readonly EngineStep[];
  readonly relu: boolean;
  /** As recorded: what is no integer has six decimals, 'nan', '-inf' and the like are words. */
  readonly expected: readonly (number | string)[];
}

/** The engine's `run`, or any other that computes a geometry. */
export type Run = (of: Geometry, inputs: Inputs, options: RunOptions) => Numbers;

/** The case computed step by step, in float32 unless told. */
export function outputOf(one: EngineCase, run: Run, type: 'float32' | 'float64' = 'float32'): Numbers {
  const typed = (numbers: readonly number[]): Numbers =>
    type === 'float64' ? Float64Array.from(numbers) : Float32Array.from(numbers);
  let data = typed(one.input);
  for (const { problem, weight, bias } of one.steps) {
    const of = parse(problem);
    const strides = dataStrides(one.layout, {
      channels: of.channels,
      sizes: of.axes.map((axis) => axis.size),
    });
    const inputs = {
      input: { data, offset: 0, strides },
      weight: weight && { data: typed(weight.data), offset: 0, strides: weight.strides },
      bias: bias && { data: typed(bias), offset: 0, stride: 1 },
    };
    data = run(of, inputs, { layout: one.layout });
  }
  return one.relu ? data.map((value) => Math.max(0, value)) : data;
}

/** The same case with the channels on the other side of the sizes; null where that changes nothing. */
export function turned(one: EngineCase): EngineCase | null {
  const [first, last] = [one.steps[0], one.steps.at(-1)].map((step) => parse(step?.problem ?? ''));
  const [input, output] = [inputShape(first as Geometry), outputShape(last as Geometry)];
  const plain = [input, output].every(([, channels, ...sizes]) => channels === 1 || product(sizes) === 1);
  if (plain) return null;
  const layout = one.layout === 'first' ? 'last' : 'first';
  return {
    ...one,
    layout,
    input: exchanged(one.input, input, layout),
    expected: exchanged(one.expected, output, layout),
  };
}

/** Numbers of a shape N C sizes, contiguous in the other layout, in this one. */
function exchanged<Value>(
  numbers: readonly Value[],
  [batch = 0, channels = 0, ...sizes]: readonly number[],
  layout: 'first' | 'last',
): Value[] {
  const area = product(sizes);
  const [rows, columns] = layout === 'first' ? [area, channels] : [channels, area];
  return Array.from({ length: batch * rows * columns }, (_, i) => {
    const [item, place] = [Math.floor(i / (rows * columns)), i % (rows * columns)];
    const [column, row] = [Math.floor(place / rows), place % rows];
    return numbers[item * rows * columns + row * columns + column] as Value;
  });
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}

/** From here on a recorded number has six digits; below it is whole or has six decimals. */
const HUGE = 1e15;

/** The largest error relative to the largest answer (or 1); 0 within what was recorded, Infinity for another shape. */
export function difference(one: EngineCase, found: ArrayLike<number>): number {
  const expected = one.expected.map((value) => Number(String(value).replace('inf', 'Infinity')));
  if (found.length !== expected.length) return Infinity;
  const most = Math.max(1, ...expected.map(Math.abs).filter((value) => value < HUGE));
  const errors = expected.map((real, i) => {
    const ours = found[i] as number;
    if (Object.is(ours, real) || ours === real) return 0;
    if (!Number.isFinite(ours) || !Number.isFinite(real)) return Infinity;
    const recorded = Number.isSafeInteger(real) ? 0 : Math.max(1e-6, 5e-6 * Math.abs(real));
    return Math.max(0, Math.abs(ours - real) - recorded) / most;
  });
  return Math.max(0, ...errors);
}
