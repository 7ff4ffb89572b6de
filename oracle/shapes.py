"""Asks a framework that cannot compute here for its output shapes alone: python shapes.py FRAMEWORK

A framework is a module frameworks/<name>_shapes.py that exposes FRAMEWORK, version(), GEOMETRY (a list of cases.Geometry) and

    shape(code, input) -> tuple       the output's shape for code, as a person would paste it, on an input of this shape;
                                      raises what the framework raises

shapes/<name>.json holds one table per Geometry, a row per combination: "5 3 2|1x1x3", or "5 9 2|!" where it is refused.
"""
import importlib
import json
import sys
from pathlib import Path

from cases import parse_shape

HERE = Path(__file__).parent


def table(module, geometry):
    rows = []
    for row, case in geometry.rows():
        try:
            answer = 'x'.join(str(int(size)) for size in module.shape(case.code, parse_shape(case.input)))
        except Exception:
            answer = '!'
        rows.append(' '.join(str(value) for value in row.values()) + '|' + answer)
    return {'stem': geometry.stem, 'code': geometry.code, 'input': geometry.input, 'columns': geometry.columns, 'rows': rows}


def main(framework):
    sys.path.insert(0, str(HERE / 'frameworks'))
    module = importlib.import_module(f'{framework}_shapes')
    tables = [table(module, geometry) for geometry in module.GEOMETRY]
    dump = lambda value: json.dumps(value, ensure_ascii=False)
    text = [f'{{"framework": {dump(module.FRAMEWORK)}, "version": {dump(module.version())}, "tables": [']
    for index, one in enumerate(tables):
        head = ', '.join(f'{dump(key)}: {dump(one[key])}' for key in ('stem', 'code', 'input', 'columns'))
        rows = ',\n    '.join(dump(row) for row in one['rows'])
        text.append(f'  {{{head}, "rows": [\n    {rows}]}}' + (',' if index < len(tables) - 1 else ''))
    (HERE / 'shapes' / f'{module.FRAMEWORK}.json').write_text('\n'.join([*text, ']}', '']), encoding='utf-8')
    print(f'{module.FRAMEWORK}: {sum(len(one["rows"]) for one in tables)} rows')


if __name__ == '__main__':
    main(*sys.argv[1:])
