// WebNN's words for a geometry: a conv takes any pads, so most are one line; copies and crops are statements around it:
//
//   builder.conv2d(x, filter, {padding: [3, 2, 3, 2], strides: [2, 2], bias: bias})
//   x = builder.pad(x, [0, 0, 1, 1], [0, 0, 1, 1], {mode: 'reflection'})

import {
  type Axis,
  extent,
  type Fill,
  type Geometry,
  isTransposed,
  out,
  type Pads,
  transposedWords,
} from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { compose, type Phrases, type TransposedWords } from '../composer.ts';
import type { Shape, Spelling, Value } from '../dialect.ts';
import { weightShape } from '../parameter.ts';
import { javascriptCall, type Phrase, phrase } from '../printer.ts';
import { padFills } from '../spelling.ts';
import { webnn } from '../webnn.ts';

const X = { tensor: 'x' };
const MODES: ReadonlyMap<Fill, string> = new Map<Fill, string>([
  ['replicate', 'edge'],
  ['reflect', 'reflection'],
]);

/** The phrases for one batch and so many channels, which a slice names. */
const phrasesFor = ({ batch, channels, filters }: Geometry): Phrases => ({
  dialect: webnn,
  conv: (of, bias) => [conv(of, bias, windowPads(of))],
  transposed: (of, words, bias) => [transposed(of, words, bias)],
  pool: (of) => ['floor', 'ceil'].map((rounding) => pool(of, rounding, windowPads(of))),
  pad: (pads, fill) => padding(pads, fill),
  crop: (cuts, sizes) => [...new Set([filters, channels])].map((count) => slice([batch, count], cuts, sizes)),
  why,
  print: javascriptCall,
  apply: (code) => `x = ${code}`,
});

/** WebNN code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  if (of.operation !== 'pad' && of.axes.length !== 2) return { impossible: PLANE };
  return compose(phrasesFor(of), of, bias);
}

const PLANE = 'WebNN convolves and pools in two dimensions only';

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  const { axes } = of;
  if (of.operation === 'pad' || axes.length !== 2 || axes.some((one) => out(one) === 0)) return null;
  if (isTransposed(of)) return javascriptCall(transposed(of, axes.map(transposedWords), true));
  const padded = axes.some((one) => one.before > 0 || one.after > 0);
  const half = axes.map((one): Pads => {
    const count = padded ? Math.floor((extent(one) - 1) / 2) : 0;
    return [count, count];
  });
  return javascriptCall(of.operation === 'conv' ? conv(of, true, half) : pool(of, 'floor', half));
}

function why(of: Geometry): Text | null {
  const fills = padFills(of.axes);
  if (fills.has('wrap')) return 'WebNN has no circular padding';
  return fills.has('symmetric') ? 'WebNN has no symmetric padding' : null;
}

function windowPads(of: Geometry): Pads[] {
  return of.axes.map((one): Pads => [Math.max(0, one.before), Math.max(0, one.after)]);
}

/** The numbers of both axes unless all are the default. */
function both(numbers: readonly number[], fallback: number): Value | undefined {
  return numbers.every((value) => value === fallback) ? undefined : numbers;
}

function steps(axes: readonly Axis[], stride: 'stride' | 'inputDilation', pads: readonly Pads[]) {
  return {
    padding: both(pads.flat(), 0),
    strides: both(
      axes.map((one) => one[stride]),
      1,
    ),
    dilations: both(
      axes.map((one) => one.dilation),
      1,
    ),
  };
}

function kernels(of: Geometry, order: string, bias: boolean) {
  const shape = weightShape(order, { ...of, kernel: of.axes.map((one) => one.kernel) });
  return {
    args: [X, { tensor: 'filter', shape }],
    more: {
      groups: of.groups === 1 ? undefined : of.groups,
      bias: bias ? { tensor: 'bias', shape: [of.filters] } : undefined,
    },
  };
}

function conv(of: Geometry, bias: boolean, pads: readonly Pads[]): Phrase {
  const { args, more } = kernels(of, 'go i k', bias);
  return phrase('builder.conv2d', args, { ...steps(of.axes, 'stride', pads), ...more });
}

/** Crops as padding; what reaches beyond the natural output as outputPadding. */
function transposed(of: Geometry, words: readonly TransposedWords[], bias: boolean): Phrase {
  const { args, more } = kernels(of, 'gi o k', bias);
  const pads = words.map(({ crop: [low, high] }): Pads => [Math.max(0, low), Math.max(0, high)]);
  const extra = words.map(({ crop: [, high] }) => Math.max(0, -high));
  return phrase('builder.convTranspose2d', args, {
    ...steps(of.axes, 'inputDilation', pads),
    outputPadding: both(extra, 0),
    ...more,
  });
}

function pool(of: Geometry, rounding: string, pads: readonly Pads[]): Phrase {
  return phrase(`builder.${of.operation === 'max' ? 'max' : 'average'}Pool2d`, [X], {
    windowDimensions: of.axes.map((one) => one.kernel),
    ...steps(of.axes, 'stride', pads),
    outputShapeRounding: rounding === 'floor' ? undefined : rounding,
  });
}

function padding(pads: readonly Pads[], fill: Fill): readonly Phrase[] {
  const sides = [
    [0, 0, ...pads.map(([low]) => low)],
    [0, 0, ...pads.map(([, high]) => high)],
  ];
  const mode = MODES.get(fill);
  if (typeof fill === 'string' && mode === undefined) return [];
  const options = fill === 0 ? {} : mode === undefined ? { value: fill as number } : { mode };
  return [phrase('builder.pad', [X, ...sides], options)];
}

function slice(lead: Shape, cuts: readonly Pads[], sizes: Shape): Phrase {
  const starts = [0, 0, ...cuts.map(([low]) => low)];
  return phrase('builder.slice', [
    X,
    starts,
    [...lead, ...cuts.map(([low, high], i) => (sizes[i] as number) - low - high)],
  ]);
}
