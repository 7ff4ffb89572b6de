// Convolutions of changing shapes in one process, by the hundred thousand: memory has to stay flat.
//
//   npm run memory                          200,000; prints ten times what the engine and the process hold
//   npm run memory -- 1000000 threads       as many, in the mode (engine-modes.ts)
//
// There are more shapes than the engine keeps programs, so code is let go of and compiled again all the time.

import { pathToFileURL } from 'node:url';
import { run } from '../src/engine/engine.ts';
import { gradients } from '../src/engine/gradient.ts';
import { resident } from '../src/engine/held.ts';
import { host } from '../src/engine/host.ts';
import { prepare } from '../src/engine/prepare.ts';
import { prepareGradients } from '../src/engine/prepare-gradients.ts';
import { type Geometry, inputShape, outputShape, print } from '../src/geometry/index.ts';
import { operations } from '../src/plan/choose.ts';
import { dataStrides } from '../src/tensor/layout.ts';
import { type Tensor, tensor } from '../src/tensor/tensor.ts';
import { enter, type Mode, workersReady } from './engine-modes.ts';
import { integers } from './numeric.ts';
import { problems, sample } from './problems.ts';

/** A convolution that is asked for; channels last. */
interface Asked {
  readonly of: Geometry;
  readonly input: Tensor;
  readonly weight: Float32Array;
}

/** So many different ones. */
export const SHAPES = 300;

/** Different small convolutions. */
export function shapes(): Asked[] {
  const found = new Map<string, Geometry>();
  for (const [of] of sample(20 * SHAPES, 3, problems)) {
    const whole = of.operation === 'conv' && of.axes.every((one) => one.inputDilation === 1);
    if (whole && operations(of) < 2 ** 14 && found.size < SHAPES) found.set(print(of), of);
  }
  return [...found.values()].map((of) => {
    const [batch = 0, channels = 0, ...sizes] = inputShape(of);
    const shape = [batch, ...sizes, channels];
    const taps = of.axes.map((one) => one.kernel);
    return {
      of,
      input: tensor(Float32Array.from(integers(shape, 0)), shape),
      weight: Float32Array.from(integers([of.filters, of.channels / of.groups, ...taps], 1)),
    };
  });
}

/** Computed and forgotten. */
export function once({ of, input, weight }: Asked): void {
  const [, channels = 0, ...sizes] = inputShape(of);
  const strides = dataStrides('last', { channels, sizes });
  run(of, { input: { data: input.data, offset: 0, strides }, weight }, { layout: 'last' });
}

/** Prepared, computed, given up. */
export function givenUp({ of, input, weight }: Asked): void {
  using layer = prepare(of, { weight }, { layout: 'last' });
  using there = resident(input);
  using result = layer(input);
  using again = layer(there);
  if (again.data[0] !== result.data[0]) throw new Error(print(of));
}

/** Gradients: asked for, and prepared. */
export function gradient({ of, input, weight }: Asked): void {
  const output = outputShape(of);
  const [batch = 0, filters = 0, ...outs] = output;
  const outputGradient = new Float32Array(output.reduce((all, n) => all * n, 1)).fill(1);
  gradients(of, { input: input.data, weight, outputGradient });
  using back = prepareGradients(of, { weight }, { layout: 'last' });
  const found = back(input, tensor(outputGradient, [batch, ...outs, filters]));
  for (const one of [found.input, found.weight]) one[Symbol.dispose]();
}

/** Prepared and computed; who asked lets go of all of it, and it comes back when it is collected. */
export function dropped({ of, input, weight }: Asked): void {
  const result = prepare(of, { weight }, { layout: 'last' })(resident(input));
  prepareGradients(of, { weight }, { layout: 'last' })(input, result);
}

/** Some are asked for more often than others. */
export function chosen(from: readonly Asked[], count: number): Asked {
  const place = ((Math.imul(count, 0x9e3779b1) >>> 0) / 2 ** 32) ** 3;
  return from[Math.floor(place * from.length)] as Asked;
}

/** A turn of the process's loop: what was collected comes back. */
export async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [count, mode] = [Number(process.argv[2] ?? 200_000), (process.argv[3] ?? 'default') as Mode];
  const obstacle = enter(mode);
  if (obstacle !== null) console.log(`no ${mode} mode: ${obstacle}`);
  if (mode === 'threads') await workersReady();
  const all = shapes();
  const ways = [once, givenUp, gradient, dropped];
  for (let done = 1; done <= count; done++) {
    ways[done % ways.length]?.(chosen(all, done));
    if (done % 100 === 0) await turn();
    if (done % Math.ceil(count / 10) !== 0) continue;
    const { used, reserved, blocks } = host().memory.statistics();
    const whole = Math.round(process.memoryUsage().rss / 2 ** 20);
    console.log(`${done}: ${used} bytes in ${blocks} blocks, ${reserved} reserved; the process ${whole} MiB`);
  }
}
