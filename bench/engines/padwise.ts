// padwise itself, in its modes default (128 bit, what a browser gets) and wide (256 bit where V8 offers it). A layer is
// prepared once, its input is resident in the engine's memory, and its output is given back unread.

import { readFileSync } from 'node:fs';
import {
  configure,
  describe,
  type HeldTensor,
  prepare,
  prepareGradients,
  resident,
  type TensorGradients,
} from '../../src/engine/index.ts';
import { type Geometry, parse, type Tensor, tensor } from '../../src/index.ts';
import { type Adaptor, type Loaded, type TaskData, Unable } from '../adaptor.ts';
import type { Task } from '../task.ts';
import { channelsLast } from './orders.ts';

export async function open(mode: string, threads: number): Promise<Adaptor> {
  configure({ threads, wide: mode === 'wide' ? 'on' : 'off' });
  const found = describe();
  if (mode === 'wide' && !found.wide.on) throw new Unable(`${found.wide.obstacle}`);
  if (threads > 1 && found.threads.obstacle !== null) throw new Unable(`${found.threads.obstacle}`);
  const manifest = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { version, load };
}

function load(task: Task, data: TaskData): Loaded {
  const of = parse(task.problem);
  return task.gradient ? loadGradients(task, of, data) : loadForward(task, of, data);
}

function loadForward(task: Task, of: Geometry, { input, weight }: TaskData): Loaded {
  const layer = prepare(of, { weight }, { layout: task.layout });
  const x = resident(inLayout(task, input, task.channels, task.sizes));
  let y: HeldTensor | undefined;
  return {
    call() {
      y?.[Symbol.dispose]();
      y = layer(x);
    },
    results: () => [{ of: 'output', layout: task.layout, data: numbers(y) }],
    drop() {
      for (const one of [x, y, layer]) one?.[Symbol.dispose]();
    },
  };
}

function loadGradients(task: Task, of: Geometry, data: TaskData): Loaded {
  const back = prepareGradients(of, { weight: data.weight }, { layout: task.layout });
  const x = resident(inLayout(task, data.input, task.channels, task.sizes));
  const outputGradient = resident(inLayout(task, data.outputGradient, task.filters, task.outs));
  let found: TensorGradients | undefined;
  const letGo = () => (found?.input as HeldTensor | undefined)?.[Symbol.dispose]();
  return {
    call() {
      letGo();
      found = back(x, outputGradient);
    },
    results: () => [
      { of: 'input', layout: task.layout, data: numbers(found?.input) },
      { of: 'weight', layout: 'first', data: numbers(found?.weight) },
    ],
    drop() {
      letGo();
      for (const one of [x, outputGradient, back]) one[Symbol.dispose]();
    },
  };
}

/** Canonical numbers as a tensor in the task's layout. */
function inLayout(task: Task, data: Float32Array, channels: number, lengths: readonly number[]): Tensor {
  const canonical = [task.batch, channels, ...lengths];
  if (task.layout === 'first') return tensor(data, canonical);
  return tensor(channelsLast(data, canonical), [task.batch, ...lengths, channels]);
}

function numbers(of: Tensor | undefined): Float32Array {
  return of === undefined ? new Float32Array(0) : (of.data as Float32Array);
}
