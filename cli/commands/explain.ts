// padwise explain: the layer's arithmetic with its numbers, its windows drawn, its neighbours and the evidence.

import { dialects, type Layer } from '../../src/dialects/index.ts';
import { type Explanation, explain } from '../../src/explain/index.ts';
import { type Axis, type Geometry, print as printed } from '../../src/geometry/index.ts';
import { type Command, json, jsonOption, text } from '../command.ts';
import { elsewhere } from '../elsewhere.ts';
import { type Probe, probed, type Recorded, recorded } from '../evidence.ts';
import { SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { codeText, inputOf, layerOf, layerOptions, subjectOptions } from '../subject.ts';
import { axesText, axisNames, costText, ends, neighboursText, shape, wrapped } from '../text.ts';

export const explainCommand: Command = {
  description: 'Explain a layer: its output size and pads, with the arithmetic and the evidence',
  examples: [
    `padwise explain 'keras.layers.Conv2D(6, 4, strides=2, padding="same")' --input 1x64x64x3`,
    `padwise explain 'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)' --input 16`,
  ],
  args: {
    ...layerOptions,
    ...subjectOptions,
    ...jsonOption,
  },
  run(options, io) {
    const code = codeText(text(options, 'code') ?? '', io);
    const layer = layerOf(code, { framework: text(options, 'framework'), tensor: text(options, 'tensor') });
    const input = inputOf(layer, text(options, 'input'));
    const others = dialects.filter((dialect) => dialect.id !== layer.framework);
    const explanation = explain(layer, input, elsewhere(others));
    const [first] = layer.resolve(input).steps as [Geometry];
    const evidence = evidenceOf(layer, first, code);
    if (options.json === true) json(io, { schema: 'padwise/explain/1', ...explanation, evidence });
    else print(io, layer, explanation, evidence);
    return SAME;
  },
};

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
  const cost = costText(explanation);
  if (cost !== '') io.out(`${cost}\n`);
  for (const note of explanation.notes) io.out(`${wrapped('note     ', String(note))}\n`);
  if (explanation.notes.length > 0) io.out('\n');
  const neighbours = neighboursText(io, explanation, layer);
  if (neighbours !== '') io.out(`${neighbours}\n`);
  io.out(`${style(io, 'bold', 'evidence')}\n`);
  const [first] = steps as [Geometry];
  const names = (axis: number) => (evidence.length > 1 ? `${axisNames(first, [axis])}\n` : '');
  for (const one of evidence)
    io.out(`${names(one.axis)}${evidenceText(one, first.axes[one.axis] as Axis, first)}`);
}

function evidenceText({ recorded: row, probe }: Evidence, axis: Axis, of: Geometry): string {
  const lines: string[] = [];
  if (row === null) lines.push('recorded  no run of this framework has this window and these pads');
  else {
    lines.push(`recorded  ${row.version} ran`);
    lines.push(`          ${row.code}`);
    for (const line of answerText(row, of)) lines.push(`          ${line}`);
    if (!row.exact) lines.push(`          (the same window and pads; here the size is ${axis.size})`);
    lines.push(`          ${row.file}`);
  }
  if (probe !== null) {
    const taps = Array.from({ length: axis.kernel }, (_, tap) => probe.base ** tap);
    const shown = taps.length > 3 ? `${taps.slice(0, 3).join(', ')}, ...` : taps.join(', ');
    const reads = probe.reads.map(readText);
    const dots = reads.some((text) => text.includes('.')) ? `   (. is ${dotText(axis)})` : '';
    lines.push(`run now   x = 1..${axis.size} under taps ${shown} gives ${counted(probe.out, 'output')};`);
    lines.push(`          the first, ${probe.first}, reads ${reads[0]}`);
    lines.push(`          the last, ${probe.last}, reads ${reads[1]}${dots}`);
  }
  return lines.map((line) => `  ${line}\n`).join('');
}

function readText(elements: readonly number[]): string {
  return elements.map((element) => (element === 0 ? '.' : element)).join(' ');
}

function dotText({ inputDilation, before, after }: Axis): string {
  if (inputDilation === 1) return 'padding';
  return before > 0 || after > 0 ? 'a hole or padding' : 'a hole';
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** What a recorded run was given and answered: "3@1" in words, or the numbers. */
function answerText({ size, answer }: Recorded, of: Geometry): string[] {
  const affine = /^(\d+)@(-?\d+)$/.exec(answer);
  if (affine !== null) {
    const [windows, before] = [Number(affine[1]), Number(affine[2])];
    const where =
      before === 0 ? 'at the input' : `${Math.abs(before)} ${before > 0 ? 'before' : 'inside'} the input`;
    return [`on size ${size}: ${counted(windows, 'output')}, the first window starting ${where}`];
  }
  const [windows = '0', values = ''] = answer.split(':');
  const given =
    of.operation === 'max'
      ? `-${size}..-1`
      : of.operation === 'average'
        ? `60, 120, .. ${60 * size}`
        : `1..${size}`;
  const taps = of.operation === 'conv' ? ' under taps 1, 10, 100' : '';
  const listed = values.length > 40 ? `${values.slice(0, values.lastIndexOf(',', 40))},...` : values;
  const answered = windows === '0' ? 'nothing' : `${windows}: ${listed}`;
  return [`on x = ${given}${taps}`, `and answered ${answered}`];
}
