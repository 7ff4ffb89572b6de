// padwise port: the layer in another framework's words, exact for the given size, with the weights' permutation.

import { dialects, type Layer, port, type WeightMove } from '../../src/dialects/index.ts';
import { explain, type Neighbour } from '../../src/explain/index.ts';
import { type Command, json, jsonOption, text } from '../command.ts';
import { elsewhere } from '../elsewhere.ts';
import { Failure, INVALID, SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { chosen, codeText, inputOf, layerOf, layerOptions, layersOf, subjectOptions } from '../subject.ts';
import { shape, verdictText, wrapped } from '../text.ts';

export const portCommand: Command = {
  description: 'Write a layer in another framework, exact to the pixel for its input size',
  examples: [`padwise port 'keras.layers.Conv2D(64, 3, strides=2, padding="same")' --to torch --input 224`],
  args: {
    ...layerOptions,
    to: {
      type: 'string',
      description: `the target: ${dialects.map(({ id }) => id).join(', ')}`,
      valueHint: 'NAME',
      required: true,
    },
    ...subjectOptions,
    ...jsonOption,
  },
  run(options, io) {
    const layer = layerOf(codeText(text(options, 'code') ?? '', io), {
      framework: text(options, 'framework'),
      tensor: text(options, 'tensor'),
    });
    const [target] = chosen(text(options, 'to'));
    if (target === undefined)
      throw new Failure(INVALID, 'the target is missing', 'Add --to, e.g. --to torch.');
    const input = inputOf(layer, text(options, 'input'));
    const ported = port(layer, input, target, layersOf);
    if ('impossible' in ported)
      throw new Failure(INVALID, `${target.title} cannot say this layer: ${ported.impossible}`);
    const usual = explain(layer, input, elsewhere([target])).neighbours[0] ?? null;
    if (options.json === true) {
      const { lines, weights } = ported;
      json(io, {
        schema: 'padwise/port/1',
        from: layer.framework,
        to: target.id,
        input,
        lines,
        weights,
        usual,
      });
    } else print(io, target.title, ported.lines, ported.weights, usual, layer);
    return SAME;
  },
};

function print(
  io: Io,
  title: string,
  lines: readonly string[],
  weights: readonly WeightMove[],
  usual: Neighbour | null,
  layer: Layer,
): void {
  io.out(`${style(io, 'bold', `${title}, exactly`)}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  const moved = weights.filter(({ code }) => code !== 'w');
  if (moved.length > 0) {
    io.out(`\n${style(io, 'bold', 'weights')} (NumPy)\n`);
    for (const { name, target, from, to, code } of moved) {
      const line = `  ${target} = ${name}${code.slice(1)}`;
      const shapes = `# ${shape(from)} -> ${shape(to)}`;
      io.out(line.length + shapes.length > 76 ? `  ${shapes}\n${line}\n` : `${line}    ${shapes}\n`);
    }
  }
  if (usual === null || usual.verdict === 'same') return;
  io.out(
    `\n${style(io, 'bold', 'what people usually write is not it')}\n  ${usual.code}\n${wrapped('  ', verdictText(usual, layer.rank, shape(usual.output)))}\n`,
  );
}
