// The lists in wide mode, in a process of their own, because the switch of V8 is the process's: prints what it found as JSON.

import { bits } from './engine-bits.ts';
import { engineCases } from './engine-cases.ts';
import { enter, wrongCases } from './engine-modes.ts';
import { gradientCases, wrongGradients } from './gradient-cases.ts';
import { bitProblems, counterexample } from './problems.ts';

/** What this process prints. */
export interface WideFindings {
  /** Why this machine has no such mode, and then nothing else; null when it has. */
  readonly obstacle: string | null;
  readonly cases: readonly string[];
  readonly gradients: readonly string[];
  readonly random: readonly (string | null)[];
  readonly strictBits: readonly string[];
}

const obstacle = enter('wide');
const findings =
  obstacle !== null
    ? { obstacle: String(obstacle) }
    : ({
        obstacle,
        cases: wrongCases([...engineCases()]),
        gradients: wrongGradients([...gradientCases()], (numbers) => Float32Array.from(numbers)),
        random: [counterexample(60, 10, 'gradients'), counterexample(60, 12, 'prepared')],
        strictBits: await bits(bitProblems(), 'strict'),
      } satisfies WideFindings);
console.log(JSON.stringify(findings));
