// The gradient of a convolution is another convolution. With outSpan = (out - 1) * stride + 1:
//
//   with respect to the input     stride <-> inputDilation, kernel mirrored, channels <-> filters
//                                 before' = extent - 1 - before
//                                 after'  = span + extent - 1 - outSpan - before'
//   with respect to the weights   stride <-> dilation, batch <-> channels, the output gradient is the kernel
//                                 before' = before
//                                 after'  = outSpan - span + extent - 1 - before
//
// A transposed convolution is the first of them with a weight of its own. Source: the vjp rules of XLA's convolution.

import { type Axis, axis, extent, out, span } from './axis.ts';
import { GeometryError } from './error.ts';
import { type Geometry, geometry } from './geometry.ts';

/** The axis of the gradient with respect to the input: size `out(of)`, output `of.size`. */
export function adjointAxis(of: Axis): Axis {
  const size = out(of);
  const before = extent(of) - 1 - of.before;
  const after = span(of) + extent(of) - 1 - span({ size, inputDilation: of.stride }) - before;
  return axis({
    size,
    kernel: of.kernel,
    dilation: of.dilation,
    stride: of.inputDilation,
    inputDilation: of.stride,
    before,
    after,
  });
}

/** The axis of the gradient with respect to the weights: kernel `out(of)`, output `of.kernel`. */
export function weightAdjointAxis(of: Axis): Axis {
  const windows = out(of);
  const outSpan = span({ size: windows, inputDilation: of.stride });
  return axis({
    size: of.size,
    kernel: windows,
    stride: of.dilation,
    dilation: of.stride,
    inputDilation: of.inputDilation,
    before: of.before,
    after: outSpan - span(of) + extent(of) - 1 - of.before,
  });
}

/**
 * The convolution that takes the output's gradient to the input's; <A x, y> = <x, A' y>. Its weight is the same one with
 * channels and filters swapped inside each group.
 * @throws GeometryError for an operation other than conv and for padding that is not zero
 */
export function adjoint(of: Geometry): Geometry {
  refuseNonlinear(of);
  return geometry({
    ...of,
    channels: of.filters,
    filters: of.channels,
    flip: !of.flip,
    axes: of.axes.map(adjointAxis),
  });
}

/**
 * The convolution that takes input and output gradient to the weight's gradient: its input is x as
 * [channels / groups, groups * batch, ...sizes], its kernel the gradient as [filters, batch, ...outs], its output
 * [channels / groups, filters, ...kernel]. For a mirrored kernel (flip) the taps come out mirrored.
 * @throws GeometryError for an operation other than conv, for padding that is not zero, and for an empty output
 */
export function weightAdjoint(of: Geometry): Geometry {
  refuseNonlinear(of);
  return geometry({
    batch: of.channels / of.groups,
    channels: of.groups * of.batch,
    filters: of.filters,
    groups: of.groups,
    axes: of.axes.map(weightAdjointAxis),
  });
}

function refuseNonlinear(of: Geometry): void {
  if (of.operation !== 'conv') {
    throw new GeometryError('unsupported', { what: 'adjoint', expected: 'a conv', received: of.operation });
  }
  of.axes.forEach((one, index) => {
    const fill = [one.fillBefore, one.fillAfter].find((value) => value !== 0);
    if (fill === undefined) return;
    throw new GeometryError('unsupported', {
      what: 'adjoint',
      expected: 'zero padding',
      received: fill,
      axis: index,
    });
  });
}
