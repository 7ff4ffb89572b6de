"""MLX on the CPU, in float32: every number asked is a whole one that float32 holds.

A window that lacks less than a stride is not asked: MLX rounds the output size toward zero, counts that window, and reads
whatever lies in memory behind its input.

A module is built from the code, gets its parameters (weight, bias) and is applied; a function is applied as it stands.
MLX is lazy, so an answer is forced before anything is believed.
"""
import importlib.metadata

import mlx.core as mx
import mlx.nn as nn
import numpy as np

from cases import Geometry
from mlx_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'mlx'

mx.set_default_device(mx.cpu)


def version():
    return {'mlx': importlib.metadata.version('mlx')}


def array(data):
    return mx.array(np.asarray(data, dtype=np.float32))


def run(code, x, tensors, parameter):
    x = array(x)
    names = {name: array(data) for name, data in tensors.items()}
    result = eval(code, {'mx': mx, 'nn': nn, 'mlx': __import__('mlx'), 'x': x, **names})
    if isinstance(result, nn.Module):
        own = [name for name in ('weight', 'bias') if name in result]
        for position, name in enumerate(own):
            result[name] = array(parameter(tuple(result[name].shape), position))
        result = result(x)
    mx.eval(result)
    return np.asarray(result, dtype=np.float64)


def upto(last, first=1):
    return list(range(first, last + 1))


def defined(size, kernel, stride, padding, dilation=1, hole=1, **_):
    """Whether MLX answers or refuses, rather than reading beyond its input."""
    pads = eval(str(padding))
    if not all(isinstance(number, int) and number > 0 for number in (kernel, stride, dilation)) or pads is None or isinstance(pads, str):
        return True
    low, high = (pads, pads) if isinstance(pads, int) else [side if isinstance(side, int) else side[0] for side in pads * 2][:2]
    left = max(0, size + min(low, 0) + min(high, 0))
    room = (left - 1) * hole + 1 + max(low, 0) + max(high, 0) - (kernel - 1) * dilation - 1
    return room >= 0 or room <= -stride


MODES = ["'constant'", "'edge'", "'reflect'", "'symmetric'"]
WEIGHT = {'weight': '1x${kernel}x1'}

GEOMETRY = [
    Geometry('conv1d', 'nn.Conv1d(1, 1, $kernel, stride=$stride, padding=$padding, dilation=$dilation)', '1x${size}x1', {
        'size': upto(8), 'kernel': upto(5), 'stride': upto(4), 'padding': upto(4, 0), 'dilation': upto(3)}, keep=defined),
    Geometry('conv2d-row', 'nn.Conv2d(1, 1, (1, $kernel), stride=(1, $stride), padding=(0, $padding), '
             'dilation=(1, $dilation))', '1x1x${size}x1', {
                 'size': upto(7), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(3, 0), 'dilation': upto(2)}, keep=defined),
    Geometry('conv1d-function', 'mx.conv1d(x, weight, $stride, $padding, $dilation)', '1x${size}x1', {
        'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(3, 0), 'dilation': upto(2)}, WEIGHT, keep=defined),
    Geometry('conv1d-odd', 'nn.Conv1d(1, 1, $kernel, $stride, $padding, $dilation)', '1x${size}x1', {
        'size': [1, 5], 'kernel': [1, 3, '(3,)'], 'stride': [-1, 0, 1, 2, '(2,)'],
        'padding': [-1, 0, 1, '(2,)', '(1,2)', "'same'", 'None'], 'dilation': [-1, 0, 1, '(2,)']}, keep=defined),
    Geometry('conv-general', 'mx.conv_general(x, weight, stride=$stride, padding=$padding, kernel_dilation=$dilation, '
             'input_dilation=$hole, flip=$flip)', '1x${size}x1', {
                 'size': [1, 3, 4], 'kernel': upto(3), 'stride': upto(3), 'dilation': upto(2), 'hole': upto(3),
                 'padding': [0, 1, '([1],[2])', '([2],[0])', '([-1],[1])', '([0],[-2])'], 'flip': ['False', 'True']},
             WEIGHT, keep=defined),
    Geometry('conv-transpose1d', 'nn.ConvTranspose1d(1, 1, $kernel, stride=$stride, padding=$padding, '
             'dilation=$dilation, output_padding=$output_padding)', '1x${size}x1', {
                 'size': upto(4), 'kernel': upto(5), 'stride': upto(3), 'padding': upto(3, 0), 'dilation': upto(2),
                 'output_padding': upto(3, 0)}),
    Geometry('conv-transpose2d-row', 'nn.ConvTranspose2d(1, 1, (1, $kernel), stride=(1, $stride), '
             'padding=(0, $padding), dilation=(1, $dilation), output_padding=(0, $output_padding))', '1x1x${size}x1', {
                 'size': upto(3), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0), 'dilation': upto(2),
                 'output_padding': upto(2, 0)}),
    Geometry('max-pool1d', 'nn.MaxPool1d($kernel, stride=$stride, padding=$padding)', '1x${size}x1', {
        'size': upto(10), 'kernel': upto(5), 'stride': ['None', *upto(4)], 'padding': upto(3, 0)}, probe='max'),
    Geometry('max-pool2d-row', 'nn.MaxPool2d((1, $kernel), (1, $stride), (0, $padding))', '1x1x${size}x1', {
        'size': upto(8), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0)}, probe='max'),
    Geometry('average-pool1d', 'nn.AvgPool1d($kernel, stride=$stride, padding=$padding)', '1x${size}x1', {
        'size': upto(10), 'kernel': upto(6), 'stride': ['None', *upto(4)], 'padding': upto(3, 0)}, probe='average'),
    Geometry('pool1d-odd', 'nn.MaxPool1d($kernel, $stride, $padding)', '1x${size}x1', {
        'size': [4], 'kernel': [-1, 0, 2, '(2,)', '[2]', '(2,1)'], 'stride': [-1, 0, 1, '(2,)', '(1,2)', 'None'],
        'padding': [-1, 0, 1, '(1,)', '(1,1)', "'same'"]}, probe='max'),
    Geometry('pad1d', 'mx.pad(x, ((0, 0), ($before, $after), (0, 0)), mode=$mode)', '1x${size}x1', {
        'size': upto(4), 'before': upto(4, -1), 'after': upto(4, -1), 'mode': MODES}),
    Geometry('stories-conv', 'nn.Conv2d(1, 1, (1, $kernel), stride=(1, $stride), padding=(0, $padding))',
             '1x1x${size}x1', {'size': [8, 64, 223, 224], 'kernel': [3, 4, 5], 'stride': [2, 3], 'padding': [0, 1, 2]}),
]
