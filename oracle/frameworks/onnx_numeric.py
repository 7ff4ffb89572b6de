"""ONNX nodes in one, two and three dimensions, with channels, groups and biases, and what is refused."""
from cases import Case, each

BOTH = ['x', 'W', 'B']


def conv(attributes='', inputs=('x', 'W'), kind='Conv'):
    return f"helper.make_node('{kind}', {list(inputs)}, ['y']{', ' if attributes else ''}{attributes})"


def transpose(attributes='', inputs=('x', 'W')):
    return conv(attributes, inputs, 'ConvTranspose')


def pool(kind, attributes):
    return f"helper.make_node('{kind}', ['x'], ['y'], {attributes})"


def pad(pads, more='', inputs=('x', 'pads')):
    return (f"[helper.make_node('Constant', [], ['pads'], value_ints={pads}), "
            f"helper.make_node('Pad', {list(inputs)}, ['y']{', ' if more else ''}{more})]")


CONV = [
    *each('1x1x9', conv(), conv('strides=[2]'), conv('kernel_shape=[3], pads=[1, 1], strides=[2]'),
          conv('pads=[2, 0], dilations=[2]'), conv('name="conv1", strides=[3], auto_pad="SAME_LOWER"'),
          conv('auto_pad="VALID"'), conv('auto_pad="NOTSET", pads=[1, 2]'), W='2x1x3'),
    *each('1x1x9', conv('pads=[1, 1]', BOTH), conv('strides=[4]', BOTH), W='2x1x4', B='2'),
    *each('2x4x7', conv('group=2', BOTH), conv('group=2, pads=[1, 1], strides=[2]', BOTH), W='4x2x3', B='4'),
    *each('2x4x7', conv('group=4'), conv('group=4, dilations=[3]'), W='8x1x2'),
    *each('1x3x8x8', conv('kernel_shape=[4, 4], strides=[2, 2], pads=[1, 1, 1, 1]', BOTH), conv('pads=[0, 1, 2, 3]', BOTH),
          conv('auto_pad="SAME_UPPER", strides=[2, 2]', BOTH), conv('auto_pad="SAME_LOWER", strides=[2, 3]', BOTH),
          conv('strides=[3, 1], pads=[2, 0, 0, 2], dilations=[1, 2]', BOTH), W='2x3x4x4', B='2'),
    *each('1x3x8x8', conv('strides=[3, 4], pads=[0, 1, 0, 1]'), conv('auto_pad="SAME_UPPER", strides=[3, 4]'), W='2x3x3x5'),
    *each('1x3x7x9', conv('group=3, auto_pad="SAME_UPPER", strides=[2, 2]'), conv('group=3, pads=[1, 1, 1, 1]'), W='6x1x3x3'),
    *each('1x2x5x5x5', conv('strides=[2, 1, 2], pads=[1, 0, 1, 0, 1, 0]', BOTH), conv('auto_pad="SAME_UPPER", strides=[2, 2, 2]', BOTH),
          W='2x2x3x2x3', B='2'),
]

TRANSPOSED = [
    *each('1x1x4', transpose(), transpose('strides=[2]'), transpose('strides=[2], pads=[1, 1], output_padding=[1]'),
          transpose('strides=[2], auto_pad="SAME_UPPER"'), transpose('strides=[2], auto_pad="SAME_LOWER"'), W='1x2x3'),
    *each('2x4x5', transpose('group=2, strides=[3]', BOTH), transpose('group=2, pads=[1, 0], dilations=[2]', BOTH),
          W='4x2x2', B='4'),
    *each('2x4x5', transpose('group=4, strides=[2]'), W='4x1x3'),
    *each('1x3x4x5', transpose('strides=[2, 2]', BOTH), transpose('strides=[2, 3], pads=[1, 0, 0, 2]', BOTH),
          transpose('strides=[2, 2], auto_pad="SAME_UPPER"', BOTH), transpose('auto_pad="SAME_LOWER", strides=[1, 2]', BOTH),
          transpose('strides=[2, 2], auto_pad="SAME_UPPER", output_shape=[8, 11]', BOTH),
          transpose('name="up", kernel_shape=[3, 4], strides=[2, 2], pads=[1, 1, 1, 1], output_padding=[1, 0]', BOTH),
          W='3x2x3x4', B='2'),
    *each('1x2x3x3x3', transpose('strides=[2, 2, 2], pads=[1, 1, 1, 1, 1, 1]', BOTH), W='2x2x3x3x3', B='2'),
]

POOLS = [
    *each('2x3x9', pool('MaxPool', 'kernel_shape=[3]'), pool('MaxPool', 'kernel_shape=[3], strides=[2], pads=[1, 1]'),
          pool('MaxPool', 'kernel_shape=[2], strides=[2], ceil_mode=1'), pool('MaxPool', 'kernel_shape=[3], dilations=[2]'),
          pool('GlobalMaxPool', 'name="top"')),
    *each('1x2x8x7', pool('MaxPool', 'kernel_shape=[2, 3], strides=[2, 2], pads=[0, 1, 1, 1]'),
          pool('MaxPool', 'kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_UPPER"'), pool('GlobalMaxPool', 'name=None'),
          pool('MaxPool', 'kernel_shape=[3, 3], storage_order=1')),
    *each('2x3x9', pool('AveragePool', 'kernel_shape=[3]'), pool('AveragePool', 'kernel_shape=[3], strides=[2], pads=[1, 1]'),
          pool('AveragePool', 'kernel_shape=[2], strides=[2], ceil_mode=1'),
          pool('AveragePool', 'kernel_shape=[4], pads=[1, 2], count_include_pad=1'), pool('GlobalAveragePool', 'name=None'),
          scale=3600),
    *each('1x2x8x7', pool('AveragePool', 'kernel_shape=[2, 3], strides=[2, 2], pads=[0, 1, 1, 1]'),
          pool('AveragePool', 'kernel_shape=[3, 3], strides=[2, 2], auto_pad="SAME_UPPER"'),
          pool('AveragePool', 'kernel_shape=[3, 3], auto_pad="SAME_LOWER", count_include_pad=1'), pool('GlobalAveragePool', 'name="mean"'),
          scale=3600),
    *each('1x2x4x4x4', pool('MaxPool', 'kernel_shape=[2, 2, 2], strides=[2, 2, 1]'),
          pool('AveragePool', 'kernel_shape=[2, 2, 2], pads=[1, 0, 1, 0, 1, 0]'), scale=3600),
]

PADS = [
    *each('1x2x4x4', pad([0, 0, 1, 2, 0, 0, 3, 0]), pad([0, 0, 1, 2, 0, 0, 3, 0], 'mode="reflect"'),
          pad([0, 0, 1, 2, 0, 0, 3, 0], 'mode="edge"'), pad([0, 0, 1, 2, 0, 0, 3, 0], 'mode="wrap"'),
          pad([0, 0, -1, 2, 0, 0, 3, 0]), pad([0, 0, -1, 0, 0, 0, 0, -2], 'name="crop"'),
          pool('Pad', 'pads=[0, 0, 1, 1, 0, 0, 1, 1], value=2.0'), pool('Pad', 'pads=[0, 0, 1, 1, 0, 0, 1, 1], mode="edge"'),
          pool('Slice', 'starts=[1, -3], ends=[4, 99], axes=[2, 3]'), pool('Slice', 'starts=[0, 0, 1, 0], ends=[9, 9, 3, -1]'),
          "[helper.make_node('Constant', [], ['pads'], value_ints=[1, 2]), "
          "helper.make_node('Constant', [], ['axes'], value_ints=[3]), "
          "helper.make_node('Pad', ['x', 'pads', '', 'axes'], ['y'], mode='reflect')]",
          "[helper.make_node('Constant', [], ['s'], value_ints=[1]), helper.make_node('Constant', [], ['e'], "
          "value_ints=[2147483647]), helper.make_node('Constant', [], ['a'], value_ints=[3]), "
          "helper.make_node('Slice', ['x', 's', 'e', 'a'], ['y'])]"),
    *each('2x1x6', pad([0, 0, 1, 0, 0, 2], 'mode="constant"'), pad([0, 0, 7, 0, 0, 0], 'mode="wrap"'),
          pad([0, 0, 2, 0, 0, -3], 'mode="edge"')),
]

REFUSED = [
    *each('1x1x5', conv('pads=[1]'), conv('strides=[0]'), conv('dilations=[0]'), conv('strides=[1, 1]'), conv('foo=1'),
          conv('pads=[1, 1], auto_pad="SAME_UPPER"'), conv('auto_pad="SAME"'), conv('auto_pad="same_upper"'),
          conv('kernel_shape=[2]'), conv('group=2'), conv('strides=1'), conv('group=0'), W='1x1x3'),
    *each('1x3x5', conv(), W='2x2x3'),
    *each('1x1x5', transpose('pads=[1, 1], auto_pad="SAME_UPPER"'), transpose('output_padding=[-1]'),
          transpose('pads=[4, 4]'), transpose('output_padding=[1]'), transpose('output_shape=[1, 1, 6]'), W='1x1x3'),
    *each('1x1x5', pool('MaxPool', 'strides=[2]'), pool('MaxPool', 'kernel_shape=[0]'), pool('MaxPool', 'kernel_shape=[3, 3]'),
          pool('MaxPool', 'kernel_shape=[3], count_include_pad=1'), pool('AveragePool', 'kernel_shape=[3], storage_order=1'),
          pool('MaxPool', 'kernel_shape=[3], auto_pad="same"'), pad([1, 1]), pad([0, 0, 1, 0, 0, 1], 'mode="symmetric"'),
          pool('Slice', 'starts=[1, 2], ends=[3], axes=[2]')),
]

# What onnx.reference does otherwise than the operators' texts or their shape inference say; ONNX Runtime is asked as well.
WRONG = [
    *each('1x1x4', pool('AveragePool', 'kernel_shape=[3], strides=[3], ceil_mode=1'),
          pool('AveragePool', 'kernel_shape=[1], strides=[2], pads=[0, 1], ceil_mode=1'),
          pool('AveragePool', 'kernel_shape=[3], strides=[2], auto_pad="SAME_UPPER", ceil_mode=1'),
          pool('AveragePool', 'kernel_shape=[3], strides=[2], auto_pad="VALID", ceil_mode=1'), scale=60),
    *each('1x1x6', pool('AveragePool', 'kernel_shape=[1], strides=[3], auto_pad="SAME_LOWER"'),
          pool('MaxPool', 'kernel_shape=[3], pads=[2, 2]'), pool('MaxPool', 'kernel_shape=[3], auto_pad="SAME_UPPER"'),
          pool('MaxPool', 'kernel_shape=[3], strides=[2], auto_pad="SAME_LOWER"'),
          pool('MaxPool', 'kernel_shape=[3], strides=[2], auto_pad="VALID", ceil_mode=1')),
    *each('1x1x3', transpose('strides=[3], auto_pad="SAME_UPPER"'), W='1x1x2'),
    *each('1x1x3', transpose('strides=[2], output_shape=[6]'), transpose('strides=[2], auto_pad="SAME_UPPER", output_shape=[8]'),
          W='1x1x3'),
]

NUMERIC: list[Case] = [*CONV, *TRANSPOSED, *POOLS, *PADS, *REFUSED, *WRONG]
