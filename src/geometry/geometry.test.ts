import { describe, expect, it } from 'vitest';
import { everyAxis, THIN } from '../../test/axes.ts';
import { out, start } from './axis.ts';
import {
  type GeometryInput,
  geometry,
  inputShape,
  isTransposed,
  multiplyAdds,
  outputShape,
  transposedWords,
} from './geometry.ts';
import { transposedAxis } from './padding.ts';

describe('geometry', () => {
  const stem = geometry({
    channels: 3,
    filters: 64,
    axes: [
      { size: 224, kernel: 7, stride: 2, before: 2, after: 3 },
      { size: 224, kernel: 7, stride: 2, before: 3, after: 3 },
    ],
  });

  it('has shapes and a cost', () => {
    expect(inputShape(stem)).toEqual([1, 3, 224, 224]);
    expect(outputShape(stem)).toEqual([1, 64, 112, 112]);
    expect(multiplyAdds(stem)).toBe(112 * 112 * 64 * 3 * 49);
    expect(
      multiplyAdds(geometry({ channels: 8, filters: 8, groups: 8, axes: [{ size: 4, kernel: 3 }] })),
    ).toBe(2 * 8 * 3);
    expect(multiplyAdds(geometry({ operation: 'max', axes: [{ size: 4, kernel: 3 }] }))).toBe(0);
  });

  it('counts no multiply-adds in the holes of a dilated input', () => {
    const wrong: string[] = [];
    for (const one of everyAxis({ ...THIN, inputDilation: [1, 2, 3] })) {
      let pairs = 0;
      for (let o = 0; o < out(one); o++)
        for (let tap = 0; tap < one.kernel; tap++)
          if ((start(one, o) + tap * one.dilation) % one.inputDilation === 0) pairs += 1;
      if (multiplyAdds(geometry({ axes: [one] })) !== pairs) wrong.push(JSON.stringify(one));
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('fills in what is not said', () => {
    expect(geometry({ operation: 'average', channels: 5, axes: [{ size: 4, kernel: 2 }] })).toMatchObject({
      batch: 1,
      filters: 5,
      groups: 1,
      flip: false,
      divisor: 'window',
    });
    expect(outputShape(geometry({ axes: [{ size: 2, kernel: 3 }] }))).toEqual([1, 1, 0]);
  });

  it('knows a transposed convolution and its words', () => {
    const one = transposedAxis({ size: 3, kernel: 3, stride: 2, dilation: 1 }, 1, 6);
    const of = geometry({ axes: [one], flip: true });
    expect([isTransposed(of), isTransposed(stem)]).toEqual([true, false]);
    expect(transposedWords(of.axes[0] as (typeof of.axes)[number])).toEqual({
      stride: 2,
      natural: 7,
      crop: [1, 0],
    });
  });

  const axes = [{ size: 4, kernel: 2 }];
  it.each<[GeometryInput, string]>([
    [{ axes: [] }, 'axes: expected 1, 2 or 3, received 0'],
    [{ axes: [...axes, ...axes, ...axes, ...axes] }, 'axes: expected 1, 2 or 3, received 4'],
    [
      { axes, operation: 'max', channels: 2, filters: 3 },
      'filters: expected 2, as many as channels, received 3',
    ],
    [{ axes, channels: 3, filters: 2, groups: 2 }, 'channels: expected a multiple of groups 2, received 3'],
    [{ axes, channels: 2, filters: 3, groups: 2 }, 'filters: expected a multiple of groups 2, received 3'],
    [{ axes, batch: -1 }, 'batch: expected 0 to 2147483647, received -1'],
    [{ axes, operation: 'average', divisor: 0 }, 'divisor: expected 1 to 2147483647, received 0'],
    [{ axes, groups: 0 }, 'groups: expected 1 to 2147483647, received 0'],
  ])('refuses %j', (given, message) => {
    expect(() => geometry(given)).toThrowError(message);
  });
});
