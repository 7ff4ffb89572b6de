// Other orders of the same numbers, for engines that want them.

import type { Task } from '../task.ts';

/** Row-major data of `shape` with its dimensions in another order: dimension i of the result is dimension order[i]. */
export function reordered(
  data: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  const steps = shape.map((_, i) => shape.slice(i + 1).reduce((product, length) => product * length, 1));
  const lengths = order.map((dimension) => shape[dimension] as number);
  const along = order.map((dimension) => steps[dimension] as number);
  const moved = new Float32Array(data.length);
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < moved.length; to++) {
    moved[to] = data[from] as number;
    for (let i = index.length - 1; i >= 0; i--) {
      index[i] = (index[i] as number) + 1;
      from += along[i] as number;
      if ((index[i] as number) < (lengths[i] as number)) break;
      from -= (along[i] as number) * (lengths[i] as number);
      index[i] = 0;
    }
  }
  return moved;
}

/** A weight [filters, channels / groups, ...kernel] as [channels, filters / groups, ...kernel], group by group. */
export function swappedInGroups(task: Task, weight: Float32Array): Float32Array {
  const { groups, filters, channels } = task;
  const taps = task.kernel.reduce((product, length) => product * length, 1);
  return reordered(weight, [groups, filters / groups, channels / groups, taps], [0, 2, 1, 3]);
}

/** [N, C, ...sizes] as [N, ...sizes, C]. */
export function channelsLast(data: Float32Array, shape: readonly number[]): Float32Array {
  return reordered(data, shape, [0, ...shape.slice(2).map((_, i) => i + 2), 1]);
}

/** A weight [filters, channels, ...kernel] as [...kernel, channels, filters]. */
export function tapsFirst(data: Float32Array, shape: readonly number[]): Float32Array {
  return reordered(data, shape, [...shape.slice(2).map((_, i) => i + 2), 1, 0]);
}

/** A weight with its taps mirrored along every axis. */
export function mirrored(task: Task, weight: Float32Array): Float32Array {
  const taps = task.kernel.reduce((product, length) => product * length, 1);
  return weight.map((_, at) => weight[at - (at % taps) + (taps - 1 - (at % taps))] as number);
}
