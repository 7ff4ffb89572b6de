// Which padwise this is.

import { readFileSync } from 'node:fs';

/** The version in package.json. */
export function version(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as { version: string })
        .version;
    } catch {
      // Built, the program lies one folder deeper.
    }
  }
  return 'unknown';
}
