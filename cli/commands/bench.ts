// padwise bench: how fast one problem is on this machine, with vectors of 128 and 256 bits, on one thread and on all, as a part
// of what the machine could do, after its numbers were found right. The rivals are measured by `npm run bench`.

import { configure, describe, type Peak, peak } from '../../src/engine/index.ts';
import { type Geometry, inputShape, outputShape, print } from '../../src/geometry/index.ts';
import { say } from '../../src/words/index.ts';
import { BOUND } from '../agreement.ts';
import { type Command, type Options, text } from '../command.ts';
import { engineOptions, layoutOption, precisionOption, wideOption } from '../engine.ts';
import { DIFFERS, Failure, INVALID, SAME } from '../failure.ts';
import type { Io } from '../io.ts';
import { measure, median, type Question, type Runner, runners, warm } from '../measure.ts';
import { type Mode, type Result, records, resultText } from '../measured.ts';
import { problemOf, problemOptions } from '../problem.ts';

/** Seconds of measuring, unless said. */
const SECONDS = 2;
const MOST_THREADS = 64;
/** The engine's memory has 4 GiB; some of it is for what it makes on the way. */
const MOST_GIB = 3;
/** What a shell says of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

export const benchCommand: Command = {
  description: 'Measure one convolution or pooling on this machine, once its numbers are found right',
  examples: [
    "padwise bench '1x64x56x56 k3 p1 -> 64'",
    "padwise bench 'nn.Conv2d(3, 64, 7, stride=2, padding=3)' --input 224 --threads 4 --json",
  ],
  args: {
    ...problemOptions,
    ...engineOptions,
    threads: {
      type: 'string',
      description: "how many threads, beside one (the machine's)",
      valueHint: 'N',
    },
    seconds: { type: 'string', description: say`how long to measure (${SECONDS})`, valueHint: 'S' },
    gradient: { type: 'boolean', description: 'the gradients of input and weights instead' },
    json: { type: 'boolean', description: 'print JSON: an entry for each row' },
  },
  async run(options, io) {
    const question = questionOf(options, io);
    const { threads: usual } = describe().settings;
    const threads = number(options, 'threads', 1, MOST_THREADS) ?? usual;
    const milliseconds = 1000 * (number(options, 'seconds', 0.01, 3600) ?? SECONDS);
    const wish = wideOption(options, io);
    const result: Result = {
      rows: [],
      kernels: new Map(),
      agreements: [],
      cold: 0,
      peak: null,
      narrow: null,
      interrupted: false,
    };
    const modes: Mode[] = wish === 'off' ? ['default'] : wish === 'on' ? ['wide'] : ['default', 'wide'];
    const [end, progress] = [ending(), progressOn(io)];
    try {
      configure({ threads });
      for (const mode of modes) {
        if (end.come()) break;
        configure({ wide: mode === 'wide' ? 'auto' : 'off' });
        const { wide } = describe();
        if (mode === 'wide' && !wide.on) {
          result.narrow = wide.obstacle;
          if (wish === 'on')
            throw new Failure(INVALID, say`256-bit vectors stay off: ${wide.obstacle ?? ''}`);
          break;
        }
        await inMode(mode, question, threads, milliseconds / modes.length, { result, end, io, progress });
      }
    } finally {
      result.interrupted = end.come();
      end.forget();
      progress('');
      configure({ threads: usual, wide: io.wide ?? 'off' });
    }
    const wrong = result.agreements.find(({ error }) => error > BOUND);
    if (options.json === true) io.out(`${JSON.stringify(records(question, result), null, 1)}\n`);
    else io.out(resultText(io, question, result, threads));
    if (wrong !== undefined) return DIFFERS;
    return result.interrupted ? INTERRUPTED : SAME;
  },
};

/** One geometry, and how it is computed. @throws Failure 2 */
function questionOf(options: Options, io: Io): Question {
  const problem = problemOf(options, io);
  const [geometry, second] = problem.steps;
  const gradient = options.gradient === true;
  if (geometry === undefined || second !== undefined) {
    throw new Failure(
      INVALID,
      say`bench measures one problem, this code has ${problem.steps.length}`,
      say`Give one of them: ${problem.steps.map((step) => `'${print(step)}'`).join(', ')}.`,
    );
  }
  if (gradient && geometry.operation !== 'conv')
    throw new Failure(INVALID, '--gradient measures convolutions, which have weights');
  if (outputShape(geometry).includes(0))
    throw new Failure(INVALID, say`nothing comes out of ${print(geometry)}, so there is nothing to measure`);
  refuseMemory(geometry);
  const layout = layoutOption(options) ?? problem.layout;
  return { geometry, layout, precision: precisionOption(options), gradient };
}

interface Surroundings {
  readonly result: Result;
  readonly end: ReturnType<typeof ending>;
  readonly io: Io;
  progress(words: string): void;
}

/** Input, weights as given and packed, and output must fit the engine's memory. */
function refuseMemory(of: Geometry): void {
  const taps = of.axes.reduce((product, one) => product * one.kernel, of.channels / of.groups);
  const shapes = [inputShape(of), outputShape(of), [of.operation === 'conv' ? 2 * of.filters : 0, taps]];
  const numbers = shapes.map((shape) => shape.reduce((product, n) => product * n, 1));
  const needed = numbers.reduce((sum, n) => sum + n * 4, 0) / 2 ** 30;
  if (needed <= MOST_GIB) return;
  const amount = needed.toLocaleString('en', { maximumFractionDigits: 1 });
  throw new Failure(
    INVALID,
    say`this needs ${amount} GiB for input, weights and output; the limit is ${MOST_GIB} GiB`,
  );
}

/** Measures in the mode that the engine is in. */
async function inMode(
  mode: Mode,
  of: Question,
  threads: number,
  milliseconds: number,
  { result, end, io, progress }: Surroundings,
): Promise<void> {
  const counts = threads > 1 && describe().threads.obstacle === null ? [1, threads] : [1];
  const bits = mode === 'wide' ? 256 : 128;
  progress(io.say`${bits} bits: compiling and checking ...`);
  const all = runners(of, counts);
  if (result.rows.length === 0) result.cold = (all[0] as Runner).cold;
  try {
    result.kernels.set(mode, all[0]?.kernels.join(' + ') ?? '');
    result.agreements.push(...all.map((one) => one.check()));
    await warm(all, () => !end.come());
    const timed = all.map((runner) => ({ runner, samples: [] as number[] }));
    grow(result, peak());
    const start = performance.now();
    await measure(timed, () => {
      const left = milliseconds - (performance.now() - start);
      progress(io.say`${bits} bits: measuring, ${Math.max(0, left / 1000).toFixed(1)} s left`);
      return left > 0 && !end.come();
    });
    grow(result, peak());
    for (const [i, { runner, samples }] of timed.entries()) {
      if (samples.length === 0) continue;
      const medianMs = median(samples);
      const gflops = runner.operations / medianMs / 1e6;
      const bestMs = samples.reduce((least, one) => Math.min(least, one), Infinity);
      result.rows.push({ mode, threads: counts[i] as number, medianMs, bestMs, gflops });
    }
  } finally {
    for (const one of all) one.drop();
  }
}

/** Ctrl-C, heard until it is forgotten. */
function ending() {
  let come = false;
  const listener = () => {
    come = true;
  };
  process.on('SIGINT', listener);
  return { come: () => come, forget: () => process.off('SIGINT', listener) };
}

function number(options: Options, name: string, least: number, most: number): number | undefined {
  const given = text(options, name);
  if (given === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN;
  if (value >= least && value <= most && (name !== 'threads' || Number.isInteger(value))) return value;
  throw new Failure(
    INVALID,
    say`${`--${name}`}: expected ${say`${least} to ${most}`}, received ${given.slice(0, 40)}`,
  );
}

/** One line on a terminal, written over and over; nothing clears it. */
function progressOn(io: Io): (words: string) => void {
  let last = '';
  return (words) => {
    if (io.progress && words !== last) io.err(`\r\u001b[2K${words}`);
    last = words;
  };
}

/** The better of two measurements of the machine. */
function grow(result: Result, found: Peak | null): void {
  if (found === null) return;
  const { narrow = 0, wide = null } = result.peak ?? {};
  const wider = Math.max(wide ?? 0, found.wide ?? 0);
  result.peak = { narrow: Math.max(narrow, found.narrow), wide: wider === 0 ? null : wider };
}
