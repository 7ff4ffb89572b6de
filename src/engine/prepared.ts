// A geometry made ready: its passes compiled, its weights packed, in the engine's memory. Running it again costs nothing but
// the computing. Data goes through at most three kinds of steps:
//
//   input --transpose--> input, channels last --passes--> output, channels last --transpose--> output
//
// where what lies channels last, or has one channel, needs no transpose.

import { type Geometry, inputShape, outputShape, print } from '../geometry/index.ts';
import type { Activation } from '../kernels/activation.ts';
import type { BiasOperand, WeightOperand } from '../kernels/operands.ts';
import { depthwise } from '../kernels/wasm/depthwise.ts';
import { gemm } from '../kernels/wasm/gemm.ts';
import { grouped, suitsGrouped } from '../kernels/wasm/grouped.ts';
import { pool } from '../kernels/wasm/pool.ts';
import { type Machine, OPERANDS, type Program, type Task } from '../kernels/wasm/program.ts';
import { transpose } from '../kernels/wasm/transpose.ts';
import { winograd } from '../kernels/wasm/winograd.ts';
import { type Algorithm, type Conditions, choose, operations } from '../plan/choose.ts';
import { dataStrides } from '../tensor/layout.ts';
import { type Compiled, holdAfter, letGo } from './compiled.ts';
import { reportMemory, reportPacking } from './debug.ts';
import type { MemoryMap } from './details.ts';
import { host, machineFor } from './host.ts';
import { passes } from './passes.ts';
import { settings } from './settings.ts';

/** Where the channels stand. */
export type Layout = 'first' | 'last';

/** How a geometry is computed. */
export interface Preparation {
  readonly input: Layout;
  readonly output: Layout;
  readonly activation: Activation | null;
  readonly conditions: Conditions;
}

/** Where a step reads and writes: operands, the output, and each of them in the layout of the kernel. */
type Buffer = 'input' | 'second' | 'output' | 'stagedInput' | 'stagedSecond' | 'stagedOutput';

/** One program over a part of the data. */
export interface Step {
  readonly compiled: Compiled;
  readonly from: Buffer;
  readonly second?: Buffer;
  readonly to: Buffer;
  /** Bytes from the start of what it writes. */
  readonly offset: number;
  /** Floats from the start of the packed weights. */
  readonly weights: number;
  pack(into: Float32Array, weight: WeightOperand | undefined, bias: (filter: number) => number): void;
}

const EMITTERS: Readonly<Record<Exclude<Algorithm, 'reference'>, (task: Task) => Program>> = {
  gemm: windowsTimesFilters,
  winograd,
  depthwise,
  pool,
};

/** Small groups have a program of their own, unless their padding copies the input. */
function windowsTimesFilters(task: Task): Program {
  const { groups, axes } = task.geometry;
  const zeros = axes.every((one) => one.fillBefore === 0 && one.fillAfter === 0);
  return groups > 1 && zeros && suitsGrouped(task) === true ? grouped(task) : gemm(task);
}

/** Programs and their weights, ready to run. */
export interface Prepared {
  readonly steps: readonly Step[];
  readonly packedFloats: number;
  readonly outputBytes: number;
  /** Bytes of what is written between the steps. */
  readonly staged: Readonly<Partial<Record<Buffer, number>>>;
  readonly parallel: boolean;
}

/** The steps of a geometry that is compiled; to be let go of with {@link unprepare}. */
export function prepareSteps(of: Geometry, how: Preparation): Prepared {
  const machine = machineFor(how.conditions.strict);
  const key = `${print(of)} ${how.input} ${how.output} ${JSON.stringify(how.activation)} ${how.conditions.strict} ${machine.wide}`;
  const choice = choose(of, how.conditions);
  const [batch = 0, channels = 0, ...sizes] = inputShape(of);
  const [, filters = 0, ...outs] = outputShape(of);
  const [area, outArea] = [sizes.reduce(times, 1), outs.reduce(times, 1)];
  const turnIn = how.input === 'first' && channels > 1 && area > 1;
  const turnOut = how.output === 'first' && filters > 1 && outArea > 1;
  const inputStrides = dataStrides('last', { channels, sizes });
  const outputStrides = dataStrides('last', { channels: filters, sizes: outs });

  const steps: Step[] = [];
  let packed = 0;
  const add = (
    name: string,
    make: () => Program,
    step: Omit<Step, 'compiled' | 'weights' | 'pack'>,
    view?: (of: WeightOperand) => WeightOperand,
  ) => {
    const compiled = holdAfter(steps, `${key} ${name}`, make);
    steps.push({
      ...step,
      compiled,
      weights: packed,
      pack: (into, weight, bias) =>
        compiled.program.pack(into, weight === undefined ? undefined : (view?.(weight) ?? weight), bias),
    });
    packed += Math.ceil(compiled.program.packed / 16) * 16;
  };
  if (turnIn) {
    add('in', () => toLast(batch, channels, area, machine), { from: 'input', to: 'stagedInput', offset: 0 });
  }
  for (const [index, pass] of passes(of, outputStrides).entries()) {
    const { algorithm } =
      index === 0 && pass.geometry === of
        ? choice
        : choose(pass.geometry, { ...how.conditions, compileFrom: 0 });
    const emit = EMITTERS[algorithm as Exclude<Algorithm, 'reference'>];
    const task: Task = {
      geometry: pass.geometry,
      input: inputStrides,
      output: pass.output,
      activation: how.activation,
      machine,
    };
    add(
      `${index}`,
      () => emit(task),
      {
        from: turnIn ? 'stagedInput' : 'input',
        to: turnOut ? 'stagedOutput' : 'output',
        offset: pass.offset * 4,
      },
      pass.weight,
    );
  }
  if (turnOut) {
    const program = () => transpose({ batch, rows: outArea, columns: filters }, machine);
    add('out', program, { from: 'stagedOutput', to: 'output', offset: 0 });
  }
  return {
    steps,
    packedFloats: packed,
    outputBytes: batch * filters * outArea * 4,
    staged: {
      ...(turnIn ? { stagedInput: batch * channels * area * 4 } : {}),
      ...(turnOut ? { stagedOutput: batch * filters * outArea * 4 } : {}),
    },
    parallel: operations(of) >= settings().parallelFrom,
  };
}

/** Channels first to channels last. */
export function toLast(batch: number, channels: number, area: number, machine: Machine): Program {
  return transpose({ batch, rows: channels, columns: area }, machine);
}

function times(a: number, b: number): number {
  return a * b;
}

/** Gives back what {@link prepareSteps} took. */
export function unprepare(of: Prepared): void {
  for (const { compiled } of of.steps) letGo(compiled);
}

/** Packs weights and bias into a block of `packedFloats` at this address. */
export function packInto(
  of: Prepared,
  address: number,
  weight: WeightOperand | undefined,
  bias: BiasOperand | undefined,
): void {
  const all = host()
    .memory.floats()
    .subarray(address / 4, address / 4 + of.packedFloats);
  all.fill(0);
  const biasOf = (filter: number) =>
    bias === undefined ? 0 : (bias.data[bias.offset + filter * bias.stride] as number);
  for (const step of of.steps) {
    const { packed } = step.compiled.program;
    if (packed > 0) step.pack(all.subarray(step.weights, step.weights + packed), weight, biasOf);
  }
  const steps = of.steps.map(({ compiled, ...step }) => ({ ...step, program: compiled.program }));
  reportPacking({ steps, packedFloats: of.packedFloats, address });
}

/**
 * Runs all steps; gives the address of a new block with the output.
 * @param packed where the weights were packed, 0 for none
 * @param operands addresses of the input and, for a weight's gradient, of the output's gradient
 */
export function execute(of: Prepared, packed: number, operands: Addresses): number {
  // A worker that does not finish may still write where it was told to: what it had is left alone, and all is done again.
  for (;;) {
    const output = attempt(of, packed, operands);
    if (output !== null) return output;
  }
}

/** Where the operands lie in the engine's memory. */
export interface Addresses {
  readonly input: number;
  readonly second?: number;
}

function attempt(of: Prepared, packed: number, { input, second = 0 }: Addresses): number | null {
  const { memory, threads } = host();
  const blocks: number[] = [];
  const block = (bytes: number) => {
    if (bytes > 0) blocks.push(memory.allocate(bytes));
    return bytes > 0 ? (blocks.at(-1) as number) : 0;
  };
  let output = 0;
  try {
    output = memory.allocate(of.outputBytes);
    const operands = block(OPERANDS.bytes);
    const { stagedInput = 0, stagedSecond = 0, stagedOutput = 0 } = of.staged;
    const buffers: Readonly<Record<Buffer, number>> = {
      input,
      second,
      output,
      stagedInput: block(stagedInput),
      stagedSecond: block(stagedSecond),
      stagedOutput: block(stagedOutput),
    };
    reportMemory(() => mapOf(of, buffers, packed));
    const words = memory.integers();
    const finished = of.steps.every((step) => {
      const { compiled } = step;
      words[(operands + OPERANDS.input) / 4] = buffers[step.from];
      words[(operands + OPERANDS.weights) / 4] = packed + step.weights * 4;
      words[(operands + OPERANDS.tables) / 4] = compiled.tables;
      words[(operands + OPERANDS.output) / 4] = buffers[step.to] + step.offset;
      words[(operands + OPERANDS.second) / 4] = step.second === undefined ? 0 : buffers[step.second];
      return threads.run(compiled, operands, compiled.program.jobs, of.parallel);
    });
    if (finished) return output;
  } catch (error) {
    if (output !== 0) memory.free(output);
    throw error;
  } finally {
    for (const address of blocks) memory.free(address);
  }
  memory.free(output);
  return null;
}

/** Where a run's data lies, for PADWISE_DEBUG=5. */
function mapOf(of: Prepared, buffers: Readonly<Record<Buffer, number>>, packed: number): MemoryMap {
  const sizes = { ...of.staged, output: of.outputBytes } as Partial<Record<string, number>>;
  const tables = of.steps.map(({ compiled }) => ({
    name: `tables ${compiled.program.name}`,
    address: compiled.tables,
    bytes: compiled.program.tables.byteLength,
  }));
  const data = Object.entries(buffers).map(([name, address]) => ({
    name,
    address,
    bytes: sizes[name] ?? null,
  }));
  const weights = { name: 'packed weights', address: packed, bytes: of.packedFloats * 4 };
  return { blocks: [...data, weights, ...tables], statistics: host().memory.statistics() };
}
