import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axis, type Geometry, geometry, inputShape, outputShape, parse } from '../../geometry/index.ts';
import type { WeightOperand } from '../operands.ts';
import { fusedMultiplyAdd, strictMultiplyAdd } from './code.ts';
import { type Program, type Task, WORKSPACE } from './program.ts';
import { winogradGradient } from './winograd-gradient.ts';
import { type GradientChoice, gradientCut } from './winograd-gradient-cut.ts';
import { packedGradient, unpackGradient } from './winograd-gradient-unpack.ts';
import { TWO } from './winograd-lines.ts';

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

/** Numbers in [-1, 1] that repeat from run to run. */
function numbers(seed: number, count: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  });
}

const count = (shape: readonly number[]) => shape.reduce((product, one) => product * one, 1);

function last([, channels = 0, ...sizes]: readonly number[]) {
  return {
    n: channels * count(sizes),
    c: 1,
    sizes: sizes.map((_, i) => channels * count(sizes.slice(i + 1))),
  };
}

function task(of: Geometry, machine: Partial<Task['machine']> = {}): Task {
  return {
    geometry: of,
    input: last(inputShape(of)),
    output: last(outputShape(of)),
    activation: null,
    machine: { wide: false, shared: true, relaxed: true, multiplyAdd: fusedMultiplyAdd, ...machine },
  };
}

function dataOf(of: Geometry) {
  return { input: numbers(1, count(inputShape(of))), second: numbers(2, count(outputShape(of))) };
}

/** Filters, channels, taps; or channels and filters exchanged. */
function stepsOf(of: Geometry, exchanged = false): WeightOperand['strides'] {
  const [o, i] = exchanged ? [9, 9 * of.filters] : [9 * of.channels, 9];
  return { g: 0, o, i, k: [3, 1] };
}

const GUARD = 12345;

/** The gradient; jobs are run last to first in two workspaces, and all that nobody wrote is NaN. */
function run(
  of: Task,
  { input, second }: ReturnType<typeof dataOf>,
  choice?: GradientChoice,
  steps: WeightOperand['strides'] = stepsOf(of.geometry),
): Float32Array {
  const [product, unpack] = [winogradGradient(of, choice), unpackGradient(of, steps, choice)];
  expect(product.workspace).toBeLessThanOrEqual(WORKSPACE);
  let end = 128;
  const place = (size: number) => {
    const at = end + 16;
    end += Math.ceil(size / 16) * 16 + 32;
    floats.fill(Number.NaN, at - 16, end);
    return at;
  };
  const size = of.geometry.filters * of.geometry.channels * 9;
  const workspaces = [place(product.workspace / 4), place(product.workspace / 4)];
  const at = {
    input: place(input.length),
    second: place(second.length),
    packed: place(packedGradient(of, choice)),
    output: place(size),
  };
  floats.set(input, at.input);
  floats.set(second, at.second);
  for (const edge of [at.output - 1, at.output + size, at.packed - 1]) floats[edge] = GUARD;
  const go = ({ bytes, jobs, tables }: Program, from: number, to: number) => {
    const table = place(tables.length);
    integers.set(tables, table);
    integers.set([from * 4, 0, table * 4, to * 4, at.second * 4], 16);
    const { exports } = new Instance(new Module(bytes), { env: { memory } });
    for (let job = jobs - 1; job >= 0; job--) exports.run(64, job, (workspaces[job % 2] as number) * 4);
  };
  go(product, at.input, at.packed);
  go(unpack, at.packed, at.output);
  for (const edge of [at.output - 1, at.output + size, at.packed - 1]) expect(floats[edge]).toBe(GUARD);
  return floats.slice(at.output, at.output + size);
}

/** The definition, in float64. */
function wanted(of: Geometry, { input, second }: ReturnType<typeof dataOf>): Float64Array {
  const [y, x] = of.axes as [Geometry['axes'][0], Geometry['axes'][0]];
  const [batch = 0, , outRows = 0, outColumns = 0] = [outputShape(of)[0], 0, ...outputShape(of).slice(2)];
  const result = new Float64Array(of.filters * of.channels * 9);
  for (let n = 0; n < batch; n++)
    for (let row = 0; row < outRows; row++)
      for (let column = 0; column < outColumns; column++)
        for (let tap = 0; tap < 9; tap++) {
          const down = row - y.before + Math.floor(tap / 3) * y.dilation;
          const across = column - x.before + (tap % 3) * x.dilation;
          if (down < 0 || across < 0 || down >= y.size || across >= x.size) continue;
          const from = ((n * y.size + down) * x.size + across) * of.channels;
          const by = ((n * outRows + row) * outColumns + column) * of.filters;
          for (let f = 0; f < of.filters; f++)
            for (let c = 0; c < of.channels; c++) {
              const to = (f * of.channels + c) * 9 + tap;
              result[to] = (result[to] as number) + (input[from + c] as number) * (second[by + f] as number);
            }
        }
  return result;
}

function error(right: Float64Array, found: Float32Array): number {
  const largest = right.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  return right.reduce((most, one, i) => Math.max(most, Math.abs(one - (found[i] as number))), 0) / largest;
}

const axes = fc
  .record({
    size: fc.integer({ min: 3, max: 15 }),
    before: fc.integer({ min: -1, max: 3 }),
    after: fc.integer({ min: -1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
  })
  .filter(({ size, before, after, dilation }) => size + before + after >= 3 + 2 * (dilation - 1))
  .map((one) => axis({ ...one, kernel: 3 }));

const problems = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  channels: fc.integer({ min: 1, max: 45 }),
  filters: fc.integer({ min: 1, max: 45 }),
  axes: fc.tuple(axes, axes),
});

describe("the weight's gradient by Winograd's algorithm", () => {
  it('is the sum over windows', { timeout: 60_000 }, () => {
    const choices = fc.record(
      {
        lines: fc.constant([TWO, TWO] as const),
        block: fc.integer({ min: 1, max: 12 }),
        chunk: fc.constantFrom(8, 16, 24),
        part: fc.integer({ min: 1, max: 3 }),
        depth: fc.integer({ min: 1, max: 2 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(problems, choices, fc.boolean(), fc.boolean(), (problem, choice, wide, unfused) => {
        const of = geometry(problem);
        const data = dataOf(of);
        const multiplyAdd = unfused ? strictMultiplyAdd : fusedMultiplyAdd;
        const found = run(task(of, { wide, relaxed: !unfused, multiplyAdd }), data, choice);
        expect(error(wanted(of, data), found)).toBeLessThan(4e-6);
      }),
      { numRuns: 150 },
    );
  });

  it('has the same numbers in wide and in any part, and writes by any steps', () => {
    const of = parse('2x40x13x9 k3 p1 -> 44');
    const data = dataOf(of);
    const whole = run(task(of), data);
    for (const choice of [{ part: 1 }, { chunk: 8 }, { chunk: 8, depth: 2 }])
      for (const wide of [false, true]) expect(run(task(of, { wide }), data, choice)).toEqual(whole);
    const exchanged = run(task(of), data, {}, stepsOf(of, true));
    for (const [f, c, tap] of [
      [0, 0, 0],
      [43, 39, 8],
      [17, 5, 4],
    ] as const)
      expect(exchanged[(c * 44 + f) * 9 + tap]).toBe(whole[(f * 40 + c) * 9 + tap]);
  });

  it('needs no more workspace than there is', () => {
    const many = fc.integer({ min: 1, max: 5000 });
    const sizes = fc.integer({ min: 3, max: 300 });
    fc.assert(
      fc.property(many, many, sizes, sizes, fc.boolean(), (channels, filters, height, width, wide) => {
        const both = [height, width].map((size) => ({ size, kernel: 3, before: 1, after: 1 }));
        const cut = gradientCut(task(geometry({ channels, filters, axes: both }), { wide }));
        expect(cut.workspace).toBeLessThanOrEqual(WORKSPACE);
        expect(cut.chunks * cut.chunk).toBeGreaterThanOrEqual(channels);
        expect((cut.depths - 1) * cut.depth).toBeLessThan(cut.chunks);
        expect((cut.parts - 1) * cut.part).toBeLessThan(cut.panels);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['1x64x56x56 k3 p1 -> 64', '1x96x28x28 k3 p1 -> 100', '1x200x7x7 k3 p1 -> 136'])(
    'rounds little: %s',
    { timeout: 60_000 },
    (problem) => {
      const of = parse(problem);
      const data = dataOf(of);
      const right = wanted(of, data);
      for (const wide of [false, true])
        expect(error(right, run(task(of, { wide }), data))).toBeLessThan(3e-6);
    },
  );
});
