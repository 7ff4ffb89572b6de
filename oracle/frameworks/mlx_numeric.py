"""MLX, layer by layer in one, two and three dimensions, channels last, with groups and weights, and what it refuses."""
from cases import each

CONV = [
    *each('1x9x2', 'nn.Conv1d(2, 3, 3)', 'nn.Conv1d(2, 3, 4, 2, 1)', 'nn.Conv1d(2, 4, 3, groups=2)', 'nn.Conv1d(2, 3, 3, 1, 2, 2, 1, False)',
          'mlx.nn.Conv1d(in_channels=2, out_channels=1, kernel_size=3, bias=False)'),
    *each('1x8x8x3', 'nn.Conv2d(3, 6, 4, stride=2, padding=1)', 'nn.Conv2d(3, 2, 3)', 'nn.Conv2d(3, 2, (3, 5), (1, 2), (1, 2))',
          'nn.Conv2d(3, 3, 3, groups=3, bias=False)', 'nn.Conv2d(3, 2, 3, padding=2, dilation=(1, 2))', 'nn.Conv2d(3, 2, 2, padding=(0, 1), dilation=3)',
          'nn.Conv2d(3, 2, [3, 3], [2, 1])'),
    *each('2x5x6x4', 'nn.Conv2d(4, 6, (1, 3), stride=2, groups=2)', 'nn.Conv2d(4, 2, 2, 3, 1)'),
    *each('1x5x5x5x2', 'nn.Conv3d(2, 2, 3)', 'nn.Conv3d(2, 3, (1, 2, 3), (1, 2, 2), (0, 1, 1))', 'nn.Conv3d(2, 1, 2, 2, 1, 2, False)'),
    *each('1x4x2', 'nn.ConvTranspose1d(2, 3, 3)', 'nn.ConvTranspose1d(2, 3, 3, 2, 1)', 'nn.ConvTranspose1d(2, 3, 3, 2, 1, 1, 1)',
          'nn.ConvTranspose1d(2, 1, 4, stride=2, padding=1, bias=False)', 'nn.ConvTranspose1d(2, 2, 3, dilation=2)'),
    *each('1x3x4x2', 'nn.ConvTranspose2d(2, 3, 4, stride=2, padding=1)', 'nn.ConvTranspose2d(2, 3, 3, 2, 1, 1, 1)', 'nn.ConvTranspose2d(2, 2, (3, 2), (2, 1), (1, 0))',
          'nn.ConvTranspose2d(2, 2, 3, dilation=(1, 2), output_padding=(0, 0))', 'nn.ConvTranspose2d(2, 2, 3, stride=2, output_padding=(1, 0))'),
    *each('1x2x2x3x2', 'nn.ConvTranspose3d(2, 2, 2)', 'nn.ConvTranspose3d(2, 1, (1, 2, 3), (1, 2, 2), (0, 1, 1))', 'nn.ConvTranspose3d(2, 2, 3, 2, 1, 1, 1)'),
]

FUNCTIONS = [
    *each('1x7x2', 'mx.conv1d(x, weight)', 'mx.conv1d(x, weight, stride=2, padding=1)', 'mx.conv_general(x, weight)', 'mlx.core.conv1d(x, weight, dilation=2)',
          'mx.conv_general(x, weight, 2, ([1], [0]))', 'mx.conv_general(x, weight, input_dilation=2, flip=True)', weight='3x3x2'),
    *each('1x6x4', 'mx.conv1d(x, weight, groups=2)', 'mx.conv_general(x, weight, groups=2, padding=1)', weight='4x3x2'),
    *each('1x6x7x3', 'mx.conv2d(x, weight)', 'mx.conv2d(x, weight, (2, 1), (1, 0), (1, 2))', 'mx.conv_general(x, weight, padding=([0, 1], [1, 2]))',
          'mx.conv_general(x, weight, stride=(1, 2), padding=[1, 2])', 'mx.conv_general(x, weight, input_dilation=(2, 1), kernel_dilation=(1, 2), flip=True)',
          'mx.conv_general(x, weight, padding=1, input_dilation=2, stride=2)', weight='2x3x3x3'),
    *each('1x3x4x4x2', 'mx.conv3d(x, weight)', 'mx.conv3d(x, weight, (1, 2, 1), 1)', 'mx.conv_general(x, weight, padding=([0, 1, 0], [1, 0, 0]))', weight='3x2x3x3x2'),
    *each('1x4x2', 'mx.conv_transpose1d(x, weight)', 'mx.conv_transpose1d(x, weight, 2, 1)', 'mx.conv_transpose1d(x, weight, stride=2, padding=1, output_padding=1)', weight='3x3x2'),
    *each('1x4x4', 'mx.conv_transpose1d(x, weight, 2, groups=2)', weight='4x3x2'),
    *each('1x3x4x2', 'mx.conv_transpose2d(x, weight)', 'mx.conv_transpose2d(x, weight, (2, 1), 1, 1, (1, 0))', weight='3x3x3x2'),
    *each('1x3x4x4', 'mx.conv_transpose2d(x, weight, 2, 1, groups=2)', weight='2x3x3x2'),
    *each('1x2x3x3x2', 'mx.conv_transpose3d(x, weight)', 'mx.conv_transpose3d(x, weight, 2, 1, 1, 1)', weight='1x3x3x3x2'),
    *each('2x5x2', 'nn.MaxPool1d(2)', 'nn.MaxPool1d(3, 2, 1)', 'nn.AvgPool1d(3, stride=2, padding=1)', 'nn.MaxPool1d((2,), (1,), (1,))', scale=3600),
    *each('1x6x7x3', 'nn.MaxPool2d(3, 2)', 'nn.MaxPool2d(3, stride=2, padding=1)', 'nn.AvgPool2d((2, 3))', 'nn.AvgPool2d(3, 2, 1)', 'nn.AvgPool2d(3, 2, (1, 0))',
          'mlx.nn.MaxPool2d(kernel_size=(2, 3), padding=(0, 1))', scale=3600),
    *each('1x4x5x6x2', 'nn.MaxPool3d(2)', 'nn.AvgPool3d(2, 1)', 'nn.MaxPool3d((1, 2, 3), (1, 2, 2), (0, 1, 1))', 'nn.AvgPool3d(3, 2, 1)', scale=10800),
    *each('1x3x4x2', 'mx.pad(x, ((0, 0), (1, 2), (0, 3), (0, 0)))', 'mx.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)], "reflect")', 'mx.pad(x, ((0, 0), (4, 0), (1, 5), (0, 0)), mode="edge")',
          'mx.pad(x, ((0, 0), (2, 1), (0, 3), (0, 0)), "symmetric")', 'mx.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=7)',
          'mx.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), "constant", -3)', 'mx.pad(x, ((0, 0), (0, 0), (2, 0), (1, 1)))', 'mx.pad(x, 0)'),
]

REFUSALS = [
    *each('1x5x5x3', 'nn.Conv2d(3, 2, 6)', 'nn.Conv2d(4, 2, 3)', 'nn.Conv2d(3, 4, 3, groups=2)', 'nn.Conv2d(3, 2, 3, padding="same")', 'nn.Conv2d(3, 2, 3, padding=(1, 1, 1, 1))',
          'nn.Conv2d(3, 2, 3, stride=0)', 'nn.Conv2d(3, 2, 3, padding=-1)', 'nn.Conv2d(3, 2, 3, dilation=0)', 'nn.Conv2d(3, 2, 3, padding_mode="reflect")', 'nn.Conv1d(3, 2, 3)',
          'nn.Conv3d(3, 2, 3)', 'nn.Conv3d(3, 2, 3, groups=3)', 'nn.Conv2d(3, 2)', 'nn.Conv2d(3, 2, 3, dilation=3)', 'nn.MaxPool2d(3, ceil_mode=True)', 'nn.MaxPool2d(3, padding=-1)',
          'nn.MaxPool2d(0)', 'nn.MaxPool2d((2, 2, 2))', 'nn.MaxPool2d(2, padding="same")', 'nn.MaxPool1d(2)', 'nn.AvgPool2d(2, 0)', 'nn.AvgPool2d(3, dilation=2)',
          'nn.Conv2d(3, 4, 3, groups=3)', 'nn.ConvTranspose2d(3, 3, 3, groups=3)', 'nn.ConvTranspose2d(2, 2, 3)', 'nn.ConvTranspose2d(3, 2, 1, padding=3)', 'nn.ConvTranspose2d(3, 2, 3, output_padding=-1)',
          'mx.pad(x, ((0, 0), (-1, 1), (0, 0), (0, 0)))', 'mx.pad(x, ((0, 0), (1, 1)))', 'mx.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), "wrap")', 'mx.pad(x, ((0, 0), (5, 0), (0, 0), (0, 0)), "reflect")'),
    *each('1x5x5x3', 'mx.conv2d(x, weight)', weight='2x3x3x4'),
    *each('1x5x5x3', 'mx.conv2d(x, weight, padding="SAME")', 'mx.conv2d(x, weight, padding=([1, 1], [1, 1]))', 'mx.conv_general(x, weight, padding=[1])', 'mx.conv_general(x, weight, padding=([1, 1], [-8, 0]))',
          'mx.conv_general(x, weight, groups=3)', weight='2x3x3x3'),
]

NUMERIC = [*CONV, *FUNCTIONS, *REFUSALS]
