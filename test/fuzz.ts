// The engine against the reference on as many random problems as one likes, in any mode:
//
//   npm run fuzz -- --cases 100000 --mode wide --seed 5      prints how far it is, and the first problem that comes out wrong
//   npm run fuzz -- --problem '1x3x9x9 k3 p1 -> 2' --layout last      that problem alone
//   --compare is forward, gradients or prepared (what is prepared once, its gradients too); --mode is default, strict,
//   threads or wide

import { parseArgs } from 'node:util';
import { host } from '../src/engine/host.ts';
import { parse } from '../src/geometry/index.ts';
import { enter, MODES, type Mode, workersReady } from './engine-modes.ts';
import { type Compared, counterexample, DIFFERENCES } from './problems.ts';

/** After so many the count is shown. */
const PORTION = 500;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    mode: { type: 'string', default: 'default' },
    seed: { type: 'string', default: '7' },
    compare: { type: 'string', default: 'forward' },
    problem: { type: 'string' },
    layout: { type: 'string', default: 'first' },
  },
});
const mode = values.mode as Mode;
const compare = values.compare as Compared;
const [cases, seed] = [values.cases, values.seed].map(Number) as [number, number];
const known = Object.hasOwn(MODES, mode) && Object.hasOwn(DIFFERENCES, compare);
if (!(known && Number.isInteger(cases) && Number.isInteger(seed))) {
  const [modes, what] = [MODES, DIFFERENCES].map((all) => Object.keys(all).join(', '));
  console.error(`fuzz: expected numbers, one of the modes ${modes}, and ${what} to compare`);
  process.exit(2);
}

const obstacle = enter(mode);
if (obstacle !== null) {
  console.log(`skipped: no ${mode} mode on this machine, because ${obstacle}`);
  process.exit();
}
if (mode === 'threads') await workersReady();

if (values.problem !== undefined) {
  const [of, layout] = [parse(values.problem), values.layout === 'last' ? 'last' : 'first'] as const;
  end(DIFFERENCES[compare](of, layout) ?? undefined, 'as the reference has it');
}

for (let done = 0; done < cases; done += PORTION) {
  const wrong = counterexample(Math.min(PORTION, cases - done), seed + done / PORTION, compare);
  if (wrong !== null) {
    end(`wrong, made small: npm run fuzz -- --mode ${mode} --compare ${compare} --problem ${wrong}`);
  }
  if (done + PORTION < cases) console.log(`${mode}: ${done + PORTION} of ${cases} are right`);
}
const { used, reserved } = host().memory.statistics();
end(undefined, `${mode}: ${cases} are right; memory ${used} bytes in use, ${reserved} reserved`);

function end(wrong?: string, right?: string): never {
  console.log(wrong ?? right);
  process.exit(wrong === undefined ? 0 : 1);
}
