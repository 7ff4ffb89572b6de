// padwise plan: what the engine will run for a layer, why, and what it takes: nothing is computed.

import { code, configure, describe, type Layout, type Precision, plan } from '../../src/engine/index.ts';
import type { Plan } from '../../src/index.ts';
import { type Command, json, jsonOption } from '../command.ts';
import { engineOptions, layoutOption, layoutText, precisionOption, wideOption } from '../engine.ts';
import { SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { type Problem, problemOf, problemOptions } from '../problem.ts';
import { columns, ends, padded, shape, wrapped } from '../text.ts';

export const planCommand: Command = {
  description: 'Show what the engine will run for a layer, why, and what memory it takes',
  examples: [
    "padwise plan '1x64x56x56 k3 p1 -> 64'",
    "padwise plan 'nn.Conv2d(3, 64, 7, stride=2, padding=3)' --input 224 --strict",
  ],
  args: {
    ...problemOptions,
    ...engineOptions,
    code: { type: 'boolean', description: 'print the generated code too, as WebAssembly text' },
    ...jsonOption,
  },
  run(options, io) {
    const problem = problemOf(options, io);
    const layout = layoutOption(options) ?? problem.layout;
    const how = { layout, precision: precisionOption(options) };
    configure({ wide: wideOption(options, io) });
    const plans = problem.steps.map((step) => plan(step, how));
    const kernels = options.code === true ? problem.steps.map((step) => code(step, how)) : null;
    const { wide, machine } = describe();
    if (options.json === true)
      json(io, {
        schema: 'padwise/plan/1',
        framework: problem.framework,
        layer: problem.layer,
        input: problem.input,
        output: problem.output,
        ...how,
        wide: wide.on,
        machine: machine.host,
        plans: plans.map((one, i) => (kernels === null ? one : { ...one, code: kernels[i] })),
      });
    else {
      io.out(planText(io, problem, plans, how));
      for (const { name, text } of kernels?.flat() ?? []) io.out(`\n${style(io, 'bold', name)}\n${text}\n`);
    }
    return SAME;
  },
};

interface How {
  readonly layout: Layout;
  readonly precision: Precision;
}

/** The plans of a problem, within 80 columns. */
function planText(io: Io, problem: Problem, plans: readonly Plan[], how: How): string {
  const head =
    problem.layer === null
      ? (plans[0]?.problem ?? '')
      : `${problem.framework} ${problem.layer}   ${shape(problem.input)} -> ${shape(problem.output)}`;
  const parts = plans.map((one) => {
    const title = problem.layer === null ? '' : `${style(io, 'bold', one.problem)}\n`;
    return title + rowsText(io, one, how);
  });
  return `${ends(head, layoutText(io, how.layout))}\n\n${parts.join('\n')}`;
}

function rowsText(io: Io, of: Plan, { layout, precision }: How): string {
  const rows: [string, string][] = [
    [io.say`algorithm`, io.say`${of.algorithm}: ${of.reason}`],
    [io.say`work`, io.say`${of.multiplyAdds.toLocaleString('en')} multiply-adds`],
    ...(of.kernels.length === 0 ? [] : kernelRows(io, of, precision)),
    [io.say`output`, bytesText(io, of.outputBytes)],
    [io.say`workspace`, io.say`${bytesText(io, of.workspaceBytes)} a thread`],
    ...(of.kernels.length === 0 ? [] : memoryRows(io, of, layout)),
  ];
  const width = Math.max(...rows.map(([label]) => columns(label))) + 2;
  return rows.map(([label, said]) => `${wrapped(padded(label, width), said)}\n`).join('');
}

function kernelRows(io: Io, of: Plan, precision: Precision): [string, string][] {
  const { wide, settings } = describe();
  const alone = of.multiplyAdds < settings.parallelFrom || of.jobs === 1;
  return [
    [io.say`kernels`, namesText(of.kernels)],
    [
      io.say`jobs`,
      alone ? io.say`${of.jobs}, done by one thread` : io.say`${of.jobs}, shared by the threads`,
    ],
    [
      io.say`vectors`,
      wide.obstacle === null ? io.say`256 bits` : io.say`128 bits, not 256: ${wide.obstacle}`,
    ],
    [
      io.say`sums`,
      precision === 'strict'
        ? io.say`strict: in a fixed order, rounded at every step`
        : io.say`default: multiply-adds may round once`,
    ],
  ];
}

function memoryRows(io: Io, of: Plan, layout: Layout): [string, string][] {
  return [
    [io.say`weights`, io.say`${bytesText(io, of.packedBytes)}, packed once a layer`],
    [
      io.say`transposed`,
      of.transposedBytes > 0
        ? io.say`${bytesText(io, of.transposedBytes)}, for kernels that want another layout`
        : io.say`nothing: ${layoutText(io, layout)} is taken as it lies`,
    ],
  ];
}

function bytesText(io: Io, count: number) {
  return io.say`${count.toLocaleString('en')} bytes`;
}

/** gemm_f32_6x8 (4 times), transpose_f32_4x4: in the order of running. */
function namesText(kernels: readonly string[]): string {
  const runs: { name: string; times: number }[] = [];
  for (const name of kernels) {
    const last = runs.at(-1);
    if (last?.name === name) last.times++;
    else runs.push({ name, times: 1 });
  }
  return runs.map(({ name, times }) => (times === 1 ? name : `${times} x ${name}`)).join(', ');
}
