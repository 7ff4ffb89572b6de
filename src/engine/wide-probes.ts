// Code that shows whether V8's revectorizer does what it should: it joins pairs of 128-bit vectors that are stored 16 bytes
// apart. Functions of many shapes, each of which it may join or must leave alone, read memory[input ...] and write
// memory[output ...]; compiled without it and with it they have to write the same bits.

import { assemble } from '../kernels/wasm/assembler.ts';
import {
  absolute,
  advance,
  type Code,
  choose,
  divided,
  f32x4,
  f32x4Of,
  fusedMultiplyAdd,
  get,
  greater,
  type Local,
  largest,
  load,
  loadFirst,
  loadI32,
  loadSplat,
  type MultiplyAdd,
  minus,
  negative,
  plus,
  repeat,
  set,
  shuffle,
  smallest,
  store,
  storeFirst,
  strictMultiplyAdd,
  times,
  toFloats,
  toIntegers,
  type ValueType,
} from '../kernels/wasm/code.ts';

/** One function of the module: input and output are addresses. */
type Shape = (input: Local, output: Local, local: (type: ValueType) => Local) => Code;

/** Floats that the shapes read, and that each of them may write. */
export const INPUT_FLOATS = 256;
/** Floats that each shape of code may write. */
export const OUTPUT_FLOATS = 128;

/** The sums of a tile of 2 rows and 16 columns over 8 terms, rows through pointers as kernels have them. */
const tile: Shape = (input, output, local) => {
  const sums = Array.from({ length: 8 }, () => local('v128'));
  const columns = Array.from({ length: 4 }, () => local('v128'));
  const [rows, weights, counter] = [[local('i32'), local('i32')], local('i32'), local('i32')];
  return [
    rows.map((row, r) => [set(row, get(input)), advance(row, r * 32)]),
    set(weights, get(input)),
    advance(weights, 64),
    repeat(counter, 8, [
      columns.map((column, j) => set(column, load(get(weights), j * 16))),
      rows.map((row, r) =>
        columns.map((column, j) => {
          const sum = sums[r * 4 + j] as Local;
          return set(sum, fusedMultiplyAdd(loadSplat(get(row)), get(column), get(sum)));
        }),
      ),
      rows.map((row) => advance(row, 4)),
      advance(weights, 64),
    ]),
    sums.map((sum, i) => store(get(output), i * 16, get(sum))),
  ];
};

/** Stores values that were all computed before, because a store between loads keeps vectors apart. */
function results(output: Local, local: Parameters<Shape>[2], values: readonly Code[]): Code {
  const kept = values.map((value) => ({ value, result: local('v128') }));
  return [
    kept.map(({ value, result }) => set(result, value)),
    kept.map(({ result }, i) => store(get(output), i * 16, get(result))),
  ];
}

/** The same of two neighbours each: limits, choices, whole numbers, constants, as activations have them. */
const alike: readonly ((x: Code) => Code)[] = [
  (x) => smallest(largest(x, f32x4(0)), f32x4(6)),
  (x) => choose(greater(x, f32x4(0)), x, times(x, f32x4(0.125))),
  (x) => toFloats(toIntegers(times(x, f32x4(1.5)))),
  (x) => divided(negative(x), plus(absolute(x), f32x4(1))),
  (x) => plus(strictMultiplyAdd(x, f32x4(3), x), f32x4Of([1, 2, 3, 4])),
];

const curves: readonly Shape[] = alike.map(
  (value) => (input, output, local) =>
    results(
      output,
      local,
      [0, 1, 2, 3].map((i) => value(load(get(input), 400 + i * 16))),
    ),
);

/** Neighbours that differ: another operation, another order, another place, another factor, another constant. */
const unlike: Shape = (input, output, local) => {
  const at = (i: number) => load(get(input), i * 16);
  return results(output, local, [
    ...[plus(at(0), at(1)), minus(at(0), at(1))],
    ...[at(1), at(0)],
    ...[load(get(input), 100), load(get(input), 120)],
    ...[times(loadSplat(get(input), 0), at(2)), times(loadSplat(get(input), 4), at(3))],
    ...[plus(at(4), f32x4(1)), plus(at(5), f32x4(2))],
    ...[minus(at(6), at(7)), minus(at(7), at(6))],
    ...[at(8), at(8)],
    ...[plus(at(9), at(10)), plus(at(10), at(11))],
  ]);
};

const INTERLEAVED = [
  [0, 4, 1, 5],
  [2, 6, 3, 7],
  [0, 1, 4, 5],
  [0, 2, 4, 6],
] as const;

/** Lanes of pairs interleaved; eight columns turned into rows; vectors back to front. */
const turned: readonly Shape[] = [
  (input, output, local) =>
    results(
      output,
      local,
      INTERLEAVED.flatMap((lanes) =>
        [0, 1].map((i) => shuffle(load(get(input), i * 16), load(get(input), 32 + i * 16), lanes)),
      ),
    ),
  (input, output, local) => {
    const at = (i: number) => load(get(input), i * 16);
    const halves = (a: number, lanes: readonly number[]) =>
      shuffle(shuffle(at(a), at(a + 1), [0, 4, 1, 5]), shuffle(at(a + 2), at(a + 3), [0, 4, 1, 5]), lanes);
    return results(
      output,
      local,
      [0, 4].flatMap((a) => [halves(a, [0, 1, 4, 5]), halves(a, [2, 3, 6, 7])]),
    );
  },
  (input, output, local) =>
    results(
      output,
      local,
      [0, 1, 2, 3].map((i) => {
        const x = load(get(input), i * 16);
        return shuffle(x, x, [3, 2, 1, 0]);
      }),
    ),
];

/** What was stored is read again, half across the vectors that were stored. */
const overlapping: Shape = (input, output) => [
  store(get(output), 0, load(get(input), 0)),
  store(get(output), 16, load(get(input), 16)),
  store(get(output), 64, plus(load(get(output), 8), load(get(input), 32))),
  store(get(output), 80, plus(load(get(output), 0), load(get(input), 48))),
  store(get(output), 8, load(get(output), 0)),
  store(get(output), 24, load(get(output), 16)),
];

/** Pointers from memory, odd ends, two sums that become one. */
const ends: Shape = (input, output, local) => {
  const [pointer, a, b, counter] = [local('i32'), local('v128'), local('v128'), local('i32')];
  return [
    set(pointer, get(input)),
    repeat(counter, 4, [
      set(a, plus(get(a), load(get(pointer), 0))),
      set(b, plus(get(b), load(get(pointer), 16))),
      advance(pointer, 32),
    ]),
    store(get(output), 0, plus(get(a), get(b))),
    store(get(output), 16, minus(get(a), get(b))),
    [1, 2, 3].map((lanes) => storeFirst(lanes, get(output), 16 + lanes * 16, get(b))),
    [1, 2, 3].map((lanes) => store(get(output), 64 + lanes * 16, loadFirst(lanes, get(input), lanes * 20))),
    set(pointer, loadI32(get(input), 1020)),
    store(get(output), 256, load(get(pointer), 32)),
    store(get(output), 272, load(get(pointer), 48)),
  ];
};

const SHAPES: readonly Shape[] = [tile, ...curves, unlike, ...turned, overlapping, ends];

/** How many functions a module of shapes has, named 0, 1, ... */
export const SHAPE_COUNT: number = SHAPES.length;

/** A module of the shapes. */
export function shapes(): Uint8Array<ArrayBuffer> {
  const module = assemble({ shared: false });
  SHAPES.forEach((shape, i) => {
    const index = module.define(['i32', 'i32'], ({ parameters: [input, output], local }) =>
      shape(input as Local, output as Local, local),
    );
    module.expose(`${i}`, index);
  });
  return module.bytes();
}

/** The same module in other bytes, because a host compiles equal bytes once: a section of no meaning is added. */
export function again(module: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...module, 0, 1, 0);
}

/** Sums that are carried through a loop of `run(address, times)`: as many chains of multiply-adds, stored so far apart. */
export function chains(
  count: number,
  apart: number,
  multiplyAdd: MultiplyAdd = fusedMultiplyAdd,
): Uint8Array<ArrayBuffer> {
  const module = assemble({ shared: false });
  const run = module.define(['i32', 'i32'], ({ parameters: [at, rounds], local }) => {
    const [address, counter] = [get(at as Local), local('i32')];
    const factors = [local('v128'), local('v128')];
    const sums = Array.from({ length: count }, () => local('v128'));
    return [
      factors.map((factor, i) => set(factor, load(address, i * 16))),
      sums.map((sum, i) => set(sum, load(address, 32 + i * apart))),
      repeat(
        counter,
        get(rounds as Local),
        sums.map((sum, i) => set(sum, multiplyAdd(get(sum), get(factors[i % 2] as Local), get(sum)))),
      ),
      sums.map((sum, i) => store(address, 32 + i * apart, get(sum))),
    ];
  });
  module.expose('run', run);
  return module.bytes();
}
