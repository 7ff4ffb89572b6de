"""MXNet Gluon on the CPU, as its user meets it: float32, whose path is MKL-DNN; float64 only where float32 could not
hold the answer exactly. (The two paths differ: float64 sums a strided, dilated transposed convolution wrongly.)

A block meets x once, to learn its channels; its parameters are then filled (weight, bias) and it meets x again. The
naive engine makes an error come from the line that caused it.
"""
import os
import re
import warnings

os.environ.setdefault('MXNET_ENGINE_TYPE', 'NaiveEngine')
os.environ.setdefault('OMP_NUM_THREADS', '1')

import mxnet as mx
from mxnet import gluon, nd
from mxnet.gluon import nn

from cases import Geometry
from mxnet_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'mxnet'
warnings.simplefilter('always')                         # gluon reads its own message off a recorded warning


def version():
    return {'mxnet': mx.__version__}


def run(code, x, tensors, parameter):
    block = eval(code, {'mx': mx, 'gluon': gluon, 'nn': nn, 'nd': nd})
    block.initialize()
    block(nd.array(x, dtype='float32')).asnumpy()
    parameters = [(own, parameter(own.shape, position)) for position, own in enumerate(block.collect_params().values())]
    largest = abs(x).max(initial=0) * max([abs(data).sum() for _, data in parameters], default=1)
    dtype = os.environ.get('MXNET_ORACLE_DTYPE') or ('float32' if largest < 2 ** 24 else 'float64')
    block.cast(dtype)
    for own, data in parameters:
        own.set_data(nd.array(data, dtype=dtype))
    return block(nd.array(x, dtype=dtype)).asnumpy()


def message(error):
    """The check that failed, without the clock, the C++ file and the running number of the block."""
    lines = [line.strip() for line in str(error).splitlines()]
    lines = [line for line in lines if line and not line.startswith(('Traceback', 'File '))]
    text = lines[0] if lines else type(error).__name__
    text = re.sub(r'\[\d\d:\d\d:\d\d\] \S+?:\d+: |Error in operator \S+: |(\w+)Error: |name="[^"]*", ', '', text)
    return re.sub(r'Deferred initialization failed because shape cannot be inferred\. ', '', text)


def upto(last, first=1):
    return list(range(first, last + 1))


BOOLS = ['False', 'True']

GEOMETRY = [
    Geometry('conv1d', 'nn.Conv1D(1, $kernel, strides=$stride, padding=$padding, dilation=$dilation)', '1x1x$size', {
        'size': upto(10), 'kernel': upto(5), 'stride': upto(4), 'padding': upto(4, 0), 'dilation': upto(3)}),
    Geometry('conv2d-row', 'nn.Conv2D(1, (1, $kernel), strides=(1, $stride), padding=(0, $padding), '
             'dilation=(1, $dilation))', '1x1x1x$size', {
                 'size': upto(8), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(3, 0), 'dilation': upto(2)}),
    Geometry('conv3d-row', 'nn.Conv3D(1, (1, 1, $kernel), strides=(1, 1, $stride), padding=(0, 0, $padding), '
             'dilation=(1, 1, $dilation))', '1x1x1x1x$size', {
                 'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0), 'dilation': upto(2)}),
    Geometry('conv1d-odd', 'nn.Conv1D(1, $kernel, $stride, $padding)', '1x1x$size', {
        'size': [1, 4, 5], 'kernel': [1, 3, '(3,)'], 'stride': [-1, 0, 1, 2, '(2,)', '(1,2)'],
        'padding': [-1, 1, '(2,)', '[1]', '(1,2)', "'same'", "'valid'", 'None']}),
    Geometry('conv1d-transpose', 'nn.Conv1DTranspose(1, $kernel, strides=$stride, padding=$padding, '
             'output_padding=$output_padding, dilation=$dilation)', '1x1x$size', {
                 'size': upto(5), 'kernel': upto(5), 'stride': upto(4), 'padding': upto(3, 0),
                 'output_padding': upto(3, 0), 'dilation': upto(3)}),
    Geometry('conv2d-transpose-row', 'nn.Conv2DTranspose(1, (1, $kernel), strides=(1, $stride), padding=(0, $padding), '
             'output_padding=(0, $output_padding), dilation=(1, $dilation))', '1x1x1x$size', {
                 'size': upto(4), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0),
                 'output_padding': upto(2, 0), 'dilation': upto(2)}),
    Geometry('max-pool1d', 'nn.MaxPool1D($kernel, strides=$stride, padding=$padding, ceil_mode=$ceil)', '1x1x$size', {
        'size': upto(10), 'kernel': upto(5), 'stride': ['None', *upto(4)], 'padding': upto(4, 0), 'ceil': BOOLS},
             probe='max'),
    Geometry('max-pool2d-row', 'nn.MaxPool2D((1, $kernel), (1, $stride), (0, $padding), ceil_mode=$ceil)',
             '1x1x1x$size', {'size': upto(10), 'kernel': upto(5), 'stride': upto(4), 'padding': upto(3, 0),
                             'ceil': BOOLS}, probe='max'),
    Geometry('max-pool2d-row-nhwc', 'nn.MaxPool2D((1, $kernel), (1, $stride), (0, $padding), "NHWC", $ceil)',
             '1x1x${size}x1', {'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0),
                               'ceil': BOOLS}, probe='max'),
    Geometry('max-pool3d-row', 'nn.MaxPool3D((1, 1, $kernel), (1, 1, $stride), (0, 0, $padding), $ceil)',
             '1x1x1x1x$size', {'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0),
                               'ceil': BOOLS}, probe='max'),
    Geometry('average-pool1d', 'nn.AvgPool1D($kernel, strides=$stride, padding=$padding, ceil_mode=$ceil, '
             'count_include_pad=$include)', '1x1x$size', {
                 'size': upto(10), 'kernel': upto(6), 'stride': ['None', *upto(4)], 'padding': upto(4, 0),
                 'ceil': BOOLS, 'include': BOOLS}, probe='average'),
    Geometry('average-pool2d-row', 'nn.AvgPool2D((1, $kernel), (1, $stride), (0, $padding), ceil_mode=$ceil, '
             'count_include_pad=$include)', '1x1x1x$size', {
                 'size': upto(8), 'kernel': upto(5), 'stride': upto(4), 'padding': upto(3, 0),
                 'ceil': BOOLS, 'include': BOOLS}, probe='average'),
    Geometry('average-pool3d-row', 'nn.AvgPool3D((1, 1, $kernel), (1, 1, $stride), (0, 0, $padding), ceil_mode=$ceil, '
             'count_include_pad=$include)', '1x1x1x1x$size', {
                 'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0),
                 'ceil': BOOLS, 'include': BOOLS}, probe='average'),
    Geometry('reflection-pad2d-row', 'nn.ReflectionPad2D((0, 0, 0, 0, 0, 0, $before, $after))', '1x1x2x$size', {
        'size': upto(5), 'before': upto(5, -1), 'after': upto(5, -1)}),
    Geometry('stories-conv', 'nn.Conv2D(1, (1, $kernel), strides=(1, $stride), padding=(0, $padding))',
             '1x1x1x$size', {'size': [8, 64, 223, 224], 'kernel': [3, 4, 5, 7], 'stride': [2, 3, 4],
                             'padding': [0, 1, 2, 3]}),
    Geometry('stories-transposed', 'nn.Conv1DTranspose(1, $kernel, strides=$stride, padding=$padding, '
             'output_padding=$output_padding)', '1x1x$size', {
                 'size': [7, 16], 'kernel': [2, 3, 4, 5], 'stride': [2, 3], 'padding': [0, 1, 2],
                 'output_padding': [0, 1]}),
    Geometry('stories-max-pool', 'nn.MaxPool1D($kernel, strides=$stride, padding=$padding, ceil_mode=$ceil)',
             '1x1x$size', {'size': [5, 9, 112, 113], 'kernel': [2, 3], 'stride': [2, 3], 'padding': [0, 1],
                           'ceil': BOOLS}, probe='max'),
]
