// ONNX Runtime: a session of one node, fed an NCHW array of JavaScript and giving one back, as its API takes them. The
// weight is inside the model, so that it is packed once.

import { type Adaptor, type Loaded, type TaskData, Unable } from '../adaptor.ts';
import type { Task } from '../task.ts';
import { onnxModel } from './onnx-model.ts';
import { swappedInGroups } from './orders.ts';

/** What is used of onnxruntime-common. */
export interface OnnxRuntime {
  readonly InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OnnxTensor;
  readonly env: { readonly wasm: { numThreads?: number } };
}

interface OnnxTensor {
  readonly data: unknown;
}

interface Session {
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** An adaptor over either package. */
export function onnxruntime(of: OnnxRuntime, version: string, options: object): Adaptor {
  return {
    version,
    async load(task: Task, { input, weight }: TaskData): Promise<Loaded> {
      if (task.gradient) throw new Unable('no gradients');
      const inside = task.channels / task.groups;
      const shape = task.transposed
        ? [task.channels, task.filters / task.groups, ...task.kernel]
        : [task.filters, inside, ...task.kernel];
      const model = onnxModel(task, shape, task.transposed ? swappedInGroups(task, weight) : weight);
      const session = await of.InferenceSession.create(model, options);
      const feeds = { x: new of.Tensor('float32', input, [task.batch, task.channels, ...task.sizes]) };
      let y: OnnxTensor | undefined;
      return {
        async call() {
          y = (await session.run(feeds)).y;
        },
        results: () => [{ of: 'output', layout: 'first', data: y?.data as Float32Array }],
        drop: () => void session.release(),
      };
    },
  };
}
