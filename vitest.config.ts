import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['{src,cli,test}/**/*.test.ts'], testTimeout: 120_000 },
});
