// What index.html holds before any script has arrived: the first view, drawn here at build time (src/still.tsx), and a small
// script that shows it to who wants just that (early.js) and else asks for what another needs. A slow phone lays the
// page out while it waits for the line.
//
//   <head> ... <script async src="./assets/early-HASH.js">      <div id="page"> the first view </div>

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { build, type Plugin, type Rolldown, type UserConfig } from 'vite';

type Bundle = Rolldown.OutputBundle;

const HEAD = '<title>';
const PAGE = '<div id="page"></div>';
/** What a screen is made of: its own module. */
const SCREEN = /\/web\/src\/screens\/([a-z]+)\.tsx$/;
const OPENING = /\/web\/src\/chinese\/opening\.ts$/;
const CHINESE = [/\/web\/src\/chinese\/index\.ts$/, /\/src\/words\/chinese\/index\.ts$/];

/** The plugin; `settings` are those that a build of the sources needs: aliases and how JSX is written. */
export function still(settings: Pick<UserConfig, 'resolve' | 'oxc'>): Plugin {
  return {
    name: 'still',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build has no index.html');
        const early = readFileSync(new URL('early.js', import.meta.url), 'utf8')
          .replace('NEEDS = {}', `NEEDS = ${JSON.stringify(needs(bundle))}`)
          .replace(/^\s*\/\/.*\n/gm, '')
          .replace(/^ +/gm, '');
        const name = this.getFileName(this.emitFile({ type: 'asset', name: 'early.js', source: early }));
        const html = String(page.source);
        if (!html.includes(HEAD) || !html.includes(PAGE)) throw new Error('index.html has no place for it');
        const drawn = await drawnBy(settings);
        page.source = html
          .replace(HEAD, () => `<script async blocking="render" src="./${name}"></script>\n    ${HEAD}`)
          .replace(PAGE, () => PAGE.replace('><', () => `>${drawn}<`));
      },
    },
  };
}

/** The files that a screen needs in a language and that index.html does not name. */
function needs(bundle: Bundle): Record<string, Record<'en' | 'zh', readonly string[]>> {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const of = (module: RegExp) => {
    const found = chunks.find(({ moduleIds }) => moduleIds.some((id) => module.test(id)));
    if (found === undefined) throw new Error(`the build has no ${module}`);
    return found;
  };
  const closed = (modules: readonly RegExp[]) => {
    const names = new Set(modules.map((module) => of(module).fileName));
    for (const name of names) {
      const file = bundle[name];
      if (file?.type === 'chunk') for (const more of file.imports) names.add(more);
    }
    const styles = [...names].flatMap((name) => {
      const file = bundle[name];
      return file?.type === 'chunk' ? [...(file.viteMetadata?.importedCss ?? [])] : [];
    });
    return [...names, ...styles];
  };
  const html = String((bundle['index.html'] as Rolldown.OutputAsset).source);
  const late = (modules: readonly RegExp[]) =>
    closed(modules).filter((name) => !html.includes(`"./${name}"`));
  const screens = chunks.flatMap(({ moduleIds }) => moduleIds.flatMap((id) => SCREEN.exec(id)?.[1] ?? []));
  return Object.fromEntries(
    screens.map((name) => {
      const screen = new RegExp(`/web/src/screens/${name}\\.tsx$`);
      const chinese = name === 'lab' ? [OPENING] : CHINESE;
      return [name, { en: late([screen]), zh: late([screen, ...chinese]) }];
    }),
  );
}

/** The first view as HTML. */
async function drawnBy(settings: Pick<UserConfig, 'resolve' | 'oxc'>): Promise<string> {
  const output = await build({
    ...settings,
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'warn',
    plugins: [withoutLater()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'esnext',
      write: false,
      minify: false,
      lib: { entry: 'src/still.tsx', formats: ['iife'], name: 'still', fileName: () => 'still.js' },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  const chunk =
    first !== undefined && 'output' in first ? first.output.find(({ type }) => type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the first view was not built');
  const script = new Script(`${chunk.code}; still.still()`, { filename: 'still.js' });
  const [wide, narrow] = [false, true].map((matches): unknown =>
    script.runInContext(createContext({ location: { hash: '' }, matchMedia: () => ({ matches }) })),
  );
  if (typeof wide !== 'string' || wide !== narrow)
    throw new Error('the first view is not the same for every reader, so it cannot be drawn before');
  // The page's policy lets no style stand in an element, and what is drawn must be so in every theme.
  const refused = / style=|#[0-9a-f]{6}\b|<svg/.exec(wide);
  if (refused !== null) throw new Error(`the first view must not hold ${refused[0]}`);
  return wide;
}

/** Leaves out what is loaded later: it is not drawn here. */
function withoutLater(): Plugin {
  return { name: 'without-later', resolveDynamicImport: (id) => ({ id: String(id), external: true }) };
}
