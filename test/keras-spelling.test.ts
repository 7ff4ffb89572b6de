// What Keras and TensorFlow write for a geometry, read again and run: the same numbers, and in one line the same geometry.
// A bias is added where their code adds it, in the layer or at the end.

import { describe, expect, it } from 'vitest';
import type { Dialect, Layer } from '../src/dialects/dialect.ts';
import { keras } from '../src/dialects/keras.ts';
import { readLayers } from '../src/dialects/python.ts';
import { tensorflow } from '../src/dialects/tensorflow.ts';
import { write } from '../src/dialects/writers.ts';
import { run } from '../src/engine/engine.ts';
import {
  type Axis,
  axis,
  ceilMode,
  type Fill,
  type Geometry,
  geometry,
  inputShape,
  outputShape,
  print,
  sameGeometry,
} from '../src/geometry/index.ts';
import { integers } from './numeric.ts';

const GEOMETRIES = 3000;
const KINDS = ['conv', 'conv', 'conv', 'transposed', 'transposed', 'max', 'average', 'pad'] as const;
const FILLS: readonly Fill[] = [0, 0, 0, 0, 'reflect', 'symmetric', 'replicate', 5, 'wrap'];

type Kind = (typeof KINDS)[number];
type Roll = <Choice>(choices: readonly Choice[]) => Choice;

/** Choices of a repeatable sequence. */
function dice(seed: number): Roll {
  let state = seed;
  return (choices) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return choices[(state >>> 8) % choices.length] as (typeof choices)[number];
  };
}

function anyAxis(kind: Kind, roll: Roll): Axis {
  const size = roll([1, 2, 3, 4, 5, 6, 7, 8]);
  const kernel = kind === 'pad' ? 1 : roll([1, 2, 3, 4]);
  const step = roll([1, 2, 3]);
  const dilation = kind === 'pad' ? 1 : roll([1, 1, 1, 2, 3]);
  const before = roll([0, 0, 1, 1, 2, 3, -1, -2]);
  const after = roll([before, roll([0, 0, 1, 1, 2, 3, -1, -2])]);
  if (kind === 'transposed') {
    const window = { size, kernel, dilation, inputDilation: step, stride: roll([1, 1, 1, 1, 2]) };
    return axis({ ...window, before: roll([-1, 0, 1, 2, 3, 4]), after: roll([-1, 0, 1, 2, 3, 4, 5]) });
  }
  if (kind === 'max' || kind === 'average') {
    const fill = kind === 'max' ? -Infinity : 0;
    const pads = {
      before: Math.max(0, before),
      after: Math.max(0, after),
      fillBefore: fill,
      fillAfter: fill,
    };
    const pooled = axis({ size, kernel, stride: step, ...pads, dilation: roll([1, 1, 1, dilation]) });
    return roll([pooled, pooled, ceilMode(pooled, true)]);
  }
  const fill = roll(FILLS);
  const stride = kind === 'pad' ? 1 : step;
  return axis({
    size,
    kernel,
    stride,
    dilation,
    before,
    after,
    fillBefore: fill,
    fillAfter: roll([fill, fill, 0]),
  });
}

function anyGeometry(roll: Roll): Geometry {
  const kind = roll(KINDS);
  const axes = Array.from({ length: roll([1, 1, 2, 2, 3]) }, () => anyAxis(kind, roll));
  const taps = axes.reduce((product, one) => product * one.kernel, 1);
  const batch = roll([1, 2]);
  if (kind === 'conv') {
    return geometry({ batch, channels: 2, filters: roll([2, 4]), groups: roll([1, 1, 2]), axes });
  }
  if (kind === 'transposed') return geometry({ batch, channels: roll([1, 2]), filters: 2, flip: true, axes });
  return geometry({
    operation: kind,
    batch,
    channels: 2,
    axes,
    divisor: roll(['window', 'real', taps] as const),
  });
}

/** The numbers of these steps; the bias is added by the conv, or `late` at the end. */
function numbers(of: Geometry, steps: readonly Geometry[], biased: boolean, late: boolean): number[] {
  const bias = biased ? integers([of.filters], 2) : undefined;
  const weight = integers([of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)], 1);
  let data = integers(inputShape(of), 0).map((value) => value * 2520);
  for (const step of steps) {
    const own = step.operation === 'conv' ? { weight, bias: late ? undefined : bias } : {};
    data = run(step, { input: data, ...own });
  }
  if (bias === undefined || !late) return [...data];
  const [, filters = 1, ...outs] = outputShape(steps.at(-1) as Geometry);
  const positions = outs.reduce((product, n) => product * n, 1);
  return [...data].map((value, i) => value + (bias[Math.floor(i / positions) % filters] as number));
}

function judge(dialect: Dialect, of: Geometry, biased: boolean): 'one' | 'several' | 'none' {
  const said = write(dialect, of, biased);
  if ('impossible' in said) return 'none';
  const code = `${print(of)}\n${said.lines.join('\n')}`;
  const layers: readonly Layer[] = readLayers(said.lines.join('\n'), {
    dialects: [dialect],
    tensors: { ...said.tensors },
  });
  const [batch = 1, channels = 1, ...sizes] = inputShape(of);
  let shape: readonly number[] = [batch, ...sizes, channels];
  const steps: Geometry[] = [];
  const roles: string[] = [];
  for (const layer of layers) {
    const resolved = layer.resolve(shape);
    steps.push(...resolved.steps);
    roles.push(...layer.parameters(shape.at(-1) as number).map(({ role }) => role));
    shape = resolved.output;
  }
  const late = dialect.id === 'tensorflow';
  expect(roles, code).toEqual(of.operation === 'conv' ? ['kernel', ...(biased ? ['bias'] : [])] : []);
  if (said.lines.length === 1) expect(sameGeometry(of, steps[0] as Geometry), code).toBe(true);
  const close = numbers(of, steps, biased, late).map((value) => Math.round(value * 1e6) / 1e6);
  expect(close, code).toEqual(numbers(of, [of], biased, false).map((value) => Math.round(value * 1e6) / 1e6));
  return said.lines.length === 1 ? 'one' : 'several';
}

describe.each([keras, tensorflow])('$title', (dialect) => {
  it(`says ${GEOMETRIES} geometries exactly or not at all`, () => {
    const roll = dice(7);
    const counts = { one: 0, several: 0, none: 0 };
    for (let n = 0; n < GEOMETRIES; n++) {
      const of = anyGeometry(roll);
      counts[judge(dialect, of, of.operation === 'conv' && roll([true, false]))] += 1;
    }
    expect(counts.one + counts.several).toBeGreaterThan(GEOMETRIES / 2);
  });
});
