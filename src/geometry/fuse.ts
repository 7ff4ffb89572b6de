// Steps in turn as fewer steps: padding joins the step it pads for, cropping the step it crops, where no number changes.
//
//   pad 0,1 then conv k3 s2                  =   conv k3 s2 p0,1           TensorFlow's SAME for an even size
//   transposed conv, then one cut off after  =   the same with one output fewer

import { type Axis, axis, out } from './axis.ts';
import { keep } from './crop.ts';
import { type Geometry, geometry, outputShape } from './geometry.ts';

/** The steps with each pad joined to its neighbour where that changes no number, on this size `only` or on none. */
export function fuse(steps: readonly Geometry[], only: boolean = false): readonly Geometry[] {
  const result: Geometry[] = [];
  for (const step of steps) {
    let one = step;
    for (let last = result.at(-1); last !== undefined; last = result.at(-1)) {
      const joined = padded(last, one, only) ?? cropped(last, one);
      if (joined === null) break;
      result.pop();
      one = joined;
    }
    result.push(one);
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
  if (step.operation === 'average' && step.divisor === 'real' && !(only && crops(pad))) return null;
  const missing = step.axes.length - pad.axes.length;
  if (cornered(pad, step, missing)) return null;
  const axes = step.axes.map((own, i) => {
    const extra = pad.axes[i - missing];
    if (extra === undefined) return own;
    return (!only || own.overhang > 0) && overhung(step, extra, own) ? null : joinedAxis(extra, own);
  });
  return axes.some((one) => one === null) ? null : geometry({ ...step, axes: axes as Axis[] });
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

function crops(pad: Geometry): boolean {
  return pad.axes.every(({ before, after }) => before <= 0 && after <= 0);
}

/** Whether a ceil mode, for some size, hangs over an end that is cropped, or reads a maximum's pads where these end. */
function overhung({ operation }: Geometry, pad: Axis, own: Axis): boolean {
  if (operation === 'conv' || operation === 'pad' || own.stride === 1) return false;
  return pad.after < 0 || (operation === 'max' && pad.after > 0 && pad.fillAfter !== -Infinity);
}

function joinedAxis(pad: Axis, own: Axis): Axis | null {
  if (pad.before === 0 && pad.after === 0) return own;
  const alike = (more: number, has: number, fill: Axis['fillBefore'], other: Axis['fillBefore']) =>
    more === 0 || has <= 0 || (more > 0 && typeof fill === 'number' && fill === other);
  // A fill that copies would copy what was padded or cropped before it.
  const copies =
    (own.before > 0 && typeof own.fillBefore !== 'number') ||
    (own.after > 0 && typeof own.fillAfter !== 'number');
  // Between the elements of a dilated input lie zeros, so only zeros continue it.
  const holed = own.inputDilation > 1;
  if (copies || (holed && (pad.size === 0 || own.size === 0))) return null;
  if (
    holed &&
    [pad, own].some((one) => padsOther(one.before, one.fillBefore) || padsOther(one.after, one.fillAfter))
  )
    return null;
  if (!alike(pad.before, own.before, pad.fillBefore, own.fillBefore)) return null;
  if (!alike(pad.after, own.after, pad.fillAfter, own.fillAfter)) return null;
  return axis({
    ...own,
    size: pad.size,
    before: pad.before * own.inputDilation + own.before,
    after: pad.after * own.inputDilation + own.after,
    fillBefore: pad.before > 0 ? pad.fillBefore : own.fillBefore,
    fillAfter: pad.after > 0 ? pad.fillAfter : own.fillAfter,
  });
}

/** Whether a side is padded with anything but zeros. */
function padsOther(count: number, fill: Axis['fillBefore']): boolean {
  return count > 0 && fill !== 0;
}

/** A step and a crop of its output as one step. */
function cropped(step: Geometry, crop: Geometry): Geometry | null {
  if (crop.operation !== 'pad' || step.operation === 'pad') return null;
  const missing = step.axes.length - crop.axes.length;
  if (missing < 0 || !crops(crop)) return null;
  if (outputShape(crop).includes(0)) return null;
  const axes = step.axes.map((own, i) => {
    const cut = crop.axes[i - missing];
    return cut === undefined ? own : keep(own, -cut.before, out(own) + cut.after);
  });
  return geometry({ ...step, axes });
}
