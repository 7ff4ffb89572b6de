// The version of an installed package, from the manifest beside its code.

import { readFileSync } from 'node:fs';

/** @throws Error when the package is not installed here */
export function packageVersion(name: string): string {
  const path = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
