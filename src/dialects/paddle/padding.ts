// PaddlePaddle's padding argument, the same for convolutions and pools, and what its sizes become:
//
//   1   (1, 2)                            as much before as after, of all axes or of each
//   [1, 2, 0, 1]                          before and after, axis by axis
//   [[0, 0], [0, 0], [1, 2], [0, 1]]      the same for all dimensions, in the order of data_format
//   'SAME'  'valid'                       in any case
//
// Sources: _update_padding_nd in python/paddle/nn/functional/{conv,pooling}.py (3.3).

import type { Pads } from '../../geometry/index.ts';
import type { Layout, Value } from '../dialect.ts';
import type { Arguments } from '../signature.ts';

/** Values of data_format by rank. */
export const FORMATS: Readonly<Record<Layout, readonly string[]>> = {
  first: ['NCL', 'NCHW', 'NCDHW'],
  last: ['NLC', 'NHWC', 'NDHWC'],
};

/** Where data_format has the channels; first for a layer without it. */
export function layoutOf(args: Arguments, rank: number): Layout {
  const [first, last] = [FORMATS.first[rank - 1] as string, FORMATS.last[rank - 1] as string];
  const value = args.value('data_format');
  return value === null || args.word('data_format', [first, last]) === first ? 'first' : 'last';
}

/** The pads of each axis, at least `least`, or 'same', which depends on the size. */
export function readPadding(args: Arguments, rank: number, layout: Layout, least: number): 'same' | Pads[] {
  const value = args.value('padding');
  if (typeof value === 'string') {
    if (value.toUpperCase() === 'SAME') return 'same';
    if (value.toUpperCase() === 'VALID') return Array.from({ length: rank }, (): Pads => [0, 0]);
    return args.refuse('padding', "integers, 'SAME' or 'VALID'");
  }
  const list: readonly Value[] = Array.isArray(value) ? value : [value];
  if (list.length === rank + 2 && Array.isArray(list[0])) return nested(args, list, rank, layout, least);
  if (list.length === 2 * rank && Array.isArray(value)) {
    const flat = args.integers('padding', 2 * rank, least);
    return Array.from({ length: rank }, (_, i): Pads => [flat[2 * i] as number, flat[2 * i + 1] as number]);
  }
  return args.integers('padding', rank, least).map((pad): Pads => [pad, pad]);
}

function nested(
  args: Arguments,
  list: readonly Value[],
  rank: number,
  layout: Layout,
  least: number,
): Pads[] {
  const pairs = list.map((pair): Pads => {
    const [before, after, more] = Array.isArray(pair) ? (pair as readonly Value[]) : [];
    const fits = (side: Value | undefined) =>
      typeof side === 'number' && Number.isInteger(side) && side >= least;
    if (!fits(before) || !fits(after) || more !== undefined)
      return args.refuse('padding', 'a pair of integers for every dimension');
    return [before as number, after as number];
  });
  const spatial = layout === 'first' ? pairs.slice(2) : pairs.slice(1, -1);
  const others = layout === 'first' ? pairs.slice(0, 2) : [pairs[0] as Pads, pairs.at(-1) as Pads];
  if (spatial.length !== rank || others.some(([before, after]) => before !== 0 || after !== 0))
    args.refuse('padding', 'no padding of batch and channels');
  return spatial;
}
