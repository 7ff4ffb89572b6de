// Keras' words for a geometry. A padding word is taken when the axis it reads is the wanted one; what no word says, layers in
// front of it or behind it say:
//
//   x = layers.ZeroPadding2D(3)(x)                          pads other than same's
//   x = layers.Conv2D(64, 7, strides=2)(x)
//
//   x = layers.Conv2DTranspose(4, 3, strides=2)(x)          the natural transposed output,
//   x = layers.Cropping2D(1)(x)                             then its crop
//
//   x = layers.MaxPooling2D(1, strides=2)(x)                keeps every second window: strides with dilation_rate

import {
  type Axis,
  axis,
  type Fill,
  type Geometry,
  isTransposed,
  out,
  type Pads,
  sameGeometry,
  sameReads,
  transposedWords,
  validSize,
} from '../../geometry/index.ts';
import type { Spelling } from '../dialect.ts';
import { args, keyword, perAxis, tuple } from '../spelling.ts';
import {
  cropsSame,
  dense,
  eased,
  multiplier,
  padSteps,
  plain,
  refusedTransposed,
  slidesApart,
} from '../tensorflow/steps.ts';
import { transposedWord } from './conv.ts';
import { wordAxis } from './words.ts';

/** Keras code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  if (of.axes.some((one) => out(one) === 0)) return { impossible: 'Keras refuses an empty output' };
  if (of.operation === 'pad') return pad(of);
  if (of.operation !== 'conv') return pool(of);
  return isTransposed(of) ? transposed(of, bias) : conv(of, bias);
}

/** The word people write by hand: same where it keeps ceil(size / stride), else valid. */
export function usual(of: Geometry): string | null {
  const axes = eased(of.axes);
  if (of.operation === 'pad' || axes.some((one) => out(one) === 0)) return null;
  if (isTransposed(of)) {
    const scaled = axes.every((one) => out(one) === one.size * one.inputDilation);
    const said = refusedTransposed(of, 'Keras') === undefined && !transposedApart(axes);
    return said ? transposedText(of, axes, true, scaled ? 'same' : 'valid') : null;
  }
  const padded = axes.some((one) => one.before > 0 || one.after > 0);
  const kept = axes.every((one) => out(one) === Math.ceil(one.size / one.stride));
  const word = padded && kept ? 'same' : 'valid';
  if (of.operation !== 'conv') return axes.some((one) => one.dilation > 1) ? null : poolText(of, word);
  return slidesApart(axes) && multiplier(of) === null ? null : convText(of, axes, true, word);
}

function conv(of: Geometry, bias: boolean): Spelling {
  const axes = eased(of.axes);
  const thinned = slidesApart(axes) && !isDepthwise(of, axes);
  const choices = axes.map((one) => (thinned ? dense(one) : [one]));
  const causal = axes.length === 1 && !isDepthwise(of, axes);
  const words = ['valid', ...(cropsSame(axes) ? [] : ['same']), ...(causal ? ['causal'] : [])];
  const word = words.find((padding) => choices.every((list) => list.some((one) => reads(one, padding))));
  const slid = choices.map((list) => list[0] as Axis);
  const layer = convText(of, slid, bias, word ?? 'valid');
  const behind = thinned ? [thin(axes.map((one) => one.stride))] : [];
  return word === undefined ? padded(slid, layer, ...behind) : spelled([], [layer, ...behind]);
}

/** Whether a padding word gives exactly this axis. */
function reads(one: Axis, padding: string): boolean {
  return sameReads(one, word(one, padding, 0));
}

function word(one: Axis, padding: string, fill: number): Axis {
  const { kernel, stride, dilation } = one;
  return wordAxis({ kernel: [kernel], stride: [stride], dilation: [dilation], padding }, one.size, 0, fill);
}

function thin(strides: readonly number[]): string {
  return `layers.MaxPooling${strides.length}D(1, strides=${perAxis(strides)})`;
}

/** Pads in front of the layers that read the padded input. */
function padded(axes: readonly Axis[], ...layers: readonly string[]): Spelling {
  const steps = padSteps(axes, 'Keras');
  if ('impossible' in steps) return { impossible: steps.impossible };
  return spelled(
    steps.map(({ fill, pads }) => (fill === 'cut' ? crop(pads) : padText(pads, fill))),
    layers,
  );
}

/** One layer as it is, several as statements on x. */
function spelled(front: readonly string[], layers: readonly string[]): Spelling {
  const all = [...front, ...layers];
  const [only] = all;
  if (all.length === 1 && only?.startsWith('layers.')) return { lines: [only] };
  return { lines: all.map((text) => (text.startsWith('layers.') ? `x = ${text}(x)` : `x = ${text}`)) };
}

function transposedApart(axes: readonly Axis[]): boolean {
  return axes.some((one) => one.inputDilation > 1) && axes.some((one) => one.dilation > 1);
}

function transposed(of: Geometry, bias: boolean): Spelling {
  const refused = refusedTransposed(of, 'Keras');
  if (refused !== undefined) return { impossible: refused };
  const thinned = of.axes.some((one) => plain(one).stride > 1);
  const behind = thinned ? [thin(of.axes.map((one) => plain(one).stride))] : [];
  let axes = of.axes.map((one) => dense(plain(one))[0] as Axis);
  // Between the elements of an input of one there are no holes.
  if (transposedApart(axes))
    axes = axes.map((one) => (one.size === 1 ? axis({ ...one, inputDilation: 1 }) : one));
  if (transposedApart(axes))
    return { impossible: 'Keras refuses strides with dilation_rate in a transposed convolution' };
  for (const padding of ['valid', 'same'] as const) {
    const fits = (one: Axis, extra: number | null) =>
      sameReads(one, transposedWord(windowOf(one), padding === 'same', extra));
    if (axes.every((one) => fits(one, null)))
      return spelled([], [transposedText(of, axes, bias, padding), ...behind]);
    const extras = axes.map((one) => extrasOf(one, padding).find((extra) => fits(one, extra)));
    if (extras.every((extra) => extra !== undefined))
      return spelled([], [transposedText(of, axes, bias, padding, perAxis(extras)), ...behind]);
  }
  // Zeros around the input stretch the natural output, and its bias, as far as needed; the rest is cut.
  const frames = axes.map(frame);
  const grown = frames.map((one) => one.grown);
  const front = grown.flat().some((more) => more > 0) ? [padText(grown, 0)] : [];
  const cuts = frames.map(({ cut }) => cut);
  const cutting = cuts.flat().some((cut) => cut > 0) ? [crop(cuts)] : [];
  return spelled(front, [transposedText(of, axes, bias, 'valid'), ...cutting, ...behind]);
}

function windowOf({ size, kernel, inputDilation, dilation }: Axis) {
  return { size, kernel, stride: inputDilation, dilation };
}

/** The output_padding values Keras takes for an axis on every backend: with same, not 0 where the kernel is even. */
function extrasOf(one: Axis, padding: 'valid' | 'same'): number[] {
  const all = Array.from({ length: one.inputDilation }, (_, extra) => extra);
  return all.filter(
    (extra) =>
      padding === 'valid' ||
      Math.ceil(out(transposedWord(windowOf(one), true, extra)) / one.inputDilation) === one.size,
  );
}

/** How far the input of a valid transposed convolution grows, and what is cut from its output then. */
function frame(one: Axis): { readonly grown: Pads; readonly cut: Pads } {
  const { stride, crop: cropped } = transposedWords(one);
  const before = Math.max(0, Math.ceil((0 - cropped[0]) / stride));
  const low = cropped[0] + before * stride;
  const length = (after: number) => validSize({ ...windowOf(one), size: one.size + before + after });
  let after = 0;
  while (length(after) < low + out(one)) after += 1;
  return { grown: [before, after], cut: [low, length(after) - low - out(one)] };
}

function pool(of: Geometry): Spelling {
  const axes = eased(of.axes);
  if (axes.some((one) => one.dilation > 1)) return { impossible: 'Keras has no dilation in a pool' };
  if (axes.some((one) => one.inputDilation > 1))
    return { impossible: 'Keras has no pool over an input with holes' };
  const fill = of.operation === 'max' ? -Infinity : 0;
  for (const padding of cropsSame(axes) ? ['valid'] : ['valid', 'same']) {
    const candidate = of.axes.map((one) => word(axis({ ...one, dilation: 1 }), padding, fill));
    if (sameGeometry(of, { ...of, axes: candidate, divisor: 'real' }))
      return spelled([], [poolText(of, padding)]);
  }
  // Padded by a layer of its own, every window is full and divided by all its positions.
  const whole = axes.map((one) => axis({ ...one, after: one.after + one.overhang, overhang: 0 }));
  const taps = axes.reduce((product, one) => product * one.kernel, 1);
  if (of.operation === 'average' && !sameGeometry(of, { ...of, axes: whole, divisor: taps })) {
    return {
      impossible:
        'Keras divides an average by what same leaves in the window, or by the whole window; here it is neither',
    };
  }
  return padded(whole, poolText(of, 'valid'));
}

function pad(of: Geometry): Spelling {
  if (of.axes.some((one) => one.inputDilation > 1))
    return { impossible: 'Keras has no layer that puts holes into its input' };
  const strides = of.axes.map((one) => plain(one).stride);
  const axes = of.axes.map((one) => dense(plain(one))[0] as Axis);
  const behind = strides.some((stride) => stride > 1) ? [thin(strides)] : [];
  const steps = padSteps(axes, 'Keras');
  if ('impossible' in steps || steps.length + behind.length > 0) return padded(axes, ...behind);
  return spelled([], [`layers.ZeroPadding${axes.length}D(0)`]);
}

/** ZeroPadding for zeros, keras.ops.pad for all else. */
function padText(pads: readonly Pads[], fill: Fill): string {
  if (fill === 0) return `layers.ZeroPadding${pads.length}D(${sides(pads)})`;
  const constant = fill === -Infinity ? "float('-inf')" : fill;
  const how = typeof fill === 'string' ? `mode='${fill}'` : `constant_values=${constant}`;
  return `keras.ops.pad(${args('x', tuple([[0, 0], ...pads, [0, 0]].map(tuple)), how)})`;
}

function crop(cuts: readonly Pads[]): string {
  return `layers.Cropping${cuts.length}D(${sides(cuts)})`;
}

/** Pads as briefly as Keras reads them: 1, (1, 2) for the two axes, ((0, 1), (2, 3)); in 1-D (0, 1) is one axis'. */
function sides(pads: readonly Pads[]): string {
  const even = pads.every(([before, after]) => before === after);
  if (even && new Set(pads.flat()).size === 1) return String(pads[0]?.[0]);
  if (pads.length === 1) return tuple(pads.flat());
  return even ? tuple(pads.map(([before]) => before)) : tuple(pads.map(tuple));
}

/** A depthwise layer says it where TensorFlow computes it: unequal strides only with a dilation. */
function isDepthwise(of: Geometry, axes: readonly Axis[]): boolean {
  const equal = new Set(axes.map((one) => one.stride)).size === 1;
  return multiplier(of) !== null && axes.length < 3 && (equal || slidesApart(axes));
}

function convText(of: Geometry, axes: readonly Axis[], bias: boolean, padding: string): string {
  const kernel = perAxis(axes.map((one) => one.kernel));
  const depthwise = isDepthwise(of, axes);
  const words = args(
    kernel,
    keyword('strides', perAxis(axes.map((one) => one.stride)), 1),
    padding === 'valid' ? undefined : `padding='${padding}'`,
    depthwise ? keyword('depth_multiplier', multiplier(of) ?? 1, 1) : undefined,
    keyword('dilation_rate', perAxis(axes.map((one) => one.dilation)), 1),
    depthwise ? undefined : keyword('groups', of.groups, 1),
    bias ? undefined : 'use_bias=False',
  );
  const name = `Conv${axes.length}D`;
  return depthwise ? `layers.Depthwise${name}(${words})` : `layers.${name}(${of.filters}, ${words})`;
}

function transposedText(
  of: Geometry,
  axes: readonly Axis[],
  bias: boolean,
  padding: 'valid' | 'same',
  extra?: string,
): string {
  return `layers.Conv${axes.length}DTranspose(${args(
    of.filters,
    perAxis(axes.map((one) => one.kernel)),
    keyword('strides', perAxis(axes.map((one) => one.inputDilation)), 1),
    padding === 'valid' ? undefined : `padding='${padding}'`,
    extra === undefined ? undefined : `output_padding=${extra}`,
    keyword('dilation_rate', perAxis(axes.map((one) => one.dilation)), 1),
    bias ? undefined : 'use_bias=False',
  )})`;
}

function poolText(of: Geometry, padding: string): string {
  const kernel = perAxis(of.axes.map((one) => one.kernel));
  return `layers.${of.operation === 'max' ? 'Max' : 'Average'}Pooling${of.axes.length}D(${args(
    kernel,
    keyword('strides', perAxis(of.axes.map((one) => one.stride)), kernel),
    padding === 'valid' ? undefined : `padding='${padding}'`,
  )})`;
}
