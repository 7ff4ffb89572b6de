// padwise doctor: what the engine can do here and what keeps it from more, and whether its kernels compute what the reference
// does. Exit code 1 says that something is wrong; what is only missing is no failure, because the engine works without it.

import { configure, type Description, describe, type Peak, peak } from '../../src/engine/index.ts';
import { type Command, json, jsonOption } from '../command.ts';
import { wideOption, wideOptions } from '../engine.ts';
import { DIFFERS, SAME } from '../failure.ts';
import { type Io, style } from '../io.ts';
import { selfTest, type Tested } from '../self-test.ts';
import { columns, ends, padded, wrapped } from '../text.ts';
import { version } from '../version.ts';

const GIB = 2 ** 30;

/** ok: it works   off: it is not to be had, and not needed   wrong: it should work and does not */
type State = 'ok' | 'off' | 'wrong';

type Finding = readonly [name: string, state: State, said: string];

export const doctorCommand: Command = {
  description: 'Check what the engine can do on this machine, and that every kernel computes what it should',
  examples: ['padwise doctor', 'padwise doctor --json'],
  args: { ...wideOptions, ...jsonOption },
  async run(options, io) {
    const { wide } = describe().settings;
    try {
      configure({ wide: wideOption(options, io) });
      const obstacle = describe().machine.obstacle;
      const tests = obstacle === null ? await selfTest() : [];
      const speed = obstacle === null ? peak() : null;
      const found = describe();
      const findings = obstacle === null ? working(io, found, speed) : [without(io, found)];
      const wrong = findings.some(([, state]) => state === 'wrong') || tests.some(({ right }) => !right);
      const answer = { ok: !wrong, version: version(), ...found, peak: speed, tests };
      if (options.json === true) json(io, { schema: 'padwise/doctor/1', ...answer });
      else print(io, found, findings, tests);
      return wrong ? DIFFERS : SAME;
    } finally {
      configure({ wide });
    }
  },
};

/** A machine without WebAssembly: everything runs, slowly. */
function without(io: Io, { machine }: Description): Finding {
  return ['WebAssembly', 'wrong', io.say`${machine.obstacle ?? ''}; plain loops compute everything, slowly`];
}

function working(io: Io, of: Description, speed: Peak | null): Finding[] {
  const { machine, threads, wide, memory } = of;
  const findings: (Finding | false)[] = [
    ['WebAssembly', 'ok', io.say`code may be compiled; vectors of 128 bits`],
    machine.relaxed
      ? [
          io.say`relaxed SIMD`,
          'ok',
          machine.fused
            ? io.say`a multiply-add is one instruction, rounded once`
            : io.say`a multiply-add is one instruction, rounded twice`,
        ]
      : [io.say`relaxed SIMD`, 'off', io.say`a multiply-add takes two instructions`],
    machine.sharing === null
      ? [io.say`shared memory`, 'ok', 'SharedArrayBuffer']
      : [io.say`shared memory`, 'off', io.translate(machine.sharing)],
    threadsFinding(io, threads),
    wide.on
      ? [io.say`256 bits`, 'ok', io.say`on, ${(wide.speed ?? 2).toFixed(1)} times as fast as 128 bits`]
      : [io.say`256 bits`, 'off', wide.obstacle === null ? '' : io.translate(wide.obstacle)],
    memory !== null && [
      io.say`memory`,
      'ok',
      io.say`${(memory.limit / GIB).toLocaleString('en')} GiB at most`,
    ],
    speed !== null && [
      io.say`peak`,
      'ok',
      speed.wide === null
        ? io.say`${speed.narrow.toPrecision(3)} GFLOP/s a core with 128 bits`
        : io.say`${speed.narrow.toPrecision(3)} GFLOP/s a core with 128 bits, ${speed.wide.toPrecision(3)} with 256`,
    ],
  ];
  return findings.filter((one) => one !== false);
}

function threadsFinding(io: Io, { wanted, helped, lost, obstacle }: Description['threads']): Finding {
  const name = io.say`threads`;
  if (wanted < 2) return [name, 'off', io.say`1 is wanted`];
  if (obstacle !== null && lost === 0) return [name, 'off', io.translate(obstacle)];
  if (lost > 0) return [name, 'wrong', io.say`${lost} workers did not finish their work`];
  return helped > 0
    ? [name, 'ok', io.say`${wanted}, and workers did ${helped} jobs of the self-test`]
    : [name, 'wrong', io.say`no worker has started, of ${wanted - 1}`];
}

function print(io: Io, of: Description, findings: readonly Finding[], tests: readonly Tested[]): void {
  const { machine, settings } = of;
  const on = [machine.host, machine.platform].filter(Boolean).join(', ');
  io.out(`${ends(`padwise ${version()}`, on)}\n\n`);
  io.out(`${style(io, 'bold', io.say`machine`)}\n${rowsText(io, findings)}\n`);
  const precision = io.say`precision ${settings.precision}, threads ${settings.threads}, wide ${settings.wide}`;
  const from = io.say`compiled from ${settings.compileFrom.toLocaleString('en')} multiply-adds, shared from ${settings.parallelFrom.toLocaleString('en')}`;
  io.out(`${style(io, 'bold', io.say`settings`)}\n  ${precision}\n${wrapped('  ', from)}\n`);
  if (tests.length === 0) return;
  const rows = tests.map(({ what, right, error, kernels, problem }): Finding => {
    const ran = [...new Set(kernels.filter((name) => !name.startsWith('transpose')))].join(', ');
    const far = error.toExponential(1);
    const fine = error === 0 ? ran || 'reference' : io.say`${ran}, off by ${far}`;
    const said = right ? fine : io.say`${problem}: off by ${far}`;
    return [io.translate(what), right ? 'ok' : 'wrong', said];
  });
  const wrong = rows.filter(([, state]) => state === 'wrong').length;
  io.out(`\n${style(io, 'bold', io.say`self-test`)}\n${rowsText(io, rows)}\n`);
  io.out(
    `${wrong === 0 ? io.say`all ${rows.length} are right` : io.say`${wrong} of ${rows.length} are WRONG`}\n`,
  );
}

function rowsText(io: Io, rows: readonly Finding[]): string {
  const states = { ok: io.say`ok`, off: io.say`off`, wrong: io.say`WRONG` };
  const wide = Math.max(...rows.map(([name]) => columns(name))) + 2;
  const state = Math.max(...Object.values(states).map(columns)) + 2;
  return rows
    .map(([name, is, said]) => {
      const line = wrapped(`  ${padded(name, wide)}${padded(states[is], state)}`, said);
      return `${is === 'wrong' ? style(io, 'bold', line) : line}\n`;
    })
    .join('');
}
