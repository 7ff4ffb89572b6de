// The kernels' transform U = G g G', in float64, by code of its own: plain JavaScript would still be interpreted while it
// packs the weights of a first layer, and takes ten times as long.
//
//   taps     so many channels and filters, at any steps
//   U        [product][channel][filter]
//
// The code depends on the points only, so it is compiled once; it has a memory of its own, of one piece's taps and U.

import { assemble } from './assembler.ts';
import {
  add,
  advance,
  type Code,
  fromDoubles,
  get,
  i32,
  type Local,
  loadLane,
  loadOne,
  multiply,
  repeat,
  set,
  storeTwo,
  subtract,
  toDoubles,
} from './code.ts';
import { each } from './winograd-lanes.ts';
import { kernelLine, type Line } from './winograd-lines.ts';

/** The most channels and filters of a piece. */
export const PIECE = { channels: 64, filters: 16 } as const;

/** Steps in floats between filters, channels, rows and columns of taps. */
export interface TapSteps {
  readonly filter: number;
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

/** Transforms pieces. */
export interface KernelTransform {
  /** Room for the taps of a piece; what is not written holds what was there before. */
  readonly taps: Float32Array;
  /** U of a piece: product p begins at p * `step`. */
  readonly products: Float32Array;
  readonly step: number;
  /** Transforms so many channels and an even number of filters; the first tap is at index `first`. */
  run(first: number, steps: TapSteps, channels: number, filters: number): void;
}

/** What is used of WebAssembly, which a kernel would not run without. */
interface Host {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

const known = new Map<string, KernelTransform>();

/** The transform for these lines. */
export function kernelTransform(vertical: Line, horizontal: Line): KernelTransform {
  const name = `${vertical.outputs}x${horizontal.outputs}`;
  const found = known.get(name) ?? compile(vertical, horizontal);
  known.set(name, found);
  return found;
}

/** An odd number of cache lines, so that products fall into different sets of the cache. */
const STEP: number = PIECE.channels * PIECE.filters + 16;
const TAPS: number = PIECE.channels * PIECE.filters * 9;

function compile(vertical: Line, horizontal: Line): KernelTransform {
  const products = vertical.inputs * horizontal.inputs;
  const pages = Math.ceil(((TAPS + products * STEP) * 4) / 65536);
  const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: Host }).WebAssembly;
  const memory = new Memory({ initial: pages });
  const { exports } = new Instance(new Module(emit(vertical, horizontal)), { env: { memory } });
  const transform = (exports as { run: (...args: number[]) => void }).run;
  return {
    taps: new Float32Array(memory.buffer, 0, TAPS),
    products: new Float32Array(memory.buffer, TAPS * 4, products * STEP),
    step: STEP,
    run(first, { filter, channel, row, column }, channels, filters) {
      transform(first * 4, filter * 4, channel * 4, row * 4, column * 4, channels, filters / 2);
    },
  };
}

/** A module that exports run(from, filter, channel, row, column, channels, pairs): an address, steps in bytes, counts. */
function emit(vertical: Line, horizontal: Line): Uint8Array<ArrayBuffer> {
  const module = assemble({ shared: false });
  const run = module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (frame) => {
    const [from, filter, channel, row, column, channels, pairs] = frame.parameters as Seven;
    const [to, pair, tap, line, width] = each(5, () => frame.local('i32')) as [
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const taps = each(kernelOf(vertical), () => each(kernelOf(horizontal), () => frame.local('v128')));
    const loads = taps.map((ofRow) => [
      set(tap, get(line)),
      ofRow.map((one) => [
        set(one, toDoubles(loadLane(loadOne(get(tap)), 1, add(get(tap), get(filter))))),
        set(tap, add(get(tap), get(column))),
      ]),
      set(line, add(get(line), get(row))),
    ]);
    const columns = each(kernelOf(horizontal), (x) =>
      kernelLine(
        vertical,
        taps.map((ofRow) => ofRow[x] as Local),
        frame,
      ),
    );
    const rows = each(vertical.inputs, (i): Code => {
      const { code, values } = kernelLine(
        horizontal,
        columns.map((one) => one.values[i] as Local),
        frame,
      );
      const store = (value: Local, j: number) =>
        storeTwo(get(to), (i * horizontal.inputs + j) * STEP * 4, fromDoubles(get(value)));
      return [code, values.map(store)];
    });
    return [
      set(to, i32(TAPS * 4)),
      set(width, multiply(get(filter), multiply(get(pairs), i32(2)))),
      repeat(channels, get(channels), [
        repeat(pair, get(pairs), [
          set(line, get(from)),
          loads,
          columns.map((one) => one.code),
          rows,
          advance(to, 8),
          set(from, add(get(from), multiply(get(filter), i32(2)))),
        ]),
        set(from, add(subtract(get(from), get(width)), get(channel))),
      ]),
    ];
  });
  module.expose('run', run);
  return module.bytes();
}

type Seven = [Local, Local, Local, Local, Local, Local, Local];

function kernelOf(line: Line): number {
  return line.inputs - line.outputs + 1;
}
