// The lab's fields as an address and as a geometry.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { out, parse, print } from '../../../src/geometry/index.ts';
import {
  FILLS,
  geometryOf,
  type Operation,
  padsOf,
  parseSpec,
  printSpec,
  rulesOf,
  type Spec,
  specOf,
} from './spec.ts';

const read = (...parts: string[]) => parseSpec(parts) as Spec;
const outs = (...parts: string[]) =>
  geometryOf(read(...parts))
    .axes.map(out)
    .join('x');

it.each([
  [['64x64 c3 f6 k4 s2', 'keras.same'], '32x32', '1,1'],
  [['64x64 k4 s2'], '31x31', '0,0'],
  [['224x224 k7 s2', 'same'], '112x112', '2,3'],
  [['224x224 k7 s2', 'onnx.same_lower'], '112x112', '3,2'],
  [['224x224 k7 s2', 'torch.same'], '112x112', '3,3'],
  [['8x8 k3x5 s3x4 p0x1'], '2x2', '0,0'],
  [['8x8 k3x5 s3x4', 'keras.same'], '3x2', '0,1'],
  [['12 k3 d2', 'causal'], '12', '4,0'],
  [['5x5 k3', 'full'], '7x7', '2,2'],
  [['16x16 up k3 s2', 'keras.same'], '32x32', '0,1'],
  [['16x16 up k4 s2 p1'], '32x32', '1,1'],
  [['16x16 up k3 s2', 'valid'], '33x33', '0,0'],
  [['6x6 max k3 s2 p1'], '3x3', '1,1'],
])('%s gives %s', (parts, size, pads) => {
  const spec = read(...parts);
  expect(outs(...parts)).toBe(size);
  expect(padsOf(spec, spec.axes[0] as Spec['axes'][number]).join()).toBe(pads);
});

const field = (low: number, high: number) => fc.integer({ min: low, max: high });
const specs: fc.Arbitrary<Spec> = fc
  .constantFrom<Operation>('conv', 'max', 'average', 'transposed')
  .chain((operation) =>
    fc.record({
      operation: fc.constant(operation),
      channels: field(1, 4096),
      filters: field(1, 4096),
      axes: fc.array(
        fc.record({
          size: field(1, 4096),
          kernel: field(1, 512),
          stride: field(1, 512),
          dilation: field(1, 512),
          before: field(0, 512),
          after: field(0, 512),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      rule: fc.option(fc.constantFrom(...rulesOf(operation))),
      fill: fc.constantFrom(0 as const, ...FILLS),
    }),
  )
  .map((spec) =>
    spec.rule === null ? spec : { ...spec, axes: spec.axes.map((one) => ({ ...one, before: 0, after: 0 })) },
  );

it('is read as it was printed', () => {
  fc.assert(
    fc.property(specs, (spec) => {
      expect(read(...printSpec(spec))).toEqual(spec);
    }),
  );
});

it('comes back from its geometry, its rule from its code', () => {
  const small = read('64x64 c3 f6 k4 s2', 'keras.same');
  expect(specOf(geometryOf(small), 'Conv2D(6, 4, strides=2, padding="same")')).toEqual(small);
  const own = read('64x64 c3 f6 k4 s2 p1');
  expect(specOf(geometryOf(own), 'nn.Conv2d(3, 6, 4, 2, 1)')).toEqual(own);
  const up = read('16x16 c3 f6 up k4 s2 p1');
  expect(specOf(geometryOf(up), 'nn.ConvTranspose2d(3, 6, 4, 2, 1)')).toEqual(up);
  expect(print(geometryOf(own))).toBe('1x3x64x64 k4 s2 p1 -> 6');
  expect(print(geometryOf(specOf(parse('1x3x8x8 max k2 s2'), '')))).toBe('1x3x8x8 max k2 s2');
});

it('is a sentence where it is none', () => {
  for (const text of [
    '',
    'x',
    '8x8x8x8 k3',
    '0x0 k3',
    '8x8 k0',
    '8x8 k3x3x3',
    '99999 k3',
    '8x8 k3 k4',
    '8x8 p-1',
    '8 q3',
  ])
    expect(String(parseSpec([text]))).toMatch(/understood|from|at most/);
  expect(String(parseSpec(['8x8 up k3', 'causal']))).toMatch(/understood/);
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, rule) => {
      const found = parseSpec([text, rule]);
      if (typeof found === 'object' && 'axes' in found) geometryOf(found);
    }),
  );
});
