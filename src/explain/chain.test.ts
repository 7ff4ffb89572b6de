// Layers in turn as one layer: the folded geometry computes what the layers compute one after another.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialects, type Layer } from '../dialects/index.ts';
import { readLayers } from '../dialects/python.ts';
import { print } from '../geometry/index.ts';
import { compute, type Filled, type Tensor, tensor } from '../index.ts';
import { chain } from './chain.ts';

const read = (code: string): readonly Layer[] => readLayers(code, { dialects });
const steps = (code: string, input: readonly number[]) => chain(read(code)).resolve(input).steps.map(print);

/** Small integers, so that sums are exact. */
function integers(shape: readonly number[], seed: number): Tensor {
  const count = shape.reduce((product, n) => product * n, 1);
  const data = Float64Array.from({ length: count }, (_, i) => ((i * i * 7 + i * 3 + seed * 5) % 11) - 5);
  return tensor(data, shape);
}

function filled(layer: Layer, channels: number, seed: number): Filled[] {
  return layer
    .parameters(channels)
    .map((parameter, i) => ({ parameter, tensor: integers(parameter.shape, seed + i) }));
}

describe('what folds', () => {
  it.each([
    ['nn.ZeroPad2d((0, 1, 0, 1)); nn.Conv2d(3, 6, 3, 2)', ['1x3x8x8 k3 s2 p0,1 -> 6']],
    ['nn.ReflectionPad2d(1); nn.Conv2d(3, 6, 3)', ['1x3x8x8 k3 p1 fill=reflect -> 6']],
    ['F.pad(x, (0, 1)); nn.Conv2d(3, 6, 3)', ['1x3x8x8 k3 p0x0,1 -> 6']],
    ['nn.ConvTranspose2d(3, 6, 3, 2); F.pad(x, (0, -1, 0, -1))', ['1x3x8x8 k3 i2 p2,1 flip -> 6']],
    ['nn.ZeroPad2d(1); nn.Conv2d(3, 6, 3, padding=1)', ['1x3x8x8 k3 p2 -> 6']],
    ['F.pad(x, (1, 1, 1, 1)); nn.ZeroPad2d(1); nn.Conv2d(3, 6, 3)', ['1x3x8x8 k3 p2 -> 6']],
    ['nn.ZeroPad2d(1); nn.ConvTranspose2d(3, 6, 3, 2)', ['1x3x8x8 k3 i2 p4 flip -> 6']],
    ['nn.ZeroPad2d(1); nn.AvgPool2d(3, 2)', ['1x3x8x8 avg k3 s2 p1']],
  ])('%s', (code, expected) => {
    expect(steps(code, [1, 3, 8, 8])).toEqual(expected);
  });

  it.each([
    'nn.ZeroPad2d(1); nn.MaxPool2d(3, 2, 1)',
    "nn.ZeroPad2d(1); nn.Conv2d(3, 6, 3, padding=1, padding_mode='reflect')",
    'nn.ZeroPad2d(-1); nn.Conv2d(3, 6, 3, padding=1)',
    'nn.Conv2d(3, 6, 3); nn.ZeroPad2d(1)',
  ])('%s stays two', (code) => {
    expect(steps(code, [1, 3, 8, 8])).toHaveLength(2);
  });
});

it('computes what its layers compute in turn', () => {
  const pads = fc.integer({ min: -1, max: 2 });
  const pad = fc
    .tuple(fc.constantFrom('Zero', 'Reflection', 'Replication', 'Circular'), pads, pads)
    .map(([kind, low, high]) => `nn.${kind}Pad1d((${low}, ${high}))`);
  const number = (max: number, min = 1) => fc.integer({ min, max });
  const mode = fc.constantFrom('zeros', 'reflect', 'replicate', 'circular');
  const layer = fc.oneof(
    pad,
    fc
      .tuple(number(3), number(2), number(2, 0), number(2), mode)
      .map(([k, s, p, d, fill]) => `nn.Conv1d(2, 2, ${k}, ${s}, ${p}, ${d}, padding_mode='${fill}')`),
    fc
      .tuple(number(3), number(3), number(1, 0))
      .map(([k, s, p]) => `nn.ConvTranspose1d(2, 2, ${k}, ${s}, ${p})`),
    fc
      .tuple(fc.constantFrom('MaxPool1d', 'AvgPool1d'), number(3), number(2), fc.boolean())
      .map(
        ([name, k, s, ceil]) =>
          `nn.${name}(${k}, ${s}, ${k > 1 ? 1 : 0}, ceil_mode=${ceil ? 'True' : 'False'})`,
      ),
    number(3).map((k) => `nn.AvgPool1d(${k}, 1, ${k > 1 ? 1 : 0}, count_include_pad=False)`),
  );
  let folded = 0;
  fc.assert(
    fc.property(fc.array(layer, { minLength: 2, maxLength: 4 }), number(9, 4), (codes, size) => {
      const layers = read(codes.join('\n'));
      const whole = chain(layers);
      const input = [1, 2, size];
      try {
        whole.resolve(input);
      } catch {
        return;
      }
      if (whole.resolve(input).steps.length < layers.length) folded += 1;
      const x = integers(input, 0);
      const turn = layers.reduce((y, one, i) => compute(one, y, filled(one, 2, 3 * i)), x);
      // The nth parameter of the layers is the nth of the chain.
      const numbers = layers.flatMap((one, i) => filled(one, 2, 3 * i).map((each) => each.tensor));
      const own = whole.parameters(2).map((parameter, i) => ({ parameter, tensor: numbers[i] as Tensor }));
      const once = compute(whole, x, own);
      expect(once.shape).toEqual(turn.shape);
      turn.data.forEach((value, i) => void expect(once.data[i]).toBeCloseTo(value, 6));
    }),
    { numRuns: 3000, seed: 1 },
  );
  expect(folded).toBeGreaterThan(300);
});
