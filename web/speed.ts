// How soon the first view of the build can be used on a slow phone: Chromium with a quarter of this machine's speed, an empty
// cache and a slow 4G line, which carries the files gzipped from a server here. Fails when a press of a button is answered
// later than after a second. A bench: it measures the machine and what else runs on it, too, so no test asks for it.
// Run it after `npm run build`: npm run speed
//
//   what          median    least     most      of five visits, ms after the address was opened
//   interactive      ...              the answer to a press of "Kernel: one more" is painted
//
// Arguments: --runs=5  --language=zh  --dark  --at='#v1/heat'. PADWISE_PLAYGROUND names another folder with a build.

import { accessSync, constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, extname, join, normalize } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

const BUDGET = 1000;
/** Slow 4G, as browsers' tools and Lighthouse mean it: bytes a second, and what a request waits in milliseconds. */
const LINE = { downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8, latency: 150, offline: false };
/** How many times slower than this machine. */
const SLOWER = 4;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
/** How long what still runs after the first view is looked at, in milliseconds. */
const AFTERWARDS = 4000;
const PATIENCE = 10;

/** What one visit was like, in milliseconds after the address was opened. */
interface Visited {
  readonly paint: number;
  readonly answer: number;
  readonly interactive: number;
  readonly figure: number;
  readonly quiet: number;
  readonly longest: number;
  readonly blocked: number;
  readonly requests: readonly Request[];
}

/** What the page keeps while it is watched. */
interface Seen {
  answer: number;
  interactive: number;
  figure: number;
  readonly tasks: [start: number, length: number][];
}

/** One file of the first view. */
interface Request {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly bytes: number;
}

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    language: { type: 'string', default: 'en' },
    dark: { type: 'boolean', default: false },
    at: { type: 'string', default: '' },
  },
});
const folder = process.env.PADWISE_PLAYGROUND ?? fileURLToPath(new URL('dist', import.meta.url));
const site = await serve();
const browser = await chromium.launch({ executablePath: browserPath() });
const visits: Visited[] = [];
try {
  await visit(browser, site.address);
  for (let run = 0; run < Number(options.runs); run++) visits.push(await visit(browser, site.address));
} finally {
  await browser.close();
  site.close();
}
report(visits);

async function visit(browser: Browser, address: string): Promise<Visited> {
  const context = await browser.newContext({
    ...PHONE,
    locale: options.language === 'zh' ? 'zh-CN' : 'en-GB',
    colorScheme: options.dark ? 'dark' : 'light',
  });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', LINE);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    // The tab is open already, as a reader's is; a browser keeps a process ready for the next page.
    await page.goto(`${address}blank`);
    await page.addInitScript(watch);
    await page.goto(address + options.at, { waitUntil: 'commit' });
    // Nothing is asked of the page meanwhile: that would be work for it, too.
    for (let tries = 0; tries < PATIENCE; tries++) {
      await setTimeout(AFTERWARDS);
      const visited = await page.evaluate(look);
      if (visited.interactive > 0) return visited;
    }
    throw new Error('the press was not answered');
  } finally {
    await context.close();
  }
}

/** Runs in the page before its own scripts: presses the button as soon as it is there, until that is answered. */
function watch(): void {
  const seen: Seen = { answer: 0, interactive: 0, figure: 0, tasks: [] };
  Object.assign(window, { seen });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
  const words = () => document.querySelector('main h1')?.parentElement?.textContent ?? '';
  const button = () => document.querySelectorAll<HTMLElement>('.stepper.kernel button')[1];
  let first: string | null = null;
  let painted = false;
  const observer = new MutationObserver(() => {
    if (seen.figure === 0 && document.querySelector('.figure svg') !== null) seen.figure = performance.now();
    if (painted && seen.figure > 0) observer.disconnect();
    // The page's HTML arrives in pieces and unseen; the answer is whole when the fields after it are there.
    const seeable = document.documentElement.dataset.shown !== undefined;
    if (first === null && seeable && words() !== '' && button() !== undefined) {
      first = words();
      seen.answer = performance.now();
      press();
    } else if (first !== null && !painted && words() !== first) {
      painted = true;
      requestAnimationFrame(() =>
        window.setTimeout(() => {
          seen.interactive = performance.now();
        }),
      );
    }
  });
  const press = () =>
    window.setTimeout(() => {
      if (painted) return;
      button()?.click();
      press();
    }, 16);
  observer.observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: ['data-shown'],
  });
}

/** Runs in the page: what it kept. */
function look(): Visited {
  const { answer, interactive, figure, tasks } = (window as unknown as { seen: Seen }).seen;
  const entries = [
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
  ] as PerformanceResourceTiming[];
  return {
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    answer,
    interactive,
    figure,
    quiet: Math.max(interactive, ...tasks.map(([start, length]) => start + length)),
    longest: Math.max(0, ...tasks.map(([, length]) => length)),
    blocked: tasks.reduce((sum, [, length]) => sum + length - 50, 0),
    requests: entries.map(({ name, startTime, responseEnd, encodedBodySize }) => ({
      name: new URL(name).pathname.slice(1) || 'index.html',
      start: startTime,
      end: responseEnd,
      bytes: encodedBodySize,
    })),
  };
}

function report(visits: readonly Visited[]): void {
  const row = (name: string, of: (one: Visited) => number, unit = 'ms') => {
    const sorted = visits.map(of).sort((one, other) => one - other);
    const [median, least, most] = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)].map((value) =>
      `${Math.round(value ?? Number.NaN)}`.padStart(9),
    );
    console.log(`${name.padEnd(34)}${median} ${unit}${least}${most}`);
    return Number(median);
  };
  const before = ({ requests, answer }: Visited) => requests.filter(({ start }) => start < answer);
  console.log(`${''.padEnd(34)}   median       least     most  of ${visits.length} visits`);
  row('first contentful paint', ({ paint }) => paint);
  row('answer drawn', ({ answer }) => answer);
  const interactive = row('interactive: a press is answered', ({ interactive }) => interactive);
  row('figure drawn', ({ figure }) => figure);
  row('no long task any more', ({ quiet }) => quiet);
  row('longest task', ({ longest }) => longest);
  row('total blocking time', ({ blocked }) => blocked);
  row('requests before the answer', (one) => before(one).length, '  ');
  row(
    'bytes before the answer, gzipped',
    (one) => before(one).reduce((sum, { bytes }) => sum + bytes, 0),
    '  ',
  );
  const ordered = [...visits].sort((one, other) => one.interactive - other.interactive);
  const typical = ordered[visits.length >> 1] as Visited;
  console.log('\nthe median visit\n    start      end    bytes');
  for (const { name, start, end, bytes } of typical.requests)
    console.log(
      `${[start, end, bytes].map((value) => `${Math.round(value)}`.padStart(9)).join('')}  ${name}`,
    );
  if (interactive <= BUDGET) return;
  console.error(
    `\ninteractive after ${interactive} ms; a second is the most (on this machine, as busy as it is)`,
  );
  process.exitCode = 1;
}

/** The build on a server that compresses as hosts do. A page waits one more round trip, for its connection. */
async function serve(): Promise<{ readonly address: string; close(): void }> {
  const types: Readonly<Record<string, string>> = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
  };
  const server = createServer(async ({ url = '' }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname)).slice(1);
    const file = path || 'index.html';
    if (path === 'blank')
      return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>blank</title>');
    try {
      const body = gzipSync(await readFile(join(folder, file)));
      if (path === '') await setTimeout(2 * LINE.latency);
      response.writeHead(200, {
        'Content-Type': types[extname(file)] ?? 'text/plain',
        'Content-Encoding': 'gzip',
        'Content-Length': body.length,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function browserPath(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const paths = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((path) => names.map((name) => join(path, name)));
  const found = [process.env.PADWISE_CHROMIUM ?? '', ...paths].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return path !== '';
    } catch {
      return false;
    }
  });
  if (found === undefined)
    throw new Error('there is no chromium on the PATH, and PADWISE_CHROMIUM names none');
  return found;
}
