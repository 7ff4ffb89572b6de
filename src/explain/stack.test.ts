// Stacks against the shapes of the real models; sizes that are taken, dropped and refused.

import { describe, expect, it } from 'vitest';
import { dialects, type Layer } from '../dialects/index.ts';
import { readLayers } from '../dialects/python.ts';
import { dropping, nearest, refused, stack } from './stack.ts';

const read = (code: string): readonly Layer[] => readLayers(code, { dialects });

const ALEXNET = `nn.Sequential(
  nn.Conv2d(3, 64, kernel_size=11, stride=4, padding=2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2),
  nn.Conv2d(64, 192, kernel_size=5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
  nn.Conv2d(192, 384, kernel_size=3, padding=1), nn.ReLU(), nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(),
  nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2), nn.AdaptiveAvgPool2d((6, 6)), nn.Flatten(),
  nn.Dropout(), nn.Linear(256 * 6 * 6, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(),
  nn.Linear(4096, 1000))`;

describe('stack', () => {
  it('has the 61,100,840 parameters and 714,188,480 multiply-adds of AlexNet', () => {
    const rows = stack(read(ALEXNET), [1, 3, 224, 224]);
    expect(rows.at(-1)?.output).toEqual([1, 1000]);
    expect(rows.reduce((sum, row) => sum + row.parameters, 0)).toBe(61_100_840);
    expect(rows.reduce((sum, row) => sum + (row.multiplyAdds ?? 0), 0)).toBe(714_188_480);
  });

  it('names the layer that refuses, and its place', () => {
    expect(() =>
      stack(read('nn.Sequential(nn.Conv2d(3, 6, 3), nn.ReLU(), nn.Conv2d(5, 6, 3))'), [1, 3, 8, 8]),
    ).toThrow('layer 3 of 3, torch nn.Conv2d: expected 5 input channels, received 6');
    const deep = read('[nn.Conv2d(3, 6, 3, 2), nn.Conv2d(6, 6, 5)]');
    expect(refused(deep, [1, 3, 11, 11])).toBeNull();
    expect(refused(deep, [1, 3, 9, 9])?.message).toMatch(/^layer 2 of 2, torch nn.Conv2d: /);
    const empty = read('[layers.Conv2D(3, 3), layers.MaxPooling2D(4)]');
    expect(refused(empty, [1, 5, 5, 3])?.message).toMatch(/^layer 2 of 2, keras MaxPooling2D: /);
  });
});

describe('sizes', () => {
  const pools = read('nn.Sequential(nn.MaxPool2d(2), nn.ReLU(), nn.MaxPool2d(2), nn.MaxPool2d(2))');
  const at = (size: number) => [1, 3, size, size];
  const drops = (size: number) => dropping(stack(pools, at(size)));

  it('tells the first layer that drops elements', () => {
    expect(drops(32)).toBeNull();
    expect(drops(34)).toMatchObject({ index: 2, dropped: [1, 1] });
    expect(drops(33)).toMatchObject({ index: 0, dropped: [1, 1] });
    expect(nearest(34, pools.length, (size) => drops(size) === null)).toEqual({ below: 32, above: 40 });
  });

  it('looks only so far', () => {
    let asked = 0;
    const never = () => {
      asked += 1;
      return false;
    };
    expect(nearest(10 ** 6, 1000, never)).toEqual({ below: null, above: null });
    expect(asked).toBeLessThan(100);
  });
});
