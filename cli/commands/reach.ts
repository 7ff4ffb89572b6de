// padwise reach: what the outputs of a stack see of its input, layer by layer: receptive field, jump, where the first window
// looks, what each output reads, which elements are never read, and which input sizes are taken whole.

import type { Layer, Shape } from '../../src/dialects/index.ts';
import { alike, canonical, ranges } from '../../src/explain/index.ts';
import {
  chain,
  dropping,
  type Interval,
  nearest,
  type Reached,
  type Receptive,
  reached,
  reaching,
  receptive,
  refused,
  type Stacked,
  stack,
} from '../../src/explain/stacks.ts';
import { type Axis, type Geometry, GeometryError, out } from '../../src/geometry/index.ts';
import { say } from '../../src/words/index.ts';
import { type Command, json, jsonOption, text } from '../command.ts';
import { isUnknown } from '../every-size.ts';
import { Failure, INVALID, SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { codeText, inputOf, layerOptions, numbers, pastedLayers, subjectOptions } from '../subject.ts';
import { columned, outputText, padsText, perAxis, short, titled, totals, totalText } from '../table.ts';
import { axisNames, columns, ends, padded, shape, wrapped } from '../text.ts';

export const reachCommand: Command = {
  description: 'Show what outputs see of the input: receptive field, jump, dead pixels, legal sizes',
  examples: [
    `padwise reach 'nn.Sequential(nn.Conv2d(3, 64, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(3, 2, 1))' --input 224`,
    `padwise reach stack.py --input 224 --output 3,5`,
  ],
  args: {
    ...layerOptions,
    output: { type: 'string', description: 'an output to look from: 3 or 3,5', valueHint: 'INDEX' },
    ...subjectOptions,
    ...jsonOption,
  },
  run(options, io) {
    const code = codeText(text(options, 'code') ?? '', io);
    const layers = pastedLayers(code, {
      framework: text(options, 'framework'),
      tensor: text(options, 'tensor'),
    });
    const layer = chain(layers);
    const given = text(options, 'input');
    if (given !== undefined && isUnknown(layer, given))
      throw new Failure(
        INVALID,
        say`reach looks at one size, received ${given.slice(0, 60)}`,
        'Ask padwise explain, which answers for every size.',
      );
    const input = inputOf(layer, given);
    const why = refused(layers, input);
    const sizes = sizesOf(layer, layers, input, why !== null);
    if (why !== null) {
      const hint = nearText(io, sizes.legal);
      throw new Failure(
        INVALID,
        why.sentence,
        hint === '' ? why.hint : say`Nearest sizes that are taken: ${hint}.`,
      );
    }
    const rows = stack(layers, input);
    const steps = layer.resolve(input).steps;
    const views = alike(steps[0] as Geometry).map((group) =>
      view(steps, group, chosen(text(options, 'output'), steps, layer.rank)),
    );
    const seen = rows.map((_, i) => fieldsAt(rows, i, layer.rank));
    const answer = { layer, input, rows, views, seen, sizes };
    if (options.json === true) json(io, document(answer));
    else print(io, answer);
    return SAME;
  },
};

/** What is said of axes that are alike. */
interface View {
  readonly axes: readonly number[];
  readonly size: number;
  readonly out: number;
  readonly whole: Receptive;
  readonly outputs: readonly (Reached & { readonly index: number })[];
  /** How many outputs each element reaches; null where they are too many to count. */
  readonly reaching: readonly number[] | null;
}

/** Which sizes near the given one are taken, and which are taken whole. */
interface Sizes {
  readonly legal: { readonly below: number | null; readonly above: number | null };
  readonly whole: { readonly below: number | null; readonly above: number | null };
  /** Whether the given size drops nothing, and where it first does. */
  readonly drops: ReturnType<typeof dropping>;
}

interface Answer {
  readonly layer: Layer;
  readonly input: Shape;
  readonly rows: readonly Stacked[];
  readonly views: readonly View[];
  /** Field, jump and centre after each layer, per axis. */
  readonly seen: readonly (readonly Receptive[])[];
  readonly sizes: Sizes;
}

/** One index for each axis: the chosen ones, else nothing. @throws Failure 2 for one that is none */
function chosen(
  given: string | undefined,
  steps: readonly Geometry[],
  rank: number,
): readonly number[] | null {
  if (given === undefined) return null;
  const indices = numbers(given, '--output', '3 or 3,5');
  const each = indices.length === 1 ? Array.from({ length: rank }, () => indices[0] as number) : indices;
  if (each.length !== rank)
    throw new Failure(INVALID, say`--output: expected 1 or ${rank} indices, received ${given.slice(0, 60)}`);
  for (const [i, index] of each.entries()) {
    const windows = out(axisOf(steps, i).at(-1) as Axis);
    if (index < 0 || index >= windows)
      throw new Failure(INVALID, say`--output: expected an index of 0 to ${windows - 1}, received ${index}`);
  }
  return each;
}

/** The axes of one direction, step by step; a pad of fewer axes pads the last ones. */
function axisOf(steps: readonly Geometry[], index: number): readonly Axis[] {
  const rank = Math.max(...steps.map(({ axes }) => axes.length));
  return steps.flatMap(({ axes }) => axes[index - (rank - axes.length)] ?? []);
}

function view(steps: readonly Geometry[], group: readonly number[], picked: readonly number[] | null): View {
  const [first = 0] = group;
  const axes = axisOf(steps, first);
  const windows = out(axes.at(-1) as Axis);
  const middle = Math.floor((windows - 1) / 2);
  const wanted = picked === null ? [0, middle, windows - 1] : group.map((axis) => picked[axis] as number);
  const outputs = [...new Set(wanted)].map((index) => ({ index, ...reached(axes, index) }));
  const { size } = axes[0] as Axis;
  return { axes: group, size, out: windows, whole: receptive(axes), outputs, reaching: counted(axes) };
}

function counted(axes: readonly Axis[]): readonly number[] | null {
  try {
    return reaching(axes);
  } catch (error) {
    if (error instanceof GeometryError) return null;
    throw error;
  }
}

/** Nothing once the axes are gone. */
function fieldsAt(rows: readonly Stacked[], index: number, rank: number): readonly Receptive[] {
  if (rows.slice(0, index + 1).some(({ layer }) => layer.kind === 'flatten' || layer.kind === 'dense'))
    return [];
  const steps = rows.slice(0, index + 1).flatMap((row) => row.steps);
  if (steps.length === 0) return [];
  return Array.from({ length: rank }, (_, axis) => receptive(axisOf(steps, axis)));
}

/** Sizes around the given one, all axes moved together by as much; of the legal ones, only `answered` ones if asked. */
function sizesOf(layer: Layer, layers: readonly Layer[], input: Shape, answered: boolean): Sizes {
  const spatial = canonical(layer, input).slice(2);
  const least = Math.min(...spatial);
  const at = (size: number): Shape => {
    const first = input.length - layer.rank - (layer.layout === 'first' ? 0 : 1);
    return input.map((one, i) => (i >= first && i < first + layer.rank ? one - least + size : one));
  };
  const legal = (size: number) => refused(layers, at(size)) === null;
  const taken = (size: number) => [undefined, 'unsayable'].includes(refused(layers, at(size))?.code);
  const drop = (size: number) => dropping(stack(layers, at(size)));
  return {
    legal: nearest(least, layers.length, answered ? legal : taken),
    whole: nearest(least, layers.length, (size) => legal(size) && drop(size) === null),
    drops: legal(least) ? drop(least) : null,
  };
}

/** 223 or 225. */
function nearText({ say: said }: Pick<Io, 'say'>, { below, above }: Sizes['legal']): string {
  if (below !== null && above !== null) return said`${below} and ${above}`;
  return String(below ?? above ?? '');
}

function print(io: Io, { layer, input, rows, views, seen, sizes }: Answer): void {
  const output = rows.at(-1)?.output ?? [];
  io.out(`${ends(`${layer.framework}   ${shape(input)} -> ${shape(output)}`, '')}\n\n`.replace(/ +\n/, '\n'));
  const head = [
    '',
    io.say`output`,
    io.say`pads`,
    io.say`field`,
    io.say`jump`,
    io.say`centre`,
    io.say`params`,
    io.say`MACs`,
  ];
  const cells = rows.map((row, i) => {
    const fields = seen[i] as readonly Receptive[];
    const column = (of: (one: Receptive) => number) =>
      fields.length === 0 ? '-' : perAxis(fields.map((one) => numberText(of(one))));
    return [
      titled(i, row, rows.length),
      outputText(row.output),
      padsText(row.steps),
      column((one) => one.field),
      column((one) => one.jump),
      column((one) => one.centre),
      row.parameters === 0 ? '-' : short(row.parameters),
      row.multiplyAdds === 0 ? '-' : short(row.multiplyAdds),
    ];
  });
  io.out(`${columned(io, head, cells)}${totalText(io, rows)}\n`);
  const [step] = layer.resolve(input).steps as [Geometry];
  for (const one of views) {
    const name = axisNames(io, step, one.axes);
    io.out(`${style(io, 'bold', `${name}   ${one.size} -> ${one.out}`)}\n`);
    for (const line of viewLines(io, one)) io.out(`${line}\n`);
    io.out('\n');
  }
  for (const line of sizeLines(io, sizes, layer, input)) io.out(`${line}\n`);
}

function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(3)));
}

function viewLines(io: Io, { whole, outputs, reaching: counts, size, out: windows }: View): string[] {
  const field = io.say`${whole.field} wide, one every ${numberText(whole.jump)}, the first centred at ${numberText(whole.centre)}`;
  const told: [string, string][] = [
    [io.say`field`, field],
    ...outputs.map((one): [string, string] => [io.say`output ${one.index}`, readText(io, one, size)]),
  ];
  if (counts !== null) told.push(...usedText(io, counts, windows));
  const width = Math.max(10, ...told.map(([label]) => columns(label) + 2));
  return told.map(([label, text]) => wrapped(`  ${padded(label, width)}`, text));
}

/** How many outputs the elements reach, and which reach none. */
function usedText(io: Io, counts: readonly number[], windows: number): [string, string][] {
  const where = (wanted: number) =>
    ranges(counts.flatMap((count, index) => (count === wanted ? [index] : [])));
  const dead = counts.reduce((sum, count) => sum + Number(count === 0), 0);
  const [least, most] = [smallest(counts), largest(counts)];
  const said =
    least === most
      ? io.say`every element reaches ${least} of ${windows} outputs`
      : io.say`${least} of ${windows} outputs (elements ${where(least)}) to ${most} (${where(most)})`;
  const unused: [string, string] = [
    io.say`dead`,
    io.say`${where(0)}: ${dead} of ${counts.length} reach no output`,
  ];
  return [...(dead > 0 ? [unused] : []), [io.say`used by`, said]];
}

function smallest(counts: readonly number[]): number {
  return counts.reduce((least, count) => Math.min(least, count), Infinity);
}

function largest(counts: readonly number[]): number {
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

function readText(io: Io, { elements, field }: Reached, size: number): string {
  const [first, last] = [elements[0], elements.at(-1)];
  if (first === undefined || last === undefined) return io.say`reads padding only`;
  const box = rangeText({ from: first.from, to: last.to });
  const gaps = last.to - first.from + 1 - elements.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const read = gaps === 0 ? io.say`reads ${box}` : io.say`reads ${box} without ${gaps} in gaps`;
  const [before, after] = [Math.max(0, -field.from), Math.max(0, field.to - size + 1)];
  if (before === 0 && after === 0) return read;
  return io.say`${read}; its field is ${rangeText(field)}, ${before + after} of it padding`;
}

function rangeText({ from, to }: Interval): string {
  return from === to ? String(from) : `${from}..${to}`;
}

function sizeLines(io: Io, { legal, whole, drops }: Sizes, layer: Layer, input: Shape): string[] {
  const size = perAxis(canonical(layer, input).slice(2));
  const near = nearText(io, legal);
  const taken =
    near === ''
      ? io.say`${size} is taken`
      : legal.below === null || legal.above === null
        ? io.say`${size} is taken; the nearest other is ${near}`
        : io.say`${size} is taken; the nearest others are ${near}`;
  const lines = [wrapped(padded(io.say`sizes`, 10), taken)];
  const others = nearText(io, whole);
  const nothing = drops === null ? io.say`${size} drops nothing at the end` : dropText(io, drops, size);
  const better =
    others === ''
      ? nothing
      : whole.below === null || whole.above === null
        ? io.say`${nothing}; the nearest other size that drops nothing is ${others}`
        : io.say`${nothing}; the nearest other sizes that drop nothing are ${others}`;
  lines.push(wrapped(padded(io.say`whole`, 10), better));
  return lines;
}

function dropText(io: Io, { index, layer, dropped }: NonNullable<Sizes['drops']>, size: string): string {
  const count = perAxis(dropped);
  return io.say`at ${size} layer ${index + 1}, ${layer.name}, is the first that drops elements at the end: ${count}`;
}

function document({ layer, input, rows, views, seen, sizes }: Answer): object {
  return {
    schema: 'padwise/reach/1',
    framework: layer.framework,
    input,
    output: rows.at(-1)?.output ?? [],
    layers: rows.map((row, i) => ({
      name: row.layer.name,
      kind: row.layer.kind,
      output: row.output,
      pads: row.steps.map(({ axes }) => axes.map(({ before, after }) => [before, after])),
      receptive: seen[i],
      parameters: row.parameters,
      statistics: row.statistics,
      multiplyAdds: row.multiplyAdds,
    })),
    ...totals(rows),
    axes: views.map(({ reaching: counts, ...one }) => ({
      ...one,
      dead: counts === null ? null : counts.flatMap((count, index) => (count === 0 ? [index] : [])),
      least: counts === null ? null : smallest(counts),
      most: counts === null ? null : largest(counts),
    })),
    legal: { given: true, ...sizes.legal },
    whole: {
      given: sizes.drops === null,
      ...sizes.whole,
      first:
        sizes.drops === null
          ? null
          : { index: sizes.drops.index, name: sizes.drops.layer.name, dropped: sizes.drops.dropped },
    },
  };
}
