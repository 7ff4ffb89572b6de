// Whether code computes a geometry: the target's readers read it, its layers are resolved in turn and joined.

import { fuse } from '../../geometry/fuse.ts';
import { type Geometry, GeometryError, geometry, inputShape, sameGeometry } from '../../geometry/index.ts';
import type { Dialect, Layer, Shape } from '../dialect.ts';
import { DialectError } from '../error.ts';
import { type ReadAll, spell } from '../port.ts';

/** What reads code back, remembering what it read. */
export interface Proof {
  computes(code: readonly string[], tensors: Readonly<Record<string, Shape>>, of: Geometry): boolean;
}

/** A proof in the words of one framework. */
export function proof(target: Dialect, read: ReadAll): Proof {
  const known = new Map<string, readonly Layer[] | null>();
  const layersOf = (code: string, tensors: Readonly<Record<string, Shape>>) => {
    const key = `${code}\n${JSON.stringify(tensors)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const layers = attempt(() => read(code, target, { ...tensors, x: [] }));
    if (known.size < 5000) known.set(key, layers);
    return layers;
  };
  const steps = (code: readonly string[], tensors: Readonly<Record<string, Shape>>, of: Geometry) => {
    const layers = layersOf(code.join('\n'), tensors);
    return layers === null ? null : attempt(() => through(layers, of));
  };
  return {
    computes(code, tensors, of) {
      const mine = steps(code, tensors, of);
      if (mine === null) return false;
      if (mine.length === 1) return sameGeometry(completed(mine[0] as Geometry, of), of);
      // Steps that do not join are those of what is written for this one size.
      const written = spell(of, target, false);
      if ('impossible' in written || written.mirrored) return false;
      const theirs = steps(written.lines, written.tensors, of);
      return (
        theirs !== null &&
        theirs.length === mine.length &&
        mine.every((step, i) => sameGeometry(step, theirs[i] as Geometry))
      );
    },
  };
}

function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof DialectError || error instanceof GeometryError) return null;
    throw error;
  }
}

/** The layers in turn on the input of `of`, joined. */
function through(layers: readonly Layer[], of: Geometry): readonly Geometry[] {
  const steps: Geometry[] = [];
  let shape: Shape = inputShape(of);
  for (const layer of layers) {
    const { steps: own, output } = layer.resolve(inLayout(layer, shape));
    steps.push(...own.map((step) => narrowed(step, of)));
    shape = layer.layout === 'first' ? output : [output[0] ?? 1, output.at(-1) ?? 1, ...output.slice(1, -1)];
  }
  return fuse(steps);
}

function inLayout(layer: Layer, [batch = 1, channels = 1, ...sizes]: Shape): Shape {
  return layer.layout === 'first' ? [batch, channels, ...sizes] : [batch, ...sizes, channels];
}

/** A padding without the axes of one element that were put in front for it. */
function narrowed(step: Geometry, of: Geometry): Geometry {
  const more = step.axes.length - of.axes.length;
  if (step.operation !== 'pad' || more <= 0) return step;
  const untouched = step.axes
    .slice(0, more)
    .every((one) => one.size === 1 && one.before === 0 && one.after === 0);
  return untouched ? geometry({ ...step, axes: step.axes.slice(more) }) : step;
}

/** A padding of the last axes only, as one of all axes. */
function completed(read: Geometry, of: Geometry): Geometry {
  const missing = of.axes.length - read.axes.length;
  if (read.operation !== 'pad' || missing <= 0) return read;
  const untouched = of.axes.slice(0, missing).map(({ size }) => ({ size, kernel: 1 }));
  return geometry({ ...of, axes: [...untouched, ...read.axes] });
}
