import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axis, type Geometry, geometry, inputShape, out, outputShape, parse } from '../../geometry/index.ts';
import type { WeightOperand } from '../operands.ts';
import { reference } from '../reference.ts';
import { fusedMultiplyAdd, strictMultiplyAdd } from './code.ts';
import type { Task } from './program.ts';
import { WORKSPACE } from './program.ts';
import { suitsWinograd, winograd } from './winograd.ts';
import { type Choice, cutOf } from './winograd-cut.ts';
import { FOUR, TWO } from './winograd-lines.ts';

interface Host {
  readonly Memory: new (size: object) => { readonly buffer: SharedArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: { run(operands: number, job: number, workspace: number): void } };
}
const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: Host }).WebAssembly;

const memory = new Memory({ initial: 1600, maximum: 65536, shared: true });
const floats = new Float32Array(memory.buffer);
const integers = new Int32Array(memory.buffer);

/** Numbers that repeat from run to run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return Math.fround(state / 2 ** 31);
  };
}

function task(of: Geometry, machine: Partial<Task['machine']> = {}): Task {
  const last = ([, channels = 0, ...sizes]: readonly number[]) => {
    const steps = sizes.map((_, i) => sizes.slice(i + 1).reduce((product, one) => product * one, channels));
    return { n: sizes.reduce((product, one) => product * one, channels), c: 1, sizes: steps };
  };
  return {
    geometry: of,
    input: last(inputShape(of)),
    output: last(outputShape(of)),
    activation: null,
    machine: { wide: false, shared: true, multiplyAdd: fusedMultiplyAdd, relaxed: true, ...machine },
  };
}

/** A conv's numbers in [-1, 1]. */
function dataOf(of: Geometry, seed = 1) {
  const next = numbers(seed);
  const count = (shape: readonly number[]) => shape.reduce((product, one) => product * one, 1);
  const taps = of.axes.map((one) => one.kernel);
  const input = Float32Array.from({ length: count(inputShape(of)) }, next);
  const bias = Float32Array.from({ length: of.filters }, next);
  const data = Float32Array.from({ length: of.filters * of.channels * count(taps) }, next);
  const k = taps.map((_, i) => count(taps.slice(i + 1)));
  const strides = { g: 0, o: of.channels * count(taps), i: count(taps), k };
  return { input, bias, weight: { data, offset: 0, strides } as WeightOperand };
}

const GUARD = 12345;

/** The output of the program, its jobs run last to first in two workspaces; what it must not touch is checked. */
function run(of: Task, { input, bias, weight }: ReturnType<typeof dataOf>, choice?: Choice): Float32Array {
  const program = winograd(of, choice);
  expect(program.workspace).toBeLessThanOrEqual(WORKSPACE);
  let end = 64;
  const place = (count: number) => {
    const at = end;
    end += Math.ceil(count / 16) * 16 + 32;
    floats.fill(Number.NaN, at - 16, end);
    return at;
  };
  const outputs = outputShape(of.geometry).reduce((product, one) => product * one, 1);
  const workspaces = [place(program.workspace / 4), place(program.workspace / 4)];
  const at = {
    input: place(input.length),
    weights: place(program.packed),
    tables: place(program.tables.length),
    output: place(outputs),
  };
  floats.set(input, at.input);
  floats.fill(0, at.weights, at.weights + program.packed);
  program.pack(floats.subarray(at.weights, at.weights + program.packed), weight, (f) => bias[f] as number);
  integers.set(program.tables, at.tables);
  integers.set([at.input * 4, at.weights * 4, at.tables * 4, at.output * 4, 0], 16);
  for (const edge of [at.output - 1, at.output + outputs]) floats[edge] = GUARD;
  const { exports } = new Instance(new Module(program.bytes), { env: { memory } });
  for (let job = program.jobs - 1; job >= 0; job--) exports.run(64, job, (workspaces[job % 2] as number) * 4);
  expect([floats[at.output - 1], floats[at.output + outputs]]).toEqual([GUARD, GUARD]);
  return floats.slice(at.output, at.output + outputs);
}

/** The largest difference from the definition in float64, relative to the largest output. */
function error(of: Task, data: ReturnType<typeof dataOf>, found: Float32Array): number {
  const wanted = new Float64Array(found.length);
  reference(of.geometry, {
    input: { data: data.input, offset: 0, strides: of.input },
    weight: data.weight,
    bias: { data: data.bias, offset: 0, stride: 1 },
    output: { data: wanted, offset: 0, strides: of.output },
  });
  return relative(wanted, found);
}

function relative(wanted: Float64Array, found: ArrayLike<number>): number {
  const largest = wanted.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  const differences = wanted.map((one, i) => Math.abs(one - (found[i] as number)));
  return differences.some(Number.isNaN)
    ? Number.NaN
    : differences.reduce((most, one) => Math.max(most, one), 0) / largest;
}

const anyAxis = fc
  .record({
    size: fc.integer({ min: 1, max: 15 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: -2, max: 4 }),
    after: fc.integer({ min: -2, max: 4 }),
    kernel: fc.constantFrom(3, 3, 3, 1),
  })
  .map(axis)
  .filter((one) => out(one) > 0);

const anyGeometry = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 40 }),
    filters: fc.integer({ min: 1, max: 40 }),
    flip: fc.boolean(),
    axes: fc
      .array(anyAxis, { minLength: 1, maxLength: 2 })
      .filter((axes) => axes.some((one) => one.kernel === 3)),
  })
  .map(geometry);

const anyChoice = fc.record(
  {
    block: fc.integer({ min: 1, max: 13 }),
    unit: fc.constantFrom(8, 16),
    chunk: fc.constantFrom(16, 32),
    part: fc.integer({ min: 1, max: 3 }),
    stage: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: [] },
);

describe('winograd', () => {
  it('computes any geometry however it is cut', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyGeometry, anyChoice, fc.boolean(), fc.boolean(), (of, choice, wide, strict) => {
        const machine = {
          wide,
          relaxed: !strict,
          multiplyAdd: strict ? strictMultiplyAdd : fusedMultiplyAdd,
        };
        const data = dataOf(of);
        const found = run(task(of, machine), data, choice);
        expect(error(task(of), data, found)).toBeLessThan(4e-6);
      }),
      { numRuns: 150 },
    );
  });

  it('needs no more workspace than there is', () => {
    const many = fc.integer({ min: 1, max: 3000 });
    const sizes = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(many, many, sizes, sizes, fc.boolean(), (channels, filters, height, width, wide) => {
        const axes = [height, width].map((size) => ({ size, kernel: 3, before: 1, after: 1 }));
        const cut = cutOf(task(geometry({ channels, filters, axes }), { wide }));
        expect(cut.workspace).toBeLessThanOrEqual(WORKSPACE);
        expect(cut.longer * cut.block + (cut.blocks - cut.longer) * (cut.block - 1)).toBe(cut.tiles);
        expect(cut.longer).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same numbers however it is cut, and in wide', () => {
    for (const problem of ['2x40x13x9 k3 p1 -> 40', '1x300x9x14 k3 p1 -> 40']) {
      const of = task(parse(problem));
      const data = dataOf(of.geometry);
      const whole = run(of, data);
      const chunk = of.geometry.channels > 256 ? 128 : 40;
      for (const choice of [{ block: 5 }, { chunk }, { part: 1, block: 3 }, { stage: 1, block: 100 }]) {
        expect(run(of, data, choice)).toEqual(whole);
        expect(run(task(of.geometry, { wide: true }), data, choice)).toEqual(whole);
      }
    }
  });

  it('reads an input that is part of another and weights in any order', () => {
    const of = task(parse('1x12x9x10 k3 p1 -> 20'));
    const { input, bias, weight } = dataOf(of.geometry);
    const whole = run(of, { input, bias, weight });
    const orders = {
      hwio: [1, 20, 720, 240],
      spread: [1000, 9 * 5, 15, 5],
      doubled: [108, 9, 3, 1],
    } as const;
    for (const [name, [o, i, y, x]] of Object.entries(orders)) {
      const data = name === 'doubled' ? new Float64Array(2160) : new Float32Array(20_000);
      for (let f = 0; f < 20; f++)
        for (let c = 0; c < 12; c++)
          for (let tap = 0; tap < 9; tap++)
            data[f * o + c * i + Math.floor(tap / 3) * y + (tap % 3) * x] = weight.data[
              (f * 12 + c) * 9 + tap
            ] as number;
      const turned = { data, offset: 0, strides: { g: 0, o, i, k: [y, x] } };
      expect(run(of, { input, bias, weight: turned }), name).toEqual(whole);
    }
    const wider = new Float32Array(9 * 11 * 13).fill(Number.NaN);
    for (let pixel = 0; pixel < 90; pixel++)
      wider.set(
        input.subarray(pixel * 12, pixel * 12 + 12),
        (Math.floor(pixel / 10) * 11 + (pixel % 10)) * 13,
      );
    const steps = { ...of, input: { n: 0, c: 1, sizes: [11 * 13, 13] } };
    expect(run(steps, { input: wider, bias, weight })).toEqual(whole);
  });

  it('applies the activation to sum and bias', () => {
    const of = task(parse('1x16x8x8 k3 p1 -> 20'));
    const data = dataOf(of.geometry);
    const clipped = run({ ...of, activation: { name: 'clip', low: -0.5, high: 2 } }, data);
    expect(clipped).toEqual(run(of, data).map((one) => Math.min(Math.max(one, -0.5), 2)));
  });

  it('pads with copies of the input', () => {
    const [reflect, wrap] = ['reflect', 'wrap'] as const;
    const axes = [
      axis({ size: 9, kernel: 3, before: 2, after: 1, fillBefore: reflect, fillAfter: reflect }),
      axis({ size: 7, kernel: 3, before: 1, after: 2, fillBefore: wrap, fillAfter: wrap }),
    ];
    const of = task(geometry({ channels: 16, filters: 16, axes }));
    const data = dataOf(of.geometry);
    expect(error(of, data, run(of, data))).toBeLessThan(2e-6);
  });

  it('is chosen where it pays', () => {
    const chosen = (problem: string, wide = false) => suitsWinograd(task(parse(problem), { wide }));
    const suiting = [
      '1x64x56x56 k3 p1 -> 64',
      '1x512x7x7 k3 p1 -> 512',
      '1x512x38x57 k3 d3 p3 -> 512',
      '1x16x112x112 k3 p1 -> 16',
      '1x80x3000 k3 p1 -> 384',
      '1x192x17x17 k1x3 p0x1 -> 192',
    ];
    const others = [
      '1x64x56x56 k3 s2 p1 -> 64',
      '1x64x56x56 k1 -> 64',
      '1x64x56x56 k5 p2 -> 64',
      '1x3x224x224 k3 p1 -> 64',
      '1x64x56x56 k3 p1 g2 -> 64',
      '1x512x3x3 k3 -> 512',
      '1x64x8x8 k3 i2 p1 -> 64',
      '1x8x8x8x8 k3 p1 -> 8',
    ];
    for (const problem of suiting)
      expect([problem, chosen(problem), chosen(problem, true)]).toEqual([problem, true, true]);
    for (const problem of others)
      expect([problem, chosen(problem), chosen(problem, true)]).toEqual([problem, false, false]);
  });
});

describe('the error', () => {
  const BENCH = [
    '1x64x56x56 k3 p1 -> 64',
    '1x128x28x28 k3 p1 -> 128',
    '1x256x14x14 k3 p1 -> 256',
    '1x512x7x7 k3 p1 -> 512',
    '1x256x56x56 k3 p1 -> 256',
    '1x64x256x256 k3 p1 -> 128',
    '1x512x38x57 k3 d3 p3 -> 512',
    '1x80x3000 k3 p1 -> 384',
  ];
  /** Against float64, at outputs spread over all, relative to the largest of them; below 1e-5 is promised. */
  const measured = (of: Task, data: ReturnType<typeof dataOf>, found: Float32Array) => {
    const samples = Array.from({ length: 500 }, (_, i) => Math.floor(((i + 0.5) * found.length) / 500));
    return relative(
      Float64Array.from(samples, (at) => outputAt(of, data, at)),
      samples.map((at) => found[at] as number),
    );
  };
  it.each(BENCH)('is small: %s', { timeout: 60_000 }, (problem) => {
    for (const wide of [false, true]) {
      const of = task(parse(problem), { wide });
      const data = dataOf(of.geometry, 7);
      expect(measured(of, data, run(of, data))).toBeLessThan(3e-6);
    }
  });

  it('is small for F(2, 3), too', () => {
    const of = task(parse('1x256x16x16 k3 p1 -> 64'));
    const data = dataOf(of.geometry, 7);
    for (const lines of [[TWO, TWO] as const, [FOUR, TWO] as const])
      expect(measured(of, data, run(of, data, { lines }))).toBeLessThan(3e-6);
  });
});

/** One output of a zero-padded conv by plain sums in float64, from its index among outputs whose channels come last. */
function outputAt(of: Task, { input, bias, weight }: ReturnType<typeof dataOf>, index: number): number {
  const { axes, channels, filters } = of.geometry;
  const filter = index % filters;
  let sum = bias[filter] as number;
  const visit = (depth: number, rest: number, from: number, tap: number): void => {
    const one = axes[depth];
    if (one === undefined) {
      for (let c = 0; c < channels; c++) {
        const by = weight.data[filter * weight.strides.o + c * weight.strides.i + tap] as number;
        sum += (input[from + c] as number) * by;
      }
      return;
    }
    const inner = axes.slice(depth + 1).reduce((product, other) => product * out(other), 1);
    for (let k = 0; k < one.kernel; k++) {
      const position = Math.floor(rest / inner) - one.before + k * one.dilation;
      if (position < 0 || position >= one.size) continue;
      const step = of.input.sizes[depth] as number;
      visit(depth + 1, rest % inner, from + position * step, tap + k * (weight.strides.k[depth] as number));
    }
  };
  visit(0, Math.floor(index / filters), 0, 0);
  return sum;
}
