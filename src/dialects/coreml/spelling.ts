// Core ML's words for a geometry, as coremltools' builder takes them: every pad in numbers, since what 'same' does at run time was
// not seen; a transposed convolution crops by its pads; mb.pad before and mb.slice_by_size behind say the rest.
//
//   mb.conv(x=x, weight=weight, strides=[2, 2], pad_type='custom', pad=[2, 3, 2, 3])
//   mb.max_pool(x=x, kernel_sizes=[3, 3], strides=[2, 2], pad_type='valid', ceil_mode=True)

import { type Axis, type Geometry, isTransposed, out, type Pads } from '../../geometry/index.ts';
import { compose, type Phrases } from '../composer.ts';
import { coreml } from '../coreml.ts';
import type { Spelling, Value } from '../dialect.ts';
import { weightShape } from '../parameter.ts';
import { type Phrase, phrase, pythonCall, unless } from '../printer.ts';
import { asList } from '../signature.ts';

const X: Value = { tensor: 'x' };

const phrases: Phrases = {
  dialect: coreml,
  conv: (of, bias) => [
    weightedPhrase(
      'conv',
      of,
      bias,
      padding(of.axes.map((one): Pads => [one.before, one.after])),
      (one) => one.stride,
    ),
  ],
  transposed: (of, words, bias) => [
    weightedPhrase(
      'conv_transpose',
      of,
      bias,
      padding(words.map(({ crop }) => crop)),
      (one) => one.inputDilation,
    ),
  ],
  pool: (of) => {
    const excludes = of.operation === 'max' ? [undefined] : [undefined, true];
    const even = of.axes.map((one): Pads => [Math.max(0, one.before), Math.max(0, one.before)]);
    const own = of.axes.map((one): Pads => [one.before, one.after]);
    return excludes.flatMap((exclude) => [
      poolPhrase(of, padding(own), exclude, undefined),
      poolPhrase(of, padding(even), exclude, true),
    ]);
  },
  pad: (pads, fill) => {
    if (fill === 'symmetric' || fill === 'wrap') return [];
    const mode = typeof fill === 'string' ? fill : undefined;
    const value = typeof fill === 'number' && fill !== 0 ? fill : undefined;
    return [
      phrase('mb.pad', [], { x: X, pad: asList([0, 0, 0, 0, ...pads.flat()]), mode, constant_val: value }),
    ];
  },
  crop: (cuts, sizes) => [
    phrase('mb.slice_by_size', [], {
      x: X,
      begin: asList([0, 0, ...cuts.map(([low]) => low)]),
      size: asList([-1, -1, ...cuts.map(([low, high], i) => (sizes[i] as number) - low - high)]),
    }),
  ],
  apply: (code) => `x = ${code}`,
};

/** Core ML code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return compose(phrases, of, bias);
}

/** 'same' where something is padded and the sizes suit it, else 'valid'. */
export function usual(of: Geometry): string | null {
  if (of.operation === 'pad' || isTransposed(of) || of.axes.some((one) => out(one) === 0)) return null;
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  if (padded && of.axes.some((one) => out(one) !== Math.ceil(one.size / one.stride))) return null;
  const word = { pad_type: padded ? 'same' : 'valid' };
  if (of.operation === 'conv') return pythonCall(weightedPhrase('conv', of, true, word, (one) => one.stride));
  return pythonCall(poolPhrase(of, word, of.divisor === 'real' ? true : undefined, undefined));
}

/** Pads of each axis in turn. */
function padding(pads: readonly Pads[]): Record<string, Value> {
  if (pads.every(([before, after]) => before === 0 && after === 0)) return { pad_type: 'valid' };
  return { pad_type: 'custom', pad: asList(pads.flat()) };
}

function ones(of: Geometry, count: (one: Axis) => number): Value | undefined {
  const values = of.axes.map(count);
  return values.every((value) => value === 1) ? undefined : asList(values);
}

function weightedPhrase(
  name: string,
  of: Geometry,
  bias: boolean,
  pads: Record<string, Value>,
  stride: (one: Axis) => number,
): Phrase {
  const order = name === 'conv' ? 'go i k' : 'gi o k';
  return phrase(`mb.${name}`, [], {
    x: X,
    weight: {
      tensor: 'weight',
      shape: weightShape(order, { ...of, kernel: of.axes.map((one) => one.kernel) }),
    },
    bias: bias ? { tensor: 'bias', shape: [of.filters] } : undefined,
    strides: ones(of, stride),
    ...pads,
    dilations: ones(of, (one) => one.dilation),
    groups: unless(of.groups, 1),
  });
}

function poolPhrase(
  of: Geometry,
  pads: Record<string, Value>,
  exclude: boolean | undefined,
  ceil: boolean | undefined,
): Phrase {
  return phrase(of.operation === 'max' ? 'mb.max_pool' : 'mb.avg_pool', [], {
    x: X,
    kernel_sizes: asList(of.axes.map((one) => one.kernel)),
    strides: ones(of, (one) => one.stride),
    ...pads,
    ceil_mode: ceil,
    exclude_padding_from_average: exclude,
  });
}
