// The public surface as a list: a name that comes or goes is seen in review.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const manifest = JSON.parse(
  readFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8'),
) as {
  exports: Record<string, string>;
};
const entries = Object.entries(manifest.exports).filter(([, path]) => path.endsWith('.js'));

it.each(entries)('%s', async (_, path) => {
  const source = path.replace('./dist/', '../').replace(/\.js$/, '.ts');
  const module = (await import(/* @vite-ignore */ new URL(source, import.meta.url).href)) as Record<
    string,
    unknown
  >;
  expect(Object.keys(module).sort()).toMatchSnapshot();
});
