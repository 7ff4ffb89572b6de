// Where a command reads and writes: the terminal, or what a test puts in its place.

import { readSync } from 'node:fs';
import type { WideWish } from '../src/engine/index.ts';
import { say } from '../src/words/index.ts';
import { Failure, UNREADABLE } from './failure.ts';
import type { Language } from './language.ts';

/** Most that is read from standard input: 1 MB. */
const LONGEST = 1_000_000;

/** Where the program runs. `color` is false for pipes and where NO_COLOR is set. */
export interface Terminal {
  readonly color: boolean;
  readonly progress: boolean;
  /** Columns of the terminal; none where the answer goes into a pipe or a file. */
  readonly columns?: number | undefined;
  /** Whether the engine may join vectors to 256 bits, a switch of the whole process; 'off' unless said. */
  readonly wide?: WideWish;
  /** What the environment says of the language, such as zh_CN.UTF-8; English without it. */
  readonly locale?: string;
  out(text: string): void;
  /** Bytes such as a picture's, into a pipe or a file; a terminal takes none. */
  readonly bytes?: ((data: Uint8Array) => void) | undefined;
  err(text: string): void;
  /** All of standard input, at most 1 MB of it. @throws Failure 3 */
  stdin(): string;
}

/** A command's surroundings: the terminal, and the language it answers in. */
export interface Io extends Terminal, Language {}

/** The process' own streams. */
export function processTerminal(): Terminal {
  return {
    color: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    progress: process.stderr.isTTY === true,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    wide: 'auto',
    locale: process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '',
    out: (text) => void process.stdout.write(text),
    bytes: process.stdout.isTTY ? undefined : (data) => void process.stdout.write(data),
    err: (text) => void process.stderr.write(text),
    stdin: readStandardInput,
  };
}

/** Text made bold or dim on a terminal. */
export function style(io: Pick<Io, 'color'>, how: 'bold' | 'dim', text: string): string {
  const [open, close] = how === 'bold' ? [1, 22] : [2, 22];
  return io.color ? `\u001b[${open}m${text}\u001b[${close}m` : text;
}

function readStandardInput(): string {
  const bytes = new Uint8Array(LONGEST + 1);
  let length = 0;
  while (length <= LONGEST) {
    const got = readSome(bytes, length);
    if (got === 0) return new TextDecoder().decode(bytes.subarray(0, length));
    length += got;
  }
  throw new Failure(UNREADABLE, say`standard input is too long: at most ${LONGEST} bytes are read`);
}

function readSome(bytes: Uint8Array, at: number): number {
  for (;;) {
    try {
      return readSync(0, bytes, at, bytes.length - at, null);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw new Failure(UNREADABLE, say`cannot read standard input: ${code}`);
      // A terminal that does not block: nothing is typed yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
