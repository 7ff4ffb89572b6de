// What Keras and TensorFlow have alike when they write a layer: which words do, and the paddings they have none of.
//
//   replicate by 2   = symmetric by 1, twice        (the border element is copied, and its copy again)

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

/** Without a cut after the last window, which reads none of it. */
function trim(one: Axis): Axis {
  const uncut = axis({ ...one, after: Math.max(0, one.after) });
  return sameReads(one, uncut) ? uncut : one;
}

/** Without a stride where there is one window, and without a dilation where there is one tap. */
function plain(one: Axis): Axis {
  const single = tight(axis({ ...one, stride: 1 }));
  const stride = sameReads(one, single) ? single : one;
  return stride.kernel === 1 && stride.dilation > 1 ? axis({ ...stride, dilation: 1 }) : stride;
}

/** The axes without the strides and dilations that do nothing, where a dilation might not go with a stride. */
export function eased(axes: readonly Axis[]): readonly Axis[] {
  return axes.some((one) => one.dilation > 1) ? axes.map(plain) : axes;
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
function refusedTransposed(of: Geometry, title: string): Text | undefined {
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
