// What --help prints, at most 80 columns wide: how a command is called, its arguments, its options, examples to try.

import type { ArgDef } from 'citty';
import type { Command } from './command.ts';
import { wrapped } from './text.ts';

/** The help of one command. */
export function usage(name: string, command: Command): string {
  const args = Object.entries(command.args);
  const positional = args.filter(([, arg]) => arg.type === 'positional');
  const options = args.filter(([, arg]) => arg.type !== 'positional');
  const words = positional.map(([key]) => key.toUpperCase());
  return [
    wrapped('', `${command.description}.`),
    `Usage: ${['padwise', name, ...words].join(' ')} [options]`,
    ...(positional.length === 0 ? [] : [table(positional.map(([key, arg]) => [key.toUpperCase(), arg]))]),
    table(options.map(([key, arg]) => [spelled(key, arg), arg])),
    `Examples:\n${command.examples.map(example).join('\n')}`,
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

function spelled(key: string, arg: ArgDef): string {
  const alias = 'alias' in arg && typeof arg.alias === 'string' ? `-${arg.alias}, ` : '';
  const value = 'valueHint' in arg && arg.valueHint !== undefined ? ` ${arg.valueHint}` : '';
  return `${alias}--${key}${value}`;
}

function table(rows: readonly (readonly [string, ArgDef])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows
    .map(([name, arg]) => {
      const needed = arg.required === true && arg.type !== 'positional' ? ' (required)' : '';
      return wrapped(`  ${name}`.padEnd(width), `${arg.description ?? ''}${needed}`);
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
