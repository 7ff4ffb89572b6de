// How a worker is started where the engine runs: a thread of Node (and of Deno and Bun, which have the same module), or a Web
// Worker. Both run worker.js, neither keeps a process alive.

import { say, type Text } from '../words/index.ts';
import type { WorkerStart } from './threads.ts';

/** One started worker. */
export interface WorkerHandle {
  /** Ends it, whatever it is doing. */
  end(): void;
}

/** What becomes of a worker. */
export interface WorkerEvents {
  /** It cannot be started, or an error has ended it. */
  failed(reason: Text): void;
  /** It writes no more. Called once, some time after end() or after it ended by itself. */
  ended(): void;
}

/** A browser says nothing of a worker's end; it allows a few seconds to a script that does not stop by itself. */
const END_MS = 10_000;

/** The most threads, unless more are asked for. */
const MOST = 16;

interface NodeWorker {
  unref(): void;
  on(event: 'error', listener: (error: unknown) => void): void;
  on(event: 'exit', listener: () => void): void;
  terminate(): Promise<unknown>;
}

interface NodeThreads {
  readonly Worker: new (file: URL, options: object) => NodeWorker;
}

declare const Worker: new (
  file: URL,
  options: { type: 'module' },
) => {
  postMessage(message: WorkerStart): void;
  terminate(): void;
  onerror: ((event: { message?: string; preventDefault?(): void }) => void) | null;
};

/** Starts worker.js; throws where that is not possible or not allowed. */
export function startWorker(start: WorkerStart, events: WorkerEvents): WorkerHandle {
  const threads = builtin<NodeThreads>('node:worker_threads');
  return threads === undefined ? webWorker(start, events) : nodeWorker(threads, start, events);
}

function nodeWorker(threads: NodeThreads, start: WorkerStart, events: WorkerEvents): WorkerHandle {
  const worker = new threads.Worker(new URL('./worker.js', import.meta.url), {
    name: 'padwise',
    workerData: start,
    execArgv: [],
  });
  worker.unref();
  worker.on('error', (error) => events.failed(error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => events.ended());
  return { end: () => void worker.terminate() };
}

function webWorker(start: WorkerStart, events: WorkerEvents): WorkerHandle {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  let ending = false;
  worker.onerror = (event) => {
    event.preventDefault?.();
    events.failed(event.message || say`its file could not be loaded`);
  };
  worker.postMessage(start);
  return {
    end() {
      if (ending) return;
      ending = true;
      worker.terminate();
      setTimeout(() => events.ended(), END_MS);
    },
  };
}

/** How many threads this machine runs at a time, the calling one among them; at most 16. */
export function availableThreads(): number {
  const system = builtin<{ availableParallelism?(): number }>('node:os');
  const many = system?.availableParallelism?.() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
  return Math.min(MOST, many);
}

/** Whether this thread may sleep in Atomics.wait; a browser's main thread may not. */
export function maySleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}

/** A module of Node, by name, where there are any; no import, because browsers could not resolve it. */
export function builtin<Module>(name: string): Module | undefined {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return undefined;
  return process.getBuiltinModule(name) as Module | undefined;
}
