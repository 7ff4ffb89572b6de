// What --help prints, at most 80 columns wide: how a command is called, its arguments, its options, examples to try.

import type { Argument, Command } from './command.ts';
import type { Io } from './io.ts';
import { wrapped } from './text.ts';

/** The help of one command. */
export function usage(io: Io, name: string, command: Command): string {
  const args = Object.entries(command.args);
  const positional = args.filter(([, arg]) => arg.type === 'positional');
  const options = args.filter(([, arg]) => arg.type !== 'positional');
  const words = positional.map(
    ([key, { several }]) => `${key.toUpperCase()}${several ? ` [${key.toUpperCase()} ...]` : ''}`,
  );
  return [
    wrapped('', io.say`${command.description}.`),
    io.say`Usage: ${['padwise', name, ...words].join(' ')} [options]`,
    ...(positional.length === 0
      ? []
      : [
          table(
            io,
            positional.map(([key, arg]) => [key.toUpperCase(), arg]),
          ),
        ]),
    table(
      io,
      options.map(([key, arg]) => [spelled(key, arg), arg]),
    ),
    `${io.say`Examples:`}\n${command.examples.map(example).join('\n')}`,
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

function spelled(key: string, { alias, valueHint }: Argument): string {
  return `${alias === undefined ? '' : `-${alias}, `}--${key}${valueHint === undefined ? '' : ` ${valueHint}`}`;
}

function table(io: Io, rows: readonly (readonly [string, Argument])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows
    .map(([name, arg]) => {
      const needed = arg.required === true && arg.type !== 'positional';
      const text = needed ? io.say`${arg.description} (required)` : io.translate(arg.description);
      return wrapped(`  ${name}`.padEnd(width), text);
    })
    .join('\n');
}

/** A command line to try, broken before its options, and after its code if need be, where it is long. */
function example(line: string): string {
  if (line.length <= 78) return `  ${line}`;
  const [head = '', ...options] = line.split(/ (?=--?[a-z])/);
  const code = head.length <= 76 ? head : head.replace(/' (?=\S)/, "' \\\n    ");
  return `  ${code} \\\n    ${options.join(' ')}`;
}
