// Geometry and numbers in, numbers out. The engine plans, refuses what would not fit, allocates the output and runs the
// plan's kernel; it knows layouts only as strides, and no framework.
//
//   run(geometry, { input, weight, bias })   bare arrays are canonical: N C sizes; weights [filters, channels / groups, taps]
//   PADWISE_DEBUG=1                          padwise 1x3x64x64 k4 s2 p1 -> 6  gemm_f32_6x8  0.04 ms  14.6 GFLOP/s
//
// Which kernel is plan/choose.ts; what is made ready for it is prepared.ts.

import { type Geometry, inputShape, outputShape } from '../geometry/index.ts';
import type { BiasOperand, DataOperand, Numbers, Operands, WeightOperand } from '../kernels/operands.ts';
import { reference } from '../kernels/reference.ts';
import { choose } from '../plan/choose.ts';
import type { Plan } from '../plan/plan.ts';
import { dataStrides, weightStrides } from '../tensor/layout.ts';
import { rowMajor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';
import { report } from './debug.ts';
import { EngineError } from './error.ts';
import { host } from './host.ts';
import { conditionsFor, isEmpty, planOf } from './planned.ts';
import { execute, type Layout, type Prepared, packInto, prepareSteps, unprepare } from './prepared.ts';
import { isNumbers, refuseOperands, refuseOptions, refuseOthers, refuseSize } from './refusals.ts';
import type { Precision } from './settings.ts';
import { layoutOf, stage } from './staging.ts';

/** The numbers of one run; a bare array is contiguous and canonical. Weight for a conv only, bias for a conv or a pad. */
export interface Inputs<Data extends Numbers = Numbers> {
  readonly input: Data | DataOperand<Data>;
  readonly weight?: Numbers | WeightOperand | undefined;
  readonly bias?: Numbers | BiasOperand | undefined;
}

/** How a run goes. */
export interface RunOptions {
  /** Where the output's channels stand; first unless said. */
  readonly layout?: Layout;
  /** 'strict' sums in a fixed order, rounded at every step; the engine's setting unless said. */
  readonly precision?: Precision;
  /** The most bytes output and workspace may take; 8 GiB unless said. */
  readonly memoryLimit?: number;
}

/** 8 GiB. */
export const MEMORY_LIMIT: number = 8 * 2 ** 30;

/**
 * The output's numbers, contiguous in the wanted layout, in the type of the input's.
 * @throws EngineError when output and workspace exceed the memory limit or 2^31 - 1 elements, or an operand does not
 * suit the geometry
 */
export function run<Data extends Numbers>(
  of: Geometry,
  inputs: Inputs<Data>,
  options: RunOptions = {},
): Data {
  const began = performance.now();
  refuseOptions(of, options);
  const input = dataOperand(of, inputs.input);
  const conditions = conditionsFor(input.data instanceof Float64Array ? 8 : 4, options.precision);
  const choice = choose(of, conditions);
  const outline = planOf(of, conditions, choice, null);
  const outputs = outputShape(of);
  const elements = outputs.reduce((product, n) => product * n, 1);
  refuseSize(outline, outputs, elements, options.memoryLimit ?? MEMORY_LIMIT);
  const weight = weightOperand(of, inputs.weight);
  const bias = biasOperand(of, inputs.bias);
  const parameters = { ...(weight === undefined ? {} : { weight }), ...(bias === undefined ? {} : { bias }) };
  refuseOperands(of, { input, ...parameters });
  const layout = options.layout ?? 'first';
  if (choice.algorithm === 'reference' || isEmpty(of)) {
    const [, channels = 0, ...sizes] = outputs;
    const data = allocate(outline, input.data, elements);
    const output = { data, offset: 0, strides: dataStrides(layout, { channels, sizes }) };
    reference(of, { input, output, ...parameters });
    report(outline, performance.now() - began);
    return data;
  }
  const prepared = prepareSteps(of, {
    input: layoutOf(inputShape(of), input),
    output: layout,
    activation: null,
    conditions,
  });
  try {
    const data = allocate(outline, input.data, elements);
    compute(of, prepared, { input, ...parameters }, data);
    report(planOf(of, conditions, choice, prepared), performance.now() - began);
    return data;
  } finally {
    unprepare(prepared);
  }
}

/** Input and weights into the engine's memory, the output out of it. */
function compute(
  of: Geometry,
  prepared: Prepared,
  { input, weight, bias }: Omit<Operands, 'output'>,
  data: Numbers,
): void {
  const { memory } = host();
  const blocks: number[] = [];
  const block = (bytes: number) => {
    const address = memory.allocate(bytes);
    blocks.push(address);
    return address;
  };
  try {
    const packed = prepared.packedFloats === 0 ? 0 : block(prepared.packedFloats * 4);
    packInto(prepared, packed, weight, bias);
    const from = block(inputShape(of).reduce((product, n) => product * n, 4));
    stage(inputShape(of), input, memory.floats(), from / 4);
    const output = execute(prepared, packed, { input: from });
    blocks.push(output);
    data.set(memory.floats().subarray(output / 4, output / 4 + data.length));
  } finally {
    for (const address of blocks) memory.free(address);
  }
}

function dataOperand<Data extends Numbers>(of: Geometry, given: Data | DataOperand<Data>): DataOperand<Data> {
  refuseOthers(of, 'input', given, inputShape(of));
  if (!isNumbers(given)) return given;
  const [, channels = 0, ...sizes] = inputShape(of);
  return { data: given, offset: 0, strides: dataStrides('first', { channels, sizes }) };
}

function weightOperand(of: Geometry, given: Inputs['weight']): WeightOperand | undefined {
  if (given === undefined || of.operation !== 'conv') return undefined;
  const shape = [of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)];
  refuseOthers(of, 'weight', given, shape);
  if (!isNumbers(given)) return given;
  const strides = weightStrides({ shape, strides: rowMajor(shape) }, 'go i k', of.axes.length, of.groups);
  return { data: given, offset: 0, strides };
}

function biasOperand(of: Geometry, given: Inputs['bias']): BiasOperand | undefined {
  if (given !== undefined) refuseOthers(of, 'bias', given, [of.filters]);
  return isNumbers(given) ? { data: given, offset: 0, stride: 1 } : given;
}

/** Zeros in the type of the input. */
function allocate<Data extends Numbers>(of: Plan, like: Data, elements: number): Data {
  try {
    return (like instanceof Float64Array ? new Float64Array(elements) : new Float32Array(elements)) as Data;
  } catch {
    throw new EngineError(
      'memory',
      say`this machine has no ${of.outputBytes} bytes for the output. [${of.problem}]`,
    );
  }
}
