// A command's words on the command line, told apart and checked: options with their values, and the rest in order.
//
//   pads -1,2,3,4 --from torch   ->   { pads: '-1,2,3,4', from: 'torch' }      a number is no option, minus sign or not

import { type ArgDef, parseArgs } from 'citty';
import type { Command, Options } from './command.ts';
import { Failure, INVALID } from './failure.ts';

const OPTION = /^--?([a-z][\w-]*)(?:=(.*))?$/s;

/** Options by name. @throws Failure 2 for one the command does not have, a missing value, one argument too few or too many */
export function readArguments(name: string, command: Command, argv: readonly string[]): Options {
  const hint = `See padwise ${name} --help.`;
  const { flags, words } = sorted(name, command, argv, hint);
  const positional = Object.entries(command.args).filter(([, arg]) => arg.type === 'positional');
  const missing = positional[words.length];
  if (missing !== undefined) {
    throw new Failure(INVALID, `${name} needs ${missing[1].description ?? missing[0]}`, hint);
  }
  if (words.length > positional.length) {
    const count = `${positional.length} argument${positional.length === 1 ? '' : 's'}`;
    const takes = positional.length === 0 ? 'takes options only' : `takes ${count}`;
    const advice = positional.some(([key]) => key === 'code') ? 'Put code in quotes. ' : '';
    throw new Failure(INVALID, `${name} ${takes}, received ${quoted(words)}`, `${advice}${hint}`);
  }
  for (const [key, arg] of Object.entries(command.args))
    if (arg.required && arg.type !== 'positional' && !flags.some((flag) => flag.startsWith(`--${key}=`)))
      throw new Failure(INVALID, `${name} needs --${key}`, `${sentence(arg)} ${hint}`);
  const parsed = parseArgs([...flags, '--', ...words], command.args);
  return Object.fromEntries(
    Object.keys(command.args).map((key) => {
      const value = parsed[key];
      return [key, typeof value === 'string' || typeof value === 'boolean' ? value : undefined];
    }),
  );
}

/** Options as --name=value, and the words that are none. */
function sorted(name: string, command: Command, argv: readonly string[], hint: string) {
  const known = new Map(
    Object.entries(command.args).flatMap(([key, arg]) =>
      arg.type === 'positional' ? [] : namesOf(key, arg).map((one) => [one, { key, arg }] as const),
    ),
  );
  const flags: string[] = [];
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string;
    if (word === '--') {
      words.push(...argv.slice(i + 1));
      break;
    }
    const [, option, given] = OPTION.exec(word) ?? [];
    if (option === undefined) {
      words.push(word);
      continue;
    }
    const found = known.get(option);
    if (found === undefined)
      throw new Failure(
        INVALID,
        `${name} has no option ${word.split('=')[0]?.slice(0, 40)}`,
        near(option, known, hint),
      );
    if (found.arg.type === 'boolean') {
      if (given !== undefined) throw new Failure(INVALID, `--${found.key} takes no value`, hint);
      flags.push(`--${found.key}`);
      continue;
    }
    const next = argv[i + 1];
    const value =
      given ?? (next !== undefined && !known.has(OPTION.exec(next)?.[1] ?? '') ? next : undefined);
    if (value === undefined || value === '')
      throw new Failure(INVALID, `--${found.key} needs a value`, `${sentence(found.arg)} ${hint}`);
    if (flags.some((flag) => flag.startsWith(`--${found.key}=`)))
      throw new Failure(INVALID, `--${found.key} is given twice`, hint);
    if (given === undefined) i++;
    flags.push(`--${found.key}=${value}`);
  }
  return { flags, words };
}

function namesOf(key: string, arg: ArgDef): string[] {
  const alias = 'alias' in arg ? arg.alias : undefined;
  return [key, ...(Array.isArray(alias) ? alias : alias === undefined ? [] : [alias])];
}

/** The option that was probably meant: one that begins alike, or shares most letters in order. */
function near(option: string, known: ReadonlyMap<string, unknown>, hint: string): string {
  const alike = (one: string) => {
    let at = 0;
    for (const letter of option)
      if (one[at] === letter || one.indexOf(letter, at) === at + 1) at = one.indexOf(letter, at) + 1;
    return at / Math.max(one.length, option.length);
  };
  const [best] = [...known.keys()].filter((one) => one.length > 1).sort((a, b) => alike(b) - alike(a));
  return best !== undefined && alike(best) > 0.6 ? `Did you mean --${best}? ${hint}` : hint;
}

function sentence(arg: ArgDef): string {
  const text = arg.description ?? '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function quoted(words: readonly string[]): string {
  const shown = words.map((word) => word.replace(/\s+/g, ' ').slice(0, 20)).slice(0, 4);
  return `${words.length}: ${shown.join(', ')}${words.length > 4 ? ', ...' : ''}`;
}
