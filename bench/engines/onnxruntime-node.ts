// ONNX Runtime's native binary, on the processor.

import type { Adaptor } from '../adaptor.ts';
import { type OnnxRuntime, onnxruntime } from './onnxruntime.ts';
import { packageVersion } from './package-version.ts';

export async function open(_mode: string, threads: number): Promise<Adaptor> {
  const name = 'onnxruntime-node';
  const loaded = (await import(name)) as OnnxRuntime & { default?: OnnxRuntime };
  return onnxruntime(loaded.default ?? loaded, packageVersion(name), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  });
}
