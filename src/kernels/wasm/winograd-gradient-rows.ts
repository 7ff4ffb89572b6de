// The ways in of the weight's gradient, for one row of points: of a tile of the input and of the output's gradient
//
//   V[row] = (B' d B)[row]       W[row] = (D y D')[row]
//
// D row x is 1, x, ..., x^(m-1), at infinity 0 ... 0 1: A without the shares of its points, which are left to the way out. A
// row needs a line for each column, of which only this row's value is computed, then one line. The rows of finite points other
// than 0 are one function, their numbers taken from a table:
//
//   row of p, -p    [p, coefficients of B' without this pair's but the last]      [p, p^2]
//
// A tile that lies inside is read at steps from its first position, any other through a list of addresses.

import type { Assembly } from './assembler.ts';
import {
  add,
  advance,
  and,
  type Code,
  call,
  divideUnsigned,
  get,
  i32,
  isZero,
  type Local,
  lessSigned,
  load,
  loadFirst,
  loadI32,
  loadSplat,
  multiply,
  or,
  remainderUnsigned,
  repeat,
  set,
  store,
  when,
} from './code.ts';
import { OPERANDS, type Task } from './program.ts';
import type { GradientCut } from './winograd-gradient-cut.ts';
import { each, type Halves, lanes } from './winograd-lanes.ts';
import { type Computed, inputLine, type Lane, type Line } from './winograd-lines.ts';
import { axesOf, defineAddresses, entryBytes, tablesOf, zerosAt } from './winograd-tables.ts';

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
  const inside = left > 0 ? undefined : rowsOf(module, task, cut, side, cut.unit, stepsOf(task, side));
  const counts = [cut.unit, ...(left >= 4 ? [4] : []), ...(left % 4 > 0 ? [left % 4] : [])];
  const [usual, ...rests] = counts.map((lanes) => rowsOf(module, task, cut, side, lanes)) as [
    Rows,
    ...Rows[],
  ];
  const turnStep = side === 'inputs' ? cut.unit * 4 : cut.block * cut.unit * 4;
  const last = side === 'inputs' ? 1 : vertical.outputs - 1;
  const origin = originOf(task, cut, side);
  return module.define(
    Array.from({ length: 8 }, () => 'i32' as const),
    (frame) => {
      const [operands, workspace, first, tiles, row, from, turns, rest] = frame.parameters as Eight;
      const [to, tables, numbers, list, base] = each(5, () => frame.local('i32')) as Five;
      const at = frame.local('i32');
      const place = { base, tables, y: frame.local('i32'), x: frame.local('i32') };
      const kindOfRow = (pair: Code, end: Code) =>
        when(remainderUnsigned(get(row), i32(vertical.inputs - 1)), pair, end);
      const shift = (bytes: number) => multiply(lessSigned(i32(0), get(row)), i32(last * bytes));
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
      const throughList: Code = [
        set(list, add(get(workspace), i32(cut.at.list))),
        call(
          addresses,
          get(base),
          get(tables),
          get(first),
          get(list),
          add(get(tables), i32(zerosAt(cut.grid))),
        ),
        kindOfRow(transform('pair'), [set(list, add(get(list), shift(4))), transform('end')]),
      ];
      return [
        set(tables, loadI32(get(operands), OPERANDS.tables)),
        set(base, loadI32(get(operands), side === 'inputs' ? OPERANDS.input : OPERANDS.second)),
        set(numbers, add(get(tables), i32(numbersAt(task, cut, side)))),
        set(numbers, add(get(numbers), multiply(get(row), i32(NUMBERS * 4)))),
        set(to, add(get(workspace), i32(cut.at[side]))),
        repeat(tiles, get(tiles), [
          inside === undefined
            ? throughList
            : [
                origin.find(place, get(first)),
                when(
                  origin.isInside(place),
                  [
                    set(at, add(origin.address(place, get(first)), get(from))),
                    kindOfRow(
                      call(inside.pair, i32(0), get(to), get(at), get(turns), get(numbers)),
                      call(
                        inside.end,
                        i32(0),
                        get(to),
                        add(get(at), shift(stepsOf(task, side)[0])),
                        get(turns),
                        get(numbers),
                      ),
                    ),
                  ],
                  throughList,
                ),
              ],
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

function rowsOf(
  module: Assembly,
  task: Task,
  cut: GradientCut,
  side: Side,
  count: number,
  steps?: Steps,
): Rows {
  const define = (kind: keyof Rows) => defineRow(module, task, cut, side, count, kind, steps);
  return { end: define('end'), pair: define('pair') };
}

/** Bytes between positions of a tile. */
type Steps = readonly [down: number, across: number];

function stepsOf({ geometry, input, output }: Task, side: Side): Steps {
  const { sizes } = side === 'inputs' ? input : output;
  return axesOf(geometry).map((one, d) => (sizes[d] as number) * (one?.dilation ?? 1) * 4) as [
    number,
    number,
  ];
}

/** A tile's entries in the tables. */
interface Place {
  readonly base: Local;
  readonly tables: Local;
  readonly y: Local;
  readonly x: Local;
}

/** Finds a tile's entries, tells whether all of its positions are some, and where the first is. */
function originOf(task: Task, { grid }: GradientCut, side: Side) {
  const { vertical, horizontal, rows, columns } = grid;
  const image = (side === 'inputs' ? task.input : task.output).n * 4;
  const skip = (line: Line) => (side === 'inputs' ? 0 : line.inputs * 4);
  const ends = (entry: Local, line: Line) =>
    or(loadI32(get(entry), skip(line)), loadI32(get(entry), skip(line) + (line[side] - 1) * 4));
  const whole = i32(rows * columns);
  return {
    find: ({ tables, y, x }: Place, tile: Code): Code => [
      set(x, remainderUnsigned(tile, whole)),
      set(y, multiply(divideUnsigned(get(x), i32(columns)), i32(entryBytes(vertical)))),
      set(y, add(get(tables), get(y))),
      set(x, multiply(remainderUnsigned(get(x), i32(columns)), i32(entryBytes(horizontal)))),
      set(x, add(add(get(tables), i32(rows * entryBytes(vertical))), get(x))),
    ],
    isInside: ({ y, x }: Place): Code => isZero(and(or(ends(y, vertical), ends(x, horizontal)), i32(3))),
    address: ({ base, y, x }: Place, tile: Code): Code =>
      add(
        add(get(base), multiply(divideUnsigned(tile, whole), i32(image))),
        add(loadI32(get(y), skip(vertical)), loadI32(get(x), skip(horizontal))),
      ),
  };
}

/** Defines row(list, to, from, turns, numbers): `count` lanes a turn; with steps, `from` is the tile's first position. */
function defineRow(
  module: Assembly,
  task: Task,
  cut: GradientCut,
  side: Side,
  count: number,
  kind: keyof Rows,
  steps?: Steps,
): number {
  const { vertical, horizontal } = cut.grid;
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
      const values = emit.load(used.length, (i, half) => {
        if (steps !== undefined)
          return load(get(from), (used[i] as number) * steps[0] + j * steps[1] + half * 16);
        return halves === 1 ? loadFirst(count, get(position)) : load(get(position), half * 16);
      });
      const reads = values.code.map((one, i) => [
        steps === undefined
          ? [
              set(position, loadI32(get(list), (j * vertical[side] + (used[i] as number)) * 4)),
              set(position, add(get(position), get(from))),
            ]
          : [],
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
        row.values.map((value, j) =>
          value.map((one, half) => store(get(to), j * pointStep + half * 16, get(one))),
        ),
        advance(to, turnStep),
        advance(from, halves * 16),
      ]),
    ];
  });
}

/** Which positions of a column are read: of 0 and infinity every other one of the input, and one of the gradient. */
function usedOf(line: Line, side: Side, kind: keyof Rows): number[] {
  if (kind === 'pair') return each(line.outputs, (i) => (side === 'inputs' ? i + 1 : i));
  return side === 'inputs' ? line.all.map((_, k) => 2 * k) : [0];
}

/** The product over all pairs of points, applied to every other input. */
function endValue(
  { all }: Line,
  inputs: readonly Local[],
  { frame, constants, multiplyAdd }: Lane,
): Computed {
  const value = frame.local('v128');
  const sum = (code: Code, k: number) =>
    multiplyAdd(get(inputs[k] as Local), constants.of(all[k] as number), code);
  const code = each(all.length - 1, (k) => k).reduce(sum, get(inputs.at(-1) as Local));
  return { code: set(value, code), values: [value] };
}

/** A line's value at p: even + p * odd. */
function pairValue(
  side: Side,
  values: readonly Local[],
  [p, ...numbers]: readonly Local[],
  { frame, multiplyAdd }: Lane,
): Computed {
  const value = frame.local('v128');
  const even = values.filter((_, i) => i % 2 === (side === 'inputs' ? 1 : 0));
  const odd = values.filter((one) => !even.includes(one));
  const sum = (of: readonly Local[]): Code =>
    side === 'inputs'
      ? of
          .slice(0, -1)
          .reduce(
            (code, one, k) => multiplyAdd(get(one), get(numbers[k] as Local), code),
            get(of.at(-1) as Local),
          )
      : of
          .slice(0, -1)
          .reduceRight(
            (code, one) => multiplyAdd(code, get(numbers[0] as Local), get(one)),
            get(of.at(-1) as Local),
          );
  return { code: set(value, multiplyAdd(sum(odd), get(p as Local), sum(even))), values: [value] };
}

/** D y: the values at the points of the polynomial whose coefficients are the m gradients. */
function gradientLine(line: Line, gradients: readonly Local[], lane: Lane): Computed {
  const { frame, constants, multiplyAdd } = lane;
  const [even, odd] = [frame.local('v128'), frame.local('v128')];
  const code: Code[] = [];
  const values = [gradients[0] as Local];
  for (const { p } of line.pairs) {
    const [above, below] = [frame.local('v128'), frame.local('v128')];
    const sum = (from: number): Code =>
      each(line.outputs / 2, (k) => get(gradients[from + 2 * k] as Local)).reduceRight((all, one) =>
        multiplyAdd(all, constants.of(p * p), one),
      );
    code.push(
      set(even, sum(0)),
      set(odd, sum(1)),
      set(above, multiplyAdd(get(odd), constants.of(p), get(even))),
      set(below, multiplyAdd(get(odd), constants.of(-p), get(even))),
    );
    values.push(above, below);
  }
  values.push(gradients.at(-1) as Local);
  return { code, values };
}
