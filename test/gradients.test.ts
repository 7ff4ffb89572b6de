// Every recorded gradient of a real framework (oracle/gradients.py) against padwise's, to the last digit: the layer is read
// from the same code, run step by step, and its gradients are taken backwards through the steps.

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Layer, Shape } from '../src/dialects/dialect.ts';
import { dialects } from '../src/dialects/index.ts';
import { readLayer } from '../src/dialects/python.ts';
import { run } from '../src/engine/engine.ts';
import { type Gradients, gradients } from '../src/engine/gradient.ts';
import type { Gradient } from '../src/engine/gradient-operands.ts';
import { configure } from '../src/engine/configure.ts';
import { inputShape, outputShape, print } from '../src/geometry/index.ts';
import { dataStrides, weightStrides } from '../src/tensor/layout.ts';
import { type Numbers, rowMajor } from '../src/tensor/tensor.ts';
import { filled, integers } from './numeric.ts';
import { layouts, problems, WINOGRAD_BOUND } from './problems.ts';

const FOLDER = new URL('../oracle/gradients/', import.meta.url);

interface GradientCase {
  readonly code: string;
  readonly input: Shape;
  /** Multiplies the output's gradient. */
  readonly scale?: number;
  readonly output: Shape;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

interface GradientFixture {
  readonly framework: string;
  readonly cases: readonly GradientCase[];
}

type Make = (numbers: Float64Array) => Numbers;

/** The gradients of a layer's input and parameters, by their names. */
function found(layer: Layer, one: GradientCase, make: Make): Record<string, number[]> {
  const { steps, output } = layer.resolve(one.input);
  expect(output).toEqual(one.output);
  const parameters = filled(layer, steps[0]?.channels ?? 0);
  const inputs: Numbers[] = [make(integers(one.input, 0))];
  const forward = steps.map((step, index) => {
    const weight = parameters.find((own) => own.step === index && own.role === 'kernel');
    const bias = parameters.find((own) => own.step === index && own.role === 'bias');
    const [, channels = 0, ...sizes] = inputShape(step);
    const given = {
      input: {
        data: inputs[index] as Numbers,
        offset: 0,
        strides: dataStrides(layer.layout, { channels, sizes }),
      },
      weight: weight && {
        data: make(weight.data),
        offset: 0,
        strides: weightStrides(
          { shape: weight.shape, strides: rowMajor(weight.shape) },
          weight.order,
          sizes.length,
          step.groups,
        ),
      },
    };
    const biased = { ...given, bias: bias && { data: make(bias.data), offset: 0, stride: 1 } };
    inputs.push(run(step, biased, { layout: layer.layout }));
    return { step, given, weight, bias };
  });
  const result: Record<string, number[]> = {};
  let outputGradient = make(integers(one.output, 4).map((value) => value * (one.scale ?? 1)));
  for (const { step, given, weight, bias } of forward.reverse()) {
    const wanted = [
      'input' as const,
      ...(weight ? ['weight' as const] : []),
      ...(bias ? ['bias' as const] : []),
    ];
    const order = weight === undefined ? {} : { order: weight.order };
    const back = gradients(step, { ...given, outputGradient }, { layout: layer.layout, wanted, ...order });
    if (weight !== undefined) result[weight.name] = plain(back.weight);
    if (bias !== undefined) result[bias.name] = plain(back.bias);
    outputGradient = back.input as Numbers;
  }
  return { input: plain(outputGradient), ...result };
}

/** Numbers without a negative zero. */
function plain(numbers: Numbers | undefined): number[] {
  return Array.from(numbers ?? [], (value) => value + 0);
}

describe.each(readdirSync(FOLDER))('%s', (file) => {
  const { framework, cases } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as GradientFixture;
  const chosen = dialects.filter(({ id }) => id === framework);

  afterAll(() => configure({ compileFrom: 4096 }));

  it.each([
    ['float64', (numbers: Float64Array) => numbers, 4096],
    ['float32', (numbers: Float64Array) => Float32Array.from(numbers), 4096],
    ['compiled float32', (numbers: Float64Array) => Float32Array.from(numbers), 0],
  ] as const)('in %s', (_, make, compileFrom) => {
    configure({ compileFrom });
    const wrong = cases.flatMap((one) => {
      const ours = found(readLayer(one.code, { dialects: chosen, tensors: { x: one.input } }), one, make);
      return Object.entries(one.gradients).flatMap(([name, real]) =>
        String(ours[name]) === String(real)
          ? []
          : [`${name} of ${one.code} on ${one.input.join('x')}: ${real}, padwise: ${ours[name]}`],
      );
    });
    expect(cases.length).toBeGreaterThan(400);
    expect(`${wrong.length} gradients differ\n${wrong.slice(0, 8).join('\n')}`).toBe('0 gradients differ\n');
  });
});

describe('compiled', () => {
  beforeAll(() => configure({ compileFrom: 0 }));
  afterAll(() => configure({ compileFrom: 4096 }));

  it.each(['default', 'strict'] as const)(
    'gradients of random geometries are those of the reference, %s',
    (precision) => {
      fc.assert(
        fc.property(problems, layouts, (of, layout) => {
          const kernel = of.axes.map((one) => one.kernel);
          const of64 = {
            input: integers(inputShape(of), 0),
            weight: integers([of.filters, of.channels / of.groups, ...kernel], 1),
            outputGradient: integers(outputShape(of), 4),
          };
          const of32 = {
            input: Float32Array.from(of64.input),
            weight: Float32Array.from(of64.weight),
            outputGradient: Float32Array.from(of64.outputGradient),
          };
          const expected = gradients(of, of64, { layout });
          const computed = gradients(of, of32, { layout, precision });
          expect(Object.keys(computed)).toEqual(Object.keys(expected));
          for (const what of Object.keys(expected) as Gradient[])
            expect(
              error(computed, expected, what),
              `${what} of ${print(of)}, channels ${layout}`,
            ).toBeLessThan(WINOGRAD_BOUND);
        }),
        { numRuns: 400 },
      );
    },
  );
});

/** The largest error of a gradient, relative to its largest number. */
function error(computed: Gradients, expected: Gradients, what: Gradient): number {
  const [ours, real] = [computed[what] as Numbers, expected[what] as Numbers];
  if (ours.length !== real.length) return Infinity;
  let [most, worst] = [1, 0];
  for (const [i, value] of real.entries()) {
    most = Math.max(most, Math.abs(value));
    const apart = Math.abs((ours[i] as number) - value);
    worst = Math.max(worst, Number.isNaN(apart) ? Infinity : apart);
  }
  return worst / most;
}
