// Caffe, Darknet, cuDNN, Core ML and TensorRT: what is written for a geometry is read again, as a text, as the same geometry.

import { describe, expect, it } from 'vitest';
import {
  caffe,
  coreml,
  cudnn,
  type Dialect,
  darknet,
  tensorrt,
  usual,
  write,
} from '../src/dialects/index.ts';
import { readLayers } from '../src/dialects/python.ts';
import { fuse } from '../src/geometry/fuse.ts';
import {
  axis,
  ceilMode,
  type Geometry,
  geometry,
  inputShape,
  naturalSize,
  out,
  print,
  sameGeometry,
  transposedAxis,
} from '../src/geometry/index.ts';

function* convolutions(): Generator<Geometry> {
  for (const size of [5, 6])
    for (const kernel of [1, 3, 4])
      for (const stride of [1, 2, 3])
        for (const [before, after] of [
          [0, 0],
          [1, 1],
          [0, 1],
          [2, 1],
          [-1, 0],
        ] as const) {
          const one = axis({ size, kernel, stride, before, after });
          yield geometry({ channels: 2, filters: 4, groups: kernel === 3 ? 2 : 1, axes: [one, one] });
          yield geometry({
            channels: 2,
            filters: 2,
            axes: [one, axis({ size: 4, kernel: 2, dilation: 2, before: 1, after: 1 })],
          });
        }
}

function* transposed(): Generator<Geometry> {
  for (const kernel of [2, 3, 4])
    for (const stride of [1, 2, 3])
      for (const [low, high] of [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const window = { size: 3, kernel, stride, dilation: 1 };
        const one = transposedAxis(window, low, naturalSize(window) - low - high);
        yield geometry({ channels: 2, filters: 2, flip: true, axes: [one, one] });
      }
}

function* pools(): Generator<Geometry> {
  for (const operation of ['max', 'average'] as const)
    for (const size of [5, 6])
      for (const kernel of [2, 3])
        for (const stride of [1, 2])
          for (const [before, after] of [
            [0, 0],
            [1, 1],
            [0, 1],
          ] as const)
            for (const divisor of ['window', 'real'] as const) {
              const fill = operation === 'max' ? -Infinity : 0;
              const floor = axis({ size, kernel, stride, before, after, fillBefore: fill, fillAfter: fill });
              yield geometry({ operation, divisor, channels: 2, axes: [floor, floor] });
              yield geometry({ operation, divisor, channels: 2, axes: [ceilMode(floor, true), floor] });
            }
}

describe.each([caffe, darknet, cudnn, coreml, tensorrt].map((dialect) => [dialect.id, dialect] as const))(
  '%s',
  (_, dialect) => {
    it.each([
      ['convolutions', convolutions],
      ['transposed convolutions', transposed],
      ['pools', pools],
    ] as const)('reads the %s it writes', (_, all) => {
      let written = 0;
      for (const of of all()) {
        if (of.axes.some((one) => out(one) === 0)) continue;
        const said = write(dialect, of, true);
        if ('impossible' in said) continue;
        written += 1;
        const read = reread(dialect, said.lines, said.tensors ?? {}, of);
        expect(`${said.lines.join('\n')} is ${read.map(print).join(', ')}`).toBe(
          `${said.lines.join('\n')} is ${print(of)}`,
        );
        const people = usual(dialect, of);
        if (people !== null) expect(people).not.toContain('undefined');
      }
      expect(written).toBeGreaterThan(4);
    });
  },
);

/** The lines as one geometry, or as what they are; the asked one where they compute the same. */
function reread(
  dialect: Dialect,
  lines: readonly string[],
  tensors: Readonly<Record<string, readonly number[]>>,
  of: Geometry,
) {
  const layers = readLayers(lines.join('\n'), { dialects: [dialect], tensors });
  let shape: readonly number[] = inputShape(of);
  const steps = layers.flatMap((layer) => {
    const resolved = layer.resolve(shape);
    shape = resolved.output;
    return resolved.steps;
  });
  const fused = fuse(steps, true);
  return fused.length === 1 && sameGeometry(fused[0] as Geometry, of) ? [of] : fused;
}
