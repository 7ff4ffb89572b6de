// The plain loops: the definition every other kernel must equal. Sums run in float64, channels outermost, then taps from
// the first to the last; the result is stored in the type of the output. One and two axes are three with sizes of one.
//
//   conv     bias, plus the sum of element * weight over channels and taps; constants of the padding count as elements
//   max      the largest element of the window; NaN wins, as in PyTorch and JAX (TensorFlow drops it)
//   average  sum / divisor: 'window' counts every position but the overhang, 'real' only elements (and sums only them),
//            a number is that number. Nothing counted gives NaN
//   pad      the element or constant itself, plus the bias if there is one
//
// The overhang of ceil mode holds the fill after the input for a maximum; an average neither adds nor counts it.
// Source: XLA's ConvWithGeneralPadding; PyTorch's MaxPoolKernel.cpp and AvgPoolKernel.cpp.

import { type Geometry, outputShape } from '../geometry/index.ts';
import type { Operands } from './operands.ts';
import { BEYOND, constant, tables } from './reads.ts';

/** One output: filter f of batch n, from the table entries at which its window starts. */
type Output = (n: number, f: number, zRow: number, yRow: number, xRow: number) => number;

/** Computes any geometry. */
export function reference(of: Geometry, operands: Operands): void {
  const value = { conv, max, average, pad }[of.operation](of, operands);
  const [depth, height, width] = three(outputShape(of).slice(2), 1);
  const [zKernel, yKernel, xKernel] = three(
    of.axes.map((one) => one.kernel),
    1,
  );
  const { data, offset, strides } = operands.output;
  const [zStep, yStep, xStep] = three(strides.sizes, 0);
  for (let n = 0; n < of.batch; n++) {
    for (let f = 0; f < of.filters; f++) {
      const plane = offset + n * strides.n + f * strides.c;
      for (let z = 0; z < depth; z++) {
        for (let y = 0; y < height; y++) {
          const row = plane + z * zStep + y * yStep;
          for (let x = 0; x < width; x++)
            data[row + x * xStep] = value(n, f, z * zKernel, y * yKernel, x * xKernel);
        }
      }
    }
  }
}

function conv(of: Geometry, { input, weight, bias }: Operands): Output {
  if (weight === undefined) throw new Error('a conv has a weight');
  const read = tables(of, input.strides.sizes);
  const [zs, ys, xs] = read;
  const zeroFill = read.every((one) => one.before === 0 && one.after === 0);
  const channels = of.channels / of.groups;
  const filters = of.filters / of.groups;
  const elements = input.data;
  const weights = weight.data;
  const { offset: firstTap, steps } = mirrored(of, weight.strides.k);
  const [zTap, yTap, xTap] = steps;

  const [zSteps, ySteps, xSteps] = [zs.steps, ys.steps, xs.steps];

  return (n, f, zRow, yRow, xRow) => {
    const group = Math.floor(f / filters);
    let plane = input.offset + n * input.strides.n + group * channels * input.strides.c;
    let kernel = weight.offset + firstTap + group * weight.strides.g + (f % filters) * weight.strides.o;
    let sum = bias === undefined ? 0 : (bias.data[bias.offset + f * bias.stride] as number);
    for (let c = 0; c < channels; c++) {
      for (let kz = 0; kz < zs.kernel; kz++) {
        const z = zSteps[zRow + kz] as number;
        if (z < 0 && zeroFill) continue;
        for (let ky = 0; ky < ys.kernel; ky++) {
          const y = ySteps[yRow + ky] as number;
          if (y < 0 && zeroFill) continue;
          const row = plane + z + y;
          let tap = kernel + kz * zTap + ky * yTap;
          for (let at = xRow; at < xRow + xs.kernel; at++) {
            const x = xSteps[at] as number;
            if (x >= 0 && y >= 0 && z >= 0) sum += (elements[row + x] as number) * (weights[tap] as number);
            else if (!zeroFill) sum += constant(read, z, y, x) * (weights[tap] as number);
            tap += xTap;
          }
        }
      }
      plane += input.strides.c;
      kernel += weight.strides.i;
    }
    return sum;
  };
}

/** Steps between taps; a mirrored kernel is read backwards from its last tap. */
function mirrored(of: Geometry, strides: readonly number[]) {
  const steps = three(strides, 0);
  if (!of.flip) return { offset: 0, steps };
  const offset = of.axes.reduce((sum, one, i) => sum + (one.kernel - 1) * (strides[i] as number), 0);
  return { offset, steps: steps.map((step) => -step) as [number, number, number] };
}

function max(of: Geometry, { input }: Operands): Output {
  return windows(of, input, (each) => {
    let largest = -Infinity;
    each((value) => {
      if (value > largest || Number.isNaN(value)) largest = value;
    });
    return largest;
  });
}

function average(of: Geometry, { input }: Operands): Output {
  return windows(of, input, (each) => {
    let sum = 0;
    let positions = 0;
    let real = 0;
    each((value, isElement) => {
      positions += 1;
      if (isElement) real += 1;
      if (isElement || of.divisor !== 'real') sum += value;
    });
    return sum / (of.divisor === 'window' ? positions : of.divisor === 'real' ? real : of.divisor);
  });
}

function pad(of: Geometry, { input, bias }: Operands): Output {
  const value = windows(of, input, (each) => {
    let found = 0;
    each((one) => {
      found = one;
    });
    return found;
  });
  if (bias === undefined) return value;
  return (n, c, ...rows) => value(n, c, ...rows) + (bias.data[bias.offset + c * bias.stride] as number);
}

/** Calls back for every position of the window but the overhang. */
type Each = (visit: (value: number, isElement: boolean) => void) => void;

/** An operation that sees one channel's window. */
function windows(of: Geometry, input: Operands['input'], fold: (each: Each) => number): Output {
  const read = tables(of, input.strides.sizes);
  const [zs, ys, xs] = read;
  return (n, c, zRow, yRow, xRow) => {
    const plane = input.offset + n * input.strides.n + c * input.strides.c;
    return fold((visit) => {
      for (let kz = 0; kz < zs.kernel; kz++) {
        const z = zs.steps[zRow + kz] as number;
        for (let ky = 0; ky < ys.kernel; ky++) {
          const y = ys.steps[yRow + ky] as number;
          for (let kx = 0; kx < xs.kernel; kx++) {
            const x = xs.steps[xRow + kx] as number;
            if (z >= 0 && y >= 0 && x >= 0) visit(input.data[plane + z + y + x] as number, true);
            else if (z !== BEYOND && y !== BEYOND && x !== BEYOND) visit(constant(read, z, y, x), false);
          }
        }
      }
    });
  };
}

/** The last three, filled up in front. */
function three(values: readonly number[], missing: number): [number, number, number] {
  const [z = missing, y = missing, x = missing] = [missing, missing, ...values].slice(-3);
  return [z, y, x];
}
