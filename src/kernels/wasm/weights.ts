// The gradient of a convolution's weight as matrix multiplication: for each tap,
//
//   gradient[tap][channel][filter]  =  sum over windows of  input[window's element under the tap][channel] * output gradient[window][filter]
//
//              filters of a panel (8, or 16 in wide)         for each window of a block:
//              b0    b1                                        b = load the output gradient's row
//   channel 0  sum00 sum01                                     a = splat of the element's channel r
//   channel 1  sum10 sum11    up to 6 channels                 sum[r][j] += a * b[j]
//
// The windows are read as in the forward pass (gather.ts). A job is a panel of a group, or a part of its taps: it goes through
// the windows in blocks that stay in the cache and adds each block's sums to the result, so the order of summation is that of
// the windows, block by block, whoever computes it.
//
// Input and output gradient (the second operand) lie channels last. The result is packed
// [group][panel][tap][channel][filter of the panel]; unpack.ts gives it its order.

import type { WeightOperand } from '../operands.ts';
import { type Assembly, assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  divideUnsigned,
  f32x4,
  fill,
  get,
  greaterOrEqual,
  i32,
  type Local,
  lessSigned,
  load,
  loadFirst,
  loadI32,
  loadSplat,
  loop,
  multiply,
  remainderUnsigned,
  repeat,
  select,
  set,
  store,
  subtract,
  when,
} from './code.ts';
import { defineGather, type Runs, runsOf } from './gather.ts';
import { cutRows, ROWS, tapOffsets } from './gemm.ts';
import { OPERANDS, type Program, type Task } from './program.ts';
import { tableRow } from './tile.ts';
import type { Unpacking } from './unpack.ts';

/** Windows of a block: few enough that the channels under a tap stay in the first cache. */
const blockOf = (channels: number): number => Math.min(128, Math.max(64, Math.floor(4096 / channels)));
/** The most bytes of a block's table. */
const TABLE = 2 ** 18;
const UNROLL = 2;

interface Cut {
  readonly panel: number;
  readonly filters: number;
  readonly panels: number;
  readonly channels: number;
  readonly block: number;
  /** Taps of a job, and parts of all taps. */
  readonly part: number;
  readonly parts: number;
}

/** The program of the weight's gradient; `task.output` are the steps of the output gradient. */
export function weightsGemm(task: Task): Program {
  const { machine, geometry } = task;
  const runs = runsOf(task, false);
  const cut = cutOf(task, runs);
  const module = assemble(machine);
  module.expose('run', defineRun(module, task, runs, cut));
  return {
    name: `weights_f32_${Math.min(ROWS, cut.channels)}x${cut.panel}`,
    bytes: module.bytes(),
    jobs: geometry.groups * cut.panels * cut.parts,
    workspace: tableBytes(cut, runs) + cut.block * cut.panel * 4,
    tables: runs.tables,
    packed: 0,
    pack: () => undefined,
  };
}

function cutOf({ geometry, machine }: Task, runs: Runs): Cut {
  const filters = geometry.filters / geometry.groups;
  const panel = filters <= 4 ? 4 : machine.wide && filters > 8 ? 16 : 8;
  const panels = Math.ceil(filters / panel);
  const block = Math.min(
    runs.windows,
    blockOf(runs.length),
    Math.max(1, Math.floor(TABLE / tableRow(runs.runs))),
  );
  const parts = Math.min(runs.runs, Math.ceil(8 / (panels * geometry.groups)));
  const part = Math.ceil(runs.runs / parts);
  return {
    panel,
    filters,
    panels,
    channels: geometry.channels / geometry.groups,
    block,
    part,
    parts: Math.ceil(runs.runs / part),
  };
}

function tableBytes(cut: Cut, runs: Runs): number {
  return Math.ceil((cut.block * tableRow(runs.runs)) / 64) * 64;
}

/** Floats of the packed result. */
export function packedWeights(task: Task): number {
  const { panel, panels, channels } = cutOf(task, runsOf(task, false));
  const taps = task.geometry.axes.reduce((product, one) => product * one.kernel, 1);
  return task.geometry.groups * panels * taps * channels * panel;
}

/** How the packed result becomes a weight of these steps. */
export function unpacking(task: Task, steps: WeightOperand['strides']): Unpacking {
  const { panel, panels, filters, channels } = cutOf(task, runsOf(task, false));
  const taps = tapOffsets(task.geometry, steps.k);
  return { groups: task.geometry.groups, panel, panels, filters, channels, taps, steps };
}

function defineRun(module: Assembly, task: Task, runs: Runs, cut: Cut): number {
  const { output } = task;
  const nowhere = { n: 0, c: 1, sizes: output.sizes.map(() => 0) };
  const gather = defineGather(module, { ...task, output: nowhere }, runs);
  const rowBytes = (output.sizes.at(-1) as number) * 4;
  const over = cut.filters % cut.panel;
  const copyWhole = cut.filters >= cut.panel ? defineCopy(module, cut, cut.panel, rowBytes) : undefined;
  const copyRest = over > 0 ? defineCopy(module, cut, over, rowBytes) : undefined;
  const taps = defineTaps(module, task, runs, cut);
  const tapBytes = cut.channels * cut.panel * 4;

  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [first, windows, panel, group, tap, count] = [local(), local(), local(), local(), local(), local()];
    const [result, gradient, copied] = [local(), local(), local()];
    const copying = (target: number) => call(target, get(windows), get(gradient), get(copied));
    return [
      set(tap, multiply(remainderUnsigned(get(job), i32(cut.parts)), i32(cut.part))),
      set(count, subtract(i32(runs.runs), get(tap))),
      set(count, select(lessSigned(get(count), i32(cut.part)), get(count), i32(cut.part))),
      set(job, divideUnsigned(get(job), i32(cut.parts))),
      set(panel, remainderUnsigned(get(job), i32(cut.panels))),
      set(group, divideUnsigned(get(job), i32(cut.panels))),
      set(
        result,
        add(
          loadI32(get(operands), OPERANDS.output),
          add(multiply(get(job), i32(runs.runs * tapBytes)), multiply(get(tap), i32(tapBytes))),
        ),
      ),
      fill(get(result), i32(0), multiply(get(count), i32(tapBytes))),
      set(
        gradient,
        add(
          loadI32(get(operands), OPERANDS.second),
          multiply(add(multiply(get(group), i32(cut.filters)), multiply(get(panel), i32(cut.panel))), i32(4)),
        ),
      ),
      set(copied, add(get(workspace), i32(tableBytes(cut, runs)))),
      set(first, i32(0)),
      loop(
        [
          set(windows, subtract(i32(runs.windows), get(first))),
          set(windows, select(lessSigned(get(windows), i32(cut.block)), get(windows), i32(cut.block))),
          call(
            gather,
            get(operands),
            get(first),
            get(windows),
            multiply(get(group), i32(cut.channels * 4)),
            get(workspace),
            i32(0),
          ),
          copyWhole === undefined || copyRest === undefined
            ? copying((copyWhole ?? copyRest) as number)
            : when(lessSigned(get(panel), i32(cut.panels - 1)), copying(copyWhole), copying(copyRest)),
          call(
            taps,
            get(windows),
            get(count),
            add(get(workspace), multiply(get(tap), i32(4))),
            get(copied),
            get(result),
          ),
          advance(gradient, multiply(get(windows), i32(rowBytes))),
          set(first, add(get(first), get(windows))),
        ],
        lessSigned(get(first), i32(runs.windows)),
      ),
    ];
  });
}

/** copy(windows, gradient, to): so many filters of each window, filled up with zeros to a panel. */
function defineCopy(module: Assembly, cut: Cut, filters: number, rowBytes: number): number {
  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [windows, gradient, to] = frame.parameters as [Local, Local, Local];
    const vectors = Array.from({ length: cut.panel / 4 }, (_, j) => j);
    return repeat(windows, get(windows), [
      vectors.map((j) =>
        store(
          get(to),
          j * 16,
          filters > j * 4 ? loadFirst(filters - j * 4, get(gradient), j * 16) : f32x4(0),
        ),
      ),
      advance(gradient, rowBytes),
      advance(to, cut.panel * 4),
    ]);
  });
}

/** taps(windows, taps, table, gradient, result): all channels of some taps. */
function defineTaps(module: Assembly, task: Task, runs: Runs, cut: Cut): number {
  const { full, rest } = cutRows(cut.channels);
  const heights = [...new Set([...(full > 0 ? [ROWS] : []), ...rest])];
  const tiles = new Map(heights.map((rows) => [rows, defineTile(module, task, runs, cut, rows)]));
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [windows, taps, table, gradient, result] = frame.parameters as [Local, Local, Local, Local, Local];
    const [channel, counter] = [frame.local('i32'), frame.local('i32')];
    const next = (rows: number): Code => [
      call(tiles.get(rows) as number, get(windows), get(table), get(channel), get(gradient), get(result)),
      advance(channel, rows * 4),
      advance(result, rows * cut.panel * 4),
    ];
    return repeat(taps, get(taps), [
      set(channel, i32(0)),
      full === 0 ? [] : repeat(counter, full, next(ROWS)),
      rest.map(next),
      advance(table, 4),
    ]);
  });
}

/** tile(windows, table, channel, gradient, result): `channel` in bytes is added to each window's address. */
function defineTile(module: Assembly, { machine }: Task, runs: Runs, cut: Cut, rows: number): number {
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [windows, table, channel, gradient, result] = frame.parameters as [
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const vectors = cut.panel / 4;
    const panelBytes = cut.panel * 4;
    const sums = Array.from({ length: rows }, () =>
      Array.from({ length: vectors }, () => frame.local('v128')),
    );
    const values = Array.from({ length: vectors }, () => frame.local('v128'));
    const [splatted, at] = [frame.local('v128'), frame.local('i32')];
    const step = (window: number): Code => [
      set(at, add(loadI32(get(table), window * tableRow(runs.runs)), get(channel))),
      values.map((b, j) => set(b, load(get(gradient), window * panelBytes + j * 16))),
      sums.map((row, r) => [
        set(splatted, loadSplat(get(at), r * 4)),
        row.map((sum, j) => set(sum, machine.multiplyAdd(get(splatted), get(values[j] as Local), get(sum)))),
      ]),
    ];
    const next = (count: number): Code => [
      Array.from({ length: count }, (_, window) => step(window)),
      advance(table, count * tableRow(runs.runs)),
      advance(gradient, count * panelBytes),
    ];
    const more = greaterOrEqual(get(windows), i32(UNROLL));
    return [
      sums.map((row, r) => row.map((sum, j) => set(sum, load(get(result), (r * cut.panel + j * 4) * 4)))),
      when(more, loop([next(UNROLL), advance(windows, -UNROLL)], more)),
      when(get(windows), repeat(windows, get(windows), next(1))),
      sums.map((row, r) => row.map((sum, j) => store(get(result), (r * cut.panel + j * 4) * 4, get(sum)))),
    ];
  });
}
