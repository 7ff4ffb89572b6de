"""PaddlePaddle, layer by layer in one, two and three dimensions, with real channels, groups and weights.

No case leaves less than nothing on two axes: 3.3.1 multiplies the two negative sizes, goes on and crashes.
"""
from cases import each

CONV = [
    *each('1x1x9',
          'nn.Conv1D(1, 2, 3)', 'nn.Conv1D(1, 2, 3, 2)', 'nn.Conv1D(1, 2, 3, 2, 1)', 'nn.Conv1D(1, 2, 3, 2, 1, 2)',
          'nn.Conv1D(in_channels=1, out_channels=2, kernel_size=4, stride=3, padding=2)',
          'nn.Conv1D(1, 2, [5], stride=[2], padding=[4])', 'nn.Conv1D(1, 2, 4, padding="SAME")',
          'nn.Conv1D(1, 2, 3, stride=2, padding="same", dilation=3)', 'nn.Conv1D(1, 2, 2, stride=3, padding="VALID")',
          'nn.Conv1D(1, 2, 3, padding=[2, 0])', 'nn.Conv1D(1, 2, 3, padding=[[0, 0], [0, 0], [2, 1]])',
          'nn.Conv1D(1, 2, 3, bias_attr=False)', 'nn.Conv1D(1, 2, 3, bias=False)',
          'nn.Conv1D(1, 2, 3, padding=2, padding_mode="circular")', 'nn.Conv1D(1, 2, 3, 2, 2, padding_mode="reflect")',
          'nn.Conv1D(1, 2, 3, 2, 2, 1, 1, padding_mode="replicate")', 'paddle.nn.Conv1D(1, 1, 1, stride=4)',
          'nn.Conv1D(1, 1, 10, stride=4)', 'nn.Conv1D(1, 1, 10)'),
    *each('2x4x7', 'nn.Conv1D(4, 2, 3)', 'nn.Conv1D(4, 4, 3, groups=2)', 'nn.Conv1D(4, 8, 3, stride=2, groups=4, bias_attr=False)'),
    *each('2x7x4', 'nn.Conv1D(4, 2, 3, data_format="NLC")', 'nn.Conv1D(4, 4, 3, padding=[2, 0], groups=2, data_format="NLC")',
          'nn.Conv1D(4, 4, 3, padding=[[0, 0], [2, 1], [0, 0]], data_format="NLC")'),
    *each('1x3x8x8',
          'nn.Conv2D(3, 6, 4, stride=2, padding=1)', 'nn.Conv2D(3, 2, 3)', 'nn.Conv2D(3, 2, 3, 2, 1)',
          'nn.Conv2D(3, 4, (3, 5), stride=(3, 4), padding=(0, 1))', 'nn.Conv2D(3, 2, 3, stride=2, padding="SAME")',
          'nn.Conv2D(3, 2, (2, 3), padding="same", dilation=(3, 2))', 'nn.Conv2D(3, 2, 3, stride=2, padding=[0, 1, 0, 1])',
          'nn.Conv2D(3, 2, 3, padding=[0, 1, 2, 3])', 'nn.Conv2D(3, 2, 3, padding=[[0, 0], [0, 0], [0, 1], [2, 3]])',
          'nn.Conv2D(3, 3, 3, groups=3)', 'nn.Conv2D(3, 6, 3, stride=2, groups=3, bias_attr=False)',
          'nn.Conv2D(3, 2, 3, stride=2, dilation=(2, 3), padding=(2, 3))',
          'nn.Conv2D(3, 2, 3, padding=2, stride=2, padding_mode="reflect")',
          'nn.Conv2D(3, 2, (3, 2), padding=3, stride=3, padding_mode="circular")',
          'paddle.nn.Conv2D(in_channels=3, out_channels=64, kernel_size=7, stride=2, padding=3, weight_attr=None, data_format="NCHW")'),
    *each('2x5x6x4', 'nn.Conv2D(4, 2, 3, padding=1, stride=2, data_format="NHWC")',
          'nn.Conv2D(4, 4, (1, 3), groups=2, stride=2, padding="SAME", data_format="NHWC")',
          'nn.Conv2D(4, 8, (3, 1), groups=4, stride=(1, 2), padding=[1, 0, 0, 0], dilation=(2, 1), data_format="NHWC")'),
    *each('1x2x5x5x5', 'nn.Conv3D(2, 2, 3)', 'nn.Conv3D(2, 3, 3, stride=2, padding=1)', 'nn.Conv3D(2, 2, (1, 2, 3), padding="SAME", stride=2)',
          'nn.Conv3D(2, 4, 2, stride=2, groups=2, padding=[0, 1, 1, 0, 0, 0])', 'nn.Conv3D(2, 2, 2, dilation=(1, 2, 3), stride=2)',
          'nn.Conv3D(2, 1, 3, padding=1, padding_mode="replicate")'),
    *each('1x5x5x5x2', 'nn.Conv3D(2, 3, (1, 2, 3), stride=2, padding=1, data_format="NDHWC")'),
]

FUNCTIONAL = [
    *each('1x2x7', 'F.conv1d(x, weight)', 'F.conv1d(x, weight, stride=2, padding="SAME")', 'F.conv1d(x, weight, None, 2, [1, 2], 2)', weight='3x2x3'),
    *each('1x2x7', 'F.conv1d(x, weight, bias, padding=1)', weight='3x2x3', bias='3'),
    *each('1x4x6x6', 'F.conv2d(x, weight, groups=2)', 'F.conv2d(x, weight, bias=None, stride=2, padding=[0, 1, 1, 2], dilation=1, groups=2)', weight='6x2x3x2'),
    *each('1x6x6x4', 'F.conv2d(x, weight, groups=2, padding=1, data_format="NHWC")', weight='6x2x3x2'),
    *each('1x2x4x4x4', 'F.conv3d(x, weight, stride=2, padding=1)', weight='2x2x3x3x3'),
    *each('1x2x4', 'F.conv1d_transpose(x, weight)', 'F.conv1d_transpose(x, weight, stride=2, padding=1, output_padding=1)', 'F.conv1d_transpose(x, weight, None, 3, 1, 0, 1, 2)',
          'F.conv1d_transpose(x, weight, stride=2, padding=1, output_size=8)', 'F.conv1d_transpose(x, weight, stride=2, output_size=[10])', weight='2x3x3'),
    *each('1x2x3x3', 'F.conv2d_transpose(x, weight, bias, 2, 1, 1)', 'F.conv2d_transpose(x, weight, bias, stride=2, padding=1, output_size=[6, 5])', weight='2x2x3x3', bias='2'),
    *each('1x2x3x3', 'F.conv2d_transpose(x, weight, stride=2, groups=2, padding="SAME")', weight='2x1x3x3'),
    *each('1x2x3x3x3', 'F.conv3d_transpose(x, weight, stride=2, padding=1)', 'F.conv3d_transpose(x, weight, None, 2, 1, 1, 2, 1)', weight='2x1x3x3x3'),
]

TRANSPOSED = [
    *each('1x2x5', 'nn.Conv1DTranspose(2, 3, 3)', 'nn.Conv1DTranspose(2, 3, 4, stride=2, padding=1)', 'nn.Conv1DTranspose(2, 3, 3, 2, 1, 1)',
          'nn.Conv1DTranspose(2, 3, 3, stride=2, padding="SAME")', 'nn.Conv1DTranspose(2, 4, 3, 2, 1, 0, 2, 2)', 'nn.Conv1DTranspose(2, 3, 3, stride=2, padding=[0, 1], bias_attr=False)'),
    *each('1x5x2', 'nn.Conv1DTranspose(2, 3, 3, stride=2, data_format="NLC")'),
    *each('1x2x4x4', 'nn.Conv2DTranspose(2, 3, 4, stride=2, padding=1)', 'nn.Conv2DTranspose(2, 3, 3, stride=2, padding=1, output_padding=1)',
          'nn.Conv2DTranspose(2, 3, 3, stride=2, padding=[0, 1, 1, 0])', 'nn.Conv2DTranspose(2, 2, 3, stride=2, padding="SAME")',
          'nn.Conv2DTranspose(2, 4, (2, 3), stride=(3, 2), groups=2)', 'nn.Conv2DTranspose(2, 2, 3, groups=2, bias_attr=False)', 'nn.Conv2DTranspose(2, 3, 3, 2, 1, 1, 1, 1)',
          'nn.Conv2DTranspose(2, 3, 3, dilation=2, padding=[[0, 0], [0, 0], [1, 0], [0, 1]])'),
    *each('1x4x4x2', 'nn.Conv2DTranspose(2, 3, 3, stride=2, padding=1, data_format="NHWC")'),
    *each('1x2x3x3x3', 'nn.Conv3DTranspose(2, 3, 3, stride=2, padding=1)', 'nn.Conv3DTranspose(2, 2, (1, 2, 3), stride=(1, 2, 3), output_padding=(0, 1, 2), groups=2)'),
]

MAX_POOL = [
    *each('1x2x9', 'nn.MaxPool1D(3)', 'nn.MaxPool1D(2, 2)', 'nn.MaxPool1D(3, stride=2, padding=1)', 'nn.MaxPool1D(3, 2, 1, ceil_mode=True)', 'nn.MaxPool1D(2, stride=4, ceil_mode=True)',
          'nn.MaxPool1D(kernel_size=3, stride=2, padding="SAME")', 'F.max_pool1d(x, 3, 2, [0, 1])', 'F.max_pool1d(x, kernel_size=2, padding="VALID")', 'nn.MaxPool1D(3, return_mask=True)'),
    *each('1x2x7x8', 'nn.MaxPool2D(2)', 'nn.MaxPool2D(3, stride=2, padding=1)', 'nn.MaxPool2D(3, 2, ceil_mode=True)', 'nn.MaxPool2D((2, 3), stride=(3, 2), padding=(0, 1))',
          'nn.MaxPool2D([3, 2], stride=[2, 1], padding=[1, 0, 0, 1])', 'F.max_pool2d(x, 3, 2, "SAME")', 'F.max_pool2d(x, 2, stride=3, ceil_mode=True)',
          'F.max_pool2d(x, 3, 2, [[0, 0], [0, 0], [1, 2], [0, 1]])', 'nn.MaxPool2D(1, stride=3)', 'F.max_pool2d(x, 3, 2, 1, return_mask=True)'),
    *each('1x7x8x2', 'nn.MaxPool2D(3, stride=2, padding=1, data_format="NHWC")'),
    *each('1x2x4x5x6', 'nn.MaxPool3D(2)', 'nn.MaxPool3D(3, stride=2, padding=1)', 'nn.MaxPool3D((1, 2, 3), stride=(2, 1, 2), padding=(0, 1, 1), ceil_mode=True)', 'F.max_pool3d(x, 3, 2, "SAME")'),
]

AVERAGE_POOL = [
    *each('1x2x9', 'nn.AvgPool1D(3)', 'nn.AvgPool1D(3, stride=2, padding=1)', 'nn.AvgPool1D(3, 2, 1, False)', 'nn.AvgPool1D(3, 2, 1, True, True)', 'nn.AvgPool1D(4, stride=3, padding=2, exclusive=False, ceil_mode=True)',
          'F.avg_pool1d(x, 3, 2, "SAME")', 'F.avg_pool1d(x, 3, 2, [0, 1], exclusive=False)', scale=3600),
    *each('1x2x7x8', 'nn.AvgPool2D(2)', 'nn.AvgPool2D(3, stride=2, padding=1)', 'nn.AvgPool2D(3, stride=2, padding=1, exclusive=False)', 'nn.AvgPool2D(3, 2, 0, True)',
          'nn.AvgPool2D((2, 3), stride=(3, 2), padding=(1, 1), ceil_mode=True)', 'nn.AvgPool2D((2, 3), stride=(3, 2), padding=(1, 1), ceil_mode=True, exclusive=False)',
          'nn.AvgPool2D(2, divisor_override=3)', 'F.avg_pool2d(x, 3, 2, "SAME", exclusive=False)', 'F.avg_pool2d(x, 3, 2, [0, 1, 1, 0])',
          'F.avg_pool2d(x, 3, 2, [0, 1, 1, 0], exclusive=False)', 'F.avg_pool2d(x, 2, 2, 1, False, False, 5)', scale=3600),
    *each('1x7x8x2', 'nn.AvgPool2D(3, stride=2, padding=1, data_format="NHWC")', scale=3600),
    *each('1x2x4x5x6', 'nn.AvgPool3D(2)', 'nn.AvgPool3D(3, stride=2, padding=1)', 'nn.AvgPool3D(3, stride=2, padding=1, exclusive=False)', 'nn.AvgPool3D((1, 2, 3), stride=(2, 1, 2), padding=(0, 1, 1), ceil_mode=True)',
          'nn.AvgPool3D(2, divisor_override=5)', scale=10800),
]

PADS = [
    *each('1x2x5', 'F.pad(x, [1, 2])', 'F.pad(x, (1, 2), value=3)', 'F.pad(x, [2, 1], mode="reflect")', 'F.pad(x, [2, 1], mode="replicate")', 'F.pad(x, [2, 6], mode="circular")',
          'F.pad(x, [-1, 2])', 'F.pad(x, [-1, 2], mode="circular")', 'F.pad(x, [0, 0, 0, 0, 1, 2])', 'F.pad(x, [1, 2, 0, 0, 0, 0], pad_from_left_axis=False)', 'nn.Pad1D(2)', 'nn.Pad1D([1, 0], mode="reflect")', 'nn.Pad1D([1, 0], value=4.0)', 'nn.ZeroPad1D(1)'),
    *each('1x5x2', 'F.pad(x, [1, 2], data_format="NLC")', 'nn.Pad1D(2, data_format="NLC")'),
    *each('1x2x3x4', 'F.pad(x, [0, 1, 0, 1])', 'F.pad(x, [1, 2, 2, 0], mode="reflect")', 'F.pad(x, [1, 2])', 'F.pad(x, [0, 0, 0, 0, 1, 2, 0, 3])', 'nn.Pad2D([1, 0, 2, 1])', 'nn.Pad2D(1, mode="replicate")', 'nn.Pad2D(1, "circular")',
          'nn.ZeroPad2D([0, 1, 0, 1])', 'nn.ZeroPad2D(1)', 'F.zeropad2d(x, [1, 0, 2, 0])', 'F.pad(x, [-1, 0, 0, -1])'),
    *each('1x3x4x2', 'F.pad(x, [0, 1, 2, 0], data_format="NHWC")', 'nn.Pad2D([1, 0, 2, 1], data_format="NHWC", mode="reflect")', 'F.pad(x, [0, 0, 1, 2, 0, 3, 0, 0])'),
    *each('1x1x2x3x4', 'F.pad(x, [1, 0, 0, 1, 1, 1])', 'nn.Pad3D(1, mode="reflect")', 'nn.Pad3D([1, 0, 2, 1, 0, 3], mode="replicate")', 'nn.ZeroPad3D([0, 1, 0, 1, 0, 1])'),
]

REFUSALS = [
    *each('1x3x5x5', 'nn.Conv2D(3, 2, 3, padding="full")', 'nn.Conv2D(3, 2, 3, padding=(1, 1, 0))', 'nn.Conv2D(3, 2, 3, padding=((1, 0), (1, 0)))', 'nn.Conv2D(3, 2, 3, padding=[[1, 0], [0, 0], [0, 0], [0, 0]])',
          'nn.Conv2D(3, 2, 3, padding=-1)', 'nn.Conv2D(3, 2, 3, stride=0)', 'nn.Conv2D(3, 2, 3, dilation=0)', 'nn.Conv2D(3, 2, (3, 8))', 'nn.Conv2D(4, 2, 3)', 'nn.Conv2D(3, 4, 3, groups=2)', 'nn.Conv2D(3, 4, 3, groups=3)',
          'nn.Conv2D(3, 2, 3, padding_mode="constant")', 'nn.Conv2D(3, 2, 3, padding="SAME", padding_mode="reflect")', 'nn.Conv2D(3, 2, 3, padding=5, padding_mode="reflect")', 'nn.Conv2D(3, 2)',
          'nn.Conv2D(3, 2, 3, strides=2)', 'nn.Conv2D(3, 2, 3, 1, 1, 1, 1, "zeros")', 'nn.Conv2D(3, 2, 3, data_format="HWC")', 'nn.Conv1D(3, 2, 3)', 'nn.Conv2D(3, 2, 3, stride=(1, 2, 3))'),
    *each('3x5x5', 'nn.Conv2D(3, 2, 3)', 'nn.MaxPool2D(2)'),
    *each('1x2x3x3', 'nn.Conv2DTranspose(2, 2, 3, stride=2, output_padding=2)', 'nn.Conv2DTranspose(2, 2, 3, output_padding=1)', 'nn.Conv2DTranspose(2, 2, 1, padding=(2, 0))', 'nn.Conv2DTranspose(2, 2, 3, output_padding=-1)',
          'nn.Conv2DTranspose(3, 2, 3)', 'nn.Conv2DTranspose(2, 2, 3, output_size=7)'),
    *each('1x2x3x3', 'F.conv2d_transpose(x, weight, stride=2, output_size=[6, 6])', 'F.conv2d_transpose(x, weight, stride=2, output_size=9)', 'F.conv2d_transpose(x, weight, stride=2, output_padding=1, output_size=8)', weight='2x1x3x3'),
    *each('1x2x5', 'nn.MaxPool1D(7, stride=1)', 'nn.MaxPool1D(2, stride=0)', 'nn.AvgPool1D(2, stride=-1)', 'nn.MaxPool1D(2, padding="VALID", ceil_mode=True)', 'nn.MaxPool1D(2, padding="full")', 'nn.MaxPool1D(2, dilation=2)', 'nn.AvgPool1D(2, divisor_override=2)',
          'F.pad(x, [1])', 'F.pad(x, 1)', 'F.pad(x, [5, 0], mode="reflect")', 'F.pad(x, [1, 1], mode="edge")', 'F.pad(x, [-3, -3])', 'F.pad(x, [0, 0, 0, 0, -1, 1])', 'F.pad(x, [1, 1, 1, 1], mode="reflect")', 'nn.Pad1D([1, 2, 3])'),
]

NUMERIC = [*CONV, *FUNCTIONAL, *TRANSPOSED, *MAX_POOL, *AVERAGE_POOL, *PADS, *REFUSALS]
