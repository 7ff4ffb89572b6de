// padwise compare: two layers on one input, by what they read. Equal shapes are not equal pixels.

import { dialects, type Layer, port } from '../../src/dialects/index.ts';
import { agreement, arrange, type Comparison, canonical, compare, english } from '../../src/explain/index.ts';
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
import { type Command, json, jsonOption, text } from '../command.ts';
import { DIFFERS, Failure, INVALID, SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { codeText, inputOf, layerOf, layersOf, subjectOptions } from '../subject.ts';
import { axisNames, shape, verdictText, wrapped } from '../text.ts';

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
      description: "the input in the first layer's layout, or just 224",
      valueHint: 'SHAPE',
    },
    ...subjectOptions,
    to: {
      type: 'string',
      description: 'whose code the second layer is (guessed from the code)',
      valueHint: 'NAME',
    },
    ...jsonOption,
  },
  run(options, io) {
    const [code, other] = [text(options, 'code') ?? '', text(options, 'other') ?? ''];
    if (code === '-' && other === '-')
      throw new Failure(INVALID, 'only one of the two layers can come from standard input');
    const tensor = text(options, 'tensor');
    const first = layerOf(codeText(code, io), { framework: text(options, 'framework'), tensor });
    const second = layerOf(codeText(other, io), { framework: text(options, 'to'), tensor });
    if (first.rank !== second.rank) {
      const counted = [first, second].map(({ name, rank }) => `${name} has ${rank}`).join(', ');
      throw new Failure(INVALID, `cannot compare layers of different spatial ranks: ${counted}`);
    }
    const input = canonical(first, inputOf(first, text(options, 'input'), second.channels ?? undefined));
    const comparison = compare(first, second, input);
    const depends = ['same', 'shifted', 'pixels'].includes(comparison.verdict);
    const repeats = depends ? agreement(first, second, input) : null;
    const repaired = comparison.verdict === 'same' ? null : repair(first, second, input);
    if (options.json === true) {
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
      io.out(table([first, second], comparison));
      const verdict = verdictText(comparison, first.rank, shapes(comparison));
      io.out(`\n${style(io, 'bold', wrapped('', verdict))}\n`);
      if (repeats !== null) io.out(`${english.agreeing(repeats.period, repeats.equal)}\n`);
      printRepair(io, first, second, repaired);
    }
    return comparison.verdict === 'same' ? SAME : DIFFERS;
  },
};

/** The two output shapes where they differ: the sizes, or else the channels. */
function shapes({ first, second }: Comparison): string {
  const outputs = [first, second].map((steps) => outputShape(steps.at(-1) as Geometry));
  const sizes = outputs.map((output) => shape(output.slice(2)));
  if (sizes[0] !== sizes[1]) return sizes.join(' and ');
  return `${outputs.map(([, channels]) => channels).join(' and ')} channels`;
}

const COLUMNS = ['', 'pads', 'out', 'out[0] centre', 'last window reads'];

/** One line a layer and kind of axis: pads, output size, where the first window's centre lies, what the last one reads. */
function table(layers: readonly [Layer, Layer], { first, second }: Comparison): string {
  const twins = layers[0].framework === layers[1].framework;
  const named = [
    { name: twins ? 'first' : layers[0].framework, steps: first },
    { name: twins ? 'second' : layers[1].framework, steps: second },
  ];
  const counted = Math.max(first.length, second.length);
  const rows: (readonly string[])[] = [COLUMNS];
  for (let index = 0; index < counted; index++) {
    const pair = named.flatMap(({ name, steps }) => {
      const of = steps[index];
      return of === undefined ? [] : [{ name, of }];
    });
    if (counted > 1) rows.push([`layer ${index + 1}`]);
    const one = pair[0] as { of: Geometry };
    const square = pair.every(({ of }) => of.axes.every((axis) => same(axis, of.axes[0] as Axis)));
    for (const axis of square ? [0] : one.of.axes.keys()) {
      if (!square) rows.push([axisNames(one.of, [axis])]);
      rows.push(...pair.map(({ name, of }) => [name, ...cells(of.axes[axis] as Axis)]));
    }
  }
  const widths = COLUMNS.map(
    (_, i) => 3 + Math.max(i === 0 ? 8 : 4, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const lines = rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(''));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function same(one: Axis, other: Axis): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function cells(axis: Axis): string[] {
  const windows = out(axis);
  const head = [`${axis.before},${axis.after}`, String(windows)];
  if (windows === 0) return [...head, '', 'nothing fits'];
  const last = start(axis, windows - 1);
  const end = last + extent(axis) - 1;
  const beyond = Math.min(extent(axis), Math.max(0, end - span(axis) + 1));
  const padded = beyond > 0 ? ` (${beyond} padded)` : '';
  return [...head, String(centre(axis, 0)), `${last === end ? last : `${last}..${end}`}${padded}`];
}

/** The first layer's framework saying exactly what the second does. */
function repair(first: Layer, second: Layer, input: readonly number[]): readonly string[] | null {
  const target = dialects.find(({ id }) => id === first.framework);
  if (target === undefined) return null;
  const ported = port(second, arrange(second, input), target, layersOf);
  return 'lines' in ported ? ported.lines : [String(ported.impossible)];
}

function printRepair(io: Io, first: Layer, second: Layer, repaired: readonly string[] | null): void {
  if (repaired === null) return;
  const whose = first.framework === second.framework ? 'the second' : second.framework;
  io.out(`\n${style(io, 'bold', `${first.framework}, exactly as ${whose}`)}\n`);
  for (const text of repaired) io.out(`  ${text}\n`);
}
