// Heat maps: their counts are those of the geometry, what never is read is hatched, and large inputs stay small figures.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Axis,
  axis,
  type Geometry,
  GeometryError,
  geometry,
  parse,
  utilisation,
} from '../geometry/index.ts';
import { reaching } from '../geometry/receptive.ts';
import { heatCounts } from './heat/counts.ts';
import { heatFigure, heatFigures } from './heat.ts';
import type { Box, Figure } from './picture.ts';
import { svg } from './svg.ts';

const boxes = (figure: Figure): readonly Box[] => figure.frame(0).marks.filter((mark) => mark.kind === 'box');
const cells = (figure: Figure) => boxes(figure).filter(({ place }) => place !== undefined);
const said = (figure: Figure) => String(figure.frame(0).description);
const drawn = (figure: Figure) => svg(figure.frame(0), figure.source);

describe('counts', () => {
  it('are the reads of one layer, the outputs reached through a stack', () => {
    const steps = [parse('1x1x9x8 k3 s2 p1 -> 1'), parse('1x1x5x4 k3 -> 1')] as const;
    expect(heatCounts([steps[0]])).toEqual(steps[0].axes.map(utilisation));
    expect(heatCounts(steps)).toEqual([0, 1].map((i) => reaching(steps.map(({ axes }) => axes[i] as Axis))));
  });

  it('of reflected padding count twice', () => {
    expect(heatCounts([parse('1x1x4 k3 p1 fill=reflect -> 1')])).toEqual([[2, 4, 4, 2]]);
  });

  it('of a pad of fewer axes fall to the last ones', () => {
    const steps = [parse('1x1x4x4 k1 -> 1'), parse('1x1x4 pad p1'), parse('1x1x4x6 k3 -> 1')];
    expect(heatCounts(steps)).toEqual([
      [1, 2, 2, 1],
      [2, 3, 3, 2],
    ]);
  });

  it('of too many are refused', () => {
    expect(() => heatCounts([parse('1x1x2147483647 k3 -> 1')])).toThrow(GeometryError);
  });
});

describe('a map', () => {
  it('of the textbook: 8x8 under 1x1, 2x2 and 3x3', async () => {
    const figure = heatFigures(
      [1, 2, 3].map((k) => ({ name: `${k}x${k}`, steps: [parse(`1x1x8x8 k${k} -> 1`)] })),
    );
    expect(cells(figure)).toHaveLength(3 * 64);
    const texts = cells(figure).map(({ text }) => text);
    expect(texts.slice(64, 72)).toEqual(['1', '2', '2', '2', '2', '2', '2', '1']);
    expect(texts.filter((text) => text === '9')).toHaveLength(16);
    await expect(drawn(figure)).toMatchFileSnapshot('__snapshots__/heat-three.svg');
  });

  it('hatches what is never read and says how much that is', async () => {
    const figure = heatFigure([parse('1x1x8x8 k3x5 s3x4 p0,1x0 -> 1')]);
    expect(cells(figure).filter(({ hatched, text }) => hatched && text === '0')).toHaveLength(24);
    expect(said(figure)).toBe(
      '1x1x8x8 k3x5 s3x4 p0,1x0 -> 1: A pixel is read once at most. 3 of 8 columns are never read.',
    );
    await expect(drawn(figure)).toMatchFileSnapshot('__snapshots__/heat-unread.svg');
  });

  it('of three axes is slices, equal ones once', async () => {
    const figure = heatFigure([parse('1x1x6x5x5 k3 -> 1')]);
    const names = figure.frame(0).marks.flatMap((mark) => (mark.kind === 'label' ? [String(mark.text)] : []));
    expect(names.filter((name) => name.startsWith('slice'))).toEqual([
      'slice 0',
      'slice 1',
      'slices 2 to 3',
      'slice 4',
      'slice 5',
    ]);
    await expect(drawn(figure)).toMatchFileSnapshot('__snapshots__/heat-slices.svg');
  });

  it('of a stack counts outputs', () => {
    expect(said(heatFigure([parse('1x1x7 k3 -> 1'), parse('1x1x5 k3 -> 1')]))).toMatch(
      /: Each element reaches 1 to 3 outputs\.$/,
    );
    expect(said(heatFigure([parse('1x1x6 k2 s2 -> 1'), parse('1x1x3 k2 s2 -> 1')]))).toMatch(
      /: An element reaches one output at most\. 2 of 6 elements reach no output\.$/,
    );
  });

  it('of a large input has the two ends, without numbers', () => {
    const figure = heatFigure([parse('1x1x224x224 k7 s2 p3 -> 1')]);
    expect(figure.frame(0).width).toBeLessThan(800);
    expect(boxes(figure).flatMap(({ text }) => text ?? [])).toEqual(['4', '6', '8', '9', '12', '16']);
    expect(figure.frame(0).tables[0]?.rows.length).toBeLessThanOrEqual(96);
  });

  it.each([
    ['1x1x4x8 k7 -> 1', 'No window fits, so nothing is read.'],
    ['1x1x0x8 k1 -> 1', 'The input is empty: there is nothing to read.'],
    ['1x1x2147483647x8 k3 -> 1', 'There are too many elements to count how often each is used.'],
    ['1x1x4 k1 s9 p1 -> 1', 'No element is read: windows see padding only.'],
  ])('of %s says: %s', (problem, sentence) => {
    expect(said(heatFigure([parse(problem)]))).toBe(`${problem}: ${sentence}`);
  });

  it('opens again from its source', () => {
    expect(heatFigure([parse('1x1x7 k3 -> 1'), parse('1x1x5 k3 -> 1')]).source).toBe(
      'heat 1x1x7 k3 -> 1 then 1x1x5 k3 -> 1',
    );
  });
});

const number = (least: number, most: number) => fc.integer({ min: least, max: most });
const fill = fc.constantFrom(0, 'reflect', 'wrap', 'replicate', 'symmetric') as fc.Arbitrary<0 | 'reflect'>;
const anyAxis = fc
  .record({
    size: number(0, 30),
    kernel: number(1, 5),
    stride: number(1, 4),
    dilation: number(1, 3),
    inputDilation: number(1, 3),
    before: number(-4, 6),
    after: number(-4, 6),
    overhang: number(0, 2),
    fillBefore: fill,
    fillAfter: fill,
  })
  .map(axis);
const anyGeometry = fc
  .array(anyAxis, { minLength: 1, maxLength: 3 })
  .map((axes): Geometry => geometry({ axes, operation: 'max', channels: 1 }));

it('draws any geometry, every cell its count', () => {
  fc.assert(
    fc.property(anyGeometry, (of) => {
      const figure = heatFigure([of]);
      const counts = heatCounts([of]);
      const { width, height } = figure.frame(0);
      expect(Number.isFinite(width) && Number.isFinite(height)).toBe(true);
      if (of.axes.length === 3) return;
      for (const { text, place } of cells(figure)) {
        const count = place?.index.reduce((product, at, i) => product * (counts[i]?.[at] ?? Number.NaN), 1);
        if (text !== undefined) expect(text).toBe(String(count));
      }
    }),
    { numRuns: 150 },
  );
});

it('draws any pair of geometries as a stack', () => {
  fc.assert(
    fc.property(anyGeometry, anyGeometry, (one, other) => {
      expect(drawn(heatFigure([one, other]))).not.toMatch(/NaN|undefined|Infinity/);
    }),
    { numRuns: 80 },
  );
});
