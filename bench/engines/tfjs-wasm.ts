// TensorFlow.js on its WebAssembly backend: NHWC. The input is uploaded before, the output is not read back: a model's next
// layer would find it there. One axis is two with a height of one, as tfjs does it itself.

import { createRequire } from 'node:module';
import { type Adaptor, type Loaded, type TaskData, Unable } from '../adaptor.ts';
import type { Task } from '../task.ts';
import { channelsLast, reordered, swappedInGroups, tapsFirst } from './orders.ts';
import { packageVersion } from './package-version.ts';

interface Tensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}

type Pads = readonly (readonly [number, number])[] | 'valid' | 'same';
type Convolve = (
  x: Tensor,
  w: Tensor,
  strides: number[],
  pad: Pads,
  format: string,
  dilations: number[],
) => Tensor;

interface TensorFlow {
  readonly conv2d: Convolve;
  readonly depthwiseConv2d: Convolve;
  readonly conv3d: Convolve;
  conv2dTranspose(x: Tensor, w: Tensor, shape: number[], strides: number[], pad: Pads): Tensor;
  tensor(data: Float32Array, shape: readonly number[]): Tensor;
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
}

export async function open(_mode: string, threads: number): Promise<Adaptor> {
  if (threads > 1) throw new Unable('one thread only in Node');
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs-core') as TensorFlow;
  require('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
  await tf.ready();
  return {
    version: packageVersion('@tensorflow/tfjs-backend-wasm'),
    load: (task, data) => load(tf, task, data),
  };
}

function load(tf: TensorFlow, task: Task, { input, weight }: TaskData): Loaded {
  if (task.gradient) throw new Unable('its WebAssembly backend has no gradient of the weights');
  const depthwise = task.groups > 1 && task.groups === task.channels;
  if (task.groups > 1 && !depthwise) throw new Unable('no grouped convolution');
  if (task.stride.some((one) => one > 1) && task.dilation.some((one) => one > 1)) {
    throw new Unable('stride and dilation exclude each other');
  }
  const flat = task.sizes.length === 1;
  const two = (values: readonly number[], missing: number) => (flat ? [missing, ...values] : [...values]);
  const sizes = two(task.sizes, 1);
  const kernel = two(task.kernel, 1);
  const stride = two(task.stride, 1);
  const dilation = two(task.dilation, 1);
  const before = two(task.before, 0);
  const after = two(task.after, 0);
  const x = tf.tensor(channelsLast(input, [task.batch, task.channels, ...sizes]), [
    task.batch,
    ...sizes,
    task.channels,
  ]);
  const pads: Pads = [[0, 0], ...before.map((low, i) => [low, after[i] as number] as const), [0, 0]];
  const w = tf.tensor(...filterOf(task, weight, kernel));

  let convolve: () => Tensor;
  if (task.transposed) {
    if (task.dilation.some((one) => one > 1)) throw new Unable('no dilated transposed convolution');
    if (task.sizes.length > 2) throw new Unable('no transposed convolution of three axes');
    const shape = [task.batch, ...two(task.outs, 1), task.filters];
    convolve = () => tf.conv2dTranspose(x, w, shape, stride, pads);
  } else if (task.sizes.length === 3) {
    const pad = wordOf(task);
    convolve = () => tf.conv3d(x, w, stride, pad, 'NDHWC', dilation);
  } else if (depthwise) {
    convolve = () => tf.depthwiseConv2d(x, w, stride, pads, 'NHWC', dilation);
  } else {
    convolve = () => tf.conv2d(x, w, stride, pads, 'NHWC', dilation);
  }
  let y: Tensor | undefined;
  return {
    call() {
      y?.dispose();
      y = convolve();
    },
    results: async () => [{ of: 'output', layout: 'last', data: (await y?.data()) as Float32Array }],
    drop() {
      for (const one of [x, w, y]) one?.dispose();
    },
  };
}

/** [...kernel, channels, filters]; depthwise [...kernel, channels, multiplier]; transposed [...kernel, filters, channels]. */
function filterOf(task: Task, weight: Float32Array, kernel: readonly number[]): [Float32Array, number[]] {
  const { channels, filters, groups } = task;
  if (groups > 1) {
    const multiplier = filters / groups;
    const data = reordered(weight, [channels, multiplier, ...kernel], [...kernel.map((_, i) => i + 2), 0, 1]);
    return [data, [...kernel, channels, multiplier]];
  }
  if (task.transposed) {
    const shape = [channels, filters, ...kernel];
    return [tapsFirst(swappedInGroups(task, weight), shape), [...kernel, filters, channels]];
  }
  return [tapsFirst(weight, [filters, channels, ...kernel]), [...kernel, channels, filters]];
}

/** conv3d takes no pads in numbers. */
function wordOf(task: Task): 'valid' | 'same' {
  if ([...task.before, ...task.after].every((pads) => pads === 0)) return 'valid';
  const same = task.kernel.every((kernel, i) => {
    const total =
      ((task.outs[i] as number) - 1) * (task.stride[i] as number) + kernel - (task.sizes[i] as number);
    return (
      task.dilation[i] === 1 &&
      task.before[i] === Math.floor(total / 2) &&
      task.after[i] === Math.ceil(total / 2)
    );
  });
  if (!same) throw new Unable('its conv3d knows SAME and VALID only');
  return 'same';
}
