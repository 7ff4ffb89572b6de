// What a command is to the command line: its options, and a run that returns the exit code.

import type { ArgsDef } from 'citty';
import type { Io } from './io.ts';

/** Parsed options by name; a missing one is undefined. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  readonly description: string;
  /** Whole command lines to try, shown by --help. */
  readonly examples: readonly string[];
  readonly args: ArgsDef;
  run(options: Options, io: Io): Promise<number> | number;
}

/** A text option; undefined when absent. */
export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** An option every command has. */
export const jsonOption = {
  json: { type: 'boolean', description: 'print JSON of a versioned schema' },
} as const;

/** One JSON document and a line end. */
export function json(io: Io, value: object): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}
