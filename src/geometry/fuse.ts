// Steps in turn as fewer steps: padding joins the step it pads for, cropping the step it crops, where no number changes.
//
//   pad 0,1 then conv k3 s2                  =   conv k3 s2 p0,1           TensorFlow's SAME for an even size
//   transposed conv, then one cut off after  =   the same with one output fewer

import { type Axis, axis, type Fill, out } from './axis.ts';
import { keep } from './crop.ts';
import { type Geometry, geometry } from './geometry.ts';

/**
 * The steps with each pad joined to its neighbour where that changes no number; where a ceil mode could change one on
 * another size, on this size `only`.
 */
export function fuse(steps: readonly Geometry[], only: boolean = false): readonly Geometry[] {
  const result: Geometry[] = [];
  for (const step of steps) {
    const last = result.at(-1);
    const joined = last === undefined ? null : (padded(last, step, only) ?? cropped(last, step));
    if (joined === null) result.push(step);
    else result[result.length - 1] = joined;
  }
  return result;
}

/** A pad and the step after it as one step; null where its padding is none of the step's own. */
function padded(pad: Geometry, step: Geometry, only: boolean): Geometry | null {
  if (pad.operation !== 'pad') return null;
  if (step.operation === 'pad' && pad.axes.length > step.axes.length)
    return padded(pad, widened(step, pad), only);
  if (pad.axes.length > step.axes.length) return null;
  // An average of the real elements counts explicit pads, its own it does not.
  const counts = step.operation === 'average' && step.divisor === 'real' && !(only && crops(pad));
  if (counts && !(only && step.axes.every(isWhole))) return null;
  const missing = step.axes.length - pad.axes.length;
  if (cornered(pad, step, missing)) return null;
  const axes = step.axes.map((own, i) => {
    const extra = pad.axes[i - missing];
    if (extra === undefined) return own;
    return (!only || own.overhang > 0) && overhung(step, extra, own) ? null : joinedAxis(extra, own, only);
  });
  const divisor = counts ? step.axes.reduce((taps, one) => taps * one.kernel, 1) : step.divisor;
  return axes.some((one) => one === null) ? null : geometry({ ...step, axes: axes as Axis[], divisor });
}

/** A padding of the last axes only, as one of as many axes as the padding before it. */
function widened(step: Geometry, pad: Geometry): Geometry {
  const missing = pad.axes.slice(0, pad.axes.length - step.axes.length);
  const untouched = missing.map((one) => axis({ size: out(one), kernel: 1 }));
  const { batch, channels, filters } = pad;
  return geometry({ ...step, batch, channels, filters, axes: [...untouched, ...step.axes] });
}

/** Whether the step writes another constant into a corner, which in one step would hold that of the later axis. */
function cornered(pad: Geometry, step: Geometry, missing: number): boolean {
  return pad.axes.some((later, i) =>
    step.axes
      .slice(0, i + missing)
      .some((earlier) => constants(later).some((one) => constants(earlier).some((other) => one !== other))),
  );
}

/** The constants that an axis is padded with. */
function constants({ before, after, fillBefore, fillAfter }: Axis): number[] {
  const fills = [...(before > 0 ? [fillBefore] : []), ...(after > 0 ? [fillAfter] : [])];
  return fills.filter((fill) => typeof fill === 'number');
}

/** Whether all windows hold elements only. */
function isWhole({ before, after, overhang }: Axis): boolean {
  return before <= 0 && after <= 0 && overhang === 0;
}

function crops(pad: Geometry): boolean {
  return pad.axes.every(({ before, after }) => before <= 0 && after <= 0);
}

/** Whether a ceil mode, for some size, hangs over an end that is cropped, or reads a maximum's pads where these end. */
function overhung({ operation }: Geometry, pad: Axis, own: Axis): boolean {
  if (operation === 'conv' || operation === 'pad' || own.stride === 1) return false;
  return pad.after < 0 || (operation === 'max' && pad.after > 0 && pad.fillAfter !== -Infinity);
}

function joinedAxis(pad: Axis, own: Axis, only: boolean): Axis | null {
  if (pad.before === 0 && pad.after === 0) return own;
  // Between the elements of a dilated input lie zeros, so only zeros continue it.
  const holed = own.inputDilation > 1;
  if (holed && (pad.size === 0 || own.size === 0)) return null;
  if (
    holed &&
    [pad, own].some((one) => padsOther(one.before, one.fillBefore) || padsOther(one.after, one.fillAfter))
  )
    return null;
  const sizes = only && pad.before >= 0 && pad.after >= 0 ? pad.size : 0;
  const fillBefore = joinedFill(pad.before, own.before, pad.fillBefore, own.fillBefore, sizes);
  const fillAfter = joinedFill(pad.after, own.after, pad.fillAfter, own.fillAfter, sizes);
  if (fillBefore === null || fillAfter === null) return null;
  return axis({
    ...own,
    size: pad.size,
    before: pad.before * own.inputDilation + own.before,
    after: pad.after * own.inputDilation + own.after,
    fillBefore,
    fillAfter,
  });
}

/**
 * What a side holds that is padded by `more` of `fill`, then by `has` of `other`; null where no fill does. Copies of copies
 * are one only of an input of so many elements, and never of 0.
 */
function joinedFill(more: number, has: number, fill: Fill, other: Fill, size: number): Fill | null {
  if (has <= 0) return more > 0 ? fill : other;
  if (typeof other === 'number') return more === 0 || (more > 0 && fill === other) ? other : null;
  const period = other === 'reflect' ? size - 1 : size;
  if (size === 0 || other === 'wrap') return null;
  if (more === 0) return other === 'replicate' || has <= period ? other : null;
  const edge = (kind: Fill, count: number) => kind === 'replicate' || (kind === 'symmetric' && count === 1);
  if (edge(fill, more) && edge(other, has)) return 'replicate';
  return fill === other && has <= period && more % period === 0 ? other : null;
}

/** Whether a side is padded with anything but zeros. */
function padsOther(count: number, fill: Fill): boolean {
  return count > 0 && fill !== 0;
}

/** A step and a crop of its output as one step. */
function cropped(step: Geometry, crop: Geometry): Geometry | null {
  if (crop.operation !== 'pad' || step.operation === 'pad') return null;
  const missing = step.axes.length - crop.axes.length;
  if (missing < 0 || !crops(crop)) return null;
  if (crop.axes.some((one) => out(one) === 0)) return null;
  const axes = step.axes.map((own, i) => {
    const cut = crop.axes[i - missing];
    return cut === undefined ? own : keep(own, -cut.before, out(own) + cut.after);
  });
  return geometry({ ...step, axes });
}
