"""TFLite's float kernels, as TensorFlow's own interpreter runs them; an operator is written as MLIR's tfl dialect names it.

Not asked, because the kernels do not check it and read beyond their buffers: mirror padding that reaches beyond the input,
a transposed output_shape that the input does not make, a missing bias of a depthwise convolution.
"""
import importlib.metadata
import os
import re

os.environ |= {'TF_CPP_MIN_LOG_LEVEL': '3', 'CUDA_VISIBLE_DEVICES': '-1'}

import numpy as np

from cases import Geometry
from tflite_numeric import NUMERIC  # noqa: F401
from tflite_run import tfl

FRAMEWORK = 'tflite'


def version():
    return {'tensorflow': importlib.metadata.version('tensorflow')}


def message(error):
    """Without the file and line before it and the node after it."""
    text = re.sub(r'(external/)?[\w./-]+\.(cc|h):\d+ ?', '', str(error))
    return re.sub(r'Node number.*', '', text, flags=re.S)


def run(code, x, tensors, parameter):
    names = {name: data.astype(np.float32) for name, data in tensors.items()}
    return eval(code, {'tfl': tfl, 'np': np, 'x': x.astype(np.float32), **names})


def upto(last, first=1):
    return list(range(first, last + 1))


WORDS = ["'SAME'", "'VALID'"]


def checked(size, kernel, stride, out, padding, **_):
    """Whether the convolution whose gradient this is makes the input."""
    return (-(-out // stride) if padding == "'SAME'" else (out - kernel) // stride + 1) == size and (out >= kernel or padding == "'SAME'")


def mirrored(size, before, after, mode):
    return max(before, after) <= size - (mode == '"REFLECT"')


GEOMETRY = [
    Geometry('conv-2d-row', 'tfl.conv_2d(x, filter, bias, padding=$padding, stride_h=1, stride_w=$stride, dilation_h_factor=1, '
             'dilation_w_factor=$dilation, fused_activation_function="NONE")', '1x1x${size}x1', {
                 'size': upto(8), 'kernel': upto(5), 'stride': upto(3), 'padding': WORDS, 'dilation': upto(3)},
             {'filter': '1x1x${kernel}x1', 'bias': '1'}),
    Geometry('depthwise-conv-2d-row', 'tfl.depthwise_conv_2d(x, filter, bias, padding=$padding, stride_h=$stride, stride_w=$stride, '
             'depth_multiplier=1, dilation_h_factor=1, dilation_w_factor=$dilation)', '1x1x${size}x1', {
                 'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'padding': WORDS, 'dilation': upto(3)},
             {'filter': '1x1x${kernel}x1', 'bias': '1'}),
    Geometry('transpose-conv-row', 'tfl.transpose_conv([1, 1, $out, 1], weights, x, padding=$padding, stride_h=1, stride_w=$stride)',
             '1x1x${size}x1', {'size': upto(4), 'kernel': upto(5), 'stride': upto(3), 'padding': WORDS, 'out': upto(16)},
             {'weights': '1x1x${kernel}x1'}, keep=checked),
    Geometry('max-pool-2d-row', 'tfl.max_pool_2d(x, padding=$padding, stride_h=1, stride_w=$stride, filter_height=1, '
             'filter_width=$kernel)', '1x1x${size}x1', {
                 'size': upto(9), 'kernel': upto(5), 'stride': upto(4), 'padding': WORDS}, probe='max'),
    Geometry('average-pool-2d-row', 'tfl.average_pool_2d(x, padding=$padding, stride_h=1, stride_w=$stride, filter_height=1, '
             'filter_width=$kernel)', '1x1x${size}x1', {
                 'size': upto(9), 'kernel': upto(5), 'stride': upto(4), 'padding': WORDS}, probe='average'),
    Geometry('mirror-pad', 'tfl.mirror_pad(x, [[0, 0], [0, 0], [$before, $after], [0, 0]], mode=$mode)', '1x1x${size}x1', {
        'size': upto(4), 'before': upto(4, 0), 'after': upto(4, 0), 'mode': ['"REFLECT"', '"SYMMETRIC"']}, keep=mirrored),
    Geometry('pad', 'tfl.pad(x, [[0, 0], [0, 0], [$before, $after], [0, 0]])', '1x1x${size}x1', {
        'size': upto(3), 'before': upto(2, -1), 'after': upto(2, -1)}),
    Geometry('conv-2d-odd', 'tfl.conv_2d(x, filter, bias, padding=$padding, stride_h=$height, stride_w=$width)', '1x4x4x1', {
        'padding': [*WORDS, "'same'", "'CAUSAL'"], 'height': [0, 1, 2], 'width': [1, 3]}, {'filter': '1x2x2x1', 'bias': '1'}),
]
