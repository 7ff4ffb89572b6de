// The built playground on a server that sends no headers of its own, as most hosts do; under /strict/ with a policy that lets no
// WebAssembly be compiled. Build it with npm run playground, or npm --prefix web run build. PADWISE_PLAYGROUND names another
// folder with a build.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the built page. */
export const folder: string =
  process.env.PADWISE_PLAYGROUND ?? fileURLToPath(new URL('../../web/dist', import.meta.url));
const STRICT = "default-src 'self'; img-src 'self' blob: data:; worker-src 'self' blob:";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Whether there is a built page to test. */
export const built: boolean = existsSync(join(folder, 'index.html'));

if (!built) console.warn(`the playground is not tested: ${folder} is not built`);

/** A running server. */
export interface Site {
  /** The page's address without a fragment; strict: no WebAssembly. */
  page(strict?: boolean): string;
  close(): Promise<void>;
}

/** Serves web/dist on a free port. */
export async function serveSite(): Promise<Site> {
  const server = createServer(async ({ url = '' }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    const strict = path.startsWith('/strict/');
    const file = path.replace(/^\/(?:strict\/)?/, '') || 'index.html';
    try {
      const body = await readFile(join(folder, file));
      const policy = strict ? { 'Content-Security-Policy': STRICT } : {};
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain', ...policy }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    page: (strict = false) => `http://127.0.0.1:${port}/${strict ? 'strict/' : ''}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
