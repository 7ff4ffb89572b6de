// Convolution as matrix multiplication without the matrix: windows times filters, summed over the taps and channels of a
// window, which are read where they lie (gather.ts) by a tile of registers (tile.ts). It computes every convolution whose
// channels lie side by side and whose input has no holes.
//
//   for each block of windows, group and part of the filters (a job)
//     gather: the table of the block
//     for each panel of filters (8, or 16 in wide)           its weights stay in the first cache
//       for each 6 windows                                   6 x panel sums in registers
//
// Weights are packed [group][panel][bias, then run, k][filter of the panel].

import type { Geometry } from '../../geometry/index.ts';
import type { WeightOperand } from '../operands.ts';
import { type Assembly, assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  divideUnsigned,
  equal,
  get,
  i32,
  type Local,
  lessSigned,
  loadI32,
  multiply,
  remainderUnsigned,
  repeat,
  select,
  set,
  subtract,
  when,
} from './code.ts';
import { defineGather, patchBytes, type Runs, runsOf } from './gather.ts';
import { type Machine, OPERANDS, type Program, type Task } from './program.ts';
import { defineTile, tableRow, tileRows } from './tile.ts';

/** The most windows in a block. */
const BLOCK = 96;
/** Multiply-adds that make a job worth its while. */
const JOB = 2 ** 20;

/** How the work is cut. */
interface Schedule {
  /** Filters of a panel, in all of a group, and panels of a group. */
  readonly panel: number;
  readonly filters: number;
  readonly panels: number;
  /** Rows of a tile. */
  readonly rows: number;
  /** Windows of a block, and blocks. */
  readonly block: number;
  readonly blocks: number;
  /** Panels of a job, and parts into which all groups' panels are cut. */
  readonly part: number;
  readonly parts: number;
}

/** The program of a convolution whose channels lie side by side; inputDilation 1, zero or copied fills. */
export function gemm(task: Task): Program {
  const { geometry, machine } = task;
  const runs = runsOf(task);
  const cut = schedule(geometry, runs, machine);
  const module = assemble(machine);
  module.expose('run', defineRun(module, task, runs, cut));
  const depth = runs.runs * runs.length;
  return {
    name: `gemm_f32_${cut.rows}x${cut.panel}`,
    bytes: module.bytes(),
    jobs: cut.blocks * cut.parts,
    workspace: align(cut.block * tableRow(runs.runs)) + patchBytes(runs, cut.block),
    tables: runs.tables,
    packed: geometry.groups * (depth + 1) * packedFilters(cut),
    pack: (into, weight, bias) => pack(geometry, cut, into, weight as WeightOperand, bias),
  };
}

function schedule(of: Geometry, runs: Runs, machine: Machine): Schedule {
  const filters = of.filters / of.groups;
  const panel = filters <= 4 ? 4 : machine.wide && filters > 8 ? 16 : 8;
  const panels = Math.ceil(filters / panel);
  // One vector needs more rows to keep the multipliers busy.
  const rows = panel === 4 ? 8 : tileRows(machine);
  const most = Math.floor(2 ** 19 / (tableRow(runs.runs) + patchBytes(runs, 1)));
  const block = Math.min(runs.windows, Math.max(1, Math.min(BLOCK, rows * Math.floor(most / rows))));
  const work = runs.runs * runs.length * Math.min(panel, filters) * block;
  const part = Math.min(panels * of.groups, Math.max(1, Math.ceil(JOB / work)));
  return {
    panel,
    filters,
    panels,
    rows,
    block,
    blocks: Math.ceil(runs.windows / block),
    part,
    parts: Math.ceil((panels * of.groups) / part),
  };
}

/** Filters of a group as they are packed: the last panel is filled up to whole vectors. */
function packedFilters(of: Schedule): number {
  return Math.ceil(of.filters / 4) * 4;
}

function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** run(operands, job, workspace); jobs go through the blocks of a part before they go to the next part. */
function defineRun(module: Assembly, task: Task, runs: Runs, cut: Schedule): number {
  const { geometry, input, output } = task;
  const gather = defineGather(module, task, runs);
  const floats = runs.runs * runs.length + 1;
  const over = cut.filters % cut.panel;
  const whole = cut.panel > cut.filters ? undefined : definePanel(module, task, runs, cut, cut.panel);
  const partial = over === 0 ? undefined : definePanel(module, task, runs, cut, over);
  const panelBytes = floats * cut.panel * 4;
  const groupBytes = floats * packedFilters(cut) * 4;
  const channelBytes = (geometry.channels / geometry.groups) * input.c * 4;

  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [first, windows, panel, end, group] = [local(), local(), local(), local(), local()];
    const [weights, column, channel] = [local(), local(), local()];
    const args = [get(windows), get(workspace), get(weights), get(column), get(channel)] as const;
    const patches = align(cut.block * tableRow(runs.runs));
    const nextGroup: Code = geometry.groups === 1 ? [] : [set(panel, i32(0)), advance(channel, channelBytes)];
    const wholePanel: Code = [
      whole === undefined ? [] : call(whole, ...args),
      advance(weights, panelBytes),
      advance(column, cut.panel * output.c * 4),
      advance(panel, 1),
      partial === undefined && geometry.groups > 1 ? when(equal(get(panel), i32(cut.panels)), nextGroup) : [],
    ];
    const lastPanel: Code = [
      partial === undefined ? [] : call(partial, ...args),
      advance(weights, groupBytes - (cut.panels - 1) * panelBytes),
      advance(column, over * output.c * 4),
      nextGroup,
    ];
    const onePanel: Code =
      whole === undefined
        ? lastPanel
        : partial === undefined
          ? wholePanel
          : when(equal(get(panel), i32(cut.panels - 1)), lastPanel, wholePanel);
    return [
      set(first, multiply(remainderUnsigned(get(job), i32(cut.blocks)), i32(cut.block))),
      set(windows, least(subtract(i32(runs.windows), get(first)), cut.block)),
      call(
        gather,
        get(operands),
        get(first),
        get(windows),
        i32(0),
        get(workspace),
        add(get(workspace), i32(patches)),
      ),
      // From here on panels are counted over all groups; `end` is how many this job has.
      set(panel, multiply(divideUnsigned(get(job), i32(cut.blocks)), i32(cut.part))),
      set(end, least(subtract(i32(cut.panels * geometry.groups), get(panel)), cut.part)),
      set(group, divideUnsigned(get(panel), i32(cut.panels))),
      set(panel, remainderUnsigned(get(panel), i32(cut.panels))),
      set(
        weights,
        add(
          loadI32(get(operands), OPERANDS.weights),
          add(multiply(get(group), i32(groupBytes)), multiply(get(panel), i32(panelBytes))),
        ),
      ),
      set(
        column,
        multiply(
          add(multiply(get(group), i32(cut.filters)), multiply(get(panel), i32(cut.panel))),
          i32(output.c * 4),
        ),
      ),
      set(channel, multiply(get(group), i32(channelBytes))),
      repeat(end, get(end), onePanel),
    ];
  });
}

function least(value: Code, most: number): Code {
  return select(lessSigned(value, i32(most)), value, i32(most));
}

/** panel(windows, table, weights, column, channel): the tiles of one panel, so many of its filters there. */
function definePanel(module: Assembly, task: Task, runs: Runs, cut: Schedule, filters: number): number {
  const blocks = [cut.block, runs.windows - (cut.blocks - 1) * cut.block];
  const [usual, last] = blocks.map((windows) => cutRows(windows, cut.rows)) as [Rows, Rows];
  const heights = [usual, last].flatMap(({ full, rest }) => (full > 0 ? [cut.rows, ...rest] : rest));
  const tiles = new Map(
    [...new Set(heights)].map((rows) => [
      rows,
      defineTile(module, {
        rows,
        vectors: Math.ceil(filters / 4),
        lastLanes: filters % 4 === 0 ? 4 : filters % 4,
        grouped: task.geometry.groups > 1,
        runs: runs.runs,
        length: runs.length,
        activation: task.activation,
        machine: task.machine,
      }),
    ]),
  );
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [windows, table, ...rest] = frame.parameters as Local[] as [Local, Local, ...Local[]];
    const counter = frame.local('i32');
    const next = (rows: number): Code => [
      call(tiles.get(rows) as number, get(table), ...rest.map(get)),
      advance(table, rows * tableRow(runs.runs)),
    ];
    const forBlock = (of: Rows): Code => [
      of.full === 0 ? [] : repeat(counter, of.full, next(cut.rows)),
      of.rest.map(next),
    ];
    if (blocks[0] === blocks[1]) return forBlock(usual);
    return when(lessSigned(get(windows), i32(cut.block)), forBlock(last), forBlock(usual));
  });
}

/** A number of rows as whole tiles and what is left. */
interface Rows {
  readonly full: number;
  readonly rest: readonly number[];
}

/** Rows as whole tiles and at most two smaller ones, none of them of one or two rows if that can be. */
export function cutRows(count: number, rows: number): Rows {
  const full = Math.floor(count / rows);
  const rest = count % rows;
  if (rest === 0) return { full, rest: [] };
  if (rest > 2 || full === 0) return { full, rest: [rest] };
  const both = rows + rest;
  return { full: full - 1, rest: [Math.ceil(both / 2), Math.floor(both / 2)] };
}

function pack(
  of: Geometry,
  cut: Schedule,
  into: Float32Array,
  { data, offset, strides }: WeightOperand,
  bias: (filter: number) => number,
): void {
  const channels = of.channels / of.groups;
  const taps = tapOffsets(of, strides.k);
  let to = 0;
  for (let g = 0; g < of.groups; g++) {
    for (let first = 0; first < cut.filters; first += cut.panel) {
      const lanes = Math.min(cut.panel, cut.filters - first);
      const width = Math.min(cut.panel, packedFilters(cut) - first);
      for (let lane = 0; lane < lanes; lane++) into[to + lane] = bias(g * cut.filters + first + lane);
      to += width;
      const base = offset + g * strides.g + first * strides.o;
      for (const tap of taps) {
        for (let c = 0; c < channels; c++) {
          const from = base + tap + c * strides.i;
          for (let lane = 0; lane < lanes; lane++) into[to + lane] = data[from + lane * strides.o] as number;
          to += width;
        }
      }
    }
  }
}

/** Steps from a kernel's start to each of its taps in the order in which windows are read. */
export function tapOffsets(of: Geometry, steps: readonly number[]): number[] {
  return of.axes.reduce<number[]>(
    (all, one, i) =>
      all.flatMap((before) =>
        Array.from(
          { length: one.kernel },
          (_, tap) => before + (of.flip ? one.kernel - 1 - tap : tap) * (steps[i] as number),
        ),
      ),
    [0],
  );
}
