// ONNX Runtime as WebAssembly, the build a browser gets.

import type { Adaptor } from '../adaptor.ts';
import { type OnnxRuntime, onnxruntime } from './onnxruntime.ts';
import { packageVersion } from './package-version.ts';

export async function open(_mode: string, threads: number): Promise<Adaptor> {
  const name = 'onnxruntime-web';
  const loaded = (await import(name)) as OnnxRuntime;
  loaded.env.wasm.numThreads = threads;
  return onnxruntime(loaded, packageVersion(name), { executionProviders: ['wasm'] });
}
