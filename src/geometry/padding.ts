// The rules that turn a padding word into pads. Each exists here once; a dialect only chooses among them.
//
//   SAME       total = max(0, (ceil(size / stride) - 1) * stride + extent - size)      depends on the size
//   upper      before = floor(total / 2), after = the rest       TensorFlow, Keras, JAX, ONNX SAME_UPPER
//   lower      after = floor(total / 2), before = the rest       JAX SAME_LOWER, ONNX SAME_LOWER
//   window     total = extent - 1, split upper                   PyTorch 'same'; Flax CIRCULAR and REFLECT
//   causal     before = extent - 1, after = 0                    Keras Conv1D, Flax
//   full       before = after = extent - 1                       every window that touches the input
//
// Sources: TensorFlow kernel_shape_util.cc (GetWindowedOutputSizeVerbose); ONNX operators, Conv; PyTorch Convolution.cpp.

import { type Axis, axis, extent, out, span } from './axis.ts';

/** Positions added before and after the input. */
export type Pads = readonly [before: number, after: number];

/** Which side gets the odd pad: upper puts it after, lower before. */
export type Odd = 'upper' | 'lower';

type Window = Pick<Axis, 'size' | 'kernel' | 'stride' | 'dilation'>;

/** Divides a total over two sides; the odd one goes after (upper) or before (lower). A negative total crops alike. */
export function split(total: number, odd: Odd = 'upper'): Pads {
  const less = Math.floor(total / 2);
  return odd === 'upper' ? [less, total - less] : [total - less, less];
}

/** SAME: as many windows as ceil(size / stride), with as little padding as that takes. */
export function samePads(window: Window, odd: Odd = 'upper'): Pads {
  const windows = Math.ceil(window.size / window.stride);
  return split(Math.max(0, (windows - 1) * window.stride + extent(window) - window.size), odd);
}

/**
 * SAME whose total may be negative, so that it crops, its half divided as C does. `spare` elements of a crop are kept.
 * Source: runs of ONNX Runtime 1.31, whose pools spare none and whose convolutions spare one.
 */
export function croppingSamePads(window: Window, odd: Odd, spare: number): Pads {
  const windows = Math.ceil(window.size / window.stride);
  const total = (windows - 1) * window.stride + extent(window) - window.size;
  const halved = total < 0 ? Math.min(0, total + spare) : total;
  const before = 0 + Math.trunc((halved + (odd === 'lower' ? 1 : 0)) / 2);
  return [before, total - before];
}

/** Keeps the size at stride 1, whatever the stride is: extent - 1 pads, the odd one after. */
export function windowPads(window: Pick<Axis, 'kernel' | 'dilation'>): Pads {
  return split(extent(window) - 1);
}

/** Causal: output o reads nothing after position o * stride. */
export function causalPads(window: Pick<Axis, 'kernel' | 'dilation'>): Pads {
  return [extent(window) - 1, 0];
}

/** Full: every position is read by every tap. */
export function fullPads(window: Pick<Axis, 'kernel' | 'dilation'>): Pads {
  return [extent(window) - 1, extent(window) - 1];
}

/**
 * The axis with the overhang that makes its output size a ceiling. With `clip`, a last window that would start beyond
 * the input and the leading pad is dropped (PyTorch, ONNX), with 'every' all such windows are (tinygrad); without, they
 * stay (MXNet, Chainer).
 */
export function ceilMode(floor: Axis, clip: boolean | 'every'): Axis {
  const room = span(floor) + floor.before + floor.after - extent(floor);
  if (room <= -floor.stride) return floor;
  let windows = Math.ceil(room / floor.stride) + 1;
  const inside = Math.ceil((span(floor) + floor.before) / floor.stride);
  if (clip !== false && windows > inside) windows = clip === 'every' ? inside : windows - 1;
  const overhang = (windows - 1) * floor.stride - room;
  if (overhang > 0) return axis({ ...floor, overhang });
  return windows < out(floor) ? axis({ ...floor, after: floor.after + overhang }) : floor;
}

/** Windows where C divides, toward zero: one too many where a window lacks less than a stride, below 0 where it lacks two. */
export function truncatedSize(floor: Axis, ceil: boolean = false): number {
  const room = span(floor) + floor.before + floor.after - extent(floor);
  return Math.trunc((room + (ceil ? floor.stride - 1 : 0)) / floor.stride) + 1;
}

/** The axis with as many windows as {@link truncatedSize} says, if any; what they lack hangs over. Never clipped. */
export function truncated(floor: Axis, ceil: boolean = false): Axis {
  const windows = truncatedSize(floor, ceil);
  const lacking = (windows - 1) * floor.stride + extent(floor) - span(floor) - floor.before - floor.after;
  return windows < 1 || lacking <= 0 ? floor : axis({ ...floor, overhang: lacking });
}

/**
 * A transposed convolution as the sliding window it is: the input with stride - 1 holes between its elements, read at
 * stride 1. It keeps `out` elements of the natural output, (size - 1) * stride + extent long, from `crop` on; what lies
 * outside the natural output is zero. The caller mirrors the kernel (flip) where the framework does.
 */
export function transposedAxis(window: Window, crop: number, windows: number): Axis {
  const { size, kernel, dilation } = window;
  const covered = span({ size, inputDilation: window.stride });
  const before = extent(window) - 1 - crop;
  const after = windows + extent(window) - 1 - covered - before;
  return axis({ size, kernel, dilation, inputDilation: window.stride, before, after });
}

/**
 * SAME of a transposed convolution with `windows` outputs: what it cuts before them, half of what the natural output has
 * too many. The pads before of the SAME convolution whose gradient it is. Source: TensorFlow conv_grad_shape_utils.cc.
 */
export function sameCrop(window: Window, windows: number, odd: Odd = 'upper'): number {
  return split(Math.max(0, naturalSize(window) - windows), odd)[0];
}

/** Length of a transposed convolution's natural output: (size - 1) * stride + extent; 0 for an empty input. */
export function naturalSize(window: Window): number {
  return window.size === 0 ? 0 : (window.size - 1) * window.stride + extent(window);
}

/** Outputs of a VALID transposed convolution: the natural ones, and up to size * stride. TensorFlow, Keras, JAX. */
export function validSize(window: Window): number {
  return Math.max(naturalSize(window), window.size * window.stride);
}

/** The axis whose pads are cut to what its windows really read; the output is the same. */
export function tight(loose: Axis): Axis {
  const windows = out(loose);
  if (windows === 0) return loose;
  const needed = (windows - 1) * loose.stride + extent(loose) - span(loose) - loose.before;
  return axis({ ...loose, after: needed - loose.overhang });
}
