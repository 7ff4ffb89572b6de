// TensorFlow.js' poolings, which leave pads out of an average, and its padding of arrays.
//
//   a window of 1 whose output is as large as its input    the input itself, whatever stride and pads are
//   an average of nothing                                  NaN on a plane, 0 in three dimensions
//   tf.pool with dilations                                 'same' pads with zeros that count, even for a maximum, on all
//                                                          axes the same at every stride; a number or pairs do nothing
//
// Source: tfjs-core/src/ops/pool.ts, tfjs-backend-cpu/src/kernels/{MaxPool,AvgPool}.ts (4.22).

import { type Axis, out, windowPads } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { pooled, poolFill } from '../builder.ts';
import type { Layer, Layout, Resolved, Shape } from '../dialect.ts';
import { overNothing } from '../nothing.ts';
import type { Arguments } from '../signature.ts';
import { padNotes, padOf, type Sliding, slide } from './axes.ts';
import { LEADS, refuseStrideWithDilation } from './conv.ts';

/** What a pooling is besides its windows. */
interface Pooling {
  readonly operation: 'max' | 'average';
  readonly layout?: Layout;
  readonly leads?: readonly number[];
  readonly notes?: readonly Text[];
  readonly statedInput?: Shape | null;
}

/** maxPool, avgPool and their 3-D kin. */
export function pool(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  if (rank === 3) args.word('dataFormat', ['NDHWC']);
  const kernel = args.integers('filterSize', rank, 1);
  const stride = args.integers('strides', rank, 1);
  const of = { kernel, stride, dilation: kernel.map(() => 1), ...padOf(args, rank, 'last') };
  return poolOf(args.who, of, { operation });
}

/** A pooling with these windows. */
export function poolOf(who: string, of: Sliding, { operation, layout = 'last', ...more }: Pooling): Layer {
  const rank = of.kernel.length;
  const fill = poolFill(operation).fillBefore;
  const made = (axisOf: (size: number, i: number) => Axis) =>
    pooled({
      ...{ who, rank, layout, leads: LEADS, operation, divisor: 'real', axisOf },
      ...{ ...more, notes: [...padNotes(of), ...(more.notes ?? [])] },
    });
  const layer = made((size, i) => slide(who, of, size, i, fill));
  if (rank === 3 && operation === 'average')
    return { ...layer, resolve: (input) => zeros(layer.resolve(input)) };
  if (rank === 3 || of.kernel.some((taps) => taps > 1)) return layer;
  const note =
    'TensorFlow.js hands the input back where a window of 1 makes an output as large as the input.';
  const identity = made((size) => slide(who, { ...of, stride: ONES, pad: 'valid' }, size, 0, fill));
  return {
    ...layer,
    notes: of.pad === 'same' || of.pad === 'valid' ? layer.notes : [...layer.notes, note],
    resolve: (input) => {
      const resolved = layer.resolve(input);
      const axes = resolved.steps.flatMap((step) => step.axes);
      return axes.every((one) => out(one) === one.size) ? identity.resolve(input) : resolved;
    },
  };
}

const ONES = [1, 1];

/** In three dimensions the average of nothing is 0, on a plane it is NaN. */
function zeros({ steps, output }: Resolved): Resolved {
  return { steps: steps.flatMap((step) => overNothing(step, 0)), output };
}

/** tf.pool. */
export function anyPool(args: Arguments): Layer {
  const { who } = args;
  const ones = (name: string) => (args.value(name) === null ? ONES : args.integers(name, 2, 1));
  const zero = args.value('pad') === 0 && args.value('dimRoundingMode') === null;
  const given = zero ? ({ pad: 'valid', rounding: 'floor' } as const) : padOf(args, 2, 'last');
  const windows = {
    kernel: args.integers('windowShape', 2, 1),
    stride: ones('strides'),
    dilation: ones('dilations'),
  };
  const operation = args.word('poolingType', ['avg', 'max']) === 'max' ? 'max' : 'average';
  refuseStrideWithDilation(who, windows);
  if (Math.max(...windows.dilation) === 1) return poolOf(who, { ...windows, ...given }, { operation });
  if (args.value('dimRoundingMode') !== null)
    args.refuse('dimRoundingMode', 'nothing where dilations are above 1');
  const pad = given.pad === 'same' ? windows.kernel.map((_, i) => windowPads(dilated(windows, i))) : 'valid';
  const ignored = typeof given.pad !== 'string';
  return pooled({
    ...{ who, rank: 2, layout: 'last', leads: LEADS, operation, divisor: 'window' },
    notes: ignored ? [say`TensorFlow.js leaves pad out where dilations are above 1.`] : [],
    axisOf: (size, i) => slide(who, { ...windows, pad, rounding: 'floor' }, size, i),
  });
}

function dilated({ kernel, dilation }: Pick<Sliding, 'kernel' | 'dilation'>, i: number) {
  return { kernel: kernel[i] as number, dilation: dilation[i] as number };
}
