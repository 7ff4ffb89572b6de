// What this core can do: multiply-adds on values in registers, twelve chains that do not wait for each other, and hardly
// anything else. In wide mode a chain is a pair of 128-bit values that lie side by side in memory, which V8's revectorizer
// joins to one of 256 bit.
//
//   turn:  load chains; DEEP times: every chain = a * b + chain; store chains

import { setFlagsFromString } from 'node:v8';
import { webAssembly } from '../../src/engine/webassembly.ts';
import { assemble } from '../../src/kernels/wasm/assembler.ts';
import {
  type Code,
  fusedMultiplyAdd,
  get,
  i32,
  load,
  loadSplat,
  repeat,
  set,
  store,
} from '../../src/kernels/wasm/code.ts';
import type { Adaptor } from '../adaptor.ts';

const CHAINS = 12;
const DEEP = 256;
const TURNS = 50;

/** Floating-point operations of a call. */
export function peakOperations(mode: string): number {
  return 2 * 4 * vectors(mode) * DEEP * TURNS;
}

export async function open(mode: string): Promise<Adaptor> {
  if (mode === 'wide') setFlagsFromString('--experimental-wasm-revectorize');
  const api = webAssembly();
  if (api === undefined) throw new Error('WebAssembly is missing');
  const memory = new api.Memory({ initial: 1, maximum: 1, shared: false });
  const instance = new api.Instance(new api.Module(bytes(vectors(mode))), { env: { memory } });
  const run = instance.exports.run as (times: number) => void;
  // Long enough for the optimising compiler to have taken over.
  for (const until = performance.now() + 100; performance.now() < until; ) run(TURNS);
  const nothing = () => {};
  return { version: '', load: () => ({ call: () => run(TURNS), results: () => [], drop: nothing }) };
}

function vectors(mode: string): number {
  return mode === 'wide' ? 2 * CHAINS : CHAINS;
}

function bytes(count: number): Uint8Array<ArrayBuffer> {
  const module = assemble({ shared: false });
  const run = module.define(['i32'], (frame) => {
    const [turns] = frame.parameters;
    const [counter, base] = [frame.local('i32'), frame.local('i32')];
    const [a, b] = [frame.local('v128'), frame.local('v128')];
    const chains = Array.from({ length: count }, () => frame.local('v128'));
    const step = chains.map((chain) => set(chain, fusedMultiplyAdd(get(a), get(b), get(chain))));
    const deep: Code = Array.from({ length: DEEP }, () => step);
    return [
      set(base, i32(0)),
      repeat(counter, get(turns as NonNullable<typeof turns>), [
        set(a, loadSplat(get(base), 1024)),
        set(b, loadSplat(get(base), 1028)),
        chains.map((chain, i) => set(chain, load(get(base), 16 * i))),
        deep,
        chains.map((chain, i) => store(get(base), 16 * i, get(chain))),
      ]),
    ];
  });
  module.expose('run', run);
  return module.bytes();
}
