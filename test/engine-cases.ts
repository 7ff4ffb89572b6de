// The case list that every engine runs: each numeric case that a real framework answered and padwise agrees with, as plain data
// (engine-case.ts); and each distinct geometry behind the recorded rows, by its problem string.

import { dialects } from '../src/dialects/index.ts';
import { readLayer } from '../src/dialects/python.ts';
import { type Geometry, print } from '../src/geometry/index.ts';
import { weightStrides } from '../src/tensor/layout.ts';
import { rowMajor } from '../src/tensor/tensor.ts';
import { disagreement } from './disagreements.ts';
import type { EngineCase, EngineStep } from './engine-case.ts';
import { fixtures, frameworks, type GeometryFixture, type NumericCase, row } from './fixtures.ts';
import { type FilledParameter, filled, integers } from './numeric.ts';

/** Dialect that reads a folder, where it is not its own name. */
const FOLDERS: Readonly<Record<string, string>> = { lax: 'jax' };

/** Every recorded numeric case, but refusals and what stands in DISAGREEMENTS.md. */
export function* engineCases(): Generator<EngineCase> {
  for (const framework of frameworks()) {
    for (const [stem, fixture] of fixtures(framework)) {
      if (fixture.kind !== 'numeric') continue;
      for (const one of fixture.cases) {
        const apart = disagreement(framework, stem, { code: one.code }) !== undefined;
        if (one.values !== undefined && !apart) yield engineCase(framework, one);
      }
    }
  }
}

function engineCase(framework: string, one: NumericCase): EngineCase {
  const layer = readLayer(one.code, { dialects: read(framework), tensors: { x: one.input, ...one.tensors } });
  const { steps } = layer.resolve(one.input);
  const parameters = filled(layer, (steps[0] as Geometry).channels);
  return {
    name: `${framework} ${one.code} on ${one.input.join('x')}`,
    layout: layer.layout,
    input: [...integers(one.input, 0)].map((value) => value * (one.scale ?? 1)),
    steps: steps.map((step, index) =>
      engineStep(
        step,
        parameters.filter((own) => own.step === index),
      ),
    ),
    relu: layer.activation === 'relu',
    expected: one.values ?? [],
  };
}

function engineStep(step: Geometry, own: readonly FilledParameter[]): EngineStep {
  const weight = own.find((parameter) => parameter.role === 'kernel');
  const bias = own.find((parameter) => parameter.role === 'bias');
  const steps = ({ shape, order }: FilledParameter) =>
    weightStrides({ shape, strides: rowMajor(shape) }, order, step.axes.length, step.groups);
  return {
    problem: print(step),
    ...(weight && { weight: { data: [...weight.data], strides: steps(weight) } }),
    ...(bias && { bias: [...bias.data] }),
  };
}

/** The problem string of each distinct geometry that a framework's recorded rows ask for and padwise reads. */
export function engineProblems(framework: string): Set<string> {
  const problems = new Set<string>();
  const chosen = read(framework);
  for (const fixture of fixtures(framework).values()) {
    for (const text of fixture.kind === 'geometry' ? fixture.rows : []) {
      const { code, input, tensors } = row(fixture as GeometryFixture, text);
      const steps = stepsOf(() => readLayer(code, { dialects: chosen, tensors }), input);
      for (const step of steps) problems.add(print(step));
    }
  }
  return problems;
}

/** None for what padwise refuses. */
function stepsOf(make: () => ReturnType<typeof readLayer>, input: readonly number[]): readonly Geometry[] {
  try {
    return make().resolve(input).steps;
  } catch {
    return [];
  }
}

function read(framework: string) {
  return dialects.filter((dialect) => dialect.id === (FOLDERS[framework] ?? framework));
}
