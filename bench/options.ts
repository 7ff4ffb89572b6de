// The arguments of run.ts.

import { parseArgs } from 'node:util';
import { ENGINES, type Engine } from './engines.ts';

export const USAGE: string = `usage: npm run bench -- [options]

Measures padwise and its rivals in one interleaved run, and checks every result first.

  --rows FILTER    rows whose problem, model, group or label has this text; a file of rows; a problem string
                   (repeatable; all rows unless given)
  --engines A,B    ${ENGINES.map((one) => one.name).join(', ')}
  --threads 1,2    thread counts (1,2)
  --rounds N       at most N rounds a row (25)
  --seconds S      no new round after S seconds of a row (8)
  --layout L       padwise's data with channels last (NHWC) or first (NCHW): last
  --cold           measure every chosen row in fresh processes, too; a full run does so for four rows
  --json           print [{ problem, engine, mode, threads, gradient, medianMs, bestMs, gflops }] alone
  --write          write RESULTS.md and results.svg, as a full run does
  --help           this text
`;

/** What a run was asked for. */
export interface Options {
  readonly rows: readonly string[];
  readonly engines: readonly Engine[];
  readonly threads: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly layout: 'first' | 'last';
  readonly cold: boolean;
  readonly json: boolean;
  readonly write: boolean;
  readonly help: boolean;
}

/** @throws Error that says what was expected, for anything else */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      rows: { type: 'string', multiple: true, default: [] },
      engines: { type: 'string', default: ENGINES.map((one) => one.name).join(',') },
      threads: { type: 'string', default: '1,2' },
      rounds: { type: 'string', default: '25' },
      seconds: { type: 'string', default: '8' },
      layout: { type: 'string', default: 'last' },
      cold: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const { layout, rows } = values;
  if (layout !== 'first' && layout !== 'last')
    throw new Error(`--layout: expected first or last, received ${layout}`);
  return {
    rows,
    layout,
    engines: chosenEngines(values.engines),
    threads: values.threads.split(',').map((word) => amount('--threads', word, 1)),
    rounds: amount('--rounds', values.rounds, 1),
    seconds: amount('--seconds', values.seconds, 0),
    cold: values.cold,
    json: values.json,
    write: values.write,
    help: values.help,
  };
}

/** In the order of the table, whatever order they were asked for in. */
function chosenEngines(names: string): Engine[] {
  const wanted = names.split(',').map(engine);
  return ENGINES.filter((one) => wanted.includes(one));
}

function engine(name: string): Engine {
  const found = ENGINES.find((one) => one.name === name.trim() || one.short === name.trim());
  if (found !== undefined) return found;
  throw new Error(
    `--engines: expected some of ${ENGINES.map((one) => one.name).join(', ')}, received ${name}`,
  );
}

function amount(option: string, word: string, least: number): number {
  const value = Number(word);
  if (
    word.trim() !== '' &&
    Number.isFinite(value) &&
    value >= least &&
    (least === 0 || Number.isInteger(value))
  ) {
    return value;
  }
  throw new Error(`${option}: expected a number of at least ${least}, received ${word}`);
}
