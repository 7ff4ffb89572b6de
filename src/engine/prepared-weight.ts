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
import { operations } from '../plan/choose.ts';
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
  const apart = of.groups > 1 && of.groups === channels;
  add('product', () => (apart ? depthwiseGradient(task) : weightsGemm(task)), {
    from: turnInput ? 'stagedInput' : 'input',
    second: turnSecond ? 'stagedSecond' : 'second',
    to: 'stagedOutput',
  });
  const unpack = () =>
    apart ? unpackDepthwise(task, weight) : unpackWeights(unpacking(task, weight), machine);
  add('unpack', unpack, { from: 'stagedOutput', to: 'output' });
  return {
    steps,
    packedFloats: 0,
    outputBytes: of.axes.reduce((all, one) => all * one.kernel, of.filters * (channels / of.groups)) * 4,
    staged: {
      ...(turnInput ? { stagedInput: batch * channels * area * 4 } : {}),
      ...(turnSecond ? { stagedSecond: batch * filters * outArea * 4 } : {}),
      stagedOutput: (apart ? packedDepthwise(task) : packedWeights(task)) * 4,
    },
    parallel: operations(of) >= settings().parallelFrom,
  };
}

function times(a: number, b: number): number {
  return a * b;
}
