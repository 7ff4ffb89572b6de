// The other layout of the same numbers: channels first to channels last and back, both of them the transpose of a matrix
// [rows][columns] for each batch item. Four by four numbers are turned at a time in registers:
//
//   a0 a1 a2 a3        interleave        a0 b0 a1 b1        pair        a0 b0 c0 d0
//   b0 b1 b2 b3                          c0 d0 c1 d1                    a1 b1 c1 d1
//   c0 c1 c2 c3        a b -> low, high  a2 b2 a3 b3                    a2 b2 c2 d2
//   d0 d1 d2 d3        c d -> low, high  c2 d2 c3 d3                    a3 b3 c3 d3

import { assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  countUp,
  divideUnsigned,
  get,
  i32,
  type Local,
  lessSigned,
  load,
  loadF32,
  loadI32,
  multiply,
  remainderUnsigned,
  select,
  set,
  shuffle,
  store,
  storeF32,
} from './code.ts';
import { type Machine, OPERANDS, type Program } from './program.ts';

/** Rows of a job: few enough that the lines they touch stay in the first cache. */
const ROWS = 16;

/** The program that writes `batch` matrices [rows][columns] as [columns][rows]. */
export function transpose(
  of: { readonly batch: number; readonly rows: number; readonly columns: number },
  machine: Machine,
): Program {
  const { batch, rows, columns } = of;
  const module = assemble(machine);
  const parts = Math.ceil(rows / ROWS);
  const run = module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job] = frame.parameters as [Local, Local];
    const local = () => frame.local('i32');
    const [row, end, column, item, from, to] = [local(), local(), local(), local(), local(), local()];
    const lines = Array.from({ length: 4 }, () => frame.local('v128'));
    const turned = Array.from({ length: 4 }, () => frame.local('v128'));
    const [rowBytes, columnBytes] = [columns * 4, rows * 4];

    const locate = (index: Code): Code => [
      set(from, add(get(item), add(multiply(get(row), i32(rowBytes)), multiply(index, i32(4))))),
    ];
    const target = (index: Code): Code => [
      set(to, add(get(end), add(multiply(index, i32(columnBytes)), multiply(get(row), i32(4))))),
    ];
    const [a, b, c, d] = lines.map(get) as [Code, Code, Code, Code];
    const [p, q, r, s] = turned.map(get) as [Code, Code, Code, Code];
    const four: Code = [
      locate(get(column)),
      target(get(column)),
      lines.map((line, i) => set(line, load(get(from), i * rowBytes))),
      [
        shuffle(a, b, [0, 4, 1, 5]),
        shuffle(c, d, [0, 4, 1, 5]),
        shuffle(a, b, [2, 6, 3, 7]),
        shuffle(c, d, [2, 6, 3, 7]),
      ].map((value, i) => set(turned[i] as Local, value)),
      [
        shuffle(p, q, [0, 1, 4, 5]),
        shuffle(p, q, [2, 3, 6, 7]),
        shuffle(r, s, [0, 1, 4, 5]),
        shuffle(r, s, [2, 3, 6, 7]),
      ].map((value, i) => store(get(to), i * columnBytes, value)),
    ];
    const each = (count: number): Code => [
      locate(get(column)),
      target(get(column)),
      Array.from({ length: count }, (_, i) => storeF32(get(to), i * 4, loadF32(get(from), i * rowBytes))),
    ];
    const whole = Math.floor(columns / 4) * 4;
    const last = frame.local('i32');
    return [
      set(item, multiply(divideUnsigned(get(job), i32(parts)), i32(rows * columns * 4))),
      set(end, add(get(item), loadI32(get(operands), OPERANDS.output))),
      set(item, add(get(item), loadI32(get(operands), OPERANDS.input))),
      set(row, multiply(remainderUnsigned(get(job), i32(parts)), i32(ROWS))),
      set(last, add(get(row), i32(ROWS))),
      set(last, select(lessSigned(get(last), i32(rows)), get(last), i32(rows))),
      // Rows by four, and the last one to three by themselves.
      [
        set(column, i32(0)),
        [0x02, 0x40], // block
        [0x03, 0x40], // loop
        [lessSigned(get(last), add(get(row), i32(4))), 0x0d, 1],
        countUp(column, i32(0), i32(whole), 4, four),
        countUp(column, i32(whole), i32(columns), 1, each(4)),
        advance(row, 4),
        [0x0c, 0, 0x0b, 0x0b],
      ],
      countUp(row, get(row), get(last), 1, countUp(column, i32(0), i32(columns), 1, each(1))),
    ];
  });
  module.expose('run', run);
  return {
    name: 'transpose_f32_4x4',
    bytes: module.bytes(),
    jobs: batch * parts,
    workspace: 0,
    tables: new Int32Array(),
    packed: 0,
    pack: () => undefined,
  };
}
