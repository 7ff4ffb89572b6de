"""cuDNN's output sizes, which its library works out from the descriptors without a GPU."""
import ctypes
import sys
from pathlib import Path

from cases import Geometry

FRAMEWORK = 'cudnn'
LIBRARIES = next(Path(path) / 'nvidia' for path in sys.path if (Path(path) / 'nvidia' / 'cudnn').exists())
for name in ('cublas/lib/libcublasLt.so.12', 'cublas/lib/libcublas.so.12', 'cuda_nvrtc/lib/libnvrtc.so.12'):
    ctypes.CDLL(str(LIBRARIES / name), ctypes.RTLD_GLOBAL)
LIB = ctypes.CDLL(str(LIBRARIES / 'cudnn' / 'lib' / 'libcudnn.so.9'))
NUMBERS = {
    'CUDNN_DATA_FLOAT': 0, 'CUDNN_TENSOR_NCHW': 0, 'CUDNN_CONVOLUTION': 0, 'CUDNN_CROSS_CORRELATION': 1, 'CUDNN_POOLING_MAX': 0,
    'CUDNN_POOLING_AVERAGE_COUNT_INCLUDE_PADDING': 1, 'CUDNN_POOLING_AVERAGE_COUNT_EXCLUDE_PADDING': 2, 'CUDNN_NOT_PROPAGATE_NAN': 0,
}


def version():
    return {'cudnn': '.'.join(str(part) for part in divmod(LIB.cudnnGetVersion() // 100, 100))}


def checked(function):
    def call(*arguments):
        status = function(*arguments)
        if status != 0:
            raise RuntimeError(f'status {status}')
    return call


def made(kind):
    descriptor = ctypes.c_void_p()
    checked(getattr(LIB, f'cudnnCreate{kind}Descriptor'))(ctypes.byref(descriptor))
    return descriptor


X, W, CONV, POOL = (made(kind) for kind in ('Tensor', 'Filter', 'Convolution', 'Pooling'))


def shape(code, input):
    checked(LIB.cudnnSetTensor4dDescriptor)(X, 0, 0, *input)
    functions = {name: checked(getattr(LIB, name)) for name in (
        'cudnnSetFilter4dDescriptor', 'cudnnSetConvolution2dDescriptor', 'cudnnSetPooling2dDescriptor', 'cudnnSetConvolutionGroupCount')}
    exec(code, {**NUMBERS, **functions, 'w': W, 'conv': CONV, 'pool': POOL})
    out = [ctypes.c_int() for _ in range(4)]
    places = [ctypes.byref(one) for one in out]
    if 'Pooling' in code:
        checked(LIB.cudnnGetPooling2dForwardOutputDim)(POOL, X, *places)
    else:
        checked(LIB.cudnnGetConvolution2dForwardOutputDim)(CONV, X, W, *places)
    return tuple(one.value for one in out)


def upto(last, first=1):
    return list(range(first, last + 1))


FILTER = 'cudnnSetFilter4dDescriptor(w, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NCHW, '

# Not asked: a stride of 0, which ends the process, and pads of a pool that reach its window, which cuDNN's sizes allow and padwise
# refuses, since a window would hold nothing.
GEOMETRY = [
    Geometry('convolution', FILTER + '1, 1, 1, $kernel);\ncudnnSetConvolution2dDescriptor(conv, 0, $padding, 1, $stride, 1, $dilation, '
             'CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT);', '1x1x1x$size', {
                 'size': upto(7), 'kernel': upto(5), 'stride': upto(3), 'padding': upto(3, 0), 'dilation': upto(2, 0)}),
    Geometry('convolution-mode', FILTER + '4, 3, $kernel, 2);\ncudnnSetConvolution2dDescriptor(conv, 1, 0, 2, 1, 1, 1, '
             '$mode, CUDNN_DATA_FLOAT);', '2x3x${size}x5', {
                 'size': upto(6), 'kernel': upto(3), 'mode': ['CUDNN_CONVOLUTION', 'CUDNN_CROSS_CORRELATION']}),
    Geometry('convolution-groups', FILTER + '4, 2, 3, 3);\ncudnnSetConvolution2dDescriptor(conv, 1, 1, 2, 2, 1, 1, '
             'CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT);\ncudnnSetConvolutionGroupCount(conv, $groups);', '1x${channels}x7x7', {
                 'channels': [2, 4, 8], 'groups': [1, 2, 4]}, keep=lambda channels, groups: channels == 2 * groups),
    Geometry('pool', 'cudnnSetPooling2dDescriptor(pool, $mode, CUDNN_NOT_PROPAGATE_NAN, 1, $kernel, 0, $padding, 1, $stride);',
             '1x1x1x$size', {'mode': ['CUDNN_POOLING_MAX', 'CUDNN_POOLING_AVERAGE_COUNT_EXCLUDE_PADDING'], 'size': upto(7),
                             'kernel': upto(5), 'stride': upto(3), 'padding': upto(3, 0)},
             keep=lambda mode, size, kernel, stride, padding: padding < kernel),
]
