"""The data that makes an answer readable, and the short string an answer becomes.

    conv      x = 1..n, taps 1, 10, 100, ...: out = 432 says that taps 0, 1, 2 saw positions 2, 3, 4 (from 1)
    max       x = -n..-1: a padded zero that was counted by mistake would win
    average   x = 60, 120, ..: quotients by 1..6 stay whole
    numeric   integers(count, seed): x has seed 0, the parameters 1, 2, 3 in the framework's own order

An answer: "3@1" is 3 outputs that are exactly out[o] = sum_j 10**j * x[o*stride - 1 + j*dilation]; "3:210,432,654" are
raw numbers; "0" is an empty output.
"""
import numpy as np


def integers(count: int, seed: int) -> np.ndarray:
    i = np.arange(count, dtype=np.int64)
    return ((i * i * 7 + i * 3 + seed * 5) % 11 - 5).astype(np.float64)


def input_for(probe: str, shape: tuple[int, ...]) -> np.ndarray:
    count = int(np.prod(shape))
    flat = {
        'conv': lambda: np.arange(1.0, count + 1),
        'max': lambda: np.arange(-float(count), 0),
        'average': lambda: 60 * np.arange(1.0, count + 1),
        'numeric': lambda: integers(count, 0),
    }[probe]()
    return flat.reshape(shape)


def parameter_for(probe: str, shape: tuple[int, ...], position: int) -> np.ndarray:
    """Parameter number `position` of a layer. A probe's taps go first, later kernels are ones, biases zero."""
    count = int(np.prod(shape))
    if probe == 'numeric':
        flat = integers(count, position + 1)
    elif position == 0:
        flat = 10.0 ** np.arange(count)
    else:
        flat = np.full(count, 1.0 if len(shape) > 1 else 0.0)
    return flat.reshape(shape)


def tidy(value: float) -> int | float | str:
    """Whole where a float32 quotient meant a whole number, else six decimals; what is not a number of ours as a word:
    'nan', '-inf', or '-3.40282e+38' where a window saw nothing but padding."""
    if not abs(value) < 1e15:
        return f'{value:.6g}'
    whole = round(float(value))
    return whole if abs(value - whole) <= 1e-6 * max(1.0, abs(value)) else round(float(value), 6)


def window_sums(x: np.ndarray, befores: np.ndarray, out: int, kernel: int, stride: int, dilation: int) -> np.ndarray:
    """[before, out]: what a plain sliding window with these numbers would see, zeros outside."""
    at = (np.arange(out)[:, None] * stride + np.arange(kernel) * dilation) - befores[:, None, None]
    seen = np.where((at >= 0) & (at < len(x)), x[np.clip(at, 0, len(x) - 1)], 0.0)
    return (seen * 10.0 ** np.arange(kernel)).sum(-1)


def find_before(x: np.ndarray, answer: np.ndarray, row: dict) -> int | None:
    """The one shift that explains every output of a conv probe; the smallest non-negative if several do."""
    names = ('size', 'kernel', 'stride', 'dilation')
    size, kernel, stride, dilation = numbers = [row.get(name, 1 if name == 'dilation' else None) for name in names]
    if not all(isinstance(n, int) and n > 0 for n in numbers) or size != x.size:
        return None
    reach = size + (kernel - 1) * dilation + 1 + answer.size * stride
    befores = np.array([*range(reach), *range(-1, -reach, -1)])
    sums = window_sums(x.ravel(), befores, answer.size, kernel, stride, dilation)
    explains = (sums == answer).all(-1)
    return int(befores[explains.argmax()]) if explains.any() else None


def compress(probe: str, x: np.ndarray, answer: np.ndarray, row: dict) -> str:
    """One row's answer as a short string."""
    flat = np.asarray(answer, dtype=np.float64).ravel()
    if flat.size == 0:
        return '0'
    before = find_before(x, flat, row) if probe == 'conv' else None
    return f'{flat.size}@{before}' if before is not None else f'{flat.size}:' + ','.join(str(tidy(v)) for v in flat)
