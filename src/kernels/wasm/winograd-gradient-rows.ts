// The ways in of the weight's gradient, for one row of points: of a tile of the input and of the output's gradient
//
//   V[row] = (B' d B)[row]       W[row] = (D y D')[row]
//
// D row x is 1, x, ..., x^(m-1), at infinity 0 ... 0 1: A without the shares of its points, which are left to the way out. A
// row needs a line for each column, of which only this row's value is computed, then one line. The rows of finite points other
// than 0 are one function, their numbers taken from a table:
//
//   row of p, -p    [p, coefficients of B' without this pair's but the last]      [p, p^2]

import type { Assembly, Frame } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  call,
  get,
  i32,
  type Local,
  lessSigned,
  load,
  loadFirst,
  loadI32,
  loadSplat,
  type MultiplyAdd,
  multiply,
  remainderUnsigned,
  repeat,
  set,
  when,
} from './code.ts';
import { OPERANDS, type Task } from './program.ts';
import type { GradientCut } from './winograd-gradient-cut.ts';
import { each, type Halves, lanes } from './winograd-lanes.ts';
import { type Computed, inputLine, type Lane, type Line } from './winograd-lines.ts';
import { defineAddresses, tablesOf, zerosAt } from './winograd-tables.ts';

/** Which operand. */
type Side = 'inputs' | 'outputs';

/** Numbers of a row in the table. */
const NUMBERS = 4;

/** The tables: of the tiles' addresses with zeros for channels and for filters, then the numbers of the rows of each side. */
export function gradientTables(task: Task, cut: GradientCut): Int32Array {
  const addresses = tablesOf(task, cut.grid);
  const { inputs, pairs } = cut.grid.vertical;
  const numbers = new Float32Array(2 * inputs * NUMBERS);
  for (const [i, { p, others }] of pairs.entries()) {
    for (const [row, x] of [p, -p].entries()) {
      const at = (1 + 2 * i + row) * NUMBERS;
      numbers.set([x, ...others.slice(0, -1)], at);
      numbers.set([x, x * x], at + inputs * NUMBERS);
    }
  }
  const tables = new Int32Array(numbersAt(task, cut, 'inputs') / 4 + numbers.length);
  tables.set(addresses);
  tables.set(new Int32Array(numbers.buffer), tables.length - numbers.length);
  return tables;
}

function numbersAt({ geometry: of }: Task, { grid }: GradientCut, side: Side): number {
  const before = side === 'inputs' ? 0 : grid.vertical.inputs * NUMBERS;
  return zerosAt(grid) + (Math.max(of.channels, of.filters) + before) * 4;
}

/** Defines side(operands, workspace, first, tiles, row, from, turns, rest): V or W of so many units from byte `from` on. */
export function defineSide(module: Assembly, task: Task, cut: GradientCut, side: Side): number {
  const { vertical } = cut.grid;
  const count = side === 'inputs' ? task.geometry.channels : task.geometry.filters;
  const addresses = defineAddresses(module, task, cut.grid, side);
  const left = count % cut.unit;
  const counts = [cut.unit, ...(left >= 4 ? [4] : []), ...(left % 4 > 0 ? [left % 4] : [])];
  const [usual, ...rests] = counts.map((lanes) => ({
    end: defineRow(module, task, cut, side, lanes, 'end'),
    pair: defineRow(module, task, cut, side, lanes, 'pair'),
  })) as [Rows, ...Rows[]];
  const turnStep = side === 'inputs' ? cut.unit * 4 : cut.block * cut.unit * 4;
  const last = side === 'inputs' ? 1 : vertical.outputs - 1;
  return module.define(
    Array.from({ length: 8 }, () => 'i32' as const),
    (frame) => {
      const [operands, workspace, first, tiles, row, from, turns, rest] = frame.parameters as Eight;
      const [to, tables, numbers, list, base] = each(5, () => frame.local('i32')) as Five;
      const past = (step: number, index: number) => add(multiply(get(turns), i32(step)), i32(index * 16));
      const transform = (kind: keyof Rows): Code => [
        when(get(turns), call(usual[kind], get(list), get(to), get(from), get(turns), get(numbers))),
        rests.length === 0
          ? []
          : when(
              get(rest),
              rests.map((one, i) =>
                call(
                  one[kind],
                  get(list),
                  add(get(to), past(turnStep, i)),
                  add(get(from), past(cut.unit * 4, i)),
                  i32(1),
                  get(numbers),
                ),
              ),
            ),
      ];
      return [
        set(tables, loadI32(get(operands), OPERANDS.tables)),
        set(base, loadI32(get(operands), side === 'inputs' ? OPERANDS.input : OPERANDS.second)),
        set(numbers, add(get(tables), i32(numbersAt(task, cut, side)))),
        set(numbers, add(get(numbers), multiply(get(row), i32(NUMBERS * 4)))),
        set(to, add(get(workspace), i32(cut.at[side]))),
        repeat(tiles, get(tiles), [
          set(list, add(get(workspace), i32(cut.at.list))),
          call(
            addresses,
            get(base),
            get(tables),
            get(first),
            get(list),
            add(get(tables), i32(zerosAt(cut.grid))),
          ),
          when(remainderUnsigned(get(row), i32(vertical.inputs - 1)), transform('pair'), [
            set(list, add(get(list), multiply(lessSigned(i32(0), get(row)), i32(last * 4)))),
            transform('end'),
          ]),
          advance(to, side === 'inputs' ? cut.chunk * 4 : cut.unit * 4),
          advance(first, 1),
        ]),
      ];
    },
  );
}

type Five = [Local, Local, Local, Local, Local];
type Eight = [Local, Local, Local, Local, Local, Local, Local, Local];

/** Functions for the rows of 0 and infinity, and for all others. */
interface Rows {
  readonly end: number;
  readonly pair: number;
}

/** Defines row(list, to, from, turns, numbers): `count` lanes a turn. */
function defineRow(
  module: Assembly,
  task: Task,
  cut: GradientCut,
  side: Side,
  count: number,
  kind: keyof Rows,
): number {
  const { vertical, horizontal } = cut.grid;
  const { multiplyAdd } = task.machine;
  const halves = count === 8 ? 2 : 1;
  const pointStep = side === 'inputs' ? cut.inputStep : cut.outputStep;
  const turnStep = side === 'inputs' ? halves * 16 : cut.block * cut.unit * 4;
  const used = usedOf(vertical, side, kind);
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [list, to, from, turns, numbers] = frame.parameters as Five;
    const position = frame.local('i32');
    const emit = lanes(frame, task.machine, halves);
    const known = each(NUMBERS, () => frame.local('v128'));
    const columns = each(horizontal[side], (j) => {
      const values = emit.load(used.length, (_, half) =>
        halves === 1 ? loadFirst(count, get(position)) : load(get(position), half * 16),
      );
      const reads = values.code.map((one, i) => [
        set(position, loadI32(get(list), (j * vertical[side] + (used[i] as number)) * 4)),
        set(position, add(get(position), get(from))),
        one,
      ]);
      const line = emit.line(values.values, (x, lane) => {
        if (kind === 'pair') return pairValue(side, x, known, lane);
        return side === 'inputs' ? endValue(vertical, x, lane) : { code: [], values: x };
      });
      return { code: [reads, line.code], value: line.values[0] as Halves };
    });
    const row = emit.line(
      columns.map((column) => column.value),
      (x, lane) => (side === 'inputs' ? inputLine(horizontal, x, lane) : gradientLine(horizontal, x, lane)),
    );
    return [
      emit.constants.preset(),
      kind === 'pair' ? known.map((one, i) => set(one, loadSplat(get(numbers), i * 4))) : [],
      repeat(turns, get(turns), [
        columns.map((column) => column.code),
        row.code,
        row.values.map((value, j) => value.map((one, half) => storeAt(to, j * pointStep + half * 16, one))),
        advance(to, turnStep),
        advance(from, halves * 16),
      ]),
    ];
  });
}
