"""OpenVINO, operation by operation in one, two and three dimensions, with real channels, groups and weights."""
from cases import each

CONV = [
    *each('2x2x7', 'ops.convolution(x, weight, [1], [0], [0], [1])', 'ops.convolution(x, weight, [2], [1], [2], [1])', 'ops.convolution(x, weight, [2], [1], [1], [2], "explicit")',
          'ops.convolution(x, weight, strides=[2], pads_begin=[0], pads_end=[0], dilations=[1], auto_pad="same_upper")', 'ov.opset13.convolution(x, weight, [1], [0], [0], [2], auto_pad="same_lower")',
          'opset1.convolution(x, weight, [3], [5], [5], [1], auto_pad="VALID")', 'ops.convolution(x, weight, [], [], [], [], name="c")', weight='3x2x3'),
    *each('1x3x8x8', 'ops.convolution(x, weight, [2, 2], [1, 1], [1, 1], [1, 1])', 'ops.convolution(x, weight, [2, 2], [0, 0], [0, 0], [1, 1], auto_pad="same_upper")',
          'ops.convolution(x, weight, [2, 3], [0, 1], [1, 2], [1, 2])', 'ops.convolution(x, weight, (1, 2), (0, 0), (0, 0), (2, 1), auto_pad="same_lower")', weight='4x3x3x4'),
    *each('1x3x8x8', 'ov.opset13.convolution(x, weight, [2, 2], [3, 3], [3, 3], [1, 1])', weight='2x3x7x7'),
    *each('1x2x5x5x5', 'ops.convolution(x, weight, [1, 1, 1], [0, 0, 0], [0, 0, 0], [1, 1, 1])', 'ops.convolution(x, weight, [2, 1, 2], [1, 0, 1], [0, 1, 1], [1, 2, 1])', weight='3x2x2x2x3'),
    *each('1x4x7', 'ops.group_convolution(x, weight, [1], [0], [0], [1])', 'ops.group_convolution(x, weight, [2], [1], [0], [2])', 'ops.group_convolution(x, weight, [2], [0], [0], [1], auto_pad="same_upper")', weight='2x3x2x3'),
    *each('1x4x6x6', 'ops.group_convolution(x, weight, [2, 2], [1, 1], [1, 1], [1, 1])', weight='2x1x2x3x3'),
    *each('1x3x6x6', 'ops.group_convolution(x, weight, [1, 1], [1, 1], [1, 1], [1, 1])', 'ops.group_convolution(x, weight, [2, 1], [0, 0], [0, 0], [1, 2], auto_pad="same_lower")', weight='3x2x1x3x3'),
    *each('1x4x4x4x4', 'ops.group_convolution(x, weight, [1, 1, 1], [1, 0, 1], [1, 0, 1], [1, 1, 1])', weight='2x2x2x2x2x2'),
]

BACKPROP = [
    *each('1x2x5', 'ops.convolution_backprop_data(x, weight, [1])', 'ops.convolution_backprop_data(x, weight, [2], pads_begin=[1], pads_end=[1])', 'ops.convolution_backprop_data(x, weight, [2], None, [1], [0], [2])',
          'ops.convolution_backprop_data(x, weight, [2], pads_begin=[1], pads_end=[1], output_padding=[1])', 'ops.convolution_backprop_data(x, weight, [2], output_shape=[10], auto_pad="same_upper")',
          'ops.convolution_backprop_data(x, weight, [2], output_shape=[10], auto_pad="same_lower")', 'ops.convolution_backprop_data(x, weight, [2], [10])', 'ops.convolution_backprop_data(x, weight, strides=[2], auto_pad="same_upper")', weight='2x3x3'),
    *each('1x2x3x4', 'ops.convolution_backprop_data(x, weight, [2, 2], None, [1, 1], [1, 1], [1, 1])', 'ops.convolution_backprop_data(x, weight, [2, 3], None, [0, 1], [1, 0], [2, 1], output_padding=[1, 2])',
          'ops.convolution_backprop_data(x, weight, [2, 2], [6, 8], auto_pad="same_upper")', weight='2x3x3x3'),
    *each('1x2x2x3x3', 'ops.convolution_backprop_data(x, weight, [2, 1, 2], None, [0, 1, 0], [1, 0, 0], [1, 1, 1])', weight='2x2x2x2x3'),
    *each('1x4x5', 'ops.group_convolution_backprop_data(x, weight, [2])', 'ops.group_convolution_backprop_data(x, weight, [2], None, [1], [1], [1], "explicit", [1])', weight='2x2x3x3'),
    *each('1x4x3x3', 'ops.group_convolution_backprop_data(x, weight, [2, 2], None, [1, 0], [0, 1], [1, 2])', weight='2x2x1x3x2'),
    *each('1x3x3x3', 'ops.group_convolution_backprop_data(x, weight, [2, 2], [6, 6], auto_pad="same_upper")', weight='3x1x1x3x3'),
]

MAX_POOL = [
    *each('1x2x9', 'opset1.max_pool(x, [2], [0], [0], [2])', 'opset1.max_pool(x, [2], [1], [1], [3], "ceil")', 'ops.max_pool(x, [2], [1], [1], [1], [3])', 'ops.max_pool(x, [2], [2], [0], [0], [2], auto_pad="same_upper")',
          'opset14.max_pool(x, [2], [1], [1], [1], [2], "ceil_torch")', 'opset8.max_pool(x, [4], [1], [0], [0], [2], rounding_type="ceil", auto_pad="explicit", index_element_type="i32")'),
    *each('1x2x7x8', 'opset1.max_pool(x, [2, 2], [0, 0], [0, 0], [2, 2])', 'opset1.max_pool(x, [3, 2], [1, 0], [0, 1], [3, 3], rounding_type="ceil")', 'ops.max_pool(x, [1, 2], [2, 1], [1, 0], [0, 1], [2, 3])',
          'opset14.max_pool(x, [2, 2], [1, 1], [1, 1], [1, 1], [3, 3], "ceil_torch")', 'opset1.max_pool(x, [2, 2], [0, 0], [0, 0], [3, 3], auto_pad="same_lower")'),
    *each('1x2x4x5x6', 'opset1.max_pool(x, [2, 2, 2], [0, 0, 0], [0, 0, 0], [2, 2, 2])', 'opset1.max_pool(x, [2, 1, 2], [0, 1, 1], [1, 1, 0], [1, 2, 3], "ceil")'),
]

AVERAGE_POOL = [
    *each('1x2x9', 'ops.avg_pool(x, [2], [0], [0], [3], True)', 'ops.avg_pool(x, [2], [1], [1], [3], True)', 'ops.avg_pool(x, [2], [1], [1], [3], False)', 'ops.avg_pool(x, [2], [1], [1], [4], False, "ceil")', 'ops.avg_pool(x, [2], [0], [0], [4], False, "ceil")',
          'opset14.avg_pool(x, [2], [1], [1], [3], exclude_pad=True, rounding_type="ceil_torch")', 'ops.avg_pool(x, [2], [0], [0], [2], False, auto_pad="same_upper")', 'opset16.avg_pool(x, [2], [1], [1], [3], False, dilations=[2])', scale=3600),
    *each('1x2x7x8', 'ops.avg_pool(x, [2, 2], [0, 0], [0, 0], [2, 2], True)', 'ops.avg_pool(x, [3, 2], [1, 1], [0, 1], [2, 3], True, "ceil")', 'ops.avg_pool(x, [3, 2], [1, 1], [0, 1], [2, 3], False, "ceil")',
          'ops.avg_pool(x, [4, 3], [1, 0], [0, 0], [3, 4], False, "ceil")', 'ops.avg_pool(x, [4, 3], [0, 0], [0, 0], [2, 4], False, "ceil")', 'ops.avg_pool(x, [2, 2], [0, 0], [0, 0], [3, 3], True, auto_pad="same_upper")', scale=3600),
    *each('1x2x4x5x6', 'ops.avg_pool(x, [2, 2, 2], [0, 0, 0], [0, 0, 0], [2, 2, 2], True)', 'ops.avg_pool(x, [2, 1, 2], [0, 1, 1], [0, 1, 1], [1, 2, 3], False)', scale=10800),
]

PADS = [
    *each('1x2x5', 'ops.pad(x, [0, 0, 1], [0, 0, 2], "constant")', 'ops.pad(x, [0, 0, 1], [0, 0, 2], "constant", np.float32(3))', 'ops.pad(x, [0, 0, 1], [0, 0, 2], "constant", ops.constant(2.5, dtype=np.float32))', 'ops.pad(x, [0, 0, -1], [0, 0, 2], "edge")', 'ops.pad(x, [0, 0, 2], [0, 0, -3], "REFLECT")',
          'ops.pad(arg=x, pads_begin=[0, 0, 3], pads_end=[0, 0, 5], pad_mode="symmetric")', 'ops.pad(x, (0, 0, -1), (0, 0, -1), "constant")', 'opset1.pad(x, [0, 0, 1], [0, 0, 1], "edge")'),
    *each('1x2x3x4', 'ops.pad(x, [0, 0, 0, 0], [0, 0, 1, 1], "constant")', 'ops.pad(x, [0, 0, 1, 2], [0, 0, 2, 0], "reflect")', 'ov.opset13.pad(x, [0, 0, 3, 0], [0, 0, 0, 4], "symmetric")'),
    *each('1x1x2x3x4', 'ops.pad(x, [0, 0, 1, 0, 2], [0, 0, 0, 1, 1], "edge")'),
    *each('1x3x4', 'ops.add(x, bias)', bias='1x3x1'),
    *each('2x3x4x2', 'ops.add(x, bias)', bias='1x3x1x1'),
]

REFUSALS = [
    *each('1x3x5x5', 'ops.convolution(x, weight, [0, 1], [0, 0], [0, 0], [1, 1])', 'ops.convolution(x, weight, [1], [0, 0], [0, 0], [1, 1])', 'ops.convolution(x, weight, 1, 0, 0, 1)', 'ops.convolution(x, weight, [1, 1], [0, 0], [0, 0], [1, 1], auto_pad="same")',
          'ops.convolution(x, weight, [1, 1], [-1, 0], [0, 0], [1, 1])', 'ops.convolution(x, weight, [1, 1], [0, 0], [0, 0], [3, 3])', 'ops.convolution(x, weight, [1, 1], [0, 0], [0, 0])', 'ops.convolution(x, weight)',
          'ops.convolution(x, weight, [1, 1], [0, 0], [0, 0], [1, 1], groups=1)', 'ops.group_convolution(x, weight, [1, 1], [0, 0], [0, 0], [1, 1])', weight='2x3x3x3'),
    *each('1x3x5x5', 'ops.convolution(x, weight, [1, 1], [0, 0], [0, 0], [1, 1])', weight='2x4x3x3'),
    *each('1x3x5x5', 'ops.convolution_backprop_data(x, weight, [2, 2])', weight='2x3x3x3'),
    *each('1x3x5x5', 'ops.convolution_backprop_data(x, weight, [2, 2], pads_begin=[9, 9], pads_end=[9, 9])', 'ops.convolution_backprop_data(x, weight, [2, 2], pads_begin=[-1, 0], pads_end=[0, 0])', 'ops.convolution_backprop_data(x, weight, [2, 2], output_padding=[-1, 0])', weight='3x2x3x3'),
    *each('1x2x5', 'opset1.max_pool(x, [2], [0], [0], [6])', 'opset1.max_pool(x, [0], [0], [0], [2])', 'ops.max_pool(x, [2], [1], [0], [0], [2], "ceil_torch")', 'opset1.max_pool(x, [2], [0], [0], [2], "round")', 'opset1.max_pool(x, [2, 2], [0, 0], [0, 0], [2, 2])',
          'ops.avg_pool(x, [2], [3], [0], [3], True)', 'ops.avg_pool(x, [2], [0], [0], [3])', 'ops.avg_pool(x, [2], [-1], [0], [3], True)',
          'ops.pad(x, [0, 0, 5], [0, 0, 0], "reflect")', 'ops.pad(x, [0, 0, 6], [0, 0, 0], "symmetric")', 'ops.pad(x, [0, 0, 1], [0, 0, 0], "wrap")', 'ops.pad(x, [1], [1], "constant")', 'ops.pad(x, [0, 0, -3], [0, 0, -3], "constant")', 'ops.pad(x, [0, 0, 1], [0, 0, 0], "constant", 3)', 'ops.pad(x, [0, 0, 1], [0, 0, 0])'),
]

NUMERIC = [*CONV, *BACKPROP, *MAX_POOL, *AVERAGE_POOL, *PADS, *REFUSALS]
