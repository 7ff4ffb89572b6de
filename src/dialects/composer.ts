// How a framework says a geometry: candidates are proposed, read back by the framework's own readers, and the first that
// computes the same is taken. So no rule of a framework is written twice, and what is written is exact.
//
//   conv         the layer with its own padding
//                explicit padding, then the layer without
//                the layer with more padding, then its surplus windows cut off
//   transposed   the layer; the natural output, then its crop; zeros around the input, and one of both
//   pool         as a conv
//   pad          paddings of one fill each, copies before constants, then crops
//   any          the same at stride 1, of which every stride-th window is kept
//
// The layer alone comes first, then what takes the fewest calls.

import { fuse } from '../geometry/fuse.ts';
import {
  type Axis,
  axis,
  ceilMode,
  extent,
  type Fill,
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
import { given, type Phrase, pythonCall, statement, tensorsOf } from './printer.ts';
import { readCall } from './resolve.ts';
import { padFills } from './spelling.ts';

/** A transposed axis in its own words: the stride, and what is cut off the natural output on both sides. */
export interface TransposedWords {
  readonly stride: number;
  readonly crop: Pads;
}

/** What may stand in one place: each a call, or several in turn. */
type Place = readonly (Phrase | readonly Phrase[])[];

/**
 * What a framework can say in one call, most natural first. A phrase may be a guess: one that is refused, or that reads
 * another geometry, is passed over.
 */
export interface Phrases {
  readonly dialect: Dialect;
  /** A convolution with its axes' pads; without pads it is asked for kernel, stride and dilation alone. */
  conv(of: Geometry, bias: boolean): Place;
  /** A transposed convolution with these crops. */
  transposed?(of: Geometry, words: readonly TransposedWords[], bias: boolean): Place;
  /** Whether a transposed convolution alone covers whole strides, also where its kernel is narrower. */
  readonly covers?: boolean;
  pool?(of: Geometry): Place;
  /** Whether padding by a negative count crops, so that one call does both. */
  readonly negative?: boolean;
  /** Padding by these counts, none negative unless `negative`, in one call or several; nothing where the framework has no such fill. */
  pad?(pads: readonly Pads[], fill: Fill, sizes: readonly number[]): Place;
  /** Not needed where negative padding crops. Elements off both ends of each axis, counted from 0. */
  crop?(cuts: readonly Pads[], sizes: readonly number[]): Place;
  /** Every stride-th element of each axis. */
  thin?(strides: readonly number[]): Phrase;
  /** Why the framework cannot say it, where the dialect knows better than this file. */
  why?(of: Geometry): Text | null;
  /** One call as code, with its place among all calls in turn; Python unless given. */
  print?(phrase: Phrase, index: number, calls: readonly Phrase[]): string;
  /** A layer on its own as a statement on x: `x = nn.Conv2d(3, 6, 4)(x)` unless given. */
  apply?(code: string): string;
}

/** Code of the framework for exactly this geometry, or why there is none. */
export function compose(phrases: Phrases, of: Geometry, bias: boolean): Spelling {
  const calls = found(phrases, of, bias) ?? thinned(phrases, of, bias);
  if (calls === null) return { impossible: phrases.why?.(of) ?? reason(phrases, of) };
  const print = phrases.print ?? pythonCall;
  const apply = phrases.apply ?? statement;
  const texts = calls.map(print);
  const tensors = Object.assign({}, ...calls.map(tensorsOf)) as Record<string, Shape>;
  return { lines: calls.length === 1 ? texts : texts.map(apply), tensors };
}

function found(phrases: Phrases, of: Geometry, bias: boolean): readonly Phrase[] | null {
  for (const calls of candidates(phrases, of, bias)) if (computes(phrases.dialect, calls, of)) return calls;
  return null;
}

/** The windows at stride 1, from the tightest on, of which every stride-th is kept. */
function thinned(phrases: Phrases, of: Geometry, bias: boolean): readonly Phrase[] | null {
  const { thin } = phrases;
  const most = Math.max(...of.axes.map((one) => one.stride));
  if (thin === undefined || most === 1 || outputShape(of).includes(0)) return null;
  const surplus = Array.from({ length: most }, (_, more) => [more, more]);
  // As many more as the input has elements for; or so many, on axes of one window none or as many.
  const beyonds = [[-1, -1], ...surplus, ...surplus.map(([more = 0]) => [0, more])];
  const tries = beyonds.map(([one = 0, several = 0]) => {
    const axes = of.axes.map((own) => {
      const first = tight(own);
      const more = out(own) === 1 ? one : several;
      const beyond = Math.min(own.stride - 1, more < 0 ? Math.max(0, -first.after) : more);
      return axis({ ...first, stride: 1, after: first.after + beyond });
    });
    const calls = found(phrases, geometry({ ...of, axes }), bias);
    const whole = axes.every((own, i) => out(own) === out(of.axes[i] as Axis));
    return whole || calls === null ? calls : [...calls, thin(of.axes.map((own) => own.stride))];
  });
  return tries.filter((calls) => calls !== null).sort((one, other) => one.length - other.length)[0] ?? null;
}

/** The layer alone, then what takes more, fewest calls first. */
function* candidates(phrases: Phrases, of: Geometry, bias: boolean): Generator<readonly Phrase[]> {
  const slides = isTransposed(of) ? unholed(of) : of;
  if (isTransposed(of)) yield* sequences([transposedLayer(phrases, of, bias)]);
  if (slides !== null) yield* sequences([slidingLayer(phrases, slides, bias)]);
  const more = [
    ...(isTransposed(of) ? transposed(phrases, of, bias) : []),
    ...(slides === null ? [] : sliding(phrases, slides, bias)),
  ];
  yield* more.sort((one, other) => one.length - other.length);
}

/** A transposed convolution as the plain one it is: no holes within one element, nothing to mirror in one tap; else null. */
function unholed(of: Geometry): Geometry | null {
  const holed = of.axes.some((one) => one.inputDilation > 1 && one.size > 1);
  if (holed || (of.flip && of.axes.some((one) => one.kernel > 1))) return null;
  return geometry({ ...of, flip: false, axes: of.axes.map((one) => ({ ...one, inputDilation: 1 })) });
}

/** Every choice of one per place. */
function* sequences(places: readonly Place[]): Generator<readonly Phrase[]> {
  const [first, ...rest] = places;
  if (first === undefined) return;
  for (const one of first)
    if (rest.length === 0) yield [one].flat();
    else for (const more of sequences(rest)) yield [one, ...more].flat();
}

function slidingLayer(phrases: Phrases, of: Geometry, bias: boolean): Place {
  if (of.operation === 'pad') return [];
  return of.operation === 'conv' ? phrases.conv(of, bias) : (phrases.pool?.(of) ?? []);
}

function transposedLayer(phrases: Phrases, of: Geometry, bias: boolean): Place {
  return phrases.transposed?.(of, of.axes.map(transposedWords), bias) ?? [];
}

function* sliding(phrases: Phrases, of: Geometry, bias: boolean): Generator<readonly Phrase[]> {
  if (of.operation === 'pad') return yield* sequences(padding(phrases, of.axes, true));
  const least = of.axes.map((one) => {
    const { after, overhang } = tight(one);
    return axis({ ...one, after: Math.max(after + overhang, Math.min(0, one.after)), overhang: 0 });
  });
  // The same on both sides is said more easily, though no window may read all of it.
  const alike = of.axes.map((one, i) =>
    one.before === one.after && one.overhang === 0 ? one : (least[i] as Axis),
  );
  const choices = [alike.map(uncut), least.map(uncut), least];
  const sides = choices.map((axes) => axes.map(({ after }) => after).join());
  for (const axes of choices.filter((_, i) => sides.indexOf(sides[i] as string) === i)) {
    const bare = { before: 0, after: 0, fillBefore: 0, fillAfter: 0 } as const;
    const without = axes.map((one) => ({ ...one, ...bare, size: one.size + one.before + one.after }));
    if (without.some(({ size }) => size < 0)) continue;
    const divisor = typeof of.divisor === 'number' ? of.divisor : 'window';
    const inner = geometry({ ...of, axes: without, divisor });
    yield* sequences([...padding(phrases, axes), slidingLayer(phrases, inner, bias)]);
  }
  if (of.axes.some((one) => out(one) === 0)) return;
  // The framework's own ceil mode makes some of the windows beyond.
  for (const ceil of of.operation === 'conv' ? ([null] as const) : ([null, true, false] as const)) {
    const wide = of.axes.map((one) => widened(one, ceil));
    const cuts = wide.map(({ lead, layer }, i): Pads => [lead, out(layer) - lead - out(of.axes[i] as Axis)]);
    if (cuts.flat().some((cut) => cut < 0)) continue;
    const layers = wide.map(({ layer }) => layer);
    const cropped = cropping(phrases, cuts, layers.map(out));
    yield* sequences([slidingLayer(phrases, geometry({ ...of, axes: layers }), bias), cropped]);
  }
}

/** Whether the crop after the last window takes only what no window reads. */
function isLoose(one: Axis): boolean {
  return one.after < 0 && out(one) > 0 && out(axis({ ...one, after: 0 })) === out(one);
}

function uncut(one: Axis): Axis {
  return isLoose(one) ? axis({ ...one, after: 0 }) : one;
}

/** The axis padded alike on both sides, so far that its windows from `lead` on are this one's. */
function widened(one: Axis, ceil: boolean | null): { layer: Axis; lead: number } {
  const beyond = start(one, out(one) - 1) + extent(one) - span(one);
  const least = Math.max(0, one.before, ceil === null ? beyond : beyond - one.stride + 1);
  const lead = Math.ceil((least - one.before) / one.stride);
  const pad = one.before + lead * one.stride;
  const fill = one.before > 0 ? one.fillBefore : one.fillAfter;
  const pads = { before: pad, after: pad, fillBefore: fill, fillAfter: fill };
  const floor = axis({ ...one, ...pads, overhang: 0 });
  return { layer: ceil === null ? floor : ceilMode(floor, ceil), lead };
}

function* transposed(phrases: Phrases, of: Geometry, bias: boolean): Generator<readonly Phrase[]> {
  const words = of.axes.map(transposedWords);
  const before = words.map(({ crop: [low], stride }) => grown(low, stride));
  const after = words.map(({ crop: [, high], stride }) => grown(high, stride));
  // Outputs beyond the natural ones: the layer may add less than a stride at the end, zeros around the input make the rest.
  const few = words.map(({ crop: [, high], stride }) => Math.max(0, Math.floor(-high / stride)));
  for (const ends of [few, after]) {
    const grow = before.map((more, i): Pads => [more, ends[i] as number]);
    const padded = of.axes.map((one, i) => {
      const [low, high] = grow[i] as Pads;
      return axis({ size: one.size, kernel: 1, before: low, after: high });
    });
    const left = words.map(({ crop: [low, high], stride }, i): Pads => {
      return [low + (grow[i] as Pads)[0] * stride, high + (grow[i] as Pads)[1] * stride];
    });
    // What is too many the layer leaves out, or else a crop.
    const natural = left.map(([, high], i): Pads => {
      const short = phrases.covers === true ? (words[i]?.stride ?? 1) - extent(of.axes[i] as Axis) : 0;
      return [0, Math.min(0, high, -short)];
    });
    for (const own of [left, natural]) {
      const axes = of.axes.map((one, i) => {
        const window = { ...one, size: out(padded[i] as Axis), stride: one.inputDilation };
        const [low, high] = own[i] as Pads;
        return transposedAxis(window, low, Math.max(0, naturalSize(window) - low - high));
      });
      const layer = transposedLayer(phrases, geometry({ ...of, axes }), bias);
      const cuts = left.map((cut, i): Pads => [cut[0] - (own[i] as Pads)[0], cut[1] - (own[i] as Pads)[1]]);
      const cropped = cuts.flat().some((cut) => cut > 0) ? [cropping(phrases, cuts, axes.map(out))] : [];
      yield* sequences([...padding(phrases, padded), layer, ...cropped]);
    }
  }
}

function grown(cut: number, stride: number): number {
  return Math.max(0, Math.ceil(-cut / stride));
}

/** The framework's crop; where negative padding crops, that. */
function cropping(phrases: Phrases, cuts: readonly Pads[], sizes: readonly number[]): Place {
  if (phrases.crop !== undefined || phrases.negative !== true) return phrases.crop?.(cuts, sizes) ?? [];
  const pads = cuts.map(([low, high]): Pads => [0 - low, 0 - high]);
  return phrases.pad?.(pads, 0, sizes) ?? [];
}

/** The paddings and crops of these axes in turn; at least one, of nothing, with `always`. */
function padding(phrases: Phrases, axes: readonly Axis[], always = false): Place[] {
  const places: Place[] = [];
  const none = axes.map((): Pads => [0, 0]);
  let sizes = axes.map((one) => one.size);
  const fills = padFills(axes);
  const [constant = 0] = fills;
  if (phrases.negative === true && fills.size <= 1 && typeof constant === 'number') {
    const pads = axes.map((one): Pads => [one.before, one.after]);
    if (!always && pads.every(([before, after]) => before === 0 && after === 0)) return [];
    return [phrases.pad?.(pads, constant, sizes) ?? []];
  }
  for (const { fill, pads } of paddings(axes)) {
    places.push(phrases.pad?.(pads, fill, sizes) ?? []);
    sizes = sizes.map((size, i) => size + (pads[i]?.[0] ?? 0) + (pads[i]?.[1] ?? 0));
  }
  const cuts = axes.map((one): Pads => [Math.max(0, -one.before), Math.max(0, -one.after)]);
  if (cuts.some(([low, high]) => low > 0 || high > 0)) places.push(cropping(phrases, cuts, sizes));
  if (places.length > 0 || !always) return places;
  return [[...(phrases.pad?.(none, 0, sizes) ?? []), ...(phrases.crop?.(none, sizes) ?? [])]];
}

/** Copies first, since they would copy constants; then constants axis by axis, since at a corner the last one decides. */
function paddings(axes: readonly Axis[]): { readonly fill: Fill; readonly pads: Pads[] }[] {
  const sides = axes.flatMap((one, i) => [
    { i, fill: one.fillBefore, pads: [Math.max(0, one.before), 0] as const },
    { i, fill: one.fillAfter, pads: [0, Math.max(0, one.after)] as const },
  ]);
  const copies = sides.filter(({ fill }) => typeof fill === 'string');
  const constants = sides.filter(({ fill }) => typeof fill === 'number');
  const runs: { fill: Fill; pads: Pads[] }[] = [];
  for (const { i, fill, pads } of [...copies.sort((a, b) => (a.fill < b.fill ? -1 : 1)), ...constants]) {
    if (pads[0] + pads[1] === 0) continue;
    if (runs.at(-1)?.fill !== fill) runs.push({ fill, pads: axes.map((): Pads => [0, 0]) });
    const run = runs.at(-1)?.pads as Pads[];
    const [before, after] = run[i] as Pads;
    run[i] = [before + pads[0], after + pads[1]];
  }
  return runs;
}

/** Whether these calls in turn, read by the framework's readers, compute this geometry. */
function computes(dialect: Dialect, calls: readonly Phrase[], of: Geometry): boolean {
  try {
    const steps: Geometry[] = [];
    let shape: Shape = inputShape(of);
    for (const call of calls) {
      const layer = readCall([dialect], callOf(call));
      const resolved = layer.resolve(arranged(layer, shape));
      const last = resolved.steps.at(-1) as Geometry;
      // A size put in front for a padding alone, and taken away again.
      const reshaped = resolved.output.length !== shape.length;
      steps.push(...(reshaped ? [] : resolved.steps.map((step) => narrowed(step, of))));
      shape = reshaped ? resolved.output : outputShape(last);
    }
    // Twice, since a crop may undo a padding that stood in the way.
    const [fused, more] = fuse(fuse(steps, true), true);
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

/** A padding without the sizes in front that it leaves alone. */
function narrowed(read: Geometry, of: Geometry): Geometry {
  const surplus = read.axes.length - of.axes.length;
  const alone = read.axes.slice(0, Math.max(0, surplus)).every((one) => out(one) === 1 && one.size === 1);
  if (read.operation !== 'pad' || surplus <= 0 || !alone) return read;
  return geometry({ ...read, axes: read.axes.slice(surplus) });
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
  if (of.operation !== 'pad' && of.operation !== 'conv' && of.axes.some((one) => one.inputDilation > 1))
    return say`${title} has no pool over an input with holes`;
  const copied = [...padFills(of.axes)].find((fill) => typeof fill === 'string');
  if (copied !== undefined) return say`${title} cannot pad these sides with ${copied} values`;
  if (of.operation === 'average')
    return say`${title} counts pads that differ between the sides in its average; pool a tensor of ones alike and divide by it`;
  if (of.operation !== 'conv' && of.axes.some((one) => one.dilation > 1))
    return say`${title} has no dilation in a pooling`;
  return say`${title} has no words for this layer`;
}
