// TensorRT's words for a geometry: the layer, what is set on it, and its output.
//
//   x = network.add_convolution_nd(x, 64, (7, 7), kernel, bias)
//   x.stride_nd = (2, 2)
//   x.pre_padding = (2, 2)
//   x.post_padding = (3, 3)
//   x = x.get_output(0)

import { type Axis, extent, type Geometry, isTransposed, out, type Pads } from '../../geometry/index.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Spelling, Value } from '../dialect.ts';
import { given, type Phrase, phrase, pythonCall } from '../printer.ts';
import { tensorrt } from '../tensorrt.ts';

const phrases: Phrases = {
  dialect: tensorrt,
  conv: (of, bias) => [
    weightedPhrase(
      'add_convolution_nd',
      of,
      bias,
      of.axes.map((one): Pads => [one.before, one.after]),
      (one) => one.stride,
    ),
  ],
  transposed: (of, words, bias) => [
    weightedPhrase(
      'add_deconvolution_nd',
      of,
      bias,
      words.map(({ crop }) => crop),
      (one) => one.inputDilation,
    ),
  ],
  pool: (of) =>
    [undefined, 'EXPLICIT_ROUND_UP'].flatMap((mode) =>
      (of.operation === 'max' ? [undefined] : [undefined, false]).map((excludes) =>
        poolPhrase(
          of,
          of.axes.map((one): Pads => [one.before, one.after]),
          mode,
          excludes,
        ),
      ),
    ),
  negative: true,
  pad: (pads, fill) => (pads.length === 2 && fill === 0 ? [padPhrase(pads)] : []),
  crop: (cuts) =>
    cuts.length === 2 ? [padPhrase(cuts.map(([low, high]): Pads => [0 - low, 0 - high]))] : [],
  print,
  apply: (code) => code,
  why: (of) => {
    if (of.axes.length === 1) return 'TensorRT has layers of two or three axes only';
    if (of.operation === 'pad')
      return 'padwise writes padding with zeros, and cropping, of two axes in TensorRT';
    return null;
  },
};

/** TensorRT code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  const said = compose(phrases, of, bias);
  return 'lines' in said ? { ...said, lines: said.lines.flatMap((one) => one.split('\n')) } : said;
}

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (
    of.operation !== 'conv' ||
    isTransposed(of) ||
    of.axes.length === 1 ||
    of.axes.some((one) => out(one) === 0)
  )
    return null;
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  const half = of.axes.map((one): Pads => {
    const pad = padded ? Math.floor((extent(one) - 1) / 2) : 0;
    return [pad, pad];
  });
  return print(weightedPhrase('add_convolution_nd', of, true, half, (one) => one.stride)).replaceAll(
    '\n',
    '; ',
  );
}

/** The call, a line for each attribute set on its layer, and its output. */
function print({ path, args, keywords }: Phrase): string {
  const own = path.endsWith('add_padding_nd') ? keywords : {};
  const set = path.endsWith('add_padding_nd') ? {} : keywords;
  const lines = given(set).map(([name, value]) => `x.${name} = ${valueText(value)}`);
  return [`x = ${pythonCall(phrase(path, args, own))}`, ...lines, 'x = x.get_output(0)'].join('\n');
}

/** A value as Python writes it, alone. */
function valueText(value: Value): string {
  return pythonCall(phrase('', [value])).slice(1, -1);
}

function pads(list: readonly Pads[]): Record<string, Value> {
  if (list.every(([before, after]) => before === 0 && after === 0)) return {};
  const [before, after] = [list.map(([low]) => low), list.map(([, high]) => high)];
  return list.every(([low, high]) => low === high)
    ? { padding_nd: before }
    : { pre_padding: before, post_padding: after };
}

function ones(of: Geometry, count: (one: Axis) => number): Value | undefined {
  const values = of.axes.map(count);
  return values.every((value) => value === 1) ? undefined : values;
}

function weightedPhrase(
  name: string,
  of: Geometry,
  bias: boolean,
  list: readonly Pads[],
  stride: (one: Axis) => number,
): Phrase {
  return phrase(
    `network.${name}`,
    [
      { tensor: 'x' },
      of.filters,
      of.axes.map((one) => one.kernel),
      { tensor: 'kernel' },
      bias ? { tensor: 'bias' } : undefined,
    ],
    {
      stride_nd: ones(of, stride),
      ...pads(list),
      dilation_nd: ones(of, (one) => one.dilation),
      num_groups: of.groups === 1 ? undefined : of.groups,
    },
  );
}

function poolPhrase(
  of: Geometry,
  list: readonly Pads[],
  mode: string | undefined,
  excludes: boolean | undefined,
): Phrase {
  return phrase(
    'network.add_pooling_nd',
    [
      { tensor: 'x' },
      { tensor: `trt.PoolingType.${of.operation === 'max' ? 'MAX' : 'AVERAGE'}` },
      of.axes.map((one) => one.kernel),
    ],
    {
      stride_nd: ones(of, (one) => one.stride),
      ...pads(list),
      padding_mode: mode === undefined ? undefined : { tensor: `trt.PaddingMode.${mode}` },
      average_count_excludes_padding: excludes,
    },
  );
}

function padPhrase(list: readonly Pads[]): Phrase {
  return phrase('network.add_padding_nd', [
    { tensor: 'x' },
    list.map(([low]) => low),
    list.map(([, high]) => high),
  ]);
}
