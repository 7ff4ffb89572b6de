"""MXNet Gluon, layer by layer in one, two and three dimensions, with real channels, groups and weights."""
from cases import each

# nn.Conv2D(3, 3, groups=0) is not asked: it divides by zero and ends the whole process.

CONV = [
    *each('1x1x9',
          'nn.Conv1D(2, 3)', 'nn.Conv1D(2, 3, 2)', 'nn.Conv1D(2, 3, 2, 1)', 'nn.Conv1D(2, 3, 2, 1, 2)',
          'nn.Conv1D(channels=2, kernel_size=4, strides=3, padding=2)', 'nn.Conv1D(1, (5,), strides=(2,), padding=(4,))',
          'nn.Conv1D(2, 3, use_bias=False)', 'nn.Conv1D(2, 3, dilation=3)', 'nn.Conv1D(1, 1, strides=4)',
          'nn.Conv1D(2, 3, layout="NCW")', 'gluon.nn.Conv1D(2, 2, strides=3)', 'nn.Conv1D(2, 3, in_channels=1)',
          'nn.Conv1D(1, 9)', 'nn.Conv1D(1, 9, padding=4, strides=2)', 'mx.gluon.nn.Conv1D(1, [3], strides=[2])'),
    *each('2x4x7',
          'nn.Conv1D(2, 3)', 'nn.Conv1D(4, 3, groups=2)', 'nn.Conv1D(4, 3, padding=1, groups=4)',
          'nn.Conv1D(8, 3, strides=2, groups=4, use_bias=False)', 'nn.Conv1D(2, 3, 2, 1, 1, 2)', 'nn.Conv1D(2, 5, strides=2, padding=2)'),
    *each('1x3x8x8',
          'nn.Conv2D(6, kernel_size=4, strides=2, padding=1)', 'nn.Conv2D(2, 3)', 'nn.Conv2D(2, 3, padding=1)', 'nn.Conv2D(2, 3, 2, 1)',
          'nn.Conv2D(6, kernel_size=4, strides=2)', 'nn.Conv2D(4, (3, 5), strides=(3, 4), padding=(0, 1))',
          'nn.Conv2D(2, kernel_size=(5, 3), padding=(2, 1))', 'nn.Conv2D(2, [3, 5], strides=[2, 1])', 'nn.Conv2D(2, 3, dilation=2)',
          'nn.Conv2D(2, 3, strides=2, dilation=(2, 3), padding=(2, 3))', 'nn.Conv2D(3, 3, groups=3)',
          'nn.Conv2D(6, 3, strides=2, groups=3, use_bias=False)', 'nn.Conv2D(2, 1)', 'nn.Conv2D(6, 1, strides=2)', 'nn.Conv2D(2, 2, 3)',
          'nn.Conv2D(2, 8)', 'nn.Conv2D(1, 8, padding=3, strides=4)', 'nn.Conv2D(2, 3, padding=(0, 2))', 'nn.Conv2D(2, (1, 3))',
          'nn.Conv2D(channels=6, kernel_size=4, strides=2, padding=1, dilation=1, groups=1, layout="NCHW", use_bias=True)',
          'nn.Conv2D(2, (3, 3), (2, 2), (1, 1), (1, 1), 1, "NCHW")', 'gluon.nn.Conv2D(2, kernel_size=3, padding=2, strides=3)',
          'nn.Conv2D(2, 3, in_channels=3, activation="relu")', 'nn.Conv2D(2, 3, (2, 1), (1, 0), (1, 2))'),
    *each('1x1x8x8', 'nn.Conv2D(1, kernel_size=3, padding=1)', 'nn.Conv2D(1, kernel_size=(5, 3), padding=(2, 1))',
          'nn.Conv2D(1, kernel_size=3, padding=1, strides=2)', 'nn.Conv2D(1, kernel_size=(3, 5), padding=(0, 1), strides=(3, 4))'),
    *each('2x4x5x6', 'nn.Conv2D(2, 3, padding=1, strides=2)', 'nn.Conv2D(4, (1, 3), groups=2, strides=2)',
          'nn.Conv2D(8, (3, 1), groups=4, strides=(1, 2), padding=(1, 0), dilation=(2, 1))', 'nn.Conv2D(2, (1, 1), strides=(2, 3), padding=(1, 2))',
          'nn.Conv2D(2, 2, padding=1, groups=2, strides=3)', 'nn.Conv2D(4, 2, strides=2, groups=4, use_bias=False)'),
    *each('1x2x5x5x5',
          'nn.Conv3D(2, 3)', 'nn.Conv3D(3, 3, strides=2, padding=1)', 'nn.Conv3D(2, (1, 3, 3), padding=(0, 1, 1), strides=2)',
          'nn.Conv3D(2, (2, 3, 4), strides=(1, 2, 3))', 'nn.Conv3D(4, 2, strides=2, groups=2)', 'nn.Conv3D(2, 2, dilation=(1, 2, 3), strides=2)',
          'nn.Conv3D(2, 3, 2, 2, 2)', 'nn.Conv3D(1, 3, padding=(1, 2, 3), strides=3, use_bias=False)', 'nn.Conv3D(2, kernel_size=3, strides=(1, 2, 2), padding=(0, 1, 1))',
          'nn.Conv3D(1, 5)', 'nn.Conv3D(1, 1, strides=3)', 'nn.Conv3D(2, (3, 1, 2), layout="NCDHW")'),
]

TRANSPOSED = [
    *each('1x1x4',
          'nn.Conv1DTranspose(1, 3)', 'nn.Conv1DTranspose(2, 3, strides=2)', 'nn.Conv1DTranspose(2, 3, strides=2, padding=1)',
          'nn.Conv1DTranspose(2, 3, 2, 1, 1)', 'nn.Conv1DTranspose(2, 3, 2, 1, 1, 2)', 'nn.Conv1DTranspose(1, 2, strides=3)',
          'nn.Conv1DTranspose(1, 2, strides=3, output_padding=2)', 'nn.Conv1DTranspose(1, 3, strides=2, dilation=3, output_padding=1)',
          'nn.Conv1DTranspose(1, (4,), strides=(2,), padding=(1,))', 'nn.Conv1DTranspose(1, 3, padding=2, use_bias=False)',
          'nn.Conv1DTranspose(channels=1, kernel_size=5)', 'nn.Conv1DTranspose(1, 3, dilation=2, padding=1)'),
    *each('2x4x3', 'nn.Conv1DTranspose(2, 3, strides=2)', 'nn.Conv1DTranspose(4, 3, groups=2)',
          'nn.Conv1DTranspose(8, 2, strides=2, groups=4, use_bias=False)', 'nn.Conv1DTranspose(2, kernel_size=4, strides=2, padding=1)',
          'nn.Conv1DTranspose(4, 2, groups=2, output_padding=1, strides=2)'),
    *each('1x2x3x4',
          'nn.Conv2DTranspose(2, 3)', 'nn.Conv2DTranspose(2, 2, strides=2)', 'nn.Conv2DTranspose(1, 4, strides=2, padding=1)',
          'nn.Conv2DTranspose(1, 3, strides=2, padding=1, output_padding=1)', 'nn.Conv2DTranspose(1, (3, 2), strides=(2, 3), padding=(1, 0))',
          'nn.Conv2DTranspose(1, (2, 5), strides=(3, 1), padding=(0, 2), output_padding=(1, 0))', 'nn.Conv2DTranspose(1, 3, dilation=2)',
          'nn.Conv2DTranspose(1, 3, 2, 2, 1, (2, 1))', 'nn.Conv2DTranspose(4, 2, groups=2)', 'nn.Conv2DTranspose(2, 3, strides=2, padding=1, groups=2, use_bias=False)',
          'nn.Conv2DTranspose(2, 1)', 'nn.Conv2DTranspose(1, 1, strides=3)', 'nn.Conv2DTranspose(1, 1, strides=3, output_padding=2)',
          'nn.Conv2DTranspose(1, [3, 4], strides=[1, 2])', 'gluon.nn.Conv2DTranspose(1, kernel_size=3, strides=1, padding=1, output_padding=0, dilation=1, groups=1)',
          'nn.Conv2DTranspose(1, 2, strides=2, dilation=2)', 'nn.Conv2DTranspose(1, 3, strides=(1, 2), dilation=(2, 1), padding=(1, 2))',
          'nn.Conv2DTranspose(1, 3, in_channels=2, layout="NCHW")', 'nn.Conv2DTranspose(1, 3, padding=2)'),
    *each('1x2x2x2x3',
          'nn.Conv3DTranspose(2, 2)', 'nn.Conv3DTranspose(1, 2, strides=2)', 'nn.Conv3DTranspose(1, 3, strides=2, padding=1)',
          'nn.Conv3DTranspose(1, 3, strides=2, padding=1, output_padding=1)', 'nn.Conv3DTranspose(1, (1, 2, 3), strides=(2, 1, 2), padding=(0, 0, 1), output_padding=(1, 0, 0))',
          'nn.Conv3DTranspose(2, 2, groups=2, use_bias=False)', 'nn.Conv3DTranspose(1, (2, 1, 3), strides=2, padding=(1, 0, 1))'),
]

GROUPED_TRANSPOSED = [    # a grouped transposed block must be told its in_channels
    *each('2x4x3', 'nn.Conv1DTranspose(4, 3, groups=2, in_channels=4)', 'nn.Conv1DTranspose(8, 2, strides=2, groups=4, use_bias=False, in_channels=4)',
          'nn.Conv1DTranspose(4, 2, groups=2, output_padding=1, strides=2, in_channels=4)', 'nn.Conv1DTranspose(4, 3, 2, 1, 0, 1, 4, in_channels=4)'),
    *each('1x2x3x4', 'nn.Conv2DTranspose(4, 2, groups=2, in_channels=2)', 'nn.Conv2DTranspose(2, 3, strides=2, padding=1, groups=2, use_bias=False, in_channels=2)',
          'nn.Conv2DTranspose(2, (2, 3), strides=(2, 1), padding=(0, 1), output_padding=(1, 0), groups=2, in_channels=2)',
          'nn.Conv2DTranspose(2, 2, dilation=2, groups=2, in_channels=2)', 'nn.Conv2DTranspose(3, 2, groups=2, in_channels=2)'),
    *each('1x2x2x2x3', 'nn.Conv3DTranspose(2, 2, groups=2, use_bias=False, in_channels=2)', 'nn.Conv3DTranspose(4, (1, 2, 2), strides=2, groups=2, in_channels=2)'),
]

MAX_POOL = [
    *each('1x2x9', 'nn.MaxPool1D()', 'nn.MaxPool1D(3)', 'nn.MaxPool1D(2, 2)', 'nn.MaxPool1D(3, 2, 1)', 'nn.MaxPool1D(3, strides=2, padding=1, ceil_mode=True)',
          'nn.MaxPool1D(2, strides=2, ceil_mode=True)', 'nn.MaxPool1D(pool_size=4, strides=3)', 'nn.MaxPool1D((3,), strides=(1,), padding=(1,))',
          'nn.MaxPool1D(4, strides=None)', 'nn.MaxPool1D(3, 2, 1, "NCW", True)', 'gluon.nn.MaxPool1D(2, strides=1)', 'nn.MaxPool1D(9)', 'nn.MaxPool1D(3, strides=4, padding=2)'),
    *each('1x9x2', 'nn.MaxPool1D(3, layout="NWC")', 'nn.MaxPool1D(3, 2, 1, layout="NWC", ceil_mode=True)'),
    *each('1x2x7x8', 'nn.MaxPool2D()', 'nn.MaxPool2D(2)', 'nn.MaxPool2D(2, 2)', 'nn.MaxPool2D(3, strides=2, padding=1)', 'nn.MaxPool2D(3, 2, ceil_mode=True)',
          'nn.MaxPool2D((2, 3), strides=(3, 2), padding=(0, 1))', 'nn.MaxPool2D((2, 3), strides=(3, 2), padding=(1, 0), ceil_mode=True)', 'nn.MaxPool2D(pool_size=(7, 8))',
          'nn.MaxPool2D(1, strides=3)', 'nn.MaxPool2D([3, 2], strides=[2, 1])', 'gluon.nn.MaxPool2D(2)', 'nn.MaxPool2D(pool_size=3, strides=2)', 'nn.MaxPool2D((4, 3), 3, (2, 1))',
          'nn.MaxPool2D(3, 2, 1, "NCHW", True)', 'nn.MaxPool2D(3, strides=2, padding=2)', 'nn.MaxPool2D(2, strides=1)'),
    *each('1x7x8x2', 'nn.MaxPool2D(2, layout="NHWC")', 'nn.MaxPool2D(3, 2, 1, layout="NHWC")', 'nn.MaxPool2D((2, 3), (3, 2), (1, 0), "NHWC", True)'),
    *each('1x1x5x5', 'nn.MaxPool2D(2, strides=2, padding=1, ceil_mode=True)', 'nn.MaxPool2D(2, strides=2, padding=1)'),
    *each('1x2x4x5x6', 'nn.MaxPool3D()', 'nn.MaxPool3D(2)', 'nn.MaxPool3D(3, strides=2, padding=1)', 'nn.MaxPool3D((1, 2, 3), strides=(2, 1, 2), padding=(0, 1, 1))',
          'nn.MaxPool3D(2, strides=2, ceil_mode=True)', 'nn.MaxPool3D((2, 2, 3), strides=(1, 2, 3), ceil_mode=True)', 'nn.MaxPool3D(3, 2, 1, True)', 'gluon.nn.MaxPool3D(pool_size=2, strides=1)'),
]

AVERAGE_POOL = [
    *each('1x2x9', 'nn.AvgPool1D()', 'nn.AvgPool1D(3)', 'nn.AvgPool1D(2, 2)', 'nn.AvgPool1D(3, strides=2, padding=1)', 'nn.AvgPool1D(3, 2, 1, ceil_mode=True)',
          'nn.AvgPool1D(3, 2, 1, "NCW", True, False)', 'nn.AvgPool1D(4, strides=3, padding=2, count_include_pad=False)', 'nn.AvgPool1D((4,), strides=(2,), padding=(1,))',
          'nn.AvgPool1D(pool_size=6, strides=4, padding=3, ceil_mode=True)', 'nn.AvgPool1D(2, strides=1)', 'nn.AvgPool1D(4, 3, 2, ceil_mode=True, count_include_pad=False)', scale=3600),
    *each('1x9x2', 'nn.AvgPool1D(3, layout="NWC")', 'nn.AvgPool1D(3, 2, 1, "NWC", True, False)', scale=3600),
    *each('1x2x7x8', 'nn.AvgPool2D()', 'nn.AvgPool2D(2)', 'nn.AvgPool2D(2, 2)', 'nn.AvgPool2D(3, strides=2, padding=1)', 'nn.AvgPool2D(3, strides=2, padding=1, count_include_pad=False)',
          'nn.AvgPool2D(3, 2, ceil_mode=True)', 'nn.AvgPool2D((2, 3), strides=(3, 2), padding=(1, 0), ceil_mode=True)', 'nn.AvgPool2D(3, 2, 1, True)', 'nn.AvgPool2D([3, 2])',
          'nn.AvgPool2D((2, 3), strides=(3, 2), padding=(1, 1), ceil_mode=True, count_include_pad=False)', 'nn.AvgPool2D((4, 3), strides=3, padding=(2, 1))', 'nn.AvgPool2D(1, strides=3)',
          'gluon.nn.AvgPool2D(2)', 'nn.AvgPool2D(pool_size=4, strides=3)', 'nn.AvgPool2D(3, 2, 1, False, "NCHW", False)', scale=3600),
    *each('1x7x8x2', 'nn.AvgPool2D(2, layout="NHWC")', 'nn.AvgPool2D(3, 2, 1, ceil_mode=True, layout="NHWC", count_include_pad=False)', scale=3600),
    *each('1x2x4x5x6', 'nn.AvgPool3D()', 'nn.AvgPool3D(2)', 'nn.AvgPool3D(3, strides=2, padding=1)', 'nn.AvgPool3D(3, strides=2, padding=1, count_include_pad=False)',
          'nn.AvgPool3D((1, 2, 3), strides=(2, 1, 2), padding=(0, 1, 1))', 'nn.AvgPool3D(2, strides=2, ceil_mode=True)', 'nn.AvgPool3D(3, 2, 1, True)',
          'nn.AvgPool3D(3, 2, 1, ceil_mode=True, count_include_pad=False)', 'nn.AvgPool3D((2, 2, 3), strides=(1, 2, 3), ceil_mode=True)', scale=10800),
]

MORE_AXES = [    # every axis its own numbers
    *each('1x2x6x7', 'nn.Conv2D(2, (2, 3), strides=(3, 2), padding=(1, 2), dilation=(2, 1))', 'nn.Conv2D(2, (4, 1), strides=(1, 3), padding=(2, 0))',
          'nn.Conv2D(2, (1, 4), dilation=(1, 2))', 'nn.Conv2D(2, kernel_size=(6, 7))', 'nn.Conv2D(2, 3, strides=4, padding=4)', 'nn.Conv2D(2, 2, strides=(2, 3), use_bias=False)'),
    *each('1x2x4x5x6', 'nn.Conv3D(1, (2, 3, 2), strides=(2, 1, 3), padding=(1, 0, 2), dilation=(1, 2, 1))', 'nn.Conv3D(1, (4, 5, 6))', 'nn.Conv3D(2, 1, strides=(2, 3, 4))'),
    *each('1x1x3x3', 'nn.Conv2DTranspose(1, (2, 4), strides=(3, 2), padding=(0, 1), output_padding=(2, 1))', 'nn.Conv2DTranspose(1, 2, strides=4)',
          'nn.Conv2DTranspose(1, 5, strides=2, padding=2, output_padding=1)', 'nn.Conv2DTranspose(1, 3, strides=2, dilation=2, padding=2)'),
    *each('1x1x2x3x2', 'nn.Conv3DTranspose(1, (3, 2, 1), strides=(1, 2, 3), padding=(1, 0, 0), output_padding=(0, 1, 2))'),
    *each('1x2x6x7', 'nn.MaxPool2D((3, 2), (2, 3), (1, 1))', 'nn.MaxPool2D((3, 2), (2, 3), (1, 1), ceil_mode=True)', 'nn.MaxPool2D(2, 3, ceil_mode=True)', 'nn.MaxPool2D(2, (1, 4), ceil_mode=True)'),
    *each('1x2x6x7', 'nn.AvgPool2D((3, 2), (2, 3), (1, 1))', 'nn.AvgPool2D((3, 2), (2, 3), (1, 1), ceil_mode=True)', 'nn.AvgPool2D(2, 3, ceil_mode=True)',
          'nn.AvgPool2D((3, 2), (2, 3), (1, 1), ceil_mode=True, count_include_pad=False)', scale=3600),
]

PADS = [
    *each('1x2x3x4', 'nn.ReflectionPad2D()', 'nn.ReflectionPad2D(1)', 'nn.ReflectionPad2D(2)', 'nn.ReflectionPad2D(padding=1)', 'nn.ReflectionPad2D((0, 0, 0, 0, 1, 2, 0, 1))',
          'nn.ReflectionPad2D((0, 0, 0, 0, 2, 0, 3, 3))', 'gluon.nn.ReflectionPad2D(1)', 'nn.ReflectionPad2D(0)'),
]

REFUSALS = [
    *each('1x3x5x5',
          'nn.Conv2D(2, 3, padding="same")', 'nn.Conv2D(2, 3, padding="valid")', 'nn.Conv2D(2, 3, padding=(1, 1, 0, 0))', 'nn.Conv2D(2, 3, padding=((1, 0), (1, 0)))',
          'nn.Conv2D(2, 3, padding=-1)', 'nn.Conv2D(2, 3, strides=0)', 'nn.Conv2D(2, 3, strides=-1)', 'nn.Conv2D(2, 3, dilation=0)', 'nn.Conv2D(2, 6)', 'nn.Conv2D(2, 3, dilation=3)',
          'nn.Conv2D(2, (3, 6))', 'nn.Conv2D(2, (6, 3))', 'nn.Conv2D(2, (3, 3, 3))', 'nn.Conv2D(2, (3,))', 'nn.Conv2D(2, 3, strides=(1, 1, 1))', 'nn.Conv2D(2, 3, in_channels=4)',
          'nn.Conv2D(4, 3, groups=2)', 'nn.Conv2D(4, 3, groups=3)', 'nn.Conv2D(2)', 'nn.Conv2D(2, 3, stride=2)', 'nn.Conv2D(2, 3, bias=False)',
          'nn.Conv2D(2, 3, dilation_rate=2)', 'nn.Conv2D(2, 0)', 'nn.Conv2D(2, 3, layout="NHWC")', 'nn.Conv2D(2, 3, layout="NCW")', 'nn.Conv2D(0, 3)', 'nn.Conv2D(2, 3, padding=None)',
          'nn.Conv1D(2, 3)', 'nn.Conv3D(2, 3)', 'nn.Conv2D(2, "3")', 'nn.Conv2D(2, 3, padding_mode="reflect")'),
    *each('1x5x3', 'nn.Conv1D(2, 3, layout="NWC")'),
    *each('1x2x3x3',
          'nn.Conv2DTranspose(2, 3, strides=2, output_padding=2)', 'nn.Conv2DTranspose(2, 3, output_padding=1)', 'nn.Conv2DTranspose(2, 3, strides=2, dilation=3, output_padding=2)',
          'nn.Conv2DTranspose(2, 3, padding="same")', 'nn.Conv2DTranspose(2, 1, padding=2)', 'nn.Conv2DTranspose(2, 3, padding=-1)', 'nn.Conv2DTranspose(2, 3, strides=0)',
          'nn.Conv2DTranspose(3, 3, groups=2)', 'nn.Conv2DTranspose(2, 3, in_channels=3)', 'nn.Conv2DTranspose(2, 3, output_padding=-1)', 'nn.Conv2DTranspose(2, 3, layout="NHWC")',
          'nn.Conv1DTranspose(2, 3)', 'nn.Conv2DTranspose(2, 3, strides=(2, 2, 2))'),
    *each('1x1x2x2x2', 'nn.Conv3DTranspose(1, 2, dilation=2)', 'nn.Conv3DTranspose(1, 2, output_padding=1)'),
    *each('1x2x5', 'nn.MaxPool1D(6)', 'nn.MaxPool1D(3, padding=-1)', 'nn.MaxPool1D(2, padding="same")', 'nn.MaxPool1D(3, dilation=3)', 'nn.MaxPool1D(3, padding=3)', 'nn.MaxPool1D(2, layout="NHC")',
          'nn.AvgPool1D(6)', 'nn.AvgPool1D(2, padding="same")', 'nn.AvgPool1D(2, padding=2)', 'nn.AvgPool1D(3, 2, 1, True)'),
    *each('1x2x5x5', 'nn.MaxPool2D(6)', 'nn.MaxPool2D((2, 6))', 'nn.MaxPool2D((6, 2))', 'nn.MaxPool2D(3, padding=3)', 'nn.MaxPool2D((2, 2, 2))', 'nn.MaxPool2D(kernel_size=2)',
          'nn.MaxPool2D(2, stride=2)', 'nn.MaxPool2D(2, padding="valid")', 'nn.MaxPool2D(2, layout="NCW")', 'nn.AvgPool2D(6)', 'nn.AvgPool2D(2, padding=2)', 'nn.AvgPool2D(2, divisor_override=2)',
          'nn.MaxPool1D(2)', 'nn.MaxPool3D(2)', 'nn.AvgPool2D(0)', 'nn.MaxPool2D(2, strides=(1, 1, 1))'),
    *each('1x2x2x2x2', 'nn.MaxPool3D(3)', 'nn.AvgPool3D(3)', 'nn.MaxPool3D(2, padding=2)', 'nn.MaxPool3D(2, layout="NDHWC")'),
    *each('1x2x3x4', 'nn.ReflectionPad2D(3)', 'nn.ReflectionPad2D((1, 2, 0, 1))', 'nn.ReflectionPad2D(4)', 'nn.ReflectionPad2D("same")', 'nn.ReflectionPad2D((0, 0, 0, 0, 0, 0, 0, 4))', 'nn.ReflectionPad2D((1, 1))'),
]

NUMERIC = [*CONV, *TRANSPOSED, *GROUPED_TRANSPOSED, *MAX_POOL, *AVERAGE_POOL, *MORE_AXES, *PADS, *REFUSALS]
