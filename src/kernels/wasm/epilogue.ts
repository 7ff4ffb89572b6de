// What happens to a finished sum before it is stored: the activation, on four numbers at a time.

import type { Activation } from '../activation.ts';
import {
  type Code,
  choose,
  f32x4,
  get,
  greater,
  type Local,
  largest,
  plus,
  smallest,
  times,
} from './code.ts';

/** The activation of the vector in a local, as an expression; the local's value itself for none. */
export function activated(of: Activation | null, x: Local): Code {
  if (of === null) return get(x);
  switch (of.name) {
    case 'relu':
      return largest(get(x), f32x4(0));
    case 'clip':
      return smallest(largest(get(x), f32x4(of.low)), f32x4(of.high));
    case 'leaky_relu':
      return choose(greater(get(x), f32x4(0)), get(x), times(get(x), f32x4(of.slope)));
    case 'hard_swish':
      return times(
        get(x),
        times(smallest(largest(plus(get(x), f32x4(3)), f32x4(0)), f32x4(6)), f32x4(1 / 6)),
      );
    default:
      throw new Error(`the activation ${of.name} is not written yet`);
  }
}
