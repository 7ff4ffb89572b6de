// The command line: finds the command, checks its options, runs it, and turns every failure into one line, a hint and an
// exit code (failure.ts).

import { say, type Text } from '../src/words/index.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { Failure, INVALID, report, SAME } from './failure.ts';
import type { Io, Terminal } from './io.ts';
import { checkLanguage, languageOf, languageOption, takeLanguage } from './language.ts';
import { wrapped } from './text.ts';
import { usage } from './usage.ts';
import { version } from './version.ts';

/** Loaded when asked for: explaining needs no picture library. */
const COMMANDS: Readonly<Record<string, { about: Text; load: () => Promise<Command> }>> = {
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
  reach: {
    about: 'Show what outputs see of the input: field, dead pixels, legal sizes',
    load: async () => (await import('./commands/reach.ts')).reachCommand,
  },
  draw: {
    about: 'Draw a layer: SVG, PNG, GIF, TikZ, or on the terminal',
    load: async () => (await import('./commands/draw.ts')).drawCommand,
  },
  heat: {
    about: 'Draw how often each pixel is used',
    load: async () => (await import('./commands/heat.ts')).heatCommand,
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
  plan: {
    about: 'Show what code would run for a layer, and why',
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  bench: {
    about: 'Measure one layer on this machine',
    load: async () => (await import('./commands/bench.ts')).benchCommand,
  },
  doctor: {
    about: 'Check the engine: what it can do here, and that it is right',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
};

/** Runs a command line without the program's name; returns the exit code. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  const asked = takeLanguage(argv);
  const io: Io = { ...terminal, ...(await languageOf(asked.name || (terminal.locale ?? ''))) };
  try {
    checkLanguage(asked.name);
    return await dispatch(asked.argv, io);
  } catch (error) {
    const { text, exit } = report(error, io);
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
    io.out(overview(io));
    return SAME;
  }
  const found = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  if (found === undefined) {
    const known = Object.keys(COMMANDS).join(', ');
    throw new Failure(
      INVALID,
      say`there is no command ${asked.slice(0, 40)}`,
      /[(\s]/.test(asked) ? say`Commands: ${known}. Code comes after the command.` : say`Commands: ${known}.`,
    );
  }
  const loaded = await found.load();
  const command = { ...loaded, args: { ...loaded.args, ...languageOption } };
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (overall || own.includes('--help') || own.includes('-h')) {
    io.out(usage(io, asked, command));
    return SAME;
  }
  return await command.run(readArguments(asked, command, rest), once(io));
}

/** Standard input is read once, however often it is asked for. */
function once(io: Io): Io {
  let read: string | undefined;
  return { ...io, stdin: () => (read ??= io.stdin()) };
}

function overview(io: Io): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 2;
  const rows = Object.entries(COMMANDS).map(([name, { about }]) =>
    wrapped(`  ${name.padEnd(width)}`, io.translate(about)),
  );
  const code = `layers.Conv2D(6, 4, strides=2, padding="same")`;
  return [
    wrapped('', io.say`padwise knows what padding and stride do, in every framework, to the last pixel.`),
    io.say`Usage: ${'padwise'} COMMAND [options]`,
    rows.join('\n'),
    `${wrapped('', io.say`Code is real framework code: PyTorch, Keras, JAX, ONNX and all that explain --help lists.`)}\n${wrapped('', io.say`Exit codes: 0 same or done, 1 differs, 2 invalid or impossible, 3 a file it cannot read or write.`)}`,
    `${io.say`Try:`}\n  padwise explain '${code}' --input 64`,
    wrapped('', io.say`padwise COMMAND --help shows a command's options. This is padwise ${version()}.`),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}
