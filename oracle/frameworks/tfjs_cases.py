"""TensorFlow.js on its CPU backend, in float32: one Node process evaluates the code and answers in JSON (tfjs_run.cjs).

Core functions do not check outputShape of a transposed convolution: where it would not come from the input they read beyond
it (NaN) or leave elements out, see unchecked.
"""
import json
import os
import re
import subprocess
from pathlib import Path

import numpy as np

from cases import Geometry
from tfjs_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'tfjs'
HERE = Path(__file__).parent
PACKAGES = HERE.parent / '.node-tfjs' / 'node_modules'
NODE = HERE.parent.parent / 'node_modules' / '.bin' / 'node'

process = subprocess.Popen([os.environ.get('NODE', str(NODE if NODE.exists() else 'node')), str(HERE / 'tfjs_run.cjs')],
                           stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def version():
    return {name: json.loads((PACKAGES / '@tensorflow' / name / 'package.json').read_text())['version']
            for name in ('tfjs-core', 'tfjs-layers', 'tfjs-backend-cpu')}


def message(error):
    """Without the number that a layer's own name ends in, which counts all layers made before."""
    return re.sub(r'(_[A-Za-z]+\dD)\d+', r'\1', str(error))


def array(data):
    return {'shape': list(data.shape), 'values': data.ravel().tolist()}


def ask(request):
    process.stdin.write(json.dumps(request) + '\n')
    process.stdin.flush()
    reply = json.loads(process.stdout.readline())
    if 'error' in reply:
        raise ValueError(reply['error'])
    return reply


def run(code, x, tensors, parameter):
    reply = ask({'code': code, 'x': array(x), 'tensors': {name: array(data) for name, data in tensors.items()}})
    if 'weights' in reply:
        reply = ask({'weights': [array(parameter(shape, position)) for position, shape in enumerate(reply['weights'])]})
    if min(reply['shape'], default=0) < 0:
        raise ValueError(f'a negative shape: {reply["shape"]}')
    return np.array([float(value) for value in reply['values']]).reshape(reply['shape'])


def upto(last, first=1):
    return list(range(first, last + 1))


WORDS = ["'same'", "'valid'"]
MODES = ['undefined', "'floor'", "'round'", "'ceil'"]
WRONG = ["'SAME'", "'causal'", "'full'", 'null', '[1,1]', '[[1,1]]']
PLANE = '[[0, 0], [0, 0], [$before, $after], [0, 0]]'


def forward(size, kernel, stride, pad, clamp=True):
    """Windows and leading pad of the convolution whose gradient a transposed one is."""
    if pad == "'same'":
        out = -(-size // stride)
        total = (out - 1) * stride + kernel - size
        return out, (max(0, total) if clamp else total) // 2
    return (size - kernel) // stride + 1, 0


def checked(size, kernel, stride, out, pad, **_):
    return forward(out, kernel, stride, pad)[0] == size


def unchecked(size, kernel, stride, out, pad, **_):
    windows = forward(out, kernel, stride, pad)[0]
    return windows != size and windows > 0


def rounded(pad, mode, **_):
    """dimRoundingMode where pad is a number; words with one of them, to see them refused."""
    return isinstance(pad, int) or mode in ('undefined', "'floor'")


def fitting(size, kernel, pad, dilation, **_):
    """tf.pool dilates by a slice whose size -1 means the rest: a window two positions too wide gives an empty output."""
    return dilation == 1 or pad == "'same'" or (kernel - 1) * dilation + 1 != size + 2


def left(size, before, after, **_):
    """A cropping may leave nothing, but no less."""
    return before + after <= size


GEOMETRY = [
    Geometry('conv1d', 'tf.conv1d(x, weight, $stride, $pad, "NWC", $dilation)', '1x${size}x1', {
        'size': upto(9), 'kernel': upto(4), 'stride': upto(3), 'pad': [*WORDS, 0, 1], 'dilation': upto(2)},
        {'weight': '${kernel}x1x1'}),
    Geometry('conv2d-row', 'tf.conv2d(x, weight, [1, $stride], $pad, "NHWC", [1, $dilation])', '1x1x${size}x1', {
        'size': upto(8), 'kernel': upto(5), 'stride': upto(3), 'pad': WORDS, 'dilation': upto(3)},
        {'weight': '1x${kernel}x1x1'}),
    Geometry('conv2d-column', 'tf.conv2d(x, weight, [$stride, 1], $pad, "NHWC", 1, $mode)', '1x${size}x1x1', {
        'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'pad': [*WORDS, 0, 1, 2], 'mode': MODES},
        {'weight': '${kernel}x1x1x1'}, keep=rounded),
    Geometry('conv2d-row-number', 'tf.conv2d(x, weight, [$first, $stride], $pad)', '1x3x${size}x1', {
        'size': upto(6), 'kernel': upto(3), 'stride': upto(3), 'first': upto(2), 'pad': [0, 1, 2, -1]},
        {'weight': '2x${kernel}x1x1'}),
    Geometry('conv2d-row-explicit', f'tf.conv2d(x, weight, [1, $stride], {PLANE}, "NHWC", [1, $dilation], $mode)',
             '1x1x${size}x1', {
                 'size': upto(5), 'kernel': upto(3), 'stride': upto(3), 'before': upto(2, 0), 'after': upto(2, 0),
                 'dilation': upto(2), 'mode': ['undefined', "'ceil'", "'floor'"]}, {'weight': '1x${kernel}x1x1'},
             keep=lambda dilation, mode, **_: dilation == 1 or mode == 'undefined'),
    Geometry('conv3d-row', 'tf.conv3d(x, weight, [1, 1, $stride], $pad, "NDHWC", [1, 1, $dilation])', '1x1x1x${size}x1', {
        'size': upto(7), 'kernel': upto(4), 'stride': upto(4), 'pad': [*WORDS, 0], 'dilation': upto(2)},
        {'weight': '1x1x${kernel}x1x1'}),
    Geometry('depthwise-conv2d-row', 'tf.depthwiseConv2d(x, weight, [1, $stride], $pad, "NHWC", [1, $dilation])',
             '1x1x${size}x1', {'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'pad': WORDS, 'dilation': upto(3)},
             {'weight': '1x${kernel}x1x1'}),
    Geometry('conv2d-transpose-row', 'tf.conv2dTranspose(x, weight, [1, 1, $out, 1], [1, $stride], $pad)', '1x1x${size}x1', {
        'size': upto(4), 'kernel': upto(5), 'stride': upto(3), 'pad': WORDS, 'out': upto(14)},
        {'weight': '1x${kernel}x1x1'}, keep=checked),
    Geometry('conv2d-transpose-row-unchecked', 'tf.conv2dTranspose(x, weight, [1, 1, $out, 1], [1, $stride], $pad)',
             '1x1x${size}x1', {'size': [2, 3], 'kernel': upto(3), 'stride': upto(2), 'pad': WORDS, 'out': upto(6)},
             {'weight': '1x${kernel}x1x1'}, keep=unchecked),
    Geometry('conv3d-transpose-row', 'tf.conv3dTranspose(x, weight, [1, 1, 1, $out, 1], [1, 1, $stride], $pad)',
             '1x1x1x${size}x1', {'size': upto(3), 'kernel': upto(4), 'stride': upto(3), 'pad': WORDS, 'out': upto(11)},
             {'weight': '1x1x${kernel}x1x1'}, keep=checked),
    Geometry('max-pool-row', 'tf.maxPool(x, [1, $kernel], [1, $stride], $pad)', '1x1x${size}x1', {
        'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'pad': WORDS}, probe='max'),
    Geometry('max-pool-column', 'tf.maxPool(x, [$kernel, 1], [$stride, 1], $pad, $mode)', '1x${size}x1x1', {
        'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'pad': [*WORDS, 0, 1, 2], 'mode': MODES}, probe='max',
        keep=rounded),
    Geometry('max-pool-row-explicit', f'tf.maxPool(x, [1, $kernel], [1, $stride], {PLANE})', '1x1x${size}x1', {
        'size': upto(5), 'kernel': upto(3), 'stride': upto(3), 'before': upto(2, 0), 'after': upto(2, 0)}, probe='max'),
    Geometry('max-pool3d-row', 'tf.maxPool3d(x, [1, 1, $kernel], [1, 1, $stride], $pad)', '1x1x1x${size}x1', {
        'size': upto(7), 'kernel': upto(3), 'stride': upto(4), 'pad': [*WORDS, 0]}, probe='max'),
    Geometry('average-pool-row', 'tf.avgPool(x, [1, $kernel], [1, $stride], $pad)', '1x1x${size}x1', {
        'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'pad': WORDS}, probe='average'),
    Geometry('average-pool-column', 'tf.avgPool(x, [$kernel, 1], [$stride, 1], $pad, $mode)', '1x${size}x1x1', {
        'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'pad': [*WORDS, 0, 1, 2], 'mode': MODES}, probe='average',
        keep=rounded),
    Geometry('average-pool3d-row', 'tf.avgPool3d(x, [1, 1, $kernel], [1, 1, $stride], $pad)', '1x1x1x${size}x1', {
        'size': upto(7), 'kernel': upto(3), 'stride': upto(4), 'pad': [*WORDS, 0]}, probe='average'),
    Geometry('pool-row', 'tf.pool(x, [1, $kernel], $kind, $pad, [1, $dilation], [1, $stride])', '1x1x${size}x1', {
        'kind': ["'avg'", "'max'"], 'size': upto(6), 'kernel': upto(3), 'stride': upto(2), 'pad': [*WORDS, 0],
        'dilation': upto(3)}, probe='average', keep=fitting),
    Geometry('layers-conv1d', 'tf.layers.conv1d({filters: 1, kernelSize: $kernel, strides: $stride, padding: $padding, '
             'dilationRate: ${dilation}})', '1x${size}x1', {
                 'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'padding': [*WORDS, "'causal'"],
                 'dilation': upto(2)}),
    Geometry('layers-conv2d-transpose-row', 'tf.layers.conv2dTranspose({filters: 1, kernelSize: [1, $kernel], '
             'strides: [1, $stride], padding: $padding, dilationRate: ${dilation}})', '1x1x${size}x1', {
                 'size': upto(5), 'kernel': upto(5), 'stride': upto(4), 'padding': WORDS, 'dilation': [1, 2]}),
    Geometry('layers-conv3d-transpose-row', 'tf.layers.conv3dTranspose({filters: 1, kernelSize: [1, 1, $kernel], '
             'strides: [1, 1, $stride], padding: ${padding}})', '1x1x1x${size}x1', {
                 'size': upto(4), 'kernel': upto(4), 'stride': upto(4), 'padding': WORDS}),
    Geometry('layers-depthwise-conv2d-row', 'tf.layers.depthwiseConv2d({kernelSize: [1, $kernel], strides: [1, $stride], '
             'padding: $padding, dilationRate: ${dilation}})', '1x1x${size}x1', {
                 'size': upto(6), 'kernel': upto(3), 'stride': upto(3), 'padding': [*WORDS, "'causal'"],
                 'dilation': upto(2)}),
    Geometry('layers-max-pooling1d', 'tf.layers.maxPooling1d({poolSize: $kernel, strides: $stride, padding: ${padding}})',
             '1x${size}x1', {'size': upto(7), 'kernel': upto(4), 'stride': ['null', *upto(3)],
                             'padding': [*WORDS, "'causal'"]}, probe='max'),
    Geometry('layers-average-pooling2d-row', 'tf.layers.averagePooling2d({poolSize: [1, $kernel], strides: [1, $stride], '
             'padding: ${padding}})', '1x1x${size}x1', {
                 'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'padding': WORDS}, probe='average'),
    Geometry('layers-cropping2d-row', 'tf.layers.cropping2D({cropping: [[0, 0], [$before, $after]]})', '1x1x${size}x1', {
        'size': upto(5), 'before': upto(3, 0), 'after': upto(3, 0)}, keep=left),
    Geometry('mirror-pad', 'tf.mirrorPad(x, [[0, 0], [$before, $after], [0, 0]], $mode)', '1x${size}x1', {
        'size': upto(4), 'before': upto(4, 0), 'after': upto(4, 0), 'mode': ["'reflect'", "'symmetric'", "'wrap'"]}),
    Geometry('conv2d-odd', 'tf.conv2d(x, weight, $stride, $pad)', '1x4x4x1', {
        'stride': [-1, 0, 1, 2, '[2,1]'], 'pad': [*WORDS, *WRONG]}, {'weight': '2x2x1x1'}),
    Geometry('layers-odd', 'tf.layers.conv2d({filters: 1, kernelSize: 2, strides: $stride, padding: ${padding}})', '1x4x4x1', {
        'stride': ['null', 0, 1, '[2]', '[2,1]', '[1,1,1]'], 'padding': [*WORDS, 'null', "'SAME'", "'causal'", 1]}),
]
