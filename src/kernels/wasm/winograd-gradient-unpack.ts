// The way out of the weight's gradient: G' S G, where the rows of points give three numbers each, then the columns.
//
//   T [row][panel][channel][3][filter] = S[row] G        at the end of each job
//   gradient = G' T                                      a program of its own, that writes in the weight's order

import type { WeightOperand } from '../operands.ts';
import { type Assembly, assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  equal,
  get,
  i32,
  type Local,
  load,
  loadI32,
  multiply,
  repeat,
  store,
  storeLane,
  when,
} from './code.ts';
import { OPERANDS, type Program, type Task } from './program.ts';
import { type GradientChoice, type GradientCut, gradientCut } from './winograd-gradient-cut.ts';
import { each, type Halves, lanes } from './winograd-lanes.ts';
import { type Computed, type Lane, type Line, outputLine } from './winograd-lines.ts';

const TAPS = 3;

/** Floats of T, which lies between the two programs. */
export function packedGradient(task: Task, choice: GradientChoice = {}): number {
  const of = task.geometry;
  const cut = gradientCut(task, choice);
  return cut.grid.vertical.inputs * TAPS * cut.panels * cut.panel * of.channels;
}

/** G' s, with the shares of the points. */
function kernelLine(line: Line, sums: readonly Local[], lane: Lane): Computed {
  return outputLine({ ...line, outputs: TAPS }, sums, lane);
}

/** Defines finish(from, to, channels): T of a panel from S. */
export function defineFinish(module: Assembly, task: Task, cut: GradientCut): number {
  const { horizontal } = cut.grid;
  const halves = task.machine.wide ? 2 : 1;
  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [from, to, channels] = frame.parameters as [Local, Local, Local];
    const emit = lanes(frame, task.machine, halves);
    const unit = (index: number): Code => {
      const offset = index * cut.unit * 4;
      const sums = emit.load(horizontal.inputs, (j, half) =>
        load(get(from), j * cut.sumStep + offset + half * 16),
      );
      const line = emit.line(sums.values, (x, lane) => kernelLine(horizontal, x, lane));
      const write = (value: Halves, k: number) =>
        value.map((one, half) => store(get(to), k * cut.panel * 4 + offset + half * 16, get(one)));
      return [sums.code, line.code, line.values.map(write)];
    };
    const body = [unit(0), unit(1)];
    return [
      emit.constants.preset(),
      repeat(channels, get(channels), [
        body,
        advance(from, cut.panel * 4),
        advance(to, TAPS * cut.panel * 4),
      ]),
    ];
  });
}

/** The program that writes the gradient by the weight's steps; a job is a panel. */
export function unpackGradient(
  task: Task,
  steps: WeightOperand['strides'],
  choice: GradientChoice = {},
): Program {
  const cut = gradientCut(task, choice);
  const { machine, geometry } = task;
  const module = assemble(machine);
  const over = geometry.filters % cut.panel;
  const whole = defineUnpack(module, task, cut, steps, cut.panel);
  const rest = over === 0 ? undefined : defineUnpack(module, task, cut, steps, over);
  const run = module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job] = frame.parameters as [Local, Local];
    const panelBytes = TAPS * geometry.channels * cut.panel * 4;
    const args = [
      add(loadI32(get(operands), OPERANDS.input), multiply(get(job), i32(panelBytes))),
      add(loadI32(get(operands), OPERANDS.output), multiply(get(job), i32(cut.panel * steps.o * 4))),
    ];
    return rest === undefined
      ? call(whole, ...args)
      : when(equal(get(job), i32(cut.panels - 1)), call(rest, ...args), call(whole, ...args));
  });
  module.expose('run', run);
  return {
    name: 'winograd_unpack_f32',
    bytes: module.bytes(),
    jobs: cut.panels,
    workspace: 0,
    tables: new Int32Array(0),
    packed: 0,
    pack: () => undefined,
  };
}

/** Defines unpack(from, to): a panel of so many filters. */
function defineUnpack(
  module: Assembly,
  task: Task,
  cut: GradientCut,
  steps: WeightOperand['strides'],
  filters: number,
): number {
  const { vertical } = cut.grid;
  const { channels } = task.geometry;
  const [down = 0, across = 0] = steps.k;
  const rowStep = cut.panels * channels * TAPS * cut.panel * 4;
  const define = (count: number) =>
    module.define(['i32', 'i32'], (frame) => {
      const [from, to] = frame.parameters as [Local, Local];
      const emit = lanes(frame, task.machine, 1);
      const columns = each(TAPS, (k) => {
        const sums = emit.load(vertical.inputs, (i) => load(get(from), i * rowStep + k * cut.panel * 4));
        const line = emit.line(sums.values, (x, lane) => kernelLine(vertical, x, lane));
        const write = ([value]: Halves, y: number) =>
          each(count, (lane) =>
            storeLane(get(to), (lane * steps.o + y * down + k * across) * 4, get(value as Local), lane),
          );
        return [sums.code, line.code, line.values.map(write)];
      });
      return [
        emit.constants.preset(),
        repeat(frame.local('i32'), channels, [
          columns,
          advance(from, TAPS * cut.panel * 4),
          advance(to, steps.i * 4),
        ]),
      ];
    });
  const counts = each(Math.ceil(filters / 4), (i) => Math.min(4, filters - i * 4));
  const functions = new Map([...new Set(counts)].map((count) => [count, define(count)]));
  return module.define(['i32', 'i32'], (frame) => {
    const [from, to] = frame.parameters as [Local, Local];
    return counts.map((count, i) =>
      call(functions.get(count) as number, add(get(from), i32(i * 16)), add(get(to), i32(i * 16 * steps.o))),
    );
  });
}
