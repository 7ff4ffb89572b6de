"""OpenVINO on the CPU, in float32, which is all that its CPU plugin computes in.

A node is built from the code on a parameter x and the constants it names, compiled as a model of its own, and run. `ops`
is opset13, `ov` is openvino. Of a pool with indices the maxima are taken.
No pad crops all there is: 2026.4 then writes where it should not, and crashes.
"""
import numpy as np
import openvino as ov
from openvino import opset1, opset8, opset13, opset14, opset16

from cases import Geometry
from openvino_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'openvino'

CORE = ov.Core()
CONFIG = {'INFERENCE_PRECISION_HINT': 'f32', 'INFERENCE_NUM_THREADS': 1, 'NUM_STREAMS': 1}
OPSETS = {'opset1': opset1, 'opset8': opset8, 'opset13': opset13, 'opset14': opset14, 'opset16': opset16}


def version():
    return {'openvino': ov.__version__.split('-')[0]}


def message(error):
    """The reason is the last line; the others say where it was raised."""
    return [line.strip() for line in str(error).splitlines() if line.strip()][-1]


def run(code, x, tensors, parameter):
    x = x.astype(np.float32)
    held = opset13.parameter(list(x.shape), np.float32, 'x')
    names = {name: opset13.constant(data.astype(np.float32)) for name, data in tensors.items()}
    node = eval(code, {'ov': ov, 'ops': opset13, 'np': np, 'x': held, **OPSETS, **names})
    model = CORE.compile_model(ov.Model([node.output(0)], [held]), 'CPU', CONFIG)
    return np.array(model(x)[0], dtype=np.float64)


def upto(last, first=1):
    return list(range(first, last + 1))


def near(size, kernel, stride, dilation, output_shape, **_):
    return abs(output_shape - (size - 1) * stride - (kernel - 1) * dilation - 1) <= 3


SOME = [1, 2, 4, 5]
PADS = ['[0],[0]', '[1],[1]', '[0],[1]', '[2],[0]', '[3],[3]']
ROUNDING = ["'floor'", "'ceil'", "'ceil_torch'"]
AUTO = ["'same_upper'", "'same_lower'", "'valid'"]
BOOLS = ['False', 'True']

GEOMETRY = [
    Geometry('convolution', 'ops.convolution(x, weight, [$stride], $pads, [$dilation])', '1x1x$size', {
        'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'pads': PADS, 'dilation': upto(2)},
             {'weight': '1x1x$kernel'}),
    Geometry('convolution-auto', 'ops.convolution(x, weight, [$stride], [1], [2], [$dilation], auto_pad=$auto)',
             '1x1x$size', {'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'dilation': upto(2), 'auto': AUTO},
             {'weight': '1x1x$kernel'}),
    Geometry('convolution-odd', 'ops.convolution(x, weight, $stride, $before, $after, $dilation, auto_pad=$auto)',
             '1x1x4', {'stride': ['2', '[]', '[0]', '[2]', '[1,1]', '(2,)'], 'before': ['[]', '[1]', '[-1]'],
                       'after': ['[]', '[0]', '[1,1]'], 'dilation': ['[]', '[0]', '[1]'],
                       'auto': ["'explicit'", "'SAME_UPPER'"]}, {'weight': '1x1x3'}),
    Geometry('backprop', 'ops.convolution_backprop_data(x, weight, [$stride], None, $pads, [$dilation], '
             'output_padding=[$output_padding])', '1x1x$size', {
                 'size': upto(3), 'kernel': upto(4), 'stride': upto(3),
                 'pads': ['[0],[0]', '[1],[1]', '[0],[1]', '[2],[0]'], 'dilation': [1, 2],
                 'output_padding': [0, 1, 2]}, {'weight': '1x1x$kernel'}),
    Geometry('backprop-auto', 'ops.convolution_backprop_data(x, weight, [$stride], pads_begin=[1], pads_end=[1], '
             'dilations=[$dilation], auto_pad=$auto, output_padding=[$output_padding])', '1x1x$size', {
                 'size': [1, 3], 'kernel': upto(4), 'stride': upto(3), 'dilation': [1, 2], 'auto': AUTO,
                 'output_padding': [0, 1]}, {'weight': '1x1x$kernel'}),
    Geometry('backprop-shape', 'ops.convolution_backprop_data(x, weight, [$stride], output_shape=[$output_shape], '
             'pads_begin=[$pad], pads_end=[0], dilations=[$dilation], auto_pad=$auto)', '1x1x$size', {
                 'size': [1, 3], 'kernel': [1, 3, 4], 'stride': upto(3), 'dilation': [1, 2], 'pad': [0, 1],
                 'output_shape': upto(14), 'auto': ["'explicit'", *AUTO]}, {'weight': '1x1x$kernel'},
             keep=lambda pad, auto, dilation, kernel, **row: near(kernel=kernel, dilation=dilation, **row) and (
                 pad == 0 or auto == "'explicit'") and (dilation == 1 or kernel == 3)),
    Geometry('max-pool', 'opset14.max_pool(x, [$stride], [$dilation], $pads, [$kernel], rounding_type=$rounding)',
             '1x1x$size', {'size': SOME, 'kernel': upto(3), 'stride': upto(3), 'dilation': [1, 2], 'pads': PADS,
                           'rounding': ROUNDING}, probe='max'),
    Geometry('max-pool-auto', 'ops.max_pool(x, [$stride], [$dilation], [0], [0], [$kernel], $rounding, $auto)',
             '1x1x$size', {'size': SOME, 'kernel': upto(3), 'stride': upto(3), 'dilation': [1, 2],
                           'rounding': ["'floor'", "'ceil'"], 'auto': AUTO}, probe='max'),
    Geometry('avg-pool', 'opset14.avg_pool(x, [$stride], $pads, [$kernel], $exclude, rounding_type=$rounding)',
             '1x1x$size', {'size': SOME, 'kernel': upto(4), 'stride': upto(3), 'pads': PADS[:4], 'exclude': BOOLS,
                           'rounding': ROUNDING}, probe='average'),
    Geometry('avg-pool-auto', 'ops.avg_pool(x, [$stride], [0], [0], [$kernel], $exclude, $rounding, $auto)',
             '1x1x$size', {'size': SOME, 'kernel': upto(3), 'stride': upto(3), 'exclude': BOOLS,
                           'rounding': ["'floor'", "'ceil'"], 'auto': AUTO}, probe='average'),
    Geometry('avg-pool-dilated', 'opset16.avg_pool(x, [$stride], [$pad], [$pad], [$kernel], $exclude, $rounding, '
             'dilations=[2])', '1x1x$size', {'size': [2, 5, 6], 'kernel': upto(3), 'stride': upto(2), 'pad': [0, 1],
                                             'exclude': BOOLS, 'rounding': ROUNDING}, probe='average'),
    Geometry('pad', 'ops.pad(x, [0, 0, $before], [0, 0, $after], $mode)', '1x1x$size', {
        'size': upto(4), 'before': upto(4, -2), 'after': upto(4, -2),
        'mode': ["'constant'", "'edge'", "'reflect'", "'symmetric'"]},
             keep=lambda size, before, after, **_: size + min(before, 0) + min(after, 0) > 0),
    Geometry('stories', 'ops.convolution(x, weight, [1, $stride], [0, 0], [0, 0], [1, 1], auto_pad=$auto)',
             '1x1x1x$size', {'size': [8, 64, 223, 224], 'kernel': [3, 4, 5], 'stride': [2, 3], 'auto': AUTO},
             {'weight': '1x1x1x$kernel'}),
]
