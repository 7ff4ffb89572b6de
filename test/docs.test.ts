// README and docs: every code block runs, every link leads somewhere, and the picture is what the program prints.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { picture } from '../docs/answer.ts';
import { figures } from '../docs/figures.ts';
import { answered, pages, pageText, READMES } from '../docs/pages.ts';
import { dialects } from '../src/dialects/index.ts';
import { readLayers } from '../src/dialects/python.ts';

const file = (name: string) => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8');
const blocks = (name: string) =>
  [...file(name).matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] as string);

describe.each(['README.md', 'README.zh-CN.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', (name) => {
  it.each(blocks(name).map((code, i) => [i, code] as const))(
    'block %i prints what it says',
    async (_, code) => {
      const printed: unknown[] = [];
      const log = vi.spyOn(console, 'log').mockImplementation((value) => void printed.push(value));
      const imports = [...code.matchAll(/^import (\{[^}]*\}) from '(padwise[^']*)';$/gm)];
      const modules = await Promise.all(
        imports.map(([, , path]) => import(/* @vite-ignore */ path as string)),
      );
      const names = imports.flatMap(([, list = '']) => [list.replaceAll(/[{}\s]/g, '').split(',')]);
      const values = names.flatMap((list, i) =>
        list.filter(Boolean).map((one) => [one, modules[i][one]] as const),
      );
      const body = code.replaceAll(/^import .*$/gm, '');
      new Function(...values.map(([key]) => key), body)(...values.map(([, value]) => value));
      log.mockRestore();
      const promised = [...code.matchAll(/^console\.log\(.*\/\/ (\[[\d, ]+\])$/gm)].map((match) =>
        JSON.parse(match[1] as string),
      );
      expect(
        promised.every((one) => printed.some((value) => JSON.stringify(value) === JSON.stringify(one))),
      ).toBe(true);
      for (const [, verdict] of code.matchAll(/\/\/ verdict '(\w+)'/g))
        expect(JSON.stringify(printed)).toContain(`"verdict":"${verdict}"`);
    },
  );

  it('links to files that are there', () => {
    const links = [...file(name).matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] as string);
    for (const link of links)
      expect(() => readFileSync(fileURLToPath(new URL(`../${link}`, import.meta.url)))).not.toThrow('ENOENT');
  });
});

describe('README.zh-CN.md', () => {
  const fenced = (name: string, language: string) =>
    [...file(name).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
      (match) => match[1] as string,
    );

  it.each(['sh', 'ts'])('has the %s blocks of README.md', (language) => {
    expect(fenced('README.zh-CN.md', language)).toEqual(fenced('README.md', language));
  });

  it.each(READMES)('%s shows what the program prints', async (path) => {
    expect(pageText(path)).toBe(await answered(path, ['console']));
  });
});

it('docs/answer.svg and docs/answer.zh.svg are what the program prints', async () => {
  expect(file('docs/answer.svg')).toBe(await picture('en'));
  expect(file('docs/answer.zh.svg')).toBe(await picture('zh'));
});

it.each(Object.entries(figures()))('docs/figures/%s is what padwise computes', (name, drawn) => {
  expect(file(`docs/figures/${name}`)).toBe(drawn);
});

describe('the pages', () => {
  it.each(pages())('%s says what its blocks print', async (path) => {
    expect(pageText(path)).toBe(await answered(path));
  });

  it.each(pages())('%s shows code that padwise reads, and links that lead somewhere', (path) => {
    const text = pageText(path);
    for (const [, code = ''] of text.matchAll(/^```python\n(x = .*?)^```$/gms))
      expect(readLayers(code, { dialects })).not.toEqual([]);
    const folder = path.replace(/[^/]*$/, '');
    for (const [, image, link = '', anchor] of text.matchAll(/(!?)\[[^\]]*\]\(([^)#:]*)(?:#([^)]+))?\)/g)) {
      if (image !== '') expect(Object.keys(figures())).toContain(link.replace(/^(\.\.\/)?figures\//, ''));
      else if (link !== '') expect(pages()).toContain(`${folder}${link}`);
      if (anchor !== undefined) expect(anchors(link === '' ? path : `${folder}${link}`)).toContain(anchor);
    }
  });

  it('stand in both languages', () => {
    const english = pages().filter((path) => !path.startsWith('zh/'));
    expect(pages().filter((path) => path.startsWith('zh/'))).toEqual(english.map((path) => `zh/${path}`));
  });
});

/** The anchors of a page's headings, as VitePress names them. */
function anchors(path: string): string[] {
  return [...pageText(path).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .normalize('NFKD')
      .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .replace(/^(\d)/, '_$1')
      .toLowerCase(),
  );
}
