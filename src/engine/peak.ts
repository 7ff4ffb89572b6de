// The most multiply-adds that one core does: chains of them on values in registers, as many as it takes for none to wait for
// another (wide-probes.ts). What a kernel reaches is told as a part of it.

import { fusedMultiplyAdd, strictMultiplyAdd } from '../kernels/wasm/code.ts';
import { machine } from './machine.ts';
import { instantiate, webAssembly } from './webassembly.ts';
import { isWide } from './wide.ts';
import { chains } from './wide-probes.ts';

/** GFLOP/s of one core, a multiply-add counted as two. */
export interface Peak {
  /** With vectors of 128 bits. */
  readonly narrow: number;
  /** With vectors of 256 bits; null where they are off. */
  readonly wide: number | null;
}

/** Rounds of a call: some 20 microseconds. */
const ROUNDS = 4000;

/** Measures for so many milliseconds; null where no kernel can run. */
export function peak(milliseconds: number = 60): Peak | null {
  if (machine().obstacle !== null) return null;
  // Single sums lie 32 bytes apart, so that these are not joined.
  const narrow = runner(12, 32);
  const wide = isWide() ? runner(24, 16) : null;
  const speeds = best(wide === null ? [narrow] : [narrow, wide], milliseconds);
  return { narrow: speeds[0] as number, wide: wide === null ? null : (speeds[1] as number) };
}

interface Runner {
  readonly run: (address: number, rounds: number, unused: number) => void;
  readonly operations: number;
}

function runner(count: number, apart: number): Runner {
  const api = webAssembly() as NonNullable<ReturnType<typeof webAssembly>>;
  const memory = new api.Memory({ initial: 1, maximum: 1, shared: false });
  const multiplyAdd = machine().relaxed ? fusedMultiplyAdd : strictMultiplyAdd;
  const run = instantiate(chains(count, apart, multiplyAdd), memory);
  return { run, operations: 2 * 4 * count * ROUNDS };
}

/** By turns, because a machine is not equally fast all the time; the first calls only make the code ready. */
function best(runners: readonly Runner[], milliseconds: number): number[] {
  const found = runners.map(() => 0);
  const until = performance.now() + milliseconds;
  while (performance.now() < until) {
    runners.forEach(({ run, operations }, i) => {
      const before = performance.now();
      run(0, ROUNDS, 0);
      found[i] = Math.max(found[i] as number, operations / (performance.now() - before) / 1e6);
    });
  }
  return found;
}
