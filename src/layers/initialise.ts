// Numbers a layer starts with, the same for the same seed on every machine. Each parameter draws from its own generator,
// sfc32 over (seed, number of the layer, number of the parameter), so that neither laziness nor the order of calls
// changes a layer's numbers; only the order in which layers are made does.
//
//   uniform          2 * limit * u - limit,  u of 53 bits
//   normal           Box-Muller: deviation * sqrt(-2 ln u) * cos(2 pi v)
//   truncatedNormal  a normal drawn again outside 2 deviations, widened so that its deviation is the wanted one
//
// The distributions are the frameworks' own; the numbers are not, for no two frameworks share a generator.
// Source: Chris Doty-Humphrey, PractRand (sfc32); 0.8796 is jax.nn.initializers.variance_scaling's constant.

import type { Initialiser } from '../dialects/dialect.ts';
import { count, type Tensor, zeros } from '../tensor/tensor.ts';

/** The deviation of a standard normal cut off at 2. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

const state = { seed: 0, layers: 0 };

/** Starts over: layers made from here on get the numbers of this seed. The seed is 0 before the first call. */
export function setSeed(seed: number): void {
  state.seed = seed;
  state.layers = 0;
}

/** Where a layer draws from; each call is the next layer. */
export interface Source {
  readonly seed: number;
  readonly layer: number;
}

/** The next layer's source. */
export function nextSource(): Source {
  const source = { seed: state.seed, layer: state.layers };
  state.layers += 1;
  return source;
}

/** A float32 tensor filled as the initialiser says; `index` is the parameter's number in its layer. */
export function initialised(
  shape: readonly number[],
  initialiser: Initialiser,
  source: Source,
  index: number,
): Tensor {
  const made = zeros(shape);
  const draw = distribution(initialiser, generator(source.seed, source.layer, index));
  for (let i = 0; i < count(shape); i++) made.data[i] = draw();
  return made;
}

function distribution(of: Initialiser, uniform: () => number): () => number {
  if ('limit' in of) return () => of.limit * (2 * uniform() - 1);
  if (!('deviation' in of)) return () => (of.kind === 'ones' ? 1 : 0);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  if (of.kind === 'normal') return () => of.deviation * normal();
  return () => {
    let drawn = normal();
    while (Math.abs(drawn) > 2) drawn = normal();
    return (of.deviation / TRUNCATED_DEVIATION) * drawn;
  };
}

/** Uniform numbers of [0, 1) with 53 bits. */
function generator(seed: number, layer: number, index: number): () => number {
  let [a, b, c, counter] = [seed | 0, layer | 0, index | 0, 1];
  const next = () => {
    const drawn = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return drawn >>> 0;
  };
  for (let round = 0; round < 15; round++) next();
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}
