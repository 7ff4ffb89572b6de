// Pools whose windows at the border may hold nothing at all: every framework has a value of its own for those.
//
//   ceil mode without a clip, size 2, kernel 1, stride 2, two windows     [x0] [nothing]
//
// Sources: runs of MXNet 1.9.1, PaddlePaddle 3.3.1 and OpenVINO 2026.4.1.

import { type Axis, extent, type Geometry, geometry, keep, out, start } from '../geometry/index.ts';

/** The most negative number of 32 bits, which stands for the maximum of nothing. */
export const SMALLEST: number = -(2 - 2 ** -23) * 2 ** 127;

/** Windows at the border that hold nothing are cut off and put back as padding with the framework's own value for them. */
export function overNothing(problem: Geometry, fill: number): Geometry[] {
  const { batch, channels, axes, operation } = problem;
  const cuts = axes.map((one) => {
    // Pads count in an average over the window; otherwise only elements do.
    const pads = operation === 'average' && problem.divisor === 'window';
    const [low, high] = pads ? [-one.before, one.size + one.after] : [0, one.size];
    // The first window that ends beyond low, and the first one that starts at high or later.
    const from = Math.max(0, Math.floor((low + one.before - extent(one)) / one.stride) + 1);
    const to = Math.min(out(one), Math.ceil((high + one.before) / one.stride));
    return from < to ? { one, from, to } : { one, from: 0, to: 0 };
  });
  if (cuts.every(({ one, from, to }) => to - from === out(one))) return [problem];
  const constant = { kernel: 1, fillBefore: fill, fillAfter: fill };
  if (cuts.some(({ from, to }) => from === to)) {
    const none = axes.map((one) => ({ ...constant, size: one.size, before: -one.size, after: out(one) }));
    return [geometry({ operation: 'pad', batch, channels, axes: none })];
  }
  const kept = geometry({ ...problem, axes: cuts.map(({ one, from, to }) => keep(one, from, to)) });
  const back = cuts.map(({ one, from, to }) => {
    return { ...constant, size: to - from, before: from, after: out(one) - to };
  });
  return [kept, geometry({ operation: 'pad', batch, channels, axes: back })];
}

/** The most windows of a dilation wider than its input that are looked at one by one. */
const MOST_LOOKED_AT = 2 ** 16;

/** A maximum with the constant that stands for its pads, where a window of nothing shows it. */
export function showingFill(problem: Geometry): Geometry {
  if (!problem.axes.some(readsNothing)) return problem;
  const axes = problem.axes.map((one) => {
    const after = one.after + one.overhang;
    return { ...one, after, overhang: 0, fillBefore: SMALLEST, fillAfter: SMALLEST };
  });
  return geometry({ ...problem, axes });
}

/** Whether a window reads no element: beyond an end, or on both sides of an input narrower than the dilation. */
function readsNothing(one: Axis): boolean {
  const windows = out(one);
  if (windows === 0) return false;
  if (one.before >= extent(one) || start(one, windows - 1) >= one.size) return true;
  if (one.dilation <= one.size) return false;
  for (let o = 0; o < Math.min(windows, MOST_LOOKED_AT) && start(one, o) < 0; o++) {
    const tap = Math.ceil(-start(one, o) / one.dilation);
    if (tap >= one.kernel || start(one, o) + tap * one.dilation >= one.size) return true;
  }
  return false;
}
