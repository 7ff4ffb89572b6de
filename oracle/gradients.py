"""Asks a framework for gradients: python gradients.py FRAMEWORK

A framework is a module frameworks/<name>_gradients.py that exposes FRAMEWORK, version(), CASES (a list of cases.Case; `scale` multiplies
the gradient of the output, so that those of an average stay whole) and

    gradients(code, x, parameter, output_gradient) -> (shape, {'input': array, 'weight': array, ...})
                          evaluates `code`, applies it to x and goes back; parameter(shape, position) as in ask.py,
                          output_gradient(shape) -> float64 array. Raises what it raises: such a case is a mistake in CASES

gradients/<name>.json holds a case a line. x has the integers of seed 0, the parameters 1, 2, the output's gradient 4 (probe.py).
"""
import importlib
import sys
from pathlib import Path

from ask import write
from cases import parse_shape
from probe import input_for, integers, parameter_for, tidy

HERE = Path(__file__).parent


def answer(module, case):
    def output_gradient(shape):
        count = 1
        for size in shape:
            count *= size
        return (integers(count, 4) * case.scale).reshape(tuple(shape))

    x = input_for('numeric', parse_shape(case.input))
    parameter = lambda shape, position: parameter_for('numeric', tuple(shape), position)
    shape, found = module.gradients(case.code, x, parameter, output_gradient)
    scale = {} if case.scale == 1 else {'scale': case.scale}
    return {'code': case.code, 'input': list(x.shape), **scale, 'output': list(shape),
            'gradients': {name: [tidy(value) for value in array.ravel()] for name, array in found.items()}}


def main(framework):
    sys.path.insert(0, str(HERE / 'frameworks'))
    module = importlib.import_module(f'{framework}_gradients')
    cases = [answer(module, case) for case in module.CASES]
    head = {'framework': module.FRAMEWORK, 'version': module.version(), 'kind': 'gradients'}
    write(HERE / 'gradients' / f'{module.FRAMEWORK}.json', head, 'cases', cases)
    print(f'{module.FRAMEWORK}: {len(cases)} gradients')


if __name__ == '__main__':
    main(*sys.argv[1:])
