// OpenVINO's pools. 'ceil' drops no window, 'ceil_torch' one that starts beyond the input and the leading pad. An average
// counts pads unless exclude_pad, and where there are any, what ceil adds as well.
// Sources: core/shape_inference/include/pooling_shape_inference_util.hpp, and runs of 2026.4 on the CPU.

import { axis, ceilMode, extent, type Geometry, geometry } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { pooled, poolFill, refuseEmpty } from '../builder.ts';
import { type Layer, refusal } from '../dialect.ts';
import { showingFill } from '../nothing.ts';
import type { Arguments } from '../signature.ts';
import type { Windows } from '../window.ts';
import { anyCase, autoPad, explicitPads, list, paddedAxis } from './attributes.ts';

const ROUNDING = ['floor', 'ceil', 'ceil_torch'] as const;

/** max_pool and avg_pool of an operation set. */
export function pool(args: Arguments, operation: 'max' | 'average', opset: number): Layer {
  const { who } = args;
  const kernelValue = args.value('kernel_shape');
  const rank = Array.isArray(kernelValue) ? kernelValue.length : 0;
  if (rank < 1 || rank > 3) args.refuse('kernel_shape', 'a list of one to three integers');
  const windows: Windows = {
    kernel: args.integers('kernel_shape', rank, 1),
    stride: list(args, 'strides', rank, 1, 1),
    dilation: list(args, 'dilations', rank, 1, 1),
  };
  const auto = autoPad(args);
  const pads = explicitPads(args, rank, auto);
  const rounding = anyCase(args, 'rounding_type', opset < 14 ? ROUNDING.slice(0, 2) : ROUNDING);
  const excluded = operation === 'average' && args.flag('exclude_pad');
  const floorOf = (size: number, i: number) =>
    axis({ ...paddedAxis(windows, auto, pads, size, i), ...poolFill(operation) });
  const layer = pooled({
    who,
    rank,
    layout: 'first',
    operation,
    divisor: excluded ? 'real' : 'window',
    notes: notes(rounding),
    axisOf: (size, i) => {
      const floor = floorOf(size, i);
      return rounding === 'floor' ? floor : ceilMode(floor, rounding === 'ceil_torch');
    },
    refuse: ({ size }, i, problem) => {
      const floor = floorOf(size, i);
      refuseEmpty(who, floor, i, problem);
      const { before, after } = floor;
      if (excluded && (before >= extent(floor) || after >= extent(floor)))
        throw refusal(
          who,
          say`pads ${before} and ${after} on axis ${i} can hold a whole window, whose average with exclude_pad=True is of nothing`,
          problem,
        );
    },
  });
  return {
    ...layer,
    resolve: (input) => {
      const { steps, output } = layer.resolve(input);
      if (excluded) return { steps, output };
      return { steps: steps.map(operation === 'max' ? showingFill : counted), output };
    },
  };
}

/** An average that counts pads counts what 'ceil' adds too, but only where there are pads. */
function counted(problem: Geometry): Geometry {
  if (problem.axes.every(({ before, after }) => before === 0 && after === 0)) return problem;
  const axes = problem.axes.map((one) => ({ ...one, after: one.after + one.overhang, overhang: 0 }));
  return geometry({ ...problem, axes });
}

function notes(rounding: (typeof ROUNDING)[number]): Text[] {
  return rounding === 'ceil'
    ? [
        "rounding_type='ceil' keeps a last window that starts beyond the input; 'ceil_torch' drops it as PyTorch does.",
      ]
    : [];
}
