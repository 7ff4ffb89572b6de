// Who is measured: padwise and its rivals, each in a process of its own. One that is not installed is left out, with its
// reason.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';

/** An engine as the table names it. */
export interface Engine {
  /** Its name in --engines and in JSON. */
  readonly name: string;
  /** Its column in a narrow table. */
  readonly short: string;
  readonly modes: readonly string[];
  /** Whether it runs as WebAssembly, hence in a browser, or as machine code. */
  readonly kind: 'padwise' | 'web' | 'native';
  /** A file of engines/. */
  readonly file: string;
}

/** An engine in a mode, with so many threads: one process. */
export interface Seat {
  readonly engine: Engine;
  readonly mode: string;
  readonly threads: number;
}

/** In the order of the table. */
export const ENGINES: readonly Engine[] = [
  { name: 'padwise', short: 'padwise', modes: ['default', 'wide'], kind: 'padwise', file: 'padwise.ts' },
  { name: 'onnxruntime-web', short: 'ort-web', modes: ['default'], kind: 'web', file: 'onnxruntime-web.ts' },
  { name: 'tfjs-wasm', short: 'tfjs', modes: ['default'], kind: 'web', file: 'tfjs-wasm.ts' },
  { name: 'jax-js', short: 'jax-js', modes: ['default'], kind: 'web', file: 'jax-js.ts' },
  {
    name: 'onnxruntime-node',
    short: 'ort-node',
    modes: ['default'],
    kind: 'native',
    file: 'onnxruntime-node.ts',
  },
  { name: 'pytorch', short: 'pytorch', modes: ['default'], kind: 'native', file: 'pytorch.py' },
];

/** Multiply-adds and nothing else: what this core can do at 128 and at 256 bit. Sits in every row, is in no table. */
export const PEAK: Engine = {
  name: 'peak',
  short: 'peak',
  modes: ['default', 'wide'],
  kind: 'padwise',
  file: 'peak.ts',
};

/** A seat in few words: "padwise wide, 2 threads". */
export function seatName({ engine, mode, threads }: Seat): string {
  return `${engine.name}${mode === 'default' ? '' : ` ${mode}`}${threads === 1 ? '' : `, ${threads} threads`}`;
}

/** Starts a seat's process and has it load its engine. @throws Error with the reason when it cannot */
export async function seated(seat: Seat): Promise<{ child: Child; version: string }> {
  const child = seat.engine.file.endsWith('.py') ? python(seat) : node(seat);
  try {
    const { version, failed, unable } = await child.ask(
      { ask: 'start', mode: seat.mode, threads: seat.threads },
      120,
    );
    if (version === undefined) throw new Error(unable ?? missing(failed ?? 'no version'));
    return { child, version };
  } catch (error) {
    child.end();
    throw error;
  }
}

function missing(why: string): string {
  return /cannot find (module|package)|no module named|ENOENT/i.test(why) ? 'not installed' : why;
}

function node(seat: Seat): Child {
  const worker = fileURLToPath(new URL('worker.ts', import.meta.url));
  return startChild(process.execPath, [worker, seat.engine.file], process.env);
}

function python(seat: Seat): Child {
  const script = fileURLToPath(new URL(`engines/${seat.engine.file}`, import.meta.url));
  const threads = `${seat.threads}`;
  const environment = { ...process.env, OMP_NUM_THREADS: threads, MKL_NUM_THREADS: threads };
  return startChild(pythonCommand(), ['-u', script], environment);
}

let found: string | undefined;

/** PADWISE_PYTHON, else the oracle's environment for PyTorch, else the first of the PATH that has it. */
function pythonCommand(): string {
  if (found !== undefined) return found;
  const named = process.env.PADWISE_PYTHON;
  const oracle = fileURLToPath(new URL('../oracle/.venv-torch/bin/python', import.meta.url));
  const usable = [oracle, 'python3', 'python'].find(
    (command) => (command !== oracle || existsSync(oracle)) && hasTorch(command),
  );
  found = named ?? usable;
  if (found === undefined) throw new Error('not installed: no Python with torch (PADWISE_PYTHON names one)');
  return found;
}

function hasTorch(command: string): boolean {
  try {
    const look = 'import importlib.util as u, sys; sys.exit(u.find_spec("torch") is None)';
    execFileSync(command, ['-c', look], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
