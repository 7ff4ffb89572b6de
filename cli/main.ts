// The command line: finds the command, checks its options, runs it, and turns every failure into one line, a hint and an
// exit code (failure.ts).

import { readFileSync } from 'node:fs';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { Failure, INVALID, report, SAME } from './failure.ts';
import type { Io } from './io.ts';
import { usage } from './usage.ts';

/** Loaded when asked for: explaining needs no picture library. */
const COMMANDS: Readonly<Record<string, { about: string; load: () => Promise<Command> }>> = {
  explain: {
    about: 'Explain a layer: its size and pads, with arithmetic and evidence',
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  why: {
    about: 'Say why the output is not the size you expected',
    load: async () => (await import('./commands/why.ts')).whyCommand,
  },
  solve: {
    about: 'Find the padding (and kernel and stride) that give a size',
    load: async () => (await import('./commands/solve.ts')).solveCommand,
  },
  compare: {
    about: 'Compare two layers: the same pixels, or a silent shift',
    load: async () => (await import('./commands/compare.ts')).compareCommand,
  },
  port: {
    about: 'Write a layer in another framework, exact to the pixel',
    load: async () => (await import('./commands/port.ts')).portCommand,
  },
  pads: {
    about: "Translate pads from one framework's order to another's",
    load: async () => (await import('./commands/pads.ts')).padsCommand,
  },
  run: {
    about: 'Run a layer on a PNG, JPEG or .npy file',
    load: async () => (await import('./commands/run.ts')).runCommand,
  },
};

/** Runs a command line without the program's name; returns the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const { text, exit } = report(error);
    io.err(text);
    return exit;
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [name = '--help', ...rest] = argv;
  if (name === '--version' || name === '-v') {
    io.out(`${version()}\n`);
    return SAME;
  }
  const overall = name === '--help' || name === '-h' || name === 'help';
  const asked = overall ? rest[0] : name;
  if (asked === undefined) {
    io.out(overview());
    return SAME;
  }
  const found = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  if (found === undefined) {
    const known = `Commands: ${Object.keys(COMMANDS).join(', ')}.`;
    const code = /[(\s]/.test(asked) ? ' Code comes after the command.' : '';
    throw new Failure(INVALID, `there is no command ${asked.slice(0, 40)}`, `${known}${code}`);
  }
  const command = await found.load();
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (overall || own.includes('--help') || own.includes('-h')) {
    io.out(usage(asked, command));
    return SAME;
  }
  return await command.run(readArguments(asked, command, rest), once(io));
}

/** Standard input is read once, however often it is asked for. */
function once(io: Io): Io {
  let read: string | undefined;
  return { ...io, stdin: () => (read ??= io.stdin()) };
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 2;
  const rows = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(width)}${about}`);
  return `padwise knows what padding and stride do, in every framework, to the last pixel.

Usage: padwise COMMAND [options]

${rows.join('\n')}

Code is real framework code: PyTorch, Keras, TensorFlow, MXNet Gluon, Flax, JAX.
Exit codes: 0 same or done, 1 differs, 2 invalid or impossible, 3 a file it
cannot read or write.

Try:
  padwise explain 'layers.Conv2D(6, 4, strides=2, padding="same")' --input 64

padwise COMMAND --help shows a command's options. This is padwise ${version()}.
`;
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
