import { describe, expect, it } from 'vitest';
import { everyAxis, type Read, upTo, windows } from '../../test/axes.ts';
import { type Axis, axis, extent, type Fill, out, span } from './axis.ts';
import {
  causalPads,
  ceilMode,
  fullPads,
  naturalSize,
  type Pads,
  sameCrop,
  samePads,
  split,
  tight,
  transposedAxis,
  validSize,
  windowPads,
} from './padding.ts';

type Window = Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>;

const WINDOWS = { size: upTo(12), kernel: upTo(5), stride: upTo(4), dilation: upTo(3) };

/** The digits that x = 1 2 3 ... under the taps 1 10 100 ... leaves: '210 432 654'. */
function digits(of: Axis): string {
  const value = (read: Read) => (typeof read === 'number' ? read + 1 : 0);
  const sum = (taps: readonly Read[]) =>
    taps.reduce((total: number, read, tap) => total + 10 ** tap * value(read), 0);
  return windows(of).map(sum).join(' ');
}

function filled(
  window: Partial<Window> & { size: number; kernel: number },
  pads: Pads,
  fill: Fill = 0,
): string {
  const [before, after] = pads;
  return digits(axis({ ...window, before, after, fillBefore: fill, fillAfter: fill }));
}

const whole = (size: number, kernel: number, stride = 1, dilation = 1): Window => ({
  size,
  kernel,
  stride,
  dilation,
});

describe('padding words', () => {
  it.each([
    ['SAME k4 s1', whole(5, 4), 'upper', '3210 4321 5432 543 54'],
    ['SAME_LOWER k4 s1', whole(5, 4), 'lower', '2100 3210 4321 5432 543'],
    ['SAME k2 s1', whole(5, 2), 'upper', '21 32 43 54 5'],
    ['SAME k3 s2, even size', whole(6, 3, 2), 'upper', '321 543 65'],
    ['SAME_LOWER k3 s2, even size', whole(6, 3, 2), 'lower', '210 432 654'],
    ['SAME k3 s2, odd size', whole(5, 3, 2), 'upper', '210 432 54'],
    ['SAME k3 s2 d2', whole(7, 3, 2, 2), 'upper', '310 531 753 75'],
    ['SAME k2 d3', whole(7, 2, 1, 3), 'upper', '30 41 52 63 74 5 6'],
    ['SAME k1 s3, the kernel below the stride', whole(6, 1, 3), 'upper', '1 4'],
  ] as const)('%s', (_, window, odd, expected) => {
    expect(filled(window, samePads(window, odd))).toBe(expected);
  });

  it.each([
    ['Flax CIRCULAR k3 s2', whole(6, 3, 2), 'wrap', '216 432 654'],
    ['Flax CIRCULAR k4 s2', whole(6, 4, 2), 'wrap', '3216 5432 1654'],
    ['Flax CIRCULAR k7 n2, more than once around', whole(2, 7), 'wrap', '2121212 1212121'],
    ['Flax REFLECT k3', whole(6, 3), 'reflect', '212 321 432 543 654 565'],
    ['Flax REFLECT k4 s2', whole(6, 4, 2), 'reflect', '3212 5432 5654'],
    ['Flax REFLECT k3 n1', whole(1, 3), 'reflect', '111'],
    ['PyTorch same, reflect k4', whole(5, 4), 'reflect', '3212 4321 5432 4543 3454'],
    ['PyTorch same, circular k4', whole(5, 4), 'wrap', '3215 4321 5432 1543 2154'],
  ] as const)('%s', (_, window, fill, expected) => {
    expect(filled(window, windowPads(window), fill)).toBe(expected);
  });

  it('causal reads nothing ahead', () => {
    expect(filled(whole(6, 3), causalPads(whole(6, 3)))).toBe('100 210 321 432 543 654');
    expect(filled(whole(6, 4, 2), causalPads(whole(6, 4, 2)))).toBe('1000 3210 5432');
    expect(filled(whole(3, 3), fullPads(whole(3, 3)))).toBe('100 210 321 32 3');
  });

  it('SAME has ceil(size / stride) windows and no pad too many', () => {
    const wrong: string[] = [];
    for (const one of everyAxis(WINDOWS)) {
      const wanted = Math.ceil(one.size / one.stride);
      const total = (pads: Pads) => pads[0] + pads[1];
      const [upper, lower] = [samePads(one), samePads(one, 'lower')];
      // The least of all totals that give so many windows.
      const least = upTo(20, 0).find((after) => out(axis({ ...one, after })) >= wanted);
      const agrees =
        out(axis({ ...one, before: upper[0], after: upper[1] })) === wanted &&
        total(upper) === least &&
        lower[0] === upper[1] &&
        lower[1] === upper[0] &&
        [0, 1].includes(upper[1] - upper[0]);
      if (!agrees) wrong.push(JSON.stringify(one));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('splits totals, negative ones too', () => {
    expect([split(5), split(5, 'lower'), split(-3), split(-3, 'lower'), split(0)]).toEqual([
      [2, 3],
      [3, 2],
      [-2, -1],
      [-1, -2],
      [0, 0],
    ]);
  });
});

describe('ceilMode', () => {
  /** PyTorch's pooling_output_shape_pad_lr; without `clip` MXNet's 'full'. */
  function windowsOf(one: Axis, clip: boolean): number {
    const { size, stride, before, after } = one;
    const count = Math.floor((size + before + after - extent(one) + stride - 1) / stride) + 1;
    return clip && (count - 1) * stride >= size + before ? count - 1 : count;
  }

  it.each([
    ['PyTorch', true],
    ['MXNet', false],
  ])('counts windows as %s does', (_, clip) => {
    const wrong: string[] = [];
    for (const floor of everyAxis({ ...WINDOWS, before: upTo(4, 0), after: upTo(4, 0) })) {
      if (floor.size + floor.before + floor.after < extent(floor)) continue;
      const ceil = ceilMode(floor, clip);
      const reaches = span(ceil) + ceil.before + ceil.after + ceil.overhang;
      const tightly = ceil.overhang === 0 || reaches === (out(ceil) - 1) * ceil.stride + extent(ceil);
      const padded = ceil.before === floor.before && (ceil.after === floor.after || out(ceil) < out(floor));
      if (out(ceil) !== windowsOf(floor, clip) || !tightly || !padded) wrong.push(JSON.stringify(floor));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('drops a window that starts behind the input, in PyTorch', () => {
    const floor = axis({ size: 5, kernel: 2, stride: 2, before: 1, after: 1 });
    expect([out(floor), out(ceilMode(floor, true)), out(ceilMode(floor, false))]).toEqual([3, 3, 4]);
    const long = axis({ size: 4, kernel: 2, stride: 2, after: 2 });
    expect([out(long), ceilMode(long, true).after, out(ceilMode(long, false))]).toEqual([3, 0, 3]);
  });
});

describe('transposedAxis', () => {
  /** Every tap of every element added where it lands, then cropped or extended by zeros. */
  function scattered({ size, kernel, stride, dilation }: Window, crop: number, windows: number): string {
    const natural = new Map<number, number>();
    for (let i = 0; i < size; i++)
      for (let tap = 0; tap < kernel; tap++) {
        const at = i * stride + tap * dilation;
        natural.set(at, (natural.get(at) ?? 0) + (i + 1) * 10 ** tap);
      }
    return upTo(windows)
      .map((o) => natural.get(o - 1 + crop) ?? 0)
      .join(' ');
  }

  /** The same by the sliding window, its kernel mirrored. */
  function slid(of: Axis): string {
    const value = (read: Read) => (typeof read === 'number' ? read + 1 : 0);
    return windows(of)
      .map((taps) =>
        taps.reduce((sum: number, read, tap) => sum + 10 ** (of.kernel - 1 - tap) * value(read), 0),
      )
      .join(' ');
  }

  it('is the scattered sum, cropped', () => {
    const wrong: string[] = [];
    for (const window of everyAxis({ ...WINDOWS, size: [0, 1, 2, 3, 6] }))
      for (const crop of upTo(4, -2))
        for (const windows of [0, 1, 4, 9]) {
          const one = transposedAxis(window, crop, windows);
          if (out(one) !== windows || slid(one) !== scattered(window, crop, windows))
            wrong.push(`${crop} ${windows} ${JSON.stringify(window)}`);
        }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it.each([
    ['natural k3 s2', 0, 7, '1 10 102 20 203 30 300'],
    ['PyTorch padding 1', 1, 5, '10 102 20 203 30'],
    ['PyTorch padding 1, output_padding 1', 1, 6, '10 102 20 203 30 300'],
    ['Keras same', sameCrop(whole(3, 3, 2), 6), 6, '1 10 102 20 203 30'],
    ['ONNX SAME_LOWER', sameCrop(whole(3, 3, 2), 6, 'lower'), 6, '10 102 20 203 30 300'],
  ])('%s', (_, crop, windows, expected) => {
    expect(slid(transposedAxis(whole(3, 3, 2), crop, windows))).toBe(expected);
  });

  it('has its natural length, and that of VALID', () => {
    expect([
      naturalSize(whole(3, 3, 2)),
      naturalSize(whole(0, 3, 2)),
      naturalSize(whole(3, 3, 2, 2)),
    ]).toEqual([7, 0, 9]);
    expect([validSize(whole(3, 3, 2)), validSize(whole(3, 2, 3))]).toEqual([7, 9]);
    expect(slid(transposedAxis(whole(3, 2, 3), 0, 9))).toBe('1 10 0 2 20 0 3 30 0');
  });
});

describe('tight', () => {
  it('keeps the windows and leaves no remainder', () => {
    const wrong: string[] = [];
    for (const loose of everyAxis({ ...WINDOWS, before: [-1, 0, 3], after: [-1, 0, 4], overhang: [0, 2] })) {
      const cut = tight(loose);
      if (out(loose) === 0) continue;
      const used = (out(cut) - 1) * cut.stride + extent(cut);
      const exact = span(cut) + cut.before + cut.after + cut.overhang === used;
      const placed = cut.before === loose.before && out(cut) === out(loose);
      if (!exact || !placed) wrong.push(JSON.stringify(loose));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});
