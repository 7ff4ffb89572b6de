// Burn's words for a geometry: configurations in Rust, whose padding has two sides in one and two dimensions; Tensor::pad for
// copies, for three dimensions and for what a pool cannot say:
//
//   Conv2dConfig::new([3, 64], [7, 7]).with_stride([2, 2]).with_padding(PaddingConfig2d::Explicit(2, 2, 3, 3)).init(&device)
//   x = x.pad([(1, 1), (1, 1)], PadMode::Edge)
//   x = MaxPool2dConfig::new([3, 3]).with_strides([2, 2]).init().forward(x)

import { type Fill, type Geometry, isTransposed, out, type Pads, tight } from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { burn } from '../burn.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Spelling, Value } from '../dialect.ts';
import { given, type Phrase, phrase } from '../printer.ts';
import { isTensor } from '../signature.ts';
import { padFills } from '../spelling.ts';
import { halfPads, isUsual, usualCrops } from '../usual.ts';

const phrases: Phrases = {
  dialect: burn,
  conv: (of, bias) => [evens(of), sides(of)].map((pads) => conv(of, bias, pads)),
  transposed: (of, words, bias) => [
    transposed(
      of,
      bias,
      words.map(({ stride, crop: [low, high] }) => ({ stride, padding: low, extra: low - high })),
    ),
  ],
  pool: (of) =>
    of.axes.length === 3
      ? []
      : [false, true].flatMap((ceil) =>
          [evens(of), sides(of)].flatMap((pads) =>
            (of.operation === 'max' ? [true] : [true, false]).map((counts) => pool(of, pads, ceil, counts)),
          ),
        ),
  pad: (pads, fill) => (fill === 'symmetric' || fill === 'wrap' ? [] : [padCall(pads, fill)]),
  why,
  print,
  apply: (code) => (code.startsWith('x.') ? `x = ${code}` : `x = ${code}.forward(x)`),
};

/** Burn code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return compose(phrases, of, bias);
}

/** Half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (!isUsual(of) || (of.operation !== 'conv' && of.axes.length === 3)) return null;
  if (!isTransposed(of)) {
    const half = halfPads(of).map((pad): Pads => [pad, pad]);
    return print(of.operation === 'conv' ? conv(of, true, half) : pool(of, half, false, true));
  }
  const crops = usualCrops(of);
  return crops === null ? null : print(transposed(of, true, crops));
}

function why(of: Geometry): Text | null {
  const fills = padFills(of.axes);
  if (of.operation !== 'conv' && of.operation !== 'pad' && of.axes.length === 3)
    return 'Burn has no pooling in three dimensions';
  if (fills.has('symmetric') || fills.has('wrap'))
    return 'Burn pads with a constant, by reflection or with the edge';
  if (typeof of.divisor === 'number') return 'Burn divides an average by what its window counts';
  const cut = of.axes.some((one) => one.before < 0 || one.after < 0);
  if (isTransposed(of) ? of.flip && of.axes.every((one) => one.stride === 1) : cut)
    return 'Burn crops by slicing, x.slice([..]), which padwise does not write';
  return null;
}

function evens(of: Geometry): Pads[] {
  return of.axes.map((one): Pads => [one.before, one.before]);
}

function sides(of: Geometry): Pads[] {
  return of.axes.map((one): Pads => {
    const { before, after } = out(one) === 0 ? one : tight(one);
    return [before, after];
  });
}

/** PaddingConfig2d::Explicit(top, left, bottom, right); nothing where there is no padding. */
function config(pads: readonly Pads[]): Value | undefined {
  const rank = pads.length;
  if (pads.flat().every((pad) => pad === 0)) return undefined;
  const [low, high] = [pads.map(([before]) => before), pads.map(([, after]) => after)];
  const alike = low.every((pad, i) => pad === high[i]);
  // Three dimensions have no two sides: a configuration that is refused.
  const numbers = rank === 3 && alike ? low : [...low, ...high];
  return { tensor: `PaddingConfig${rank}d::Explicit(${numbers.join(', ')})` };
}

/** One number in one dimension, else an array. */
function each(numbers: readonly number[]): Value {
  return numbers.length === 1 ? (numbers[0] as number) : numbers;
}

/** The numbers of all axes unless they are all the default. */
function unlike(numbers: readonly number[], fallback: number): Value | undefined {
  return numbers.every((one) => one === fallback) ? undefined : each(numbers);
}

function conv(of: Geometry, bias: boolean, pads: readonly Pads[]): Phrase {
  const rank = of.axes.length;
  const channels = rank === 1 ? [of.channels, of.filters] : [[of.channels, of.filters]];
  return phrase(`Conv${rank}dConfig.new`, [...channels, each(of.axes.map((one) => one.kernel))], {
    with_stride: unlike(
      of.axes.map((one) => one.stride),
      1,
    ),
    with_padding: config(pads),
    with_dilation: unlike(
      of.axes.map((one) => one.dilation),
      1,
    ),
    with_groups: of.groups === 1 ? undefined : of.groups,
    with_bias: bias ? undefined : false,
  });
}

function transposed(
  of: Geometry,
  bias: boolean,
  words: readonly { readonly stride: number; readonly padding: number; readonly extra: number }[],
): Phrase {
  const kernel = each(of.axes.map((one) => one.kernel));
  return phrase(`ConvTranspose${of.axes.length}dConfig.new`, [[of.channels, of.filters], kernel], {
    with_stride: unlike(
      words.map(({ stride }) => stride),
      1,
    ),
    with_padding: unlike(
      words.map(({ padding }) => padding),
      0,
    ),
    with_padding_out: unlike(
      words.map(({ extra }) => extra),
      0,
    ),
    with_dilation: unlike(
      of.axes.map((one) => one.dilation),
      1,
    ),
    with_groups: of.groups === 1 ? undefined : of.groups,
    with_bias: bias ? undefined : false,
  });
}

function pool(of: Geometry, pads: readonly Pads[], ceil: boolean, counts: boolean): Phrase {
  const rank = of.axes.length;
  const kernel = of.axes.map((one) => one.kernel);
  const stride = of.axes.map((one) => one.stride);
  return phrase(`${of.operation === 'max' ? 'Max' : 'Avg'}Pool${rank}dConfig.new`, [each(kernel)], {
    [rank === 1 ? 'with_stride' : 'with_strides']: stride.join() === kernel.join() ? undefined : each(stride),
    with_padding: config(pads),
    with_dilation: unlike(
      of.axes.map((one) => one.dilation),
      1,
    ),
    with_ceil_mode: ceil ? true : undefined,
    with_count_include_pad: counts ? undefined : false,
  });
}

/** x.pad: pairs of the last axes. */
function padCall(pads: readonly Pads[], fill: Fill): Phrase {
  const infinite = fill === -Infinity ? 'f32::NEG_INFINITY' : null;
  const constant = Number.isInteger(fill) ? `${fill}.0` : String(fill);
  const mode =
    fill === 'reflect' ? 'Reflect' : fill === 'replicate' ? 'Edge' : `Constant(${infinite ?? constant})`;
  return phrase('x.pad', [pads, { tensor: `PadMode::${mode}` }]);
}

/** A phrase in Rust: its keywords are the builder's methods. */
function print({ path, args, keywords }: Phrase): string {
  const method = path.startsWith('x.');
  const text = args.map((one) => (method ? pairs(one) : rust(one))).join(', ');
  const set = given(keywords).map(([name, value]) => `.${name}(${rust(value)})`);
  const made = method ? '' : `.init(${/Pool/.test(path) ? '' : '&device'})`;
  return `${method ? path : path.replaceAll('.', '::')}(${text})${set.join('')}${made}`;
}

function rust(value: Value): string {
  if (isTensor(value)) return value.tensor;
  return Array.isArray(value) ? `[${(value as readonly Value[]).map(rust).join(', ')}]` : String(value);
}

/** An array of pairs. */
function pairs(value: Value): string {
  if (!Array.isArray(value)) return rust(value);
  return `[${(value as readonly (readonly number[])[]).map((pair) => `(${pair.join(', ')})`).join(', ')}]`;
}
