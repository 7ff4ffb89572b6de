// Against brute force: small random stacks, every window and tap of every step walked one by one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, axis, extent, type Fill, out, span, start } from './axis.ts';
import { source } from './fill.ts';
import { unread, utilisation } from './reach.ts';
import { dropped, firstCentre, type Interval, reached, reaching, receptive } from './receptive.ts';

/** The input elements that one output reads through all steps. */
function walked(axes: readonly Axis[], output: number): Set<number> {
  return axes.reduceRight(
    (outputs, of) => {
      const inputs = new Set<number>();
      for (const o of outputs)
        for (let tap = 0; tap < of.kernel; tap++) {
          const position = start(of, o) + tap * of.dilation;
          if (of.overhang > 0 && position >= span(of) + of.after) continue;
          const read = source(of, position);
          if ('index' in read) inputs.add(read.index);
        }
      return inputs;
    },
    new Set([output]),
  );
}

const spread = (intervals: readonly Interval[]) =>
  intervals.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i));

const fills = fc.constantFrom<Fill>(0, 0, 0, 'reflect', 'symmetric', 'replicate', 'wrap');
const step = fc.record({
  kernel: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 3 }),
  inputDilation: fc.constantFrom(1, 1, 1, 2, 3),
  before: fc.integer({ min: -1, max: 3 }),
  after: fc.integer({ min: -1, max: 3 }),
  overhang: fc.constantFrom(0, 0, 1),
  fillBefore: fills,
  fillAfter: fills,
});

/** Up to four steps over an input of up to 14, as far as windows fit. */
const stacks = fc
  .tuple(fc.integer({ min: 1, max: 14 }), fc.array(step, { minLength: 1, maxLength: 4 }))
  .map(([size, steps]) => {
    const axes: Axis[] = [];
    let at = size;
    for (const given of steps) {
      const next = axis({ ...given, size: at });
      if (out(next) === 0) break;
      axes.push(next);
      at = out(next);
    }
    return axes;
  })
  .filter((axes) => axes.length > 0);

describe('a stack', () => {
  it('reads exactly what walking every window reads', () => {
    fc.assert(
      fc.property(stacks, (axes) => {
        const outputs = Array.from({ length: out(axes.at(-1) as Axis) }, (_, o) => o);
        const counts = new Array<number>((axes[0] as Axis).size).fill(0);
        for (const o of outputs) {
          const read = [...walked(axes, o)].sort((a, b) => a - b);
          for (const index of read) counts[index] = (counts[index] as number) + 1;
          const { elements, field } = reached(axes, o);
          expect(spread(elements)).toEqual(read);
          for (const [i, { from }] of elements.entries())
            expect(i === 0 || from > (elements[i - 1] as Interval).to + 1).toBe(true);
          const copies = axes.some(
            (of) => typeof of.fillBefore === 'string' || typeof of.fillAfter === 'string',
          );
          if (!copies) for (const index of read) expect(index >= field.from && index <= field.to).toBe(true);
        }
        expect(reaching(axes)).toEqual(counts);
        const last = outputs.length - 1;
        const all = [...new Set(outputs.flatMap((o) => [...walked(axes, o)]))].sort((a, b) => a - b);
        expect(spread(reached(axes, 0, last).elements)).toEqual(all);
      }),
    );
  });

  it('of one dense step is that step', () => {
    fc.assert(
      fc.property(stacks, ([of]) => {
        const one = { ...(of as Axis), dilation: 1, inputDilation: 1, fillBefore: 0, fillAfter: 0 };
        const counts = utilisation(one);
        expect(reaching([one])).toEqual(counts);
        expect(receptive([one])).toEqual({
          field: one.kernel,
          jump: one.stride,
          centre: (one.kernel - 1) / 2 - one.before,
        });
        expect(dropped(one)).toBeLessThanOrEqual(unread(one).length);
      }),
    );
  });

  it('has the field and jump of the recurrence, r + (k - 1) * j', () => {
    fc.assert(
      fc.property(stacks, (axes) => {
        const plain = axes.map((of) => ({ ...of, inputDilation: 1 }));
        let [field, jump] = [1, 1];
        for (const of of plain) {
          field += (extent(of) - 1) * jump;
          jump *= of.stride;
        }
        expect(receptive(plain)).toMatchObject({ field, jump });
      }),
    );
  });
});

describe('five layers of kernel 3 and stride 2 on 224', () => {
  const five = (pads: (size: number) => readonly [number, number], count = 5) => {
    const axes: Axis[] = [];
    for (let i = 0, size = 224; i < count; i++, size /= 2) {
      const [before, after] = pads(size);
      axes.push(axis({ size, kernel: 3, stride: 2, before, after }));
    }
    return axes;
  };
  const torch = (count?: number) => five(() => [1, 1], count);
  const same = (count?: number) => five(() => [0, 1], count);

  it('see 63 pixels at jump 32, padding=1 and SAME 31 apart', () => {
    expect(receptive(torch())).toEqual({ field: 63, jump: 32, centre: 0 });
    expect(receptive(same())).toEqual({ field: 63, jump: 32, centre: 31 });
    expect(firstCentre(same(3)) - firstCentre(torch(3))).toBe(7);
    expect(reached(torch(), 0)).toEqual({ elements: [{ from: 0, to: 31 }], field: { from: -31, to: 31 } });
    expect(reached(same(), 6)).toEqual({ elements: [{ from: 192, to: 223 }], field: { from: 192, to: 254 } });
  });
});

describe('gaps and holes', () => {
  it('dilation leaves gaps', () => {
    expect(reached([axis({ size: 9, kernel: 3, dilation: 3 })], 1).elements).toEqual([
      { from: 1, to: 1 },
      { from: 4, to: 4 },
      { from: 7, to: 7 },
    ]);
  });

  it('a transposed step has a jump below one, and fields that differ', () => {
    const up = axis({ size: 4, kernel: 3, inputDilation: 2, before: 1, after: 2 });
    expect(receptive([up])).toEqual({ field: 2, jump: 0.5, centre: 0 });
  });

  it.each([
    [{ size: 8, kernel: 3, stride: 3 }, 2],
    [{ size: 8, kernel: 1, stride: 2 }, 0],
    [{ size: 9, kernel: 2, stride: 4 }, 1],
    [{ size: 8, kernel: 3, stride: 2, before: 1, after: 1 }, 0],
    [{ size: 3, kernel: 9 }, 3],
  ])('%j drops %i', (given, count) => {
    expect(dropped(axis(given))).toBe(count);
  });

  it('an output that is none, and too much to count, are refused', () => {
    expect(() => reached([axis({ size: 4, kernel: 3 })], 2)).toThrow('output: expected 0 to 1, received 2');
    expect(() => reaching([axis({ size: 2 ** 25, kernel: 3 })])).toThrow('at most 2^24 positions');
  });
});
