// Depthwise convolution where columns lie side by side (N, C, then sizes): filter by filter, plane by plane, strip by strip.
//
//   job -> a band of rows, a range of filters, a plane, a batch item
//     for each filter
//       rows of a stride are cut into phases, if that helps and fits       (phases-first.ts)
//       for each run of column blocks: strip                               (depthwise-strip.ts)
//
// Packed: for each filter its bias, then its taps. Tables: for each plane input bytes, output bytes, taps, weight bytes; then
// the lines of depthwise-strip.ts.

import { out } from '../../geometry/index.ts';
import type { WeightOperand } from '../operands.ts';
import { type Assembly, assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  countUp,
  divideUnsigned,
  get,
  i32,
  type Local,
  lessSigned,
  loadI32,
  multiply,
  remainderUnsigned,
  select,
  set,
  subtract,
} from './code.ts';
import { defineStrip, LINE, type StripSource } from './depthwise-strip.ts';
import { tapOffsets } from './gemm.ts';
import { definePhases, MOST_PHASES, type PhasedRow, phasedLayout, phasedRow } from './phases-first.ts';
import { OPERANDS, type Program, type Task, WORKSPACE } from './program.ts';
import { LEAD, MASKS, plainRow } from './rows-first.ts';
import { blocks, type Cut, lastThree, stepsOf, type Window, windowOf } from './sliding.ts';
import { type RowGroup, rowGroups } from './walk.ts';

/** Multiply-adds of a job: at least, at most; and how many jobs there should be. */
const [LEAST, MOST, JOBS] = [2 ** 18, 2 ** 21, 16];
/** Multiply-adds that may be written out, in vectors: about 10 bytes of code each. */
const WRITTEN = 3000;
/** Bytes of a plane in the table. */
const PLANE = 16;

/** What is emitted and what it is told. */
interface Scheme {
  /** Rows inside at a time, 0 for none. */
  readonly rows: number;
  readonly width: number;
  readonly columns: Cut;
  readonly inside: readonly RowGroup[];
  readonly lines: readonly RowGroup[];
  readonly planes: readonly Window[];
  readonly phased: PhasedRow | null;
  readonly taps: number;
  /** Filters of a job, bands of rows. */
  readonly filters: number;
  readonly bands: number;
}

/** Whether the code for a task is of a reasonable size. */
export function suitsDepthwiseFirst(task: Task): boolean {
  return schemeOf(task) !== null;
}

/** The program of a depthwise convolution of zero fill, inputDilation 1, columns side by side. */
export function depthwiseFirst(task: Task): Program {
  const { geometry, machine } = task;
  const scheme = schemeOf(task);
  if (scheme === null) throw new Error('the code would be too large');
  const module = assemble(machine);
  module.expose('run', defineRun(module, task, scheme));
  const kernel = geometry.axes.map((one) => one.kernel).join('x');
  return {
    name: `depthwise_f32_k${kernel}_rows${Math.max(1, scheme.rows)}x${scheme.width}`,
    bytes: module.bytes(),
    jobs: geometry.batch * scheme.planes.length * Math.ceil(geometry.filters / scheme.filters) * scheme.bands,
    workspace: MASKS + (scheme.phased === null ? 0 : phasedBytes(task, scheme.phased)),
    tables: tablesOf(task, scheme),
    packed: geometry.filters * (scheme.taps + 1),
    pack: (into, weight, bias) => pack(task, into, weight as WeightOperand, bias),
  };
}

function schemeOf(task: Task): Scheme | null {
  const { geometry, machine } = task;
  const [z, y, x] = lastThree(geometry.axes);
  const taps = geometry.axes.reduce((product, one) => product * one.kernel, 1);
  for (const [rows, width] of machine.wide ? WIDE_TILES : TILES) {
    const outs = out(x);
    const columns = blocks(x, width, machine.wide && outs >= 16 ? 8 : 4, machine.wide && outs >= 16);
    const reads = columns.variants.reduce((sum, one) => sum + one.reads.length, 0) / 4;
    if (reads * (1 + rows * y.kernel) > WRITTEN) continue;
    const groups = rowGroups(y, rows);
    const inside = groups.filter((one) => one.kind === 1);
    const lines = groups.filter((one) => one.kind === 0);
    const phasedColumns = phasedRow(x.size, x.stride);
    const phased =
      x.stride > 1 &&
      x.stride <= MOST_PHASES &&
      x.kernel > (machine.wide ? x.stride : Math.max(3, x.stride)) &&
      phasedBytes(task, phasedColumns) + MASKS <= WORKSPACE
        ? phasedColumns
        : null;
    const work = out(y) * out(x) * taps;
    const all = work * geometry.filters * out(z) * geometry.batch;
    const job = Math.min(MOST, Math.max(LEAST, all / JOBS));
    const filters = Math.max(1, Math.min(geometry.filters, Math.round(job / work)));
    const bands = Math.max(1, Math.min(Math.max(inside.length, lines.length), Math.round(work / job)));
    const planes = Array.from({ length: out(z) }, (_, o) => windowOf(z, o));
    return {
      rows: inside.length === 0 ? 0 : rows,
      width,
      columns,
      inside,
      lines,
      planes,
      phased,
      taps,
      filters,
      bands: phased === null ? bands : 1,
    };
  }
  return null;
}

/** Rows at a time and outputs in a row, the best first: 8 sums of the widest vectors. */
const TILES = [
  [2, 16],
  [0, 32],
  [0, 16],
  [0, 4],
] as const;
const WIDE_TILES = [
  [2, 32],
  [0, 64],
  [0, 16],
  [0, 8],
] as const;

/** Bytes of the planes that a window reads, in phases. */
function phasedBytes({ geometry }: Task, { row }: PhasedRow): number {
  const [z, y] = lastThree(geometry.axes);
  return 2 * LEAD + Math.min(z.kernel, z.size) * y.size * row;
}

function tablesOf(task: Task, { planes, lines, phased }: Scheme): Int32Array {
  const [, y, x] = lastThree(task.geometry.axes);
  const [plane, row] = stepsOf(task.input);
  const [outPlane, outRow] = stepsOf(task.output);
  return Int32Array.from([
    ...planes.flatMap((one, o) => [
      one.element * plane,
      o * outPlane,
      one.taps,
      one.tap * y.kernel * x.kernel * 4,
    ]),
    ...lines.flatMap(({ window, out: o }) => [
      window.element * (phased?.row ?? row),
      o * outRow,
      4 + window.tap * x.kernel * 4,
      window.taps,
    ]),
  ]);
}

/** run(operands, job, workspace) */
function defineRun(module: Assembly, task: Task, scheme: Scheme): number {
  const { geometry } = task;
  const { columns, inside, lines, planes, phased, taps, bands } = scheme;
  const [z, y, x] = lastThree(geometry.axes);
  const [plane, row, column] = stepsOf(task.input);
  const [, outRow, outColumn] = stepsOf(task.output);
  const source = (first: number): StripSource =>
    phased === null
      ? { plane: z.dilation * plane, row, step: x.stride * column, layout: plainRow(x.stride) }
      : {
          plane: y.size * phased.row,
          row: phased.row,
          step: 4,
          layout: phasedLayout(phased, first % x.stride),
        };
  const rowBytes = phased?.row ?? row;
  const cutPhases = phased === null ? null : definePhases(module, phased, row);
  const strips = columns.variants.map((block, variant) => {
    const first = columns.runs.find((one) => one.variant === variant)?.element ?? 0;
    return defineStrip(module, task, { block, rows: scheme.rows, source: source(first) });
  });
  const place = (element: number) =>
    phased === null ? element * column : Math.floor(element / x.stride) * 4;
  const weightBytes = (taps + 1) * 4;
  const multiplier = geometry.filters / geometry.channels;
  const [firstInside] = inside;

  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [filter, end, table, band, input, output, weights] = [
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
    ];
    const [group, groups, line, lineCount, channel, phases] = [
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
    ];
    const next = (count: number, into: Local): Code => [
      set(into, remainderUnsigned(get(job), i32(count))),
      set(job, divideUnsigned(get(job), i32(count))),
    ];
    /** The part of `count` that the band has: its start, and how many. */
    const share = (count: number, from: Local, many: Local): Code => [
      set(from, divideUnsigned(multiply(get(band), i32(count)), i32(bands))),
      set(
        many,
        subtract(divideUnsigned(multiply(add(get(band), i32(1)), i32(count)), i32(bands)), get(from)),
      ),
    ];
    const item = (operand: number, offset: number, step: number): Code =>
      add(
        add(loadI32(get(operands), operand), loadI32(get(table), offset)),
        multiply(get(job), i32(step * 4)),
      );
    const channelOf: Code = multiplier === 1 ? get(filter) : divideUnsigned(get(filter), i32(multiplier));
    return [
      next(bands, band),
      next(Math.ceil(geometry.filters / scheme.filters), filter),
      next(planes.length, table),
      set(table, add(loadI32(get(operands), OPERANDS.tables), multiply(get(table), i32(PLANE)))),
      set(filter, multiply(get(filter), i32(scheme.filters))),
      set(end, add(get(filter), i32(scheme.filters))),
      set(end, select(lessSigned(get(end), i32(geometry.filters)), get(end), i32(geometry.filters))),
      share(inside.length, group, groups),
      share(lines.length, line, lineCount),
      set(
        line,
        add(
          add(loadI32(get(operands), OPERANDS.tables), i32(planes.length * PLANE)),
          multiply(get(line), i32(LINE)),
        ),
      ),
      set(input, item(OPERANDS.input, 0, task.input.n)),
      set(
        output,
        add(item(OPERANDS.output, 4, task.output.n), multiply(get(filter), i32(task.output.c * 4))),
      ),
      set(weights, add(loadI32(get(operands), OPERANDS.weights), multiply(get(filter), i32(weightBytes)))),
      countUp(filter, get(filter), get(end), 1, [
        set(channel, add(get(input), multiply(channelOf, i32(task.input.c * 4)))),
        cutPhases === null
          ? []
          : [
              set(phases, add(get(workspace), i32(MASKS + LEAD))),
              cutPlanes(
                frame,
                cutPhases,
                { channel, phases, table },
                z.kernel > 1 ? z.dilation * plane : null,
                y.size,
                rowBytes,
              ),
            ],
        columns.runs.map((one) =>
          call(
            strips[one.variant] as number,
            add(get(cutPhases === null ? channel : phases), i32(place(one.element))),
            add(get(output), i32(one.out * outColumn)),
            get(weights),
            loadI32(get(table), 8),
            loadI32(get(table), 12),
            i32(one.blocks),
            get(groups),
            add(
              multiply(get(group), i32(scheme.rows * y.stride * rowBytes)),
              i32((firstInside?.window.element ?? 0) * rowBytes),
            ),
            add(multiply(get(group), i32(scheme.rows * outRow)), i32((firstInside?.out ?? 0) * outRow)),
            get(line),
            get(lineCount),
            get(workspace),
          ),
        ),
        advance(output, task.output.c * 4),
        advance(weights, weightBytes),
      ]),
    ];
  });
}

/** Cuts the planes that the job's windows read, one after another; a strip then finds them a plane of phases apart. */
function cutPlanes(
  frame: { local(type: 'i32'): Local },
  cut: number,
  at: { readonly channel: Local; readonly phases: Local; readonly table: Local },
  planeStep: number | null,
  rows: number,
  rowBytes: number,
): Code {
  if (planeStep === null) return call(cut, get(at.channel), get(at.phases), i32(rows));
  const [from, to, end] = [frame.local('i32'), frame.local('i32'), frame.local('i32')];
  return [
    set(from, get(at.channel)),
    set(end, add(get(at.phases), multiply(loadI32(get(at.table), 8), i32(rows * rowBytes)))),
    countUp(to, get(at.phases), get(end), rows * rowBytes, [
      call(cut, get(from), get(to), i32(rows)),
      advance(from, planeStep),
    ]),
  ];
}

function pack(
  { geometry }: Task,
  into: Float32Array,
  { data, offset, strides }: WeightOperand,
  bias: (filter: number) => number,
): void {
  const offsets = tapOffsets(geometry, strides.k);
  const multiplier = geometry.filters / geometry.channels;
  let to = 0;
  for (let f = 0; f < geometry.filters; f++) {
    into[to++] = bias(f);
    const from = offset + Math.floor(f / multiplier) * strides.g + (f % multiplier) * strides.o;
    for (const tap of offsets) into[to++] = data[from + tap] as number;
  }
}
