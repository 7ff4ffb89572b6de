import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // The package's own name means its sources, so that tests and documentation need no build.
  resolve: {
    alias: [
      { find: /^padwise$/, replacement: source('src/index.ts') },
      { find: /^padwise\/(geometry|dialects|engine|explain|draw)$/, replacement: source('src/$1/index.ts') },
      { find: /^padwise\/(draw|explain)\/chinese$/, replacement: source('src/$1/chinese.ts') },
      { find: /^padwise\/words$/, replacement: source('src/words/index.ts') },
      { find: /^padwise\/stacks$/, replacement: source('src/explain/stacks.ts') },
      { find: /^padwise\/python$/, replacement: source('src/dialects/python.ts') },
      { find: /^padwise\/(keras|torch|mxnet|flax)$/, replacement: source('src/layers/$1.ts') },
    ],
  },
  test: {
    include: ['{src,cli,test}/**/*.test.ts', 'web/src/**/*.test.{ts,tsx}'],
    setupFiles: ['test/seed.ts'],
    testTimeout: 120_000,
  },
});
