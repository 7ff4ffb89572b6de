// An explanation's fields, and its arithmetic: every number in a sentence is recomputed from the sentence.

import { describe, expect, it } from 'vitest';
import { dialects, usual } from '../dialects/index.ts';
import { readLayer } from '../dialects/python.ts';
import { axis, type Geometry, geometry, isTransposed, out, unread } from '../geometry/index.ts';
import { alike, arithmetic, type Elsewhere, explain, ranges } from './explain.ts';
import { english } from './words.ts';

const read = (code: string) => readLayer(code, { dialects });
/** Frameworks whose usual words are whole layers. */
const ELSEWHERE = dialects.filter(({ id }) => ['keras', 'torch', 'flax', 'mxnet'].includes(id));
const elsewhere: Elsewhere = (of) =>
  ELSEWHERE.flatMap((dialect) => {
    const code = usual(dialect, of);
    return code === null || code.includes('weight')
      ? []
      : [{ framework: dialect.id, code, layer: readLayer(code, { dialects: [dialect] }) }];
  });
const lines = (code: string, input: readonly number[]) => {
  const [step] = read(code).resolve(input).steps as [Geometry];
  return arithmetic(step, 0);
};

describe('explain', () => {
  it('says everything of a layer on its input', () => {
    const { neighbours, ...rest } = explain(read('Conv2D(6, 3, strides=2)'), [1, 8, 8, 3], elsewhere);
    const one = {
      size: 8,
      kernel: 3,
      stride: 2,
      dilation: 1,
      inputDilation: 1,
      before: 0,
      after: 0,
      overhang: 0,
      out: 3,
    };
    expect(rest).toEqual({
      framework: 'keras',
      layer: 'Conv2D',
      problem: '1x3x8x8 k3 s2 -> 6',
      input: [1, 8, 8, 3],
      output: [1, 3, 3, 6],
      axes: [one, one],
      parameters: [
        { name: 'kernel', shape: [3, 3, 3, 6] },
        { name: 'bias', shape: [6] },
      ],
      multiplyAdds: 9 * 6 * 27,
      unread: [[7], [7]],
      notes: [],
    });
    expect(neighbours.map(({ framework, verdict }) => `${framework} ${verdict}`)).toEqual([
      'keras same',
      'torch same',
      'flax same',
      'mxnet same',
    ]);
    expect(neighbours[1]?.output).toEqual([1, 6, 3, 3]);
  });

  it('leaves out what is too long to list', () => {
    expect(explain(read('nn.Conv1d(1, 1, 3, 2)'), [1, 1, 2 ** 31 - 1]).unread).toEqual([null]);
    expect(explain(read('nn.Conv1d(1, 1, 3, 2)'), [1, 1, 65536]).unread).toEqual([[65535]]);
  });

  it('asks nobody else about several steps', () => {
    const { neighbours, problem } = explain(read('SeparableConv1D(4, 3)'), [1, 8, 2], elsewhere);
    expect(neighbours).toEqual([]);
    expect(problem).toBe('1x2x8 k3 g2 -> 2 then 1x2x6 k1 -> 4');
  });
});

describe('arithmetic', () => {
  it('of SAME', () => {
    expect(lines('Conv1D(1, 4, 2, "same")', [1, 64, 1])).toEqual([
      'SAME     (ceil(64 / 2) - 1) * 2 + 4 - 64 = (32 - 1) * 2 + 4 - 64 = 2',
      'pads     1 before, 1 after',
      'out      floor((64 + 1 + 1 - 4) / 2) + 1 = 32',
      'unpadded it would be floor((64 - 4) / 2) + 1 = 31',
    ]);
  });

  it('of dilation, of no padding, of what is left over', () => {
    expect(lines('nn.Conv1d(1, 1, 3, 3, dilation=2)', [1, 1, 10])).toEqual([
      'window   (3 - 1) * 2 + 1 = 5 positions wide',
      'pads     none',
      'out      floor((10 - 5) / 3) + 1 = 2',
      'unread   1, 6, 8..9: 4 of 10 are never read',
    ]);
    expect(lines('nn.Conv1d(1, 1, 3, 2, 1)', [1, 1, 8])).toEqual([
      'in all   3 - 1 = 2, what keeps the size at stride 1',
      'pads     1 before, 1 after',
      'out      floor((8 + 1 + 1 - 3) / 2) + 1 = 4',
      'unpadded it would be floor((8 - 3) / 2) + 1 = 3',
      'rest     the last position lies in no window',
    ]);
  });

  it('of a transposed convolution, cut and stretched', () => {
    expect(lines('nn.ConvTranspose1d(1, 1, 3, 2, 1)', [1, 1, 4])).toEqual([
      'natural  (4 - 1) * 2 + 3 = 9 positions written',
      'cut      1 before, 1 after: 7 are kept',
    ]);
    expect(lines('Conv1DTranspose(1, 1, 2)', [1, 4, 1])).toEqual([
      'natural  (4 - 1) * 2 + 1 = 7 positions written',
      'cut      0 before, 1 zeros added after: 8 are kept',
    ]);
  });

  it('of padding alone', () => {
    expect(lines('F.pad(x, (3, -1))', [1, 1, 8])).toEqual([
      'pads     3 before, 1 cut off after',
      'out      8 + 3 - 1 = 10',
    ]);
  });

  it('of nothing that fits', () => {
    expect(arithmetic(geometry({ axes: [{ size: 2, kernel: 3 }] }), 0)).toEqual([
      'pads     none',
      'out      0: a window of 3 does not fit into 2',
    ]);
  });

  it('is true: each out is what its own formula gives', () => {
    for (let size = 1; size <= 9; size++)
      for (let kernel = 1; kernel <= 4; kernel++)
        for (let stride = 1; stride <= 3; stride++)
          for (let before = -1; before <= 2; before++)
            for (let after = -1; after <= 2; after++) {
              const one = axis({ size, kernel, stride, dilation: 1 + (size % 2), before, after });
              const of = geometry({ axes: [one] });
              const said = arithmetic(of, 0);
              const formula = said
                .map((line) => /^out +floor\((.*)\) \+ 1 = (\d+)$/.exec(line))
                .find(Boolean);
              if (out(one) === 0) {
                expect(said.at(-1)).toMatch(/^out +0: /);
                continue;
              }
              const [, inside = '', result] = formula ?? [];
              expect(Number(result)).toBe(out(one));
              expect(Math.floor(new Function(`return ${inside}`)()) + 1).toBe(out(one));
              const never = said.find((line) => line.startsWith('unread'));
              expect(never?.match(/: (\d+) of/)?.[1] ?? '0').toBe(String(unread(one).length));
              expect(isTransposed(of)).toBe(false);
            }
  });

  it('keeps to 76 columns for sizes of seven digits', () => {
    const of = geometry({
      axes: [{ size: 1234567, kernel: 11, stride: 4, dilation: 3, before: 13, after: 14 }],
    });
    for (const line of arithmetic(of, 0)) expect(line.length).toBeLessThanOrEqual(76);
  });
});

it('axes that are alike are told once', () => {
  const of = (sizes: number[]) => geometry({ axes: sizes.map((size) => ({ size, kernel: 3 })) });
  expect(alike(of([8, 8, 8]))).toEqual([[0, 1, 2]]);
  expect(alike(of([8, 9, 8]))).toEqual([[0, 2], [1]]);
});

it('indices become ranges, the middle of many left out', () => {
  expect(ranges([])).toBe('');
  expect(ranges([5, 6, 7, 9])).toBe('5..7, 9');
  expect(ranges([0, 2, 4, 6, 8, 10, 12, 13])).toBe('0, 2, 4, ..., 12..13');
});

describe('words', () => {
  it('of a shift', () => {
    const [two, one] = [english.axes[2] ?? [], english.axes[1] ?? []];
    expect(english.shift([1, 1], two)).toBe('shifted 1 px down and right');
    expect(english.shift([-1, 2], two)).toBe('shifted 1 px up and 2 px right');
    expect(english.shift([0, -3], two)).toBe('shifted 3 px left');
    expect(english.shift([-1], one)).toBe('shifted 1 px earlier');
    expect(english.shift([1, 1, 1], english.axes[3] ?? [])).toBe('shifted 1 px later and down and right');
  });

  it('of the sizes that agree', () => {
    expect(english.agreeing(2, [1])).toBe('Equal only for odd sizes.');
    expect(english.agreeing(2, [0])).toBe('Equal only for even sizes.');
    expect(english.agreeing(1, [0])).toBe('Equal for every size.');
    expect(english.agreeing(4, [])).toBe('Equal for no size.');
    expect(english.agreeing(4, [1, 3])).toBe('Equal only for sizes with size mod 4 = 1 or 3.');
  });
});
