// Receptive fields: what is highlighted is what the geometry reaches, all frames share their marks, and nothing throws.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axis, type Geometry, geometry, out, parse } from '../geometry/index.ts';
import { reached } from '../geometry/receptive.ts';
import type { Box, Figure } from './picture.ts';
import { reachFigure } from './reach.ts';
import { reachMapFigure } from './reach-map.ts';
import { svg } from './svg.ts';

const read = (figure: Figure, frame: number): Box[] =>
  figure.frame(frame).moving.filter((mark): mark is Box => mark.kind === 'box' && mark.paint === 'window');
const drawn = (figure: Figure, frame: number) => svg(figure.frame(frame), figure.source);
const STACK = ['1x1x16 k3 s2 p1 -> 1', '1x1x8 k3 p1 -> 1', '1x1x8 k3 s2 p0,1 -> 1'].map(parse);

describe('a receptive field', () => {
  it('is drawn row by row', async () => {
    const figure = reachFigure(STACK);
    expect(figure.frames).toBe(4);
    expect(read(figure, 2).map(({ text }) => text)).toEqual(
      [4, 5, 6, 3, 4, 5, 6, 7, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].map(String),
    );
    expect(String(figure.frame(2).description)).toBe(
      'Output 2 reads 11 elements, 5 to 15. Its receptive field is 11 wide and centred at 10.',
    );
    expect(String(figure.frame(0).description)).toBe(
      'Output 0 reads 8 elements, 0 to 7. Its receptive field is 11 wide, 3 of it outside the input, and centred at 2.',
    );
    expect(figure.frame(2).tables[0]?.rows.map((row) => row.slice(1))).toEqual([
      [16, 1, 1, '5..15'],
      [8, 3, 2, '3..7'],
      [8, 7, 2, '4..6'],
      [4, 11, 4, '2'],
    ]);
    await expect(drawn(figure, 2)).toMatchFileSnapshot('__snapshots__/reach-stack.svg');
  });

  it('has its cells where they look: outputs a jump apart', () => {
    const { marks } = reachFigure(STACK).frame(0);
    const outputs = marks.filter((mark): mark is Box => mark.kind === 'box' && mark.place?.grid === 'output');
    expect(outputs.map(({ place }) => place?.frame)).toEqual([0, 1, 2, 3]);
    const [first, second] = outputs as [Box, Box];
    expect(second.x - first.x).toBe(4 * 32);
  });

  it('leaves out what dilation skips', () => {
    const figure = reachFigure([parse('1x1x20 k3 d4 p4 -> 1')]);
    expect(read(figure, 5).map(({ text }) => text)).toEqual(['1', '5', '9']);
    expect(String(figure.frame(5).description)).toMatch(/^Output 5 reads 3 of the elements 1 to 9\./);
  });

  it('of a transposed step shows the holes', async () => {
    const figure = reachFigure([parse('1x1x4 k3 i2 p1,2 -> 1')]);
    expect(figure.frames).toBe(8);
    await expect(drawn(figure, 3)).toMatchFileSnapshot('__snapshots__/reach-transposed.svg');
  });

  it('on long rows moves along with its output', () => {
    const figure = reachFigure([parse('1x1x512 k3 p1 -> 1')]);
    expect(figure.frames).toBe(400);
    expect(read(figure, 300).map(({ text }) => text)).toEqual(['299', '300', '301']);
    expect(figure.frame(300).width).toBe(figure.frame(0).width);
    const around = reachFigure([parse('1x1x512 k3 p1 -> 1')], { around: 511 });
    expect(read(around, 399).map(({ text }) => text)).toEqual(['510', '511']);
  });

  it('of many elements is bars', () => {
    const figure = reachFigure([parse('1x1x1000 k100 s50 p50 -> 1'), parse('1x1x21 k3 -> 1')]);
    expect(read(figure, 3)).toHaveLength(2);
  });

  it.each([
    ['1x1x4 k7 -> 1', 'No window fits, so there is no output.'],
    ['1x1x0 k7 -> 1', 'The input is empty: there is nothing to read.'],
  ])('of %s says: %s', (problem, sentence) => {
    expect(String(reachFigure([parse(problem)]).frame(0).description)).toBe(sentence);
    expect(String(reachMapFigure([parse(problem)]).frame(0).description)).toBe(sentence);
  });

  it('of the largest numbers answers at once', () => {
    const figure = reachFigure([parse('1x1x2147483647 k2147483647 p2147483647 -> 1')]);
    expect(drawn(figure, 0)).not.toMatch(/NaN|undefined/);
    const many = Array.from({ length: 60 }, () => parse('1x1x2147483647 k2147483647 s2147483647 -> 1'));
    expect(String(reachFigure(many).frame(0).description)).toBe('These steps are too large to be drawn.');
  });
});

describe('its map', () => {
  it('shows the exact pixels', async () => {
    const figure = reachMapFigure([parse('1x1x8x8 k3 d2 p2x1 -> 1'), parse('1x1x8x6 k2 s2 -> 1')]);
    expect(figure.frames).toBe(12);
    expect(String(figure.frame(4).description)).toBe(
      'Output (1, 1) reads 36 pixels: 0..5 x 1..6. Its receptive field is 6×6 and centred at (2.5, 3.5).',
    );
    await expect(drawn(figure, 4)).toMatchFileSnapshot('__snapshots__/reach-map.svg');
  });
});

const number = (least: number, most: number) => fc.integer({ min: least, max: most });
const fill = fc.constantFrom(0, 'reflect', 'wrap') as fc.Arbitrary<0 | 'reflect'>;
const window = fc.record({
  kernel: number(1, 5),
  stride: number(1, 3),
  dilation: number(1, 3),
  inputDilation: number(1, 3),
  before: number(-3, 5),
  after: number(-3, 5),
  overhang: number(0, 2),
  fillBefore: fill,
  fillAfter: fill,
});

/** Steps in turn, each on what the one before it gives. */
const stacks = fc
  .tuple(number(0, 40), fc.array(window, { minLength: 1, maxLength: 4 }))
  .map(([size, windows]) => {
    const steps: Geometry[] = [];
    let given = size;
    for (const one of windows) {
      const of = axis({ size: given, ...one });
      steps.push(geometry({ axes: [of, of], operation: 'max', channels: 1 }));
      given = out(of);
    }
    return steps;
  });

it('draws any stack: frames of one size that share their marks, and on top what is reached', () => {
  fc.assert(
    fc.property(stacks, (steps) => {
      for (const figure of [reachFigure(steps), reachMapFigure(steps)]) {
        const [first, last] = [figure.frame(0), figure.frame(figure.frames - 1)];
        expect(last.marks).toEqual(first.marks);
        expect([last.width, last.height]).toEqual([first.width, first.height]);
        expect(drawn(figure, figure.frames - 1)).not.toMatch(/NaN|undefined|Infinity/);
      }
      const axes = steps.map(({ axes: [first] }) => first as NonNullable<typeof first>);
      const windows = out(axes.at(-1) as (typeof axes)[number]);
      if (windows === 0 || axes[0]?.size === 0) return;
      const count = reached(axes, 0).elements.reduce((sum, { from, to }) => sum + to - from + 1, 0);
      const table = String(reachFigure(steps).frame(0).description);
      if (count > 1) expect(table).toContain(`Output 0 reads ${count} `);
    }),
    { numRuns: 150 },
  );
});
