// padwise explain: the layer's arithmetic with its numbers, its windows drawn, its neighbours and the evidence.

import type { Layer } from '../../src/dialects/index.ts';
import { type Explanation, explain } from '../../src/explain/index.ts';
import { chain, type Stacked, stack } from '../../src/explain/stacks.ts';
import { type Axis, type Geometry, print as printed } from '../../src/geometry/index.ts';
import { type Command, json, jsonOption, text } from '../command.ts';
import { elsewhere, familiar } from '../elsewhere.ts';
import { explainEverySize, isUnknown } from '../every-size.ts';
import { type Probe, probed, type Recorded, recorded } from '../evidence.ts';
import { SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { explainModel, isModel } from '../model/answer.ts';
import { codeText, inputOf, numbers, pastedLayers, subjectOptions } from '../subject.ts';
import { stackText, totals } from '../table.ts';
import { axesText, axisNames, costText, ends, neighboursText, padded, shape, wrapped } from '../text.ts';

export const explainCommand: Command = {
  description: 'Explain a layer: its output size and pads, with the arithmetic and the evidence',
  examples: [
    `padwise explain 'keras.layers.Conv2D(6, 4, strides=2, padding="same")' --input 1x64x64x3`,
    `padwise explain 'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)' --input 16`,
  ],
  args: {
    code: {
      type: 'positional',
      description: 'the layer: code, a .py file, a model or checkpoint file, or - for standard input',
      required: true,
    },
    input: {
      type: 'string',
      description: 'its input: 1x64x64x3 in its own layout, or just 64; n for a size that is not known (n)',
      valueHint: 'SHAPE',
    },
    ...subjectOptions,
    ...jsonOption,
  },
  run(options, io) {
    const argument = text(options, 'code') ?? '';
    const given = text(options, 'input');
    if (isModel(argument)) {
      const input = given === undefined ? undefined : numbers(given, '--input');
      return explainModel(argument, { input, json: options.json === true }, io);
    }
    const code = codeText(argument, io);
    const named = { framework: text(options, 'framework'), tensor: text(options, 'tensor') };
    const layers = pastedLayers(code, named);
    const layer = chain(layers);
    if (isUnknown(layer, given)) return explainEverySize(io, layer, layers, given, options.json === true);
    const input = inputOf(layer, given);
    if (isStack(layers, layer, input)) {
      explainStack(io, layer, stack(layers, input), options.json === true);
      return SAME;
    }
    const others = familiar().filter((dialect) => dialect.id !== layer.framework);
    const explanation = explain(layer, input, elsewhere(others));
    const [first] = layer.resolve(input).steps as [Geometry];
    const evidence = evidenceOf(layer, first, code);
    if (options.json === true) json(io, { schema: 'padwise/explain/1', ...explanation, evidence });
    else print(io, layer, explanation, evidence);
    return SAME;
  },
};

/** Whether layers are more than one geometry and what pads and crops it. */
function isStack(layers: readonly Layer[], layer: Layer, input: readonly number[]): boolean {
  const several = layers.filter(({ kind }) => kind !== 'input').length > 1;
  return several && (layer.stills !== undefined || layer.resolve(input).steps.length > 1);
}

function explainStack(io: Io, layer: Layer, rows: readonly Stacked[], asJson: boolean): void {
  const [input, output] = [rows[0]?.input ?? [], rows.at(-1)?.output ?? []];
  if (asJson) {
    const layers = rows.map((row) => ({
      name: row.layer.name,
      kind: row.layer.kind,
      input: row.input,
      output: row.output,
      problem: row.steps.map(printed).join(' then '),
      parameters: row.parameters,
      statistics: row.statistics,
      multiplyAdds: row.multiplyAdds,
    }));
    const all = { input, output, layers, ...totals(rows), notes: layer.notes };
    json(io, { schema: 'padwise/stack/1', framework: layer.framework, ...all });
    return;
  }
  io.out(`${layer.framework}   ${shape(input)} -> ${shape(output)}\n\n${stackText(io, rows)}`);
  for (const note of layer.notes) io.out(`\n${wrapped('note     ', io.translate(note))}\n`);
}

/** Evidence for one axis: the recorded answer and a probe run now. */
interface Evidence {
  readonly axis: number;
  readonly recorded: Recorded | null;
  readonly probe: Probe | null;
}

function evidenceOf(layer: Layer, of: Geometry, code: string): Evidence[] {
  const seen = new Set<string>();
  return of.axes.flatMap((axis, i) => {
    const key = JSON.stringify(axis);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ axis: i, recorded: recorded(layer, of, i, code), probe: probed(of, i) }];
  });
}

function print(io: Io, layer: Layer, explanation: Explanation, evidence: readonly Evidence[]): void {
  const head = `${layer.framework} ${layer.name}   ${shape(explanation.input)} -> ${shape(explanation.output)}`;
  io.out(`${ends(head, explanation.problem)}\n\n`);
  const { steps } = layer.resolve(explanation.input);
  const drawn = steps.filter(
    (step) => step.operation === 'pad' || step.axes.some((axis) => axis.kernel > 1 || axis.stride > 1),
  );
  for (const step of drawn.length === 0 ? steps.slice(0, 1) : drawn) {
    if (drawn.length > 1) io.out(`${style(io, 'bold', printed(step))}\n`);
    io.out(`${axesText(io, step)}\n`);
  }
  const cost = costText(io, explanation);
  if (cost !== '') io.out(`${cost}\n`);
  for (const note of explanation.notes) io.out(`${wrapped(padded(io.say`note`, 9), io.translate(note))}\n`);
  if (explanation.notes.length > 0) io.out('\n');
  const neighbours = neighboursText(io, explanation, layer);
  if (neighbours !== '') io.out(`${neighbours}\n`);
  io.out(`${style(io, 'bold', io.say`evidence`)}\n`);
  const [first] = steps as [Geometry];
  const names = (axis: number) => (evidence.length > 1 ? `${axisNames(io, first, [axis])}\n` : '');
  for (const one of evidence)
    io.out(`${names(one.axis)}${evidenceText(io, one, first.axes[one.axis] as Axis, first)}`);
}

function evidenceText(io: Io, { recorded: row, probe }: Evidence, axis: Axis, of: Geometry): string {
  const { say } = io;
  const lines: string[] = [];
  const head = padded(say`recorded`, 10);
  if (row === null) lines.push(`${head}${say`no run of this framework has this window and these pads`}`);
  else {
    lines.push(`${head}${say`${row.version} ran`}`);
    lines.push(`          ${row.code}`);
    for (const line of answerText(io, row, of)) lines.push(`          ${line}`);
    if (!row.exact) lines.push(`          ${say`(the same window and pads; here the size is ${axis.size})`}`);
    lines.push(`          ${row.file}`);
  }
  if (probe !== null) {
    const taps = Array.from({ length: axis.kernel }, (_, tap) => probe.base ** tap);
    const shown = taps.length > 3 ? `${taps.slice(0, 3).join(', ')}, ...` : taps.join(', ');
    const reads = probe.reads.map(readText);
    const dots = reads.some((text) => text.includes('.')) ? `   ${dotText(io, axis)}` : '';
    const given =
      probe.out === 1
        ? say`x = 1..${axis.size} under taps ${shown} gives 1 output;`
        : say`x = 1..${axis.size} under taps ${shown} gives ${probe.out} outputs;`;
    lines.push(`${padded(say`run now`, 10)}${given}`);
    lines.push(`          ${say`the first, ${probe.first}, reads ${reads[0]}`}`);
    lines.push(`          ${say`the last, ${probe.last}, reads ${reads[1]}`}${dots}`);
  }
  return lines.map((line) => `  ${line}\n`).join('');
}

function readText(elements: readonly number[]): string {
  return elements.map((element) => (element === 0 ? '.' : element)).join(' ');
}

function dotText({ say }: Io, { inputDilation, before, after }: Axis): string {
  if (inputDilation === 1) return say`(. is padding)`;
  return before > 0 || after > 0 ? say`(. is a hole or padding)` : say`(. is a hole)`;
}

/** What a recorded run was given and answered: "3@1" in words, or the numbers. */
function answerText({ say }: Io, { size, answer }: Recorded, of: Geometry): string[] {
  const affine = /^(\d+)@(-?\d+)$/.exec(answer);
  if (affine !== null) {
    const [windows, before] = [Number(affine[1]), Number(affine[2])];
    const outputs = windows === 1 ? say`1 output` : say`${windows} outputs`;
    if (before === 0) return [say`on size ${size}: ${outputs}, the first window starting at the input`];
    return before > 0
      ? [say`on size ${size}: ${outputs}, the first window starting ${before} before the input`]
      : [say`on size ${size}: ${outputs}, the first window starting ${-before} inside the input`];
  }
  const [windows = '0', values = ''] = answer.split(':');
  const given =
    of.operation === 'max'
      ? `-${size}..-1`
      : of.operation === 'average'
        ? `60, 120, .. ${60 * size}`
        : `1..${size}`;
  const listed = values.length > 40 ? `${values.slice(0, values.lastIndexOf(',', 40))},...` : values;
  return [
    of.operation === 'conv' ? say`on x = ${given} under taps 1, 10, 100` : say`on x = ${given}`,
    windows === '0' ? say`and answered nothing` : say`and answered ${`${windows}: ${listed}`}`,
  ];
}
