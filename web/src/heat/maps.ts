// The maps of the screen resolved: each its name, its steps on the input, and what is wrong with it.

import type { Layer } from 'padwise/dialects';
import { arrange } from 'padwise/explain';
import { extent, type Geometry } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';
import { inputFor } from '../compare/sweep.ts';
import type { CodeProblem } from '../controls/code-field.tsx';
import { problemOf } from '../layer.ts';
import { type Counts, countsOf } from './counts.ts';
import { layerOf, type MapSpec, type Side, type Window } from './state.ts';

/** One map, or why there is none. */
export interface ResolvedMap {
  readonly name: Text;
  readonly steps: readonly Geometry[] | null;
  readonly counts: Counts | null;
  readonly problem: CodeProblem | null;
}

/** A map on an input; `layer` is what its code was read as. */
export function resolved(map: MapSpec, layer: Layer | null, sizes: readonly number[]): ResolvedMap {
  if (map.kind === 'layer') {
    const steps = [layerOf(map.of, sizes)];
    return { name: windowName(map.of), steps, counts: countsOf(steps), problem: null };
  }
  const none = { name: say`code`, steps: null, counts: null, problem: null };
  if (layer === null) return none;
  const input = inputFor(layer, layer.channels ?? 3, sizes);
  if (input === null)
    return {
      ...none,
      problem: { sentence: say`It is a ${layer.rank}-D layer, but the input has ${sizes.length} sizes.` },
    };
  try {
    const { steps } = layer.resolve(arrange(layer, input));
    const [only] = steps;
    if (only === undefined) return none;
    const name =
      steps.length > 1 ? say`${steps.length} layers in turn` : say`${layer.name} ${windowName(only)}`;
    return { name, steps, counts: countsOf(steps), problem: null };
  } catch (error) {
    const { sentence, hint } = problemOf(error);
    return { ...none, problem: { sentence, hint } };
  }
}

/** 3 × 3, stride 2, padding 0 and 1. */
export function windowName({ axes }: Window): Text {
  const parts: Text[] = [axes.map(({ kernel }) => kernel).join(' × ')];
  const both = (of: (side: Side) => string) => {
    const each = axes.map(of);
    return each.every((one) => one === each[0]) ? (each[0] as string) : each.join(' × ');
  };
  if (axes.some(({ stride }) => stride > 1)) parts.push(say`stride ${both(({ stride }) => `${stride}`)}`);
  if (axes.some(({ dilation }) => dilation > 1))
    parts.push(say`dilation ${both(({ dilation }) => `${dilation}`)}`);
  if (axes.some(({ before, after }) => before + after > 0))
    parts.push(
      say`padding ${both(({ before, after }) => (before === after ? `${before}` : `${before},${after}`))}`,
    );
  return parts.reduce((all, part) => say`${all}, ${part}`);
}

/** Whether every axis has as much padding as makes every tap meet every element. */
export function isFull(of: Geometry): boolean {
  return of.axes.every(
    (axis) => axis.stride === 1 && axis.before >= extent(axis) - 1 && axis.after >= extent(axis) - 1,
  );
}
