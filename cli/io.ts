// Where a command reads and writes: the terminal, or what a test puts in its place.

import { readFileSync } from 'node:fs';

/** A command's surroundings. `color` is false for pipes and where NO_COLOR is set. */
export interface Io {
  readonly color: boolean;
  readonly progress: boolean;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  stdin(): string;
}

/** The process' own streams. */
export function processIo(): Io {
  return {
    color: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    progress: process.stderr.isTTY === true,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    stdin: () => readFileSync(0, 'utf8'),
  };
}

/** Text made bold or dim on a terminal. */
export function style(io: Io, how: 'bold' | 'dim', text: string): string {
  const [open, close] = how === 'bold' ? [1, 22] : [2, 22];
  return io.color ? `\u001b[${open}m${text}\u001b[${close}m` : text;
}
