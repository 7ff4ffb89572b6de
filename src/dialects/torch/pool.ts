// PyTorch's pools: stride = kernel_size unless given, padding at most half the kernel. ceil_mode rounds up, but drops a last
// window that would start beyond the input and the leading pad. An average counts pads unless told not to, never what
// ceil_mode adds. Sources: torch/nn/modules/pooling.py, aten/src/ATen/native/Pool.h (2.13).

import { axis, ceilMode, extent, geometry, out, span } from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import { inWordsOf, type Layer, type Resolved, refusal, resolved, takeApart } from '../dialect.ts';
import type { Arguments } from '../signature.ts';
import { common } from './words.ts';

/** nn.MaxPool, nn.AvgPool and their functions. */
export function pool(args: Arguments, rank: number, operation: 'max' | 'average'): Layer {
  const { who } = args;
  const kernel = args.integers('kernel_size', rank, 1, true);
  const stride = args.value('stride') === null ? kernel : args.integers('stride', rank, 1, true);
  const padding = args.integers('padding', rank, 0, true);
  const dilation = operation === 'max' ? args.integers('dilation', rank, 1, true) : kernel.map(() => 1);
  const ceil = args.flag('ceil_mode');
  const fixed = args.value('divisor_override') === null ? null : args.integer('divisor_override', 1);
  const counted = operation === 'max' || args.flag('count_include_pad') ? 'window' : 'real';
  padding.forEach((p, i) => {
    if (2 * p > (kernel[i] as number))
      throw refusal(who, say`padding ${p} is more than half of kernel_size ${kernel[i]}`);
  });
  const fill = operation === 'max' ? -Infinity : 0;
  const notes =
    operation === 'max' && args.value('return_indices') === true
      ? ['padwise computes the values, not the indices.']
      : [];
  return {
    ...common(args, rank, operation, notes),
    parameters: () => [],
    resolve: (input): Resolved => {
      const parts = takeApart(who, input, rank, 'first', [0, 1]);
      const axes = inWordsOf(who, () =>
        parts.sizes.map((size, i) => {
          const p = padding[i] as number;
          const window = {
            size,
            kernel: kernel[i] as number,
            stride: stride[i] as number,
            dilation: dilation[i] as number,
          };
          const floor = axis({ ...window, before: p, after: p, fillBefore: fill, fillAfter: fill });
          return ceil ? ceilMode(floor, true) : floor;
        }),
      );
      const { batch, channels } = parts;
      const problem = geometry({ operation, batch, channels, axes, divisor: fixed ?? counted });
      problem.axes.forEach((one, i) => {
        if (operation === 'average' && rank === 3 && one.size < one.kernel) {
          throw refusal(
            who,
            say`the input is ${one.size} wide on axis ${i}, smaller than kernel_size ${one.kernel}; avg_pool3d does not let padding help`,
            problem,
          );
        }
        if (out(one) < 1)
          throw refusal(
            who,
            say`the output is empty on axis ${i}: the window spans ${extent(one)} of ${span(one) + one.before + one.after}`,
            problem,
          );
      });
      return resolved([problem], parts, 'first');
    },
  };
}
