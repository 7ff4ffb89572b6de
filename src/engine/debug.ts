// PADWISE_DEBUG, a ladder: each level prints what those below it print, on standard error.
//
//   1   a line per run: problem, kernels, milliseconds, GFLOP/s        padwise 1x3x64x64 k4 s2 p1 -> 6  gemm_f32_6x8  0.04 ms ...
//   2   and why this plan
//   3   packing and blocks: what each program reads, writes, packs, and into how many jobs it is cut
//   4   the code of each program when it is compiled (kernels/wasm/listing.ts)
//   5   the memory map of each run
//
// What is printed from 3 on is loaded when it is needed, so it appears a moment later, in order (details.ts).

import type { Program } from '../kernels/wasm/program.ts';
import { type Plan, printPlan } from '../plan/plan.ts';
import type { MemoryMap, Packing } from './details.ts';

type Details = typeof import('./details.ts');

let details: Promise<Details> | undefined;

/** The level that is asked for; 0 in a browser. */
function debugLevel(): number {
  const asked = typeof process === 'undefined' ? undefined : process.env?.PADWISE_DEBUG;
  return asked === undefined ? 0 : Number(asked) || 0;
}

/** Levels 1 and 2: a run that is over. */
export function report(of: Plan, milliseconds: number): void {
  const level = debugLevel();
  if (level < 1) return;
  const speed = (2 * of.multiplyAdds) / (milliseconds * 1e6);
  const kernels = [...new Set(of.kernels)].join(' + ') || of.algorithm;
  const line = `padwise ${of.problem}  ${kernels}  ${milliseconds.toFixed(2)} ms  ${speed.toFixed(2)} GFLOP/s`;
  say(level < 2 ? line : `${line}\npadwise ${printPlan(of)}`, level);
}

/** Level 3: programs that are ready, their weights packed. */
export function reportPacking(of: Packing): void {
  if (debugLevel() >= 3) later(({ packingText }) => packingText(of));
}

/** Level 4: a program that is compiled now. */
export function reportCode(of: Program): void {
  if (debugLevel() >= 4) later(({ codeText }) => codeText(of));
}

/** Level 5: where a run's data lies. */
export function reportMemory(of: () => MemoryMap): void {
  if (debugLevel() < 5) return;
  const map = of();
  later(({ memoryText }) => memoryText(map));
}

function say(text: string, level: number): void {
  if (level < 3) console.error(text);
  else later(() => text);
}

function later(text: (of: Details) => string): void {
  details ??= import('./details.ts');
  void details.then((found) => console.error(text(found)));
}
