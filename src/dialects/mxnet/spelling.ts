// MXNet's words for a geometry. What one layer cannot say, array functions say around it:
//
//   x = mx.nd.pad(x, mode='constant', pad_width=(0, 0, 0, 0, 2, 3, 2, 3))      pads that differ between the sides
//   x = nn.Conv2D(64, kernel_size=7, strides=2)(x)
//
//   x = nn.Conv1D(6, kernel_size=3, strides=2, padding=2)(x)                   the same without mx.nd.pad, which takes no
//   x = mx.nd.slice(x, begin=(None, None, 1), end=(None, None, None))          1-D data: more padding, then its windows off

import {
  type Axis,
  extent,
  type Fill,
  type Geometry,
  inputShape,
  isTransposed,
  out,
  outputShape,
  type Pads,
  start,
} from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Spelling } from '../dialect.ts';
import { mxnet } from '../mxnet.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';
import { padFills } from '../spelling.ts';
import { halfPads, isUsual, usualCrops } from '../usual.ts';

const MODES: ReadonlyMap<Fill, string> = new Map<Fill, string>([
  ['reflect', 'reflect'],
  ['replicate', 'edge'],
]);

const X = { tensor: 'x' } as const;

const phrases: Phrases = {
  dialect: mxnet,
  conv: (of, bias) => [convPhrase(of, bias, pads(of))],
  transposed: (of, words, bias) => {
    const padding = words.map(({ crop: [low] }) => low);
    return [
      transposedPhrase(
        of,
        bias,
        padding,
        words.map(({ crop: [low, high] }) => low - high),
      ),
    ];
  },
  pool: (of) =>
    [false, true].flatMap((ceil) =>
      (of.operation === 'max' ? [true] : [true, false]).map((counted) =>
        poolPhrase(of, pads(of), ceil, counted),
      ),
    ),
  pad: padPhrases,
  crop: (cuts) => [slicePhrase(cuts)],
  why,
};

/** MXNet code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  const refused = never(of);
  return refused === null ? compose(phrases, of, bias) : { impossible: refused };
}

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (!isUsual(of)) return null;
  if (!isTransposed(of))
    return pythonCall(
      of.operation === 'conv'
        ? convPhrase(of, true, halfPads(of))
        : poolPhrase(of, halfPads(of), false, of.operation === 'max' || of.divisor !== 'real'),
    );
  const crops = usualCrops(of);
  if (crops === null) return null;
  return pythonCall(
    transposedPhrase(
      of,
      true,
      crops.map(({ padding }) => padding),
      crops.map(({ extra }) => extra),
    ),
  );
}

function pads(of: Geometry): number[] {
  return of.axes.map((one) => Math.max(0, one.before));
}

function convPhrase(of: Geometry, bias: boolean, padding: readonly number[]): Phrase {
  return phrase(`nn.Conv${of.axes.length}D`, [of.filters], {
    kernel_size: same(of.axes.map((one) => one.kernel)),
    strides: unless(same(of.axes.map((one) => one.stride)), 1),
    padding: unless(same(padding), 0),
    dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
    groups: unless(of.groups, 1),
    use_bias: unless(bias, true),
  });
}

/** With groups MXNet 1.9 wants in_channels as well. */
function transposedPhrase(
  of: Geometry,
  bias: boolean,
  padding: readonly number[],
  extra: readonly number[],
): Phrase {
  return phrase(`nn.Conv${of.axes.length}DTranspose`, [of.filters], {
    kernel_size: same(of.axes.map((one) => one.kernel)),
    strides: unless(same(of.axes.map((one) => one.inputDilation)), 1),
    padding: unless(same(padding), 0),
    output_padding: unless(same(extra), 0),
    dilation: unless(same(of.axes.map((one) => (one.kernel > 1 ? one.dilation : 1))), 1),
    groups: unless(of.groups, 1),
    use_bias: unless(bias, true),
    in_channels: of.groups === 1 ? undefined : of.channels,
  });
}

function poolPhrase(of: Geometry, padding: readonly number[], ceil: boolean, counted: boolean): Phrase {
  const kernel = same(of.axes.map((one) => one.kernel));
  return phrase(`nn.${of.operation === 'max' ? 'Max' : 'Avg'}Pool${of.axes.length}D`, [kernel], {
    strides: unless(same(of.axes.map((one) => one.stride)), kernel),
    padding: unless(same(padding), 0),
    ceil_mode: unless(ceil, false),
    count_include_pad: unless(counted, true),
  });
}

/** mx.nd.pad takes two dimensions at least, so one is put in front for it. */
function padPhrases(pads: readonly Pads[], fill: Fill): readonly (readonly Phrase[])[] {
  const mode = typeof fill === 'number' ? 'constant' : MODES.get(fill);
  if (mode === undefined) return [];
  const rows = pads.length === 1 ? [0, 0] : [];
  const pad = phrase('mx.nd.pad', [X], {
    mode,
    pad_width: [0, 0, 0, 0, ...rows, ...pads.flat()],
    constant_value: typeof fill === 'number' ? unless(fill, 0) : undefined,
  });
  const dimension = (name: string) => phrase(`mx.nd.${name}`, [X], { axis: 2 });
  if (pads.length === 1) return [[dimension('expand_dims'), pad, dimension('squeeze')]];
  const sides = pads.flat();
  const layer = phrase('nn.ReflectionPad2D', [
    sides.every((side) => side === sides[0]) ? (sides[0] as number) : [0, 0, 0, 0, ...sides],
  ]);
  return pads.length === 2 && mode === 'reflect' ? [[layer], [pad]] : [[pad]];
}

function slicePhrase(cuts: readonly Pads[]): Phrase {
  const bounds = (ends: readonly number[]) => [null, null, ...ends.map((end) => (end === 0 ? null : end))];
  return phrase('mx.nd.slice', [X], {
    begin: bounds(cuts.map(([low]) => low)),
    end: bounds(cuts.map(([, high]) => -high)),
  });
}

/** What no code says, though its readers would not refuse it. */
function never(of: Geometry): Text | null {
  const shapes = of.operation === 'pad' ? inputShape(of) : [...inputShape(of), ...outputShape(of)];
  if (shapes.includes(0)) return 'MXNet runs no layer whose input or output is empty';
  const nothing = of.operation === 'max' && of.axes.some((one) => holdsNothing(one, false));
  return nothing ? 'a window that holds no element is the smallest float32 in MXNet' : null;
}

function why(of: Geometry): Text | null {
  const fills = padFills(of.axes);
  if (isTransposed(of)) return whyTransposed(of, fills);
  const pools = of.operation === 'max' || of.operation === 'average';
  if (pools && of.axes.some((one) => one.dilation > 1 && one.kernel > 1))
    return 'a Gluon pooling has no dilation';
  if (pools && of.axes.some((one) => one.inputDilation > 1)) return null;
  if (of.operation === 'average') {
    if (of.axes.some((one) => holdsNothing(one, of.divisor !== 'real')))
      return 'a window that holds no element is 0 in MXNet';
    if (typeof of.divisor === 'number')
      return say`MXNet divides by the window or its elements, not by ${of.divisor}`;
  }
  if (of.operation === 'pad' && of.axes.some((one) => one.stride * one.inputDilation > 1))
    return 'MXNet has no padding between elements';
  if (fills.has('symmetric') || fills.has('wrap'))
    return 'MXNet pads with a constant, the edge or a reflection only';
  return fills.has('reflect') ? 'MXNet reflects an input once at most' : null;
}

function whyTransposed(of: Geometry, fills: ReadonlySet<Fill>): Text | null {
  if (of.flip && of.axes.length === 3 && of.axes.some((one) => one.dilation > 1 && one.kernel > 1))
    return 'MXNet has no dilation in a transposed convolution of three dimensions';
  return [...fills].some((fill) => fill !== 0) ? 'MXNet pads a transposed convolution with zeros only' : null;
}

/** Whether a window at the border holds no element; or, where pads count as well, neither. */
function holdsNothing(one: Axis, counted: boolean): boolean {
  const [low, high] = counted ? [-Infinity, one.size + one.after] : [0, one.size];
  return start(one, 0) + extent(one) <= low || start(one, out(one) - 1) >= high;
}
