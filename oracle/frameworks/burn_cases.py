"""Burn with its NdArray backend, in float32. The code is Rust, so everything asked becomes one Rust program, which is compiled
and run once (requirements/burn); its answers are looked up by code and input. Needs cargo.

A window or crop that does not fit is not asked: there Burn subtracts unsigned numbers, which panics in a debug build and
wraps around in a release one.
"""
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np

from cases import Case, Geometry, parse_shape
from burn_numeric import NUMERIC

FRAMEWORK = 'burn'
HERE = Path(__file__).parent.parent
PROJECT = HERE / '.venv-burn'


def version():
    lock = (PROJECT / 'Cargo.lock').read_text(encoding='utf-8')
    return {'burn': lock.split('name = "burn"\nversion = "')[1].split('"')[0]}


def upto(last, first=1):
    return list(range(first, last + 1))


def fits(size, kernel, pads=0, dilation=1, **_):
    return size + pads >= (kernel - 1) * dilation + 1


def conv_fits(size, kernel, low, high, dilation=1, **_):
    return fits(size, kernel, low + high, dilation)


def transposed_fits(size, kernel, stride, padding, out, dilation, **_):
    return (size - 1) * stride + (kernel - 1) * dilation + 1 + out - 2 * padding > 0


BOOLS = ['false', 'true']
MODES = ['PadMode::Constant(0.0)', 'PadMode::Reflect', 'PadMode::Edge']

GEOMETRY = [
    Geometry('conv1d', 'Conv1dConfig::new(1, 1, $kernel).with_stride($stride).with_dilation($dilation)'
             '.with_padding(PaddingConfig1d::Explicit($low, $high)).init(&device)', '1x1x$size', {
                 'size': [1, 2, 4, 5, 6], 'kernel': upto(3), 'stride': upto(3), 'dilation': upto(2), 'low': upto(2, 0),
                 'high': [0, 1, 3]}, keep=conv_fits),
    Geometry('conv1d-same', 'Conv1dConfig::new(1, 1, $kernel).with_stride($stride).with_dilation($dilation)'
             '.with_padding(PaddingConfig1d::Same).init(&device)', '1x1x$size', {
                 'size': upto(8), 'kernel': upto(4), 'stride': upto(3), 'dilation': upto(2)},
             keep=lambda size, kernel, stride, dilation: dilation == 1 or size > 2 * kernel),
    Geometry('conv2d-row', 'Conv2dConfig::new([1, 1], [1, $kernel]).with_stride([1, $stride])'
             '.with_padding(PaddingConfig2d::Explicit(0, $low, 0, $high)).init(&device)', '1x1x1x$size', {
                 'size': [1, 4, 5], 'kernel': upto(3), 'stride': upto(2), 'low': upto(2, 0), 'high': upto(2, 0)},
             keep=conv_fits),
    Geometry('conv3d-row', 'Conv3dConfig::new([1, 1], [1, 1, $kernel]).with_stride([1, 1, $stride])'
             '.with_padding(PaddingConfig3d::Explicit(0, 0, $padding)).init(&device)', '1x1x1x1x$size', {
                 'size': [1, 4, 5], 'kernel': upto(3), 'stride': upto(3), 'padding': upto(2, 0)},
             keep=lambda size, kernel, stride, padding: fits(size, kernel, 2 * padding)),
    Geometry('conv3d-same-row', 'Conv3dConfig::new([1, 1], [1, 1, $kernel]).with_stride([1, 1, $stride])'
             '.with_padding(PaddingConfig3d::Same).init(&device)', '1x1x1x1x$size', {
                 'size': upto(6), 'kernel': upto(5), 'stride': upto(3)}),
    Geometry('conv-transpose1d', 'ConvTranspose1dConfig::new([1, 1], $kernel).with_stride($stride)'
             '.with_padding($padding).with_padding_out($out).with_dilation($dilation).init(&device)', '1x1x$size', {
                 'size': [1, 3], 'kernel': upto(4), 'stride': upto(3), 'padding': upto(2, 0), 'out': upto(2, 0),
                 'dilation': upto(2)}, keep=transposed_fits),
    Geometry('max-pool1d', 'MaxPool1dConfig::new($kernel).with_stride($stride).with_dilation($dilation)'
             '.with_padding(PaddingConfig1d::Explicit($low, $high)).with_ceil_mode($ceil).init()', '1x1x$size', {
                 'size': [1, 4, 5, 6], 'kernel': upto(3), 'stride': upto(3), 'dilation': upto(2), 'low': upto(1, 0),
                 'high': upto(2, 0), 'ceil': BOOLS}, probe='max', keep=conv_fits),
    Geometry('avg-pool1d', 'AvgPool1dConfig::new($kernel).with_stride($stride)'
             '.with_padding(PaddingConfig1d::Explicit($low, $high)).with_ceil_mode($ceil)'
             '.with_count_include_pad($include).init()', '1x1x$size', {
                 'size': [1, 4, 5, 6], 'kernel': upto(3), 'stride': upto(3), 'low': upto(1, 0), 'high': upto(2, 0),
                 'ceil': BOOLS, 'include': BOOLS}, probe='average', keep=conv_fits),
    Geometry('max-pool1d-same', 'MaxPool1dConfig::new($kernel).with_stride($stride)'
             '.with_padding(PaddingConfig1d::Same).init()', '1x1x$size', {
                 'size': upto(6), 'kernel': upto(4), 'stride': upto(3)}, probe='max'),
    Geometry('pad1d', 'x.pad([($low, $high)], $mode)', '1x1x$size', {
        'size': [1, 2, 4], 'low': upto(4, 0), 'high': upto(3, 0), 'mode': MODES}),
]


def asked():
    """Every case with its probe, in the order of the program."""
    for geometry in GEOMETRY:
        for _, case in geometry.rows():
            yield geometry.probe, case
    for case in NUMERIC:
        yield 'numeric', case


def rust(probe, case: Case):
    code = case.code.replace('x.pad(', f'tensor::<{len(parse_shape(case.input))}>(x).pad(')
    shape = ', '.join(map(str, parse_shape(case.input)))
    return f'    case("{probe}", &[{shape}], {float(case.scale)}, |x| {code});'


def answers():
    """Compiles and runs the program: a dictionary from (code, input shape) to what Burn said."""
    (PROJECT / 'src').mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / 'requirements/burn/Cargo.toml', PROJECT)
    text = (HERE / 'requirements/burn/answers.rs').read_text(encoding='utf-8')
    cases = list(asked())
    blocks = [cases[i:i + 200] for i in range(0, len(cases), 200)]
    functions = ''.join(f'\nfn block_{i}(device: Device) {{\n' + '\n'.join(rust(*one) for one in block) + '\n}\n'
                        for i, block in enumerate(blocks))
    calls = '\n'.join(f'    block_{i}(device.clone());' for i in range(len(blocks)))
    (PROJECT / 'src/main.rs').write_text(text.replace('    // CASES', calls) + functions, encoding='utf-8')
    run = subprocess.run(['cargo', 'run', '--release', '--quiet'], cwd=PROJECT, capture_output=True, text=True)
    lines = run.stdout.splitlines()
    if len(lines) != len(cases):
        raise RuntimeError(f'Burn answered {len(lines)} of {len(cases)} cases: {run.stderr[-3000:]}')
    return {(case.code, parse_shape(case.input), probe): json.loads(line) for (probe, case), line in zip(cases, lines)}


ANSWERS = answers()


def run(code, x, tensors, parameter):
    probe = next(probe for probe in ('numeric', 'conv', 'max', 'average') if (code, x.shape, probe) in ANSWERS)
    answer = ANSWERS[code, x.shape, probe]
    if 'refused' in answer:
        raise ValueError(answer['refused'])
    return np.array([float(value) for value in answer['values']], dtype=np.float64).reshape(answer['shape'])
