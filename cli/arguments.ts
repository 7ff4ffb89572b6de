// A command's words on the command line, told apart and checked: options with their values, and the rest in order.
//
//   pads -1,2,3,4 --from torch   ->   { pads: '-1,2,3,4', from: 'torch' }      a number is no option, minus sign or not

import { type ArgsDef, parseArgs } from 'citty';
import { say, type Text } from '../src/words/index.ts';
import { type Argument, type Command, type Options, SEVERAL } from './command.ts';
import { Failure, INVALID } from './failure.ts';

const OPTION = /^--?([a-z][\w-]*)(?:=(.*))?$/s;

/** Options by name. @throws Failure 2 for one the command does not have, a missing value, one argument too few or too many */
export function readArguments(name: string, command: Command, argv: readonly string[]): Options {
  const hint = say`See padwise ${name} --help.`;
  const positional = Object.entries(command.args).filter(([, arg]) => arg.type === 'positional');
  const { flags, words: all } = sorted(name, command, argv, hint);
  const words = positional.at(-1)?.[1].several === true ? joined(all, positional.length) : all;
  const missing = positional[words.length];
  if (missing !== undefined) {
    throw new Failure(INVALID, say`${name} needs ${missing[1].description}`, hint);
  }
  if (words.length > positional.length) {
    const code = positional.some(([key]) => key === 'code');
    throw new Failure(
      INVALID,
      tooMany(name, positional.length, quoted(words)),
      code ? say`Put code in quotes. ${hint}` : hint,
    );
  }
  for (const [key, arg] of Object.entries(command.args))
    if (arg.required && arg.type !== 'positional' && !flags.some((flag) => flag.startsWith(`--${key}=`)))
      throw new Failure(INVALID, say`${name} needs ${`--${key}`}`, about(arg, hint));
  const parsed = parseArgs([...flags, '--', ...words], definitions(command));
  return Object.fromEntries(
    Object.keys(command.args).map((key) => {
      const value = parsed[key];
      return [key, typeof value === 'string' || typeof value === 'boolean' ? value : undefined];
    }),
  );
}

/** As many words as there are arguments: what is more belongs to the last one. */
function joined(words: readonly string[], count: number): readonly string[] {
  return words.length <= count ? words : [...words.slice(0, count - 1), words.slice(count - 1).join(SEVERAL)];
}

/** The options as the parser of flags knows them. */
function definitions({ args }: Command): ArgsDef {
  return Object.fromEntries(
    Object.entries(args).map(([key, { description, ...arg }]) => [
      key,
      { ...arg, description: String(description) },
    ]),
  );
}

function tooMany(name: string, most: number, received: string): Text {
  if (most === 0) return say`${name} takes options only, received ${received}`;
  return most === 1
    ? say`${name} takes 1 argument, received ${received}`
    : say`${name} takes ${most} arguments, received ${received}`;
}

/** Options as --name=value, and the words that are none. */
function sorted(name: string, command: Command, argv: readonly string[], hint: Text) {
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
        say`${name} has no option ${word.split('=')[0]?.slice(0, 40)}`,
        near(option, known, hint),
      );
    if (found.arg.type === 'boolean') {
      if (given !== undefined) throw new Failure(INVALID, say`${`--${found.key}`} takes no value`, hint);
      flags.push(`--${found.key}`);
      continue;
    }
    const next = argv[i + 1];
    const value =
      given ?? (next !== undefined && !known.has(OPTION.exec(next)?.[1] ?? '') ? next : undefined);
    if (value === undefined || value === '')
      throw new Failure(INVALID, say`${`--${found.key}`} needs a value`, about(found.arg, hint));
    if (flags.some((flag) => flag.startsWith(`--${found.key}=`)))
      throw new Failure(INVALID, say`${`--${found.key}`} is given twice`, hint);
    if (given === undefined) i++;
    flags.push(`--${found.key}=${value}`);
  }
  return { flags, words };
}

function namesOf(key: string, { alias }: Argument): string[] {
  return alias === undefined ? [key] : [key, alias];
}

/** The option that was probably meant: one that begins alike, or shares most letters in order. */
function near(option: string, known: ReadonlyMap<string, unknown>, hint: Text): Text {
  const alike = (one: string) => {
    let [at, shared] = [0, 0];
    for (const letter of option) {
      if (one[at] !== letter && one[at + 1] !== letter) continue;
      at = one.indexOf(letter, at) + 1;
      shared++;
    }
    return shared / Math.max(one.length, option.length);
  };
  const [best] = [...known.keys()].filter((one) => one.length > 1).sort((a, b) => alike(b) - alike(a));
  return best !== undefined && alike(best) > 0.6 ? say`Did you mean ${`--${best}`}? ${hint}` : hint;
}

function about({ description }: Argument, hint: Text): Text {
  return say`${description}. ${hint}`;
}

function quoted(words: readonly string[]): string {
  const shown = words.map((word) => word.replace(/\s+/g, ' ').slice(0, 20)).slice(0, 4);
  return `${words.length}: ${shown.join(', ')}${words.length > 4 ? ', ...' : ''}`;
}
