// A server of static pages for the tests: the compiled sources under three names, each with other headers.
//
//   /isolated/   cross-origin isolated: threads may share memory
//   /open/       no headers at all, as most pages are
//   /closed/     a Content-Security-Policy that lets no WebAssembly be compiled

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Lists } from './page.ts';

export type Headers = 'isolated' | 'open' | 'closed';

const HEADERS: Readonly<Record<Headers, Readonly<Record<string, string>>>> = {
  isolated: {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  },
  open: {},
  closed: { 'Content-Security-Policy': "default-src 'self'" },
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE =
  '<!doctype html><title>padwise</title><script type="module" src="test/browser/page.js"></script>';

/** A running server. */
export interface Server {
  /** Where a page with these headers is. */
  page(headers: Headers): string;
  close(): Promise<void>;
}

/** Compiles the sources into a temporary folder and serves them. */
export async function serve(lists: Lists): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'padwise-browser-'));
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const project = join(ROOT, 'test/browser/tsconfig.json');
  await promisify(execFile)(process.execPath, [compiler, '-p', project, '--noCheck', '--outDir', folder]);
  const numbers = JSON.stringify(lists);

  const server = createServer(async ({ url = '' }, response) => {
    const [, headers = '', ...path] = normalize(decodeURI(new URL(url, 'http://localhost').pathname)).split(
      '/',
    );
    const file = path.join('/');
    try {
      const type = file.endsWith('.js')
        ? 'text/javascript'
        : file.endsWith('.json')
          ? 'application/json'
          : 'text/html';
      const body =
        file === '' ? PAGE : file === 'numbers.json' ? numbers : await readFile(join(folder, file));
      response.writeHead(200, { 'Content-Type': type, ...HEADERS[headers as Headers] }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    page: (headers) => `http://127.0.0.1:${port}/${headers}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
