// Programs that are ready to run: compiled once for each geometry, layout and machine, their tables in memory. The least
// recently used are let go; whoever holds one keeps it.

import { type Program, WORKSPACE } from '../kernels/wasm/program.ts';
import { say } from '../words/index.ts';
import { reportCode } from './debug.ts';
import { EngineError } from './error.ts';
import { host } from './host.ts';
import { instantiate, type Run } from './webassembly.ts';

/** A program with its code and its tables. */
export interface Compiled {
  readonly program: Program;
  /** Counts up; names the code to workers. */
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly run: Run;
  /** Address of the tables; 0 when there are none. */
  readonly tables: number;
}

/** The most programs kept for later. */
const MOST = 256;

const kept = new Map<string, Compiled>();
const holders = new Map<Compiled, number>();
let count = 0;

/** The program of this name, made when there is none; to be let go of. */
function hold(key: string, make: () => Program): Compiled {
  const found = kept.get(key) ?? compile(make());
  kept.delete(key);
  kept.set(key, found);
  holders.set(found, (holders.get(found) ?? 0) + 1);
  evict();
  return found;
}

/** The same after others that were held; they are let go of when this one cannot be had. */
export function holdAfter(
  others: readonly { readonly compiled: Compiled }[],
  key: string,
  make: () => Program,
): Compiled {
  try {
    return hold(key, make);
  } catch (error) {
    for (const { compiled } of others) letGo(compiled);
    throw error;
  }
}

/** Says that a program is no longer needed. */
export function letGo(of: Compiled): void {
  holders.set(of, (holders.get(of) ?? 1) - 1);
  evict();
}

function compile(program: Program): Compiled {
  if (program.workspace > WORKSPACE) {
    throw new EngineError(
      'memory',
      say`${program.name}: its workspace of ${program.workspace} bytes is larger than the ${WORKSPACE} of a thread`,
    );
  }
  reportCode(program);
  const { memory } = host();
  const run = instantiate(program.bytes, memory.wasm);
  const tables = program.tables.length === 0 ? 0 : memory.allocate(program.tables.byteLength);
  memory.integers().set(program.tables, tables / 4);
  return { program, id: count++, bytes: program.bytes, run, tables };
}

/** Lets go of the least recently used that nobody holds. */
function evict(): void {
  if (kept.size <= MOST) return;
  for (const [key, one] of kept) {
    if ((holders.get(one) ?? 0) > 0) continue;
    kept.delete(key);
    holders.delete(one);
    host().threads.forget(one.id);
    if (one.tables !== 0) host().memory.free(one.tables);
    if (kept.size <= MOST) return;
  }
}
