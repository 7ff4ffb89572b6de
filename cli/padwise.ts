#!/usr/bin/env node
// The program: main() on the process' own streams. A reader that goes away (head, less) ends it quietly.

import { processTerminal } from './io.ts';
import { main } from './main.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2), processTerminal());
