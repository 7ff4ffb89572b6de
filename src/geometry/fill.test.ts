import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAxis, windows } from '../../test/axes.ts';
import { axis, type Fill, out, start } from './axis.ts';
import { source } from './fill.ts';

/** The input [0, size) padded as numpy.pad does: one layer of elements after the other around what is there. */
function numpyPad(size: number, before: number, after: number, fill: Fill): (number | string)[] {
  const input = Array.from({ length: size }, (_, i): number | string => i);
  if (typeof fill === 'number') return [...pads(before, fill), ...input, ...pads(after, fill)];
  if (fill === 'replicate') {
    const [first = 0, last = size - 1] = [input[0], input.at(-1)];
    return [
      ...Array<number | string>(before).fill(first),
      ...input,
      ...Array<number | string>(after).fill(last),
    ];
  }
  // A block that repeats: the input, and where it is mirrored its mirror image, without the ends for reflect.
  const mirror = input.toReversed();
  const block = {
    wrap: input,
    symmetric: [...input, ...mirror],
    reflect: size === 1 ? input : [...input, ...mirror.slice(1, -1)],
  }[fill];
  const lead = Math.ceil(before / block.length);
  const many = lead + Math.ceil((size + after) / block.length);
  const row = Array.from({ length: many }, () => block).flat();
  return row.slice(lead * block.length - before, lead * block.length + size + after);
}

function pads(count: number, fill: number): string[] {
  return Array<string>(count).fill(`= ${fill}`);
}

function ours(size: number, before: number, after: number, fill: Fill): (number | string)[] {
  const one = axis({ size, kernel: 1, before, after, fillBefore: fill, fillAfter: fill });
  return Array.from({ length: out(one) }, (_, o) => {
    const found = source(one, start(one, o));
    return 'index' in found ? found.index : `= ${found.constant}`;
  });
}

describe('source', () => {
  it.each([0, -Infinity, 'reflect', 'symmetric', 'replicate', 'wrap'] as const)(
    'pads by %s as numpy.pad',
    (fill) => {
      const wrong: string[] = [];
      for (let size = 1; size <= 6; size++)
        for (let before = 0; before <= 15; before++)
          for (let after = 0; after <= 15; after++)
            if (ours(size, before, after, fill).join() !== numpyPad(size, before, after, fill).join())
              wrong.push(`${size} ${before} ${after}`);
      expect(wrong.slice(0, 5)).toEqual([]);
    },
  );

  it.each([
    ['reflect', '3 2 1 0 1 2 3 2 1 0 1'],
    ['symmetric', '2 2 1 0 0 1 2 3 3 2 1 0'],
    ['replicate', '0 0 0 0 1 2 3 3 3 3 3'],
    ['wrap', '1 2 3 0 1 2 3 0 1 2 3'],
  ] as const)('%s, recorded', (fill, expected) => {
    // numpy.pad(numpy.arange(4), (3, 4), mode)
    const row = ours(4, 3, 4, fill).join(' ');
    expect(fill === 'symmetric' ? `2 ${row}` : row).toBe(expected);
  });

  it('has holes of zero between the elements of a dilated input, and copies them with the rest', () => {
    const one = { size: 3, kernel: 1, inputDilation: 2, before: 3, after: 3 };
    const row = (fill: Fill) => windows(axis({ ...one, fillBefore: fill, fillAfter: fill })).join(' ');
    expect(row('wrap')).toBe('= 0 2 = 0 0 = 0 1 = 0 2 = 0 0 = 0');
    expect(row('reflect')).toBe('= 0 1 = 0 0 = 0 1 = 0 2 = 0 1 = 0');
  });

  it('reads zero for a copy of nothing', () => {
    expect(ours(0, 1, 1, 'wrap')).toEqual(['= 0', '= 0']);
    expect(ours(0, 1, 1, 7)).toEqual(['= 7', '= 7']);
  });

  it('is what the definition reads, with any fill on either side', () => {
    fc.assert(
      fc.property(anyAxis, (given) => {
        const one = { ...given, overhang: 0 };
        const read = windows(one).map((_, o) =>
          Array.from({ length: one.kernel }, (_, tap) => {
            const found = source(one, start(one, o) + tap * one.dilation);
            return 'index' in found ? found.index : `= ${found.constant}`;
          }),
        );
        expect(read).toEqual(windows(one));
      }),
      { numRuns: 3000, seed: 2 },
    );
  });
});
