// padwise why: why the size is not the expected one, and what would give that.

import { dialects, type Layer, write } from '../../src/dialects/index.ts';
import { readLayer } from '../../src/dialects/python.ts';
import { arithmetic, english, solve } from '../../src/explain/index.ts';
import {
  type Axis,
  extent,
  type Geometry,
  geometry,
  isTransposed,
  out,
  span,
} from '../../src/geometry/index.ts';
import { type Command, json, jsonOption, text } from '../command.ts';
import { DIFFERS, Failure, INVALID, SAME } from '../failure.ts';
import { style } from '../io.ts';
import { codeText, inputOf, layerOf, numbers, subjectOptions } from '../subject.ts';
import { ends, shape } from '../text.ts';

export const whyCommand: Command = {
  description: 'Say why the output is not the size you expected, and what would give it',
  examples: [
    `padwise why 'keras.layers.Conv2D(6, 4, strides=2, padding="same")' --input 1x64x64x3 --expected 31`,
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
    expected: {
      type: 'string',
      description: 'the output size you expected: 31 or 31x31',
      valueHint: 'SIZE',
      required: true,
    },
    ...subjectOptions,
    ...jsonOption,
  },
  run(options, io) {
    const code = codeText(text(options, 'code') ?? '', io);
    const layer = layerOf(code, { framework: text(options, 'framework'), tensor: text(options, 'tensor') });
    const input = inputOf(layer, text(options, 'input'));
    const expected = sizes(text(options, 'expected') ?? '', layer);
    const { steps, output } = layer.resolve(input);
    const [of] = steps as [Geometry];
    const answers = of.axes.map((axis, i) => ({
      axis: i,
      out: out(axis),
      expected: expected[i] as number,
      ...reasons(of, i, expected[i] as number),
    }));
    const same = answers.every((answer) => answer.out === answer.expected);
    const alternative = same ? null : spelled(layer, input, of, expected);
    if (options.json === true) {
      const problem = steps.map((step) => step);
      json(io, {
        schema: 'padwise/why/1',
        framework: layer.framework,
        layer: layer.name,
        input,
        output,
        same,
        answers,
        alternative,
        steps: problem,
      });
      return same ? SAME : DIFFERS;
    }
    io.out(
      `${ends(`${layer.framework} ${layer.name}   ${shape(input)} -> ${shape(output)}`, `expected ${shape(expected)}`)}\n\n`,
    );
    const shown = new Set<string>();
    for (const answer of answers) {
      const name = english.axes[of.axes.length]?.[answer.axis] ?? '';
      const lines = answer.lines.join('\n');
      if (shown.has(lines)) io.out(`${style(io, 'bold', name)}   likewise\n`);
      else
        io.out(
          `${style(io, 'bold', name)}   ${answer.out}${answer.out === answer.expected ? ', as expected' : `, not ${answer.expected}`}\n${lines}\n`,
        );
      shown.add(lines);
    }
    if (alternative !== null)
      io.out(
        `\n${style(io, 'bold', `for ${shape(expected)}, write`)}\n${alternative.map((line) => `  ${line}\n`).join('')}`,
      );
    return same ? SAME : DIFFERS;
  },
};

function sizes(given: string, layer: Layer): number[] {
  const values = numbers(given, '--expected');
  if (values.length === 1) return Array.from({ length: layer.rank }, () => values[0] as number);
  if (values.length === layer.rank) return values;
  // A whole output shape was pasted: its spatial part.
  if (values.length === layer.rank + 2)
    return layer.layout === 'first' ? values.slice(2) : values.slice(1, -1);
  throw new Failure(INVALID, `--expected: expected 1 or ${layer.rank} sizes, received ${given.slice(0, 60)}`);
}

/** The axis' own arithmetic, and which padding would give the expected size. */
function reasons(
  of: Geometry,
  index: number,
  expected: number,
): { lines: string[]; total: [number, number] | null } {
  const axis = of.axes[index] as Axis;
  const lines = arithmetic(of, index).map((line) => `  ${line}`);
  if (out(axis) === expected) return { lines, total: null };
  if (isTransposed(of)) return { lines, total: null };
  const found =
    expected < 1
      ? []
      : solve({
          size: span(axis),
          out: expected,
          kernel: axis.kernel,
          stride: axis.stride,
          dilation: axis.dilation,
        });
  const [answer] = found;
  if (answer === undefined) {
    const most = Math.max(0, Math.floor((span(axis) - extent(axis)) / axis.stride) + 1);
    return {
      lines: [...lines, `  ${expected} is out of reach: even without padding it is ${most}`],
      total: null,
    };
  }
  const { least, most, same } = answer;
  const names = [...(least === 0 ? ["no padding, 'valid'"] : []), ...(same ? ["'same'"] : [])];
  const range = least === most ? `${least}` : `${least} to ${most}`;
  const padding = `  ${expected} is what padding of ${range} in all gives${names.length > 0 ? `: ${names.join(' or ')}` : ''}`;
  return { lines: [...lines, padding], total: [least, most] };
}

/** Code of the layer's own framework that gives the expected sizes, with as little padding as that takes. */
function spelled(
  layer: Layer,
  input: readonly number[],
  of: Geometry,
  expected: readonly number[],
): readonly string[] | null {
  const dialect = dialects.find(({ id }) => id === layer.framework);
  if (dialect === undefined || isTransposed(of) || of.operation === 'pad') return null;
  const axes = of.axes.map((axis, i) => {
    const [answer] = solve({
      size: span(axis),
      out: Math.max(1, expected[i] as number),
      kernel: axis.kernel,
      stride: axis.stride,
      dilation: axis.dilation,
    });
    if (answer === undefined) return null;
    const before = Math.floor(answer.least / 2);
    return { ...axis, before, after: answer.least - before, overhang: 0 };
  });
  if (axes.some((axis) => axis === null)) return null;
  const bias = layer.parameters(of.channels).some((parameter) => parameter.role === 'bias');
  const written = write(dialect, geometry({ ...of, axes: axes as Axis[] }), bias);
  if ('impossible' in written) return null;
  const [line] = written.lines;
  if (written.lines.length === 1 && line !== undefined) {
    // The code is read again: what is offered gives what was asked.
    const check = readLayer(line, { dialects: [dialect], tensors: { ...written.tensors, x: input } }).resolve(
      input,
    );
    if (check.steps[0]?.axes.some((axis, i) => out(axis) !== expected[i])) return null;
  }
  return written.lines;
}
