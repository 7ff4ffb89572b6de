// Weighs the first view of the build: what the browser asks for to show the page's first screen, gzipped. Fails above the
// budget. Run it after `npm run build`: npm run size

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET = 80_000;

const page = read('index.html').toString();
const named = [...page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map(([, name]) => name as string);
const seen = new Set(named);
for (const name of seen)
  if (name.endsWith('.js'))
    for (const [, found] of read(name)
      .toString()
      .matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g))
      seen.add(`assets/${found}`);

let total = 0;
for (const name of ['index.html', ...seen]) {
  const bytes = gzipSync(read(name)).length;
  total += bytes;
  console.log(`${String(bytes).padStart(7)}  ${name}`);
}
console.log(`${String(total).padStart(7)}  of ${BUDGET} bytes`);
if (total > BUDGET) process.exitCode = 1;

function read(name: string): Buffer {
  return readFileSync(new URL(`dist/${name}`, import.meta.url));
}
