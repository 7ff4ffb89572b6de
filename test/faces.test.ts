// The recorded numeric cases once more, through the faces: each pasted call is made in JavaScript, keyword arguments in
// braces, with real tensors, and the face's numbers must be those of the pasted code, which fixtures.test.ts holds against
// the framework's. A case of several calls, or one padwise refuses to read, is left out.

import { describe, expect, it } from 'vitest';
import { dialects, find, type Layer, type Parameter, type Shape, type Value } from '../src/dialects/index.ts';
import { parseCalls, readLayer } from '../src/dialects/python.ts';
import type { ComputingLayer } from '../src/layers/face.ts';
import * as flax from '../src/layers/flax.ts';
import * as keras from '../src/layers/keras.ts';
import * as mxnet from '../src/layers/mxnet.ts';
import * as torch from '../src/layers/torch.ts';
import { type Tensor, tensor } from '../src/tensor/tensor.ts';
import { fixtures, type NumericCase } from './fixtures.ts';
import { numbers } from './numeric.ts';

const MODULES: Readonly<Record<string, object>> = {
  'torch.nn': torch.nn,
  'torch.nn.functional': torch.nn.functional,
  'keras.layers': keras.layers,
  'tensorflow.keras.layers': keras.layers,
  'tensorflow.nn': keras.nn,
  'mxnet.gluon.nn': mxnet.nn,
  'flax.linen': flax.nn,
  'flax.nnx': flax.nnx,
  'jax.lax': flax.lax,
};
const DIALECT: Readonly<Record<string, string>> = { lax: 'jax' };

type Face = (...args: unknown[]) => ComputingLayer | Tensor;

/** The fixtures' integers; the input has seed 0, tensors and parameters 1, 2, 3 in their order. */
function integers(shape: Shape, seed: number, scale = 1): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const data = Float64Array.from(
    { length: size },
    (_, i) => (((i * i * 7 + i * 3 + seed * 5) % 11) - 5) * scale,
  );
  return tensor(data, shape);
}

/** The face of a call, if it has one. */
function faceOf(framework: string, path: string): Face | undefined {
  const chosen = dialects.filter(({ id }) => id === (DIALECT[framework] ?? framework));
  const full = find(chosen, path).path;
  const cut = full.lastIndexOf('.');
  const module = MODULES[full.slice(0, cut)] as Record<string, Face> | undefined;
  return module?.[full.slice(cut + 1)];
}

/** A Python value as a person writes it in JavaScript. */
function written(value: Value, tensors: Readonly<Record<string, Tensor>>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: Value) => written(one, tensors));
  if ('float' in value) return value.float;
  return 'tensor' in value ? (tensors[value.tensor] ?? value) : value;
}

function answer(framework: string, one: NumericCase): Tensor | undefined {
  const [call, ...more] = parseCalls(one.code, { x: one.input, ...one.tensors });
  const face = call === undefined || more.length > 0 ? undefined : faceOf(framework, call.path);
  if (call === undefined || face === undefined) return undefined;
  const x = integers(one.input, 0, one.scale);
  const given = Object.entries(one.tensors ?? {}).map(([name, shape], i) => [name, integers(shape, i + 1)]);
  const tensors = { x, ...Object.fromEntries(given) };
  const keywords = Object.entries(call.keywords).map(([name, value]) => [name, written(value, tensors)]);
  const made = face(
    ...call.args.map((value) => written(value, tensors)),
    ...(keywords.length > 0 ? [Object.fromEntries(keywords)] : []),
  );
  if (typeof made !== 'function') return made;
  const { steps } = made.geometry(one.input);
  const parameters = made.layer.parameters(steps[0]?.channels ?? 0);
  const filled = parameters.map((parameter: Parameter, i) => [
    parameter.name,
    integers(parameter.shape, i + 1),
  ]);
  if ('params' in made) Object.assign(made, { params: Object.fromEntries(filled) });
  else Object.assign(made, Object.fromEntries(filled));
  return made(x);
}

describe.each(['torch', 'keras', 'tensorflow', 'mxnet', 'flax', 'lax'])('%s', (framework) => {
  const chosen = dialects.filter(({ id }) => id === (DIALECT[framework] ?? framework));
  const numeric = fixtures(framework).get('numeric');
  const cases = numeric?.kind === 'numeric' ? numeric.cases : [];

  it('computes in its own words what the pasted code computes', () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const one of cases.filter(({ refused }) => refused === undefined)) {
      let layer: Layer;
      try {
        layer = readLayer(one.code, { dialects: chosen, tensors: { x: one.input, ...one.tensors } });
      } catch {
        continue;
      }
      const y = answer(framework, one);
      if (y === undefined) continue;
      compared += 1;
      const pasted = numbers(layer, one);
      const same =
        y.shape.join('x') === pasted.shape.join('x') &&
        pasted.values.every((value, i) => Object.is(value + 0, (y.data[i] as number) + 0));
      if (!same) wrong.push(`${one.code} on ${one.input.join('x')}`);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(150);
  });
});
