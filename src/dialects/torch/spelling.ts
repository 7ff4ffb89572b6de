// PyTorch's words for a geometry. A candidate is built with PyTorch's own rules and taken when it reads the same pixels;
// what one module cannot say, F.pad says in front of it (pads) or behind it (crops):
//
//   x = F.pad(x, (2, 3, 2, 3))                     asymmetric pads, constant or copied
//   x = nn.Conv2d(3, 64, 7, stride=2)(x)
//
//   x = nn.ConvTranspose2d(8, 4, 3, stride=2)(x)   the natural transposed output,
//   x = F.pad(x, (0, -1, 0, -1))                   then its crop

import {
  type Axis,
  axis,
  ceilMode,
  extent,
  type Fill,
  type Geometry,
  geometry,
  isTransposed,
  out,
  sameGeometry,
  sameReads,
  tight,
  transposedWords,
} from '../../geometry/index.ts';
import type { Spelling } from '../dialect.ts';
import { args, keyword, padFills, perAxis, tuple } from '../spelling.ts';

const MODES: Readonly<Record<string, string>> = {
  reflect: 'reflect',
  replicate: 'replicate',
  wrap: 'circular',
};

/** PyTorch code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  if (of.operation === 'pad') return pad(of);
  if (of.axes.some((one) => out(one) === 0)) return { impossible: 'PyTorch refuses an empty output' };
  if (of.operation !== 'conv') return pool(of, of.operation);
  return isTransposed(of) ? transposed(of, bias) : conv(of, bias);
}

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  if (of.operation === 'pad' || of.axes.some((one) => out(one) === 0)) return null;
  if (isTransposed(of)) return usualTransposed(of);
  const half = of.axes.map((one) => (padded ? Math.floor((extent(one) - 1) / 2) : 0));
  return of.operation === 'conv'
    ? convText(of, true, perAxis(half))
    : poolText(of, of.operation, perAxis(half));
}

function usualTransposed(of: Geometry): string | null {
  const words = of.axes.map(transposedWords);
  const scaled = of.axes.every((one, i) => out(one) === one.size * (words[i]?.stride ?? 1));
  if (!scaled) return null;
  const surplus = of.axes.map((one, i) => extent(one) - (words[i]?.stride ?? 1));
  const padding = surplus.map((more) => Math.max(0, Math.ceil(more / 2)));
  const extra = surplus.map((more, i) => 2 * (padding[i] as number) - more);
  return transposedText(of, true, perAxis(padding), perAxis(extra));
}

function conv(of: Geometry, bias: boolean): Spelling {
  if (of.axes.every(symmetric)) {
    const modes = new Set(of.axes.filter((one) => one.before > 0).map((one) => one.fillBefore));
    const [mode = 0] = modes;
    if (modes.size <= 1 && (mode === 0 || typeof mode === 'string') && mode !== 'symmetric') {
      return { lines: [convText(of, bias, perAxis(of.axes.map((one) => Math.max(0, one.before))), mode)] };
    }
  }
  const [first = of.axes[0] as Axis] = of.axes;
  const same = convAxesSame(of);
  if (same !== null && sameGeometry(of, same))
    return { lines: [convText(of, bias, "'same'", first.fillBefore)] };
  const padding = padLines(of.axes.map(tight));
  if ('impossible' in padding) return padding;
  return { lines: [...padding.lines, `x = ${convText(of, bias, '0')}(x)`] };
}

/** padding='same' of this conv, or null where PyTorch refuses it. */
function convAxesSame(of: Geometry): Geometry | null {
  const fills = new Set(of.axes.flatMap((one) => [one.fillBefore, one.fillAfter]));
  const [fill = 0] = fills;
  if (of.axes.some((one) => one.stride !== 1) || fills.size > 1 || (fill !== 0 && !(String(fill) in MODES)))
    return null;
  const axes = of.axes.map((one) => {
    const before = Math.floor((extent(one) - 1) / 2);
    return { ...one, before, after: extent(one) - 1 - before };
  });
  return geometry({ ...of, axes });
}

/** Whether `padding=before` on both sides reads the same pixels, a surplus after the last window included. */
function symmetric(one: Axis): boolean {
  if (one.before < 0 || one.fillBefore === 'symmetric') return false;
  if (typeof one.fillBefore === 'number' && one.fillBefore !== 0 && one.before > 0) return false;
  return sameReads(
    one,
    axis({ ...one, after: one.before, fillAfter: one.before > 0 ? one.fillBefore : one.fillAfter }),
  );
}

function transposed(of: Geometry, bias: boolean): Spelling {
  if (!of.flip && of.axes.some((one) => one.kernel > 1)) {
    return {
      impossible: 'PyTorch mirrors the kernel of a transposed convolution; mirror the weights to use it',
    };
  }
  if (of.axes.some((one) => one.stride !== 1))
    return { impossible: 'PyTorch has no convolution with both a stride and holes in its input' };
  if (of.axes.some((one) => typeof tight(one).fillBefore !== 'number' || typeof one.fillAfter !== 'number')) {
    return { impossible: 'PyTorch pads a transposed convolution with zeros only' };
  }
  const cuts = of.axes.map((one) => ({
    ...transposedWords(one),
    limit: Math.max(one.inputDilation, one.dilation),
  }));
  const fits = ({ crop: [low, high], limit }: (typeof cuts)[number]) =>
    low >= 0 && low - high >= 0 && low - high < limit;
  if (cuts.every(fits)) {
    const padding = perAxis(cuts.map(({ crop }) => crop[0]));
    return { lines: [transposedText(of, bias, padding, perAxis(cuts.map(({ crop }) => crop[0] - crop[1])))] };
  }
  // Outputs beyond the natural ones: output_padding adds a few at the end; more come from zeros around the input.
  const extra = cuts.map(({ crop, limit }) => (-crop[1] > 0 && -crop[1] < limit ? -crop[1] : 0));
  const grow = cuts.map(
    ({ crop, stride }, i) => [atLeast(-crop[0] / stride), extra[i] ? 0 : atLeast(-crop[1] / stride)] as const,
  );
  const cut = cuts.map(({ crop, stride }, i) => {
    const [low = 0, high = 0] = grow[i] ?? [];
    return [-(crop[0] + low * stride), -(crop[1] + high * stride + (extra[i] as number))] as const;
  });
  const layer = `x = ${transposedText(of, bias, '0', perAxis(extra))}(x)`;
  return { lines: [...padCall(grow, 0), layer, ...padCall(cut, 0)] };
}

function atLeast(share: number): number {
  return Math.max(0, Math.ceil(share));
}

function pool(of: Geometry, operation: 'max' | 'average'): Spelling {
  const halves = of.axes.map((one) => Math.max(0, one.before));
  for (const ceil of [false, true]) {
    for (const divisor of operation === 'max' ? [of.divisor] : (['window', 'real', of.divisor] as const)) {
      if (of.axes.some((one, i) => 2 * (halves[i] as number) > one.kernel)) continue;
      const axes = of.axes.map((one, i) => {
        const floor = axis({ ...one, before: halves[i] as number, after: halves[i] as number, overhang: 0 });
        return ceil ? ceilMode(floor, true) : floor;
      });
      const candidate = { ...of, axes, divisor };
      if (sameGeometry(of, candidate))
        return { lines: [poolText(candidate, operation, perAxis(halves), ceil)] };
    }
  }
  if (
    operation === 'average' &&
    (of.divisor === 'real' || of.axes.some((one) => one.overhang > 0 || one.dilation > 1))
  ) {
    return {
      impossible:
        'PyTorch counts pads that differ between the sides in its average; pool a tensor of ones alike and divide by it',
    };
  }
  const padding = padLines(
    of.axes.map((one) => axis({ ...tight(one), after: tight(one).after + one.overhang, overhang: 0 })),
  );
  if ('impossible' in padding) return padding;
  return { lines: [...padding.lines, `x = ${poolText(of, operation, '0')}(x)`] };
}

function pad(of: Geometry): Spelling {
  const [one] = of.axes;
  const uniform = of.axes.every(
    (other) => other.fillBefore === one?.fillBefore && other.fillAfter === one?.fillBefore,
  );
  const padding = padLines(of.axes);
  if ('impossible' in padding || !uniform || padding.lines.length > 0) return padding;
  return {
    lines: padCall(
      of.axes.map(() => [0, 0]),
      0,
      true,
    ),
  };
}

/** F.pad statements for these pads; copied values first, since a constant would be copied with them. */
function padLines(axes: readonly Axis[]): Spelling {
  const fills = padFills(axes);
  if (fills.has('symmetric')) return { impossible: 'PyTorch has no symmetric padding' };
  for (const one of axes) {
    const deepest = Math.max(
      one.fillBefore === 'reflect' ? one.before + 1 : 0,
      one.fillAfter === 'reflect' ? one.after + 1 : 0,
    );
    const widest = Math.max(
      one.fillBefore === 'wrap' ? one.before : 0,
      one.fillAfter === 'wrap' ? one.after : 0,
    );
    if (Math.max(deepest, widest) > one.size)
      return { impossible: 'PyTorch reflects and wraps an input once at most' };
    const copies = [one.before > 0 ? one.fillBefore : 0, one.after > 0 ? one.fillAfter : 0].filter(
      (fill) => typeof fill === 'string',
    );
    if (copies.length > 0 && (one.before < 0 || one.after < 0 || new Set(copies).size > 1)) {
      return { impossible: 'PyTorch copies both sides of an axis alike, and only where it crops neither' };
    }
  }
  const crops = padCall(
    axes.map((one) => [Math.min(0, one.before), Math.min(0, one.after)]),
    0,
  );
  const ordered = [...fills].sort((a, b) => Number(typeof a === 'number') - Number(typeof b === 'number'));
  const lines = ordered.flatMap((fill) =>
    padCall(
      axes.map((one) => [
        one.fillBefore === fill ? Math.max(0, one.before) : 0,
        one.fillAfter === fill ? Math.max(0, one.after) : 0,
      ]),
      fill,
    ),
  );
  const merged = ordered.length === 1 && ordered[0] === 0;
  return {
    lines: merged
      ? padCall(
          axes.map((one) => [one.before, one.after]),
          0,
        )
      : [...crops, ...lines],
  };
}

/** `x = F.pad(x, ...)`, nothing where nothing is padded; the last axis comes first. */
function padCall(pads: readonly (readonly [number, number])[], fill: Fill, always = false): string[] {
  if (!always && pads.every(([before, after]) => before === 0 && after === 0)) return [];
  const pairs = tuple([...pads].reverse().flat());
  const value =
    typeof fill !== 'number' || fill === 0
      ? undefined
      : `value=${fill === -Infinity ? "float('-inf')" : fill}`;
  const mode = typeof fill === 'string' ? `mode='${MODES[fill]}'` : undefined;
  return [`x = F.pad(${args('x', pairs, mode, value)})`];
}

function convText(of: Geometry, bias: boolean, padding: string, fill: Fill = 0): string {
  const mode = typeof fill === 'string' ? `'${MODES[fill]}'` : undefined;
  return `nn.Conv${of.axes.length}d(${args(
    of.channels,
    of.filters,
    perAxis(of.axes.map((one) => one.kernel)),
    keyword('stride', perAxis(of.axes.map((one) => one.stride)), 1),
    keyword('padding', padding, 0),
    keyword('dilation', perAxis(of.axes.map((one) => one.dilation)), 1),
    keyword('groups', of.groups, 1),
    bias ? undefined : 'bias=False',
    mode === undefined ? undefined : `padding_mode=${mode}`,
  )})`;
}

function transposedText(of: Geometry, bias: boolean, padding: string, extra: string): string {
  return `nn.ConvTranspose${of.axes.length}d(${args(
    of.channels,
    of.filters,
    perAxis(of.axes.map((one) => one.kernel)),
    keyword('stride', perAxis(of.axes.map((one) => one.inputDilation)), 1),
    keyword('padding', padding, 0),
    keyword('output_padding', extra, 0),
    keyword('groups', of.groups, 1),
    bias ? undefined : 'bias=False',
    keyword('dilation', perAxis(of.axes.map((one) => one.dilation)), 1),
  )})`;
}

function poolText(of: Geometry, operation: 'max' | 'average', padding: string, ceil = false): string {
  const kernel = perAxis(of.axes.map((one) => one.kernel));
  return `nn.${operation === 'max' ? 'Max' : 'Avg'}Pool${of.axes.length}d(${args(
    kernel,
    keyword('stride', perAxis(of.axes.map((one) => one.stride)), kernel),
    keyword('padding', padding, 0),
    operation === 'max' ? keyword('dilation', perAxis(of.axes.map((one) => one.dilation)), 1) : undefined,
    ceil ? 'ceil_mode=True' : undefined,
    operation === 'average' && of.divisor === 'real' ? 'count_include_pad=False' : undefined,
    typeof of.divisor === 'number' ? `divisor_override=${of.divisor}` : undefined,
  )})`;
}
