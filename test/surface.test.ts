// The public surface as a list: a name that comes or goes is seen in review.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

it('every export carries a JSDoc', () => {
  const root = fileURLToPath(new URL('../src', import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  const bare = files.flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    const declares = (line: string) =>
      /^export (?:async )?(?:function|const|interface|type|class) (?!\{)/.test(line);
    return lines.flatMap((line, i) =>
      declares(line) && !lines[i - 1]?.trimEnd().endsWith('*/') ? [`${file}: ${line}`] : [],
    );
  });
  expect(bare).toEqual([]);
});
