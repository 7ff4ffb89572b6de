// PaddlePaddle: paddle.nn layers and paddle.nn.functional, N C sizes unless data_format says otherwise. The weight is
// (out, in / groups, k...) in every layout, of a transposed convolution (in, out / groups, k...).
//
//   padding    a number, one per axis, before and after of each axis, pairs for all dimensions, 'SAME' or 'VALID'
//   'SAME'     as TensorFlow's, but the dilation counts as 1; of a transposed convolution it crops what SAME would pad
//   sizes      divided as C does, toward zero: a window that lacks less than a stride still counts and reads zeros
//   averages   exclusive=True, of the elements alone, unless told otherwise
//
// Sources: python/paddle/nn/{layer,functional}/{conv,pooling,common}.py, paddle/phi/kernels/funcs/pooling.cc (3.3).

import type { Dialect, Layer, Reader } from './dialect.ts';
import { conv, convTranspose, givenWeight, layerWeight } from './paddle/conv.ts';
import { functionalPad, padLayer } from './paddle/pad.ts';
import { pool } from './paddle/pool.ts';
import type { Arguments } from './signature.ts';

const FORMATS = ['NCL', 'NCHW', 'NCDHW'] as const;

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  for (const [index, format] of FORMATS.entries()) {
    const rank = index + 1;
    const nn = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`paddle.nn.${name}`] = { signature, read };
    };
    const functional = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`paddle.nn.functional.${name}`] = { signature, read };
    };
    const layout = `data_format="${format}"`;
    const attributes = `weight_attr=None, bias_attr=None, ${layout}`;
    const made = 'in_channels, out_channels, kernel_size, stride=1, padding=0';
    nn(
      `Conv${rank}D`,
      `${made}, dilation=1, groups=1, *, bias=True, padding_mode="zeros", device=None, dtype=None, ${attributes}`,
      (args) => conv(args, rank, layerWeight(args, rank)),
    );
    // The one-dimensional layer and the three-dimensional function have groups before dilation.
    const spread = (groupsFirst: boolean) => (groupsFirst ? 'groups=1, dilation=1' : 'dilation=1, groups=1');
    nn(`Conv${rank}DTranspose`, `${made}, output_padding=0, ${spread(rank === 1)}, ${attributes}`, (args) =>
      convTranspose(args, rank, layerWeight(args, rank)),
    );
    const given = 'x, weight, bias=None, stride=1, padding=0';
    functional(`conv${rank}d`, `${given}, dilation=1, groups=1, ${layout}, name=None`, (args) =>
      conv(args, rank, givenWeight(args, rank, 'go i k')),
    );
    functional(
      `conv${rank}d_transpose`,
      `${given}, output_padding=0, ${spread(rank !== 2)}, output_size=None, ${layout}, name=None`,
      (args) => convTranspose(args, rank, givenWeight(args, rank, 'gi o k')),
    );
    const window = 'kernel_size, stride=None, padding=0';
    const ending = rank === 1 ? 'name=None' : `${layout}, name=None`;
    const most = `${window}, return_mask=False, ceil_mode=False, ${ending}`;
    const average =
      rank === 1
        ? `${window}, exclusive=True, ceil_mode=False, ${ending}`
        : `${window}, ceil_mode=False, exclusive=True, divisor_override=None, ${ending}`;
    nn(`MaxPool${rank}D`, most, (args) => pool(args, rank, 'max'));
    nn(`AvgPool${rank}D`, average, (args) => pool(args, rank, 'average'));
    functional(`max_pool${rank}d`, `x, ${most}`, (args) => pool(args, rank, 'max'));
    functional(`avg_pool${rank}d`, `x, ${average}`, (args) => pool(args, rank, 'average'));
    nn(`Pad${rank}D`, `padding, mode="constant", value=0.0, ${layout}, name=None`, (args) =>
      padLayer(args, rank),
    );
    nn(`ZeroPad${rank}D`, `padding, ${layout}, name=None`, (args) => padLayer(args, rank));
  }
  all['paddle.nn.functional.pad'] = {
    signature: 'x, pad, mode="constant", value=0.0, data_format=None, pad_from_left_axis=True, name=None',
    read: functionalPad,
  };
  all['paddle.nn.functional.zeropad2d'] = {
    signature: 'x, padding, data_format="NCHW", name=None',
    read: (args) => padLayer(args, 2),
  };
  return all;
}

/** PaddlePaddle. */
export const paddle: Dialect = {
  id: 'paddle',
  title: 'PaddlePaddle',
  aliases: { nn: 'paddle.nn', F: 'paddle.nn.functional' },
  readers: readers(),
};
