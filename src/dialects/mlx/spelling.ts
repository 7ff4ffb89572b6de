// MLX's words for a geometry, channels last. A layer where one number pads both sides; conv_general, which has no bias, says all
// else that zeros, crops and holes can; copies and uneven pools need mx.pad:
//
//   nn.Conv2d(3, 64, 7, stride=2, padding=3)
//   mx.conv_general(x, weight, stride=2, padding=([2, 2], [3, 3]))
//   x = mx.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)), constant_values=float('-inf'))

import {
  type Axis,
  type Fill,
  type Geometry,
  isTransposed,
  out,
  type Pads,
  tight,
} from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Spelling } from '../dialect.ts';
import { mlx } from '../mlx.ts';
import { NUMPY_FILLS } from '../numpy-pad.ts';
import { weightShape } from '../parameter.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';
import { asList } from '../signature.ts';
import { padFills } from '../spelling.ts';
import { halfPads, isUsual, usualCrops } from '../usual.ts';

const GENERAL = 'mx.conv_general';

const phrases: Phrases = {
  dialect: mlx,
  conv: (of, bias) => {
    const made = layers(of, bias, befores(of));
    return bias && !crops(of) && made.length > 0 ? made : [...made, general(of)];
  },
  transposed: (of, words, bias) => [
    transposedLayer(
      of,
      bias,
      words.map(({ stride, crop: [low, high] }) => ({ stride, padding: low, extra: low - high })),
    ),
    general(of),
  ],
  pool: (of) => [pool(of, befores(of))],
  pad: (pads, fill) => (fill === 'wrap' ? [] : [padCall(pads, fill)]),
  why,
};

/** MLX code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  const added = bias ? '  # + bias' : '';
  const print = (one: Phrase) => pythonCall(one) + (one.path === GENERAL ? added : '');
  return compose({ ...phrases, print }, of, bias);
}

/** Half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (!isUsual(of)) return null;
  if (!isTransposed(of)) {
    const half = halfPads(of);
    const [layer] = of.operation === 'conv' ? layers(of, true, half) : [pool(of, half)];
    return layer === undefined ? null : pythonCall(layer);
  }
  const crops = usualCrops(of);
  return crops === null || of.groups > 1 ? null : pythonCall(transposedLayer(of, true, crops));
}

function why(of: Geometry): Text | null {
  if (padFills(of.axes).has('wrap')) return 'MLX has no circular padding';
  if (isTransposed(of))
    return 'MLX crops the input of a transposed convolution by whole elements, not its output';
  if (typeof of.divisor === 'number') return 'MLX divides an average by the whole window';
  if (of.operation !== 'conv' && of.axes.some((one) => one.before < 0 || one.after < 0))
    return 'MLX crops by slicing, x[:, 1:], which is no call that padwise writes';
  if (of.operation === 'average' && (of.divisor !== 'window' || of.axes.some((one) => one.overhang > 0)))
    return 'MLX counts every pad in its average; pool a tensor of ones alike and divide by it';
  return null;
}

function crops(of: Geometry): boolean {
  return of.axes.some((one) => out(one) > 0 && (tight(one).before < 0 || tight(one).after < 0));
}

function befores(of: Geometry): number[] {
  return of.axes.map((one) => one.before);
}

/** The layer, which has no groups in three dimensions. */
function layers(of: Geometry, bias: boolean, pads: readonly number[]): Phrase[] {
  const rank = of.axes.length;
  if (rank === 3 && of.groups > 1) return [];
  const layer = phrase(`nn.Conv${rank}d`, [of.channels, of.filters, same(of.axes.map((one) => one.kernel))], {
    stride: unless(same(of.axes.map((one) => one.stride)), 1),
    padding: unless(same(pads), 0),
    dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
    groups: unless(of.groups, 1),
    bias: unless(bias, true),
  });
  return [layer];
}

function transposedLayer(
  of: Geometry,
  bias: boolean,
  words: readonly { readonly stride: number; readonly padding: number; readonly extra: number }[],
): Phrase {
  const kernel = same(of.axes.map((one) => one.kernel));
  return phrase(`nn.ConvTranspose${of.axes.length}d`, [of.channels, of.filters, kernel], {
    stride: unless(same(words.map(({ stride }) => stride)), 1),
    padding: unless(same(words.map(({ padding }) => padding)), 0),
    dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
    output_padding: unless(same(words.map(({ extra }) => extra)), 0),
    bias: unless(bias, true),
  });
}

/** conv_general; a crop counts elements of the input, before the holes between them. */
function general(of: Geometry): Phrase {
  const axes = of.axes.map((one) => (out(one) === 0 ? one : tight(one)));
  const elements = (pad: number, { inputDilation }: Axis) =>
    pad < 0 ? Math.trunc(pad / inputDilation) : pad;
  const low = axes.map((one) => elements(one.before, one));
  const high = axes.map((one) => elements(one.after, one));
  const even = low.every((pad, i) => pad === high[i]);
  const kernel = of.axes.map((one) => one.kernel);
  const weight = { tensor: 'weight', shape: weightShape('go k i', { ...of, kernel }) };
  return phrase(GENERAL, [{ tensor: 'x' }, weight], {
    stride: unless(same(of.axes.map((one) => one.stride)), 1),
    padding: even ? unless(same(low), 0) : [asList(low), asList(high)],
    kernel_dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
    input_dilation: unless(same(of.axes.map((one) => one.inputDilation)), 1),
    groups: unless(of.groups, 1),
    flip: unless(of.flip && kernel.some((count) => count > 1), false),
  });
}

function pool(of: Geometry, pads: readonly number[]): Phrase {
  const kernel = same(of.axes.map((one) => one.kernel));
  return phrase(`nn.${of.operation === 'max' ? 'Max' : 'Avg'}Pool${of.axes.length}d`, [kernel], {
    stride: unless(same(of.axes.map((one) => one.stride)), kernel),
    padding: unless(same(pads), 0),
  });
}

function padCall(pads: readonly Pads[], fill: Fill): Phrase {
  const [mode = 'constant'] = Object.entries(NUMPY_FILLS).find(([, one]) => one === fill) ?? [];
  return phrase('mx.pad', [{ tensor: 'x' }, [[0, 0], ...pads, [0, 0]]], {
    mode: unless(mode, 'constant'),
    constant_values: typeof fill === 'number' ? unless(fill, 0) : undefined,
  });
}
