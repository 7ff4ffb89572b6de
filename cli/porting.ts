// A port as a command needs it, whether for one size or for every size: the lines, the weights, a check to run, a comparison
// with an existing port.

import {
  type Dialect,
  DialectError,
  type Dynamic,
  type DynamicLine,
  dialects,
  type Layer,
  type OnlySome,
  port,
  portDynamic,
  type Shape,
  shrunk,
  slimmed,
  type WeightMove,
} from '../src/dialects/index.ts';
import {
  agreement,
  arrange,
  type Comparison,
  canonical,
  compare,
  type Verdict,
} from '../src/explain/index.ts';
import { say, type Text } from '../src/words/index.ts';
import { caseOf, checkScript, type Runnable } from './check/script.ts';
import { Failure, INVALID } from './failure.ts';
import { inputOf, layersOf } from './subject.ts';

/** A size that stands for an unknown one while a shape is read: no layer has it. */
const UNKNOWN = 2 ** 31 - 19;
const UNKNOWN_SIZE = /(?<![\w])(?:n|N|\?|None|-1)(?![\w])/g;
/** How many sizes a check of every size runs, at least. */
const CHECKED = 6;

/** The input of a port: every number, or null where a size is unknown. */
export type Input = readonly (number | null)[];

/**
 * The input from --input: n, ?, None or -1 for an unknown size; all sizes are unknown without it, or with --dynamic.
 * @throws Failure 2 for a shape that is none
 */
export function portedInput(layer: Layer, given: string | undefined, dynamic: boolean): Input {
  if (given === undefined && layer.statedInput !== null && !dynamic) return inputOf(layer, undefined);
  const text = (given ?? 'n').replace(/(?<=\d|n|N|\?|None)x(?=-?\d|n|N|\?|None)/g, ',');
  const shape = inputOf(layer, text.replace(UNKNOWN_SIZE, String(UNKNOWN)));
  const channel = layer.layout === 'first' ? 1 : shape.length - 1;
  return shape.map((size, i) => {
    const spatial = i !== 0 && i !== channel;
    if (size !== UNKNOWN) return spatial && dynamic ? null : size;
    if (spatial) return null;
    if (i === 0) return 1;
    if (layer.channels != null) return layer.channels;
    throw new Failure(
      INVALID,
      say`--input: the channels of ${layer.name} must be known, received ${given ?? ''}`,
      'Its weights depend on them.',
    );
  });
}

/** A layer in another framework's words. */
export interface Port {
  readonly lines: readonly string[];
  readonly weights: readonly WeightMove[];
  readonly notes: readonly Text[];
  /** For which sizes: the one input, or every one from `first` on. */
  readonly every: { readonly first: number; readonly period: number } | null;
}

/** Why there is none; `some` are lines for some sizes. */
export interface NoPort {
  readonly impossible: Text;
  readonly some: OnlySome['some'];
  readonly period: number;
}

/** Ports layers, joined as `layer`, for their input. @throws DialectError where the layer's own framework refuses */
export function ported(layers: readonly Layer[], layer: Layer, input: Input, target: Dialect): Port | NoPort {
  const notes = leftOut(layers, target);
  if (isKnown(input)) {
    const found = port(layer, input, target, layersOf);
    if ('impossible' in found) return { impossible: found.impossible, some: [], period: 1 };
    return { lines: found.lines, weights: found.weights, notes, every: null };
  }
  const found = portDynamic(layer, input, target, layersOf);
  if ('impossible' in found) return found;
  const { first, period, weights } = found;
  return { lines: found.lines.map(({ code }) => code), weights, notes, every: { first, period } };
}

/** Layers that slide no window: a port leaves them out. */
const STILL: ReadonlySet<string> = new Set(['pointwise', 'dense', 'flatten']);

/** What a port of these layers does not say: activations and layers without a window; and what was never run. */
function leftOut(layers: readonly Layer[], target: Dialect): Text[] {
  const groups = new Map<string, { layer: Layer; places: number[] }>();
  for (const [i, layer] of layers.entries()) {
    if (!STILL.has(layer.kind) && (layer.activation === null || layer.kind === 'input')) continue;
    const key = `${layer.name} ${layer.activation ?? ''}`;
    const group = groups.get(key) ?? { layer, places: [] };
    group.places.push(i + 1);
    groups.set(key, group);
  }
  const said = [...groups.values()].map(({ layer: { name, kind, activation }, places }): Text => {
    const several = places.length > 1 ? say`${name} (layers ${places.join(', ')})` : null;
    const place = layers.length === 1 ? name : (several ?? say`${name} (layer ${places[0] ?? 1})`);
    if (STILL.has(kind)) return say`${place} slides no window and is left out; add it in ${target.title}`;
    return say`${place} ends with the activation ${activation ?? ''}; add it in ${target.title}`;
  });
  const spoken = new Set([...layers.map(({ framework }) => framework), target.id]);
  return [
    ...said,
    ...dialects.flatMap(({ id, unverified }) => (spoken.has(id) && unverified ? [unverified] : [])),
  ];
}

/** Whether every size is known. */
export function isKnown(input: Input): input is readonly number[] {
  return input.every((size) => size !== null);
}

/**
 * A Python script that runs the port in its framework and compares; on few channels, and small sizes that pad alike.
 * @throws Failure where the target cannot say it, or padwise writes no check for it
 */
export function checkOf(layer: Layer, input: Input, target: Dialect): string {
  if (isKnown(input)) {
    const slim = slimmed(layer, shrunk(layer, input));
    const found = said(port(slim.layer, slim.input, target, layersOf), target);
    const lines = found.steps.flatMap(({ lines: own, tensors }) =>
      own.map((code) => ({ code, read: code, tensors })),
    );
    return checkScript(
      slim.layer,
      { lines, weights: found.weights },
      [caseOf(slim.layer, slim.input)],
      target,
    );
  }
  const { first, period } = said(portDynamic(layer, input, target, layersOf), target);
  const example = atSize(input, first + period);
  const slim = slimmed(layer, example);
  const unknown = slim.input.map((size, i) => (input[i] === null ? null : size));
  const found = said(portDynamic(slim.layer, unknown, target, layersOf), target);
  const sizes = Array.from({ length: Math.max(CHECKED, period + 2) }, (_, i) => first + i);
  const inputs = sizes.flatMap((size) => [atSize(unknown, size), atSize(unknown, size, size + 1)]);
  const legal = distinct(inputs).filter((one) => isLegal(slim.layer, one));
  return checkScript(
    slim.layer,
    runnable(found, slim.layer, legal[0] as Shape),
    legal.map((one) => caseOf(slim.layer, one)),
    target,
  );
}

/** The unknown sizes of an input as numbers; the later ones another. */
function atSize(input: Input, size: number, later: number = size): Shape {
  let seen = 0;
  return input.map((one) => one ?? (seen++ === 0 ? size : later));
}

function distinct(shapes: readonly Shape[]): Shape[] {
  return [...new Map(shapes.map((one) => [one.join(), one])).values()];
}

function isLegal(layer: Layer, input: Shape): boolean {
  try {
    return !layer.resolve(input).output.includes(0);
  } catch {
    return false;
  }
}

function runnable(found: Dynamic, layer: Layer, input: Shape): Runnable {
  const { steps } = layer.resolve(input);
  const read = (line: DynamicLine) => line.at(steps[line.step]?.axes.map(({ size }) => size) ?? []);
  return {
    lines: found.lines.map((line) => ({ code: line.code, read: read(line), tensors: line.tensors })),
    weights: found.weights,
  };
}

/** What was said. @throws Failure where it cannot be */
function said<T extends object>(found: T, target: Dialect): Exclude<T, { readonly impossible: Text }> {
  if ('impossible' in found)
    throw new Failure(INVALID, say`${target.title} cannot say this layer: ${found.impossible as Text}`);
  return found as Exclude<T, { readonly impossible: Text }>;
}

/** How an existing port compares with the layer: at the first size where they differ, or at the last one tried. */
export interface Against {
  readonly verdict: Verdict;
  /** Null where the existing port refuses an input that the layer takes; then `refused` says why. */
  readonly comparison: Comparison | null;
  readonly refused: Text | null;
  /** As the layer has it, [batch, channels, ...sizes]. */
  readonly input: Shape;
  readonly agreement: ReturnType<typeof agreement>;
}

/** Compares a layer with another one on its input, or on every size of a few periods. */
export function against(layer: Layer, other: Layer, input: Input, port: Port | NoPort): Against {
  const every = 'every' in port ? port.every : null;
  const period = every?.period ?? ('period' in port ? port.period : 1);
  const sizes = isKnown(input)
    ? [0]
    : Array.from({ length: 4 * period + 24 }, (_, i) => (every?.first ?? 1) + i);
  const legal = sizes
    .map((size) => atSize(input, size))
    .filter((one) => isKnown(input) || isLegal(layer, one));
  const all = legal.map((one) => comparedAt(layer, other, canonical(layer, one)));
  // A shift says more than a size that is too small for one of the two.
  const found =
    all.find(({ verdict, refused }) => verdict !== 'same' && refused === null) ??
    all.find(({ refused }) => refused !== null) ??
    all.at(-1);
  if (found === undefined) throw new Failure(INVALID, say`${layer.name} gives nothing for the sizes tried`);
  const repeats = found.refused === null && ['same', 'shifted', 'pixels'].includes(found.verdict);
  return repeats ? { ...found, agreement: agreement(layer, other, found.input) } : found;
}

function comparedAt(layer: Layer, other: Layer, input: Shape): Against {
  const none = { comparison: null, refused: null, input, agreement: null };
  try {
    const comparison = compare(layer, other, input);
    return { ...none, verdict: comparison.verdict, comparison };
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
    layer.resolve(arrange(layer, input));
    return { ...none, verdict: 'shape', refused: error.sentence };
  }
}
