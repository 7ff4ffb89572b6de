// The gradients that are no convolution, as plain loops: the definition every faster kernel must equal.
//
//   max      an output's gradient goes to the element that won its window: the first of equals in scan order, the last NaN.
//            Where a constant of the padding won it goes nowhere; padding of -Infinity never wins
//   pad      it goes to the element that was copied there
//   average  it is divided by what the window was divided by, then spread over the window (the engine: an adjoint)
//   bias     it is summed over the batch and all positions
//
// Sums run in float64 and are stored in the type of the result. Elements no window reads have 0.
// Source: PyTorch's MaxPoolKernel.cpp, whose index moves on `value > largest || isnan(value)`.

import { type Geometry, inputShape, outputShape } from '../geometry/index.ts';
import type { DataOperand, Numbers } from './operands.ts';
import { BEYOND, constant, type Reads, tables } from './reads.ts';

/** What a scattering kernel works on; the input for a maximum only. */
export interface GradientOperands {
  readonly input?: DataOperand;
  readonly outputGradient: DataOperand;
  /** Written whole, whatever it held. */
  readonly inputGradient: DataOperand;
}

/** Where an output's gradient goes in its channel's plane, below 0: nowhere. The rows are where its window starts. */
type Target = (n: number, c: number, zRow: number, yRow: number, xRow: number) => number;

/** No element seen so far; a constant of the padding is the largest. */
const NOTHING = -1;
const CONSTANT = -2;

/** Sends each output's gradient to the one element it was taken from: a maximum, a pad. */
export function scatter(of: Geometry, { input, outputGradient, inputGradient }: GradientOperands): void {
  const target = of.operation === 'max' ? largest(of, input as DataOperand) : copied(of);
  const [depth, height, width] = three(outputShape(of).slice(2), 1);
  const [zKernel, yKernel, xKernel] = kernels(of);
  const { data, offset, strides } = outputGradient;
  const [zStep, yStep, xStep] = three(strides.sizes, 0);
  const plane = new Float64Array(inputShape(of).slice(2).reduce(product, 1));
  for (let n = 0; n < of.batch; n++) {
    for (let c = 0; c < of.channels; c++) {
      plane.fill(0);
      const from = offset + n * strides.n + c * strides.c;
      for (let z = 0; z < depth; z++) {
        for (let y = 0; y < height; y++) {
          const row = from + z * zStep + y * yStep;
          for (let x = 0; x < width; x++) {
            const to = target(n, c, z * zKernel, y * yKernel, x * xKernel);
            if (to >= 0) plane[to] = (plane[to] as number) + (data[row + x * xStep] as number);
          }
        }
      }
      store(of, plane, inputGradient, n, c);
    }
  }
}

/** One channel's plane into the result. */
function store(
  of: Geometry,
  plane: Float64Array,
  { data, offset, strides }: DataOperand,
  n: number,
  c: number,
) {
  const [depth, height, width] = three(inputShape(of).slice(2), 1);
  const [zStep, yStep, xStep] = three(strides.sizes, 0);
  let from = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = offset + n * strides.n + c * strides.c + z * zStep + y * yStep;
      for (let x = 0; x < width; x++) data[row + x * xStep] = plane[from++] as number;
    }
  }
}

function largest(of: Geometry, { data, offset, strides }: DataOperand): Target {
  const read = tables(of, strides.sizes);
  const [zs, ys, xs] = read;
  const [zTo, yTo, xTo] = tables(of, planeStrides(of));
  return (n, c, zRow, yRow, xRow) => {
    const plane = offset + n * strides.n + c * strides.c;
    let most = -Infinity;
    let found = NOTHING;
    for (let kz = zRow; kz < zRow + zs.kernel; kz++) {
      const z = zs.steps[kz] as number;
      for (let ky = yRow; ky < yRow + ys.kernel; ky++) {
        const y = ys.steps[ky] as number;
        for (let kx = xRow; kx < xRow + xs.kernel; kx++) {
          const x = xs.steps[kx] as number;
          const element = z >= 0 && y >= 0 && x >= 0;
          const value = element ? (data[plane + z + y + x] as number) : constant(read, z, y, x);
          const wins = value > most || Number.isNaN(value) || (element && found === NOTHING);
          if (!wins) continue;
          most = value;
          found = element
            ? (zTo.steps[kz] as number) + (yTo.steps[ky] as number) + (xTo.steps[kx] as number)
            : CONSTANT;
        }
      }
    }
    return found;
  };
}

/** A pad holds what the last tap of its window reads. */
function copied(of: Geometry): Target {
  const [zs, ys, xs] = tables(of, planeStrides(of));
  return (_n, _c, zRow, yRow, xRow) => {
    const z = zs.steps[zRow + zs.kernel - 1] as number;
    const y = ys.steps[yRow + ys.kernel - 1] as number;
    const x = xs.steps[xRow + xs.kernel - 1] as number;
    return z >= 0 && y >= 0 && x >= 0 ? z + y + x : NOTHING;
  };
}

/**
 * Each output's gradient divided as its window was: by the positions counted ('window') or the elements in it ('real').
 * What was divided by nothing reached no element and becomes 0.
 */
export function share(of: Geometry, outputGradient: DataOperand, shared: DataOperand): void {
  const counts = tables(
    of,
    of.axes.map(() => 0),
  ).map((one) => counted(one, of.divisor === 'real'));
  const [zs, ys, xs] = counts as [number[], number[], number[]];
  const from = three(outputGradient.strides.sizes, 0);
  const to = three(shared.strides.sizes, 0);
  for (let n = 0; n < of.batch; n++) {
    for (let c = 0; c < of.channels; c++) {
      const source = outputGradient.offset + n * outputGradient.strides.n + c * outputGradient.strides.c;
      const target = shared.offset + n * shared.strides.n + c * shared.strides.c;
      for (const [z, depth] of zs.entries()) {
        for (const [y, height] of ys.entries()) {
          for (const [x, width] of xs.entries()) {
            const value = outputGradient.data[source + z * from[0] + y * from[1] + x * from[2]] as number;
            const count = depth * height * width;
            shared.data[target + z * to[0] + y * to[1] + x * to[2]] = count === 0 ? 0 : value / count;
          }
        }
      }
    }
  }
}

/** For each window of an axis the positions that count: elements, or all but the overhang. */
function counted({ outs, kernel, steps }: Reads, real: boolean): number[] {
  return Array.from(
    { length: outs },
    (_, o) =>
      steps.subarray(o * kernel, (o + 1) * kernel).filter((step) => (real ? step >= 0 : step !== BEYOND))
        .length,
  );
}

/** For each filter the sum of the output's gradient, into `sums`. Adds in the order of N, then positions. */
export function biasSums(of: Geometry, { data, offset, strides }: DataOperand, sums: Numbers): void {
  const [depth, height, width] = three(outputShape(of).slice(2), 1);
  const [zStep, yStep, xStep] = three(strides.sizes, 0);
  const totals = new Float64Array(of.filters);
  for (let n = 0; n < of.batch; n++) {
    for (let z = 0; z < depth; z++) {
      for (let y = 0; y < height; y++) {
        const row = offset + n * strides.n + z * zStep + y * yStep;
        // Innermost goes what lies closest together; the order of any one filter's sum is the same.
        if (strides.c <= xStep) {
          for (let x = 0; x < width; x++) {
            for (let f = 0, at = row + x * xStep; f < of.filters; f++, at += strides.c)
              totals[f] = (totals[f] as number) + (data[at] as number);
          }
          continue;
        }
        for (let f = 0; f < of.filters; f++) {
          let total = totals[f] as number;
          for (let x = 0, at = row + f * strides.c; x < width; x++, at += xStep) total += data[at] as number;
          totals[f] = total;
        }
      }
    }
  }
  sums.set(totals);
}

/** Steps through one channel's contiguous plane. */
function planeStrides(of: Geometry): number[] {
  const sizes = inputShape(of).slice(2);
  return sizes.map((_, i) => sizes.slice(i + 1).reduce(product, 1));
}

function kernels(of: Geometry): [number, number, number] {
  return three(
    of.axes.map((one) => one.kernel),
    1,
  );
}

/** The last three, filled up in front. */
function three(values: readonly number[], missing: number): [number, number, number] {
  const [z = missing, y = missing, x = missing] = [missing, missing, ...values].slice(-3);
  return [z, y, x];
}

function product(all: number, n: number): number {
  return all * n;
}
