// Two layers overlaid: the verdict, where the windows lie, and that any two layers can be drawn.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSteps } from '../explain/index.ts';
import { axis, type Geometry, geometry, parse } from '../geometry/index.ts';
import { driftFigure } from './drift.ts';
import type { Box, Figure } from './picture.ts';
import { shiftFigure } from './shift.ts';
import { shiftMapFigure } from './shift-map.ts';
import { svg } from './svg.ts';

const names = ['torch', 'keras'] as const;
const drawn = (figure: Figure, frame = 0) => svg(figure.frame(frame), figure.source);
const verdict = (first: string, second: string) =>
  String(shiftFigure(parse(first), parse(second), { names }).frame(0).description);
const windows = (figure: Figure, grid: string) =>
  figure.frame(0).marks.filter((mark): mark is Box => mark.kind === 'box' && mark.place?.grid === grid);

describe('two layers over one axis', () => {
  it('of one shape that look a pixel apart', async () => {
    const figure = shiftFigure(parse('1x1x8 k3 s2 p1 -> 1'), parse('1x1x8 k3 s2 p0,1 -> 1'), { names });
    const [first, second] = [windows(figure, 'first'), windows(figure, 'second')];
    expect(first).toHaveLength(4);
    expect(second.map(({ x }, i) => x - (first[i]?.x ?? 0))).toEqual([32, 32, 32, 32]);
    expect(figure.source).toBe('shift 1x1x8 k3 s2 p1 -> 1 vs 1x1x8 k3 s2 p0,1 -> 1 with names=torch,keras');
    await expect(drawn(figure)).toMatchFileSnapshot('__snapshots__/shift.svg');
  });

  it.each([
    [
      '1x1x8 k3 s2 p1 -> 1',
      '1x1x8 k3 s2 p0,1 -> 1',
      'Same shape, shifted by 1 input px. keras looks 1 input px further to the right than torch.',
    ],
    [
      '1x1x8 k3 p0,2 -> 1',
      '1x1x8 k3 p2,0 -> 1',
      'Same shape, shifted by 2 input px. keras looks 2 input px further to the left than torch.',
    ],
    [
      '1x1x8 k3 p1 -> 1',
      '1x1x8 k3 p1,2 s1 -> 1',
      'Different shapes: 8 outputs from torch, 9 from keras. Output 0 is centred at the same place in both.',
    ],
    [
      '1x1x8 k3 p1 -> 1',
      '1x1x8 k3 p1 -> 1',
      'The same shape and the same pixels: every window reads what the other reads.',
    ],
    [
      '1x1x8 k3 p1 -> 1',
      '1x1x8 k3 p1 fill=reflect -> 1',
      'Same shape and same centres, but what the windows read differs.',
    ],
    [
      '1x1x9 k1 s2 -> 1',
      '1x1x9 k1 p0,-4 -> 1',
      'Same shape, but the windows drift apart. The shift is 0 input px at output 0 and -4 input px at output 4.',
    ],
    ['1x1x8 k3 -> 1', '1x1x9 k3 -> 1', 'Different inputs: 8 elements for torch, 9 for keras.'],
    ['1x1x2 k3 -> 1', '1x1x2 k4 -> 1', 'No window fits, so there is no output.'],
  ])('%s and %s: %s', (first, second, sentence) => {
    expect(verdict(first, second)).toBe(sentence);
  });

  it('of a long input shows the two ends', () => {
    const figure = shiftFigure(parse('1x1x224 k7 s2 p3 -> 1'), parse('1x1x224 k7 s2 p2,3 -> 1'), { names });
    const outputs = windows(figure, 'first').map(({ place }) => place?.index[0]);
    expect(outputs).toEqual([0, 1, 2, 3, 109, 110, 111]);
    expect(figure.frame(0).width).toBeLessThan(1200);
  });

  it('take the first axis on which they differ', () => {
    const figure = shiftFigure(parse('1x1x9x8 k3 p1 -> 1'), parse('1x1x9x8 k3 p1x0,2 -> 1'), { names });
    expect(String(figure.frame(0).description)).toMatch(/shifted by 1 input px/);
  });
});

it('on a grid an arrow leads from one centre to the other', async () => {
  const figure = shiftMapFigure(parse('1x1x8x8 k3 s2 p1 -> 1'), parse('1x1x8x8 k3 s2 p0,1 -> 1'), { names });
  expect(figure.frames).toBe(16);
  expect(String(figure.frame(5).description)).toBe(
    'Output (1, 1): torch is centred at (2, 2), keras at (3, 3); shift (1, 1) input px.',
  );
  await expect(drawn(figure, 5)).toMatchFileSnapshot('__snapshots__/shift-map.svg');
});

it('of transposed layers a shift is counted in output pixels, as a comparison counts it', () => {
  const pair = [parse('1x1x4x4 k4 i2 p2,1x1 flip -> 1'), parse('1x1x4x4 k4 i2 p1,2x1 flip -> 1')] as const;
  const { verdict, shift } = compareSteps([pair[0]], [pair[1]]);
  expect([verdict, shift]).toEqual(['shifted', [1, 0]]);
  const figure = shiftFigure(...pair, { names }).frame(0);
  expect(String(figure.description)).toBe(
    'Same shape, shifted by 1 output px (0.5 input px). keras looks 1 output px further to the right than torch.',
  );
  expect(figure.tables[0]?.rows.map((row) => row.at(-1))).toEqual(Array(7).fill('1'));
  expect(String(figure.tables[0]?.head.at(-1))).toBe('shift, in output px');
  const map = shiftMapFigure(...pair, { names }).frame(0);
  expect(String(map.description)).toMatch(/; shift \(1, 0\) output px\.$/);
});

it('with depth the two drift apart', async () => {
  const stack = (pads: string) => [32, 16, 8, 4].map((size) => parse(`1x1x${size} k3 s2 p${pads} -> 1`));
  const figure = driftFigure([stack('1'), stack('0,1')], { names });
  expect(figure.frame(0).tables[0]?.rows).toEqual([
    ['1', '0', '1', '+1'],
    ['2', '0', '3', '+3'],
    ['3', '0', '7', '+7'],
    ['4', '0', '15', '+15'],
  ]);
  await expect(drawn(figure)).toMatchFileSnapshot('__snapshots__/drift.svg');
});

it('a pad belongs to the layer after it', () => {
  const padded = [parse('1x1x8 pad p1'), parse('1x1x10 k3 s2 -> 1')];
  const figure = driftFigure([padded, [parse('1x1x8 k3 s2 p1 -> 1')]], { names });
  expect(String(figure.frame(0).description)).toBe('After one layer both look at the same places.');
});

const number = (least: number, most: number) => fc.integer({ min: least, max: most });
const large = fc.oneof(
  { weight: 5, arbitrary: number(1, 40) },
  { weight: 1, arbitrary: number(1, 2 ** 31 - 1) },
);
const fill = fc.constantFrom(0, 'reflect', 'wrap') as fc.Arbitrary<0 | 'reflect'>;
const anyAxis = fc.record({
  size: fc.oneof(fc.constant(0), large),
  kernel: fc.oneof(number(1, 7), large),
  stride: fc.oneof(number(1, 4), large),
  dilation: number(1, 3),
  inputDilation: number(1, 3),
  before: fc.oneof(number(-5, 8), large),
  after: fc.oneof(number(-5, 8), large),
  overhang: number(0, 2),
  fillBefore: fill,
  fillAfter: fill,
});
const anyGeometry = fc
  .array(anyAxis, { minLength: 1, maxLength: 3 })
  .map((axes): Geometry => geometry({ axes: axes.map(axis), operation: 'max', channels: 1 }));

it('draws any two layers, frames of one size that share their marks', () => {
  fc.assert(
    fc.property(anyGeometry, anyGeometry, (one, other) => {
      const figures = [
        shiftFigure(one, other, { names }),
        shiftMapFigure(one, other, { names }),
        driftFigure([[one], [other]], { names }),
      ];
      for (const figure of figures) {
        const [first, last] = [figure.frame(0), figure.frame(figure.frames - 1)];
        expect(last.marks).toEqual(first.marks);
        expect([last.width, last.height]).toEqual([first.width, first.height]);
        expect(first.width).toBeLessThan(2500);
        expect(drawn(figure, figure.frames - 1)).not.toMatch(/NaN|undefined|Infinity/);
      }
    }),
    { numRuns: 300 },
  );
});
