// The gradient of a conv's weight: the input with batch and channels exchanged, convolved with the output's gradient.
//
//   input  [channels / groups, groups * batch, ...sizes]    kernel  [filters, batch, ...outs]
//   result [channels / groups, filters, ...taps]            written from there in the wanted order
//
// Steps say all of it, so nothing is copied first. A mirrored kernel, a transposed convolution above all, is the adjoint of
// one that is not: <A x, y> = <x, A' y>, so input and gradient change places, and the holes are gone as well.

import { adjoint, type Geometry, inputShape, outputShape, weightAdjoint } from '../geometry/index.ts';
import type { DataOperand, Numbers, WeightOperand } from '../kernels/operands.ts';
import { choose } from '../plan/choose.ts';
import type { WeightStrides } from '../tensor/layout.ts';
import { type RunOptions, run } from './engine.ts';
import { count, dataOperand, zerosLike } from './gradient-operands.ts';
import { apart, fills, zeroFilled } from './gradient-padding.ts';
import { host } from './host.ts';
import { conditionsFor } from './planned.ts';
import { execute, unprepare } from './prepared.ts';
import { prepareWeightGradient } from './prepared-weight.ts';
import { layoutOf, stage } from './staging.ts';

/**
 * The gradient of a conv's weight, its elements at these contiguous steps; the operands checked, the output not empty.
 * @throws EngineError as `run` does
 */
export function weightGradient<Data extends Numbers>(
  of: Geometry,
  input: DataOperand<Data>,
  outputGradient: DataOperand<Data>,
  steps: WeightStrides,
  options: RunOptions,
): Data {
  if (fills(of)) {
    const [pad, step] = apart(of);
    const padded = dataOperand(run(pad, { input }, options), outputShape(pad), options.layout);
    return weightGradient(step, padded, outputGradient, steps, options);
  }
  const elements = of.filters * (of.channels / of.groups) * count(of.axes.map((one) => one.kernel));
  if (count(inputShape(of)) === 0) return zerosLike(input.data, elements, of);
  const zero = zeroFilled(of);
  if (of.flip) {
    const swapped = { ...steps, o: steps.i, i: steps.o };
    return weightGradient(adjoint(zero), outputGradient, input, swapped, options);
  }
  if (compiles(zero, input.data, options)) {
    return productOverWindows(zero, input, outputGradient, steps, options, elements) as Data;
  }
  const parts = weightParts(zero, input, outputGradient);
  let result: Data | undefined;
  for (const part of parts) {
    const { channels, filters, groups, axes } = part.of;
    const shape = [channels / groups, groups, filters / groups, ...axes.map((one) => one.kernel)];
    const to = [steps.i, steps.g, steps.o, ...steps.k];
    const operands = { input: part.input, weight: part.kernel };
    const found = run(weightAdjoint(part.of), operands, { ...options, layout: 'first' });
    if (parts.length === 1 && isRowMajor(shape, to)) return found;
    result ??= zerosLike(input.data, elements, of);
    add(found, shape, result, part.group * steps.g, to);
  }
  return result as Data;
}

/** Whether generated code does it: what it does for the forward pass, but for holes. */
function compiles(of: Geometry, data: Numbers, options: RunOptions): boolean {
  const conditions = conditionsFor(data instanceof Float64Array ? 8 : 4, options.precision);
  return choose(of, conditions).algorithm !== 'reference' && of.axes.every((one) => one.inputDilation === 1);
}

/** Both operands into the engine's memory, the gradient out of it. */
function productOverWindows(
  of: Geometry,
  input: DataOperand,
  outputGradient: DataOperand,
  steps: WeightStrides,
  options: RunOptions,
  elements: number,
): Float32Array {
  const { memory } = host();
  const { strict } = conditionsFor(4, options.precision);
  const [inputLies, gradientLies] = [
    layoutOf(inputShape(of), input),
    layoutOf(outputShape(of), outputGradient),
  ];
  const layout = inputLies === gradientLies ? inputLies : 'last';
  const prepared = prepareWeightGradient(of, layout, strict, steps);
  const blocks: number[] = [];
  const staged = (shape: readonly number[], operand: DataOperand) => {
    const address = memory.allocate(count(shape) * 4);
    blocks.push(address);
    stage(shape, operand, memory.floats(), address / 4, layout);
    return address;
  };
  try {
    const addresses = {
      input: staged(inputShape(of), input),
      second: staged(outputShape(of), outputGradient),
    };
    const output = execute(prepared, 0, addresses);
    blocks.push(output);
    return memory.floats().slice(output / 4, output / 4 + elements);
  } finally {
    for (const address of blocks) memory.free(address);
    unprepare(prepared);
  }
}

/** What one run gives: the gradient of all groups, or of one. */
interface WeightPart<Data extends Numbers> {
  readonly of: Geometry;
  readonly group: number;
  readonly input: DataOperand<Data>;
  readonly kernel: WeightOperand;
}

/**
 * Groups and batch together are the channels of the weight's adjoint. Where there are several of both no step leads through
 * them, and what there is less of is taken one by one.
 */
function weightParts<Data extends Numbers>(
  of: Geometry,
  input: DataOperand<Data>,
  gradient: DataOperand<Data>,
): readonly WeightPart<Data>[] {
  const [channels, filters] = [of.channels / of.groups, of.filters / of.groups];
  const part = (whole: Geometry, n: number, group: number): WeightPart<Data> => ({
    of: whole,
    group,
    input: {
      data: input.data,
      offset: input.offset + n * input.strides.n + group * channels * input.strides.c,
      strides: {
        n: input.strides.c,
        c: whole.groups > 1 ? channels * input.strides.c : input.strides.n,
        sizes: input.strides.sizes,
      },
    },
    kernel: {
      data: gradient.data,
      offset: gradient.offset + n * gradient.strides.n + group * filters * gradient.strides.c,
      strides: {
        g: filters * gradient.strides.c,
        o: gradient.strides.c,
        i: gradient.strides.n,
        k: gradient.strides.sizes,
      },
    },
  });
  if (of.groups === 1 || of.batch === 1) return [part(of, 0, 0)];
  return of.batch <= of.groups
    ? Array.from({ length: of.batch }, (_, n) => part({ ...of, batch: 1 }, n, 0))
    : Array.from({ length: of.groups }, (_, g) => part({ ...of, groups: 1, channels, filters }, 0, g));
}

function isRowMajor(shape: readonly number[], steps: readonly number[]): boolean {
  return shape.every((size, d) => size <= 1 || steps[d] === count(shape.slice(d + 1)));
}

/** Adds a contiguous array of this shape to where the steps lead. */
function add(
  found: Numbers,
  shape: readonly number[],
  to: Numbers,
  offset: number,
  steps: readonly number[],
): void {
  const index = shape.map(() => 0);
  let at = offset;
  for (let from = 0; from < found.length; from++) {
    to[at] = (to[at] as number) + (found[from] as number);
    for (let d = shape.length - 1; d >= 0; d--) {
      const next = (index[d] as number) + 1;
      at += steps[d] as number;
      index[d] = next;
      if (next < (shape[d] as number)) break;
      at -= next * (steps[d] as number);
      index[d] = 0;
    }
  }
}
