// The layer on a picture, computed by the engine: every channel on its own, with a classic kernel or as a pooling.

import { describe, plan, run } from 'padwise/engine';
import { type Geometry, geometry, out } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';
import { inputOf } from '../layer.ts';
import { type Classic, classic } from './classic.ts';
import type { LaterProps } from './later.tsx';
import type { Pixels } from './pixels.ts';
import { geometryOf } from './spec.ts';

/** A computed picture, how it was computed, and how long that took. */
export interface Computed {
  readonly pixels: Pixels;
  readonly milliseconds: number;
  readonly algorithm: string;
  readonly problem: string;
}

const LARGEST_OUTPUT = 8192;
/** What the reference kernels do in a few seconds. */
const REFERENCE_WORK = 4e8;

/** Why the engine cannot compile here; null where it can. */
export function obstacle(): Text | null {
  return describe().machine.obstacle;
}

/** The layer's first step on a picture. @throws DialectError, GeometryError or EngineError with a sentence */
export function onPicture(props: LaterProps, picture: Pixels, kernel: Classic): Computed | Text {
  const of = geometryFor(props, picture);
  if (of === null) return say`A picture has two axes, this layer has ${props.of.axes.length}.`;
  const [height = 0, width = 0] = of.axes.map(out);
  if (height === 0 || width === 0)
    return say`The window does not fit into a picture of ${picture.width}×${picture.height}.`;
  if (Math.max(height, width) > LARGEST_OUTPUT)
    return say`The output would be ${width}×${height}; at most ${LARGEST_OUTPUT} a side are computed here.`;
  const planned = plan(of);
  const [down = 1, across = 1] = of.axes.map((one) => one.kernel);
  if (planned.algorithm === 'reference' && height * width * 3 * down * across > REFERENCE_WORK)
    return say`That is too much for the reference kernels; try a smaller picture.`;
  const weight = of.operation === 'conv' ? weights(of, kernel) : undefined;
  const inputs = { input: picture.data, ...(weight === undefined ? {} : { weight }) };
  // The first run compiles; the time is that of the next.
  let data = run(of, inputs);
  const began = performance.now();
  data = run(of, inputs);
  const milliseconds = performance.now() - began;
  return {
    pixels: { width, height, data: data as Float32Array<ArrayBuffer> },
    milliseconds,
    algorithm: planned.algorithm,
    problem: planned.problem,
  };
}

/** The layer's window on three channels of the picture's size. */
function geometryFor({ spec, read, of }: LaterProps, { width, height }: Pixels): Geometry | null {
  if (of.axes.length !== 2) return null;
  const whole = sized(spec, read, [height, width]);
  if (whole === null) return null;
  const { operation, axes, flip, divisor } = whole;
  return geometry({
    operation,
    channels: 3,
    filters: 3,
    groups: operation === 'conv' ? 3 : 1,
    axes,
    flip,
    divisor,
  });
}

function sized(
  spec: LaterProps['spec'],
  read: LaterProps['read'],
  sizes: readonly number[],
): Geometry | null {
  if (read === null) {
    const axes = spec.axes.map((one, i) => ({ ...one, size: sizes[i] as number }));
    return geometryOf({ ...spec, axes });
  }
  const input = inputOf(read.layer, sizes, 3);
  return input === null ? null : (read.layer.resolve(input).steps[0] ?? null);
}

/** The kernel for each of three channels; a transposed one is made as bright as what its strides thin out. */
function weights(of: Geometry, kernel: Classic): Float32Array {
  const [down = 1, across = 1] = of.axes.map((one) => one.kernel);
  const thinned = of.axes.reduce((product, { inputDilation }) => product * inputDilation, 1);
  const taps = classic(kernel, down, across).map((value) => value * thinned);
  const all = new Float32Array(3 * taps.length);
  for (let channel = 0; channel < 3; channel++) all.set(taps, channel * taps.length);
  return all;
}
