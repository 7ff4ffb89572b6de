// PyTorch's words for a geometry. What one module cannot say, F.pad says in front of it (pads) or behind it (crops):
//
//   x = F.pad(x, (2, 3, 2, 3))                     asymmetric pads, constant or copied
//   x = nn.Conv2d(3, 64, 7, stride=2)(x)
//
//   x = nn.ConvTranspose2d(8, 4, 3, stride=2)(x)   the natural transposed output,
//   x = F.pad(x, (0, -1, 0, -1))                   then its crop

import { type Fill, type Geometry, isTransposed, type Pads } from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import { compose, type Phrases } from '../composer.ts';
import type { Spelling, Value } from '../dialect.ts';
import { type Phrase, phrase, pythonCall, same, unless } from '../printer.ts';
import { padFills } from '../spelling.ts';
import { torch } from '../torch.ts';
import { halfPads, isUsual, usualCrops } from '../usual.ts';

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
  pool: (of) => {
    const half = same(of.axes.map((one) => Math.max(0, one.before)));
    return [false, true].flatMap((ceil) =>
      (of.operation === 'max' ? [true] : [true, false]).map((counted) => poolPhrase(of, half, ceil, counted)),
    );
  },
  negative: true,
  pad: (pads, fill) => (fill === 'symmetric' ? [] : [padPhrase(pads, fill)]),
  why,
};

/** PyTorch code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return compose(phrases, of, bias);
}

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (!isUsual(of)) return null;
  if (!isTransposed(of)) {
    const half = same(halfPads(of));
    return pythonCall(
      of.operation === 'conv'
        ? convPhrase(of, true, half)
        : poolPhrase(of, half, false, of.divisor !== 'real'),
    );
  }
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
  bias: boolean,
  padding: readonly number[],
  extra: readonly number[],
): Phrase {
  const kernel = same(of.axes.map((one) => one.kernel));
  return phrase(`nn.ConvTranspose${of.axes.length}d`, [of.channels, of.filters, kernel], {
    stride: unless(same(of.axes.map((one) => one.inputDilation)), 1),
    padding: unless(same(padding), 0),
    output_padding: unless(same(extra), 0),
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
