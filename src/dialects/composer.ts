// How a framework says a geometry: candidates are proposed, read back by the framework's own readers, and the first that
// computes the same is taken. So no rule of a framework is written twice, and what is written is exact.
//
//   conv         the layer with its own padding
//                explicit padding, then the layer without
//                the layer with more padding, then its surplus windows cut off
//   transposed   the layer; the natural output, then its crop; zeros around the input, the natural output, then its crop
//   pool         as a conv
//   pad          paddings of one fill each, copies before constants, then crops

import {
  type Axis,
  axis,
  extent,
  type Fill,
  fuse,
  type Geometry,
  GeometryError,
  geometry,
  inputShape,
  isTransposed,
  naturalSize,
  out,
  outputShape,
  type Pads,
  sameGeometry,
  span,
  start,
  tight,
  transposedAxis,
  transposedWords,
} from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';
import type { Call, Dialect, Layer, Shape, Spelling } from './dialect.ts';
import { DialectError } from './error.ts';
import { given, type Phrase, pythonCall, tensorsOf } from './printer.ts';
import { readCall } from './resolve.ts';
import { padFills } from './spelling.ts';

/** A transposed axis in its own words: the stride, and what is cut off the natural output on both sides. */
export interface TransposedWords {
  readonly stride: number;
  readonly crop: Pads;
}

/**
 * What a framework can say in one call, most natural first. A phrase may be a guess: one that is refused, or that reads
 * another geometry, is passed over.
 */
export interface Phrases {
  readonly dialect: Dialect;
  /** A convolution with its axes' pads; without pads it is asked for kernel, stride and dilation alone. */
  conv(of: Geometry, bias: boolean): readonly Phrase[];
  /** A transposed convolution with these crops. */
  transposed?(of: Geometry, words: readonly TransposedWords[], bias: boolean): readonly Phrase[];
  pool?(of: Geometry): readonly Phrase[];
  /** Whether padding by a negative count crops, so that one call does both. */
  readonly negative?: boolean;
  /** Padding by these counts, none negative unless `negative`; nothing where the framework has no such fill. */
  pad?(pads: readonly Pads[], fill: Fill, sizes: readonly number[]): readonly Phrase[];
  /** Elements off both ends of each axis, counted from 0. */
  crop?(cuts: readonly Pads[], sizes: readonly number[]): readonly Phrase[];
  /** Why the framework cannot say it, where the dialect knows better than this file. */
  why?(of: Geometry): Text | null;
  /** One call as code, with its place among all calls in turn; Python unless given. */
  print?(phrase: Phrase, index: number, calls: readonly Phrase[]): string;
  /** A layer on its own as a statement on x: `x = nn.Conv2d(3, 6, 4)(x)` unless given. */
  apply?(code: string): string;
}

/** Code of the framework for exactly this geometry, or why there is none. */
export function compose(phrases: Phrases, of: Geometry, bias: boolean): Spelling {
  for (const calls of candidates(phrases, of, bias)) {
    if (!computes(phrases.dialect, calls, of)) continue;
    const print = phrases.print ?? pythonCall;
    const apply = phrases.apply ?? applied;
    const texts = calls.map(print);
    const tensors = Object.assign({}, ...calls.map(tensorsOf)) as Record<string, Shape>;
    return { lines: calls.length === 1 ? texts : texts.map(apply), tensors };
  }
  return { impossible: phrases.why?.(of) ?? reason(phrases, of) };
}

function applied(code: string): string {
  return /\(x[,)]/.test(code) ? `x = ${code}` : `x = ${code}(x)`;
}

function* candidates(phrases: Phrases, of: Geometry, bias: boolean): Generator<readonly Phrase[]> {
  if (of.operation === 'pad') yield* sequences(padding(phrases, of.axes, true));
  else if (isTransposed(of)) yield* transposed(phrases, of, bias);
  else yield* sliding(phrases, of, bias);
}

/** Every choice of one phrase per place. */
function* sequences(places: readonly (readonly Phrase[])[]): Generator<readonly Phrase[]> {
  const [first, ...rest] = places;
  if (first === undefined) return;
  for (const one of first)
    if (rest.length === 0) yield [one];
    else for (const more of sequences(rest)) yield [one, ...more];
}

function* sliding(phrases: Phrases, of: Geometry, bias: boolean): Generator<readonly Phrase[]> {
  const layer = (one: Geometry) =>
    one.operation === 'conv' ? phrases.conv(one, bias) : (phrases.pool?.(one) ?? []);
  yield* sequences([layer(of)]);
  const axes = of.axes.map((one) => {
    const { after, overhang } = tight(one);
    // What no window reads needs no crop.
    return axis({ ...one, after: Math.max(after + overhang, Math.min(0, one.after)), overhang: 0 });
  });
  const bare = { before: 0, after: 0, fillBefore: 0, fillAfter: 0 } as const;
  const without = axes.map((one) => ({ ...one, ...bare, size: one.size + one.before + one.after }));
  if (without.every(({ size }) => size >= 0)) {
    const inner = geometry({
      ...of,
      axes: without,
      divisor: typeof of.divisor === 'number' ? of.divisor : 'window',
    });
    yield* sequences([...padding(phrases, axes), layer(inner)]);
  }
  if (of.axes.some((one) => out(one) === 0)) return;
  const wide = of.axes.map(widened);
  const cuts = wide.map(({ lead, layer: one }, i): Pads => [lead, out(one) - lead - out(of.axes[i] as Axis)]);
  const outs = wide.map((one) => out(one.layer));
  const cropped = phrases.crop?.(cuts, outs) ?? [];
  const whole = geometry({ ...of, axes: wide.map((one) => one.layer) });
  yield* sequences([layer(whole), cropped]);
}

/** The axis padded alike on both sides, so far that its windows from `lead` on are this one's. */
function widened(one: Axis): { layer: Axis; lead: number } {
  const beyond = start(one, out(one) - 1) + extent(one) - span(one);
  const lead = Math.ceil((Math.max(0, one.before, beyond) - one.before) / one.stride);
  const pad = one.before + lead * one.stride;
  const fill = one.before > 0 ? one.fillBefore : one.fillAfter;
  const pads = { before: pad, after: pad, fillBefore: fill, fillAfter: fill };
  return { layer: axis({ ...one, ...pads, overhang: 0 }), lead };
}

function* transposed(phrases: Phrases, of: Geometry, bias: boolean): Generator<readonly Phrase[]> {
  const layer = phrases.transposed;
  if (layer === undefined) return;
  const words = of.axes.map(transposedWords);
  yield* sequences([layer(of, words, bias)]);
  // Zeros around the input make outputs beyond the natural ones; what they make too many is cut off.
  const grow = words.map(({ crop: [low, high], stride }): Pads => [grown(low, stride), grown(high, stride)]);
  const natural = of.axes.map((one, i) => {
    const [low, high] = grow[i] as Pads;
    const window = { ...one, size: one.size + low + high, stride: one.inputDilation };
    return transposedAxis(window, 0, naturalSize(window));
  });
  const cuts = words.map(({ crop, stride }, i): Pads => {
    const [low, high] = grow[i] as Pads;
    return [crop[0] + low * stride, crop[1] + high * stride];
  });
  const whole = geometry({ ...of, axes: natural });
  const none = words.map(({ stride }) => ({ stride, crop: [0, 0] as const }));
  const padded = of.axes.map((one, i) => {
    const [before, after] = grow[i] as Pads;
    return axis({ size: one.size, kernel: 1, before, after });
  });
  const cropped = cuts.every(([low, high]) => low === 0 && high === 0)
    ? []
    : [phrases.crop?.(cuts, natural.map(out)) ?? []];
  yield* sequences([...padding(phrases, padded), layer(whole, none, bias), ...cropped]);
}

function grown(cut: number, stride: number): number {
  return Math.max(0, Math.ceil(-cut / stride));
}

/** The paddings and crops of these axes in turn; at least one, of nothing, with `always`. */
function padding(phrases: Phrases, axes: readonly Axis[], always = false): (readonly Phrase[])[] {
  const places: (readonly Phrase[])[] = [];
  const none = axes.map((): Pads => [0, 0]);
  let sizes = axes.map((one) => one.size);
  const fills = [...padFills(axes)].sort(
    (a, b) => Number(typeof a === 'number') - Number(typeof b === 'number'),
  );
  const constant = fills.length === 0 ? 0 : fills[0];
  if (phrases.negative === true && fills.length <= 1 && typeof constant === 'number') {
    const pads = axes.map((one): Pads => [one.before, one.after]);
    if (!always && pads.every(([before, after]) => before === 0 && after === 0)) return [];
    return [phrases.pad?.(pads, constant, sizes) ?? []];
  }
  for (const fill of fills) {
    const pads = axes.map((one): Pads => {
      const before = one.fillBefore === fill ? Math.max(0, one.before) : 0;
      return [before, one.fillAfter === fill ? Math.max(0, one.after) : 0];
    });
    places.push(phrases.pad?.(pads, fill, sizes) ?? []);
    sizes = sizes.map((size, i) => size + (pads[i]?.[0] ?? 0) + (pads[i]?.[1] ?? 0));
  }
  const cuts = axes.map((one): Pads => [Math.max(0, -one.before), Math.max(0, -one.after)]);
  if (cuts.some(([low, high]) => low > 0 || high > 0)) places.push(phrases.crop?.(cuts, sizes) ?? []);
  if (places.length > 0 || !always) return places;
  return [[...(phrases.pad?.(none, 0, sizes) ?? []), ...(phrases.crop?.(none, sizes) ?? [])]];
}

/** Whether these calls in turn, read by the framework's readers, compute this geometry. */
function computes(dialect: Dialect, calls: readonly Phrase[], of: Geometry): boolean {
  try {
    const steps: Geometry[] = [];
    let shape: Shape = inputShape(of);
    for (const call of calls) {
      const layer = readCall([dialect], callOf(call));
      const resolved = layer.resolve(arranged(layer, shape));
      steps.push(...resolved.steps);
      shape = outputShape(resolved.steps.at(-1) as Geometry);
    }
    const [fused, more] = fuse(steps);
    return fused !== undefined && more === undefined && sameGeometry(completed(fused, of), of);
  } catch (error) {
    if (error instanceof DialectError || error instanceof GeometryError) return false;
    throw error;
  }
}

/** A padding of the last axes only, as one of all axes. */
function completed(read: Geometry, of: Geometry): Geometry {
  const missing = of.axes.length - read.axes.length;
  if (read.operation !== 'pad' || missing <= 0) return read;
  const untouched = of.axes.slice(0, missing).map(({ size }) => ({ size, kernel: 1 }));
  return geometry({ ...of, axes: [...untouched, ...read.axes] });
}

function callOf({ path, args, keywords }: Phrase): Call {
  return { path, args, keywords: Object.fromEntries(given(keywords)) };
}

function arranged(layer: Layer, [batch = 1, channels = 1, ...sizes]: Shape): Shape {
  return layer.layout === 'first' ? [batch, channels, ...sizes] : [batch, ...sizes, channels];
}

/** What stands in the way, as far as the geometry shows it. */
function reason({ dialect: { title }, transposed }: Phrases, of: Geometry): Text {
  if (inputShape(of).includes(0)) return say`${title} does not run a layer on an empty input`;
  if (outputShape(of).includes(0)) return say`${title} refuses an empty output`;
  if (isTransposed(of)) {
    if (transposed === undefined) return say`${title} has no transposed convolution`;
    if (of.axes.some((one) => one.stride !== 1 && out(one) > 1))
      return say`${title} has no convolution with both a stride and holes in its input`;
    if (!of.flip && of.axes.some((one) => one.kernel > 1))
      return say`${title} mirrors the kernel of a transposed convolution; mirror the weights to use it`;
    return say`${title} has no words for what this transposed convolution cuts off or adds`;
  }
  const copied = [...padFills(of.axes)].find((fill) => typeof fill === 'string');
  if (copied !== undefined) return say`${title} cannot pad these sides with ${copied} values`;
  if (of.operation === 'pad' && padFills(of.axes).size > 1)
    return say`padwise writes ${title} paddings of one constant each, which would leave another one in the corners`;
  if (of.operation === 'average')
    return say`${title} counts pads that differ between the sides in its average; pool a tensor of ones alike and divide by it`;
  if (of.operation !== 'conv' && of.axes.some((one) => one.dilation > 1))
    return say`${title} has no dilation in a pooling`;
  return say`${title} has no words for this layer`;
}
