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
import { assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  divideUnsigned,
  get,
  i32,
  type Local,
  lessSigned,
  loadI32,
  loop,
  multiply,
  remainderUnsigned,
  select,
  set,
  subtract,
  when,
} from './code.ts';
import { defineGather, patchBytes, type Runs, runsOf } from './gather.ts';
import { OPERANDS, type Program, type Task } from './program.ts';
import { defineTile, tableRow } from './tile.ts';

/** Rows of the tile. */
export const ROWS = 6;

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
  /** Windows of a block, and blocks. */
  readonly block: number;
  readonly blocks: number;
  /** Panels of a job, and parts into which a group's panels are cut. */
  readonly part: number;
  readonly parts: number;
}

/** The program of a convolution whose channels lie side by side; inputDilation 1, zero or copied fills. */
export function gemm(task: Task): Program {
  const { geometry, machine } = task;
  const runs = runsOf(task);
  const cut = schedule(geometry, runs, machine.wide);
  const module = assemble(machine);
  module.expose('run', defineRun(module, task, runs, cut));
  const depth = runs.runs * runs.length;
  return {
    name: `gemm_f32_${ROWS}x${cut.panel}`,
    bytes: module.bytes(),
    jobs: cut.blocks * geometry.groups * cut.parts,
    workspace: align(cut.block * tableRow(runs.runs)) + patchBytes(runs, cut.block),
    tables: runs.tables,
    packed: geometry.groups * (depth + 1) * packedFilters(cut),
    pack: (into, weight, bias) => pack(geometry, cut, into, weight as WeightOperand, bias),
  };
}

function schedule(of: Geometry, runs: Runs, wide: boolean): Schedule {
  const filters = of.filters / of.groups;
  const panel = filters <= 4 ? 4 : wide && filters > 8 ? 16 : 8;
  const panels = Math.ceil(filters / panel);
  const most = Math.max(
    ROWS,
    Math.min(BLOCK, ROWS * Math.floor(2 ** 19 / (tableRow(runs.runs) + patchBytes(runs, 1)) / ROWS)),
  );
  const block = Math.min(runs.windows, most);
  const blocks = Math.ceil(runs.windows / block);
  const work = runs.runs * runs.length * panel * block;
  const part = Math.min(panels, Math.max(1, Math.ceil(JOB / work)));
  return { panel, filters, panels, block, blocks, part, parts: Math.ceil(panels / part) };
}

/** Filters of a group as they are packed: the last panel is filled up to whole vectors. */
function packedFilters(of: Schedule): number {
  return Math.ceil(of.filters / 4) * 4;
}

function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

/** run(operands, job, workspace); jobs go through the blocks of a part before they go to the next part. */
function defineRun(module: ReturnType<typeof assemble>, task: Task, runs: Runs, cut: Schedule): number {
  const { geometry, activation, machine, input, output } = task;
  const gather = defineGather(module, task, runs);
  const depth = runs.runs * runs.length;
  const panelBytes = (depth + 1) * cut.panel * 4;
  const groupBytes = (depth + 1) * packedFilters(cut) * 4;
  const tile = (rows: number, filters: number) =>
    defineTile(module, {
      rows,
      vectors: Math.ceil(filters / 4),
      lastLanes: filters % 4 === 0 ? 4 : filters % 4,
      runs: runs.runs,
      length: runs.length,
      activation,
      multiplyAdd: machine.multiplyAdd,
    });
  /** Calls tiles for `windows` rows of the table, filters of one panel. */
  const definePanel = (filters: number) => {
    const blocks = new Set([cut.block, runs.windows - (cut.blocks - 1) * cut.block]);
    const rests = new Map([...blocks].map((windows) => [windows, cutRows(windows)]));
    const heights = new Set(
      [...rests.values()].flatMap(({ full, rest }) => (full > 0 ? [ROWS, ...rest] : rest)),
    );
    const tiles = new Map([...heights].map((rows) => [rows, tile(rows, filters)]));
    return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
      const [windows, table, weights, column] = frame.parameters as [Local, Local, Local, Local];
      const counter = frame.local('i32');
      const next = (rows: number): Code => [
        call(tiles.get(rows) as number, get(table), get(weights), get(column)),
        advance(table, rows * tableRow(runs.runs)),
      ];
      const forBlock = ({ full, rest }: ReturnType<typeof cutRows>): Code => [
        full === 0 ? [] : [set(counter, i32(full)), loop([next(ROWS), advance(counter, -1)], get(counter))],
        rest.map(next),
      ];
      const [[, usual], last] = [...rests] as [
        [number, ReturnType<typeof cutRows>],
        [number, ReturnType<typeof cutRows>]?,
      ];
      if (last === undefined) return forBlock(usual);
      return when(lessSigned(get(windows), i32(cut.block)), forBlock(last[1]), forBlock(usual));
    });
  };
  const whole = cut.panel > cut.filters ? undefined : definePanel(cut.panel);
  const over = cut.filters % cut.panel;
  const partial = over === 0 ? undefined : definePanel(over);

  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [first, windows, group, panel, end, weights, column] = [
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
    ];
    const channels = geometry.channels / geometry.groups;
    const args = [get(windows), get(workspace), get(weights), get(column)] as const;
    const onePanel: Code =
      whole === undefined
        ? call(partial as number, ...args)
        : partial === undefined
          ? call(whole, ...args)
          : when(lessSigned(get(panel), i32(cut.panels - 1)), call(whole, ...args), call(partial, ...args));
    return [
      set(first, multiply(remainderUnsigned(get(job), i32(cut.blocks)), i32(cut.block))),
      set(windows, subtract(i32(runs.windows), get(first))),
      set(windows, select(lessSigned(get(windows), i32(cut.block)), get(windows), i32(cut.block))),
      set(job, divideUnsigned(get(job), i32(cut.blocks))),
      set(group, divideUnsigned(get(job), i32(cut.parts))),
      set(panel, multiply(remainderUnsigned(get(job), i32(cut.parts)), i32(cut.part))),
      set(end, add(get(panel), i32(cut.part))),
      set(end, select(lessSigned(get(end), i32(cut.panels)), get(end), i32(cut.panels))),
      call(
        gather,
        get(operands),
        get(first),
        get(windows),
        multiply(get(group), i32(channels * input.c * 4)),
        get(workspace),
        add(get(workspace), i32(align(cut.block * tableRow(runs.runs)))),
      ),
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
      loop(
        [onePanel, advance(weights, panelBytes), advance(column, cut.panel * 4), advance(panel, 1)],
        lessSigned(get(panel), get(end)),
      ),
    ];
  });
}

/** Windows as tiles of six and at most two smaller ones, none of them with one or two rows if that can be. */
export function cutRows(windows: number): { readonly full: number; readonly rest: readonly number[] } {
  const full = Math.floor(windows / ROWS);
  const rest = windows % ROWS;
  if (rest === 0) return { full, rest: [] };
  if (rest > 2 || full === 0) return { full, rest: [rest] };
  const both = ROWS + rest;
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
