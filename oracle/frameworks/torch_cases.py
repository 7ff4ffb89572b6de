"""PyTorch on the CPU, in float64, so that every answer is exact.

A module is built from the code, its parameters are filled (weight, bias), and it is applied to x; a functional is
applied as it stands. A lazy module meets x once first, to learn its channels. Deterministic algorithms make memory that
PyTorch forgot to write show as nan.
"""
import warnings

import torch
from torch import nn
import torch.nn.functional as F

from cases import Geometry
from torch_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'torch'

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)
torch.set_grad_enabled(False)
warnings.filterwarnings('ignore')


def version():
    return {'torch': torch.__version__.split('+')[0]}


def run(code, x, tensors, parameter):
    x = torch.from_numpy(x)
    names = {name: torch.from_numpy(data) for name, data in tensors.items()}
    result = eval(code, {'torch': torch, 'nn': nn, 'F': F, 'x': x, **names})
    if isinstance(result, nn.Module):
        if isinstance(result, nn.modules.lazy.LazyModuleMixin):
            result(x)
        for position, own in enumerate(result.parameters()):
            own.copy_(torch.from_numpy(parameter(own.shape, position)))
        result = result(x)
    return result.numpy()


def upto(last, first=1):
    return list(range(first, last + 1))


WORDS = ["'same'", "'valid'"]
MODES = ["'reflect'", "'replicate'", "'circular'"]
BOOLS = ['False', 'True']

GEOMETRY = [
    Geometry('conv1d', 'nn.Conv1d(1, 1, $kernel, stride=$stride, padding=$padding, dilation=$dilation)', '1x1x$size', {
        'size': upto(10), 'kernel': upto(5), 'stride': upto(4), 'padding': [*upto(4, 0), *WORDS], 'dilation': upto(3)}),
    Geometry('conv1d-padding-mode',
             'nn.Conv1d(1, 1, $kernel, stride=$stride, padding=$padding, dilation=$dilation, padding_mode=$mode)',
             '1x1x$size', {'size': upto(7), 'kernel': upto(5), 'stride': upto(3), 'padding': [*upto(4, 0), *WORDS],
                           'dilation': upto(2), 'mode': MODES}),
    Geometry('conv1d-functional', 'F.conv1d(x, weight, stride=$stride, padding=$padding, dilation=$dilation)',
             '1x1x$size', {'size': upto(8), 'kernel': upto(5), 'stride': upto(3), 'padding': [*upto(4, 0), *WORDS],
                           'dilation': upto(2)}, {'weight': '1x1x$kernel'}),
    Geometry('conv2d-row', 'nn.Conv2d(1, 1, (1, $kernel), stride=(1, $stride), padding=(0, $padding), '
             'dilation=(1, $dilation))', '1x1x1x$size', {'size': upto(8), 'kernel': upto(5), 'stride': upto(3),
                                                         'padding': upto(4, 0), 'dilation': upto(3)}),
    Geometry('conv3d-row', 'nn.Conv3d(1, 1, (1, 1, $kernel), stride=(1, 1, $stride), padding=(0, 0, $padding), '
             'dilation=(1, 1, $dilation))', '1x1x1x1x$size', {'size': upto(7), 'kernel': upto(4), 'stride': upto(3),
                                                              'padding': upto(3, 0), 'dilation': upto(2)}),
    Geometry('conv1d-odd', 'nn.Conv1d(1, 1, $kernel, $stride, $padding, $dilation)', '1x1x$size', {
        'size': [1, 4, 5], 'kernel': [1, 3, '(3,)'], 'stride': [-1, 0, 1, 2, '(2,)', '(1,2)'],
        'padding': [-1, 1, '(2,)', '[1]', '(1,2)', '((1,2),)', "'SAME'", "'causal'", "'full'", 'None'],
        'dilation': [-1, 0, 1, '(2,)']}),
    Geometry('conv-transpose1d', 'nn.ConvTranspose1d(1, 1, $kernel, stride=$stride, padding=$padding, '
             'output_padding=$output_padding, dilation=$dilation)', '1x1x$size', {
                 'size': upto(5), 'kernel': upto(5), 'stride': upto(4), 'padding': upto(4, 0),
                 'output_padding': upto(3, 0), 'dilation': upto(3)}),
    Geometry('conv-transpose1d-functional',
             'F.conv_transpose1d(x, weight, None, $stride, $padding, $output_padding, 1, $dilation)', '1x1x$size', {
                 'size': upto(4), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(3, 0),
                 'output_padding': upto(2, 0), 'dilation': upto(3)}, {'weight': '1x1x$kernel'}),
    Geometry('conv-transpose2d-row', 'nn.ConvTranspose2d(1, 1, (1, $kernel), stride=(1, $stride), padding=(0, $padding),'
             ' output_padding=(0, $output_padding), dilation=(1, $dilation))', '1x1x1x$size', {
                 'size': upto(4), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(3, 0),
                 'output_padding': upto(2, 0), 'dilation': upto(3)}),
    Geometry('conv-transpose1d-odd',
             'nn.ConvTranspose1d(1, 1, 3, stride=$stride, padding=$padding, output_padding=$output_padding)',
             '1x1x$size', {'size': [1, 3], 'stride': [0, 1, 2, '(2,)', '(1,2)'],
                           'padding': [-1, 0, 2, '(1,)', "'same'", "'valid'"], 'output_padding': [-1, 0, 1, '(1,)']}),
    Geometry('max-pool1d', 'nn.MaxPool1d($kernel, stride=$stride, padding=$padding, dilation=$dilation, ceil_mode=$ceil)',
             '1x1x$size', {'size': upto(10), 'kernel': upto(5), 'stride': ['None', *upto(4)], 'padding': upto(3, 0),
                           'dilation': upto(3), 'ceil': BOOLS}, probe='max'),
    Geometry('max-pool2d-row', 'F.max_pool2d(x, (1, $kernel), (1, $stride), (0, $padding), (1, $dilation), $ceil)',
             '1x1x1x$size', {'size': upto(10), 'kernel': upto(5), 'stride': upto(4), 'padding': upto(3, 0),
                             'dilation': upto(3), 'ceil': BOOLS}, probe='max'),
    Geometry('max-pool3d-row', 'F.max_pool3d(x, (1, 1, $kernel), stride=(1, 1, $stride), padding=(0, 0, $padding), '
             'dilation=(1, 1, $dilation), ceil_mode=$ceil)',
             '1x1x1x1x$size', {'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0),
                               'dilation': upto(2), 'ceil': BOOLS}, probe='max'),
    Geometry('average-pool1d', 'nn.AvgPool1d($kernel, stride=$stride, padding=$padding, ceil_mode=$ceil, '
             'count_include_pad=$include)', '1x1x$size', {
                 'size': upto(10), 'kernel': upto(6), 'stride': ['None', *upto(4)], 'padding': upto(3, 0),
                 'ceil': BOOLS, 'include': BOOLS}, probe='average'),
    Geometry('average-pool2d-row', 'F.avg_pool2d(x, (1, $kernel), (1, $stride), (0, $padding), $ceil, $include)',
             '1x1x1x$size', {'size': upto(10), 'kernel': upto(6), 'stride': upto(4), 'padding': upto(3, 0),
                             'ceil': BOOLS, 'include': BOOLS}, probe='average'),
    Geometry('average-pool3d-row', 'F.avg_pool3d(x, (1, 1, $kernel), stride=(1, 1, $stride), padding=(0, 0, $padding), '
             'ceil_mode=$ceil, count_include_pad=$include)', '1x1x1x1x$size', {
                 'size': upto(7), 'kernel': upto(5), 'stride': upto(3), 'padding': upto(2, 0),
                 'ceil': BOOLS, 'include': BOOLS}, probe='average'),
    Geometry('pad1d', 'F.pad(x, ($before, $after), mode=$mode)', '1x1x$size', {
        'size': upto(5), 'before': upto(5, -3), 'after': upto(5, -3), 'mode': ["'constant'", *MODES]}),
    Geometry('pad1d-layer', 'nn.$layer(($before, $after))', '1x1x$size', {
        'layer': ['ZeroPad1d', 'ReflectionPad1d', 'ReplicationPad1d', 'CircularPad1d'], 'size': upto(4),
        'before': upto(4, -2), 'after': upto(4, -2)}),
    Geometry('stories-conv', 'nn.Conv2d(1, 1, (1, $kernel), stride=(1, $stride), padding=(0, $padding))',
             '1x1x1x$size', {'size': [8, 64, 223, 224], 'kernel': [3, 4, 5, 7], 'stride': [2, 3, 4],
                             'padding': [0, 1, 2, 3]}),
    Geometry('stories-same', "nn.Conv1d(1, 1, $kernel, padding='same', dilation=$dilation)", '1x1x$size', {
        'size': [5, 64, 224], 'kernel': [2, 3, 4, 7], 'dilation': [1, 2]}),
    Geometry('stories-transposed', 'nn.ConvTranspose1d(1, 1, $kernel, stride=$stride, padding=$padding, '
             'output_padding=$output_padding)', '1x1x$size', {
                 'size': [7, 16], 'kernel': [2, 3, 4, 5], 'stride': [2, 3], 'padding': [0, 1, 2],
                 'output_padding': [0, 1]}),
    Geometry('stories-max-pool', 'nn.MaxPool1d($kernel, stride=$stride, padding=$padding, ceil_mode=$ceil)',
             '1x1x$size', {'size': [5, 9, 112, 113], 'kernel': [2, 3], 'stride': [2, 3], 'padding': [0, 1],
                           'ceil': BOOLS}, probe='max'),
    Geometry('stories-average-pool', 'nn.AvgPool1d($kernel, stride=$stride, padding=$padding, ceil_mode=$ceil)',
             '1x1x$size', {'size': [5, 9, 10, 11, 12], 'kernel': [6, 7, 8], 'stride': [3, 4, 5], 'padding': [0, 3],
                           'ceil': BOOLS}, probe='average'),
]
