// Maxima and averages where columns lie side by side (N, C, then sizes), row by row of the output, in two steps:
//
//   down    each column folded over the tap rows inside the input       -> a row in the workspace, pads around it
//   across  for each four outputs, under each tap: fold of what lies stride apart in that row, divided
//
//   |pads| column folds of one row | pads|       pads hold what leaves a fold alone, and are written once a job
//
// So a window of k x l takes k + l folds, and no border has code of its own. Both steps are functions of pairs of vectors in
// wide, so the last few columns and outputs are done by functions of their own; columns are folded up to seven beyond a row,
// which reads up to 28 bytes after the input, and what they leave in the pads is written over.
//
// Tables: for each plane and then each row of the output: input bytes, output bytes, taps, counted positions; then for each
// output of a row what it counts, as floats.

import { extent, out } from '../../geometry/index.ts';
import { type Assembly, assemble, type Frame } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  countUp,
  divided,
  divideUnsigned,
  f32x4,
  get,
  i32,
  type Local,
  lessSigned,
  load,
  loadI32,
  loadLane,
  loadOne,
  multiply,
  remainderUnsigned,
  repeat,
  select,
  set,
  shuffle,
  splatI32,
  store,
  storeFirst,
  times,
  toFloats,
  when,
} from './code.ts';
import { activated } from './epilogue.ts';
import { foldOf } from './pool-block.ts';
import { OPERANDS, type Program, type Task, WORKSPACE } from './program.ts';
import { lastThree, stepsOf, windowOf } from './sliding.ts';

/** Elements folded by a job: at least, at most; and how many jobs there should be. */
const [LEAST, MOST, JOBS] = [2 ** 18, 2 ** 21, 16];
/** Vectors folded together, down and across. */
const [TOGETHER, ACROSS] = [8, 4];
/** Rows folded down before any is folded across: a load soon after stores to parts of it waits for them. */
const BATCH = 8;
/** Bytes of a plane or row in the tables. */
const ENTRY = 16;
/** Taps across that are written out. */
const WRITTEN = 32;

/** The row in the workspace. */
interface FoldedRow {
  /** Bytes of the pads before it, of its columns and of all. */
  readonly before: number;
  readonly columns: number;
  readonly bytes: number;
  /** How many there are. */
  readonly rows: number;
}

function foldedRow({ geometry }: Task): FoldedRow {
  const x = lastThree(geometry.axes)[2];
  const round = (columns: number) => Math.ceil(Math.max(0, columns) / 4) * 16;
  const last = (out(x) - 1) * x.stride - x.before + extent(x);
  // Vectors read and write a little beyond what counts.
  const before = round(x.before) + 64;
  const bytes = before + round(Math.max(x.size, last)) + 128 + 16 * x.stride;
  return {
    before,
    columns: x.size * 4,
    bytes,
    rows: Math.max(1, Math.min(BATCH, Math.floor(WORKSPACE / bytes))),
  };
}

/** Whether a row fits into the workspace. */
export function suitsPoolFirst(task: Task): boolean {
  return foldedRow(task).bytes <= WORKSPACE;
}

/** The program of a maximum or average of its own fill, columns side by side. */
export function poolFirst(task: Task): Program {
  const { geometry, machine } = task;
  const [z, y, x] = lastThree(geometry.axes);
  const row = foldedRow(task);
  const [planeStep, rowStep] = stepsOf(task.input);
  const [outPlane, outRow] = stepsOf(task.output);
  const counted = (of: typeof x, o: number) => {
    const window = windowOf(of, o);
    return geometry.divisor === 'real' ? window.taps : window.counted;
  };
  const entries = (of: typeof x, step: number, outStep: number) =>
    Array.from({ length: out(of) }, (_, o) => {
      const window = windowOf(of, o);
      return [window.element * step, o * outStep, window.taps, counted(of, o)];
    }).flat();
  const columns = new Int32Array(
    Float32Array.from({ length: Math.ceil(out(x) / 4) * 4 + 4 }, (_, o) => (o < out(x) ? counted(x, o) : 1))
      .buffer,
  );
  const tables = Int32Array.from([
    ...entries(z, planeStep, outPlane),
    ...entries(y, rowStep, outRow),
    ...columns,
  ]);
  const taps = geometry.axes.reduce((product, one) => product * one.kernel, 1);
  const work = out(y) * out(x) * taps;
  const job = Math.min(MOST, Math.max(LEAST, (work * geometry.channels * out(z) * geometry.batch) / JOBS));
  const each = Math.max(1, Math.min(geometry.channels, Math.round(job / work)));
  const bands = Math.max(1, Math.min(out(y), Math.round(work / job)));
  const parts = Math.ceil(geometry.channels / each);
  const module = assemble(machine);
  const down = defineDown(module, task, row);
  const across = defineAcross(module, task);
  const cut = { each, bands, parts, columnsAt: (out(z) + out(y)) * ENTRY };
  module.expose('run', defineRun(module, task, row, { down, across }, cut));
  return {
    name: `${geometry.operation}_f32_k${geometry.axes.map((one) => one.kernel).join('x')}_rows`,
    bytes: module.bytes(),
    jobs: geometry.batch * out(z) * parts * bands,
    workspace: row.bytes * row.rows,
    tables,
    packed: 0,
    pack: () => undefined,
  };
}

/** down(input, rows, planes, to): folds the columns of a row's windows. */
function defineDown(module: Assembly, task: Task, { columns }: FoldedRow): number {
  const [z, y] = lastThree(task.geometry.axes);
  const [plane, row] = stepsOf(task.input);
  const fold = foldOf(task.geometry);
  const vectors = Math.ceil(columns / 16);
  const even = task.machine.wide ? Math.ceil(vectors / 2) * 2 : vectors;
  return module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
    const [input, rows, planes, to] = frame.parameters as [Local, Local, Local, Local];
    const all = Array.from({ length: Math.min(even, TOGETHER) }, () => frame.local('v128'));
    const [at, from, count] = [frame.local('i32'), frame.local('i32'), frame.local('i32')];
    const some = (vectors: number): Code => {
      const folded = all.slice(0, vectors);
      const allRows = when(
        get(rows),
        repeat(count, get(rows), [
          folded.map((one, i) => set(one, fold.two(get(one), load(get(from), i * 16)))),
          advance(from, y.dilation * row),
        ]),
      );
      return [
        folded.map((one) => set(one, f32x4(fold.start))),
        set(from, get(input)),
        task.geometry.axes.length < 3
          ? allRows
          : [
              set(at, get(input)),
              when(
                get(planes),
                repeat(frame.local('i32'), get(planes), [
                  set(from, get(at)),
                  allRows,
                  advance(at, z.dilation * plane),
                ]),
              ),
            ],
        folded.map((one, i) => store(get(to), i * 16, get(one))),
        advance(input, vectors * 16),
        advance(to, vectors * 16),
      ];
    };
    const whole = Math.floor(even / TOGETHER);
    const rest = even % TOGETHER;
    return [
      whole === 0 ? [] : repeat(frame.local('i32'), whole, some(TOGETHER)),
      rest === 0 ? [] : some(rest),
    ];
  });
}

/** across(row, output, counts, counted): the outputs of a row; `row` is where the first window begins. */
function defineAcross(module: Assembly, task: Task): number {
  const x = lastThree(task.geometry.axes)[2];
  const outs = out(x);
  const vectors = Math.floor(outs / 4);
  const pairs = task.machine.wide ? vectors - (vectors % 2) : vectors;
  const define = (
    parts: readonly (readonly [times: number, vectors: number, lanes: number])[],
    then: number | null,
  ) =>
    module.define(['i32', 'i32', 'i32', 'i32'], (frame) => {
      const [from, to, counts, counted] = frame.parameters as [Local, Local, Local, Local];
      return [
        parts.map(([times, some, lanes]) => {
          if (times === 0 || some === 0 || lanes === 0) return [];
          const once: Code = [
            foldAcross(frame, task, { from, to, counts, counted }, some, lanes),
            advance(from, some * x.stride * 16),
            advance(to, some * 16),
            advance(counts, some * 16),
          ];
          return times === 1 ? once : repeat(frame.local('i32'), times, once);
        }),
        then === null ? [] : call(then, get(from), get(to), get(counts), get(counted)),
      ];
    });
  const odd = [
    [1, vectors - pairs, 4],
    [1, 1, outs % 4],
  ] as const;
  const last = vectors > pairs || outs % 4 > 0 ? define(odd, null) : null;
  const usual = [
    [Math.floor(pairs / ACROSS), ACROSS, 4],
    [1, pairs % ACROSS, 4],
  ] as const;
  return pairs === 0 && last !== null ? last : define(usual, last);
}

function foldAcross(
  frame: Frame,
  { geometry, activation }: Task,
  at: { readonly from: Local; readonly to: Local; readonly counts: Local; readonly counted: Local },
  count: number,
  lanes: number,
): Code {
  const { stride, dilation, kernel } = lastThree(geometry.axes)[2];
  const fold = foldOf(geometry);
  const results = Array.from({ length: count }, () => frame.local('v128'));
  const from = frame.local('i32');
  const read = (offset: number): Code => {
    if (stride === 1) return load(get(from), offset);
    if (stride === 2) return shuffle(load(get(from), offset), load(get(from), offset + 12), [0, 2, 5, 7]);
    return [1, 2, 3].reduce<Code>(
      (vector, lane) => loadLane(vector, lane, get(from), offset + lane * stride * 4),
      loadOne(get(from), offset),
    );
  };
  const tap = (offset: number): Code =>
    results.map((one, i) => set(one, fold.two(get(one), read(offset + i * stride * 16))));
  const by = frame.local('v128');
  const { operation, divisor } = geometry;
  return [
    set(from, get(at.from)),
    results.map((one, i) => set(one, read(i * stride * 16))),
    kernel <= WRITTEN
      ? Array.from({ length: kernel - 1 }, (_, i) => tap((i + 1) * dilation * 4))
      : repeat(frame.local('i32'), kernel - 1, [advance(from, dilation * 4), tap(0)]),
    operation === 'max'
      ? []
      : [
          set(by, typeof divisor === 'number' ? f32x4(divisor) : toFloats(splatI32(get(at.counted)))),
          results.map((one, i) =>
            set(
              one,
              divided(
                get(one),
                typeof divisor === 'number' ? get(by) : times(load(get(at.counts), i * 16), get(by)),
              ),
            ),
          ),
        ],
    results.map((one) => set(one, activated(frame, activation, one))),
    results.map((one, i) => storeFirst(lanes, get(at.to), i * 16, get(one))),
  ];
}

/** run(operands, job, workspace) */
function defineRun(
  module: Assembly,
  task: Task,
  row: FoldedRow,
  target: { readonly down: number; readonly across: number },
  cut: { readonly each: number; readonly bands: number; readonly parts: number; readonly columnsAt: number },
): number {
  const { geometry } = task;
  const [z, y, x] = lastThree(geometry.axes);
  const fold = foldOf(geometry);
  const perBand = Math.ceil(out(y) / cut.bands);

  return module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job, workspace] = frame.parameters as [Local, Local, Local];
    const local = () => frame.local('i32');
    const [tables, plane, first, end, line, at, input, output, channel] = [
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
      local(),
    ];
    const [last, batch, batchEnd, entry] = [local(), local(), local(), local()];
    const next = (count: number, into: Local): Code => [
      set(into, remainderUnsigned(get(job), i32(count))),
      set(job, divideUnsigned(get(job), i32(count))),
    ];
    const atMost = (into: Local, most: number): Code =>
      set(into, select(lessSigned(get(into), i32(most)), get(into), i32(most)));
    const item = (operand: number, offset: number, n: number, c: number): Code =>
      add(
        add(loadI32(get(operands), operand), loadI32(get(plane), offset)),
        add(multiply(get(job), i32(n * 4)), multiply(get(channel), i32(c * 4))),
      );
    return [
      set(tables, loadI32(get(operands), OPERANDS.tables)),
      next(cut.bands, first),
      next(cut.parts, channel),
      next(out(z), plane),
      set(plane, add(get(tables), multiply(get(plane), i32(ENTRY)))),
      set(first, multiply(get(first), i32(perBand))),
      set(end, add(get(first), i32(perBand))),
      atMost(end, out(y)),
      set(channel, multiply(get(channel), i32(cut.each))),
      set(last, add(get(channel), i32(cut.each))),
      atMost(last, geometry.channels),
      set(input, item(OPERANDS.input, 0, task.input.n, task.input.c)),
      set(output, item(OPERANDS.output, 4, task.output.n, task.output.c)),
      countUp(
        at,
        get(workspace),
        add(get(workspace), i32(row.bytes * row.rows)),
        16,
        store(get(at), 0, f32x4(fold.start)),
      ),
      countUp(channel, get(channel), get(last), 1, [
        countUp(batch, get(first), get(end), row.rows, [
          set(batchEnd, add(get(batch), i32(row.rows))),
          set(batchEnd, select(lessSigned(get(batchEnd), get(end)), get(batchEnd), get(end))),
          set(at, get(workspace)),
          countUp(line, get(batch), get(batchEnd), 1, [
            set(entry, add(get(tables), add(i32(out(z) * ENTRY), multiply(get(line), i32(ENTRY))))),
            call(
              target.down,
              add(get(input), loadI32(get(entry), 0)),
              loadI32(get(entry), 8),
              loadI32(get(plane), 8),
              add(get(at), i32(row.before)),
            ),
            // What was folded beyond the last column.
            store(get(at), row.before + row.columns, f32x4(fold.start)),
            store(get(at), row.before + row.columns + 16, f32x4(fold.start)),
            advance(at, row.bytes),
          ]),
          set(at, add(get(workspace), i32(row.before - x.before * 4))),
          countUp(line, get(batch), get(batchEnd), 1, [
            set(entry, add(get(tables), add(i32(out(z) * ENTRY), multiply(get(line), i32(ENTRY))))),
            call(
              target.across,
              get(at),
              add(get(output), loadI32(get(entry), 4)),
              add(get(tables), i32(cut.columnsAt)),
              multiply(loadI32(get(entry), 12), loadI32(get(plane), 12)),
            ),
            advance(at, row.bytes),
          ]),
        ]),
        advance(input, task.input.c * 4),
        advance(output, task.output.c * 4),
      ]),
    ];
  });
}
