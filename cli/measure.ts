// How long one problem takes: made ready once for one thread and once for all, then called by turns in short bursts, because a
// machine is not equally fast all the time. Between bursts the program listens, so that Ctrl-C ends it with what it has.

import {
  configure,
  describe,
  type Layout,
  type Precision,
  prepare,
  prepareGradients,
  resident,
} from '../src/engine/index.ts';
import { type Geometry, inputShape, outputShape } from '../src/geometry/index.ts';
import { tensor } from '../src/index.ts';
import { type Agreement, agreement, sumsAgree, wholeNumbers } from './agreement.ts';

/** What is measured. */
export interface Question {
  readonly geometry: Geometry;
  readonly layout: Layout;
  readonly precision: Precision;
  readonly gradient: boolean;
}

/** A burst lasts so long, and what is quicker than a sample is called several times. */
const BURST_MS = 6;
const SAMPLE_MS = 0.05;

/** Workers are waited for so long. */
const START_MS = 2000;

/** A problem that is ready to be called. */
export interface Runner {
  /** Names of what runs, each once; the algorithm where no code is generated. */
  readonly kernels: readonly string[];
  /** Of a call: two a multiply-add, twice as many for both gradients; one an element that a pooling reads. */
  readonly operations: number;
  /** Milliseconds it took to plan, compile, pack and compute once. */
  readonly cold: number;
  call(): void;
  /** Whether what it computes is right. */
  check(): Agreement;
  drop(): void;
}

/** Plans, compiles and packs; the numbers lie in the engine's memory. */
export function runner({ geometry, layout, precision, gradient }: Question): Runner {
  const [shape, outs] = [inputShape(geometry), outputShape(geometry)];
  const numbers = wholeNumbers(size(shape), 1);
  const taps = geometry.axes.map((one) => one.kernel);
  const weight =
    geometry.operation === 'conv'
      ? wholeNumbers(size([geometry.filters, geometry.channels / geometry.groups, ...taps]), 2)
      : undefined;
  const x = resident(tensor(numbers, inLayout(shape, layout)));
  let began = performance.now();
  const layer = prepare(geometry, { weight }, { layout, precision });
  const names = layer.plan.kernels.length === 0 ? [layer.plan.algorithm] : layer.plan.kernels;
  const kernels = [...new Set(names)];
  const each = geometry.operation !== 'conv' ? 1 : gradient ? 4 : 2;
  const operations = each * layer.plan.multiplyAdds;
  const forward = () => agreement(geometry, layout, { input: numbers, weight }, output());
  const output = () => layer(x).data as Float32Array;
  const once = (call: () => void) => {
    call();
    return { kernels, operations, call, cold: performance.now() - began };
  };
  if (!gradient) {
    return {
      ...once(() => layer(x)[Symbol.dispose]()),
      check: forward,
      drop: () => giveUp([x, layer]),
    };
  }
  const change = wholeNumbers(size(outs), 3);
  const dy = resident(tensor(change, inLayout(outs, layout)));
  began = performance.now();
  const back = prepareGradients(geometry, { weight }, { layout, precision });
  return {
    ...once(() => {
      const { input } = back(x, dy);
      (input as Partial<Disposable>)[Symbol.dispose]?.();
    }),
    check() {
      const { input, weight: weights } = back(x, dy);
      const found = forward();
      const error = sumsAgree([
        [output(), change],
        [numbers, input.data as Float32Array],
        [weight as Float32Array, weights.data as Float32Array],
      ]);
      return { ...found, error: Math.max(found.error, error) };
    },
    drop: () => giveUp([x, dy, layer, back]),
  };
}

function giveUp(all: readonly Disposable[]): void {
  for (const one of all) one[Symbol.dispose]();
}

/** One of them works on one thread, the others on all that are configured, however small the problem is. */
export function runners(of: Question, counts: readonly number[]): Runner[] {
  const { parallelFrom } = describe().settings;
  try {
    return counts.map((threads) => {
      configure({ parallelFrom: threads === 1 ? Infinity : parallelFrom });
      return runner(of);
    });
  } finally {
    configure({ parallelFrom });
  }
}

/** Calls until the workers have started, and V8 has had time to optimize. */
export async function warm(all: readonly Runner[], goesOn: () => boolean): Promise<void> {
  const began = performance.now();
  const waits = () => {
    const { wanted, ready, obstacle } = describe().threads;
    const waited = performance.now() - began;
    const starting = all.length > 1 && obstacle === null && ready < wanted - 1;
    return waited < 150 || (starting && waited < START_MS);
  };
  do {
    for (const one of all) sample(one);
    await pause();
  } while (waits() && goesOn());
}

/** Calls by turns until it goes on no more, at least once each; adds the milliseconds of a call to each one's samples. */
export async function measure(
  all: readonly { readonly runner: Runner; readonly samples: number[] }[],
  goesOn: () => boolean,
): Promise<void> {
  do {
    for (const { runner, samples } of all) {
      const until = performance.now() + BURST_MS;
      do samples.push(sample(runner));
      while (performance.now() < until);
      await pause();
      if (!goesOn()) break;
    }
  } while (goesOn());
}

/** Milliseconds of a call. */
function sample({ call }: Runner): number {
  const began = performance.now();
  let calls = 0;
  let passed = 0;
  do {
    call();
    calls++;
    passed = performance.now() - began;
  } while (passed < SAMPLE_MS);
  return passed / calls;
}

/** Lets the program hear signals and workers. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** The middle of some numbers. */
export function median(of: readonly number[]): number {
  const sorted = [...of].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[half]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

function inLayout([batch = 0, channels = 0, ...sizes]: readonly number[], layout: Layout): number[] {
  return layout === 'first' ? [batch, channels, ...sizes] : [batch, ...sizes, channels];
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
