// What a page, or a worker of one, computes for the tests: the recorded cases, random problems, and the bits of results. It
// is compiled as the package is and loaded without a bundler.

import { madeHost } from '../../src/engine/host.ts';
import { machine } from '../../src/engine/machine.ts';
import { plan } from '../../src/engine/planned.ts';
import { parse } from '../../src/geometry/index.ts';
import { both, difference } from '../agreement.ts';
import { bits } from '../engine-bits.ts';
import type { EngineCase } from '../engine-case.ts';
import { enter, type Mode, workersReady, wrongCases } from '../engine-modes.ts';

/** A problem by its string. */
export type NamedProblem = readonly [problem: string, layout: 'first' | 'last'];

/** What the server gives as numbers.json. */
export interface Lists {
  readonly cases: readonly EngineCase[];
  readonly problems: readonly NamedProblem[];
  readonly bitProblems: readonly NamedProblem[];
}

/** What is to be computed, in which mode; all of it unless said. */
export interface Request {
  readonly mode: Mode;
  readonly cases?: boolean;
}

/** What came out; all plain data. */
export interface Answer {
  readonly wrongCases: readonly string[];
  readonly wrongProblems: readonly string[];
  readonly bits: readonly string[];
  /** Why there is no generated code, or no shared memory; null where there is. */
  readonly obstacle: string | null;
  readonly sharing: string | null;
  readonly isolated: boolean;
  readonly host: string;
  readonly relaxed: boolean;
  /** The plan of a convolution, with its reason. */
  readonly planned: string;
  readonly threads: {
    readonly workers: number;
    readonly helped: number;
    readonly lost: number;
    readonly obstacle: string | null;
  } | null;
}

async function answer({ mode, cases = true }: Request): Promise<Answer> {
  const lists = (await (await fetch(new URL('../../numbers.json', import.meta.url))).json()) as Lists;
  enter(mode);
  const { obstacle, sharing, host: name, relaxed } = machine();
  const helped = mode === 'threads' && obstacle === null && sharing === null && (await workersReady());
  const wrongProblems = lists.problems.flatMap(([problem, layout]) => {
    const found = difference(both(parse(problem), layout));
    return found === null ? [] : [`${problem}, channels ${layout}: ${found}`];
  });
  const parsed = lists.bitProblems.map(([problem, layout]) => [parse(problem), layout] as const);
  const found = {
    wrongCases: cases ? wrongCases(lists.cases) : [],
    wrongProblems,
    bits: obstacle === null ? await bits(parsed, 'strict', helped) : [],
  };
  const threads = madeHost()?.threads.describe();
  const { algorithm, reason } = plan('1x8x20x20 k3 -> 8');
  return {
    ...found,
    obstacle: obstacle === null ? null : String(obstacle),
    sharing: sharing === null ? null : String(sharing),
    isolated: (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true,
    host: name,
    relaxed,
    planned: `${algorithm}: ${reason}`,
    threads:
      threads === undefined ? null : { ...threads, obstacle: threads.obstacle && String(threads.obstacle) },
  };
}

interface Scope {
  document?: object;
  answer?: typeof answer;
  onmessage?: (event: { data: Request }) => void;
  postMessage(answer: Answer): void;
}

const scope = globalThis as unknown as Scope;
if (scope.document !== undefined) scope.answer = answer;
else scope.onmessage = async ({ data }) => scope.postMessage(await answer(data));
