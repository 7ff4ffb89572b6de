"""PaddlePaddle on the CPU, in float64, so that every answer is exact.

A layer is built from the code, its parameters are filled (weight, bias), and it is applied to x; a functional is applied
as it stands. `nn` and `F` are paddle.nn and paddle.nn.functional.
"""
import os
import warnings

os.environ['GLOG_minloglevel'] = '3'
warnings.filterwarnings('ignore')

import numpy as np  # noqa: E402
import paddle  # noqa: E402
import paddle.nn.functional as F  # noqa: E402
from paddle import nn  # noqa: E402

from cases import Geometry  # noqa: E402
from paddle_numeric import NUMERIC  # noqa: E402,F401

FRAMEWORK = 'paddle'

paddle.set_device('cpu')
paddle.set_default_dtype('float64')


def version():
    return {'paddlepaddle': paddle.__version__}


def message(error):
    """The reason stands after the line that says where it was raised, or is all there is."""
    text = str(error)
    for line in text.splitlines():
        if 'Error: ' in line and not line.startswith('  '):
            return line.split('Error: ', 1)[1]
    return text


def run(code, x, tensors, parameter):
    x = paddle.to_tensor(x)
    names = {name: paddle.to_tensor(data) for name, data in tensors.items()}
    with paddle.no_grad():
        result = eval(code, {'paddle': paddle, 'nn': nn, 'F': F, 'x': x, **names})
        if isinstance(result, nn.Layer):
            for position, own in enumerate(result.parameters()):
                own.set_value(parameter(tuple(own.shape), position))
            result = result(x)
        if isinstance(result, (list, tuple)):   # a maximum and its indices
            result = result[0]
    return np.asarray(result.numpy())


def upto(last, first=1):
    return list(range(first, last + 1))


WORDS = ["'SAME'", "'VALID'"]
MODES = ["'reflect'", "'replicate'", "'circular'"]
BOOLS = ['False', 'True']
SOME = [1, 2, 4, 5, 6]

GEOMETRY = [
    Geometry('conv1d', 'nn.Conv1D(1, 1, $kernel, stride=$stride, padding=$padding, dilation=$dilation)', '1x1x$size', {
        'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'padding': [*upto(3, 0), *WORDS, '[1,2]', '[2,0]'],
        'dilation': upto(2)}),
    Geometry('conv1d-padding-mode', 'nn.Conv1D(1, 1, $kernel, stride=$stride, padding=$padding, padding_mode=$mode)',
             '1x1x$size', {'size': upto(5), 'kernel': [1, 2, 3], 'stride': upto(2),
                           'padding': [*upto(4, 0), "'SAME'", '[1]'], 'mode': MODES}),
    Geometry('conv2d-row', 'F.conv2d(x, weight, stride=(1, $stride), padding=$padding, dilation=(1, $dilation))',
             '1x1x1x$size', {'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'padding': [
                 '(0,1)', '[0,0,1,2]', '[0,0,2,0]', '[[0,0],[0,0],[0,0],[0,2]]', "'same'"], 'dilation': upto(2)},
             {'weight': '1x1x1x$kernel'}),
    Geometry('conv3d-row', 'F.conv3d(x, weight, stride=(1, 1, $stride), padding=$padding, dilation=(1, 1, $dilation))',
             '1x1x1x1x$size', {'size': upto(6), 'kernel': upto(3), 'stride': upto(2), 'padding': [
                 '(0,0,1)', '[0,0,0,0,1,2]', "'SAME'"], 'dilation': upto(2)}, {'weight': '1x1x1x1x$kernel'}),
    Geometry('conv1d-odd', 'nn.Conv1D(1, 1, $kernel, $stride, $padding, $dilation)', '1x1x$size', {
        'size': [4], 'kernel': [1, 3, '(3,)'], 'stride': [-1, 0, 1, '(2,)', '(1,2)'],
        'padding': [-1, 1, '(2,)', '[1,2,3]', '((1,2),)', '[[0,0],[0,0],[1,2]]', "'causal'", 'None', "'Same'"],
        'dilation': [-1, 0, 1, '(2,)']}),
    Geometry('conv-transpose1d', 'nn.Conv1DTranspose(1, 1, $kernel, stride=$stride, padding=$padding, '
             'output_padding=$output_padding, dilation=$dilation)', '1x1x$size', {
                 'size': upto(3), 'kernel': upto(4), 'stride': upto(3), 'padding': [*upto(2, 0), *WORDS, '[1,0]'],
                 'output_padding': upto(3, 0), 'dilation': upto(2)}),
    Geometry('conv-transpose2d-row', 'nn.Conv2DTranspose(1, 1, (1, $kernel), stride=(1, $stride), padding=$padding, '
             'output_padding=$output_padding, dilation=(1, $dilation))', '1x1x1x$size', {
                 'size': upto(3), 'kernel': upto(4), 'stride': upto(3),
                 'padding': ['(0,1)', '[0,0,1,0]', '[0,0,0,2]', "'SAME'"],
                 'output_padding': ['0', '(0,1)', '(0,2)', '(0,3)'], 'dilation': upto(2)}),
    Geometry('conv-transpose1d-size', 'F.conv1d_transpose(x, weight, stride=$stride, padding=$padding, '
             'output_size=$output_size, dilation=$dilation)', '1x1x$size', {
                 'size': upto(3), 'kernel': upto(3), 'stride': upto(3), 'padding': [0, 1, '[0,1]'],
                 'output_size': ['None', *upto(9)], 'dilation': [1, 2]}, {'weight': '1x1x$kernel'},
             keep=lambda size, kernel, stride, dilation, output_size, **_: output_size == 'None' or abs(
                 output_size - (size - 1) * stride - (kernel - 1) * dilation - 1) <= 3),
    Geometry('max-pool1d', 'nn.MaxPool1D($kernel, stride=$stride, padding=$padding, ceil_mode=$ceil)', '1x1x$size', {
        'size': SOME, 'kernel': upto(4), 'stride': ['None', *upto(3)],
        'padding': [*upto(2, 0), *WORDS, '[1,2]', '[0,1]'], 'ceil': BOOLS}, probe='max'),
    Geometry('max-pool1d-mask', 'F.max_pool1d(x, $kernel, $stride, $padding, return_mask=True, ceil_mode=$ceil)',
             '1x1x$size', {'size': [1, 3, 4, 5], 'kernel': upto(3), 'stride': upto(3),
                           'padding': [0, 1, '[1]', '[0,1]', *WORDS], 'ceil': BOOLS}, probe='max'),
    Geometry('max-pool2d-row', 'F.max_pool2d(x, (1, $kernel), (1, $stride), $padding, ceil_mode=$ceil)', '1x1x1x$size', {
        'size': SOME, 'kernel': upto(4), 'stride': upto(3), 'padding': ['(0,1)', '[0,0,0,1]', '[0,0,2,0]', "'SAME'"],
        'ceil': BOOLS}, probe='max'),
    Geometry('max-pool3d-row', 'F.max_pool3d(x, (1, 1, $kernel), (1, 1, $stride), $padding, ceil_mode=$ceil)',
             '1x1x1x1x$size', {'size': SOME, 'kernel': upto(3), 'stride': upto(3), 'padding': [
                 '(0,0,1)', '[0,0,0,0,0,1]', "'SAME'"], 'ceil': BOOLS}, probe='max'),
    Geometry('average-pool1d', 'nn.AvgPool1D($kernel, stride=$stride, padding=$padding, exclusive=$exclusive, '
             'ceil_mode=$ceil)', '1x1x$size', {
                 'size': SOME, 'kernel': upto(4), 'stride': upto(3), 'padding': [*upto(2, 0), *WORDS, '[0,1]'],
                 'exclusive': BOOLS, 'ceil': BOOLS}, probe='average'),
    Geometry('average-pool2d-row', 'F.avg_pool2d(x, (1, $kernel), (1, $stride), $padding, $ceil, $exclusive)',
             '1x1x1x$size', {'size': SOME, 'kernel': upto(4), 'stride': upto(3), 'padding': [
                 '(0,1)', '[0,0,0,1]', "'SAME'"], 'ceil': BOOLS, 'exclusive': BOOLS}, probe='average'),
    Geometry('average-pool3d-row', 'F.avg_pool3d(x, (1, 1, $kernel), (1, 1, $stride), $padding, $ceil, $exclusive)',
             '1x1x1x1x$size', {'size': SOME, 'kernel': upto(3), 'stride': upto(3), 'padding': [
                 '(0,0,1)', '[0,0,0,0,0,1]', "'SAME'"], 'ceil': BOOLS, 'exclusive': BOOLS}, probe='average'),
    Geometry('pad1d', 'F.pad(x, [$before, $after], mode=$mode)', '1x1x$size', {
        'size': upto(4), 'before': upto(4, -2), 'after': upto(4, -2), 'mode': ["'constant'", *MODES]}),
    Geometry('pad2d-row', 'nn.$layer([$before, $after, 0, 0]$mode)', '1x1x1x$size', {
        'layer': ['ZeroPad2D', 'Pad2D'], 'size': upto(3), 'before': upto(3, -1), 'after': upto(3, -1),
        'mode': ['', ",mode='reflect'", ",mode='replicate'", ",mode='circular'"]},
             keep=lambda layer, mode, **_: layer == 'Pad2D' or mode == ''),
    Geometry('stories-conv', 'nn.Conv2D(1, 1, (1, $kernel), stride=(1, $stride), padding=$padding)', '1x1x1x$size', {
        'size': [8, 64, 223, 224], 'kernel': [3, 4, 5, 7], 'stride': [2, 3, 4], 'padding': ['(0,1)', '(0,3)', "'SAME'"]}),
    Geometry('stories-same', "nn.Conv1D(1, 1, $kernel, padding='SAME', dilation=$dilation)", '1x1x$size', {
        'size': [5, 64, 224], 'kernel': [2, 3, 4, 7], 'dilation': [1, 2]}),
]
