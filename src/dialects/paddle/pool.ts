// PaddlePaddle's pools: stride = kernel_size unless given, no dilation. ceil_mode drops no window, and sizes are divided as C
// does. exclusive=True averages the elements; otherwise the positions up to size + before count, whatever is padded after.
// Sources: python/paddle/nn/functional/pooling.py, paddle/phi/kernels/funcs/pooling.{h,cc} (3.3).

import { type Axis, axis, out, type Pads, samePads, tight } from '../../geometry/index.ts';
import { truncated, truncatedSize } from '../../geometry/padding.ts';
import { say, type Text } from '../../words/index.ts';
import { pooled, poolFill, refuseEmpty } from '../builder.ts';
import { type Layer, refusal } from '../dialect.ts';
import { showingFill } from '../nothing.ts';
import type { Arguments } from '../signature.ts';
import { type Windows, windowOf } from '../window.ts';
import { layoutOf, readPadding } from './padding.ts';

const UNEVEN =
  'With exclusive=False PaddlePaddle counts as many pads after the input as before it, whatever is padded.';

/** MaxPool1D to MaxPool3D, AvgPool1D to AvgPool3D and their functions. */
export function pool(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const layout = layoutOf(args, rank);
  const kernel = args.integers('kernel_size', rank, 1);
  const stride = args.value('stride') === null ? kernel : args.integers('stride', rank, 1);
  const windows: Windows = { kernel, stride, dilation: kernel.map(() => 1) };
  const ceil = args.flag('ceil_mode');
  const masked = args.value('return_mask') === true;
  const given = readPadding(args, rank, layout, -Infinity);
  if (ceil && String(args.value('padding')).toUpperCase() === 'VALID')
    throw refusal(who, "padding='VALID' needs ceil_mode=False");
  if (masked && given !== 'same' && given.some(([before, after]) => before !== after))
    throw refusal(who, 'return_mask=True needs as much padding before as after');
  const exclusive = operation === 'average' && args.flag('exclusive');
  const fixed = args.value('divisor_override') === null ? null : args.integer('divisor_override', 1);
  const padding = given === 'same' && masked ? kernel.map((): Pads => [0, 0]) : given;
  const uneven =
    operation === 'average' &&
    !exclusive &&
    (given === 'same' || given.some(([before, after]) => after > before));
  const axisOf = (size: number, i: number): Axis => {
    const window = windowOf(windows, size, i);
    const [before, after] = padding === 'same' ? samePads(window) : (padding[i] as Pads);
    const read = truncated(axis({ ...window, before, after, ...poolFill(operation) }), ceil);
    return operation === 'max' || exclusive ? read : counted(read);
  };
  const layer = pooled({
    who,
    rank,
    layout,
    operation,
    divisor: fixed ?? (exclusive ? 'real' : 'window'),
    notes: [...notes(ceil, masked, given === 'same'), ...(uneven ? [UNEVEN] : [])],
    axisOf,
    refuse: (one, i, problem) => {
      const overridden = fixed !== null && out(one) > 0 && !whole(one, exclusive);
      if (overridden)
        throw refusal(
          who,
          say`divisor_override=${fixed} multiplies an average of fewer than ${one.kernel} numbers on axis ${i}, which padwise does not compute`,
          problem,
        );
      if (truncatedSize(one) < 0) refuseEmpty(who, one, i, problem);
    },
  });
  if (operation === 'average') return layer;
  return {
    ...layer,
    resolve: (input) => {
      const { steps, output } = layer.resolve(input);
      return { steps: steps.map(showingFill), output };
    },
  };
}

/** Whether every window averages as many numbers as it has taps. */
function whole(one: Axis, exclusive: boolean): boolean {
  const { before, after, overhang } = tight(one);
  return overhang === 0 && (!exclusive || (before <= 0 && after <= 0));
}

/** The axis whose pads are what an average counts: as many after the input as before it, the rest hangs over. */
function counted(read: Axis): Axis {
  if (out(read) === 0 || (read.overhang === 0 && read.after <= read.before)) return read;
  const { after, overhang, before } = tight(read);
  const total = after + overhang;
  const pads = Math.min(total, before);
  return axis({ ...read, after: pads, overhang: total - pads });
}

function notes(ceil: boolean, masked: boolean, same: boolean): Text[] {
  return [
    ...(ceil
      ? ['PaddlePaddle keeps a last window that starts beyond the input; PyTorch and ONNX drop it.']
      : []),
    ...(masked ? ['padwise computes the values, not the indices.'] : []),
    ...(masked && same ? ["With return_mask=True PaddlePaddle 3.3 pads nothing where padding='SAME'."] : []),
  ];
}
