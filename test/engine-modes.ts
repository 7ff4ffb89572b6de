// The ways in which the engine computes, and the lists it has to get right in each of them, however small the problems are.

import { configure } from '../src/engine/configure.ts';
import { run } from '../src/engine/engine.ts';
import { host } from '../src/engine/host.ts';
import { type Settings, settings } from '../src/engine/settings.ts';
import { widen } from '../src/engine/wide.ts';
import { parse } from '../src/geometry/index.ts';
import type { Text } from '../src/words/index.ts';
import { usesWinograd, WINOGRAD_BOUND } from './agreement.ts';
import { difference, type EngineCase, outputOf, turned } from './engine-case.ts';

export type Mode = 'default' | 'strict' | 'threads' | 'wide';

/** Settings of each mode; those of `settings()` where they say nothing. */
export const MODES: Readonly<Record<Mode, Partial<Settings>>> = {
  default: {},
  strict: { precision: 'strict' },
  threads: { threads: 2, parallelFrom: 0 },
  wide: { wide: 'auto' },
};

const usual: Settings = { ...settings(), threads: 1 };

/**
 * Puts a mode in force, everything compiled. 'wide' is for a process of its own: V8's switch is the process's.
 * @returns why this machine has no such mode; null when it has
 */
export function enter(mode: Mode): Text | null {
  configure({ ...usual, ...MODES[mode], compileFrom: 0 });
  return mode === 'wide' ? widen('auto').obstacle : null;
}

/** Waits until a worker has answered; false where there is none after ten seconds. */
export async function workersReady(): Promise<boolean> {
  const { threads } = host();
  for (let waited = 0; waited < 10_000; waited += 5) {
    if (threads.describe().ready > 0) return true;
    run(parse('1x8x16x16 k3 -> 8'), { input: new Float32Array(2048), weight: new Float32Array(576) });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

/** Which of the recorded cases come out otherwise, their data in both layouts. Integers have to be exact. */
export function wrongCases(cases: readonly EngineCase[]): string[] {
  return cases.flatMap((one) => {
    const other = turned(one);
    return (other === null ? [one] : [one, other]).flatMap((each) => {
      const off = difference(each, outputOf(each, run));
      return off <= allowed(each) ? [] : [`${each.name}, channels ${each.layout}: off by ${off}`];
    });
  });
}

/** 0 for integers that float32 holds, unless Winograd's algorithm or a division computes them. */
function allowed({ expected, steps, layout }: EngineCase): number {
  const exact = expected.every((value) => !Number.isFinite(Number(value)) || isExact(Number(value)));
  const pooled = steps.some(({ problem }) => parse(problem).operation === 'average');
  const winograd = () => steps.some(({ problem }) => usesWinograd(parse(problem), { layout }));
  return exact && !pooled && !winograd() ? 0 : WINOGRAD_BOUND;
}

function isExact(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= 2 ** 24;
}
