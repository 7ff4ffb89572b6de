// The gradient of a conv's weight made ready: its steps compiled.
//
//   input, output gradient --transpose--> both channels last --product over windows--> packed --unpack--> the weight's order

import { type Geometry, inputShape, outputShape, print } from '../geometry/index.ts';
import type { WeightOperand } from '../kernels/operands.ts';
import { depthwiseGradient, packedDepthwise } from '../kernels/wasm/depthwise-gradient.ts';
import { unpackDepthwise } from '../kernels/wasm/depthwise-gradient-unpack.ts';
import type { Program, Task } from '../kernels/wasm/program.ts';
import { unpackWeights } from '../kernels/wasm/unpack.ts';
import { packedWeights, unpacking, weightsGemm } from '../kernels/wasm/weights.ts';
import { winogradGradient } from '../kernels/wasm/winograd-gradient.ts';
import { packedGradient, unpackGradient } from '../kernels/wasm/winograd-gradient-unpack.ts';
import { choose, operations } from '../plan/choose.ts';
import { dataStrides } from '../tensor/layout.ts';
import { holdAfter } from './compiled.ts';
import { machineFor } from './host.ts';
import { type Layout, type Prepared, type Step, toLast } from './prepared.ts';
import { settings } from './settings.ts';

/**
 * The steps of the gradient of a weight with these contiguous steps, for an input without holes and zero or copied padding:
 * run with the input and, as the second operand, the output's gradient, both in the layout.
 */
export function prepareWeightGradient(
  of: Geometry,
  layout: Layout,
  strict: boolean,
  weight: WeightOperand['strides'],
): Prepared {
  const machine = machineFor(strict);
  const [batch = 0, channels = 0, ...sizes] = inputShape(of);
  const [, filters = 0, ...outs] = outputShape(of);
  const [area, outArea] = [sizes.reduce(times, 1), outs.reduce(times, 1)];
  const task: Task = {
    geometry: of,
    input: dataStrides('last', { channels, sizes }),
    output: dataStrides('last', { channels: filters, sizes: outs }),
    activation: null,
    machine,
  };
  const key = `${print(of)} weight ${layout} ${JSON.stringify(weight)} ${strict} ${machine.wide}`;
  const steps: Step[] = [];
  const add = (name: string, make: () => Program, step: Pick<Step, 'from' | 'to' | 'second'>) =>
    steps.push({
      ...step,
      compiled: holdAfter(steps, `${key} ${name}`, make),
      offset: 0,
      weights: 0,
      pack: () => undefined,
    });
  const turnInput = layout === 'first' && channels > 1 && area > 1;
  const turnSecond = layout === 'first' && filters > 1 && outArea > 1;
  if (turnInput)
    add('in', () => toLast(batch, channels, area, machine), { from: 'input', to: 'stagedInput' });
  if (turnSecond)
    add('second', () => toLast(batch, filters, outArea, machine), { from: 'second', to: 'stagedSecond' });
  const { packed, product, unpack } = emittersOf(task, strict, weight);
  add('product', product, {
    from: turnInput ? 'stagedInput' : 'input',
    second: turnSecond ? 'stagedSecond' : 'second',
    to: 'stagedOutput',
  });
  add('unpack', unpack, { from: 'stagedOutput', to: 'output' });
  return {
    steps,
    packedFloats: 0,
    outputBytes: of.axes.reduce((all, one) => all * one.kernel, of.filters * (channels / of.groups)) * 4,
    staged: {
      ...(turnInput ? { stagedInput: batch * channels * area * 4 } : {}),
      ...(turnSecond ? { stagedSecond: batch * filters * outArea * 4 } : {}),
      stagedOutput: packed * 4,
    },
    parallel: operations(of) >= settings().parallelFrom,
  };
}

/** Floats between the product and its unpacking, and what makes both programs. */
interface Emitters {
  readonly packed: number;
  product(): Program;
  unpack(): Program;
}

function emittersOf(task: Task, strict: boolean, steps: WeightOperand['strides']): Emitters {
  const { geometry: of, machine } = task;
  if (of.groups > 1 && of.groups === of.channels) {
    return {
      packed: packedDepthwise(task),
      product: () => depthwiseGradient(task),
      unpack: () => unpackDepthwise(task, steps),
    };
  }
  const { algorithm } = choose(of, { bytesEach: 4, uncompilable: null, strict, compileFrom: 0 });
  if (algorithm === 'winograd' && of.axes.every((one) => one.dilation === 1)) {
    return {
      packed: packedGradient(task),
      product: () => winogradGradient(task),
      unpack: () => unpackGradient(task, steps),
    };
  }
  return {
    packed: packedWeights(task),
    product: () => weightsGemm(task),
    unpack: () => unpackWeights(unpacking(task, steps), machine),
  };
}

function times(a: number, b: number): number {
  return a * b;
}
