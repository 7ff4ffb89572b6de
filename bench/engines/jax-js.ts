// jax-js on its WebAssembly backend: a compiled function of NCHW arrays that stay where it keeps them. It runs on one
// thread in Node, which has no Web Workers.

import { type Adaptor, type Computed, type Loaded, type TaskData, Unable } from '../adaptor.ts';
import type { Task } from '../task.ts';
import { mirrored } from './orders.ts';
import { packageVersion } from './package-version.ts';

interface JaxArray {
  /** The same numbers, to be used up once more. */
  readonly ref: JaxArray;
  mul(by: JaxArray): JaxArray;
  data(): Promise<Float32Array>;
  blockUntilReady(): Promise<JaxArray>;
  dispose(): void;
}

type Compiled = ((...of: JaxArray[]) => JaxArray | JaxArray[]) & { dispose(): void };

interface Jax {
  init(device: string): Promise<unknown>;
  defaultDevice(device: string): void;
  jit(of: (...given: JaxArray[]) => JaxArray | JaxArray[]): Compiled;
  grad(of: (...given: JaxArray[]) => JaxArray, options: object): (...given: JaxArray[]) => JaxArray[];
  readonly numpy: {
    array(data: Float32Array, options: { shape: readonly number[] }): JaxArray;
    sum(of: JaxArray): JaxArray;
  };
  readonly lax: {
    convGeneralDilated(
      x: JaxArray,
      w: JaxArray,
      strides: readonly number[],
      pads: readonly (readonly [number, number])[],
      options: object,
    ): JaxArray;
  };
}

export async function open(_mode: string, threads: number): Promise<Adaptor> {
  if (threads > 1) throw new Unable('one thread only in Node');
  const name = '@jax-js/jax';
  const jax = (await import(name)) as Jax;
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  return { version: packageVersion(name), load: (task, data) => load(jax, task, data) };
}

function load(jax: Jax, task: Task, data: TaskData): Loaded {
  const { batch, channels, filters, groups, sizes, kernel, outs } = task;
  const x = jax.numpy.array(data.input, { shape: [batch, channels, ...sizes] });
  const weight = task.transposed ? mirrored(task, data.weight) : data.weight;
  const w = jax.numpy.array(weight, { shape: [filters, channels / groups, ...kernel] });
  const ones = kernel.map(() => 1);
  const extent = kernel.map((taps, i) => (taps - 1) * (task.dilation[i] as number));
  const cut = (pads: readonly number[]) =>
    task.transposed ? pads.map((pad, i) => (extent[i] as number) - pad) : pads;
  const after = cut(task.after);
  const pads = cut(task.before).map((low, i) => [low, after[i] as number] as const);
  const convolve = (a: JaxArray, b: JaxArray) =>
    jax.lax.convGeneralDilated(a, b, task.transposed ? ones : task.stride, pads, {
      lhsDilation: task.transposed ? task.stride : ones,
      rhsDilation: task.dilation,
      featureGroupCount: groups,
    });
  const given = [x, w];
  let compiled: Compiled;
  if (task.gradient) {
    given.push(jax.numpy.array(data.outputGradient, { shape: [batch, filters, ...outs] }));
    const loss = (a: JaxArray, b: JaxArray, dy: JaxArray) => jax.numpy.sum(convolve(a, b).mul(dy));
    compiled = jax.jit(jax.grad(loss as (...given: JaxArray[]) => JaxArray, { argnums: [0, 1] }));
  } else {
    compiled = jax.jit(convolve as (...given: JaxArray[]) => JaxArray);
  }
  let last: JaxArray[] = [];
  return {
    async call() {
      for (const one of last) one.dispose();
      last = [compiled(...given.map((one) => one.ref))].flat();
      for (const one of last) await one.blockUntilReady();
    },
    async results() {
      const names = task.gradient ? (['input', 'weight'] as const) : (['output'] as const);
      const read = names.map(async (of, i): Promise<Computed> => {
        return { of, layout: 'first', data: await (last[i] as JaxArray).ref.data() };
      });
      return Promise.all(read);
    },
    drop() {
      compiled.dispose();
      for (const one of [...given, ...last]) one.dispose();
    },
  };
}
