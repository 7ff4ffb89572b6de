// padwise compare: two layers on one input, by what they read. Equal shapes are not equal pixels.

import { dialects, type Layer, port } from '../../src/dialects/index.ts';
import { agreement, arrange, type Comparison, canonical, compare, english } from '../../src/explain/index.ts';
import { type Axis, centre, extent, type Geometry, out, start } from '../../src/geometry/index.ts';
import { type Command, json, jsonOption, text } from '../command.ts';
import { DIFFERS, SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { codeText, inputOf, layerOf, layersOf, subjectOptions } from '../subject.ts';
import { axisNames, verdictText } from '../text.ts';

export const compareCommand: Command = {
  description: 'Compare two layers: the same pixels, a silent shift, or another shape',
  examples: [
    `padwise compare 'nn.Conv2d(3, 64, 7, 2, 3)' 'Conv2D(64, 7, strides=2, padding="same")' --input 224`,
  ],
  args: {
    code: { type: 'positional', description: 'the first layer', required: true },
    other: { type: 'positional', description: 'the second layer', required: true },
    input: {
      type: 'string',
      description: "the input in the first layer's layout, or just 224",
      valueHint: 'SHAPE',
    },
    ...subjectOptions,
    ...jsonOption,
  },
  run(options, io) {
    const tensor = text(options, 'tensor');
    const first = layerOf(codeText(text(options, 'code') ?? '', io), {
      framework: text(options, 'framework'),
      tensor,
    });
    const second = layerOf(codeText(text(options, 'other') ?? '', io), { tensor });
    const input = canonical(first, inputOf(first, text(options, 'input'), second.channels ?? undefined));
    const comparison = compare(first, second, input);
    const repeats = comparison.verdict === 'shape' ? null : agreement(first, second, input);
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
      io.out(`\n${style(io, 'bold', verdictText(comparison, first.rank))}\n`);
      if (repeats !== null) io.out(`${english.agreeing(repeats.period, repeats.equal)}\n`);
      printRepair(io, first, second, repaired);
    }
    return comparison.verdict === 'same' ? SAME : DIFFERS;
  },
};

/** One line a layer and kind of axis: pads, output size, where the first window's centre lies, what the last one reads. */
function table(layers: readonly Layer[], { first, second }: Comparison): string {
  const rows = [first[0] as Geometry, second[0] as Geometry].map((of, i) => ({
    name: (layers[i] as Layer).framework,
    of,
  }));
  const differing =
    rows[0]?.of.axes.some((axis) => JSON.stringify(axis) !== JSON.stringify(rows[0]?.of.axes[0])) ?? false;
  const indices =
    differing || rows.some(({ of }) => uneven(of)) ? (rows[0]?.of.axes.map((_, i) => i) ?? []) : [0];
  const head = `${''.padEnd(12)}${'pads'.padEnd(9)}${'out'.padEnd(7)}${'out[0] centre'.padEnd(16)}last window reads`;
  const lines = indices.flatMap((index) => [
    ...(indices.length > 1 ? [axisNames(rows[0]?.of as Geometry, [index])] : []),
    ...rows.map(({ name, of }) => line(name, of.axes[index] as Axis)),
  ]);
  return `${[head, ...lines].join('\n')}\n`;
}

function uneven(of: Geometry): boolean {
  return of.axes.some((axis) => JSON.stringify(axis) !== JSON.stringify(of.axes[0]));
}

function line(name: string, axis: Axis): string {
  const windows = out(axis);
  const head = `${name.padEnd(12)}${`${axis.before},${axis.after}`.padEnd(9)}${String(windows).padEnd(7)}`;
  if (windows === 0) return `${head}nothing fits`;
  const last = start(axis, windows - 1);
  const end = last + extent(axis) - 1;
  const beyond = Math.max(0, end - (axis.size - 1) * axis.inputDilation);
  const padded = beyond > 0 ? ` (${beyond} padded)` : '';
  return `${head}${String(centre(axis, 0)).padEnd(16)}${last}..${end}${padded}`;
}

/** The first layer's framework saying exactly what the second does. */
function repair(first: Layer, second: Layer, input: readonly number[]): readonly string[] | null {
  const target = dialects.find(({ id }) => id === first.framework);
  if (target === undefined) return null;
  const ported = port(second, arrange(second, input), target, layersOf);
  return 'lines' in ported ? ported.lines : [ported.impossible];
}

function printRepair(io: Io, first: Layer, second: Layer, repaired: readonly string[] | null): void {
  if (repaired === null) return;
  io.out(`\n${style(io, 'bold', `${first.framework}, exactly as ${second.framework}`)}\n`);
  for (const text of repaired) io.out(`  ${text}\n`);
}
