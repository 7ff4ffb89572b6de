// ONNX's words for a geometry: nodes, the first of which reads x and the last of which makes y. Numbers that a node takes as
// an input are a Constant before it.
//
//   helper.make_node('Constant', [], ['pads'], value_ints=[0, 0, 2, 2, 0, 0, 3, 3])
//   helper.make_node('Pad', ['x', 'pads'], ['x1'])
//   helper.make_node('Conv', ['x1', 'W', 'B'], ['y'], kernel_shape=[7, 7], strides=[2, 2])
//
// Pads that differ by one are SAME_UPPER or SAME_LOWER where these say the same: so they stay right for other sizes.

import { type Axis, type Fill, type Geometry, out, type Pads } from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { compose, type Phrases, type TransposedWords } from '../composer.ts';
import type { Dialect, Shape, Spelling, Value } from '../dialect.ts';
import { onnx } from '../onnx.ts';
import { weightShape } from '../parameter.ts';
import { type Phrase, phrase, pythonCall } from '../printer.ts';
import { asList, isFloat, isTensor } from '../signature.ts';
import { padFills } from '../spelling.ts';

const MODES: ReadonlyMap<Fill, string> = new Map<Fill, string>([
  ['reflect', 'reflect'],
  ['replicate', 'edge'],
  ['wrap', 'wrap'],
]);
/** What the inputs after the first are called where they are constants. */
const CONSTANTS: Readonly<Record<string, readonly string[]>> = {
  Pad: ['', 'pads', 'value'],
  Slice: ['', 'starts', 'ends'],
};
/** The end of a Slice that cuts nothing off. */
const OPEN = 2 ** 31 - 1;

/** ONNX code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return writeAs(onnx, of, bias);
}

/** The nodes in the words of an implementation, which reads them back. */
export function writeAs(dialect: Dialect, of: Geometry, bias: boolean): Spelling {
  const said = compose(phrases(dialect), of, bias);
  return 'lines' in said ? { ...said, lines: said.lines.flatMap((line) => line.split('\n')) } : said;
}

/** The word people reach for where a pool keeps ceil(size / stride); a Conv says nothing without the shape of its W. */
export function usual(of: Geometry): string | null {
  if (of.operation === 'pad' || of.operation === 'conv' || of.axes.some((one) => out(one) === 0)) return null;
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0 || one.overhang > 0);
  const kept = of.axes.every((one) => out(one) === Math.ceil(one.size / one.stride));
  if (padded && !kept) return null;
  const said = pool(of, padded ? { auto_pad: 'SAME_UPPER' } : {});
  return print(said, 0, [said]);
}

function phrases(dialect: Dialect): Phrases {
  return {
    dialect,
    conv: (of, bias) => paddings(of.axes).map((how) => conv(of, bias, how)),
    transposed: (of, words, bias) => [transposed(of, words, bias)],
    pool: (of) =>
      paddings(of.axes).flatMap((how) =>
        [undefined, 1].flatMap((ceil_mode) =>
          (of.operation === 'max' ? [undefined] : [undefined, 1]).map((count_include_pad) =>
            pool(of, { ...how, ceil_mode, count_include_pad }),
          ),
        ),
      ),
    negative: true,
    pad: (pads, fill) =>
      fill === 'symmetric' ? [] : [cropsOnly(pads) ? slice(cuts(pads)) : pad(pads, fill)],
    crop: (cut) => [slice(cut)],
    why: (of) => why(dialect, of),
    print,
    apply: (code) => code,
  };
}

function why({ title }: Dialect, of: Geometry): Text | null {
  if (padFills(of.axes).has('symmetric')) return say`${title} has no symmetric padding`;
  return null;
}

type Attributes = Readonly<Record<string, Value | undefined>>;

/** Ways to say the pads of these axes, most natural first. */
function paddings(axes: readonly Axis[]): readonly Attributes[] {
  const pads = axes.map((one): Pads => [Math.max(0, one.before), Math.max(0, one.after)]);
  const explicit = { pads: beginsAndEnds(pads) };
  const words = [{ auto_pad: 'SAME_UPPER' }, { auto_pad: 'SAME_LOWER' }];
  const even = pads.every(([before, after]) => before === after);
  const dilated = axes.some((one) => one.dilation > 1);
  return even || dilated ? [explicit, ...words] : [...words, explicit];
}

function conv(of: Geometry, bias: boolean, how: Attributes): Phrase {
  return weighted('Conv', 'go i k', of, bias, {
    strides: list(
      of.axes.map((one) => one.stride),
      1,
    ),
    ...how,
  });
}

function transposed(of: Geometry, words: readonly TransposedWords[], bias: boolean): Phrase {
  return weighted('ConvTranspose', 'gi o k', of, bias, {
    strides: list(
      words.map(({ stride }) => stride),
      1,
    ),
    pads: beginsAndEnds(words.map(({ crop: [low, high] }): Pads => [low, Math.max(0, high)])),
    output_padding: list(
      words.map(({ crop }) => Math.max(0, -crop[1])),
      0,
    ),
  });
}

function weighted(
  operator: string,
  order: string,
  of: Geometry,
  bias: boolean,
  attributes: Attributes,
): Phrase {
  const kernel = of.axes.map((one) => one.kernel);
  const weight = { tensor: 'W', shape: weightShape(order, { ...of, kernel }) };
  const inputs = [{ tensor: 'x' }, weight, ...(bias ? [{ tensor: 'B', shape: [of.filters] }] : [])];
  return node(operator, inputs, {
    kernel_shape: asList(kernel),
    ...attributes,
    dilations: list(
      of.axes.map((one) => one.dilation),
      1,
    ),
    group: of.groups === 1 ? undefined : of.groups,
  });
}

function pool(of: Geometry, how: Attributes): Phrase {
  return node(of.operation === 'max' ? 'MaxPool' : 'AveragePool', [{ tensor: 'x' }], {
    kernel_shape: asList(of.axes.map((one) => one.kernel)),
    strides: list(
      of.axes.map((one) => one.stride),
      1,
    ),
    ...how,
    dilations: list(
      of.axes.map((one) => one.dilation),
      1,
    ),
  });
}

function pad(pads: readonly Pads[], fill: Fill): Phrase {
  const flat = [0, 0, ...pads.map(([begin]) => begin), 0, 0, ...pads.map(([, end]) => end)];
  const value = typeof fill === 'number' && fill !== 0 ? [{ float: fill }] : [];
  return node('Pad', [{ tensor: 'x' }, asList(flat), ...value], { mode: MODES.get(fill) });
}

/** Whether pads only crop, which every implementation does as a Slice, but not all as a Pad. */
function cropsOnly(pads: readonly Pads[]): boolean {
  return pads.flat().every((count) => count <= 0) && pads.flat().some((count) => count < 0);
}

function cuts(pads: readonly Pads[]): Pads[] {
  return pads.map(([begin, end]): Pads => [0 - begin, 0 - end]);
}

function slice(cuts: readonly Pads[]): Phrase {
  const starts = [0, 0, ...cuts.map(([low]) => low)];
  const ends = [OPEN, OPEN, ...cuts.map(([, high]) => (high > 0 ? -high : OPEN))];
  return node('Slice', [{ tensor: 'x' }, asList(starts), asList(ends)], {});
}

function node(operator: string, inputs: readonly Value[], attributes: Attributes): Phrase {
  return phrase('helper.make_node', [operator, asList(inputs), asList(['y'])], attributes);
}

/** The numbers, unless they are the default. */
function list(values: Shape, fallback: number): Value | undefined {
  return values.every((value) => value === fallback) ? undefined : asList(values);
}

function beginsAndEnds(pads: readonly Pads[]): Value | undefined {
  return list([...pads.map(([begin]) => begin), ...pads.map(([, end]) => end)], 0);
}

/** A node and the constants before it, one a line; of several, each reads what the one before it makes. */
function print({ path, args, keywords }: Phrase, index: number, calls: readonly Phrase[]): string {
  const [operator = null, inputs = null] = args;
  const names = CONSTANTS[String(operator)] ?? [];
  const place = index === 0 ? '' : String(index);
  const lines: string[] = [];
  const named = (inputs as readonly Value[]).map((value, i) => {
    if (isTensor(value)) return value.tensor === 'x' ? `x${place}` : value.tensor;
    const name = `${names[i]}${place}`;
    const kind = isFloat(value) ? 'value_float' : 'value_ints';
    lines.push(pythonCall(phrase(path, ['Constant', asList([]), asList([name])], { [kind]: value })));
    return name;
  });
  const made = index === calls.length - 1 ? 'y' : `x${index + 1}`;
  return [...lines, pythonCall({ path, args: [operator, asList(named), asList([made])], keywords })].join(
    '\n',
  );
}
