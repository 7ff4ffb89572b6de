// OpenVINO's words for a geometry. Every attribute is written out, since the functions have no defaults for them:
//
//   ov.opset13.convolution(x, weight, [2, 2], [1, 1], [1, 1], [1, 1])
//   ov.opset13.convolution_backprop_data(x, weight, [2, 2], None, [0, 0], [1, 1], [1, 1])
//   ov.opset1.max_pool(x, [2, 2], [0, 0], [0, 0], [2, 2])           one output; from opset 8 on the indices are a second
//   x = ov.opset13.add(x, bias)

import {
  extent,
  type Fill,
  type Geometry,
  isTransposed,
  out,
  type Pads,
  transposedWords,
} from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { compose, type Phrases, type TransposedWords } from '../composer.ts';
import type { NamedTensor, Spelling, Value } from '../dialect.ts';
import { openvino } from '../openvino.ts';
import { weightShape } from '../parameter.ts';
import { type Phrase, phrase, pythonCall } from '../printer.ts';
import { asList } from '../signature.ts';
import { padFills } from '../spelling.ts';

const MODES: ReadonlyMap<Fill, string> = new Map<Fill, string>([
  ['replicate', 'edge'],
  ['reflect', 'reflect'],
  ['symmetric', 'symmetric'],
]);

const INPUT: NamedTensor = { tensor: 'x' };

const phrases: Phrases = {
  dialect: openvino,
  conv: (of) => [convPhrase(of, windowPads(of))],
  transposed: (of, words) => [
    backpropPhrase(
      of,
      words,
      words.map(({ crop: [low, high] }): Pads => [low, Math.max(0, high)]),
      words.map(({ crop }) => Math.max(0, -crop[1])),
    ),
  ],
  pool: (of) =>
    ['floor', 'ceil', 'ceil_torch'].flatMap((rounding) =>
      (of.operation === 'max' ? [true] : [true, false]).map((excluded) =>
        poolPhrase(of, windowPads(of), rounding, excluded),
      ),
    ),
  negative: true,
  pad: (pads, fill) => (fill === 'wrap' ? [] : [padPhrase(pads, fill)]),
  why,
};

/** OpenVINO code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  const said = compose(phrases, of, false);
  if (!bias || 'impossible' in said) return said;
  const lines = said.lines.map((line) => (line.startsWith('x = ') ? line : `x = ${line}`));
  return {
    lines: [...lines, 'x = ov.opset13.add(x, bias)'],
    tensors: { ...said.tensors, bias: [1, of.filters, ...of.axes.map(() => 1)] },
  };
}

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (of.operation === 'pad' || of.axes.some((one) => out(one) === 0)) return null;
  if (isTransposed(of)) return usualTransposed(of);
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  const half = of.axes.map((one): Pads => {
    const pads = padded ? Math.floor((extent(one) - 1) / 2) : 0;
    return [pads, pads];
  });
  return pythonCall(
    of.operation === 'conv' ? convPhrase(of, half) : poolPhrase(of, half, 'floor', of.divisor === 'real'),
  );
}

function usualTransposed(of: Geometry): string | null {
  const words = of.axes.map(transposedWords);
  if (!of.axes.every((one, i) => out(one) === one.size * (words[i]?.stride ?? 1))) return null;
  // The crop that people spread evenly: half of what the window covers beyond a stride, rounded up, on both sides.
  const surplus = of.axes.map((one, i) => extent(one) - (words[i]?.stride ?? 1));
  const half = surplus.map((more) => Math.max(0, Math.ceil(more / 2)));
  return pythonCall(
    backpropPhrase(
      of,
      words,
      half.map((cut): Pads => [cut, cut]),
      half.map((cut, i) => Math.max(0, 2 * cut - (surplus[i] as number))),
    ),
  );
}

function why(of: Geometry): Text | null {
  if (typeof of.divisor === 'number')
    return say`OpenVINO divides an average by the window or its elements, not by ${of.divisor}`;
  return padFills(of.axes).has('wrap') ? 'OpenVINO has no circular padding' : null;
}

function windowPads(of: Geometry): Pads[] {
  return of.axes.map((one): Pads => [Math.max(0, one.before), Math.max(0, one.after)]);
}

function convPhrase(of: Geometry, pads: readonly Pads[]): Phrase {
  const grouped = of.groups > 1;
  return phrase(`ov.opset13.${grouped ? 'group_' : ''}convolution`, [
    INPUT,
    weightOf(of, grouped ? 'g o i k' : 'go i k'),
    asList(of.axes.map((one) => one.stride)),
    ...lists(pads),
    asList(of.axes.map((one) => one.dilation)),
  ]);
}

function backpropPhrase(
  of: Geometry,
  words: readonly TransposedWords[],
  pads: readonly Pads[],
  extra: readonly number[],
): Phrase {
  const grouped = of.groups > 1;
  return phrase(
    `ov.opset13.${grouped ? 'group_' : ''}convolution_backprop_data`,
    [
      INPUT,
      weightOf(of, grouped ? 'g i o k' : 'gi o k'),
      asList(words.map(({ stride }) => stride)),
      null,
      ...lists(pads),
      asList(of.axes.map((one) => one.dilation)),
    ],
    { output_padding: extra.some((more) => more > 0) ? asList(extra) : undefined },
  );
}

/** Without dilation and 'ceil_torch' a maximum is opset 1's, which has one output. */
function poolPhrase(of: Geometry, pads: readonly Pads[], rounding: string, excluded: boolean): Phrase {
  const dilations = of.axes.map((one) => one.dilation);
  const dilated = dilations.some((dilation) => dilation > 1);
  const strides = asList(of.axes.map((one) => one.stride));
  const kernel = asList(of.axes.map((one) => one.kernel));
  const keywords = { rounding_type: rounding === 'floor' ? undefined : rounding };
  if (of.operation === 'max') {
    const first = !dilated && rounding !== 'ceil_torch';
    const window = [...lists(pads), kernel];
    return first
      ? phrase('ov.opset1.max_pool', [INPUT, strides, ...window], keywords)
      : phrase('ov.opset14.max_pool', [INPUT, strides, asList(dilations), ...window], keywords);
  }
  return phrase(`ov.opset${dilated ? 16 : 14}.avg_pool`, [INPUT, strides, ...lists(pads), kernel, excluded], {
    ...keywords,
    dilations: dilated ? asList(dilations) : undefined,
  });
}

/** pad over all dimensions; negative numbers crop. */
function padPhrase(pads: readonly Pads[], fill: Fill): Phrase {
  const [begin, end] = [
    [0, 0, ...pads.map(([before]) => before)],
    [0, 0, ...pads.map(([, after]) => after)],
  ];
  const value =
    typeof fill !== 'number' || fill === 0 ? undefined : { tensor: `np.float32(${numberText(fill)})` };
  return phrase('ov.opset13.pad', [INPUT, asList(begin), asList(end), MODES.get(fill) ?? 'constant', value]);
}

function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : value < 0 ? "'-inf'" : "'inf'";
}

function lists(pads: readonly Pads[]): Value[] {
  return [asList(pads.map(([before]) => before)), asList(pads.map(([, after]) => after))];
}

function weightOf(of: Geometry, order: string): NamedTensor {
  return { tensor: 'weight', shape: weightShape(order, { ...of, kernel: of.axes.map((one) => one.kernel) }) };
}
