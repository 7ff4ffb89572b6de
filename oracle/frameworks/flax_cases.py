"""Flax linen (nn) and nnx on the CPU, in float64.

A module's parameters are filled in Flax's own order (kernel, bias) and it is applied to x; a pool is a function and
is applied as it stands. A linen module is only traced to learn its shapes: its random start is never computed.
"""
import importlib.metadata
import os

os.environ |= {'JAX_PLATFORMS': 'cpu', 'JAX_ENABLE_X64': '1'}

import flax
import jax
import jax.numpy as jnp
import numpy as np
from flax import linen, nnx

from cases import Geometry
from flax_numeric import NUMERIC  # noqa: F401

FRAMEWORK = 'flax'
NAMES = {'flax': flax, 'nn': linen, 'linen': linen, 'nnx': nnx, 'jnp': jnp}


def version():
    return {name: importlib.metadata.version(name) for name in ('flax', 'jax')}


def run(code, x, tensors, parameter):
    x = jnp.asarray(x)
    result = eval(code, {**NAMES, 'x': x})
    if isinstance(result, linen.Module):
        shapes = jax.eval_shape(result.init, jax.random.key(0), x)['params']
        names = [name for name in ('kernel', 'bias') if name in shapes]
        own = {name: jnp.asarray(parameter(shapes[name].shape, position)) for position, name in enumerate(names)}
        result = result.apply({'params': own}, x)
    elif isinstance(result, nnx.Module):
        for position, own in enumerate(own for own in (result.kernel, result.bias) if own is not None):
            own.set_value(jnp.asarray(parameter(own.get_value().shape, position)))
        result = result(x)
    return np.asarray(result)


def upto(last, first=1):
    return list(range(first, last + 1))


WORDS = ["'SAME'", "'VALID'", "'SAME_LOWER'", "'CIRCULAR'", "'REFLECT'", "'CAUSAL'"]
BOOLS = ['False', 'True']
PAIRS = ['((1,0),)', '((0,1),)', '((2,1),)', '((0,3),)']
CROPS = ['((-1,0),)', '((0,-1),)', '((-1,2),)', '((-2,-1),)']

GEOMETRY = [
    Geometry('conv1d', 'nn.Conv(features=1, kernel_size=($kernel,), strides=$stride, padding=$padding, '
             'kernel_dilation=$dilation)', '1x${size}x1', {
                 'size': upto(8), 'kernel': upto(4), 'stride': upto(3), 'padding': [*WORDS, 0, 1, 2, *PAIRS[:3]],
                 'dilation': upto(2)}),
    Geometry('conv1d-wide', 'nn.Conv(1, ($kernel,), strides=($stride,), padding=$padding, kernel_dilation=($dilation,))',
             '1x${size}x1', {'size': [1, 2, 5, 6, 9], 'kernel': [2, 5, 6], 'stride': [1, 2, 4],
                             'padding': [*WORDS, 3, *CROPS], 'dilation': [1, 3]}),
    Geometry('conv1d-input-dilation', 'nn.Conv(features=1, kernel_size=($kernel,), strides=$stride, padding=$padding, '
             'input_dilation=$hole, kernel_dilation=$dilation)', '1x${size}x1', {
                 'size': [1, 3, 4], 'kernel': upto(4), 'stride': upto(2), 'hole': [2, 3], 'dilation': upto(2),
                 'padding': ["'SAME'", "'VALID'", "'CIRCULAR'", "'REFLECT'", "'CAUSAL'", 0, 1, '((1,2),)']}),
    Geometry('nnx-conv1d', 'nnx.Conv(1, 1, kernel_size=($kernel,), strides=$stride, padding=$padding, '
             'kernel_dilation=$dilation, rngs=nnx.Rngs(0))', '1x${size}x1', {
                 'size': [1, 4, 5, 6], 'kernel': [1, 3, 4], 'stride': upto(2), 'padding': [*WORDS, 1, '((2,1),)'],
                 'dilation': upto(2)}),
    Geometry('conv-transpose1d', 'nn.ConvTranspose(features=1, kernel_size=($kernel,), strides=($stride,), '
             'padding=$padding, kernel_dilation=($dilation,), transpose_kernel=$flip)', '1x${size}x1', {
                 'size': upto(4), 'kernel': upto(4), 'stride': upto(3),
                 'padding': ["'SAME'", "'VALID'", "'CIRCULAR'", 0, 1, 2, '((1,0),)', '((1,2),)'],
                 'dilation': upto(2), 'flip': BOOLS}),
    Geometry('conv-transpose1d-wide', 'nn.ConvTranspose(1, ($kernel,), strides=($stride,), padding=$padding, '
             'transpose_kernel=$flip)', '1x${size}x1', {
                 'size': [1, 3, 5], 'kernel': [2, 5, 6], 'stride': [1, 2, 4, 5],
                 'padding': ["'SAME'", "'VALID'", "'CIRCULAR'", 3, '((-1,1),)'], 'flip': BOOLS}),
    Geometry('nnx-conv-transpose1d', 'nnx.ConvTranspose(1, 1, kernel_size=($kernel,), strides=$stride, '
             'padding=$padding, transpose_kernel=$flip, rngs=nnx.Rngs(0))', '1x${size}x1', {
                 'size': [1, 3], 'kernel': [2, 3], 'stride': upto(3),
                 'padding': ["'SAME'", "'VALID'", "'CIRCULAR'", 1, '((1,2),)'], 'flip': BOOLS}),
    Geometry('max-pool1d', 'nn.max_pool(x, ($kernel,), strides=($stride,), padding=$padding)', '1x${size}x1', {
        'size': upto(8), 'kernel': upto(4), 'stride': upto(3), 'padding': ["'SAME'", "'VALID'", '((1,0),)', '((1,2),)']},
        probe='max'),
    Geometry('average-pool1d', 'nn.avg_pool(x, ($kernel,), strides=($stride,), padding=$padding, '
             'count_include_pad=$include)', '1x${size}x1', {
                 'size': upto(7), 'kernel': upto(4), 'stride': upto(3),
                 'padding': ["'SAME'", "'VALID'", '((1,0),)', '((1,2),)'], 'include': BOOLS}, probe='average'),
    Geometry('conv1d-odd', 'nn.Conv(1, $kernel, $stride, $padding, kernel_dilation=$dilation)', '1x${size}x1', {
        'size': [1, 4, 5], 'kernel': ['(3,)', '[3]', 3, '(0,)', '(3,3)'], 'stride': ['None', 2, '(2,)', '[2]', 0, -1],
        'padding': ["'same'", "'circular'", "'causal'", "'full'", '[1]', '[[1,0]]', '((1,0))', '(1,1)', -1, 'None'],
        'dilation': [1, 'None', '(2,)', 0],},
        keep=lambda kernel, stride, dilation, **_: (kernel, stride, dilation) == ('(3,)', 2, 1) or
        sum((kernel != '(3,)', stride != 2, dilation != 1)) == 1),
    Geometry('conv-transpose1d-odd', 'nn.ConvTranspose(1, $kernel, $stride, $padding)', '1x${size}x1', {
        'size': [1, 3], 'kernel': ['(3,)', '[3]', 3], 'stride': ['None', '(1,)', '(2,)', '[2]', 2, '(0,)'],
        'padding': ["'same'", "'SAME_LOWER'", "'REFLECT'", "'CAUSAL'", "'circular'", '[1]', '[[1,0]]', '(1,1)', -1, 'None']}),
    Geometry('pool1d-odd', 'nn.$pool(x, $kernel, $stride, $padding)', '1x${size}x1', {
        'pool': ['max_pool', 'avg_pool'], 'size': [1, 5], 'kernel': ['(2,)', '[2]', 2, '(2,1)', '(0,)'],
        'stride': ['None', '(2,)', '[2]', 2, '(0,)'],
        'padding': ["'same'", "'SAME_LOWER'", "'CIRCULAR'", 1, '((1,1),)', '[(0,1)]', '((-1,0),)']}, probe='max'),
    Geometry('stories-conv', 'nn.Conv(features=1, kernel_size=(1, $kernel), strides=(1, $stride), padding=$padding)',
             '1x1x${size}x1', {'size': [8, 64, 223, 224], 'kernel': [3, 4, 7], 'stride': upto(3),
                               'padding': ["'SAME'", "'VALID'", "'CIRCULAR'", '((0,0),(1,1))', '((0,0),(3,3))']}),
]
