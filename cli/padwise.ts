#!/usr/bin/env node
// The program: main() on the process' own streams. A reader that goes away (head, less) ends it quietly,
// a full disk with one line.

import { processTerminal } from './io.ts';
import { main } from './main.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`padwise: cannot write standard output: ${error.code}\n`);
  process.exit(3);
});
process.exitCode = await main(process.argv.slice(2), processTerminal());
