"""TensorFlow's own operations (tf.nn) on the CPU, in float64.

3-D pools run in float32, the widest that TensorFlow has a CPU kernel for. oneDNN is off: with it an empty output comes
back as uninitialised memory. Without it SAME in 3-D pads a negative amount when a window is shorter than the stride
(see keras_cases.unclamped), so those rows are not asked here.
"""
import importlib.metadata
import os
import re

os.environ |= {'TF_ENABLE_ONEDNN_OPTS': '0', 'TF_CPP_MIN_LOG_LEVEL': '3', 'CUDA_VISIBLE_DEVICES': '-1'}

import tensorflow as tf

from cases import Geometry
from tensorflow_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'tensorflow'
tf.config.threading.set_intra_op_parallelism_threads(1)


def version():
    return {'tensorflow': importlib.metadata.version('tensorflow')}


def message(error):
    """The words of an operation, without graph node names before them and the op name after them."""
    text = re.sub(r'\{\{[^}]*\}\}\s*', '', getattr(error, 'message', None) or str(error))
    return re.sub(r'\s*(\[Op:|name: |; NodeDef).*', '', text, flags=re.S)


def run(code, x, tensors, parameter):
    real = tf.float32 if 'pool' in code and x.ndim == 5 else tf.float64
    names = {name: tf.constant(data, real) for name, data in tensors.items()}
    return eval(code, {'tf': tf, 'x': tf.constant(x, real), **names}).numpy()


def upto(last, first=1):
    return list(range(first, last + 1))


WORDS = ["'SAME'", "'VALID'"]
WRONG = ["'same'", "'valid'", "'CAUSAL'", "'SAME_LOWER'", 1, 'None', '[[0,0],[1,1],[0,0]]', '[[1,1]]']


def clamped(kernel, stride, padding, **_):
    return padding != "'SAME'" or kernel + 1 >= stride


def strided_or_dilated(stride, dilation, **_):
    """Not both: then tf.nn.depthwise_conv2d strides within each phase of the dilation and answers wrong numbers."""
    return stride == 1 or dilation == 1


GEOMETRY = [
    Geometry('conv1d', 'tf.nn.conv1d(x, weight, stride=$stride, padding=$padding, dilations=$dilation)', '1x${size}x1', {
        'size': upto(12), 'kernel': upto(5), 'stride': upto(4), 'padding': WORDS, 'dilation': upto(3)},
        {'weight': '${kernel}x1x1'}),
    Geometry('conv2d-row', 'tf.nn.conv2d(x, weight, strides=[1, 1, $stride, 1], padding=$padding, '
             'dilations=[1, 1, $dilation, 1])', '1x1x${size}x1', {
                 'size': upto(8), 'kernel': upto(5), 'stride': upto(3), 'padding': WORDS, 'dilation': upto(3)},
             {'weight': '1x${kernel}x1x1'}),
    Geometry('conv2d-row-explicit', 'tf.nn.conv2d(x, weight, strides=(1, $stride), '
             'padding=[[0, 0], [0, 0], [$before, $after], [0, 0]], dilations=(1, $dilation))', '1x1x${size}x1', {
                 'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'before': upto(3, 0), 'after': upto(3, 0),
                 'dilation': upto(2)}, {'weight': '1x${kernel}x1x1'}),
    Geometry('conv3d-row', 'tf.nn.conv3d(x, weight, strides=[1, 1, 1, $stride, 1], padding=$padding)', '1x1x1x${size}x1', {
        'size': upto(8), 'kernel': upto(4), 'stride': upto(3), 'padding': WORDS}, {'weight': '1x1x${kernel}x1x1'},
        keep=clamped),
    Geometry('convolution', 'tf.nn.convolution(x, weight, strides=$stride, padding=$padding, dilations=$dilation)',
             '1x${size}x1', {'size': upto(8), 'kernel': upto(4), 'stride': upto(3), 'padding': WORDS,
                             'dilation': upto(3)}, {'weight': '${kernel}x1x1'}),
    Geometry('depthwise-conv2d-row', 'tf.nn.depthwise_conv2d(x, weight, strides=[1, $stride, $stride, 1], '
             'padding=$padding, dilations=[$dilation, $dilation])', '1x1x${size}x1', {
                 'size': upto(8), 'kernel': upto(4), 'stride': upto(3), 'padding': WORDS, 'dilation': upto(3)},
             {'weight': '1x${kernel}x1x1'}, keep=strided_or_dilated),
    Geometry('depthwise-conv2d-row-strided-dilated', 'tf.nn.depthwise_conv2d(x, weight, '
             'strides=[1, $stride, $stride, 1], padding=$padding, dilations=[$dilation, $dilation])', '1x1x${size}x1', {
                 'size': upto(8), 'kernel': upto(3), 'stride': [2, 3], 'padding': WORDS, 'dilation': [2, 3]},
             {'weight': '1x${kernel}x1x1'}),
    Geometry('depthwise-conv2d-row-explicit', 'tf.nn.depthwise_conv2d(x, weight, strides=[1, $stride, $stride, 1], '
             'padding=[[0, 0], [0, 0], [$before, $after], [0, 0]])', '1x1x${size}x1', {
                 'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'before': upto(2, 0), 'after': upto(2, 0)},
             {'weight': '1x${kernel}x1x1'}),
    Geometry('conv1d-transpose', 'tf.nn.conv1d_transpose(x, weight, output_shape=[1, $out, 1], strides=$stride, '
             'padding=$padding)', '1x${size}x1', {
                 'size': upto(4), 'kernel': upto(5), 'stride': upto(3), 'padding': WORDS, 'out': upto(14)},
             {'weight': '${kernel}x1x1'}),
    Geometry('conv2d-transpose-row', 'tf.nn.conv2d_transpose(x, weight, [1, 1, $out, 1], strides=[1, 1, $stride, 1], '
             'padding=$padding)', '1x1x${size}x1', {
                 'size': upto(3), 'kernel': upto(4), 'stride': upto(3), 'out': upto(11),
                 'padding': [*WORDS, '[[0,0],[0,0],[1,0],[0,0]]', '[[0,0],[0,0],[1,2],[0,0]]']},
             {'weight': '1x${kernel}x1x1'}),
    Geometry('conv3d-transpose-row', 'tf.nn.conv3d_transpose(x, weight, output_shape=[1, 1, 1, $out, 1], '
             'strides=[1, 1, 1, $stride, 1], padding=$padding)', '1x1x1x${size}x1', {
                 'size': upto(3), 'kernel': upto(3), 'stride': upto(3), 'out': upto(9), 'padding': WORDS},
             {'weight': '1x1x${kernel}x1x1'}),
    Geometry('max-pool1d', 'tf.nn.max_pool1d(x, ksize=$kernel, strides=$stride, padding=$padding)', '1x${size}x1', {
        'size': upto(10), 'kernel': upto(5), 'stride': upto(4), 'padding': WORDS}, probe='max'),
    Geometry('max-pool2d-row-explicit', 'tf.nn.max_pool2d(x, ksize=[1, 1, $kernel, 1], strides=[1, 1, $stride, 1], '
             'padding=[[0, 0], [0, 0], [$before, $after], [0, 0]])', '1x1x${size}x1', {
                 'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'before': upto(3, 0), 'after': upto(3, 0)},
             probe='max'),
    Geometry('max-pool3d-row', 'tf.nn.max_pool3d(x, [1, 1, 1, $kernel, 1], [1, 1, 1, $stride, 1], $padding)',
             '1x1x1x${size}x1', {'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'padding': WORDS},
             probe='max', keep=clamped),
    Geometry('average-pool1d', 'tf.nn.avg_pool1d(x, ksize=$kernel, strides=$stride, padding=$padding)', '1x${size}x1', {
        'size': upto(10), 'kernel': upto(5), 'stride': upto(4), 'padding': WORDS}, probe='average'),
    Geometry('average-pool2d-row', 'tf.nn.avg_pool2d(x, [1, $kernel], [1, $stride], $padding)', '1x1x${size}x1', {
        'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'padding': WORDS}, probe='average'),
    Geometry('average-pool3d-row', 'tf.nn.avg_pool3d(x, [1, 1, 1, $kernel, 1], [1, 1, 1, $stride, 1], $padding)',
             '1x1x1x${size}x1', {'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'padding': WORDS},
             probe='average', keep=clamped),
    Geometry('conv1d-odd', 'tf.nn.conv1d(x, weight, $stride, $padding)', '1x${size}x1', {
        'size': [1, 4], 'stride': [-1, 0, 2, '[2]', '[1,2,1]', '[1,2]'], 'padding': [*WORDS, *WRONG]},
        {'weight': '3x1x1'}),
    Geometry('max-pool1d-odd', 'tf.nn.max_pool1d(x, $kernel, $stride, $padding)', '1x${size}x1', {
        'size': [1, 5], 'kernel': [0, 2, '[2]', '[1,2,1]'], 'stride': [-1, 0, 2, '[2]'], 'padding': [*WORDS, *WRONG]},
        probe='max'),
    Geometry('conv1d-batch', 'tf.nn.conv1d(x, weight, 2, $padding)', '${batch}x${size}x1', {
        'batch': [1, 3], 'size': [5, 6], 'padding': WORDS}, {'weight': '3x1x1'}),
]
