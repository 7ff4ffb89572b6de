import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axis,
  type Fill,
  type Geometry,
  geometry,
  inputShape,
  outputShape,
  parse,
  print,
} from '../geometry/index.ts';
import { dataStrides, weightStrides } from '../tensor/layout.ts';
import { rowMajor } from '../tensor/tensor.ts';
import { run } from './engine.ts';
import { gradients } from './gradient.ts';

const product = (numbers: readonly number[]) => numbers.reduce((all, n) => all * n, 1);
/** Small integers, multiples of `scale`. */
const integers = (length: number, seed: number, scale = 1) =>
  Float64Array.from({ length }, (_, i) => (((i * i * 7 + i * 3 + seed * 5) % 11) - 5) * scale);
const dot = (a: Float64Array, b: Float64Array) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

const small = (least: number, most: number) => fc.integer({ min: least, max: most });
const fills = fc.constantFrom<Fill>(0, 0, 0, 2, 'reflect', 'symmetric', 'replicate', 'wrap');
const axes = (operation: Geometry['operation'], fill: fc.Arbitrary<Fill>) =>
  fc.array(
    fc
      .record({
        size: small(0, 6),
        kernel: operation === 'pad' ? fc.constantFrom(1, 1, 1, 2) : small(1, 3),
        stride: small(1, 3),
        dilation: small(1, 2),
        inputDilation: fc.constantFrom(1, 1, 2, 3),
        before: small(-2, 4),
        after: small(-2, 4),
        overhang: operation === 'pad' ? fc.constant(0) : fc.constantFrom(0, 0, 1, 2),
        fillBefore: fill,
        fillAfter: fill,
      })
      .map((given) => axis(given)),
    { minLength: 1, maxLength: 3 },
  );

function problems(operation: Geometry['operation'], fill: fc.Arbitrary<Fill> = fills) {
  const conv = operation === 'conv';
  return fc
    .record({
      axes: axes(operation, fill),
      batch: small(0, 3),
      groups: conv ? small(1, 3) : fc.constant(1),
      channels: small(0, 3),
      filters: small(0, 3),
      flip: conv ? fc.boolean() : fc.constant(false),
      divisor: fc.constantFrom('window' as const, 'real' as const, 4),
    })
    .map(({ groups, channels, filters, ...rest }) =>
      geometry({
        operation,
        ...rest,
        groups,
        channels: channels * groups,
        ...(conv ? { filters: filters * groups } : {}),
      }),
    );
}

/** Numbers of a run as operands in any layout and with room between, to see that steps alone are followed. */
function spread(data: Float64Array, [n = 0, c = 0, ...sizes]: readonly number[], layout: 'first' | 'last') {
  const strides = dataStrides(layout, { channels: c, sizes });
  const apart = {
    n: strides.n * 2 + 3,
    c: strides.c * 2,
    sizes: strides.sizes.map((step) => step * 2),
  };
  const wide = new Float64Array(5 + (n + 1) * apart.n + 2).fill(Number.NaN);
  const each = (shape: readonly number[], steps: readonly number[], visit: (at: number) => void, at = 5) => {
    if (shape.length === 0) return visit(at);
    for (let i = 0; i < (shape[0] as number); i++)
      each(shape.slice(1), steps.slice(1), visit, at + i * (steps[0] as number));
  };
  let from = 0;
  each([n, c, ...sizes], [apart.n, apart.c, ...apart.sizes], (at) => {
    wide[at] = data[from++] as number;
  });
  return { data: wide, offset: 5, strides: apart };
}

/** Contiguous numbers in a layout, put in the order N C sizes. */
function canonical(data: Float64Array, shape: readonly number[], layout: 'first' | 'last'): Float64Array {
  const [, c = 0, ...sizes] = shape;
  const strides = dataStrides(layout, { channels: c, sizes });
  return Float64Array.from({ length: data.length }, (_, i) => {
    const steps = [strides.n, strides.c, ...strides.sizes];
    const at = rowMajor(shape).reduce(
      (sum, step, d) => sum + (Math.floor(i / step) % (shape[d] as number)) * (steps[d] as number),
      0,
    );
    return data[at] as number;
  });
}

const divisible = (fill: Fill): Fill => (typeof fill === 'number' ? 216 * fill : fill);
const layouts = fc.constantFrom('first' as const, 'last' as const);

describe("<A x, y> = <x, A' y>, exactly", () => {
  it('for a conv, with respect to input, weight and bias at once', () => {
    fc.assert(
      fc.property(problems('conv'), layouts, layouts, (of, given, layout) => {
        const shape = inputShape(of);
        const taps = of.axes.map((one) => one.kernel);
        const input = integers(product(shape), 0);
        const weight = integers(of.filters * (of.channels / of.groups) * product(taps), 1);
        const bias = integers(of.filters, 2);
        const y = integers(product(outputShape(of)), 3);
        const found = gradients(
          of,
          {
            input: spread(input, shape, given),
            weight,
            outputGradient: spread(y, outputShape(of), given),
          },
          { layout },
        );
        const constants = dot(run(of, { input: new Float64Array(input.length), weight }), y);
        const linear = dot(run(of, { input, weight }), y);
        expect(found.input?.length).toBe(input.length);
        expect(dot(input, canonical(found.input as Float64Array, shape, layout))).toBe(linear - constants);
        expect(dot(weight, found.weight as Float64Array)).toBe(linear);
        expect(dot(bias, found.bias as Float64Array)).toBe(dot(run(of, { input, weight, bias }), y) - linear);
      }),
      { numRuns: 1000 },
    );
  });

  it('for any two weights: the gradient itself, not one product of it', () => {
    fc.assert(
      fc.property(problems('conv'), small(1, 1000), (of, seed) => {
        const taps = of.axes.map((one) => one.kernel);
        const input = integers(product(inputShape(of)), 0);
        const length = of.filters * (of.channels / of.groups) * product(taps);
        const weight = Float64Array.from({ length }, (_, i) => ((i * 2654435761 + seed * 40503) >>> 7) % 7);
        const y = integers(product(outputShape(of)), 3);
        const found = gradients(of, { input, outputGradient: y }, { wanted: ['weight'] });
        expect(Object.keys(found)).toEqual(['weight']);
        expect(dot(weight, found.weight as Float64Array)).toBe(dot(run(of, { input, weight }), y));
      }),
      { numRuns: 400 },
    );
  });

  // Counts are products of 1, 2 and 3: 216 times an integer is divided exactly, twice.
  it.each(['average', 'pad'] as const)('for the %s', (operation) => {
    fc.assert(
      fc.property(problems(operation, fills.map(divisible)), layouts, layouts, (of, given, layout) => {
        const shape = inputShape(of);
        const input = integers(product(shape), 0, 216);
        const y = integers(product(outputShape(of)), 3, 216);
        const found = gradients(of, { outputGradient: spread(y, outputShape(of), given) }, { layout });
        const defined = (numbers: Float64Array) => numbers.map((value) => (Number.isNaN(value) ? 0 : value));
        const constants = dot(defined(run(of, { input: new Float64Array(input.length) })), y);
        expect(dot(input, canonical(found.input as Float64Array, shape, layout))).toBe(
          dot(defined(run(of, { input })), y) - constants,
        );
      }),
      { numRuns: 600 },
    );
  });

  it('for the pad of every fill, as a conv of one tap has it', () => {
    fc.assert(
      fc.property(problems('pad'), (of) => {
        const whole = geometry({ ...of, axes: of.axes.map((one) => ({ ...one, kernel: 1 })) });
        const conv = geometry({ ...whole, operation: 'conv', groups: Math.max(1, of.channels) });
        const y = integers(product(outputShape(whole)), 3);
        const one = new Float64Array(of.channels).fill(1);
        expect(gradients(whole, { outputGradient: y })).toEqual(
          gradients(conv, { outputGradient: y, weight: one }, { wanted: ['input', 'bias'] }),
        );
      }),
      { numRuns: 300 },
    );
  });
});

const conv = parse('1x1x5 k3 -> 1');
const five = Float64Array.of(1, 2, 3, 4, 5);
const weight = Float64Array.of(1, 10, 100);
const outputGradient = Float64Array.of(1, 2, 3);

describe('gradients', () => {
  it('gives what was asked for, in the type of the input', () => {
    expect(gradients(conv, { input: five, weight, outputGradient })).toEqual({
      input: Float64Array.of(1, 12, 123, 230, 300),
      weight: Float64Array.of(14, 20, 26),
      bias: Float64Array.of(6),
    });
    expect(gradients(conv, { weight, outputGradient }, { wanted: ['input'] })).toEqual({
      input: Float64Array.of(1, 12, 123, 230, 300),
    });
    const single = gradients<Float32Array | Float64Array>(conv, {
      input: Float32Array.from(five),
      weight,
      outputGradient,
    });
    expect(single).toEqual({
      input: Float32Array.of(1, 12, 123, 230, 300),
      weight: Float32Array.of(14, 20, 26),
      bias: Float32Array.of(6),
    });
  });

  it('writes the weight in the order asked for', () => {
    fc.assert(
      fc.property(problems('conv', fc.constant(0)), (of) => {
        const inputs = {
          input: integers(product(inputShape(of)), 0),
          outputGradient: integers(product(outputShape(of)), 1),
        };
        const wanted = ['weight'] as const;
        const usual = gradients(of, inputs, { wanted }).weight as Float64Array;
        const taps = of.axes.map((one) => one.kernel);
        const [g, o, i] = [of.groups, of.filters / of.groups, of.channels / of.groups];
        const sides = { 'gi o k': [g * i, o, ...taps], 'k i go': [...taps, i, g * o] };
        for (const [order, shape] of Object.entries(sides)) {
          const found = gradients(of, inputs, { wanted, order }).weight as Float64Array;
          const strides = weightStrides({ shape, strides: rowMajor(shape) }, order, taps.length, g);
          const numbers: number[] = [];
          const each = (rest: readonly (readonly [number, number])[], at: number): void => {
            const [first, ...more] = rest;
            if (first === undefined) numbers.push(found[at] as number);
            else for (let k = 0; k < first[0]; k++) each(more, at + k * first[1]);
          };
          const steps = strides.k.map((step, d) => [taps[d] as number, step] as const);
          each([[g, strides.g], [o, strides.o], [i, strides.i], ...steps], 0);
          expect(numbers).toEqual([...usual]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives zeros where nothing is put out, or nothing put in', () => {
    expect(
      gradients(parse('1x1x2 k3 -> 2'), {
        input: five.subarray(0, 2),
        weight: new Float64Array(6),
        outputGradient: new Float64Array(),
      }),
    ).toEqual({
      input: new Float64Array(2),
      weight: new Float64Array(6),
      bias: new Float64Array(2),
    });
    const padded = geometry({ axes: [{ size: 0, kernel: 2, before: 1, after: 1 }] });
    expect(
      gradients(padded, {
        input: new Float64Array(),
        weight: new Float64Array(2),
        outputGradient: Float64Array.of(7),
      }),
    ).toEqual({
      input: new Float64Array(),
      weight: new Float64Array(2),
      bias: Float64Array.of(7),
    });
  });

  it.each([
    [
      'a missing weight',
      () => gradients(conv, { input: five, outputGradient }),
      'the conv has no weight. [1x1x5 k3 -> 1]',
    ],
    [
      'a missing input',
      () => gradients(conv, { weight, outputGradient }),
      'the conv has no input. [1x1x5 k3 -> 1]',
    ],
    [
      'a maximum without input',
      () => gradients(parse('1x1x4 max k2 s2'), { outputGradient: Float64Array.of(1, 2) }),
      'the max has no input. [1x1x4 max k2 s2]',
    ],
    [
      'a short output gradient',
      () => gradients(conv, { input: five, weight, outputGradient: five.subarray(3) }),
      'outputGradient: expected 3 numbers, received 2. [1x1x5 k3 -> 1]',
    ],
    [
      'a short input',
      () => gradients(conv, { input: five.subarray(1), weight, outputGradient }),
      'input: expected 5 numbers, received 4. [1x1x5 k3 -> 1]',
    ],
    [
      'a short weight',
      () => gradients(conv, { input: five, weight: weight.subarray(1), outputGradient }),
      'weight: expected 3 numbers, received 2. [1x1x5 k3 -> 1]',
    ],
    [
      'a step backwards',
      () => {
        const strides = { n: 5, c: 5, sizes: [-1] };
        return gradients(conv, { input: { data: five, offset: 4, strides }, weight, outputGradient });
      },
      'input: expected an offset and 3 steps >= 0, received 4 and 5, 5, -1. [1x1x5 k3 -> 1]',
    ],
    [
      'half a step',
      () => {
        const strides = { n: 3, c: 3, sizes: [0.5] };
        const half = { data: outputGradient, offset: 0, strides };
        return gradients(conv, { input: five, weight, outputGradient: half });
      },
      'outputGradient: expected an offset and 3 steps >= 0, received 0 and 3, 3, 0.5. [1x1x5 k3 -> 1]',
    ],
    [
      'an order without channels',
      () =>
        gradients(
          parse('1x2x5 k3 -> 1'),
          { input: new Float64Array(10), weight: new Float64Array(6), outputGradient },
          { order: 'k go' },
        ),
      "order 'k go': expected 6 numbers, received 3. [1x2x5 k3 -> 1]",
    ],
    [
      'the weight of a pool',
      () => gradients(parse('1x1x4 max k2 s2'), { input: five, outputGradient }, { wanted: ['weight'] }),
      'a max has no gradient of its weight. [1x1x4 max k2 s2]',
    ],
    [
      'a small limit',
      () => gradients(conv, { input: five, weight, outputGradient }, { memoryLimit: 95 }),
      'the gradients 1x1x5, 1x1x3, 1 need 96 bytes for 9 numbers and the workspace, at most 95 bytes and 2147483647 numbers each are allowed. [1x1x5 k3 -> 1]',
    ],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });

  it('reads shared memory, and refuses a detached buffer', () => {
    const shared = new Float64Array(new SharedArrayBuffer(24));
    shared.set(outputGradient);
    expect(gradients(conv, { weight, outputGradient: shared }, { wanted: ['input', 'bias'] })).toEqual({
      input: Float64Array.of(1, 12, 123, 230, 300),
      bias: Float64Array.of(6),
    });
    const gone = Float64Array.from(outputGradient);
    structuredClone(gone, { transfer: [gone.buffer] });
    expect(() => gradients(conv, { weight, outputGradient: gone }, { wanted: ['input'] })).toThrow(
      'outputGradient: expected 3 numbers, received 0. [1x1x5 k3 -> 1]',
    );
  });

  it('refuses what would not fit before it allocates anything', () => {
    const of = geometry({ channels: 2 ** 10, axes: [{ size: 2 ** 30, kernel: 2, stride: 2 ** 30 }] });
    const strides = { n: 0, c: 0, sizes: [0] };
    const one = { data: Float32Array.of(1), offset: 0, strides };
    const inputs = { input: one, weight: new Float32Array(2 ** 11), outputGradient: one };
    expect(outputShape(of)).toEqual([1, 1, 1]);
    expect(() => gradients(of, inputs)).toThrow(
      `the gradients 1x1024x1073741824, 1x1024x2, 1 need 4398046527492 bytes for 1099511629825 numbers and the workspace, at most 8589934592 bytes and 2147483647 numbers each are allowed. [${print(of)}]`,
    );
    expect(gradients(of, inputs, { wanted: ['bias'] })).toEqual({ bias: Float32Array.of(1) });
  });
});
