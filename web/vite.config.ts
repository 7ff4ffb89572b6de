// The page's build: static files with relative addresses, which work from any folder of any host without special headers.
// Besides what Vite does: the library's entries mean its sources, the first screen is asked for together with the page, and
// a service worker knows the names of all files, so that the page opens again without a network.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { element } from './element-build.ts';

const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** The chunk of the first view, asked for by the page itself and not only once the entry has run. */
const FIRST_SCREEN = 'screens/lab.tsx';

/** What every build of the sources needs. */
const settings: Pick<UserConfig, 'resolve' | 'oxc'> = {
  resolve: {
    alias: [
      { find: /^padwise$/, replacement: source('index.ts') },
      { find: /^padwise\/stacks$/, replacement: source('explain/stacks.ts') },
      { find: /^padwise\/python$/, replacement: source('dialects/python.ts') },
      { find: /^padwise\/explain\/chinese$/, replacement: source('explain/chinese.ts') },
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
  },
  plugins: [policyOfTheBuild(), firstScreen(), element(settings), offline()],
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

function firstScreen(): Plugin {
  return {
    name: 'first-screen',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file] : []));
        const first = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(FIRST_SCREEN));
        const entry = chunks.find(({ isEntry }) => isEntry);
        const wanted = [first?.fileName, ...(first?.imports ?? [])].filter(
          (name) => name !== undefined && name !== entry?.fileName && !entry?.imports.includes(name),
        );
        return wanted.map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${name}` },
          injectTo: 'head' as const,
        }));
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
