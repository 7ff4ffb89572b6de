"""tinygrad on its Python device, which needs no compiler: slow, so the grids are small. float32, whole numbers only.

A layer is built from the code, gets its parameters (weight, bias) and is applied; a method of x is applied as it stands.
"""
import importlib.metadata
import os

os.environ |= {'DEV': 'PYTHON', 'NOOPT': '1'}

import numpy as np
import tinygrad
from tinygrad import Tensor, nn

from cases import Geometry
from tinygrad_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'tinygrad'


def version():
    return {'tinygrad': importlib.metadata.version('tinygrad')}


def tensor(data):
    return Tensor(np.asarray(data, dtype=np.float32))


def run(code, x, tensors, parameter):
    x = tensor(x)
    names = {name: tensor(data) for name, data in tensors.items()}
    result = eval(code, {'tinygrad': tinygrad, 'Tensor': Tensor, 'nn': nn, 'x': x, **names})
    if not isinstance(result, Tensor):
        for position, name in enumerate(('weight', 'bias')):
            own = getattr(result, name)
            if own is not None:
                setattr(result, name, tensor(parameter(own.shape, position)))
        result = result(x)
    return result.numpy().astype(np.float64)


def upto(last, first=1):
    return list(range(first, last + 1))


BOOLS = ['False', 'True']
MODES = ["'constant'", "'reflect'", "'replicate'", "'circular'"]
WEIGHT = {'weight': '1x1x$kernel'}

GEOMETRY = [
    Geometry('conv1d', 'nn.Conv1d(1, 1, $kernel, stride=$stride, padding=$padding, dilation=$dilation)', '1x1x$size', {
        'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'padding': [0, 1, 2, "'same'"], 'dilation': upto(2)}),
    Geometry('conv2d-method', 'x.conv2d(weight, stride=$stride, padding=$padding, dilation=$dilation)', '1x1x$size', {
        'size': [1, 4, 5], 'kernel': upto(3), 'stride': upto(3), 'padding': [1, '(2,)', '(1,0)', '(0,3)', '(-1,1)', '(-2,-1)'],
        'dilation': upto(2)}, WEIGHT),
    Geometry('conv2d-same-row', 'nn.Conv2d(1, 1, (1, $kernel), padding=$padding, dilation=$dilation)', '1x1x1x$size', {
        'size': [1, 4], 'kernel': upto(4), 'padding': ["'same'", "'SAME'"], 'dilation': [1, 2, '(1,2)', '(2,1)', '(1,3)']}),
    Geometry('conv1d-odd', 'nn.Conv1d(1, 1, $kernel, $stride, $padding, $dilation)', '1x1x$size', {
        'size': [5], 'kernel': [1, 3, '(3,)'], 'stride': [-1, 0, 1, '(2,)', '(1,)', '(1,2)'],
        'padding': [-1, 1, '(2,)', '[1,0]', '(1,1,1)', "'same'", "'valid'", 'None'], 'dilation': [-1, 0, 1, '(2,)', '(1,2)']}),
    Geometry('conv-transpose1d', 'nn.ConvTranspose1d(1, 1, $kernel, stride=$stride, padding=$padding, '
             'output_padding=$output_padding, dilation=$dilation)', '1x1x$size', {
                 'size': [1, 3], 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0), 'output_padding': upto(2, 0),
                 'dilation': upto(2)}),
    Geometry('conv-transpose2d-method', 'x.conv_transpose2d(weight, stride=$stride, padding=$padding)', '1x1x$size', {
        'size': [1, 3], 'kernel': upto(3), 'stride': upto(3), 'padding': ['(1,)', '(1,0)', '(0,2)', '(-1,0)', '(-1,-2)']}, WEIGHT),
    Geometry('max-pool2d', 'x.max_pool2d(($kernel,), $stride, $dilation, $padding, $ceil)', '1x1x$size', {
        'size': [1, 4, 5, 6, 7], 'kernel': upto(4), 'stride': ['None', 1, 2, 3], 'dilation': upto(2), 'padding': [0, 1, 2],
        'ceil': BOOLS}, probe='max'),
    Geometry('max-pool2d-uneven', 'x.max_pool2d(($kernel,), stride=$stride, padding=$padding, ceil_mode=$ceil)', '1x1x$size', {
        'size': [1, 2, 5], 'kernel': upto(3), 'stride': upto(3), 'padding': ['(1,0)', '(0,2)', '(0,4)', '(4,1)', '(-1,0)', '(-1,2)'],
        'ceil': BOOLS}, probe='max'),
    Geometry('avg-pool2d', 'x.avg_pool2d(($kernel,), $stride, 1, $padding, $ceil, $include)', '1x1x$size', {
        'size': [1, 4, 5, 7], 'kernel': upto(4), 'stride': ['None', 2, 3], 'padding': [0, 1, 2],
        'ceil': BOOLS, 'include': BOOLS}, probe='average'),
    Geometry('avg-pool2d-uneven', 'x.avg_pool2d(($kernel,), stride=$stride, padding=$padding, ceil_mode=$ceil, '
             'count_include_pad=$include)', '1x1x$size', {
                 'size': [2, 5], 'kernel': [2, 3], 'stride': [2, 3], 'padding': ['(1,0)', '(0,2)', '(0,4)', '(-1,2)'],
                 'ceil': BOOLS, 'include': BOOLS}, probe='average'),
    Geometry('pad1d', 'x.pad(($before, $after), mode=$mode)', '1x1x$size', {
        'size': [1, 2, 4], 'before': [-2, -1, 0, 1, 2, 4], 'after': [-1, 0, 1, 3], 'mode': MODES}),
    Geometry('stories-conv', 'nn.Conv2d(1, 1, (1, $kernel), stride=(1, $stride), padding=(0, $padding))', '1x1x1x$size', {
        'size': [8, 64], 'kernel': [3, 4], 'stride': [2, 3], 'padding': [0, 1]}),
]
