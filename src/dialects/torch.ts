// PyTorch: nn modules and their functions, N C sizes, weights (out, in / groups, k...), transposed (in, out / groups, k...).
//
//   padding    a number or one per axis, the same on both sides; 'same' keeps the size and needs stride 1; 'valid'
//   pools      stride = kernel_size unless given; padding at most half the kernel; ceil_mode drops a last window that
//              would start beyond the input and the leading pad
//   F.pad      pairs from the last axis backwards; negative numbers crop
//
// Sources: torch/nn/modules/{conv,pooling,padding}.py, aten/src/ATen/native/{Convolution.cpp,Pool.h,PadNd.cpp} (2.13).

import type { Dialect, Layer, Reader } from './dialect.ts';
import type { Arguments } from './signature.ts';
import { conv, convTranspose, givenWeight, moduleWeight } from './torch/conv.ts';
import { functionalPad, PAD_LAYERS, pad, padPairs } from './torch/pad.ts';
import { pool } from './torch/pool.ts';

const RANKS = [1, 2, 3] as const;
const MODULE =
  'stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None';
const TRANSPOSED =
  'stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None';

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  for (const rank of RANKS) {
    const nn = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`torch.nn.${name}${rank}d`] = { signature, read };
    };
    const functional = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`torch.nn.functional.${name}${rank}d`] = { signature, read };
      all[`torch.${name}${rank}d`] = { signature, read };
    };
    nn('Conv', `in_channels, out_channels, kernel_size, ${MODULE}`, (args) =>
      conv(args, rank, moduleWeight(args, rank)),
    );
    nn('LazyConv', `out_channels, kernel_size, ${MODULE}`, (args) =>
      conv(args, rank, moduleWeight(args, rank)),
    );
    nn('ConvTranspose', `in_channels, out_channels, kernel_size, ${TRANSPOSED}`, (args) =>
      convTranspose(args, rank, moduleWeight(args, rank)),
    );
    nn('LazyConvTranspose', `out_channels, kernel_size, ${TRANSPOSED}`, (args) =>
      convTranspose(args, rank, moduleWeight(args, rank)),
    );
    const divisor = rank === 1 ? '' : ', divisor_override=None';
    const average = `kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True${divisor}`;
    const most = 'kernel_size, stride=None, padding=0, dilation=1';
    nn('MaxPool', `${most}, return_indices=False, ceil_mode=False`, (args) => pool(args, rank, 'max'));
    nn('AvgPool', average, (args) => pool(args, rank, 'average'));
    functional('max_pool', `input, ${most}, ceil_mode=False, return_indices=False`, (args) =>
      pool(args, rank, 'max'),
    );
    functional('avg_pool', `input, ${average}`, (args) => pool(args, rank, 'average'));
    functional('conv', 'input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1', (args) =>
      conv(args, rank, givenWeight(args, rank, 'go i k')),
    );
    functional(
      'conv_transpose',
      'input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1',
      (args) => convTranspose(args, rank, givenWeight(args, rank, 'gi o k')),
    );
    for (const [name, fill] of Object.entries(PAD_LAYERS)) {
      nn(name, 'padding', (args) => pad(args, padPairs(args, 'padding', rank), fill, rank));
    }
    nn('ConstantPad', 'padding, value', (args) =>
      pad(args, padPairs(args, 'padding', rank), args.number('value'), rank),
    );
  }
  all['torch.nn.functional.pad'] = {
    signature: 'input, pad, mode="constant", value=None',
    read: functionalPad,
  };
  return all;
}

/** PyTorch. */
export const torch: Dialect = {
  id: 'torch',
  title: 'PyTorch',
  aliases: { nn: 'torch.nn', F: 'torch.nn.functional' },
  readers: readers(),
};
