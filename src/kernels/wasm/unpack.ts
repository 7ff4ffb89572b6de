// The gradient of a weight from the order in which it was computed to the order of the weight: for every panel of filters,
//
//   packed [tap][channel][filter of the panel]   ->   [filter][channel][tap] by the weight's steps
//
// Written in the weight's order, whose taps mostly lie side by side; read from a panel that stays in the cache.

import { assemble } from './assembler.ts';
import {
  add,
  advance,
  divideUnsigned,
  get,
  i32,
  type Local,
  lessSigned,
  loadF32,
  loadI32,
  multiply,
  remainderUnsigned,
  repeat,
  select,
  set,
  storeF32,
  subtract,
} from './code.ts';
import { type Machine, OPERANDS, type Program } from './program.ts';

/** A packed gradient and where it goes. */
export interface Unpacking {
  readonly groups: number;
  /** Filters of a group, of a panel, and panels of a group. */
  readonly filters: number;
  readonly panel: number;
  readonly panels: number;
  readonly channels: number;
  /** Where each tap goes, and the steps of groups, filters and channels, in floats. */
  readonly taps: readonly number[];
  readonly steps: { readonly g: number; readonly o: number; readonly i: number };
}

/** The program that gives a packed gradient its order; a job is a panel. */
export function unpackWeights(of: Unpacking, machine: Machine): Program {
  const { filters, panel, panels, channels, taps, steps } = of;
  const module = assemble(machine);
  const run = module.define(['i32', 'i32', 'i32'], (frame) => {
    const [operands, job] = frame.parameters as [Local, Local];
    const local = () => frame.local('i32');
    const [first, count, lane, channel, tap] = [local(), local(), local(), local(), local()];
    const [from, read, to, write, table] = [local(), local(), local(), local(), local()];
    return [
      set(first, multiply(remainderUnsigned(get(job), i32(panels)), i32(panel))),
      set(count, subtract(i32(filters), get(first))),
      set(count, select(lessSigned(get(count), i32(panel)), get(count), i32(panel))),
      set(
        from,
        add(
          loadI32(get(operands), OPERANDS.input),
          multiply(get(job), i32(taps.length * channels * panel * 4)),
        ),
      ),
      set(
        to,
        add(
          loadI32(get(operands), OPERANDS.output),
          add(
            multiply(divideUnsigned(get(job), i32(panels)), i32(steps.g * 4)),
            multiply(get(first), i32(steps.o * 4)),
          ),
        ),
      ),
      repeat(lane, get(count), [
        set(read, get(from)),
        set(write, get(to)),
        repeat(channel, channels, [
          set(table, loadI32(get(operands), OPERANDS.tables)),
          repeat(tap, taps.length, [
            storeF32(add(get(write), loadI32(get(table))), 0, loadF32(get(read))),
            advance(table, 4),
            advance(read, channels * panel * 4),
          ]),
          advance(read, (1 - taps.length * channels) * panel * 4),
          advance(write, steps.i * 4),
        ]),
        advance(from, 4),
        advance(to, steps.o * 4),
      ]),
    ];
  });
  module.expose('run', run);
  return {
    name: 'unpack_f32',
    bytes: module.bytes(),
    jobs: of.groups * panels,
    workspace: 0,
    tables: Int32Array.from(taps, (step) => step * 4),
    packed: 0,
    pack: () => undefined,
  };
}
