// Darknet's words for a geometry: one section, a line for each option.
//
//   [convolutional]
//   filters=32
//   size=3
//   stride=2
//   pad=1
//   activation=linear
//
// Kernels are square, strides equal, both axes padded alike; there is no bias to leave out and no average but over everything.

import { type Geometry, isTransposed, out } from '../../geometry/index.ts';
import { compose, type Phrases } from '../composer.ts';
import { darknet } from '../darknet.ts';
import type { Spelling } from '../dialect.ts';
import { given, type Phrase, phrase, unless } from '../printer.ts';

const phrases: Phrases = {
  dialect: darknet,
  conv: (of) =>
    square(of)
      ? pads(of, Math.max(0, of.axes[0]?.before ?? 0)).map((pad) =>
          section(of, 'convolutional', of.axes[0]?.stride, pad),
        )
      : [],
  transposed: (of, words) =>
    square(of)
      ? pads(of, Math.max(0, words[0]?.crop[0] ?? 0)).map((pad) =>
          section(of, 'deconvolutional', words[0]?.stride, pad),
        )
      : [],
  pool: (of) => (of.operation === 'max' ? maximum(of) : [phrase('[avgpool]')]),
  print: (one) =>
    [one.path, ...given(one.keywords).map(([name, value]) => `${name}=${String(value)}`)].join('\n'),
  apply: (code) => code,
  why: (of) => {
    if (of.operation === 'pad') return 'Darknet has no layer that only pads or crops';
    if (of.axes.length !== 2) return 'Darknet has layers of two axes only';
    if (of.axes.some((one) => one.dilation > 1)) return 'Darknet has no dilation';
    if (of.operation === 'average') return 'Darknet averages over all positions only';
    if (!square(of)) return 'Darknet has square kernels and equal strides only';
    if (isTransposed(of)) return null;
    return 'Darknet pads both axes alike, a convolution on both sides';
  },
};

/** Darknet code for exactly this geometry; biases that the layer does not have are told to be zeros. */
export function write(of: Geometry, bias: boolean): Spelling {
  const said = compose(phrases, of, bias);
  if ('impossible' in said) return said;
  const lines = said.lines.flatMap((one) => one.split('\n'));
  return { ...said, lines: bias || of.operation !== 'conv' ? lines : [...lines, '# its biases are zeros'] };
}

/** pad=1 where something is padded. */
export function usual(of: Geometry): string | null {
  if (of.operation !== 'conv' || isTransposed(of) || !square(of) || of.axes.some((one) => out(one) === 0))
    return null;
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  return (
    phrases
      .print?.(section(of, 'convolutional', of.axes[0]?.stride, padded ? { pad: 1 } : {}), 0, [])
      ?.replaceAll('\n', ' ') ?? null
  );
}

/** Whether both axes have the same window. */
function square({ axes }: Geometry): boolean {
  const [one, other] = axes;
  if (axes.length !== 2 || one === undefined || other === undefined) return false;
  return (
    one.kernel === other.kernel &&
    one.stride === other.stride &&
    one.inputDilation === other.inputDilation &&
    one.dilation === 1 &&
    other.dilation === 1
  );
}

type Padding = Readonly<Record<string, number>>;

/** How a convolution says this many pads: pad=1 for half the kernel, else padding. */
function pads(of: Geometry, count: number): Padding[] {
  if (count === 0) return [{}];
  const half = Math.floor((of.axes[0]?.kernel ?? 1) / 2);
  return count === half ? [{ pad: 1 }] : [{ padding: count }];
}

function section(of: Geometry, type: string, stride: number | undefined, padding: Padding): Phrase {
  return phrase(`[${type}]`, [], {
    filters: of.filters,
    size: of.axes[0]?.kernel,
    stride: unless(stride ?? 1, 1),
    ...padding,
    groups: unless(of.groups, 1),
    activation: 'linear',
  });
}

/** padding is the total of both sides, size - 1 unless given, half of it before. */
function maximum(of: Geometry): Phrase[] {
  const [one] = of.axes;
  if (one === undefined || !square(of)) return [];
  const before = Math.max(0, one.before);
  const totals = [undefined, 2 * before, 2 * before + 1];
  return totals.map((padding) => phrase('[maxpool]', [], { size: one.kernel, stride: one.stride, padding }));
}
