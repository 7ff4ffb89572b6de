// A strip of a plane's outputs, a block of columns wide, for one filter; columns lie side by side, so a vector is four
// neighbouring outputs of a row.
//
//   strip(input, output, weights, planes, extra, blocks, groups, groupInput, groupOutput, lines, lineCount)
//     for each block of columns
//       for each of `groups` groups of rows inside         all tap rows written out, input rows shared by the rows' windows
//       for each of `lineCount` other rows                 a loop over the tap rows in the input, found in the table `lines`
//
//   for each input row, for each tap of a row: w = splat of a weight for each row of outputs that meets it
//     for each vector: x = load; for each such row: sum += x * w
//
// The order of a sum is that of the taps, as in depthwise-block.ts, so both layouts give the same numbers.

import type { Assembly, Frame } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  get,
  i32,
  type Local,
  loadI32,
  loadSplat,
  repeat,
  set,
  storeFirst,
  when,
} from './code.ts';
import { activated } from './epilogue.ts';
import type { Task } from './program.ts';
import { LEAD, type RowLayout, type RowReader, type RowUnit, rowReader, rowUnits } from './rows-first.ts';
import { type Block, lastThree, stepsOf } from './sliding.ts';

/** What a strip function gets, in this order, all i32. */
const STRIP = [
  'input',
  'output',
  'weights',
  'planes',
  'extra',
  'blocks',
  'groups',
  'groupInput',
  'groupOutput',
  'lines',
  'lineCount',
  'workspace',
] as const;

/** Bytes of a line in the table: input bytes, output bytes, weight bytes, tap rows. */
export const LINE = 16;

interface Emission {
  readonly task: Task;
  readonly frame: Frame;
  readonly block: Block;
  readonly reader: RowReader;
  readonly units: readonly RowUnit[];
  /** [row][unit][vector] */
  readonly sums: readonly (readonly (readonly Local[])[])[];
  /** Addresses of the input row that is read, and of its weights. */
  readonly pixels: Local;
  readonly taps: Local;
}

/** A row of outputs that meets an input row, and where the weights of its tap row lie. */
interface User {
  readonly row: number;
  readonly weights: number;
}

/** The strip's shape, and where it reads. */
export interface Strip {
  readonly block: Block;
  /** Rows inside at a time; 0 if all rows are lines. */
  readonly rows: number;
  readonly source: StripSource;
}

/** How the planes that a strip reads lie. */
export interface StripSource {
  /** Bytes between the planes under neighbouring taps, between rows, and from an output's columns to the next one's. */
  readonly plane: number;
  readonly row: number;
  readonly step: number;
  readonly layout: RowLayout;
}

/** Defines the function of a strip. */
export function defineStrip(module: Assembly, task: Task, { block, rows, source }: Strip): number {
  const { geometry, machine, activation } = task;
  const [, y, x] = lastThree(geometry.axes);
  const { plane, row } = source;
  const [, outRow, outColumn] = stepsOf(task.output);
  const tapRow = x.kernel * 4;

  return module.define(
    STRIP.map(() => 'i32'),
    (frame) => {
      const from = Object.fromEntries(STRIP.map((name, i) => [name, frame.parameters[i]])) as Readonly<
        Record<(typeof STRIP)[number], Local>
      >;
      const local = () => frame.local('i32');
      const [input, output, line] = [local(), local(), local()];
      const units = rowUnits(block, machine.wide);
      const sums = Array.from({ length: Math.max(1, rows) }, () =>
        units.map((unit) => unit.map(() => frame.local('v128'))),
      );
      const reader = rowReader(frame, block, source.layout, 0, from.workspace);
      const of: Emission = { task, frame, block, reader, units, sums, pixels: local(), taps: local() };

      const start = (count: number): Code => {
        const [bias, ...others] = sums.slice(0, count).flat(2) as [Local, ...Local[]];
        return [set(bias, loadSplat(get(from.weights))), others.map((one) => set(one, get(bias)))];
      };
      const finish = (count: number): Code =>
        sums.slice(0, count).map((units_, r) =>
          units_.map((vectors, u) =>
            vectors.map((sum, v) => {
              const { from: first, lanes } = (units[u] as RowUnit)[v] as RowUnit[number];
              return [
                set(sum, activated(frame, activation, sum)),
                storeFirst(lanes, get(output), r * outRow + first * outColumn, get(sum)),
              ];
            }),
          ),
        );
      const planes = (weights: Code, body: Code): Code => {
        if (geometry.axes.length < 3) return [set(of.taps, weights), body];
        const [pixels, taps] = [local(), local()];
        return [
          set(pixels, get(of.pixels)),
          set(taps, weights),
          when(
            get(from.planes),
            repeat(local(), get(from.planes), [
              set(of.pixels, get(pixels)),
              set(of.taps, get(taps)),
              body,
              advance(pixels, plane),
              advance(taps, y.kernel * tapRow),
            ]),
          ),
        ];
      };

      const inside = (): Code => [
        start(rows),
        set(of.pixels, get(input)),
        planes(add(add(get(from.weights), get(from.extra)), i32(4)), insideRows(of, rows, row)),
        finish(rows),
        advance(input, rows * y.stride * row),
        advance(output, rows * outRow),
      ];
      const count = local();
      const other: Code = [
        start(1),
        set(of.pixels, add(get(from.input), loadI32(get(line), 0))),
        set(output, add(get(from.output), loadI32(get(line), 4))),
        planes(add(add(get(from.weights), get(from.extra)), loadI32(get(line), 8)), [
          set(count, loadI32(get(line), 12)),
          when(
            get(count),
            repeat(count, get(count), [
              inputRow(of, 0, [{ row: 0, weights: 0 }]),
              advance(of.pixels, y.dilation * row),
              advance(of.taps, tapRow),
            ]),
          ),
        ]),
        finish(1),
        advance(line, LINE),
      ];
      const strips: Code = [
        rows === 0
          ? []
          : when(get(from.groups), [
              set(input, add(get(from.input), get(from.groupInput))),
              set(output, add(get(from.output), get(from.groupOutput))),
              repeat(local(), get(from.groups), inside()),
            ]),
        when(get(from.lineCount), [set(line, get(from.lines)), repeat(local(), get(from.lineCount), other)]),
      ];
      return [
        reader.setup(),
        advance(from.input, -LEAD),
        repeat(from.blocks, get(from.blocks), [
          strips,
          advance(from.input, block.outs * source.step),
          advance(from.output, block.outs * outColumn),
        ]),
      ];
    },
  );
}

/** All input rows that `rows` rows of outputs meet. */
function insideRows(of: Emission, rows: number, row: number): Code {
  const [, y, x] = lastThree(of.task.geometry.axes);
  const met = (rows - 1) * y.stride + (y.kernel - 1) * y.dilation + 1;
  return Array.from({ length: met }, (_, j) => {
    const users = Array.from({ length: rows }, (_, r) => ({ row: r, from: j - r * y.stride }))
      .filter((one) => one.from >= 0 && one.from % y.dilation === 0 && one.from / y.dilation < y.kernel)
      .map((one) => ({ row: one.row, weights: (one.from / y.dilation) * x.kernel * 4 }));
    return users.length === 0 ? [] : inputRow(of, j * row, users);
  });
}

/** One input row under all taps. */
function inputRow(of: Emission, offset: number, users: readonly User[]): Code {
  const { task, frame, reader, units, sums } = of;
  const { kernel } = lastThree(task.geometry.axes)[2];
  const weights = users.map(() => frame.local('v128'));
  const values = [frame.local('v128'), frame.local('v128')];
  return Array.from({ length: kernel }, (_, tap) => {
    const code = units.map((unit, u) => {
      const read = reader.read(unit, tap, of.pixels, offset);
      if (read === null) return null;
      return [
        read.map((value, v) => set(values[v] as Local, value)),
        users.map((user, i) =>
          read.map((_, v) => {
            const sum = sums[user.row]?.[u]?.[v] as Local;
            return set(
              sum,
              task.machine.multiplyAdd(get(values[v] as Local), get(weights[i] as Local), get(sum)),
            );
          }),
        ),
      ];
    });
    if (code.every((one) => one === null)) return [];
    return [
      users.map((user, i) => set(weights[i] as Local, loadSplat(get(of.taps), user.weights + tap * 4))),
      code.map((one) => one ?? []),
    ];
  });
}
