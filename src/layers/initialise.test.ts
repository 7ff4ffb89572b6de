import { describe, expect, it } from 'vitest';
import { initialised, nextSource, setSeed } from './initialise.ts';

const many = [100, 200];
const moments = (data: ArrayLike<number>) => {
  const numbers = Array.from(data);
  const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  return {
    mean,
    deviation: Math.sqrt(numbers.reduce((sum, n) => sum + (n - mean) ** 2, 0) / numbers.length),
  };
};

describe('initialisers', () => {
  it('fill what they say', () => {
    setSeed(1);
    const source = nextSource();
    expect([...initialised([2], { kind: 'zeros' }, source, 0).data]).toEqual([0, 0]);
    expect([...initialised([2], { kind: 'ones' }, source, 0).data]).toEqual([1, 1]);
    const uniform = initialised(many, { kind: 'uniform', limit: 3 }, source, 0).data;
    expect(Math.max(...uniform)).toBeLessThanOrEqual(3);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-3);
    expect(moments(uniform).mean).toBeCloseTo(0, 1);
    expect(moments(uniform).deviation).toBeCloseTo(Math.sqrt(3), 1);
    const normal = moments(initialised(many, { kind: 'normal', deviation: 0.5 }, source, 0).data);
    expect(normal.deviation).toBeCloseTo(0.5, 2);
    const cut = initialised(many, { kind: 'truncatedNormal', deviation: 0.5 }, source, 0).data;
    expect(moments(cut).deviation).toBeCloseTo(0.5, 2);
    expect(Math.max(...cut)).toBeLessThan((0.5 / 0.8796) * 2);
  });

  it('draws the same numbers for the same seed everywhere', () => {
    setSeed(42);
    const drawn = initialised([3], { kind: 'uniform', limit: 1 }, nextSource(), 0);
    expect([...drawn.data]).toMatchInlineSnapshot(`
      [
        0.40211617946624756,
        -0.2794959545135498,
        -0.36878451704978943,
      ]
    `);
    setSeed(42);
    expect(initialised([3], { kind: 'uniform', limit: 1 }, nextSource(), 0)).toEqual(drawn);
    expect(initialised([3], { kind: 'uniform', limit: 1 }, nextSource(), 0)).not.toEqual(drawn);
  });
});
