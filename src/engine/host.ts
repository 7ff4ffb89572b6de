// What the engine has on this machine: its memory, made on first use, and one workspace for the calling thread.

import { fusedMultiplyAdd, strictMultiplyAdd } from '../kernels/wasm/code.ts';
import { type Machine, WORKSPACE } from '../kernels/wasm/program.ts';
import { createMemory, type EngineMemory } from './memory.ts';

/** The engine's parts. */
export interface Host {
  readonly memory: EngineMemory;
  /** Addresses of the block of operands and of the calling thread's workspace. */
  readonly operands: number;
  readonly workspace: number;
}

let made: Host | null = null;

/**
 * The engine's parts.
 * @throws EngineError 'memory' where WebAssembly has none
 */
export function host(): Host {
  if (made !== null) return made;
  const memory = createMemory();
  made = { memory, operands: memory.allocate(64), workspace: memory.allocate(WORKSPACE) };
  return made;
}

/** What generated code may use. */
export function machineFor(strict: boolean): Machine {
  return {
    wide: false,
    shared: host().memory.shared,
    multiplyAdd: strict ? strictMultiplyAdd : fusedMultiplyAdd,
  };
}
