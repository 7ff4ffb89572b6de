// PyTorch's words for a geometry. What one module cannot say, F.pad says in front of it (pads) or behind it (crops):
//
//   x = F.pad(x, (2, 3, 2, 3))                     asymmetric pads, constant or copied
//   x = nn.Conv2d(3, 64, 7, stride=2)(x)
//
//   x = nn.ConvTranspose2d(8, 4, 3, stride=2)(x)   the natural transposed output,
//   x = F.pad(x, (0, -1, 0, -1))                   then its crop

import {
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
import type { Spelling, Value } from '../dialect.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';
import { padFills } from '../spelling.ts';
import { torch } from '../torch.ts';

const MODES: ReadonlyMap<Fill, string> = new Map<Fill, string>([
  ['reflect', 'reflect'],
  ['replicate', 'replicate'],
  ['wrap', 'circular'],
]);

const phrases: Phrases = {
  dialect: torch,
  conv: (of, bias) => {
    const copied = [...padFills(of.axes)].find((fill) => typeof fill === 'string');
    const mode = copied === undefined ? undefined : MODES.get(copied);
    const half = same(of.axes.map((one) => Math.max(0, one.before)));
    return [convPhrase(of, bias, half, mode), convPhrase(of, bias, 'same', mode)];
  },
  transposed: (of, words, bias) => [
    transposedPhrase(
      of,
      words,
      bias,
      ({ crop }) => crop[0],
      ({ crop }) => crop[0] - crop[1],
    ),
    transposedPhrase(
      of,
      words,
      bias,
      () => 0,
      ({ crop }) => -crop[1],
    ),
  ],
  pool: (of) => {
    const half = same(of.axes.map((one) => Math.max(0, one.before)));
    return [false, true].flatMap((ceil) =>
      (of.operation === 'max' ? [true] : [true, false]).map((counted) => poolPhrase(of, half, ceil, counted)),
    );
  },
  negative: true,
  pad: (pads, fill) => (fill === 'symmetric' ? [] : [padPhrase(pads, fill)]),
  crop: (cuts) => [
    padPhrase(
      cuts.map(([low, high]): Pads => [0 - low, 0 - high]),
      0,
    ),
  ],
  why,
};

/** PyTorch code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return compose(phrases, of, bias);
}

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (of.operation === 'pad' || of.axes.some((one) => out(one) === 0)) return null;
  if (isTransposed(of)) return usualTransposed(of);
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  const half = same(of.axes.map((one) => (padded ? Math.floor((extent(one) - 1) / 2) : 0)));
  return pythonCall(
    of.operation === 'conv' ? convPhrase(of, true, half) : poolPhrase(of, half, false, of.divisor !== 'real'),
  );
}

function usualTransposed(of: Geometry): string | null {
  const words = of.axes.map(transposedWords);
  if (!of.axes.every((one, i) => out(one) === one.size * (words[i]?.stride ?? 1))) return null;
  // The crop that people spread evenly: half of what the window covers beyond a stride, rounded up, on both sides.
  const even = of.axes.map((one, i) => {
    const stride = words[i]?.stride ?? 1;
    const surplus = extent(one) - stride;
    const padding = Math.max(0, Math.ceil(surplus / 2));
    return { stride, crop: [padding, surplus - padding] as const };
  });
  return pythonCall(
    transposedPhrase(
      of,
      even,
      true,
      ({ crop }) => crop[0],
      ({ crop }) => crop[0] - crop[1],
    ),
  );
}

function why(of: Geometry): Text | null {
  const fills = padFills(of.axes);
  if (fills.has('symmetric')) return 'PyTorch has no symmetric padding';
  if ([...fills].some((fill) => typeof fill === 'string')) {
    if (isTransposed(of)) return 'PyTorch pads a transposed convolution with zeros only';
    return 'PyTorch reflects and wraps an input once at most, and copies both sides of an axis alike where it crops neither';
  }
  return null;
}

function convPhrase(of: Geometry, bias: boolean, padding: Value, mode?: string): Phrase {
  return phrase(
    `nn.Conv${of.axes.length}d`,
    [of.channels, of.filters, same(of.axes.map((one) => one.kernel))],
    {
      stride: unless(same(of.axes.map((one) => one.stride)), 1),
      padding: unless(padding, 0),
      dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
      groups: unless(of.groups, 1),
      bias: unless(bias, true),
      padding_mode: mode,
    },
  );
}

function transposedPhrase(
  of: Geometry,
  words: readonly TransposedWords[],
  bias: boolean,
  padding: (one: TransposedWords) => number,
  extra: (one: TransposedWords) => number,
): Phrase {
  const kernel = same(of.axes.map((one) => one.kernel));
  return phrase(`nn.ConvTranspose${of.axes.length}d`, [of.channels, of.filters, kernel], {
    stride: unless(same(words.map(({ stride }) => stride)), 1),
    padding: unless(same(words.map(padding)), 0),
    output_padding: unless(same(words.map(extra)), 0),
    groups: unless(of.groups, 1),
    bias: unless(bias, true),
    dilation: unless(same(of.axes.map((one) => one.dilation)), 1),
  });
}

function poolPhrase(of: Geometry, padding: Value, ceil: boolean, counted: boolean): Phrase {
  const kernel = same(of.axes.map((one) => one.kernel));
  const max = of.operation === 'max';
  return phrase(`nn.${max ? 'Max' : 'Avg'}Pool${of.axes.length}d`, [kernel], {
    stride: unless(same(of.axes.map((one) => one.stride)), kernel),
    padding: unless(padding, 0),
    dilation: max ? unless(same(of.axes.map((one) => one.dilation)), 1) : undefined,
    ceil_mode: unless(ceil, false),
    count_include_pad: unless(counted, true),
    divisor_override: typeof of.divisor === 'number' ? of.divisor : undefined,
  });
}

/** F.pad: pairs from the last axis backwards; negative numbers crop. */
function padPhrase(pads: readonly Pads[], fill: Fill): Phrase {
  return phrase('F.pad', [{ tensor: 'x' }, [...pads].reverse().flat()], {
    mode: MODES.get(fill),
    value: typeof fill === 'number' ? unless(fill, 0) : undefined,
  });
}
