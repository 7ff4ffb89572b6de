// The bits of results on numbers that are no integers, as hashes: what must not depend on threads, on the width of vectors or
// on the host. Imports nothing of Node.

import { run } from '../src/engine/engine.ts';
import { host } from '../src/engine/host.ts';
import type { Precision } from '../src/engine/settings.ts';
import { inputShape } from '../src/geometry/index.ts';
import type { Numbers } from '../src/kernels/operands.ts';
import { dataStrides } from '../src/tensor/layout.ts';
import type { Problem } from './problems.ts';

/** The hash of each result. With `helped`, each is computed again until a worker has taken part, five times at most. */
export async function bits(
  problems: readonly Problem[],
  precision: Precision,
  helped: boolean = false,
): Promise<string[]> {
  const found: string[] = [];
  for (const one of problems) {
    const { threads } = host();
    const before = threads.describe().helped;
    let hashes = new Set([bitsOf(one, precision)]);
    for (let again = 0; helped && again < 5 && threads.describe().helped === before; again++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      hashes = hashes.add(bitsOf(one, precision));
    }
    found.push([...hashes].join(' or '));
  }
  return found;
}

function bitsOf([of, layout]: Problem, precision: Precision): string {
  const [, channels = 0, ...sizes] = inputShape(of);
  const input = reals(inputShape(of), 1);
  const conv = of.operation === 'conv';
  const shape = [of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)];
  const weight = conv ? reals(shape, 2) : undefined;
  const bias = conv ? reals([of.filters], 3) : undefined;
  const strides = dataStrides(layout, { channels, sizes });
  const data = run(of, { input: { data: input, offset: 0, strides }, weight, bias }, { layout, precision });
  return hash(data);
}

/** Source: the hash FNV-1a, over words instead of bytes; all NaN are one. */
function hash(numbers: Numbers): string {
  const words = new Int32Array(
    Float32Array.from(numbers, (value) => (Number.isNaN(value) ? NaN : value)).buffer,
  );
  let [low, high] = [0x811c9dc5, 0x050c5d1f];
  for (const [i, word] of words.entries()) {
    low = Math.imul(low ^ word, 0x01000193);
    high = Math.imul(high ^ (word >>> 7) ^ i, 0x01000193);
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Numbers between -1 and 1, the same for a seed. Source: the generator mulberry32. */
function reals(shape: readonly number[], seed: number): Float32Array {
  const numbers = new Float32Array(shape.reduce((product, n) => product * n, 1));
  let state = seed * 0x9e3779b9;
  for (let i = 0; i < numbers.length; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    numbers[i] = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  }
  return numbers;
}
