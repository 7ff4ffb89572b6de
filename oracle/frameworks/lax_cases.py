"""jax.lax on the CPU, in float64: the convolution below Flax, where every padding is spelled out."""
import importlib.metadata
import os

os.environ |= {'JAX_PLATFORMS': 'cpu', 'JAX_ENABLE_X64': '1'}

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from cases import Geometry
from lax_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'lax'


def version():
    return {name: importlib.metadata.version(name) for name in ('jax', 'jaxlib')}


def run(code, x, tensors, parameter):
    names = {name: jnp.asarray(data) for name, data in tensors.items()}
    return np.asarray(eval(code, {'jax': jax, 'lax': lax, 'x': jnp.asarray(x), **names}))


def upto(last, first=1):
    return list(range(first, last + 1))


WORDS = ["'SAME'", "'VALID'", "'SAME_LOWER'"]
BOOLS = ['False', 'True']
WEIGHT = {'weight': '1x1x$kernel'}

GEOMETRY = [
    Geometry('conv-general-dilated', 'lax.conv_general_dilated(x, weight, ($stride,), $padding, '
             'rhs_dilation=($dilation,))', '1x1x$size', {
                 'size': upto(6), 'kernel': upto(4), 'stride': upto(3), 'dilation': upto(2),
                 'padding': [*WORDS, '((1,0),)', '((2,3),)', '((-1,1),)', '((0,-2),)', '((-1,-1),)']}, WEIGHT),
    Geometry('conv-general-dilated-holes', 'lax.conv_general_dilated(x, weight, window_strides=($stride,), '
             'padding=$padding, lhs_dilation=($hole,), rhs_dilation=($dilation,))', '1x1x$size', {
                 'size': [1, 3, 4], 'kernel': upto(3), 'stride': upto(3), 'hole': upto(3, 2), 'dilation': upto(2),
                 'padding': ['((0,0),)', '((1,1),)', '((2,0),)', '((-1,2),)', '((3,-1),)', "'SAME'"]}, WEIGHT),
    Geometry('conv', 'jax.lax.conv(x, weight, ($stride,), $padding)', '1x1x$size', {
        'size': upto(6), 'kernel': [2, 3], 'stride': upto(3), 'padding': WORDS}, WEIGHT),
    Geometry('conv-transpose', 'lax.conv_transpose(x, weight, ($stride,), $padding, rhs_dilation=($dilation,), '
             'transpose_kernel=$flip)', '1x${size}x1', {
                 'size': upto(3), 'kernel': upto(4), 'stride': upto(4), 'dilation': upto(2), 'flip': BOOLS,
                 'padding': ["'SAME'", "'VALID'", '((1,1),)', '((0,2),)']}, {'weight': '${kernel}x1x1'}),
    Geometry('conv-transpose-consistent', 'jax.lax.conv_transpose(x, weight, strides=($stride,), padding=$padding, '
             'rhs_dilation=($dilation,), use_consistent_padding=$consistent, transpose_kernel=True)', '1x${size}x1', {
                 'size': [1, 3], 'kernel': upto(4), 'stride': upto(3), 'dilation': upto(2), 'consistent': BOOLS,
                 'padding': ["'SAME'", "'VALID'", '((0,0),)', '((1,1),)', '((2,0),)', '((1,0),)']},
             {'weight': '${kernel}x1x1'}),
    Geometry('conv-general-dilated-odd', 'lax.conv_general_dilated(x, weight, $stride, $padding)', '1x1x$size', {
        'size': [1, 4], 'stride': ['(2,)', '[2]', 2, '(0,)', '(1,1)'],
        'padding': ["'same'", "'Valid'", "'CIRCULAR'", "'full'", 1, '(1,)', '[(1,0)]', '[[1,0]]', '((1,1),(0,0))',
                    '((-3,-2),)', 'None']}, {'weight': '1x1x3'}),
    Geometry('conv-transpose-odd', 'lax.conv_transpose(x, weight, $stride, $padding)', '1x${size}x1', {
        'size': [1, 3], 'stride': ['(2,)', '[2]', 2, '(1,)', '(0,)'],
        'padding': ["'same'", "'SAME_LOWER'", "'CIRCULAR'", 1, '(1,)', '[(1,0)]', '((-2,-2),)', 'None']},
        {'weight': '3x1x1'}),
]
