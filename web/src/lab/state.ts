// What the lab shows: a layer from its fields or from pasted code, on one input, as the steps it computes. What cannot be
// read or does not fit leaves the last good one standing, and a sentence.
//
//   parts  64x64 k4 s2 / keras.same     fields
//          64x64 / =nn.Conv2d(3, 6, 4)  code

import type { Layer, Shape } from 'padwise/dialects';
import type { Geometry } from 'padwise/geometry';
import type { Text } from 'padwise/words';
import { useMemo, useRef } from 'preact/hooks';
import type { CodeProblem } from '../controls/code-field.tsx';
import { inputOf, problemOf, usePasted } from '../layer.ts';
import { geometryOf, parseSpec, type Rule, type Spec, specOf } from './spec.ts';

/** What a page can show of a layer. */
export interface Shown {
  /** The fields; of code, the nearest ones. */
  readonly spec: Spec;
  /** At least one. */
  readonly steps: readonly Geometry[];
  readonly rule: Rule | null;
  /** Read from code, else null: the layer and its input. */
  readonly read: { readonly layer: Layer; readonly input: Shape; readonly output: Shape } | null;
}

/** The lab at one address. */
export interface LabState {
  readonly shown: Shown;
  /** The pasted code; null where the fields say the layer. */
  readonly code: string | null;
  /** What is wrong with the code, or with its input. */
  readonly problem: CodeProblem | null;
  /** What of the address was not understood. */
  readonly wrong: Text | null;
  /** The code is not read yet. */
  readonly waiting: boolean;
}

/** The layer of the question this began with: Conv2D(6, 4, strides=2, padding='same') on 64x64x3. */
export const FIRST: readonly string[] = ['64x64 c3 f6 k4 s2', 'keras.same'];

/** The lab of an address's parts. */
export function useLab(parts: readonly string[]): LabState {
  const [sizes = '', second] = parts.length === 0 ? FIRST : parts;
  const code = second?.startsWith('=') ? second.slice(1) : null;
  const pasted = usePasted(code);
  const last = useRef<Shown | null>(null);
  const fields = useMemo(
    () => (code === null ? fromFields(parts.length === 0 ? FIRST : parts) : null),
    [parts.join('\n')],
  );
  const read = useMemo(
    () => (code === null || pasted.layer === null ? null : fromCode(code, pasted.layer, sizes)),
    [code, pasted.layer, sizes],
  );
  const found = fields ?? read;
  if (found !== null && found.shown !== null) last.current = found.shown;
  last.current ??= fromFields(FIRST).shown as Shown;
  const problem = code === null ? null : (pasted.problem ?? read?.problem ?? null);
  return {
    shown: last.current,
    code,
    problem,
    wrong: fields?.problem?.sentence ?? null,
    waiting: code !== null && pasted.layer === null && problem === null && code.trim() !== '',
  };
}

interface Found {
  readonly shown: Shown | null;
  readonly problem: CodeProblem | null;
}

function fromFields(parts: readonly string[]): Found {
  const spec = parseSpec(parts);
  if (typeof spec === 'string' || 'template' in spec) return { shown: null, problem: { sentence: spec } };
  try {
    return { shown: { spec, steps: [geometryOf(spec)], rule: spec.rule, read: null }, problem: null };
  } catch (error) {
    return { shown: null, problem: problemOf(error) };
  }
}

function fromCode(code: string, layer: Layer, text: string): Found {
  const spec = parseSpec([text === '' ? '64' : text]);
  if (typeof spec === 'string' || 'template' in spec) return { shown: null, problem: { sentence: spec } };
  try {
    const sizes = spec.axes.map(({ size }) => size);
    const fitting = sizes.length === layer.rank ? sizes : [sizes[0] as number];
    const channels = / c\d/.test(text) ? spec.channels : layer.rank === 2 ? 3 : 1;
    const input = inputOf(layer, fitting, channels);
    if (input === null) return { shown: null, problem: null };
    const { steps, output } = layer.resolve(input);
    const [first] = steps;
    if (first === undefined) return { shown: null, problem: null };
    const near = specOf(first, code);
    return { shown: { spec: near, steps, rule: near.rule, read: { layer, input, output } }, problem: null };
  } catch (error) {
    return { shown: null, problem: problemOf(error) };
  }
}
