"""Chainer on the CPU, in float64 and NumPy's loops, so that every answer is exact.

A link is built from the code, meets x once where it has yet to learn its channels, gets its parameters (W, b) and is
applied; a function is applied as it stands.
"""
import warnings

warnings.filterwarnings('ignore')

import chainer
import chainer.functions as F
import chainer.links as L
import numpy as np

from cases import Geometry
from chainer_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'chainer'

chainer.global_config.dtype = np.float64
chainer.global_config.enable_backprop = False
chainer.global_config.train = False


def version():
    return {'chainer': chainer.__version__, 'numpy': np.__version__}


def run(code, x, tensors, parameter):
    result = eval(code, {'chainer': chainer, 'F': F, 'L': L, 'x': x, **tensors})
    if isinstance(result, chainer.Link):
        if result.W.array is None:
            result(x)
        for position, own in enumerate(one for one in (result.W, result.b) if one is not None):
            own.array[...] = parameter(own.shape, position)
        result = result(x)
    return result.array


def message(error):
    """Chainer's type checks say over several lines what did not hold."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    actual = [line for line in lines if line.startswith(('Actual:', 'Expect:'))]
    return ' '.join(actual) or (lines[0] if lines else type(error).__name__)


def upto(last, first=1):
    return list(range(first, last + 1))


BOOLS = ['False', 'True']
MODES = ["'constant'", "'edge'", "'reflect'", "'symmetric'", "'wrap'"]
WEIGHT = {'W': '1x1x$kernel'}

GEOMETRY = [
    Geometry('convolution1d', 'L.Convolution1D(1, 1, $kernel, stride=$stride, pad=$pad, cover_all=$cover, '
             'dilate=$dilation)', '1x1x$size', {
                 'size': upto(8), 'kernel': upto(5), 'stride': upto(4), 'pad': upto(3, 0), 'cover': BOOLS,
                 'dilation': upto(2)}),
    Geometry('convolution2d-row', 'L.Convolution2D(1, 1, (1, $kernel), (1, $stride), (0, $pad), dilate=(1, $dilation))',
             '1x1x1x$size', {'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'pad': upto(3, 0),
                             'dilation': upto(2)}),
    Geometry('convolution2d-function-row', 'F.convolution_2d(x, W, None, (1, $stride), (0, $pad), $cover, '
             'dilate=(1, $dilation))', '1x1x1x$size', {
                 'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'pad': upto(2, 0), 'cover': BOOLS,
                 'dilation': upto(2)}, {'W': '1x1x1x$kernel'}),
    Geometry('dilated-convolution2d-row', 'L.DilatedConvolution2D(1, 1, (1, $kernel), (1, $stride), (0, $pad), '
             '(1, $dilation))', '1x1x1x$size', {
                 'size': upto(6), 'kernel': upto(3), 'stride': upto(2), 'pad': upto(2, 0), 'dilation': upto(3)}),
    Geometry('convolution1d-odd', 'L.Convolution1D(1, 1, $kernel, $stride, $pad, dilate=$dilation)', '1x1x$size', {
        'size': [1, 5], 'kernel': [1, 3, '(3,)', '[3]', '(3,1)'], 'stride': [-1, 0, 1, '(2,)', '(1,2)'],
        'pad': [-1, 1, '(2,)', '(1,2)', "'same'", 'None'], 'dilation': [-1, 0, 1, '(2,)']}),
    Geometry('deconvolution1d', 'L.Deconvolution1D(1, 1, $kernel, stride=$stride, pad=$pad, dilate=$dilation)',
             '1x1x$size', {'size': upto(5), 'kernel': upto(5), 'stride': upto(4), 'pad': upto(3, 0),
                           'dilation': upto(3)}),
    Geometry('deconvolution1d-outsize', 'F.deconvolution_1d(x, W, None, $stride, $pad, outsize=($out,))', '1x1x$size', {
        'size': upto(4), 'kernel': upto(4), 'stride': upto(3), 'pad': upto(1, 0), 'out': upto(13)}, WEIGHT),
    Geometry('deconvolution2d-outsize-row', 'L.Deconvolution2D(1, 1, (1, $kernel), (1, $stride), (0, $pad), '
             'outsize=(1, $out), dilate=(1, $dilation))', '1x1x1x$size', {
                 'size': [1, 3], 'kernel': upto(3), 'stride': upto(3), 'pad': upto(1, 0), 'dilation': upto(2),
                 'out': upto(10)}),
    Geometry('max-pooling1d', 'F.max_pooling_1d(x, $kernel, stride=$stride, pad=$pad, cover_all=$cover)', '1x1x$size', {
        'size': upto(10), 'kernel': upto(5), 'stride': ['None', *upto(4)], 'pad': upto(3, 0), 'cover': BOOLS},
             probe='max'),
    Geometry('max-pooling2d-row', 'F.max_pooling_2d(x, (1, $kernel), (1, $stride), (0, $pad))', '1x1x1x$size', {
        'size': upto(8), 'kernel': upto(4), 'stride': upto(3), 'pad': upto(2, 0)}, probe='max'),
    Geometry('average-pooling1d', 'F.average_pooling_1d(x, $kernel, stride=$stride, pad=$pad, pad_value=$value)',
             '1x1x$size', {'size': upto(8), 'kernel': upto(5), 'stride': ['None', *upto(3)], 'pad': upto(3, 0),
                           'value': ['0', 'None']}, probe='average'),
    Geometry('average-pooling2d-row', 'F.average_pooling_2d(x, (1, $kernel), (1, $stride), (0, $pad))', '1x1x1x$size', {
        'size': upto(8), 'kernel': upto(5), 'stride': upto(3), 'pad': upto(2, 0)}, probe='average'),
    Geometry('pooling1d-odd', 'F.max_pooling_1d(x, $kernel, $stride, $pad)', '1x1x$size', {
        'size': [1, 4], 'kernel': [0, 2, '(2,)', '(2,1)'], 'stride': [-1, 0, 1, '(2,)', '(1,2)'],
        'pad': [-1, 0, 1, '(1,)', '(1,1)', "'same'"]}, probe='max'),
    Geometry('pad1d', 'F.pad(x, ((0, 0), (0, 0), ($before, $after)), $mode)', '1x1x$size', {
        'size': upto(4), 'before': upto(4, -1), 'after': upto(4, -1), 'mode': MODES},
             keep=lambda size, before, after, mode: mode != "'wrap'" or max(before, after) <= size),
    Geometry('stories-conv', 'L.Convolution2D(1, 1, (1, $kernel), stride=(1, $stride), pad=(0, $pad))', '1x1x1x$size', {
        'size': [8, 64, 223, 224], 'kernel': [3, 4, 7], 'stride': [2, 3], 'pad': [0, 1, 3]}),
    Geometry('stories-max-pooling', 'F.max_pooling_1d(x, $kernel, stride=$stride, pad=$pad)', '1x1x$size', {
        'size': [5, 9, 112, 113], 'kernel': [2, 3], 'stride': [2, 3], 'pad': [0, 1]}, probe='max'),
]
