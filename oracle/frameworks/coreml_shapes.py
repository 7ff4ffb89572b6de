"""Core ML's shape inference: coremltools builds the operation and infers its type; nothing is computed without a Mac."""
import logging
import warnings

logging.disable(logging.CRITICAL)
warnings.simplefilter('ignore')

import coremltools
import numpy as np
from coremltools.converters.mil import Builder as mb
from coremltools.converters.mil.mil import Function

from cases import Geometry

FRAMEWORK = 'coreml'


def version():
    return {'coremltools': coremltools.__version__}


def shape(code, input):
    with Function({'x': mb.placeholder(shape=input)}, opset_version=coremltools.target.iOS17) as function:
        return eval(code, {'mb': mb, 'np': np, 'x': function.inputs['x']}).shape


def upto(last, first=1):
    return list(range(first, last + 1))


BOOLS = ['False', 'True']
WEIGHT = 'np.zeros((1,1,$kernel),dtype=np.float32)'

GEOMETRY = [
    Geometry('conv', f"mb.conv(x=x, weight={WEIGHT}, strides=[$stride], pad_type=$word, dilations=[$dilation])", '1x1x$size', {
        'size': upto(8), 'kernel': upto(5), 'stride': upto(4), 'word': ["'valid'", "'same'", "'same_lower'", "'SAME'"], 'dilation': upto(2)}),
    Geometry('conv-pad', f"mb.conv(x=x, weight={WEIGHT}, strides=[$stride], pad_type=$word, pad=[$before, $after])", '1x1x$size', {
        'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'word': ["'custom'", "'valid'"], 'before': upto(2, 0), 'after': upto(2, 0)}),
    Geometry('conv-transpose', f"mb.conv_transpose(x=x, weight={WEIGHT}, strides=[$stride], pad_type=$word, dilations=[$dilation])",
             '1x1x$size', {'size': upto(5), 'kernel': upto(4), 'stride': upto(4), 'word': ["'valid'", "'same'", "'same_lower'"],
                           'dilation': upto(2)}),
    Geometry('conv-transpose-pad', f"mb.conv_transpose(x=x, weight={WEIGHT}, strides=[$stride], pad_type='custom', pad=[$before, $after])",
             '1x1x$size', {'size': upto(4), 'kernel': upto(4), 'stride': upto(3), 'before': upto(1, 0), 'after': upto(1, 0)},
             keep=lambda size, kernel, stride, before, after: (size - 1) * stride + kernel > before + after),
    Geometry('pool', "mb.max_pool(x=x, kernel_sizes=[$kernel], strides=[$stride], pad_type=$word)", '1x1x$size', {
        'size': upto(8), 'kernel': upto(4), 'stride': upto(4), 'word': ["'valid'", "'same'", "'same_lower'", "'VALID'", "'full'"]}),
    # Not asked: windows without padding that would hold nothing, which the shape counts and nothing says the value of.
    Geometry('pool-ceil', "mb.avg_pool(x=x, kernel_sizes=[$kernel], strides=[$stride], pad_type='custom', pad=[$before, $after], "
             'ceil_mode=$ceil)', '1x1x$size', {
                 'size': upto(8), 'kernel': upto(4), 'stride': upto(4), 'before': upto(2, 0), 'after': upto(2, 0), 'ceil': BOOLS},
             keep=lambda size, kernel, stride, before, after, ceil: not (ceil == 'True' and before == after == 0 and stride > kernel)),
    Geometry('pad', "mb.pad(x=x, pad=[0, 0, 0, 0, $before, $after])", '1x1x$size', {
        'size': upto(4), 'before': upto(3, -1), 'after': upto(3, -1)}),
    Geometry('two-axes', "mb.conv(x=x, weight=np.zeros((4,3,$kernel,2),dtype=np.float32), strides=$strides, pad_type='same', groups=$groups)",
             '1x6x${size}x5', {'size': [4, 5], 'kernel': [1, 3], 'strides': ['[1,2]', '[2,3]', '[2]', '2'], 'groups': [1, 2, 4]}),
]
