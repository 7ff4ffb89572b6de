// The code shown is the layer drawn: each line of code is read and resolved, and gives the geometry of its figure.

import { dialects, type Shape } from 'padwise/dialects';
import { parse, sameGeometry } from 'padwise/geometry';
import { readLayers } from 'padwise/python';
import { chain } from 'padwise/stacks';
import { expect, it } from 'vitest';
import { inputOf } from '../layer.ts';
import { comesOut, EXAMPLES, FRAMEWORKS } from './comp-conv2d.ts';

it.each(
  EXAMPLES.flatMap(({ name, layers }) => FRAMEWORKS.map((one) => [`${name} ${one}`, layers[one]] as const)),
)('%s is what is drawn', (_, { code, line }) => {
  const layer = chain(readLayers(code, { dialects }));
  const { steps } = layer.resolve(inputOf(layer, [8, 8], 1) as Shape);
  expect(steps.map((step) => sameGeometry(step, parse(line)))).toEqual([true]);
});

it('gives the sizes of the textbook', () => {
  const sizes = EXAMPLES.map(({ layers }) => FRAMEWORKS.map((one) => comesOut(layers[one])));
  expect(sizes.map((row) => row.join(' '))).toEqual([
    '8×8 8×8 8×8 8×8',
    '8×8 8×8 8×8 8×8',
    '4×4 4×4 4×4 4×4',
    '2×2 2×2 2×2 2×1',
  ]);
});
