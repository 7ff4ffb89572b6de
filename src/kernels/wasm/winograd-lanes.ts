// Lines over many channels: four at a time, or in wide eight, as two vectors whose operations V8 joins to one of 256 bits.
//
// A tile's transform is written out as a whole: what its columns' lines give stays in locals until its rows' lines read it.
// V8 spills what does not fit into registers at half the price of storing it ourselves, for a joined store is two.

import type { Frame } from './assembler.ts';
import { type Code, type Local, set } from './code.ts';
import type { Machine } from './program.ts';
import { type Computed, type Constants, constants, type Lane } from './winograd-lines.ts';

/** A value: a vector for each half. */
export type Halves = readonly Local[];

/** Code, and the values that it sets. */
interface Values {
  readonly code: Code;
  readonly values: readonly Halves[];
}

/** Emits lines in one function. */
interface Lanes {
  readonly constants: Constants;
  /** So many values, each from code for each half. */
  load(count: number, from: (index: number, half: number) => Code): Values;
  /** What a line makes of values. */
  line(
    inputs: readonly Halves[],
    compute: (inputs: readonly Local[], lane: Lane, half: number) => Computed,
  ): Values;
}

/** Lines for a function of this frame, in vectors of so many halves. */
export function lanes(frame: Frame, machine: Machine, halves: number): Lanes {
  const shared = constants(frame);
  const lane: Lane = { frame, constants: shared, multiplyAdd: machine.multiplyAdd };
  return {
    constants: shared,
    load(count, from) {
      const values = each(count, () => each(halves, () => frame.local('v128')));
      return {
        code: values.map((value, i) => value.map((local, half) => set(local, from(i, half)))),
        values,
      };
    },
    line(inputs, compute) {
      const computed = each(halves, (half) =>
        compute(
          inputs.map((value) => value[half] as Local),
          lane,
          half,
        ),
      );
      const results = computed[0]?.values.length ?? 0;
      return {
        code: computed.map((one) => one.code),
        values: each(results, (i) => computed.map((one) => one.values[i] as Local)),
      };
    },
  };
}

/** A list by index. */
export function each<Item>(count: number, item: (index: number) => Item): Item[] {
  const items: Item[] = [];
  for (let index = 0; index < count; index++) items.push(item(index));
  return items;
}
