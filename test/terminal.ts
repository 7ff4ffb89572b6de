// A terminal of strings: what a command line prints and exits with, run in this process.

import { main } from '../cli/main.ts';

export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs padwise on a command line, with this on its standard input. */
export async function piped(stdin: string, ...argv: string[]): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    color: false,
    progress: false,
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    stdin: () => stdin,
  };
  const exit = await main(argv, io);
  return { exit, out: out.join(''), err: err.join('') };
}

/** Runs padwise on a command line with nothing on its standard input. */
export async function padwise(...argv: string[]): Promise<Said> {
  return piped('', ...argv);
}
