"""Keras 3 on the CPU, in float64; KERAS_BACKEND chooses the backend (tensorflow unless said otherwise).

A layer is built from the code and meets x once, its weights are filled in Keras' own order (kernel, bias; depthwise,
pointwise, bias), and it is applied. The tensorflow backend is asked exhaustively; jax and torch get a thinner grid and
the stems end in -jax, -torch. 3-D pools run in float32, the widest that TensorFlow has a CPU kernel for; oneDNN is off,
because with it TensorFlow answers an empty output with uninitialised memory.
"""
import os
import re

BACKEND = os.environ.setdefault('KERAS_BACKEND', 'tensorflow')
os.environ |= {'TF_ENABLE_ONEDNN_OPTS': '0', 'TF_CPP_MIN_LOG_LEVEL': '3', 'CUDA_VISIBLE_DEVICES': '-1',
               'JAX_PLATFORMS': 'cpu', 'JAX_ENABLE_X64': '1'}

import importlib.metadata

import keras
from keras import layers, ops

from cases import Geometry
from keras_numeric import CHANNELS_FIRST, NUMERIC as EVERY_NUMERIC

FRAMEWORK = 'keras'
SUFFIX = '' if BACKEND == 'tensorflow' else f'-{BACKEND}'
NUMERIC_STEM = 'numeric' + SUFFIX
NUMERIC = EVERY_NUMERIC if BACKEND == 'tensorflow' else [
    case for case in CHANNELS_FIRST + EVERY_NUMERIC[::4] if not case.code.startswith('tf.')
    and not (BACKEND == 'torch' and 'AveragePooling' in case.code and '"same"' in case.code)]    # see uneven()

keras.config.disable_traceback_filtering()    # else every message begins with 'Exception encountered when calling ..'
NAMES = {**vars(layers), 'keras': keras, 'layers': layers}
if BACKEND == 'tensorflow':
    import tensorflow as tf
    tf.config.threading.set_intra_op_parallelism_threads(1)
    NAMES['tf'] = tf


def version():
    backend = importlib.metadata.version(BACKEND).split('+')[0]
    return {'keras': keras.__version__, 'backend': f'{BACKEND} {backend}'}


def message(error):
    """TensorFlow puts graph node names before its own words and the op name after them; Keras numbers its layers."""
    text = re.sub(r'\{\{[^}]*\}\}\s*', '', getattr(error, 'message', None) or str(error))
    text = re.sub(r"(layer '[a-z0-9]+)[a-z0-9_]*'", r"\1'", text)
    return re.sub(r'\s*(\[Op:|name: |; NodeDef).*', '', text, flags=re.S)


def run(code, x, tensors, parameter):
    real = 'float32' if '3D' in code and 'Pool' in code else 'float64'
    keras.config.set_dtype_policy(real)
    x = ops.convert_to_tensor(x, dtype=real)
    layer = eval(code, {**NAMES, 'x': x})
    answer = layer(x)
    if layer.weights:
        layer.set_weights([parameter(weight.shape, position) for position, weight in enumerate(layer.weights)])
        answer = layer.call(x)
    return ops.convert_to_numpy(answer)


def upto(last, first=1):
    return list(range(first, last + 1))


SAME, CAUSAL = ["'valid'", "'same'"], ["'valid'", "'same'", "'causal'"]
PAIRS = [f'({before},{after})' for before in upto(3, 0) for after in upto(3, 0)]

UNEVEN = {'size': upto(7), 'kernel': upto(4), 'stride': ['None', *upto(4)], 'padding': SAME[1:]}


def unclamped(kernel, stride, padding, dilation=1, **_):
    """Without oneDNN TensorFlow's 3-D kernels let SAME pad a negative amount here; with it (the default) they do not."""
    return padding == "'same'" and (kernel - 1) * dilation + 2 < stride


def clamped(**row):
    return not unclamped(**row)


def uneven(size, kernel, stride, padding, **_):
    """SAME pads more after than before here; keras 3.15.1 on torch then averages copies of the edge pixel."""
    stride = kernel if stride == 'None' else stride
    return padding == "'same'" and max(0, (-(-size // stride) - 1) * stride + kernel - size) % 2 == 1


def agreed(**row):
    return BACKEND != 'torch' or not uneven(**row)


def grid(stem, code, shape, exhaustive, thin=None, **more):
    """The template with the values for this backend; [] where the backend is not asked."""
    values = exhaustive if BACKEND == 'tensorflow' else thin
    return [Geometry(stem + SUFFIX, code, shape, values, **more)] if values else []


GEOMETRY = [
    *grid('conv1d', 'layers.Conv1D(1, $kernel, strides=$stride, padding=$padding, dilation_rate=$dilation)',
          '1x${size}x1',
          {'size': upto(14), 'kernel': upto(6), 'stride': upto(4), 'padding': CAUSAL, 'dilation': upto(4)},
          {'size': [1, 2, 4, 5, 6, 7, 9], 'kernel': upto(5), 'stride': upto(3), 'padding': CAUSAL, 'dilation': upto(2)}),
    *grid('conv2d-row', 'keras.layers.Conv2D(1, (1, $kernel), strides=(1, $stride), padding=$padding, '
          'dilation_rate=(1, $dilation))', '1x1x${size}x1',
          {'size': upto(8), 'kernel': upto(5), 'stride': upto(3), 'padding': SAME, 'dilation': upto(3)}),
    *grid('conv3d-row', 'keras.layers.Conv3D(1, (1, 1, $kernel), strides=(1, 1, $stride), padding=$padding, '
          'dilation_rate=(1, 1, $dilation))', '1x1x1x${size}x1',
          {'size': upto(8), 'kernel': upto(4), 'stride': upto(5), 'padding': SAME, 'dilation': upto(2)}, keep=clamped),
    *grid('conv3d-row-unclamped', 'keras.layers.Conv3D(1, (1, 1, $kernel), strides=(1, 1, $stride), padding=$padding)',
          '1x1x1x${size}x1', {'size': upto(7), 'kernel': upto(2), 'stride': upto(6), 'padding': SAME[1:]}, keep=unclamped),
    *grid('depthwise-conv1d', 'layers.DepthwiseConv1D($kernel, strides=$stride, padding=$padding, '
          'dilation_rate=$dilation)', '1x${size}x1',
          {'size': upto(10), 'kernel': upto(5), 'stride': upto(4), 'padding': SAME, 'dilation': upto(3)},
          {'size': [1, 4, 5, 8], 'kernel': upto(4), 'stride': upto(3), 'padding': SAME, 'dilation': upto(2)}),
    *grid('depthwise-conv2d-row', 'layers.DepthwiseConv2D((1, $kernel), strides=$stride, padding=$padding, '
          'dilation_rate=$dilation)', '1x1x${size}x1',
          {'size': upto(8), 'kernel': upto(5), 'stride': upto(3), 'padding': SAME, 'dilation': upto(3)},
          {'size': [4, 7, 8], 'kernel': upto(4), 'stride': upto(3), 'padding': SAME, 'dilation': upto(2)}),
    *grid('separable-conv1d', 'layers.SeparableConv1D(1, $kernel, strides=$stride, padding=$padding, '
          'dilation_rate=$dilation)', '1x${size}x1',
          {'size': upto(8), 'kernel': upto(5), 'stride': upto(3), 'padding': SAME, 'dilation': upto(3)},
          {'size': [4, 7], 'kernel': upto(4), 'stride': upto(3), 'padding': SAME, 'dilation': upto(2)}),
    *grid('conv1d-transpose', 'layers.Conv1DTranspose(1, $kernel, strides=$stride, padding=$padding, '
          'output_padding=$output_padding, dilation_rate=$dilation)', '1x${size}x1',
          {'size': upto(6), 'kernel': upto(6), 'stride': upto(4), 'padding': SAME,
           'output_padding': ['None', *upto(3, 0)], 'dilation': upto(3)},
          {'size': [1, 3, 4], 'kernel': upto(5), 'stride': upto(3), 'padding': SAME,
           'output_padding': ['None', *upto(2, 0)], 'dilation': upto(2)}),
    *grid('conv2d-transpose-row', 'keras.layers.Conv2DTranspose(1, (1, $kernel), strides=(1, $stride), '
          'padding=$padding)', '1x1x${size}x1',
          {'size': upto(6), 'kernel': upto(7), 'stride': upto(5), 'padding': SAME},
          {'size': [1, 3, 4], 'kernel': upto(6), 'stride': upto(4), 'padding': SAME}),
    *grid('conv3d-transpose-row', 'keras.layers.Conv3DTranspose(1, (1, 1, $kernel), strides=(1, 1, $stride), '
          'padding=$padding)', '1x1x1x${size}x1',
          {'size': upto(5), 'kernel': upto(5), 'stride': upto(4), 'padding': SAME}),
    *grid('max-pooling1d', 'layers.MaxPooling1D($kernel, strides=$stride, padding=$padding)', '1x${size}x1',
          {'size': upto(12), 'kernel': upto(6), 'stride': ['None', *upto(5)], 'padding': SAME},
          {'size': upto(7), 'kernel': upto(4), 'stride': ['None', *upto(4)], 'padding': SAME}, probe='max'),
    *grid('max-pooling2d-row', 'layers.MaxPooling2D((1, $kernel), strides=(1, $stride), padding=$padding)',
          '1x1x${size}x1', {'size': upto(8), 'kernel': upto(5), 'stride': upto(4), 'padding': SAME}, probe='max'),
    *grid('max-pooling3d-row', 'layers.MaxPooling3D((1, 1, $kernel), strides=(1, 1, $stride), padding=$padding)',
          '1x1x1x${size}x1', {'size': upto(7), 'kernel': upto(4), 'stride': upto(4), 'padding': SAME}, probe='max',
          keep=clamped),
    *grid('max-pooling3d-row-unclamped', 'layers.MaxPooling3D((1, 1, $kernel), strides=(1, 1, $stride), '
          'padding=$padding)', '1x1x1x${size}x1',
          {'size': upto(7), 'kernel': upto(2), 'stride': upto(6), 'padding': SAME[1:]}, probe='max', keep=unclamped),
    *grid('average-pooling1d', 'layers.AveragePooling1D($kernel, strides=$stride, padding=$padding)', '1x${size}x1',
          {'size': upto(12), 'kernel': upto(6), 'stride': ['None', *upto(5)], 'padding': SAME},
          {'size': upto(7), 'kernel': upto(4), 'stride': ['None', *upto(4)], 'padding': SAME}, probe='average',
          keep=agreed),
    *grid('average-pooling1d-uneven', 'layers.AveragePooling1D($kernel, strides=$stride, padding=$padding)',
          '1x${size}x1', UNEVEN, UNEVEN, probe='average', keep=uneven),
    *grid('average-pooling2d-row', 'layers.AveragePooling2D((1, $kernel), strides=(1, $stride), padding=$padding)',
          '1x1x${size}x1', {'size': upto(8), 'kernel': upto(5), 'stride': upto(4), 'padding': SAME}, probe='average'),
    *grid('average-pooling3d-row', 'layers.AveragePooling3D((1, 1, $kernel), strides=(1, 1, $stride), '
          'padding=$padding)', '1x1x1x${size}x1',
          {'size': upto(7), 'kernel': upto(4), 'stride': upto(4), 'padding': SAME}, probe='average', keep=clamped),
    *grid('zero-padding1d', 'layers.ZeroPadding1D($padding)', '1x${size}x1',
          {'size': upto(5), 'padding': [*upto(4, -2), *PAIRS, '(-1,0)', '(0,-1)', '(-1,2)', '[1,2]', '(1,)', '(1,2,3)']},
          {'size': [1, 3], 'padding': [-1, 0, 2, '(1,0)', '(0,2)', '(-1,2)']}),
    *grid('cropping1d', 'layers.Cropping1D($cropping)', '1x${size}x1',
          {'size': upto(7), 'cropping': [*upto(4, -2), *PAIRS, '(-1,0)', '(0,-1)', '[1,2]', '(1,)', '(1,2,3)']},
          {'size': [1, 3, 4], 'cropping': [-1, 0, 1, 2, '(1,0)', '(0,2)', '(3,1)']}),
    *grid('conv1d-odd', 'layers.Conv1D(1, $kernel, $stride, $padding, dilation_rate=$dilation)', '1x${size}x1',
          {'size': [1, 4, 6], 'kernel': [0, -1, 3, '(3,)', '[3]', '(3,3)', 2.5],
           'stride': [-1, 0, 2, '(2,)', '(1,2)', 'None'],
           'padding': ["'valid'", "'SAME'", "'Causal'", "'full'", "'same_lower'", 'None', 0, 1, '(1,1)', '[[1,1]]'],
           'dilation': [0, 1, '(2,)']},
          keep=lambda kernel, stride, dilation, **_: (kernel, stride, dilation) == (3, 2, 1) or
          sum((kernel != 3, stride != 2, dilation != 1)) == 1),
    *grid('conv1d-transpose-odd', 'layers.Conv1DTranspose(1, 3, strides=$stride, padding=$padding, '
          'output_padding=$output_padding)', '1x${size}x1',
          {'size': [1, 3], 'stride': [0, 1, 2, '(2,)', '(1,2)'],
           'padding': ["'Same'", "'VALID'", "'causal'", "'full'", 1], 'output_padding': [-1, 0, 1, 2, '(1,)']}),
    *grid('pooling1d-odd', 'layers.$layer($kernel, $stride, $padding)', '1x${size}x1',
          {'layer': ['MaxPooling1D', 'AveragePooling1D', 'MaxPool1D', 'AvgPool1D'], 'size': [1, 5],
           'kernel': [0, 2, '(2,)', '(2,2)', 'None'], 'stride': [-1, 0, 2, '(2,)', '(1,2)'],
           'padding': ["'valid'", "'SAME'", "'causal'", "'full'", 1]},
          {'layer': ['MaxPooling1D', 'AveragePooling1D'], 'size': [5], 'kernel': [2], 'stride': [2],
           'padding': ["'valid'", "'SAME'", "'causal'", "'full'", 1]}, probe='max',
          keep=lambda kernel, stride, **_: kernel == 2 or stride == 2),
    *grid('stories-conv', 'keras.layers.Conv2D(1, (1, $kernel), strides=(1, $stride), padding=$padding)',
          '1x1x${size}x1',
          {'size': [5, 8, 16, 27, 28, 32, 33, 55, 56, 63, 64, 65, 112, 223, 224, 225], 'kernel': [2, 3, 4, 5, 7],
           'stride': upto(4), 'padding': SAME}),
    *grid('stories-conv-transpose', 'keras.layers.Conv2DTranspose(1, (1, $kernel), strides=(1, $stride), '
          'padding=$padding)', '1x1x${size}x1', {'size': [8, 16, 28], 'kernel': upto(5), 'stride': upto(4),
                                               'padding': SAME}, {'size': [16], 'kernel': upto(5), 'stride': upto(3),
                                                                  'padding': SAME}),
]
