// What a command is to the command line: its options, and a run that returns the exit code.

import type { Text } from '../src/words/index.ts';
import type { Io } from './io.ts';

/** Parsed options by name; a missing one is undefined. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** One option or argument of a command; its description without the full stop. */
export interface Argument {
  readonly type: 'string' | 'boolean' | 'positional';
  readonly description: Text;
  /** What stands for its value in --help: SHAPE. */
  readonly valueHint?: string;
  /** Its letter. */
  readonly alias?: string;
  readonly required?: boolean;
  /** The last positional one may be given several times; {@link texts} has them all. */
  readonly several?: boolean;
}

/** The options and arguments of a command by name, in the order --help shows. */
export type Arguments = Readonly<Record<string, Argument>>;

export interface Command {
  /** What it does, without the full stop. */
  readonly description: Text;
  /** Whole command lines to try, shown by --help. */
  readonly examples: readonly string[];
  readonly args: Arguments;
  run(options: Options, io: Io): Promise<number> | number;
}

/** A text option; undefined when absent. */
export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Between the words of an argument that is given several times: no command line holds it. */
export const SEVERAL = '\u0000';

/** All words of an argument that may be given several times. */
export function texts(options: Options, name: string): readonly string[] {
  return text(options, name)?.split(SEVERAL) ?? [];
}

/** An option every command that answers has. */
export const jsonOption = {
  json: { type: 'boolean', description: 'print JSON of a versioned schema' },
} as const;

/** One JSON document and a line end. */
export function json(io: Io, value: object): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}
