// padwise run: a picture or an array through a layer, on the reference kernels.

import { type Layer, type Parameter, shapeText } from '../../src/dialects/index.ts';
import { type Geometry, multiplyAdds } from '../../src/geometry/index.ts';
import {
  compute,
  type Filled,
  initialised,
  nextSource,
  setSeed,
  type Tensor,
  tensor,
} from '../../src/index.ts';
import { type Command, json, jsonOption, type Options, text } from '../command.ts';
import { Failure, INVALID, SAME } from '../failure.ts';
import type { Io } from '../io.ts';
import { classicKernel, kernelNames } from '../kernels.ts';
import { isArray, readArray, readPicture, summary, toNpy, toPng, writeWhole } from '../picture.ts';
import { codeText, layerOf, numbers, subjectOptions } from '../subject.ts';
import { shape } from '../text.ts';

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
    kernel: { type: 'string', description: `a classic kernel: ${kernelNames.join(', ')}`, valueHint: 'NAME' },
    seed: { type: 'string', description: "seed of the layer's own initialiser (0)", valueHint: 'N' },
    memory: {
      type: 'string',
      description: `most memory for input, weights and output, in GiB (${MEMORY_GIB})`,
      valueHint: 'GIB',
    },
    ...subjectOptions,
    ...jsonOption,
  },
  run(options, io) {
    const layer = layerOf(codeText(text(options, 'code') ?? '', io), {
      framework: text(options, 'framework'),
      tensor: text(options, 'tensor'),
    });
    const output = text(options, 'output');
    if (output !== undefined && !/\.(png|npy)$/i.test(output))
      throw new Failure(INVALID, `cannot write ${output}: expected a .png or .npy name`);
    const x = inputTensor(layer, text(options, 'file') ?? '');
    const { steps, output: outputShape } = layer.resolve(x.shape);
    const parameters = layer.parameters((steps[0] as Geometry).channels);
    refuseMemory([x.shape, outputShape, ...parameters.map((one) => one.shape)], options);
    const filled = fill(layer, parameters, steps, options);
    const work = steps.reduce((sum, step) => sum + multiplyAdds(step), 0);
    if (io.progress && work > 5e8)
      io.err(`computing ${(work / 1e9).toFixed(1)} G multiply-adds on the reference kernels ...\n`);
    const began = performance.now();
    const y = compute(layer, x, filled);
    const milliseconds = performance.now() - began;
    const said = output === undefined ? [] : write(output, y, layer);
    const numbers = summary(y);
    if (options.json === true)
      json(io, {
        schema: 'padwise/run/1',
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

function inputTensor(layer: Layer, path: string): Tensor {
  if (!isArray(path)) {
    if (layer.rank !== 2)
      throw new Failure(
        INVALID,
        `${layer.name} takes ${layer.rank} axes, a picture has 2`,
        'Give a .npy file instead.',
      );
    return readPicture(path, layer.channels ?? 3, layer.layout);
  }
  const array = readArray(path);
  const batched = array.shape.length === layer.rank + 1 ? [1, ...array.shape] : array.shape;
  return tensor(array.data, batched);
}

function refuseMemory(shapes: readonly (readonly number[])[], options: Options): void {
  const given = text(options, 'memory');
  if (given !== undefined && !/^\d+(\.\d+)?$/.test(given))
    throw new Failure(INVALID, `--memory: expected a number of GiB, received ${given.slice(0, 40)}`);
  const limit = Number(given ?? MEMORY_GIB);
  const elements = shapes.reduce((sum, sizes) => sum + sizes.reduce((product, n) => product * n, 1), 0);
  const needed = (4 * elements) / 2 ** 30;
  if (needed > limit) {
    throw new Failure(
      INVALID,
      `this needs ${needed.toFixed(1)} GiB for input, weights and output; the limit is ${limit} GiB`,
      '--memory raises the limit.',
    );
  }
}

/** Parameters from files, from a classic kernel (bias 0), or from the framework's own initialiser. */
function fill(
  layer: Layer,
  parameters: readonly Parameter[],
  steps: readonly Geometry[],
  options: Options,
): Filled[] {
  const [files, kernel, seed] = [text(options, 'weights'), text(options, 'kernel'), text(options, 'seed')];
  if (files !== undefined && kernel !== undefined)
    throw new Failure(INVALID, '--weights and --kernel exclude each other');
  if (parameters.length === 0 && (files !== undefined || kernel !== undefined))
    throw new Failure(INVALID, `${layer.name} has no weights`);
  setSeed(seed === undefined ? 0 : (numbers(seed, '--seed')[0] as number));
  const source = nextSource();
  const paths = files?.split(',') ?? [];
  if (paths.length > parameters.length)
    throw new Failure(
      INVALID,
      `--weights: ${layer.name} has ${parameters.length} parameters, received ${paths.length} files`,
    );
  return parameters.map((parameter, i): Filled => {
    const path = paths[i];
    if (path !== undefined) return { parameter, tensor: loaded(path, parameter) };
    if (kernel === undefined)
      return { parameter, tensor: initialised(parameter.shape, parameter.initialiser, source, i) };
    if (parameter.role === 'bias')
      return { parameter, tensor: tensor(new Float32Array(parameter.shape[0] ?? 0), parameter.shape) };
    return { parameter, tensor: classicKernel(kernel, parameter, steps[parameter.step] as Geometry) };
  });
}

function loaded(path: string, { name, shape: expected }: Parameter): Tensor {
  const array = readArray(path);
  if (array.shape.join() === expected.join()) return array;
  throw new Failure(
    INVALID,
    `${path}: ${name} is ${shapeText(expected)}, the file holds ${shapeText(array.shape)}`,
  );
}

function write(path: string, y: Tensor, layer: Layer): string[] {
  if (isArray(path)) {
    writeWhole(path, toNpy(y));
    return [`wrote ${path}`];
  }
  const { png, stretched, grid } = toPng(y, layer.layout);
  writeWhole(path, png);
  return [
    `wrote ${path}${grid === null ? '' : `, the channels in a ${grid[0]}x${grid[1]} grid`}`,
    ...(stretched === null
      ? []
      : [
          `values ${stretched[0].toPrecision(4)} to ${stretched[1].toPrecision(4)} stretched to black and white`,
        ]),
    ...((y.shape[0] ?? 1) > 1 ? ['the first of the batch'] : []),
  ];
}

function print(
  io: Io,
  layer: Layer,
  x: Tensor,
  y: Tensor,
  { least, most, mean }: ReturnType<typeof summary>,
  milliseconds: number,
  said: readonly string[],
): void {
  io.out(
    `${layer.framework} ${layer.name}   ${shape(x.shape)} -> ${shape(y.shape)}   ${milliseconds.toFixed(0)} ms\n`,
  );
  if (y.data.length > 0)
    io.out(`values ${least.toPrecision(4)} to ${most.toPrecision(4)}, mean ${mean.toPrecision(4)}\n`);
  for (const line of said) io.out(`${line}\n`);
}
