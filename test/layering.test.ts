// Who may import whom (ARCHITECTURE.md): read off the import lines.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folder -> folders of src it may import besides itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  words: [],
  geometry: ['words'],
  tensor: ['words'],
  dialects: ['geometry', 'words'],
  plan: ['geometry', 'words'],
  kernels: ['geometry', 'plan'],
  engine: ['geometry', 'plan', 'kernels', 'tensor', 'words'],
  layers: ['dialects', 'engine', 'tensor', 'geometry', 'words'],
  draw: ['geometry', 'dialects', 'plan', 'words'],
  explain: ['geometry', 'dialects', 'plan', 'draw', 'words'],
};

/** The packages a file may import: none but where padwise reads pasted code. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  dialects: ['@lezer/python', '@lezer/common', 'string-width'],
};

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: Record<string, string>;
};
const entries = new Set(
  Object.values(manifest.exports).map((path) => path.replace('./dist/', '').replace(/\.js$/, '.ts')),
);

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) ? [path] : [];
  });
}

function imports(path: string): string[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return [...text.matchAll(/^(?:import|export|\}).*? from '([^']+)';$|\bimport\('([^']+)'\)/gm)].map(
    (match) => (match[1] ?? match[2]) as string,
  );
}

/** A relative import as a path from the root. */
function target(path: string, specifier: string): string {
  return relative(ROOT, join(ROOT, dirname(path), specifier));
}

describe('src', () => {
  it.each(sources('src'))('%s', (path) => {
    const [, folder = ''] = path.split('/');
    const index = path === 'src/index.ts';
    const wrong = imports(path).filter((specifier) => {
      if (!specifier.startsWith('.')) return !(PACKAGES[folder] ?? []).includes(specifier);
      const [, to = ''] = target(path, specifier).split('/');
      return !index && to !== folder && !(MAY[folder] ?? []).includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps the parser of pasted code behind padwise/python', () => {
    const reached = new Set<string>();
    const walk = (path: string) => {
      if (reached.has(path)) return;
      reached.add(path);
      for (const specifier of imports(path)) if (specifier.startsWith('.')) walk(target(path, specifier));
    };
    for (const entry of entries) if (entry.endsWith('.ts') && !entry.endsWith('python.ts')) walk(entry);
    const packages = [...reached].flatMap(imports).filter((specifier) => !specifier.startsWith('.'));
    expect(packages).toEqual([]);
  });
});

describe('cli', () => {
  it.each(sources('cli'))('%s imports the public surface only', (path) => {
    const wrong = imports(path).filter((specifier) => {
      if (!specifier.startsWith('.')) return false;
      const to = target(path, specifier);
      return to.startsWith('src/') && !entries.has(to);
    });
    expect(wrong).toEqual([]);
  });
});

describe('web', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'web/package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  const own = Object.keys({ ...dependencies, ...devDependencies });
  it.each(sources('web/src'))('%s imports the public surface only', (path) => {
    const wrong = imports(path).filter((specifier) => {
      if (specifier.startsWith('.')) return !target(path, specifier).startsWith('web/src/');
      const entry = specifier.replace(/^padwise/, '.');
      return specifier.startsWith('padwise')
        ? !(entry in manifest.exports)
        : !own.includes(specifier.split('/')[0] as string);
    });
    expect(wrong).toEqual([]);
  });
});

it('no file is longer than 400 lines', () => {
  const long = [...sources('src'), ...sources('cli'), ...sources('test'), ...sources('web/src')].filter(
    (path) => readFileSync(join(ROOT, path), 'utf8').split('\n').length > 401,
  );
  expect(long).toEqual([]);
});
