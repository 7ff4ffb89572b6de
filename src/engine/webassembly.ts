// The part of the WebAssembly interface that padwise uses, typed here because the declarations of browsers are not among
// the library's. The global is missing where the host runs without a compiler (node --jitless), so it is asked for.
//
//   const run = instantiate(bytes, memory);   run(operands, job, workspace)
//
// Source: the WebAssembly JavaScript interface, https://webassembly.github.io/spec/js-api/

/** A memory of 64 KiB pages. A new `buffer` stands for it after it has grown; one that is not shared detaches the old. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  /** Gives the pages there were. */
  grow(pages: number): number;
}

/** A program's only function: one job of those that operands (an address) name, with this thread's workspace. */
export type Run = (operands: number, job: number, workspace: number) => void;

/** Compiled code, which can be instantiated. */
type WasmModule = object;

interface WasmApi {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Module: new (bytes: BufferSource) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  validate(bytes: BufferSource): boolean;
}

type BufferSource = ArrayBufferView<ArrayBuffer>;

/** WebAssembly as this host has it, or undefined. */
export function webAssembly(): WasmApi | undefined {
  return (globalThis as unknown as { WebAssembly?: WasmApi }).WebAssembly;
}

/** The function `run` of a module over a memory, compiled at once; throws what the host throws. */
export function instantiate(bytes: Uint8Array<ArrayBuffer>, memory: WasmMemory): Run {
  const { Instance, Module } = webAssembly() as WasmApi;
  return new Instance(new Module(bytes), { env: { memory } }).exports.run as Run;
}
