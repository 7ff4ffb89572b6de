// What is said of every size against every size asked one by one.

import { describe, expect, it } from 'vitest';
import { dialects, type Layer } from '../dialects/index.ts';
import { readLayer, readLayers } from '../dialects/python.ts';
import { type Axis, out } from '../geometry/index.ts';
import { evaluate, printExpression } from '../geometry/sizes.ts';
import { compare } from './compare.ts';
import { compareEvery } from './compare-every.ts';
import { atSize, byRemainder, everySize, openOutput, ownLaws, unjoined } from './every-size.ts';

const read = (code: string): Layer => readLayer(code, { dialects });
const open = (layer: Layer, channels = 3) =>
  layer.layout === 'first'
    ? [1, channels, ...Array.from({ length: layer.rank }, () => null)]
    : [1, ...Array.from({ length: layer.rank }, () => null), channels];

describe('every size', () => {
  const codes = [
    ...['valid', 'same'].flatMap((padding) =>
      [1, 2, 3, 4, 5].flatMap((kernel) =>
        [1, 2, 3, 4].map((stride) => `Conv1D(3, ${kernel}, ${stride}, "${padding}")`),
      ),
    ),
    ...[1, 2, 3, 4].flatMap((stride) => [
      `nn.Conv1d(3, 3, 5, ${stride}, 2)`,
      `nn.MaxPool1d(3, ${stride}, 1, ceil_mode=True)`,
      `nn.ConvTranspose1d(3, 3, 4, ${stride}, 1)`,
      `Conv1DTranspose(3, 3, ${stride}, "same")`,
      `nn.Conv1d(3, 3, 3, ${stride}, 2, padding_mode="reflect")`,
    ]),
    'nn.AdaptiveAvgPool1d(1)',
    'nn.Upsample(scale_factor=2)',
    'SeparableConv1D(3, 3, strides=2, padding="same")',
  ];

  it.each(codes)('%s', (code) => {
    const layer = read(code);
    const input = open(layer);
    const [every] = everySize(layer, input) ?? [];
    if (every === undefined) throw new Error('no law');
    const { laws } = every;
    for (let n = 1; n < 70; n++) {
      let axes: readonly Axis[] | null = null;
      try {
        const { steps, output } = layer.resolve(atSize(input, n));
        axes = output.includes(0) ? null : steps.map((step) => step.axes[0] as Axis);
      } catch {
        // Refused.
      }
      const said = n >= laws.least && !laws.refused.includes(n % laws.period) && !laws.exceptions.includes(n);
      if (axes === null) expect([n, said]).toEqual([n, false]);
      if (axes === null || n < laws.from) continue;
      for (const [i, axis] of axes.entries()) {
        const law = laws.steps[i];
        if (law === undefined) throw new Error('no step');
        const numbers = [law.size, law.out, law.before, law.after, law.overhang].map((of) => evaluate(of, n));
        expect([n, ...numbers]).toEqual([n, axis.size, out(axis), axis.before, axis.after, axis.overhang]);
      }
    }
  });

  it('knows SAME, both ways', () => {
    const same = (code: string) => everySize(read(code), open(read(code)))?.map((one) => one.same);
    expect(same('Conv1D(3, 4, 2, "same")')).toEqual([[{ odd: 'upper', stride: 2, extent: 4 }]]);
    expect(same('lax.conv(x, jnp.zeros((6, 3, 4, 4)), (3, 3), "SAME_LOWER")')).toEqual([
      [{ odd: 'lower', stride: 3, extent: 4 }],
    ]);
    expect(same('nn.Conv1d(3, 3, 4, 2, 1)')).toEqual([[null]]);
  });

  it('tells axes apart, and sizes that are known', () => {
    const layer = read('nn.Conv2d(3, 6, (3, 5), stride=(2, 1), padding=(1, 0))');
    const every = everySize(layer, [1, 3, null, null]) ?? [];
    expect(every.map(({ axes }) => axes)).toEqual([[0], [1]]);
    expect(openOutput(layer, [1, 3, null, null], every).map((one) => printExpression(one ?? 0))).toEqual([
      '1',
      '6',
      'ceil(n/2)',
      'n - 4',
    ]);
    const half = everySize(layer, [1, 3, null, 224]) ?? [];
    expect(openOutput(layer, [1, 3, null, 224], half).map((one) => printExpression(one ?? 0))).toEqual([
      '1',
      '6',
      'ceil(n/2)',
      '220',
    ]);
  });

  it('does not say what a flattening makes of sizes that are not known', () => {
    const layer = read('layers.Conv2D(6, 3)');
    const flat = {
      ...layer,
      resolve: (input: readonly number[]) => {
        const { steps, output } = layer.resolve(input);
        return { steps, output: [1, output.slice(1).reduce((a, b) => a * b, 1)] };
      },
    };
    expect(openOutput(flat, [1, null, null, 3], everySize(flat, [1, null, null, 3]) ?? [])).toEqual([
      1,
      null,
    ]);
  });

  it('of a stack, each layer over its own size', () => {
    const layers = readLayers(
      '[layers.Conv2D(8, 3, 2, "same"), layers.ReLU(), layers.Conv2D(8, 3, 2, "same")]',
      {
        dialects,
      },
    );
    const whole = unjoined(layers[0] as Layer, layers);
    const [every] = everySize(whole, [1, null, null, 3]) ?? [];
    if (every === undefined) throw new Error('no law');
    expect(every.laws.steps.map((law) => printExpression(law.out))).toEqual(['ceil(n/2)', 'ceil(n/4)']);
    const own = ownLaws(whole, layers, [1, null, null, 3], every);
    expect(own.map((law) => law && printExpression(law.before))).toEqual(['n mod 2', 'n mod 2']);
  });

  it('throws what is refused at every size, is null where nothing repeats', () => {
    expect(() => everySize(read('nn.Conv2d(3, 6, 3)'), [1, 4, null, null])).toThrow(
      'expected 3 input channels',
    );
    expect(everySize(read('nn.Conv2d(3, 6, 3, 300)'), [1, 3, null, null])).toBeNull();
  });

  it('lists what an expression comes to by remainder', () => {
    expect(byRemainder({ kind: 'mod', of: 'n', by: 2 }, 2, 3)).toEqual([0, 1]);
    expect(byRemainder('n', 2, 3)).toBeNull();
  });
});

describe('two layers for every size', () => {
  it.each([
    ['nn.Conv1d(3, 6, 7, 2, 3)', 'Conv1D(6, 7, 2, "same")'],
    ['nn.Conv1d(3, 6, 3, 4, 1)', 'Conv1D(6, 3, 4, "same")'],
    ['nn.Conv1d(3, 6, 3, 3)', 'nn.Conv1d(3, 6, 3, 2)'],
    ['nn.MaxPool1d(3, 2, ceil_mode=True)', 'nn.MaxPool1d(3, 2)'],
  ])('%s and %s', (first, second) => {
    const [one, other] = [read(first), read(second)];
    const every = compareEvery(one, other, (size) => [1, 3, size]);
    if (every === null) throw new Error('null');
    for (let n = every.from; n < 80; n++) {
      const outcome = every.outcomes[n % every.period];
      expect([n, compare(one, other, [1, 3, n]).verdict]).toEqual([n, outcome?.verdict]);
    }
  });
});
