// padwise heat: how often each element of the input is used, by a layer or through a stack, several beside each other.

import { type Command, jsonOption, texts } from '../command.ts';
import { figureOptions, wishOf, writeFigure } from '../figure.ts';
import { drawingOf } from '../figure-subject.ts';
import { subjectOptions } from '../subject.ts';

export const heatCommand: Command = {
  description: 'Draw how often each pixel is used, by a layer or through a stack of them',
  examples: [
    `padwise heat 'nn.Conv2d(1, 1, 3, stride=2)' --input 8`,
    `padwise heat '1x1x8x8 k1 -> 1' '1x1x8x8 k2 -> 1' '1x1x8x8 k3 -> 1' --names 1x1,2x2,3x3 -o heat.svg`,
    'padwise heat stack.py --input 224 -o heat.png',
  ],
  args: {
    code: {
      type: 'positional',
      several: true,
      description:
        "the layer or layers in turn: code, a .py file, - for standard input, a problem such as '1x1x8x8 k3 -> 1', or a figure written before; several are drawn beside each other",
      required: true,
    },
    input: {
      type: 'string',
      description: 'its input: 1x64x64x3 in its own layout, or just 64',
      valueHint: 'SHAPE',
    },
    layer: { type: 'string', description: 'which layer of several in turn, from 1 on', valueHint: 'N' },
    names: { type: 'string', description: 'what several layers are called: torch,keras', valueHint: 'NAMES' },
    ...figureOptions,
    ...subjectOptions,
    ...jsonOption,
  },
  async run(options, io) {
    const wish = wishOf(options, io);
    const drawing = await drawingOf(texts(options, 'code'), 'heat', options, io);
    return writeFigure(drawing, wish, options.json === true, io);
  },
};
