// MXNet's words for a geometry. A candidate is built with MXNet's own rules and taken when it computes the same numbers;
// what one layer cannot say, array functions say around it:
//
//   x = mx.nd.pad(x, mode='constant', pad_width=(0, 0, 0, 0, 2, 3, 2, 3))      pads that differ between the sides
//   x = nn.Conv2D(64, kernel_size=7, strides=2)(x)
//
//   x = nn.Conv1D(6, kernel_size=3, strides=2, padding=2)(x)                   the same without mx.nd.pad, which takes no
//   x = mx.nd.slice(x, begin=(None, None, 1), end=(None, None, None))          1-D data: more padding, then its windows off

import {
  type Axis,
  axis,
  ceilMode,
  extent,
  type Fill,
  type Geometry,
  geometry,
  inputShape,
  keep,
  naturalSize,
  type Operation,
  out,
  outputShape,
  type Pads,
  sameGeometry,
  start,
  tight,
  transposedAxis,
  transposedWords,
} from '../../geometry/index.ts';
import { say } from '../../words/index.ts';
import type { Spelling } from '../dialect.ts';
import { args, keyword, padFills, perAxis, tuple } from '../spelling.ts';

const MODES: Readonly<Record<string, string>> = { reflect: 'reflect', replicate: 'edge' };

/** MXNet code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  const empty = (of.operation === 'pad' ? inputShape(of) : [...inputShape(of), ...outputShape(of)]).includes(
    0,
  );
  if (empty) return { impossible: 'MXNet runs no layer whose input or output is empty' };
  if (of.operation === 'pad') return pad(of);
  if (of.operation !== 'conv') return pool(of, of.operation);
  return isHoled(of) ? transposed(of, bias) : conv(of, bias);
}

/** The padding people write by hand: half the kernel on both sides. */
export function usual(of: Geometry): string | null {
  if (of.operation === 'pad' || of.axes.some((one) => out(one) === 0)) return null;
  if (isHoled(of)) return usualTransposed(of);
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  const half = of.axes.map((one) => (padded ? Math.floor((extent(one) - 1) / 2) : 0));
  return of.operation === 'conv' ? convText(of, true, half) : poolText(of, half, false);
}

function usualTransposed(of: Geometry): string | null {
  if (of.axes.some((one) => out(one) !== one.size * one.inputDilation)) return null;
  const surplus = of.axes.map((one) => extent(one) - one.inputDilation);
  const padding = surplus.map((more) => Math.max(0, Math.ceil(more / 2)));
  const extra = surplus.map((more, i) => 2 * (padding[i] as number) - more);
  return transposedText(of, true, padding, extra);
}

/** Whether only a transposed convolution can say it: holes between elements, or a mirrored kernel. */
function isHoled(of: Geometry): boolean {
  if (of.operation !== 'conv') return false;
  return of.axes.some((one) => (one.inputDilation > 1 && one.size > 1) || (of.flip && one.kernel > 1));
}

function conv(of: Geometry, bias: boolean): Spelling {
  const plain = geometry({ ...of, axes: of.axes.map((one) => ({ ...one, inputDilation: 1 })) });
  return around(plain, (padding) => convText(plain, bias, padding), true);
}

function pool(of: Geometry, operation: 'max' | 'average'): Spelling {
  if (of.axes.some((one) => one.dilation > 1 && one.kernel > 1))
    return { impossible: 'a Gluon pooling has no dilation' };
  if (operation === 'average' && of.axes.some(isCut)) return cut(of);
  const counted = operation === 'average' && of.divisor !== 'real';
  if (of.axes.some((one) => holdsNothing(one, counted))) {
    return {
      impossible:
        operation === 'max'
          ? 'a window that holds no element is the smallest float32 in MXNet'
          : 'a window that holds no element is 0 in MXNet',
    };
  }
  // An average over explicit pads counts them, so its windows must be whole.
  const whole = geometry({ ...of, divisor: taps(of) });
  const padable = operation === 'max' || sameGeometry(of, whole);
  const spelled = around(
    geometry({ ...of, flip: false }),
    (padding, ceil, divisor) => poolText({ ...of, divisor }, padding, ceil),
    padable,
  );
  if ('lines' in spelled || operation === 'max') return spelled;
  if (typeof of.divisor === 'number')
    return { impossible: say`MXNet divides by the window or its elements, not by ${of.divisor}` };
  return {
    impossible:
      'MXNet counts pads that differ between the sides in its average; pool a tensor of ones alike and divide by it',
  };
}

/** Whether a ceil mode hangs over an end that is cropped away: an average does not count what it cropped. */
function isCut(one: Axis): boolean {
  return one.after < 0 && one.overhang > 0;
}

function cut(of: Geometry): Spelling {
  const cuts = of.axes.map((one): Pads => [0, isCut(one) ? one.after : 0]);
  if (of.axes.some((one, i) => one.size + (cuts[i] as Pads)[1] < 1))
    return { impossible: 'MXNet runs no layer whose input or output is empty' };
  const axes = of.axes.map((one) => (isCut(one) ? { ...one, size: one.size + one.after, after: 0 } : one));
  const rest = pool(geometry({ ...of, axes }), 'average');
  if ('impossible' in rest) return rest;
  const [layer = '', ...more] = rest.lines;
  return { lines: [...sliceLine(cuts), ...(more.length === 0 ? [`x = ${layer}(x)`] : rest.lines)] };
}

function taps(of: Geometry): number {
  return of.axes.reduce((product, one) => product * one.kernel, 1);
}

/** Whether a window at the border holds no element; or, where pads count as well, neither. */
function holdsNothing(one: Axis, counted: boolean): boolean {
  const [low, high] = counted ? [-Infinity, one.size + one.after] : [0, one.size];
  return start(one, 0) + extent(one) <= low || start(one, out(one) - 1) >= high;
}

type Text = (padding: readonly number[], ceil: boolean, divisor: Geometry['divisor']) => string;

/** One layer; or pads and the layer; or the layer with more padding, and the windows that it has too many cut off. */
function around(of: Geometry, text: Text, padable: boolean): Spelling {
  const ceils = of.operation === 'conv' ? [false] : [false, true];
  const divisors = of.operation === 'average' ? (['window', 'real'] as const) : [of.divisor];
  const tries = ceils.flatMap((ceil) => divisors.map((divisor) => ({ ceil, divisor })));
  const layers = tries.flatMap(({ ceil, divisor }) => {
    const fits = of.axes.map((one) => fitted(one, ceil, of.operation));
    return matches(of, fits, divisor)
      ? [
          {
            fits,
            layer: text(
              fits.map((fit) => fit.padding),
              ceil,
              divisor,
            ),
          },
        ]
      : [];
  });
  const exact = layers.find(({ fits }) => fits.every((fit, i) => out(fit.layer) === out(of.axes[i] as Axis)));
  if (exact !== undefined) return { lines: [exact.layer] };

  const none = of.axes.map(() => 0);
  const pads = padable ? padLines(needed(of)) : { impossible: 'MXNet counts explicit pads in its average' };
  const short = 'lines' in pads && (of.axes.length > 1 || pads.lines.length === 1);
  const [cropped] = layers;
  if (cropped !== undefined && !short) {
    const cuts = cropped.fits.map(
      ({ lead, layer }, i): Pads => [-lead, lead + out(of.axes[i] as Axis) - out(layer)],
    );
    return { lines: [`x = ${cropped.layer}(x)`, ...sliceLine(cuts)] };
  }
  if ('impossible' in pads) return pads;
  const layer = text(none, false, 'window');
  return { lines: pads.lines.length === 0 ? [layer] : [...pads.lines, `x = ${layer}(x)`] };
}

/** The axis of a layer whose windows from `lead` on are the wanted ones, `kept`. */
interface Fit {
  readonly padding: number;
  readonly lead: number;
  readonly layer: Axis;
  readonly kept: Axis;
}

/** The least padding on both sides that reaches as far as the wanted windows do and steps where they step. */
function fitted(one: Axis, ceil: boolean, operation: Operation): Fit {
  const beyond = start(one, out(one) - 1) + extent(one) - one.size;
  const least = Math.max(0, one.before, ceil ? beyond - one.stride + 1 : beyond);
  const lead = Math.ceil((least - one.before) / one.stride);
  const padding = one.before + lead * one.stride;
  const fill = operation === 'max' ? -Infinity : 0;
  const pads = { before: padding, after: padding, fillBefore: fill, fillAfter: fill };
  const floor = axis({ ...one, ...pads, overhang: 0 });
  const layer = ceil ? ceilMode(floor, false) : floor;
  return { padding, lead, layer, kept: keep(layer, lead, lead + out(one)) };
}

/** Whether these layers compute the wanted numbers; a Gluon pool's padding is smaller than its window. */
function matches(of: Geometry, fits: readonly Fit[], divisor: Geometry['divisor']): boolean {
  const allowed = fits.every(({ padding, layer }) => {
    return of.operation === 'conv' || (padding < layer.kernel && layer.size + 2 * padding >= layer.kernel);
  });
  return allowed && sameGeometry(of, geometry({ ...of, axes: fits.map((fit) => fit.kept), divisor }));
}

/** The pads a layer without padding needs in front of it; elements that it leaves unread anyway stay. */
function needed(of: Geometry): Axis[] {
  return of.axes.map((one) => {
    const { after, overhang } = tight(one);
    const whole = axis({ ...one, after: after + overhang, overhang: 0 });
    const roomy = axis({ ...whole, after: 0 });
    return whole.after < 0 && out(roomy) === out(one) ? roomy : whole;
  });
}

function transposed(of: Geometry, bias: boolean): Spelling {
  if (!of.flip && of.axes.some((one) => one.kernel > 1))
    return {
      impossible: 'MXNet mirrors the kernel of a transposed convolution; mirror the weights to use it',
    };
  if (of.axes.some((one) => one.stride !== 1 && out(one) > 1))
    return { impossible: 'MXNet has no convolution with both a stride and holes in its input' };
  if (of.axes.length === 3 && of.axes.some((one) => one.dilation > 1 && one.kernel > 1))
    return { impossible: 'MXNet has no dilation in a transposed convolution of three dimensions' };
  const words = of.axes.map(transposedWords);
  const cropped = words.map(
    ({ crop: [low, high], stride }) => low >= 0 && low >= high && low - high < stride,
  );
  if (cropped.every(Boolean)) {
    const padding = words.map(({ crop }) => crop[0]);
    const extra = words.map(({ crop }) => crop[0] - crop[1]);
    if (sameGeometry(of, stretched(of, padding, extra)))
      return { lines: [transposedText(of, bias, padding, extra)] };
  }
  // Outputs beyond the natural ones: output_padding adds a few at the end; more come from zeros around the input.
  const extra = words.map(({ crop, stride }) => (-crop[1] > 0 && -crop[1] < stride ? -crop[1] : 0));
  const grow = words.map(({ crop, stride }, i): Pads => {
    return [atLeast(-crop[0] / stride), extra[i] ? 0 : atLeast(-crop[1] / stride)];
  });
  const cuts = words.map(({ crop, stride }, i): Pads => {
    const [low, high] = grow[i] as Pads;
    return [-(crop[0] + low * stride), -(crop[1] + high * stride + (extra[i] as number))];
  });
  const zeros = of.axes.map(() => 0);
  if (!sameGeometry(of, geometry({ ...of, axes: of.axes.map(zeroFilled) })))
    return { impossible: 'MXNet pads a transposed convolution with zeros only' };
  const pads = of.axes.map((one, i) => {
    const [before, after] = grow[i] as Pads;
    return axis({ size: one.size, kernel: 1, before, after });
  });
  const padding = padLines(pads);
  if ('impossible' in padding) return padding;
  const layer = `x = ${transposedText(of, bias, zeros, extra)}(x)`;
  return { lines: [...padding.lines, layer, ...sliceLine(cuts)] };
}

/** The transposed convolution with this padding and output_padding. */
function stretched(of: Geometry, padding: readonly number[], extra: readonly number[]): Geometry {
  const axes = of.axes.map((one, i) => {
    const window = { ...one, stride: one.inputDilation };
    const p = padding[i] as number;
    return transposedAxis(window, p, Math.max(0, naturalSize(window) - 2 * p + (extra[i] as number)));
  });
  return geometry({ ...of, axes, flip: true });
}

function zeroFilled(one: Axis): Axis {
  return { ...one, fillBefore: 0, fillAfter: 0 };
}

function atLeast(share: number): number {
  return Math.max(0, Math.ceil(share));
}

function pad(of: Geometry): Spelling {
  if (of.axes.some((one) => one.stride > 1 || one.kernel > 1 || one.inputDilation > 1))
    return { impossible: 'MXNet has no padding between elements' };
  const fills = new Set(of.axes.flatMap((one) => [one.fillBefore, one.fillAfter]));
  const sides = of.axes.flatMap((one) => [one.before, one.after]);
  if (of.axes.length === 2 && fills.size === 1 && fills.has('reflect') && sides.some((side) => side > 0)) {
    const lines = padLines(of.axes);
    if ('impossible' in lines || sides.some((side) => side < 0)) return lines;
    const same = sides.every((side) => side === sides[0]);
    return { lines: [`nn.ReflectionPad2D(${same ? sides[0] : tuple([0, 0, 0, 0, ...sides])})`] };
  }
  const lines = padLines(of.axes);
  if ('impossible' in lines || lines.lines.length > 0) return lines;
  return {
    lines: sliceLine(
      of.axes.map(() => [0, 0]),
      true,
    ),
  };
}

/** Statements that pad and crop: reflections first, since they read no pads, then edges and constants, then crops. */
function padLines(axes: readonly Axis[]): Spelling {
  const fills = padFills(axes);
  if (fills.has('symmetric') || fills.has('wrap'))
    return { impossible: 'MXNet pads with a constant, the edge or a reflection only' };
  const deep = axes.some(
    (one) =>
      (one.fillBefore === 'reflect' && one.before >= one.size) ||
      (one.fillAfter === 'reflect' && one.after >= one.size),
  );
  if (deep) return { impossible: 'MXNet reflects an input once at most' };
  const ordered = [...fills].sort((a, b) => rankOf(a) - rankOf(b));
  const widths = (fill: Fill, only?: number) =>
    axes.map((one, i): Pads => {
      if (only !== undefined && only !== i) return [0, 0];
      const before = one.fillBefore === fill ? Math.max(0, one.before) : 0;
      return [before, one.fillAfter === fill ? Math.max(0, one.after) : 0];
    });
  const constants = ordered.filter((fill) => typeof fill === 'number');
  // At a corner the last axis decides: of several constants, those of one axis after those of another.
  const turns =
    constants.length > 1
      ? [
          ...ordered.filter((fill) => typeof fill !== 'number').map((fill) => [fill, widths(fill)] as const),
          ...axes.flatMap((_, i) => constants.map((fill) => [fill, widths(fill, i)] as const)),
        ]
      : ordered.map((fill) => [fill, widths(fill)] as const);
  const pads = turns
    .filter(([, sides]) => sides.flat().some((count) => count > 0))
    .map(([fill, sides]) => padLine(sides, fill));
  const single = axes.length === 1 && pads.length > 0;
  const cuts = axes.map((one): Pads => [Math.min(0, one.before), Math.min(0, one.after)]);
  return {
    lines: [
      ...(single ? ['x = mx.nd.expand_dims(x, axis=2)'] : []),
      ...pads,
      ...(single ? ['x = mx.nd.squeeze(x, axis=2)'] : []),
      ...sliceLine(cuts),
    ],
  };
}

function rankOf(fill: Fill): number {
  return fill === 'reflect' ? 0 : fill === 'replicate' ? 1 : 2;
}

function padLine(pads: readonly Pads[], fill: Fill): string {
  const width = tuple([0, 0, 0, 0, ...(pads.length === 1 ? [0, 0] : []), ...pads.flat()]);
  const value = fill === -Infinity || fill === Infinity ? `float('${fill < 0 ? '-' : ''}inf')` : fill;
  const mode = typeof fill === 'string' ? MODES[fill] : 'constant';
  const constant = typeof fill === 'number' ? keyword('constant_value', value, 0) : undefined;
  return `x = mx.nd.pad(${args('x', `mode='${mode}'`, `pad_width=${width}`, constant)})`;
}

/** `x = mx.nd.slice(...)` that takes these off, nothing where nothing is cut. */
function sliceLine(cuts: readonly Pads[], always = false): string[] {
  if (!always && cuts.every(([low, high]) => low === 0 && high === 0)) return [];
  const bounds = (side: 0 | 1) =>
    tuple(['None', 'None', ...cuts.map((cut) => (cut[side] === 0 ? 'None' : side === 0 ? -cut[0] : cut[1]))]);
  return [`x = mx.nd.slice(x, begin=${bounds(0)}, end=${bounds(1)})`];
}

function convText(of: Geometry, bias: boolean, padding: readonly number[]): string {
  return `nn.Conv${of.axes.length}D(${args(
    of.filters,
    `kernel_size=${perAxis(of.axes.map((one) => one.kernel))}`,
    keyword('strides', perAxis(of.axes.map((one) => one.stride)), 1),
    keyword('padding', perAxis(padding), 0),
    keyword('dilation', perAxis(of.axes.map((one) => one.dilation)), 1),
    keyword('groups', of.groups, 1),
    bias ? undefined : 'use_bias=False',
  )})`;
}

/** With groups MXNet 1.9 wants in_channels as well. */
function transposedText(
  of: Geometry,
  bias: boolean,
  padding: readonly number[],
  extra: readonly number[],
): string {
  return `nn.Conv${of.axes.length}DTranspose(${args(
    of.filters,
    `kernel_size=${perAxis(of.axes.map((one) => one.kernel))}`,
    keyword('strides', perAxis(of.axes.map((one) => one.inputDilation)), 1),
    keyword('padding', perAxis(padding), 0),
    keyword('output_padding', perAxis(extra), 0),
    keyword('dilation', perAxis(of.axes.map((one) => (one.kernel > 1 ? one.dilation : 1))), 1),
    of.groups === 1 ? undefined : `groups=${of.groups}`,
    bias ? undefined : 'use_bias=False',
    of.groups === 1 ? undefined : `in_channels=${of.channels}`,
  )})`;
}

function poolText(of: Geometry, padding: readonly number[], ceil: boolean): string {
  const size = perAxis(of.axes.map((one) => one.kernel));
  return `nn.${of.operation === 'max' ? 'Max' : 'Avg'}Pool${of.axes.length}D(${args(
    size,
    keyword('strides', perAxis(of.axes.map((one) => one.stride)), size),
    keyword('padding', perAxis(padding), 0),
    ceil ? 'ceil_mode=True' : undefined,
    of.operation === 'average' && of.divisor === 'real' ? 'count_include_pad=False' : undefined,
  )})`;
}
