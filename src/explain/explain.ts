// What a layer does to one input, with the numbers in the arithmetic: a plain value that JSON, the terminal and the docs
// read. Everything in it is read off the geometry; only the neighbours ask other dialects how people write such a layer.

import type { Layer, Shape } from '../dialects/dialect.ts';
import {
  type Axis,
  causalPads,
  extent,
  type Geometry,
  isTransposed,
  multiplyAdds,
  out,
  type Pads,
  print,
  remainder,
  samePads,
  sameReads,
  span,
  transposedWords,
  unread,
  windowPads,
} from '../geometry/index.ts';
import type { Text } from '../words/index.ts';
import { arrange, canonical, compareSteps, type Verdict } from './compare.ts';
import { english, type Words } from './words.ts';

/** One axis as --json shows it. */
export interface ExplainedAxis extends Omit<Axis, 'fillBefore' | 'fillAfter'> {
  readonly out: number;
}

/** How another framework's usual spelling of the layer compares. */
export interface Neighbour {
  readonly framework: string;
  readonly code: string;
  readonly verdict: Verdict;
  readonly shift: readonly number[];
  /** In its own layout. */
  readonly output: Shape;
}

/** What `explain` answers; plain data. */
export interface Explanation {
  readonly framework: string;
  readonly layer: string;
  /** The problem string of each step, joined by ' then '. */
  readonly problem: string;
  /** In the layer's own layout. */
  readonly input: Shape;
  readonly output: Shape;
  /** The axes of the first step, which is the one with a window. */
  readonly axes: readonly ExplainedAxis[];
  readonly parameters: readonly { readonly name: string; readonly shape: Shape }[];
  /** Null where they are too many to count one by one. */
  readonly multiplyAdds: number | null;
  /** Input indices that no window reads, per axis; null where there are too many to look at. */
  readonly unread: readonly (readonly number[] | null)[];
  readonly neighbours: readonly Neighbour[];
  readonly notes: readonly Text[];
}

/** The layers people would write elsewhere for such a geometry; the caller knows the frameworks, this module need not. */
export type Elsewhere = (
  of: Geometry,
) => readonly { readonly framework: string; readonly code: string; readonly layer: Layer }[];

/**
 * Explains a layer on an input in the layer's own layout, its neighbours if `elsewhere` is given.
 * @throws DialectError where the framework refuses
 */
export function explain(layer: Layer, input: Shape, elsewhere: Elsewhere = () => []): Explanation {
  const { steps, output } = layer.resolve(input);
  const [first] = steps as [Geometry];
  const channels = canonical(layer, input)[1] ?? 1;
  return {
    framework: layer.framework,
    layer: layer.name,
    problem: steps.map(print).join(' then '),
    input,
    output,
    axes: first.axes.map(({ fillBefore, fillAfter, ...axis }) => ({
      ...axis,
      out: out({ ...axis, fillBefore, fillAfter }),
    })),
    parameters: layer.parameters(channels).map(({ name, shape }) => ({ name, shape })),
    multiplyAdds: stepsWork(steps),
    unread: first.axes.map(unreadOf),
    neighbours: steps.length === 1 ? neighbours(layer, input, steps, elsewhere) : [],
    notes: layer.notes,
  };
}

/** Multiply-adds of steps in turn; null where the holes of a dilated input, counted tap by tap, are too many. */
export function stepsWork(steps: readonly Geometry[]): number | null {
  const counted = steps.flatMap(({ axes }) => axes.map((one) => Math.min(one.kernel, one.inputDilation)));
  return Math.max(0, ...counted) > 2 ** 20 ? null : steps.reduce((sum, step) => sum + multiplyAdds(step), 0);
}

/** The largest size, and the most reads, of an axis whose unread elements are listed. */
const LISTED = { size: 2 ** 16, reads: 2 ** 22 };

function unreadOf(axis: Axis): number[] | null {
  return axis.size > LISTED.size || out(axis) * axis.kernel > LISTED.reads ? null : unread(axis);
}

function neighbours(
  layer: Layer,
  input: Shape,
  steps: readonly Geometry[],
  elsewhere: Elsewhere,
): Neighbour[] {
  return elsewhere(steps[0] as Geometry).flatMap(({ framework, code, layer: other }) => {
    try {
      const resolved = other.resolve(arrange(other, canonical(layer, input)));
      const { verdict, shift } = compareSteps(steps, resolved.steps);
      return [{ framework, code, verdict, shift, output: resolved.output }];
    } catch {
      // What people usually write may be refused for this input: then there is nothing to compare.
      return [];
    }
  });
}

/** The arithmetic of one axis as lines of words. `operation` decides between a window's and a transposed conv's. */
export function arithmetic(of: Geometry, index: number, words: Words = english): string[] {
  const axis = of.axes[index] as Axis;
  const covered = extent(axis);
  const dilated = axis.dilation > 1 ? [words.extent(axis.kernel, axis.dilation, covered)] : [];
  if (isTransposed(of) && axis.stride === 1) {
    const { stride, natural, crop } = transposedWords(axis);
    return [
      ...dilated,
      words.natural(axis.size, stride, covered, natural),
      words.cut(crop[0], crop[1], out(axis)),
    ];
  }
  const pads = axis.before !== 0 || axis.after !== 0 ? [axis.before, axis.after] : [];
  const terms = [span(axis), ...pads, ...(axis.overhang > 0 ? [axis.overhang] : [])];
  const room = terms.reduce((sum, term) => sum + term, 0);
  const lines = [...dilated, ...padding(axis, of, words)];
  if (out(axis) === 0) return [...lines, words.empty(room, covered)];
  if (of.operation === 'pad') return [...lines, words.padded(terms, out(axis))];
  lines.push(words.out(terms, covered, axis.stride, out(axis)));
  if (axis.before !== 0 || axis.after !== 0) {
    const bare = Math.max(0, Math.floor((span(axis) - covered) / axis.stride) + 1);
    if (bare !== out(axis)) lines.push(words.unpadded(span(axis), covered, axis.stride, bare));
  }
  const skipped = unreadOf(axis);
  if (skipped !== null && skipped.length > 0)
    lines.push(words.unread(ranges(skipped), skipped.length, axis.size));
  else if (remainder(axis) > 0 && axis.overhang === 0) lines.push(words.remainder(remainder(axis)));
  return lines;
}

function padding(axis: Axis, of: Geometry, words: Words): string[] {
  const { size, stride, before, after } = axis;
  if (before === 0 && after === 0 && axis.overhang === 0) return [words.noPads];
  const total = before + after;
  const lines: string[] = [];
  const given = ([low, high]: Pads) => low === before && high === after && axis.inputDilation === 1;
  const wide = extent(axis);
  if (total > 0 && (given(samePads(axis)) || given(samePads(axis, 'lower')))) {
    lines.push(words.samePads(size, stride, wide, Math.ceil(size / stride), total));
  } else if (total > 0 && given(windowPads(axis)) && stride > 1) lines.push(words.windowPads(wide, total));
  else if (total > 0 && given(causalPads(axis))) lines.push(words.causalPads(wide));
  lines.push(words.pads(before, after));
  if (of.operation !== 'max' && (axis.fillBefore !== 0 || axis.fillAfter !== 0)) {
    lines.push(words.fills(String(axis.fillBefore), String(axis.fillAfter)));
  }
  if (axis.overhang > 0) lines.push(words.overhang(axis.overhang));
  return lines;
}

/** Axes that are alike, together: [[0, 1]] for a square problem, [[0], [1]] otherwise. */
export function alike(of: Geometry): number[][] {
  const groups: number[][] = [];
  of.axes.forEach((axis, i) => {
    const group = groups.find(
      ([first]) =>
        axis.size === of.axes[first as number]?.size && sameReads(axis, of.axes[first as number] as Axis),
    );
    if (group === undefined) groups.push([i]);
    else group.push(i);
  });
  return groups;
}

/** Indices as ranges: 5..7, 9. */
export function ranges(indices: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const index of indices) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else parts.push([index, index]);
  }
  const texts = parts.map(([from, to]) => (from === to ? `${from}` : `${from}..${to}`));
  return texts.length > 6 ? `${texts.slice(0, 3).join(', ')}, ..., ${texts.at(-1)}` : texts.join(', ');
}
