// Code that may be exact for every size, most natural first:
//
//   what is written for one size                                nn.MaxPool2d(3, stride=2, padding=1)
//   the padding apart, then the layer without                   ZeroPadding2D(1), Conv2D(64, 3, strides=2)
//   what is written for many sizes, with what changes as holes  conv2d_transpose(x, weight, [1, #, #, 4], strides=2)
//   what is written for pads that no word says, with holes      F.pad(x, (#, #, #, #)), nn.Conv2d(3, 64, 3, stride=2)
//
// A hole is a number that the size decides: its expression is fitted over all sizes of the range.

import {
  type Axis,
  axis,
  extent,
  type Geometry,
  geometry,
  isTransposed,
  transposedAxis,
  transposedWords,
} from '../../geometry/index.ts';
import { evaluate } from '../../geometry/sizes.ts';
import type { Dialect, Shape } from '../dialect.ts';
import { type ReadAll, type Said, spell, type Unportable } from '../port.ts';
import { statement } from '../printer.ts';
import { filled, type Probe, type Split, type Sum, sameText, split, sums } from '../template.ts';
import { fitted } from './fit.ts';
import type { Sample } from './range.ts';
import { type Hole, halved, holeText, type Total } from './totals.ts';

/** A statement: the text around its numbers. */
export interface Line {
  readonly pieces: readonly string[];
  readonly holes: readonly (number | Hole)[];
}

/** Code to prove. `mirrored` where the weights are mirrored to match. */
export interface Candidate {
  readonly lines: readonly Line[];
  /** Totals that lines take halves of. */
  readonly totals: readonly Total[];
  readonly tensors: Readonly<Record<string, Shape>>;
  readonly mirrored: boolean;
}

/** What candidates are made from. */
export interface Wanted {
  readonly step: Geometry;
  readonly samples: readonly Sample[];
  readonly target: Dialect;
  readonly bias: boolean;
  readonly read: ReadAll;
}

/** How many texts written for single sizes are tried. */
const MOST_TEXTS = 8;

/** The candidates in turn, and why the target has no words where it has none for some size. */
export function* candidates(wanted: Wanted): Generator<Candidate | Unportable> {
  const { samples, target, bias } = wanted;
  const direct = (of: Geometry) => spell(of, target, bias);
  const apart = (of: Geometry) => spelledApart(of, target, bias);
  for (const write of [direct, apart]) yield* constant(samples, write);
  for (const write of [direct, apart]) {
    const found = varying(samples, write);
    if (found !== null) yield found;
  }
  for (const write of [direct, apart]) {
    const found = generic(samples, write);
    if (found !== null) yield found;
  }
}

type Write = (of: Geometry) => Said | Unportable | null;

/** What is written for single sizes, most frequent first. */
function* constant(samples: readonly Sample[], write: Write): Generator<Candidate | Unportable> {
  const texts = new Map<string, { count: number; said: Said }>();
  for (const { step } of thinned(samples)) {
    const said = write(step);
    if (said === null) continue;
    if ('impossible' in said) {
      yield said;
      continue;
    }
    const key = said.lines.join('\n');
    texts.set(key, { count: (texts.get(key)?.count ?? 0) + 1, said });
  }
  const frequent = [...texts.values()].sort((a, b) => b.count - a.count).slice(0, MOST_TEXTS);
  for (const { said } of frequent) yield plain(said);
}

/** Some samples: the smallest sizes, and the largest. */
function thinned(samples: readonly Sample[]): readonly Sample[] {
  const diagonal = samples.filter(({ size }) => size !== null);
  const rest = samples.filter(({ size }) => size === null);
  return [diagonal, rest].flatMap((list) =>
    list.length <= 40 ? list : [...list.slice(0, 12), ...list.slice(-28)],
  );
}

/** Code as it stands. */
function plain({ lines, tensors, mirrored }: Said): Candidate {
  const whole = lines.map((line): Line => {
    const { pieces, numbers } = split(line);
    return { pieces, holes: numbers };
  });
  return { lines: whole, totals: [], tensors, mirrored };
}

/** What the writer says for most sizes, with a hole for every number that changes. */
function varying(samples: readonly Sample[], write: Write): Candidate | null {
  const written = samples.filter(spread).flatMap(({ step }) => {
    const said = write(step);
    return said === null || 'impossible' in said ? [] : [{ step, said, split: split(said.lines.join('\n')) }];
  });
  const model = written.at(-1);
  if (model === undefined) return null;
  const same = written.filter(
    (one) => sameText(one.split, model.split) && one.said.mirrored === model.said.mirrored,
  );
  if (same.length < 3) return null;
  const sizes = same.map((one) => one.step.axes.map(({ size }) => size));
  return withHoles(model.said, model.split, sizes, (index) =>
    holeOf(same.map((one, i) => ({ sizes: sizes[i] as Shape, value: one.split.numbers[index] as number }))),
  );
}

/** Samples whose axes differ, so that a number tells by which axis it changes; all of them where there is one axis. */
function spread({ step, size }: Sample): boolean {
  return size === null || step.axes.length === 1 || new Set(step.axes.map((one) => one.size)).size > 1;
}

type Quantity = `${'size' | 'before' | 'after'}${number}`;

/**
 * What the writer says for pads that no word gives, with a hole for every number that they or the size move. The numbers
 * for a size follow from its pads.
 */
function generic(samples: readonly Sample[], write: Write): Candidate | null {
  const base = genericStep(samples);
  if (base === null) return null;
  const said = write(base);
  if (said === null || 'impossible' in said) return null;
  const start = split(said.lines.join('\n'));
  const values: Partial<Record<Quantity, number>> = {};
  const probes: Probe<Quantity>[] = [];
  for (const [i, one] of base.axes.entries()) {
    for (const field of ['size', 'before', 'after'] as const) {
      const delta = 3 * one.stride;
      const moved = base.axes.map((other, j) =>
        j === i ? axis({ ...other, [field]: other[field] + delta }) : other,
      );
      const other = write(geometry({ ...base, axes: moved }));
      if (other === null || 'impossible' in other || other.mirrored !== said.mirrored) return null;
      values[`${field}${i}`] = one[field];
      probes.push({ name: `${field}${i}`, delta, split: split(other.lines.join('\n')) });
    }
  }
  const found = sums(start, values as Record<Quantity, number>, probes);
  if (found === null) return null;
  const sizes = samples.map(({ step }) => step.axes.map(({ size }) => size));
  return withHoles(said, start, sizes, (index) => {
    const sum = found[index] as Sum<Quantity>;
    return holeOf(samples.map(({ step }, i) => ({ sizes: sizes[i] as Shape, value: numberFor(sum, step) })));
  });
}

/** The step with more padding than any word gives, different on both sides, of which the last window leaves nothing unread. */
function genericStep(samples: readonly Sample[]): Geometry | null {
  const step = samples.at(-1)?.step as Geometry;
  const every = (holds: (one: Axis) => boolean) => samples.every(({ step: { axes } }) => axes.every(holds));
  if (isTransposed(step) || !every((one) => one.before >= 0 && one.after >= 0 && one.overhang === 0))
    return null;
  const copied = (fill: Axis['fillBefore']) => typeof fill === 'string';
  if (!every((one) => !copied(one.fillBefore) && !copied(one.fillAfter))) return null;
  const axes = step.axes.map((one) => {
    const [before, after] = [extent(one) + 1, extent(one) + 2];
    const size = one.size + 8 * one.stride * extent(one);
    return { ...one, before, after, size: size - ((size + before + after - extent(one)) % one.stride) };
  });
  return geometry({ ...step, axes });
}

function numberFor({ constant, factors }: Sum<Quantity>, { axes }: Geometry): number {
  return axes.reduce((sum, one, i) => {
    const fields = ['size', 'before', 'after'] as const;
    return fields.reduce((part, field) => part + (factors[`${field}${i}`] ?? 0) * one[field], sum);
  }, constant);
}

function withHoles(
  { lines, tensors, mirrored }: Said,
  text: Split,
  sizes: readonly Shape[],
  hole: (index: number) => number | Hole | null,
): Candidate | null {
  const holes: (number | Hole)[] = [];
  for (const index of text.numbers.keys()) {
    const found = hole(index);
    if (found === null) return null;
    holes.push(found);
  }
  const known = sizes[0]?.map((_, i) => [...new Set(sizes.map((one) => one[i] as number))]) ?? [];
  const marked = halved(holes, known);
  let next = 0;
  const whole = lines.map((line): Line => {
    const { pieces, numbers } = split(line);
    const own = marked.holes.slice(next, next + numbers.length);
    next += numbers.length;
    return { pieces, holes: own };
  });
  return { lines: whole, totals: marked.totals, tensors, mirrored };
}

/** A number for every sample as one number, or as an expression of the one axis that decides it. */
function holeOf(values: readonly { sizes: Shape; value: number }[]): number | Hole | null {
  const [first] = values;
  if (first === undefined || !values.every(({ value }) => Number.isInteger(value))) return null;
  if (values.every(({ value }) => value === first.value)) return first.value;
  for (const index of first.sizes.keys()) {
    const bySize = new Map<number, number>();
    const decides = values.every(({ sizes, value }) => {
      const size = sizes[index] as number;
      const before = bySize.get(size);
      bySize.set(size, value);
      return before === undefined || before === value;
    });
    if (!decides) continue;
    const expression = fitted(bySize);
    if (expression !== null) return { axis: index, expression };
  }
  return null;
}

/** The padding as a step of its own and the layer without; or the natural transposed convolution and its crop. */
function spelledApart(of: Geometry, target: Dialect, bias: boolean): Said | Unportable | null {
  const parts = isTransposed(of) ? croppedApart(of) : paddedApart(of);
  if (parts === null) return null;
  const said: Said[] = [];
  for (const part of parts) {
    const one = spell(part, target, bias && part.operation === 'conv');
    if ('impossible' in one) return one;
    said.push(one);
  }
  return {
    lines: said.flatMap(({ lines }) => lines.map(statement)),
    tensors: Object.assign({}, ...said.map(({ tensors }) => tensors)) as Record<string, Shape>,
    mirrored: said.some(({ mirrored }) => mirrored),
  };
}

function paddedApart(of: Geometry): readonly Geometry[] | null {
  if (of.operation === 'pad' || of.axes.some((one) => one.overhang > 0)) return null;
  if (of.axes.every((one) => one.before === 0 && one.after === 0)) return null;
  const { batch, channels } = of;
  const pads = of.axes.map((one) => ({ ...one, kernel: 1, stride: 1, dilation: 1 }));
  const bare = { before: 0, after: 0, fillBefore: 0, fillAfter: 0 } as const;
  const rest = of.axes.map((one) => ({
    ...one,
    ...bare,
    size: Math.max(0, one.size + one.before + one.after),
  }));
  return [geometry({ operation: 'pad', batch, channels, axes: pads }), geometry({ ...of, axes: rest })];
}

function croppedApart(of: Geometry): readonly Geometry[] | null {
  const words = of.axes.map(transposedWords);
  if (of.axes.some((one) => one.stride > 1) || words.some(({ crop }) => Math.min(...crop) < 0)) return null;
  const { batch, filters } = of;
  const naturals = of.axes.map((one, i) => {
    const { stride, natural } = words[i] as (typeof words)[number];
    return transposedAxis({ ...one, stride }, 0, natural);
  });
  const cuts = words.map(({ natural, crop: [low, high] }) => ({
    size: natural,
    kernel: 1,
    before: -low,
    after: -high,
  }));
  return [
    geometry({ ...of, axes: naturals }),
    geometry({ operation: 'pad', batch, channels: filters, axes: cuts }),
  ];
}

/** A line for one input of the step. */
export function lineAt({ pieces, holes }: Line, sizes: Shape): string {
  return filled(
    pieces,
    holes.map((hole) =>
      typeof hole === 'number' ? hole : evaluate(hole.expression, sizes[hole.axis] as number),
    ),
  );
}

/** A line with its expressions in Python, the sizes by name. */
export function lineText({ pieces, holes }: Line, names: readonly string[]): string {
  return filled(
    pieces,
    holes.map((hole) => (typeof hole === 'number' ? hole : holeText(hole, names[hole.axis] ?? 'n'))),
  );
}

/** Whether a line depends on a size. */
export function depends({ holes }: Line): boolean {
  return holes.some((hole) => typeof hole !== 'number');
}
