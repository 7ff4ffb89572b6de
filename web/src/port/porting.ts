// A port as the screen shows it: the target's code, read back and compared; what people usually write there and how far that
// is off; what a port leaves out; and why there is none.

import {
  type Dialect,
  dialects,
  type Layer,
  port,
  portDynamic,
  type ReadAll,
  type Shape,
  usual,
  type WeightMove,
} from 'padwise/dialects';
import {
  type Agreement,
  agreement,
  type Comparison,
  canonical,
  compare,
  type Verdict,
} from 'padwise/explain';
import { readLayers } from 'padwise/python';
import { chain, windowed } from 'padwise/stacks';
import { say, type Text } from 'padwise/words';
import { inputOf } from '../layer.ts';

/** What is asked: these layers, on this input, in that framework. */
export interface Question {
  readonly layers: readonly Layer[];
  readonly sizes: readonly number[];
  readonly every: boolean;
  readonly target: Dialect;
}

/** What is answered. */
export interface Answer {
  readonly question: Question;
  /** The layers as one; those that slide no window pass everything on. */
  readonly layer: Layer;
  readonly input: Shape;
  /** Whose words the layers are. */
  readonly from: string;
  /** The target's code; null where it has none. */
  readonly lines: readonly string[] | null;
  /** The shapes of the tensors that the code names. */
  readonly tensors: Readonly<Record<string, Shape>>;
  readonly weights: readonly WeightMove[];
  /** What reading the lines back on this input comes to; null where they hold expressions of the size. */
  readonly readBack: Verdict | null;
  /** From which size on the code holds, and the period it was proved over; null for one size. */
  readonly every: { readonly first: number; readonly period: number } | null;
  readonly impossible: Text | null;
  /** Code that holds for the sizes of some remainders. */
  readonly some: readonly { readonly lines: readonly string[]; readonly remainders: readonly number[] }[];
  readonly period: number;
  readonly notes: readonly Text[];
  readonly usual: Usual | null;
}

/** What people write without computing anything. */
export interface Usual {
  readonly code: string;
  readonly comparison: Comparison;
  readonly agreement: Agreement | null;
}

const readAll: ReadAll = (code, dialect, tensors) => readLayers(code, { dialects: [dialect], tensors });

/** Ports layers; null where the sizes are not as many as the layer's axes. @throws DialectError where their own framework refuses */
export function ported(question: Question): Answer | null {
  const { layers, sizes, every, target } = question;
  const whole = chain(layers);
  const input = inputOf(whole, sizes);
  if (input === null) return null;
  if (!every) whole.resolve(input);
  const layer = chain(windowed(layers));
  const common = {
    question,
    layer,
    input,
    from: whole.framework,
    notes: leftOut(layers, target),
    weights: [],
    tensors: {},
    readBack: null,
    lines: null,
    every: null,
    some: [],
    period: 1,
  };
  if (!every) {
    const found = port(layer, input, target, readAll);
    if ('impossible' in found)
      return { ...common, impossible: found.impossible, usual: usualOf(layer, input, target, {}) };
    const { lines, weights, tensors } = found;
    const readBack = compared(layer, found.layers, input)?.verdict ?? null;
    const habit = usualOf(layer, input, target, tensors);
    return { ...common, impossible: null, lines, weights, tensors, readBack, usual: habit };
  }
  const open = unknown(layer, input);
  const found = portDynamic(layer, open, target, readAll);
  if ('impossible' in found) {
    const here = port(layer, input, target, readAll);
    const named = 'tensors' in here ? here.tensors : {};
    return { ...common, ...found, usual: usualOf(layer, input, target, named) };
  }
  const { first, period, weights } = found;
  const tensors = Object.fromEntries(found.lines.flatMap((line) => Object.entries(line.tensors)));
  return {
    ...common,
    impossible: null,
    lines: found.lines.map(({ code }) => code),
    weights,
    tensors,
    every: { first, period },
    usual: usualOf(layer, input, target, tensors),
  };
}

/** An input whose spatial sizes are not known. */
export function unknown({ layout, rank }: Layer, input: Shape): (number | null)[] {
  const first = input.length - rank - (layout === 'first' ? 0 : 1);
  return input.map((size, i) => (i >= first && i < first + rank ? null : size));
}

function compared(layer: Layer, others: readonly Layer[], input: Shape): Comparison | null {
  try {
    return compare(layer, chain(others), canonical(layer, input));
  } catch {
    // A refusal, or lines that are no chain of one rank: there is nothing to compare.
    return null;
  }
}

function usualOf(
  layer: Layer,
  input: Shape,
  target: Dialect,
  tensors: Readonly<Record<string, Shape>>,
): Usual | null {
  try {
    const lines = layer.resolve(input).steps.map((step) => usual(target, step));
    if (lines.length === 0 || lines.includes(null)) return null;
    const code = lines.join('\n');
    const others = readAll(code, target, { ...tensors, x: [] });
    const comparison = compared(layer, others, input);
    if (comparison === null) return null;
    const shape = canonical(layer, input);
    const repeats = ['same', 'shifted', 'pixels'].includes(comparison.verdict);
    return { code, comparison, agreement: repeats ? agreement(layer, chain(others), shape) : null };
  } catch {
    // A framework without a writer, or usual words that name a weight of unknown shape: nothing is said of habits.
    return null;
  }
}

/** Layers that slide no window: a port leaves them out. */
const STILL: ReadonlySet<string> = new Set(['pointwise', 'dense', 'flatten']);

/** What a port does not say: layers without a window, activations; and what no run of a framework stands behind. */
function leftOut(layers: readonly Layer[], target: Dialect): Text[] {
  const said = layers.flatMap(({ name, kind, activation }, i): Text[] => {
    const place = layers.length === 1 ? name : say`${name} (layer ${i + 1})`;
    if (STILL.has(kind)) return [say`${place} slides no window and is left out; add it in ${target.title}`];
    if (activation === null || kind === 'input') return [];
    return [say`${place} ends with the activation ${activation}; add it in ${target.title}`];
  });
  const spoken = new Set([...layers.map(({ framework }) => framework), target.id]);
  const unverified = dialects.flatMap((one) =>
    spoken.has(one.id) && one.unverified !== undefined ? [one.unverified] : [],
  );
  return [...said.slice(0, 6), ...unverified];
}
