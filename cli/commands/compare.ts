// padwise compare: two layers on one input, by what they read. Equal shapes are not equal pixels.

import { dialects, type Layer, port } from '../../src/dialects/index.ts';
import {
  agreement,
  arrange,
  type Comparison,
  canonical,
  compare,
  compareSteps,
} from '../../src/explain/index.ts';
import { chain, receptive } from '../../src/explain/stacks.ts';
import {
  type Axis,
  centre,
  extent,
  type Geometry,
  out,
  outputShape,
  span,
  start,
} from '../../src/geometry/index.ts';
import { say, type Text } from '../../src/words/index.ts';
import { type Command, json, text } from '../command.ts';
import { compareEverySize, isUnknown } from '../every-size.ts';
import { DIFFERS, Failure, INVALID, SAME } from '../failure.ts';
import { chosenFormat, formatOptions } from '../format/choice.ts';
import { comparisonFindings, comparisonMarkdown, type Said } from '../format/comparison.ts';
import { printSarif } from '../format/sarif.ts';
import { type Io, style } from '../io.ts';
import { type Read, readSource } from '../source.ts';
import { inputOf, layersOf, subjectOptions } from '../subject.ts';
import { perAxis } from '../table.ts';
import { axisNames, columns, padded, shape, verdictText, wrapped } from '../text.ts';

export const compareCommand: Command = {
  description: 'Compare two layers: the same pixels, a silent shift, or another shape',
  examples: [
    `padwise compare 'nn.Conv2d(3, 64, 7, 2, 3)' 'Conv2D(64, 7, strides=2, padding="same")' --input 224`,
  ],
  args: {
    code: { type: 'positional', description: 'the first layer: code, a .py file, or -', required: true },
    other: { type: 'positional', description: 'the second layer', required: true },
    input: {
      type: 'string',
      description: "the input in the first layer's layout, or just 224; n for a size that is not known",
      valueHint: 'SHAPE',
    },
    ...subjectOptions,
    to: {
      type: 'string',
      description: 'whose code the second layer is (guessed from the code)',
      valueHint: 'NAME',
    },
    ...formatOptions,
  },
  run(options, io) {
    const [code, other] = [text(options, 'code') ?? '', text(options, 'other') ?? ''];
    if (code === '-' && other === '-')
      throw new Failure(INVALID, 'only one of the two layers can come from standard input');
    const tensor = text(options, 'tensor');
    const format = chosenFormat(options);
    const sources = [
      readSource(code, io, { framework: text(options, 'framework'), tensor }),
      readSource(other, io, { framework: text(options, 'to'), tensor }),
    ] as const;
    const [first, second] = [chain(sources[0].layers), chain(sources[1].layers)];
    if (first.rank !== second.rank) {
      throw new Failure(
        INVALID,
        say`cannot compare layers of different spatial ranks: ${first.name} has ${first.rank}, ${second.name} has ${second.rank}`,
      );
    }
    if (text(options, 'input') !== undefined && isUnknown(first, text(options, 'input'))) {
      if (format === 'md' || format === 'sarif')
        throw new Failure(INVALID, say`--format ${format} needs a size, e.g. --input 224`);
      return compareEverySize(io, first, second, text(options, 'input'), format === 'json');
    }
    const input = canonical(first, inputOf(first, text(options, 'input'), second.channels ?? undefined));
    const comparison = compare(first, second, input);
    const depends = ['same', 'shifted', 'pixels'].includes(comparison.verdict);
    const repeats = depends ? agreement(first, second, input) : null;
    const repaired = comparison.verdict === 'same' ? null : repair(first, second, input);
    const said: Said = {
      verdict: comparison.verdict,
      sentences: [
        verdictText(io, comparison, first.rank, shapes(io, comparison)),
        ...(repeats === null ? [] : [io.words.agreeing(repeats.period, repeats.equal)]),
        ...notCompared(io, [first, second]),
        ...activations(io, sources),
      ],
      first: sources[0].place,
      second: sources[1].place,
      rows: cellsOf(io, [first, second], comparison),
      repaired:
        repaired === null
          ? null
          : { title: repairTitle(io, first, second), lines: repaired.map(io.translate) },
    };
    if (format === 'sarif') printSarif(io, comparisonFindings(io, said));
    else if (format === 'md') io.out(comparisonMarkdown(io, said));
    else if (format === 'json') {
      json(io, {
        schema: 'padwise/compare/1',
        verdict: comparison.verdict,
        shift: comparison.shift,
        input,
        first: comparison.first,
        second: comparison.second,
        agreement: repeats,
        repaired,
      });
    } else {
      io.out(table(said.rows));
      const [verdict = '', ...agreeing] = said.sentences;
      io.out(`\n${style(io, 'bold', wrapped('', verdict))}\n`);
      for (const sentence of agreeing) io.out(`${sentence}\n`);
      if (said.repaired !== null) printRepair(io, said.repaired);
    }
    return comparison.verdict === 'same' ? SAME : DIFFERS;
  },
};

/** The two output shapes where they differ: the sizes, or else the channels. */
function shapes({ say }: Io, { first, second }: Comparison): string {
  const outputs = [first, second].map((steps) => outputShape(steps.at(-1) as Geometry));
  const [one, other] = outputs.map((output) => shape(output.slice(2)));
  if (one !== other) return say`${one} and ${other}`;
  const [less, more] = outputs.map(([, channels]) => channels);
  return say`${less} and ${more} channels`;
}

const COLUMNS = ['', 'pads', 'out', 'out[0] centre', 'last window reads'];

/** One line a layer and kind of axis: pads, output size, where the first window's centre lies, what the last one reads. */
function cellsOf(
  io: Io,
  layers: readonly [Layer, Layer],
  { first, second }: Comparison,
): (readonly string[])[] {
  const twins = layers[0].framework === layers[1].framework;
  const named = [
    { name: twins ? io.say`first` : layers[0].framework, steps: first },
    { name: twins ? io.say`second` : layers[1].framework, steps: second },
  ];
  const counted = Math.max(first.length, second.length);
  const rows: (readonly string[])[] = [COLUMNS.map(io.translate)];
  for (let index = 0; index < counted; index++) {
    const pair = named.flatMap(({ name, steps }) => {
      const of = steps[index];
      return of === undefined ? [] : [{ name, of }];
    });
    if (counted > 1) rows.push([layerTitle(io, first, second, index)]);
    const one = pair[0] as { of: Geometry };
    const square = pair.every(({ of }) => of.axes.every((axis) => same(axis, of.axes[0] as Axis)));
    for (const axis of square ? [0] : one.of.axes.keys()) {
      if (!square) rows.push([axisNames(io, one.of, [axis])]);
      rows.push(...pair.map(({ name, of }) => [name, ...cells(io, of.axes[axis] as Axis)]));
    }
  }
  return rows;
}

/** What stands between the windows. */
function notCompared(io: Io, layers: readonly Layer[]): string[] {
  const names = [...new Set(layers.flatMap(({ stills = [] }) => stills))];
  return names.length === 0 ? [] : [io.say`Not compared, for they slide no window: ${names.join(', ')}.`];
}

/** Activations that the layers end with, unless they are the same in turn. */
function activations(io: Io, sources: readonly Read[]): string[] {
  const [mine = [], theirs = []] = sources.map(({ layers }) =>
    layers.filter(({ kind, activation }) => kind !== 'pointwise' && activation !== null),
  );
  const names = [mine, theirs].map((layers) => layers.map(({ activation }) => activation).join());
  if (names[0] === names[1]) return [];
  const said = [...mine, ...theirs].map(
    ({ name, activation }) => io.say`Not compared: the activation ${activation ?? ''} of ${name}.`,
  );
  return [...new Set(said)];
}

/** A layer of a stack, and how far apart both are after it: layer 3, 7 px apart at stride 8. */
function layerTitle(io: Io, first: readonly Geometry[], second: readonly Geometry[], index: number): string {
  const title = io.say`layer ${index + 1}`;
  if (index >= first.length || index >= second.length) return title;
  const one = first.slice(0, index + 1);
  const { shift } = compareSteps(one, second.slice(0, index + 1));
  const far = Math.max(...shift.map(Math.abs));
  if (far === 0) return title;
  const jumps = shift.map((_, axis) => receptive(one.flatMap(({ axes }) => axes[axis] ?? [])).jump);
  return io.say`layer ${index + 1}, ${far} px apart at stride ${perAxis(jumps)}`;
}

/** The cells in columns; a title stands alone. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = COLUMNS.map(
    (_, i) =>
      3 + Math.max(i === 0 ? 8 : 4, ...rows.map((row) => (row.length === 1 ? 0 : columns(row[i] ?? '')))),
  );
  const lines = rows.map((row) => row.map((cell, i) => padded(cell, widths[i] ?? 0)).join(''));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function same(one: Axis, other: Axis): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function cells({ say }: Io, axis: Axis): string[] {
  const windows = out(axis);
  const head = [`${axis.before},${axis.after}`, String(windows)];
  if (windows === 0) return [...head, '', say`nothing fits`];
  const last = start(axis, windows - 1);
  const end = last + extent(axis) - 1;
  const beyond = Math.min(extent(axis), Math.max(0, end - span(axis) + 1));
  const read = last === end ? `${last}` : `${last}..${end}`;
  return [...head, String(centre(axis, 0)), beyond > 0 ? say`${read} (${beyond} padded)` : read];
}

/** The first layer's framework saying exactly what the second does. */
function repair(first: Layer, second: Layer, input: readonly number[]): readonly Text[] | null {
  const target = dialects.find(({ id }) => id === first.framework);
  if (target === undefined) return null;
  const ported = port(second, arrange(second, input), target, layersOf);
  return 'lines' in ported ? ported.lines : [ported.impossible];
}

function repairTitle({ say }: Io, first: Layer, second: Layer): string {
  return first.framework === second.framework
    ? say`${first.framework}, exactly as the second`
    : say`${first.framework}, exactly as ${second.framework}`;
}

function printRepair(io: Io, { title, lines }: { title: string; lines: readonly string[] }): void {
  io.out(`\n${style(io, 'bold', title)}\n`);
  for (const line of lines) io.out(`  ${line}\n`);
}
