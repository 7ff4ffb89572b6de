// tinygrad's words for a geometry. Its padding takes two numbers for each axis, pairs from the last axis backwards, and crops
// by negative ones, so that almost all is one line; copies are x.pad's:
//
//   nn.Conv2d(3, 64, 7, stride=2, padding=(2, 3, 2, 3))
//   x.max_pool2d((3, 3), stride=2, padding=(0, 1, 0, 1))
//   x = x.pad((1, 1, 1, 1), mode='reflect')

import { type Fill, type Geometry, isTransposed, out, type Pads, tight } from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Spelling, Value } from '../dialect.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';
import { padFills } from '../spelling.ts';
import { tinygrad } from '../tinygrad.ts';
import { halfPads, isUsual, usualCrops } from '../usual.ts';

const MODES: ReadonlyMap<Fill, string> = new Map<Fill, string>([
  ['reflect', 'reflect'],
  ['replicate', 'replicate'],
  ['wrap', 'circular'],
]);

const phrases: Phrases = {
  dialect: tinygrad,
  conv: (of, bias) => [evens(of), pads(of)].map((padding) => layer(of, bias, padding)),
  transposed: (of, words, bias) => {
    const strides = words.map(({ stride }) => stride);
    const cuts = words.map(({ crop }) => crop);
    const low = cuts.map(([before]): Pads => [before, before]);
    const extra = cuts.map(([before, after]) => before - after);
    const both = transposedLayer(of, bias, strides, flat(cuts), []);
    return extra.some((more) => more < 0)
      ? [both]
      : [transposedLayer(of, bias, strides, flat(low), extra), both];
  },
  pool: (of) =>
    [false, true].flatMap((ceil) =>
      [evens(of), pads(of)].flatMap((padding) =>
        (of.operation === 'max' ? [true] : [true, false]).map((counts) => pool(of, padding, ceil, counts)),
      ),
    ),
  negative: true,
  pad: (sides, fill) => (fill === 'symmetric' ? [] : [padCall(sides, fill)]),
  why,
  apply: (code) => (code.startsWith('x.') ? `x = ${code}` : `x = ${code}(x)`),
};

/** tinygrad code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return compose(phrases, of, bias);
}

/** Half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (!isUsual(of)) return null;
  if (!isTransposed(of)) {
    const half = flat(halfPads(of).map((pad): Pads => [pad, pad]));
    return pythonCall(of.operation === 'conv' ? layer(of, true, half) : pool(of, half, false, true));
  }
  const crops = usualCrops(of);
  if (crops === null) return null;
  const padding = flat(crops.map((one): Pads => [one.padding, one.padding]));
  const strides = crops.map(({ stride }) => stride);
  return pythonCall(
    transposedLayer(
      of,
      true,
      strides,
      padding,
      crops.map(({ extra }) => extra),
    ),
  );
}

function why(of: Geometry): Text | null {
  if (padFills(of.axes).has('symmetric')) return 'tinygrad has no symmetric padding';
  if (typeof of.divisor === 'number') return 'tinygrad divides an average by what its window counts';
  return null;
}

/** The pads before, on both sides of each axis. */
function evens(of: Geometry): Value {
  return flat(of.axes.map((one): Pads => [one.before, one.before]));
}

function pads(of: Geometry): Value {
  return flat(
    of.axes.map((one): Pads => {
      const { before, after } = out(one) === 0 ? one : tight(one);
      return [before, after];
    }),
  );
}

/** One number where all sides agree, one per axis where both sides of each do, else pairs from the last axis backwards. */
function flat(sides: readonly Pads[]): Value {
  return sides.every(([before, after]) => before === after)
    ? same(sides.map(([before]) => before))
    : [...sides].reverse().flat();
}

/** One number is two axes in Conv2d, which is also the layer of three. */
function shape(of: Geometry): { readonly suffix: string; readonly kernel: Value } {
  const kernel = of.axes.map((one) => one.kernel);
  if (kernel.length === 1) return { suffix: '1d', kernel: kernel[0] as number };
  return { suffix: '2d', kernel: kernel.length === 2 ? same(kernel) : kernel };
}

function layer(of: Geometry, bias: boolean, padding: Value): Phrase {
  const { suffix, kernel } = shape(of);
  return phrase(`nn.Conv${suffix}`, [of.channels, of.filters, kernel], {
    stride: unless(same(of.axes.map((one) => one.stride)), 1),
    padding: unless(padding, 0),
    dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
    groups: unless(of.groups, 1),
    bias: unless(bias, true),
  });
}

function transposedLayer(
  of: Geometry,
  bias: boolean,
  strides: readonly number[],
  padding: Value,
  extra: readonly number[],
): Phrase {
  const { suffix, kernel } = shape(of);
  return phrase(`nn.ConvTranspose${suffix}`, [of.channels, of.filters, kernel], {
    stride: unless(same(strides), 1),
    padding: unless(padding, 0),
    output_padding: extra.length === 0 ? undefined : unless(same(extra), 0),
    dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
    groups: unless(of.groups, 1),
    bias: unless(bias, true),
  });
}

function pool(of: Geometry, padding: Value, ceil: boolean, counts: boolean): Phrase {
  const taps = of.axes.map((one) => one.kernel);
  const kernel = taps.length === 2 ? same(taps) : taps;
  return phrase(`x.${of.operation === 'max' ? 'max' : 'avg'}_pool2d`, [kernel], {
    stride: unless(same(of.axes.map((one) => one.stride)), same(taps)),
    dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
    padding: unless(padding, 0),
    ceil_mode: unless(ceil, false),
    count_include_pad: unless(counts, true),
  });
}

/** x.pad: pairs from the last axis backwards; negative numbers crop. */
function padCall(sides: readonly Pads[], fill: Fill): Phrase {
  return phrase('x.pad', [[...sides].reverse().flat()], {
    mode: MODES.get(fill),
    value: typeof fill === 'number' ? unless(fill, 0) : undefined,
  });
}
