// padwise draw: a layer as a figure, on the terminal or as a file.

import { type DrawnView, VIEWS } from '../../src/draw/index.ts';
import { say } from '../../src/words/index.ts';
import { type Command, jsonOption, type Options, text, texts } from '../command.ts';
import { Failure, INVALID } from '../failure.ts';
import { figureOptions, stepOptions, wishOf, writeFigure } from '../figure.ts';
import { drawingOf } from '../figure-subject.ts';
import { subjectOptions } from '../subject.ts';

export const drawCommand: Command = {
  description: 'Draw a layer: its padded input, its window and the arithmetic, on the terminal or as a file',
  examples: [
    `padwise draw 'nn.Conv2d(1, 1, 3, stride=2, padding=1)' --input 8 -o figure.svg`,
    `padwise draw '1x1x3x3 k2 p1 -> 1' --kernel '0 1; 2 3' -o window.gif`,
    `padwise draw 'nn.Conv2d(3, 8, 3, 2, 1)' 'Conv2D(8, 3, strides=2, padding="same")' --input 8`,
    'padwise draw figure.svg --step 5 --theme dark -o figure.png',
  ],
  args: {
    code: {
      type: 'positional',
      several: true,
      description:
        "the layer: code, a .py file, - for standard input, a problem such as '1x1x8x8 k3 s2 p1 -> 1', or a figure written before; a second layer shows the shift",
      required: true,
    },
    input: {
      type: 'string',
      description: 'its input: 1x64x64x3 in its own layout, or just 64',
      valueHint: 'SHAPE',
    },
    view: { type: 'string', description: say`${VIEWS.join(', ')} (what suits the layer)`, valueHint: 'NAME' },
    ...stepOptions,
    at: {
      type: 'string',
      description: 'outputs shown at once, each in its colour: 0,0/2,2',
      valueHint: 'OUTPUTS',
    },
    values: {
      type: 'string',
      description: 'numbers of the input, row by row: "0 1 2; 3 4 5" (0, 1, 2, ...)',
      valueHint: 'ROWS',
    },
    kernel: {
      type: 'string',
      description: 'numbers of the kernel, row by row: "0 1; 2 3" (0, 1, 2, ...)',
      valueHint: 'ROWS',
    },
    layer: { type: 'string', description: 'which layer of several in turn, from 1 on', valueHint: 'N' },
    axis: { type: 'string', description: 'the axis drawn where only one is, from 0 on', valueHint: 'N' },
    limit: { type: 'string', description: 'most positions of an axis that are drawn (14)', valueHint: 'N' },
    names: { type: 'string', description: 'what several layers are called: torch,keras', valueHint: 'NAMES' },
    ...figureOptions,
    ...subjectOptions,
    ...jsonOption,
  },
  async run(options, io) {
    const wish = wishOf(options, io);
    const drawing = await drawingOf(texts(options, 'code'), viewOf(options), options, io);
    return writeFigure(drawing, wish, options.json === true, io);
  },
};

function viewOf(options: Options): DrawnView | undefined {
  const named = text(options, 'view');
  if (named === undefined) return undefined;
  const found = VIEWS.find((view) => view === named.toLowerCase());
  if (found !== undefined) return found;
  throw new Failure(INVALID, say`no view ${named.slice(0, 40)}`, say`Known: ${VIEWS.join(', ')}.`);
}
