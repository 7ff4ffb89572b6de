// A window over a dilated input meets elements and holes. Outputs that meet the same taps form a phase, and a phase is an axis
// without holes: with i = inputDilation, s = stride, d = dilation,
//
//   output o, tap t reads position o*s - before + t*d, an element when that is a multiple of i
//   phase   outputs o = first + every * o'    every = i / gcd(s, i)
//           taps    t = tap + step * t'       step = i / gcd(d, i), the same for all of them
//           reads element  (first*s - before + tap*d) / i  +  o' * (every*s/i)  +  t' * (step*d/i)
//
// A transposed convolution of stride 2 so becomes two small convolutions an axis, whose outputs alternate. Source: the
// sub-pixel convolution of Shi et al., arXiv:1609.05158.

import { type Axis, axis, extent, out, span } from './axis.ts';

/** The outputs first, first + every, ... of an axis, as an axis without holes. */
export interface Phase {
  readonly axis: Axis;
  /** Outputs: first + every * o'. */
  readonly first: number;
  readonly every: number;
  /** Taps: tap + step * t'. */
  readonly tap: number;
  readonly step: number;
}

/** The phases of an axis whose padding is zero; one for an axis without holes. A phase that meets no tap reads padding. */
export function phases(of: Axis): readonly Phase[] {
  const i = of.inputDilation;
  if (i === 1) return [{ axis: of, first: 0, every: 1, tap: 0, step: 1 }];
  const outs = out(of);
  const every = i / divisor(of.stride, i);
  const step = i / divisor(of.dilation, i);
  const found: Phase[] = [];
  for (let first = 0; first < Math.min(every, outs); first++) {
    const windows = Math.ceil((outs - first) / every);
    const position = first * of.stride - of.before;
    let tap = 0;
    while (tap < step && modulo(position + tap * of.dilation, i) !== 0) tap++;
    const taps = tap < step ? Math.ceil((of.kernel - tap) / step) : 0;
    const common = { size: of.size, stride: (every * of.stride) / i };
    const window =
      taps > 0
        ? windowOf(
            { ...common, kernel: taps, dilation: (step * of.dilation) / i },
            (position + tap * of.dilation) / i,
            windows,
          )
        : windowOf({ ...common, kernel: 1, dilation: 1 }, of.size, windows);
    found.push({ axis: window, first, every, tap: taps > 0 ? tap : 0, step });
  }
  return found;
}

/** The axis whose window o starts at element `begin + o * stride`, with so many windows. */
function windowOf(
  of: { size: number; kernel: number; stride: number; dilation: number },
  begin: number,
  windows: number,
): Axis {
  const covered = extent(axis(of)) + (windows - 1) * of.stride;
  return axis({ ...of, before: 0 - begin, after: covered + begin - span(axis(of)) });
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
