// The gradient of a convolution's weight as matrix multiplication: for each tap,
//
//   gradient[tap][channel][filter] = sum over windows of input[element under the tap][channel] * output gradient[window][filter]
//
//              filters of a panel (8, or 16 in wide)         for each window of a block:
//              b0    b1                                        b = load the output gradient's row
//   channel 0  sum00 sum01                                     a = splat of the element's channel r
//   channel 1  sum10 sum11    up to 6 channels                 sum[r][j] += a * b[j]
//
// The windows are found as in the forward pass (gather.ts). Channels of neighbouring windows lie far apart, in few sets of the
// cache, so what a block multiplies is first copied side by side: [panel][window][filter], and for each tap
// [6 channels][window][channel]. A job has some taps and some panels of a group; it goes through the windows block by block
// and adds each block's sums to the result, so the order of summation is that of the windows, whoever computes it.
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
  equal,
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
  storeFirst,
  subtract,
  when,
} from './code.ts';
import { defineGather, type Runs, runsOf } from './gather.ts';
import { cutRows, tapOffsets } from './gemm.ts';
import { OPERANDS, type Program, type Task } from './program.ts';
import { tableRow, tileRows } from './tile.ts';
import type { Unpacking } from './unpack.ts';

/** The most windows of a block. */
const BLOCK = 128;
/** The most bytes of a block's table, and of each of its two copies. */
const COPIED = 2 ** 18;
/** So many jobs, if the taps and panels are as many. */
const JOBS = 8;
const UNROLL = 4;

interface Cut {
  /** Channels of a tile. */
  readonly rows: number;
  readonly panel: number;
  readonly filters: number;
  readonly panels: number;
  readonly channels: number;
  readonly block: number;
  /** Taps of a job, and parts of all taps. */
  readonly taps: number;
  readonly tapParts: number;
  /** Panels of a job, and parts of a group's panels. */
  readonly width: number;
  readonly panelParts: number;
}

/** The program of the weight's gradient; `task.output` are the steps of the output gradient. */
export function weightsGemm(task: Task): Program {
  const { machine, geometry } = task;
  const runs = runsOf(task, false);
  const cut = cutOf(task, runs);
  const module = assemble(machine);
  module.expose('run', defineRun(module, task, runs, cut));
  return {
    name: `weights_f32_${Math.min(cut.rows, cut.channels)}x${cut.panel}`,
    bytes: module.bytes(),
    jobs: geometry.groups * cut.panelParts * cut.tapParts,
    workspace: places(cut, runs).end,
    tables: runs.tables,
    packed: 0,
    pack: () => undefined,
  };
}

function cutOf({ geometry, machine }: Task, runs: Runs): Cut {
  const filters = geometry.filters / geometry.groups;
  const channels = geometry.channels / geometry.groups;
  const panel = filters <= 4 ? 4 : machine.wide && filters > 8 ? 16 : 8;
  const panels = Math.ceil(filters / panel);
  const tapParts = Math.min(runs.runs, Math.ceil(JOBS / geometry.groups));
  const taps = Math.ceil(runs.runs / tapParts);
  const wanted = Math.ceil(JOBS / 2 / (geometry.groups * tapParts));
  const width = Math.ceil(panels / Math.min(panels, wanted));
  const each = Math.max(tableRow(runs.runs), channels * 4, width * panel * 4);
  return {
    rows: tileRows(machine),
    panel,
    filters,
    panels,
    channels,
    block: Math.min(runs.windows, BLOCK, Math.max(1, Math.floor(COPIED / each))),
    taps,
    tapParts: Math.ceil(runs.runs / taps),
    width,
    panelParts: Math.ceil(panels / width),
  };
}

/** Where a job keeps its table and its two copies. */
function places(cut: Cut, runs: Runs) {
  const line = (bytes: number) => Math.ceil(bytes / 64) * 64;
  const gradient = line(cut.block * tableRow(runs.runs));
  const input = gradient + cut.width * cut.block * cut.panel * 4;
  return { table: 0, gradient, input, end: input + line(cut.block * cut.channels * 4) };
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
  const copyGradient = defineGradientCopy(module, cut, rowBytes);
  const copyInput = defineInputCopy(module, runs, cut);
  const panel = definePanel(module, task, cut);
  const at = places(cut, runs);
  const tapBytes = cut.channels * cut.panel * 4;
  const panelBytes = runs.runs * tapBytes;

  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [first, windows, group, tap, taps, begin, width] = Array.from({ length: 7 }, local) as Locals;
    const [result, gradient, counter, each, table, copied, to] = Array.from({ length: 7 }, local) as Locals;
    const eachPanel = (body: Code): Code => [
      set(to, get(result)),
      repeat(each, get(width), [body, advance(to, panelBytes)]),
    ];
    return [
      set(tap, multiply(remainderUnsigned(get(job), i32(cut.tapParts)), i32(cut.taps))),
      set(taps, least(subtract(i32(runs.runs), get(tap)), cut.taps)),
      set(job, divideUnsigned(get(job), i32(cut.tapParts))),
      set(begin, multiply(remainderUnsigned(get(job), i32(cut.panelParts)), i32(cut.width))),
      set(width, least(subtract(i32(cut.panels), get(begin)), cut.width)),
      set(group, divideUnsigned(get(job), i32(cut.panelParts))),
      set(
        result,
        add(
          add(loadI32(get(operands), OPERANDS.output), multiply(get(tap), i32(tapBytes))),
          multiply(add(multiply(get(group), i32(cut.panels)), get(begin)), i32(panelBytes)),
        ),
      ),
      eachPanel(fill(get(to), i32(0), multiply(get(taps), i32(tapBytes)))),
      set(
        gradient,
        add(
          loadI32(get(operands), OPERANDS.second),
          multiply(add(multiply(get(group), i32(cut.filters)), multiply(get(begin), i32(cut.panel))), i32(4)),
        ),
      ),
      set(first, i32(0)),
      loop(
        [
          set(windows, least(subtract(i32(runs.windows), get(first)), cut.block)),
          call(
            gather,
            get(operands),
            get(first),
            get(windows),
            multiply(get(group), i32(cut.channels * 4)),
            get(workspace),
            i32(0),
          ),
          call(
            copyGradient,
            get(windows),
            get(begin),
            get(width),
            get(gradient),
            add(get(workspace), i32(at.gradient)),
          ),
          set(table, add(get(workspace), multiply(get(tap), i32(4)))),
          repeat(counter, get(taps), [
            call(copyInput, get(windows), get(table), add(get(workspace), i32(at.input))),
            set(copied, add(get(workspace), i32(at.gradient))),
            eachPanel([
              call(panel, get(windows), add(get(workspace), i32(at.input)), get(copied), get(to)),
              advance(copied, cut.block * cut.panel * 4),
            ]),
            advance(table, 4),
            advance(result, tapBytes),
          ]),
          set(result, subtract(get(result), multiply(get(taps), i32(tapBytes)))),
          advance(gradient, multiply(get(windows), i32(rowBytes))),
          set(first, add(get(first), get(windows))),
        ],
        lessSigned(get(first), i32(runs.windows)),
      ),
    ];
  });
}

type Locals = [Local, Local, Local, Local, Local, Local, Local];

function least(value: Code, most: number): Code {
  return select(lessSigned(value, i32(most)), value, i32(most));
}

/** copy(windows, first panel, panels, gradient, to): each panel's filters, the last filled up with zeros. */
function defineGradientCopy(module: Assembly, cut: Cut, rowBytes: number): number {
  const copy = (filters: number): number =>
    module.define(['i32', 'i32', 'i32'], (frame) => {
      const [windows, gradient, to] = frame.parameters as [Local, Local, Local];
      const vectors = Array.from({ length: cut.panel / 4 }, (_, j) => j);
      return repeat(windows, get(windows), [
        vectors.map((j) => {
          const lanes = filters - j * 4;
          return store(get(to), j * 16, lanes > 0 ? loadFirst(lanes, get(gradient), j * 16) : f32x4(0));
        }),
        advance(gradient, rowBytes),
        advance(to, cut.panel * 4),
      ]);
    });
  const over = cut.filters % cut.panel;
  const whole = copy(cut.panel);
  const rest = over > 0 ? copy(over) : undefined;
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [windows, first, panels, gradient, to] = frame.parameters as [Local, Local, Local, Local, Local];
    const args = [get(windows), get(gradient), get(to)];
    return repeat(panels, get(panels), [
      rest === undefined
        ? call(whole, ...args)
        : when(equal(get(first), i32(cut.panels - 1)), call(rest, ...args), call(whole, ...args)),
      advance(first, 1),
      advance(gradient, cut.panel * 4),
      advance(to, cut.block * cut.panel * 4),
    ]);
  });
}

/** copy(windows, table, to): the channels under one tap, [tile][window][row]. */
function defineInputCopy(module: Assembly, runs: Runs, cut: Cut): number {
  const { full, rest } = cutRows(cut.channels, cut.rows);
  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [windows, table, to] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [counter, each, channel, row, at] = Array.from({ length: 5 }, local) as [
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const value = frame.local('v128');
    const move = (from: number, lanes: number): Code => [
      set(value, loadFirst(lanes, get(at), from * 4)),
      storeFirst(lanes, get(to), from * 4, get(value)),
    ];
    const next = (rows: number): Code => [
      set(row, get(table)),
      repeat(each, get(windows), [
        set(at, add(loadI32(get(row)), get(channel))),
        move(0, rows),
        rows > 4 ? move(4, rows - 4) : [],
        advance(row, tableRow(runs.runs)),
        advance(to, rows * 4),
      ]),
      advance(channel, rows * 4),
    ];
    return [set(channel, i32(0)), full === 0 ? [] : repeat(counter, full, next(cut.rows)), rest.map(next)];
  });
}

/** panel(windows, input, gradient, result): all channels of a tap with the filters of a panel. */
function definePanel(module: Assembly, task: Task, cut: Cut): number {
  const { full, rest } = cutRows(cut.channels, cut.rows);
  const heights = [...new Set([...(full > 0 ? [cut.rows] : []), ...rest])];
  const tiles = new Map(heights.map((rows) => [rows, defineTile(module, task, cut, rows)]));
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [windows, input, gradient, result] = frame.parameters as [Local, Local, Local, Local];
    const next = (rows: number): Code => [
      call(tiles.get(rows) as number, get(windows), get(input), get(gradient), get(result)),
      advance(input, multiply(get(windows), i32(rows * 4))),
      advance(result, rows * cut.panel * 4),
    ];
    return [full === 0 ? [] : repeat(frame.local('i32'), full, next(cut.rows)), rest.map(next)];
  });
}

/** tile(windows, input, gradient, result): result += input^T * gradient. */
function defineTile(module: Assembly, { machine }: Task, cut: Cut, rows: number): number {
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [windows, input, gradient, result] = frame.parameters as [Local, Local, Local, Local];
    const vectors = cut.panel / 4;
    const vector = () => frame.local('v128');
    const sums = Array.from({ length: rows }, () => Array.from({ length: vectors }, vector));
    const values = Array.from({ length: vectors }, vector);
    const splatted = vector();
    const step = (window: number): Code => [
      values.map((b, j) => set(b, load(get(gradient), (window * cut.panel + j * 4) * 4))),
      sums.map((row, r) => [
        set(splatted, loadSplat(get(input), (window * rows + r) * 4)),
        row.map((sum, j) => set(sum, machine.multiplyAdd(get(splatted), get(values[j] as Local), get(sum)))),
      ]),
    ];
    const next = (count: number): Code => [
      Array.from({ length: count }, (_, window) => step(window)),
      advance(input, count * rows * 4),
      advance(gradient, count * cut.panel * 4),
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
