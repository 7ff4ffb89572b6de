// Small geometries of every kind on one axis, and what a dialect makes of them: written, read again, the same.

import type { Dialect } from '../src/dialects/dialect.ts';
import { readLayers } from '../src/dialects/python.ts';
import { write } from '../src/dialects/writers.ts';
import { fuse } from '../src/geometry/fuse.ts';
import {
  type Geometry,
  geometry,
  inputShape,
  outputShape,
  print,
  sameGeometry,
} from '../src/geometry/index.ts';

/** How many of the geometries a dialect writes; throws at the first that it reads otherwise. */
export function rewritten(dialect: Dialect, bias: boolean = true): { written: number; impossible: number } {
  const counts = { written: 0, impossible: 0 };
  for (const of of sweep()) {
    const said = write(dialect, of, bias);
    if ('impossible' in said) {
      counts.impossible += 1;
      continue;
    }
    const layers = readLayers(said.lines.join('\n'), {
      dialects: [dialect],
      tensors: { x: [], ...said.tensors },
    });
    const steps: Geometry[] = [];
    let shape = inputShape(of);
    for (const layer of layers) {
      const [batch = 1, channels = 1, ...sizes] = shape;
      steps.push(...layer.resolve(layer.layout === 'first' ? shape : [batch, ...sizes, channels]).steps);
      shape = outputShape(steps.at(-1) as Geometry);
    }
    const [fused, more] = fuse(fuse(steps, true), true);
    if (fused === undefined || more !== undefined || !sameGeometry(fused, of))
      throw new Error(`${print(of)} as ${said.lines.join('; ')} reads ${steps.map(print).join(' then ')}`);
    counts.written += 1;
  }
  return counts;
}

function* sweep(): Generator<Geometry> {
  const pads = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [2, 1],
    [-1, 2],
  ] as const;
  for (const size of [5, 6, 9])
    for (const kernel of [1, 2, 3, 4])
      for (const stride of [1, 2, 3])
        for (const [before, after] of pads) {
          for (const operation of ['conv', 'max', 'average'] as const) {
            const fill = operation === 'max' ? -Infinity : 0;
            const fills = { fillBefore: fill, fillAfter: fill };
            yield geometry({ operation, axes: [{ size, kernel, stride, before, after, ...fills }] });
          }
          const [low, high] = [kernel - 1 - before, kernel - 1 - after];
          yield geometry({
            flip: true,
            axes: [{ size, kernel, inputDilation: stride, before: low, after: high }],
          });
        }
  for (const fill of [0, 7, 'reflect', 'replicate', 'wrap', 'symmetric'] as const)
    for (const [before, after] of pads)
      yield geometry({
        operation: 'pad',
        axes: [{ size: 5, kernel: 1, before, after, fillBefore: fill, fillAfter: fill }],
      });
}
