"""Darknet on the CPU: Debian's build of the original, its library called through its own C functions.

The code is a network's text of one layer without [net], which is written from x. Darknet ends the process where it cannot go on, so
every question is asked in a process of its own; what it prints is not kept, and its end is the refusal.

Weights are written where the layer keeps them, since Darknet divides by zero where it loads those of a deconvolution from a file. Where
that is in its struct is found by loading a convolution with numbers that stand nowhere else.
"""
import ctypes
import os
import pickle
import struct
import tempfile
from pathlib import Path

import numpy as np

from cases import Case, Geometry, each

FRAMEWORK = 'darknet'
HOME = Path(__file__).parent.parent / '.venv-darknet' / 'darknet'
FLOATS = ctypes.POINTER(ctypes.c_float)


class Image(ctypes.Structure):
    _fields_ = [('w', ctypes.c_int), ('h', ctypes.c_int), ('c', ctypes.c_int), ('data', FLOATS)]


def library():
    for name in ('core', 'highgui', 'videoio', 'imgcodecs'):
        ctypes.CDLL(str(HOME / f'libopencv_{name}.so.406'), ctypes.RTLD_GLOBAL)
    lib = ctypes.CDLL(str(HOME / 'libdarknet.so'), mode=os.RTLD_LAZY)
    lib.load_network.restype = ctypes.c_void_p
    lib.load_network.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]
    lib.network_predict.restype = FLOATS
    lib.network_predict.argtypes = [ctypes.c_void_p, FLOATS]
    lib.get_network_image.restype = Image
    lib.get_network_image.argtypes = [ctypes.c_void_p]
    return lib


LIB = library()


def version():
    return {'darknet': (HOME / 'version').read_text().strip()}


def options(code):
    pairs = (line.split('=') for line in code.splitlines() if '=' in line)
    return {name.strip(): value.strip() for name, value in pairs}


def in_child(ask):
    """What `ask` returns, asked in a process of its own."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(receive)
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            with os.fdopen(send, 'wb') as pipe:
                pickle.dump(ask(), pipe)
            status = 0
        finally:
            os._exit(status)
    os.close(send)
    with os.fdopen(receive, 'rb') as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) or os.WEXITSTATUS(status) not in (0, 1):
        raise RuntimeError('Darknet ends the process')
    if status != 0:
        raise RuntimeError('the output is empty')
    return pickle.loads(answer)


def load(text, weights=b''):
    with tempfile.TemporaryDirectory() as folder:
        cfg, kept = Path(folder) / 'cfg', Path(folder) / 'weights'
        cfg.write_text(text)
        kept.write_bytes(struct.pack('<iiiQ', 0, 2, 0, 0) + weights)
        return LIB.load_network(str(cfg).encode(), str(kept).encode() if weights else None, 0)


def layer(net):
    """The address of the first layer: behind two ints, two pointers, a float and an int."""
    return ctypes.c_void_p.from_address(net + 32).value


def places():
    """Where a layer's struct points to its weights and its biases."""
    weights, biases = [1001.0, 1002.0, 1003.0, 1004.0], [77.0]
    kept = b''.join(np.asarray(numbers, dtype='<f4').tobytes() for numbers in (biases, weights))
    first = layer(load('[net]\nbatch=1\nheight=2\nwidth=2\nchannels=1\n\n[convolutional]\nsize=2\n', kept))
    spans = [[int(end, 16) for end in line.split()[0].split('-')] for line in open('/proc/self/maps') if ' rw' in line]
    found = {}
    for offset in range(0, 4096, 8):
        at = ctypes.c_void_p.from_address(first + offset).value or 0
        if not any(low <= at < high - 16 for low, high in spans):
            continue
        for name, wanted in ('weights', weights), ('biases', biases):
            if list((ctypes.c_float * len(wanted)).from_address(at)) == wanted:
                found.setdefault(name, offset)
    return found


PLACES = in_child(places)


def fill(net, code, channels, parameter):
    """Writes weights and biases, in padwise's order, where the layer keeps them."""
    given = options(code)
    number = lambda name, fallback: int(given.get(name, fallback))
    filters, size, groups = number('filters', 1), number('size', 1), number('groups', 1)
    section = next(line for line in code.splitlines() if line.startswith('['))
    if section.startswith('[conv'):
        shape = (filters, channels // groups, size, size)
    elif section.startswith('[deconv'):
        shape = (channels, filters, size, size)
    else:
        return
    for position, (name, own) in enumerate((('weights', shape), ('biases', (filters,)))):
        data = np.ascontiguousarray(parameter(own, position), dtype=np.float32)
        ctypes.memmove(ctypes.c_void_p.from_address(layer(net) + PLACES[name]).value, data.ctypes.data, data.nbytes)


def run(code, x, tensors, parameter):
    return in_child(lambda: predict(code, x, parameter))


def predict(code, x, parameter):
    batch, channels, height, width = x.shape
    assert batch == 1
    net = load(f'[net]\nbatch=1\nheight={height}\nwidth={width}\nchannels={channels}\n\n{code}\n')
    fill(net, code, channels, parameter)
    data = np.ascontiguousarray(x, dtype=np.float32)
    values = LIB.network_predict(net, data.ctypes.data_as(FLOATS))
    image = LIB.get_network_image(net)
    shape = (1, image.c, image.h, image.w)
    count = int(np.prod(shape))
    if image.data is None or count <= 0:
        raise RuntimeError('the output is empty')
    return np.array(values[:count], dtype=np.float64).reshape(shape)


def upto(last, first=1):
    return list(range(first, last + 1))


def grid(section, sizes, kernels, strides, pads, channels=1):
    return [Case(f'[{section}]\nfilters=1\nsize={kernel}\nstride={stride}\n{pad}\nactivation=linear',
                 f'1x{channels}x{size}x{size}')
            for size in sizes for kernel in kernels for stride in strides for pad in pads
            if not (section == 'convolutional' and kernel == 1 and pad.startswith('padding'))]


# Not asked: a 1x1 convolution with padding, which reads on beyond the input instead, and filters that groups do not divide, of which
# the last ones are never computed.
NUMERIC = [
    *grid('convolutional', upto(6), upto(4), upto(3), ['pad=1', 'pad=0', 'padding=1', 'padding=2']),
    *grid('deconvolutional', upto(3), upto(4), upto(3), ['pad=1', 'pad=0', 'padding=1']),
    *each('1x4x5x7',
          '[convolutional]\nfilters=6\nsize=3\nstride=2\npad=1\nactivation=linear',
          '[conv]\nfilters=2\nsize=3\nactivation=linear', '[convolutional]\nfilters=3\nactivation=linear',
          '[convolutional]\nfilters=4\nsize=3\npad=1\ngroups=2\nactivation=linear',
          '[convolutional]\nfilters=8\nsize=2\nstride=2\ngroups=4\nactivation=relu',
          '[convolutional]\nfilters=2\nsize=5\nstride=1\npad=1\npadding=0\nactivation=linear',
          '# a comment\n[convolutional]\nfilters = 2\n; another\nsize = 3\npad = 2\nactivation = linear',
          '[deconvolutional]\nfilters=3\nsize=4\nstride=2\npad=1\nactivation=linear',
          '[deconv]\nfilters=2\nsize=3\nstride=3\nactivation=linear',
          '[deconvolutional]\nfilters=2\nsize=2\nstride=2\nactivation=relu',
          '[maxpool]\nsize=2\nstride=2', '[max]\nsize=3\nstride=1', '[maxpool]\nstride=2', '[maxpool]\nsize=3\nstride=2\npadding=1',
          '[maxpool]\nsize=13\nstride=1', '[maxpool]'),
    *each('1x2x4x6', '[avgpool]', '[avg]', scale=24),
    *each('1x3x5x5', '[avgpool]', scale=25),
]

GEOMETRY = [
    Geometry('maxpool', '[maxpool]\nsize=$kernel\nstride=$stride', '1x1x${size}x$size', {
        'size': upto(6), 'kernel': upto(5), 'stride': upto(4)}, probe='max'),
    Geometry('maxpool-padding', '[maxpool]\nsize=$kernel\nstride=$stride\npadding=$padding', '1x1x${size}x$size', {
        'size': upto(5), 'kernel': upto(4), 'stride': upto(3), 'padding': upto(5, 0)}, probe='max'),
]
