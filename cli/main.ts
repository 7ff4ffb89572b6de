// The command line: finds the command, checks its options, runs it, and turns every failure into one line, a hint and an
// exit code (failure.ts).

import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { parseArgs, renderUsage } from 'citty';
import type { Command } from './command.ts';
import { compareCommand } from './commands/compare.ts';
import { explainCommand } from './commands/explain.ts';
import { padsCommand } from './commands/pads.ts';
import { portCommand } from './commands/port.ts';
import { runCommand } from './commands/run.ts';
import { solveCommand } from './commands/solve.ts';
import { whyCommand } from './commands/why.ts';
import { Failure, INVALID, report, SAME } from './failure.ts';
import type { Io } from './io.ts';
import { codeText } from './subject.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  explain: explainCommand,
  why: whyCommand,
  solve: solveCommand,
  compare: compareCommand,
  port: portCommand,
  pads: padsCommand,
  run: runCommand,
};

/** Runs a command line without the program's name; returns the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name = '--help', ...rest] = argv;
  let code: string | undefined;
  try {
    if (name === '--help' || name === '-h' || name === 'help') {
      const about = rest[0] === undefined ? undefined : COMMANDS[rest[0]];
      io.out(about === undefined ? overview() : await usage(io, rest[0] as string, about));
      return SAME;
    }
    if (name === '--version' || name === '-v') {
      io.out(`${version()}\n`);
      return SAME;
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) {
      throw new Failure(
        INVALID,
        `no command ${name.slice(0, 40)}`,
        `Commands: ${Object.keys(COMMANDS).join(', ')}.`,
      );
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(await usage(io, name, command));
      return SAME;
    }
    const options = parse(name, command, rest);
    code = typeof options.code === 'string' && options.code !== '-' ? options.code : undefined;
    if (code !== undefined) code = codeText(code, io);
    return await command.run(options, io);
  } catch (error) {
    const { text, exit } = report(error, code);
    io.err(text);
    return exit;
  }
}

/** Options by name. @throws Failure 2 for one the command does not have, a missing value, or one argument too many */
function parse(
  name: string,
  command: Command,
  argv: readonly string[],
): Record<string, string | boolean | undefined> {
  const hint = `See padwise ${name} --help.`;
  const known = new Map(
    Object.entries(command.args).flatMap(([key, arg]) => {
      const alias = 'alias' in arg ? arg.alias : undefined;
      return [key, ...(Array.isArray(alias) ? alias : alias === undefined ? [] : [alias])].map(
        (one) => [one, arg] as const,
      );
    }),
  );
  argv.forEach((word, i) => {
    const flag = /^--?([a-z][\w-]*)(=.*)?$/.exec(word);
    if (flag === null) return;
    const arg = known.get(flag[1] as string);
    if (arg === undefined || arg.type === 'positional')
      throw new Failure(INVALID, `${name} has no option ${word.split('=')[0]}`, hint);
    if (arg.type === 'string' && flag[2] === undefined && argv[i + 1] === undefined) {
      throw new Failure(INVALID, `${word} needs a value`, hint);
    }
  });
  const positional = Object.entries(command.args).filter(([, arg]) => arg.type === 'positional');
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs([...argv], command.args);
  } catch (error) {
    throw new Failure(
      INVALID,
      `${name}: ${stripVTControlCharacters((error as Error).message).toLowerCase()}`,
      hint,
    );
  }
  if (parsed._.length > positional.length) {
    throw new Failure(
      INVALID,
      `${name} takes ${positional.length} argument${positional.length === 1 ? '' : 's'}, received ${parsed._.length}`,
      `Put code in quotes. ${hint}`,
    );
  }
  return Object.fromEntries(
    Object.keys(command.args).map((key) => {
      const value = parsed[key];
      return [key, typeof value === 'string' || typeof value === 'boolean' ? value : undefined];
    }),
  );
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 2;
  const rows = Object.entries(COMMANDS).map(
    ([name, { description }]) => `  ${name.padEnd(width)}${description}`,
  );
  return `padwise knows what padding and stride do, in every framework, to the last pixel.

Usage: padwise COMMAND [options]

${rows.join('\n')}

Code is real framework code: PyTorch, Keras, TensorFlow, MXNet Gluon, Flax, JAX.
Exit codes: 0 same, 1 differs, 2 invalid or impossible, 3 a file it cannot read.

  ${explainCommand.examples[0]}

padwise COMMAND --help shows a command's options. padwise --version: ${version()}
`;
}

async function usage(io: Io, name: string, command: Command): Promise<string> {
  const shown = await renderUsage({
    meta: { name: `padwise ${name}`, description: command.description },
    args: command.args,
  });
  const examples = command.examples.map((example) => `  ${example}`).join('\n');
  const text = `${shown}\nEXAMPLES\n\n${examples}\n`;
  return io.color ? text : stripVTControlCharacters(text);
}

function version(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as { version: string })
        .version;
    } catch {
      // Built, the program lies one folder deeper.
    }
  }
  return 'unknown';
}
