// A geometry as passes: problems without holes, each for one kernel. Most are one pass; an input with holes is one for each
// phase of its outputs (geometry/phases.ts), which lie `every` apart and meet their own taps of the weight.

import { type Axis, type Geometry, geometry } from '../geometry/index.ts';
import { type Phase, phases } from '../geometry/phases.ts';
import type { DataOperand, WeightOperand } from '../kernels/operands.ts';

type Strides = DataOperand['strides'];

/** One problem without holes. */
export interface Pass {
  readonly geometry: Geometry;
  /** Steps through the whole output, and where this pass begins in it, in elements. */
  readonly output: Strides;
  readonly offset: number;
  /** The taps this pass meets, of the whole weight. */
  weight(of: WeightOperand): WeightOperand;
}

/** The passes of a conv or pool whose output has these steps. */
export function passes(of: Geometry, output: Strides): readonly Pass[] {
  if (of.axes.every((one) => one.inputDilation === 1))
    return [{ geometry: of, output, offset: 0, weight: (weight) => weight }];
  return product(of.axes.map(phases)).map((each) => {
    const steps = output.sizes;
    return {
      geometry: geometry({ ...of, axes: each.map((phase) => phase.axis) }),
      output: { ...output, sizes: each.map((phase, i) => phase.every * (steps[i] as number)) },
      offset: each.reduce((sum, phase, i) => sum + phase.first * (steps[i] as number), 0),
      weight: (weight) => tapsOf(weight, each, of.axes, of.flip),
    };
  });
}

/** Every tap `step` from the first on; a mirrored kernel is counted from its end. */
function tapsOf(
  of: WeightOperand,
  each: readonly Phase[],
  axes: readonly Axis[],
  flip: boolean,
): WeightOperand {
  const k = of.strides.k;
  const firsts = each.map(({ axis, tap, step }, i) =>
    flip ? (axes[i] as Axis).kernel - 1 - tap - step * (axis.kernel - 1) : tap,
  );
  return {
    data: of.data,
    offset: firsts.reduce((sum, first, i) => sum + first * (k[i] as number), of.offset),
    strides: { ...of.strides, k: each.map(({ step }, i) => step * (k[i] as number)) },
  };
}

function product(lists: readonly (readonly Phase[])[]): Phase[][] {
  return lists.reduce<Phase[][]>(
    (all, list) => all.flatMap((before) => list.map((one) => [...before, one])),
    [[]],
  );
}
