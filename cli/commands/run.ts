// padwise run: a picture or an array through a layer.

import { type Layer, type Parameter, shapeText } from '../../src/dialects/index.ts';
import { chain } from '../../src/explain/stacks.ts';
import { type Geometry, multiplyAdds, outputShape } from '../../src/geometry/index.ts';
import {
  compute,
  type Filled,
  initialised,
  nextSource,
  setSeed,
  type Tensor,
  tensor,
  zeros,
} from '../../src/index.ts';
import { say, type Text } from '../../src/words/index.ts';
import { type Command, json, jsonOption, type Options, text } from '../command.ts';
import { widen } from '../engine.ts';
import { Failure, INVALID, SAME } from '../failure.ts';
import type { Io } from '../io.ts';
import { classicKernel, kernelNames } from '../kernels.ts';
import {
  checkWritable,
  isArray,
  readArray,
  readPicture,
  summary,
  toNpy,
  toPng,
  writeWhole,
} from '../picture.ts';
import { codeText, pastedLayers, subjectOptions } from '../subject.ts';
import { ends, shape } from '../text.ts';

/** Input, weights and output together: 4 GiB unless --memory says otherwise. */
const MEMORY_GIB = 4;

export const runCommand: Command = {
  description: 'Run a layer on a PNG, JPEG or .npy file and write a PNG or .npy',
  examples: [
    'padwise run \'nn.Conv2d(3, 3, 5, padding=2, padding_mode="reflect")\' photo.png --kernel gaussian -o soft.png',
    "padwise run 'nn.Conv2d(1, 2, 3, padding=1)' photo.jpg --kernel sobel -o edges.npy",
  ],
  args: {
    code: {
      type: 'positional',
      description: 'the layer: code, a .py file, or - for standard input',
      required: true,
    },
    file: { type: 'positional', description: 'the input: PNG, JPEG (values 0 to 1) or .npy', required: true },
    output: {
      type: 'string',
      alias: 'o',
      description: 'where to write: .png or .npy; without it, only the numbers',
      valueHint: 'FILE',
    },
    weights: {
      type: 'string',
      description: ".npy files of the parameters, in the layer's own order: kernel.npy,bias.npy",
      valueHint: 'FILES',
    },
    kernel: {
      type: 'string',
      description: say`a classic kernel: ${kernelNames.join(', ')}`,
      valueHint: 'NAME',
    },
    seed: { type: 'string', description: "seed of the layer's own initialiser (0)", valueHint: 'N' },
    memory: {
      type: 'string',
      description: say`most memory for input, weights and output, in GiB (${MEMORY_GIB})`,
      valueHint: 'GIB',
    },
    ...subjectOptions,
    ...jsonOption,
  },
  run(options, io) {
    const named = { framework: text(options, 'framework'), tensor: text(options, 'tensor') };
    const pasted = pastedLayers(codeText(text(options, 'code') ?? '', io), named);
    const layer = chain(pasted);
    if (layer.stills !== undefined)
      throw new Failure(INVALID, say`run computes sliding windows, and ${layer.stills[0] ?? ''} slides none`);
    const layers = pasted.filter(({ kind }) => kind !== 'input');
    const output = text(options, 'output');
    if (output !== undefined) checkOutput(output);
    const x = inputTensor(layer, text(options, 'file') ?? '');
    const stages = planned(layers, x);
    refuseMemory(x, stages, options);
    fill(stages, options);
    const work = stages.flatMap(({ steps }) => steps).reduce((sum, step) => sum + multiplyAdds(step), 0);
    // Numbers of 64 bits are the reference kernel's, which is a hundred times as slow.
    if (io.progress && work > (x.data instanceof Float64Array ? 5e8 : 5e10))
      io.err(`${io.say`computing ${(work / 1e9).toFixed(1)} G multiply-adds ...`}\n`);
    widen(io);
    const began = performance.now();
    const y = stages.reduce((input, stage) => compute(stage.layer, input, stage.filled), x);
    const milliseconds = performance.now() - began;
    const said = output === undefined ? [] : write(output, y, layer);
    const numbers = summary(y);
    if (options.json === true)
      json(io, {
        schema: 'padwise/run/1',
        framework: layer.framework,
        layer: layer.name,
        input: x.shape,
        output: y.shape,
        ...numbers,
        milliseconds,
        file: output ?? null,
      });
    else print(io, layer, x, y, numbers, milliseconds, said);
    return SAME;
  },
};

/** One layer on its input: what it runs, what it needs, and the numbers of its parameters once filled. */
interface Stage {
  readonly layer: Layer;
  readonly steps: readonly Geometry[];
  readonly output: readonly number[];
  readonly parameters: readonly Parameter[];
  filled: Filled[];
}

function planned(layers: readonly Layer[], x: Tensor): Stage[] {
  let shape = x.shape;
  return layers.map((layer): Stage => {
    const { steps, output } = layer.resolve(shape);
    shape = output;
    const parameters = layer.parameters(steps[0]?.channels ?? 1);
    return { layer, steps, output, parameters, filled: [] };
  });
}

function checkOutput(path: string): void {
  if (!/\.(png|npy)$/i.test(path))
    throw new Failure(INVALID, say`cannot write ${path}: expected a name that ends in .png or .npy`);
  checkWritable(path);
}

function inputTensor(layer: Layer, path: string): Tensor {
  if (!isArray(path)) {
    if (layer.rank !== 2 && layer.kind !== 'pad')
      throw new Failure(
        INVALID,
        layer.rank === 1
          ? say`${layer.name} works along 1 axis, a picture has 2`
          : say`${layer.name} works along ${layer.rank} axes, a picture has 2`,
        'Give a .npy file instead.',
      );
    return readPicture(path, layer.channels ?? 3, layer.layout);
  }
  const array = readArray(path);
  const batched = array.shape.length === layer.rank + 1 ? [1, ...array.shape] : array.shape;
  return tensor(array.data, batched);
}

function refuseMemory(x: Tensor, stages: readonly Stage[], options: Options): void {
  const given = text(options, 'memory');
  if (given !== undefined && !(/^\d+(\.\d+)?$/.test(given) && Number(given) > 0))
    throw new Failure(INVALID, say`--memory: expected a number of GiB, received ${given.slice(0, 40)}`);
  const limit = Number(given ?? MEMORY_GIB);
  const data = [x.shape, ...stages.flatMap(({ steps }) => steps.map(outputShape))];
  const weights = stages.flatMap(({ parameters }) => parameters.map(({ shape }) => shape));
  const needed = (total(data) * x.data.BYTES_PER_ELEMENT + total(weights) * 4) / 2 ** 30;
  if (needed <= limit) return;
  const amount =
    needed < 0.1 ? needed.toPrecision(1) : needed.toLocaleString('en', { maximumFractionDigits: 1 });
  throw new Failure(
    INVALID,
    say`this needs ${amount} GiB for input, weights and output; the limit is ${limit} GiB`,
    '--memory GIB raises the limit.',
  );
}

function total(shapes: readonly (readonly number[])[]): number {
  return shapes.reduce((sum, sizes) => sum + sizes.reduce((product, n) => product * n, 1), 0);
}

/** Parameters from files, from a classic kernel (bias 0), or from the framework's own initialiser. */
function fill(stages: readonly Stage[], options: Options): void {
  const [files, kernel] = [text(options, 'weights'), text(options, 'kernel')];
  if (files !== undefined && kernel !== undefined)
    throw new Failure(INVALID, '--weights and --kernel exclude each other');
  const name = stages.map(({ layer }) => layer.name).join(', ');
  const count = stages.reduce((sum, { parameters }) => sum + parameters.length, 0);
  if (count === 0 && (files !== undefined || kernel !== undefined))
    throw new Failure(INVALID, say`${name} has no weights`);
  const paths = files?.split(',') ?? [];
  if (paths.length > count) {
    throw new Failure(
      INVALID,
      count === 1
        ? say`--weights: ${name} has 1 parameter, received ${paths.length} files`
        : say`--weights: ${name} has ${count} parameters, received ${paths.length} files`,
    );
  }
  setSeed(seedOf(options));
  for (const stage of stages) {
    const source = nextSource();
    stage.filled = stage.parameters.map((parameter, i): Filled => {
      const path = paths.shift();
      if (path !== undefined) return { parameter, tensor: loaded(path, parameter) };
      if (kernel === undefined)
        return { parameter, tensor: initialised(parameter.shape, parameter.initialiser, source, i) };
      if (parameter.role === 'bias') return { parameter, tensor: zeros(parameter.shape) };
      return { parameter, tensor: classicKernel(kernel, parameter, stage.steps[parameter.step] as Geometry) };
    });
  }
}

function seedOf(options: Options): number {
  const given = text(options, 'seed') ?? '0';
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new Failure(INVALID, say`--seed: expected a whole number, received ${given.slice(0, 40)}`);
}

function loaded(path: string, { name, shape: expected }: Parameter): Tensor {
  const array = readArray(path);
  if (array.shape.join() === expected.join()) return array;
  throw new Failure(
    INVALID,
    say`${path}: ${name} is ${shapeText(expected)}, the file holds ${shapeText(array.shape)}`,
  );
}

/** What was written, as lines to print. */
function write(path: string, y: Tensor, layer: Layer): Text[] {
  if (isArray(path)) {
    writeWhole(path, toNpy(y));
    return [say`wrote ${path}`];
  }
  const { png, stretched, grid } = toPng(y, layer.layout);
  writeWhole(path, png);
  const details = [
    ...(grid === null ? [] : [say`the channels side by side, ${grid[0]} across and ${grid[1]} down`]),
    ...(stretched === null ? [] : ['the values stretched from black to white']),
    ...((y.shape[0] ?? 1) > 1 ? ['the first of the batch'] : []),
  ];
  return [say`wrote ${path}`, ...details];
}

function print(
  io: Io,
  layer: Layer,
  x: Tensor,
  y: Tensor,
  { least, most, mean, notFinite }: ReturnType<typeof summary>,
  milliseconds: number,
  said: readonly Text[],
): void {
  const head = `${layer.framework} ${layer.name}   ${shape(x.shape)} -> ${shape(y.shape)}`;
  io.out(`${ends(head, `${milliseconds.toFixed(0)} ms`)}\n`);
  if (y.data.length > notFinite)
    io.out(
      `${io.say`values ${least.toPrecision(4)} to ${most.toPrecision(4)}, mean ${mean.toPrecision(4)}`}\n`,
    );
  if (notFinite > 0)
    io.out(`${notFinite === 1 ? io.say`1 value not finite` : io.say`${notFinite} values not finite`}\n`);
  for (const line of said) io.out(`${io.translate(line)}\n`);
}
