// Weighs the first view of the build: what the browser asks for to show the page's first screen and its figure, gzipped, in
// English and in Chinese. Fails above the budget. Run it after `npm run build`: npm run size

import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = 80_000;

const page = read('index.html').toString();
const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name as string);
const first = closed(['index.html', ...named, chunk('drawing')]);
const chinese = closed([chunk('opening')]).filter((name) => !first.includes(name));

const english = weighed(first);
console.log(`${aligned(english)}  of ${BUDGET} bytes`);
const total = english + weighed(chinese);
console.log(`${aligned(total)}  of ${BUDGET} bytes in Chinese`);
if (total > BUDGET) process.exitCode = 1;

/** The file of a chunk. */
function chunk(name: string): string {
  const found = readdirSync(new URL('dist/assets', import.meta.url)).find((file) =>
    new RegExp(`^${name}-[^.]*\\.js$`).test(file),
  );
  if (found === undefined) throw new Error(`the build has no ${name}`);
  return `assets/${found}`;
}

/** Files and all that they import. */
function closed(names: readonly string[]): string[] {
  const seen = new Set(names);
  for (const name of seen)
    if (name.endsWith('.js'))
      for (const [, found] of read(name)
        .toString()
        .matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g))
        seen.add(`assets/${found}`);
  return [...seen];
}

/** Prints what each file weighs, gzipped, in bytes; their sum. */
function weighed(names: readonly string[]): number {
  return names.reduce((sum, name) => {
    const bytes = gzipSync(read(name)).length;
    console.log(`${aligned(bytes)}  ${name}`);
    return sum + bytes;
  }, 0);
}

function aligned(bytes: number): string {
  return String(bytes).padStart(7);
}

function read(name: string): Buffer {
  return readFileSync(new URL(`dist/${name}`, import.meta.url));
}
