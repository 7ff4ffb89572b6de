// Fetches the rivals, once: npm ci in this folder when what is installed is not what the lock file says. They weigh 500 MB,
// which is why they stand in a package of their own. Their install scripts do not run: onnxruntime-node's would download
// CUDA's libraries.

import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Installs what is missing. Gives the reason when that fails, in which case the rivals are left out one by one. */
export function installRivals(say: (text: string) => void): string | undefined {
  const lock = new URL('package-lock.json', import.meta.url);
  const installed = new URL('node_modules/.package-lock.json', import.meta.url);
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return undefined;
  say('installing the rivals (500 MB, once) ...');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const options = {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
    stdio: 'pipe',
  } as const;
  const run =
    npm === undefined
      ? spawnSync('npm', args, options)
      : spawnSync(process.execPath, [npm, ...args], options);
  if (run.status === 0) return undefined;
  const last = `${run.stderr ?? run.error?.message}`.trim().split('\n');
  return last.find((line) => line.includes('error')) ?? last.at(-1);
}
