// The weights of a depthwise convolution as its code reads them, for each group of channels (lanes.ts):
//
//   biases   [filter of a channel][channel of the group]
//   weights  [tap][filter of a channel][channel of the group]        taps in order, mirrored for a true convolution

import type { Geometry } from '../../geometry/index.ts';
import type { WeightOperand } from '../operands.ts';
import { tapOffsets } from './gemm.ts';
import { firstChannel, type Lanes } from './lanes.ts';

/** Sizes in floats. */
export interface WeightSizes {
  /** Filters of a channel. */
  readonly multiplier: number;
  readonly taps: number;
  /** Numbers of one tap, as many as biases, and of a group. */
  readonly tap: number;
  readonly group: number;
}

/** How a depthwise weight is packed. */
export function weightSizes(of: Geometry, lanes: Lanes): WeightSizes {
  const multiplier = of.filters / of.channels;
  const taps = of.axes.reduce((product, one) => product * one.kernel, 1);
  const tap = multiplier * lanes.parts * 4;
  return { multiplier, taps, tap, group: tap * (taps + 1) };
}

/** Offset of a vector of one tap, in bytes. */
export function weightAt(of: WeightSizes, lanes: Lanes, tap: number, filter: number, part: number): number {
  return (tap * of.tap + (filter * lanes.parts + part) * 4) * 4;
}

/** Writes them into zeros. */
export function packDepthwise(
  of: Geometry,
  lanes: Lanes,
  into: Float32Array,
  { data, offset, strides }: WeightOperand,
  bias: (filter: number) => number,
): void {
  const sizes = weightSizes(of, lanes);
  const offsets = tapOffsets(of, strides.k);
  for (let group = 0; group < lanes.groups; group++) {
    for (let lane = 0; lane < lanes.step; lane++) {
      const channel = firstChannel(lanes, group) + lane;
      for (let m = 0; m < sizes.multiplier; m++) {
        const part = Math.floor(lane / lanes.lanes);
        let to = group * sizes.group + (m * lanes.parts + part) * 4 + (lane % lanes.lanes);
        into[to] = bias(channel * sizes.multiplier + m);
        const from = offset + channel * strides.g + m * strides.o;
        for (let t = 0; t < sizes.taps; t++) {
          to += sizes.tap;
          into[to] = data[from + (offsets[t] as number)] as number;
        }
      }
    }
  }
}
