// What this machine and its host can do, found out by trying: modules of a few bytes are compiled, and one multiply-add is
// computed whose digits tell whether it was rounded once or twice.
//
//   (1 + 2^-12)^2 - (1 + 2^-11)     is 2^-24 when rounded once, and 0 when the square is rounded to 24 bits before

import { assemble } from '../kernels/wasm/assembler.ts';
import { fusedMultiplyAdd, get, load, store, times } from '../kernels/wasm/code.ts';
import { say, type Text } from '../words/index.ts';
import { instantiate, webAssembly } from './webassembly.ts';
import { availableThreads } from './workers.ts';

/** What was found. */
export interface MachineFacts {
  /** Node 26.10.0, Chrome 156, ... with its JavaScript engine where that is known. */
  readonly host: string;
  /** linux x64; empty in a browser. */
  readonly platform: string;
  /** Threads that run at a time, at most 16. */
  readonly threads: number;
  /** Why no kernel of WebAssembly can run; null when they can. The reference kernels always can. */
  readonly obstacle: Text | null;
  /** Relaxed SIMD: a multiply-add in one instruction, which may round once. */
  readonly relaxed: boolean;
  /** It does round once. */
  readonly fused: boolean;
  /** Why threads cannot share memory; null when they can. */
  readonly sharing: Text | null;
}

let known: MachineFacts | undefined;

/** The facts, found out on the first call. */
export function machine(): MachineFacts {
  known ??= probe();
  return known;
}

/** The facts as they are now, found out anew. */
export function probe(): MachineFacts {
  const obstacle = obstacleOf();
  const relaxed = obstacle === null && valid(fusedMultiplyAdd);
  return {
    host: host(),
    platform: typeof process === 'undefined' || !process.arch ? '' : `${process.platform} ${process.arch}`,
    threads: availableThreads(),
    obstacle,
    relaxed,
    get fused() {
      return relaxed && roundsOnce();
    },
    sharing: sharingObstacle(),
  };
}

/** Why threads cannot share memory here; null when they can. */
export function sharingObstacle(): Text | null {
  if (typeof SharedArrayBuffer !== 'undefined') return null;
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated;
  if (isolated === false) {
    return say`the page is not cross-origin isolated; serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp`;
  }
  return say`this JavaScript engine has no SharedArrayBuffer`;
}

function obstacleOf(): Text | null {
  const api = webAssembly();
  if (api === undefined) return say`this host runs without WebAssembly`;
  try {
    new api.Module(assemble({ shared: false }).bytes());
  } catch (error) {
    return say`this host does not let WebAssembly be compiled (a page's Content-Security-Policy needs 'wasm-unsafe-eval'): ${(error as Error).message}`;
  }
  return valid((a, b) => times(a, b)) ? null : say`this host has no SIMD in WebAssembly`;
}

type Formula = typeof fusedMultiplyAdd;

function valid(formula: Formula): boolean {
  return webAssembly()?.validate(single(formula)) ?? false;
}

/** memory[64] = formula(memory[0], memory[16], memory[32]) */
function single(formula: Formula): Uint8Array<ArrayBuffer> {
  const module = assemble({ shared: false });
  const run = module.define(['i32', 'i32', 'i32'], ({ parameters: [at] }) => {
    const address = get(at as NonNullable<typeof at>);
    return store(address, 64, formula(load(address, 0), load(address, 16), load(address, 32)));
  });
  module.expose('run', run);
  return module.bytes();
}

function roundsOnce(): boolean {
  const api = webAssembly();
  if (api === undefined) return false;
  const memory = new api.Memory({ initial: 1, maximum: 1, shared: false });
  const numbers = new Float32Array(memory.buffer);
  const root = 1 + 2 ** -12;
  numbers.fill(root, 0, 8).fill(-(1 + 2 ** -11), 8, 12);
  instantiate(single(fusedMultiplyAdd), memory)(0, 0, 0);
  return numbers[16] === 2 ** -24;
}

/** Those that call themselves by others' names come first. */
const BROWSERS: readonly (readonly [name: string, version: RegExp])[] = [
  ['Edge', /Edg\/([\d.]+)/],
  ['Opera', /OPR\/([\d.]+)/],
  ['Firefox', /Firefox\/([\d.]+)/],
  ['Chrome', /Chrome\/([\d.]+)/],
  ['Safari', /Version\/([\d.]+).*Safari/],
];

/** The name and version of what runs this. */
function host(): string {
  const globals = globalThis as { Deno?: { version: { deno: string } }; Bun?: { version: string } };
  const versions: Record<string, string | undefined> =
    typeof process === 'undefined' ? {} : (process.versions ?? {});
  const engine = versions.v8 === undefined ? '' : ` (V8 ${versions.v8})`;
  if (globals.Bun !== undefined) return `Bun ${globals.Bun.version}`;
  if (globals.Deno !== undefined) return `Deno ${globals.Deno.version.deno}${engine}`;
  if (versions.node !== undefined) return `Node ${versions.node}${engine}`;
  const agent = globalThis.navigator?.userAgent ?? '';
  const found = BROWSERS.map(([name, pattern]) => [name, pattern.exec(agent)?.[1]]).find(
    ([, version]) => version,
  );
  return found === undefined ? agent : found.join(' ');
}
