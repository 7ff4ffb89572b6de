// The page's build: static files with relative addresses, which work from any folder of any host without special headers.
// Besides what Vite does: the library's entries mean its sources, the first view comes in few files that the browser compiles
// while they arrive (npm run speed says what that is worth), and a service worker knows the names of all files, so that the
// page opens again without a network.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { element } from './element-build.ts';
import { still } from './still-build.ts';

const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** What the first view needs, in two chunks, for every file more waits for the line: what answers, and then what draws. */
const CHUNKS = [
  { name: 'first', test: /web\/src\/screens\/lab\.tsx$/, priority: 2 },
  { name: 'drawing', test: /web\/src\/lab\/drawing\.tsx$/, priority: 1 },
];

/** Lets Chromium compile a whole file while it arrives, and not each function when it is first called. */
const COMPILE_ALL = '//# allFunctionsCalledOnLoad';

/** What every build of the sources needs. */
const settings: Pick<UserConfig, 'resolve' | 'oxc'> = {
  resolve: {
    alias: [
      { find: /^padwise$/, replacement: source('index.ts') },
      { find: /^padwise\/stacks$/, replacement: source('explain/stacks.ts') },
      { find: /^padwise\/python$/, replacement: source('dialects/python.ts') },
      { find: /^padwise\/(draw|explain)\/chinese$/, replacement: source('$1/chinese.ts') },
      { find: /^padwise\/(keras|torch|mxnet|flax)$/, replacement: source('layers/$1.ts') },
      { find: /^padwise\/(.+)$/, replacement: source('$1/index.ts') },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

export default defineConfig({
  base: './',
  ...settings,
  build: {
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  plugins: [policyOfTheBuild(), compiledWhole(), element(settings), still(settings), offline()],
});

/** While developing, Vite's own inline styles and its socket must pass. */
function policyOfTheBuild(): Plugin {
  return {
    name: 'policy-of-the-build',
    apply: 'serve',
    transformIndexHtml: (html, { server }) =>
      server === undefined ? html : html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  };
}

function compiledWhole(): Plugin {
  return {
    name: 'compiled-whole',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && CHUNKS.some(({ name }) => name === file.name))
            file.code = `${COMPILE_ALL}\n${file.code}`;
      },
    },
  };
}

function offline(): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = Object.keys(bundle).filter((name) => !name.startsWith('.vite/'));
        const version = createHash('sha256');
        for (const file of Object.values(bundle))
          version.update(file.type === 'chunk' ? file.code : file.source);
        const text = readFileSync(new URL('offline.js', import.meta.url), 'utf8')
          .replace("'FILES'", files.map((name) => `'./${name}'`).join(', '))
          .replace('VERSION', version.digest('hex').slice(0, 12));
        this.emitFile({ type: 'asset', fileName: 'offline.js', source: text });
      },
    },
  };
}
