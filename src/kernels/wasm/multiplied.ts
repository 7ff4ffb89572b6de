// Storing the filters of a channel side by side. Sums stand channel by channel, one vector for each filter of four channels:
//
//   a0 a1 a2 a3      b0 b1 b2 b3          ->          a0 b0 a1 b1   a2 b2 a3 b3
//
// The sums go through memory and a function of their own, because shuffles would keep V8 from joining pairs of vectors.

import type { Assembly } from './assembler.ts';
import { type Code, get, type Local, load, set, shuffle, store, storeLane } from './code.ts';
import type { Lanes } from './lanes.ts';

/** Defines interleave(sums, output): sums as [output][filter][part], outputs at these byte offsets. */
export function defineInterleave(
  module: Assembly,
  of: Lanes,
  multiplier: number,
  offsets: readonly number[],
): number {
  return module.define(['i32', 'i32'], (frame) => {
    const [from, to] = frame.parameters as [Local, Local];
    const filters = Array.from({ length: multiplier }, () => frame.local('v128'));
    const one = (i: number, part: number): Code => {
      const at = (offsets[i] as number) + part * multiplier * 16;
      const loads = filters.map((filter, m) =>
        set(filter, load(get(from), ((i * multiplier + m) * of.parts + part) * 16)),
      );
      const [a, b] = filters as [Local, Local];
      if (multiplier === 2 && of.lanes === 4) {
        return [
          loads,
          store(get(to), at, shuffle(get(a), get(b), [0, 4, 1, 5])),
          store(get(to), at + 16, shuffle(get(a), get(b), [2, 6, 3, 7])),
        ];
      }
      return [
        loads,
        filters.map((filter, m) =>
          Array.from({ length: of.lanes }, (_, lane) =>
            storeLane(get(to), at + (lane * multiplier + m) * 4, get(filter), lane),
          ),
        ),
      ];
    };
    return offsets.map((_, i) => Array.from({ length: of.parts }, (_, part) => one(i, part)));
  });
}
