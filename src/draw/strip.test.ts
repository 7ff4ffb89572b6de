// Drawings, to be looked at; and what holds for every drawing: its width, and that each mark says what the window reads.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, axis, extent, out, source, span, start, transposedAxis } from '../geometry/index.ts';
import { strip } from './strip.ts';

const drawn = (of: Axis, transposed = false) => `\n${strip(of, transposed).join('\n')}\n`;

describe('a drawing of', () => {
  it('SAME on 8, stride 2', () => {
    expect(drawn(axis({ size: 8, kernel: 3, stride: 2, after: 1 }))).toMatchInlineSnapshot(`
      "
                 0 1 2 3 4 5 6 7 .
        out 0    ● ● ●
        out 1        ● ● ●
        out 2            ● ● ●
        out 3                ● ● ○
      "
    `);
  });

  it('dilation', () => {
    expect(drawn(axis({ size: 5, kernel: 2, dilation: 3, before: 2, after: 1 }))).toMatchInlineSnapshot(`
      "
                 . . 0 1 2 3 4 .
        out 0    ○ - - ●
        out 1      ○ - - ●
        out 2        ● - - ●
        out 3          ● - - ●
        out 4            ● - - ○
      "
    `);
  });

  it('a crop: what lies outside is not read', () => {
    expect(drawn(axis({ size: 6, kernel: 2, before: -1, after: -2 }))).toMatchInlineSnapshot(`
      "
                 0 1 2 3 4 5
        out 0      ● ●
        out 1        ● ●
      "
    `);
  });

  it('pads that copy, over their sources', () => {
    const of = axis({ size: 4, kernel: 3, before: 2, after: 2, fillBefore: 'reflect', fillAfter: 'wrap' });
    expect(drawn(of)).toMatchInlineSnapshot(`
      "
                 2 1 0 1 2 3 0 1
        out 0    ○ ○ ●
        out 1      ○ ● ●
        out 2        ● ● ●
        out 3          ● ● ●
        out 4            ● ● ○
        out 5              ● ○ ○
      "
    `);
  });

  it('a transposed axis as it writes', () => {
    expect(
      drawn(transposedAxis({ size: 3, kernel: 3, stride: 2, dilation: 1 }, 1, 6), true),
    ).toMatchInlineSnapshot(`
      "
        natural  0 1 2 3 4 5 6
        in 0     ● ● ●
        in 1         ● ● ●
        in 2             ● ● ●
        out      x 0 1 2 3 4 5
      "
    `);
  });

  it('the same as a window over holes', () => {
    expect(
      drawn(transposedAxis({ size: 3, kernel: 3, stride: 2, dilation: 1 }, 1, 6)),
    ).toMatchInlineSnapshot(`
      "
                 . 0 . 1 . 2 . .
        out 0    ○ ● ○
        out 1      ● ○ ●
        out 2        ○ ● ○
        out 3          ● ○ ●
        out 4            ○ ● ○
        out 5              ● ○ ○
      "
    `);
  });

  it('a long axis: its two ends', () => {
    expect(drawn(axis({ size: 1000, kernel: 3, stride: 2, after: 1 }))).toMatchInlineSnapshot(`
      "
                    0    1    2    3    4    5  ...  995  996  997  998  999    .
        out 0       ●    ●    ●                 ...
        out 1                 ●    ●    ●       ...
        ...
        out 498                                 ...         ●    ●    ●
        out 499                                 ...                   ●    ●    ○
      "
    `);
  });

  it('the longest one', () => {
    expect(drawn(axis({ size: 2 ** 31 - 1, kernel: 3 }))).toMatchInlineSnapshot(`
      "
                                0          1  ... 2147483645 2147483646
        out 0                   ●          ●  ...
        ...
        out 2147483644                        ...          ●          ●
      "
    `);
  });

  it('nothing, where no window fits or nothing is there', () => {
    expect(strip(axis({ size: 2, kernel: 3 }))).toEqual([]);
    expect(strip(axis({ size: 0, kernel: 1, before: 2 }))).toEqual([]);
  });
});

const small = fc
  .record({
    size: fc.integer({ min: 1, max: 9 }),
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    inputDilation: fc.integer({ min: 1, max: 2 }),
    before: fc.integer({ min: -1, max: 3 }),
    after: fc.integer({ min: -1, max: 3 }),
  })
  .map(axis);

it('marks what each window reads, in short drawings', () => {
  fc.assert(
    fc.property(small, (of) => {
      const [header, ...rows] = strip(of);
      if (header === undefined) {
        expect(out(of)).toBe(0);
        return;
      }
      const low = Math.min(0, -of.before);
      const high = Math.max(span(of), start(of, out(of) - 1) + extent(of));
      const width = (76 - 10 - 5) / Math.max(2, String(Math.max(-low, high, of.size)).length + 1);
      if (high - low > width) return;
      const cell = Math.max(2, String(Math.max(-low, high, of.size)).length + 1);
      for (const row of rows) {
        const o = Number(/^ {2}out (\d+)/.exec(row)?.[1] ?? Number.NaN);
        if (Number.isNaN(o)) continue;
        const marks = Array.from({ length: of.kernel }, (_, tap) => {
          const position = start(of, o) + tap * of.dilation;
          const wanted = 'index' in source(of, position) ? '●' : '○';
          return [row[10 + (position - low + 1) * cell - 1], wanted];
        });
        for (const [mark, wanted] of marks) expect(mark).toBe(wanted);
      }
    }),
    { numRuns: 2000 },
  );
});

it('is at most 80 columns and 11 lines, whatever the numbers, and quick', () => {
  const large = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }));
  const any = fc.record({
    size: large,
    kernel: fc.oneof(fc.integer({ min: 1, max: 20 }), large),
    stride: fc.oneof(fc.constant(1), large),
    dilation: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2 ** 21 })),
    inputDilation: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2 ** 21 })),
    before: fc.oneof(fc.constant(0), large),
    after: fc.oneof(fc.constant(0), large),
  });
  fc.assert(
    fc.property(any, fc.boolean(), (given, transposed) => {
      let of: Axis;
      try {
        of = axis({ ...given, ...(transposed ? { stride: 1 } : {}) });
      } catch {
        return;
      }
      const lines = strip(of, transposed);
      expect(lines.length).toBeLessThanOrEqual(11);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
    }),
    { numRuns: 2000 },
  );
});
