// OpenVINO's operation sets from Python: N C sizes, every attribute a list over the spatial axes, the weight an input:
//
//   convolution                     (out, in, k...)             convolution_backprop_data         (in, out, k...)
//   group_convolution               (groups, out, in, k...)     group_convolution_backprop_data   (groups, in, out, k...)
//
//   auto_pad       'explicit', 'valid', 'same_upper' or 'same_lower' in any case; but for 'explicit' the pads are ignored
//   rounding_type  'floor', 'ceil', from opset 14 on 'ceil_torch', which drops a window beyond the input
//
// Sources: openvino.opset1 to openvino.opset16 (2026.4); core/shape_inference/include/*_shape_inference*.hpp.

import type { Dialect, Layer, Reader } from './dialect.ts';
import { backprop, convolution } from './openvino/conv.ts';
import { add, pad } from './openvino/pad.ts';
import { pool } from './openvino/pool.ts';
import type { Arguments } from './signature.ts';

const LAST_OPSET = 16;

function readers(): Record<string, Reader> {
  const all: Record<string, Reader> = {};
  for (let opset = 1; opset <= LAST_OPSET; opset++) {
    const op = (name: string, signature: string, read: (args: Arguments) => Layer) => {
      all[`openvino.opset${opset}.${name}`] = { signature, read };
      // Until 2025 the sets stood in openvino.runtime.
      all[`openvino.runtime.opset${opset}.${name}`] = { signature, read };
    };
    const forward = 'data, filters, strides, pads_begin, pads_end, dilations, auto_pad="EXPLICIT", name=None';
    const backward = (auto: string) =>
      `data, filters, strides, output_shape=None, pads_begin=None, pads_end=None, dilations=None, auto_pad=${auto}, output_padding=None, name=None`;
    op('convolution', forward, (args) => convolution(args, false));
    op('group_convolution', forward, (args) => convolution(args, true));
    op('convolution_backprop_data', backward('None'), (args) => backprop(args, false));
    op('group_convolution_backprop_data', backward('"EXPLICIT"'), (args) => backprop(args, true));
    const ending = 'rounding_type="floor", auto_pad=None';
    const window = 'pads_begin, pads_end, kernel_shape';
    op(
      'max_pool',
      opset < 8
        ? `data, strides, ${window}, ${ending}, name=None`
        : `data, strides, dilations, ${window}, ${ending}, index_element_type="i64", axis=0, name=None`,
      (args) => pool(args, 'max', opset),
    );
    op(
      'avg_pool',
      `data_batch, strides, ${window}, exclude_pad, ${ending}, ${opset < 16 ? '' : 'dilations=None, '}name=None`,
      (args) => pool(args, 'average', opset),
    );
    op('pad', 'arg, pads_begin, pads_end, pad_mode, arg_pad_value=None, name=None', pad);
    op('add', 'left_node, right_node, auto_broadcast="NUMPY", name=None', add);
  }
  return all;
}

/** OpenVINO. */
export const openvino: Dialect = {
  id: 'openvino',
  title: 'OpenVINO',
  aliases: { ov: 'openvino', ops: 'openvino.opset13' },
  readers: readers(),
};
