// Whether what is prepared once computes what the reference does: from an array and from the engine's memory, with an
// activation, and the gradients.

import { gradients } from '../src/engine/gradient.ts';
import { resident } from '../src/engine/held.ts';
import { type Activation, prepare } from '../src/engine/prepare.ts';
import { prepareGradients } from '../src/engine/prepare-gradients.ts';
import { type Geometry, inputShape, outputShape } from '../src/geometry/index.ts';
import { activateAll } from '../src/kernels/activation.ts';
import { contiguous, type Numbers, permuted, type Tensor, tensor } from '../src/tensor/tensor.ts';
import { both, boundOf, difference } from './agreement.ts';
import { integers } from './numeric.ts';

/** Those that keep integers exact. */
const ACTIVATIONS: readonly (Activation | null)[] = [
  null,
  { name: 'relu' },
  { name: 'clip', low: -3, high: 40 },
  { name: 'leaky_relu', slope: 0.25 },
];

/** The first place where a prepared geometry differs from the reference; null where it does not. */
export function preparedDifference(of: Geometry, layout: 'first' | 'last'): string | null {
  const kernel = of.axes.map((one) => one.kernel);
  const conv = of.operation === 'conv';
  const weight = integers([of.filters, of.channels / of.groups, ...kernel], 1);
  const bias = integers([of.filters], 2);
  const activation = ACTIVATIONS[(of.channels + of.filters) % ACTIVATIONS.length] ?? null;
  const canonical = both(of, 'first');
  if (activation !== null) activateAll(activation, canonical.expected);
  const expected = lying(canonical.expected, outputShape(of), layout).data as Float32Array;
  const { bound } = canonical;
  using ready = prepare(of, conv ? { weight, bias } : {}, { layout, activation });
  const x = lying(integers(inputShape(of), 0), inputShape(of), layout);
  using there = resident(x);
  for (const input of [x, there]) {
    using result = ready(input);
    const found = difference({ computed: result.data as Float32Array, expected, bound });
    if (found !== null) return `prepared: ${found}`;
  }
  return conv ? gradientDifference(of, layout, weight, there) : null;
}

function gradientDifference(
  of: Geometry,
  layout: 'first' | 'last',
  weight: Float64Array,
  x: Tensor,
): string | null {
  const [shape, outputs] = [inputShape(of), outputShape(of)];
  const outputGradient = integers(outputs, 4);
  const expected = gradients(of, { input: integers(shape, 0), weight, outputGradient });
  using back = prepareGradients(of, { weight }, { layout });
  const found = back(x, lying(outputGradient, outputs, layout));
  const wanted = { input: lying(expected.input as Numbers, shape, layout).data, weight: expected.weight };
  for (const what of ['input', 'weight'] as const) {
    using computed = found[what];
    const two = {
      computed: computed.data as Float32Array,
      expected: Float32Array.from(wanted[what] as Numbers),
      bound: boundOf(of, what, wanted[what] as Numbers),
    };
    const apart = difference(two);
    if (apart !== null) return `prepared gradient of the ${what}: ${apart}`;
  }
  return null;
}

/** Numbers of a shape N C sizes as a tensor of single precision in a layout. */
function lying(numbers: Numbers, shape: readonly number[], layout: 'first' | 'last'): Tensor {
  const first = tensor(Float32Array.from(numbers), shape);
  const last = [0, ...shape.slice(2).map((_, i) => i + 2), 1];
  return layout === 'first' ? first : contiguous(permuted(first, last));
}
