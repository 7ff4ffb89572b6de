"""What is asked of a framework: one line of code as a person would paste it, and the shape of its input.

The same string is evaluated by the real framework in Python and read by padwise's own parser in the tests, so it holds
literals only, plus the bare tensor names (x, weight, bias ...). A shape is written '1x3x8x8', in the framework's own
layout.

    Case       one code string, asked once                         -> <framework>/numeric.json
    Geometry   a code template with $names and a grid of values    -> <framework>/<stem>.json, one row per combination
"""
from dataclasses import dataclass, field
from itertools import product
from string import Template
from typing import Callable, Iterator


def parse_shape(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.split('x'))


@dataclass(frozen=True)
class Case:
    code: str
    input: str
    tensors: dict[str, str] = field(default_factory=dict)   # name -> shape; filled in this order
    scale: int = 1                                          # multiplies x: 3600 keeps an average whole


@dataclass(frozen=True)
class Geometry:
    stem: str                                               # names the fixture file
    code: str                                               # 'nn.Conv1d(1, 1, $kernel, stride=$stride)'
    input: str                                              # '1x1x$size'
    grid: dict[str, list]                                   # name -> values: ints, or Python source without spaces
    tensors: dict[str, str] = field(default_factory=dict)   # {'weight': '1x1x$kernel'}
    probe: str = 'conv'                                     # 'conv' | 'max' | 'average'
    keep: Callable[..., bool] | None = None                 # keep(size=6, kernel=3, ...) -> is this row asked?

    @property
    def columns(self) -> list[str]:
        return list(self.grid)

    def rows(self) -> Iterator[tuple[dict, Case]]:
        """Every combination of the grid, the last column fastest, with the case it becomes."""
        for values in product(*self.grid.values()):
            row = dict(zip(self.grid, values))
            if self.keep and not self.keep(**row):
                continue
            assert not any(' ' in str(value) for value in values), f'{self.stem}: a value holds a space: {values}'
            fill = lambda text: Template(text).substitute(row)
            yield row, Case(fill(self.code), fill(self.input), {name: fill(s) for name, s in self.tensors.items()})


def each(input: str, *codes: str, scale: int = 1, **tensors: str) -> list[Case]:
    """Several codes asked about the same input: each('1x3x5x5', 'nn.Conv2d(3, 2, 2)', weight='2x3x2x2')."""
    return [Case(code, input, tensors, scale) for code in codes]
