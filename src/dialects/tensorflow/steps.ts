// What Keras and TensorFlow write in front of a layer or behind it, when the layer's own words do not reach: pads of one
// kind at a time, then what is cut off.
//
//   replicate by 2   = symmetric by 1, twice        (the border element is copied, and its copy again)
//   stride, dilation = the dilated windows at stride 1, of which every stride-th is kept
//
// Copies come first, since they read the whole axis; then constants, a later axis' on top of an earlier one's; then the cuts.

import {
  type Axis,
  axis,
  type Fill,
  type Geometry,
  isTransposed,
  type Pads,
  remainder,
  samePads,
  sameReads,
  tight,
} from '../../geometry/index.ts';
import { say, type Text } from '../../words/index.ts';
import { deepest } from './pad.ts';

/** One statement that pads all axes with one fill, or that cuts them. */
export interface PadStep {
  readonly fill: Fill | 'cut';
  /** Positions added, or taken, before and after each axis; all >= 0. */
  readonly pads: readonly Pads[];
}

/** The pads of one side of one axis; a mirror reaches `reach` positions at a time. */
interface Side {
  readonly axis: number;
  readonly fill: Fill;
  readonly reach: number;
  readonly pads: Pads;
}

/** The statements that put these axes' pads and cuts in place; or why the framework has none. */
export function padSteps(
  axes: readonly Axis[],
  title: string,
): readonly PadStep[] | { readonly impossible: Text } {
  const trimmed = axes.map(trim);
  const sides = trimmed
    .flatMap((one, i) => [
      side(i, one, one.fillBefore, [Math.max(0, one.before), 0]),
      side(i, one, one.fillAfter, [0, Math.max(0, one.after)]),
    ])
    .filter(({ pads }) => Math.max(...pads) > 0);
  if (sides.some(({ fill }) => fill === 'wrap')) return { impossible: say`${title} has no circular padding` };
  if (sides.some(({ reach }) => reach === 0)) return { impossible: 'an empty axis has nothing to copy' };
  const mirrored = (['reflect', 'symmetric'] as const).flatMap((fill) =>
    turns(
      fill,
      sides.filter((one) => one.fill === fill),
      axes.length,
    ),
  );
  const cuts = trimmed.map((one): Pads => [Math.max(0, 0 - one.before), Math.max(0, 0 - one.after)]);
  const cut: PadStep[] = cuts.flat().some((count) => count > 0) ? [{ fill: 'cut', pads: cuts }] : [];
  return [...mirrored, ...constants(sides, axes.length), ...cut];
}

/** Replication is symmetric padding by 1, again and again; so is reflection of a single element. */
function side(index: number, { size }: Axis, fill: Fill, pads: Pads): Side {
  const alike = fill === 'replicate' || (fill === 'reflect' && size === 1);
  if (alike) return { axis: index, fill: 'symmetric', reach: Math.min(1, size), pads };
  return { axis: index, fill, reach: deepest(fill, size), pads };
}

/** A mirror that should reach further than it can, in several statements: each mirrors what the last one added. */
function turns(fill: Fill, sides: readonly Side[], rank: number): PadStep[] {
  const count = Math.max(0, ...sides.map(({ pads, reach }) => Math.ceil(Math.max(...pads) / reach)));
  return Array.from({ length: count }, (_, turn) => {
    const share = (pad: number, reach: number) => Math.min(reach, Math.max(0, pad - turn * reach));
    const own = sides.map((one): Side => {
      const [before, after] = one.pads;
      return { ...one, pads: [share(before, one.reach), share(after, one.reach)] };
    });
    return { fill, pads: joined(own, rank) };
  });
}

/** Constants, axis after axis, since a later axis' constant covers an earlier one's at the corners. */
function constants(sides: readonly Side[], rank: number): PadStep[] {
  const runs: Side[][] = [];
  for (const one of sides.filter(({ fill }) => typeof fill === 'number')) {
    const last = runs.at(-1);
    if (last?.[0]?.fill === one.fill) last.push(one);
    else runs.push([one]);
  }
  return runs.map((run) => ({ fill: (run[0] as Side).fill, pads: joined(run, rank) }));
}

function joined(sides: readonly Side[], rank: number): Pads[] {
  return Array.from({ length: rank }, (_, i): Pads => {
    const own = sides.filter((one) => one.axis === i);
    const total = (which: 0 | 1) => own.reduce((sum, { pads }) => sum + pads[which], 0);
    return [total(0), total(1)];
  });
}

/** Without a cut after the last window, which reads none of it. */
function trim(one: Axis): Axis {
  const uncut = axis({ ...one, after: Math.max(0, one.after) });
  return sameReads(one, uncut) ? uncut : one;
}

/** Without a stride where there is one window, and without a dilation where there is one tap. */
export function plain(one: Axis): Axis {
  const single = tight(axis({ ...one, stride: 1 }));
  const stride = sameReads(one, single) ? single : one;
  return stride.kernel === 1 && stride.dilation > 1 ? axis({ ...stride, dilation: 1 }) : stride;
}

/** The axes without the strides and dilations that do nothing, where a dilation might not go with a stride. */
export function eased(axes: readonly Axis[]): readonly Axis[] {
  return axes.some((one) => one.dilation > 1) ? axes.map(plain) : axes;
}

/** The axes at stride 1 of which every stride-th window is this axis', from the tightest on. */
export function dense(one: Axis): Axis[] {
  const first = tight(one);
  return Array.from({ length: one.stride }, (_, more) =>
    axis({ ...first, stride: 1, after: first.after + more }),
  );
}

/** Whether both are above 1, on whichever axes: what Keras' layers and tf.nn.convolution refuse. */
export function slidesApart(axes: readonly Axis[]): boolean {
  return axes.some((one) => one.stride > 1) && axes.some((one) => one.dilation > 1);
}

/** How many filters each channel has of its own; null when the channels mix or there is but one. */
export function multiplier(of: Geometry): number | null {
  const { channels, filters, groups } = of;
  return groups === channels && channels > 1 ? filters / channels : null;
}

/** Whether SAME would crop one of three axes on TensorFlow's CPU, which does not clamp its total at 0 there. */
export function cropsSame(axes: readonly Axis[]): boolean {
  if (axes.length < 3) return false;
  return axes.some((one) => {
    const valid = axis({ ...one, before: 0, after: 0, overhang: 0 });
    return Math.max(...samePads(one)) === 0 && remainder(valid) > 1;
  });
}

/** Why a transposed convolution cannot be written; undefined when it can. */
export function refusedTransposed(of: Geometry, title: string): Text | undefined {
  const copies = of.axes.some(
    (one) => (one.before > 0 && one.fillBefore !== 0) || (tight(one).after > 0 && one.fillAfter !== 0),
  );
  if (!of.flip && of.axes.some((one) => one.kernel > 1))
    return say`${title} mirrors the kernel of a transposed convolution; mirror the weights to use it`;
  if (of.groups > 1) return say`${title} has no groups in a transposed convolution`;
  return copies ? say`${title} pads a transposed convolution with zeros only` : undefined;
}

/** A padding as the paddings in turn that Keras and TensorFlow have; none where they have it not. */
export function mirrored(pads: readonly Pads[], fill: Fill, sizes: readonly number[]): readonly Padding[] {
  if (typeof fill === 'number') return [{ fill, pads }];
  if (fill === 'wrap') return [];
  // Replication is symmetric padding by 1, again and again; so is reflection of a single element.
  const edges = sizes.map((size) => fill === 'replicate' || (fill === 'reflect' && size === 1));
  const reach = sizes.map((size, i) => (edges[i] ? 1 : deepest(fill, size)));
  return [false, true].flatMap((edge) => {
    const sides = pads.map((pair, i): Pads => (edges[i] === edge ? pair : [0, 0]));
    const turns = sides.map((pair, i) =>
      pair[0] + pair[1] === 0 ? 0 : Math.ceil(Math.max(...pair) / (reach[i] as number)),
    );
    if (turns.includes(Infinity)) return [];
    // Each mirrors what the last one added.
    return Array.from({ length: Math.max(...turns) }, (_, turn) => {
      const share = (pad: number, most: number) => Math.min(most, Math.max(0, pad - turn * most));
      const own = sides.map(
        ([low, high], i): Pads => [share(low, reach[i] as number), share(high, reach[i] as number)],
      );
      return { fill: edge ? 'symmetric' : fill, pads: own };
    });
  });
}

interface Padding {
  readonly fill: Fill;
  readonly pads: readonly Pads[];
}

/** Why Keras and TensorFlow cannot say it, as far as they are alike. */
export function whyNot(of: Geometry, title: string): Text | null {
  if (isTransposed(of)) return refusedTransposed(of, title) ?? null;
  const fills = of.axes
    .map(trim)
    .flatMap((one) => [
      ...(one.before > 0 ? [one.fillBefore] : []),
      ...(one.after > 0 ? [one.fillAfter] : []),
    ]);
  if (fills.includes('wrap')) return say`${title} has no circular padding`;
  const copies = of.axes.some((one) => one.size === 0) && fills.some((fill) => typeof fill === 'string');
  return copies ? 'an empty axis has nothing to copy' : null;
}
