import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyAxis, everyAxis, GRID, THIN, windows } from '../../test/axes.ts';
import { type Axis, axis, LARGEST, out } from './axis.ts';
import { type GeometryInput, geometry } from './geometry.ts';
import { fullPads, type Pads, samePads } from './padding.ts';
import { centre, sameGeometry, sameReads, unread, utilisation } from './reach.ts';

function padded(size: number, kernel: number, stride: number, [before, after]: Pads): Axis {
  return axis({ size, kernel, stride, before, after });
}

describe('utilisation', () => {
  it('counts every read', () => {
    const wrong: string[] = [];
    for (const one of everyAxis({ ...GRID, inputDilation: [1, 2] })) {
      const counts = Array<number>(one.size).fill(0);
      for (const read of windows(one).flat())
        if (typeof read === 'number') counts[read] = (counts[read] as number) + 1;
      const none = counts.flatMap((count, i) => (count === 0 ? [i] : []));
      if (utilisation(one).join() !== counts.join() || unread(one).join() !== none.join())
        wrong.push(JSON.stringify(one));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('is full only with full padding', () => {
    const used = (pads: Pads) => utilisation(padded(8, 3, 1, pads)).join(' ');
    expect(used([0, 0])).toBe('1 2 3 3 3 3 2 1');
    expect(used(samePads({ size: 8, kernel: 3, stride: 1, dilation: 1 }))).toBe('2 3 3 3 3 3 3 2');
    expect(used(fullPads({ kernel: 3, dilation: 1 }))).toBe('3 3 3 3 3 3 3 3');
  });

  it('tells SAME of TensorFlow from padding 1', () => {
    const used = (pads: Pads, size = 8) => utilisation(padded(size, 3, 2, pads)).join(' ');
    expect(used([0, 1])).toBe('1 1 2 1 2 1 2 1');
    expect(used([1, 1])).toBe('1 2 1 2 1 2 1 1');
    const same = samePads({ size: 9, kernel: 3, stride: 2, dilation: 1 });
    expect([same, used([1, 1], 9)]).toEqual([[1, 1], '1 2 1 2 1 2 1 2 1']);
  });

  it('leaves three of eight columns unread under a kernel of 5 at stride 4', () => {
    expect(unread(padded(8, 5, 4, [0, 0]))).toEqual([5, 6, 7]);
  });

  it('counts copies of an element as reads of it', () => {
    expect(
      utilisation(axis({ size: 3, kernel: 3, before: 1, after: 1, fillBefore: 'wrap', fillAfter: 'wrap' })),
    ).toEqual([3, 3, 3]);
  });

  it('refuses to count what would not end', () => {
    expect(() => utilisation(axis({ size: LARGEST, kernel: 3 }))).toThrowErrorMatchingInlineSnapshot(
      `[GeometryError: utilisation: expected at most 2^24 reads, received 6442450935]`,
    );
  });
});

describe('centre', () => {
  it('lies in the middle of a window', () => {
    const [torch, keras] = [padded(224, 7, 2, [3, 3]), padded(224, 7, 2, [2, 3])];
    expect([centre(torch, 0), centre(keras, 0), centre(torch, 111)]).toEqual([0, 1, 222]);
    expect(centre(padded(64, 4, 2, [1, 1]), 0)).toBe(0.5);
  });
});

describe('sameReads', () => {
  /** What makes two axes the same: their size, and every read of every window. */
  const meaning = (one: Axis) =>
    `${one.size} ${one.kernel} ${
      out(one) === 0
        ? 'none'
        : windows(one)
            .map((taps) => taps.join())
            .join(';')
    }`;

  it('is equality of all reads: equal to the first of its kind, unlike the first of another', () => {
    const firsts = new Map<string, Axis>();
    const wrong: string[] = [];
    let another: Axis | undefined;
    for (const one of everyAxis({ ...THIN, overhang: [0, 1] })) {
      const kind = meaning(one);
      const first = firsts.get(kind) ?? one;
      firsts.set(kind, first);
      if (!sameReads(one, first) || !sameReads(first, one))
        wrong.push(`differs: ${JSON.stringify([one, first])}`);
      if (another !== undefined && sameReads(one, another) !== (meaning(another) === kind))
        wrong.push(`another: ${JSON.stringify([one, another])}`);
      another = first;
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('is equality of all reads between neighbours and any fills', () => {
    const near = fc
      .tuple(
        anyAxis,
        anyAxis,
        fc.subarray([
          'stride',
          'dilation',
          'inputDilation',
          'before',
          'after',
          'overhang',
          'fillBefore',
          'fillAfter',
        ] as const),
      )
      .map(([one, other, fields]): [Axis, Axis] => [
        one,
        { ...one, ...Object.fromEntries(fields.map((field) => [field, other[field]])) },
      ]);
    fc.assert(
      fc.property(near, ([one, other]) => {
        expect(sameReads(one, other)).toBe(meaning(one) === meaning(other));
      }),
      { numRuns: 5000, seed: 3 },
    );
  });

  it('finds the pads of TensorFlow in those of PyTorch, for odd sizes only', () => {
    const equal = [5, 6, 7, 8].map((size) => {
      const [before, after] = samePads({ size, kernel: 3, stride: 2, dilation: 1 });
      return sameReads(padded(size, 3, 2, [before, after]), padded(size, 3, 2, [1, 1]));
    });
    expect(equal).toEqual([true, false, true, false]);
  });

  it('answers for the largest axes at once', () => {
    const large = axis({ size: LARGEST, kernel: 3, before: 1, after: 1 });
    expect(sameReads(large, { ...large, after: 1 })).toBe(true);
    expect(sameReads(large, { ...large, before: 0, after: 2 })).toBe(false);
  });
});

describe('sameGeometry', () => {
  const same = (one: GeometryInput, other: GeometryInput) => sameGeometry(geometry(one), geometry(other));
  const axes = [{ size: 6, kernel: 3, stride: 2, after: 1 }];

  it('compares what the numbers depend on', () => {
    expect(same({ axes }, { axes })).toBe(true);
    expect(same({ axes, channels: 2 }, { axes })).toBe(false);
    expect(same({ axes, flip: true }, { axes })).toBe(false);
    expect(
      same({ axes: [{ size: 6, kernel: 1 }], flip: true }, { axes: [{ size: 6, kernel: 1, dilation: 3 }] }),
    ).toBe(true);
    expect(same({ axes }, { axes: [...axes, { size: 1, kernel: 1 }] })).toBe(false);
  });

  it('takes the overhang of a maximum for the padding it is', () => {
    const max = { size: 6, kernel: 3, stride: 2, fillBefore: -Infinity, fillAfter: -Infinity } as const;
    const [over, pad] = [
      { ...max, overhang: 1 },
      { ...max, after: 1 },
    ];
    expect(same({ operation: 'max', axes: [over] }, { operation: 'max', axes: [pad] })).toBe(true);
    const zero = { ...max, fillBefore: 0, fillAfter: 0 };
    expect(
      same(
        { operation: 'max', axes: [{ ...zero, overhang: 1 }] },
        { operation: 'max', axes: [{ ...zero, after: 1 }] },
      ),
    ).toBe(false);
  });

  it('compares what an average divides by', () => {
    const average = (one: Partial<Axis>, divisor: 'window' | 'real' | number) =>
      ({ operation: 'average', divisor, axes: [{ size: 6, kernel: 3, stride: 2, ...one }] }) as const;
    expect(same(average({}, 'window'), average({}, 'real'))).toBe(true);
    expect(same(average({}, 3), average({}, 'real'))).toBe(true);
    expect(same(average({ after: 1 }, 3), average({ after: 1 }, 'window'))).toBe(true);
    expect(same(average({ after: 1 }, 'window'), average({ after: 1 }, 'real'))).toBe(false);
    expect(same(average({ overhang: 1 }, 'window'), average({ after: 1 }, 'real'))).toBe(true);
    expect(same(average({ overhang: 1 }, 'window'), average({ after: 1 }, 'window'))).toBe(false);
  });
});
