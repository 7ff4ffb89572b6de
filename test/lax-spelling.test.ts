// What Flax and JAX write for a geometry, read again and run: the same numbers, and in one line the same geometry.

import { describe, expect, it } from 'vitest';
import type { Dialect } from '../src/dialects/dialect.ts';
import { flax } from '../src/dialects/flax.ts';
import { jax } from '../src/dialects/jax.ts';
import { readLayers } from '../src/dialects/python.ts';
import { write } from '../src/dialects/writers.ts';
import { run } from '../src/engine/engine.ts';
import {
  type Axis,
  type Fill,
  type Geometry,
  geometry,
  inputShape,
  type Operation,
  out,
  outputShape,
  print,
  sameGeometry,
} from '../src/geometry/index.ts';

/** Numbers of a repeatable sequence. */
function dice(seed: number) {
  let state = seed;
  return <Choice>(choices: readonly Choice[]): Choice => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return choices[Math.floor((state / 2 ** 31) * choices.length)] as Choice;
  };
}

const FILLS: readonly Fill[] = ['reflect', 'symmetric', 'replicate', 'wrap', 2, -Infinity];

function anyGeometry(seed: number): Geometry {
  const roll = dice(seed);
  const operation = roll<Operation>(['conv', 'conv', 'conv', 'max', 'average', 'pad']);
  const own = operation === 'max' ? -Infinity : 0;
  const foreign = roll([false, false, true]);
  const transposes = operation === 'conv' && roll([false, false, true]);
  const groups = operation === 'conv' ? roll([1, 1, 2]) : 1;
  const axes = Array.from({ length: roll([1, 1, 2]) }, () => {
    const fill = foreign ? roll(FILLS) : own;
    const kernel = operation === 'pad' ? 1 : roll([1, 2, 3, 4]);
    return {
      size: roll([1, 2, 3, 4, 5, 6]),
      kernel,
      stride: operation === 'pad' || (transposes && roll([true, true, false])) ? 1 : roll([1, 2, 3]),
      dilation: operation === 'conv' || operation === 'max' ? roll([1, 1, 2]) : 1,
      inputDilation: transposes ? roll([1, 2, 3]) : 1,
      before: roll([0, 0, 1, 1, 2, 3, -1]),
      after: roll([0, 0, 1, 1, 2, 3, -1, -2]),
      fillBefore: fill,
      fillAfter: roll([fill, fill, own]),
    };
  });
  return geometry({
    operation,
    channels: 2,
    filters: operation === 'conv' ? 4 : 2,
    groups,
    axes,
    flip: transposes && roll([true, false]),
    divisor: operation === 'average' ? roll(['window', 'real'] as const) : 'window',
  });
}

function product(shape: readonly number[]): number {
  return shape.reduce((all, n) => all * n, 1);
}

function numbers(steps: readonly Geometry[], of: Geometry): number[] {
  let data = Float64Array.from({ length: product(inputShape(of)) }, (_, i) => ((i * 7) % 11) - 4);
  const taps = product([of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)]);
  const weight = Float64Array.from({ length: taps }, (_, i) => ((i * 5) % 7) - 2);
  for (const step of steps)
    data = run(step, step.operation === 'conv' ? { input: data, weight } : { input: data });
  return [...data];
}

function layoutShape(of: Geometry, dialect: Dialect): number[] {
  const [batch = 1, channels = 1, ...sizes] = inputShape(of);
  return dialect.id === 'flax' ? [batch, ...sizes, channels] : [batch, channels, ...sizes];
}

/** The steps that a dialect's own code for a geometry comes to, or null where it has none. */
function readBack(of: Geometry, dialect: Dialect): { lines: readonly string[]; steps: Geometry[] } | null {
  const said = write(dialect, of, false);
  if ('impossible' in said) return null;
  const tensors = { x: layoutShape(of, dialect), ...said.tensors };
  let shape: readonly number[] = layoutShape(of, dialect);
  const steps = readLayers(said.lines.join('\n'), { dialects: [dialect], tensors }).flatMap((layer) => {
    const resolved = layer.resolve(shape);
    shape = resolved.output;
    return resolved.steps;
  });
  return { lines: said.lines, steps };
}

function fits(of: Geometry): boolean {
  return of.axes.every((one: Axis) => out(one) > 0);
}

describe.each([flax, jax])('$id', (dialect) => {
  it('writes what it reads again as the same numbers', () => {
    const wrong: string[] = [];
    const tally = { single: 0, several: 0, impossible: 0 };
    for (let seed = 1; seed <= 6000; seed++) {
      const of = anyGeometry(seed * 7919);
      let text = print(of);
      try {
        const back = readBack(of, dialect);
        if (back === null) {
          tally.impossible += 1;
          continue;
        }
        tally[back.lines.length === 1 ? 'single' : 'several'] += 1;
        text = `${text}: ${back.lines.join('; ')}`;
        const last = back.steps.at(-1) as Geometry;
        if (outputShape(last).join() !== outputShape(of).join()) wrong.push(`shape ${text}`);
        else if (JSON.stringify(numbers(back.steps, of)) !== JSON.stringify(numbers([of], of)))
          wrong.push(`numbers ${text}`);
        else if (back.steps.length === 1 && !sameGeometry(back.steps[0] as Geometry, of))
          wrong.push(`geometry ${text}`);
      } catch (error) {
        wrong.push(`${text}: ${error}`);
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(tally.single).toBeGreaterThan(3500);
    expect(tally.several).toBeGreaterThan(900);
  });

  it('says in one line whatever zeros, crops and holes can say without a mirrored kernel', () => {
    for (let seed = 1; seed <= 2000; seed++) {
      const of = anyGeometry(seed * 104729);
      const plain = of.axes.every((one) => one.fillBefore === 0 && one.fillAfter === 0);
      if (of.operation !== 'conv' || of.flip || !plain || !fits(of)) continue;
      expect(readBack(of, dialect)?.lines.length, print(of)).toBe(1);
    }
  });
});
