"""Gradients of PyTorch's layers on the CPU, in float64: random small geometries, always the same ones.

What PyTorch refuses (a reflection wider than its input, an empty output) is drawn again; refusals are asked elsewhere.
"""
import random

import numpy as np
import torch
from torch import nn

from cases import Case
from torch_cases import FRAMEWORK, version  # noqa: F401


def gradients(code, x, parameter, output_gradient):
    x = torch.from_numpy(x).requires_grad_()
    with torch.enable_grad():
        layer = eval(code, {'nn': nn})
        own = dict(layer.named_parameters())
        for position, one in enumerate(own.values()):
            with torch.no_grad():
                one.copy_(torch.from_numpy(parameter(one.shape, position)))
        y = layer(x)
        y.backward(torch.from_numpy(output_gradient(y.shape)))
    return y.shape, {'input': x.grad.numpy(), **{name: one.grad.numpy() for name, one in own.items()}}


DRAW = random.Random(4)
MOST = 150  # numbers in any tensor of a case


def one_of(*values):
    return DRAW.choice(values)


def per_axis(rank, *values):
    """A number, or one per axis as a tuple."""
    numbers = tuple(one_of(*values) for _ in range(rank))
    return numbers if rank > 1 and one_of(True, True, False) else numbers[0]


def written(name, required, **optional):
    """nn.Name(1, 2, stride=2): what is None is left out."""
    words = [*map(repr, required), *(f'{key}={value!r}' for key, value in optional.items() if value is not None)]
    return f'nn.{name}({", ".join(words)})'


def shape(batch, channels, rank, *sizes):
    return 'x'.join(map(str, (batch, channels, *(one_of(*sizes) for _ in range(rank)))))


def sizes(rank):
    return {1: range(4, 12), 2: range(3, 7), 3: range(2, 5)}[rank]


def groups():
    """(groups, channels, filters)"""
    count = one_of(1, 1, 2, 3)
    return count, count * one_of(1, 2) if count > 1 else one_of(1, 2, 3), count * one_of(1, 2)


def conv(rank):
    count, channels, filters = groups()
    mode = one_of(None, None, None, 'reflect', 'replicate', 'circular')
    same = one_of(True, False, False, False)
    stride = None if same else per_axis(rank, 1, 2, 3)
    padding = 'same' if same else per_axis(rank, 0, 1, 2)
    dilation = one_of(None, per_axis(rank, 1, 2))
    bias = one_of(None, None, False)
    code = written(f'Conv{rank}d', (channels, filters, per_axis(rank, 1, 2, 3, 4)), stride=stride, padding=padding,
                   dilation=dilation, groups=None if count == 1 else count, bias=bias, padding_mode=mode)
    return code, shape(one_of(1, 2, 3), channels, rank, *sizes(rank)), 1


def conv_transpose(rank):
    count, channels, filters = groups()
    stride = one_of(1, 2, 3)
    code = written(f'ConvTranspose{rank}d', (channels, filters, per_axis(rank, 1, 2, 3, 4)), stride=stride,
                   padding=per_axis(rank, 0, 0, 1, 2), output_padding=one_of(None, DRAW.randrange(stride)),
                   groups=None if count == 1 else count, dilation=one_of(None, per_axis(rank, 1, 2)))
    return code, shape(one_of(1, 2), channels, rank, 1, 2, 3, *((4, 5) if rank == 1 else ())), 1


def max_pool(rank):
    code = written(f'MaxPool{rank}d', (per_axis(rank, 1, 2, 3, 4),), stride=one_of(None, per_axis(rank, 1, 2, 3)),
                   padding=per_axis(rank, 0, 0, 1, 2), dilation=one_of(None, per_axis(rank, 1, 2)),
                   ceil_mode=one_of(None, True))
    return code, shape(one_of(1, 2), one_of(1, 2, 3), rank, *sizes(rank)), 1


def average_pool(rank):
    kernels = (1, 2, 3) if rank == 3 else (1, 2, 3, 4)
    divisor = None if rank == 1 else one_of(None, None, 2, 6, 9)
    code = written(f'AvgPool{rank}d', (per_axis(rank, *kernels),), stride=one_of(None, per_axis(rank, 1, 2, 3)),
                   padding=per_axis(rank, 0, 0, 1, 2), ceil_mode=one_of(None, True),
                   count_include_pad=one_of(None, False), divisor_override=divisor)
    return code, shape(one_of(1, 2), one_of(1, 2, 3), rank, *sizes(rank)), 432  # divided exactly by every count


def pad(rank):
    name = one_of('ReflectionPad', 'ReplicationPad', 'CircularPad', 'ZeroPad', 'ConstantPad')
    # PyTorch reads memory it has not written where it wraps by more than a crop leaves.
    choice = (0, 1, -1) if name == 'CircularPad' else (0, 1, 2, 3, -1)
    pads = tuple(one_of(*choice) for _ in range(2 * rank))
    required = (pads, 3) if name == 'ConstantPad' else (pads,)
    return written(f'{name}{rank}d', required), shape(one_of(1, 2), one_of(1, 2), rank, *sizes(rank)), 1


def accepted(draw, rank):
    """The next case that PyTorch answers, with something, and not too much of it."""
    while True:
        code, input, scale = draw(rank)
        try:
            x = np.zeros(tuple(map(int, input.split('x'))))
            output, found = gradients(code, x, lambda shape, _: np.zeros(shape), np.zeros)
            small = [output.numel(), *(array.size for array in found.values())]
        except (RuntimeError, ValueError):
            continue
        if 0 < min(small) and max(small) <= MOST:
            return Case(code, input, scale=scale)


COUNTS = [(conv, 60, 75, 45), (conv_transpose, 30, 35, 20), (max_pool, 25, 35, 20), (average_pool, 20, 25, 15), (pad, 8, 8, 8)]
CASES = [accepted(draw, rank) for draw, *counts in COUNTS for rank, count in enumerate(counts, 1) for _ in range(count)]
