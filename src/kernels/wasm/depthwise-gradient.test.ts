// The gradient of a depthwise weight against its definition, on integers, so that equality is equality: any geometry it takes,
// jobs in any order, at 128 bits and as pairs (which are valid code for 128 bits as well).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axis,
  type Geometry,
  geometry,
  inputShape,
  out,
  outputShape,
  parse,
  print,
  start,
} from '../../geometry/index.ts';
import { fusedMultiplyAdd, strictMultiplyAdd } from './code.ts';
import { depthwiseGradient, packedDepthwise } from './depthwise-gradient.ts';
import { unpackDepthwise } from './depthwise-gradient-unpack.ts';
import type { Program, Task } from './program.ts';

/** The part of WebAssembly that is used here. */
interface Host {
  readonly Memory: new (limits: object) => { readonly buffer: SharedArrayBuffer; grow(pages: number): void };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: { run(operands: number, job: number, workspace: number): void } };
}

const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: Host }).WebAssembly;

const [OPERANDS, WORKSPACES, HEAP] = [1024, [65536, 65536 + 2 ** 20], 3 * 2 ** 20];
const GUARD = 64;

interface Case {
  readonly of: Geometry;
  /** Elements between neighbouring pixels beside the channels. */
  readonly gap: number;
  readonly wide: boolean;
  readonly strict: boolean;
  readonly seed: number;
  /** Makes the integers numbers whose sums are rounded. */
  readonly factor?: number;
}

const product = (numbers: readonly number[]) => numbers.reduce((all, n) => all * n, 1);
const integers = (length: number, seed: number) =>
  Float32Array.from({ length }, (_, i) => ((i * i * 7 + i * 3 + seed * 5) % 7) - 3);

function steps([, channels = 0, ...sizes]: readonly number[], gap: number): Task['input'] {
  let step = channels + gap;
  const inwards = sizes.toReversed().map((size) => {
    const here = step;
    step *= size;
    return here;
  });
  return { n: step, c: 1, sizes: inwards.toReversed() };
}

/** Where each tap of the window of each output lies, for one axis after the other. */
function naive(of: Geometry, task: Task, x: Float32Array, gradient: Float32Array): Float64Array {
  const taps = product(of.axes.map((one) => one.kernel));
  const found = new Float64Array(of.filters * taps);
  const multiplier = of.filters / of.channels;
  const visit = (d: number, tap: number, from: number, to: number): void => {
    const one = of.axes[d];
    if (one === undefined) {
      for (let f = 0; f < of.filters; f++) {
        const value = x[from + Math.floor(f / multiplier)] as number;
        found[f * taps + tap] = (found[f * taps + tap] as number) + value * (gradient[to + f] as number);
      }
      return;
    }
    for (let o = 0; o < out(one); o++) {
      for (let k = 0; k < one.kernel; k++) {
        const element = start(one, o) + k * one.dilation;
        if (element < 0 || element >= one.size) continue;
        const [input, output] = [task.input.sizes[d] as number, task.output.sizes[d] as number];
        visit(d + 1, tap * one.kernel + k, from + element * input, to + o * output);
      }
    }
  };
  for (let n = 0; n < of.batch; n++) visit(0, 0, n * task.input.n, n * task.output.n);
  return found;
}

/** What the programs make of a case, in the order [filter, taps]. */
function computed({
  of,
  gap,
  wide,
  strict,
  seed,
  factor = 1,
}: Case): readonly [got: Float32Array, want: Float64Array] {
  const multiplyAdd = strict ? strictMultiplyAdd : fusedMultiplyAdd;
  const task: Task = {
    geometry: of,
    input: steps(inputShape(of), gap),
    output: steps(outputShape(of), gap),
    activation: null,
    machine: { wide, shared: true, multiplyAdd, relaxed: !strict },
  };
  const taps = of.axes.map((one) => one.kernel);
  const all = product(taps);
  const weight = {
    g: (of.filters / of.channels) * all,
    o: all,
    i: all,
    k: taps.map((_, d) => product(taps.slice(d + 1))),
  };
  const x = integers(of.batch * task.input.n, seed).map((value) => value * factor);
  const gradient = integers(of.batch * task.output.n, seed + 1);
  const programs = [depthwiseGradient(task), unpackDepthwise(task, weight)] as const;
  const packed = packedDepthwise(task);
  const sizes = [x.length, gradient.length, packed + 2 * GUARD, of.filters * all + 2 * GUARD];
  const floats = [...sizes, ...programs.map((one) => one.tables.length)];
  let free = HEAP;
  const places = floats.map((count) => {
    const at = free;
    free += Math.ceil(count / 16) * 64 + 256;
    return at;
  });
  const memory = new Memory({
    initial: Math.ceil(free / 65536) + 1,
    maximum: 65536,
    shared: true,
  });
  const [numbers, words] = [new Float32Array(memory.buffer), new Int32Array(memory.buffer)];
  const [input, second, sums, result, ...tables] = places as [number, number, number, number];
  numbers.fill(Number.NaN, HEAP / 4);
  numbers.set(x, input / 4);
  numbers.set(gradient, second / 4);
  const run = (program: Program, from: number, at: number, to: number) => {
    words.set(program.tables, at / 4);
    words.set([from, 0, at, to + GUARD * 4, second], OPERANDS / 4);
    const module = new Module(program.bytes);
    const { exports } = new Instance(module, { env: { memory } });
    const jobs = Array.from({ length: program.jobs }, (_, job) => job);
    jobs.sort((a, b) => ((a * 7919 + seed) % 31) - ((b * 7919 + seed) % 31));
    const call = exports.run as (operands: number, job: number, workspace: number) => void;
    for (const [i, job] of jobs.entries()) call(OPERANDS, job, WORKSPACES[i % 2] as number);
    expect(program.workspace).toBeLessThanOrEqual(2 ** 20);
  };
  const [first = 0, last = 0] = tables as readonly number[];
  run(programs[0], input, first, sums);
  run(programs[1], sums + GUARD * 4, last, result);
  const whole = (at: number, count: number) => numbers.slice(at / 4, at / 4 + count + 2 * GUARD);
  for (const [at, count] of [[sums, packed] as const, [result, of.filters * all] as const]) {
    const found = whole(at, count);
    expect([...found.slice(0, GUARD), ...found.slice(GUARD + count)].every(Number.isNaN)).toBe(true);
  }
  const got = whole(result, of.filters * all).slice(GUARD, GUARD + of.filters * all);
  return [got, naive(of, task, x, gradient)];
}

function check(given: Case): void {
  const [got, want] = computed(given);
  const wrong = got.findIndex((one, i) => one !== want[i]);
  expect(wrong < 0 ? 'equal' : `${print(given.of)}: [${wrong}] ${got[wrong]} for ${want[wrong]}`).toBe(
    'equal',
  );
}

const small = (least: number, most: number) => fc.integer({ min: least, max: most });

function axes(rank: number) {
  const one = fc
    .record({
      size: rank === 1 ? small(1, 150) : small(1, rank === 3 ? 6 : 21),
      kernel: rank === 1 ? fc.oneof(small(1, 9), small(10, 80)) : small(1, rank === 3 ? 3 : 9),
      stride: small(1, 3),
      dilation: fc.constantFrom(1, 1, 1, 2, 3),
      before: fc.oneof(small(-2, 5), small(-2, rank === 1 ? 60 : 8)),
      after: fc.oneof(small(-2, 5), small(-2, rank === 1 ? 60 : 8)),
    })
    .map((given) => axis(given));
  return fc.array(one, { minLength: rank, maxLength: rank });
}

const problems = fc
  .record({
    axes: small(1, 3).chain(axes),
    batch: small(1, 3),
    channels: fc.oneof(small(1, 9), small(10, 41)),
    multiplier: fc.constantFrom(1, 1, 1, 2, 3),
  })
  .map(({ channels, multiplier, ...rest }) =>
    geometry({ ...rest, channels, groups: channels, filters: channels * multiplier }),
  )
  .filter((of) => outputShape(of).every((size) => size > 0));

describe("the gradient of a depthwise convolution's weight", () => {
  it('equals its definition', () => {
    const cases = fc.record({
      of: problems,
      gap: fc.constantFrom(0, 0, 3),
      wide: fc.boolean(),
      strict: fc.boolean(),
      seed: small(0, 1000),
    });
    fc.assert(fc.property(cases, check), { numRuns: 300, seed: 4 });
  });

  it.each([
    '1x40x56x56 k3 p1 g40 -> 40',
    '1x96x25x25 k3 s2 p0,1 g96 -> 96',
    '2x40x14x14 k5 p2 g40 -> 40',
    '1x64x17x17 k7 p3 g64 -> 128',
    '1x24x40x40 k31 p15 g24 -> 24',
    '1x20x30x30 k51 p25 g20 -> 20',
    '1x64x30x30 k3 p1 g64 -> 64',
    '1x1024x7x7 k3 p1 g1024 -> 1024',
    '1x40x3000 k9 p4 g40 -> 40',
    '1x12x700 k101 p50 g12 -> 24',
    '1x12x500 k101 p50 d2 g12 -> 24',
    '1x5x2000x3 k5x3 p2x1 g5 -> 10',
    '1x24x9x10x11 k3 p1 g24 -> 24',
    '1x8x5x5 k3 p7 g8 -> 8',
  ])('%s', (problem) => {
    for (const wide of [false, true]) check({ of: parse(problem), gap: 0, wide, strict: false, seed: 1 });
  });

  it('adds in an order that does not depend on the width of vectors', () => {
    for (const problem of [
      '1x72x56x56 k3 p1 g72 -> 72',
      '1x22x40x40 k31 p15 g22 -> 22',
      '1x9x900 k7 p3 g9 -> 18',
    ]) {
      const of = parse(problem);
      const rounded = (wide: boolean) =>
        computed({ of, gap: 0, wide, strict: true, seed: 3, factor: 0.37 })[0];
      expect(rounded(true)).toEqual(rounded(false));
    }
  });
});
