// padwise why: why the size is not the expected one, and what would give that.

import { dialects, type Layer, write } from '../../src/dialects/index.ts';
import { readLayers } from '../../src/dialects/python.ts';
import { arithmetic, solve } from '../../src/explain/index.ts';
import { chain } from '../../src/explain/stacks.ts';
import {
  type Axis,
  extent,
  type Geometry,
  geometry,
  isTransposed,
  out,
  span,
  split,
  transposedWords,
} from '../../src/geometry/index.ts';
import { either, say, type Text } from '../../src/words/index.ts';
import { type Command, json, jsonOption, text } from '../command.ts';
import { DIFFERS, Failure, INVALID, SAME } from '../failure.ts';
import { style } from '../io.ts';
import { ENGLISH, type Language } from '../language.ts';
import { codeText, inputOf, layerOf, layerOptions, numbers, subjectOptions } from '../subject.ts';
import { ends, shape } from '../text.ts';

export const whyCommand: Command = {
  description: 'Say why the output is not the size you expected, and what would give it',
  examples: [
    `padwise why 'keras.layers.Conv2D(6, 4, strides=2, padding="same")' --input 1x64x64x3 --expected 31`,
  ],
  args: {
    ...layerOptions,
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
    const of = windowed(layer, steps);
    const answers = of.axes.map((axis, i) => ({
      axis: i,
      out: out(axis),
      expected: expected[i] as number,
      ...reasons(options.json === true ? ENGLISH : io, of, i, expected[i] as number),
    }));
    const same = answers.every((answer) => answer.out === answer.expected);
    const alternative = same || steps.length > 1 ? null : spelled(layer, input, of, expected);
    if (options.json === true) {
      json(io, {
        schema: 'padwise/why/1',
        framework: layer.framework,
        layer: layer.name,
        input,
        output,
        same,
        answers,
        alternative,
        steps,
      });
      return same ? SAME : DIFFERS;
    }
    const head = `${layer.framework} ${layer.name}   ${shape(input)} -> ${shape(output)}`;
    io.out(`${ends(head, io.say`expected ${shape(expected)}`)}\n\n`);
    const shown = new Set<string>();
    for (const answer of answers) {
      const name = io.words.axes[of.axes.length]?.[answer.axis] ?? '';
      const lines = answer.lines.join('\n');
      const verdict =
        answer.out === answer.expected
          ? io.say`${answer.out}, as expected`
          : io.say`${answer.out}, not ${answer.expected}`;
      if (shown.has(lines)) io.out(`${style(io, 'bold', name)}   ${io.say`likewise`}\n`);
      else io.out(`${style(io, 'bold', name)}   ${verdict}\n${lines}\n`);
      shown.add(lines);
    }
    if (alternative !== null)
      io.out(
        `\n${style(io, 'bold', io.say`for ${shape(expected)}, write`)}\n${alternative.map((line) => `  ${line}\n`).join('')}`,
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
  const received = given.slice(0, 60);
  throw new Failure(
    INVALID,
    layer.rank === 1
      ? say`--expected: expected 1 size, received ${received}`
      : say`--expected: expected 1 or ${layer.rank} sizes, received ${received}`,
  );
}

/** The step that decides the size. @throws Failure 2 for several */
function windowed(layer: Layer, steps: readonly Geometry[]): Geometry {
  const deciding = steps.filter((step) => step.axes.some((axis) => axis.kernel > 1 || axis.stride > 1));
  if (deciding.length < 2) return deciding[0] ?? (steps[0] as Geometry);
  throw new Failure(
    INVALID,
    say`why answers for one layer, received ${deciding.length}: ${layer.name}`,
    'Ask padwise explain, which shows layer after layer.',
  );
}

/** The axis' own arithmetic, and which padding would give the expected size: the totals from the least to the most. */
function reasons(
  { words, translate }: Language,
  of: Geometry,
  index: number,
  expected: number,
): { lines: string[]; total: [number, number] | null } {
  const axis = of.axes[index] as Axis;
  const lines = arithmetic(of, index, words).map((line) => `  ${line}`);
  if (out(axis) === expected) return { lines, total: null };
  const and = (last: Text) => [...lines, `  ${translate(last)}`];
  if (transposed(of, axis)) {
    const { natural } = transposedWords(axis);
    const cut = natural - expected;
    const would =
      cut >= 0
        ? say`${expected} is what cutting ${cut} in all gives: ${natural} positions are written`
        : say`${expected} is what adding ${-cut} zeros in all gives: ${natural} positions are written`;
    return { lines: and(would), total: null };
  }
  if (of.operation === 'pad') {
    const total = expected - axis.size;
    const would =
      total < 0
        ? say`${expected} is what cutting off ${-total} in all gives`
        : say`${expected} is what padding of ${total} in all gives`;
    return { lines: and(would), total: [total, total] };
  }
  const answer = expected < 1 ? undefined : solve(question(axis, expected))[0];
  if (answer !== undefined) {
    const { least, most, same } = answer;
    const names = [...(least === 0 ? ["no padding, 'valid'"] : []), ...(same ? ["'same'"] : [])];
    const range = least === most ? `${least}` : say`${least} to ${most}`;
    const would =
      names.length > 0
        ? say`${expected} is what padding of ${range} in all gives: ${either(names)}`
        : say`${expected} is what padding of ${range} in all gives`;
    return { lines: and(would), total: [least, most] };
  }
  const room = span(axis) - extent(axis);
  const bare = room < 0 ? 0 : Math.floor(room / axis.stride) + 1;
  const stride = Math.floor(room / Math.max(1, expected)) + 1;
  const reached = expected > 0 && room >= 0 && Math.floor(room / stride) + 1 === expected;
  const far = reached
    ? say`${expected} is out of reach: even without padding it is ${bare}; a stride of ${stride} gives ${expected}`
    : say`${expected} is out of reach: even without padding it is ${bare}`;
  return { lines: and(far), total: null };
}

function transposed(of: Geometry, axis: Axis): boolean {
  return isTransposed(of) && axis.stride === 1;
}

function question(axis: Axis, expected: number) {
  const { kernel, stride, dilation } = axis;
  return { size: span(axis), out: expected, kernel, stride, dilation };
}

/** The axis with the expected size: itself if it has it, else with as little padding as that takes; null if none does. */
function wished(of: Geometry, axis: Axis, expected: number): Axis | null {
  if (out(axis) === expected) return axis;
  if (expected < 1) return null;
  if (transposed(of, axis)) return { ...axis, after: axis.after + expected - out(axis) };
  const total = of.operation === 'pad' ? expected - axis.size : solve(question(axis, expected))[0]?.least;
  if (total === undefined) return null;
  const [before, after] = split(total);
  return { ...axis, before, after, overhang: 0 };
}

/** Code of the layer's own framework that gives the expected sizes. */
function spelled(
  layer: Layer,
  input: readonly number[],
  of: Geometry,
  expected: readonly number[],
): readonly string[] | null {
  const dialect = dialects.find(({ id }) => id === layer.framework);
  if (dialect === undefined) return null;
  const axes = of.axes.map((axis, i) => wished(of, axis, expected[i] as number));
  if (axes.some((axis) => axis === null)) return null;
  const bias = layer.parameters(of.channels).some((parameter) => parameter.role === 'bias');
  const written = write(dialect, geometry({ ...of, axes: axes as Axis[] }), bias);
  if ('impossible' in written) return null;
  try {
    // The code is read again: what is offered gives what was asked.
    const tensors = { ...written.tensors, x: input };
    const again = chain(readLayers(written.lines.join('\n'), { dialects: [dialect], tensors }));
    const [step, more] = again.resolve(input).steps;
    const given = step?.axes.map(out).join() === expected.join();
    return given && more === undefined ? written.lines : null;
  } catch {
    return null;
  }
}
