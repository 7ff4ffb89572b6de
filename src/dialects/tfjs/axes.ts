// How TensorFlow.js counts windows. With extent K, stride s, pads before and after:
//
//   'same'          ceil(n / s) windows, the odd pad after; in 3-D its total is not clamped at 0 and may crop
//   'valid'         floor((n - K) / s) + 1
//   p               round((n - K + 2 p) / s + 1), with the K and s of the first axis for all axes of a plane
//   [[0, 0], ..]    round((n - K + before + after) / s + 1), a pair per dimension
//
// round is dimRoundingMode, or what C does: towards zero. A count beyond the pads reads zeros, a pool nothing.
// Source: tfjs-core/src/ops/conv_util.ts (4.22).

import {
  type Axis,
  axis,
  extent,
  type Fill,
  keep,
  type Pads,
  samePads,
  split,
} from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import { type Layout, refusal, type Value } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { type Windows, windowOf } from '../window.ts';

/** A word, pads on all sides, or one [before, after] per axis. */
type Pad = 'same' | 'valid' | number | readonly Pads[];

/** How a fraction of a window counts. */
type Rounding = 'trunc' | 'floor' | 'round' | 'ceil';

/** Windows, their pads, and how they are counted. */
export interface Sliding extends Windows {
  readonly pad: Pad;
  readonly rounding: Rounding;
}

/** The axis along `i`; `fill` is what its pads hold. @throws DialectError for a negative count of windows */
export function slide(who: string, of: Sliding, size: number, i: number, fill: Fill = 0): Axis {
  const window = windowOf(of, size, i);
  const one = { ...window, fillBefore: fill, fillAfter: fill };
  const { pad, kernel } = of;
  if (pad === 'same') {
    const [before, after] =
      kernel.length < 3 ? samePads(window) : split(kept(one, 0, Math.ceil(size / window.stride)).after);
    return axis({ ...one, before, after });
  }
  const [before, after] = pad === 'valid' ? [0, 0] : typeof pad === 'number' ? [pad, pad] : (pad[i] as Pads);
  const counts = typeof pad === 'number' && kernel.length < 3 ? windowOf(of, size, 0) : window;
  const room = size + before + after - extent(counts);
  const windows = room < 0 && kernel.length === 3 ? 0 : Math[of.rounding](room / counts.stride + 1);
  if (windows < 0)
    throw refusal(
      who,
      say`the window spans ${extent(counts)} on axis ${i}, but the padded input is ${size + before + after} wide, which leaves ${windows} outputs`,
    );
  return kept(one, before, windows);
}

/** The axis with so many windows, however far they reach. */
function kept(one: Parameters<typeof axis>[0], before: number, windows: number): Axis {
  if (windows === 0) return axis({ ...one, before, after: 0 - before - one.size });
  const { kernel, stride = 1, dilation = 1 } = one;
  const beyond = windows * stride + extent({ kernel, dilation }) + Math.abs(before);
  return keep(axis({ ...one, before, after: beyond }), 0, windows);
}

/** The pad and rounding of a function; `words` alone where it takes no pairs. */
export function padOf(args: Arguments, rank: number, layout: Layout): Pick<Sliding, 'pad' | 'rounding'> {
  const value = args.value('pad');
  const mode = args.value('dimRoundingMode');
  const rounding =
    mode === null
      ? value === 'valid'
        ? 'floor'
        : 'trunc'
      : args.word('dimRoundingMode', ['floor', 'round', 'ceil']);
  if (Array.isArray(value)) return { pad: pairs(args, value as readonly Value[], rank, layout), rounding };
  if (typeof value === 'number') return { pad: args.integer('pad'), rounding };
  const pad = args.word('pad', ['same', 'valid']);
  if (mode !== null)
    throw refusal(
      args.who,
      say`pad must be a number where dimRoundingMode is '${rounding}', received '${pad}'`,
    );
  return { pad, rounding };
}

/** One [before, after] per axis of a plane, out of one for each dimension of the input. */
function pairs(args: Arguments, rows: readonly Value[], rank: number, layout: Layout): Pads[] {
  if (rank === 3) args.refuse('pad', "'same' or 'valid' or an integer");
  const all = rows.map((row) => (Array.isArray(row) ? (row as readonly Value[]) : []));
  const fits = all.length === 4 && all.every((row) => row.length === 2 && row.every(Number.isInteger));
  if (!fits) args.refuse('pad', "'same' or 'valid' or an integer or 4 pairs of integers");
  const axes = (layout === 'last' ? all.slice(1, 3) : all.slice(2)) as unknown as Pads[];
  const [height = [0, 0], width = [0, 0]] = axes;
  if (rank === 2) return axes;
  if (height.some((count) => count !== 0))
    args.refuse('pad', '4 pairs of integers of which the third alone is not zero');
  return [width];
}

/** The notes on what a pad does otherwise than elsewhere. */
export function padNotes({ pad, kernel, stride, dilation }: Sliding): ReturnType<typeof say>[] {
  const uneven = [kernel, stride, dilation].some((numbers) => new Set(numbers).size > 1);
  if (kernel.length < 3 && typeof pad === 'number' && uneven)
    return [
      say`TensorFlow.js counts the outputs of all axes with the window and stride of the first when pad is a number, here ${pad}.`,
    ];
  const wider = stride.some((step, i) => step > (kernel[i] as number));
  if (kernel.length === 3 && pad === 'same' && wider)
    return [
      say`TensorFlow.js does not clamp the padding of 'same' at 0 in three dimensions and may crop here.`,
    ];
  return [];
}
