// The programs that walk over channels against the plain loops, on integers, so that equality is equality: any geometry they
// take, any steps between pixels, jobs in any order, at 128 bits and as pairs (which are valid code for 128 bits as well).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axis,
  type Geometry,
  geometry,
  inputShape,
  outputShape,
  parse,
  print,
} from '../../geometry/index.ts';
import { activateAll } from '../activation.ts';
import type { DataOperand, WeightOperand } from '../operands.ts';
import { reference } from '../reference.ts';
import { fusedMultiplyAdd, strictMultiplyAdd } from './code.ts';
import { depthwise, suitsDepthwise } from './depthwise.ts';
import { grouped, suitsGrouped } from './grouped.ts';
import { pool, suitsPool } from './pool.ts';
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

/** Where things lie in the memory of a test. */
const [OPERANDS, WORKSPACES, GUARD] = [1024, [65536, 65536 + 2 ** 20], 64];

interface Case {
  readonly of: Geometry;
  readonly layout: 'first' | 'last';
  /** Elements between the last of a pixel (or row) and the first of the next. */
  readonly gap: number;
  readonly wide: boolean;
  readonly strict: boolean;
  readonly seed: number;
  readonly activation: Task['activation'];
  /** Values put among the integers of the input. */
  readonly spoiled?: readonly number[];
}

function steps(shape: readonly number[], layout: Case['layout'], gap: number): DataOperand['strides'] {
  const [, channels = 0, ...sizes] = shape;
  const order =
    layout === 'last' ? [channels + gap, ...sizes.toReversed()] : [...sizes.toReversed(), channels];
  let step = 1;
  const all = order.map((size, i) => {
    const here = step;
    step *= size + (i === 1 ? gap : 0);
    return here;
  });
  return layout === 'last'
    ? { n: step, c: 1, sizes: all.slice(1).toReversed() }
    : { n: step, c: all.at(-1) as number, sizes: all.slice(0, -1).toReversed() };
}

const product = (numbers: readonly number[]) => numbers.reduce((all, n) => all * n, 1);
const integers = (length: number, seed: number) =>
  Float32Array.from({ length }, (_, i) => ((i * i * 7 + i * 3 + seed * 5) % 11) - 5);

/** What a program makes of a case, and what the reference does; gaps hold what they held. */
function both(
  emit: (task: Task) => Program,
  given: Case,
  data?: Float32Array,
): [got: Float32Array, want: Float32Array] {
  const { of } = given;
  const strides = [inputShape(of), outputShape(of)].map((shape) => steps(shape, given.layout, given.gap));
  const [input, output] = strides as [DataOperand['strides'], DataOperand['strides']];
  const multiplyAdd = given.strict ? strictMultiplyAdd : fusedMultiplyAdd;
  const machine = { wide: given.wide, shared: true, multiplyAdd, relaxed: true };
  const program = emit({ geometry: of, input, output, activation: given.activation, machine });

  const memory = new Memory({ initial: 64, maximum: 65536, shared: true });
  const { run } = new Instance(new Module(program.bytes), { env: { memory } }).exports;
  const x = data ?? integers(of.batch * input.n, given.seed);
  given.spoiled?.forEach((value, i) => {
    x[(i * 1237 + 523) % x.length] = value;
  });
  const outs = of.batch * output.n;
  const perFilter = (of.channels / of.groups) * product(of.axes.map((one) => one.kernel));
  const weight: WeightOperand = {
    data: integers(of.filters * perFilter, given.seed + 1),
    offset: 0,
    strides: {
      g: (of.filters / of.groups) * perFilter,
      o: perFilter,
      i: product(of.axes.map((one) => one.kernel)),
      k: of.axes.map((_, i) => product(of.axes.slice(i + 1).map((one) => one.kernel))),
    },
  };
  const bias = integers(of.filters, given.seed + 2);
  const conv = of.operation === 'conv';

  let free = WORKSPACES[1] as number;
  const place = (floats: number) => {
    free += 2 ** 20;
    const at = free;
    free += Math.ceil(floats / 16) * 64;
    if (free + 2 ** 20 > memory.buffer.byteLength) memory.grow(Math.ceil((free + 2 ** 20) / 65536) - 64);
    return at;
  };
  const places = [x.length, program.packed, program.tables.length, outs + 2 * GUARD].map(place);
  const [from, weights, tables, to] = places as [number, number, number, number];
  const floats = new Float32Array(memory.buffer);
  const whole = new Int32Array(memory.buffer);
  whole.set([from, weights, tables, to + GUARD * 4], OPERANDS / 4);
  floats.fill(Number.NaN, from / 4 - 64, from / 4 + x.length + 64);
  floats.set(x, from / 4);
  whole.set(program.tables, tables / 4);
  const packed = floats.subarray(weights / 4, weights / 4 + program.packed);
  program.pack(packed, conv ? weight : undefined, (filter) => (conv ? (bias[filter] as number) : 0));
  floats.fill(Number.NaN, to / 4, to / 4 + outs + 2 * GUARD);
  const jobs = Array.from({ length: program.jobs }, (_, job) => job);
  jobs.sort((a, b) => ((a * 7919 + given.seed) % 31) - ((b * 7919 + given.seed) % 31));
  for (const [i, job] of jobs.entries()) run(OPERANDS, job, WORKSPACES[i % 2] as number);

  const want = new Float32Array(outs).fill(Number.NaN);
  const result = { data: want, offset: 0, strides: output };
  reference(of, {
    input: { data: x, offset: 0, strides: input },
    output: result,
    ...(conv ? { weight, bias: { data: bias, offset: 0, stride: 1 } } : {}),
  });
  if (given.activation !== null) activateAll(given.activation, want);
  const got = floats.slice(to / 4, to / 4 + outs + 2 * GUARD);
  expect([...got.slice(0, GUARD), ...got.slice(GUARD + outs)].every(Number.isNaN)).toBe(true);
  expect(program.workspace).toBeLessThanOrEqual(2 ** 20);
  return [got.slice(GUARD, GUARD + outs), want];
}

function check(emit: (task: Task) => Program, given: Case): void {
  const [got, want] = both(emit, given);
  const wrong = got.findIndex((one, i) => one !== want[i] && !(Number.isNaN(one) && Number.isNaN(want[i])));
  expect(wrong < 0 ? 'equal' : `${print(given.of)}: [${wrong}] ${got[wrong]} for ${want[wrong]}`).toBe(
    'equal',
  );
}

const small = (least: number, most: number) => fc.integer({ min: least, max: most });
const modes = {
  gap: fc.constantFrom(0, 0, 3),
  wide: fc.boolean(),
  strict: fc.boolean(),
  seed: small(0, 1000),
};

function axes(rank: number, size: number, kernel: number) {
  const one = fc
    .record({
      size: small(1, rank === 3 ? Math.min(size, 6) : size),
      kernel: small(1, rank === 3 ? Math.min(kernel, 3) : kernel),
      stride: small(1, 3),
      dilation: fc.constantFrom(1, 1, 1, 2, 3),
      before: small(-2, 5),
      after: small(-2, 5),
    })
    .map((given) => axis(given));
  return fc.array(one, { minLength: rank, maxLength: rank });
}

const fits = (of: Geometry) => outputShape(of).every((size) => size > 0);

/** Depthwise problems. */
const depthwises = fc
  .record({
    axes: small(1, 3).chain((rank) => axes(rank, 21, 7)),
    batch: small(1, 2),
    channels: fc.oneof(small(1, 9), small(10, 41)),
    multiplier: fc.constantFrom(1, 1, 1, 2, 3),
    flip: fc.boolean(),
  })
  .map(({ channels, multiplier, ...rest }) =>
    geometry({ ...rest, channels, groups: channels, filters: channels * multiplier }),
  )
  .filter(fits);

const activations = fc.constantFrom<Task['activation']>(
  null,
  null,
  { name: 'relu' },
  { name: 'clip', low: -3, high: 20 },
);

describe.each(['last', 'first'] as const)('a depthwise convolution, channels %s', (layout) => {
  it('equals the reference', () => {
    fc.assert(
      fc.property(fc.record({ ...modes, of: depthwises, activation: activations }), (given) =>
        check(depthwise, { ...given, layout }),
      ),
      { numRuns: 150, seed: 4 },
    );
  });

  it.each([
    '1x144x20x20 k3 p1 g144 -> 144',
    '1x96x25x25 k3 s2 p0,1 g96 -> 96',
    '2x40x14x14 k5 p2 g40 -> 40',
    '1x72x31x31 k5 s2 p2 g72 -> 72',
    '1x64x17x17 k7 p3 g64 -> 128',
    '1x24x40x40 k31 p15 g24 -> 24',
    '1x20x30x30 k51 p25 g20 -> 20',
    '1x256x12x12 k3 p1 g256 -> 256',
    '1x1024x7x7 k3 s2 p1 g1024 -> 1024',
    '1x40x3000 k9 p4 g40 -> 40',
    '1x12x500 k101 p50 d2 g12 -> 24',
    '1x3x70x90 k3x5 s2 g3 -> 3',
    '1x6x40x61 k5 s3 p2 g6 -> 12',
    '1x4x6x20x20 k3 s2 p1 g4 -> 4',
    '1x1x90x90 k9 p4 -> 1',
    '1x24x9x10x11 k3 p1 g24 -> 24',
    '1x8x5x5 k3 p7 g8 -> 8',
  ])('%s', (problem) => {
    for (const wide of [false, true])
      check(depthwise, {
        of: parse(problem),
        layout,
        gap: 0,
        wide,
        strict: false,
        seed: 1,
        activation: null,
      });
  });
});

/** Pools, also of ceil mode. */
const pools = fc
  .record({
    operation: fc.constantFrom('max' as const, 'average' as const),
    axes: small(1, 3).chain((rank) => axes(rank, 21, 12)),
    overhang: small(0, 2),
    batch: small(1, 2),
    channels: fc.oneof(small(1, 9), small(10, 41)),
    divisor: fc.constantFrom('window' as const, 'real' as const, 3),
  })
  .map(({ overhang, axes: given, ...rest }) => {
    const fill = rest.operation === 'max' ? -Infinity : 0;
    // Nothing is cut where a ceil mode reads on.
    const whole = given.map((one) =>
      axis({
        ...one,
        ...(overhang > 0 ? { overhang, after: Math.max(0, one.after) } : {}),
        fillBefore: fill,
        fillAfter: fill,
      }),
    );
    return geometry({ ...rest, axes: whole });
  })
  .filter(fits);

describe.each(['last', 'first'] as const)('a pool, channels %s', (layout) => {
  it('equals the reference', () => {
    fc.assert(
      fc.property(fc.record({ ...modes, of: pools, activation: activations }), (given) =>
        check(pool, { ...given, layout }),
      ),
      { numRuns: 150, seed: 4 },
    );
  });

  it('lets NaN win a maximum, and infinities be themselves', () => {
    for (const problem of ['1x24x12x12 max k3 s2 p1', '1x24x12x12 max k3 p1', '1x24x12x40 max k3x13 p1x6']) {
      for (const value of [Number.NaN, Infinity, -Infinity, 3e38]) {
        const given = {
          of: parse(problem),
          layout,
          gap: 0,
          wide: true,
          strict: false,
          seed: 1,
          activation: null,
        };
        check(pool, { ...given, spoiled: [value, -Infinity, Infinity] });
        check(pool, { ...given, spoiled: [value] });
      }
    }
  });

  it.each([
    '1x64x30x30 max k3 s2 p1',
    '1x64x30x30 max k2 s2',
    '1x100x7x7 avg k7',
    '1x100x17x27 avg k17x27',
    '1x48x20x20 avg k3 p1 /real',
    '1x48x20x20 max k13 p6',
    '1x8x10x20x20 max k2x3x3 s2 p0x1x1',
  ])('%s', (problem) => {
    for (const wide of [false, true])
      check(pool, { of: parse(problem), layout, gap: 0, wide, strict: false, seed: 1, activation: null });
  });
});

/** Convolutions in small groups. */
const groups = fc
  .record({
    axes: small(1, 3).chain((rank) => axes(rank, 17, 5)),
    batch: small(1, 2),
    groups: small(2, 9),
    channels: fc.constantFrom(4, 4, 8, 12),
    filters: fc.constantFrom(4, 8),
    flip: fc.boolean(),
  })
  .map(({ channels, filters, ...rest }) =>
    geometry({ ...rest, channels: channels * rest.groups, filters: filters * rest.groups }),
  )
  .filter(fits);

describe('a convolution in small groups', () => {
  const layout = 'last' as const;
  it('equals the reference', () => {
    fc.assert(
      fc.property(fc.record({ ...modes, of: groups, activation: activations }), (given) =>
        check(grouped, { ...given, layout }),
      ),
      { numRuns: 100, seed: 4 },
    );
  });
});

describe('strict sums', () => {
  /** The output, channels first, of numbers that round: sevenths. */
  const outputs = (
    emit: (task: Task) => Program,
    problem: string,
    layout: 'first' | 'last',
    wide: boolean,
  ) => {
    const of = parse(problem);
    const [, channels, ...sizes] = inputShape(of) as [number, number, ...number[]];
    const [, filters, ...outs] = outputShape(of) as [number, number, ...number[]];
    const given = { of, layout, gap: 0, wide, strict: true, seed: 1, activation: null };
    const turn = (data: Float32Array, rows: number, columns: number) =>
      Float32Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)] as number);
    const x = integers(product(inputShape(of)), 1).map((one, i) => (one + (i % 13)) / 7);
    const [got] = both(emit, given, layout === 'first' ? x : turn(x, channels, product(sizes)));
    return [...(layout === 'first' ? got : turn(got, product(outs), filters))];
  };

  it.each([
    '1x24x20x21 k3 p1 g24 -> 24',
    '1x24x20x21 k5 s2 p2 g24 -> 24',
    '1x12x21x21 k7 p3 g12 -> 24',
    '1x20x30x30 k51 p25 g20 -> 20',
    '1x32x20x21 k3 p1 g8 -> 32',
    '1x20x21x21 avg k3 p1',
    '1x20x21x21 avg k21',
    '1x20x41x41 avg k11 s2',
  ])('are the same bits in both layouts and widths: %s', (problem) => {
    const emit = problem.includes('avg') ? pool : problem.includes('g8') ? grouped : depthwise;
    const usual = outputs(emit, problem, 'last', false);
    expect(outputs(emit, problem, 'last', true)).toEqual(usual);
    if (emit === grouped) return;
    expect(outputs(emit, problem, 'first', false)).toEqual(usual);
    expect(outputs(emit, problem, 'first', true)).toEqual(usual);
  });
});

describe('what suits', () => {
  const task = (problem: string, layout: 'first' | 'last'): Task => {
    const of = parse(problem);
    return {
      geometry: of,
      input: steps(inputShape(of), layout, 0),
      output: steps(outputShape(of), layout, 0),
      activation: null,
      machine: { wide: false, shared: true, relaxed: true, multiplyAdd: fusedMultiplyAdd },
    };
  };

  it('is asked for before a program', () => {
    expect(suitsDepthwise(task('1x8x9x9 k3 g8 -> 8', 'first'))).toBe(true);
    expect(suitsDepthwise(task('1x8x9x9 k3 g8 -> 8', 'last'))).toBe(true);
    expect(suitsDepthwise(task('1x8x900x900 k801 p400 g8 -> 8', 'first'))).toMatch(/too much code/);
    const mixed = {
      ...task('1x8x9x9 k3 g8 -> 8', 'first'),
      output: task('1x8x9x9 k3 g8 -> 8', 'last').output,
    };
    expect(suitsDepthwise(mixed)).toMatch(/neither/);
    expect(suitsPool({ ...mixed, geometry: parse('1x8x9x9 max k3') })).toMatch(/neither/);
    expect(suitsPool(task('1x8x9x9 max k3', 'first'))).toBe(true);
    expect(suitsGrouped(task('1x32x9x9 k3 g8 -> 32', 'last'))).toBe(true);
    expect(suitsGrouped(task('1x32x9x9 k3 g8 -> 32', 'first'))).toMatch(/side by side/);
    expect(suitsGrouped(task('1x24x9x9 k3 g8 -> 32', 'last'))).toMatch(/channels/);
    expect(suitsGrouped(task('1x32x9x9 k3 g8 -> 24', 'last'))).toMatch(/filters/);
  });
});
