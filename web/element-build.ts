// The build of <padwise-figure>: one classic script, which also works from a disk and from another host, that needs no other file, a page that shows how to use it, and a page with just
// the element for frames. Added to the playground's own build, beside it in dist.
//
//   dist/padwise-figure.js   dist/element.html   dist/element.css   dist/embed.html   dist/embed.css   dist/embed.js

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, type UserConfig } from 'vite';

/** The most the script may weigh, in gzipped bytes. */
const BUDGET = 70_000;

/** The plugin; `settings` are those that a build of the sources needs: aliases and how JSX is written. */
export function element(settings: Pick<UserConfig, 'resolve' | 'oxc'>): Plugin {
  return {
    name: 'padwise-figure',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'padwise-figure.js', source: await scriptOf(settings) });
      for (const name of ['element.html', 'embed.html'])
        this.emitFile({ type: 'asset', fileName: name, source: built(read(name)) });
      this.emitFile({ type: 'asset', fileName: 'embed.js', source: read('src/element-embed.js') });
      for (const name of ['element', 'embed'])
        this.emitFile({
          type: 'asset',
          fileName: `${name}.css`,
          source: read(`src/element-${name === 'element' ? 'page' : 'embed'}.css`),
        });
    },
  };
}

async function scriptOf(settings: Pick<UserConfig, 'resolve' | 'oxc'>): Promise<string> {
  const output = await build({
    ...settings,
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'warn',
    plugins: [figuresOnly()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      write: false,
      minify: true,
      modulePreload: false,
      lib: {
        entry: 'src/element.tsx',
        formats: ['iife'],
        name: 'padwise',
        fileName: () => 'padwise-figure.js',
      },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  const [only, ...more] = first !== undefined && 'output' in first ? first.output : [];
  if (only === undefined || only.type !== 'chunk' || more.length > 0)
    throw new Error('the element must be one script');
  const weight = gzipSync(only.code).length;
  if (weight > BUDGET) throw new Error(`padwise-figure.js weighs ${weight} of ${BUDGET} gzipped bytes`);
  console.log(`padwise-figure.js  ${weight} of ${BUDGET} gzipped bytes`);
  return only.code;
}

/** A drawing says nothing about a framework: of the Chinese catalogues only those of geometry and of figures are kept. */
function figuresOnly(): Plugin {
  return {
    name: 'figures-only',
    load(id) {
      if (!/\/words\/chinese\/(?!index|geometry|draw)[a-z-]+\.ts$/.test(id)) return null;
      const names = [...readFileSync(id, 'utf8').matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
      return names.map((name) => `export const ${name} = {};`).join('\n');
    },
  };
}

/** A page as it is served from the build. */
function built(html: string): string {
  return html
    .replaceAll('<script type="module" src="./src/element.tsx">', '<script defer src="./padwise-figure.js">')
    .replaceAll('./src/element-page.css', './element.css')
    .replaceAll('./src/element-embed.css', './embed.css')
    .replaceAll('./src/element-embed.js', './embed.js');
}

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}
