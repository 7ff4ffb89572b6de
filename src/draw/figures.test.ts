// Figures of a layer's other shapes: their numbers against the engine's, what holds for every figure, and drawings to be
// looked at.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axis,
  extent,
  type Fill,
  type Geometry,
  GeometryError,
  geometry,
  isTransposed,
  LARGEST,
  out,
  parse,
} from '../geometry/index.ts';
import { conv, convTranspose, maxPool, tensor, toArray } from '../index.ts';
import { draw } from '../words/chinese/draw.ts';
import { chinese } from '../words/chinese/index.ts';
import { channelsFigure } from './channels.ts';
import { windowFigure } from './layer.ts';
import { arithmeticLines, counting, readings } from './numbers.ts';
import type { Box, Figure, Mark, Picture } from './picture.ts';
import { scatterFigure } from './scatter.ts';
import { stripFigure } from './strips.ts';
import { svg } from './svg.ts';
import { dark, paper } from './theme.ts';

const boxes = (marks: readonly Mark[], grid: string): Box[] =>
  marks.filter((mark): mark is Box => mark.kind === 'box' && mark.place?.grid === grid);
const numbersOf = (picture: Picture, grid: string) =>
  new Map(boxes(picture.marks, grid).map(({ place, text }) => [place?.index.join(), Number(text)]));

/** Nested numbers by their indices. */
function* entries(nested: unknown, index: readonly number[] = []): Generator<[string, number]> {
  if (!Array.isArray(nested)) yield [index.join(), nested as number];
  else for (const [i, one] of nested.entries()) yield* entries(one, [...index, i]);
}

/** 0, 1, 2, ... as the figures count. */
function filled(sizes: readonly number[]): unknown {
  const count = sizes.reduce((product, size) => product * size, 1);
  let next = 0;
  const nest = ([size, ...rest]: readonly number[]): unknown =>
    size === undefined
      ? count > 100
        ? next++ % 10
        : next++
      : Array.from({ length: size }, () => nest(rest));
  return nest(sizes);
}

const array = (sizes: readonly number[]) => tensor([[filled(sizes)]] as never);
const channel = (nested: unknown) => new Map(entries((nested as unknown[][])[0]?.[0]));

const small = (rank: number) =>
  fc
    .record({
      sizes: fc.array(fc.integer({ min: 3, max: 5 }), { minLength: rank, maxLength: rank }),
      kernels: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: rank, maxLength: rank }),
      stride: fc.integer({ min: 1, max: 3 }),
      pads: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
      flip: fc.boolean(),
    })
    .map((given) => given);

describe('the numbers of a figure', () => {
  it.each([1, 2, 3])('are those of conv, %i axes', (rank) => {
    fc.assert(
      fc.property(small(rank), ({ sizes, kernels, stride, pads, flip }) => {
        const padding = sizes.map(() => pads);
        const y = conv(array(sizes), array(kernels), { stride, padding, flip });
        const axes = sizes.map((size, i) => ({
          size,
          kernel: kernels[i] as number,
          stride,
          before: pads[0],
          after: pads[1],
        }));
        const of = geometry({ axes, flip });
        const picture = windowFigure(of).frame(0);
        const drawn = numbersOf(picture, 'output');
        if (rank < 3) expect(drawn).toEqual(channel(toArray(y)));
        else for (const [index, value] of drawn) expect(channel(toArray(y)).get(index as string)).toBe(value);
      }),
      { numRuns: 40 },
    );
  });

  it.each([1, 2])('are those of a maximum, %i axes', (rank) => {
    fc.assert(
      fc.property(small(rank), ({ sizes, kernels, stride }) => {
        const y = maxPool(array(sizes), kernels, { stride });
        const axes = sizes.map((size, i) => ({ size, kernel: kernels[i] as number, stride }));
        const picture = windowFigure(geometry({ axes, operation: 'max' })).frame(0);
        expect(numbersOf(picture, 'output')).toEqual(channel(toArray(y)));
      }),
      { numRuns: 40 },
    );
  });

  it.each([1, 2])('are those of a transposed convolution, scattered, %i axes', (rank) => {
    const layers = fc.record({
      layer: small(rank),
      crop: fc.integer({ min: -1, max: 1 }),
      extra: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(layers, ({ layer: { sizes, kernels, stride }, crop, extra }) => {
        const of = geometry({
          flip: true,
          axes: sizes.map((size, i) => {
            const kernel = kernels[i] as number;
            return {
              size,
              kernel,
              inputDilation: stride,
              before: kernel - 1 - crop,
              after: kernel - 1 - crop + extra,
            };
          }),
        });
        if (of.axes.some((one) => out(one) === 0)) return;
        const picture = scatterFigure(of, { limit: 40 }).frame(0);
        const natural = numbersOf(picture, 'natural');
        const wanted = channel(toArray(convTranspose(array(sizes), array(kernels), { stride })));
        for (const [index, value] of wanted) expect(natural.get(index)).toBe(value);
        const window = windowFigure(of, { limit: 40 }).frame(0);
        for (const [index, value] of numbersOf(window, 'output')) {
          const place = (index as string).split(',').map((one) => Number(one) + crop);
          expect(natural.get(place.join())).toBe(value);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stand in the arithmetic of every frame', () => {
    const of = parse('1x1x5x5 k2 s2 p1 -> 1');
    const figure = windowFigure(of);
    for (let frame = 0; frame < figure.frames; frame++) {
      const { moving, description } = figure.frame(frame);
      const shown = boxes(moving, 'input').map(({ text }) => Number(text));
      const [row = 0, column = 0] = [Math.floor(frame / 3), frame % 3];
      const read = readings(of, counting(of), [row, column]);
      expect(shown).toEqual(read.map(({ value }) => value));
      for (const line of arithmeticLines(of, read)) expect(String(description)).toContain(line);
    }
  });
});

const FILLS: readonly Fill[] = [0, 0, 0, 1, -Infinity, 'reflect', 'symmetric', 'replicate', 'wrap'];

const any = fc
  .record({
    rank: fc.integer({ min: 1, max: 3 }),
    operation: fc.constantFrom<Geometry['operation'][]>('conv', 'conv', 'max', 'average', 'pad'),
    axis: fc.record({
      size: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 80 }), fc.constant(LARGEST)),
      kernel: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 90 }), fc.constant(LARGEST)),
      stride: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(LARGEST)),
      dilation: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4 })),
      inputDilation: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 3 })),
      before: fc.oneof(fc.integer({ min: -3, max: 4 }), fc.constantFrom(-LARGEST, LARGEST)),
      after: fc.oneof(fc.integer({ min: -3, max: 4 }), fc.constantFrom(-LARGEST, LARGEST)),
      overhang: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 })),
      fillBefore: fc.constantFrom(...FILLS),
      fillAfter: fc.constantFrom(...FILLS),
    }),
    other: fc.record({ size: fc.integer({ min: 0, max: 20 }), kernel: fc.integer({ min: 1, max: 4 }) }),
    channels: fc.constantFrom(0, 1, 3, 12, 2 ** 20),
    filters: fc.constantFrom(0, 1, 4, 96),
    groups: fc.constantFrom(1, 1, 3, 12),
    flip: fc.boolean(),
  })
  .map((given): Geometry | null => {
    const { rank, operation, channels, filters, groups, flip } = given;
    try {
      const divides = channels % groups === 0 && filters % groups === 0;
      const kernel = operation === 'pad' ? 1 : given.axis.kernel;
      const axes = [
        axis({ ...given.axis, kernel }),
        ...Array.from({ length: rank - 1 }, () => axis(given.other)),
      ];
      return geometry({
        operation,
        channels,
        ...(operation === 'conv' ? { filters } : {}),
        groups: operation === 'conv' && divides ? groups : 1,
        axes,
        flip,
      });
    } catch {
      return null;
    }
  });

/** Every figure there is of a layer. */
function figuresOf(of: Geometry): (readonly [string, Figure])[] {
  const some: [string, () => Figure][] = [
    ['window', () => windowFigure(of)],
    ['lens', () => windowFigure(of, { lens: true })],
    ['together', () => windowFigure(of, { together: [of.axes.map(() => 0), of.axes.map(() => 1)] })],
    ['strip', () => stripFigure(of)],
    ['strip, first axis', () => stripFigure(of, { axis: 0, compareUnpadded: true })],
    ['strip, transposed', () => stripFigure(of, { axis: 0, transposed: true })],
    ['channels', () => channelsFigure(of)],
    ['scatter', () => scatterFigure(of)],
  ];
  return some.flatMap(([name, make]) => {
    try {
      return [[name, make()] as const];
    } catch (error) {
      const refused = name === 'scatter' && error instanceof GeometryError && error.code === 'unsupported';
      if (refused) return [];
      throw error;
    }
  });
}

describe('a figure of any layer', () => {
  it('has frames of one size, and the same marks unless it is a lens', () => {
    fc.assert(
      fc.property(any, (of) => {
        if (of === null) return;
        for (const [name, figure] of figuresOf(of)) {
          expect(figure.frames).toBeGreaterThanOrEqual(1);
          expect((figure.shape ?? [figure.frames]).reduce((all, size) => all * size, 1)).toBe(figure.frames);
          const first = figure.frame(0);
          for (const frame of [0, Math.floor(figure.frames / 2), figure.frames - 1]) {
            const picture = figure.frame(frame);
            const what = `${name} ${figure.source} frame ${frame}`;
            expect([picture.width, picture.height], what).toEqual([first.width, first.height]);
            expect(picture.width, what).toBeLessThan(6000);
            if (name !== 'lens') expect(picture.marks === first.marks, what).toBe(true);
            expect(outside(picture), what).toEqual([]);
            const text = svg(picture, figure.source);
            expect(text, what).not.toMatch(/="[^"]*(?:NaN|undefined)/);
            expect(String(picture.title), what).not.toBe('');
            expect(String(picture.description), what).not.toBe('');
            expect(picture.tables.length, what).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('scatters every transposed convolution of one or two axes that pads with zeros, and refuses the others in a sentence', () => {
    expect(() => scatterFigure(parse('1x1x5 k3 -> 1'))).toThrow(
      'scatter: expected a transposed convolution, received 1x1x5 k3 -> 1',
    );
    expect(() => scatterFigure(parse('1x1x5 k3 i2 p1 fill=reflect flip -> 1'))).toThrow(
      'whose padding is zero',
    );
    expect(() => scatterFigure(parse('1x1x5x5x5 k3 i2 flip -> 1'))).toThrow('one or two axes');
    expect(() => stripFigure(parse('1x1x5 k3 -> 1'), { axis: 1 })).toThrow(
      'axis: expected 0 to 0, received 1',
    );
    expect(isTransposed(parse('1x1x5 k3 i2 p1 flip -> 1'))).toBe(true);
  });
});

/** The marks that lie outside their picture. */
function outside({ width, height, marks, moving }: Picture): Mark[] {
  return [...marks, ...moving].filter((mark) => {
    const points =
      mark.kind === 'line'
        ? mark.points
        : mark.kind === 'label'
          ? [[mark.x, mark.y] as const]
          : [[mark.x, mark.y] as const, [mark.x + mark.width, mark.y + mark.height] as const];
    return points.some(([x, y]) => !(x >= -1 && x <= width + 1 && y >= -1 && y <= height + 1));
  });
}

describe('the strip of all windows', () => {
  it('says why 32 and not 31', () => {
    const { description, moving } = stripFigure(parse('1x3x64x64 k4 s2 p1 -> 6'), {
      compareUnpadded: true,
    }).frame(6);
    expect(String(description)).toBe(
      '32 windows fit: floor((64 + 1 + 1 - 4) / 2) + 1 = 32. Without padding: 31 windows fit: floor((64 - 4) / 2) + 1 = 31. Output 31 reads positions 61..64.',
    );
    expect(moving.length).toBeGreaterThan(0);
  });

  it('counts the windows of every axis', () => {
    fc.assert(
      fc.property(small(1), ({ sizes, kernels, stride, pads }) => {
        const of = geometry({
          axes: [
            {
              size: sizes[0] as number,
              kernel: kernels[0] as number,
              stride,
              before: pads[0],
              after: pads[1],
            },
          ],
        });
        const [one] = of.axes as [Geometry['axes'][number]];
        const figure = stripFigure(of);
        expect(figure.frames).toBe(Math.max(1, out(one)));
        // After the windows stands the one that does not fit, where there is one.
        const rows = (figure.frame(0).tables[0]?.rows ?? []).slice(0, out(one));
        expect(rows.map(([, from]) => from)).toEqual(
          Array.from({ length: out(one) }, (_, o) => o * stride - pads[0]),
        );
        expect(rows.map(([, , to]) => to)).toEqual(
          Array.from({ length: out(one) }, (_, o) => o * stride - pads[0] + extent(one) - 1),
        );
      }),
      { numRuns: 100 },
    );
  });
});

const catalogue = { ...chinese, ...draw };

describe('a drawing', () => {
  const drawings: readonly (readonly [string, string])[] = [
    ['line-causal', drawn(windowFigure(parse('1x1x8 k3 p2,0 -> 1')), 2)],
    ['line-dilated', drawn(windowFigure(parse('1x1x10 k3 s2 d2 p2 -> 1')), 2)],
    ['strip-why-32', drawn(stripFigure(parse('1x3x64x64 k4 s2 p1 -> 6'), { compareUnpadded: true }), 6)],
    ['strip-remainder', drawn(stripFigure(parse('1x1x8 k3 s2 -> 1')), 0)],
    ['slices', drawn(windowFigure(parse('1x1x4x4x4 k2 -> 1')), 14)],
    ['scatter-line', drawn(scatterFigure(parse('1x1x3 k3 i2 p1,2 flip -> 1')), 1)],
    ['scatter-grid', drawn(scatterFigure(parse('1x1x3x3 k3 i2 p1,2 flip -> 1')), 4)],
    ['channels-grouped', drawn(channelsFigure(parse('1x4x8x8 k3 p1 g2 -> 6')), 4)],
    [
      'channels-depthwise-chinese-dark',
      svg(channelsFigure(parse('1x32x112x112 k3 p1 g32 -> 32')).frame(1), 'channels', {
        catalogue,
        language: 'zh',
        theme: dark,
      }),
    ],
    ['window-padded', drawn(windowFigure(parse('1x1x3x3 k2 p1 -> 1')), 1)],
    [
      'window-strided',
      drawn(
        windowFigure(parse('1x1x3x3 k2 s3x2 p1 -> 1'), {
          together: [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ],
        }),
        0,
      ),
    ],
    ['window-dilated', drawn(windowFigure(parse('1x1x7x7 k3 s2 d2 p2 -> 1')), 4)],
    ['window-ceil-mode', drawn(windowFigure(parse('1x1x5x5 max k2 s2 o1')), 8)],
    ['window-reflect', drawn(windowFigure(parse('1x1x4x4 k3 p2 fill=reflect -> 1')), 0)],
    ['window-crop', drawn(windowFigure(parse('1x1x6x6 k2 p-1,-2 -> 1')), 0)],
    ['window-64-ends', drawn(windowFigure(parse('1x3x64x64 k4 s2 p1 -> 6')), 0)],
    [
      'window-64-lens-print',
      svg(windowFigure(parse('1x3x64x64 k4 s2 p1 -> 6'), { lens: true }).frame(330), 'window', {
        theme: paper,
      }),
    ],
  ];

  it.each(drawings)('%s', async (name, text) => {
    await expect(text).toMatchFileSnapshot(`__snapshots__/${name}.svg`);
  });
});

function drawn(figure: Figure, frame: number): string {
  return svg(figure.frame(frame), figure.source);
}
