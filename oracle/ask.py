"""Asks one real framework everything and writes down its answers: python ask.py FRAMEWORK [FILE-STEM...]

A framework is a module frameworks/<name>_cases.py that exposes

    FRAMEWORK             'torch'; also the folder below fixtures/
    version() -> dict     {'torch': '2.13.0'}
    run(code, x, tensors, parameter) -> numpy array
                          evaluates `code` for real and applies it. x: float64 numpy array. tensors: {name: float64 array},
                          the names the code may use. parameter(shape, position) -> float64 array fills a layer's own
                          parameters, position 0, 1, 2 in the framework's order (weight, bias). Raises what it raises.
    GEOMETRY, NUMERIC     lists of Geometry and Case (cases.py)
    NUMERIC_STEM          optional: another file name than 'numeric'
    message(error) -> str optional: the readable line of an error

Data and short answers are made by probe.py; README.md has the fixture format.
"""
import importlib
import json
import re
import sys
import time
from pathlib import Path

from cases import Geometry, parse_shape
from probe import compress, input_for, parameter_for, tidy

HERE = Path(__file__).parent


def ask(module, case, probe):
    """(x, answer) of one case; raises what the framework raises."""
    x = input_for(probe, parse_shape(case.input)) * case.scale
    tensors = {name: parameter_for(probe, parse_shape(shape), position)
               for position, (name, shape) in enumerate(case.tensors.items())}
    return x, module.run(case.code, x, tensors, lambda shape, position: parameter_for(probe, tuple(shape), position))


def refusal(module, error, generic=False):
    """The first line of a real error, without what differs from run to run; numbers as # when generic."""
    text = module.message(error) if hasattr(module, 'message') else str(error)
    line = next((line.strip() for line in text.splitlines() if line.strip()), '') or type(error).__name__
    line = re.sub(r'\x1b\[[0-9;]*m|\b0x[0-9a-f]{6,}', '', line)
    line = re.sub(r'(/[\w.-]+){2,}', '<path>', line)
    line = re.sub(r"\{('[^{}:]*')\}", lambda words: '{' + ', '.join(sorted(words[1].split(', '))) + '}', line)
    if generic:
        line = re.sub(r'(?<![A-Za-z_\d])-?\d+(x-?\d+)+', '#', line)
        line = re.sub(r'(?<![A-Za-z_])-?\d+(\.\d+)?', '#', line)
        line = re.sub(r'#((, |x| x )#)+', '#, ..', line)
    return line[:160]


def geometry_fixture(module, geometry: Geometry):
    refusals, rows = [], []
    for row, case in geometry.rows():
        try:
            x, output = ask(module, case, geometry.probe)
            answer = compress(geometry.probe, x, output, row)
        except Exception as error:
            text = refusal(module, error, generic=True)
            if text not in refusals:
                refusals.append(text)
            answer = f'!{refusals.index(text)}'
        rows.append(' '.join(str(value) for value in row.values()) + '|' + answer)
    head = {'framework': module.FRAMEWORK, 'version': module.version(), 'kind': 'geometry', 'code': geometry.code,
            'input': geometry.input, 'tensors': geometry.tensors, 'probe': geometry.probe, 'columns': geometry.columns,
            'refusals': refusals}
    return head, 'rows', rows


def numeric_fixture(module, cases):
    answers = []
    for case in cases:
        answer = {'code': case.code, 'input': list(parse_shape(case.input))}
        if case.tensors:
            answer['tensors'] = {name: list(parse_shape(shape)) for name, shape in case.tensors.items()}
        if case.scale != 1:
            answer['scale'] = case.scale
        try:
            _, output = ask(module, case, 'numeric')
            answer |= {'output': list(output.shape), 'values': [tidy(value) for value in output.ravel()]}
        except Exception as error:
            answer['refused'] = refusal(module, error)
        answers.append(answer)
    return {'framework': module.FRAMEWORK, 'version': module.version(), 'kind': 'numeric'}, 'cases', answers


def write(path: Path, head: dict, name: str, items: list):
    """JSON with one head entry and one item per line, so that a change reads as a line in a diff."""
    dump = lambda value: json.dumps(value, ensure_ascii=False)
    lines = [f'  {dump(key)}: {dump(value)},' for key, value in head.items()]
    body = ',\n'.join(f'    {dump(item)}' for item in items)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('\n'.join(['{', *lines, f'  {dump(name)}: [', body, '  ]', '}', '']), encoding='utf-8')


def main(framework, *stems):
    sys.path.insert(0, str(HERE / 'frameworks'))
    module = importlib.import_module(f'{framework}_cases')
    files = {geometry.stem: (geometry_fixture, geometry) for geometry in module.GEOMETRY}
    files[getattr(module, 'NUMERIC_STEM', 'numeric')] = (numeric_fixture, module.NUMERIC)
    for stem in stems or files:
        began = time.time()
        make, asked = files[stem]
        head, name, items = make(module, asked)
        write(HERE / 'fixtures' / module.FRAMEWORK / f'{stem}.json', head, name, items)
        print(f'{module.FRAMEWORK}/{stem}: {len(items)} {name}, {time.time() - began:.1f} s', flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
