// A step whose padding is more than zeros, as two: a pad that fills, and the same step on the padded input.
//
//   conv k3 s2 p1 fill=reflect   =   pad p1 fill=reflect, then conv k3 s2
//
// so its gradients are those of the second, and what they give a padded position goes back to the element copied there.
// The pad lays out a dilated input's holes as well, for a fill reads them.

import { type Axis, axis, type Fill, type Geometry, geometry, out, span } from '../geometry/index.ts';

/** Whether a window can read a value of the padding that is not 0: then weights meet it. */
export function fills(of: Geometry): boolean {
  return of.axes.some((one) => read(one).some((fill) => fill !== 0));
}

/** Whether the padding copies elements, or cuts some that an average's overhang covers: then no adjoint alone reaches them. */
export function copies(of: Geometry): boolean {
  return of.axes.some(
    (one) =>
      read(one).some((fill) => typeof fill !== 'number') ||
      (of.operation === 'average' && one.overhang > 0 && one.after < 0),
  );
}

/** The fills of the sides that have padding. */
function read(of: Axis): Fill[] {
  return [...(of.before > 0 ? [of.fillBefore] : []), ...(of.after + of.overhang > 0 ? [of.fillAfter] : [])];
}

/** The pad, and the step after it; what an average does not count, its overhang, the step pads with zeros. */
export function apart(of: Geometry): readonly [pad: Geometry, step: Geometry] {
  const uncounted = of.operation === 'average' ? 1 : 0;
  const whole = of.axes.map(({ after, overhang }) => after + (1 - uncounted) * overhang);
  const pads = of.axes.map((one, i) =>
    axis({ ...one, kernel: 1, stride: 1, dilation: 1, after: whole[i] as number, overhang: 0 }),
  );
  const axes = of.axes.map(({ kernel, stride, dilation, overhang, ...one }, i) => {
    // More cut than there is: the overhang begins before the end of nothing.
    const missing = Math.min(0, span(one) + one.before + (whole[i] as number));
    const after = missing + uncounted * overhang;
    return axis({ size: out(pads[i] as Axis), kernel, stride, dilation, after });
  });
  const { batch, channels } = of;
  return [geometry({ operation: 'pad', batch, channels, axes: pads }), geometry({ ...of, axes })];
}

/** The same step with zeros for constants: they move no element's gradient. */
export function zeroFilled(of: Geometry): Geometry {
  return { ...of, axes: of.axes.map((one) => ({ ...one, fillBefore: 0, fillAfter: 0 })) };
}
