// OpenVINO's convolutions and their gradients with respect to the data, which are its transposed convolutions:
//
//   convolution                 as ONNX's; SAME counts the dilation
//   convolution_backprop_data   (size - 1) * stride + extent - begin - end + output_padding, which has no limit
//
// Sources: core/shape_inference/include/convolution_backprop_shape_inference_util.hpp, and runs of 2026.4 on the CPU.

import { type Axis, naturalSize, type Pads, split, transposedAxis } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import { refuseEmpty, weighted } from '../builder.ts';
import { type Layer, refusal, type Shape } from '../dialect.ts';
import { type Arguments, isTensor } from '../signature.ts';
import { type Windows, windowOf } from '../window.ts';
import { type AutoPad, autoPad, explicitPads, list, oddOf, paddedAxis } from './attributes.ts';

interface Weights {
  readonly channels: number;
  readonly filters: number;
  readonly groups: number;
  readonly kernel: Shape;
}

/** What the shape of the filters says: of a transposed convolution the inputs stand before the outputs. */
function weightsOf(args: Arguments, grouped: boolean, transposed: boolean): Weights {
  const shape = args.shape('filters');
  const rank = shape.length - (grouped ? 3 : 2);
  if (rank < 1 || rank > 3)
    args.refuse('filters', grouped ? 'four to six dimensions, groups first' : 'three to five dimensions');
  const [groups = 1, first = 1, second = 1, ...kernel] = grouped ? shape : [1, ...shape];
  const [filters, channels] = transposed ? [second, first] : [first, second];
  return { channels: channels * groups, filters: filters * groups, groups, kernel };
}

function windowsOf(args: Arguments, { kernel }: Weights): Windows {
  return {
    kernel,
    stride: list(args, 'strides', kernel.length, 1, 1),
    dilation: list(args, 'dilations', kernel.length, 1, 1),
  };
}

/** convolution and group_convolution. */
export function convolution(args: Arguments, grouped: boolean): Layer {
  const { who } = args;
  const weights = weightsOf(args, grouped, false);
  const rank = weights.kernel.length;
  const windows = windowsOf(args, weights);
  const auto = autoPad(args);
  const pads = explicitPads(args, rank, auto);
  return weighted({
    ...weights,
    who,
    rank,
    layout: 'first',
    kind: 'conv',
    order: grouped ? 'g o i k' : 'go i k',
    bias: false,
    flip: false,
    names: ['filters', 'bias'],
    axisOf: (size, i) => paddedAxis(windows, auto, pads, size, i),
    refuse: (one, i, problem) => refuseEmpty(who, one, i, problem),
  });
}

/** convolution_backprop_data and group_convolution_backprop_data. */
export function backprop(args: Arguments, grouped: boolean): Layer {
  const { who } = args;
  const weights = weightsOf(args, grouped, true);
  const rank = weights.kernel.length;
  const windows = windowsOf(args, weights);
  const auto = autoPad(args);
  const pads = explicitPads(args, rank, auto);
  const extra = list(args, 'output_padding', rank, -Infinity, 0);
  const sizes = outputShape(args, rank);
  const axisOf = (size: number, i: number): Axis => {
    const window = windowOf(windows, size, i);
    const natural = naturalSize(window);
    const [before, after] = auto === 'explicit' ? (pads[i] as Pads) : [0, 0];
    const computed = natural - before - after + (extra[i] as number);
    const windowCount = sizes === null ? computed : (sizes[i] as number);
    if (windowCount < 0)
      throw refusal(
        who,
        say`the output would be ${windowCount} wide: pads cut ${before + after} of ${natural}`,
      );
    const total = Math.max(0, natural + (extra[i] as number) - windowCount);
    const [cut] =
      sizes !== null && isSame(auto) ? split(total, oddOf(auto) === 'upper' ? 'lower' : 'upper') : [before];
    return transposedAxis(window, cut, windowCount);
  };
  return weighted({
    ...weights,
    who,
    rank,
    layout: 'first',
    kind: 'transposed',
    order: grouped ? 'g i o k' : 'gi o k',
    bias: false,
    flip: true,
    names: ['filters', 'bias'],
    notes: isSame(auto) ? [sizes === null ? CUTS_NOTHING : CUTS_BEFORE] : [],
    axisOf,
  });
}

const CUTS_NOTHING = 'OpenVINO cuts nothing for auto_pad unless output_shape is given.';
const CUTS_BEFORE =
  "OpenVINO's transposed 'same_upper' cuts the odd element before, 'same_lower' after; TensorFlow's SAME cuts it after.";

/** Whether the pads depend on the size. */
function isSame(auto: AutoPad): boolean {
  return auto === 'same_upper' || auto === 'same_lower';
}

/** The spatial output sizes that an input tensor or a list gives; null where they are computed. */
function outputShape(args: Arguments, rank: number): number[] | null {
  const value = args.value('output_shape');
  if (value === null) return null;
  if (isTensor(value)) args.refuse('output_shape', 'a list of integers');
  return list(args, 'output_shape', rank, 0, 0);
}
