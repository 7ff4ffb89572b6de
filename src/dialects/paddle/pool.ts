// PaddlePaddle's pools: stride = kernel_size unless given, no dilation. ceil_mode drops no window, and sizes are divided as C
// does. exclusive=True averages the elements; otherwise the positions up to size + before count, whatever is padded after.
// Sources: python/paddle/nn/functional/pooling.py, paddle/phi/kernels/funcs/pooling.{h,cc} (3.3).

import { type Axis, axis, out, type Pads, samePads, tight, truncated, truncatedSize } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { poolFill, pooled } from '../builder.ts';
import { type Layer, refusal } from '../dialect.ts';
import { overNothing } from '../nothing.ts';
import type { Arguments } from '../signature.ts';
import { type Windows, windowOf } from '../window.ts';
import { layoutOf, readPadding } from './padding.ts';

/** What the maximum of nothing is: the most negative number of 32 bits, in 64 bits too. */
const SMALLEST = -3.4028234663852886e38;

/** MaxPool1D to MaxPool3D, AvgPool1D to AvgPool3D and their functions. */
export function pool(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const layout = layoutOf(args, rank);
  const kernel = args.integers('kernel_size', rank, 1);
  const stride = args.value('stride') === null ? kernel : args.integers('stride', rank, 1);
  const windows: Windows = { kernel, stride, dilation: kernel.map(() => 1) };
  const ceil = args.flag('ceil_mode');
  const masked = args.value('return_mask') === true;
  const read = readPadding(args, rank, layout, -Infinity);
  if (ceil && String(args.value('padding')).toUpperCase() === 'VALID')
    throw refusal(who, "padding='VALID' needs ceil_mode=False");
  const exclusive = operation === 'average' && args.flag('exclusive');
  const padding = read === 'same' && masked ? kernel.map((): Pads => [0, 0]) : read;
  const axisOf = (size: number, i: number): Axis => {
    const window = windowOf(windows, size, i);
    const [before, after] = padding === 'same' ? samePads(window) : (padding[i] as Pads);
    const whole = truncated(axis({ ...window, before, after, ...poolFill(operation) }), ceil);
    return operation === 'max' || exclusive ? whole : counted(whole);
  };
  const layer = pooled({
    who,
    rank,
    layout,
    operation,
    divisor: exclusive ? 'real' : 'window',
    notes: notes(ceil, masked, read === 'same'),
    axisOf,
    refuse: (one, i, problem) => {
      const windowCount = truncatedSize(one);
      if (windowCount < 0)
        throw refusal(who, say`the output would be ${windowCount} wide on axis ${i}`, problem);
    },
  });
  if (operation === 'average') return layer;
  return {
    ...layer,
    resolve: (input) => {
      const { steps, output } = layer.resolve(input);
      return { steps: steps.flatMap((step) => overNothing(step, SMALLEST)), output };
    },
  };
}

/** The axis whose pads are what an average counts: as many after the input as before it, the rest hangs over. */
function counted(whole: Axis): Axis {
  if (out(whole) === 0) return whole;
  const { after, overhang, before } = tight(whole);
  const total = after + overhang;
  const pads = Math.min(total, before);
  return axis({ ...whole, after: pads, overhang: total - pads });
}

function notes(ceil: boolean, masked: boolean, same: boolean): Text[] {
  return [
    ...(ceil ? ['PaddlePaddle keeps a last window that starts beyond the input; PyTorch and ONNX drop it.'] : []),
    ...(masked ? ['padwise computes the values, not the indices.'] : []),
    ...(masked && same ? ["With return_mask=True PaddlePaddle 3.3 pads nothing where padding='SAME'."] : []),
  ];
}
