// What the engine has on this machine, made on first use: its memory, and its threads.

import { fusedMultiplyAdd, strictMultiplyAdd } from '../kernels/wasm/code.ts';
import type { Machine } from '../kernels/wasm/program.ts';
import { machine } from './machine.ts';
import { createMemory, type EngineMemory } from './memory.ts';
import { settings } from './settings.ts';
import { createThreads, type Threads } from './threads.ts';
import { isWide } from './wide.ts';

/** The engine's parts. */
export interface Host {
  readonly memory: EngineMemory;
  readonly threads: Threads;
}

let made: Host | null = null;

/**
 * The engine's parts.
 * @throws EngineError 'memory' where WebAssembly has none
 */
export function host(): Host {
  if (made !== null) return made;
  const memory = createMemory();
  made = { memory, threads: createThreads(memory, settings().threads) };
  return made;
}

/** The parts, if something has needed them already. */
export function madeHost(): Host | null {
  return made;
}

/** What generated code may use. */
export function machineFor(strict: boolean): Machine {
  return {
    wide: isWide(),
    shared: host().memory.shared,
    multiplyAdd: strict || !machine().relaxed ? strictMultiplyAdd : fusedMultiplyAdd,
    relaxed: machine().relaxed,
  };
}
