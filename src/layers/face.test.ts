import { beforeEach, describe, expect, it } from 'vitest';
import { type Dialect, type Layer, resolved, takeApart } from '../dialects/dialect.ts';
import { bias, weight } from '../dialects/parameter.ts';
import { axis, geometry } from '../geometry/index.ts';
import { tensor, zeros } from '../tensor/tensor.ts';
import { type ComputingLayer, functionFace, layerFace } from './face.ts';
import { setSeed } from './initialise.ts';

// A framework with one layer: Twice(filters, kernel, activation), one axis, channels last, and a function of it.
function layer(
  who: string,
  filters: number,
  kernel: number,
  activation: string | null,
  channels: number | null,
): Layer {
  return {
    framework: 'fake',
    name: who.slice('fake '.length),
    kind: 'conv',
    rank: 1,
    layout: 'last',
    channels,
    activation,
    statedInput: null,
    notes: [],
    parameters: (seen) => [
      weight('weight', 'k i go', [kernel, channels ?? seen, filters], { kind: 'uniform', limit: 1 }),
      bias('bias', filters, { kind: 'ones' }),
    ],
    resolve: (input) => {
      const parts = takeApart(who, input, 1, 'last');
      const axes = parts.sizes.map((size) => axis({ size, kernel }));
      return resolved(
        [geometry({ batch: parts.batch, channels: parts.channels, filters, axes })],
        parts,
        'last',
      );
    },
  };
}

const fake: Dialect = {
  id: 'fake',
  title: 'Fake',
  aliases: { f: 'fake' },
  readers: {
    'fake.Layer': {
      signature: 'filters, kernel=2, activation=None, channels=None',
      read: (args) => {
        const activation = args.value('activation') as string | null;
        const channels = args.value('channels') as number | null;
        return layer(args.who, args.integer('filters', 1), args.integer('kernel', 1), activation, channels);
      },
    },
    'fake.apply': {
      signature: 'x, weight, bias, activation=None',
      read: (args) => {
        const [kernel = 0, channels = 0, filters = 0] = args.shape('weight');
        return layer(args.who, filters, kernel, args.value('activation') as string | null, channels);
      },
    },
  },
};

interface Made extends ComputingLayer {
  weight: ReturnType<typeof zeros>;
  bias: ReturnType<typeof zeros> | null;
}
const make = layerFace(fake, 'fake.Layer') as (...args: unknown[]) => Made;
const apply = functionFace(fake, 'fake.apply');

// x: positions 1 2 3 4 in one channel; weight: x[o] + 10 x[o + 1]
const x = tensor(Float64Array.of(1, 2, 3, 4), [1, 4, 1]);
const taps = tensor([1, 10], [2, 1, 1]);

beforeEach(() => setSeed(0));

describe('a layer', () => {
  it('computes with the parameters it is given', () => {
    const one = make(1);
    one.weight = taps;
    one.bias = tensor([0.5]);
    expect([...one(x).data]).toEqual([21.5, 32.5, 43.5]);
    expect(one(x).shape).toEqual([1, 3, 1]);
  });

  it('takes arguments by position, by name and both', () => {
    expect(make(3, 2).geometry([1, 4, 1]).output).toEqual([1, 3, 3]);
    expect(make(3, { kernel: 3 }).geometry([1, 4, 1]).output).toEqual([1, 2, 3]);
    expect(make({ filters: 3, kernel: 4, activation: undefined }).geometry([1, 4, 1]).output).toEqual([
      1, 1, 3,
    ]);
    expect(() => make(3, { kernle: 3 })).toThrow('fake f.Layer: has no argument kernle');
    expect(() => make(3, () => 1)).toThrow(
      'fake f.Layer: argument 2: expected a number, a word, true, false, null, an array of them or a tensor, received function',
    );
  });

  it('fills its parameters when the channels are known, alike for one seed', () => {
    const known = make(2, { channels: 3 });
    expect(known.weight.shape).toEqual([2, 3, 2]);
    expect([...(known.bias?.data ?? [])]).toEqual([1, 1]);
    setSeed(0);
    expect(make(2, { channels: 3 }).weight.data).toEqual(known.weight.data);
    expect(make(2, { channels: 3 }).weight.data).not.toEqual(known.weight.data);
  });

  it('gives a lazy layer the numbers of its place, whenever it is first used', () => {
    const [early, late] = [make(1), make(1)];
    late(x);
    early(x);
    setSeed(0);
    expect(make(1, { channels: 1 }).weight.data).toEqual(early.weight.data);
    expect(make(1, { channels: 1 }).weight.data).toEqual(late.weight.data);
  });

  it('says what is wrong with a parameter', () => {
    const [lazy, known] = [make(1), make(1, { channels: 1 })];
    expect(() => lazy.weight).toThrowErrorMatchingInlineSnapshot(
      `[DialectError: fake f.Layer: weight has no shape before the layer has seen an input; call it once, or set weight]`,
    );
    expect(() => {
      known.weight = zeros([1, 1, 2]);
    }).toThrowErrorMatchingInlineSnapshot(
      `[DialectError: fake f.Layer: weight: expected a tensor of 2x1x1 (k i go), received 1x1x2]`,
    );
    lazy.weight = zeros([5, 1, 1]);
    expect(() => lazy(x)).toThrow(
      'fake f.Layer: weight: expected a tensor of 2x1x1 (k i go), received 5x1x1',
    );
    lazy.weight = taps;
    expect(lazy(x).shape).toEqual([1, 3, 1]);
    expect(() => lazy(zeros([1, 4, 2]))).toThrow(
      'fake f.Layer: its parameters are made for 1 input channels, received 2',
    );
    expect(() => known([1] as never)).toThrow(
      'fake f.Layer: expected a tensor as its input, made by tensor(data, shape), received an array',
    );
    expect(() => Object.assign(known, { wieght: taps })).toThrow('not extensible');
  });

  it('applies its activation, or says that it does not know it', () => {
    const soft = make(2, { activation: 'softmax' });
    soft.weight = tensor([0, 0, 0, 0], [2, 1, 2]);
    expect([...soft(x).data]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(() => make(1, { activation: 'constructor' })(x)).toThrow(
      "fake f.Layer: activation 'constructor' is none padwise computes: linear, relu",
    );
  });
});

describe('a function', () => {
  it('computes at once, tensors by position or by name', () => {
    const half = tensor([0.5]);
    for (const y of [
      apply(x, taps, half),
      apply(x, { bias: half, weight: taps }),
      apply({ weight: taps, x, bias: half }),
      apply(x, taps, { bias: half }),
    ])
      expect([...y.data]).toEqual([21.5, 32.5, 43.5]);
  });

  it('refuses numbers without a tensor', () => {
    expect(() => apply([1, 2], taps, taps)).toThrow('fake f.apply: expected a tensor as its input');
    expect(() => apply(x, taps, zeros([3]))).toThrow(
      'fake f.apply: bias: expected a tensor of 1 (go), received 3',
    );
  });
});
