// Every recorded gradient of a real framework (oracle/gradients.py), and padwise's: the layer is read from the same code, run
// step by step, and its gradients are taken backwards through the steps.

import { readdirSync, readFileSync } from 'node:fs';
import type { Layer, Shape } from '../src/dialects/dialect.ts';
import { dialects } from '../src/dialects/index.ts';
import { readLayer } from '../src/dialects/python.ts';
import { run } from '../src/engine/engine.ts';
import { gradients } from '../src/engine/gradient.ts';
import { inputShape } from '../src/geometry/index.ts';
import { dataStrides, weightStrides } from '../src/tensor/layout.ts';
import { type Numbers, rowMajor } from '../src/tensor/tensor.ts';
import { filled, integers } from './numeric.ts';

const FOLDER = new URL('../oracle/gradients/', import.meta.url);

/** A layer and an input's shape, and what the framework answered. */
export interface GradientCase {
  readonly framework: string;
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

/** Every recorded gradient. */
export function* gradientCases(): Generator<GradientCase> {
  for (const file of readdirSync(FOLDER)) {
    const { framework, cases } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as GradientFixture;
    for (const one of cases) yield { ...one, framework };
  }
}

/** What of these differs from padwise's gradients of numbers that `make` makes. */
export function wrongGradients(cases: readonly GradientCase[], make: Make): string[] {
  return cases.flatMap((one) => {
    const chosen = dialects.filter(({ id }) => id === one.framework);
    const ours = found(readLayer(one.code, { dialects: chosen, tensors: { x: one.input } }), one, make);
    return Object.entries(one.gradients).flatMap(([name, real]) =>
      String(ours[name]) === String(real)
        ? []
        : [`${name} of ${one.code} on ${one.input.join('x')}: ${real}, padwise: ${ours[name]}`],
    );
  });
}

type Make = (numbers: Float64Array) => Numbers;

/** The gradients of a layer's input and parameters, by their names. */
function found(layer: Layer, one: GradientCase, make: Make): Record<string, number[]> {
  const { steps, output } = layer.resolve(one.input);
  if (output.join() !== one.output.join()) return {};
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
