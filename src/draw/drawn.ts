// Which of evenly spaced stretches are wholly drawn: the windows of an axis, or what each element of a transposed one writes.
//
//   shown     0 1 2 3 4 5 ... 60 61 62 63        stretches of 3, 2 apart: 0 1 and 30, not 2 to 29
//
// Only what is shown is looked at, never the axis: it may be 2^31 long.

import { type Axis, extent, out } from '../geometry/index.ts';
import { range, type Shown } from './shown.ts';

/** `count` stretches of `extent` positions; number i begins at first + i * step. */
export interface Stretches {
  readonly count: number;
  readonly first: number;
  readonly step: number;
  readonly extent: number;
}

/** The windows of an axis. */
export function windowsOf(of: Axis): Stretches {
  return { count: out(of), first: -of.before, step: of.stride, extent: extent(of) };
}

/** The numbers of the stretches that are wholly shown. */
export function drawn(of: Stretches, shown: Shown): number[] {
  return runs(shown).flatMap(([from, to]) => {
    const low = Math.max(0, Math.ceil((from - of.first) / of.step));
    const high = Math.min(of.count - 1, Math.floor((to - of.extent - of.first) / of.step));
    return range(low, high + 1);
  });
}

/** Numbers in order with what is left out between 0 and `count` marked. */
export function gapped(numbers: readonly number[], count: number): Shown {
  const marked: (number | undefined)[] = [];
  let next = 0;
  for (const one of numbers) {
    if (one > next) marked.push(undefined);
    marked.push(one);
    next = one + 1;
  }
  return next < count ? [...marked, undefined] : marked;
}

/** The unbroken pieces [from, to) of what is shown. */
function runs(shown: Shown): (readonly [number, number])[] {
  const pieces: [number, number][] = [];
  let open = false;
  for (const position of shown) {
    const last = pieces.at(-1);
    if (position === undefined) open = false;
    else if (open && last !== undefined) last[1] = position + 1;
    else {
      pieces.push([position, position + 1]);
      open = true;
    }
  }
  return pieces;
}
