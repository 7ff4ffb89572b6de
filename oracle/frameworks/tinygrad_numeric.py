"""tinygrad, layer by layer in one, two and three dimensions, with channels, groups and weights, and what it refuses."""
from cases import each

CONV = [
    *each('1x2x7', 'nn.Conv1d(2, 3, 3)', 'nn.Conv1d(2, 4, 4, 2, 1, groups=2)', 'nn.Conv1d(2, 3, 3, padding="same", bias=False)',
          'nn.Conv2d(2, 3, (3,), padding=(1,))', 'tinygrad.nn.Conv1d(2, 1, 2, dilation=3)'),
    *each('1x3x6x6', 'nn.Conv2d(3, 6, 4, stride=2, padding=1)', 'nn.Conv2d(3, 2, (3, 5), (1, 2), (1, 2))', 'nn.Conv2d(3, 3, 3, groups=3, bias=False)',
          'nn.Conv2d(3, 2, 3, padding=(0, 1, 2, 0))', 'nn.Conv2d(3, 2, (2, 3), padding="same")', 'nn.Conv2d(3, 2, (3, 2), padding="same", dilation=(1, 2))',
          'nn.Conv2d(3, 2, 3, 2, [1, 0])', 'nn.Conv2d(3, 1, (4, 2), padding="SAME", dilation=2)', 'nn.Conv2d(3, 2, 3, padding=(-1, 0))'),
    *each('2x4x4x5', 'nn.Conv2d(4, 6, (1, 3), stride=2, groups=2)'),
    *each('1x2x3x4x4', 'nn.Conv2d(2, 2, (2, 3, 3))', 'nn.Conv2d(2, 1, (1, 2, 3), stride=(1, 2, 2), padding=(0, 1, 1))', 'nn.Conv2d(2, 1, (3, 2, 1), padding="same")'),
    *each('1x2x4', 'nn.ConvTranspose1d(2, 3, 3)', 'nn.ConvTranspose1d(2, 3, 3, 2, 1, 1)', 'nn.ConvTranspose1d(2, 4, 3, stride=2, groups=2, bias=False)',
          'nn.ConvTranspose1d(2, 2, 3, padding="same")'),
    *each('1x2x3x4', 'nn.ConvTranspose2d(2, 3, 4, stride=2, padding=1)', 'nn.ConvTranspose2d(2, 3, 3, 2, 1, 1)', 'nn.ConvTranspose2d(2, 2, (3, 2), (2, 1), (1, 0), dilation=(1, 2))',
          'nn.ConvTranspose2d(2, 2, 3, stride=2, padding=(0, 1, 1, 0))', 'nn.ConvTranspose2d(2, 2, 2, 2, 0, (1, 0))', 'nn.ConvTranspose2d(2, 2, (3, 2), padding="same")'),
    *each('1x2x2x2x3', 'nn.ConvTranspose2d(2, 1, (1, 2, 2), stride=(1, 2, 2))'),
]

METHODS = [
    *each('1x2x7', 'x.conv2d(weight)', 'x.conv2d(weight, stride=2, padding=1)', 'x.conv2d(weight, None, 1, 2, 1, 1)', 'Tensor.conv2d(x, weight, dilation=2)', weight='3x2x3'),
    *each('1x2x7', 'x.conv2d(weight, bias)', 'x.conv2d(weight, bias=bias, padding=(2, 0))', weight='3x2x3', bias='3'),
    *each('1x4x5x6', 'x.conv2d(weight, groups=2)', 'x.conv2d(weight, groups=2, stride=(1, 2), padding=(1, 0))', 'x.conv2d(weight, groups=2, padding=[1, 0, 0, 2])', weight='4x2x3x3'),
    *each('1x2x4', 'x.conv_transpose2d(weight)', 'x.conv_transpose2d(weight, stride=2, padding=1, output_padding=1)', weight='2x3x3'),
    *each('1x4x3x3', 'x.conv_transpose2d(weight, groups=2, stride=2)', 'x.conv_transpose2d(weight, None, 2, 2, 1, (1, 0, 0, 1))', weight='4x2x3x3'),
    *each('2x2x6', 'x.max_pool2d((2,))', 'x.avg_pool2d((3,), 2, 1, 1)', 'x.max_pool2d((2,), dilation=2)', 'x.avg_pool2d((2,), dilation=2, padding=1)', scale=3600),
    *each('1x3x5x6', 'x.max_pool2d()', 'x.avg_pool2d()', 'x.max_pool2d(3, 2)', 'x.max_pool2d(kernel_size=(2, 3), stride=(1, 2), padding=(0, 1))', 'x.avg_pool2d(3, 2, padding=1)',
          'x.avg_pool2d(3, 2, padding=1, count_include_pad=False)', 'x.max_pool2d(3, 2, ceil_mode=True)', 'x.avg_pool2d(2, 3, padding=(1, 0, 0, 1), ceil_mode=True)',
          'x.avg_pool2d((3, 2), 2, ceil_mode=True)', 'x.max_pool2d(2, padding=(0, 1, 1, 0))', 'Tensor.max_pool2d(x, 2, 1)', scale=3600),
    *each('1x2x3x4x4', 'x.max_pool2d((2, 2, 2))', 'x.avg_pool2d((1, 2, 3), stride=(1, 2, 1))', scale=10800),
    *each('1x2x3x4', 'x.pad((1, 2))', 'x.pad((1, 2, 0, 3))', 'x.pad(((0, 0), (0, 0), (1, 0), (0, 2)))', 'x.pad((None, None, (1, -1), (2, 0)))', 'x.pad((1, 1, 1, 1), mode="reflect")',
          'x.pad((3, 0, 0, 2), "reflect")', 'x.pad((1, 6, 0, 1), "replicate")', 'x.pad((1, 2, 3, 0), mode="circular")', 'x.pad((-1, 2, 1, -1), mode="circular")', 'x.pad((-1, 2, 1, -1), mode="reflect")',
          'x.pad((-1, 2, 1, -1), mode="replicate")', 'x.pad((1, 1, 1, 1), value=-5)', 'x.pad(((0, 0), (0, 0), (1, 1), (1, 1)), "constant", 7.0)', 'x.pad((0, 0, 1, 1, 1, 0))'),
]

REFUSALS = [
    *each('1x3x5x5', 'nn.Conv2d(3, 2, 6)', 'nn.Conv2d(4, 2, 3)', 'nn.Conv2d(3, 2, 3, padding="valid")', 'nn.Conv2d(3, 2, 3, stride=2, padding="same")', 'nn.Conv2d(3, 2, 3, stride=(1, 1), padding="same")',
          'nn.Conv2d(3, 2, 3, padding=(1, 1, 1))', 'nn.Conv2d(3, 2, 3, padding_mode="reflect")', 'nn.Conv2d(3, 4, 3, groups=2)', 'nn.Conv2d(3, 2, 3, dilation=3)', 'nn.Conv2d(3, 2)',
          'nn.Conv2d(3, 4, 3, groups=3)', 'nn.Conv1d(3, 2, 3)', 'nn.Conv3d(3, 2, 3)', 'nn.Conv2d(3, 2, 3, stride=(1, 1, 1))', 'nn.MaxPool2d(2)', 'x.max_pool2d(6)', 'x.max_pool2d((2, 2), (1, 1, 1))',
          'x.avg_pool2d(2, padding=(1, 1, 1))', 'x.pad((5, 0), mode="reflect")', 'x.pad((6, 0), mode="circular")', 'x.pad((1, 1), mode="symmetric")', 'x.pad((1,))', 'x.pad(((0, 0), (1, 1)))', 'x.pad((-3, -3))',
          'nn.ConvTranspose2d(3, 2, 1, padding=3)', 'nn.ConvTranspose2d(2, 2, 3)', 'x.max_pool2d(2, count_include_pad=True)'),
    *each('1x3x5x5', 'x.conv2d(weight)', weight='2x4x3x3'),
    *each('1x3x5x5', 'x.conv2d(weight, padding="same")', 'x.conv2d(weight, bias=bias)', weight='2x3x3x3', bias='3'),
]

NUMERIC = [*CONV, *METHODS, *REFUSALS]
