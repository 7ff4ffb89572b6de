// padwise explain: the layer's arithmetic with its numbers, its windows drawn, its neighbours and the evidence.

import { dialects, type Layer } from '../../src/dialects/index.ts';
import { type Explanation, explain } from '../../src/explain/index.ts';
import type { Axis, Geometry } from '../../src/geometry/index.ts';
import { type Command, json, jsonOption, text } from '../command.ts';
import { elsewhere } from '../elsewhere.ts';
import { type Probe, probed, type Recorded, recorded } from '../evidence.ts';
import { SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { codeText, inputOf, layerOf, subjectOptions } from '../subject.ts';
import { axesText, costText, ends, neighboursText, shape } from '../text.ts';

export const explainCommand: Command = {
  description: 'Explain a layer: its output size and pads, with the arithmetic and the evidence',
  examples: [
    `padwise explain 'keras.layers.Conv2D(6, 4, strides=2, padding="same")' --input 1x64x64x3`,
    `padwise explain 'nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)' --input 16`,
  ],
  args: {
    code: {
      type: 'positional',
      description: 'the layer: code, a .py file, or - for standard input',
      required: true,
    },
    input: {
      type: 'string',
      description: 'its input: 1x64x64x3 in its own layout, or just 64',
      valueHint: 'SHAPE',
    },
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
  const word = /padding\s*=\s*(["'][a-zA-Z_]+["'])/.exec(code)?.[1]?.slice(1, -1);
  const seen = new Set<string>();
  return of.axes.flatMap((axis, i) => {
    const key = JSON.stringify(axis);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ axis: i, recorded: recorded(layer, of, i, word), probe: probed(of, i) }];
  });
}

function print(io: Io, layer: Layer, explanation: Explanation, evidence: readonly Evidence[]): void {
  const head = `${layer.framework} ${layer.name}   ${shape(explanation.input)} -> ${shape(explanation.output)}`;
  io.out(`${ends(head, explanation.problem)}\n\n`);
  for (const step of layer.resolve(explanation.input).steps) {
    if (step.axes.some((axis) => axis.kernel > 1 || axis.stride > 1) || step.operation === 'pad') {
      io.out(`${axesText(io, step)}\n`);
    }
  }
  const cost = costText(explanation);
  if (cost !== '') io.out(`${cost}\n`);
  for (const note of explanation.notes) io.out(`note     ${note}\n`);
  if (explanation.notes.length > 0) io.out('\n');
  const neighbours = neighboursText(io, explanation, layer);
  if (neighbours !== '') io.out(`${neighbours}\n`);
  io.out(`${style(io, 'bold', 'evidence')}\n`);
  const [first] = layer.resolve(explanation.input).steps as [Geometry];
  for (const one of evidence) io.out(evidenceText(one, first.axes[one.axis] as Axis));
}

function evidenceText({ recorded: row, probe }: Evidence, axis: Axis): string {
  const lines: string[] = [];
  if (row === null) lines.push('no recorded run of this framework has this window and these pads');
  else {
    lines.push(`recorded: ${row.version} ran`);
    lines.push(`          ${row.code}`);
    lines.push(`          on size ${row.size} and answered ${answerText(row.answer)}`);
    if (!row.exact)
      lines.push(`          (the same window and pads as here, where the size is ${axis.size})`);
    lines.push(`          ${row.file}`);
  }
  if (probe !== null) {
    const taps = Array.from({ length: axis.kernel }, (_, tap) => probe.base ** tap);
    const shown = taps.length > 3 ? `${taps.slice(0, 3).join(', ')}, ...` : taps.join(', ');
    lines.push(`run now:  x = 1..${axis.size} under taps ${shown} gives ${probe.out} outputs;`);
    lines.push(`          the first, ${probe.first}, reads ${readText(probe.reads[0])}`);
    lines.push(`          the last, ${probe.last}, reads ${readText(probe.reads[1])}   (. is padding)`);
  }
  return lines.map((line) => `  ${line}\n`).join('');
}

function readText(elements: readonly number[]): string {
  return elements.map((element) => (element === 0 ? '.' : element)).join(' ');
}

/** "32@1" in words. */
function answerText(answer: string): string {
  const affine = /^(\d+)@(-?\d+)$/.exec(answer);
  if (affine === null) {
    const [count = '0', values = ''] = answer.split(':');
    return `${count} outputs${values === '' ? '' : `: ${values.length > 40 ? `${values.slice(0, 40)}...` : values}`}`;
  }
  const before = Number(affine[2]);
  const where =
    before > 0 ? `${before} before the input` : before < 0 ? `${-before} inside the input` : 'at the input';
  return `${affine[1]} outputs, the first window starting ${where}`;
}
